//! The status screens of EXTERNAL, F2 and F3, with columns identified by name, because no article prints one in full (Q118448, Q131680).

use crate::model::{
    inventory::{Inventory, Row},
    postoffice::SerialSource,
};
use nom::{
    IResult, Parser, bytes::complete::take_while1, character::complete::space0, multi::many1, sequence::preceded,
};

/// The heading of the screen.
const HEADING: &str = "dispatch mail postoffice status";

/// The states of a connection.
const STATES: [&str; 7] = ["START", "UNINIT", "OK", "ERROR", "FULL", "FAILED", "NO-REF"];

/// Adds the postoffices of every screen in a text.
pub(super) fn read(text: &str, inventory: &mut Inventory) {
    let mut on_a_screen = false;
    for (line, number) in text.lines().zip(1..) {
        let lower = line.to_ascii_lowercase();
        on_a_screen |=
            lower.contains(HEADING) || ["network", "postoffice", "serial#"].iter().all(|title| lower.contains(title));
        if on_a_screen {
            let column = (line.chars().take_while(|c| c.is_whitespace()).count() as u64).saturating_add(1);
            inventory.rows.extend(row(line, number, column));
        }
    }
}

/// ```text
/// row = network postoffice serial? state number*
/// ```
fn row(line: &str, number: u64, column: u64) -> Option<Row> {
    let (_, words) = words(line).ok()?;
    let is_state = |word: &&str| STATES.iter().any(|state| word.eq_ignore_ascii_case(state));
    let (network, postoffice, serial) = match words.as_slice() {
        [network, postoffice, state, ..] if is_state(state) => (network, postoffice, None),
        [network, postoffice, serial, state, ..] if is_state(state) => (network, postoffice, Some(serial)),
        _ => return None,
    };
    // The screen has no number until MASTER.GLB has been read.
    let serial = serial.filter(|serial| serial.bytes().any(|byte| (b'1'..=b'9').contains(&byte)));
    Some(Row {
        network: Some((*network).to_owned()),
        postoffice: Some((*postoffice).to_owned()),
        serial: serial.map(|serial| (*serial).to_owned()),
        path: None,
        class: None,
        source: SerialSource::Inventory,
        complaint: None,
        line: number,
        column,
    })
}

fn words(line: &str) -> IResult<&str, Vec<&str>> {
    let border = |c: char| c.is_whitespace() || "|│║".contains(c);
    many1(preceded((space0, nom::bytes::complete::take_while(border)), take_while1(move |c| !border(c)))).parse(line)
}
