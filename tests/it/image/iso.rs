//! Makes CDs: ISO 9660, with or without Joliet names.

use super::{Files, Folders};
use std::collections::BTreeMap;

const BLOCK: usize = 2048;
const FOLDER: u8 = 2;

/// A CD with names as ISO 9660 has them: `MASTER.GLB;1`.
pub fn iso(files: &Files) -> Vec<u8> {
    Cd { files, folders: Folders::of(files) }.write(&[Names::Plain])
}

/// A CD on which names like `~1` stand for the names of Joliet, as they do where a name is too long.
pub fn joliet(files: &Files) -> Vec<u8> {
    Cd { files, folders: Folders::of(files) }.write(&[Names::Numbered, Names::Joliet])
}

#[derive(Clone, Copy, PartialEq)]
enum Names {
    Plain,
    Numbered,
    Joliet,
}

struct Cd<'f> {
    files: &'f Files<'f>,
    folders: Folders,
}

impl Cd<'_> {
    fn write(&self, trees: &[Names]) -> Vec<u8> {
        let mut image = vec![0; (16 + trees.len() + 1) * BLOCK];
        let contents: Vec<usize> = self.files.iter().map(|(_, content)| append(&mut image, content)).collect();
        for (number, names) in trees.iter().enumerate() {
            // Every folder gets a place before any is written, for each names those above and below it.
            let length = |path: &str| self.folder(path, *names, &contents, &|_| (0, 0)).len();
            let mut room = |path| (append(&mut image, &vec![0; length(path)]), length(path));
            let places: BTreeMap<&str, (usize, usize)> = self.folders.paths().map(|path| (path, room(path))).collect();
            for (path, (block, length)) in &places {
                let bytes = self.folder(path, *names, &contents, &|path| places[path]);
                image[block * BLOCK..][..*length].copy_from_slice(&bytes);
            }
            let descriptor = &mut image[(16 + number) * BLOCK..][..BLOCK];
            descriptor[0] = if *names == Names::Joliet { 2 } else { 1 };
            descriptor[1..7].copy_from_slice(b"CD001\x01");
            if *names == Names::Joliet {
                descriptor[88..91].copy_from_slice(b"%/E");
            }
            descriptor[128..130].copy_from_slice(&(BLOCK as u16).to_le_bytes());
            descriptor[156..190].copy_from_slice(&record(&[0], places[""], FOLDER));
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
        let above = Folders::above(path).unwrap_or("");
        let mut records = vec![record(&[0], place(path), FOLDER), record(&[1], place(above), FOLDER)];
        for (number, (name, file)) in self.folders.entries(path).enumerate() {
            let written = match names {
                Names::Plain if file.is_some() => format!("{name};1").into_bytes(),
                Names::Plain => name.as_bytes().to_owned(),
                Names::Numbered => format!("~{number}").into_bytes(),
                Names::Joliet => name.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            };
            records.push(match file {
                Some(file) => record(&written, (contents[file], self.files[file].1.len()), 0),
                None => record(&written, place(&Folders::join(path, name)), FOLDER),
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
