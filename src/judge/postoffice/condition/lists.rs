//! Conditions on the lists of names: the dates of a list and its twin, the mailbags of addresses, the folders of an index, and the postoffice's own names.

use super::{Answer, Hit};
use crate::model::{
    check::OwnName,
    postoffice::{Address, Postoffice},
    tree::number,
};
use std::collections::BTreeSet;

pub(super) fn dates_differ(postoffice: &Postoffice, [file, copy]: &[String; 2], most: u64) -> Vec<Hit> {
    let written = |path: &String| postoffice.written.get(path).copied();
    let apart = written(file).zip(written(copy)).map(|(one, other)| one.abs_diff(other));
    let hit = |days: u64| Hit::at(file).found(format!("{days} days")).expected(copy.as_str());
    apart.filter(|days| *days > most).map(hit).into_iter().collect()
}

/// A record that has the two first bytes of another whose mailbag is there, and whose own mailbag is not.
pub(super) fn address_without_mailbag(postoffice: &Postoffice, files: &[String]) -> Answer {
    let Some(addresses) = &postoffice.addresses else { return Answer::Hits(Vec::new()) };
    let lacks = |address: &Address| lacks_all(postoffice, files, "", &format!("{:08X}", address.mailbag));
    let local: BTreeSet<[u8; 2]> = addresses.iter().filter(|address| !lacks(address)).map(|one| one.kind).collect();
    let stray = addresses.iter().enumerate().filter(|(_, address)| local.contains(&address.kind) && lacks(address));
    let hit = |(at, address): (usize, &Address)| {
        Hit::at("NME/ADMIN.NME")
            .found(format!("record {}", at.saturating_add(1)))
            .expected(format!("{:08X}", address.mailbag))
    };
    Answer::Hits(stray.map(hit).collect())
}

pub(super) fn indexed_file_missing(postoffice: &Postoffice, indexes: &str, files: &[String]) -> Answer {
    let Some(indexed) = &postoffice.indexed else {
        return Answer::Unanswered("an index of folders could not be read".to_owned());
    };
    let mut hits = Vec::new();
    for (path, _) in postoffice.tree.files(indexes) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        // The number of no folder and no user, and the index's own.
        let counts = |name: &&String| number(name).is_some_and(|number| number > 0);
        let names = indexed.get(path).into_iter().flatten().filter(counts);
        let missing = names.filter(|name| lacks_all(postoffice, files, folder, name));
        hits.extend(missing.map(|name| Hit::at(path).found(name.as_str())));
    }
    Answer::Hits(hits)
}

/// Checks if none of some files is there, as far as can be known.
fn lacks_all(postoffice: &Postoffice, files: &[String], folder: &str, name: &str) -> bool {
    let path = |file: &String| file.replace("{folder}", folder).replace("{name}", name);
    files.iter().all(|file| postoffice.tree.lacks_file(&path(file)))
}

/// The postoffice's own names, which only inventories know.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnNames<'n> {
    /// The network's.
    pub network: Option<&'n str>,
    /// The postoffice's.
    pub postoffice: Option<&'n str>,
}

impl<'n> OwnNames<'n> {
    fn get(self, of: OwnName) -> Option<&'n str> {
        match of {
            OwnName::Network => self.network,
            OwnName::Postoffice => self.postoffice,
        }
    }
}

pub(in crate::judge::postoffice) fn own_name_among(names: OwnNames<'_>, of: OwnName, listed: &[String]) -> Vec<Hit> {
    let is = |name: &&str| listed.iter().any(|other| other.eq_ignore_ascii_case(name));
    names.get(of).filter(is).map(|name| Hit { path: None, ..Hit::at("") }.found(name)).into_iter().collect()
}

pub(in crate::judge::postoffice) fn own_name_unfit(names: OwnNames<'_>, of: OwnName, longest: usize) -> Vec<Hit> {
    let unfit = |name: &str| super::records::unfit(name, longest);
    let found = names.get(of).filter(|name| name.is_ascii()).and_then(unfit);
    found.map(|found| Hit { path: None, ..Hit::at("") }.found(found)).into_iter().collect()
}
