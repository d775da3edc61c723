//! The texts of articles, ready to be asked what they say.

use crate::catalogue::RuleFileError;
use std::{collections::BTreeMap, fs, io, path::Path};

/// No article is longer; what is would only fill the memory.
const MAX_TEXT_BYTES: u64 = 4 << 20;

/// A folder of texts, each in a file named by its article's number.
pub(super) struct Texts(BTreeMap<String, Text>);

impl Texts {
    /// Reads every `Q12345.txt` and `Q12345.md` of a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, RuleFileError> {
        let unreadable = |path: &Path, source| RuleFileError::Unreadable { path: path.to_owned(), source };
        let mut texts = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
            let path = entry.map_err(|error| unreadable(folder, error))?.path();
            let Some(number) = path.file_stem().and_then(|stem| stem.to_str()).filter(|stem| is_number(stem)) else {
                continue;
            };
            if !path.extension().is_some_and(|ending| ending == "txt" || ending == "md") {
                continue;
            }
            let size = fs::metadata(&path).map_err(|error| unreadable(&path, error))?.len();
            if size > MAX_TEXT_BYTES {
                let message = format!("expected the text of an article, found {size} bytes");
                return Err(unreadable(&path, io::Error::other(message)));
            }
            let bytes = fs::read(&path).map_err(|error| unreadable(&path, error))?;
            texts.insert(number.to_owned(), Text::from(String::from_utf8_lossy(&bytes).as_ref()));
        }
        if texts.is_empty() {
            return Err(unreadable(folder, io::Error::other("expected texts of articles, named Q12345.txt")));
        }
        Ok(Self(texts))
    }

    pub(super) fn get(&self, number: &str) -> Option<&Text> {
        self.0.get(number)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Text)> {
        self.0.iter().map(|(number, text)| (number.as_str(), text))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The text of one article.
pub(super) struct Text {
    /// As it is printed, with one blank for every run of blanks and line breaks.
    printed: String,
    /// In lower case, without the commas of numbers.
    lower: String,
    /// That without any blank.
    squeezed: String,
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        let printed = plain(text);
        let lower = without_commas(&printed.to_lowercase());
        let squeezed = lower.replace(' ', "");
        Self { printed, lower, squeezed }
    }
}

impl Text {
    /// As it is printed, with one blank for every run of blanks and line breaks.
    pub(super) fn printed(&self) -> &str {
        &self.printed
    }

    /// Whether a message is printed word for word; its pieces are what is between its variable parts.
    pub(super) fn prints(&self, message: &str) -> bool {
        /// A variable part is a name or a number, not half of the article.
        const LONGEST_VARIABLE: usize = 200;
        let pieces: Vec<String> = message.split("{number}").flat_map(|part| part.split("{text}")).map(plain).collect();
        let Some((first, rest)) = pieces.split_first() else { return false };
        self.printed.match_indices(first.as_str()).any(|(at, _)| {
            let mut end = at + first.len();
            rest.iter().all(|piece| {
                let reach = floor(&self.printed, end + LONGEST_VARIABLE + piece.len());
                let found = self.printed.get(end..reach).and_then(|after| after.find(piece.as_str()));
                found.map(|found| end += found + piece.len()).is_some()
            })
        })
    }

    /// Whether it has a word, a number or a name, in any case of its letters, and as a whole.
    pub(super) fn has(&self, claim: &str) -> bool {
        let claim = without_commas(&claim.to_lowercase());
        if bounded(&self.lower, &claim) {
            return true;
        }
        // `f100` is what an article may print as `f 100`.
        let mixed =
            claim.bytes().any(|byte| byte.is_ascii_digit()) && claim.bytes().any(|byte| byte.is_ascii_alphabetic());
        if mixed && bounded(&self.squeezed, &claim.replace(' ', "")) {
            return true;
        }
        // `10-digit` is what an article may print as `ten digits`, and the other way round.
        match claim.split_once('-') {
            Some((number, word)) if word.bytes().all(|byte| byte.is_ascii_alphabetic()) => self.has_number(number),
            _ => self.has_number(&claim),
        }
    }

    /// Whether it has a whole number, in figures or, up to twenty, as a word.
    fn has_number(&self, number: &str) -> bool {
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let word = number.parse().ok().and_then(|number: usize| NUMBER_WORDS.get(number));
        bounded(&self.lower, number) || word.is_some_and(|word| bounded(&self.lower, word))
    }
}

const NUMBER_WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// A text with one blank for every run of blanks and line breaks, and plain quotes.
pub(super) fn plain(text: &str) -> String {
    let straight: String = text
        .chars()
        .map(|c| match c {
            '\u{201C}' | '\u{201D}' => '"',
            '\u{2018}' | '\u{2019}' => '\'',
            other => other,
        })
        .collect();
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without the commas between a number's thousands.
fn without_commas(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let between =
        |at: usize| at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4);
    text.char_indices().filter(|(at, c)| *c != ',' || !between(*at)).map(|(_, c)| c).collect()
}

/// Whether a text has a piece that no letter or digit goes on from; before a switch anything may be.
fn bounded(text: &str, piece: &str) -> bool {
    if piece.is_empty() {
        return true;
    }
    let word = |c: char| c.is_alphanumeric();
    let switch = piece.starts_with(['/', '-']);
    let (begins, ends) = (piece.starts_with(word) && !switch, piece.ends_with(word));
    text.match_indices(piece).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + piece.len()..].chars().next();
        !(begins && before.is_some_and(word) || ends && after.is_some_and(word))
    })
}

/// The nearest boundary of a character at or before a place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn is_number(stem: &str) -> bool {
    stem.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
