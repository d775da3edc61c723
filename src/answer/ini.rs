//! Answer files of sections and entries: how they are recognised, and their faults.

use super::{
    Answers, Case, MAX_KEYS, Reach,
    outline::{Outline, is_named},
    template::is_template,
    value::{Separator, ValueKind, value_kind},
};
use crate::{
    catalogue::Catalogue,
    model::{
        answer_source::{
            AnswerSource, Channel, Demand, EntryName, Forbidden, Header, IdEntry, Ini, IniMark, LeftBehind, Listing,
            Syntax, ValueMark, WrittenAs,
        },
        form::Form,
        reading::Mismatch,
        severity::Severity,
        situation::Situation,
        within::{Within, span_at},
    },
    parse::{
        self,
        ini::{self, Line, is_blank},
    },
};
use std::{cell::LazyCell, ops::Range};

/// The ends of names of files that look like INI files and belong to other programs: no Setup of the 1990s reads one.
const OTHER_SYNTAXES: [&str; 7] =
    [".toml", ".lock", ".desktop", ".service", ".editorconfig", ".gitconfig", ".gitmodules"];

fn is_of_another_program(name: &str) -> bool {
    let ends = |end: &&str| name.len().checked_sub(end.len()).and_then(|at| name.get(at..));
    OTHER_SYNTAXES.iter().any(|end| ends(end).is_some_and(|tail| tail.eq_ignore_ascii_case(end)))
}

/// The answer source with the lowest precedence that a file matches.
pub(super) fn recognise<'c>(
    catalogue: &Catalogue,
    answer_sources: &[(&'c str, &'c AnswerSource)],
    name: &str,
    text: &str,
) -> Option<&'c str> {
    if is_of_another_program(name) || !worth_reading(answer_sources, name, text) {
        return None;
    }
    let outline = Outline::of(text);
    let file = MarkedFile { catalogue, name, outline: &outline };
    let is = |ini: &Ini| file.can_be(ini, |mark| !mark.only_if_named);
    answer_sources.iter().find(|(_, answer_source)| of(answer_source).is_some_and(is)).map(|(id, _)| *id)
}

/// The answer source of the product that the user names, if the file can be one: the one with the fewest products.
pub(super) fn of_product<'c>(
    catalogue: &Catalogue,
    answer_sources: &[(&'c str, &'c AnswerSource)],
    name: &str,
    outline: &Outline<'_>,
    situation: &Situation<'_>,
) -> Option<(&'c str, &'c AnswerSource)> {
    let product = situation.product?;
    let reads = |answer_source: &AnswerSource| {
        let file = MarkedFile { catalogue, name, outline };
        let can_be = |ini: &Ini| file.can_be(ini, |_| true);
        answer_source.products.iter().any(|id| id == product) && of(answer_source).is_some_and(can_be)
    };
    answer_sources
        .iter()
        .filter(|(_, answer_source)| reads(answer_source))
        .min_by_key(|(_, answer_source)| answer_source.products.len())
        .copied()
}

/// Reads a file as one answer source.
pub(super) fn read<'a>(
    catalogue: &'a Catalogue,
    answer_source: (&'a str, &'a AnswerSource),
    name: &str,
    outline: &'a Outline<'a>,
    situation: &Situation<'a>,
    reach: Reach,
) -> Answers {
    let mut case = Case { outline: Some(outline), ..Case::new(catalogue, answer_source, outline.text, situation) };
    if let Some(ini) = of(answer_source.1) {
        if outline.cut {
            case.left_out(format!("only the first {MAX_KEYS} lines of this text were read"));
        }
        if reach == Reach::Beginning {
            case.left_out("only the beginning of this text was read as an answer file".to_owned());
        }
        case.template = is_template(name, outline);
        // Entries missing at the beginning may follow in the rest.
        let whole = !outline.cut && reach == Reach::Whole;
        let is_file = reach != Reach::Piece;
        ini.ids.iter().for_each(|id| case.ids(id, outline));
        case.answers.keys.sort_by_key(|key| key.span.start);
        let headers = ini.header.iter().filter(|header| whole || is_file && outline.section(&header.section).is_some());
        headers.for_each(|header| case.header(header, outline));
        ini.demands.iter().filter(|_| whole).for_each(|demand| case.demand(demand, outline));
        ini.forbids.iter().for_each(|forbidden| case.forbidden(forbidden, outline));
        ini.ignores.iter().for_each(|ignored| case.ignored(ignored, outline));
        ini.notation.iter().for_each(|breaks| case.notation(breaks, &ini.ids, outline));
        ini.commands.iter().for_each(|section| case.command_section(section, outline));
        ini.lists.iter().filter(|_| whole).for_each(|listing| case.listing(listing, outline));
        ini.left_behind.iter().filter(|_| is_file).for_each(|left| case.left_behind(left, outline));
        case.channels(&ini.channels, 0, None);
    }
    case.into_answers()
}

fn of(answer_source: &AnswerSource) -> Option<&Ini> {
    match &answer_source.syntax {
        Syntax::Ini(ini) => Some(ini),
        Syntax::Command(_) => None,
    }
}

/// Returns `true` if a text can be an answer file at all: by its name, by its first line, or by a heading that some answer source has.
fn worth_reading<'c>(answer_sources: &[(&'c str, &'c AnswerSource)], name: &str, text: &str) -> bool {
    let marks =
        || answer_sources.iter().filter_map(|(_, answer_source)| of(answer_source)).flat_map(|ini| &ini.known_by);
    let first = ini::lines(text).find(|line| *line != Line::Blank);
    let begins = match first {
        Some(Line::Entry(_)) => true,
        Some(Line::Other(span)) => marks().any(|mark| begins(text.within(span.clone()), mark.line.as_deref())),
        Some(Line::Section { .. } | Line::Blank) | None => false,
    };
    let named = || marks().any(|mark| mark.names.iter().any(|own| has_name(name, own)));
    // Logs have a bracket at the beginning of every line, so the headings are collected once, and only for a text that has a bracket.
    let known = LazyCell::new(|| known_sections(answer_sources));
    begins || named() || headings(text).any(|heading| known.iter().any(|section| is_named(heading, section)))
}

/// The sections that marks of answer sources require, sorted.
pub(super) fn known_sections<'c>(answer_sources: &[(&'c str, &'c AnswerSource)]) -> Vec<&'c str> {
    let marks = answer_sources.iter().filter_map(|(_, answer_source)| of(answer_source)).flat_map(|ini| &ini.known_by);
    let of_entries = |mark: &'c IniMark| mark.entries.iter().filter_map(|entry| entry.section.as_deref());
    let of_values = |mark: &'c IniMark| mark.values.iter().filter_map(|value| value.section.as_deref());
    let all =
        marks.flat_map(|mark| mark.sections.iter().map(String::as_str).chain(of_entries(mark)).chain(of_values(mark)));
    let mut known: Vec<&str> = all.filter(|section| !section.is_empty()).collect();
    known.sort_unstable();
    known.dedup();
    known
}

/// The names by which files with keys are recognised, without copies that Setup leaves behind, which nobody writes.
pub(super) fn known_names<'c>(answer_sources: &[(&'c str, &'c AnswerSource)]) -> impl Iterator<Item = &'c str> {
    let files = answer_sources.iter().filter_map(|(_, answer_source)| of(answer_source));
    let written = files.filter(|ini| !ini.ids.is_empty() && ini.left_behind.is_none());
    written.flat_map(|ini| &ini.known_by).flat_map(|mark| mark.names.iter().map(String::as_str))
}

/// The names between brackets at the beginning of a line.
fn headings(text: &str) -> impl Iterator<Item = &str> {
    /// The longest heading of an answer source, in bytes.
    const MAX_HEADING_BYTES: usize = 128;
    text.match_indices('[').filter_map(|(at, _)| {
        let before = text.within(..at).chars().rev().find(|c| !matches!(c, ' ' | '\t'));
        let first = before.is_none_or(|c| matches!(c, '\r' | '\n' | '\u{FEFF}'));
        let behind = first.then(|| text.as_bytes().within(at.saturating_add(1)..))?;
        let end = behind.iter().take(MAX_HEADING_BYTES).position(|byte| *byte == b']')?;
        text.get(span_at(at.saturating_add(1), end)).map(|name| name.trim_matches(is_blank))
    })
}

/// A file, as far as the marks of answer sources concern it.
struct MarkedFile<'a> {
    catalogue: &'a Catalogue,
    name: &'a str,
    outline: &'a Outline<'a>,
}

impl MarkedFile<'_> {
    /// Returns `true` if the file has one of the marks that count, and no value that only another file has.
    fn can_be(&self, ini: &Ini, counts: impl Fn(&IniMark) -> bool) -> bool {
        ini.known_by.iter().any(|mark| counts(mark) && self.has_mark(mark))
            && !ini.excluded_by.iter().any(|value| self.has_value(value))
    }

    fn has_mark(&self, mark: &IniMark) -> bool {
        let outline = self.outline;
        let there = |entry: &EntryName| outline.entries(entry.section.as_deref(), &entry.entry).next().is_some();
        let first = || outline.first.clone().map_or("", |span| outline.text.within(span));
        let named = mark.names.iter().any(|own| has_name(self.name, own));
        (mark.names.is_empty() || named)
            && (named || mark.line.is_some() || !outline.is_prose())
            && mark.sections.iter().all(|section| outline.section(section).is_some())
            && mark.entries.iter().all(there)
            && (mark.line.is_none() || begins(first(), mark.line.as_deref()))
            && mark.comment.as_deref().is_none_or(|comment| has_comment(outline.text, comment))
            && mark.values.iter().all(|value| self.has_value(value))
    }

    fn has_value(&self, value: &ValueMark) -> bool {
        let Some((id, form)) = self.catalogue.forms.entry(&value.form) else { return false };
        let mut entries = self.outline.entries(value.section.as_deref(), &value.entry);
        entries.any(|entry| is_of_form(id, form, self.outline.value(entry)))
    }
}

/// Returns `true` if a value has a form: its characters and hyphens, or the letters of a pattern.
fn is_of_form(id: &str, form: &Form, value: &str) -> bool {
    let written = parse::written::written(value);
    let reading = parse::form::read(id, form, &written);
    let pattern = |mismatch: &Mismatch| matches!(mismatch, Mismatch::Template { .. });
    !written.groups.is_empty() && reading.has_its_lengths() && reading.mismatches.iter().all(pattern)
}

/// Returns `true` if a value is written in a way that is wrong in some entries.
fn is_written(shape: WrittenAs, value: &str, outline: &Outline<'_>) -> bool {
    match shape {
        WrittenAs::StringVariable => {
            let name = value.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).unwrap_or_default();
            !name.is_empty() && outline.entries(Some("Strings"), name).next().is_some()
        }
    }
}

/// Returns `true` if a comment of a text begins like this.
fn has_comment(text: &str, comment: &str) -> bool {
    let mut comments = text.split(['\r', '\n']).filter_map(|line| line.trim_start_matches(is_blank).strip_prefix(';'));
    comments.any(|line| begins(line.trim_start_matches(is_blank), Some(comment)))
}

/// Returns `true` if a path ends in this file.
fn has_name(path: &str, name: &str) -> bool {
    path.rsplit(['/', '\\', ':']).next().is_some_and(|file| file.eq_ignore_ascii_case(name))
}

fn begins(line: &str, with: Option<&str>) -> bool {
    with.is_some_and(|with| line.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with)))
}

impl Case<'_> {
    fn ids(&mut self, id: &IdEntry, outline: &Outline<'_>) {
        if let Some(entry) = &id.entry {
            let place = entry.trim_start_matches('!');
            for found in outline.entries(id.section.as_deref(), entry) {
                self.id(&found.value, &Separator::Tight, id.sku, &id.writing, place);
            }
        }
        let Some(line) = &id.line else { return };
        for found in ini::lines(self.text).take(MAX_KEYS) {
            if let Line::Other(span) = found
                && begins(self.text.within(span.clone()), Some(line))
            {
                let value = ini::value(self.text, span.start.saturating_add(line.len())..span.end);
                self.id(&value, &Separator::Line, id.sku, &id.writing, "this line");
            }
        }
    }

    fn header(&mut self, header: &Header, outline: &Outline<'_>) {
        let fill = [("section", header.section.as_str())];
        match (outline.section(&header.section), &outline.first) {
            (Some(section), Some(first)) if first.start < section.span.start => {
                self.breach(&header.late, &fill, Some(section.span.clone()));
            }
            (Some(_), _) => {}
            (None, first) => self.breach(&header.missing, &fill, first.clone()),
        }
    }

    fn demand(&mut self, demand: &Demand, outline: &Outline<'_>) {
        let mut entries = demand.entries.iter().flat_map(|entry| outline.entries(Some(&demand.section), entry));
        let without = self.situation.sku.is_some_and(|sku| demand.unless_skus.contains(&sku));
        let needed = demand.when.iter().all(|condition| self.has(condition));
        if without || !needed || entries.any(|entry| value_kind(outline.value(entry)) != ValueKind::Nothing) {
            return;
        }
        let mut breaks = demand.breaks.clone();
        if self.situation.sku.is_none() && !demand.unless_skus.is_empty() {
            breaks.severity = breaks.severity.min(Severity::Warning);
        }
        let names = demand.entries.iter().map(|entry| format!("`{entry}=`")).collect::<Vec<_>>().join(" or ");
        let empty = demand.entries.iter().flat_map(|entry| outline.entries(Some(&demand.section), entry)).next();
        let section = outline.section(&demand.section).map(|section| section.span.clone());
        let span = empty.map(|entry| entry.span.clone()).or(section);
        self.breach(&breaks, &[("section", &demand.section), ("entries", &names)], span);
    }

    fn forbidden(&mut self, forbidden: &Forbidden, outline: &Outline<'_>) {
        for name in &forbidden.entries {
            for entry in outline.entries(Some(&forbidden.section), name) {
                let value = outline.value(entry);
                let is = |other: &String| other.eq_ignore_ascii_case(value);
                let meant = forbidden.values.is_empty() || forbidden.values.iter().any(is);
                let written = forbidden.written_as.is_none_or(|shape| is_written(shape, value, outline));
                if meant && written && !forbidden.except.iter().any(is) {
                    let fill = [("section", forbidden.section.as_str()), ("entries", name.as_str())];
                    self.breach(&forbidden.breaks, &fill, Some(entry.span.clone()));
                }
            }
        }
    }

    fn listing(&mut self, listing: &Listing, outline: &Outline<'_>) {
        let mut names: Vec<_> = outline.sections.iter().map(|section| lower(self.text, &section.name)).collect();
        names.sort_unstable();
        for (at, entry) in &outline.entries {
            let inside = at.is_some_and(|at| outline.is_section(at, &listing.section));
            let name = lower(self.text, &entry.name);
            let number = name.strip_prefix(&listing.entries.to_ascii_lowercase());
            let numbered = number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
            if inside && numbered && names.binary_search(&lower(self.text, &entry.value.body)).is_err() {
                let fill = [("section", listing.section.as_str())];
                self.breach(&listing.breaks, &fill, Some(entry.value.span.clone()));
            }
        }
    }

    fn left_behind(&mut self, left: &LeftBehind, outline: &Outline<'_>) {
        let key = self.answers.keys.first().map(|key| key.span.clone());
        let secret = outline.entries.iter().map(|(_, entry)| entry).find(|entry| {
            let name = lower(self.text, &entry.name);
            left.secrets.iter().any(|word| name.contains(&word.to_ascii_lowercase()))
                && value_kind(outline.value(entry)) == ValueKind::Text
        });
        let password = secret.map(|entry| entry.value.span.clone());
        let found = match (&key, &password) {
            (Some(_), Some(_)) => "a key and a password",
            (Some(_), None) => "a key",
            (None, Some(_)) => "a password",
            (None, None) => return,
        };
        self.breach(&left.breaks, &[("found", found)], key.or(password));
    }

    /// Reports channels for which the answer source does not work.
    ///
    /// The first `before` keys belong to other commands; without a key, `place` is the place of the finding.
    pub(super) fn channels(&mut self, channels: &[Channel], before: usize, place: Option<Range<usize>>) {
        let key = self.answers.keys.get(before).map(|key| (key.span.clone(), key.sku));
        for channel in channels {
            let sku = self.situation.sku.or(key.as_ref().and_then(|(_, sku)| *sku));
            let concerned = sku.is_some_and(|sku| channel.skus.contains(&sku));
            if concerned && (key.is_some() || !channel.only_with_id) {
                let span = key.as_ref().map(|(span, _)| span.clone()).or(place.clone());
                self.breach(&channel.breaks, &[], span);
            }
        }
    }
}

fn lower(text: &str, span: &Range<usize>) -> String {
    text.within(span.clone()).to_ascii_lowercase()
}
