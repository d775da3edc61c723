//! Runs the examples of rule files: every file of the catalogue tests itself.

use crate::{
    addpack::simulate,
    answer,
    catalogue::{Catalogue, Family, Folder, RuleFileError, fault::RuleFault, folder, lint::Step},
    explain,
    judge::{judge, judge_no_key},
    media,
    model::{
        disc_specimen::DiscSpecimen,
        example::{Example, FoundKey, NamedText},
        finding::{Finding, Unanswered},
        language::{Meaning, WordExample},
        plan::Plan,
        situation::Situation,
        sku::Sku,
        specimen::Specimen,
        within::Within,
    },
    postoffice,
};
use serde::Serialize;
use std::{collections::BTreeSet, path::Path};

/// The counts of a test of rule files whose examples all passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Tested {
    /// The number of files read.
    pub files: usize,
    /// The number of examples run.
    pub examples: usize,
}

/// Adds a folder to the built-in catalogue and runs every example of its files.
///
/// # Errors
/// Every fault of every file, with its place; a failing example is a fault of its file.
pub fn run_examples(folder: &Path) -> Result<Tested, RuleFileError> {
    let catalogue = Catalogue::with_folder(folder)?;
    let mut tested = Tested::default();
    let mut faults = Vec::new();
    for (family, Folder { name, prefix }) in Family::all_folders() {
        let path = folder.join(name);
        let files = if path.is_dir() { folder::files(&path, prefix)? } else { Vec::new() };
        for file in files {
            for (steps, message) in run_entry(&catalogue, family, &file.id, &mut tested) {
                faults.push(RuleFault::at(file.path.clone(), &file.source, folder::offset_of(&file, &steps), message));
            }
        }
    }
    finished(tested, faults)
}

/// Runs every example of the built-in catalogue.
///
/// # Errors
/// The failing examples, by the names of their files.
pub fn run_built_in_examples() -> Result<Tested, RuleFileError> {
    let catalogue = Catalogue::built_in();
    let mut tested = Tested::default();
    let mut faults = Vec::new();
    for (family, Folder { name, prefix }) in Family::all_folders() {
        for id in catalogue.table(family).ids() {
            let Some(stem) = id.strip_prefix(prefix) else { continue };
            for (_, message) in run_entry(catalogue, family, id, &mut tested) {
                let path = Path::new(name).join(format!("{stem}.toml"));
                faults.push(RuleFault { path, line: 1, column: 1, message });
            }
        }
    }
    finished(tested, faults)
}

fn finished(tested: Tested, mut faults: Vec<RuleFault>) -> Result<Tested, RuleFileError> {
    faults.sort();
    if faults.is_empty() { Ok(tested) } else { Err(RuleFileError::Faulty { faults }) }
}

/// A serial location has no examples, but must read the serials that it claims to have read.
fn unproven(catalogue: &Catalogue, family: Family, id: &str) -> Option<String> {
    let location = catalogue.serial_locations.get(id).filter(|_| family == Family::SerialLocation)?;
    postoffice::number::prove(location).err()
}

/// The differences between the meaning of a language's words and its examples.
fn misread(catalogue: &Catalogue, family: Family, id: &str, tested: &mut Tested) -> Vec<(Vec<Step<'static>>, String)> {
    let language = catalogue.languages.get(id).filter(|_| catalogue.table(family).examples(id).is_empty());
    let examples = language.map_or(&[][..], |language| &language.examples);
    tested.examples = tested.examples.saturating_add(examples.len());
    let said = examples.iter().map(|example| (example, catalogue.lexicon().meaning(&example.text)));
    let wrong = said.enumerate().filter(|(_, (example, said))| *said != example.says);
    let of = |(index, (example, said)): (usize, (&WordExample, Meaning))| {
        let steps = vec![Step::Key("examples"), Step::Index(index)];
        (steps, format!("expected that `{}` says {}, found {}", example.text, example.says.id(), said.id()))
    };
    wrong.map(of).collect()
}

/// Runs the examples of one entry. Returns the path to each failing one, and the difference.
fn run_entry(
    catalogue: &Catalogue,
    family: Family,
    id: &str,
    tested: &mut Tested,
) -> Vec<(Vec<Step<'static>>, String)> {
    let examples = catalogue.table(family).examples(id);
    tested.files = tested.files.saturating_add(1);
    tested.examples = tested.examples.saturating_add(examples.len());
    let mut differing = Vec::new();
    for (index, example) in examples.iter().enumerate() {
        let steps = vec![Step::Key("examples"), Step::Index(index)];
        let differences = differences(catalogue, example, implied(family, id)).into_iter();
        differing.extend(differences.map(|difference| (steps.clone(), difference)));
    }
    differing.extend(misread(catalogue, family, id, tested));
    differing.extend(unproven(catalogue, family, id).map(|message| (vec![Step::Key("proofs")], message)));
    // Examples have no configuration.
    if family == Family::Rule && !id.starts_with("config/") {
        let missing = unproved(catalogue, id, examples).into_iter();
        differing.extend(missing.map(|missing| (vec![Step::Key("examples")], missing)));
    }
    differing
}

/// The expectations that a file omits in its examples because its own id implies them.
#[derive(Clone, Copy)]
struct Implied<'a> {
    product: Option<&'a str>,
    package: Option<&'a str>,
    form: Option<&'a str>,
    answer_source: Option<&'a str>,
}

fn implied(family: Family, id: &str) -> Implied<'_> {
    let id = |own| (family == own).then_some(id);
    Implied {
        product: id(Family::Product),
        package: id(Family::Package),
        form: id(Family::Form),
        answer_source: id(Family::AnswerSource),
    }
}

/// A rule about one subject needs an example that it finds and one that it does not.
fn unproved(catalogue: &Catalogue, rule: &str, examples: &[Example]) -> Vec<String> {
    let names = |list: &[String]| list.iter().any(|named| named == rule);
    let compares = catalogue.rules.get(rule).is_some_and(|entry| entry.compares_postoffices);
    let finds = compares || examples.iter().any(|example| names(&example.finds));
    let lacks = examples.iter().any(|example| names(&example.lacks));
    let mut missing = Vec::new();
    if !finds {
        missing.push("expected an example that finds this rule".to_owned());
    }
    if !lacks {
        missing.push("expected an example that lacks this rule".to_owned());
    }
    missing
}

/// The differences between the outcome of an example and its expectations.
fn differences(catalogue: &Catalogue, example: &Example, implied: Implied<'_>) -> Vec<String> {
    let product = example.product.as_deref().or(implied.product);
    let package = example.from.as_deref().or(implied.package);
    let situation = Situation { product, sku: example.sku, package, purpose: example.purpose };
    if let Some(screen) = &example.screen {
        return screen_differences(catalogue, screen, example);
    }
    if let Some(plan) = &example.plan {
        return plan_differences(catalogue, plan, example);
    }
    if let Some(specimen) = &example.postoffice {
        return postoffice_differences(catalogue, specimen, example);
    }
    if let Some(disc) = &example.disc {
        return disc_differences(catalogue, disc, example);
    }
    if let Some(file) = &example.file {
        return file_differences(catalogue, file, &situation, implied.answer_source, example);
    }
    let judged = match &example.text {
        Some(text) => judge(catalogue, text, &situation),
        None => judge_no_key(catalogue, &situation),
    };
    let subject = match judged {
        Ok(subject) => subject,
        Err(error) => return vec![error.to_string()],
    };
    let mut differences = Vec::new();
    if example.verdict.is_some_and(|verdict| verdict != subject.verdict) {
        let expected = example.verdict.map_or("", |verdict| verdict.id());
        differences.push(format!("expected the verdict {expected}, found {}", subject.verdict.id()));
    }
    let form = example
        .form
        .as_deref()
        .or(implied.form.filter(|_| example.form.is_none() && example.verdict.is_none() && product.is_none()));
    if form.is_some_and(|form| subject.form.as_deref() != Some(form)) {
        differences.push(format!(
            "expected the form {}, found {}",
            form.unwrap_or_default(),
            subject.form.as_deref().unwrap_or("none")
        ));
    }
    differences.extend(finding_differences(&subject.findings.iter().collect::<Vec<_>>(), &subject.unanswered, example));
    differences
}

fn postoffice_differences(catalogue: &Catalogue, specimen: &Specimen, example: &Example) -> Vec<String> {
    let audit = match postoffice::specimen::audit(catalogue, specimen) {
        Ok(audit) => audit,
        Err(error) => return vec![error.to_string()],
    };
    let mut differences = Vec::new();
    if let Some(verdict) = example.verdict.filter(|verdict| *verdict != audit.verdict()) {
        differences.push(format!("expected the verdict {}, found {}", verdict.id(), audit.verdict().id()));
    }
    let found: Vec<_> = audit.findings.iter().map(|found| &found.finding).collect();
    differences.extend(finding_differences(&found, &audit.unanswered, example));
    if example.only {
        let others = found.iter().filter(|finding| !example.finds.contains(&finding.rule));
        differences
            .extend(others.map(|other| format!("expected nothing else, found {}: {}", other.rule, other.message)));
        let open = audit.unanswered.iter().filter(|open| !example.unanswered.contains(&open.rule));
        differences
            .extend(open.map(|open| format!("expected no other open question, found {}: {}", open.rule, open.reason)));
    }
    differences
}

fn disc_differences(catalogue: &Catalogue, disc: &DiscSpecimen, example: &Example) -> Vec<String> {
    let found = media::specimen::recognition(catalogue, disc);
    let mut differences = Vec::new();
    let listed = |products: &[String]| if products.is_empty() { "none".to_owned() } else { products.join(", ") };
    let mut compare = |what: &str, expected: String, found: String| {
        if expected != found {
            differences.push(format!("expected the {what} {expected}, found {found}"));
        }
    };
    let products: BTreeSet<_> = found.iter().flat_map(|disc| disc.products.clone()).collect();
    let products: Vec<_> = products.into_iter().collect();
    compare("products", listed(&disc.products), listed(&products));
    let Some(first) = found.first() else { return differences };
    let sku = |sku: Option<Sku>| sku.map_or("none", |sku| sku.id()).to_owned();
    compare("channel", sku(disc.sku), sku(first.sku));
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    if disc.edition.is_some() {
        compare("edition", text(&disc.edition), text(&first.edition));
    }
    if disc.version.is_some() {
        compare("version", text(&disc.version), text(&first.version));
    }
    if let Some(verdict) = example.verdict {
        compare("verdict", verdict.id().to_owned(), first.verdict().id().to_owned());
    }
    let findings: Vec<_> = found.iter().flat_map(|disc| &disc.findings).collect();
    differences.extend(finding_differences(&findings, &first.unanswered, example));
    differences
}

fn finding_differences(findings: &[&Finding], unanswered: &[Unanswered], example: &Example) -> Vec<String> {
    let mut differences = Vec::new();
    let found: Vec<_> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    for rule in example.finds.iter().filter(|rule| !found.contains(&rule.as_str())) {
        differences.push(format!("expected to find {rule}, found {}", join_or_nothing(&found)));
    }
    for rule in example.lacks.iter().filter(|rule| found.contains(&rule.as_str())) {
        differences.push(format!("expected not to find {rule}, found {}", join_or_nothing(&found)));
    }
    let unanswered: Vec<_> = unanswered.iter().map(|unanswered| unanswered.rule.as_str()).collect();
    for rule in example.unanswered.iter().filter(|rule| !unanswered.contains(&rule.as_str())) {
        differences.push(format!("expected {rule} to stay unanswered, found {}", join_or_nothing(&unanswered)));
    }
    let offered: Vec<_> = findings.iter().flat_map(|finding| finding.remedies.iter().map(String::as_str)).collect();
    for remedy in example.remedies.iter().filter(|remedy| !offered.contains(&remedy.as_str())) {
        differences.push(format!("expected the remedy {remedy}, found {}", join_or_nothing(&offered)));
    }
    for remedy in example.without.iter().filter(|remedy| offered.contains(&remedy.as_str())) {
        differences.push(format!("expected not to be offered {remedy}, found {}", join_or_nothing(&offered)));
    }
    differences
}

fn file_differences(
    catalogue: &Catalogue,
    file: &NamedText,
    situation: &Situation<'_>,
    implied: Option<&str>,
    example: &Example,
) -> Vec<String> {
    let answers = answer::read(catalogue, &file.name, &file.text, None, situation);
    let found = answers.keys.iter().map(|key| FoundKey {
        text: file.text.within(key.span.clone()).to_owned(),
        product: key.product.clone(),
        sku: key.sku,
    });
    let found: Vec<_> = found.collect();
    let mut differences = Vec::new();
    if found != example.keys {
        differences.push(format!("expected the keys {:?}, found {found:?}", example.keys));
    }
    let answer_source = example.answer_source.as_deref().or(implied);
    if answer_source.is_some() && answer_source != answers.answer_source.as_deref() {
        let (expected, found) = (answer_source.unwrap_or_default(), answers.answer_source.as_deref().unwrap_or("none"));
        differences.push(format!("expected the carrier {expected}, found {found}"));
    }
    differences.extend(finding_differences(&answers.findings.iter().collect::<Vec<_>>(), &answers.unanswered, example));
    differences
}

fn plan_differences(catalogue: &Catalogue, plan: &Plan, example: &Example) -> Vec<String> {
    let forecast = match simulate(catalogue, plan) {
        Ok(forecast) => forecast,
        Err(error) => return vec![error.to_string()],
    };
    let outcomes: Vec<_> = forecast.steps.iter().map(|step| step.outcome.id()).collect();
    let mut differences = Vec::new();
    if outcomes != example.outcomes {
        differences.push(format!(
            "expected the outcomes {}, found {}",
            example.outcomes.join(", "),
            join_or_nothing(&outcomes)
        ));
    }
    if let Some(end) = example.end.filter(|end| *end != forecast.end) {
        differences.push(format!("expected {end} licences at the end, found {}", forecast.end));
    }
    if let Some(verdict) = example.verdict.filter(|verdict| *verdict != forecast.verdict()) {
        differences.push(format!("expected the verdict {}, found {}", verdict.id(), forecast.verdict().id()));
    }
    differences.extend(finding_differences(&forecast.findings().collect::<Vec<_>>(), &forecast.unanswered, example));
    differences
}

fn screen_differences(catalogue: &Catalogue, screen: &str, example: &Example) -> Vec<String> {
    let matches = explain::explain(catalogue, screen, example.product.as_deref());
    let best: Vec<_> = matches.iter().filter(|found| found.best).map(|found| found.id.as_str()).collect();
    let expected = example.remedies.iter().map(|remedy| remedy.split('/').next().unwrap_or(remedy));
    expected
        .filter(|article| !best.contains(article))
        .map(|article| format!("expected {article} among the best matches, found {}", join_or_nothing(&best)))
        .collect()
}

fn join_or_nothing(ids: &[&str]) -> String {
    if ids.is_empty() { "nothing".to_owned() } else { ids.join(", ") }
}
