//! The page of an answer source: an answer file or a command line.

use super::{super::link, source};
use crate::{
    catalogue::{Catalogue, Family},
    model::answer_source::{AnswerSource, Command, IdEntry, Ini, Syntax, Violation},
};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, answer_source: &AnswerSource) -> Markup {
    let (what, places) = match &answer_source.syntax {
        Syntax::Ini(ini) => ("An answer file", ini.ids.iter().map(entry).collect::<Vec<_>>()),
        Syntax::Command(command) => {
            ("A command line", command.ids.iter().map(|id| format!("/{}", id.switch)).collect())
        }
    };
    html! {
        p { (what) " that gives Setup a key." }
        @if !places.is_empty() {
            h2 { "Where the key is" }
            ul { @for place in &places { li { tt { (place) } } } }
        }
        @let violations = violations(&answer_source.syntax);
        @if !violations.is_empty() { h2 { "What can be wrong with it" } }
        @if !violations.is_empty() { ul { @for violation in violations { li {
            (link::id(catalogue, Family::Rule, &violation.rule)) ": " (link::title(catalogue, Family::Rule, &violation.rule))
            "; " (violation.severity.id()) ", " (violation.basis.label())
            @if let Some(article) = &violation.article { " (" (link::id(catalogue, Family::Article, article)) ")" }
        } } } }
        (source::section(catalogue, "Setups that read it", Family::Product, answer_source.products.iter().map(String::as_str)))
        (source::sources(catalogue, &answer_source.sources))
    }
}

/// `[UserData] ProductID`, or the beginning of a line.
fn entry(id: &IdEntry) -> String {
    let section = id.section.as_deref().filter(|section| !section.is_empty());
    let section = section.map(|section| format!("[{section}] ")).unwrap_or_default();
    let name = id.entry.as_deref().or(id.line.as_deref()).unwrap_or_default();
    section + name
}

/// The rules that an answer source can break, each once.
fn violations(syntax: &Syntax) -> Vec<&Violation> {
    let mut violations = match syntax {
        Syntax::Ini(ini) => of_ini(ini),
        Syntax::Command(command) => of_command(command),
    };
    violations.sort_by(|left, right| left.rule.cmp(&right.rule));
    violations.dedup_by(|left, right| left.rule == right.rule);
    violations
}

fn of_ini(ini: &Ini) -> Vec<&Violation> {
    let written = ini.ids.iter().flat_map(|id| &id.writing).map(|writing| &writing.breaks);
    let header = ini.header.iter().flat_map(|header| [&header.missing, &header.late]);
    written
        .chain(ini.demands.iter().map(|demand| &demand.breaks))
        .chain(ini.forbids.iter().map(|forbidden| &forbidden.breaks))
        .chain(ini.ignores.iter().map(|ignored| &ignored.breaks))
        .chain(&ini.notation)
        .chain(ini.commands.iter().flat_map(|commands| [&commands.nested, &commands.elsewhere]))
        .chain(header)
        .chain(ini.lists.iter().map(|list| &list.breaks))
        .chain(ini.channels.iter().map(|channel| &channel.breaks))
        .chain(ini.left_behind.iter().map(|left| &left.breaks))
        .collect()
}

fn of_command(command: &Command) -> Vec<&Violation> {
    let written = command.ids.iter().flat_map(|id| &id.writing).map(|writing| &writing.breaks);
    written
        .chain(command.refuses.iter().map(|refusal| &refusal.breaks))
        .chain(command.needs.iter().map(|needed| &needed.breaks))
        .chain(command.full_paths.iter().map(|path| &path.breaks))
        .chain(command.first.iter().map(|first| &first.breaks))
        .chain(command.exact.iter().map(|exact| &exact.breaks))
        .chain(command.channels.iter().map(|channel| &channel.breaks))
        .collect()
}
