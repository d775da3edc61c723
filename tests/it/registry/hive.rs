//! Writes registry files by the public descriptions of their formats.

/// A key with its values, which are all text, and the keys in it.
pub struct Key {
    name: String,
    values: Vec<(String, String)>,
    keys: Vec<Key>,
}

impl Key {
    pub fn new(name: &str, values: &[(&str, &str)]) -> Self {
        let values = values.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Self { name: name.to_owned(), values, keys: Vec::new() }
    }

    pub fn with(mut self, key: Self) -> Self {
        self.keys.push(key);
        self
    }
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("the files are small")
}

fn short(bytes: usize) -> u16 {
    u16::try_from(bytes).expect("the names are short")
}

/// The registry file of Windows 95, 98 or Me: one block of records.
pub fn creg(top: &Key) -> Vec<u8> {
    let (mut nodes, mut records) = (Vec::new(), Vec::new());
    let root = [0, 0, u32::MAX, u32::MAX, 0x20 + 28, u32::MAX, u32::MAX];
    nodes.push(root);
    add(top, 0x20, &mut nodes, &mut records);
    let tree_length = length(0x20 + nodes.len() * 28);
    let mut file = b"CREG\0\0\x01\0".to_vec();
    file.extend((0x20 + tree_length).to_le_bytes());
    file.resize(0x20, 0);
    file.extend(b"RGKN");
    file.extend(tree_length.to_le_bytes());
    file.extend(0x20_u32.to_le_bytes());
    file.resize(0x40, 0);
    nodes.iter().flatten().for_each(|field| file.extend(field.to_le_bytes()));
    file.extend(b"RGDB");
    file.extend(length(0x20 + records.len()).to_le_bytes());
    file.extend([0; 24]);
    file.extend(records);
    file
}

/// Adds a key and those in it. Returns its offset in the tree.
fn add(key: &Key, parent: u32, nodes: &mut Vec<[u32; 7]>, records: &mut Vec<u8>) -> u32 {
    let (at, number) = (nodes.len(), length(nodes.len() - 1));
    let offset = |index: usize| 0x20 + length(index) * 28;
    nodes.push([0, 0, u32::MAX, parent, u32::MAX, u32::MAX, number]);
    let mut record = Vec::new();
    for (name, text) in &key.values {
        record.extend(1_u32.to_le_bytes());
        record.extend([0; 4]);
        record.extend(short(name.len()).to_le_bytes());
        record.extend(short(text.len()).to_le_bytes());
        record.extend(name.bytes().chain(text.bytes()));
    }
    let whole = length(20 + key.name.len() + record.len());
    records.extend(whole.to_le_bytes());
    records.extend(number.to_le_bytes());
    records.extend(whole.to_le_bytes());
    records.extend(short(key.name.len()).to_le_bytes());
    records.extend(short(key.values.len()).to_le_bytes());
    records.extend([0; 4]);
    records.extend(key.name.bytes());
    records.extend(record);
    let mut before: Option<usize> = None;
    for child in &key.keys {
        let index = nodes.len();
        match before {
            None => nodes[at][4] = offset(index),
            Some(before) => nodes[before][5] = offset(index),
        }
        add(child, offset(at), nodes, records);
        before = Some(index);
    }
    offset(at)
}

/// The registry hive of Windows NT.
pub fn regf(top: &Key, minor: u32) -> Vec<u8> {
    let mut bins = b"hbin".to_vec();
    bins.resize(0x20, 0);
    let root = nk(top, &mut bins);
    bins.resize(bins.len().next_multiple_of(0x1000), 0);
    let mut file = b"regf".to_vec();
    file.resize(20, 0);
    for field in [1, minor, 0, 1, root, length(bins.len())] {
        file.extend(field.to_le_bytes());
    }
    file.resize(0x1000, 0);
    file.extend(bins);
    file
}

/// Adds a cell, and returns its offset.
fn cell(data: &[u8], bins: &mut Vec<u8>) -> u32 {
    let (offset, whole) = (length(bins.len()), (data.len() + 4).next_multiple_of(8));
    bins.extend(length(whole).wrapping_neg().to_le_bytes());
    bins.extend(data);
    bins.resize(offset as usize + whole, 0);
    offset
}

fn nk(key: &Key, bins: &mut Vec<u8>) -> u32 {
    let values: Vec<u8> = key.values.iter().flat_map(|(name, text)| vk(name, text, bins).to_le_bytes()).collect();
    let values_at = if values.is_empty() { u32::MAX } else { cell(&values, bins) };
    let mut list = b"lf".to_vec();
    list.extend(short(key.keys.len()).to_le_bytes());
    for child in &key.keys {
        list.extend(nk(child, bins).to_le_bytes());
        list.extend([0; 4]);
    }
    let list_at = if key.keys.is_empty() { u32::MAX } else { cell(&list, bins) };
    let mut node = b"nk\x20\0".to_vec();
    node.resize(20, 0);
    for field in [length(key.keys.len()), 0, list_at, u32::MAX, length(key.values.len()), values_at] {
        node.extend(field.to_le_bytes());
    }
    node.resize(72, 0);
    node.extend(short(key.name.len()).to_le_bytes());
    node.extend([0; 2]);
    node.extend(key.name.bytes());
    cell(&node, bins)
}

fn vk(name: &str, text: &str, bins: &mut Vec<u8>) -> u32 {
    let text: Vec<u8> = text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let data = cell(&text, bins);
    let mut value = b"vk".to_vec();
    value.extend(short(name.len()).to_le_bytes());
    for field in [length(text.len()), data, 1, 1] {
        value.extend(field.to_le_bytes());
    }
    value.extend(name.bytes());
    cell(&value, bins)
}
