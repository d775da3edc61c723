//! The entry that is held, the texts that it may rest on, and what was found so far.

use super::{
    Held, Place,
    claim::{claims, references},
    copied::Copied,
    text::Texts,
};
use crate::catalogue::{
    Catalogue,
    fault::RuleFault,
    folder,
    lint::Step::{self, Index, Key},
};

/// The way to a value of an entry, from the top of its file.
pub(super) type Way = Vec<Step<'static>>;

/// The articles whose texts a claim may rest on.
#[derive(Clone)]
pub(super) struct Cited(Vec<String>);

impl Cited {
    pub(super) fn new<'a>(numbers: impl IntoIterator<Item = &'a str>) -> Self {
        let mut cited = Self(Vec::new());
        cited.extend(numbers);
        cited
    }

    /// These and one more.
    pub(super) fn and(&self, number: Option<&str>) -> Self {
        let mut cited = self.clone();
        cited.extend(number);
        cited
    }

    /// These and those that a text names.
    fn with(&self, text: &str) -> Self {
        let mut cited = self.clone();
        cited.extend(references(text));
        cited
    }

    fn extend<'a>(&mut self, numbers: impl IntoIterator<Item = &'a str>) {
        for number in numbers {
            if !self.0.iter().any(|known| known == number) {
                self.0.push(number.to_owned());
            }
        }
    }
}

pub(super) struct Holder<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) texts: &'a Texts,
    pub(super) copied: &'a Copied,
    place: Option<Place>,
    pub(super) held: Held,
    faults: Vec<RuleFault>,
}

impl<'a> Holder<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, texts: &'a Texts, copied: &'a Copied) -> Self {
        let held = Held { texts: texts.len(), ..Held::default() };
        Self { catalogue, texts, copied, place: None, held, faults: Vec::new() }
    }

    /// Turns to another entry.
    pub(super) fn begin(&mut self, place: Place) {
        self.place = Some(place);
    }

    pub(super) fn finish(mut self) -> (Held, Vec<RuleFault>) {
        self.faults.sort();
        self.faults.dedup();
        (self.held, self.faults)
    }

    /// Tells of a fault at a value of the entry.
    pub(super) fn fault(&mut self, way: &[Step<'_>], message: String) {
        let fault = match &self.place {
            Some(Place::File(file)) => {
                RuleFault::at(file.path.clone(), &file.source, folder::place(file, way), message)
            }
            Some(Place::BuiltIn(path)) => RuleFault { path: path.clone(), line: 1, column: 1, message },
            None => return,
        };
        self.faults.push(fault);
    }

    /// Counts something that was looked for in a text, or tells that it is not there.
    pub(super) fn count(&mut self, way: &[Step<'_>], found: bool, message: impl FnOnce() -> String) {
        if found {
            self.held.claims += 1;
        } else {
            self.fault(way, message());
        }
    }

    /// Holds every claim of a sentence, but for the pieces of it that are ours.
    pub(super) fn prose(&mut self, way: &[Step<'_>], text: &str, ours: &[String], cited: &Cited) {
        let mut rest = text.to_owned();
        for piece in ours {
            rest = rest.replace(piece.as_str(), " ");
        }
        let cited = cited.with(text);
        for claim in claims(&rest) {
            self.claim(way, &claim, &cited);
        }
    }

    /// Holds each of several texts of a list.
    pub(super) fn list(&mut self, way: &[Step<'static>], texts: &[String], ours: &[String], cited: &Cited) {
        for (index, text) in texts.iter().enumerate() {
            let way: Way = way.iter().copied().chain([Index(index)]).collect();
            self.prose(&way, text, ours, cited);
        }
    }

    /// Holds one claim: some text that is cited has it.
    pub(super) fn claim(&mut self, way: &[Step<'_>], claim: &str, cited: &Cited) {
        self.any(way, &[claim], cited);
    }

    /// Holds one claim that may be written in several ways; the first of them is what a fault shows.
    pub(super) fn any(&mut self, way: &[Step<'_>], written: &[&str], cited: &Cited) {
        let Some(shown) = written.first() else { return };
        let mut missing = false;
        for number in &cited.0 {
            match self.texts.get(number) {
                Some(text) if written.iter().any(|claim| self.catalogue.terms().is_in(claim, text)) => {
                    self.held.claims += 1;
                    return;
                }
                Some(_) => {}
                None => missing = true,
            }
        }
        if missing || cited.0.is_empty() {
            self.held.claims_without_text += 1;
        } else {
            let texts = if cited.0.len() == 1 { "the text" } else { "the texts" };
            self.fault(way, format!("expected `{shown}` in {texts} of {}; it is not there", cited.0.join(", ")));
        }
    }
}

/// The way to a value at the top of a file.
pub(super) fn top(key: &'static str) -> Way {
    vec![Key(key)]
}
