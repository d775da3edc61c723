//! Decides whether a number in running text is a key.
//!
//! A number is a key of a form if it is written exactly as the form is, no rule recognises a look-alike in it (a part
//! number, a telephone number), and there is evidence that it is one:
//! - it has the four groups of a Product ID or OEM key, which nothing else has,
//! - it continues a list of keys of that form,
//! - the words of its sentence announce the form, and its line is not labelled as something else,
//! - the heading of its column announces the form,
//! - its line is labelled with nothing but the name of a product,
//! - or Microsoft printed this very number and the form is mentioned near it.
//!
//! Words that also name other numbers, such as "serial number", are only a hint: without the name of a product they count only for a number
//! that no rule faults, and not beside a word for hardware.

use super::{
    cell::{Cell, Column, cell},
    label::product_label,
    numbers::with_hyphens,
    phrase::ProductMention,
    product::nearest,
    text_context::{TextContext, speaks_of_keys},
};
use crate::{
    bulk::Matcher,
    catalogue::words::spoken,
    identify::identify,
    model::{
        form::{Form, KeyKind},
        severity::Severity,
        within::Within,
    },
    parse,
    scan::{
        context::ScanContext,
        lexicon::has_word,
        other_numbers::{claims_heading, last_claim, names_hardware},
    },
};
use once_cell::unsync::OnceCell;
use std::ops::Range;

/// The rules that recognise a number that Microsoft printed.
const PRINTED_RULES: [&str; 3] = ["key/published", "key/misprint", "serial/placeholder"];

/// A number in a text.
#[derive(Clone, Debug)]
pub(in crate::scan) struct Number<'t, 'c> {
    /// The text.
    pub(in crate::scan) bytes: &'t [u8],
    pub(in crate::scan) span: Range<usize>,
    /// The end of the previous number: words before it refer to that one.
    pub(in crate::scan) least: usize,
    /// The form of the list that the number continues, and the strength of its evidence.
    pub(in crate::scan) list: Option<(&'c str, Strength)>,
}

/// The strength of the evidence that a number is a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scan) enum Strength {
    /// It is a key, right or wrong.
    Sure,
    /// It is a key if no rule finds anything wrong with it.
    Hint,
}

/// A number that is a key, and the text around it.
pub(in crate::scan) struct Announced<'t, 'c> {
    /// The id of its form.
    pub(in crate::scan) form: &'c str,
    pub(in crate::scan) strength: Strength,
    /// The product that its row, its line or its sentence names.
    pub(in crate::scan) product: ProductMention<'c>,
    pub(in crate::scan) around: TextContext<'t, 'c>,
}

/// Decides whether a number is a key; `None`: it is not. `column` is that of the previous number.
pub(in crate::scan) fn announced<'t, 'c>(
    context: &ScanContext<'c>,
    number: Number<'t, 'c>,
    column: &mut Option<Column>,
) -> Option<Announced<'t, 'c>> {
    let Number { bytes, span, least, list } = number;
    let text = with_hyphens(bytes.within(span.clone()));
    if !context.lengths.fit(text.as_bytes()) {
        return None;
    }
    let written = parse::written::written(&text);
    let readings = identify(context.catalogue, &written);
    let exact: Vec<&str> =
        readings.candidates().filter(|reading| reading.mismatches.is_empty()).map(|reading| reading.id).collect();
    if exact.is_empty() {
        return None;
    }
    let cell = cell(bytes, &span, column);
    let around = TextContext::of(context.lexicon(), bytes, span, least);
    let matcher = context.matchers.first();
    let evidence = Evidence::new(context, &around, cell.as_ref());
    let (form, strength) = exact.into_iter().find_map(|id| {
        let (id, form) = context.catalogue.forms.entry(id)?;
        let listed = list.filter(|(listed, _)| *listed == id).map(|(_, strength)| strength);
        Some((id, listed.or_else(|| evidence.strength(form, &text))?))
    })?;
    if strength == Strength::Hint && matcher.said(&text).worst() == Some(Severity::Error)
        || says(matcher, &text, &["key/look-alike"])
    {
        return None;
    }
    let product = evidence.said();
    Some(Announced { form, strength, product, around })
}

/// The evidence in the text around a number.
struct Evidence<'e, 't, 'c> {
    context: &'e ScanContext<'c>,
    around: &'e TextContext<'t, 'c>,
    /// The heading of its column, in lower case.
    heading: Option<String>,
    /// The table cell that contains it.
    cell: Option<&'e Cell>,
    /// The product whose name alone makes up the words before or after it.
    label: Option<&'c str>,
    /// The product that the text names, determined on first use.
    said: OnceCell<ProductMention<'c>>,
}

impl<'e, 't, 'c> Evidence<'e, 't, 'c> {
    fn new(context: &'e ScanContext<'c>, around: &'e TextContext<'t, 'c>, cell: Option<&'e Cell>) -> Self {
        let heading = cell.and_then(|cell| cell.heading.as_deref()).map(spoken);
        let texts = [around.own(), around.after(), around.before()];
        let label = texts.into_iter().find_map(|text| product_label(context, text));
        let label = label.filter(|_| last_claim(context.lexicon(), around.after()).is_none());
        let label = label.or_else(|| heading.as_deref().and_then(|heading| product_label(context, heading)));
        Self { context, around, heading, cell, label, said: OnceCell::new() }
    }

    /// The product that its row, its line or its sentence names.
    fn said(&self) -> ProductMention<'c> {
        *self.said.get_or_init(|| nearest(self.context, self.around, self.cell, self.label))
    }

    /// The strength of the evidence that the number is a key of this form, if there is any.
    fn strength(&self, form: &Form, number: &str) -> Option<Strength> {
        let hyphens = number.contains('-');
        if hyphens && form.groups.len() == UNMISTAKABLE_GROUPS {
            return Some(Strength::Sure);
        }
        let (around, lexicon) = (self.around, self.context.lexicon());
        let trade = speaks_of_keys(form);
        let product = || matches!(self.said(), ProductMention::Product(_));
        let hinted = |text: &str| {
            // Few other numbers that are called a key have a key's groups; serial numbers vary too much.
            let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
            let key = lexicon.keys.last(text).is_some_and(|end| text.len().saturating_sub(end) <= 1);
            if key || product() { Strength::Sure } else { Strength::Hint }
        };
        let named = |words: &[String], text: &str| words.iter().all(|word| has_word(text, word));
        let announces = |text: &str| {
            form.announced_by.iter().any(|words| named(words, text)) || trade && lexicon.announces.is_in(text)
        };
        let hints =
            |text: &str| form.hinted_by.iter().any(|words| named(words, text)) || trade && lexicon.hints.is_in(text);
        if let Some(heading) = &self.heading {
            if announces(heading) {
                return Some(if hyphens || product() { Strength::Sure } else { Strength::Hint });
            }
            if claims_heading(lexicon, heading) {
                return None;
            }
            if hyphens && hints(heading) && !names_hardware(lexicon, heading) && !around.is_claimed() {
                return Some(hinted(heading));
            }
        }
        if hyphens && self.label.is_some() {
            return Some(Strength::Sure);
        }
        // A label says that it is something else, unless the label is the name of a product.
        let other = around.label(form).is_some_and(|label| self.context.product(label).is_none());
        let mail = form.kind == KeyKind::Serial && (around.is_claimed() || names_hardware(lexicon, around.after()));
        if !other && !mail && around.announce(form, hyphens) {
            return Some(Strength::Sure);
        }
        if hyphens
            && !other
            && !around.is_claimed()
            && let Some((words, between)) = around.hint(form)
            && self.is_filler(between)
        {
            return Some(hinted(words));
        }
        let matcher = self.context.matchers.first();
        // Samples are printed for other numbers too.
        let sample = || says(matcher, number, &["key/placeholder"]) && !says(matcher, number, &["key/misprint"]);
        if hyphens && around.mention(form) && says(matcher, number, &PRINTED_RULES) && !sample() {
            return Some(Strength::Sure);
        }
        // The lists in a section for keys contain keys.
        let listed = hyphens && !around.is_claimed() && last_claim(lexicon, around.own()).is_none() && around.is_item();
        let section = listed.then(|| around.section()).flatten().filter(|section| !claims_heading(lexicon, section));
        let section = section.filter(|section| announces(section) || hints(section))?;
        Some(if announces(&section) || self.context.product(&section).is_some() {
            Strength::Sure
        } else {
            Strength::Hint
        })
    }

    /// Returns `true` if a text between a hint and its number adds nothing: "is", "no.", the name of a product.
    fn is_filler(&self, between: &str) -> bool {
        let between = between.trim_matches(|c: char| !c.is_alphanumeric());
        let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.all(|word| self.context.lexicon().links.contains(word)) || self.context.product(between).is_some()
    }
}

/// The number of groups that only Product IDs and OEM keys have.
const UNMISTAKABLE_GROUPS: usize = 4;

/// Returns `true` if one of these rules fires for a number, whatever product it is for.
fn says(matcher: &Matcher<'_>, text: &str, rules: &[&str]) -> bool {
    let outcome = matcher.said(text);
    let mut all = outcome.rules.iter().map(|(rule, _)| rule).chain(&outcome.unanswered);
    all.any(|rule| rules.contains(&rule.as_str()))
}
