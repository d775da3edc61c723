//! Counts keys by their judgement: whole blocks of lines, or key by key.

use super::{
    histogram::Histogram,
    kernel::Kernel,
    matcher::{Matcher, Signature},
    tally::Tally,
};
use crate::{model::judgement::Judgement, parse::remark::is_remark};
use memchr::memchr;
use std::borrow::Cow;

/// The counts of one situation.
pub struct Counter<'m, 'c> {
    matcher: &'m Matcher<'c>,
    /// The histograms by kernel.
    histograms: Vec<Option<Histogram>>,
    /// The keys without a signature.
    others: Tally,
}

impl<'m, 'c> Counter<'m, 'c> {
    /// A counter with nothing counted.
    pub fn new(matcher: &'m Matcher<'c>) -> Self {
        Self { matcher, histograms: vec![None; matcher.kernels()], others: Tally::default() }
    }

    /// Counts a block of lines with a key on each, and returns the number of lines. The last line may lack its end; empty lines and
    /// comments are not keys.
    pub fn lines(&mut self, block: &[u8]) -> u64 {
        let mut before = vec![None; self.histograms.len()];
        std::mem::swap(&mut before, &mut self.histograms);
        let (mut rest, mut lines) = (block, 0);
        while !rest.is_empty() {
            // Most lines have the kernel of the line before; for the others it is found by their look.
            let length = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            let mut counted = 0;
            for (at, kernel) in self.matcher.of_line(&rest[..length]) {
                let histogram = self.histograms[at].get_or_insert_with(|| kernel.histogram());
                counted = kernel.count(rest, histogram);
                if counted > 0 {
                    lines += (counted / kernel.lengths().1) as u64;
                    break;
                }
            }
            if counted == 0 {
                let text = String::from_utf8_lossy(&rest[..length]);
                let text = text.trim_end_matches(['\r', '\n']);
                if !text.trim().is_empty() && !is_remark(text.as_bytes()) {
                    self.key(text);
                }
                (lines, counted) = (lines + 1, length);
            }
            rest = &rest[counted..];
        }
        for (at, histogram) in self.histograms.iter().enumerate() {
            // Only for kernels that counted lines: asking for a kernel makes it.
            if let Some(histogram) = histogram
                && let Some(kernel) = self.matcher.kernel(at)
            {
                learn(self.matcher, at, kernel, histogram, block);
            }
        }
        for (now, before) in self.histograms.iter_mut().zip(before) {
            match (now.as_mut(), before) {
                (Some(now), Some(before)) => now.merge(&before),
                (None, before) => *now = before,
                (Some(_), None) => {}
            }
        }
        lines
    }

    /// Counts one key, and returns its judgement.
    pub fn key(&mut self, text: &str) -> Cow<'m, Judgement> {
        let (signature, outcome) = self.matcher.said_with(text);
        let Some(signature) = signature else {
            self.others.add(&outcome, 1);
            return outcome;
        };
        if let (Some(histogram), Some(kernel)) =
            (self.histograms.get_mut(signature.kernel), self.matcher.kernel(signature.kernel))
        {
            histogram.get_or_insert_with(|| kernel.histogram()).add(signature.bits);
        }
        outcome
    }

    /// The counts.
    pub fn tally(mut self) -> Tally {
        for (at, histogram) in self.histograms.iter().enumerate() {
            if let Some(histogram) = histogram {
                self.matcher.outcomes(at, histogram).for_each(|(outcome, count)| self.others.add(outcome, count));
            }
        }
        self.others
    }
}

/// The number of bytes that are searched for new signatures at a time.
const SEARCH_BYTES: usize = 1 << 12;

/// Asks the explaining path about every signature met for the first time, with the first line that has it.
fn learn(matcher: &Matcher<'_>, at: usize, kernel: &Kernel, histogram: &Histogram, block: &[u8]) {
    let unknown = |bits: u16| matcher.known(Signature { kernel: at, bits }).is_none();
    let mut missing: Vec<u16> = histogram.counts().map(|(bits, _)| bits).filter(|bits| unknown(*bits)).collect();
    let mut rest = block;
    while !missing.is_empty() && !rest.is_empty() {
        let least = rest.len().min(SEARCH_BYTES);
        let (stretch, behind) = rest.split_at(memchr(b'\n', &rest[least..]).map_or(rest.len(), |end| least + end + 1));
        rest = behind;
        // Rare signatures are far apart: most ranges have none of them, which a histogram shows quickly.
        let mut met = kernel.histogram();
        let counted = kernel.count(stretch, &mut met);
        if counted == stretch.len() && !met.counts().any(|(bits, _)| missing.contains(&bits)) {
            continue;
        }
        for line in stretch.split_inclusive(|byte| *byte == b'\n') {
            let Some(bits) = kernel.signature(line) else { continue };
            let text = std::str::from_utf8(&line[..kernel.lengths().0]);
            if let (Some(found), Ok(text)) = (missing.iter().position(|other| *other == bits), text) {
                matcher.meaning(Signature { kernel: at, bits }, text);
                missing.swap_remove(found);
            }
        }
    }
}
