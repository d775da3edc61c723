//! An answer file or a command line against the articles that its demands rest on.

use super::holder::{Cited, Holder, Way};
use crate::{
    catalogue::lint::Step::{Index, Key},
    model::{
        answer_source::{AnswerSource, Breach, Command, Ini, Syntax},
        source::Basis,
    },
};

pub(super) fn hold(holder: &mut Holder<'_>, source: &AnswerSource) {
    match &source.syntax {
        Syntax::Ini(ini) => self::ini(holder, ini),
        Syntax::Command(command) => self::command(holder, command),
    }
}

fn ini(holder: &mut Holder<'_>, ini: &Ini) {
    for (index, id) in ini.ids.iter().enumerate() {
        let names: Vec<_> = id.entry.iter().chain(&id.line).chain(&id.section).map(String::as_str).collect();
        for writing in &id.writing {
            breach(holder, way("ini", "ids", index), &writing.breaks, &names);
        }
    }
    for (index, demand) in ini.demands.iter().enumerate() {
        let names: Vec<_> = demand.entries.iter().chain([&demand.section]).map(String::as_str).collect();
        breach(holder, way("ini", "demands", index), &demand.breaks, &names);
    }
    for (index, forbidden) in ini.forbids.iter().enumerate() {
        let names: Vec<_> = forbidden.entries.iter().chain([&forbidden.section]).map(String::as_str).collect();
        breach(holder, way("ini", "forbids", index), &forbidden.breaks, &names);
    }
    for (index, listing) in ini.lists.iter().enumerate() {
        breach(holder, way("ini", "lists", index), &listing.breaks, &[&listing.section]);
    }
    if let Some(header) = &ini.header {
        let way = vec![Key("syntax"), Key("ini"), Key("header")];
        breach(holder, way.clone(), &header.missing, &[&header.section]);
        breach(holder, way, &header.late, &[&header.section]);
    }
}

fn command(holder: &mut Holder<'_>, command: &Command) {
    for (index, id) in command.ids.iter().enumerate() {
        for writing in &id.writing {
            breach(holder, way("command", "ids", index), &writing.breaks, &[&id.switch]);
        }
    }
    for (index, refusal) in command.refuses.iter().enumerate() {
        let names: Vec<_> = refusal.switches.iter().flatten().map(String::as_str).collect();
        breach(holder, way("command", "refuses", index), &refusal.breaks, &names);
    }
    for (index, needed) in command.needs.iter().enumerate() {
        breach(holder, way("command", "needs", index), &needed.breaks, &[&needed.switch]);
    }
    for (index, path) in command.full_paths.iter().enumerate() {
        breach(holder, way("command", "full_paths", index), &path.breaks, &[&path.switch]);
    }
    if let Some(first) = &command.first {
        let way = vec![Key("syntax"), Key("command"), Key("first")];
        breach(holder, way, &first.breaks, &[&first.switch]);
    }
}

fn way(syntax: &'static str, list: &'static str, index: usize) -> Way {
    vec![Key("syntax"), Key(syntax), Key(list), Index(index)]
}

/// The article that a demand rests on has the section, the entries and the switches.
fn breach(holder: &mut Holder<'_>, way: Way, breach: &Breach, names: &[&str]) {
    let Some(article) = breach.article.as_deref().filter(|_| breach.basis == Basis::Documented) else { return };
    let cited = Cited::new([article]);
    for name in
        names.iter().map(|name| name.trim_start_matches('!').trim_end_matches('=')).filter(|name| !name.is_empty())
    {
        holder.claim(&way, name, &cited);
    }
}
