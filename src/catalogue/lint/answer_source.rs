//! The checks of an answer source: that it can be recognised among other texts, and that its rules exist and are no more severe than their
//! evidence allows.

use super::{
    Complaint,
    Step::{self, Index, Key},
    common, complaint, is_number, too_heavy, unknown, unknown_ids,
};
use crate::{
    catalogue::Tables,
    model::{
        answer_source::{AnswerSource, Channel, Command, Ini, Syntax, Violation, Writing},
        source::Basis,
    },
};

pub(in crate::catalogue) fn answer_source(tables: &Tables, _: &str, answer_source: &AnswerSource) -> Vec<Complaint> {
    let mut complaints = common(tables, &answer_source.sources, &answer_source.examples);
    complaints.extend(unknown_ids(&answer_source.products, |id| tables.products.find(id).err(), vec![Key("products")]));
    let (family, breaches) = match &answer_source.syntax {
        Syntax::Ini(file) => {
            complaints.extend(ini(file));
            ("ini", of_ini(file))
        }
        Syntax::Command(calls) => {
            complaints.extend(command(calls));
            ("command", of_command(calls))
        }
    };
    for (steps, breaks) in breaches {
        let at = |key| [vec![Key("syntax"), Key(family)], steps.clone(), vec![Key(key)]].concat();
        complaints.extend(unknown(tables.rules.find(&breaks.rule).err(), at("rule")));
        complaints.extend(too_heavy(breaks.severity, breaks.basis, at("severity")));
        if breaks.basis == Basis::Documented && breaks.article.is_none() {
            complaints.push(complaint(at("basis"), "expected `article` with a documented basis"));
        }
        if breaks.article.as_deref().is_some_and(|number| !is_number(number)) {
            complaints.push(complaint(at("article"), "expected an article's number, Q and digits"));
        }
    }
    complaints
}

fn ini(file: &Ini) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    if file.known_by.is_empty() {
        complaints.push(complaint([Key("syntax")], "expected at least one mark in `known_by`"));
    }
    for (index, mark) in file.known_by.iter().enumerate() {
        let placed = mark.entries.iter().any(|entry| entry.section.is_some())
            || mark.values.iter().any(|value| value.section.is_some());
        let line = mark.line.is_some() || mark.comment.is_some();
        if mark.names.is_empty() && mark.sections.is_empty() && !placed && !line {
            complaints.push(complaint(
                [Key("syntax"), Key("ini"), Key("known_by"), Index(index)],
                "expected `names`, `sections`, `line`, `comment`, or an entry or value with its section: an entry alone does not identify a file",
            ));
        }
    }
    for (index, id) in file.ids.iter().enumerate() {
        if id.entry.is_some() == id.line.is_some() {
            let steps = [Key("syntax"), Key("ini"), Key("ids"), Index(index)];
            complaints.push(complaint(steps, "expected either `entry` or `line`"));
        }
    }
    complaints
}

fn command(calls: &Command) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    if calls.known_by.is_empty() || calls.known_by.iter().any(|mark| mark.programs.is_empty()) {
        complaints.push(complaint([Key("syntax")], "expected marks in `known_by`, each with `programs`"));
    }
    for (index, refusal) in calls.refuses.iter().enumerate() {
        if refusal.switches.is_empty() || refusal.switches.iter().any(Vec::is_empty) {
            let steps = [Key("syntax"), Key("command"), Key("refuses"), Index(index)];
            complaints.push(complaint(steps, "expected sets of at least one switch"));
        }
    }
    complaints
}

/// The rules that a file can break, each with its path in the entry.
fn of_ini(file: &Ini) -> Vec<(Vec<Step<'static>>, &Violation)> {
    let each = |key, index| vec![Key(key), Index(index), Key("breaks")];
    let mut breaches = Vec::new();
    for (index, id) in file.ids.iter().enumerate() {
        breaches.extend(of_writing(index, &id.writing));
    }
    breaches.extend(file.demands.iter().enumerate().map(|(index, demand)| (each("demands", index), &demand.breaks)));
    breaches.extend(file.forbids.iter().enumerate().map(|(index, entry)| (each("forbids", index), &entry.breaks)));
    breaches.extend(file.ignores.iter().enumerate().map(|(index, entry)| (each("ignores", index), &entry.breaks)));
    breaches.extend(file.notation.iter().map(|breaks| (vec![Key("notation")], breaks)));
    if let Some(commands) = &file.commands {
        breaches.push((vec![Key("commands"), Key("nested")], &commands.nested));
        breaches.push((vec![Key("commands"), Key("elsewhere")], &commands.elsewhere));
    }
    breaches.extend(file.lists.iter().enumerate().map(|(index, listing)| (each("lists", index), &listing.breaks)));
    if let Some(header) = &file.header {
        breaches.push((vec![Key("header"), Key("missing")], &header.missing));
        breaches.push((vec![Key("header"), Key("late")], &header.late));
    }
    breaches.extend(file.left_behind.iter().map(|left| (vec![Key("left_behind"), Key("breaks")], &left.breaks)));
    breaches.extend(of_channels(&file.channels));
    breaches
}

/// The rules that a command can break, each with its path in the entry.
fn of_command(calls: &Command) -> Vec<(Vec<Step<'static>>, &Violation)> {
    let mut breaches = Vec::new();
    for (index, id) in calls.ids.iter().enumerate() {
        breaches.extend(of_writing(index, &id.writing));
    }
    let refusals = calls.refuses.iter().enumerate();
    breaches
        .extend(refusals.map(|(index, refusal)| (vec![Key("refuses"), Index(index), Key("breaks")], &refusal.breaks)));
    let needs = calls.needs.iter().enumerate();
    breaches.extend(needs.map(|(index, needed)| (vec![Key("needs"), Index(index), Key("breaks")], &needed.breaks)));
    let paths = calls.full_paths.iter().enumerate();
    breaches.extend(paths.map(|(index, path)| (vec![Key("full_paths"), Index(index), Key("breaks")], &path.breaks)));
    for (index, exact) in calls.exact.iter().enumerate() {
        breaches.push((vec![Key("exact"), Index(index), Key("breaks")], &exact.breaks));
        breaches
            .extend(exact.unquoted.iter().map(|breaks| (vec![Key("exact"), Index(index), Key("unquoted")], breaks)));
    }
    breaches.extend(calls.first.iter().map(|first| (vec![Key("first"), Key("breaks")], &first.breaks)));
    breaches.extend(of_channels(&calls.channels));
    breaches
}

fn of_writing(id: usize, writing: &[Writing]) -> impl Iterator<Item = (Vec<Step<'static>>, &Violation)> {
    let steps = move |index| vec![Key("ids"), Index(id), Key("writing"), Index(index), Key("breaks")];
    writing.iter().enumerate().map(move |(index, writing)| (steps(index), &writing.breaks))
}

fn of_channels(channels: &[Channel]) -> impl Iterator<Item = (Vec<Step<'static>>, &Violation)> {
    let steps = |index| vec![Key("channels"), Index(index), Key("breaks")];
    channels.iter().enumerate().map(move |(index, channel)| (steps(index), &channel.breaks))
}
