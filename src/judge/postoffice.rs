//! Judges the facts of a postoffice by the rules of the family `postoffice/`.

pub(super) mod condition;

pub use self::condition::OwnNames;
use self::condition::{Answer, Hit, answer, left_out, own_name_among, own_name_unfit};
use super::{
    filled, message,
    remedy::{Query, answering},
};
use crate::{
    catalogue::Catalogue,
    model::{
        check::{FileCheck, FileCondition},
        finding::{Finding, PostofficeFinding, Unanswered},
        postoffice::{Class, Postoffice},
        rule::Rule,
        severity::Severity,
        situation::Situation,
        source::Basis,
        tree::Item,
    },
};
use std::cmp::Reverse;

/// The maximum number of findings of one check that are reported individually; the rest are counted.
const MAX_FINDINGS: usize = 100;

/// The findings in the files of one postoffice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrity {
    /// The findings, worst first.
    pub findings: Vec<PostofficeFinding>,
    /// The checks that could not be made.
    pub unanswered: Vec<Unanswered>,
}

/// Judges a postoffice by every rule of the family `postoffice/`.
pub fn judge_postoffice(catalogue: &Catalogue, postoffice: &Postoffice) -> Integrity {
    let mut integrity = Integrity::default();
    let copied = copied_without_empty(catalogue, postoffice);
    // The rules about the files belong to the product, whatever the class of this postoffice.
    let product = postoffice.class.product().or(Class::Full.product());
    let situation = Situation { product, ..Situation::default() };
    for (id, rule) in catalogue.rules.iter().filter(|(id, _)| id.starts_with("postoffice/")) {
        for check in rule.checks.iter().filter(|check| concerns(check, postoffice)) {
            match answer(&check.fires_if, postoffice) {
                Answer::Hits(_) if copied && matches!(check.fires_if, FileCondition::DirectoryMissing { .. }) => {}
                Answer::Hits(hits) => {
                    let mut findings = findings(id, rule, check, hits);
                    for found in &mut findings {
                        found.finding.remedies = answering(
                            catalogue,
                            &Query {
                                class: Some(postoffice.class),
                                postoffice: Some(postoffice),
                                path: found.path.as_deref(),
                                ..Query::new(id, situation)
                            },
                        );
                    }
                    integrity.findings.extend(findings);
                }
                Answer::Unanswered(reason) => {
                    let unanswered = Unanswered { rule: id.to_owned(), reason };
                    if !integrity.unanswered.contains(&unanswered) {
                        integrity.unanswered.push(unanswered);
                    }
                }
            }
        }
    }
    if !postoffice.tree.closed().is_empty() {
        let reason = format!("the contents of {} are not known", postoffice.tree.closed().join(", "));
        integrity.unanswered.push(Unanswered { rule: "postoffice/file-missing".to_owned(), reason });
    }
    integrity.findings.sort_by_key(|found| Reverse(found.finding.severity));
    integrity
}

/// Holds the names of a postoffice, as an inventory has them, against the rules of the family `postoffice/`.
pub fn judge_names(catalogue: &Catalogue, class: Class, names: OwnNames<'_>) -> Vec<PostofficeFinding> {
    let situation = Situation { product: class.product().or(Class::Full.product()), ..Situation::default() };
    let mut all = Vec::new();
    for (id, rule) in catalogue.rules.iter().filter(|(id, _)| id.starts_with("postoffice/")) {
        for check in rule.checks.iter().filter(|check| check.classes.is_empty() || check.classes.contains(&class)) {
            let hits = if let FileCondition::OwnNameAmong { of, names: listed } = &check.fires_if {
                own_name_among(names, *of, listed)
            } else if let FileCondition::OwnNameUnfit { of, longest } = &check.fires_if {
                own_name_unfit(names, *of, *longest)
            } else {
                continue;
            };
            let query = Query { class: Some(class), ..Query::new(id, situation) };
            let mut findings = findings(id, rule, check, hits);
            findings.iter_mut().for_each(|found| found.finding.remedies = answering(catalogue, &query));
            all.extend(findings);
        }
    }
    all
}

/// Returns `true` if some rule says that the copy left out empty directories: then no missing directory is a finding of its own.
fn copied_without_empty(catalogue: &Catalogue, postoffice: &Postoffice) -> bool {
    let rules = catalogue.rules.iter().filter(|(id, _)| id.starts_with("postoffice/"));
    let checks = rules.flat_map(|(_, rule)| &rule.checks).filter(|check| concerns(check, postoffice));
    checks.into_iter().any(|check| match &check.fires_if {
        FileCondition::EmptyLeftOut { directories, empty } => {
            !left_out(&postoffice.tree, directories, empty).is_empty()
        }
        _ => false,
    })
}

/// Returns `true` if a check applies to this postoffice.
fn concerns(check: &FileCheck, postoffice: &Postoffice) -> bool {
    let tree = &postoffice.tree;
    let users = || tree.size("GLB/ACCESS.GLB").map_or(0, |size| size / ACCESS_RECORD_BYTES);
    (check.classes.is_empty() || check.classes.contains(&postoffice.class))
        && check.given.iter().all(|path| tree.item(path).is_some())
        && check.without.iter().all(|path| tree.item(path).is_none())
        && check.given_sizes.iter().all(|(path, size)| tree.item(path) == Some(Item::File(*size)))
        && check.at_least_users.is_none_or(|least| users() >= least)
}

/// The size of a record of `GLB/ACCESS.GLB` in bytes (Q77926).
const ACCESS_RECORD_BYTES: u64 = 586;

/// The number of records in `GLB/ACCESS.GLB`, including deleted ones; `None` if it is missing or its size is not a multiple.
pub fn users(postoffice: &Postoffice) -> Option<u64> {
    let size = postoffice.tree.size("GLB/ACCESS.GLB")?;
    size.is_multiple_of(ACCESS_RECORD_BYTES).then_some(size / ACCESS_RECORD_BYTES)
}

/// The hits of a check in words; those beyond [`MAX_FINDINGS`] in one sentence.
fn findings(id: &str, rule: &Rule, check: &FileCheck, hits: Vec<Hit>) -> Vec<PostofficeFinding> {
    let beyond = hits.len().saturating_sub(MAX_FINDINGS);
    let mut findings: Vec<_> = hits.into_iter().take(MAX_FINDINGS).map(|hit| found(id, rule, check, hit)).collect();
    if let (Some(last), 1..) = (findings.last().cloned(), beyond) {
        let message = format!("{beyond} more of this kind are not listed");
        findings.push(PostofficeFinding { path: None, finding: Finding { message, ..last.finding } });
    }
    findings
}

fn found(id: &str, rule: &Rule, check: &FileCheck, hit: Hit) -> PostofficeFinding {
    let basis = check.basis.unwrap_or(rule.basis);
    let mut finding = message::finding_of(id, rule, &[]);
    finding.severity = check.severity.unwrap_or(rule.severity);
    if basis == Basis::Inferred {
        finding.severity = finding.severity.min(Severity::Warning);
    }
    finding.basis = basis;
    finding.source = check.article.clone().or_else(|| message::source(rule, basis));
    let path = hit.path.as_deref().unwrap_or_default();
    let message = check.message.as_ref().unwrap_or(&rule.message);
    finding.message = filled(message, &[("path", path), ("found", &hit.found), ("expected", &hit.expected)]);
    PostofficeFinding { finding, path: hit.path }
}
