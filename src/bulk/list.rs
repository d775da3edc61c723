//! Plain lists: a block of whole lines, a key on each.

use super::{
    kernel::{Histogram, Kernel},
    matcher::{Matcher, Signature},
    tally::Tally,
};
use memchr::memchr;

/// Counts the keys of a block of lines; gives how many lines there were. The last line may lack its end.
///
/// Blank lines are no keys.
pub fn count(matcher: &Matcher<'_>, block: &[u8], tally: &mut Tally) -> u64 {
    let mut histograms: Vec<Option<Histogram>> = vec![None; matcher.kernels()];
    let (mut rest, mut lines) = (block, 0);
    while !rest.is_empty() {
        // Most lines are like the one before; the others are told apart by their length.
        let length = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let mut counted = 0;
        for (at, kernel) in matcher.of_length(length) {
            let histogram = histograms[at].get_or_insert_with(|| kernel.histogram());
            counted = kernel.count(rest, histogram);
            if counted > 0 {
                lines += (counted / kernel.lengths().1) as u64;
                break;
            }
        }
        if counted == 0 {
            let text = String::from_utf8_lossy(&rest[..length]);
            let text = text.trim_end_matches(['\r', '\n']);
            if !text.trim().is_empty() {
                tally.add(&matcher.outcome(text), 1);
            }
            (lines, counted) = (lines + 1, length);
        }
        rest = &rest[counted..];
    }
    for (at, histogram) in histograms.iter().enumerate() {
        if let (Some(histogram), Some(kernel)) = (histogram, matcher.kernel(at)) {
            learn(matcher, at, kernel, histogram, block);
            matcher.outcomes(at, histogram).for_each(|(outcome, count)| tally.add(outcome, count));
        }
    }
    lines
}

/// Asks the explaining path about every signature that was met for the first time, with the first line that has it.
fn learn(matcher: &Matcher<'_>, at: usize, kernel: &Kernel, histogram: &Histogram, block: &[u8]) {
    let unknown = |bits: u16| matcher.known(Signature { kernel: at, bits }).is_none();
    let mut missing: Vec<u16> = histogram.counts().map(|(bits, _)| bits).filter(|bits| unknown(*bits)).collect();
    for line in block.split_inclusive(|byte| *byte == b'\n') {
        if missing.is_empty() {
            return;
        }
        let Some(bits) = kernel.signature(line) else { continue };
        let text = std::str::from_utf8(&line[..kernel.lengths().0]);
        if let (Some(found), Ok(text)) = (missing.iter().position(|other| *other == bits), text) {
            matcher.meaning(Signature { kernel: at, bits }, text);
            missing.swap_remove(found);
        }
    }
}
