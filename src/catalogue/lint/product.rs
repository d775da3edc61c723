//! The checks of a product: that its prompts ask for forms that exist, at levels that their evidence allows.

use super::{
    Complaint,
    Step::{Index, Key},
    alias::aliases,
    common, complaint, unknown, unknown_ids,
};
use crate::{
    catalogue::Tables,
    model::{
        product::{Asks, Product},
        severity::Level,
        source::Basis,
    },
};

pub(in crate::catalogue) fn product(tables: &Tables, id: &str, product: &Product) -> Vec<Complaint> {
    let mut complaints = common(tables, &product.sources, &product.examples);
    complaints.extend(aliases(&tables.products, id, product));
    if product.prompts.is_empty() {
        complaints.push(complaint([Key("title")], "expected at least one [[prompts]]"));
    }
    for (index, prompt) in product.prompts.iter().enumerate() {
        let at = |key| vec![Key("prompts"), Index(index), Key(key)];
        let is_wrong = match prompt.asks {
            Asks::Key | Asks::Optional => prompt.forms.is_empty(),
            Asks::Nothing => !prompt.forms.is_empty(),
            // A sample may show a form that excludes no other.
            Asks::Unknown => false,
        };
        if is_wrong {
            let message = "expected `forms` with \"key\" and \"optional\", and none with \"nothing\"";
            complaints.push(complaint(at("asks"), message));
        }
        complaints.extend(unknown_ids(&prompt.forms, |id| tables.forms.find(id).err(), at("forms")));
        complaints.extend(unknown_ids(&prompt.packages, |id| tables.packages.find(id).err(), at("packages")));
        if prompt.basis == Basis::Documented && prompt.article.is_none() {
            complaints.push(complaint(at("basis"), "expected `article` with a documented basis"));
        }
        let forms: Vec<_> = prompt.forms.iter().filter_map(|id| tables.forms.get(id)).collect();
        for (rule, level) in &prompt.levels {
            let mut checks = forms.iter().flat_map(|form| &form.checks).filter(|check| check.rule == *rule).peekable();
            if checks.peek().is_none() {
                complaints.push(complaint(
                    at("levels"),
                    format!("expected a rule that a form of this prompt checks, found `{rule}`"),
                ));
            }
            if *level == Level::Error && checks.any(|check| check.basis == Basis::Inferred) {
                complaints.push(complaint(at("levels"), format!("`{rule}` is only inferred: a warning at most")));
            }
        }
        for part in &prompt.ignores {
            let known = forms
                .iter()
                .flat_map(|form| &form.groups)
                .flat_map(|group| &group.parts)
                .any(|shape| shape.name == *part);
            if !known {
                complaints.push(complaint(
                    at("ignores"),
                    format!("expected the name of a part of a form of this prompt, found `{part}`"),
                ));
            }
        }
        for mistaken in &prompt.mistaken {
            complaints.extend(unknown(tables.forms.find(&mistaken.form).err(), at("mistaken")));
            complaints.extend(unknown(tables.rules.find(&mistaken.rule).err(), at("mistaken")));
        }
    }
    complaints
}
