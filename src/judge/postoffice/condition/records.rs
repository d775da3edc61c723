//! Conditions on the contents of the files: counters, names, queues, headers.

use super::{Answer, Hit};
use crate::model::{
    check::{Counter, Named, NamedBy},
    postoffice::Postoffice,
    tree::{number, stem},
    within::Within,
};
use std::collections::{BTreeMap, BTreeSet, HashSet};

pub(super) fn counter_behind(postoffice: &Postoffice, counter: Counter, names: &[String]) -> Answer {
    let (path, value) = match read(postoffice, counter) {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let numbered = names.iter().flat_map(|pattern| postoffice.tree.files(pattern));
    let highest = numbered.filter_map(|(path, _)| Some((number(stem(path))?, path))).max();
    match highest {
        Some((highest, name)) if value <= highest => {
            Answer::Hits(vec![Hit::at(path).found(format!("{value:08X}")).expected(name)])
        }
        Some(_) | None => Answer::Hits(Vec::new()),
    }
}

pub(super) fn counter_above(postoffice: &Postoffice, counter: Counter, limit: u32) -> Answer {
    match read(postoffice, counter) {
        Ok((path, value)) if value > limit => {
            Answer::Hits(vec![Hit::at(path).found(format!("{value:08X}")).expected(format!("{limit:08X}"))])
        }
        Ok(_) => Answer::Hits(Vec::new()),
        Err(answer) => answer,
    }
}

/// A counter and its file, or the answer without it.
fn read(postoffice: &Postoffice, counter: Counter) -> Result<(&'static str, u32), Answer> {
    let path = counter.path();
    let value = match counter {
        Counter::Mailbags => postoffice.control.map(|control| control.mailbags),
        Counter::Letters => postoffice.control.map(|control| control.letters),
        Counter::Folders => postoffice.folder_counter,
    };
    value.map(|value| (path, value)).ok_or_else(|| unread(postoffice, path))
}

pub(super) fn named_missing(postoffice: &Postoffice, named_by: NamedBy, files: &[String]) -> Answer {
    let Some(networks) = &postoffice.networks else {
        return unread(postoffice, "GLB/NETWORK.GLB");
    };
    let mut named: BTreeMap<&str, String> = BTreeMap::new();
    for network in networks.iter().filter(|network| network.active) {
        let name = match named_by {
            NamedBy::Definition => &network.definition,
            NamedBy::Queue => &network.queue,
        };
        named.entry(name).or_insert_with(|| format!("network {} in GLB/NETWORK.GLB", network.name));
    }
    if named_by == NamedBy::Queue {
        let Some(externals) = &postoffice.externals else {
            return not_read("a file below XTN");
        };
        for external in externals.iter().filter(|external| external.active) {
            let by = || format!("postoffice {} in XTN/{}.XTN", external.name, external.definition);
            named.entry(&external.queue).or_insert_with(by);
        }
    }
    named.remove("");
    let paths = named.iter().flat_map(|(name, by)| files.iter().map(move |file| (file.replace("{name}", name), by)));
    let missing = paths.filter(|(path, _)| postoffice.tree.lacks_file(path));
    Answer::Hits(missing.map(|(path, by)| Hit::at(&path).found(by.clone())).collect())
}

/// Counts by mailbag: in an active mailbag many headers belong to mail that was read long ago.
pub(super) fn header_without_message(postoffice: &Postoffice, message: &str) -> Answer {
    let Some(headers) = &postoffice.headers else {
        return not_read("a file below MBG");
    };
    let mut hits = Vec::new();
    for (mailbag, numbers) in headers {
        let mut missing = numbers.iter().map(|number| format!("{number:08X}")).filter(|name| {
            let path = message.replace("{name}", name).replace("{last}", name.within(7..));
            postoffice.tree.lacks_file(&path)
        });
        if let Some(first) = missing.next() {
            let found = plural(missing.count().saturating_add(1), "header");
            hits.push(Hit::at(&format!("MBG/{mailbag}.MBG")).found(found).expected(first));
        }
    }
    Answer::Hits(hits)
}

pub(super) fn name_twice(postoffice: &Postoffice, of: Named) -> Answer {
    let names = match names(postoffice, of) {
        Ok(names) => names,
        Err(answer) => return answer,
    };
    let mut seen = BTreeSet::new();
    let mut told = BTreeSet::new();
    let mut hits = Vec::new();
    for (path, name) in names {
        let key = (path.clone(), name.to_ascii_uppercase());
        if !seen.insert(key.clone()) && told.insert(key) {
            hits.push(Hit::at(&path).found(name));
        }
    }
    Answer::Hits(hits)
}

pub(super) fn name_unfit(postoffice: &Postoffice, of: Named, longest: usize) -> Answer {
    let names = match names(postoffice, of) {
        Ok(names) => names,
        Err(answer) => return answer,
    };
    let mut hits = Vec::new();
    for (path, name) in names {
        // Non-ASCII bytes may be letters of a code page, so they are not judged.
        let beyond_ascii = name.contains("\\x");
        hits.extend(unfit(name, longest).filter(|_| !beyond_ascii).map(|found| Hit::at(&path).found(found)));
    }
    Answer::Hits(hits)
}

/// The first fault of a name of a network or postoffice, in words.
pub(super) fn unfit(name: &str, longest: usize) -> Option<String> {
    match name.chars().find(|c| !c.is_ascii_alphanumeric()) {
        Some(' ') => Some(format!("`{name}` contains a space")),
        Some(odd) => Some(format!("`{name}` contains `{odd}`")),
        None if name.len() > longest => {
            Some(format!("`{name}` has {} characters, at most {longest} are taken", name.len()))
        }
        None => None,
    }
}

/// The names of active records with the file of each, or the answer without them.
fn names(postoffice: &Postoffice, of: Named) -> Result<Vec<(String, &str)>, Answer> {
    match of {
        Named::Networks => {
            let networks = postoffice.networks.as_ref().ok_or_else(|| unread(postoffice, "GLB/NETWORK.GLB"))?;
            let active = networks.iter().filter(|network| network.active && !network.name.is_empty());
            Ok(active.map(|network| ("GLB/NETWORK.GLB".to_owned(), network.name.as_str())).collect())
        }
        Named::Externals => {
            let externals = postoffice.externals.as_ref().ok_or_else(|| not_read("a file below XTN"))?;
            let active = externals.iter().filter(|external| external.active && !external.name.is_empty());
            Ok(active.map(|external| (format!("XTN/{}.XTN", external.definition), external.name.as_str())).collect())
        }
    }
}

pub(super) fn flag_and_record(postoffice: &Postoffice, flag: u8, kind: u8) -> Answer {
    let Some(master) = postoffice.master else {
        return unread(postoffice, "GLB/MASTER.GLB");
    };
    let Some(networks) = &postoffice.networks else {
        return unread(postoffice, "GLB/NETWORK.GLB");
    };
    let flagged = master.gateways & flag != 0;
    let recorded = networks.iter().any(|network| network.active && network.kind == kind);
    let found = match (flagged, recorded) {
        (true, false) => "the gateway's bit is set, but no active record of its kind is in GLB/NETWORK.GLB",
        (false, true) => "an active record of the gateway's kind is in GLB/NETWORK.GLB, but its bit is not set",
        (true, true) | (false, false) => return Answer::Hits(Vec::new()),
    };
    Answer::Hits(vec![Hit::at("GLB/MASTER.GLB").found(found)])
}

/// The route to each postoffice is not published, but there cannot be more of them than there are other postoffices.
pub(super) fn indirect_above_others(postoffice: &Postoffice) -> Answer {
    let Some(externals) = &postoffice.externals else {
        return not_read("a file below XTN");
    };
    let active: Vec<_> = externals.iter().filter(|external| external.active).collect();
    let others = active.len().saturating_sub(1);
    let above = active.iter().filter(|external| usize::from(external.indirect) > others);
    let hits = above.map(|external| {
        Hit::at(&format!("XTN/{}.XTN", external.definition))
            .found(format!("{} counts {}", external.name, external.indirect))
            .expected(others.to_string())
    });
    Answer::Hits(hits.collect())
}

/// One finding for all of them: an active postoffice may have thousands.
pub(super) fn message_without_header(postoffice: &Postoffice, files: &str) -> Answer {
    let mut messages = postoffice.tree.files(files).peekable();
    if messages.peek().is_none() {
        return Answer::Hits(Vec::new());
    }
    let Some(headers) = &postoffice.headers else {
        return not_read("a file below MBG");
    };
    let headed: HashSet<u32> = headers.values().flatten().copied().collect();
    let mut stranded = messages.filter(|(path, _)| number(stem(path)).is_some_and(|number| !headed.contains(&number)));
    let Some((first, _)) = stranded.next() else {
        return Answer::Hits(Vec::new());
    };
    let found = plural(stranded.count().saturating_add(1), "message");
    Answer::Hits(vec![Hit { path: None, found, expected: first.to_owned() }])
}

pub(super) fn owners_out_of_range(postoffice: &Postoffice, mailbags: &str) -> Answer {
    let Some(owners) = &postoffice.owners else {
        return not_read("a file below MAI");
    };
    let most = postoffice.tree.files(mailbags).count();
    let out = owners.iter().filter(|(_, owners)| **owners == 0 || usize::from(**owners) > most);
    Answer::Hits(out.map(|(path, owners)| Hit::at(path).found(owners.to_string()).expected(most.to_string())).collect())
}

/// The answer if a file was not read: nothing about a missing file, because other rules report that.
fn unread(postoffice: &Postoffice, path: &str) -> Answer {
    match postoffice.tree.item(path) {
        None => Answer::Hits(Vec::new()),
        Some(_) => not_read(path),
    }
}

fn not_read(path: &str) -> Answer {
    Answer::Unanswered(format!("{path} was not read"))
}

/// `1 header`, `2 headers`.
fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
