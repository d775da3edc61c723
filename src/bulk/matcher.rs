//! Lines in, outcomes out: the kernels of a catalogue, and the meanings of their signatures in one situation.

use super::{
    histogram::Histogram,
    kernel::{Kernel, LineEnd},
    layout::{Layout, layouts},
};
use crate::{
    catalogue::{Catalogue, UnknownId},
    judge,
    model::{form::Form, judgement::Judgement, situation::Situation},
};
use once_cell::sync::OnceCell;
use std::{borrow::Cow, sync::Arc};

/// The longest key, in bytes, in any spelling.
const MAX_KEY: usize = 64;

/// The layouts of a catalogue, each compiled when a line of it is first met, and the outcomes of one situation as they become known.
pub struct Matcher<'c> {
    catalogue: &'c Catalogue,
    situation: Situation<'c>,
    slots: Arc<Vec<Slot>>,
    /// The outcomes by kernel, then by signature.
    outcomes: Vec<OnceCell<Vec<OnceCell<Judgement>>>>,
}

/// A layout with a line end, and its kernel once it was needed.
struct Slot {
    layout: Layout,
    end: LineEnd,
    kernel: OnceCell<Option<Kernel>>,
}

/// The kernel that accepts a line, and the checks that fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    /// The index of the kernel.
    pub kernel: usize,
    /// A bit for every check that fires.
    pub bits: u16,
}

impl<'c> Matcher<'c> {
    /// The forms of a catalogue in a situation.
    ///
    /// # Errors
    /// [`UnknownId`] when the situation names a product or package that the catalogue does not have.
    pub fn new(catalogue: &'c Catalogue, situation: Situation<'c>) -> Result<Self, UnknownId> {
        let slots = layouts(catalogue).into_iter().flat_map(|layout| {
            [LineEnd::Lf, LineEnd::CrLf].map(|end| Slot { layout: layout.clone(), end, kernel: OnceCell::new() })
        });
        Self::with_slots(catalogue, situation, Arc::new(slots.collect()))
    }

    /// The same forms in another situation, without compiling them again.
    ///
    /// # Errors
    /// [`UnknownId`] when the situation names a product or package that the catalogue does not have.
    pub fn at(&self, situation: Situation<'c>) -> Result<Self, UnknownId> {
        Self::with_slots(self.catalogue, situation, Arc::clone(&self.slots))
    }

    fn with_slots(
        catalogue: &'c Catalogue,
        situation: Situation<'c>,
        slots: Arc<Vec<Slot>>,
    ) -> Result<Self, UnknownId> {
        let situation = situation.resolve(catalogue)?;
        let outcomes = vec![OnceCell::new(); slots.len()];
        Ok(Self { catalogue, situation, slots, outcomes })
    }

    /// A form of its catalogue.
    pub fn form(&self, id: &str) -> Option<&'c Form> {
        self.catalogue.forms.get(id)
    }

    /// The number of possible kernels.
    pub fn kernels(&self) -> usize {
        self.slots.len()
    }

    /// A kernel by its index; `None` if its layout cannot be compiled.
    pub fn kernel(&self, at: usize) -> Option<&Kernel> {
        let slot = self.slots.get(at)?;
        let compile = || Kernel::new(&slot.layout, &slot.layout.checks(self.catalogue)?, slot.end);
        slot.kernel.get_or_init(compile).as_ref()
    }

    /// The kernels, with their indexes, for lines that look like this one with its end.
    pub fn of_line(&self, line: &[u8]) -> impl Iterator<Item = (usize, &Kernel)> {
        // Checking the line's look is quicker than making kernels for other lines.
        let fits = move |slot: &Slot| line.strip_suffix(slot.end.bytes()).is_some_and(|text| slot.layout.fits(text));
        let fitting = self.slots.iter().enumerate().filter(move |(_, slot)| fits(slot));
        fitting.filter_map(|(at, _)| Some((at, self.kernel(at)?)))
    }

    /// The signature of a line with its end; `None` for a line that only the explaining path can judge.
    pub fn signature(&self, line: &[u8]) -> Option<Signature> {
        self.of_line(line).find_map(|(at, kernel)| Some(Signature { kernel: at, bits: kernel.signature(line)? }))
    }

    /// The meaning of a signature, learnt from a text that has it.
    pub fn meaning(&self, signature: Signature, text: &str) -> Judgement {
        let cells = self.outcomes.get(signature.kernel).zip(self.kernel(signature.kernel));
        let cells = cells.map(|(cells, kernel)| cells.get_or_init(|| vec![OnceCell::new(); kernel.signatures()]));
        match cells.and_then(|cells| cells.get(usize::from(signature.bits))) {
            Some(cell) => cell.get_or_init(|| self.outcome(text)).clone(),
            None => self.outcome(text),
        }
    }

    /// The meaning of a signature, if a text with it was met already.
    pub fn known(&self, signature: Signature) -> Option<&Judgement> {
        self.outcomes.get(signature.kernel)?.get()?.get(usize::from(signature.bits))?.get()
    }

    /// The judgement of a text by the explaining path.
    #[expect(clippy::unreachable, reason = "a situation of the catalogue is judged without an error")]
    pub fn outcome(&self, text: &str) -> Judgement {
        match judge::judgement(self.catalogue, text, &self.situation) {
            Ok(outcome) => outcome,
            Err(error) => unreachable!("the situation's ids were looked up when the matcher was made: {error}"),
        }
    }

    /// The judgement of a text. The explaining path is asked only if no text with its signature was met before.
    pub fn said(&self, text: &str) -> Cow<'_, Judgement> {
        self.said_with(text).1
    }

    /// The judgement of a text, with its signature if it has one.
    pub(super) fn said_with(&self, text: &str) -> (Option<Signature>, Cow<'_, Judgement>) {
        let signature = (text.len() < MAX_KEY).then(|| {
            let mut line = [b'\n'; MAX_KEY];
            line[..text.len()].copy_from_slice(text.as_bytes());
            self.signature(&line[..=text.len()])
        });
        let Some(signature) = signature.flatten() else {
            return (None, Cow::Owned(self.outcome(text)));
        };
        let outcome = match self.known(signature) {
            Some(outcome) => Cow::Borrowed(outcome),
            None => Cow::Owned(self.meaning(signature, text)),
        };
        (Some(signature), outcome)
    }

    /// Returns `true` if a text looks like some form.
    pub fn is_key(&self, text: &str) -> bool {
        // Every form has at least five digits, which rules out most other texts.
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        text.len() <= MAX_KEY && digits >= 5 && 2 * digits >= text.len() && self.outcome(text).form.is_some()
    }

    /// Every signature of a histogram with its outcome and its count. All of them must be known.
    pub fn outcomes<'h>(
        &'h self,
        kernel: usize,
        histogram: &'h Histogram,
    ) -> impl Iterator<Item = (&'h Judgement, u64)> {
        histogram.counts().filter_map(move |(bits, count)| Some((self.known(Signature { kernel, bits })?, count)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::Counter;

    /// Making all kernels takes longer than counting a short list.
    #[test]
    fn only_the_kernels_of_lines_that_are_met_are_made() {
        let matcher = Matcher::new(Catalogue::built_in(), Situation::default()).expect("no situation is no unknown id");
        Counter::new(&matcher).lines(&b"123-4567890\n".repeat(200));
        let made = matcher.slots.iter().filter(|slot| slot.kernel.get().is_some());
        assert_eq!(made.map(|slot| (slot.layout.places.len(), slot.end)).collect::<Vec<_>>(), [(11, LineEnd::Lf)]);
    }
}
