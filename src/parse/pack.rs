//! Reads the notation of a Client Add Pack: `4.0x5`, `4.5x20:protected`, `4.0x5:used=5-10:converted`.

use crate::model::{
    pack::{NotationError, Pack},
    within::span_at,
};
use nom::{
    IResult, Offset, Parser,
    branch::alt,
    bytes::complete::{tag, take_while, take_while1},
    character::complete::{char, digit1},
    combinator::{map, map_res, recognize, value},
    sequence::{preceded, separated_pair},
};

/// The states that can follow a colon, as an error names them.
const STATES: &str = "new, protected, used=FROM-TO, other-server, tried-on-VERSION, converted or defective";

/// Reads a pack.
///
/// ```text
/// pack    = version "x" size (":" state)*
/// version = digit+ ("." digit+)? letter*
/// state   = "new" | "protected" | "used=" number "-" number | "other-server" | "tried-on-" version
///         | "converted" | "defective"
/// ```
///
/// # Errors
/// The first place that is something else, and what was expected there.
///
/// ```
/// let pack = jewelcase::internals::parse::pack::pack("4.0x5:used=5-10").unwrap();
/// assert_eq!((pack.size, pack.used), (5, Some((5, 10))));
/// let error = jewelcase::internals::parse::pack::pack("4.0x5:burnt").unwrap_err();
/// assert_eq!(error.span, 6..11);
/// ```
pub fn pack(text: &str) -> Result<Pack, NotationError> {
    let fail = |rest: &str, expected: &str| {
        let start = text.offset(rest);
        let length = rest.find(':').unwrap_or(rest.len());
        NotationError { text: text.to_owned(), expected: expected.to_owned(), span: span_at(start, length) }
    };
    let (rest, version) = version(text).map_err(|_| fail(text, "a version such as 4.0"))?;
    let (rest, _) = cross(rest).map_err(|_| fail(rest, "x and the number of licences"))?;
    let (mut rest, size) = number(rest).map_err(|_| fail(rest, "a number of licences"))?;
    let mut pack = Pack {
        version: version.to_owned(),
        size,
        protected: false,
        used: None,
        other_server: false,
        tried_on: None,
        converted: false,
        defective: false,
    };
    let mut is_new = false;
    while !rest.is_empty() {
        let (after, _) = colon(rest).map_err(|_| fail(rest, "a colon and a state, or the end"))?;
        let (after_state, state) = state(after).map_err(|_| fail(after, STATES))?;
        if !(after_state.is_empty() || after_state.starts_with(':')) {
            return Err(fail(after, STATES));
        }
        let twice = match state {
            State::New => std::mem::replace(&mut is_new, true),
            State::Protected => std::mem::replace(&mut pack.protected, true),
            State::Used(from, to) => pack.used.replace((from, to)).is_some(),
            State::OtherServer => std::mem::replace(&mut pack.other_server, true),
            State::TriedOn(version) => pack.tried_on.replace(version.to_owned()).is_some(),
            State::Converted => std::mem::replace(&mut pack.converted, true),
            State::Defective => std::mem::replace(&mut pack.defective, true),
        };
        let touched =
            pack.used.is_some() || pack.other_server || pack.tried_on.is_some() || pack.converted || pack.defective;
        if twice {
            return Err(fail(after, "every state once"));
        }
        if is_new && touched {
            return Err(fail(after, "a state that a new disk can be in"));
        }
        rest = after_state;
    }
    Ok(pack)
}

#[derive(Clone, Copy)]
enum State<'t> {
    New,
    Protected,
    Used(u32, u32),
    OtherServer,
    TriedOn(&'t str),
    Converted,
    Defective,
}

fn version(text: &str) -> IResult<&str, &str> {
    let letters = take_while(|c: char| c.is_ascii_lowercase() && c != 'x');
    recognize((digit1, char('.'), digit1, letters)).parse(text)
}

fn cross(text: &str) -> IResult<&str, char> {
    alt((char('x'), char('X'), char('\u{D7}'))).parse(text)
}

fn colon(text: &str) -> IResult<&str, char> {
    char(':').parse(text)
}

fn number(text: &str) -> IResult<&str, u32> {
    map_res(take_while1(|c: char| c.is_ascii_digit()), str::parse).parse(text)
}

fn state(text: &str) -> IResult<&str, State<'_>> {
    alt((
        value(State::New, tag("new")),
        value(State::Protected, tag("protected")),
        map(preceded(tag("used="), separated_pair(number, char('-'), number)), |(from, to)| State::Used(from, to)),
        value(State::OtherServer, tag("other-server")),
        map(preceded(tag("tried-on-"), version), State::TriedOn),
        value(State::Converted, tag("converted")),
        value(State::Defective, tag("defective")),
    ))
    .parse(text)
}
