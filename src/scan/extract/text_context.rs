//! The words around a number that say what it is.

use crate::{
    model::form::Form,
    scan::lexicon::{has_word, last_word, stands_alone},
    source::encoding::lossy,
};
use memchr::memrchr;
use std::ops::Range;

/// No word is looked for further up, in bytes.
pub(in crate::scan) const FURTHEST: usize = 4096;

/// So many bytes before a number and after it are searched for the words.
const BEFORE: usize = 160;
const AFTER: usize = 40;

/// A number that Microsoft printed is believed from so far.
const FAR: usize = 400;

/// So many bytes may lie between a word and a number that has to follow it at once: `CD key is "`.
const NEAR: usize = 16;

/// No title is longer.
const TITLE: usize = 32;

/// What a number is that is no key, as the words before it say.
const OTHERS: [&str; 17] = [
    "account number",
    "call",
    "case number",
    "catalog number",
    "fax",
    "invoice",
    "isbn",
    "issn",
    "order no",
    "order number",
    "p/n",
    "part no",
    "part number",
    "phone",
    "process id",
    "tel",
    "telephone",
];

/// The surroundings of a number in a text. The words are in lower case, with one blank where there are blanks, hyphens and low lines.
pub(in crate::scan) struct TextContext<'t> {
    bytes: &'t [u8],
    span: Range<usize>,
    /// Whether a switch stands before it: `/k "`.
    switch: bool,
    /// Whether its sentence says what else it is.
    claimed: bool,
    /// What its own line says before it.
    own: String,
    /// What its sentence, or the line that introduces it, says before it.
    before: String,
    /// What its sentence says behind it.
    after: String,
}

impl<'t> TextContext<'t> {
    /// Those of `bytes[span]`. What stands before `least`, which is not behind it, speaks of something else.
    pub(in crate::scan) fn of(bytes: &'t [u8], span: Range<usize>, least: usize) -> Self {
        let start = least + line_start(&bytes[least..span.start], span.start - least);
        let line = lossy(&bytes[start..span.start]);
        let own = plain(&line);
        let text = match is_bare(&line) {
            true => introduction(bytes, least, start),
            false => paragraph(bytes, least, span.start),
        };
        let before = plain(&lossy(text));
        let (before, claimed) = sentence_before(&before);
        let end = line.trim_end_matches([' ', '\t', '"', '\'', '\u{201C}']);
        let switch = end.as_bytes().last_chunk().is_some_and(|[blank, mark, letter]| {
            matches!(
                (blank, mark, letter.to_ascii_lowercase()),
                (b' ', b'/', b'k' | b'c') | (b' ', b'-', b'k') | (b'\t', b'/', b'k')
            )
        });
        let after = if claimed { String::new() } else { behind(bytes, span.end) };
        Self { bytes, span, switch, claimed, own, before: before.to_owned(), after }
    }

    /// What is said before the number, and so of which product.
    pub(in crate::scan) fn before(&self) -> &str {
        &self.before
    }

    /// Whether the words announce a form. Without hyphens a number could be anything, so it must follow its word.
    pub(in crate::scan) fn announce(&self, form: &Form, hyphens: bool) -> bool {
        let hinted = hyphens && form.hinted_by.iter().any(|words| follows(&self.before, words));
        let announced = || {
            form.announced_by.iter().any(|words| match hyphens {
                true => words.iter().all(|word| has_word(&self.before, word) || has_word(&self.after, word)),
                false => follows(&self.before, words),
            })
        };
        self.switch || hinted || announced()
    }

    /// The label right before the number on its line, if it does not announce a form: `phone: `, `outlook 97: `.
    pub(in crate::scan) fn label(&self, form: &Form) -> Option<&str> {
        let mut words = form.announced_by.iter().chain(&form.hinted_by).flatten();
        (is_label(&self.own) && !words.any(|word| has_word(&self.own, word))).then_some(&*self.own)
    }

    /// Where the words behind the number end, if they announce a form and those before it do not: they speak of no other number.
    pub(in crate::scan) fn spoken_for(&self, form: &Form) -> Option<usize> {
        let mut all = form.announced_by.iter();
        let behind = all.any(|words| words.iter().all(|word| has_word(&self.after, word)));
        let before = form.announced_by.iter().flatten().any(|word| has_word(&self.before, word));
        (behind && !before).then_some(self.span.end + self.after.len())
    }

    /// Whether a heading above the number announces a form, in a table that is drawn with blanks or with `|`.
    pub(in crate::scan) fn head(&self, form: &Form) -> bool {
        let heading = heading(self.bytes, self.span.start).map(|heading| plain(&heading));
        let announces = |heading: &str| {
            let mut all = form.announced_by.iter();
            all.any(|words| words.iter().all(|word| has_word(heading, word)))
        };
        heading.is_some_and(|heading| announces(&heading))
    }

    /// Whether the words that announce a form stand anywhere near: enough for a number that Microsoft printed.
    pub(in crate::scan) fn mention(&self, form: &Form) -> bool {
        let Range { start, end } = self.span;
        let around =
            [&self.bytes[start.saturating_sub(FAR)..start], &self.bytes[end..(end + FAR / 4).min(self.bytes.len())]];
        let around = around.map(|bytes| plain(&lossy(bytes)));
        let near = |word: &String| around.iter().any(|text| has_word(text, word));
        !self.claimed && !is_label(&self.own) && form.announced_by.iter().any(|words| words.iter().all(near))
    }
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1)
}

/// In lower case, with one blank for blanks, hyphens and low lines, and one where a name goes on with a capital: `svCDKey`.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 8);
    let mut small = false;
    for c in text.chars() {
        let blank = c.is_whitespace() || matches!(c, '-' | '_');
        if (blank || small && c.is_uppercase()) && !plain.ends_with(' ') {
            plain.push(' ');
        }
        if c.is_ascii() && !blank {
            plain.push(c.to_ascii_lowercase());
        } else if !blank {
            plain.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    plain
}

/// Whether nothing stands before a number on its line but quotes, and the mark or number of a list.
fn is_bare(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let line = number.strip_prefix(['.', ')']).unwrap_or(line);
    !line.contains(char::is_alphanumeric) && !line.contains(['|', ',', ';'])
}

/// Whether a line names what follows: `Phone: `, `fax = `.
fn is_label(own: &str) -> bool {
    const LONGEST: usize = 40;
    let own = own.trim_end_matches([' ', '"', '\'']);
    own.len() <= LONGEST && own.ends_with([':', '=']) && own.contains(char::is_alphabetic)
}

/// The paragraph up to a number, as far as it can speak of it.
fn paragraph(bytes: &[u8], least: usize, at: usize) -> &[u8] {
    let window = &bytes[at.saturating_sub(BEFORE).max(least)..at];
    let mut end = window.len();
    while let Some(newline) = memrchr(b'\n', &window[..end]) {
        let above = line_start(window, newline);
        if window[above..newline].trim_ascii().is_empty() {
            return &window[newline + 1..];
        }
        end = newline;
    }
    window
}

/// What introduces a number that begins its line: the sentence that runs on into it, or one that ends with a colon above it.
fn introduction(bytes: &[u8], least: usize, line: usize) -> &[u8] {
    let above = bytes[least.min(line)..line].trim_ascii_end();
    let gap = &bytes[least.min(line) + above.len()..line];
    let apart = memchr::memchr_iter(b'\n', gap).count() > 1;
    let end = least.min(line) + above.len();
    if apart && !above.ends_with(b":") {
        let last = &above[line_start(above, above.len())..];
        // Only a title: a sentence introduces nothing beyond its paragraph.
        return if last.len() > TITLE || last.ends_with(b".") { &[] } else { last };
    }
    paragraph(bytes, least, end)
}

/// The end of a text from where its last sentence begins, or from behind the last word that says what else a number is; and whether there is such a word.
fn sentence_before(text: &str) -> (&str, bool) {
    let start = ends(text).last().map_or(0, |at| at + 1);
    let text = &text[start..];
    match last_other(text) {
        Some(claimed) => (&text[claimed..], true),
        None => (text, false),
    }
}

/// The rest of the sentence and line behind a number, up to what names something else: a colon, an equals sign, another number.
fn behind(bytes: &[u8], at: usize) -> String {
    let window = &bytes[at..(at + AFTER).min(bytes.len())];
    let line = &window[..memchr::memchr(b'\n', window).unwrap_or(window.len())];
    let text = plain(&lossy(line));
    let text = &text[..ends(&text).next().unwrap_or(text.len())];
    let named = text.trim_start_matches([' ', ':', '=']);
    named[..named.find([':', '=']).unwrap_or(named.len())].to_owned()
}

/// Where sentences end.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['.', '!', '?']).map(|(at, _)| at).filter(|at| {
        // What is as short as "no." is an abbreviation.
        let word = text[..*at].chars().rev().take_while(|c| c.is_alphanumeric()).count();
        word > 2 && text[at + 1..].starts_with(' ')
    })
}

/// Whether a text ends with these words, or nearly.
fn follows(text: &str, words: &[String]) -> bool {
    let last = words.iter().filter_map(|word| last_word(text, word)).max();
    let between = last.map(|end| &text[end..]);
    words.iter().all(|word| has_word(text, word))
        && between.is_some_and(|text| text.len() <= NEAR && !text.contains(|c: char| c.is_ascii_digit()))
}

/// Where the last of the words ends that say what else a number is.
fn last_other(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Most places are told apart by the letter before them, and most words by their first letter.
    let begins = |start: &usize| {
        let word = start.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_alphanumeric());
        word && matches!(bytes[*start], b'a' | b'c' | b'f' | b'i' | b'o' | b'p' | b't')
    };
    let ends = |start: usize| {
        let of = |word: &&str| text[start..].starts_with(*word) && stands_alone(text, start, start + word.len());
        OTHERS.iter().filter(|word| of(word)).map(|word| start + word.len()).max()
    };
    (0..bytes.len()).rev().filter(begins).find_map(ends)
}

/// The heading of the column in which a number stands.
fn heading(bytes: &[u8], at: usize) -> Option<String> {
    /// So many lines further up a table can begin.
    const LINES: usize = 24;
    let near = at.saturating_sub(FURTHEST);
    let start = near + line_start(&bytes[near..at], at - near);
    if start == near && near > 0 {
        // No table is so wide.
        return None;
    }
    let own = &bytes[start..at];
    let above = bytes[start.saturating_sub(FURTHEST)..start].split(|byte| *byte == b'\n').rev().skip(1).take(LINES);
    if own.contains(&b'|') {
        let cell = own.split(|byte| *byte == b'|').count() - 1;
        let first = above.take_while(|line| line.contains(&b'|')).last()?;
        let heading = first.split(|byte| *byte == b'|').nth(cell)?;
        return Some(lossy(heading).into_owned());
    }
    // A column stands apart from what is left of it.
    let apart = |line: &[u8]| line.ends_with(b"  ") || line.ends_with(b"\t");
    if !apart(own) || own.trim_ascii().is_empty() {
        return None;
    }
    let words = |line: &[u8]| {
        let (left, cell) = line.split_at_checked(own.len())?;
        let end = memchr::memmem::find(cell, b"  ").unwrap_or(cell.len());
        let cell = &cell[..end];
        let heads = apart(left) && cell.iter().any(u8::is_ascii_alphabetic);
        heads.then(|| lossy(cell).into_owned())
    };
    above.into_iter().find_map(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What speaks before the number 1234567 in a text.
    fn before(text: &str) -> String {
        let start = text.find("1234567").expect("the number is in the text");
        TextContext::of(text.as_bytes(), start..start + 7, 0).before.trim().to_owned()
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

    #[test]
    fn every_word_that_says_what_else_it_is_is_found() {
        for word in OTHERS {
            assert_eq!(last_other(&format!("the {word} is")), Some(4 + word.len()), "{word}");
            assert_eq!(last_other(&format!("the {word}s is")), Some(4 + word.len()), "{word}");
            assert_eq!(last_other(&format!("the x{word} is {word}x")), None, "{word}");
        }
    }

    #[test]
    fn a_column_has_a_heading() {
        let of = |text: &str| heading(text.as_bytes(), text.find("1234567").expect("the number is in the text"));
        assert_eq!(
            of("Box   CD key to type\n----------\n\na     7654321\nb     1234567").as_deref(),
            Some("CD key to type")
        );
        assert_eq!(of("| Box | CD key |\n|--|--|\n| a | 7654321 |\n| b | 1234567 |").as_deref(), Some(" CD key "));
        assert_eq!(of("Box CD key\na   b     1234567"), None);
        assert_eq!(of("no table\n 1234567"), None);
    }
}
