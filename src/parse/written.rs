//! Splits a typed key into its parts: quotes, switches, groups, separators, strays.

use crate::model::{within::span_of, written::Written};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{is_not, take_until, take_while, take_while1},
    character::complete::{anychar, one_of},
    combinator::{consumed, opt, peek, recognize, value},
    multi::fold_many0,
    sequence::{preceded, terminated},
};

/// Reads any text; there is no text that cannot be read.
///
/// ```text
/// text      = blank* (command? switch)? token*
/// command   = any characters but "/", then a switch
/// switch    = ("/" | "-") ("k" | "c") blank-or-quote-follows blank*
/// token     = group | hyphen | blank | quote | bracket | stray
/// group     = (letter | digit | "#" | "?" | "*")+      of any script
/// ```
pub fn written(text: &str) -> Written<'_> {
    let mut written = Written {
        text,
        switch: None,
        groups: Vec::with_capacity(4),
        characters: 0,
        brackets: Vec::new(),
        strays: Vec::new(),
    };
    // Most texts are digits and hyphens: without a switch's letter there is no switch.
    let may_have_switch = text.bytes().any(|byte| matches!(byte, b'k' | b'K' | b'c' | b'C'));
    let rest = match may_have_switch.then(|| command(text)).transpose() {
        Ok(Some((rest, switch))) => {
            written.switch = Some(span_of(text, switch));
            rest
        }
        Ok(None) | Err(_) => text,
    };
    let mut place = |slice: &str, token: Token| {
        let span = span_of(text, slice);
        match token {
            Token::Group => {
                written.characters = written.characters.saturating_add(slice.chars().count());
                written.groups.push(span);
            }
            Token::Hyphen | Token::Blank | Token::Quote => {}
            Token::Bracket => written.brackets.push(span),
            Token::Stray => written.strays.push(span),
        }
    };
    let tokens: IResult<&str, ()> =
        fold_many0(consumed(token), || (), |(), (slice, token)| place(slice, token)).parse(rest);
    debug_assert!(tokens.is_ok_and(|(rest, ())| rest.is_empty()), "every character starts a token");
    written
}

/// The kinds of token.
#[derive(Clone, Copy)]
enum Token {
    Group,
    Hyphen,
    Blank,
    Quote,
    Bracket,
    Stray,
}

/// `command? switch`, as in `D:\setup.exe /k`; returns the switch.
fn command(text: &str) -> IResult<&str, &str> {
    let slash = preceded(is_not("/"), switch);
    let dash = preceded((take_until(" -"), take_while1(is_blank)), switch);
    preceded(take_while(is_blank), alt((switch, slash, dash))).parse(text)
}

/// `/k` or `/c`, followed by a space or a quote.
fn switch(text: &str) -> IResult<&str, &str> {
    terminated(
        recognize((one_of("/-"), one_of("kKcC"))),
        (peek(alt((take_while1(is_blank), take_while1(is_quote)))), take_while(is_blank)),
    )
    .parse(text)
}

/// One token, of at least one character.
fn token(text: &str) -> IResult<&str, Token> {
    alt((
        value(Token::Group, take_while1(is_group)),
        value(Token::Hyphen, take_while1(is_hyphen)),
        value(Token::Blank, take_while1(is_blank)),
        value(Token::Quote, take_while1(is_quote)),
        value(Token::Bracket, one_of("<>")),
        value(Token::Stray, (anychar, opt(take_while1(is_combining)))),
    ))
    .parse(text)
}

fn is_group(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '#' | '?' | '*')
}

/// The hyphen of the keyboard and the dashes that word processors write in its place.
fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{AD}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// White space of any kind, and the invisible characters that copying leaves (byte order mark, zero-width space).
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}')
}

/// Quotes, and the brackets that event texts and lists put around a number.
fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '[' | ']' | '(' | ')' | '\u{AB}' | '\u{BB}' | '\u{2018}'
            ..='\u{201F}' | '\u{2039}' | '\u{203A}'
    )
}

/// Marks that belong to the character before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Vec<&str> {
        written(text).groups.into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn every_way_of_writing_a_key_gives_the_same_groups() {
        for text in [
            "932-9619111",
            " 932-9619111\r\n",
            "\u{FEFF}932-9619111",
            "932 \u{2013} 9619111",
            "932\u{2212}9619111",
            "932\u{A0}9619111",
            "\"932-9619111\"",
            "\u{201C}932-9619111\u{201D}",
            "/k \"932-9619111\"",
            "/K\"932-9619111\"",
            "D:\\msworks\\setup /K\"932-9619111\"",
            "setup.exe -k '932-9619111'",
        ] {
            assert_eq!(groups(text), ["932", "9619111"], "{text:?}");
        }
    }

    #[test]
    fn what_is_no_group_and_no_separator_is_a_stray_with_its_place() {
        let text = "11.\0-111e\u{301}";
        let written = written(text);
        let strays: Vec<_> = written.strays.iter().map(|span| &text[span.clone()]).collect();
        assert_eq!(strays, [".", "\0", "\u{301}"]);
    }

    #[test]
    fn a_slash_k_in_the_middle_of_words_is_no_switch() {
        assert_eq!(written("and/kind").switch, None);
    }
}
