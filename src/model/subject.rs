//! A judged subject: what it is, what was found, and the verdict.

use super::{
    finding::{Finding, Unanswered},
    form::KeyKind,
    sku::Sku,
    verdict::Verdict,
};
use std::ops::Range;

/// One key or serial with everything that is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The text as it was given.
    pub text: String,
    /// Key or serial.
    pub kind: KeyKind,
    /// Where in the text the key stands, without quotes and switches.
    pub body: Range<usize>,
    /// The parts of the text that a masked report may show.
    pub shown: Vec<Range<usize>>,
    /// The id of the recognised form.
    pub form: Option<String>,
    /// Every form that the text fits, with the reason.
    pub forms: Vec<Candidate>,
    /// The product that was asked about.
    pub product: Option<String>,
    /// The channel that was asked about.
    pub sku: Option<Sku>,
    /// The package that was asked about.
    pub package: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// What was found, gravest first.
    pub findings: Vec<Finding>,
    /// What could not be found out.
    pub unanswered: Vec<Unanswered>,
    /// The verdict at every prompt that could ask for the form, when no product was asked about.
    pub products: Vec<AtProduct>,
}

/// A form that a text could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The form's id.
    pub form: String,
    /// The lengths of the groups as they stand.
    pub groups: Vec<usize>,
    /// Whether the groups are the form's own.
    pub grouping: Grouping,
    /// The rules of the form that it fails all the same.
    pub fails: Vec<String>,
}

/// How the groups of a text compare with those of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// As the form has them.
    Same,
    /// No separators at all.
    None,
    /// Others.
    Other,
}

impl Candidate {
    /// Why the text could be of this form, as a phrase: `10 characters, grouped 3-7`.
    pub fn why(&self) -> String {
        let mut why = String::with_capacity(48);
        why.push_str(&self.groups.iter().sum::<usize>().to_string());
        why.push_str(match self.grouping {
            Grouping::Same if self.groups.len() == 1 => " characters",
            Grouping::Same => " characters, grouped ",
            Grouping::None => " characters without separators",
            Grouping::Other => " characters, but grouped ",
        });
        if why.ends_with(' ') {
            for (index, length) in self.groups.iter().enumerate() {
                why.push_str(if index == 0 { "" } else { "-" });
                why.push_str(&length.to_string());
            }
        }
        if !self.fails.is_empty() {
            why += &format!(", but fails {}", self.fails.join(", "));
        }
        why
    }
}

/// The verdict that a key would get at one product's prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtProduct {
    /// The product's id.
    pub product: String,
    /// The channel, where the product asks different channels for different forms.
    pub sku: Option<Sku>,
    /// The verdict there.
    pub verdict: Verdict,
    /// The rules that were found there.
    pub rules: Vec<String>,
}
