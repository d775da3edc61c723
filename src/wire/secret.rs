//! Finds possible keys in any text, in any spelling; a false alarm is better than a missed key.
//!
//! A key is recognised by its digits: eight or more of any script, with anything but words between them. Everyday numbers with
//! as many digits are left alone: dates, times, network addresses, sizes in bytes.

use std::ops::Range;

/// The minimum number of digits of a key that lacks two of them.
const MIN_DIGITS: usize = 8;

/// The maximum number of characters between two digits of a key, such as `&#45;` or `" - "`.
const MAX_GAP: usize = 12;

/// The number of characters of a product key of five groups, and of a group.
const PRODUCT_KEY_LENGTH: usize = 25;
const GROUP_LENGTH: usize = 5;

/// A piece of a text that could be a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Suspect {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// The number of its digits.
    pub(super) digits: usize,
}

impl Suspect {
    /// Returns `true` if it is only eight consecutive digits, as in names of files.
    pub(super) fn is_file_number(&self) -> bool {
        self.digits == MIN_DIGITS && self.range.len() == MIN_DIGITS
    }

    /// The same piece in a longer text, in which `bytes` precede it.
    pub(super) fn moved(self, bytes: usize) -> Self {
        Self { range: self.range.start.saturating_add(bytes)..self.range.end.saturating_add(bytes), ..self }
    }
}

/// The pieces of a text that could be keys, in their order.
pub(super) fn suspects(text: &str) -> Vec<Suspect> {
    if text.len() < MIN_DIGITS {
        return Vec::new();
    }
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = suspects_among(text, &characters);
    // Markup between the groups of a key is not part of it, but can have a key itself.
    let seen = without_tags(&characters);
    if seen.len() < characters.len() {
        suspects_among(text, &seen).into_iter().for_each(|suspect| add(&mut found, suspect));
    }
    found.sort_by_key(|suspect| suspect.range.start);
    found
}

/// The pieces of some characters of a text that could be keys.
fn suspects_among(text: &str, characters: &[(usize, char)]) -> Vec<Suspect> {
    let start = |index: usize| characters.get(index).map_or(text.len(), |(at, _)| *at);
    let end = |index: usize| {
        let last = index.checked_sub(1).and_then(|last| characters.get(last));
        last.map_or(text.len(), |(at, c)| at.saturating_add(c.len_utf8()))
    };
    let mut found: Vec<Suspect> = digit_runs(characters)
        .into_iter()
        .map(|(run, digits)| Suspect { range: start(run.start)..end(run.end), digits })
        .filter(|suspect| !is_everyday(text, suspect))
        .collect();
    for key in product_keys(characters) {
        add(&mut found, Suspect { range: start(key.start)..end(key.end), digits: PRODUCT_KEY_LENGTH });
    }
    found
}

/// Adds a piece; what overlaps is one piece.
fn add(found: &mut Vec<Suspect>, mut suspect: Suspect) {
    found.retain(|other| {
        let is_apart = other.range.end <= suspect.range.start || other.range.start >= suspect.range.end;
        if !is_apart {
            let (start, end) = (suspect.range.start.min(other.range.start), suspect.range.end.max(other.range.end));
            suspect = Suspect { range: start..end, digits: suspect.digits.max(other.digits) };
        }
        is_apart
    });
    found.push(suspect);
}

/// The longest tag of HTML or XML that is looked for, in characters.
const MAX_TAG: usize = 120;

/// The characters of a text, with a blank for each tag of HTML or XML.
fn without_tags(characters: &[(usize, char)]) -> Vec<(usize, char)> {
    let (mut seen, mut index) = (Vec::with_capacity(characters.len()), 0);
    while let Some(&(at, c)) = characters.get(index) {
        let rest = characters.get(index.saturating_add(1)..).unwrap_or_default();
        let is_tag = c == '<' && rest.first().is_some_and(|(_, c)| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        let length = rest.iter().take(MAX_TAG).position(|(_, c)| matches!(c, '<' | '>')).filter(|_| is_tag);
        match length.filter(|length| rest.get(*length).is_some_and(|(_, c)| *c == '>')) {
            Some(length) => {
                seen.push((at, ' '));
                index = index.saturating_add(length).saturating_add(2);
            }
            None => {
                seen.push((at, c));
                index = index.saturating_add(1);
            }
        }
    }
    seen
}

/// Rows of digits that belong together, as indices of characters, each with the number of its digits.
fn digit_runs(characters: &[(usize, char)]) -> Vec<(Range<usize>, usize)> {
    let everyday = everyday(characters);
    let is_digit = |index: usize| {
        characters.get(index).is_some_and(|(_, c)| c.is_numeric()) && !everyday.get(index).copied().unwrap_or_default()
    };
    let (mut runs, mut index) = (Vec::new(), 0);
    while index < characters.len() {
        if !is_digit(index) {
            index = index.saturating_add(1);
            continue;
        }
        let (start, mut last, mut digits) = (index, index, 1_usize);
        while let Some(next) = (last.saturating_add(1)
            ..characters.len().min(last.saturating_add(2).saturating_add(MAX_GAP)))
            .find(|next| is_digit(*next))
        {
            let is_broken = everyday.get(last.saturating_add(1)..next).is_some_and(|gap| gap.contains(&true));
            if is_broken || !joins(characters, last, next) {
                break;
            }
            (last, digits) = (next, digits.saturating_add(1));
        }
        if digits >= MIN_DIGITS {
            runs.push((start..last.saturating_add(1), digits));
        }
        index = last.saturating_add(1);
    }
    runs
}

/// Returns `true` if the text between two digits joins them: no word, but the channel of an OEM key, a letter of a channel, a letter that
/// resembles
/// a digit, or a character that is escaped.
fn joins(characters: &[(usize, char)], last: usize, next: usize) -> bool {
    let gap: String =
        characters.get(last.saturating_add(1)..next).unwrap_or_default().iter().map(|(_, c)| *c).collect();
    let letters: String = gap.chars().filter(|c| c.is_alphanumeric()).collect();
    let count = letters.chars().count();
    if count == 0 || letters.eq_ignore_ascii_case("oem") {
        return true;
    }
    let is_glued = count == gap.chars().count();
    let is_look_alike = is_glued && count <= 2 && letters.chars().all(|c| "OoIlSBZQ".contains(c));
    let is_channel = count == 1 && !is_glued;
    let is_named = gap.contains('&') && gap.contains(';') && !gap.contains(' ');
    let begins_escape = ["\\u", "\\x", "&#x", "&#X", "0x"].iter().any(|escape| gap.ends_with(escape));
    let ends_escape = letters.eq_ignore_ascii_case("d") && characters.get(last).is_some_and(|(_, c)| *c == '2');
    is_look_alike || is_channel || is_named || begins_escape || ends_escape
}

/// Marks dates and times of day, which break a row of digits.
fn everyday(characters: &[(usize, char)]) -> Vec<bool> {
    let mut marks = vec![false; characters.len()];
    let digit = |index: usize| characters.get(index).map(|(_, c)| *c).filter(char::is_ascii_digit);
    let mut index = 0;
    while index < characters.len() {
        let is_start = digit(index).is_some()
            && !index.checked_sub(1).is_some_and(|before| characters.get(before).is_some_and(|(_, c)| c.is_numeric()));
        let length = if is_start { date_or_time(characters, index) } else { None };
        if let Some(length) = length {
            marks.iter_mut().skip(index).take(length).for_each(|mark| *mark = true);
        }
        index = index.saturating_add(length.unwrap_or(1).max(1));
    }
    marks
}

/// The number of characters of a date or time that begins here.
fn date_or_time(characters: &[(usize, char)], start: usize) -> Option<usize> {
    let text: String = characters.get(start..)?.iter().take(20).map(|(_, c)| *c).collect();
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let separator = text.chars().nth(parts.first()?.len())?;
    let [first, second, third, ..] = parts.as_slice() else { return None };
    let length = first.len().saturating_add(second.len()).saturating_add(third.len()).saturating_add(2);
    let end = text.chars().nth(length);
    let numbers = [first, second, third].map(|part| part.parse::<u32>().ok());
    let [Some(one), Some(two), Some(three)] = numbers else { return None };
    let is_same = text.chars().nth(first.len().saturating_add(second.len()).saturating_add(1)) == Some(separator);
    // If another group follows with the same separator, it is part of something longer.
    let goes_on = end == Some(separator) && text.chars().nth(length.saturating_add(1)).is_some_and(|c| c.is_numeric());
    if !is_same || goes_on {
        return None;
    }
    let is_year = |year: u32, part: &str| part.len() == 4 && (1980..2100).contains(&year);
    let is_day = |day: u32| (1..=31).contains(&day);
    let is_short = |part: &str| part.len() <= 2;
    let shape = [first, second, third].map(|part| part.len());
    let is_date = "-./_".contains(separator)
        && (is_year(one, first) && (1..=12).contains(&two) && is_day(three) && is_short(second) && is_short(third)
            || is_year(three, third) && is_day(one) && is_day(two) && is_short(first) && is_short(second));
    let is_time = separator == ':' && shape == [2, 2, 2] && one < 24 && two < 60 && three < 60;
    (is_date || is_time).then_some(length)
}

/// Returns `true` if a row of digits is a compact date or time, a network address, or a size.
fn is_everyday(text: &str, suspect: &Suspect) -> bool {
    let piece = text.get(suspect.range.clone()).unwrap_or_default();
    let after = text.get(suspect.range.end..).unwrap_or_default();
    let is_compact = piece.bytes().all(|byte| byte.is_ascii_digit());
    let number = |range: Range<usize>| piece.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(u32::MAX);
    let is_day =
        (1980..2100).contains(&number(0..4)) && (1..=12).contains(&number(4..6)) && (1..=31).contains(&number(6..8));
    // A day and a time, adjacent or with a separator.
    let (day, time) = piece.split_at_checked(8).unwrap_or((piece, ""));
    let time = time.strip_prefix(['-', '_', 'T', ' ', '.']).unwrap_or(time);
    let is_time = matches!(time.len(), 4 | 6)
        && time.parse::<u32>().is_ok_and(|number| {
            let (hour, minute, second) = if time.len() == 4 {
                (number / 100, number % 100, 0)
            } else {
                (number / 10_000, number / 100 % 100, number % 100)
            };
            hour < 24 && minute < 60 && second < 60
        });
    let is_moment = day.bytes().all(|byte| byte.is_ascii_digit()) && (time.is_empty() && piece.len() == 8 || is_time);
    let (host, port) = piece.split_once(':').unwrap_or((piece, "0"));
    let groups: Vec<&str> = host.split('.').collect();
    let is_address =
        groups.len() == 4 && groups.iter().all(|group| group.parse::<u8>().is_ok()) && port.parse::<u16>().is_ok();
    let is_size = is_compact && after.starts_with(" bytes");
    // The range of a numeric option.
    let is_bound = piece.starts_with("0..=");
    is_day && is_moment || is_address || is_size || is_bound
}

/// Marks escaped characters: `&#45;`, `%2D`, `\\u002d`.
fn escapes(characters: &[(usize, char)]) -> Vec<bool> {
    let mut marks = vec![false; characters.len()];
    for (index, (_, c)) in characters.iter().enumerate() {
        let next = characters.get(index.saturating_add(1)).map(|(_, c)| *c);
        let length = match (c, next) {
            ('&', _) => characters.iter().skip(index).take(MAX_GAP).position(|(_, c)| *c == ';').unwrap_or(0),
            ('%', _) => 3,
            ('\\', Some('u')) => 6,
            ('\\', Some('x')) => 4,
            _ => 0,
        };
        marks.iter_mut().skip(index).take(length).for_each(|mark| *mark = true);
    }
    marks
}

/// Five groups of about five letters and digits, or about 25 of them in one word of one case; at least two are digits.
fn product_keys(characters: &[(usize, char)]) -> Vec<Range<usize>> {
    let escapes = escapes(characters);
    let is_inside = |index: &usize| {
        let is_escape = escapes.get(*index).copied().unwrap_or_default();
        !is_escape && characters.get(*index).is_some_and(|(_, c)| c.is_alphanumeric())
    };
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        let end = (index..characters.len()).find(|at| !is_inside(at)).unwrap_or(characters.len());
        if end > index {
            words.push(index..end);
        }
        index = end.saturating_add(1);
    }
    let piece = |range: &Range<usize>| characters.get(range.clone()).unwrap_or_default();
    let digits = |range: &Range<usize>| piece(range).iter().filter(|(_, c)| c.is_numeric()).count();
    let has_one_case = |range: &Range<usize>| {
        let upper = piece(range).iter().any(|(_, c)| c.is_uppercase());
        !(upper && piece(range).iter().any(|(_, c)| c.is_lowercase()))
    };
    let mut found = Vec::new();
    for word in &words {
        let is_long = (PRODUCT_KEY_LENGTH - 1..=PRODUCT_KEY_LENGTH + 1).contains(&word.len());
        if is_long && digits(word) >= 2 && has_one_case(word) && digits(word) < word.len() {
            found.push(word.clone());
        }
    }
    let changes = |range: &Range<usize>| {
        piece(range)
            .windows(2)
            .filter(|pair| matches!(pair, [(_, one), (_, other)] if one.is_numeric() != other.is_numeric()))
            .count()
    };
    // Keys of eight and three, and of thirteen letters and digits.
    for word in words.iter().filter(|word| (12..=14).contains(&word.len())) {
        if digits(word) >= 4 && changes(word) >= 3 && has_one_case(word) {
            found.push(word.clone());
        }
    }
    for pair in words.windows(2) {
        let [one, other] = pair else { continue };
        let (whole, close) = (one.start..other.end, other.start.saturating_sub(one.end) <= MAX_GAP);
        let near = (7..=9).contains(&one.len()) && (2..=4).contains(&other.len());
        if near && close && digits(one).saturating_add(digits(other)) >= 4 && changes(one) >= 2 && has_one_case(&whole)
        {
            found.push(whole);
        }
    }
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, kept| next.start < kept.end);
    for five in words.windows(GROUP_LENGTH) {
        let ([first, .., last], lengths) = (five, five.iter().map(|word| word.len())) else { continue };
        let whole = first.start..last.end;
        let near = five.iter().all(|word| (GROUP_LENGTH - 1..=GROUP_LENGTH + 1).contains(&word.len()));
        let exact = lengths.filter(|length| *length == GROUP_LENGTH).count() >= GROUP_LENGTH - 1;
        let close = five.windows(2).all(|pair| match pair {
            [one, other] => other.start.saturating_sub(one.end) <= MAX_GAP,
            _ => false,
        });
        let total: usize = five.iter().map(digits).sum();
        let is_free = found.iter().all(|other| other.end <= whole.start || whole.end <= other.start);
        if near
            && exact
            && close
            && (2..PRODUCT_KEY_LENGTH).contains(&total)
            && five.iter().all(has_one_case)
            && is_free
        {
            found.push(whole);
        }
    }
    found.extend(split_keys(characters, &words, &found));
    found
}

/// A key of 25 capital letters and digits in groups of any length, one letter or digit too many or too few: digits and letters take turns
/// more often than in words and versions.
fn split_keys(characters: &[(usize, char)], words: &[Range<usize>], found: &[Range<usize>]) -> Vec<Range<usize>> {
    const MIN_DIGITS_OF_KEY: usize = 4;
    const MIN_CHANGES: usize = 7;
    let mut split: Vec<Range<usize>> = Vec::new();
    let is_free = |whole: &Range<usize>, other: &Range<usize>| other.end <= whole.start || whole.end <= other.start;
    for (at, first) in words.iter().enumerate() {
        let (mut letters, mut last): (Vec<char>, usize) = (Vec::new(), first.start);
        for word in words.iter().skip(at) {
            letters.extend(characters.get(word.clone()).unwrap_or_default().iter().map(|(_, c)| *c));
            if word.start.saturating_sub(last) > MAX_GAP || letters.len() > PRODUCT_KEY_LENGTH + 1 {
                break;
            }
            last = word.end;
            let whole = first.start..last;
            let digits = letters.iter().filter(|c| c.is_numeric()).count();
            let changes = letters
                .windows(2)
                .filter(|pair| matches!(pair, [one, other] if one.is_numeric() != other.is_numeric()));
            let is_key = letters.len() >= PRODUCT_KEY_LENGTH - 1
                && letters.iter().all(|c| !c.is_lowercase())
                && (MIN_DIGITS_OF_KEY..PRODUCT_KEY_LENGTH - MIN_DIGITS_OF_KEY).contains(&digits)
                && changes.count() >= MIN_CHANGES;
            if is_key && found.iter().chain(&split).all(|other| is_free(&whole, other)) {
                split.push(whole);
                break;
            }
        }
    }
    split
}
