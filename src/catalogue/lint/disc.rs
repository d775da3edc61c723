//! The checks of a disc: that its products exist, and that every marker names its evidence.

use super::{
    Complaint,
    Step::{Index, Key},
    common, complaint, is_number, unknown, unknown_ids,
};
use crate::{
    catalogue::Tables,
    model::{
        disc::{Disc, Marker, Strength},
        example::Example,
        product::Asks,
        source::Basis,
    },
};

pub(in crate::catalogue) fn disc(tables: &Tables, _: &str, disc: &Disc) -> Vec<Complaint> {
    let mut complaints = common(tables, &disc.sources, &disc.examples);
    complaints.extend(unknown_ids(&disc.products, |id| tables.products.find(id).err(), vec![Key("products")]));
    if disc.products.is_empty() {
        complaints.push(complaint([Key("products")], "expected at least one product"));
    }
    if disc.markers.iter().all(|marker| marker.strength == Strength::Details) {
        complaints.push(complaint([Key("markers")], "expected a marker that proves or suggests the product"));
    }
    for (index, marker) in disc.markers.iter().enumerate() {
        let at = |key| [Key("markers"), Index(index), Key(key)];
        complaints.extend(wrong(marker).map(|(key, message)| complaint(at(key), message)));
    }
    if let Some(article) = disc.otherwise.as_ref().map(|otherwise| &otherwise.article).filter(|id| !is_number(id)) {
        let message = format!("expected an article's number, Q and digits, found `{article}`");
        complaints.push(complaint([Key("otherwise"), Key("article")], message));
    }
    for (index, example) in disc.examples.iter().enumerate() {
        complaints.extend(unknown_products(tables, index, example));
    }
    complaints
}

/// The products in an example of a disc that the catalogue does not have.
fn unknown_products(tables: &Tables, index: usize, example: &Example) -> Vec<Complaint> {
    let Some(disc) = &example.disc else { return Vec::new() };
    let at = |key| vec![Key("examples"), Index(index), Key("disc"), Key(key)];
    let listed = unknown_ids(&disc.products, |id| tables.products.find(id).err(), at("products"));
    let named = disc.named.iter().filter_map(|id| unknown(tables.products.find(id).err(), at("named")));
    listed.chain(named).collect()
}

/// The first fault of a marker, and the key at which it is.
fn wrong(marker: &Marker) -> Option<(&'static str, &'static str)> {
    let Marker { paths, sizes, dates, labels, entries, .. } = marker;
    let is_empty = paths.is_empty() && sizes.is_empty() && dates.is_empty() && labels.is_empty() && entries.is_empty();
    if is_empty {
        return Some(("says", "expected something that is there: a path, size, date, label or entry"));
    }
    if marker.article.is_some() == marker.work.is_some() {
        return Some(("basis", "expected either `article` or `work`"));
    }
    if marker.basis == Basis::Documented && marker.article.is_none() {
        return Some(("basis", "expected `article` with a documented basis"));
    }
    if marker.article.as_deref().is_some_and(|number| !is_number(number)) {
        return Some(("article", "expected an article's number, Q and digits"));
    }
    if marker.strength == Strength::Proves && marker.basis == Basis::Inferred {
        return Some(("strength", "an inferred marker suggests at most"));
    }
    if !dates.values().all(|day| is_day(day)) {
        return Some(("dates", "expected a day such as 1995-07-11"));
    }
    if marker.tells.asks.is_some_and(|asks| asks != Asks::Nothing) {
        return Some(("tells", "expected `asks = \"nothing\"` or none: the prompts are those of the product"));
    }
    None
}

fn is_day(day: &str) -> bool {
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    match day.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    }
}
