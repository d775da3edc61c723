//! The sentence of a finding, from the rule's own text.

use super::Case;
use crate::{
    catalogue::Catalogue,
    model::{finding::Finding, rule::Rule, source::Basis, within::Within},
};

impl Case<'_, '_> {
    /// A finding of a rule at the rule's usual severity; each `{name}` of its message is filled in.
    pub(super) fn finding(&self, rule: &str, fill: &[(&str, &str)]) -> Finding {
        finding(self.catalogue, rule, fill)
    }
}

/// A finding of a rule at the rule's usual severity; each `{name}` of its message is filled in.
#[expect(clippy::unreachable, reason = "a catalogue without a named rule is refused when it is loaded")]
pub(crate) fn finding(catalogue: &Catalogue, rule: &str, fill: &[(&str, &str)]) -> Finding {
    let entry = catalogue.rules.get(rule).unwrap_or_else(|| unreachable!("`rules check` demands a file for {rule}"));
    finding_of(rule, entry, fill)
}

/// A finding of a rule whose entry is given.
pub(super) fn finding_of(id: &str, entry: &Rule, fill: &[(&str, &str)]) -> Finding {
    Finding {
        rule: id.to_owned(),
        severity: entry.severity,
        basis: entry.basis,
        source: source(entry, entry.basis),
        message: filled(&entry.message, fill),
        span: None,
        remedies: Vec::new(),
    }
}

/// A message with every `{name}` that has a text replaced by it.
pub(crate) fn filled(message: &str, fill: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(message.len().saturating_add(96));
    let mut rest = message;
    while let Some(brace) = memchr::memchr(b'{', rest.as_bytes()) {
        filled.push_str(rest.within(..brace));
        let after = rest.within(brace.saturating_add(1)..);
        let known = fill.iter().find_map(|(name, text)| Some((text, after.strip_prefix(name)?.strip_prefix('}')?)));
        match known {
            Some((text, after)) => {
                filled.push_str(text);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The first source of a rule with this basis, in a form that readers can look up.
pub(crate) fn source(rule: &Rule, basis: Basis) -> Option<String> {
    let source = rule.sources.iter().find(|source| source.basis == basis)?;
    source.article.clone().or_else(|| source.work.clone())
}
