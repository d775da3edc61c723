//! Tables: CSV and the like, with the columns that say what a key is for.

use super::{
    gather::{Before, Gathering, Place},
    kind::whole_lines,
    people::Spoken,
};
use crate::bulk::Matcher;
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// Which column holds the keys, as the user says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Found by its name or by what stands in it.
    #[default]
    Any,
    /// The column of this name.
    Named(String),
    /// The column of this number, counted from one.
    Numbered(usize),
}

/// The columns that the user named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The one with the keys.
    pub key: Column,
}

/// What each column of a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    delimiter: u8,
    /// The names; empty where the table has no header.
    names: Vec<String>,
    roles: Vec<Role>,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Key,
    Product,
    Sku,
    Package,
    Other,
}

/// Names of columns, without blanks and punctuation.
const KEYS: [&str; 14] = [
    "key",
    "cdkey",
    "productkey",
    "cdkeynumber",
    "productid",
    "pid",
    "serial",
    "serialnumber",
    "poserial",
    "number",
    "keycode",
    "licensekey",
    "licencekey",
    "registrationnumber",
];
const PRODUCTS: [&str; 4] = ["product", "productname", "software", "title"];
const SKUS: [&str; 4] = ["sku", "channel", "edition", "licensetype"];
const PACKAGES: [&str; 4] = ["package", "from", "box", "kit"];

impl Columns {
    /// Whether a text with this delimiter has a column of keys.
    pub(super) fn are_in(&self, head: &[u8], delimiter: u8, matcher: &Matcher<'_>) -> bool {
        Header::of(head, delimiter, self, matcher).is_some()
    }
}

impl Header {
    /// The header of a table that begins with `head`; `None` where no column holds keys.
    pub fn of(head: &[u8], delimiter: u8, columns: &Columns, matcher: &Matcher<'_>) -> Option<Self> {
        let mut rows = whole_lines(head).filter(|line| !line.trim_ascii().is_empty());
        let first = values(rows.next()?, delimiter);
        let names: Vec<String> = first.iter().map(|field| plain(field)).collect();
        let is_key = |field: &str| matcher.is_key(field.trim());
        let has_header = !first.iter().any(|field| is_key(field));
        let mut roles: Vec<Role> = names.iter().map(|name| if has_header { role(name) } else { Role::Other }).collect();
        match &columns.key {
            Column::Named(name) => {
                let name = plain(name);
                let at = names.iter().position(|other| *other == name)?;
                only(&mut roles, at);
            }
            Column::Numbered(number) => {
                let at = number.checked_sub(1).filter(|at| *at < roles.len())?;
                only(&mut roles, at);
            }
            Column::Any if roles.contains(&Role::Key) => {}
            Column::Any => {
                // By what stands there: a column of which most fields are keys.
                let rows: Vec<Vec<Cow<'_, str>>> = whole_lines(head)
                    .skip(usize::from(has_header))
                    .take(32)
                    .map(|row| values(row, delimiter))
                    .collect();
                for (at, role) in roles.iter_mut().enumerate() {
                    let fields = rows.iter().filter_map(|row| row.get(at)).filter(|field| !field.trim().is_empty());
                    let (keys, all) =
                        fields.fold((0, 0), |(keys, all), field| (keys + usize::from(is_key(field)), all + 1));
                    if 2 * keys > all {
                        *role = Role::Key;
                    }
                }
                roles.contains(&Role::Key).then_some(())?;
            }
        }
        let names = if has_header { first.iter().map(|name| name.trim().to_owned()).collect() } else { Vec::new() };
        Some(Self { delimiter, names, roles })
    }

    /// Whether the first row names the columns.
    pub fn is_named(&self) -> bool {
        !self.names.is_empty()
    }

    /// Looks at the rows of a chunk.
    pub(super) fn read(&self, chunk: &[u8], first_is_header: bool, gathering: &mut Gathering<'_, '_>) {
        let last = self.roles.iter().rposition(|role| *role != Role::Other).unwrap_or(0);
        let simple = self.roles.iter().filter(|role| **role != Role::Other).count() == 1 && !gathering.carries();
        let quoted = memchr(b'"', chunk).is_some();
        let (mut rest, mut line, mut header) = (chunk, 0, first_is_header);
        while !rest.is_empty() {
            let (row, lines) = if quoted { quoted_row(rest) } else { (row(rest), 1) };
            let after = &rest[row.len()..];
            let text = row.strip_suffix(b"\n").unwrap_or(row);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            if std::mem::take(&mut header) || text.trim_ascii().is_empty() {
                // Nothing to judge.
            } else if simple && !(quoted && memchr(b'"', text).is_some()) {
                self.key_alone(text, last, line, gathering);
            } else {
                self.whole(text, line, gathering);
            }
            line += lines;
            rest = after;
        }
        gathering.lines(line);
    }

    /// A row of which only the key counts, and that has no quotes.
    fn key_alone(&self, row: &[u8], column: usize, line: u64, gathering: &mut Gathering<'_, '_>) {
        let mut start = 0;
        for _ in 0..column {
            match memchr(self.delimiter, &row[start..]) {
                Some(at) => start += at + 1,
                None => return,
            }
        }
        let end = memchr(self.delimiter, &row[start..]).map_or(row.len(), |at| start + at);
        let field = &row[start..end];
        let before = &row[..start + (field.len() - field.trim_ascii_start().len())];
        let place = Place { line, before: Before::Bytes(before) };
        match std::str::from_utf8(field).map(str::trim) {
            Ok("") => {}
            Ok(text) => gathering.key(text, place, &Spoken::default(), None),
            Err(_) => {
                let text = gathering.decode(field).into_owned();
                gathering.key(text.trim(), place, &Spoken::default(), None);
            }
        }
    }

    /// A row with everything that it says of the key.
    fn whole(&self, row: &[u8], line: u64, gathering: &mut Gathering<'_, '_>) {
        let text = gathering.decode(row).into_owned();
        let fields = values(text.as_bytes(), self.delimiter);
        let of = |role: Role| {
            let at = self.roles.iter().position(|other| *other == role)?;
            fields.get(at).map(|field| field.trim()).filter(|field| !field.is_empty())
        };
        let spoken = Spoken { product: of(Role::Product), sku: of(Role::Sku), package: of(Role::Package) };
        for (at, (field, start)) in fields.iter().zip(starts(&text, self.delimiter)).enumerate() {
            if self.roles.get(at) != Some(&Role::Key) || field.trim().is_empty() {
                continue;
            }
            let before = &text[..start + (field.len() - field.trim_start().len())];
            let line = line + memchr_iter(b'\n', before.as_bytes()).count() as u64;
            let before = before.rsplit('\n').next().unwrap_or_default();
            let record = gathering.carries().then(|| self.record(&fields, at));
            gathering.key(field.trim(), Place { line, before: Before::Text(before) }, &spoken, record);
        }
    }

    /// The other columns of a row, to be carried through.
    fn record(&self, fields: &[Cow<'_, str>], key: usize) -> Vec<(String, String)> {
        let name = |at: usize| self.names.get(at).cloned().unwrap_or_else(|| format!("column {}", at + 1));
        let others = fields.iter().enumerate().filter(|(at, _)| *at != key && self.roles.get(*at) != Some(&Role::Key));
        others.map(|(at, field)| (name(at), field.clone().into_owned())).collect()
    }
}

/// The only column of keys.
fn only(roles: &mut [Role], key: usize) {
    for (at, role) in roles.iter_mut().enumerate() {
        if at == key {
            *role = Role::Key;
        } else if *role == Role::Key {
            *role = Role::Other;
        }
    }
}

fn role(name: &str) -> Role {
    match name {
        name if KEYS.contains(&name) => Role::Key,
        name if PRODUCTS.contains(&name) => Role::Product,
        name if SKUS.contains(&name) => Role::Sku,
        name if PACKAGES.contains(&name) => Role::Package,
        _ => Role::Other,
    }
}

/// A name without case, blanks and punctuation.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Up to and with the first line end.
fn row(bytes: &[u8]) -> &[u8] {
    memchr(b'\n', bytes).map_or(bytes, |at| &bytes[..=at])
}

/// Up to and with the first line end outside quotes, and how many lines that are. Quotes that never close end with their line.
fn quoted_row(bytes: &[u8]) -> (&[u8], u64) {
    let (mut end, mut lines, mut quotes) = (0, 0, 0);
    while end < bytes.len() {
        let line = row(&bytes[end..]);
        quotes += memchr_iter(b'"', line).count();
        end += line.len();
        lines += 1;
        if quotes % 2 == 0 {
            return (&bytes[..end], lines);
        }
    }
    (row(bytes), 1)
}

/// The fields of a row, without their quotes.
fn values(row: &[u8], delimiter: u8) -> Vec<Cow<'_, str>> {
    let row = row.strip_suffix(b"\r").unwrap_or(row);
    if memchr(b'"', row).is_none() {
        return row.split(|byte| *byte == delimiter).map(String::from_utf8_lossy).collect();
    }
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let (mut text, mut ends) = (vec![0; row.len()], vec![0; memchr_iter(delimiter, row).count() + 2]);
    // The room is enough for every field: only the end of the row is left to tell.
    let (_, read, written, mut count) = reader.read_record(row, &mut text, &mut ends);
    if read == row.len() {
        let (_, _, _, last) = reader.read_record(&[], &mut text[written..], &mut ends[count..]);
        count += last;
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let spans = starts.zip(&ends[..count]);
    spans.map(|(start, end)| Cow::Owned(String::from_utf8_lossy(&text[start..*end]).into_owned())).collect()
}

/// Where the values of a row begin, behind their quotes.
fn starts(row: &str, delimiter: u8) -> Vec<usize> {
    let (bytes, mut starts, mut at) = (row.as_bytes(), Vec::new(), 0);
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        starts.push(at + usize::from(quoted));
        // Every second quote closes, also of those that are doubled.
        let mut open = false;
        let end = bytes[at..].iter().position(|byte| {
            open ^= quoted && *byte == b'"';
            !open && *byte == delimiter
        });
        match end {
            Some(end) => at += end + 1,
            None => return starts,
        }
    }
}
