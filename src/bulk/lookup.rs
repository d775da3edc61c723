//! The meanings of the digits of a line, in tables that are made when a layout is compiled.

use super::{
    layout::{Checks, Probe},
    template::Template,
};

/// The bit of a signature for a possible literal, as far as the sum or the other digits show.
pub(super) const MAYBE_LITERAL: u16 = 1;

/// The bit of a signature that the sum sets.
pub(super) const SUM: u16 = 2;

/// The number of bytes that are added up, and the number that a table covers.
pub(super) const WORD: usize = 8;
pub(super) const HALF_WORD: usize = 4;

/// The sum of the digits of a word of eight bytes, and the last of them.
#[derive(Clone, Debug)]
pub(super) struct SumTable {
    pub(super) word: usize,
    /// The word of the template: a line of the layout without it leaves only its digits.
    pub(super) expected: u64,
    /// The factor of a product whose highest byte is the sum of the digits.
    pub(super) added: u64,
    pub(super) last: usize,
    /// The bits by sum, then by the last digit.
    pub(super) bits: Box<[u16; 1024]>,
}

/// Up to three adjacent digits and the meanings of their values.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The offset of the first of the three bytes.
    pub(super) at: usize,
    /// The bits by the second, then the third, then the first byte, as [`folded`] orders them.
    pub(super) bits: Box<[u16; 4096]>,
}

impl SumTable {
    /// The table of the sum, if there is one, and of the probes of its last digit.
    pub(super) fn of(template: &Template, stride: usize, checks: &Checks, of_last: &[(Probe, u16)]) -> Option<Self> {
        let Some(sum) = checks.sums.first() else {
            // Nothing is added up, so any digit may be the last of a literal.
            let bits = Box::new([MAYBE_LITERAL; 1024]);
            return Some(Self { word: 0, expected: template.word(0)?, added: 0, last: 0, bits });
        };
        let word = sum.digits.start.min(stride - WORD);
        if sum.digits.end > word + WORD {
            return None;
        }
        let mut table = Self {
            word,
            expected: template.word(word)?,
            added: sum.digits.clone().fold(0, |added, at| added | 1 << (8 * (WORD - 1 - (at - word)))),
            last: sum.digits.end - 1,
            bits: Box::new([0; 1024]),
        };
        for (index, bits) in table.bits.iter_mut().enumerate() {
            let (total, last) = (index >> 4, index & 15);
            if sum.fires >> total & 1 == 1 {
                *bits |= SUM;
            }
            for (probe, bit) in of_last {
                if probe.fires.get(last) == Some(&true) {
                    *bits |= bit;
                }
            }
        }
        for literal in &checks.literals {
            let mut digits = literal.get(sum.digits.clone())?.iter().map(|byte| usize::from(byte & 15));
            let total: usize = digits.clone().sum();
            *table.bits.get_mut(total << 4 | digits.next_back()?)? |= MAYBE_LITERAL;
        }
        Some(table)
    }

    /// Returns `true` if one of the literals has this sum.
    pub(super) fn is_literals_sum(&self, total: usize) -> bool {
        (0..10).any(|last| self.may_be_literal(total, last))
    }

    /// Returns `true` if one of the literals has this last digit.
    pub(super) fn is_literals_last(&self, last: usize) -> bool {
        (0..64).any(|total| self.may_be_literal(total, last))
    }

    fn may_be_literal(&self, total: usize, last: usize) -> bool {
        self.bits.get(total << 4 | last).is_some_and(|bits| bits & MAYBE_LITERAL != 0)
    }
}

impl Table {
    /// Sets `bit` where the probe fires, in a table that already covers its digits or in a new one; `None` if the digits are not adjacent.
    pub(super) fn add(tables: &mut Vec<Self>, stride: usize, probe: &Probe, bit: u16) -> Option<()> {
        let (least, most) = (*probe.digits.iter().min()?, *probe.digits.iter().max()?);
        let fits = |at: usize| at <= least && most < at + 3;
        let index = match tables.iter().position(|table| fits(table.at)) {
            Some(index) => index,
            None => {
                let at = least.min(stride - HALF_WORD);
                tables.push(Self { at, bits: Box::new([0; 4096]) });
                tables.len() - 1
            }
        };
        let table = &mut tables[index];
        if !fits(table.at) {
            return None;
        }
        // The probe fires whatever the bytes are that it does not read.
        let others: Vec<usize> = (0..3).filter(|at| !probe.digits.contains(&(table.at + at))).collect();
        for value in (0..probe.fires.len()).filter(|value| probe.fires[*value]) {
            let (mut nibbles, mut left) = ([0; 3], value);
            for at in probe.digits.iter().rev() {
                nibbles[at - table.at] = left % 10;
                left /= 10;
            }
            for mut other in 0..1 << (4 * others.len()) {
                for at in &others {
                    nibbles[*at] = other % 16;
                    other /= 16;
                }
                let [first, second, third] = nibbles.map(|nibble| nibble as u32);
                table.bits[folded(first | second << 8 | third << 16) as usize] |= bit;
            }
        }
        Some(())
    }

    /// The values of three digits that have a meaning, with that meaning.
    pub(super) fn meanings(&self) -> Vec<([u8; 3], u16)> {
        let values = (0..1000_u16).map(|value| [value / 100, value / 10 % 10, value % 10].map(|digit| digit as u8));
        let meaning = |[first, second, third]: [u8; 3]| {
            let bits = self.bits[folded(u32::from_le_bytes([first, second, third, 0])) as usize];
            ([first, second, third], bits)
        };
        values.map(meaning).filter(|(_, bits)| *bits != 0).collect()
    }
}

/// The low halves of the first three bytes of a word, combined in twelve bits.
#[inline(always)]
pub(super) fn folded(bytes: u32) -> u32 {
    let digits = bytes & 0x0F_0F0F;
    (digits | digits >> 12) & 0xFFF
}
