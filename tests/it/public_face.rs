//! The names that a program which uses the library can rely on.

use crate::circles::expanded;
use std::{collections::BTreeSet, fs, path::Path};

/// The name under which a path is re-exported: where an item is inside the library is no part of the public face.
fn name(path: &str) -> &str {
    let name = path.rsplit("::").next().unwrap_or(path);
    name.rsplit(" as ").next().unwrap_or(name)
}

/// Every name that `src/lib.rs` re-exports, by its public module.
fn public_names() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let source = fs::read_to_string(path).expect("lib.rs can be read");
    let (mut module, mut statement, mut found) = (String::new(), String::new(), BTreeSet::new());
    for line in source.lines() {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(" {")) {
            module = format!("{name}::");
        } else if line == "}" {
            module.clear();
        } else if line.trim_start().starts_with("pub use ") || !statement.is_empty() {
            statement.push_str(line.trim());
            if let Some(tree) = statement.strip_suffix(';') {
                let tree = tree.strip_prefix("pub use ").expect("the statement begins so");
                found.extend(expanded(tree).iter().map(|path| format!("{module}{}", name(path))));
                statement.clear();
            }
        }
    }
    found.into_iter().filter(|name| !name.starts_with("internals::")).collect()
}

#[test]
fn the_public_face() {
    let names = public_names();
    assert!(names.len() <= 120, "{} names are more than a reader of the documentation takes in", names.len());
    let list: Vec<_> = names.into_iter().collect();
    insta::assert_snapshot!(list.join("\n"));
}

#[test]
fn every_room_is_private() {
    let source = include_str!("../../src/lib.rs");
    let public: Vec<_> = source.lines().filter(|line| line.starts_with("pub mod ") && line.ends_with(';')).collect();
    assert_eq!(public, Vec::<&str>::new(), "what others need of a room is re-exported");
}
