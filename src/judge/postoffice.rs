//! What the rules of the family `postoffice/` find in the facts of a postoffice.

pub(super) mod condition;

use self::condition::{Answer, Hit, answer, left_out};
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

/// So many findings of one check are told one by one; what is beyond them is counted.
const MOST: usize = 100;

/// What was found in the files of one postoffice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrity {
    /// What was found, gravest first.
    pub findings: Vec<PostofficeFinding>,
    /// What could not be found out.
    pub unanswered: Vec<Unanswered>,
}

/// Holds a postoffice against every rule of the family `postoffice/`.
pub fn judge_postoffice(catalogue: &Catalogue, postoffice: &Postoffice) -> Integrity {
    let mut integrity = Integrity::default();
    let copied = copied_without_empty(catalogue, postoffice);
    // What is known of the files is known of the product, whatever kind of postoffice this one is.
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
        let reason = format!("what lies in {} is not known", postoffice.tree.closed().join(", "));
        integrity.unanswered.push(Unanswered { rule: "postoffice/file-missing".to_owned(), reason });
    }
    integrity.findings.sort_by_key(|found| Reverse(found.finding.severity));
    integrity
}

/// Whether some rule says that the copy left out what was empty: then no directory is missing on its own account.
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

/// Whether a check holds for this postoffice.
fn concerns(check: &FileCheck, postoffice: &Postoffice) -> bool {
    let tree = &postoffice.tree;
    let users = || tree.size("GLB/ACCESS.GLB").map_or(0, |size| size / ACCESS_RECORD);
    (check.classes.is_empty() || check.classes.contains(&postoffice.class))
        && check.given.iter().all(|path| tree.item(path).is_some())
        && check.without.iter().all(|path| tree.item(path).is_none())
        && check.given_sizes.iter().all(|(path, size)| tree.item(path) == Some(Item::File(*size)))
        && check.at_least_users.is_none_or(|least| users() >= least)
}

/// The size of a record of `GLB/ACCESS.GLB` in bytes (Q77926).
const ACCESS_RECORD: u64 = 586;

/// How many records `GLB/ACCESS.GLB` has, deleted ones among them; `None` where it is missing or its size is no multiple.
pub fn users(postoffice: &Postoffice) -> Option<u64> {
    let size = postoffice.tree.size("GLB/ACCESS.GLB")?;
    size.is_multiple_of(ACCESS_RECORD).then_some(size / ACCESS_RECORD)
}

/// The hits of a check in words; what goes beyond [`MOST`] in one sentence.
fn findings(id: &str, rule: &Rule, check: &FileCheck, hits: Vec<Hit>) -> Vec<PostofficeFinding> {
    let beyond = hits.len().saturating_sub(MOST);
    let mut findings: Vec<_> = hits.into_iter().take(MOST).map(|hit| found(id, rule, check, hit)).collect();
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
