//! The arithmetic of a form, at the strength of a prompt.

use super::{Case, Ruling, message};
use crate::model::{
    finding::Unanswered,
    form::{KeyCheck, KeyCondition},
    product::Prompt,
    reading::Reading,
};

impl Case<'_, '_> {
    /// Runs every check whose part was read cleanly and is validated here.
    pub(super) fn arithmetic(
        &self,
        reading: &Reading<'_, '_>,
        checks: &[KeyCheck],
        prompt: Option<&Prompt>,
        ruling: &mut Ruling<'_>,
    ) {
        for check in checks {
            let ignored = prompt.is_some_and(|prompt| prompt.ignores.contains(&check.part));
            let level = prompt.and_then(|prompt| prompt.levels.get(&check.rule));
            if ignored || !fires(&check.fires_if, &check.part, reading) {
                continue;
            }
            let severity = match (level, &check.needs) {
                (Some(level), _) => level.severity(),
                (None, None) => Some(check.severity),
                (None, Some(fact)) => {
                    let reason = format!("it is not known {fact}");
                    ruling.unanswered.push(Unanswered { rule: check.rule.clone(), reason });
                    None
                }
            };
            let (Some(severity), Some(part)) = (severity, reading.part(&check.part)) else {
                continue;
            };
            let mut finding = self.finding(&check.rule, &[("part", &check.part)]);
            finding.severity = severity;
            finding.basis = check.basis;
            finding.source = self.catalogue.rules.get(&check.rule).and_then(|rule| message::source(rule, check.basis));
            finding.span = Some(part.span.clone());
            ruling.findings.push(finding);
        }
    }
}

/// Returns `true` if a part meets a condition. A part that was not read cleanly does not.
fn fires(condition: &KeyCondition, part: &str, reading: &Reading<'_, '_>) -> bool {
    let Some(part) = clean(reading, part) else {
        return false;
    };
    match condition {
        KeyCondition::NotAStepFrom { part: other, steps } => {
            let from = clean(reading, other).and_then(|part| digits(part).last());
            let (Some(digit), Some(from)) = (digits(part).last(), from) else {
                return false;
            };
            !is_a_step_from(digit, from, steps)
        }
        KeyCondition::Above { limit, except } => {
            part.parse::<u64>().is_ok_and(|number| number > *limit)
                && !except.iter().any(|serial| is_serial(reading, serial))
        }
        KeyCondition::IsSerial(serial) => is_serial(reading, serial),
        alone => fires_alone(alone, part) == Some(true),
    }
}

/// Decides if the characters of a part meet a condition on that part alone; `None` for a condition that needs other parts.
///
/// ```
/// use jewelcase::internals::{judge::arithmetic::fires_alone, model::form::KeyCondition};
/// assert_eq!(fires_alone(&KeyCondition::SumNotMultipleOf(7), "9619111"), Some(false));
/// assert_eq!(fires_alone(&KeyCondition::SumNotMultipleOf(7), "4567890"), Some(true));
/// ```
pub fn fires_alone(condition: &KeyCondition, part: &str) -> Option<bool> {
    match condition {
        KeyCondition::SumNotMultipleOf(divisor) => {
            Some(digits(part).sum::<u32>().checked_rem(*divisor).is_some_and(|rest| rest != 0))
        }
        KeyCondition::LastAmong(last) => Some(part.ends_with(|c| last.contains(c))),
        KeyCondition::FirstNot(first) => Some(!part.starts_with(*first)),
        KeyCondition::Among(texts) => Some(texts.iter().any(|text| text == part)),
        KeyCondition::NotAmong(texts) => Some(texts.iter().all(|text| text != part)),
        KeyCondition::Outside(least, most) => {
            Some(part.parse::<u64>().is_ok_and(|number| number < *least || number > *most))
        }
        KeyCondition::NotAStepFrom { .. } | KeyCondition::Above { .. } | KeyCondition::IsSerial(_) => None,
    }
}

/// Returns `true` if a digit is another one plus one of the steps, modulo ten.
pub fn is_a_step_from(digit: u32, from: u32, steps: &[u32]) -> bool {
    steps.iter().any(|step| from.saturating_add(*step) % 10 == digit)
}

/// Returns `true` if the reading is this serial, `P-S`, compared as numbers, so that a leading zero does not matter.
fn is_serial(reading: &Reading<'_, '_>, serial: &str) -> bool {
    let numbers = serial.split('-').map(str::parse::<u64>);
    let parts = reading.parts.iter().map(|part| part.text.parse::<u64>());
    numbers.eq(parts)
}

fn clean<'r>(reading: &'r Reading<'_, '_>, part: &str) -> Option<&'r str> {
    reading.parts.iter().find(|other| other.name == part && other.clean).map(|part| &*part.text)
}

fn digits(text: &str) -> impl Iterator<Item = u32> {
    text.chars().filter_map(|c| c.to_digit(10))
}
