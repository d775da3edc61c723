//! Labels that consist of the name of a product: `Windows 95 OSR2:`, `**Office 97 Professional** -`.

use super::cell::without_tags;
use crate::{
    model::name::{self, Word},
    scan::context::ScanContext,
};

/// The longest word with digits beside a name: `OSR2.1`, `4.0`.
const MAX_DIGITS: usize = 6;

/// The product that a label names, if it contains nothing else; the label is in lower case.
pub(super) fn product_label<'c>(context: &ScanContext<'c>, label: &str) -> Option<&'c str> {
    const MAX_LABEL: usize = 80;
    if label.len() > MAX_LABEL {
        return None;
    }
    let label = without_tags(label);
    let words = name::words(&label);
    let mentions = context.mentions(&label, &words);
    let product = mentions.first()?.product;
    let named = |at: usize| mentions.iter().any(|mention| mention.words.contains(&at));
    let own = |(at, word): (usize, &Word<'_>)| {
        // A number distinguishes versions or releases.
        let digits = word.text.bytes().any(|byte| byte.is_ascii_digit()) && word.text.len() <= MAX_DIGITS;
        named(at) || digits || context.lexicon().editions.contains(&word.text)
    };
    let one = mentions.iter().all(|mention| mention.product == product);
    (one && words.iter().enumerate().all(own)).then_some(product)
}
