//! The words around a number, which show what the number is.

use super::sentence::{block_end, first_sentence, last_sentence};
use crate::{
    catalogue::{Lexicon, words::spoken},
    model::{form::Form, within::Within},
    scan::{
        lexicon::{has_word, last_word},
        other_numbers::{last_claim, names_hardware},
    },
    source::encoding::lossy,
};
use memchr::{memchr_iter, memrchr};
use std::{borrow::Cow, ops::Range};

/// The greatest distance, in bytes, at which a word before a number can refer to it.
pub(in crate::scan) const FURTHEST: usize = 4096;

/// The bytes before and after a number that are searched for words.
const BYTES_BEFORE: usize = 160;
const BYTES_AFTER: usize = 40;

/// The distance, in bytes, at which a mention of the form is enough for a number that Microsoft printed.
const MAX_FORM_DISTANCE: usize = 400;

/// The maximum number of bytes between a word and a number that has to follow it directly: `CD key is "`.
const MAX_WORD_DISTANCE: usize = 16;

/// The longest word for keys, in bytes.
const MAX_WORD: usize = 64;

/// The longest title, in bytes.
const MAX_TITLE: usize = 32;

/// The text around a number. The words are in lower case, with one space for each run of white space, hyphens and underscores.
pub(in crate::scan) struct TextContext<'t, 'c> {
    lexicon: &'c Lexicon,
    bytes: &'t [u8],
    span: Range<usize>,
    /// The end of the text that refers to something else.
    least: usize,
    /// True if a command-line switch precedes it: `/k "`.
    switch: bool,
    /// True if its sentence says that it is something other than a key.
    claimed: bool,
    /// The text before it on its own line.
    own: String,
    /// The text before it in its sentence, or the line that introduces it.
    before: String,
    /// The text after it in its sentence.
    after: String,
}

impl<'t, 'c> TextContext<'t, 'c> {
    /// The context of `bytes[span]`. Text before `least`, which is at most `span.start`, refers to something else.
    pub(in crate::scan) fn of(lexicon: &'c Lexicon, bytes: &'t [u8], span: Range<usize>, least: usize) -> Self {
        let start = least.saturating_add(line_start(bytes.within(least..span.start), span.start.saturating_sub(least)));
        let line = lossy(bytes.within(start..span.start));
        let outer = outer_line(bytes.within(least..start), &line).map(|outer| spoken(&lossy(outer)) + " ");
        let own = outer.clone().unwrap_or_default() + &spoken(&line);
        let text = sentence_bytes(lexicon, bytes, &span, least);
        let before = outer.unwrap_or_default() + &spoken(&lossy(text));
        let (before, claimed) = sentence_before(lexicon, &before);
        let end = line.trim_end_matches([' ', '\t', '"', '\'', '\u{201C}']);
        let switch = end.as_bytes().last_chunk().is_some_and(|[blank, mark, letter]| {
            matches!(
                (blank, mark, letter.to_ascii_lowercase()),
                (b' ', b'/', b'k' | b'c') | (b' ', b'-', b'k') | (b'\t', b'/', b'k')
            )
        });
        let after = if claimed { String::new() } else { behind(bytes, span.end) };
        Self { lexicon, bytes, span, least, switch, claimed, own, before: before.to_owned(), after }
    }

    /// The text that contains the number, and the number's range in it.
    pub(in crate::scan) fn text_and_span(&self) -> (&'t [u8], &Range<usize>) {
        (self.bytes, &self.span)
    }

    /// The text before it on its own line, unchanged.
    pub(in crate::scan) fn own_as_written(&self) -> Cow<'t, str> {
        let start = self.least.saturating_add(line_start(
            self.bytes.within(self.least..self.span.start),
            self.span.start.saturating_sub(self.least),
        ));
        lossy(self.bytes.within(start..self.span.start))
    }

    /// The text after it on its line, unchanged, as far as it is searched.
    pub(in crate::scan) fn after_as_written(&self) -> Cow<'t, str> {
        let window =
            self.bytes.within(self.span.end..self.span.end.saturating_add(MAX_FORM_DISTANCE).min(self.bytes.len()));
        lossy(window.within(..block_end(window)))
    }

    /// The text before it in its sentence, or the line that introduces it, with spaces for line ends and tabs.
    pub(in crate::scan) fn sentence_as_written(&self) -> String {
        let text =
            lossy(sentence_bytes(self.lexicon, self.bytes, &self.span, self.least)).replace(['\n', '\r', '\t'], " ");
        last_sentence(&text).to_owned()
    }

    /// The text before the number in its sentence, which can name its product.
    pub(in crate::scan) fn before(&self) -> &str {
        &self.before
    }

    /// The text before the number on its own line.
    pub(in crate::scan) fn own(&self) -> &str {
        &self.own
    }

    /// The text after the number in its sentence.
    pub(in crate::scan) fn after(&self) -> &str {
        &self.after
    }

    /// Returns `true` if its sentence says that it is something other than a key, or mentions hardware.
    pub(in crate::scan) fn is_claimed(&self) -> bool {
        self.claimed || names_hardware(self.lexicon, &self.before) || names_hardware(self.lexicon, &self.own)
    }

    /// Returns `true` if the words announce a form. Without hyphens a number could be anything, so it must directly follow the word.
    pub(in crate::scan) fn announce(&self, form: &Form, hyphens: bool) -> bool {
        let announced = || {
            form.announced_by.iter().any(|words| match hyphens {
                true => words.iter().all(|word| has_word(&self.before, word) || has_word(&self.after, word)),
                false => follows(&self.before, words),
            })
        };
        self.switch || announced() || speaks_of_keys(form) && self.announce_in_words(hyphens)
    }

    /// Returns `true` if the words of any language announce a key.
    fn announce_in_words(&self, hyphens: bool) -> bool {
        let Lexicon { announces, .. } = self.lexicon;
        match hyphens {
            true => announces.is_in(&self.before) || announces.is_in(&self.after),
            false => {
                // A word further up does not directly precede the number.
                let least = self.before.len().saturating_sub(MAX_WORD + MAX_WORD_DISTANCE);
                let tail = (least..).find_map(|at| self.before.get(at..)).unwrap_or_default();
                announces.last(tail).is_some_and(|end| is_near(tail.within(end..)))
            }
        }
    }

    /// The text up to the end of the last word that hints at a form, and the text between it and the number.
    pub(in crate::scan) fn hint(&self, form: &Form) -> Option<(&str, &str)> {
        let ends = form.hinted_by.iter().filter_map(|words| {
            let end = words.iter().filter_map(|word| last_word(&self.before, word)).max()?;
            words.iter().all(|word| has_word(&self.before, word)).then_some(end)
        });
        let in_words = speaks_of_keys(form).then(|| self.lexicon.hints.last(&self.before)).flatten();
        ends.chain(in_words).max().map(|end| self.before.split_at(end))
    }

    /// Returns `true` if it is a list item, or the last thing on its line after a label.
    pub(in crate::scan) fn is_item(&self) -> bool {
        const MARKS: [char; 6] = ['-', '*', '+', ':', '=', '>'];
        let raw = self.bytes.within(line_start(self.bytes, self.span.start)..self.span.start);
        let raw = lossy(raw);
        raw.trim_start().starts_with(MARKS)
            || raw.trim_end_matches([' ', '\t', '`', '"', '*']).ends_with(MARKS)
            || is_bare(&raw)
    }

    /// The heading of its section: the nearest line above that is marked as one.
    pub(in crate::scan) fn section(&self) -> Option<String> {
        let start = self.span.start.saturating_sub(FURTHEST);
        let above = self.bytes.within(start..line_start(self.bytes, self.span.start).max(start));
        let mut below: &[u8] = b"";
        for line in above.split(|byte| *byte == b'\n').rev().map(<[u8]>::trim_ascii) {
            let underlined = below.len() > 2 && below.iter().all(|byte| matches!(byte, b'=' | b'-' | b'~' | b'^'));
            let marked =
                matches!(line, [b'#', ..] | [b'=', b'=', ..] | [b'=', b' ', ..] | [b'<', b'h' | b'H', b'1'..=b'6', ..]);
            if line.iter().any(u8::is_ascii_alphabetic) && (marked || underlined && !line.contains(&b'|')) {
                return Some(spoken(&lossy(line)));
            }
            below = line;
        }
        None
    }

    /// The label directly before the number on its line, if it does not announce a form: `phone: `, `outlook 97: `.
    pub(in crate::scan) fn label(&self, form: &Form) -> Option<&str> {
        let mut words = form.announced_by.iter().chain(&form.hinted_by).flatten();
        let mut of_key = || {
            words.any(|word| has_word(&self.own, word)) || speaks_of_keys(form) && names_key(self.lexicon, &self.own)
        };
        (is_label(&self.own) && !of_key()).then_some(&*self.own)
    }

    /// The end of the words after the number, if they announce a form and those before it do not: they refer to no other number.
    pub(in crate::scan) fn spoken_for(&self, form: &Form) -> Option<usize> {
        let mut all = form.announced_by.iter();
        let behind = all.any(|words| words.iter().all(|word| has_word(&self.after, word)));
        let before = form.announced_by.iter().flatten().any(|word| has_word(&self.before, word));
        let behind = behind || speaks_of_keys(form) && self.lexicon.announces.is_in(&self.after);
        let before = before || self.lexicon.announces.is_in(&self.before);
        (behind && !before).then_some(self.span.end.saturating_add(self.after.len()))
    }

    /// Returns `true` if the words that announce a form occur nearby, which is enough for a number that Microsoft printed.
    pub(in crate::scan) fn mention(&self, form: &Form) -> bool {
        let Range { start, end } = self.span;
        let around = [
            self.bytes.within(start.saturating_sub(MAX_FORM_DISTANCE)..start),
            self.bytes.within(end..end.saturating_add(MAX_FORM_DISTANCE / 4).min(self.bytes.len())),
        ];
        let around = around.map(|bytes| spoken(&lossy(bytes)));
        let near = |word: &String| around.iter().any(|text| has_word(text, word));
        !self.claimed && !is_label(&self.own) && form.announced_by.iter().any(|words| words.iter().all(near))
    }
}

/// Generic names of a value. Its meaning is in the line that opens its block: `variable "product_key" {`.
const VALUE_NAMES: [&str; 10] =
    ["default", "value", "defaultvalue", "default value", "example", "initial", "const", "content", "string", "data"];

/// The line that opens the block of a value, if the value has only a generic name: the nearest line above that is indented less.
fn outer_line<'t>(above: &'t [u8], line: &str) -> Option<&'t [u8]> {
    /// The maximum number of lines from the value up to that line.
    const MAX_LINES: usize = 12;
    let name = line.trim().trim_end_matches(['"', '\'', ' ']).strip_suffix([':', '='])?;
    let name = spoken(name.trim_matches(['"', '\'', ' ', '-']));
    if !VALUE_NAMES.contains(&name.trim()) {
        return None;
    }
    let indent = |line: &[u8]| line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let own = indent(line.as_bytes());
    let mut lines = above.strip_suffix(b"\n").unwrap_or(above).rsplit(|byte| *byte == b'\n').take(MAX_LINES);
    let outer = lines.find(|line| !line.trim_ascii().is_empty() && indent(line) < own)?;
    matches!(outer.trim_ascii_end().last(), Some(b'{' | b'[' | b'(' | b':')).then_some(outer)
}

/// The text before a number that its sentence, or its introduction, can extend over.
fn sentence_bytes<'t>(lexicon: &Lexicon, bytes: &'t [u8], span: &Range<usize>, least: usize) -> &'t [u8] {
    let start = least.saturating_add(line_start(bytes.within(least..span.start), span.start.saturating_sub(least)));
    match is_bare(&lossy(bytes.within(start..span.start))) {
        true => introduction(lexicon, bytes, least, start),
        false => paragraph(bytes, least, span.start),
    }
}

pub(super) fn line_start(bytes: &[u8], at: usize) -> usize {
    memrchr(b'\n', bytes.within(..at)).map_or(0, |end| end.saturating_add(1))
}

/// Returns `true` if only quotes and the mark or number of a list precede a number on its line.
fn is_bare(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let line = number.strip_prefix(['.', ')']).unwrap_or(line);
    !line.contains(char::is_alphanumeric) && !line.contains(['|', ',', ';'])
}

/// Returns `true` if a line labels the text after it: `Phone: `, `fax = `.
fn is_label(own: &str) -> bool {
    const MAX_LABEL: usize = 40;
    let own = own.trim_end_matches([' ', '"', '\'']);
    own.len() <= MAX_LABEL && own.ends_with([':', '=']) && own.contains(char::is_alphabetic)
}

/// The paragraph up to a number, at most `BYTES_BEFORE` bytes of it.
fn paragraph(bytes: &[u8], least: usize, at: usize) -> &[u8] {
    let window = bytes.within(at.saturating_sub(BYTES_BEFORE).max(least)..at);
    let mut end = window.len();
    while let Some(newline) = memrchr(b'\n', window.within(..end)) {
        let above = line_start(window, newline);
        if window.within(above..newline).trim_ascii().is_empty() {
            return window.within(newline.saturating_add(1)..);
        }
        end = newline;
    }
    window
}

/// The introduction of a number that begins its line: the sentence that continues into it, a sentence above it that ends with a colon, or a
/// title.
fn introduction<'t>(lexicon: &Lexicon, bytes: &'t [u8], least: usize, line: usize) -> &'t [u8] {
    let above = bytes.within(least.min(line)..line).trim_ascii_end();
    let gap = bytes.within(least.min(line).saturating_add(above.len())..line);
    let apart = memchr_iter(b'\n', gap).count() > 1;
    let end = least.min(line).saturating_add(above.len());
    if apart && !above.ends_with(b":") {
        let start = line_start(above, above.len());
        let last = above.within(start..);
        // A complete sentence introduces nothing beyond its paragraph.
        if last.ends_with(b".") || last.ends_with(b"!") || last.ends_with(b"?") {
            return &[];
        }
        // A title is on a line of its own; an unfinished sentence of several lines continues in the text set off below it.
        let alone = start < 2
            || above.within(..start.saturating_sub(1)).ends_with(b"\n")
            || above.within(..start.saturating_sub(1)).ends_with(b"\n\r");
        if alone {
            return if last.len() > MAX_TITLE && !is_open(lexicon, last) { &[] } else { last };
        }
    }
    paragraph(bytes, least, end)
}

/// Returns `true` if a line ends with a word after which a sentence continues: "a valid key might be".
fn is_open(lexicon: &Lexicon, line: &[u8]) -> bool {
    let line = lossy(line).to_lowercase();
    let last = line.rsplit(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    last.is_some_and(|last| lexicon.open.contains(last))
}

/// The last sentence of a text, without the part up to the last word that says that a number is something else; and true if there is such a
/// word.
fn sentence_before<'t>(lexicon: &Lexicon, text: &'t str) -> (&'t str, bool) {
    let text = last_sentence(text);
    match last_claim(lexicon, text) {
        Some(claimed) => (text.within(claimed..), true),
        None => (text, false),
    }
}

/// The rest of the sentence and line after a number, up to a colon, an equals sign or another number, which introduce something else.
fn behind(bytes: &[u8], at: usize) -> String {
    let window = bytes.within(at..at.saturating_add(BYTES_AFTER).min(bytes.len()));
    let text = spoken(&lossy(window.within(..block_end(window))));
    let text = first_sentence(&text);
    let named = text.trim_start_matches([' ', ':', '=']);
    named.within(..named.find([':', '=']).unwrap_or(named.len())).to_owned()
}

/// Returns `true` if a text ends with these words, or almost.
fn follows(text: &str, words: &[String]) -> bool {
    let last = words.iter().filter_map(|word| last_word(text, word)).max();
    let between = last.map(|end| text.within(end..));
    words.iter().all(|word| has_word(text, word)) && between.is_some_and(is_near)
}

/// Returns `true` if the text between a word and a number is so short that the number directly follows the word.
fn is_near(between: &str) -> bool {
    between.len() <= MAX_WORD_DISTANCE && !between.contains(|c: char| c.is_ascii_digit())
}

/// Returns `true` if a form is one of those that people call a key, in any language.
pub(super) fn speaks_of_keys(form: &Form) -> bool {
    form.announced_by.iter().any(|words| words.as_slice() == ["cd key"])
}

/// Returns `true` if a text, in lower case, announces or hints at a key in any language.
fn names_key(lexicon: &Lexicon, text: &str) -> bool {
    lexicon.announces.is_in(text) || lexicon.hints.is_in(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that applies to the number 1234567 and precedes it.
    fn before(text: &str) -> String {
        let start = text.find("1234567").expect("the number is in the text");
        TextContext::of(crate::Catalogue::built_in().lexicon(), text.as_bytes(), start..start + 7, 0)
            .before
            .trim()
            .to_owned()
    }

    #[test]
    fn a_number_is_spoken_of_in_its_sentence() {
        assert_eq!(before("It asks. Type the CD_Key\n 1234567"), "type the cd key");
        assert_eq!(before("One. Two, as in no. 5, is\nlong and 1234567"), "two, as in no. 5, is long and");
        assert_eq!(before("A CD key.\n\nA box 1234567"), "a box");
        assert_eq!(before("Your CD key? Call 1234567"), "");
    }

    #[test]
    fn a_number_on_a_line_of_its_own_is_introduced() {
        assert_eq!(before("Enter this.\nThe CD key\nis:\n\n  \" 1234567"), "the cd key is:");
        assert_eq!(before("Enter the CD key.\n\n1234567"), "");
        assert_eq!(before("CD key\n\n1234567"), "cd key");
        assert_eq!(before("The key is\n1234567"), "the key is");
        assert_eq!(before("CD key of the box on the shelf\n\nAnother box\n\n1234567"), "another box");
    }
}
