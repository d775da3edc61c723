//! Recognises discs: at the root of a volume, and in its folders if the root is none.

use super::{
    Contents,
    files::{Files, Listed},
    marker,
    merge::{Candidate, Details},
    prompts::prompts,
};
use crate::{
    catalogue::Catalogue,
    judge::finding,
    model::{disc::Strength, finding::Finding, recognition::Recognition, sku::Sku},
};
use std::{
    cmp::Reverse,
    collections::{BTreeSet, VecDeque},
};

/// The maximum number of folders that are looked at as discs of their own.
const MAX_FOLDERS: usize = 200;

/// The maximum depth of such a folder.
const MAX_DEPTH: usize = 3;

/// Recognises the disc at the root of `contents`, or else those in its folders. There is always one result, which may be that nothing is
/// known. `path` is the path in a report.
pub fn recognise(catalogue: &Catalogue, path: &str, contents: &dyn Contents) -> Vec<Recognition> {
    let listed = Listed::default();
    let root = at(catalogue, path, &Files::new(contents, "", &listed));
    let mut found = if root.products.is_empty() { Vec::new() } else { vec![root.clone()] };
    let mut folders = VecDeque::from([String::new()]);
    let mut looked = 0;
    while found.is_empty() || !folders.is_empty() {
        let Some(folder) = folders.pop_front().filter(|_| root.products.is_empty()) else { break };
        for below in Files::new(contents, &folder, &listed).folders() {
            looked += 1;
            if looked > MAX_FOLDERS {
                folders.clear();
                break;
            }
            let recognised = at(catalogue, path, &Files::new(contents, &below, &listed));
            if !recognised.products.is_empty() {
                found.push(recognised);
            } else if below.matches('/').count() + 1 < MAX_DEPTH {
                folders.push_back(below);
            }
        }
    }
    if found.is_empty() {
        found.push(unknown(catalogue, root));
    }
    let faults = listed.faults();
    if let Some(first) = found.first_mut() {
        let unread = faults.iter().map(|fault| Finding {
            severity: fault.severity_within(),
            ..finding(catalogue, fault.rule, &[("found", &fault.to_string())])
        });
        first.findings.extend(unread);
    }
    for recognised in &mut found {
        recognised.findings.sort_by_key(|finding| Reverse(finding.severity));
    }
    found
}

/// Compares a disc with the product that the user names.
pub fn compare(catalogue: &Catalogue, recognised: &mut Recognition, named: &str) {
    if !recognised.proven || recognised.products.iter().any(|product| product == named) {
        return;
    }
    let found = titles(catalogue, &recognised.products);
    let said = titles(catalogue, &[named.to_owned()]);
    recognised.findings.insert(0, finding(catalogue, "media/other-product", &[("found", &found), ("product", &said)]));
}

/// The disc at one root.
fn at(catalogue: &Catalogue, path: &str, files: &Files<'_>) -> Recognition {
    let looked = |(id, disc)| {
        let disc: &crate::model::disc::Disc = disc;
        let outcomes = disc.markers.iter().map(|marker| (marker, marker::look(marker, files))).collect();
        Candidate { id, disc, outcomes }
    };
    let candidates: Vec<_> = catalogue.discs.iter().map(looked).collect();
    let is_proven = |candidate: &&Candidate<'_>| candidate.count(Strength::Proves) > 0;
    let is_suggested = |candidate: &&Candidate<'_>| candidate.count(Strength::Suggests) >= candidate.disc.needs;
    let mut kept: Vec<&Candidate<'_>> = candidates.iter().filter(is_proven).collect();
    let proven = !kept.is_empty();
    let products: BTreeSet<&String> = kept.iter().flat_map(|candidate| &candidate.disc.products).collect();
    // Sizes and dates add details to what is proven; they prove nothing beside it.
    let adds = |candidate: &&Candidate<'_>| {
        !is_proven(candidate) && candidate.disc.products.iter().all(|product| products.contains(product) || !proven)
    };
    kept.extend(candidates.iter().filter(is_suggested).filter(adds));
    let Details { sku, edition, version, language, asks_nothing } = Details::of(&kept);
    let products: BTreeSet<String> = kept.iter().flat_map(|candidate| candidate.disc.products.clone()).collect();
    let products: Vec<_> = products.into_iter().collect();
    let sku = sku.filter(|_| products.len() == 1);
    let mut evidence: Vec<_> = kept.iter().flat_map(|candidate| candidate.evidence()).collect();
    evidence.sort_by_key(|evidence| (!evidence.agrees, evidence.strength));
    evidence.dedup();
    let prompts = if asks_nothing { Vec::new() } else { prompts(catalogue, &products, sku) };
    let shown = files.root();
    let path = if shown.is_empty() { path.to_owned() } else { format!("{}/{shown}", path.trim_end_matches('/')) };
    let mut recognised = Recognition {
        path,
        label: files.label(),
        discs: kept.iter().map(|candidate| candidate.id.to_owned()).collect(),
        products,
        proven,
        sku,
        edition,
        version,
        language,
        evidence,
        prompts,
        ..Recognition::default()
    };
    recognised.findings = notes(catalogue, &recognised, &kept);
    recognised
}

/// The notes on a disc that was recognised.
fn notes(catalogue: &Catalogue, recognised: &Recognition, kept: &[&Candidate<'_>]) -> Vec<Finding> {
    let title = titles(catalogue, &recognised.products);
    let mut findings = Vec::new();
    if recognised.sku == Some(Sku::Evaluation) {
        findings.push(finding(catalogue, "media/evaluation", &[("product", &title)]));
    }
    let mut asked: Vec<_> = recognised.prompts.iter().map(|prompt| (prompt.asks, &prompt.forms)).collect();
    asked.sort_by_key(|(_, forms)| *forms);
    asked.dedup();
    if recognised.sku.is_none() && recognised.product().is_some() && asked.len() > 1 {
        let otherwise = kept.iter().find_map(|candidate| candidate.disc.otherwise.as_ref());
        let place = otherwise.map_or_else(
            || "the label of the disc, its case or its certificate may tell".to_owned(),
            |otherwise| format!("{} ({})", otherwise.look, otherwise.article),
        );
        findings.push(finding(catalogue, "media/channel-not-told", &[("product", &title), ("place", &place)]));
    }
    findings
}

/// A disc of which nothing is known.
fn unknown(catalogue: &Catalogue, root: Recognition) -> Recognition {
    let findings = vec![finding(catalogue, "media/unknown", &[("path", &root.path)])];
    Recognition { findings, ..root }
}

fn titles(catalogue: &Catalogue, products: &[String]) -> String {
    let title = |id: &String| catalogue.products.get(id).map_or_else(|| id.clone(), |product| product.title.clone());
    products.iter().map(title).collect::<Vec<_>>().join(" or ")
}
