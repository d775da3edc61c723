//! Reads a postoffice serial as ASCII text: up to four digits, a hyphen with or without spaces around it, five digits.

use crate::model::postoffice::SerialNumber;
use nom::{
    IResult, Parser,
    bytes::complete::{tag, take_while, take_while_m_n},
    combinator::{map_res, not, peek},
    sequence::{preceded, terminated},
};

/// The numbers of a serial in a text that has no other digits: `[22- 28798]`.
///
/// Spaces and line breaks beside the hyphen are skipped (Q151228 prints one). `None` if it is not a serial.
///
/// ```
/// use jewelcase::internals::{model::postoffice::SerialNumber, parse::serial::number};
/// assert_eq!(number("0799-99992"), Some(SerialNumber::PLACEHOLDER));
/// assert_eq!(number("[22- 28798]"), Some(SerialNumber::CONNECTOR));
/// assert_eq!(number("1B61-1104"), None);
/// ```
pub fn number(text: &str) -> Option<SerialNumber> {
    let inside = text.trim().trim_start_matches('[').trim_end_matches(']').trim();
    match hyphenated(inside.as_bytes()) {
        Ok((b"", serial)) => Some(serial),
        Ok(_) | Err(_) => None,
    }
}

/// ```text
/// serial = digit{1,4} blank* "-" blank* digit{5}
/// ```
pub(super) fn hyphenated(bytes: &[u8]) -> IResult<&[u8], SerialNumber> {
    let blanks = || take_while(|byte: u8| byte.is_ascii_whitespace());
    let hyphen = (blanks(), tag(&b"-"[..]), blanks());
    let (rest, (prefix, suffix)) = (digits(1, 4), preceded(hyphen, digits(5, 5))).parse(bytes)?;
    Ok((rest, of(prefix, suffix)))
}

/// A serial without a hyphen: the last five digits are the suffix.
pub(super) fn joined(bytes: &[u8]) -> IResult<&[u8], SerialNumber> {
    let (rest, number) = digits(6, 9).parse(bytes)?;
    Ok((rest, of(number / 100_000, number % 100_000)))
}

/// Accepts what `parser` accepts, if no further digit follows.
pub(super) fn digits_end<'b, O>(
    serial: impl Parser<&'b [u8], Output = O, Error = nom::error::Error<&'b [u8]>>,
) -> impl Parser<&'b [u8], Output = O, Error = nom::error::Error<&'b [u8]>> {
    terminated(serial, not(peek(take_while_m_n(1, 1, |byte: u8| byte.is_ascii_digit()))))
}

fn digits<'b>(least: usize, most: usize) -> impl Parser<&'b [u8], Output = u32, Error = nom::error::Error<&'b [u8]>> {
    map_res(take_while_m_n(least, most, |byte: u8| byte.is_ascii_digit()), |digits| {
        std::str::from_utf8(digits).unwrap_or_default().parse::<u32>()
    })
}

/// The number of digits keeps both numbers in their ranges.
fn of(prefix: u32, suffix: u32) -> SerialNumber {
    SerialNumber { prefix: u16::try_from(prefix).unwrap_or(u16::MAX), suffix }
}
