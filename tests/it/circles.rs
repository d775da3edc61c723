//! No circle among files: what a file needs never needs it back.

use crate::architecture::{code, files};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The module that a file is, from the root of the crate.
type Path = Vec<String>;

/// What the files of the crate name, by their modules.
struct Modules {
    sources: BTreeMap<Path, String>,
    /// What a module hands on under its own name, and where that is defined or handed on from.
    exports: BTreeMap<(Path, String), Path>,
}

impl Modules {
    fn read() -> Self {
        let module = |file: &str| match file {
            "lib" => Path::new(),
            file => file.split('/').map(str::to_owned).collect(),
        };
        let sources = files().into_iter().filter(|(file, _)| file != "main");
        let sources: BTreeMap<_, _> =
            sources.map(|(file, source)| (module(&file), code(&source).collect::<Vec<_>>().join("\n"))).collect();
        let mut modules = Self { sources, exports: BTreeMap::new() };
        for (module, source) in &modules.sources {
            for (visibility, tree) in uses(source) {
                if visibility.is_empty() {
                    continue;
                }
                for path in expanded(tree) {
                    let (path, name) = match path.split_once(" as ") {
                        Some((path, name)) => (path.to_owned(), name.to_owned()),
                        None => (path.clone(), path.rsplit("::").next().unwrap_or(&path).to_owned()),
                    };
                    if let Some(path) = modules.absolute(module, &path) {
                        modules.exports.insert((module.clone(), name), path);
                    }
                }
            }
        }
        modules
    }

    /// A path from the root of the crate; `None` for one into another crate.
    fn absolute(&self, module: &Path, path: &str) -> Option<Path> {
        let mut segments = path.split("::").map(|segment| segment.trim().to_owned()).peekable();
        let mut absolute = match segments.peek()?.as_str() {
            "crate" => {
                segments.next();
                Path::new()
            }
            "self" => {
                segments.next();
                module.clone()
            }
            "super" => module.clone(),
            child => {
                let inner = [module.as_slice(), &[child.to_owned()]].concat();
                self.sources.contains_key(&inner).then(|| module.clone())?
            }
        };
        while segments.next_if(|segment| segment == "super").is_some() {
            absolute.pop();
        }
        absolute.extend(segments);
        Some(absolute)
    }

    /// The file in which what a path names is defined.
    fn definition(&self, path: &Path) -> Option<Path> {
        let mut path = path.clone();
        // A name that is handed on leads to another, and none leads round in a ring.
        for _ in 0..8 {
            let length = (0..=path.len()).rev().find(|length| self.sources.contains_key(&path[..*length]))?;
            let (module, rest) = path.split_at(length);
            let exported = rest.first().and_then(|name| self.exports.get(&(module.to_vec(), name.clone())));
            match exported {
                Some(exported) => path = [exported.as_slice(), &rest[1..]].concat(),
                None => return Some(module.to_vec()),
            }
        }
        None
    }

    /// For every file those that it needs.
    fn needs(&self) -> BTreeMap<Path, BTreeSet<Path>> {
        let of = |(module, source): (&Path, &String)| {
            let named = uses(source).filter(|(visibility, _)| visibility.is_empty());
            let named = named.flat_map(|(_, tree)| expanded(tree)).chain(inline(source));
            let needed = named
                .filter_map(|path| self.absolute(module, path.split(" as ").next().unwrap_or(&path)))
                .filter_map(|path| self.definition(&path))
                // A module is made of those inside it, which may use what it defines.
                .filter(|other| !other.starts_with(module));
            (module.clone(), needed.collect())
        };
        self.sources.iter().map(of).collect()
    }
}

/// Every `use` with its visibility and its tree.
fn uses(source: &str) -> impl Iterator<Item = (&str, &str)> {
    source.match_indices("use ").filter_map(|(at, _)| {
        let line = source[..at].rfind('\n').map_or(0, |end| end + 1);
        let visibility = source[line..at].trim();
        let declares = visibility.is_empty() || visibility.starts_with("pub");
        let tree = source[at + 4..].split(';').next()?;
        declares.then_some((visibility, tree))
    })
}

/// The paths of a tree: `a::{b, c::d}` is `a::b` and `a::c::d`.
pub(crate) fn expanded(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, list)) = tree.split_once('{') else { return vec![tree.trim_end_matches("::self").to_owned()] };
    let list = list.strip_suffix('}').unwrap_or(list);
    let (mut depth, mut items) = (0, vec![String::new()]);
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(String::new());
                continue;
            }
            _ => {}
        }
        items.last_mut().expect("there is always one").push(c);
    }
    let items = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty());
    items.flat_map(expanded).map(|item| format!("{before}{item}").trim_end_matches("::self").to_owned()).collect()
}

/// The paths that are in the code itself: `crate::judge::judge(…)`, `super::text::read(…)`, `child::read(…)`.
fn inline(source: &str) -> Vec<String> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    let code = source.lines().filter(|line| !line.trim_start().starts_with("use "));
    let words = code.flat_map(move |line| line.split(move |c: char| !part(c)).map(str::to_owned).collect::<Vec<_>>());
    words.filter(|word| word.contains("::")).map(|word| word.trim_matches(':').to_owned()).collect()
}

#[test]
fn no_circle_among_files() {
    let needs = Modules::read().needs();
    assert!(needs.values().map(BTreeSet::len).sum::<usize>() > 500, "the files need each other: {needs:#?}");
    let circles: Vec<_> = needs.keys().filter_map(|file| circle(&needs, file)).collect();
    assert!(circles.is_empty(), "files that need each other in a circle: {circles:#?}");
}

/// The shortest way from a file back to it.
fn circle(needs: &BTreeMap<Path, BTreeSet<Path>>, file: &Path) -> Option<String> {
    let mut ways = VecDeque::from([vec![file]]);
    let mut met = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in way.last().and_then(|last| needs.get(*last))? {
            if next == file {
                let names: Vec<_> = way.iter().map(|file| file.join("/")).collect();
                return Some(format!("{} → {}", names.join(" → "), file.join("/")));
            }
            if met.insert(next) {
                ways.push_back([way.as_slice(), &[next]].concat());
            }
        }
    }
    None
}
