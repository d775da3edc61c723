//! The checks of a form: that its parts have lengths, and that its checks read parts that it has.

use super::{
    Complaint,
    Step::{Index, Key},
    common, complaint, too_heavy, unknown,
};
use crate::{
    catalogue::Tables,
    model::form::{Characters, Form, KeyCondition},
};

/// The longest part of a form, in characters. No key has longer ones, and every part is stored for each layout of the fast path.
const MAX_PART_CHARACTERS: usize = 64;

/// The maximum number of parts in a form.
const MAX_PARTS: usize = 16;

pub(in crate::catalogue) fn form(tables: &Tables, _: &str, form: &Form) -> Vec<Complaint> {
    let mut complaints = common(tables, &form.sources, &form.examples);
    let parts: Vec<_> = form.groups.iter().flat_map(|group| &group.parts).collect();
    let known = |part: &String| parts.iter().any(|shape| shape.name == *part);
    if parts.is_empty() || parts.iter().any(|shape| shape.length == 0 || shape.least() > shape.length) {
        complaints.push(complaint(
            [Key("groups")],
            "expected parts of at least one character, with at_least no greater than length",
        ));
    }
    if parts.len() > MAX_PARTS || parts.iter().any(|shape| shape.length > MAX_PART_CHARACTERS) {
        let message = format!("expected at most {MAX_PARTS} parts of at most {MAX_PART_CHARACTERS} characters");
        complaints.push(complaint([Key("groups")], message));
    }
    for (at, known) in form.look_alikes.iter().enumerate() {
        complaints.extend(unknown(tables.rules.find(&known.rule).err(), [Key("look_alikes"), Index(at)]));
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
        complaints.extend(unknown(tables.rules.find(&check.rule).err(), at("rule")));
        let other = match &check.fires_if {
            KeyCondition::NotAStepFrom { part, .. } => Some(part),
            _ => None,
        };
        for part in [Some(&check.part), other].into_iter().flatten().filter(|part| !known(part)) {
            complaints.push(complaint(at("part"), format!("expected the name of a part of this form, found `{part}`")));
        }
        complaints.extend(too_heavy(check.severity, check.basis, at("severity")));
        complaints.extend(impossible(&check.fires_if).map(|message| complaint(at("fires_if"), message)));
    }
    complaints
}

/// The reason why a condition cannot be evaluated for any number, if so: its arithmetic has no result.
fn impossible(condition: &KeyCondition) -> Option<&'static str> {
    match condition {
        KeyCondition::SumNotMultipleOf(0) => Some("expected a number of at least 1 for sum-not-multiple-of"),
        KeyCondition::NotAStepFrom { steps, .. } if steps.iter().any(|step| *step > 9) => {
            Some("expected steps from 0 to 9, since a step leads from one digit to another")
        }
        KeyCondition::SumNotMultipleOf(_)
        | KeyCondition::NotAStepFrom { .. }
        | KeyCondition::LastAmong(_)
        | KeyCondition::FirstNot(_)
        | KeyCondition::Among(_)
        | KeyCondition::NotAmong(_)
        | KeyCondition::Outside(..)
        | KeyCondition::Above { .. }
        | KeyCondition::IsSerial(_) => None,
    }
}
