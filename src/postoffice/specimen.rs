//! Turns a described postoffice into the facts of a real one.

use super::{assess, class::classify, find::is_postoffice};
use crate::{
    catalogue::{Catalogue, UnknownId},
    model::{
        audit::Audit,
        finding::PostofficeFinding,
        postoffice::{Postoffice, Serial, SerialSource},
        reference_postoffice::ReferencePostoffice,
        specimen::Specimen,
        tree::{Item, Tree, is_like, number},
        within::Within,
    },
    parse::serial,
};
use std::collections::BTreeMap;

/// The audit of a specimen.
///
/// # Errors
/// [`UnknownId`] if its reference postoffice is not in the catalogue.
pub fn audit(catalogue: &Catalogue, specimen: &Specimen) -> Result<Audit, UnknownId> {
    let facts = facts(catalogue, specimen)?;
    if !is_postoffice(facts.tree.files("GLB/*").map(|(path, _)| path.trim_start_matches("GLB/"))) {
        return Ok(assess::nothing(catalogue, &facts.path, "example", assess::NO_MASTER));
    }
    let mut audit = assess::integrity(catalogue, &facts, "example", "example");
    audit.network.clone_from(&specimen.network);
    audit.postoffice.clone_from(&specimen.postoffice);
    assess::names(catalogue, &mut audit);
    for (path, rule) in &specimen.unread {
        let finding = assess::input(catalogue, rule, &format!("{path} cannot be read in this example"));
        audit.findings.push(PostofficeFinding { finding, path: Some(path.clone()) });
    }
    let serial = specimen.serial.as_ref().map(|text| Serial {
        text: text.clone(),
        source: SerialSource::Inventory,
        evidence: "example".to_owned(),
    });
    assess::serial(catalogue, &mut audit, serial.ok_or_else(|| "the example does not give it".to_owned()));
    Ok(audit)
}

/// The facts of a specimen.
///
/// # Errors
/// [`UnknownId`] if its reference postoffice is not in the catalogue.
pub fn facts(catalogue: &Catalogue, specimen: &Specimen) -> Result<Postoffice, UnknownId> {
    let (_, reference) = catalogue.reference_postoffices.find(&specimen.base)?;
    let like = reference
        .like
        .as_ref()
        .map(|like| catalogue.reference_postoffices.find(like))
        .transpose()?
        .map(|(_, like)| like);
    let mut items = items(like, reference);
    remove(&mut items, &specimen.lacks);
    items.extend(specimen.directories.iter().map(|path| (path.clone(), Item::Directory)));
    items.extend(specimen.files.iter().map(|(path, size)| (path.clone(), Item::File(*size))));
    let tree = Tree::new(items.into_iter().collect());
    let path = specimen.path.clone().unwrap_or_else(|| "MAILDATA".to_owned());
    let networks = specimen.networks.clone().or_else(|| reference.networks.clone()).or_else(|| like?.networks.clone());
    let number_of = specimen.serial.as_deref().and_then(serial::number);
    let headers = specimen
        .headers
        .iter()
        .map(|(mailbag, messages)| (mailbag.clone(), messages.iter().filter_map(|message| number(message)).collect()));
    let read = |path: &str| tree.size(path).is_some() && !specimen.unread.contains_key(path);
    let below = |folder: &str| !specimen.unread.keys().any(|path| path.starts_with(folder));
    Ok(Postoffice {
        class: classify(&path, &tree, networks.as_deref(), number_of).class,
        master: specimen.master.or(reference.master).or_else(|| like?.master).filter(|_| read("GLB/MASTER.GLB")),
        control: specimen
            .control
            .or(reference.control)
            .or_else(|| like?.control)
            .filter(|_| tree.size("GLB/CONTROL.GLB") == Some(8) && read("GLB/CONTROL.GLB")),
        folder_counter: specimen
            .folder_counter
            .or(reference.folder_counter)
            .or_else(|| like?.folder_counter)
            .filter(|_| tree.size("FOLDERS/SERIALNO.IDX") == Some(4) && read("FOLDERS/SERIALNO.IDX")),
        networks: networks.filter(|_| read("GLB/NETWORK.GLB")),
        externals: below("XTN/").then(|| specimen.externals.clone()),
        headers: below("MBG/").then(|| headers.collect()),
        owners: below("MAI/").then(|| specimen.owners.clone()),
        written: specimen.written.clone(),
        addresses: read("NME/ADMIN.NME").then(|| specimen.addresses.clone()),
        indexed: below("FOLDERS/").then(|| specimen.indexed.clone()),
        path,
        tree,
    })
}

/// The files and directories of a reference postoffice and of the one on which it is based.
fn items(like: Option<&ReferencePostoffice>, reference: &ReferencePostoffice) -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    for reference in like.into_iter().chain([reference]) {
        remove(&mut items, &reference.lacks);
        items.extend(reference.directories.iter().map(|path| (path.clone(), Item::Directory)));
        items.extend(reference.files.iter().map(|(path, size)| (path.clone(), Item::File(*size))));
    }
    items
}

/// Removes everything that matches a pattern, with its contents.
fn remove(items: &mut BTreeMap<String, Item>, patterns: &[String]) {
    let inside = |path: &str, pattern: &str| {
        path.match_indices('/').map(|(at, _)| path.within(..at)).chain([path]).any(|part| is_like(part, pattern))
    };
    items.retain(|path, _| !patterns.iter().any(|pattern| inside(path, pattern)));
}
