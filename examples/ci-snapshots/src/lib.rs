//! What jewelcase says of the answer files and the inventory of this project.

use jewelcase::{
    Catalogue, Event, ReportFilter, Request, Situation, UnknownId,
    document::{Command, Document, Entry, Keys, Remedies},
    scan,
};
use std::path::Path;

/// Everything that files and folders hold: every key and serial, masked, and what is wrong with the files around them.
///
/// Which product a key is for follows from the file that it is in.
///
/// # Errors
/// The product or package of the situation is not known. A file that cannot be read is a finding.
pub fn judged(inputs: &[&Path], situation: Situation<'_>) -> Result<Document<'static>, UnknownId> {
    let catalogue = Catalogue::built_in();
    let request = Request {
        situation,
        filter: ReportFilter::All,
        ..Request::new(catalogue, inputs.iter().map(|input| input.to_path_buf()).collect())
    };
    let mut entries = Vec::new();
    scan(&request, |event| {
        match event {
            Event::Key(located, _) => entries.push(Entry::of_key(&located, Keys::Masked).into_owned()),
            Event::File(entry) => entries.push(*entry),
            _ => {}
        }
        Ok::<_, UnknownId>(())
    })?;
    Ok(Document::new(Command::Scan, entries, Remedies::Catalogue(catalogue)))
}
