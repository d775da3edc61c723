//! Event 4188 of the Exchange PC MTA: two postoffices with one serial (Q151228).

use super::Places;
use crate::model::{
    inventory::{Inventory, Row},
    postoffice::SerialSource,
    within::Within,
};
use nom::{
    IResult, Parser,
    bytes::complete::{tag, tag_no_case, take_while, take_while1},
    character::complete::{char, multispace0, multispace1},
    combinator::recognize,
    sequence::{delimited, preceded},
};

/// The beginning of every such event.
const BEGINNING: &str = "the postoffice";

/// Adds both postoffices of every event in a text; there may be line breaks in place of spaces.
pub(super) fn read(text: &str, inventory: &mut Inventory) {
    let lower = text.to_ascii_lowercase();
    let mut places = Places::of(text);
    let mut at = 0;
    let mut complaint = 0_u64;
    while let Some(found) = lower.within(at..).find(BEGINNING) {
        let start = at.saturating_add(found);
        match event(text.within(start..)) {
            Ok((rest, Event { one, other, serial })) => {
                complaint = complaint.saturating_add(1);
                for party in [one, other] {
                    let (line, column) = places.at(text.len().saturating_sub(party.rest_at));
                    inventory.rows.push(Row {
                        network: Some(party.network.to_owned()),
                        postoffice: Some(party.postoffice.to_owned()),
                        serial: Some(serial.clone()),
                        path: Some(party.path.to_owned()),
                        class: None,
                        source: SerialSource::Event,
                        complaint: Some(complaint),
                        line,
                        column,
                    });
                }
                at = text.len().saturating_sub(rest.len());
            }
            Err(_) => at = start.saturating_add(BEGINNING.len()),
        }
    }
}

struct Event<'t> {
    one: Party<'t>,
    other: Party<'t>,
    /// Without the spaces and line breaks that some have.
    serial: String,
}

struct Party<'t> {
    network: &'t str,
    postoffice: &'t str,
    path: &'t str,
    /// The length of the remaining text at its beginning.
    rest_at: usize,
}

/// ```text
/// event = "The" party "and the" party "have the same postoffice serial number" "[" serial "]"
/// ```
fn event(text: &str) -> IResult<&str, Event<'_>> {
    let (text, _) = words(text, &["the"])?;
    let (text, one) = party(text)?;
    let (text, _) = words(text, &["and", "the"])?;
    let (text, other) = party(text)?;
    let (text, _) = words(text, &["have", "the", "same", "postoffice", "serial", "number"])?;
    let (text, serial) = delimited((multispace0, char('[')), serial, char(']')).parse(text)?;
    Ok((text, Event { one, other, serial: serial.split_whitespace().collect() }))
}

/// ```text
/// party = "postoffice" name "/" name "on" path
/// ```
fn party(text: &str) -> IResult<&str, Party<'_>> {
    let (text, _) = words(text, &["postoffice"])?;
    let (text, _) = multispace0(text)?;
    let rest_at = text.len();
    let (text, (network, _, postoffice)) = (name, char('/'), name).parse(text)?;
    let (text, _) = words(text, &["on"])?;
    let (text, path) = preceded(multispace1, take_while1(|c: char| !c.is_whitespace())).parse(text)?;
    Ok((text, Party { network, postoffice, path, rest_at }))
}

fn name(text: &str) -> IResult<&str, &str> {
    take_while1(|c: char| !c.is_whitespace() && c != '/').parse(text)
}

/// Digits, a hyphen, digits, and spaces anywhere.
fn serial(text: &str) -> IResult<&str, &str> {
    let digits = || take_while(|c: char| c.is_ascii_digit() || c.is_whitespace());
    recognize((digits(), tag("-"), digits())).parse(text)
}

/// Words in any case, each but the first after white space.
fn words<'t>(text: &'t str, words: &[&str]) -> IResult<&'t str, ()> {
    let mut rest = text;
    for word in words {
        (rest, _) = preceded(multispace0, tag_no_case(*word)).parse(rest)?;
    }
    Ok((rest, ()))
}
