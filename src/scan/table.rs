//! Tables: CSV and the like, with the columns that say what a key is for.

use super::{
    encoding::lossy,
    fields::{Fields, quoted_row, row, starts, trimmed},
    found::Record,
    gather::{Before, Gathering, Place},
    kind::{has_five_digits, whole_lines},
    people::Spoken,
};
use crate::bulk::Matcher;
use memchr::{memchr, memchr_iter};
use once_cell::unsync::OnceCell;
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
    sure: bool,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Key,
    Product,
    Sku,
    Package,
    Other,
}

/// Names of columns, without blanks and punctuation. The first stand for nothing but keys and serials.
const SURE_KEYS: [&str; 7] =
    ["cdkey", "cdkeys", "cdkeynumber", "cdkeycode", "poserial", "postofficeserial", "postofficeserialnumber"];
const KEYS: [&str; 15] = [
    "key",
    "keys",
    "productkey",
    "productid",
    "pid",
    "serial",
    "serialno",
    "serialnumber",
    "number",
    "keycode",
    "licensekey",
    "licencekey",
    "installationkey",
    "setupkey",
    "registrationnumber",
];
const PRODUCTS: [&str; 4] = ["product", "productname", "software", "title"];
const SKUS: [&str; 4] = ["sku", "channel", "edition", "licensetype"];
const PACKAGES: [&str; 4] = ["package", "from", "box", "kit"];

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
    pub(super) fn is_sure(&self) -> bool {
        self.sure
    }

    /// Whether the first row names the columns.
    pub fn is_named(&self) -> bool {
        !self.names.is_empty()
    }

    /// Looks at the rows of a chunk.
    pub(super) fn read(&self, chunk: &[u8], first_is_header: bool, gathering: &mut Gathering<'_, '_, '_>) {
        let last = self.roles.iter().rposition(|role| *role != Role::Other).unwrap_or(0);
        let simple = self.roles.iter().filter(|role| **role != Role::Other).count() == 1;
        let quoted = memchr(b'"', chunk).is_some();
        let mut fields = Fields::new(self.delimiter);
        let (mut rest, mut line, mut header) = (chunk, 0, first_is_header);
        while !rest.is_empty() {
            let (row, lines) = if quoted { quoted_row(rest) } else { (row(rest), 1) };
            let after = &rest[row.len()..];
            let text = row.strip_suffix(b"\n").unwrap_or(row);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            if std::mem::take(&mut header) || text.trim_ascii().is_empty() {
                // Nothing to judge.
            } else if gathering.carries() || quoted && memchr(b'"', text).is_some() {
                self.whole(text, &mut fields, line, gathering);
            } else if simple {
                self.key_alone(text, last, line, &mut fields, gathering);
            } else {
                match gathering.undecoded(text) {
                    Some(text) => self.split(text, last, line, gathering),
                    None => self.whole(text, &mut fields, line, gathering),
                }
            }
            line += lines;
            rest = after;
        }
        gathering.lines(line);
    }

    /// A row of which only the key counts, and that has no quotes.
    fn key_alone(
        &self,
        row: &[u8],
        column: usize,
        line: u64,
        fields: &mut Fields,
        gathering: &mut Gathering<'_, '_, '_>,
    ) {
        let mut start = 0;
        for _ in 0..column {
            match memchr(self.delimiter, &row[start..]) {
                Some(at) => start += at + 1,
                None => return,
            }
        }
        let end = memchr(self.delimiter, &row[start..]).map_or(row.len(), |at| start + at);
        let Some(field) = gathering.undecoded(&row[start..end]) else {
            return self.whole(row, fields, line, gathering);
        };
        let (blanks, text) = trimmed(field);
        if !text.is_empty() {
            let place = Place { line, before: Before::Bytes(&row[..start + blanks]) };
            gathering.key(text, place, &Spoken::default(), None);
        }
    }

    /// A row without quotes, of which the columns up to the `last` count.
    fn split(&self, row: &str, last: usize, line: u64, gathering: &mut Gathering<'_, '_, '_>) {
        let (mut spoken, mut first, mut more) = (Spoken::default(), None, false);
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
            gathering.key(field, place, &spoken, None);
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
    fn whole(&self, row: &[u8], fields: &mut Fields, line: u64, gathering: &mut Gathering<'_, '_, '_>) {
        let text = gathering.decode(row).into_owned();
        let fields = fields.of(text.as_bytes());
        let of = |role: Role| {
            let at = self.roles.iter().position(|other| *other == role)?;
            fields.get(at).map(|field| field.trim()).filter(|field| !field.is_empty())
        };
        let spoken = Spoken { product: of(Role::Product), sku: of(Role::Sku), package: of(Role::Package) };
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
            let record = gathering.carries().then(|| record.get_or_init(|| self.record(&fields)).clone());
            gathering.key(field.trim(), Place { line, before: Before::Text(before) }, &spoken, record);
        }
    }

    /// The columns of a row that hold no key, to be carried through.
    fn record(&self, fields: &[Cow<'_, str>]) -> Record {
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

/// Whether a text is of some form and has nothing about it that no key has: code and data are full of numbers.
pub(super) fn is_plainly_a_key(text: &str, matcher: &Matcher<'_>) -> bool {
    if !has_five_digits(text.as_bytes()) {
        return false;
    }
    let text = text.trim().trim_matches('"').trim();
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '#' | '*' | '?') || !c.is_ascii();
    text.chars().all(belongs) && matcher.is_key(text)
}

/// Whether a header has a name by which columns of keys go.
pub(super) fn names_a_key(header: &[u8], delimiter: u8) -> bool {
    header.split(|byte| *byte == delimiter).any(|name| role(&plain(&lossy(name))) == Role::Key)
}

/// Whether a name, without blanks and punctuation, stands for nothing but keys.
pub(super) fn is_sure(name: &str) -> bool {
    SURE_KEYS.contains(&name)
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

/// What a column or field of this name is for.
pub(super) fn role(name: &str) -> Role {
    match name {
        name if KEYS.contains(&name) || is_sure(name) => Role::Key,
        name if PRODUCTS.contains(&name) => Role::Product,
        name if SKUS.contains(&name) => Role::Sku,
        name if PACKAGES.contains(&name) => Role::Package,
        _ => Role::Other,
    }
}

/// A name without case, blanks and punctuation.
pub(super) fn plain(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
