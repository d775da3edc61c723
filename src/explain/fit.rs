//! The fit of a message to the words that a user typed.

use crate::model::{
    screen::{Piece, is_number},
    within::Within,
};
use std::collections::HashSet;

/// The fit of a message to the text on the screen, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Many of the same words in the same order, in thousandths of the words typed.
    Similar(u32),
    /// The message is a part of the typed text; longer messages are better.
    Contained(usize),
    /// The typed text is a part of the message.
    Part,
    /// The message, whole.
    Whole,
}

impl Fit {
    /// The class that comes before everything else in the order of articles.
    pub(super) fn class(self) -> Class {
        match self {
            Self::Similar(_) => Class::Similar,
            Self::Contained(_) | Self::Part => Class::Part,
            Self::Whole => Class::Whole,
        }
    }
}

/// The kinds of fit, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Many of the same words.
    Similar,
    /// A part.
    Part,
    /// The whole message.
    Whole,
}

/// Returns `true` if a message belongs to another Notice, Fatal, error or event than the one that was typed.
pub(super) fn of_other_number(message: &[Piece], typed: &[String]) -> bool {
    numbered(message, typed).contains(&false)
}

/// Returns `true` if a message belongs to the very Notice, Fatal, error or event that was typed.
fn of_same_number(message: &[Piece], typed: &[String]) -> bool {
    numbered(message, typed).contains(&true)
}

/// Whether the numbers agree, for each kind of number that a message and the typed words have.
fn numbered(message: &[Piece], typed: &[String]) -> Vec<bool> {
    let printed: Vec<_> = message
        .iter()
        .map(|piece| match piece {
            Piece::Word(word) => word.as_str(),
            Piece::Number | Piece::Text | Piece::Joined { .. } => "",
        })
        .collect();
    let typed: Vec<_> = typed.iter().map(String::as_str).collect();
    let (printed, typed) = (codes(&printed), codes(&typed));
    let agree = KINDS.iter().filter_map(|kind| {
        let of_kind = |codes: &[(&str, &str)]| -> Vec<String> {
            codes
                .iter()
                .filter(|(of, _)| of == kind)
                .map(|(_, number)| number.trim_start_matches('0').to_owned())
                .collect()
        };
        let (printed, typed) = (of_kind(&printed), of_kind(&typed));
        (!printed.is_empty() && !typed.is_empty()).then(|| typed.iter().any(|number| printed.contains(number)))
    });
    // Notice 201 is not event 201, and neither is error 201.
    let apart = !printed.is_empty()
        && !typed.is_empty()
        && !typed.iter().any(|(kind, _)| printed.iter().any(|(other, _)| numbering(kind) == numbering(other)));
    agree.chain(apart.then_some(false)).collect()
}

/// The programs count notices and events by themselves; a fatal error, an error and a warning have their numbers in one list.
fn numbering(kind: &str) -> &str {
    match kind {
        "notice" | "note" => "notice",
        "event" => "event",
        _ => "error",
    }
}

/// The words before a number that identifies a message.
const KINDS: [&str; 6] = ["notice", "fatal", "error", "warning", "event", "note"];

/// Each of these words with the number that follows it: `notice 9`, `event id 201`, `fatal [91]`.
pub(super) fn codes<'w>(words: &[&'w str]) -> Vec<(&'w str, &'w str)> {
    let kinds = words.iter().enumerate().filter(|(_, word)| KINDS.contains(word));
    let followed = kinds.filter_map(|(at, kind)| {
        let after = words
            .within(at.saturating_add(1)..)
            .iter()
            .find(|word| !matches!(**word, "id" | "code" | "number" | "no"))?;
        // A variable part of a message has no word; it can be any number.
        (!after.is_empty() && is_number(after)).then_some((*kind, *after))
    });
    followed.collect()
}

/// Returns `true` if a message has enough of the typed words to fit them at all. A topic is compared with some thousand texts, so this
/// quick test
/// rules out most of them before the comparison word by word.
pub(super) fn may_fit(message: &[Piece], typed: &HashSet<&str>, length: usize) -> bool {
    let (mut words, mut shared, mut varying) = (0_usize, 0_usize, 0_usize);
    for piece in message {
        match piece {
            Piece::Word(word) => {
                words = words.saturating_add(1);
                if typed.contains(word.as_str()) {
                    shared = shared.saturating_add(1);
                    if is_code(word) {
                        return true;
                    }
                }
            }
            Piece::Number | Piece::Joined { .. } => varying = varying.saturating_add(1),
            Piece::Text => {}
        }
    }
    shared == words
        || shared.saturating_mul(2) >= length
        || shared.saturating_add(varying).saturating_mul(10) >= length.saturating_mul(6)
}

/// Returns `true` if a word identifies one message among thousands: 4188, c1032695.
fn is_code(word: &str) -> bool {
    word.len() > 3 && word.contains(|c: char| c.is_ascii_digit())
}

/// The fit of a message to the typed words, if it fits at all.
pub(super) fn fit(message: &[Piece], typed: &[String]) -> Option<Fit> {
    let words = message.iter().filter(|piece| matches!(piece, Piece::Word(_))).count();
    let contained = contained(message, typed, true);
    if contained == Some(typed.len()) {
        return Some(Fit::Whole);
    }
    // One word occurs in many messages, two in some: they have to be a third of it, or a code such as 4188 or c1032695.
    let telling = typed.len() >= 3
        || typed.len() == 2 && words <= 6
        || typed.iter().any(|word| is_code(word))
        || of_same_number(message, typed);
    if telling && is_part(message, typed) {
        return Some(Fit::Part);
    }
    if contained.is_some() && (words >= 3 || words.saturating_mul(2) >= typed.len()) {
        return Some(Fit::Contained(words));
    }
    let coded = |word: &String| is_code(word) && message.contains(&Piece::Word(word.clone()));
    if typed.iter().any(coded) {
        return Some(Fit::Similar(1000));
    }
    let common = common_words(message, typed);
    let share = u32::try_from(common.saturating_mul(1000).checked_div(typed.len()).unwrap_or(0)).unwrap_or(0);
    (common >= 3 && share >= 600 && common.saturating_mul(2) >= words.min(typed.len())).then_some(Fit::Similar(share))
}

/// The number of typed words, from the first to the last, that the message covers if it occurs in them.
fn contained(message: &[Piece], typed: &[String], anywhere: bool) -> Option<usize> {
    // ends[j]: the earliest start of the pieces so far, if they match up to word j.
    let mut ends: Vec<Option<usize>> =
        (0..=typed.len()).map(|start| (anywhere || start == 0).then_some(start)).collect();
    for piece in message {
        let mut next = vec![None; typed.len().saturating_add(1)];
        for (at, start) in ends.iter().enumerate() {
            let Some(start) = *start else { continue };
            match piece {
                Piece::Word(_) | Piece::Number | Piece::Joined { .. } => {
                    if typed.get(at).is_some_and(|word| piece.is(word))
                        && let Some(end) = next.get_mut(at.saturating_add(1))
                    {
                        keep_earliest(end, start);
                    }
                }
                Piece::Text => {
                    for end in next.iter_mut().skip(at) {
                        keep_earliest(end, start);
                    }
                }
            }
        }
        ends = next;
    }
    ends.iter().enumerate().filter_map(|(end, start)| start.map(|start| end.saturating_sub(start))).max()
}

fn keep_earliest(slot: &mut Option<usize>, start: usize) {
    *slot = Some(slot.map_or(start, |other| other.min(start)));
}

/// Returns `true` if the typed words are a part of the message, and at least half of them match its own words, not its variable parts.
fn is_part(message: &[Piece], typed: &[String]) -> bool {
    (0..message.len()).any(|from| {
        let mut words = typed.iter();
        let mut own = 0_usize;
        for piece in message.within(from..) {
            let Some(word) = words.next() else { break };
            match piece {
                Piece::Word(expected) if expected == word => own = own.saturating_add(1),
                Piece::Text => {}
                Piece::Number | Piece::Joined { .. } if piece.is(word) => {}
                Piece::Word(_) | Piece::Number | Piece::Joined { .. } => return false,
            }
        }
        words.next().is_none() && (own.saturating_mul(2) >= typed.len() && typed.len() > 2 || own == typed.len())
    })
}

/// The length of the longest common subsequence of words.
fn common_words(message: &[Piece], typed: &[String]) -> usize {
    let mut row = vec![0_usize; typed.len()];
    for piece in message {
        let (mut left, mut diagonal) = (0, 0_usize);
        for (longest, word) in row.iter_mut().zip(typed) {
            let above = *longest;
            *longest = if piece.is(word) { diagonal.saturating_add(1) } else { above.max(left) };
            (left, diagonal) = (*longest, above);
        }
    }
    row.last().copied().unwrap_or(0)
}
