//! The files and directories of a postoffice, by their upper-case paths below its root.

use crate::model::within::Within;

/// A file or a directory below a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A directory.
    Directory,
    /// A file, with its size in bytes.
    File(u64),
}

/// Files and directories with paths such as `GLB/MASTER.GLB`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Sorted by path, every path once.
    items: Vec<(String, Item)>,
    /// Directories whose contents are unknown, because they could not be listed.
    closed: Vec<String>,
}

impl Tree {
    /// A tree of items in any order; of two with the same path the first counts.
    pub fn new(mut items: Vec<(String, Item)>) -> Self {
        items.sort_by(|(left, _), (right, _)| left.cmp(right));
        items.dedup_by(|(later, _), (first, _)| later == first);
        Self { items, closed: Vec::new() }
    }

    /// The same tree, with directories that could not be listed.
    pub fn with_closed(self, closed: Vec<String>) -> Self {
        Self { closed, ..self }
    }

    /// The directories that could not be listed.
    pub fn closed(&self) -> &[String] {
        &self.closed
    }

    /// Returns `true` if a directory could not be listed, so that its contents are unknown.
    pub fn is_closed(&self, path: &str) -> bool {
        self.closed.iter().any(|closed| closed == path)
    }

    /// Returns `true` if there is certainly nothing at a path. In a closed directory, there may be something.
    pub fn lacks(&self, path: &str) -> bool {
        let inside = |closed: &String| path.strip_prefix(closed.as_str()).is_some_and(|rest| rest.starts_with('/'));
        self.item(path).is_none() && !self.closed.iter().any(inside)
    }

    /// Returns `true` if there is certainly no file at a path. In a closed directory, there may be one.
    pub fn lacks_file(&self, path: &str) -> bool {
        self.lacks(path) || self.item(path) == Some(Item::Directory) && !self.is_closed(path)
    }

    /// The size of a file; `None` if there is no file with this path.
    pub fn size(&self, path: &str) -> Option<u64> {
        match self.item(path)? {
            Item::File(size) => Some(size),
            Item::Directory => None,
        }
    }

    /// The entry at a path.
    pub fn item(&self, path: &str) -> Option<Item> {
        let at = self.items.binary_search_by(|(other, _)| other.as_str().cmp(path)).ok()?;
        self.items.get(at).map(|(_, item)| *item)
    }

    /// Every item, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Item)> {
        self.items.iter().map(|(path, item)| (path.as_str(), *item))
    }

    /// The files whose paths match a pattern: see [`is_like`].
    pub fn files<'t>(&'t self, pattern: &'t str) -> impl Iterator<Item = (&'t str, u64)> {
        // The text before the first star is the same in every match, and the paths are sorted.
        let fixed = pattern.split('*').next().unwrap_or_default();
        let start = self.items.partition_point(|(path, _)| path.as_str() < fixed);
        let near = self.items.within(start..).iter().take_while(move |(path, _)| path.starts_with(fixed));
        near.filter(|(path, _)| is_like(path, pattern)).filter_map(|(path, item)| match item {
            Item::File(size) => Some((path.as_str(), *size)),
            Item::Directory => None,
        })
    }
}

/// Returns `true` if a path matches a pattern: `*` matches any characters but `/`, `**` any characters at all.
///
/// ```
/// use jewelcase::internals::model::tree::is_like;
/// assert!(is_like("MBG/INQUEUE.MBG", "MBG/*.MBG"));
/// assert!(!is_like("MAI/MA2/00000062.MAI", "MAI/*.MAI"));
/// assert!(is_like("FOLDERS/PUB/00000003.FLD", "FOLDERS/**.FLD"));
/// ```
pub fn is_like(path: &str, pattern: &str) -> bool {
    let Some((fixed, rest)) = pattern.split_once('*') else {
        return path == pattern;
    };
    let Some(path) = path.strip_prefix(fixed) else {
        return false;
    };
    let (rest, deep) = match rest.strip_prefix('*') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let reach = if deep { path.len() } else { path.find('/').unwrap_or(path.len()) };
    (0..=reach).rev().filter(|&at| path.is_char_boundary(at)).any(|at| is_like(path.within(at..), rest))
}

/// The name of a file without its folder and its extension: `00000062` of `MAI/MA2/00000062.MAI`.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The number in a name of eight hexadecimal digits; `None` for other names, such as `INQUEUE`.
///
/// ```
/// use jewelcase::internals::model::tree::number;
/// assert_eq!(number("0000013D"), Some(0x13D));
/// assert_eq!(number("SYSTEM"), None);
/// ```
pub fn number(name: &str) -> Option<u32> {
    let hexadecimal = name.len() == 8 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    hexadecimal.then(|| u32::from_str_radix(name, 16).ok()).flatten()
}
