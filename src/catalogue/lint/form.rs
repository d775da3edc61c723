//! What must hold of a form: that its parts have lengths, and that its checks look at parts that it has.

use super::{
    Complaint,
    Step::{Index, Key},
    common, complaint, too_heavy, unknown,
};
use crate::{
    catalogue::Tables,
    model::form::{Characters, Form, KeyCondition},
};

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
    }
    complaints
}
