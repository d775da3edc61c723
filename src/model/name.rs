//! Names as people write them: their words, in lower case, without punctuation.
//!
//! `Microsoft(R) Windows NT(R) v4.0`, `MS Windows-NT 4` and `windows-nt-4.0` have the same words: `ms`, `windows`, `nt`, `4`.

use crate::model::within::Within;
use std::{borrow::Cow, ops::Range};

/// One word of a text: a run of letters, or a number including the digits after its full stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word<'t> {
    /// In lower case; for a number, without the zeros after its last full stop.
    pub(crate) text: Cow<'t, str>,
    /// A number with its zeros and without its full stops, if that is a different text: `40` for `4.0`.
    compact: Option<String>,
    /// Its place, in bytes.
    pub(crate) span: Range<usize>,
}

impl Word<'_> {
    /// Returns `true` if it is a number, such as a year or a version.
    pub(crate) fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// The spelling of the word when joined with others: `40` of `4.0`.
    fn compact(&self) -> &str {
        self.compact.as_deref().unwrap_or(&self.text)
    }

    /// The word without the text from which it comes.
    pub(crate) fn to_owned(&self) -> Word<'static> {
        let Self { text, compact, span } = self;
        Word { text: Cow::Owned(text.to_string()), compact: compact.clone(), span: span.clone() }
    }
}

/// The words of a text, without the signs of trade marks and without the "version" before a number.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.within(at..).chars().next() {
        let start = at;
        at = at.saturating_add(c.len_utf8());
        if c.is_ascii_digit() {
            at = start.saturating_add(number(text.within(start..)));
            let is_version = |word: &Word<'_>| matches!(&*word.text, "v" | "ver" | "version");
            if words.last().is_some_and(is_version) {
                words.pop();
            }
            words.push(of_number(text.within(start..at), start..at));
        } else if c.is_alphabetic() {
            at = at.saturating_add(
                text.within(at..).find(|c: char| !c.is_alphabetic()).unwrap_or(text.len().saturating_sub(at)),
            );
            let in_brackets = text.within(..start).ends_with('(') && text.within(at..).starts_with(')');
            let word = text.within(start..at);
            let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
            let word = if is_small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
            match &*word {
                "r" | "tm" | "c" if in_brackets => {}
                "microsoft" => words.push(Word { text: "ms".into(), compact: None, span: start..at }),
                _ => words.push(Word { text: word, compact: None, span: start..at }),
            }
        }
    }
    words
}

/// The length of the number at the beginning of a text: digits, and more after each full stop.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.within(from..).iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    while bytes.get(end) == Some(&b'.') && digits(end.saturating_add(1)) > 0 {
        end = end.saturating_add(digits(end.saturating_add(1)).saturating_add(1));
    }
    end
}

fn of_number(number: &str, span: Range<usize>) -> Word<'_> {
    let mut text = number;
    while let Some((rest, zeros)) = text.rsplit_once('.')
        && zeros.bytes().all(|byte| byte == b'0')
    {
        text = rest;
    }
    let compact = number.contains('.').then(|| number.replace('.', ""));
    Word { text: text.into(), compact, span }
}

/// The words without the maker's name and an article before them. A single word keeps the maker's name: `MS Mail` is not `mail`.
pub(crate) fn without_maker<'w, 't>(words: &'w [Word<'t>]) -> &'w [Word<'t>] {
    let words = without_article(words);
    match words {
        [maker, rest @ ..] if maker.text == "ms" && rest.len() > 1 => without_article(rest),
        _ => words,
    }
}

fn without_article<'w, 't>(words: &'w [Word<'t>]) -> &'w [Word<'t>] {
    match words {
        [article, rest @ ..] if matches!(&*article.text, "the" | "a" | "an") && !rest.is_empty() => rest,
        _ => words,
    }
}

/// The words joined: names are the same if these are.
pub(crate) fn key(words: &[Word<'_>]) -> String {
    words.iter().map(|word| &*word.text).collect()
}

/// The words joined, with numbers spelled without the full stop, as some people type them: `nt40`, `exchange55`.
pub(crate) fn compact_key(words: &[Word<'_>]) -> String {
    words.iter().map(Word::compact).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(text: &str) -> String {
        key(without_maker(&words(text)))
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        for text in [
            "Windows NT 4.0",
            "windows-nt-4.0",
            "WINDOWS NT4",
            "Microsoft(R) Windows NT(TM) v4.00",
            "MS Windows NT, Version 4",
            "windows\u{2011}nt\u{a0}4",
        ] {
            assert_eq!(key_of(text), "windowsnt4", "{text}");
        }
        assert_eq!(key_of("the BackOffice Server 4.5 CD set"), "backofficeserver4.5cdset");
        assert_eq!(compact_key(&words("NT 4.0")), "nt40");
    }

    #[test]
    fn what_makes_another_name_stays() {
        assert_eq!(key_of("Microsoft Mail"), "msmail");
        assert_eq!(key_of("MS Mail 3.5"), "mail3.5");
        assert_eq!(key_of("Small Business Server 4.0a"), "smallbusinessserver4a");
        assert_eq!(key_of("Office 97."), "office97");
        assert_eq!(key_of("3.51"), "3.51");
        assert_eq!(key_of("A"), "a");
    }
}
