//! The columns of tables and the fields of records: what each is for, by its name.

use crate::source::encoding::lossy;

/// Which column holds the keys, as the user says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Found by its name or by what stands in it.
    #[default]
    Any,
    /// The column of this name.
    Named(String),
    /// The column of this number, counted from one.
    Numbered(usize),
}

/// The columns that the user named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The one with the keys.
    pub key: Column,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Key,
    Product,
    Sku,
    Package,
    Other,
}

/// Names of columns, without blanks and punctuation. The first stand for nothing but keys and serials.
const SURE_KEYS: [&str; 7] =
    ["cdkey", "cdkeys", "cdkeynumber", "cdkeycode", "poserial", "postofficeserial", "postofficeserialnumber"];
const KEYS: [&str; 15] = [
    "key",
    "keys",
    "productkey",
    "productid",
    "pid",
    "serial",
    "serialno",
    "serialnumber",
    "number",
    "keycode",
    "licensekey",
    "licencekey",
    "installationkey",
    "setupkey",
    "registrationnumber",
];
const PRODUCTS: [&str; 4] = ["product", "productname", "software", "title"];
const SKUS: [&str; 4] = ["sku", "channel", "edition", "licensetype"];
const PACKAGES: [&str; 4] = ["package", "from", "box", "kit"];

/// Whether a header has a name by which columns of keys go.
pub(super) fn names_a_key(header: &[u8], delimiter: u8) -> bool {
    header.split(|byte| *byte == delimiter).any(|name| role(&plain(&lossy(name))) == Role::Key)
}

/// Whether a name, without blanks and punctuation, stands for nothing but keys.
pub(super) fn is_sure(name: &str) -> bool {
    SURE_KEYS.contains(&name)
}

/// What a column or field of this name is for.
pub(super) fn role(name: &str) -> Role {
    match name {
        name if KEYS.contains(&name) || is_sure(name) => Role::Key,
        name if PRODUCTS.contains(&name) => Role::Product,
        name if SKUS.contains(&name) => Role::Sku,
        name if PACKAGES.contains(&name) => Role::Package,
        _ => Role::Other,
    }
}

/// A name without case, blanks and punctuation.
pub(super) fn plain(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
