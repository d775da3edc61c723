//! The differences between a text and a form, in words.

use super::{Case, Ruling};
use crate::{
    model::{
        finding::Finding,
        form::{Characters, Form, Group, KeyKind},
        reading::{Mismatch, Reading},
        within::Within,
    },
    parse::form::is_template,
};
use std::ops::Range;

/// The maximum number of findings of one rule that are listed individually; a megabyte of junk has a million.
pub(super) const MAX_SINGLE_FINDINGS: usize = 8;

impl Case<'_, '_> {
    /// A finding for every mismatch outside the parts that Setup ignores.
    pub(super) fn mismatches(&self, reading: &Reading<'_, '_>, ignores: &[String], ruling: &mut Ruling<'_>) {
        let form = reading.form;
        let mut templates: Option<Range<usize>> = None;
        let mut characters = Vec::new();
        for mismatch in &reading.mismatches {
            match mismatch {
                Mismatch::Character { part, expected, span } => {
                    if !ignores.contains(part) {
                        characters.push((span.clone(), *expected));
                    }
                }
                Mismatch::Template { span } => {
                    let whole = templates.get_or_insert(span.clone());
                    whole.end = span.end;
                }
                // A stray character has split a group, and only the stray is reported.
                Mismatch::Grouping { .. } if !self.written.strays.is_empty() => {}
                Mismatch::Grouping { found } => {
                    let mut words = "the groups have ".to_owned();
                    list(&mut words, found.iter().map(|length| (*length, *length)));
                    words.push_str(" characters");
                    let found = words;
                    ruling.findings.push(self.length("key/wrong-grouping", form, &found, self.written.body()));
                }
                Mismatch::GroupLength { group, found, span } => {
                    let found = format!("the {} group has {}", ordinal(*group), characters_text(*found));
                    ruling.findings.push(self.length("key/wrong-length", form, &found, span.clone()));
                }
                Mismatch::TotalLength { found } => {
                    self.look_alike(form, *found, ruling);
                    let found = format!("this has {}", characters_text(*found));
                    ruling.findings.push(self.length("key/wrong-length", form, &found, self.written.body()));
                }
            }
        }
        if let Some(span) = templates {
            ruling.findings.push(self.template("the letters of a pattern instead of digits", span));
        }
        self.characters(&characters, form.kind, ruling);
    }

    /// A finding for groups of pattern letters, if the reading has not reported them.
    fn patterns(&self, ruling: &mut Ruling<'_>) {
        let is_pattern = |span: &&Range<usize>| {
            let group = self.written.text.within((*span).clone());
            group.len() > 1 && group.chars().all(is_template)
        };
        let mut patterns = self.written.groups.iter().filter(is_pattern);
        let told = ruling.findings.iter().any(|finding| finding.rule == "key/template");
        if let (Some(first), false) = (patterns.next(), told) {
            let last = patterns.next_back().unwrap_or(first);
            ruling.findings.push(self.template("the letters of a pattern instead of digits", first.start..last.end));
        }
    }

    fn template(&self, found: &str, span: Range<usize>) -> Finding {
        let mut finding = self.finding("key/template", &[("found", found)]);
        finding.span = Some(span);
        finding
    }

    /// A finding if the whole text is a row of digits that is known as something else.
    fn look_alike(&self, form: &Form, length: usize, ruling: &mut Ruling<'_>) {
        let body = self.written.body();
        let row = self.written.text.within(body.clone()).bytes().all(|byte| byte.is_ascii_digit());
        for known in form.look_alikes.iter().filter(|known| row && known.digits == length) {
            let mut finding = self.finding(&known.rule, &[]);
            finding.span = Some(body.clone());
            ruling.findings.push(finding);
        }
    }

    /// A finding for every character that is neither part of a group nor a separator.
    pub(super) fn strays(&self, ruling: &mut Ruling<'_>) {
        if let (Some(first), Some(last)) = (self.written.brackets.first(), self.written.brackets.last()) {
            let found = "angle brackets, the notation for \"your own value\"";
            ruling.findings.push(self.template(found, first.start..last.end));
        }
        self.patterns(ruling);
        let body = self.written.body();
        let strays: Vec<_> = self.written.strays.iter().map(|span| (span.clone(), Characters::Digits)).collect();
        let (inside, outside): (Vec<_>, Vec<_>) = strays.into_iter().partition(|(span, _)| body.contains(&span.start));
        self.characters(&inside, KeyKind::Key, ruling);
        self.characters(&outside, KeyKind::Key, ruling);
    }

    fn characters(&self, places: &[(Range<usize>, Characters)], kind: KeyKind, ruling: &mut Ruling<'_>) {
        let rule = match kind {
            KeyKind::Key | KeyKind::InstalledId => "key/unexpected-character",
            KeyKind::Serial => "serial/malformed",
        };
        let expected = |characters: Characters| match characters {
            Characters::Digits => "a digit",
            Characters::Alphanumeric => "a letter or digit",
            Characters::Letters => "a letter",
            Characters::Literal => "a fixed letter",
        };
        for (span, characters) in places.iter().take(MAX_SINGLE_FINDINGS) {
            let found = character(self.written.text.within(span.clone()));
            let mut finding = match kind {
                KeyKind::Key | KeyKind::InstalledId => {
                    self.finding(rule, &[("found", &found), ("expected", expected(*characters))])
                }
                KeyKind::Serial => {
                    let wanted = format!("{} is expected", expected(*characters));
                    self.finding(rule, &[("found", &found), ("expected", &wanted)])
                }
            };
            finding.span = Some(span.clone());
            ruling.findings.push(finding);
        }
        if let Some((span, _)) = places.get(MAX_SINGLE_FINDINGS) {
            let more = format!(
                "{} more characters that do not belong here, the first of them",
                places.len().saturating_sub(MAX_SINGLE_FINDINGS)
            );
            let mut finding = self.finding(rule, &[("found", &more), ("expected", "a digit")]);
            finding.span = Some(span.clone());
            ruling.findings.push(finding);
        }
    }

    /// A finding if the text is far from every form.
    pub(super) fn no_form(&self) -> Finding {
        let count: usize =
            self.written.groups.iter().map(|span| self.written.text.within(span.clone()).chars().count()).sum();
        let groups = match self.written.groups.len() {
            1 => "one group".to_owned(),
            groups => format!("{groups} groups"),
        };
        let found = format!("this has {} in {groups}", characters_text(count));
        let mut finding =
            self.finding("key/wrong-length", &[("found", &found), ("expected", "no known form is near that")]);
        finding.span = Some(self.written.body());
        finding
    }

    fn length(&self, rule: &str, form: &Form, found: &str, span: Range<usize>) -> Finding {
        let rule = match form.kind {
            KeyKind::Key | KeyKind::InstalledId => rule,
            KeyKind::Serial => "serial/malformed",
        };
        let mut finding = self.finding(rule, &[("found", found), ("expected", &shape(form))]);
        finding.span = Some(span);
        finding
    }
}

/// `a 10-digit CD key has 3 and 7, written NNN-NNNNNNN`.
fn shape(form: &Form) -> String {
    let mut shape = form.with_article();
    shape.push_str(" has ");
    list(&mut shape, form.groups.iter().map(Group::lengths));
    if form.groups.len() > 1 {
        shape.push_str(", written ");
        shape.push_str(&form.written);
    }
    shape
}

/// Names a character without repeating a digit of the key: its kind, and the character for which it is often mistaken.
fn character(text: &str) -> String {
    let mut characters = text.chars();
    let Some(c) = characters.next() else {
        return "nothing".to_owned();
    };
    match c {
        'O' | 'o' | 'I' | 'l' | 'i' | 'S' | 's' | 'B' | 'Z' | 'z' | 'Q' | 'G' | 'D' => {
            format!("the letter {c} (easily confused with a digit on a label)")
        }
        '\u{FF10}'..='\u{FF19}' => "a full-width digit".to_owned(),
        '0'..='9' => "a digit".to_owned(),
        'A'..='Z' | 'a'..='z' => format!("the letter {c}"),
        '.' => "a full stop".to_owned(),
        ',' => "a comma".to_owned(),
        '/' => "a slash".to_owned(),
        '\\' => "a backslash".to_owned(),
        '_' => "an underscore".to_owned(),
        '+' => "a plus sign".to_owned(),
        '\0' => "a NUL byte".to_owned(),
        '\u{FFFD}' => "bytes that are not text".to_owned(),
        _ if c.is_control() => "a control character".to_owned(),
        _ if c.is_numeric() => "a digit of another script".to_owned(),
        _ => format!("the character {c}"),
    }
}

fn characters_text(characters: usize) -> String {
    characters.to_string() + if characters == 1 { " character" } else { " characters" }
}

fn ordinal(index: usize) -> &'static str {
    ["first", "second", "third", "fourth", "fifth"].get(index).copied().unwrap_or("next")
}

/// `3, 1 to 4 and 5`; at most twelve lengths are listed.
fn list(to: &mut String, lengths: impl ExactSizeIterator<Item = (usize, usize)>) {
    const MAX_LISTED: usize = 12;
    let count = lengths.len();
    for (index, (least, most)) in lengths.enumerate().take(MAX_LISTED) {
        to.push_str(match index {
            0 => "",
            _ if index.saturating_add(1) == count => " and ",
            _ => ", ",
        });
        to.push_str(&least.to_string());
        if least != most {
            to.push_str(" to ");
            to.push_str(&most.to_string());
        }
    }
    if count > MAX_LISTED {
        to.push_str(", …");
    }
}
