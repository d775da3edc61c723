//! Reads the text of a message: as a user typed it, and as an article prints it with its variable parts.

use crate::model::screen::Piece;
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_while, take_while_m_n, take_while1},
    combinator::{map, opt, value},
    multi::many0,
    sequence::preceded,
};

/// The pieces of a message.
///
/// ```text
/// message = (mark* (piece))* mark*
/// piece   = joined | "{number}" | "{text}" | word
/// joined  = word varies word? | varies word
/// varies  = "{number}" | "{text}"
/// word    = (letter | digit)+
/// ```
pub fn message(text: &str) -> Vec<Piece> {
    let mark = |c: char| !c.is_alphanumeric();
    let piece =
        alt((joined, value(Piece::Number, tag("{number}")), value(Piece::Text, tag("{text}")), map(word, Piece::Word)));
    let some = alt((map(piece, Some), value(None, take_while_m_n(1, 1, mark))));
    many0(some).parse(text).map_or_else(|_| Vec::new(), |(_, pieces)| pieces.into_iter().flatten().collect())
}

/// A word with a variable part in it, or at one end.
fn joined(text: &str) -> IResult<&str, Piece> {
    let varies = |text| alt((tag("{number}"), tag("{text}"))).parse(text);
    let end = map((opt(word), varies, word), |(before, _, after)| Piece::Joined {
        before: before.unwrap_or_default(),
        after,
    });
    let beginning = map((word, varies), |(before, _)| Piece::Joined { before, after: String::new() });
    alt((end, beginning)).parse(text)
}

/// The words of a text, in lower case: line breaks, case, quotes and punctuation do not count.
pub fn words(text: &str) -> Vec<String> {
    let mark = |c: char| !c.is_alphanumeric();
    many0(preceded(take_while(mark), word)).parse(text).map_or_else(|_| Vec::new(), |(_, words)| words)
}

fn word(text: &str) -> IResult<&str, String> {
    map(take_while1(char::is_alphanumeric), str::to_lowercase).parse(text)
}

/// The words in their own spelling, with one space between them.
pub fn spelled(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_words_and_placeholders() {
        let expected =
            [Piece::Word("from".into()), Piece::Number, Piece::Word("to".into()), Piece::Number, Piece::Text];
        assert_eq!(message("From {number} to {number}: {text}."), expected);
    }

    #[test]
    fn what_varies_may_be_a_part_of_a_word() {
        let joined = |before: &str, after: &str| Piece::Joined { before: before.into(), after: after.into() };
        assert_eq!(
            message("EBU{text} of {number}MB, {x}"),
            [joined("ebu", ""), Piece::Word("of".into()), joined("", "mb"), Piece::Word("x".into())]
        );
        assert!(joined("ebu", "").is("ebu12") && joined("", "mb").is("64mb") && !joined("ebu", "").is("eb"));
    }

    #[test]
    fn case_wrapping_and_punctuation_do_not_count() {
        assert_eq!(
            words("This is an\r\n  INVALID \"CD Key\" value!"),
            ["this", "is", "an", "invalid", "cd", "key", "value"]
        );
    }
}
