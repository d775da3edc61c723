//! The columns of tables and the fields of records: the role of each, by its name.

use crate::{catalogue::Catalogue, source::encoding::lossy};

/// The column of keys, as a user names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Found by its name or its contents.
    #[default]
    Any,
    /// The column of this name.
    Named(String),
    /// The column of this number, counted from one.
    Numbered(usize),
}

/// The columns that a user named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The column of keys.
    pub key: Column,
}

/// The role of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Keys, and nothing else.
    Key,
    /// Keys, or the keys of something else: `key`.
    KeyWord,
    /// Keys among other numbers, such as the serial numbers of printers: the name is only a hint.
    Serial,
    Product,
    Sku,
    Package,
    Other,
}

impl Role {
    /// Returns `true` if such a column contains keys, perhaps among other numbers.
    pub(super) fn is_of_keys(self) -> bool {
        match self {
            Self::Key | Self::KeyWord | Self::Serial => true,
            Self::Product | Self::Sku | Self::Package | Self::Other => false,
        }
    }
}

/// Names of columns, without spaces and punctuation. These first ones mean keys and serials, and nothing else.
const SURE_KEYS: [&str; 7] =
    ["cdkey", "cdkeys", "cdkeynumber", "cdkeycode", "poserial", "postofficeserial", "postofficeserialnumber"];
const KEYS: [&str; 9] = [
    "productkey",
    "productkeys",
    "productid",
    "productids",
    "licensekey",
    "licencekey",
    "installationkey",
    "installkey",
    "setupkey",
];
const KEY_WORDS: [&str; 3] = ["key", "keycode", "keys"];
const SERIALS: [&str; 12] = [
    "licensecode",
    "licencecode",
    "licensenumber",
    "licencenumber",
    "number",
    "pid",
    "registrationnumber",
    "serial",
    "serialno",
    "serialnumber",
    "serials",
    "sn",
];
const PRODUCTS: [&str; 4] = ["product", "productname", "software", "title"];
const SKUS: [&str; 4] = ["sku", "channel", "edition", "licensetype"];
const PACKAGES: [&str; 4] = ["package", "from", "box", "kit"];

/// Returns `true` if a header contains a name for a column of keys.
pub(super) fn names_a_key(header: &[u8], delimiter: u8, catalogue: &Catalogue) -> bool {
    header.split(|byte| *byte == delimiter).any(|name| role_in_words(&normalize(&lossy(name)), catalogue).is_of_keys())
}

/// Returns `true` if a name, without spaces and punctuation, means keys and nothing else.
pub(super) fn is_sure(name: &str) -> bool {
    SURE_KEYS.contains(&name)
}

/// The role of a column or field with this name.
pub(super) fn role(name: &str) -> Role {
    match name {
        name if KEYS.contains(&name) || is_sure(name) => Role::Key,
        name if KEY_WORDS.contains(&name) => Role::KeyWord,
        name if SERIALS.contains(&name) => Role::Serial,
        name if PRODUCTS.contains(&name) => Role::Product,
        name if SKUS.contains(&name) => Role::Sku,
        name if PACKAGES.contains(&name) => Role::Package,
        _ => Role::Other,
    }
}

/// The role of a column with this name, in any language.
pub(super) fn role_in_words(name: &str, catalogue: &Catalogue) -> Role {
    /// The longest column name that is considered, in bytes.
    const MAX_NAME: usize = 64;
    let known = role(name);
    if known != Role::Other || name.is_empty() || name.len() > MAX_NAME {
        return known;
    }
    let lexicon = catalogue.lexicon();
    match name {
        name if lexicon.key_columns.contains(name) => Role::Key,
        name if lexicon.hint_columns.contains(name) => Role::Serial,
        name if lexicon.product_columns.contains(name) => Role::Product,
        _ => Role::Other,
    }
}

/// A name in lower case, without spaces and punctuation.
pub(super) fn normalize(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
