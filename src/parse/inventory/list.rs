//! Lines `NET/PO serial` and `NET,PO,serial`, as people write them down for their diskettes.

use crate::model::{
    inventory::{Inventory, LineFault, Row},
    postoffice::SerialSource,
};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{take_while, take_while1},
    character::complete::{one_of, space0, space1},
    combinator::{eof, verify},
    sequence::{delimited, terminated},
};

/// Adds the postoffice of every line. Empty lines and those that begin with `#` or `;` are skipped.
pub(super) fn read(text: &str, inventory: &mut Inventory) {
    for (line, number) in text.lines().zip(1..) {
        let content = line.trim();
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        match row(content) {
            Ok((_, (network, postoffice, serial))) => inventory.rows.push(Row {
                network: Some(network.to_owned()),
                postoffice: Some(postoffice.to_owned()),
                serial: Some(serial.to_owned()),
                path: None,
                class: None,
                source: SerialSource::Inventory,
                complaint: None,
                line: number,
                column: (line.chars().take_while(|c| c.is_whitespace()).count() as u64).saturating_add(1),
            }),
            Err(_) => {
                inventory.faults.push(LineFault { line: number, message: "expected a line `NET/PO serial`".to_owned() })
            }
        }
    }
}

type Parts<'t> = (&'t str, &'t str, &'t str);

/// ```text
/// row = name "/" name blank+ serial
///     | name separator name separator serial          separator: "," ";" or a tab
/// ```
fn row(line: &str) -> IResult<&str, Parts<'_>> {
    terminated(alt((slashed, separated)), (space0, eof)).parse(line)
}

fn slashed(line: &str) -> IResult<&str, Parts<'_>> {
    let (line, (network, _, postoffice)) = (name, one_of("/\\"), name).parse(line)?;
    let (line, _) = (space0, nom::combinator::opt(one_of(",;:=\t")), space0).parse(line)?;
    let (line, serial) = serial(line)?;
    Ok((line, (network, postoffice, serial)))
}

fn separated(line: &str) -> IResult<&str, Parts<'_>> {
    let separator = || delimited(take_while(|c| c == ' '), one_of(",;\t"), space0);
    let (line, (network, _, postoffice, _, serial)) = (name, separator(), name, separator(), serial).parse(line)?;
    Ok((line, (network, postoffice, serial)))
}

fn name(line: &str) -> IResult<&str, &str> {
    take_while1(|c: char| !c.is_whitespace() && !"/\\,;:=".contains(c)).parse(line)
}

/// Digits with a hyphen, well formed or not: their faults are judged elsewhere.
fn serial(line: &str) -> IResult<&str, &str> {
    let character = |c: char| c.is_ascii_hexdigit() || "-[] ".contains(c);
    let (line, _) = nom::combinator::opt(space1).parse(line)?;
    verify(take_while1(character), |text: &str| text.contains('-') && text.bytes().any(|byte| byte.is_ascii_digit()))
        .map(|text: &str| text.trim())
        .parse(line)
}
