//! Tables: CSV and the like, with the columns that say what a key is for.

use super::{
    Coverage,
    fields::{Fields, quoted_row, row, starts, trimmed},
};
use crate::{
    bulk::Matcher,
    scan::{
        collect::{
            collector::{Before, Collector, Place},
            findings::RawRecord,
        },
        columns::{Column, Columns, Role, is_sure, plain, role},
        row_context::RowContext,
        sniff::{has_five_digits, is_plainly_a_key, whole_lines},
    },
};
use memchr::{memchr, memchr_iter};
use once_cell::unsync::OnceCell;
use std::borrow::Cow;

/// What each column of a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    delimiter: u8,
    /// The names; empty where the table has no header.
    names: Vec<String>,
    roles: Vec<Role>,
    sure: bool,
}

/// So many rows behind the header are looked at to tell the columns.
const SAMPLE: usize = 64;

impl Header {
    /// The header of a table that begins with `head`; `None` where no column holds keys.
    pub fn of(head: &[u8], delimiter: u8, columns: &Columns, matcher: &Matcher<'_>) -> Option<Self> {
        let mut rows = whole_lines(head).filter(|line| !line.trim_ascii().is_empty());
        let mut fields = Fields::new(delimiter);
        let first = fields.of(rows.next()?);
        let names: Vec<String> = first.iter().map(|field| plain(field)).collect();
        let has_header = !first.iter().any(|field| is_plainly_a_key(field, matcher));
        let mut roles: Vec<Role> = names.iter().map(|name| if has_header { role(name) } else { Role::Other }).collect();
        let mut sure = true;
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
            Column::Any => {
                let sample = || whole_lines(head).skip(usize::from(has_header)).take(SAMPLE);
                let mut rows: Vec<_> = sample().filter(|row| has_five_digits(row)).map(|row| fields.of(row)).collect();
                // Where no row has a key, the others need not be taken apart.
                if rows.iter().flatten().any(|field| is_plainly_a_key(field, matcher)) {
                    rows = sample().map(|row| fields.of(row)).collect();
                }
                let told = told(&names, &roles, &rows, matcher);
                // A name that other tables have, too, is all there is: enough only if somebody says that this is a table.
                sure = told.contains(&Role::Key);
                if sure {
                    roles = told;
                }
                roles.contains(&Role::Key).then_some(())?;
            }
        }
        let names = if has_header { first.iter().map(|name| name.trim().to_owned()).collect() } else { Vec::new() };
        Some(Self { delimiter, names, roles, sure })
    }

    /// Whether its column of keys was named by the user, goes by a name that no other column has, or holds something that looks like a key.
    pub(in crate::scan) fn is_sure(&self) -> bool {
        self.sure
    }

    /// Whether the first row names the columns.
    pub fn is_named(&self) -> bool {
        !self.names.is_empty()
    }

    /// Looks at the rows of a chunk.
    pub(in crate::scan) fn read(&self, chunk: &[u8], coverage: Coverage, collector: &mut Collector<'_, '_, '_>) {
        let last = self.roles.iter().rposition(|role| *role != Role::Other).unwrap_or(0);
        let simple = self.roles.iter().filter(|role| **role != Role::Other).count() == 1;
        let quoted = memchr(b'"', chunk).is_some();
        let mut fields = Fields::new(self.delimiter);
        let (mut rest, mut line, mut header) = (chunk, 0, coverage.begins() && self.is_named());
        while !rest.is_empty() {
            let (row, lines) = if quoted { quoted_row(rest) } else { (row(rest), 1) };
            let after = &rest[row.len()..];
            let text = row.strip_suffix(b"\n").unwrap_or(row);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            if std::mem::take(&mut header) || text.trim_ascii().is_empty() {
                // Nothing to judge.
            } else if collector.carries() || quoted && memchr(b'"', text).is_some() {
                self.whole(text, &mut fields, line, collector);
            } else if simple {
                self.key_alone(text, last, line, &mut fields, collector);
            } else {
                match collector.undecoded(text) {
                    Some(text) => self.split(text, last, line, collector),
                    None => self.whole(text, &mut fields, line, collector),
                }
            }
            line += lines;
            rest = after;
        }
        collector.lines(line);
    }

    /// A row of which only the key counts, and that has no quotes.
    fn key_alone(
        &self,
        row: &[u8],
        column: usize,
        line: u64,
        fields: &mut Fields,
        collector: &mut Collector<'_, '_, '_>,
    ) {
        let mut start = 0;
        for _ in 0..column {
            match memchr(self.delimiter, &row[start..]) {
                Some(at) => start += at + 1,
                None => return,
            }
        }
        let end = memchr(self.delimiter, &row[start..]).map_or(row.len(), |at| start + at);
        let Some(field) = collector.undecoded(&row[start..end]) else {
            return self.whole(row, fields, line, collector);
        };
        let (blanks, text) = trimmed(field);
        if !text.is_empty() {
            let place = Place { line, before: Before::Bytes(&row[..start + blanks]) };
            collector.key(text, place, &RowContext::default(), None);
        }
    }

    /// A row without quotes, of which the columns up to the `last` count.
    fn split(&self, row: &str, last: usize, line: u64, collector: &mut Collector<'_, '_, '_>) {
        let (mut spoken, mut first, mut more) = (RowContext::default(), None, false);
        for (start, role, field) in self.fields(row, last) {
            let said = match role {
                Role::Product => &mut spoken.product,
                Role::Sku => &mut spoken.sku,
                Role::Package => &mut spoken.package,
                Role::Key if first.is_none() => {
                    first = Some((start, field));
                    continue;
                }
                Role::Key | Role::Other => {
                    more = true;
                    continue;
                }
            };
            *said = said.or(Some(field));
        }
        let mut key = |(start, field)| {
            let place = Place { line, before: Before::Bytes(&row.as_bytes()[..start]) };
            collector.key(field, place, &spoken, None);
        };
        first.into_iter().for_each(&mut key);
        if more {
            let keys = self.fields(row, last).filter(|(_, role, _)| *role == Role::Key).skip(1);
            keys.for_each(|(start, _, field)| key((start, field)));
        }
    }

    /// The columns of a row up to the `last` that are for something and not blank: where each begins, and what it is for.
    fn fields<'t>(&self, row: &'t str, last: usize) -> impl Iterator<Item = (usize, Role, &'t str)> {
        let mut start = 0;
        let mut ends = memchr_iter(self.delimiter, row.as_bytes()).chain([row.len()]);
        self.roles[..=last]
            .iter()
            .map_while(move |role| {
                let end = ends.next()?;
                let field = &row[start..end];
                let (blanks, field) = trimmed(field);
                let found = (start + blanks, *role, field);
                start = end + 1;
                Some(found)
            })
            .filter(|(_, role, field)| *role != Role::Other && !field.is_empty())
    }

    /// A row with everything that it says of the key.
    fn whole(&self, row: &[u8], fields: &mut Fields, line: u64, collector: &mut Collector<'_, '_, '_>) {
        let text = collector.decode(row).into_owned();
        let fields = fields.of(text.as_bytes());
        let of = |role: Role| {
            let at = self.roles.iter().position(|other| *other == role)?;
            fields.get(at).map(|field| field.trim()).filter(|field| !field.is_empty())
        };
        let spoken = RowContext { product: of(Role::Product), sku: of(Role::Sku), package: of(Role::Package) };
        let record = OnceCell::new();
        for (at, (field, start)) in fields.iter().zip(starts(&text, self.delimiter)).enumerate() {
            if self.roles.get(at) != Some(&Role::Key) || field.trim().is_empty() {
                continue;
            }
            // Where quotes are out of order the field need not be what stands here.
            let blanks = text[start..].len() - text[start..].trim_start().len();
            let before = &text[..start + blanks];
            let line = line + memchr_iter(b'\n', before.as_bytes()).count() as u64;
            let before = before.rsplit('\n').next().unwrap_or_default();
            let record = collector.carries().then(|| record.get_or_init(|| self.record(&fields)).clone());
            collector.key(field.trim(), Place { line, before: Before::Text(before) }, &spoken, record);
        }
    }

    /// The columns of a row that hold no key, to be carried through.
    fn record(&self, fields: &[Cow<'_, str>]) -> RawRecord {
        let name = |at: usize| self.names.get(at).cloned().unwrap_or_else(|| format!("column {}", at + 1));
        let others = fields.iter().enumerate().filter(|(at, _)| self.roles.get(*at) != Some(&Role::Key));
        others.map(|(at, field)| (name(at), field.clone().into_owned())).collect()
    }
}

/// What each column is for, by its name and by what stands in it; what stands there alone counts only where no column has the name.
fn told(names: &[String], roles: &[Role], sample: &[Vec<Cow<'_, str>>], matcher: &Matcher<'_>) -> Vec<Role> {
    let count = |at: usize| {
        let fields = sample.iter().filter_map(|row| row.get(at)).filter(|field| !field.trim().is_empty());
        fields.fold((0, 0), |(keys, all), field| (keys + usize::from(is_plainly_a_key(field, matcher)), all + 1))
    };
    // Beside a network and a postoffice a serial is the serial of a postoffice.
    let serial = ["network", "postoffice"].iter().all(|name| names.iter().any(|other| other == name));
    let named: Vec<Role> = (0..roles.len())
        .map(|at| match roles[at] {
            Role::Key if is_sure(&names[at]) || serial || count(at).0 > 0 => Role::Key,
            Role::Key | Role::Other => Role::Other,
            Role::Product | Role::Sku | Role::Package => roles[at],
        })
        .collect();
    if named.contains(&Role::Key) {
        return named;
    }
    let is_of_keys = |at: usize| {
        let (keys, all) = count(at);
        2 * keys > all
    };
    let held = named.into_iter().enumerate();
    held.map(|(at, role)| if role == Role::Other && is_of_keys(at) { Role::Key } else { role }).collect()
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
