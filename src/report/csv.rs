//! A row for each finding, for spreadsheets.

use super::{Output, Report, visible};
use crate::{
    model::within::Within,
    wire::{Entry, Field, Finding, Properties, State, position::Position, summary::Summary},
};
use csv::{Terminator, WriterBuilder};
use std::{
    collections::{HashMap, HashSet},
    io,
};

/// The names of the columns.
const COLUMNS: [&str; 18] = [
    "path", "line", "column", "kind", "label", "form", "product", "sku", "from", "verdict", "rule", "severity",
    "basis", "message", "remedies", "state", "reason", "expires",
];

/// Writes a row for each finding and for each check that could not be answered, and one for a subject without either.
///
/// The severity of a check that could not be answered is `unanswered`. Remedies are separated by spaces. A cell that a spreadsheet would
/// interpret as a formula gets an apostrophe in front. If the entries carry the other columns of a scanned table, those follow, named
/// as in the first table; other columns of another table go into the last column as `name=value`.
pub struct Writer<'o> {
    out: csv::Writer<Output<'o>>,
    /// The names of the carried columns, once the first row was written.
    carried: Option<Vec<String>>,
}

impl<'o> Writer<'o> {
    /// Starts a table. Its first row waits for the first entry, which may carry columns.
    pub fn new(out: Output<'o>) -> Self {
        Self {
            out: WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(visible::output(out)),
            carried: None,
        }
    }

    /// The names of the columns, once.
    fn header(&mut self, record: &[Field<'_>]) -> io::Result<()> {
        if self.carried.is_none() {
            let names: Vec<String> = record.iter().map(|field| field.name.to_string()).collect();
            let besides = (!names.is_empty()).then_some("other columns");
            let carried = names.iter().map(String::as_str).chain(besides);
            self.out.write_record(COLUMNS.into_iter().map(str::to_owned).chain(carried.map(cell))).map_err(as_io)?;
            self.carried = Some(names);
        }
        Ok(())
    }

    /// The carried columns of a row, in the order of the first table.
    fn carried(&self, record: &[Field<'_>]) -> Vec<String> {
        let names = self.carried.as_deref().unwrap_or_default();
        if names.is_empty() {
            return Vec::new();
        }
        // Nearly every row belongs to the first table, and there can be many columns.
        let same = record.iter().zip(names).take_while(|(field, name)| field.name == name.as_str()).count();
        let (first, others) = record.split_at(same);
        let first = first.iter().map(|field| field.value.to_string());
        if others.is_empty() {
            return first.chain(names.within(same..).iter().map(|_| String::new())).chain([String::new()]).collect();
        }
        let mut named: HashMap<&str, &str> = HashMap::new();
        others.iter().for_each(|field| _ = named.entry(&field.name).or_insert(&field.value));
        let rest = names.within(same..);
        let rest_values = rest.iter().map(|name| named.get(name.as_str()).copied().unwrap_or_default().to_owned());
        let names: HashSet<&str> = names.iter().map(String::as_str).collect();
        let besides = others.iter().filter(|field| !names.contains(&*field.name));
        let besides: Vec<_> = besides.map(|field| format!("{}={}", field.name, field.value)).collect();
        first.chain(rest_values).chain([besides.join("; ")]).collect()
    }

    /// Writes a row: the columns of the subject, then those of one finding.
    fn row(&mut self, entry: &Entry<'_>, finding: Option<&Finding<'_>>, columns: [&str; 8]) -> io::Result<()> {
        let place = Position::of(entry, finding);
        let path = if place.is_in_a_file() { place.path.as_str() } else { "" };
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let (line, column) = (number(place.line), number(place.column));
        let subject = [
            path,
            &line,
            &column,
            entry.kind.id(),
            &entry.label,
            entry.form.as_deref().unwrap_or_default(),
            entry.product.as_deref().unwrap_or_default(),
            entry.sku.map_or("", |sku| sku.id()),
            entry.from.as_deref().unwrap_or_default(),
            entry.verdict.id(),
        ];
        let record = match &entry.properties {
            Properties::Key(key) => key.record.as_deref().unwrap_or_default(),
            Properties::Plan(_) | Properties::Postoffice(_) | Properties::Media(_) | Properties::File(_) => &[],
        };
        self.header(record)?;
        let carried = self.carried(record);
        let carried = carried.iter().map(String::as_str);
        self.out.write_record(subject.into_iter().chain(columns).chain(carried).map(cell)).map_err(as_io)
    }
}

impl Report for Writer<'_> {
    fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        for finding in &entry.findings {
            let (state, reason, expires) = match &finding.state {
                None => ("", "", ""),
                Some(State::New) => ("new", "", ""),
                Some(State::Known) => ("known", "", ""),
                Some(State::Suppressed { reason, expires }) => {
                    ("suppressed", reason.as_str(), expires.as_deref().unwrap_or_default())
                }
            };
            let remedies = finding.remedies.join(" ");
            let (severity, basis) = (finding.severity.id(), finding.basis.id());
            let columns = [&finding.rule, severity, basis, &finding.message, &remedies, state, reason, expires];
            self.row(entry, Some(finding), columns)?;
        }
        for unanswered in &entry.unanswered {
            let columns = [&unanswered.rule, "unanswered", "", &unanswered.reason, "", "", "", ""];
            self.row(entry, None, columns)?;
        }
        if entry.findings.is_empty() && entry.unanswered.is_empty() {
            self.row(entry, None, [""; 8])?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>, _: &Summary) -> io::Result<()> {
        self.header(&[])?;
        self.out.flush()
    }
}

/// A cell that no spreadsheet interprets as a formula.
fn cell(text: &str) -> String {
    const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
    // Some CI servers interpret a line with this beginning as a command.
    if ["::", "##"].iter().any(|command| text.trim_start().starts_with(command)) {
        return format!("'{text}");
    }
    if !text.starts_with(FORMULA) && !text.contains(';') {
        return text.to_owned();
    }
    // Spreadsheets that separate cells by semicolons split the text even inside quotes.
    let pieces = text.split(';').map(|piece| {
        let inner = piece.trim_start_matches([' ', '"']);
        let before = piece.len().saturating_sub(inner.len());
        if inner.starts_with(FORMULA) { format!("{}'{inner}", piece.within(..before)) } else { piece.to_owned() }
    });
    pieces.collect::<Vec<_>>().join(";")
}

/// The original error of the output: the crate's own conversion would hide a broken pipe.
fn as_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}
