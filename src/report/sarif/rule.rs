//! A rule as a code-scanning page explains it.

use super::log::{Configuration, Descriptor, DescriptorProperties, Help, Level, Text};
use crate::{
    catalogue::Catalogue,
    model::{
        rule::Rule,
        severity::Severity,
        source::{Basis, Source},
        within::Within,
    },
};

/// The longest description that GitHub accepts, in characters.
const MAX_DESCRIPTION: usize = 1000;

/// The rule with this id; a rule that the catalogue does not have has only its id.
pub(super) fn descriptor(catalogue: &Catalogue, id: &str, found: Severity) -> Descriptor {
    let rule = catalogue.rules.get(id);
    let severity = rule.map_or(found, |rule| rule.severity);
    let title = rule.map_or_else(|| id.to_owned(), |rule| rule.title.clone());
    let explanation = rule.map_or_else(|| format!("{id}."), |rule| joined(&rule.explanation));
    Descriptor {
        id: id.to_owned(),
        full_description: Text { text: truncate(&explanation) },
        help: Help { text: explanation, markdown: markdown(&title, rule) },
        short_description: Text { text: title },
        help_uri: format!(
            "https://docs.rs/crate/{}/{}/source/keyrules/{id}.toml",
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION")
        ),
        default_configuration: Configuration { level: Level::from(severity) },
        properties: DescriptorProperties {
            tags: vec![id.split('/').next().unwrap_or(id).to_owned()],
            precision: match rule.map_or(Basis::Inferred, |rule| rule.basis) {
                Basis::Documented => "very-high",
                Basis::Independent => "high",
                Basis::Inferred => "medium",
            },
            problem_severity: match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "recommendation",
            },
        },
    }
}

/// The explanation, the differences between sources, and the sources.
fn markdown(title: &str, rule: Option<&Rule>) -> String {
    let Some(rule) = rule else { return title.to_owned() };
    let mut text = format!("**{title}**\n\n{}\n", rule.explanation.trim());
    for conflict in &rule.conflicts {
        text += &format!("\nSources differ: {conflict}\n");
    }
    text += "\nSources:\n";
    for Source { article, work, basis, says, ours: _ } in &rule.sources {
        let name = article.as_ref().or(work.as_ref()).map_or("", String::as_str);
        text += &format!("- {name} ({}): {says}\n", basis.id());
    }
    text
}

/// A text of several lines as one, paragraphs kept.
fn joined(text: &str) -> String {
    let paragraphs = text.trim().split("\n\n");
    paragraphs.map(|paragraph| paragraph.lines().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n\n")
}

/// The first sentences that fit.
fn truncate(text: &str) -> String {
    if text.chars().count() <= MAX_DESCRIPTION {
        return text.to_owned();
    }
    let end = text.char_indices().nth(MAX_DESCRIPTION).map_or(text.len(), |(at, _)| at);
    let sentence = text.within(..end).rfind(". ").map_or(end, |full_stop| full_stop.saturating_add(1));
    text.within(..sentence).to_owned()
}
