//! An answer source, for readers.

use super::sources;
use crate::model::answer_source::{AnswerSource, Command, Ini, Syntax, Violation, Want, Writing};
use std::io::{self, Write};

pub(super) fn write(out: &mut dyn Write, answer_source: &AnswerSource) -> io::Result<()> {
    if !answer_source.products.is_empty() {
        writeln!(out, "  read by: {}", answer_source.products.join(", "))?;
    }
    match &answer_source.syntax {
        Syntax::Ini(file) => ini(out, file)?,
        Syntax::Command(calls) => command(out, calls)?,
    }
    sources(out, &answer_source.sources)
}

fn ini(out: &mut dyn Write, file: &Ini) -> io::Result<()> {
    let names: Vec<_> = file.known_by.iter().flat_map(|mark| &mark.names).map(String::as_str).collect();
    if !names.is_empty() {
        writeln!(out, "  called: {}", names.join(", "))?;
    }
    for id in &file.ids {
        let section = id.section.as_ref().map_or(String::new(), |section| format!("[{section}] "));
        let place = match (&id.entry, &id.line) {
            (Some(entry), _) => format!("{section}{entry}="),
            (None, Some(line)) => format!("the first line, after {line}"),
            (None, None) => continue,
        };
        writeln!(out, "  the key is in: {place}")?;
        writing(out, &id.writing)?;
    }
    if let Some(header) = &file.header {
        violation(out, &format!("begins with [{}]", header.section), &header.missing)?;
    }
    for demand in &file.demands {
        let entries = demand.entries.join(" or ");
        violation(out, &format!("needs [{}] {entries}", demand.section), &demand.breaks)?;
    }
    for forbidden in &file.forbids {
        let values =
            if forbidden.values.is_empty() { String::new() } else { format!("={}", forbidden.values.join("|")) };
        let entries = forbidden.entries.join(", ");
        violation(out, &format!("must not have [{}] {entries}{values}", forbidden.section), &forbidden.breaks)?;
    }
    for ignored in &file.ignores {
        let entries = ignored.entries.iter().map(|name| name.entry.as_str()).collect::<Vec<_>>();
        let what = if entries.is_empty() { "all entries but some".to_owned() } else { entries.join(", ") };
        let cause = ignored.when.iter().map(|condition| format!(" with {}", condition.entry)).collect::<String>();
        violation(out, &format!("does not read {what}{cause}"), &ignored.breaks)?;
    }
    if let Some(breaks) = &file.notation {
        violation(out, "has no values between < and >", breaks)?;
    }
    if let Some(commands) = &file.commands {
        violation(
            out,
            &format!("has commands in [{}], without quotes of their own", commands.section),
            &commands.nested,
        )?;
        violation(out, "is read only where another file says so", &commands.elsewhere)?;
    }
    for listing in &file.lists {
        violation(out, &format!("has every section that [{}] lists", listing.section), &listing.breaks)?;
    }
    if let Some(left) = &file.left_behind {
        violation(out, "is left on the disk by Setup", &left.breaks)?;
    }
    file.channels.iter().try_for_each(|channel| violation(out, "does not work for some channels", &channel.breaks))
}

fn command(out: &mut dyn Write, calls: &Command) -> io::Result<()> {
    for mark in &calls.known_by {
        let folders = if mark.folders.is_empty() { String::new() } else { format!(" in {}", mark.folders.join(", ")) };
        writeln!(out, "  called: {}{folders}", mark.programs.join(", "))?;
    }
    for id in &calls.ids {
        writeln!(out, "  the key is after: {}", spelled(&id.switch))?;
        writing(out, &id.writing)?;
    }
    for refusal in &calls.refuses {
        let sets =
            refusal.switches.iter().map(|set| set.iter().map(|name| spelled(name)).collect::<Vec<_>>().join(" or "));
        violation(out, &format!("does not accept {}", sets.collect::<Vec<_>>().join(" with ")), &refusal.breaks)?;
    }
    for needed in &calls.needs {
        violation(out, &format!("needs {}", spelled(&needed.switch)), &needed.breaks)?;
    }
    for path in &calls.full_paths {
        violation(out, &format!("needs a full path after {}", spelled(&path.switch)), &path.breaks)?;
    }
    for exact in &calls.exact {
        violation(out, &format!("wants {} in these letters", spelled(&exact.switch)), &exact.breaks)?;
        exact.unquoted.iter().try_for_each(|breaks| violation(out, "between double quotes", breaks))?;
    }
    if let Some(first) = &calls.first {
        violation(out, &format!("wants {} first", spelled(&first.switch)), &first.breaks)?;
    }
    calls.channels.iter().try_for_each(|channel| violation(out, "does not work for some channels", &channel.breaks))
}

fn writing(out: &mut dyn Write, writing: &[Writing]) -> io::Result<()> {
    for Writing { wants, breaks } in writing {
        let wants = match wants {
            Want::DigitsOnly => "with nothing between its digits",
            Want::Hyphens => "with its hyphens",
            Want::Quotes => "between double quotes",
            Want::NoBlank => "without a space before it",
            Want::EqualsSign => "with an equals sign before it",
        };
        violation(out, wants, breaks)?;
    }
    Ok(())
}

/// `between double quotes [answer/unquoted]; basis: documented by Microsoft (Q136701)`.
fn violation(out: &mut dyn Write, what: &str, violation: &Violation) -> io::Result<()> {
    let article = violation.article.as_ref().map_or(String::new(), |article| format!(" ({article})"));
    writeln!(out, "    {what} [{}]; basis: {}{article}", violation.rule, violation.basis.label())?;
    violation.unanswered.iter().try_for_each(|reason| writeln!(out, "      stays unanswered: {reason}"))
}

fn spelled(switch: &str) -> String {
    if switch.ends_with('=') { switch.to_owned() } else { format!("/{switch}") }
}
