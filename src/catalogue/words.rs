//! A list of words, and the search for them in a text.

use super::bit_set::BitSet;
use crate::model::within::{Within, span_at};
use once_cell::sync::OnceCell;

/// Words, prepared for the search when they are first looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    unprepared: Vec<String>,
    prepared: OnceCell<Prepared>,
}

/// Words sorted by their bytes, so that few are compared at each offset of a text.
#[derive(Clone, Debug, Default)]
struct Prepared {
    words: Vec<String>,
    /// For each first byte, the index of the first word that begins with it or a later one.
    places: Vec<usize>,
    /// The first two bytes of every word, which rule out most offsets of a text.
    beginnings: BitSet,
    /// The length and the ends of every word, which rule out most words.
    outlines: BitSet,
}

fn beginning(first: u8, second: u8) -> usize {
    usize::from(first).saturating_mul(61).saturating_add(usize::from(second))
}

fn outline(word: &[u8]) -> usize {
    let [first, .., last] = word else { return word.len() };
    word.len()
        .saturating_mul(769)
        .saturating_add(usize::from(*first).saturating_mul(29))
        .saturating_add(usize::from(*last))
}

/// The number of byte values.
const FIRST_BYTES: usize = 256;

impl Words {
    pub(super) fn new(words: Vec<String>) -> Self {
        Self { unprepared: words, prepared: OnceCell::new() }
    }

    /// Returns `true` if the whole of a text is one of them.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.prepared().contains(text)
    }

    /// Returns `true` if one of them is in a text, which [`spoken`] has normalized.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.last(text).is_some()
    }

    /// The end of the last of them in a text, or of its plural.
    pub(crate) fn last(&self, text: &str) -> Option<usize> {
        self.prepared().last(text)
    }

    fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| Prepared::new(self.unprepared.clone()))
    }
}

impl Prepared {
    fn new(mut words: Vec<String>) -> Self {
        words.sort_unstable();
        words.dedup();
        let of = |byte: usize| {
            words.partition_point(|word| word.bytes().next().is_none_or(|first| usize::from(first) < byte))
        };
        let places = (0..=FIRST_BYTES).map(of).collect();
        let (mut beginnings, mut outlines) = (BitSet::default(), BitSet::default());
        for word in &words {
            outlines.add(outline(word.as_bytes()));
            if let [first, second, ..] = word.as_bytes() {
                beginnings.add(beginning(*first, *second));
            }
        }
        Self { words, places, beginnings, outlines }
    }

    fn contains(&self, text: &str) -> bool {
        self.outlines.may_have(outline(text.as_bytes()))
            && self.words.binary_search_by(|word| word.as_str().cmp(text)).is_ok()
    }

    fn last(&self, text: &str) -> Option<usize> {
        if text.contains(char::REPLACEMENT_CHARACTER) {
            return self.last_blurred(text);
        }
        let bytes = text.as_bytes();
        let mut places = (0..bytes.len()).rev().filter(|start| text.is_char_boundary(*start));
        places.find_map(|start| {
            let (before, rest) = bytes.split_at_checked(start)?;
            let first = *rest.first()?;
            if first == b' ' || first.is_ascii() && before.last().is_some_and(u8::is_ascii_alphanumeric) {
                return None;
            }
            let own = self.beginning_like(rest);
            let own = own.iter().filter(|word| rest.starts_with(word.as_bytes()));
            own.filter(|word| is_alone(text, start, start.saturating_add(word.len()), word))
                .map(|word| start.saturating_add(word.len()))
                .max()
        })
    }

    /// The words that begin with the first two bytes of a text.
    fn beginning_like(&self, text: &[u8]) -> &[String] {
        let [first, next, ..] = text else { return &[] };
        if !self.beginnings.may_have(beginning(*first, *next)) {
            return &[];
        }
        let Some([from, to, ..]) = self.places.get(usize::from(*first)..) else { return &[] };
        let own = self.words.within(*from..*to);
        let second = |word: &String| word.as_bytes().get(1).copied().unwrap_or_default();
        let from = own.partition_point(|word| second(word) < *next);
        let count = own.within(from..).iter().take_while(|word| second(word) == *next).count();
        own.within(span_at(from, count))
    }

    /// As [`Self::last`], in a text with unreadable letters: a word is recognised by the others if they are more than half of it.
    fn last_blurred(&self, text: &str) -> Option<usize> {
        let ends = |word: &String| {
            text.char_indices().rev().find_map(|(start, _)| {
                let (mut rest, mut blurred) = (text.within(start..).chars(), 0_usize);
                for own in word.chars() {
                    match rest.next()? {
                        c if c == own => {}
                        char::REPLACEMENT_CHARACTER if !own.is_ascii() => blurred = blurred.saturating_add(1),
                        _ => return None,
                    }
                }
                let end = text.len().saturating_sub(rest.as_str().len());
                (blurred.saturating_mul(2) < word.chars().count() && is_alone(text, start, end, word)).then_some(end)
            })
        };
        self.words.iter().filter_map(ends).max()
    }
}

/// Returns `true` if a range of a text is a whole word. Languages without spaces have no such bounds.
fn is_alone(text: &str, start: usize, end: usize, word: &str) -> bool {
    if word.chars().any(is_unspaced) {
        let before = text.within(..start).chars().next_back();
        let bound = |c: char| c.is_ascii_alphanumeric();
        return !(word.starts_with(bound) && before.is_some_and(bound));
    }
    stands_alone(text, start, end)
}

/// Returns `true` if a character is of Japanese, Chinese or Korean.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

/// Returns `true` if a range of a text is a whole word, or its plural.
pub(crate) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let tail = text.within(end..).strip_prefix('s').unwrap_or(text.within(end..));
    !letter(text.within(..start).chars().next_back()) && !letter(tail.chars().next())
}

/// A text in lower case, with one space for spaces, hyphens and underscores, and one before a capital inside a name: `svCDKey`.
pub(crate) fn spoken(text: &str) -> String {
    let mut spoken = String::with_capacity(text.len().saturating_add(8));
    let mut small = false;
    for c in text.chars() {
        let blank = c.is_whitespace() || matches!(c, '-' | '_');
        if (blank || small && c.is_uppercase()) && !spoken.ends_with(' ') {
            spoken.push(' ');
        }
        if c.is_ascii() && !blank {
            spoken.push(c.to_ascii_lowercase());
        } else if !blank {
            spoken.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    // Electronic mail is not Microsoft Mail.
    if spoken.contains("e mail") { spoken.replace("e mail", "email") } else { spoken }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words::new(["phone", "order number", "cd schlüssel", "序列号", "cdキー", "numéro"].map(str::to_owned).to_vec())
    }

    #[test]
    fn the_last_word_is_found_with_its_bounds() {
        for (text, end) in [
            ("the phone is", Some(9)),
            ("phones: ", Some(5)),
            ("telephone", None),
            ("order number 5, phone", Some(21)),
            ("der cd schlüssel: ", Some(17)),
            ("请输入序列号：", Some(18)),
            ("windows95のcdキー", Some("windows95のcdキー".len())),
            ("abcdキー", None),
            ("", None),
        ] {
            assert_eq!(words().last(text), end, "{text}");
        }
    }

    #[test]
    fn a_letter_that_cannot_be_read_hides_no_word() {
        assert_eq!(words().last("cd schl\u{FFFD}ssel: "), Some(14));
        assert_eq!(words().last("num\u{FFFD}ro"), Some(8));
        assert_eq!(words().last("\u{FFFD}\u{FFFD}\u{FFFD}"), None, "any word could be behind these");
    }
}
