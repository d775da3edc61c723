//! Turns a described disc into contents, for the examples of rule files.

use super::{Contents, Found, compare, recognise};
use crate::{
    catalogue::Catalogue,
    model::{
        disc_specimen::DiscSpecimen,
        file_list::{FileList, ListedItem},
        recognition::Recognition,
    },
    source::Fault,
};
use std::collections::BTreeMap;

/// Recognises the disc of an example.
pub fn recognition(catalogue: &Catalogue, specimen: &DiscSpecimen) -> Vec<Recognition> {
    let mut list = FileList { label: specimen.label.clone(), ..FileList::default() };
    for path in specimen.files.iter().chain(specimen.texts.keys()) {
        list.add(path, ListedItem::default());
    }
    for (path, size) in &specimen.sizes {
        list.add(path, ListedItem { size: Some(*size), ..ListedItem::default() });
    }
    for (path, day) in &specimen.dates {
        list.add(path, ListedItem { days: vec![day.clone()], ..ListedItem::default() });
    }
    let mut found = recognise(catalogue, "example", &WithTexts { list, texts: &specimen.texts });
    if let (Some(named), [only]) = (&specimen.named, found.as_mut_slice()) {
        compare(catalogue, only, named);
    }
    found
}

/// A list of files, some with their texts.
struct WithTexts<'s> {
    list: FileList,
    texts: &'s BTreeMap<String, String>,
}

impl Contents for WithTexts<'_> {
    fn label(&self) -> Option<String> {
        self.list.label()
    }

    fn list(&self, folder: &str) -> Result<Vec<Found>, Fault> {
        self.list.list(folder)
    }

    fn read(&self, file: &str, _most: usize) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.texts.get(file).map(|text| text.clone().into_bytes()))
    }
}
