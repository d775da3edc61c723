//! Tables: CSV and the like, with the columns that say what a key is for.

use super::{
    Coverage,
    fields::{Fields, quoted_row, row, starts, trimmed},
};
use crate::{
    bulk::Matcher,
    model::within::Within,
    scan::{
        collect::{
            collector::{Before, Collector, Faulty, TextStart},
            findings::RawRecord,
        },
        columns::{Column, Columns, Role, is_sure, normalize, role_in_words},
        origin::{Claim, Origin},
        other_numbers::claims_column,
        row_context::RowContext,
        sniff::{Sample, has_five_digits, is_plainly_a_key, whole_lines},
    },
};
use memchr::{memchr, memchr_iter};
use once_cell::unsync::OnceCell;
use std::borrow::Cow;

/// The columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    delimiter: u8,
    /// The names; empty if the table has no header.
    names: Vec<String>,
    roles: Vec<Role>,
    sure: bool,
}

/// The number of rows after the header from which the columns are recognised.
const SAMPLE_ROWS: usize = 64;

impl Header {
    /// The header of a table that begins with `head`; `None` if no column contains keys.
    pub(in crate::scan) fn of(
        head: &[u8],
        delimiter: u8,
        columns: &Columns,
        origin: &Origin<'_>,
        matcher: &Matcher<'_>,
    ) -> Option<Self> {
        let mut rows = whole_lines(head).filter(|line| !line.trim_ascii().is_empty());
        let mut fields = Fields::new(delimiter);
        let first = fields.of(rows.next()?);
        let names: Vec<String> = first.iter().map(|field| normalize(field)).collect();
        let has_header = !first.iter().any(|field| is_plainly_a_key(field, matcher));
        let mut roles: Vec<Role> = names
            .iter()
            .map(|name| if has_header { role_in_words(name, origin.catalogue) } else { Role::Other })
            .collect();
        let mut sure = true;
        match &columns.key {
            Column::Named(name) => {
                let name = normalize(name);
                let at = names.iter().position(|other| *other == name)?;
                only(&mut roles, at);
            }
            Column::Numbered(number) => {
                let at = number.checked_sub(1).filter(|at| *at < roles.len())?;
                only(&mut roles, at);
            }
            Column::Any => {
                let sample = || whole_lines(head).skip(usize::from(has_header)).take(SAMPLE_ROWS);
                let mut rows: Vec<_> = sample().filter(|row| has_five_digits(row)).map(|row| fields.of(row)).collect();
                // If no row contains a key, the remaining rows need not be split.
                if rows.iter().flatten().any(|field| is_plainly_a_key(field, matcher)) {
                    rows = sample().map(|row| fields.of(row)).collect();
                }
                let headings: &[Cow<'_, str>] = if has_header { &first } else { &[] };
                let told = column_roles(&names, headings, &roles, &rows, origin, matcher);
                // Only a name that other tables use too: enough only if the user says that this is a table.
                sure = told.iter().any(|role| role.is_of_keys());
                if sure {
                    roles = told;
                } else {
                    (origin.claim == Claim::Made && roles.iter().any(|role| role.is_of_keys())).then_some(())?;
                    roles.iter_mut().filter(|role| role.is_of_keys()).for_each(|role| *role = Role::Key);
                }
            }
        }
        let names = if has_header { first.iter().map(|name| name.trim().to_owned()).collect() } else { Vec::new() };
        Some(Self { delimiter, names, roles, sure })
    }

    /// Returns `true` if the user named its column of keys, the column has a name that only keys have, or it contains something that looks
    /// like a key.
    pub(in crate::scan) fn is_sure(&self) -> bool {
        self.sure
    }

    /// Returns `true` if the first row names the columns.
    pub fn is_named(&self) -> bool {
        !self.names.is_empty()
    }

    /// Reads the rows of a chunk.
    pub(in crate::scan) fn read(&self, chunk: &[u8], coverage: Coverage, collector: &mut Collector<'_, '_, '_>) {
        let last = self.roles.iter().rposition(|role| *role != Role::Other).unwrap_or(0);
        let simple = self.roles.iter().filter(|role| **role != Role::Other).count() == 1;
        let quoted = memchr(b'"', chunk).is_some();
        let mut fields = Fields::new(self.delimiter);
        let (mut rest, mut line, mut header) = (chunk, 0, coverage.begins() && self.is_named());
        while !rest.is_empty() {
            let (row, lines) = if quoted { quoted_row(rest) } else { (row(rest), 1) };
            let after = rest.within(row.len()..);
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
            line = line.saturating_add(lines);
            rest = after;
        }
        collector.lines(line);
    }

    /// Reads a row without quotes of which only the key counts.
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
            match memchr(self.delimiter, row.within(start..)) {
                Some(at) => start = start.saturating_add(at.saturating_add(1)),
                None => return,
            }
        }
        let end = memchr(self.delimiter, row.within(start..)).map_or(row.len(), |at| start.saturating_add(at));
        let Some(field) = collector.undecoded(row.within(start..end)) else {
            return self.whole(row, fields, line, collector);
        };
        let (blanks, text) = trimmed(field);
        if !text.is_empty() {
            let place = TextStart { line, before: Before::Bytes(row.within(..start.saturating_add(blanks))) };
            self.key(
                text,
                self.roles.get(column).copied().unwrap_or(Role::Other),
                place,
                &RowContext::default(),
                None,
                collector,
            );
        }
    }

    /// Reads a field in a column of keys, or in one that may contain some.
    fn key(
        &self,
        text: &str,
        role: Role,
        place: TextStart<'_>,
        spoken: &RowContext<'_>,
        record: Option<RawRecord>,
        collector: &mut Collector<'_, '_, '_>,
    ) {
        match role {
            Role::KeyWord => collector.hinted(text, place, spoken, record, Faulty::IsKey),
            Role::Serial => collector.hinted(text, place, spoken, record, Faulty::IsNone),
            Role::Key | Role::Product | Role::Sku | Role::Package | Role::Other => {
                collector.key(text, place, spoken, record);
            }
        }
    }

    /// Reads a row without quotes, of which the columns up to `last` count.
    fn split(&self, row: &str, last: usize, line: u64, collector: &mut Collector<'_, '_, '_>) {
        let (mut spoken, mut first, mut more) = (RowContext::default(), None, false);
        for (start, role, field) in self.fields(row, last) {
            let said = match role {
                Role::Product => &mut spoken.product,
                Role::Sku => &mut spoken.sku,
                Role::Package => &mut spoken.package,
                role if role.is_of_keys() && first.is_none() => {
                    first = Some((start, role, field));
                    continue;
                }
                Role::Key | Role::KeyWord | Role::Serial | Role::Other => {
                    more = true;
                    continue;
                }
            };
            *said = said.or(Some(field));
        }
        let mut key = |(start, role, field)| {
            let place = TextStart { line, before: Before::Bytes(row.as_bytes().within(..start)) };
            self.key(field, role, place, &spoken, None, collector);
        };
        first.into_iter().for_each(&mut key);
        if more {
            self.fields(row, last).filter(|(_, role, _)| role.is_of_keys()).skip(1).for_each(key);
        }
    }

    /// The fields of a row, up to `last`, that have a role and are not empty: the offset, the role and the text of each.
    fn fields<'t>(&self, row: &'t str, last: usize) -> impl Iterator<Item = (usize, Role, &'t str)> {
        let mut start = 0;
        let mut ends = memchr_iter(self.delimiter, row.as_bytes()).chain([row.len()]);
        self.roles
            .within(..=last)
            .iter()
            .map_while(move |role| {
                let end = ends.next()?;
                let field = row.within(start..end);
                let (blanks, field) = trimmed(field);
                let found = (start.saturating_add(blanks), *role, field);
                start = end.saturating_add(1);
                Some(found)
            })
            .filter(|(_, role, field)| *role != Role::Other && !field.is_empty())
    }

    /// Reads a row with quotes, or one whose other columns are carried.
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
            let role = self.roles.get(at).copied().unwrap_or(Role::Other);
            if !role.is_of_keys() || field.trim().is_empty() {
                continue;
            }
            // If quotes are misplaced, the field need not be the text at this offset.
            let blanks = text.within(start..).len().saturating_sub(text.within(start..).trim_start().len());
            let before = text.within(..start.saturating_add(blanks));
            let line = line.saturating_add(memchr_iter(b'\n', before.as_bytes()).count() as u64);
            let before = before.rsplit('\n').next().unwrap_or_default();
            let record = collector.carries().then(|| record.get_or_init(|| self.record(&fields)).clone());
            self.key(field.trim(), role, TextStart { line, before: Before::Text(before) }, &spoken, record, collector);
        }
    }

    /// The columns of a row without keys, to be carried through.
    fn record(&self, fields: &[Cow<'_, str>]) -> RawRecord {
        let name =
            |at: usize| self.names.get(at).cloned().unwrap_or_else(|| format!("column {}", at.saturating_add(1)));
        let others =
            fields.iter().enumerate().filter(|(at, _)| !self.roles.get(*at).is_some_and(|role| role.is_of_keys()));
        others.map(|(at, field)| (name(at), field.clone().into_owned())).collect()
    }
}

/// Names too vague for a column with one of them to stop others from being considered.
const VAGUE_NAMES: [&str; 3] = ["key", "keys", "number"];

/// The role of each column, by its name and its contents. The contents alone count only if no column has the name, and not under a name of
/// something else.
fn column_roles(
    names: &[String],
    headings: &[Cow<'_, str>],
    roles: &[Role],
    rows: &[Vec<Cow<'_, str>>],
    origin: &Origin<'_>,
    matcher: &Matcher<'_>,
) -> Vec<Role> {
    let sample = |at: usize| {
        let mut sample = Sample::default();
        let fields = rows.iter().filter_map(|row| row.get(at)).filter(|field| !field.trim().is_empty());
        fields.for_each(|field| sample.add(field, matcher));
        sample
    };
    // Beside columns for network and postoffice, a serial is that of a postoffice.
    let serial = ["network", "postoffice"].iter().all(|name| names.iter().any(|other| other == name));
    let named: Vec<Role> = roles
        .iter()
        .zip(names)
        .enumerate()
        .map(|(at, (role, name))| match *role {
            Role::Key if is_sure(name) => Role::Key,
            role if role.is_of_keys() && serial => Role::Key,
            role @ (Role::Key | Role::KeyWord | Role::Serial) => match sample(at) {
                sample if sample.keys() == 0 => Role::Other,
                _ if origin.claim == Claim::Made => Role::Key,
                sample if role == Role::Key && sample.is_plausible() => Role::Key,
                sample if role == Role::KeyWord && sample.are_grouped() => Role::Key,
                sample if sample.are_grouped_keys() => Role::Key,
                sample if origin.speaks_of_keys() && sample.are_likely_keys() => Role::Key,
                sample if sample.are_hyphened() => Role::Key,
                _ if role == Role::Key => Role::KeyWord,
                _ => role,
            },
            role @ (Role::Product | Role::Sku | Role::Package | Role::Other) => role,
        })
        .collect();
    let mut by_name = named.iter().zip(roles.iter().zip(names));
    let is_named = |(found, (role, name)): (&Role, (&Role, &String))| {
        found.is_of_keys() || role.is_of_keys() && !VAGUE_NAMES.contains(&name.as_str())
    };
    if by_name.any(is_named) {
        return named;
    }
    let claimed =
        |at: usize| headings.get(at).is_some_and(|heading| claims_column(origin.catalogue.lexicon(), heading));
    let held = named.into_iter().enumerate();
    held.map(|(at, role)| match role {
        Role::Other if !claimed(at) && sample(at).are_keys(origin) => Role::Key,
        role => role,
    })
    .collect()
}

/// Makes one column the only column of keys.
fn only(roles: &mut [Role], key: usize) {
    for (at, role) in roles.iter_mut().enumerate() {
        if at == key {
            *role = Role::Key;
        } else if role.is_of_keys() {
            *role = Role::Other;
        }
    }
}
