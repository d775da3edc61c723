//! The inner loop of the fast path: many lines of one layout, without a branch that depends on their digits.
//!
//! A line, with its end, is read as words of eight bytes that may overlap. Two operations per word say whether the digits
//! are digits and the hyphens hyphens; one multiplication adds up the digits of a check, and a table says what the sum and
//! the last digit mean; every other check is a look into a table by up to three neighbouring digits. What comes out is a
//! signature: a bit for every check, set if it fires.

use super::layout::{Checks, Layout, Place, Probe, Sum};
use std::ops::Range;
use wide::u64x4;

/// The bit of a signature that says: perhaps one of the literals.
const MAYBE_LITERAL: u16 = 1;

/// So many lines in a row are counted in different places, so that one need not wait for the other.
const LANES: usize = 4;

/// A layout with one kind of line end, ready to run.
#[derive(Clone, Debug)]
pub struct Kernel {
    length: usize,
    stride: usize,
    /// The first word holds the digits that are added up.
    words: Vec<Word>,
    sum: SumTable,
    tables: Vec<Table>,
    literals: Vec<Vec<u8>>,
    /// Signatures are below this.
    signatures: usize,
    compiled: Loop,
}

/// The loop for a number of words and tables, and the look at a single line.
#[derive(Clone, Copy, Debug)]
struct Loop {
    run: fn(&Kernel, &[u8], &mut Histogram) -> usize,
    look: fn(&Kernel, &[u8]) -> Option<u16>,
}

impl Loop {
    fn of<const WORDS: usize, const TABLES: usize>() -> Self {
        Self { run: Kernel::run::<WORDS, TABLES>, look: Kernel::look::<WORDS, TABLES> }
    }
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
}

impl LineEnd {
    /// Its bytes.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
        }
    }
}

/// Eight bytes of a line and what is expected there.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    at: usize,
    /// `0` for digits, the byte itself elsewhere.
    expected: u64,
    /// What lifts a wrong byte into the bits of `wrong`: `06` for digits, `7F` for the others.
    lift: u64,
    /// `F0` for digits, `80` for the others.
    wrong: u64,
}

/// The sum of digits in the first word, and one digit beside it.
#[derive(Clone, Debug)]
struct SumTable {
    /// `FF` for the digits that are added up.
    added: u64,
    /// Where the digit stands.
    shift: u32,
    /// By sum, then by digit.
    bits: Box<[u16; 1024]>,
}

/// Up to three neighbouring digits of a word and what their values mean.
#[derive(Clone, Debug)]
struct Table {
    digits: Range<usize>,
    word: usize,
    shift: u32,
    /// By the third, then the second, then the first digit, as [`folded`] brings them.
    bits: Box<[u16; 4096]>,
}

/// How many lines had which signature.
#[derive(Clone, Debug)]
pub struct Histogram {
    counts: Vec<[u32; LANES]>,
}

impl Kernel {
    /// Compiles a layout; `None` where it needs more words, tables or sums than the loop has.
    pub fn new(layout: &Layout, checks: &Checks, end: LineEnd) -> Option<Self> {
        let mut places = layout.places.clone();
        places.extend(end.bytes().iter().map(|byte| Place::Byte(*byte)));
        let stride = places.len();
        if stride < 8 || checks.sums.len() > 1 {
            return None;
        }
        let summed = checks.sums.first().map_or(0..0, |sum| sum.digits.clone());
        let mut kernel = Self {
            length: layout.places.len(),
            stride,
            words: Vec::new(),
            sum: SumTable { added: 0, shift: 0, bits: Box::new([0; 1024]) },
            tables: Vec::new(),
            literals: checks.literals.clone(),
            signatures: 4,
            compiled: Loop::of::<1, 0>(),
        };
        // The word of the sum lies as far to the right as it can, where the end of the line needs no mask.
        let first = summed.start.min(stride - 8);
        let others = (0..stride.div_ceil(8)).map(|index| (8 * index).min(stride - 8));
        for at in std::iter::once(first).chain(others) {
            if !covers(&kernel.words, at..at + 8) {
                kernel.words.push(Word::new(&places, at));
            }
        }
        let last = summed.end.checked_sub(1);
        let mut probes: Vec<(Probe, u16)> = Vec::new();
        if !checks.literals.is_empty() {
            probes.push((checks.literal_heads(&layout.places), MAYBE_LITERAL));
        }
        for (index, probe) in (0..).zip(&checks.probes) {
            let bit = 4_u16.checked_shl(index).filter(|bit| *bit != 0 && *bit < 1 << 10)?;
            probes.push((probe.clone(), bit));
            kernel.signatures = 2 * usize::from(bit);
        }
        let of_last = |probe: &Probe| last.is_some_and(|last| probe.digits == [last]);
        kernel.compile_sum(checks.sums.first(), &probes.iter().filter(|(probe, _)| of_last(probe)).collect::<Vec<_>>());
        for (probe, bit) in probes.iter().filter(|(probe, _)| !of_last(probe)) {
            kernel.compile_probe(probe, *bit)?;
        }
        kernel.compiled = match (kernel.words.len(), kernel.tables.len()) {
            (1, 0) => Loop::of::<1, 0>(),
            (2, 0) => Loop::of::<2, 0>(),
            (2, 1) => Loop::of::<2, 1>(),
            (2, 2) => Loop::of::<2, 2>(),
            (2, 3) => Loop::of::<2, 3>(),
            (3, 0) => Loop::of::<3, 0>(),
            (3, 1) => Loop::of::<3, 1>(),
            (3, 2) => Loop::of::<3, 2>(),
            (3, 3) => Loop::of::<3, 3>(),
            (4, 0) => Loop::of::<4, 0>(),
            (4, 1) => Loop::of::<4, 1>(),
            (4, 2) => Loop::of::<4, 2>(),
            (4, 3) => Loop::of::<4, 3>(),
            _ => return None,
        };
        Some(kernel)
    }

    fn compile_sum(&mut self, sum: Option<&Sum>, of_last: &[&(Probe, u16)]) {
        let (Some(sum), Some(word)) = (sum, self.words.first()) else {
            return;
        };
        for at in sum.digits.clone() {
            self.sum.added |= 0xFF << (8 * (at - word.at));
        }
        self.sum.shift = 8 * (sum.digits.end - 1 - word.at) as u32;
        for (index, bits) in self.sum.bits.iter_mut().enumerate() {
            let (total, last) = (index >> 4, index & 15);
            *bits |= ((sum.fires >> total & 1) as u16) << 1;
            for (probe, bit) in of_last {
                if probe.fires.get(last) == Some(&true) {
                    *bits |= bit;
                }
            }
        }
    }

    /// Lets `bit` be set where the probe fires; `None` where its digits are not neighbours in one word.
    fn compile_probe(&mut self, probe: &Probe, bit: u16) -> Option<()> {
        let (least, most) = (*probe.digits.iter().min()?, *probe.digits.iter().max()?);
        let fits = |table: &Table| {
            let joint = table.digits.start.min(least)..table.digits.end.max(most + 1);
            let word = self.words[table.word].at;
            joint.len() <= 3 && joint.start == table.digits.start && joint.end <= word + 8
        };
        let index = match self.tables.iter().position(fits) {
            Some(index) => index,
            None => {
                let inside = |word: &Word| word.at <= least && most < word.at + 8;
                let word = self.words.iter().position(inside)?;
                let shift = 8 * (least - self.words[word].at) as u32;
                self.tables.push(Table { digits: least..most + 1, word, shift, bits: Box::new([0; 4096]) });
                self.tables.len() - 1
            }
        };
        let table = &mut self.tables[index];
        table.digits.end = table.digits.end.max(most + 1);
        if table.digits.len() > 3 {
            return None;
        }
        for value in 0..1000_usize {
            let digits = [value / 100, value / 10 % 10, value % 10];
            let seen = probe.digits.iter().map(|at| digits[at - table.digits.start]);
            if probe.fires[seen.fold(0, |value, digit| 10 * value + digit)] {
                let [first, second, third] = digits.map(|digit| digit as u64);
                table.bits[folded(first | second << 8 | third << 16) as usize] |= bit;
            }
        }
        Some(())
    }

    /// An empty histogram of this kernel's signatures.
    pub fn histogram(&self) -> Histogram {
        Histogram { counts: vec![[0; LANES]; self.signatures] }
    }

    /// Signatures are below this number.
    pub fn signatures(&self) -> usize {
        self.signatures
    }

    /// The number of bytes of a line without its end, and with it.
    pub fn lengths(&self) -> (usize, usize) {
        (self.length, self.stride)
    }

    /// The signature of a line with its end; `None` if it is of another layout, or one of the literals.
    pub fn signature(&self, line: &[u8]) -> Option<u16> {
        (line.len() == self.stride).then(|| (self.compiled.look)(self, line)).flatten()
    }

    /// Counts lines from the start of `bytes` as long as they are of this layout and no literals; gives the number of bytes
    /// counted.
    pub fn count(&self, bytes: &[u8], histogram: &mut Histogram) -> usize {
        (self.compiled.run)(self, bytes, histogram)
    }

    fn look<const WORDS: usize, const TABLES: usize>(&self, line: &[u8]) -> Option<u16> {
        let (wrong, [signature, ..]) = Looker::<WORDS, TABLES>::new(self)?.look(line, 0)?;
        let literal = signature & MAYBE_LITERAL != 0 && self.is_literal(&line[..self.length]);
        (wrong == 0 && !literal).then_some(signature & !MAYBE_LITERAL)
    }

    fn run<const WORDS: usize, const TABLES: usize>(&self, bytes: &[u8], histogram: &mut Histogram) -> usize {
        let Some(looker) = Looker::<WORDS, TABLES>::new(self) else {
            return 0;
        };
        let stride = self.stride;
        let counts = histogram.counts.as_mut_slice();
        let mut counted = 0;
        for lines in bytes.chunks_exact(LANES * stride) {
            let Some((wrong, signatures)) = looker.look(lines, stride) else { break };
            let literal = |(line, signature): (usize, &u16)| {
                signature & MAYBE_LITERAL != 0 && self.is_literal(&lines[line * stride..][..self.length])
            };
            if wrong != 0 || signatures.iter().enumerate().any(literal) {
                break;
            }
            for (lane, signature) in signatures.into_iter().enumerate() {
                if let Some(count) = counts.get_mut(usize::from(signature & !MAYBE_LITERAL)) {
                    count[lane] += 1;
                }
            }
            counted += LANES * stride;
        }
        // One by one to the line that is different.
        for line in bytes[counted..].chunks_exact(stride).take(LANES) {
            let Some(signature) = self.look::<WORDS, TABLES>(line) else { break };
            histogram.add(signature);
            counted += stride;
        }
        counted
    }

    fn is_literal(&self, line: &[u8]) -> bool {
        self.literals.iter().any(|literal| literal.eq_ignore_ascii_case(line))
    }
}

/// A kernel's constants, as the loop needs them: each four times side by side, for four lines at once.
struct Looker<'k, const WORDS: usize, const TABLES: usize> {
    at: [usize; WORDS],
    expected: [u64x4; WORDS],
    lift: [u64x4; WORDS],
    wrong: [u64x4; WORDS],
    added: u64x4,
    shift: u32,
    sums: &'k [u16; 1024],
    tables: [(usize, u32, &'k [u16; 4096]); TABLES],
}

impl<'k, const WORDS: usize, const TABLES: usize> Looker<'k, WORDS, TABLES> {
    fn new(kernel: &'k Kernel) -> Option<Self> {
        let words = kernel.words.first_chunk::<WORDS>()?;
        let tables = kernel.tables.first_chunk::<TABLES>()?;
        Some(Self {
            at: words.map(|word| word.at),
            expected: words.map(|word| u64x4::splat(word.expected)),
            lift: words.map(|word| u64x4::splat(word.lift)),
            wrong: words.map(|word| u64x4::splat(word.wrong)),
            added: u64x4::splat(kernel.sum.added),
            shift: kernel.sum.shift,
            sums: &kernel.sum.bits,
            tables: std::array::from_fn(|at| (tables[at].word % WORDS, tables[at].shift, &*tables[at].bits)),
        })
    }

    /// Looks at four lines that begin `stride` bytes apart. Nonzero in the first value if a byte of any of them is not as
    /// expected; then the signature of each.
    #[inline(always)]
    fn look(&self, lines: &[u8], stride: usize) -> Option<(u64, [u16; LANES])> {
        let mut words = [u64x4::ZERO; WORDS];
        let mut wrong = u64x4::ZERO;
        for (index, word) in words.iter_mut().enumerate() {
            let mut eight = [0; LANES];
            for (line, eight) in eight.iter_mut().enumerate() {
                *eight = u64::from_le_bytes(*lines.get(line * stride + self.at[index]..)?.first_chunk::<8>()?);
            }
            *word = u64x4::new(eight) ^ self.expected[index];
            wrong |= ((*word + self.lift[index]) | *word) & self.wrong[index];
        }
        let mut sums = words[0] & self.added;
        sums += sums >> 32;
        sums += sums >> 16;
        sums += sums >> 8;
        let last = (words[0] >> self.shift) & u64x4::splat(15);
        let indexes: u64x4 = ((sums & u64x4::splat(63)) << 4) | last;
        let mut signatures = indexes.to_array().map(|index| self.sums[index as usize & 1023]);
        for (word, shift, bits) in &self.tables {
            let digits: u64x4 = (words[*word] >> *shift) & u64x4::splat(0x0F_0F0F);
            let folded: u64x4 = (digits | (digits >> 12)) & u64x4::splat(0xFFF);
            for (signature, folded) in signatures.iter_mut().zip(folded.to_array()) {
                *signature |= bits[folded as usize & 4095];
            }
        }
        Some((wrong.to_array().iter().fold(0, |all, wrong| all | wrong), signatures))
    }
}

impl Word {
    fn new(places: &[Place], at: usize) -> Self {
        let mut word = Self { at, ..Self::default() };
        for (shift, place) in (0..64).step_by(8).zip(&places[at..]) {
            let (expected, lift, wrong) = match place {
                Place::Digit => (b'0', 0x06, 0xF0),
                Place::Byte(byte) => (*byte, 0x7F, 0x80),
            };
            word.expected |= u64::from(expected) << shift;
            word.lift |= lift << shift;
            word.wrong |= wrong << shift;
        }
        word
    }
}

fn covers(words: &[Word], bytes: Range<usize>) -> bool {
    bytes.into_iter().all(|byte| words.iter().any(|word| (word.at..word.at + 8).contains(&byte)))
}

/// Three nibbles, each at the start of a byte, brought together in twelve bits.
fn folded(bytes: u64) -> u64 {
    (bytes | bytes >> 12) & 0xFFF
}

impl Histogram {
    /// Counts one line.
    pub fn add(&mut self, signature: u16) {
        if let Some([first, ..]) = self.counts.get_mut(usize::from(signature)) {
            *first += 1;
        }
    }

    /// Adds another histogram of the same kernel.
    pub fn merge(&mut self, other: &Self) {
        for (lanes, others) in self.counts.iter_mut().zip(&other.counts) {
            lanes.iter_mut().zip(others).for_each(|(count, other)| *count += other);
        }
    }

    /// Every signature that occurred, with its count.
    pub fn counts(&self) -> impl Iterator<Item = (u16, u64)> {
        let totals = (0..).zip(&self.counts);
        let totals = totals.map(|(bits, lanes)| (bits, lanes.iter().map(|count| u64::from(*count)).sum()));
        totals.filter(|(_, count)| *count > 0)
    }
}
