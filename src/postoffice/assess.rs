//! Assesses one postoffice from its facts and its serial.

use super::number::SerialLookup;
use crate::{
    catalogue::Catalogue,
    judge::{
        self, Query, answering, finding, judge_postoffice,
        postoffice::{OwnNames, judge_names},
    },
    model::{
        audit::Audit,
        finding::{Finding, PostofficeFinding, Unanswered},
        postoffice::{Class, Postoffice, Serial},
        severity::Severity,
        situation::Situation,
    },
    parse::serial,
};
use std::cmp::Reverse;

/// The audit of a postoffice's files; its serial is still to be judged.
pub fn integrity(catalogue: &Catalogue, facts: &Postoffice, because: &str, volume: &str) -> Audit {
    let integrity = judge_postoffice(catalogue, facts);
    Audit {
        path: facts.path.clone(),
        line: None,
        volume: volume.to_owned(),
        network: None,
        postoffice: None,
        class: facts.class,
        because: because.to_owned(),
        serial: None,
        users: judge::postoffice::users(facts),
        findings: integrity.findings,
        unanswered: integrity.unanswered,
    }
}

/// The reason why there is no postoffice.
pub const NO_MASTER: &str = "no folder GLB contains MASTER.GLB";

/// The audit of a path that leads to no postoffice, with what was found there instead.
pub fn nothing(catalogue: &Catalogue, path: &str, volume: &str, found: &str) -> Audit {
    let mut audit = Audit {
        path: path.to_owned(),
        line: None,
        volume: volume.to_owned(),
        network: None,
        postoffice: None,
        class: Class::Unknown,
        because: String::new(),
        serial: None,
        users: None,
        findings: Vec::new(),
        unanswered: Vec::new(),
    };
    add(catalogue, &mut audit, "postoffice/not-found", &[("found", found)]);
    audit
}

/// Adds the judgement of a serial in a postoffice of this class, or that it is not known.
pub fn serial(catalogue: &Catalogue, audit: &mut Audit, found: Result<Serial, String>) {
    match found {
        Ok(serial) => {
            let (findings, unanswered) = judge_serial(catalogue, audit.class, &serial.text);
            audit.findings.extend(findings);
            audit.unanswered.extend(unanswered);
            audit.serial = Some(serial);
        }
        Err(reason) => {
            add(catalogue, audit, "serial/not-read", &[("found", &reason)]);
            // Nothing depends on the number of a workgroup postoffice: all of them have the same.
            if audit.class != Class::Workgroup {
                let known = match audit.line {
                    Some(_) => "",
                    None => "; --inventory can supply the serial",
                };
                let reason = format!("without the serial it is not known whether it was ever serialised{known}");
                audit.unanswered.push(Unanswered { rule: "serial/placeholder".to_owned(), reason });
            }
        }
    }
    audit.findings.sort_by_key(|found| Reverse(found.finding.severity));
}

/// Adds what the names of a postoffice say, where an inventory has them.
pub fn names(catalogue: &Catalogue, audit: &mut Audit) {
    let names = OwnNames { network: audit.network.as_deref(), postoffice: audit.postoffice.as_deref() };
    let found = judge_names(catalogue, audit.class, names);
    audit.findings.extend(found);
    audit.findings.sort_by_key(|found| Reverse(found.finding.severity));
}

/// Converts a [`SerialLookup`] for [`serial()`].
pub fn read(found: SerialLookup) -> Result<Serial, String> {
    match found {
        SerialLookup::Serial(serial, _) => Ok(serial),
        SerialLookup::Nothing(reason) => Err(reason),
    }
}

/// The judgement of a serial if the class is known: that of a key typed at the class's own product.
fn judge_serial(catalogue: &Catalogue, class: Class, text: &str) -> (Vec<PostofficeFinding>, Vec<Unanswered>) {
    let readable = serial::number(text).is_some();
    // A text that is not a serial is reported at any postoffice's prompt; without one it might be taken for a key.
    let product = if readable { class.product() } else { class.product().or(Class::Full.product()) };
    let situation = Situation { product, ..Situation::default() };
    let Ok(subject) = judge::judge(catalogue, text, &situation) else {
        return (Vec::new(), Vec::new());
    };
    let of_a_serial = |rule: &str| rule.starts_with("serial/");
    let found = subject.findings.into_iter().filter(|found| of_a_serial(&found.rule) || !readable);
    // The span in the serial's text means nothing in a report about a postoffice.
    let findings = found.map(|found| PostofficeFinding { finding: Finding { span: None, ..found }, path: None });
    (findings.collect(), subject.unanswered.into_iter().filter(|open| of_a_serial(&open.rule)).collect())
}

/// A finding of the family `input/`.
pub fn input(catalogue: &Catalogue, rule: &str, message: &str) -> Finding {
    finding(catalogue, rule, &[("found", message)])
}

/// Adds a finding of a rule with the remedies that answer it.
pub fn add(catalogue: &Catalogue, audit: &mut Audit, rule: &str, fill: &[(&str, &str)]) {
    add_weighing(catalogue, audit, rule, fill, Severity::Error);
}

/// Adds a finding of a rule with `most` as its maximum severity.
pub fn add_weighing(catalogue: &Catalogue, audit: &mut Audit, rule: &str, fill: &[(&str, &str)], most: Severity) {
    let mut found = finding(catalogue, rule, fill);
    found.severity = found.severity.min(most);
    let situation = Situation { product: audit.class.product().or(Class::Full.product()), ..Situation::default() };
    let query = Query { source: found.source.as_deref(), class: Some(audit.class), ..Query::new(rule, situation) };
    found.remedies = answering(catalogue, &query);
    audit.findings.push(PostofficeFinding { finding: found, path: None });
    audit.findings.sort_by_key(|found| Reverse(found.finding.severity));
}
