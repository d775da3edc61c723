//! Makes CDs: ISO 9660, with or without Joliet names.

use super::Files;
use std::collections::BTreeMap;

const BLOCK: usize = 2048;

/// A CD with names as ISO 9660 has them: `MASTER.GLB;1`.
pub fn iso(files: &Files) -> Vec<u8> {
    Cd::new(files).write(&[Names::Plain])
}

/// A CD on which names like `~1` stand for the names of Joliet, as they do where a name is too long.
pub fn joliet(files: &Files) -> Vec<u8> {
    Cd::new(files).write(&[Names::Numbered, Names::Joliet])
}

#[derive(Clone, Copy, PartialEq)]
enum Names {
    Plain,
    Numbered,
    Joliet,
}

/// Folders by their paths, each with the names in it; the root is the empty path.
struct Cd<'f> {
    files: &'f Files<'f>,
    folders: BTreeMap<String, BTreeMap<String, Option<usize>>>,
}

impl<'f> Cd<'f> {
    fn new(files: &'f Files<'f>) -> Self {
        let mut folders: BTreeMap<String, BTreeMap<String, Option<usize>>> = BTreeMap::from([Default::default()]);
        for (number, (path, _)) in files.iter().enumerate() {
            let mut folder = String::new();
            let names: Vec<&str> = path.trim_end_matches('/').split('/').collect();
            for (at, name) in names.iter().enumerate() {
                let is_file = at + 1 == names.len() && !path.ends_with('/');
                let entries = folders.entry(folder.clone()).or_default();
                entries.entry((*name).to_owned()).or_insert(is_file.then_some(number));
                folder = join(&folder, name);
                if !is_file {
                    folders.entry(folder.clone()).or_default();
                }
            }
        }
        Self { files, folders }
    }

    fn write(&self, trees: &[Names]) -> Vec<u8> {
        let mut image = vec![0; (16 + trees.len() + 1) * BLOCK];
        let contents: Vec<usize> = self.files.iter().map(|(_, content)| append(&mut image, content)).collect();
        for (number, names) in trees.iter().enumerate() {
            // Every folder gets a place before any is written, for each names those above and below it.
            let length = |path: &String| self.folder(path, *names, &contents, &|_| (0, 0)).len();
            let places: BTreeMap<&String, (usize, usize)> = self
                .folders
                .keys()
                .map(|path| (path, (append(&mut image, &vec![0; length(path)]), length(path))))
                .collect();
            let place = |path: &str| places[&path.to_owned()];
            for (path, (block, length)) in &places {
                let bytes = self.folder(path, *names, &contents, &place);
                image[block * BLOCK..][..*length].copy_from_slice(&bytes);
            }
            let descriptor = &mut image[(16 + number) * BLOCK..][..BLOCK];
            descriptor[0] = if *names == Names::Joliet { 2 } else { 1 };
            descriptor[1..7].copy_from_slice(b"CD001\x01");
            if *names == Names::Joliet {
                descriptor[88..91].copy_from_slice(b"%/E");
            }
            descriptor[128..130].copy_from_slice(&(BLOCK as u16).to_le_bytes());
            descriptor[156..190].copy_from_slice(&record(&[0], place(""), FOLDER));
        }
        let end = (16 + trees.len()) * BLOCK;
        image[end..end + 7].copy_from_slice(b"\xFFCD001\x01");
        let blocks = (image.len() / BLOCK) as u32;
        for number in 0..trees.len() {
            image[(16 + number) * BLOCK + 80..][..4].copy_from_slice(&blocks.to_le_bytes());
        }
        image
    }

    fn folder(&self, path: &str, names: Names, contents: &[usize], place: &dyn Fn(&str) -> (usize, usize)) -> Vec<u8> {
        let above = path.rsplit_once('/').map_or("", |(above, _)| above);
        let mut records = vec![record(&[0], place(path), FOLDER), record(&[1], place(above), FOLDER)];
        for (number, (name, file)) in self.folders[path].iter().enumerate() {
            let written = match names {
                Names::Plain if file.is_some() => format!("{name};1").into_bytes(),
                Names::Plain => name.clone().into_bytes(),
                Names::Numbered => format!("~{number}").into_bytes(),
                Names::Joliet => name.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            };
            records.push(match file {
                Some(file) => record(&written, (contents[*file], self.files[*file].1.len()), 0),
                None => record(&written, place(&join(path, name)), FOLDER),
            });
        }
        let mut bytes = Vec::new();
        for record in records {
            // No record lies across the end of a block.
            if bytes.len() % BLOCK + record.len() > BLOCK {
                bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
            }
            bytes.extend(record);
        }
        bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        bytes
    }
}

const FOLDER: u8 = 2;

fn record(name: &[u8], (block, length): (usize, usize), flags: u8) -> Vec<u8> {
    let size = (33 + name.len()).next_multiple_of(2);
    let (block, length) = (block as u32, length as u32);
    let mut record = vec![size as u8, 0];
    record.extend([block.to_le_bytes(), block.to_be_bytes(), length.to_le_bytes(), length.to_be_bytes()].concat());
    record.extend([95, 7, 6, 14, 31, 0, 0, flags, 0, 0, 1, 0, 0, 1, name.len() as u8]);
    record.extend(name);
    record.resize(size, 0);
    record
}

/// Adds content in blocks of its own, and says where.
fn append(image: &mut Vec<u8>, content: &[u8]) -> usize {
    let block = image.len() / BLOCK;
    image.extend(content);
    image.resize(image.len().next_multiple_of(BLOCK), 0);
    block
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
