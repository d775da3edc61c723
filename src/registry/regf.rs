//! Walks a registry hive of Windows NT.

use super::{
    Registry,
    bits::Visited,
    fault,
    tree::{MAX_DEPTH, Tree, of_bytes, of_utf16},
    value::{Format, Wanted},
};
use crate::parse::regf::{self, Data, HEADER_LENGTH, List, NONE, Name};

/// The minor versions whose records public descriptions cover.
const VERSIONS: std::ops::RangeInclusive<u32> = 3..=6;

/// The longest name of a value that is of interest, in bytes.
const MAX_NAME: usize = 64;

/// The kinds of a value that are text.
const TEXT: [u32; 2] = [1, 2];

/// Reads the hive.
pub(super) fn read(bytes: &[u8]) -> Registry {
    let mut tree = Tree::new(Format::Regf);
    let Some(header) = regf::header(bytes) else {
        let message = format!("expected a registry hive; the file ends at {:#x}, within its header", bytes.len());
        tree.fault(fault("input/truncated", None, message));
        return tree.end();
    };
    if header.major != 1 || !VERSIONS.contains(&header.minor) {
        let (major, minor) = (header.major, header.minor);
        let message = format!(
            "expected a registry hive of version 1.3 to 1.6; found version {major}.{minor}, whose records the descriptions used here do not cover"
        );
        tree.fault(fault("input/unsupported-image", Some(20), message));
        return tree.end();
    }
    // A log of changes has no tree; the hive itself is beside it.
    if header.kind != 0 {
        return tree.end();
    }
    let end = HEADER_LENGTH.saturating_add(header.length as usize);
    if end > bytes.len() {
        let message = format!("expected a hive up to {end:#x}; the file ends at {:#x}", bytes.len());
        tree.fault(fault("input/truncated", Some(bytes.len()), message));
    }
    Walk { bytes, visited: Visited::new(bytes.len()), tree: &mut tree }.keys(header.root);
    tree.end()
}

struct Walk<'b, 't> {
    bytes: &'b [u8],
    visited: Visited,
    tree: &'t mut Tree,
}

impl<'b> Walk<'b, '_> {
    /// Visits each key once, from the root on.
    fn keys(&mut self, root: u32) {
        let mut waiting = vec![(root, 0_usize)];
        while let Some((offset, depth)) = waiting.pop() {
            let key = self.cell(offset).and_then(regf::key);
            let Some(key) = key.filter(|_| depth <= MAX_DEPTH && self.visited.visit(offset)) else {
                self.damaged(offset);
                continue;
            };
            // The root is named after the file that made it, which is no part of a path.
            if let Some(above) = depth.checked_sub(1) {
                self.tree.enter(above, text(key.name));
            }
            self.values(&key);
            if key.children != NONE && key.children != 0 {
                let first = waiting.len();
                self.children(key.children, depth + 1, &mut waiting);
                waiting.get_mut(first..).unwrap_or_default().reverse();
            }
        }
    }

    /// Adds the keys of a list, and of the lists that it names.
    fn children(&mut self, list: u32, depth: usize, waiting: &mut Vec<(u32, usize)>) {
        match self.list(list) {
            Some(List::Keys(keys)) => waiting.extend(keys.into_iter().map(|key| (key, depth))),
            Some(List::Lists(lists)) => {
                for list in lists {
                    match self.list(list) {
                        Some(List::Keys(keys)) => waiting.extend(keys.into_iter().map(|key| (key, depth))),
                        // A list of lists names no other one.
                        Some(List::Lists(_)) | None => self.damaged(list),
                    }
                }
            }
            None => self.damaged(list),
        }
    }

    fn list(&mut self, offset: u32) -> Option<List> {
        let cell = self.cell(offset).filter(|_| self.visited.visit(offset))?;
        regf::list(cell)
    }

    /// Reads the values of the current key.
    fn values(&mut self, key: &regf::Key<'_>) {
        if key.values == 0 {
            return;
        }
        let Some(mut rest) = self.cell(key.value_list).filter(|_| self.visited.visit(key.value_list)) else {
            self.damaged(key.value_list);
            return;
        };
        for _ in 0..key.values {
            let Some((offset, after)) = regf::offset(rest) else {
                self.damaged(key.value_list);
                break;
            };
            rest = after;
            match self.cell(offset).and_then(regf::value) {
                Some(value) => self.value(&value),
                None => self.damaged(offset),
            }
        }
        self.tree.leave();
    }

    fn value(&mut self, value: &regf::Value<'_>) {
        let (Name::Bytes(bytes) | Name::Utf16(bytes)) = value.name;
        if bytes.len() > MAX_NAME || !TEXT.contains(&value.kind) {
            return;
        }
        let name = text(value.name);
        let (Some(wanted), Data::At(at)) = (Wanted::of(name.as_bytes()), value.data) else { return };
        let Some(data) = self.cell(at) else {
            self.damaged(at);
            return;
        };
        let data = data.get(..value.length as usize).unwrap_or(data);
        self.tree.value(wanted, name, of_utf16(data), place(at).saturating_add(4));
    }

    /// The data of the cell at an offset.
    fn cell(&self, offset: u32) -> Option<&'b [u8]> {
        self.bytes.get(place(offset)..).and_then(regf::cell)
    }

    fn damaged(&mut self, offset: u32) {
        self.tree.damaged(place(offset));
    }
}

/// The place in the file of an offset, which is counted from the end of the header.
fn place(offset: u32) -> usize {
    HEADER_LENGTH.saturating_add(offset as usize)
}

fn text(name: Name<'_>) -> String {
    match name {
        Name::Bytes(name) => of_bytes(name),
        Name::Utf16(name) => of_utf16(name),
    }
}
