//! Reads the text of a message: as a person typed it, and as an article prints it with its variable parts.

use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_while, take_while1},
    combinator::{map, value},
    multi::many0,
    sequence::preceded,
};

/// A piece of a message that an article prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A word, in lower case.
    Word(String),
    /// A number that varies.
    Number,
    /// Any words that vary, or none.
    Text,
}

/// The pieces of a message.
///
/// ```text
/// message = (mark* (piece))* mark*
/// piece   = "{number}" | "{text}" | word
/// word    = (letter | digit)+
/// ```
pub fn message(text: &str) -> Vec<Piece> {
    let mark = |c: char| !c.is_alphanumeric() && c != '{';
    let piece = alt((value(Piece::Number, tag("{number}")), value(Piece::Text, tag("{text}")), map(word, Piece::Word)));
    many0(preceded(take_while(mark), piece)).parse(text).map_or_else(|_| Vec::new(), |(_, pieces)| pieces)
}

/// The words of a text, in lower case: line breaks, case, quotes and punctuation do not count.
pub fn words(text: &str) -> Vec<String> {
    let mark = |c: char| !c.is_alphanumeric();
    many0(preceded(take_while(mark), word)).parse(text).map_or_else(|_| Vec::new(), |(_, words)| words)
}

fn word(text: &str) -> IResult<&str, String> {
    map(take_while1(char::is_alphanumeric), str::to_lowercase).parse(text)
}

/// The words as they are spelled, with one blank between them.
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
    fn case_wrapping_and_punctuation_do_not_count() {
        assert_eq!(
            words("This is an\r\n  INVALID \"CD Key\" value!"),
            ["this", "is", "an", "invalid", "cd", "key", "value"]
        );
    }
}
