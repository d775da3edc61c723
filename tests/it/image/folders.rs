//! The folders that the paths of files make.

use super::Files;
use std::collections::BTreeMap;

/// Folders by their paths, each with the names in it; the root is the empty path.
pub struct Folders {
    folders: BTreeMap<String, BTreeMap<String, Option<usize>>>,
}

impl Folders {
    pub fn of(files: &Files) -> Self {
        let mut folders: BTreeMap<String, BTreeMap<String, Option<usize>>> = BTreeMap::from([Default::default()]);
        for (number, (path, _)) in files.iter().enumerate() {
            let mut folder = String::new();
            let names: Vec<&str> = path.trim_end_matches('/').split('/').collect();
            for (at, name) in names.iter().enumerate() {
                let is_file = at + 1 == names.len() && !path.ends_with('/');
                let entries = folders.entry(folder.clone()).or_default();
                entries.entry((*name).to_owned()).or_insert(is_file.then_some(number));
                folder = Self::join(&folder, name);
                if !is_file {
                    folders.entry(folder.clone()).or_default();
                }
            }
        }
        Self { folders }
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.folders.keys().map(String::as_str)
    }

    /// The names in a folder, with the number of the file; `None` for a folder.
    pub fn entries(&self, path: &str) -> impl Iterator<Item = (&str, Option<usize>)> {
        self.folders[path].iter().map(|(name, file)| (name.as_str(), *file))
    }

    /// The folder that holds a folder; `None` for the root.
    pub fn above(path: &str) -> Option<&str> {
        (!path.is_empty()).then(|| path.rsplit_once('/').map_or("", |(above, _)| above))
    }

    pub fn join(folder: &str, name: &str) -> String {
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    }
}
