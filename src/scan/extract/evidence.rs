//! Decides if a number in running text is a key.
//!
//! A number is a key of a form if it is written exactly as the form is, no rule recognises a look-alike in it (a part
//! number, a telephone number), and something says that it is one:
//! - it goes on with a list of keys of that form,
//! - the words of its sentence announce the form, and its line is not labelled as something else,
//! - the heading of its column announces the form,
//! - or Microsoft printed this very number and the form is mentioned near it.

use super::{numbers::with_hyphens, text_context::TextContext};
use crate::{bulk::Matcher, identify, parse, scan::context::ScanContext};
use std::ops::Range;

/// The rules that recognise a number that Microsoft printed.
const PRINTED: [&str; 3] = ["key/published", "key/misprint", "serial/placeholder"];

/// A number in a text.
#[derive(Clone, Debug)]
pub(in crate::scan) struct Number<'t, 'c> {
    /// The text.
    pub(in crate::scan) bytes: &'t [u8],
    pub(in crate::scan) span: Range<usize>,
    /// The end of the number before: words before it speak of that one.
    pub(in crate::scan) least: usize,
    /// The form of the list that the number goes on with.
    pub(in crate::scan) list: Option<&'c str>,
}

/// A key, and what the text says around it.
pub(in crate::scan) struct Announced<'t, 'c> {
    /// The id of its form.
    pub(in crate::scan) form: &'c str,
    pub(in crate::scan) around: TextContext<'t>,
}

/// Decides if a number is a key; `None`: it is not.
pub(in crate::scan) fn announced<'t, 'c>(
    context: &ScanContext<'c>,
    number: Number<'t, 'c>,
) -> Option<Announced<'t, 'c>> {
    let Number { bytes, span, least, list } = number;
    let text = with_hyphens(&bytes[span.clone()]);
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
    let around = TextContext::of(bytes, span, least);
    let form = exact.into_iter().find(|form| list == Some(*form) || is_announced(context, form, &text, &around))?;
    if says(context.matchers.first(), &text, &["key/look-alike"]) {
        return None;
    }
    Some(Announced { form: context.catalogue.forms.entry(form)?.0, around })
}

/// Whether the text around a number says that it is a key of this form.
fn is_announced(context: &ScanContext<'_>, form: &str, number: &str, around: &TextContext<'_>) -> bool {
    let matcher = context.matchers.first();
    let Some(form) = context.catalogue.forms.get(form) else { return false };
    let hyphens = number.contains('-');
    // Samples are printed for other numbers, too.
    let sample = || says(matcher, number, &["key/placeholder"]) && !says(matcher, number, &["key/misprint"]);
    let printed = || says(matcher, number, &PRINTED) && !sample();
    // A label says what else it is, unless it is the name of a product.
    let other = around.label(form).is_some_and(|label| context.product(label).is_none());
    !other && around.announce(form, hyphens) || around.head(form) || hyphens && around.mention(form) && printed()
}

/// Whether one of these rules fires for a number, whatever product it is for.
fn says(matcher: &Matcher<'_>, text: &str, rules: &[&str]) -> bool {
    let outcome = matcher.said(text);
    let mut all = outcome.rules.iter().map(|(rule, _)| rule).chain(&outcome.unanswered);
    all.any(|rule| rules.contains(&rule.as_str()))
}
