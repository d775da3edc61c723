//! The document `jewelcase/1` as the API sends it: the remedies in it were written as JSON before.

use crate::{
    catalogue::{Catalogue, remedy_id},
    wire::{self, Entry, SCHEMA, Tool, summary::Summary},
};
use once_cell::sync::OnceCell;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::{BTreeMap, HashMap};

/// The remedies of a catalogue as JSON, by id. They are the longest part of an answer, and the same in all of them.
pub(super) struct Remedies {
    catalogue: &'static Catalogue,
    written: OnceCell<HashMap<String, Box<RawValue>>>,
}

/// A [`wire::Document`] that is only written: the same fields in the same order.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    tool: Tool,
    subjects: &'a [Entry],
    remedies: BTreeMap<&'a str, &'a RawValue>,
    summary: Summary,
}

impl Remedies {
    /// Those of this catalogue, written when the first of them is asked for.
    pub(super) fn new(catalogue: &'static Catalogue) -> Self {
        Self { catalogue, written: OnceCell::new() }
    }

    /// The document of these entries, with the remedies that they name.
    pub(super) fn document<'a>(&'a self, subjects: &'a [Entry]) -> Document<'a> {
        let ids = subjects.iter().flat_map(Entry::remedies);
        let remedies = ids.filter_map(|id| Some((id, self.get(id)?))).collect();
        Document { schema: SCHEMA, tool: Tool::this(), subjects, remedies, summary: Summary::of(subjects) }
    }

    /// One of them.
    pub(super) fn get(&self, id: &str) -> Option<&RawValue> {
        self.written.get_or_init(|| written(self.catalogue)).get(id).map(Box::as_ref)
    }
}

fn written(catalogue: &Catalogue) -> HashMap<String, Box<RawValue>> {
    let texts = wire::Remedies::Catalogue(catalogue);
    let of_article =
        |(number, remedies): (&str, &[_])| remedies.iter().map(|remedy| remedy_id(number, remedy)).collect::<Vec<_>>();
    let articles = catalogue.articles.iter().map(|(number, article)| (number, article.remedies.as_slice()));
    let ids = articles.flat_map(of_article);
    // A struct of texts is always JSON.
    ids.filter_map(|id| Some((to_raw_value(&texts.get(&id)?).ok()?, id))).map(|(json, id)| (id, json)).collect()
}

#[cfg(test)]
mod tests {
    use super::Remedies;
    use crate::{
        Catalogue, Situation, judge,
        wire::{self, Entry, Located, mask::Keys},
    };

    #[test]
    fn it_is_the_document_of_every_other_report() {
        let catalogue = Catalogue::built_in();
        let situation = Situation { product: Some("outlook-97"), ..Situation::default() };
        let entry = |key| {
            let subject = judge(catalogue, key, &situation).expect("the product is known");
            Entry::new(Located { subject, location: None }, Keys::Masked)
        };
        let subjects = vec![entry("932-9619111"), entry("111-1111111")];
        let remedies = Remedies::new(catalogue);
        let sent = serde_json::to_string(&remedies.document(&subjects)).expect("it is JSON");
        assert!(sent.contains("\"steps\":["), "{sent}");
        let usual = wire::Document::new(subjects, wire::Remedies::Catalogue(catalogue));
        assert_eq!(sent, serde_json::to_string(&usual).expect("it is JSON"));
    }
}
