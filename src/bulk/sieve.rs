//! Lines of twelve bytes, which most lists of keys are made of: sixty-four at a time, told apart by bit masks.
//!
//! Four such lines are three vectors, which are turned so that the lines lie side by side, four bytes of each in a vector.
//! So the digits of a check are added up in four lines at once, and a bit for every line tells whether the sum fires and
//! whether the last digit does. Lines whose other digits mean something are marked, to be read one by one.

use super::{
    layout::{Probe, Sum},
    lookup::{SUM, Table},
    template::Template,
};
use std::{array, iter};
use wide::{u8x16, u32x4};

/// The length of a line with its end.
pub(super) const LINE: usize = 12;

/// So many lines are sieved together: as many as a mask has bits.
pub(super) const BLOCK: usize = 64;

/// Where the last digit of the sum stands, and the first of three others. Layouts that have them elsewhere are read line by line.
const LAST: usize = 10;
const OTHERS: usize = 0;

/// The words of four bytes in a line, and the vectors that four lines fill.
const WORDS: usize = LINE / 4;

/// So many lines are added up before their sums are looked at.
const GROUP: usize = 16;

/// The constants of a layout.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// What four lines look like: what is expected, and the slack.
    template: [(u8x16, u8x16); WORDS],
    /// The bytes that are added up, in the second word and the third.
    added: [u32x4; 2],
    /// The sums that do not fire.
    good_sums: Among<10>,
    /// The last digits that fire.
    bad_lasts: Among<4>,
    /// One where the other digits, folded, ask for a closer look. Every index of sixteen bits has a place, so that none need
    /// be held against the length.
    close: Box<[u8; 1 << 16]>,
    /// What neither the sum nor the last digit sets, what each of them sets, and both.
    signatures: [u16; 4],
}

/// What is known of a block of lines. The first line has the lowest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Masks {
    /// Lines that must be read one by one.
    close: u64,
    /// Lines whose sum fires.
    sum: u64,
    /// Lines whose last digit fires.
    last: u64,
}

/// Some values of a byte.
#[derive(Clone, Debug)]
struct Among<const MOST: usize>([u8x16; MOST]);

impl Sieve {
    /// `None` for another length of line, and for checks that two masks and one table cannot tell.
    pub(super) fn of(
        template: &Template,
        stride: usize,
        sums: &[Sum],
        of_last: &[(Probe, u16)],
        tables: &[Table],
    ) -> Option<Self> {
        let ([sum], [table]) = (sums, tables) else { return None };
        let (lasts, last_bit) = match of_last {
            [] => (Vec::new(), 0),
            [(probe, bit)] => (digits(probe), *bit),
            _ => return None,
        };
        if (stride, sum.digits.end - 1, table.at) != (LINE, LAST, OTHERS) {
            return None;
        }
        let byte = |at: usize| if sum.digits.contains(&at) { 0xFF << (8 * (at % 4)) } else { 0 };
        let added = |word: usize| u32x4::splat((4 * word..4 * word + 4).fold(0, |word, at| word | byte(at)));
        let mut close = Box::new([0; 1 << 16]);
        close.iter_mut().zip(table.bits.iter()).for_each(|(close, bits)| *close = u8::from(*bits != 0));
        Some(Self {
            template: *template.vectors().first_chunk()?,
            added: [added(1), added(2)],
            good_sums: Among::of((0..64).filter(|total| sum.fires >> total & 1 == 0))?,
            bad_lasts: Among::of(lasts)?,
            close,
            signatures: [0, SUM, last_bit, SUM | last_bit],
        })
    }

    /// What is known of a block; `None` where one of its lines is of another layout.
    #[inline(always)]
    pub(super) fn masks(&self, block: &[u8; BLOCK * LINE]) -> Option<Masks> {
        let mut masks = Masks { close: 0, sum: 0, last: 0 };
        let mut wrong = u8x16::ZERO;
        let mut others = [0; BLOCK];
        let groups = block.as_chunks::<{ GROUP * LINE }>().0.iter().zip(others.as_chunks_mut::<GROUP>().0);
        for (at, (group, others)) in groups.enumerate() {
            let (mut sums, mut lasts, mut indices) = ([u32x4::ZERO; 4], [u32x4::ZERO; 4], [u32x4::ZERO; 4]);
            for (at, lines) in group.as_chunks::<{ 4 * LINE }>().0.iter().enumerate() {
                let mut vectors = [u8x16::ZERO; WORDS];
                for ((vector, bytes), (expected, slack)) in
                    vectors.iter_mut().zip(lines.as_chunks().0).zip(&self.template)
                {
                    *vector = u8x16::new(*bytes) ^ *expected;
                    wrong |= vector.saturating_sub(*slack);
                }
                let words = turned(vectors);
                sums[at] = sums_of(self.added[0] & words[1], self.added[1] & words[2]);
                lasts[at] = words[LAST / 4] >> (8 * (LAST % 4) as u32);
                indices[at] = folded(words[OTHERS / 4] & u32x4::splat(0xFF_FFFF));
            }
            *others = halves(indices);
            masks.sum |= (bits(self.good_sums.has(quarters(sums))) ^ 0xFFFF) << (GROUP * at);
            masks.last |= bits(self.bad_lasts.has(quarters(lasts))) << (GROUP * at);
        }
        if wrong != u8x16::ZERO {
            return None;
        }
        for (at, others) in others.as_chunks::<GROUP>().0.iter().enumerate() {
            if others.iter().fold(0, |any, index| any | self.close[usize::from(*index)]) != 0 {
                masks.close |= self.closer_looks(others) << (GROUP * at);
            }
        }
        Some(masks)
    }

    #[cold]
    fn closer_looks(&self, others: &[u16; GROUP]) -> u64 {
        others.iter().rev().fold(0, |all, index| all << 1 | u64::from(self.close[usize::from(*index)]))
    }

    /// How many lines that need no closer look have which signature.
    pub(super) fn counts(&self, masks: Masks) -> [(u16, u64); 4] {
        let Masks { close, sum, last } = masks;
        let [neither, of_sum, of_last, both] = self.signatures;
        let count = |lines: u64| u64::from((lines & !close).count_ones());
        [
            (neither, count(!sum & !last)),
            (of_sum, count(sum & !last)),
            (of_last, count(!sum & last)),
            (both, count(sum & last)),
        ]
    }
}

impl Masks {
    /// The places of the lines that must be read one by one.
    pub(super) fn close(self) -> impl Iterator<Item = usize> {
        let lines = iter::successors(Some(self.close), |lines| Some(lines & lines.wrapping_sub(1)));
        lines.take_while(|lines| *lines != 0).map(|lines| lines.trailing_zeros() as usize)
    }
}

impl<const MOST: usize> Among<MOST> {
    /// `None` for more values than there is room for. No byte that is looked at is as high as what fills the room.
    fn of(values: impl IntoIterator<Item = u8>) -> Option<Self> {
        let (mut values, room) = (values.into_iter(), u8::MAX);
        let all = array::from_fn(|_| u8x16::splat(values.next().unwrap_or(room)));
        values.next().is_none().then_some(Self(all))
    }

    /// The bytes that have one of the values.
    #[inline(always)]
    fn has(&self, bytes: u8x16) -> u8x16 {
        self.0.iter().fold(u8x16::ZERO, |has, value| has | bytes.cmp_eq(*value))
    }
}

/// The digits for which a probe of one digit fires.
fn digits(probe: &Probe) -> Vec<u8> {
    (0..).zip(&probe.fires).filter(|(_, fires)| **fires).map(|(digit, _)| digit).collect()
}

/// The sums of the digits that two words of four lines hold.
#[inline(always)]
fn sums_of(one: u32x4, other: u32x4) -> u32x4 {
    let fours = one + other;
    let twos: u32x4 = fours + (fours >> 16);
    (twos + (twos >> 8)) & u32x4::splat(0xFF)
}

/// The words of four lines that lie one behind the other: first the first of each line, then the second.
#[inline(always)]
fn turned(vectors: [u8x16; WORDS]) -> [u32x4; WORDS] {
    let words = vectors.map(|vector| {
        let bytes = vector.to_array();
        array::from_fn::<_, 4, _>(|at| u32::from_le_bytes(array::from_fn(|byte| bytes[4 * at + byte])))
    });
    let word = |at: usize| words[at / 4][at % 4];
    array::from_fn(|at| u32x4::new(array::from_fn(|line| word(at + WORDS * line))))
}

/// The indices of four lines in a [`Table`], as [`lookup::folded`](super::lookup::folded) makes one.
#[inline(always)]
fn folded(digits: u32x4) -> u32x4 {
    let upper: u32x4 = digits >> 12;
    (digits | upper) & u32x4::splat(0xFFF)
}

/// The lower halves of sixteen words.
#[inline(always)]
fn halves(words: [u32x4; 4]) -> [u16; GROUP] {
    let words = words.map(u32x4::to_array);
    array::from_fn(|at| words[at / 4][at % 4] as u16)
}

/// The lowest bytes of sixteen words.
#[inline(always)]
fn quarters(words: [u32x4; 4]) -> u8x16 {
    let words = words.map(u32x4::to_array);
    u8x16::new(array::from_fn(|at| words[at / 4][at % 4] as u8))
}

/// The highest bit of every byte.
#[inline(always)]
fn bits(bytes: u8x16) -> u64 {
    bytes.move_mask() as u64
}
