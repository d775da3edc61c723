//! Lines of twelve bytes, which most lists of keys consist of: sixty-four at a time, distinguished by bit masks.
//!
//! Sixteen such lines are read side by side, four bytes of each in a vector. The bytes at one offset of all
//! sixty-four lines are a column, a vector of its own. So the digits of a check are added up in all lines at once, and a bit
//! for every line says whether the sum fires and whether the last digit does. Others do so for the meanings of three other digits.
//! Lines that can be one of the literals are marked, to be read individually.

use super::{
    layout::{Probe, Sum},
    lookup::{MAYBE_LITERAL, SUM, SumTable, Table},
    template::Template,
};
use fearless_simd::{Level, Simd, dispatch, mask32x16, prelude::*, u8x16, u8x64, u16x32, u32x16};
use std::{array, ops::Range};

/// The length of a line with its end.
const LINE: usize = 12;

/// The number of lines that are sieved together, one for each bit of a mask.
pub(super) const BLOCK: usize = 64;

/// The number of four-byte words in a line.
const WORDS: usize = LINE / 4;

/// The number of lines side by side, a word of each in a vector, and the number of such groups in a block.
const LANES: usize = 16;
const GROUPS: usize = BLOCK / LANES;

/// The size of a vector in bytes.
const VECTOR: usize = 4 * LANES;

/// The number of bytes that are read for a block: the last words are read with the bytes after them.
const WINDOW: usize = BLOCK * LINE + LINE - 4;

/// The maximum number of meanings of the other digits.
const MAX_MEANINGS: usize = 4;

/// The number of combinations of the sum's bit and the last digit's bit.
const SUM_AND_LAST: usize = 4;

/// The lanes that contain the first word of a line, for each of the vectors with sixteen lines. No two of the lines begin in the same lane.
const BEGINNINGS: [u64; WORDS] = [0b1001_0010_0100_1001, 0b0100_1001_0010_0100, 0b0010_0100_1001_0010];

/// The lines of a block by the bits of a mask.
const LINES: [u8; BLOCK] = lines();

/// The constants of a layout.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// The vector instructions of the processor.
    pub(super) level: Level,
    /// The expected bytes of a line, word by word, and the slack.
    template: [(u32, u32); WORDS],
    /// A window of lines of this layout, as the template expects them.
    padding: Box<[u8; WINDOW]>,
    /// The bytes that are added up.
    added: Range<usize>,
    good_sums: Few,
    good_lasts: Few,
    /// The offset of the first of three other digits.
    others: usize,
    /// Their possible meanings: a bit of the signature, and the values that set it.
    meanings: Vec<(u16, Values)>,
    /// The sums, last digits and other digits that the literals have.
    literals: (Few, Few, Values),
    /// The signatures that neither the sum nor the last digit sets, that each of them sets, and that both set.
    signatures: [u16; SUM_AND_LAST],
}

/// A set of values below 128, as bits by the upper half of a byte, looked up by its lower half, and the bit of each upper half.
#[derive(Clone, Debug)]
struct Few {
    lower: [u8; 16],
    upper: [u8; 16],
}

/// A set of values of three digits, eight to a table: a bit for each, by the first digit, the second, and the third.
#[derive(Clone, Debug)]
struct Values(Vec<[[u8; 16]; 3]>);

/// The facts about the lines of a block: a bit for each line, in the order of [`LINES`].
struct Masks {
    /// It can be one of the literals.
    literal: u64,
    /// Its sum fires.
    sum: u64,
    /// Its last digit fires.
    last: u64,
    /// Its other digits have this meaning; no line has two.
    others: [u64; MAX_MEANINGS],
}

/// The counts.
#[derive(Debug)]
pub(super) struct Sieved {
    /// The bytes that were counted.
    pub(super) bytes: usize,
    /// The number of lines with each signature, without those that must be read.
    pub(super) counts: Vec<(u16, u64)>,
}

/// The lines of a block that can be literals, to be read individually.
#[derive(Clone, Debug)]
pub(super) struct Unread<'b> {
    block: &'b [u8],
    left: u64,
}

impl<'b> Iterator for Unread<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let bit = (self.left != 0).then(|| self.left.trailing_zeros() as usize)?;
        self.left &= self.left - 1;
        Some(&self.block[usize::from(LINES[bit]) * LINE..][..LINE])
    }
}

impl Sieve {
    /// `None` for another length of line, and for checks that these masks cannot express.
    pub(super) fn of(
        template: &Template,
        stride: usize,
        sums: &[Sum],
        sum_table: &SumTable,
        of_last: &[(Probe, u16)],
        tables: &[Table],
    ) -> Option<Self> {
        let ([sum], [table]) = (sums, tables) else { return None };
        let (bad_lasts, last_bit) = match of_last {
            [] => (&[][..], 0),
            [(probe, bit)] => (&*probe.fires, *bit),
            _ => return None,
        };
        // Bytes are moved into position by shifting whole words, which is right only for three digits: they leave nothing but their values.
        if stride != LINE || cfg!(target_endian = "big") || !template.has_three_digits(table.at) {
            return None;
        }
        let words = template.words()?;
        let others = table.meanings();
        let meaning = |bits: u16| bits & !MAYBE_LITERAL;
        let mut all: Vec<u16> = others.iter().map(|(_, bits)| meaning(*bits)).filter(|bits| *bits != 0).collect();
        all.sort_unstable();
        all.dedup();
        let with = |bits: u16| (bits, Values::of(others.iter().filter(|other| meaning(other.1) == bits)));
        let literals = (
            Few::of(|total| sum_table.is_literals_sum(total)),
            Few::of(|last| sum_table.is_literals_last(last)),
            Values::of(others.iter().filter(|(_, bits)| bits & MAYBE_LITERAL != 0)),
        );
        (all.len() <= MAX_MEANINGS).then(|| Self {
            level: template.level,
            template: words,
            padding: padding(&words),
            added: sum.digits.clone(),
            good_sums: Few::of(|total| total < 64 && sum.fires >> total & 1 == 0),
            good_lasts: Few::of(|last| bad_lasts.get(last) != Some(&true)),
            others: table.at,
            meanings: all.into_iter().map(with).collect(),
            literals,
            signatures: [0, SUM, last_bit, SUM | last_bit],
        })
    }

    /// Counts lines, block by block, as long as they are of this layout and `read` accepts those that must be read individually.
    pub(super) fn count(&self, bytes: &[u8], read: impl FnMut(Unread<'_>) -> bool) -> Sieved {
        dispatch!(self.level, simd => self.blocks(simd, bytes, read))
    }

    #[inline(always)]
    fn blocks<S: Simd>(&self, simd: S, bytes: &[u8], mut read: impl FnMut(Unread<'_>) -> bool) -> Sieved {
        let (mut at, mut plain, mut telling) = (0, [0; SUM_AND_LAST], [[0; SUM_AND_LAST]; MAX_MEANINGS]);
        loop {
            let rest = &bytes[at..];
            let padded;
            let (window, lines) = match rest.first_chunk() {
                Some(window) => (window, u64::MAX),
                None => {
                    padded = self.padded(rest);
                    (&padded.0, padded.1)
                }
            };
            let Some(masks) = self.masks(simd, window).filter(|_| lines != 0) else { break };
            let unread = lines & masks.literal;
            if unread != 0 && !read(Unread { block: window, left: unread }) {
                break;
            }
            let mut left = lines & !unread;
            for (counts, others) in telling.iter_mut().zip(masks.others).take(self.meanings.len()) {
                masks.count(left & others, counts);
                left &= !others;
            }
            masks.count(left, &mut plain);
            at += lines.count_ones() as usize * LINE;
        }
        let bits = [0].into_iter().chain(self.meanings.iter().map(|(bits, _)| *bits));
        let counts = bits.zip([plain].into_iter().chain(telling));
        let by_signature =
            counts.flat_map(|(bits, counts)| self.signatures.map(|both| both | bits).into_iter().zip(counts));
        Sieved { bytes: at, counts: by_signature.collect() }
    }

    /// A window with the remaining lines, filled up with padding; and the mask of the remaining lines.
    #[cold]
    fn padded(&self, rest: &[u8]) -> ([u8; WINDOW], u64) {
        let (lines, _) = rest.as_chunks::<LINE>();
        let lines = &lines[..lines.len().min(BLOCK)];
        let mut window = *self.padding;
        window[..lines.len() * LINE].copy_from_slice(lines.as_flattened());
        let is_left = |line: u8| usize::from(line) < lines.len();
        (window, (0..).zip(LINES).filter(|(_, line)| is_left(*line)).fold(0, |all, (bit, _)| all | 1 << bit))
    }

    /// The masks of a block; `None` if one of its lines has another layout.
    #[inline(always)]
    fn masks<S: Simd>(&self, simd: S, window: &[u8; WINDOW]) -> Option<Masks> {
        let nothing = u8x64::splat(simd, 0);
        let (mut wrong, mut columns) = (nothing, [nothing; LINE]);
        for (word, (expected, slack)) in self.template.iter().enumerate() {
            let expected = u32x16::splat(simd, *expected);
            let slack: u8x64<S> = u32x16::splat(simd, *slack).bitcast();
            let mut words = [nothing; GROUPS];
            for (group, words) in words.iter_mut().enumerate() {
                let side_by_side = side_by_side(simd, &window[group * LANES * LINE + 4 * word..]);
                // Only the digits are left.
                *words = (side_by_side ^ expected).bitcast();
                wrong |= words.saturating_sub(slack);
            }
            columns[4 * word..][..4].copy_from_slice(&turned(words));
        }
        if wrong.simd_ne(nothing).any_true() {
            return None;
        }
        let mut sum = nothing;
        for at in self.added.clone() {
            sum += columns[at];
        }
        let last = columns[self.added.end - 1];
        let others = [columns[self.others], columns[self.others + 1], columns[self.others + 2]];
        let (sums, lasts, values) = &self.literals;
        let mut masks = Masks {
            literal: bits(simd, sums.found(simd, sum))
                & bits(simd, lasts.found(simd, last))
                & bits(simd, values.found(simd, others)),
            sum: !bits(simd, self.good_sums.found(simd, sum)),
            last: !bits(simd, self.good_lasts.found(simd, last)),
            others: [0; MAX_MEANINGS],
        };
        for (mask, (_, values)) in masks.others.iter_mut().zip(&self.meanings) {
            *mask = bits(simd, values.found(simd, others));
        }
        Some(masks)
    }
}

impl Masks {
    /// Counts some of the lines by the bits of their sum and last digit.
    #[inline(always)]
    fn count(&self, lines: u64, counts: &mut [u64; SUM_AND_LAST]) {
        let Self { sum, last, .. } = *self;
        for (count, both) in counts.iter_mut().zip([!sum & !last, sum & !last, !sum & last, sum & last]) {
            *count += u64::from((lines & both).count_ones());
        }
    }
}

impl Few {
    fn of(is_one: impl Fn(usize) -> bool) -> Self {
        let bits =
            |lower: usize| (0..8).filter(|upper| is_one(upper << 4 | lower)).fold(0, |bits, upper| bits | 1 << upper);
        Self { lower: array::from_fn(bits), upper: array::from_fn(|upper| 1 << (upper % 8)) }
    }

    /// Nonzero where a byte is one of the values, and zero elsewhere.
    #[inline(always)]
    fn found<S: Simd>(&self, simd: S, bytes: u8x64<S>) -> u8x64<S> {
        looked_up(simd, &self.lower, bytes & u8x64::splat(simd, 15)) & looked_up(simd, &self.upper, bytes >> 4)
    }
}

impl Values {
    fn of<'v>(values: impl Iterator<Item = &'v ([u8; 3], u16)>) -> Self {
        let values: Vec<[u8; 3]> = values.map(|(value, _)| *value).collect();
        let table = |values: &[[u8; 3]]| {
            let mut table = [[0; 16]; 3];
            for (bit, value) in values.iter().enumerate() {
                table.iter_mut().zip(value).for_each(|(bits, digit)| bits[usize::from(*digit & 15)] |= 1 << bit);
            }
            table
        };
        Self(values.chunks(8).map(table).collect())
    }

    /// Nonzero where three columns have one of the values, and zero elsewhere.
    #[inline(always)]
    fn found<S: Simd>(&self, simd: S, [first, second, third]: [u8x64<S>; 3]) -> u8x64<S> {
        let mut found = u8x64::splat(simd, 0);
        for [of_first, of_second, of_third] in &self.0 {
            found |= looked_up(simd, of_first, first)
                & looked_up(simd, of_second, second)
                & looked_up(simd, of_third, third);
        }
        found
    }
}

/// A window of lines of this layout, as the template expects them.
fn padding(words: &[(u32, u32); WORDS]) -> Box<[u8; WINDOW]> {
    let line: Vec<u8> = words.iter().flat_map(|(expected, _)| expected.to_le_bytes()).collect();
    let mut padding = Box::new([0; WINDOW]);
    padding.iter_mut().zip(line.iter().cycle()).for_each(|(into, byte)| *into = *byte);
    padding
}

/// The word of sixteen lines that begins with these bytes in the first of them.
#[inline(always)]
fn side_by_side<S: Simd>(simd: S, bytes: &[u8]) -> u32x16<S> {
    let [first, second, _] = BEGINNINGS.map(|bits| mask32x16::from_bitmask(simd, bits));
    first.select(vector(simd, bytes, 0), second.select(vector(simd, bytes, 1), vector(simd, bytes, 2)))
}

#[inline(always)]
fn vector<S: Simd>(simd: S, bytes: &[u8], at: usize) -> u32x16<S> {
    u8x64::from_slice(simd, &bytes[VECTOR * at..][..VECTOR]).bitcast()
}

/// The columns of four bytes, of which each vector has a word of sixteen lines.
#[inline(always)]
fn turned<S: Simd>([first, second, third, fourth]: [u8x64<S>; GROUPS]) -> [u8x64<S>; 4] {
    let [one, two] = turned_bytes(first, second);
    let [three, four] = turned_bytes(third, fourth);
    let ([one, three], [two, four]) = (turned_halves(one, three), turned_halves(two, four));
    [one, two, three, four]
}

/// The first and third bytes of the words of two vectors, side by side, and the second and fourth.
#[inline(always)]
fn turned_bytes<S: Simd>(one: u8x64<S>, other: u8x64<S>) -> [u16x32<S>; 2] {
    let (one, other): (u16x32<S>, u16x32<S>) = (one.bitcast(), other.bitcast());
    [one & 0x00FF | other << 8, one >> 8 | other & 0xFF00]
}

/// The first two bytes of the words of two vectors, side by side, and the last two.
#[inline(always)]
fn turned_halves<S: Simd>(one: u16x32<S>, other: u16x32<S>) -> [u8x64<S>; 2] {
    let (one, other): (u32x16<S>, u32x16<S>) = (one.bitcast(), other.bitcast());
    [(one & 0xFFFF | other << 16).bitcast(), (one >> 16 | other & 0xFFFF_0000).bitcast()]
}

/// The entries of a table of sixteen bytes for the lower half of every byte.
#[inline(always)]
fn looked_up<S: Simd>(simd: S, table: &[u8; 16], halves: u8x64<S>) -> u8x64<S> {
    u8x64::block_splat(u8x16::from_slice(simd, table)).swizzle_dyn_within_blocks(halves)
}

/// A bit for every nonzero byte.
#[inline(always)]
fn bits<S: Simd>(simd: S, bytes: u8x64<S>) -> u64 {
    bytes.simd_ne(u8x64::splat(simd, 0)).to_bitmask()
}

/// The line for byte `group` of lane `lane`: the one of that group that begins in this lane.
const fn lines() -> [u8; BLOCK] {
    let mut lines = [0; BLOCK];
    let mut line = 0;
    while line < BLOCK {
        let (group, lane) = (line / LANES, line % LANES * WORDS % LANES);
        lines[4 * lane + group] = line as u8;
        line += 1;
    }
    lines
}
