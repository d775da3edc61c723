//! The checks of an entry that its types cannot make: that everything it names exists, and that it is no more severe than its evidence
//! allows.

mod alias;
mod answer_source;
mod article;
mod disc;
mod form;
mod language;
mod package;
mod postoffice;
mod product;
mod rule;
mod server;

pub(super) use answer_source::answer_source;
pub(super) use article::article;
pub(super) use disc::disc;
pub(super) use form::form;
pub(super) use language::language;
pub(super) use package::package;
pub(super) use postoffice::{reference_postoffice, serial_location};
pub(super) use product::product;
pub(super) use rule::rule;
pub(super) use server::server;

use super::Tables;
use crate::model::{
    example::Example,
    severity::Severity,
    source::{Basis, Source},
};

/// A fault of an entry, and the path to it from the top of its file.
pub(crate) struct Complaint {
    pub(super) steps: Vec<Step<'static>>,
    pub(super) message: String,
}

/// One step of the path to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// Into a table.
    Key(&'a str),
    /// Into an array.
    Index(usize),
}

use Step::{Index, Key};

/// The checks of every family: evidence and examples.
fn common(tables: &Tables, sources: &[Source], examples: &[Example]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    if sources.is_empty() {
        complaints.push(complaint([Key("sources")], "expected at least one [[sources]]"));
    }
    for (index, source) in sources.iter().enumerate() {
        let at = |key| [Key("sources"), Index(index), Key(key)];
        if source.article.is_some() == source.work.is_some() {
            complaints.push(complaint(at("basis"), "expected either `article` or `work`"));
        }
        if source.basis == Basis::Documented && source.article.is_none() {
            complaints.push(complaint(
                at("basis"),
                "expected `article` with a documented basis: only Microsoft's own text documents",
            ));
        }
        if source.article.as_deref().is_some_and(|number| !is_number(number)) {
            complaints.push(complaint(at("article"), "expected an article's number, Q and digits"));
        }
    }
    if examples.is_empty() {
        complaints.push(complaint([Key("examples")], "expected at least one [[examples]]"));
    }
    for (index, example) in examples.iter().enumerate() {
        let at = |key| [Key("examples"), Index(index), Key(key)];
        let inputs = [
            example.text.is_some(),
            example.no_key,
            example.screen.is_some(),
            example.plan.is_some(),
            example.file.is_some(),
            example.postoffice.is_some(),
            example.disc.is_some(),
        ];
        if inputs.iter().filter(|given| **given).count() != 1 {
            complaints.push(complaint(
                at("why"),
                "expected exactly one of `text`, `no_key`, `screen`, `plan`, `file`, `postoffice` and `disc`",
            ));
        }
        if let Some(id) = &example.product {
            complaints.extend(unknown(tables.products.find(id).err(), at("product")));
        }
        complaints.extend(postoffice::example(tables, index, example));
        if let Some(id) = &example.from {
            complaints.extend(unknown(tables.packages.find(id).err(), at("from")));
        }
    }
    complaints
}

fn complaint(steps: impl Into<Vec<Step<'static>>>, message: impl Into<String>) -> Complaint {
    Complaint { steps: steps.into(), message: message.into() }
}

fn unknown(error: Option<super::UnknownId>, steps: impl Into<Vec<Step<'static>>>) -> Option<Complaint> {
    error.map(|error| complaint(steps, error.to_string()))
}

fn unknown_ids(
    ids: &[String],
    find: impl Fn(&str) -> Option<super::UnknownId>,
    steps: Vec<Step<'static>>,
) -> impl Iterator<Item = Complaint> {
    ids.iter().enumerate().filter_map(move |(index, id)| {
        let mut steps = steps.clone();
        steps.push(Index(index));
        unknown(find(id), steps)
    })
}

fn too_heavy(severity: Severity, basis: Basis, steps: impl Into<Vec<Step<'static>>>) -> Option<Complaint> {
    let heavy = severity == Severity::Error && basis == Basis::Inferred;
    heavy.then(|| {
        complaint(steps, "an error needs a basis of documented or independent; what is inferred is a warning at most")
    })
}

fn is_number(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
