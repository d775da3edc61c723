//! The files and directories of a postoffice, by their upper-case paths below its root.

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
    /// Directories whose content is not known, because they could not be listed.
    closed: Vec<String>,
}

impl Tree {
    /// A tree of items in any order; of two with one path the first counts.
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

    /// Whether nothing stands at a path, as far as can be known: what lies in a closed directory may be there.
    pub fn lacks(&self, path: &str) -> bool {
        let inside = |closed: &String| path.strip_prefix(closed.as_str()).is_some_and(|rest| rest.starts_with('/'));
        self.item(path).is_none() && !self.closed.iter().any(inside)
    }

    /// Whether no file stands at a path, as far as can be known.
    pub fn lacks_file(&self, path: &str) -> bool {
        self.lacks(path) || self.item(path) == Some(Item::Directory) && !self.closed.iter().any(|closed| closed == path)
    }

    /// The size of a file; `None` where there is no file of this path.
    pub fn size(&self, path: &str) -> Option<u64> {
        match self.item(path)? {
            Item::File(size) => Some(size),
            Item::Directory => None,
        }
    }

    /// What stands at a path.
    pub fn item(&self, path: &str) -> Option<Item> {
        let at = self.items.binary_search_by(|(other, _)| other.as_str().cmp(path)).ok()?;
        Some(self.items[at].1)
    }

    /// Every item, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Item)> {
        self.items.iter().map(|(path, item)| (path.as_str(), *item))
    }

    /// The files whose paths are of a pattern: see [`is_like`].
    pub fn files<'t>(&'t self, pattern: &'t str) -> impl Iterator<Item = (&'t str, u64)> {
        // What stands before the first star is the same in every path, and the paths are sorted.
        let fixed = pattern.split('*').next().unwrap_or_default();
        let start = self.items.partition_point(|(path, _)| path.as_str() < fixed);
        let near = self.items[start..].iter().take_while(move |(path, _)| path.starts_with(fixed));
        near.filter(|(path, _)| is_like(path, pattern)).filter_map(|(path, item)| match item {
            Item::File(size) => Some((path.as_str(), *size)),
            Item::Directory => None,
        })
    }
}

/// Whether a path is of a pattern: `*` stands for any characters but `/`, `**` for any at all.
///
/// ```
/// use jewelcase::model::tree::is_like;
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
    (0..=reach).rev().filter(|&at| path.is_char_boundary(at)).any(|at| is_like(&path[at..], rest))
}

/// The name of a file without its folder and its ending: `00000062` of `MAI/MA2/00000062.MAI`.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The number that a name of eight hexadecimal digits stands for; `None` for other names, such as `INQUEUE`.
///
/// ```
/// use jewelcase::model::tree::number;
/// assert_eq!(number("0000013D"), Some(0x13D));
/// assert_eq!(number("SYSTEM"), None);
/// ```
pub fn number(name: &str) -> Option<u32> {
    let hexadecimal = name.len() == 8 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    hexadecimal.then(|| u32::from_str_radix(name, 16).ok()).flatten()
}
