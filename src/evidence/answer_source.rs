//! Checks an answer file or a command line against the articles that its demands cite.

use super::holder::{Cited, Holder, Way};
use crate::{
    catalogue::lint::Step::{Index, Key},
    model::{
        answer_source::{AnswerSource, Command, Ini, Syntax, Violation},
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
        let way = way("ini", "demands", index);
        let Some(article) = demand.breaks.article.as_deref().filter(|_| demand.breaks.basis == Basis::Documented)
        else {
            continue;
        };
        // One of the entries is enough for Setup, so the article may know one only.
        let entries: Vec<_> = demand.entries.iter().map(String::as_str).collect();
        holder.any(&way, &entries, &Cited::new([article]));
        breach(holder, way, &demand.breaks, &[&demand.section]);
    }
    for (index, forbidden) in ini.forbids.iter().enumerate() {
        let names: Vec<_> = forbidden.entries.iter().chain([&forbidden.section]).map(String::as_str).collect();
        breach(holder, way("ini", "forbids", index), &forbidden.breaks, &names);
    }
    for (index, ignored) in ini.ignores.iter().enumerate() {
        let entries = ignored.entries.iter().chain(&ignored.except);
        let places = entries.flat_map(|name| name.section.iter().chain([&name.entry]));
        let causes = ignored.when.iter().flat_map(|condition| [&condition.section, &condition.entry]);
        let names: Vec<_> = places.chain(causes).map(String::as_str).collect();
        breach(holder, way("ini", "ignores", index), &ignored.breaks, &names);
    }
    if let Some(commands) = &ini.commands {
        let way = vec![Key("syntax"), Key("ini"), Key("commands")];
        breach(holder, way.clone(), &commands.nested, &[&commands.section]);
        breach(holder, way, &commands.elsewhere, &[&commands.section]);
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
    for (index, exact) in command.exact.iter().enumerate() {
        let names: Vec<_> = exact.words.iter().chain([&exact.switch]).map(String::as_str).collect();
        breach(holder, way("command", "exact", index), &exact.breaks, &names);
    }
    if let Some(first) = &command.first {
        let way = vec![Key("syntax"), Key("command"), Key("first")];
        breach(holder, way, &first.breaks, &[&first.switch]);
    }
}

fn way(syntax: &'static str, list: &'static str, index: usize) -> Way {
    vec![Key("syntax"), Key(syntax), Key(list), Index(index)]
}

/// Checks that the article cited for a demand names the section, the entries and the switches.
fn breach(holder: &mut Holder<'_>, way: Way, breach: &Violation, names: &[&str]) {
    let Some(article) = breach.article.as_deref().filter(|_| breach.basis == Basis::Documented) else { return };
    let cited = Cited::new([article]);
    for name in
        names.iter().map(|name| name.trim_start_matches('!').trim_end_matches('=')).filter(|name| !name.is_empty())
    {
        holder.claim(&way, name, &cited);
    }
}
