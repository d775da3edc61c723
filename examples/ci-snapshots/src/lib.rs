//! What jewelcase says of the answer files and the inventory of this project.

use jewelcase::{
    Catalogue, Situation, UnknownId, judge,
    report::{
        Located,
        document::{Document, Entry, Location, Remedies},
        mask::Keys,
    },
};
use std::{fs, io, path::Path};

/// Which line of which answer file holds a key, and whose Setup reads it.
const KEYS: [(&str, &str, &str); 3] = [
    ("exchange.ini", "cdkey", "exchange-server-5.0"),
    ("msbatch.inf", "ProductID", "windows-95"),
    ("unattend.txt", "ProductID", "windows-nt-4.0"),
];

/// The keys of the answer files in a folder.
///
/// # Errors
/// A file that cannot be read, or a product that jewelcase does not know.
pub fn answer_files(folder: &Path) -> io::Result<Document> {
    let mut entries = Vec::new();
    for (file, name, product) in KEYS {
        let text = fs::read_to_string(folder.join(file))?;
        for (line, text) in (1..).zip(text.lines()) {
            if let Some((_, value)) = text.split_once('=').filter(|(key, _)| key.trim().eq_ignore_ascii_case(name)) {
                let column = text.len() - value.trim_start().len() + 1;
                let location = Location { path: file.to_owned(), line, column: column as u64 };
                entries.push(judged(value.trim(), Some(product), location).map_err(io::Error::other)?);
            }
        }
    }
    Ok(document(entries))
}

/// The serials of the postoffices in an inventory.
///
/// # Errors
/// A file that cannot be read.
pub fn postoffices(inventory: &Path) -> io::Result<Document> {
    let text = fs::read_to_string(inventory)?;
    let name = inventory.file_name().unwrap_or_default().to_string_lossy();
    let rows = (1..).zip(text.lines()).skip(1).filter_map(|(line, row)| Some((line, row.split_once(',')?)));
    let entries = rows.map(|(line, (postoffice, serial))| {
        let location = Location { path: name.clone().into_owned(), line, column: postoffice.len() as u64 + 2 };
        judged(serial, Some("mail-3.5"), location).map_err(io::Error::other)
    });
    Ok(document(entries.collect::<io::Result<_>>()?))
}

fn judged(text: &str, product: Option<&str>, location: Location) -> Result<Entry, UnknownId> {
    let subject = judge(Catalogue::built_in(), text, &Situation { product, ..Situation::default() })?;
    Ok(Entry::of(&Located { subject, location: Some(location) }, Keys::Masked))
}

fn document(entries: Vec<Entry>) -> Document {
    Document::new(entries, Remedies::Catalogue(Catalogue::built_in()))
}
