//! Entries of an answer file that its Setup does not read, values that nobody filled in, and lines that are commands.

use super::{
    Case, command,
    outline::Outline,
    value::{ValueKind, value_kind},
};
use crate::{
    model::{
        answer_source::{CommandSection, EntryName, IdEntry, Ignored, Violation},
        within::{Within, span_at},
    },
    parse::ini::{Entry, is_blank},
};
use std::ops::Range;

/// The most names of entries in one message.
const MAX_NAMED_ENTRIES: usize = 4;

impl Case<'_> {
    /// Reports the entries that have no effect, all of one reason in one finding at the first of them.
    pub(super) fn ignored(&mut self, ignored: &Ignored, outline: &Outline<'_>) {
        if !ignored.when.iter().all(|condition| self.has(condition)) {
            return;
        }
        let entries = unread(ignored, outline);
        let Some(first) = entries.first() else { return };
        let cause = ignored.when.first().map(|condition| format!(" beside `{}=`", condition.entry)).unwrap_or_default();
        let fill = [("entries", named(&entries, outline)), ("cause", cause)];
        let fill = fill.each_ref().map(|(name, text)| (*name, text.as_str()));
        self.breach(&ignored.breaks, &fill, Some(first.span.clone()));
    }

    /// Reports values between angle brackets in entries that hold no key, in one finding at the first; of those that do, the place of the key says so.
    pub(super) fn notation(&mut self, breaks: &Violation, ids: &[IdEntry], outline: &Outline<'_>) {
        let is_id = |entry: &Entry| {
            let is = |id: &IdEntry| id.entry.as_deref().is_some_and(|name| has_name(outline, entry, name));
            ids.iter().any(is)
        };
        let is_left = |entry: &&Entry| {
            let value = outline.value(entry);
            value.starts_with('<') && value.contains('>') && value_kind(value) == ValueKind::Text
        };
        let entries = outline.entries.iter().map(|(_, entry)| entry).filter(|entry| !is_id(entry));
        let entries: Vec<_> = entries.filter(is_left).collect();
        if let Some(first) = entries.first() {
            let place = named(&entries, outline);
            self.breach(breaks, &[("place", &place)], Some(first.value.span.clone()));
        }
    }

    /// Reads the lines of a section as the commands that Setup runs.
    pub(super) fn command_section(&mut self, section: &CommandSection, outline: &Outline<'_>) {
        self.breach(&section.elsewhere, &[], None);
        let mut commands = Vec::new();
        for line in lines_of(&section.section, outline) {
            let body = quoted(outline.text, &line);
            if let Some(at) = outline.text.within(body.clone()).find('"') {
                self.breach(&section.nested, &[], Some(body.start.saturating_add(at)..body.end));
            }
            commands.push(body);
        }
        let found = command::read_lines(self.catalogue, self.text, commands.into_iter(), &self.situation);
        self.answers.keys.extend(found.keys);
        self.answers.findings.extend(found.findings);
        self.answers.unanswered.extend(found.unanswered);
    }
}

/// The entries that are ignored, in their order.
fn unread<'o>(ignored: &Ignored, outline: &'o Outline<'_>) -> Vec<&'o Entry> {
    let place = |entry: &Entry, name: &EntryName| {
        outline.entries(name.section.as_deref(), &name.entry).any(|other| other.span == entry.span)
    };
    let listed = |entry: &Entry, names: &[EntryName]| names.iter().any(|name| place(entry, name));
    let has_value = |entry: &Entry| {
        let is = |value: &String| value.eq_ignore_ascii_case(outline.value(entry));
        ignored.values.is_empty() || ignored.values.iter().any(is)
    };
    let inside = outline.entries.iter().filter(|(section, _)| section.is_some()).map(|(_, entry)| entry);
    inside
        .filter(|entry| ignored.entries.is_empty() || listed(entry, &ignored.entries))
        .filter(|entry| !listed(entry, &ignored.except) && has_value(entry))
        .collect()
}

/// Some names of entries, and the number of the others: `` `a=`, `b=` and 3 more ``.
fn named(entries: &[&Entry], outline: &Outline<'_>) -> String {
    let name = |entry: &&Entry| format!("`{}=`", outline.text.within(entry.name.clone()));
    let mut names: Vec<_> = entries.iter().map(name).collect();
    names.dedup();
    let more = names.len().saturating_sub(MAX_NAMED_ENTRIES);
    names.truncate(MAX_NAMED_ENTRIES);
    let last = if more > 0 { format!("{more} more") } else { names.pop().unwrap_or_default() };
    match names.as_slice() {
        [] => last,
        names => format!("{} and {last}", names.join(", ")),
    }
}

fn has_name(outline: &Outline<'_>, entry: &Entry, name: &str) -> bool {
    outline.text.within(entry.name.clone()).eq_ignore_ascii_case(name.trim_start_matches('!'))
}

/// The lines of a section that are neither empty nor a comment, without the blanks around them.
fn lines_of(section: &str, outline: &Outline<'_>) -> Vec<Range<usize>> {
    let Some(start) = outline.section(section).map(|section| section.span.end) else { return Vec::new() };
    let next = outline.sections.iter().map(|section| section.span.start).find(|other| *other >= start);
    let body = outline.text.within(start..next.unwrap_or(outline.text.len()));
    let mut at = start;
    let pieces = body.split_inclusive(['\r', '\n']).map(move |piece| {
        let trimmed = piece.trim_matches(is_blank);
        let from = at.saturating_add(piece.find(trimmed).unwrap_or(0));
        at = at.saturating_add(piece.len());
        span_at(from, trimmed.len())
    });
    pieces.filter(|span| !span.is_empty() && !outline.text.within(span.clone()).starts_with(';')).collect()
}

/// A line without its own double quotes.
fn quoted(text: &str, line: &Range<usize>) -> Range<usize> {
    let inner = text.within(line.clone()).strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or(line.clone(), |inner| span_at(line.start.saturating_add(1), inner.len()))
}
