//! A judged subject: its text, its findings, and the verdict.

use super::{
    finding::{Finding, Unanswered},
    form::KeyKind,
    sku::Sku,
    verdict::Verdict,
};
use std::ops::Range;

/// A judged key or serial: its form, verdict and findings, and the checks that could not be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Subject {
    /// The text as given.
    pub text: String,
    /// Key or serial.
    pub kind: KeyKind,
    /// The range of the key in the text, without quotes and switches.
    pub body: Range<usize>,
    /// The parts of the text that a masked report may show.
    pub shown: Vec<Range<usize>>,
    /// The id of the recognised form.
    pub form: Option<String>,
    /// Every form that the text fits, with the reason.
    pub forms: Vec<Candidate>,
    /// The product that the user named.
    pub product: Option<String>,
    /// The channel that the user named.
    pub sku: Option<Sku>,
    /// The package that the user named.
    pub package: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// The findings, worst first.
    pub findings: Vec<Finding>,
    /// The checks that could not be made.
    pub unanswered: Vec<Unanswered>,
    /// The verdict at every prompt that could ask for the form, if the user named no product.
    pub products: Vec<AtProduct>,
    /// The rules that a comment beside it accepts, each with its reason.
    pub accepted: Vec<(String, String)>,
    /// The key path and name of the registry value that has it.
    pub value: Option<String>,
}

/// A form that a text could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The form's id.
    pub form: String,
    /// The actual lengths of the groups.
    pub groups: Vec<usize>,
    /// The comparison of the groups with the form's own.
    pub grouping: Grouping,
    /// The rules of the form that it nevertheless fails.
    pub fails: Vec<String>,
}

/// The comparison of the groups of a text with those of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The groups of the form.
    Same,
    /// No separators at all.
    None,
    /// Other groups.
    Other,
}

impl Candidate {
    /// The reason why the text could be of this form, as a phrase: `10 characters, grouped 3-7`.
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
    /// The channel, if the product asks different channels for different forms.
    pub sku: Option<Sku>,
    /// The verdict there.
    pub verdict: Verdict,
    /// The rules that were found there.
    pub rules: Vec<String>,
}
