//! What jewelcase says of the answer files and the inventory of this project.

use jewelcase::{
    Catalogue, Situation, UnknownId,
    scan::{Event, ReportFilter, Request, columns::Columns, scan, walk::WalkOptions},
    wire::{Command, Document, Entry, Remedies, mask::Keys},
};
use std::{num::NonZeroUsize, path::Path};

/// Everything that files and folders hold: every key and serial, masked, and what is wrong with the files around them.
///
/// Which product a key is for follows from the file that it stands in.
///
/// # Errors
/// The product or package of the situation is not known. A file that cannot be read is a finding.
pub fn judged(inputs: &[&Path], situation: Situation<'_>) -> Result<Document<'static>, UnknownId> {
    let catalogue = Catalogue::built_in();
    let request = Request {
        catalogue,
        inputs: inputs.iter().map(|input| input.to_path_buf()).collect(),
        situation,
        by_path: None,
        kind: None,
        encoding: None,
        columns: Columns::default(),
        filter: ReportFilter::All,
        duplicates: false,
        carry: false,
        keys: Keys::Masked,
        walk: WalkOptions::default(),
        threads: NonZeroUsize::MIN,
    };
    let mut entries = Vec::new();
    scan(&request, |event| {
        match event {
            Event::Key(located, _) => entries.push(Entry::of_key(&located, Keys::Masked).into_owned()),
            Event::File(entry) => entries.push(*entry),
            Event::Read(_) => {}
        }
        Ok::<_, UnknownId>(())
    })?;
    Ok(Document::new(Command::Scan, entries, Remedies::Catalogue(catalogue)))
}
