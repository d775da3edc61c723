//! Checks the entries of a catalogue against the texts of the articles that they cite.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod answer_source;
mod article;
mod citation;
mod claim;
mod copied;
mod holder;
mod rule;
mod term;
mod text;

use crate::{
    catalogue::{AnyEntry, Catalogue, Family, Folder, RuleFileError, fault::RuleFault, folder},
    model::source::Source,
};
use copied::Copied;
use holder::{Cited, Holder};
use serde::Serialize;
use std::path::{Path, PathBuf};
use text::Texts;

/// The results of checking a catalogue against texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EvidenceCounts {
    /// The number of texts in the folder.
    pub texts: usize,
    /// The number of claims that were found in a cited text.
    pub claims: usize,
    /// The number of articles of the catalogue without a text in the folder.
    pub articles_without_text: usize,
    /// The number of claims whose cited text is not in the folder.
    pub claims_without_text: usize,
}

/// Checks every entry of a folder of rule files, or of the built-in ones, against the texts in another folder, named like `Q12345.txt`.
///
/// # Errors
/// The folders cannot be read, or the rule files have faults.
pub fn hold(rules: Option<&Path>, texts: &Path) -> Result<(EvidenceCounts, Vec<RuleFault>), RuleFileError> {
    let read;
    let catalogue = match rules {
        Some(folder) => {
            read = Catalogue::with_folder(folder)?;
            &read
        }
        None => Catalogue::built_in(),
    };
    let texts = Texts::read(texts)?;
    let copied = Copied::from(&texts);
    let mut holder = Holder::new(catalogue, &texts, &copied);
    for (family, folder) in Family::all_folders() {
        for (place, id) in places(catalogue, rules, family, folder)? {
            holder.begin(place);
            entry(&mut holder, family, &id);
        }
    }
    Ok(holder.finish())
}

/// The origin of an entry: its file, or the file name of a built-in one.
enum EntryOrigin {
    File(folder::File),
    BuiltIn(PathBuf),
}

fn places(
    catalogue: &Catalogue,
    rules: Option<&Path>,
    family: Family,
    Folder { name, prefix }: Folder,
) -> Result<Vec<(EntryOrigin, String)>, RuleFileError> {
    if let Some(rules) = rules {
        let folder = rules.join(name);
        let files = if folder.is_dir() { folder::files(&folder, prefix)? } else { Vec::new() };
        let place = |file: folder::File| {
            let id = file.id.clone();
            (EntryOrigin::File(file), id)
        };
        return Ok(files.into_iter().map(place).collect());
    }
    let ids = catalogue.table(family).ids();
    let place = |id: &str| {
        let stem = id.strip_prefix(prefix)?;
        Some((EntryOrigin::BuiltIn(Path::new(name).join(format!("{stem}.toml"))), id.to_owned()))
    };
    Ok(ids.into_iter().filter_map(place).collect())
}

/// Checks one entry: the statements of its sources, copied sentences, and the claims of its family.
fn entry(holder: &mut Holder<'_>, family: Family, id: &str) {
    let table = holder.catalogue.table(family);
    let Some((id, entry)) = table.any(id) else { return };
    if let AnyEntry::Product(product) = entry {
        citation::product(holder, product);
    } else if let AnyEntry::Package(package) = entry {
        citation::package(holder, package);
    } else if let AnyEntry::Article(article) = entry {
        article::hold(holder, id, article);
    } else if let AnyEntry::Server(server) = entry {
        citation::server(holder, server);
    } else if let AnyEntry::AnswerSource(source) = entry {
        answer_source::hold(holder, source);
    } else if let AnyEntry::Rule(rule) = entry {
        rule::hold(holder, rule);
    }
    // The statements of sources are checked in every family.
    if let Some(json) = table.json(id) {
        citation::sources(holder, &json);
        copied::entry(holder.copied, &json, |steps, message| holder.fault(steps, message));
    }
}

/// The articles that an entry cites as Microsoft's own word.
fn documented(sources: &[Source]) -> Cited {
    Cited::new(sources.iter().filter_map(|source| source.article.as_deref()))
}
