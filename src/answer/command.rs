//! Commands that call a Setup program: their answer sources, and their faults.

use super::{
    Answers, Case, by_precedence,
    value::{Separator, ValueKind, could_be_id, value_kind},
};
use crate::{
    catalogue::Catalogue,
    model::{
        answer_source::{
            AnswerSource, Command, CommandMark, ExactSwitch, First, FullPath, IdSwitch, Needed, Refusal, Syntax, Takes,
        },
        situation::Situation,
        within::{Within, span_at},
    },
    parse::{
        command::{self, behind, commands, folders, handed_on, lines, name, switch},
        ini::{self, Quotes, Value},
    },
};
use std::ops::Range;

/// The answer source of the first recognised command, if the text is a script, by its file name or by its first line.
pub(super) fn recognise<'c>(answer_sources: &[(&'c str, &'c AnswerSource)], file: &str, text: &str) -> Option<&'c str> {
    let known = |line: Range<usize>| all_commands(text, line).map(|command| Line { text, command });
    let of_line = |line: Range<usize>| {
        known(line).find_map(|line| match_answer_source(answer_sources, &line, &Situation::default()))
    };
    let mut all = lines(text);
    if !is_script(file) {
        let first = all.find(|line| !text.within(line.clone()).trim().is_empty())?;
        if !begins_script(text.within(first.clone()).trim()) {
            // A sentence may begin with "Setup" and mention a switch later on.
            let command = known(first.clone()).next().is_some_and(|line| switch(line.word(0)).is_some());
            return of_line(first).filter(|_| command).map(|(id, ..)| id);
        }
    }
    all.filter(|line| worth_reading(text.within(line.clone()))).find_map(of_line).map(|(id, ..)| id)
}

/// Reads every command of a text.
pub(super) fn read<'a>(catalogue: &'a Catalogue, text: &'a str, situation: &Situation<'a>) -> Answers {
    read_lines(catalogue, text, lines(text), situation)
}

/// Reads the commands of some lines of a text.
pub(super) fn read_lines<'a>(
    catalogue: &'a Catalogue,
    text: &'a str,
    lines: impl Iterator<Item = Range<usize>>,
    situation: &Situation<'a>,
) -> Answers {
    let answer_sources = &by_precedence(catalogue);
    let mut answers = Answers::default();
    for line in lines.filter(|line| worth_reading(text.within(line.clone()))) {
        for command in all_commands(text, line) {
            let line = Line { text, command };
            let situation = of_folder(catalogue, &line, situation);
            let Some((id, answer_source, rules)) = match_answer_source(answer_sources, &line, &situation) else {
                continue;
            };
            let mut case = Case::new(catalogue, (id, answer_source), text, &situation);
            case.answers = answers;
            let before = case.answers.keys.len();
            rules.ids.iter().for_each(|id| case.switch(id, &line));
            rules.refuses.iter().for_each(|refusal| case.refusal(refusal, &line));
            rules.needs.iter().for_each(|needed| case.needed(needed, &line));
            rules.full_paths.iter().for_each(|path| case.full_path(path, &line));
            rules.exact.iter().for_each(|exact| case.exact(exact, &line));
            rules.first.iter().for_each(|first| case.first(first, &line));
            case.channels(&rules.channels, before, Some(line.command.program.clone()));
            answers = case.into_answers();
        }
    }
    answers
}

/// The commands of a line, and those that they pass on.
fn all_commands(text: &str, line: Range<usize>) -> impl Iterator<Item = command::Command> {
    commands(text, line).into_iter().flat_map(|command| {
        let inner = handed_on(text, &command);
        std::iter::once(command).chain(inner)
    })
}

/// Extensions of files that contain only commands.
fn is_script(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["bat", "cmd"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Returns `true` for a line with which only a batch file begins.
fn begins_script(line: &str) -> bool {
    let word = line.split([' ', '\t']).next().unwrap_or(line);
    let is = |known: &str| word.eq_ignore_ascii_case(known);
    line.starts_with(['@', ':']) || is("rem") || is("echo") || is("set") && line.contains('=')
}

/// Every recognised command has a switch or a property.
fn worth_reading(line: &str) -> bool {
    line.len() <= command::MAX_LINE && line.contains(['/', '-', '='])
}

/// A command in its text.
struct Line<'t> {
    text: &'t str,
    command: command::Command,
}

/// A switch and its value.
struct Argument {
    switch: Range<usize>,
    value: Option<(Value, Separator)>,
}

impl Line<'_> {
    fn program(&self) -> &str {
        self.text.within(self.command.program.clone())
    }

    fn word(&self, at: usize) -> &str {
        self.command.words.get(at).map_or("", |span| self.text.within(span.clone()))
    }

    /// Every occurrence of a switch or property.
    fn arguments<'l>(&'l self, wanted: &'l str) -> impl Iterator<Item = Argument> + 'l {
        self.command.words.iter().enumerate().filter_map(move |(at, span)| {
            let word = self.text.within(span.clone());
            let property = wanted.ends_with('=');
            let body = if property { word } else { switch(word)? };
            let rest = behind(body, wanted)?;
            let from = span.end.saturating_sub(rest.len());
            if !rest.is_empty() || property {
                let value = ini::value(self.text, from..span.end);
                let end = from.saturating_add(usize::from(rest.is_empty()));
                return Some(Argument {
                    switch: span.start..end.min(span.end),
                    value: Some((value, Separator::Tight)),
                });
            }
            let next = self
                .command
                .words
                .get(at.saturating_add(1))
                .filter(|_| switch(self.word(at.saturating_add(1))).is_none());
            let value = next.map(|next| {
                let value = self.joined(at.saturating_add(1), next);
                (value, Separator::Blank(span.end..next.start))
            });
            Some(Argument { switch: span.clone(), value })
        })
    }

    /// An unquoted value ends at a space, but digits of a key that continue after it still belong to it.
    fn joined(&self, at: usize, first: &Range<usize>) -> Value {
        let value = ini::value(self.text, first.clone());
        let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if value.quotes != Quotes::None || !digits(self.word(at)) {
            return value;
        }
        let more = (at.saturating_add(1)..).take_while(|next| digits(self.word(*next))).last();
        let end = more.and_then(|last| self.command.words.get(last)).map_or(first.end, |last| last.end);
        ini::value(self.text, first.start..end)
    }

    fn takes(&self, wanted: &str, takes: Takes) -> bool {
        self.arguments(wanted).any(|argument| {
            let body = argument.value.map_or("", |(value, _)| self.text.within(value.body));
            match takes {
                Takes::Anything => true,
                Takes::Id => value_kind(body) == ValueKind::Variable || could_be_id(body),
                Takes::File => body.contains(['.', '\\', '/']) || value_kind(body) == ValueKind::Variable,
            }
        })
    }
}

/// The situation with the product that a folder of the program names: `\office97\setup`. The user's choice wins.
fn of_folder<'a>(catalogue: &'a Catalogue, line: &Line<'_>, situation: &Situation<'a>) -> Situation<'a> {
    let folders: Vec<&str> = match situation.product {
        Some(_) => Vec::new(),
        None => folders(line.program()).collect(),
    };
    let named = folders.iter().rev().find_map(|folder| catalogue.known_product(folder));
    // Folders named after a platform contain programs for it.
    let product = named.filter(|(_, product)| !product.platform).map(|(id, _)| id);
    Situation { product: situation.product.or(product), ..*situation }
}

/// The answer source of a command: that of the product that the user names, or the first one whose marks the command has.
fn match_answer_source<'c>(
    answer_sources: &[(&'c str, &'c AnswerSource)],
    line: &Line<'_>,
    situation: &Situation<'_>,
) -> Option<(&'c str, &'c AnswerSource, &'c Command)> {
    let rules = |answer_source: &'c AnswerSource| match &answer_source.syntax {
        Syntax::Command(command) => Some(command.as_ref()),
        Syntax::Ini(_) => None,
    };
    let all =
        || answer_sources.iter().filter_map(|(id, answer_source)| Some((*id, *answer_source, rules(answer_source)?)));
    let fits = |mark: &CommandMark| {
        mark.programs.iter().any(|program| program.eq_ignore_ascii_case(name(line.program())))
            && mark.switches.iter().all(|switch| line.takes(&switch.name, switch.takes))
    };
    let inside = |mark: &CommandMark| {
        let is = |folder: &str| mark.folders.iter().any(|known| known.eq_ignore_ascii_case(folder));
        mark.folders.is_empty() || folders(line.program()).any(is)
    };
    let named =
        |answer_source: &AnswerSource| answer_source.products.iter().any(|id| Some(id.as_str()) == situation.product);
    let of_product = all().filter(|(_, answer_source, rules)| named(answer_source) && rules.known_by.iter().any(fits));
    of_product.min_by_key(|(_, answer_source, _)| answer_source.products.len()).or_else(|| {
        all().find(|(_, _, rules)| rules.known_by.iter().any(|mark| !mark.only_if_named && fits(mark) && inside(mark)))
    })
}

impl Case<'_> {
    fn switch(&mut self, id: &IdSwitch, line: &Line<'_>) {
        let place = if id.switch.ends_with('=') { id.switch.clone() } else { format!("/{}", id.switch) };
        for argument in line.arguments(&id.switch) {
            let Some((value, separator)) = &argument.value else { continue };
            if could_be_id(self.text.within(value.body.clone())) {
                self.id(value, separator, id.sku, &id.writing, &place);
            }
        }
    }

    fn refusal(&mut self, refusal: &Refusal, line: &Line<'_>) {
        if !refusal.skus.is_empty() && !self.situation.sku.is_some_and(|sku| refusal.skus.contains(&sku)) {
            return;
        }
        let found = refusal.switches.iter().map(|set| {
            let mut arguments = set.iter().flat_map(|wanted| line.arguments(wanted).map(move |found| (wanted, found)));
            arguments.next()
        });
        let Some(found) = found.collect::<Option<Vec<_>>>() else { return };
        let last = found.iter().map(|(_, argument)| argument.switch.clone()).max_by_key(|span| span.start);
        let names = found.iter().map(|(name, _)| format!("/{name}")).collect::<Vec<_>>().join(" with ");
        self.breach(&refusal.breaks, &[("switches", &names)], last);
    }

    fn needed(&mut self, needed: &Needed, line: &Line<'_>) {
        if line.arguments(&needed.switch).next().is_none() {
            let name = format!("/{}", needed.switch);
            self.breach(&needed.breaks, &[("switches", &name)], Some(line.command.program.clone()));
        }
    }

    fn full_path(&mut self, path: &FullPath, line: &Line<'_>) {
        for argument in line.arguments(&path.switch) {
            let Some((value, _)) = argument.value else { continue };
            let body = self.text.within(value.body.clone());
            if value_kind(body) == ValueKind::Text && !is_full_path(body) {
                let name = format!("/{}", path.switch);
                self.breach(&path.breaks, &[("switches", &name)], Some(value.body));
            }
        }
    }

    /// Reports a switch, or a word of its value, in other letters than this Setup knows.
    fn exact(&mut self, exact: &ExactSwitch, line: &Line<'_>) {
        let text = self.text;
        for argument in line.arguments(&exact.switch) {
            let name = text.within(argument.switch.clone()).trim_start_matches(['/', '-']).trim_end_matches([':', '=']);
            let mut other = Vec::new();
            if name != exact.switch.trim_end_matches('=') {
                other.push(argument.switch.clone());
            }
            if let Some((value, _)) = &argument.value {
                other.extend(
                    pieces(text, &value.body).filter(|piece| is_misspelt(text.within(piece.clone()), &exact.words)),
                );
                let unquoted = exact.unquoted.as_ref().filter(|_| value.quotes != Quotes::Double);
                if let Some(breaks) = unquoted {
                    self.breach(breaks, &[("place", &exact.switch)], Some(value.span.clone()));
                }
            }
            for span in other {
                self.breach(&exact.breaks, &[("written", text.within(span.clone()))], Some(span));
            }
        }
    }

    fn first(&mut self, first: &First, line: &Line<'_>) {
        let place = line.arguments(&first.switch).next().map(|argument| argument.switch);
        let before = line.command.words.iter().find(|word| switch(self.text.within((*word).clone())).is_some());
        if let (Some(place), Some(before)) = (place, before)
            && before.start < place.start
        {
            let name = format!("/{}", first.switch);
            self.breach(&first.breaks, &[("switches", &name)], Some(place));
        }
    }
}

/// The words between the commas of a value.
fn pieces(text: &str, span: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = span.start;
    text.within(span.clone()).split(',').map(move |piece| {
        let trimmed = piece.trim();
        let start = at.saturating_add(piece.find(trimmed).unwrap_or(0));
        at = at.saturating_add(piece.len().saturating_add(1));
        span_at(start, trimmed.len())
    })
}

/// Returns `true` if a word is one of these in other letters.
fn is_misspelt(word: &str, words: &[String]) -> bool {
    words.iter().all(|known| known != word) && words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Returns `true` if a path begins with a drive or a server.
fn is_full_path(path: &str) -> bool {
    let mut characters = path.chars();
    let drive = characters.next().is_some_and(|c| c.is_ascii_alphabetic()) && characters.next() == Some(':');
    drive && characters.next().is_some_and(|c| matches!(c, '\\' | '/')) || path.starts_with(r"\\")
}
