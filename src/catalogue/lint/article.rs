//! The checks of an article: its number, its cases, and that everything its remedies answer exists.

use super::{
    Complaint,
    Step::{Index, Key},
    common, complaint, is_number, unknown_ids,
};
use crate::{catalogue::Tables, model::article::Article};
use std::collections::BTreeSet;

pub(in crate::catalogue) fn article(tables: &Tables, id: &str, article: &Article) -> Vec<Complaint> {
    let mut complaints = common(tables, &article.sources, &article.examples);
    if !is_number(id) {
        complaints.push(complaint([Key("title")], format!("expected a file name of Q and digits, found `{id}`")));
    }
    complaints.extend(unknown_ids(&article.products, |id| tables.products.find(id).err(), vec![Key("products")]));
    for (place, ours) in article.ours.iter().enumerate() {
        let parts = || article.applies_to.iter().chain([&article.title, &article.symptom, &article.cause]);
        if !parts().any(|part| part.contains(ours.as_str())) {
            complaints.push(complaint(
                [Key("ours"), Index(place)],
                "expected a piece of the title, the symptom, the cause or `applies_to`",
            ));
        }
    }
    let mut cases = BTreeSet::new();
    for (index, remedy) in article.remedies.iter().enumerate() {
        let at = |key| vec![Key("remedies"), Index(index), Key(key)];
        let within = |key| vec![Key("remedies"), Index(index), Key("when"), Key(key)];
        if !cases.insert(&remedy.case) {
            complaints.push(complaint(at("case"), "expected a case of its own for every remedy"));
        }
        if remedy.steps.is_empty() {
            complaints.push(complaint(at("steps"), "expected at least one step"));
        }
        complaints.extend(unknown_ids(&remedy.when.rules, |id| tables.rules.find(id).err(), within("rules")));
        complaints.extend(unknown_ids(&remedy.when.products, |id| tables.products.find(id).err(), within("products")));
        complaints.extend(unknown_ids(&remedy.when.packages, |id| tables.packages.find(id).err(), within("packages")));
        complaints.extend(unknown_ids(&remedy.when.forms, |id| tables.forms.find(id).err(), within("forms")));
        complaints.extend(unknown_ids(
            &remedy.when.carriers,
            |id| tables.answer_sources.find(id).err(),
            within("carriers"),
        ));
        for sku in remedy.when.not_skus.iter().filter(|sku| remedy.when.skus.contains(sku)) {
            complaints
                .push(complaint(within("not_skus"), format!("expected no channel of `skus`, found {}", sku.id())));
        }
        for (place, ours) in remedy.ours.iter().enumerate() {
            let parts = || remedy.steps.iter().chain(&remedy.applies_to).chain([&remedy.title]).chain(&remedy.loses);
            if !parts().any(|part| part.contains(ours.as_str())) {
                let mut steps = at("ours");
                steps.push(Index(place));
                complaints.push(complaint(steps, "expected a piece of the title, the steps, `loses` or `applies_to`"));
            }
        }
    }
    complaints
}
