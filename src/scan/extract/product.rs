//! The product that a key in running text is for: the nearest mention counts.
//!
//! Nearest is the row of a table, then the line of the key, its sentence, the heading above, the name of the file and that of the folder.
//! If the nearest of these that mentions products names several, or one that the catalogue does not have, the key has no product: with a
//! wrong product a good key would be called bad.

use super::{
    cell::{Cell, without_tags},
    heading::Headings,
    numbers::candidates,
    phrase::{Phrase, ProductMention},
    sentence::{first_sentence, last_sentence},
    text_context::{TextContext, line_start},
};
use crate::{
    model::within::{Within, shifted},
    scan::{collect::collector::Collector, context::ScanContext},
    source::encoding::lossy,
};
use memchr::memchr;
use once_cell::unsync::OnceCell;

/// The number of folders above a file whose names count.
const MAX_FOLDERS: usize = 3;

/// Finds the products of the keys of a chunk, in order.
#[derive(Default)]
pub(super) struct ProductFinder<'c> {
    headings: Headings<'c>,
    /// The product that the path of the file names.
    path: OnceCell<ProductMention<'c>>,
}

impl<'c> ProductFinder<'c> {
    /// The product of a key; `nearest` is the product that the text next to it names.
    pub(super) fn of(
        &mut self,
        near: ProductMention<'c>,
        around: &TextContext<'_, '_>,
        collector: &Collector<'_, '_, 'c>,
    ) -> Option<&'c str> {
        let context = collector.context();
        let (bytes, span) = around.text_and_span();
        let said = match near {
            ProductMention::Nothing => self.headings.above(context, bytes, span.start),
            said => said,
        };
        let said = match said {
            ProductMention::Nothing => *self.path.get_or_init(|| of_path(context, collector.label())),
            said => said,
        };
        match said {
            ProductMention::Product(product) => Some(product),
            ProductMention::Unclear | ProductMention::Nothing => None,
        }
    }
}

/// The product named by the row, the line or the sentence of a number. `label` is the product whose name alone makes up its line.
pub(super) fn nearest<'c>(
    context: &ScanContext<'c>,
    around: &TextContext<'_, '_>,
    cell: Option<&Cell>,
    label: Option<&'c str>,
) -> ProductMention<'c> {
    if let Some(said) = of_list(context, around) {
        return said;
    }
    if let Some(product) = label {
        return ProductMention::Product(product);
    }
    let row = cell.map_or(ProductMention::Nothing, |cell| of_row(context, &cell.row));
    if row != ProductMention::Nothing {
        return row;
    }
    let own = around.own_as_written();
    let own = without_tags(&own);
    let said = of_line(context, &own, &without_tags(&around.after_as_written()));
    if said != ProductMention::Nothing {
        return said;
    }
    let sentence = around.sentence_as_written();
    let sentence = without_tags(&sentence);
    if sentence.trim() == own.trim() {
        ProductMention::Nothing
    } else {
        Phrase::new(context, &sentence).before_number()
    }
}

/// The product after a number on a line with several keys, each before the name of its product: `KEY (Windows 95), KEY (Office 97)`.
///
/// `None` for any other line: one with a single number, or one that begins with the name of a product.
fn of_list<'c>(context: &ScanContext<'c>, around: &TextContext<'_, '_>) -> Option<ProductMention<'c>> {
    /// The bytes of a line that are searched on each side of a number.
    const MAX_DISTANCE: usize = 1024;
    let (bytes, span) = around.text_and_span();
    let from = line_start(bytes, span.start).max(span.start.saturating_sub(MAX_DISTANCE));
    let most = span.end.saturating_add(MAX_DISTANCE).min(bytes.len());
    let to = memchr(b'\n', bytes.within(span.end..most)).map_or(most, |end| span.end.saturating_add(end));
    let numbers: Vec<_> = candidates(bytes.within(from..to)).map(|found| shifted(found.clone(), from)).collect();
    let (first, last) = (numbers.first()?, numbers.last()?);
    if numbers.len() < 2 {
        return None;
    }
    let text = |from: usize, to: usize| without_tags(&lossy(bytes.within(from..to))).into_owned();
    let names = |text: &str| Phrase::new(context, text).names_product();
    if names(&text(from, first.start)) || !names(&text(last.end, to)) {
        return None;
    }
    let next = numbers.iter().find(|number| number.start >= span.end).map_or(to, |number| number.start);
    Some(match Phrase::new(context, &text(span.end, next)).title() {
        ProductMention::Product(product) => ProductMention::Product(product),
        ProductMention::Unclear | ProductMention::Nothing => ProductMention::Unclear,
    })
}

/// The product that a line names before a number, in its last sentence first, or else after it.
fn of_line<'c>(context: &ScanContext<'c>, own: &str, after: &str) -> ProductMention<'c> {
    let sentence = last_sentence(own);
    let said = Phrase::new(context, sentence).before_number();
    if said != ProductMention::Nothing {
        return said;
    }
    // The text up to the next number, which has words of its own.
    let digits = |run: &str| run.len() > 4 && run.bytes().all(|byte| byte.is_ascii_digit());
    let ended = after.split(|c: char| !c.is_ascii_digit()).find(|run| digits(run));
    let after = ended.map_or(after, |_| "");
    let after = first_sentence(after);
    let said = if after.contains(char::is_alphabetic) {
        let own_words = Phrase::new(context, sentence).len();
        Phrase::new(context, &[sentence, " ", after].concat()).after_number(own_words)
    } else {
        ProductMention::Nothing
    };
    match said {
        ProductMention::Nothing if sentence.len() < own.len() => Phrase::new(context, own).before_number(),
        said => said,
    }
}

/// The product that the other cells of a row name. An operating system beside a program is the platform that it runs on.
fn of_row<'c>(context: &ScanContext<'c>, row: &str) -> ProductMention<'c> {
    let row = row.replace(['\t', '\u{a0}'], "  ");
    let cells = row.split('|').flat_map(|cell| cell.split("  ")).map(str::trim).filter(|cell| !cell.is_empty());
    let (mut said, mut foreign) = (ProductMention::Nothing, false);
    for cell in cells {
        let cell = without_tags(cell);
        let phrase = Phrase::new(context, &cell);
        match (phrase.title(), said) {
            (ProductMention::Product(product), ProductMention::Nothing) if !foreign => {
                said = ProductMention::Product(product)
            }
            (ProductMention::Product(product), ProductMention::Product(other)) if product == other => {}
            (ProductMention::Product(_), _) => return ProductMention::Unclear,
            (ProductMention::Unclear, ProductMention::Nothing) => foreign |= phrase.has_foreign_name(),
            (ProductMention::Unclear | ProductMention::Nothing, _) => {}
        }
    }
    if foreign { ProductMention::Unclear } else { said }
}

/// The product that a file name mentions, or else the name of the nearest folder that mentions one.
fn of_path<'c>(context: &ScanContext<'c>, path: &str) -> ProductMention<'c> {
    for name in path.rsplit(['/', '\\']).take(1 + MAX_FOLDERS) {
        // Digits after the last full stop are part of a version, not an extension.
        let stem = match name.rsplit_once('.') {
            Some((stem, ending)) if ending.starts_with(|c: char| c.is_ascii_alphabetic()) => stem,
            Some(_) | None => name,
        };
        match Phrase::new(context, stem).name() {
            ProductMention::Nothing => {}
            said => return said,
        }
    }
    ProductMention::Nothing
}
