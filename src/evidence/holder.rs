//! The entry being checked, the texts on which it may be based, and the results so far.

use super::{
    EntryOrigin, EvidenceCounts,
    claim::{claims, converts, days, is_version, names, references},
    copied::Copied,
    text::{Text, Texts},
};
use crate::{
    catalogue::{
        Catalogue,
        fault::RuleFault,
        folder,
        lint::Step::{self, Index, Key},
    },
    model::product::Product,
};

/// The path to a value of an entry, from the top of its file.
pub(super) type Way = Vec<Step<'static>>;

/// The articles on whose texts a claim may be based.
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
    place: Option<EntryOrigin>,
    pub(super) held: EvidenceCounts,
    faults: Vec<RuleFault>,
}

impl<'a> Holder<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, texts: &'a Texts, copied: &'a Copied) -> Self {
        let held = EvidenceCounts { texts: texts.len(), ..EvidenceCounts::default() };
        Self { catalogue, texts, copied, place: None, held, faults: Vec::new() }
    }

    /// Begins another entry.
    pub(super) fn begin(&mut self, place: EntryOrigin) {
        self.place = Some(place);
    }

    pub(super) fn finish(mut self) -> (EvidenceCounts, Vec<RuleFault>) {
        self.faults.sort();
        self.faults.dedup();
        (self.held, self.faults)
    }

    /// Reports a fault of a value of the entry.
    pub(super) fn fault(&mut self, way: &[Step<'_>], message: String) {
        let fault = match &self.place {
            Some(EntryOrigin::File(file)) => {
                RuleFault::at(file.path.clone(), &file.source, folder::offset_of(file, way), message)
            }
            Some(EntryOrigin::BuiltIn(path)) => RuleFault { path: path.clone(), line: 1, column: 1, message },
            None => return,
        };
        self.faults.push(fault);
    }

    /// Counts a claim that was looked for in a text, or reports that it is not there.
    pub(super) fn count(&mut self, way: &[Step<'_>], found: bool, message: impl FnOnce() -> String) {
        if found {
            self.held.claims = self.held.claims.saturating_add(1);
        } else {
            self.fault(way, message());
        }
    }

    /// Checks every claim of a sentence, except the pieces of it that are ours.
    pub(super) fn prose(&mut self, way: &[Step<'_>], text: &str, ours: &[String], cited: &Cited) {
        let mut rest = text.to_owned();
        for piece in ours {
            rest = rest.replace(piece.as_str(), " ");
        }
        let cited = cited.with(text);
        let sentence = rest.clone();
        for (written, day) in days(&sentence) {
            let found = self.found(&cited, |text| text.has_day(&day));
            self.hold(way, &written, &cited, found);
            rest = rest.replace(&written, " ");
        }
        let claims = claims(&rest);
        for claim in &claims {
            let found = self.found(&cited, |text| self.catalogue.terms().is_in(claim, text));
            // A number that the sentence itself derives from one in the text counts as that number.
            let reckoned = || {
                claims
                    .iter()
                    .any(|other| converts(claim, other) && self.found(&cited, |text| text.has(other)) == Some(true))
            };
            let found = if found == Some(false) && reckoned() { Some(true) } else { found };
            self.hold(way, claim, &cited, found);
        }
    }

    /// Checks each text of a list.
    pub(super) fn list(&mut self, way: &[Step<'static>], texts: &[String], ours: &[String], cited: &Cited) {
        for (index, text) in texts.iter().enumerate() {
            let way: Way = way.iter().copied().chain([Index(index)]).collect();
            self.prose(&way, text, ours, cited);
        }
    }

    /// Checks one claim: some cited text contains it.
    pub(super) fn claim(&mut self, way: &[Step<'_>], claim: &str, cited: &Cited) {
        self.any(way, &[claim], cited);
    }

    /// Checks the name of a product: one of the other names of its entry, or every name of its title in a version that it has.
    pub(super) fn product(&mut self, way: &[Step<'_>], product: &Product, cited: &Cited) {
        let (versions, others): (Vec<_>, Vec<_>) =
            product.stands_for.iter().map(String::as_str).partition(|name| is_version(name));
        if self.found(cited, |text| others.iter().any(|name| text.has(name))) == Some(true) {
            self.held.claims = self.held.claims.saturating_add(1);
            return;
        }
        for name in names(&product.title) {
            let rest = versions.iter().filter(|_| is_version(name));
            let written: Vec<_> = [name].into_iter().chain(rest.copied()).collect();
            self.any(way, &written, cited);
        }
    }

    /// Checks one claim that may be written in several ways; a fault shows the first of them.
    pub(super) fn any(&mut self, way: &[Step<'_>], written: &[&str], cited: &Cited) {
        let Some(shown) = written.first() else { return };
        let found = self.found(cited, |text| written.iter().any(|claim| self.catalogue.terms().is_in(claim, text)));
        self.hold(way, shown, cited, found);
    }

    /// Returns `true` if some cited text is as wanted; `None` if none of those in the folder is, and some are missing.
    pub(super) fn found(&self, cited: &Cited, wanted: impl Fn(&Text) -> bool) -> Option<bool> {
        let mut missing = cited.0.is_empty();
        for number in &cited.0 {
            match self.texts.get(number) {
                Some(text) if wanted(text) => return Some(true),
                Some(_) => {}
                None => missing = true,
            }
        }
        (!missing).then_some(false)
    }

    /// Counts a claim with its result, or reports it.
    fn hold(&mut self, way: &[Step<'_>], shown: &str, cited: &Cited, found: Option<bool>) {
        match found {
            Some(true) => self.held.claims = self.held.claims.saturating_add(1),
            None => self.held.claims_without_text = self.held.claims_without_text.saturating_add(1),
            Some(false) => {
                let texts = if cited.0.len() == 1 { "the text" } else { "the texts" };
                self.fault(way, format!("expected `{shown}` in {texts} of {}; it is not there", cited.0.join(", ")));
            }
        }
    }
}

/// The path to a value at the top of a file.
pub(super) fn top(key: &'static str) -> Way {
    vec![Key(key)]
}
