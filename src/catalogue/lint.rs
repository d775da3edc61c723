//! What must hold of an entry beyond its types: that what it names exists, and that it weighs no more than its evidence.

mod answer_source;
mod postoffice;

pub(super) use answer_source::answer_source;
pub(super) use postoffice::{reference_postoffice, serial_location};

use super::Catalogue;
use crate::model::{
    article::Article,
    example::Example,
    form::{Characters, Form, KeyCondition},
    package::Package,
    product::{Asks, Product},
    rule::Rule,
    server::Server,
    severity::{Level, Severity},
    source::{Basis, Source},
};
use std::collections::BTreeSet;

/// Something wrong in an entry, and the way to it from the top of its file.
pub(super) struct Complaint {
    pub(super) steps: Vec<Step<'static>>,
    pub(super) message: String,
}

/// One step of the way to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// Into a table.
    Key(&'a str),
    /// Into an array.
    Index(usize),
}

use Step::{Index, Key};

pub(super) fn form(catalogue: &Catalogue, form: &Form) -> Vec<Complaint> {
    let mut complaints = common(catalogue, &form.sources, &form.examples);
    let parts: Vec<_> = form.groups.iter().flat_map(|group| &group.parts).collect();
    let known = |part: &String| parts.iter().any(|shape| shape.name == *part);
    if parts.is_empty() || parts.iter().any(|shape| shape.length == 0 || shape.least() > shape.length) {
        complaints.push(complaint(
            [Key("groups")],
            "expected parts of at least one character, with at_least no greater than length",
        ));
    }
    for (at, known) in form.look_alikes.iter().enumerate() {
        complaints.extend(unknown(catalogue.rules.find(&known.rule).err(), [Key("look_alikes"), Index(at)]));
    }
    for (at, group) in form.groups.iter().enumerate() {
        for (part, shape) in group.parts.iter().enumerate() {
            let literal = shape.literal.as_deref().map_or(0, str::len);
            if (shape.of == Characters::Literal) != shape.literal.is_some() || (literal > 0 && literal != shape.length)
            {
                let steps = [Key("groups"), Index(at), Key("parts"), Index(part)];
                complaints.push(complaint(
                    steps,
                    "expected `literal` with as many letters as `length` says, and only where `of` is \"literal\"",
                ));
            }
        }
    }
    for (at, check) in form.checks.iter().enumerate() {
        let at = |key| [Key("checks"), Index(at), Key(key)];
        complaints.extend(unknown(catalogue.rules.find(&check.rule).err(), at("rule")));
        let other = match &check.fires_if {
            KeyCondition::NotAStepFrom { part, .. } => Some(part),
            _ => None,
        };
        for part in [Some(&check.part), other].into_iter().flatten().filter(|part| !known(part)) {
            complaints.push(complaint(at("part"), format!("expected the name of a part of this form, found `{part}`")));
        }
        complaints.extend(too_heavy(check.severity, check.basis, at("severity")));
    }
    complaints
}

pub(super) fn product(catalogue: &Catalogue, product: &Product) -> Vec<Complaint> {
    let mut complaints = common(catalogue, &product.sources, &product.examples);
    if product.prompts.is_empty() {
        complaints.push(complaint([Key("title")], "expected at least one [[prompts]]"));
    }
    for (index, prompt) in product.prompts.iter().enumerate() {
        let at = |key| vec![Key("prompts"), Index(index), Key(key)];
        let wants_forms = matches!(prompt.asks, Asks::Key | Asks::Optional);
        if wants_forms == prompt.forms.is_empty() {
            complaints
                .push(complaint(at("asks"), "expected `forms` with \"key\" and \"optional\", and none otherwise"));
        }
        complaints.extend(unknown_ids(&prompt.forms, |id| catalogue.forms.find(id).err(), at("forms")));
        complaints.extend(unknown_ids(&prompt.packages, |id| catalogue.packages.find(id).err(), at("packages")));
        if prompt.basis == Basis::Documented && prompt.article.is_none() {
            complaints.push(complaint(at("basis"), "expected `article` with a documented basis"));
        }
        let forms: Vec<_> = prompt.forms.iter().filter_map(|id| catalogue.forms.get(id)).collect();
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
            complaints.extend(unknown(catalogue.forms.find(&mistaken.form).err(), at("mistaken")));
            complaints.extend(unknown(catalogue.rules.find(&mistaken.rule).err(), at("mistaken")));
        }
    }
    complaints
}

pub(super) fn package(catalogue: &Catalogue, package: &Package) -> Vec<Complaint> {
    let mut complaints = common(catalogue, &package.sources, &package.examples);
    complaints.extend(unknown_ids(&package.contains, |id| catalogue.products.find(id).err(), vec![Key("contains")]));
    complaints
}

pub(super) fn article(catalogue: &Catalogue, id: &str, article: &Article) -> Vec<Complaint> {
    let mut complaints = common(catalogue, &article.sources, &article.examples);
    if !is_number(id) {
        complaints.push(complaint([Key("title")], format!("expected a file name of Q and digits, found `{id}`")));
    }
    complaints.extend(unknown_ids(&article.products, |id| catalogue.products.find(id).err(), vec![Key("products")]));
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
        complaints.extend(unknown_ids(&remedy.when.rules, |id| catalogue.rules.find(id).err(), within("rules")));
        complaints.extend(unknown_ids(
            &remedy.when.products,
            |id| catalogue.products.find(id).err(),
            within("products"),
        ));
        complaints.extend(unknown_ids(
            &remedy.when.packages,
            |id| catalogue.packages.find(id).err(),
            within("packages"),
        ));
        complaints.extend(unknown_ids(&remedy.when.forms, |id| catalogue.forms.find(id).err(), within("forms")));
        complaints.extend(unknown_ids(
            &remedy.when.carriers,
            |id| catalogue.answer_sources.find(id).err(),
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

pub(super) fn server(catalogue: &Catalogue, server: &Server) -> Vec<Complaint> {
    let mut complaints = common(catalogue, &server.sources, &server.examples);
    if let Some(id) = &server.product {
        complaints.extend(unknown(catalogue.products.find(id).err(), [Key("product")]));
    }
    let open = !server.takes.is_empty();
    if open && (server.start.is_none() || server.ceiling.is_none() || server.start > server.ceiling) {
        complaints.push(complaint(
            [Key("server")],
            "expected `start` and `ceiling`, in this order, for a server that takes packs",
        ));
    }
    for (index, takes) in server.takes.iter().enumerate() {
        if takes.sizes.is_empty() || takes.sizes.contains(&0) {
            complaints
                .push(complaint([Key("takes"), Index(index), Key("sizes")], "expected sizes of at least one licence"));
        }
    }
    for (index, closed) in server.closed.iter().enumerate() {
        let steps = [Key("closed"), Index(index), Key("rule")];
        complaints.extend(unknown(catalogue.rules.find(&closed.rule).err(), steps));
    }
    complaints
}

pub(super) fn rule(catalogue: &Catalogue, id: &str, rule: &Rule) -> Vec<Complaint> {
    let mut complaints = common(catalogue, &rule.sources, &rule.examples);
    complaints.extend(postoffice::checks(id, rule));
    complaints.extend(too_heavy(rule.severity, rule.basis, [Key("severity")]));
    if let Some(screen) = &rule.screen {
        let article = catalogue.articles.find(&screen.article);
        let quoted = article.as_ref().is_ok_and(|(_, article)| article.messages.len() > screen.message);
        let numbers = article.as_ref().ok().and_then(|(_, article)| article.messages.get(screen.message));
        if numbers.is_some_and(|message| message.text.matches("{number}").count() != screen.numbers.len()) {
            complaints
                .push(complaint([Key("screen"), Key("numbers")], "expected a name for every {number} of the message"));
        }
        if let (true, false) = (article.is_ok(), quoted) {
            complaints
                .push(complaint([Key("screen"), Key("message")], format!("expected a message of {}", screen.article)));
        }
        complaints.extend(unknown(article.err(), [Key("screen"), Key("article")]));
    }
    for (index, value) in rule.values.iter().enumerate() {
        let at = |key| vec![Key("values"), Index(index), Key(key)];
        if !is_number(&value.article) {
            complaints.push(complaint(
                at("article"),
                format!("expected an article's number, Q and digits, found `{}`", value.article),
            ));
        }
        complaints.extend(unknown_ids(&value.products, |id| catalogue.products.find(id).err(), at("products")));
    }
    complaints
}

/// What holds of every family: evidence and examples.
fn common(catalogue: &Catalogue, sources: &[Source], examples: &[Example]) -> Vec<Complaint> {
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
        ];
        if inputs.iter().filter(|given| **given).count() != 1 {
            complaints.push(complaint(
                at("why"),
                "expected exactly one of `text`, `no_key`, `screen`, `plan`, `file` and `postoffice`",
            ));
        }
        if let Some(id) = &example.product {
            complaints.extend(unknown(catalogue.products.find(id).err(), at("product")));
        }
        complaints.extend(postoffice::example(catalogue, index, example));
        if let Some(id) = &example.from {
            complaints.extend(unknown(catalogue.packages.find(id).err(), at("from")));
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
