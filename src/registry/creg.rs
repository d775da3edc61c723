//! Walks a registry file of Windows 95, 98 and Me.

use super::{
    Registry,
    bits::Visited,
    fault,
    tree::{MAX_DEPTH, Tree, of_bytes},
    value::{Format, Wanted},
};
use crate::parse::creg::{self, BLOCK_HEADER, NO_RECORD, NONE, TREE_OFFSET, VERSION};

/// The kind of a value that is text.
const TEXT: u32 = 1;

/// The records of all keys: the number of a block and of a record in it, and the offset in the file, sorted.
struct Records(Vec<(u16, u16, usize)>);

/// Reads the file.
pub(super) fn read(bytes: &[u8]) -> Registry {
    let mut tree = Tree::new(Format::Creg);
    let Some(header) = creg::header(bytes) else {
        tree.fault(fault("input/truncated", None, "expected the 32 bytes of a registry file's header".to_owned()));
        return tree.end();
    };
    if header.version != VERSION {
        let (major, minor) = (header.version >> 16, header.version & 0xFFFF);
        let message =
            format!("expected a registry file of version 1.0; found version {major}.{minor}, which is not read");
        tree.fault(fault("input/unsupported-image", Some(4), message));
        return tree.end();
    }
    let Some((_, root)) = bytes.get(TREE_OFFSET..).and_then(creg::tree) else {
        let message = "expected the tree of keys, which begins with RGKN".to_owned();
        let rule = if bytes.len() < TREE_OFFSET + 12 { "input/truncated" } else { "input/corrupt-image" };
        tree.fault(fault(rule, Some(TREE_OFFSET), message));
        return tree.end();
    };
    let records = Records::of(bytes, header.blocks, &mut tree);
    walk(bytes, root, &records, &mut tree);
    tree.end()
}

impl Records {
    /// The records of the blocks up to the end of the file: the counts in the header are not reliable.
    fn of(bytes: &[u8], first: u32, tree: &mut Tree) -> Self {
        let mut records = Vec::new();
        let (mut at, mut number) = (first as usize, 0_u16);
        if at >= bytes.len() {
            let message = format!("expected the first block of keys at {at:#x}; the file ends at {:#x}", bytes.len());
            tree.fault(fault("input/truncated", Some(bytes.len()), message));
        }
        while at < bytes.len() {
            let length = bytes.get(at..).and_then(creg::block).map(|length| length as usize);
            let Some(length) = length.filter(|length| *length >= BLOCK_HEADER) else {
                let message = "expected a block of keys, which begins with RGDB".to_owned();
                tree.fault(fault("input/corrupt-image", Some(at), message));
                break;
            };
            let end = at.saturating_add(length);
            if end > bytes.len() {
                let message = format!("expected a block up to {end:#x}; the file ends at {:#x}", bytes.len());
                tree.fault(fault("input/truncated", Some(at), message));
            }
            Self::of_block(bytes, at, end.min(bytes.len()), number, &mut records);
            let Some(next) = number.checked_add(1) else { break };
            (at, number) = (end, next);
        }
        records.sort_unstable();
        Self(records)
    }

    fn of_block(bytes: &[u8], start: usize, end: usize, block: u16, records: &mut Vec<(u16, u16, usize)>) {
        const SHORTEST: usize = 8;
        let mut at = start.saturating_add(BLOCK_HEADER);
        while let Some((length, number)) = bytes.get(at..end).and_then(creg::beginning) {
            if number != NO_RECORD {
                records.push((block, number, at));
            }
            let length = length as usize;
            if length < SHORTEST {
                break;
            }
            at = at.saturating_add(length);
        }
    }

    fn offset(&self, block: u16, number: u16) -> Option<usize> {
        let at = self.0.partition_point(|(other, of, _)| (*other, *of) < (block, number));
        self.0.get(at).filter(|(other, of, _)| (*other, *of) == (block, number)).map(|(_, _, offset)| *offset)
    }
}

/// Visits each key once, from the root on, in the order of the tree.
fn walk(bytes: &[u8], root: u32, records: &Records, tree: &mut Tree) {
    let mut visited = Visited::new(bytes.len());
    let mut waiting = vec![(root, 0_usize)];
    while let Some((offset, depth)) = waiting.pop() {
        if offset == NONE {
            continue;
        }
        let at = TREE_OFFSET.saturating_add(offset as usize);
        let node = bytes.get(at..).and_then(creg::node).filter(|_| depth <= MAX_DEPTH && visited.visit(offset));
        let Some(node) = node else {
            tree.damaged(at);
            continue;
        };
        waiting.push((node.next, depth));
        // The root has no name, and is no part of a path.
        let is_root = node.number == NO_RECORD;
        if !is_root {
            match records.offset(node.block, node.number) {
                Some(record) => key(bytes, record, depth, tree),
                None => tree.damaged(at),
            }
        }
        waiting.push((node.child, if is_root { depth } else { depth + 1 }));
    }
}

/// Reads the values of a key.
fn key(bytes: &[u8], record: usize, depth: usize, tree: &mut Tree) {
    let Some(key) = bytes.get(record..).and_then(creg::key) else {
        tree.damaged(record);
        return;
    };
    tree.enter(depth, of_bytes(key.name));
    let end = record.saturating_add(key.length as usize).min(bytes.len());
    let start = bytes.len().saturating_sub(key.rest.len());
    let mut rest = bytes.get(start..end).unwrap_or_default();
    for _ in 0..key.values {
        let Some((value, after)) = creg::value(rest) else {
            tree.damaged(end.saturating_sub(rest.len()));
            break;
        };
        if let Some(wanted) = Wanted::of(value.name)
            && value.kind == TEXT
        {
            let offset = end.saturating_sub(after.len() + value.data.len());
            tree.value(wanted, of_bytes(value.name), of_bytes(value.data), offset);
        }
        rest = after;
    }
    tree.leave();
}
