//! The texts of articles, prepared for lookups.

use super::claim::Day;
use crate::{catalogue::RuleFileError, model::within::Within, small_file};
use std::{collections::BTreeMap, fs, io, path::Path};

/// The longest article, in bytes; a longer file would only fill the memory.
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
            let bytes = small_file::bytes(&path, MAX_TEXT_BYTES + 1).map_err(|error| unreadable(&path, error))?;
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
    /// As printed, with one space for every run of white space.
    printed: String,
    /// In lower case, without the commas of numbers.
    lower: String,
    /// In lower case, without any white space.
    squeezed: String,
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        let printed = straight(text);
        let lower = without_commas(&printed.to_lowercase());
        let squeezed = lower.replace(' ', "");
        Self { printed, lower, squeezed }
    }
}

impl Text {
    /// The text as printed, with one space for every run of white space.
    pub(super) fn printed(&self) -> &str {
        &self.printed
    }

    /// Returns `true` if a message is printed word for word; its pieces are the text between its variable parts.
    pub(super) fn prints(&self, message: &str) -> bool {
        /// The longest variable part, in bytes: it is a name or a number, not half of the article.
        const MAX_VARIABLE: usize = 200;
        let pieces: Vec<String> =
            message.split("{number}").flat_map(|part| part.split("{text}")).map(straight).collect();
        let Some((first, rest)) = pieces.split_first() else { return false };
        self.printed.match_indices(first.as_str()).any(|(at, _)| {
            let mut end = at.saturating_add(first.len());
            rest.iter().all(|piece| {
                let reach = floor(&self.printed, end.saturating_add(MAX_VARIABLE).saturating_add(piece.len()));
                let found = self.printed.get(end..reach).and_then(|after| after.find(piece.as_str()));
                found.map(|found| end = end.saturating_add(found.saturating_add(piece.len()))).is_some()
            })
        })
    }

    /// Returns `true` if it contains a word, a number or a name, in any case and as a whole.
    pub(super) fn has(&self, claim: &str) -> bool {
        let claim = without_commas(&claim.to_lowercase());
        if bounded(&self.lower, &claim) {
            return true;
        }
        // An article may print `f100` as `f 100`.
        let mixed =
            claim.bytes().any(|byte| byte.is_ascii_digit()) && claim.bytes().any(|byte| byte.is_ascii_alphabetic());
        if mixed && bounded(&self.squeezed, &claim.replace(' ', "")) {
            return true;
        }
        // Microsoft's `3.20` is version 3.2, its `3.00a` 3.0a.
        if let Some((major, minor)) = claim.split_once('.')
            && let Some(first) = minor.chars().next().filter(char::is_ascii_digit)
            && major.bytes().all(|byte| byte.is_ascii_digit())
            && bounded(&self.lower, &format!("{major}.{first}0{}", minor.within(1..)))
        {
            return true;
        }
        if self.has_operand(&claim) || self.has_joined(&claim) {
            return true;
        }
        // An article may print `10-digit` as `ten digits`, and vice versa.
        match claim.split_once('-') {
            Some((number, word)) if word.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                self.has_number(number) || self.has_length(number, word)
            }
            _ => self.has_number(&claim),
        }
    }

    /// Returns `true` if a number is the operand of a command of DEBUG: `100` in `-f100,32f,0`, `131` in `e0131`.
    fn has_operand(&self, number: &str) -> bool {
        matches!(number.len(), 3 | 4)
            && number.bytes().all(|byte| byte.is_ascii_hexdigit())
            && ADDRESS_COMMANDS.iter().any(|command| {
                bounded(&self.lower, &format!("{command}{number}"))
                    || bounded(&self.lower, &format!("{command}0{number}"))
            })
    }

    /// Returns `true` if a switch has its value joined to it: `-v` in `-v20`, `-d` in `-dm`, `-n` in `-Nx`.
    fn has_joined(&self, switch: &str) -> bool {
        let is_switch = switch.len() == 2 && switch.starts_with('-');
        is_switch
            && self.lower.match_indices(switch).any(|(at, _)| {
                let before = self.lower.within(..at).chars().next_back();
                let value =
                    self.lower.within(at.saturating_add(switch.len())..).split(|c: char| !c.is_alphanumeric()).next();
                let free = before.is_none_or(|before| !before.is_alphanumeric());
                let number = value.is_some_and(|value| value.starts_with(|c: char| c.is_ascii_digit()));
                free && (number || value.is_some_and(|value| value.len() == 1))
            })
    }

    /// Returns `true` if the text prints a key, or its pattern, with this number of digits or characters: `XXX-XXXXXXX` has ten.
    fn has_length(&self, number: &str, unit: &str) -> bool {
        let Ok(length @ 5..) = number.parse::<usize>() else { return false };
        let digits = match unit {
            "digit" => true,
            "character" => false,
            _ => return false,
        };
        let fits = |c: char| if digits { c.is_ascii_digit() || c == 'x' } else { c.is_ascii_alphanumeric() };
        self.lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | '"')).any(|word| {
            let key = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            let pattern = key.contains(|c: char| c.is_ascii_digit()) || key.bytes().all(|b| matches!(b, b'x' | b'-'));
            let plain = key.chars().filter(|c| *c != '-');
            pattern && plain.clone().all(fits) && plain.count() == length
        })
    }

    /// Returns `true` if the text contains a day, written out or in figures: `7 July 1992`, `07/07/92`, `July 7, 1992`.
    pub(super) fn has_day(&self, day: &Day<'_>) -> bool {
        let Day { day, month, name, year } = day;
        let short = year.within(2..);
        let figures = ["-", "/"].into_iter().flat_map(|mark| {
            [
                format!("{month:02}{mark}{day:02}{mark}{short}"),
                format!("{month}{mark}{day}{mark}{short}"),
                format!("{month:02}{mark}{day:02}{mark}{year}"),
                format!("{month}{mark}{day}{mark}{year}"),
            ]
        });
        let name = name.to_lowercase();
        let names = [name.as_str(), name.get(..4).unwrap_or(&name), name.get(..3).unwrap_or(&name)];
        let words = names.into_iter().flat_map(|name| {
            [format!("{day} {name} {year}"), format!("{name} {day}, {year}"), format!("{name} {day} {year}")]
        });
        figures.chain(words).any(|written| bounded(&self.lower, &written))
    }

    /// Returns `true` if it contains a whole number, in figures or, up to twenty, as a word.
    fn has_number(&self, number: &str) -> bool {
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let word = number.parse().ok().and_then(|number: usize| NUMBER_WORDS.get(number));
        bounded(&self.lower, number) || word.is_some_and(|word| bounded(&self.lower, word))
    }
}

/// The commands of DEBUG that need an address.
const ADDRESS_COMMANDS: [char; 4] = ['d', 'e', 'f', 'm'];

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

/// A text with one space for every run of white space, and plain quotes.
pub(super) fn straight(text: &str) -> String {
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

/// A text without the commas between a number's thousands; `f100,103,0` is a command of DEBUG and keeps them.
fn without_commas(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let number = |at: usize| {
        let run = (0..at).rev().take_while(|at| digit(*at) || bytes.get(*at) == Some(&b',')).last().unwrap_or(at);
        digit(run) && !run.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_alphabetic)
    };
    let between = |at: usize| {
        at > 0
            && digit(at.saturating_sub(1))
            && digit(at.saturating_add(1))
            && digit(at.saturating_add(2))
            && digit(at.saturating_add(3))
            && !digit(at.saturating_add(4))
            && number(at)
    };
    text.char_indices().filter(|(at, c)| *c != ',' || !between(*at)).map(|(_, c)| c).collect()
}

/// Returns `true` if a text contains a piece that is not part of a longer word; any character may precede a switch.
fn bounded(text: &str, piece: &str) -> bool {
    if piece.is_empty() {
        return true;
    }
    let word = |c: char| c.is_alphanumeric();
    let switch = piece.starts_with(['/', '-']);
    let (begins, ends) = (piece.starts_with(word) && !switch, piece.ends_with(word));
    text.match_indices(piece).any(|(at, _)| {
        let before = text.within(..at).chars().next_back();
        let after = text.within(at.saturating_add(piece.len())..).chars().next();
        !(begins && before.is_some_and(word) || ends && after.is_some_and(word))
    })
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn is_number(stem: &str) -> bool {
    stem.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::claim::days;

    #[test]
    fn an_operand_of_debug_is_a_number() {
        let text =
            Text::from("debug example.glb\n-f100,103,0\n-f,110,113,0\n-d10b\n-e0131\n:230\nexternal -Q123Z -v20 -Nx");
        for claim in ["100", "103", "110", "113", "10B", "131", "230", "-Q123Z", "-v20", "-N"] {
            assert!(text.has(claim), "{claim}");
        }
        for claim in ["104", "10C", "-x", "-Q124Z", "23"] {
            assert!(!text.has(claim), "{claim}");
        }
    }

    #[test]
    fn a_key_or_its_pattern_has_a_length() {
        let text = Text::from("cdkey=XXX-XXXXXXX\nPid=26756-877-7845641-29269\nversion 3.20");
        for claim in ["10-digit", "20-digit", "20-character", "3.2"] {
            assert!(text.has(claim), "{claim}");
        }
        for claim in ["11-digit", "19-character", "10-disk", "3.3"] {
            assert!(!text.has(claim), "{claim}");
        }
    }

    #[test]
    fn a_day_may_be_written_in_figures() {
        for (text, day) in [("IMPORT.EXE 07/07/92", "7 July 1992"), ("after Sept 1, 1998.", "1 September 1998")] {
            let days = days(day);
            assert!(Text::from(text).has_day(&days[0].1), "{day}");
            assert!(!Text::from("07/08/92 and Sept 2, 1998").has_day(&days[0].1), "{day}");
        }
    }
}
