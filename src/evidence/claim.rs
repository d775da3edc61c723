//! The claims in a sentence: everything that a reader would type, look for or count, and that an article must therefore contain.

/// The numbers, versions, switches, file names, folders, registry keys and program names of a text.
///
/// Names of articles are not claims, nor is anything with a wildcard or a placeholder.
pub(super) fn claims(text: &str) -> Vec<String> {
    let mut claims = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let word = trimmed(word);
        // `13 characters` is a length, which an article may show by a pattern.
        let unit = match words.peek().map(|next| trimmed(next)) {
            Some("digits") => Some("digit"),
            Some("characters") => Some("character"),
            Some(_) | None => None,
        };
        if let Some(unit) = unit.filter(|_| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())) {
            claims.push(format!("{word}-{unit}"));
            continue;
        }
        if !word.is_empty() && !is_reference(word) && !word.contains(['*', '…']) {
            add(word, &mut claims);
        }
    }
    claims
}

/// A day that a sentence names: `7 July 1992`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Day<'a> {
    pub(super) day: u8,
    pub(super) month: usize,
    pub(super) name: &'a str,
    pub(super) year: &'a str,
}

/// The days of a text, each with its words as written.
pub(super) fn days<'text>(text: &'text str) -> Vec<(String, Day<'text>)> {
    let words: Vec<_> = text.split_whitespace().collect();
    let day = |words: &[&'text str]| match *words {
        [number, month, year] => day(number, month, year),
        _ => None,
    };
    words.windows(3).filter_map(day).collect()
}

fn day<'a>(number: &str, name: &'a str, year: &'a str) -> Option<(String, Day<'a>)> {
    let year = trimmed(year);
    let month = MONTHS.iter().position(|month| *month == name)?.saturating_add(1);
    let day = number.parse().ok().filter(|day| (1..=31).contains(day))?;
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| (format!("{number} {name} {year}"), Day { day, month, name, year }))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns `true` if a number is another of the same sentence in another notation: `560` is hexadecimal `230`, and `93` in a file is `193` in
/// DEBUG, which loads files at `100`.
pub(super) fn converts(number: &str, other: &str) -> bool {
    const LOAD_ADDRESS: u32 = 0x100;
    let decimal = |text: &str| without_commas(text).parse::<u32>().ok();
    let hexadecimal = |text: &str| {
        let lower = text.to_ascii_lowercase();
        u32::from_str_radix(lower.strip_prefix("0x").unwrap_or(&lower), 16).ok()
    };
    // Up to nine, both notations are the same.
    let same = |decimal: Option<u32>, hexadecimal: Option<u32>| decimal == hexadecimal && decimal > Some(9);
    same(decimal(number), hexadecimal(other))
        || same(decimal(other), hexadecimal(number))
        || hexadecimal(number).is_some_and(|value| value.checked_add(LOAD_ADDRESS) == hexadecimal(other))
}

fn without_commas(text: &str) -> String {
    text.replace(',', "")
}

/// The articles that a text names: `Q12345`, `Q12345/case`.
pub(super) fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| is_article(word))
}

/// The names of a title, without the words that any title has: `Mail`, `3.5`.
pub(super) fn names(title: &str) -> impl Iterator<Item = &str> {
    let words = title.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
    words.map(|word| word.trim_matches('.')).filter(|word| {
        let version = word.starts_with(|c: char| c.is_ascii_digit());
        let name = word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        version || name && !COMMON_WORDS.iter().any(|common| word.eq_ignore_ascii_case(common))
    })
}

/// Words in the titles of products that are not names.
const COMMON_WORDS: [&str; 5] = ["microsoft", "the", "for", "and", "with"];

/// Returns `true` if a name is a version: `3.5`, `97`.
pub(super) fn is_version(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

fn add(word: &str, claims: &mut Vec<String>) {
    let word = trimmed(word).trim_matches(|c| matches!(c, '<' | '>'));
    if word.is_empty() {
        return;
    }
    if let Some((switch, value)) = switch(word) {
        // `-Q123Z` is one option; `/K` and its key are two.
        if value.starts_with(|c: char| c.is_ascii_digit()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            claims.push(word.to_owned());
            return;
        }
        claims.push(switch.to_owned());
        add(value.trim_start_matches([':', '=', '+']), claims);
    } else if word.contains('\\') {
        // Every folder of a path has to be in the article, whatever it looks like.
        for part in word.split('\\').filter(|part| !is_drive(part)) {
            let known = claims.len();
            add(part, claims);
            let folder = trimmed(part);
            if claims.len() == known && folder.len() > 1 && !folder.contains(['<', '>', '%', '/', '=']) {
                claims.push(folder.to_owned());
            }
        }
    } else if word.contains(['/', '=']) {
        word.split(['/', '=']).for_each(|part| add(part, claims));
    } else if word.bytes().any(|byte| byte.is_ascii_digit()) || is_file(word) || is_program(word) {
        claims.push(word.to_owned());
    }
}

/// A switch and the value joined to it: `/k`, `-Q123Z`.
fn switch(word: &str) -> Option<(&str, &str)> {
    let letters = word.strip_prefix(['/', '-'])?;
    let end = letters.find(|c: char| !(c.is_ascii_alphabetic() || c == '?')).unwrap_or(letters.len());
    // A path from the root is not a switch.
    let path = letters.contains(['\\', '/']);
    (end > 0 && !path).then(|| word.split_at(end.saturating_add(1)))
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c| {
        matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '[' | ']' | '"' | '\'' | '`' | '!' | '?' | '{' | '}')
    })
}

fn is_drive(part: &str) -> bool {
    matches!(part.as_bytes(), [] | [_, b':'])
}

/// Returns `true` for a name and an extension of two to four letters.
fn is_file(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, ending)| {
        (2..=4).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
            && name.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '$')
    })
}

/// Returns `true` for a name of four or more capitals: `DEBUG`, `GIMPORT`.
fn is_program(word: &str) -> bool {
    let mut bytes = word.bytes();
    word.len() >= 4
        && bytes.next().is_some_and(|first| first.is_ascii_uppercase())
        && bytes.all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'$'))
}

fn is_reference(word: &str) -> bool {
    is_article(word.split('/').next().unwrap_or(word))
}

fn is_article(word: &str) -> bool {
    let digits = word.strip_prefix('Q').unwrap_or_default();
    (4..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_searched_for_what_can_be_looked_up() {
        let text = r#"Type d:\msworks\setup /K"<CD key>" and run GIMPORT -dm on GLB/MASTER.GLB; 1,600 bytes (Q99419/twin), *.KEY left."#;
        assert_eq!(claims(text), ["msworks", "setup", "/K", "GIMPORT", "-dm", "MASTER.GLB", "1,600"]);
        assert_eq!(references(text).collect::<Vec<_>>(), ["Q99419"]);
    }

    #[test]
    fn a_day_and_a_length_are_one_claim_each() {
        let text = "A file of 7 July 1992, with a key of 13 characters.";
        let day = Day { day: 7, month: 7, name: "July", year: "1992" };
        assert_eq!(days(text), [("7 July 1992".to_owned(), day)]);
        assert_eq!(claims("with a key of 13 characters."), ["13-character"]);
    }

    #[test]
    fn a_number_in_another_notation_is_the_same() {
        for (number, other) in [("560", "230"), ("230", "560"), ("0x0B", "10B"), ("93", "193"), ("1,600", "640")] {
            assert!(converts(number, other), "{number} {other}");
        }
        for (number, other) in [("560", "231"), ("8", "8"), ("12", "D"), ("key", "1EF"), ("100", "100")] {
            assert!(!converts(number, other), "{number} {other}");
        }
    }

    #[test]
    fn a_title_is_its_names_and_versions() {
        assert_eq!(names("Mail for PC Networks 3.0, 3.0a").collect::<Vec<_>>(), ["Mail", "Networks", "3.0", "3.0a"]);
    }
}
