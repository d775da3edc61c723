//! The origin of an input and its name, which decide how much other evidence is needed before bare numbers count as keys.

use super::{
    columns::{Column, Columns},
    lexicon::has_word,
    other_numbers::claims_heading,
};
use crate::{
    catalogue::{Catalogue, words::spoken},
    source::Discovery,
};

/// The source of the claim that an input contains keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// The user said what kind of input it is, or which column contains them.
    Made,
    /// The user named this very file.
    Named,
    /// There is no claim: the input was found in a folder, an archive or an image.
    None,
}

/// The facts about an input that are known before it is read.
#[derive(Clone, Copy)]
pub(super) struct Origin<'n> {
    pub(super) claim: Claim,
    /// The name of its file.
    pub(super) name: &'n str,
    /// The catalogue, whose words explain the names of files and columns.
    pub(super) catalogue: &'n Catalogue,
}

/// Words of file names that refer to keys, alone or in a longer word: `win95keys.txt`.
const KEY_WORDS: [&str; 8] = ["cdkey", "serial", "licence", "license", "productid", "product id", "pids", "keys"];

/// Words after which `key` means something else: `api_keys.csv`.
const OTHER_KEYS: [&str; 14] = [
    "api",
    "auth",
    "authorized",
    "color",
    "foreign",
    "gpg",
    "hot",
    "pgp",
    "primary",
    "private",
    "public",
    "short",
    "ssh",
    "ssl",
];

/// The extensions of files with another syntax, which are not lists.
#[rustfmt::skip]
const SYNTAXES: [&str; 72] = [
    "asm", "c", "cc", "cfg", "cpp", "crt", "cs", "csproj", "css", "cxx", "diff", "dtd", "geojson", "go", "gpx", "h", "hex", "hpp", "htm", "html",
    "ics", "ihex", "ipynb", "java", "js", "json", "jsx", "kml", "kt", "ldif", "less", "lock", "lua", "m", "map", "mjs", "patch", "pem", "php",
    "pl", "plist", "pm", "po", "pot", "properties", "proto", "ps1", "py", "r", "rb", "resx", "rs", "s", "s19", "scala", "scss", "sh", "sql",
    "srec", "svg", "swift", "tex", "tf", "toml", "ts", "tsx", "vcf", "vue", "xhtml", "xml", "yaml", "yml",
];

impl<'n> Origin<'n> {
    pub(super) fn new(
        discovery: Discovery,
        name: &'n str,
        kind_is_given: bool,
        columns: &Columns,
        catalogue: &'n Catalogue,
    ) -> Self {
        let claim = match discovery {
            _ if kind_is_given || columns.key != Column::Any => Claim::Made,
            Discovery::Named => Claim::Named,
            Discovery::Met => Claim::None,
        };
        Self { claim, name, catalogue }
    }

    /// The extension of the name, in lower case.
    pub(super) fn ending(&self) -> String {
        self.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
    }

    /// Returns `true` if the file can be a list of keys at all.
    pub(super) fn may_be_list(&self) -> bool {
        self.claim == Claim::Made || SYNTAXES.binary_search(&&*self.ending()).is_err()
    }

    /// Returns `true` if the name refers to keys.
    pub(super) fn speaks_of_keys(&self) -> bool {
        let name = spoken(self.name);
        KEY_WORDS.iter().any(|word| name.contains(word)) && !OTHER_KEYS.iter().any(|word| has_word(&name, word))
    }

    /// Returns `true` if the name says that its numbers are something other than keys.
    pub(super) fn speaks_of_others(&self) -> bool {
        let stem = self.name.rsplit_once('.').map_or(self.name, |(stem, _)| stem);
        !self.speaks_of_keys() && claims_heading(self.catalogue.lexicon(), &spoken(stem).replace('.', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_is_in_the_file() {
        let of = |name| Origin { claim: Claim::None, name, catalogue: Catalogue::built_in() };
        for name in ["keys.txt", "win95keys.lst", "CD-Keys.csv", "serials", "product_ids.txt", "Licenses.tsv"] {
            assert!(of(name).speaks_of_keys() && of(name).may_be_list(), "{name}");
        }
        for name in ["api_keys.txt", "ssh-keys", "list.txt", "monkey.txt"] {
            assert!(!of(name).speaks_of_keys(), "{name}");
        }
        for name in ["phones.txt", "order_numbers.csv", "ISBN.list", "telephone-list.txt"] {
            assert!(of(name).speaks_of_others(), "{name}");
        }
        assert!(SYNTAXES.is_sorted(), "they are looked up by halves");
        for name in ["state.json", "Keys.xml", "main.c", "table.html", "package.lock"] {
            assert!(!of(name).may_be_list(), "{name}");
        }
    }
}
