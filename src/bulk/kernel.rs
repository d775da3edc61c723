//! The inner loop of the fast path: many lines of one layout, without a branch that depends on their digits.
//!
//! A block of lines is compared with a template of the block, sixty-four bytes at a time, to see that digits and hyphens are
//! in their places. Then, line by line, one multiplication adds up the digits of a
//! check, and a table has the meaning of the sum and the last digit; every other check is a table lookup by up to three
//! adjacent digits. The result is a signature: a bit for every check, set if it fires.

use super::{
    histogram::Histogram,
    layout::{ByteClass, Checks, Layout, Probe},
    lookup::{HALF_WORD, MAYBE_LITERAL, SumTable, Table, WORD, folded},
    sieve::Sieve,
    template::{BLOCK, Template},
};

/// The number of consecutive lines that are counted in different places, so that none waits for another.
const LANES: usize = 2;

/// The maximum number of signatures of a kernel.
const MAX_SIGNATURES: usize = 1024;

/// A layout with one kind of line end, ready to run.
#[derive(Clone, Debug)]
pub struct Kernel {
    length: usize,
    stride: usize,
    template: Template,
    sum: SumTable,
    tables: Vec<Table>,
    sieve: Option<Sieve>,
    literals: Vec<Vec<u8>>,
    /// The upper bound of its signatures, exclusive.
    signatures: usize,
    compiled: Loop,
}

/// The loop for a number of tables, and the function for a single line.
#[derive(Clone, Copy, Debug)]
struct Loop {
    run: fn(&Kernel, &[u8], &mut Histogram) -> usize,
    look: fn(&Kernel, &[u8]) -> Option<u16>,
}

impl Loop {
    fn of<const TABLES: usize>() -> Self {
        Self { run: Kernel::run::<TABLES>, look: Kernel::look::<TABLES> }
    }
}

/// The end of a line.
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

/// The counts of the loop, with room for every possible signature, so that bounds need not be checked.
type Counts = [[u64; LANES]; MAX_SIGNATURES];

impl Kernel {
    /// Compiles a layout; `None` if it needs more tables or sums than the loop has.
    pub fn new(layout: &Layout, checks: &Checks, end: LineEnd) -> Option<Self> {
        let mut places = layout.places.clone();
        places.extend(end.bytes().iter().map(|byte| ByteClass::Byte(*byte)));
        let stride = places.len();
        if stride < WORD || checks.sums.len() > 1 {
            return None;
        }
        let mut probes: Vec<(Probe, u16)> = Vec::new();
        if !checks.literals.is_empty() {
            probes.push((checks.literal_heads(&layout.places), MAYBE_LITERAL));
        }
        let mut signatures = 4;
        for (index, probe) in (0..).zip(&checks.probes) {
            let bit = 4_u16.checked_shl(index).filter(|bit| (4..MAX_SIGNATURES as u16).contains(bit))?;
            probes.push((probe.clone(), bit));
            signatures = 2 * usize::from(bit);
        }
        let template = Template::of(&places);
        let last = checks.sums.first().map(|sum| sum.digits.end - 1);
        let (of_last, others): (Vec<_>, Vec<_>) =
            probes.into_iter().partition(|(probe, _)| last.is_some_and(|last| probe.digits == [last]));
        let sum = SumTable::of(&template, stride, checks, &of_last)?;
        let mut tables = Vec::new();
        for (probe, bit) in others {
            Table::add(&mut tables, stride, &probe, bit)?;
        }
        let sieve = Sieve::of(&template, stride, &checks.sums, &sum, &of_last, &tables);
        let compiled = match tables.len() {
            0 => Loop::of::<0>(),
            1 => Loop::of::<1>(),
            2 => Loop::of::<2>(),
            3 => Loop::of::<3>(),
            _ => return None,
        };
        let (length, literals) = (layout.places.len(), checks.literals.clone());
        Some(Self { length, stride, template, sum, tables, sieve, literals, signatures, compiled })
    }

    /// An empty histogram of this kernel's signatures.
    pub fn histogram(&self) -> Histogram {
        Histogram::new(self.signatures)
    }

    /// The upper bound of its signatures, exclusive.
    pub fn signatures(&self) -> usize {
        self.signatures
    }

    /// The number of bytes of a line without its end, and with it.
    pub fn lengths(&self) -> (usize, usize) {
        (self.length, self.stride)
    }

    /// The signature of a line with its end; `None` if it is of another layout, or one of the literals.
    pub fn signature(&self, line: &[u8]) -> Option<u16> {
        (self.compiled.look)(self, line)
    }

    /// Counts lines from the start of `bytes` as long as they are of this layout and not literals. Returns the number of bytes counted.
    pub fn count(&self, bytes: &[u8], histogram: &mut Histogram) -> usize {
        (self.compiled.run)(self, bytes, histogram)
    }

    fn look<const TABLES: usize>(&self, line: &[u8]) -> Option<u16> {
        if line.len() != self.stride || !self.template.fits_line(line) {
            return None;
        }
        self.read(&Reader::<TABLES>::of(self)?, line)
    }

    /// The signature of a line of this layout; `None` for one of the literals.
    fn read<const TABLES: usize>(&self, reader: &Reader<'_, TABLES>, line: &[u8]) -> Option<u16> {
        let (sum, others) = reader.read(line);
        let literal = sum & others & MAYBE_LITERAL != 0 && self.is_literal(&line[..self.length]);
        (!literal).then_some((sum | others) & !MAYBE_LITERAL)
    }

    /// Counts whole blocks as long as they can be sieved. Returns the number of bytes counted.
    fn sieved<const TABLES: usize>(
        &self,
        bytes: &[u8],
        reader: &Reader<'_, TABLES>,
        histogram: &mut Histogram,
    ) -> usize {
        let Some(sieve) = &self.sieve else { return 0 };
        let sieved = sieve.count(bytes, |lines| {
            let signatures: Option<Vec<u16>> = lines.map(|line| self.read(reader, line)).collect();
            signatures.is_some_and(|signatures| {
                signatures.into_iter().for_each(|signature| histogram.add(signature));
                true
            })
        });
        sieved.counts.into_iter().for_each(|(signature, count)| histogram.add_many(signature, count));
        sieved.bytes
    }

    fn run<const TABLES: usize>(&self, bytes: &[u8], histogram: &mut Histogram) -> usize {
        let Some(reader) = Reader::<TABLES>::of(self) else {
            return 0;
        };
        let (mut counted, mut counts) = (self.sieved(bytes, &reader, histogram), None);
        for block in bytes[counted..].chunks_exact(BLOCK * self.stride) {
            if !self.template.fits_block(block) {
                break;
            }
            let counts: &mut Counts = counts.get_or_insert_with(|| Box::new([[0; LANES]; MAX_SIGNATURES]));
            if reader.count(block, counts, 1) & MAYBE_LITERAL == 0 {
                counted += block.len();
                continue;
            }
            if block.chunks_exact(self.stride).any(|line| self.read(&reader, line).is_none()) {
                // The block is uncounted, to be read line by line. This is rare, so the loop need not check beforehand.
                reader.count(block, counts, u64::MAX);
                break;
            }
            counted += block.len();
        }
        if let Some(counts) = counts {
            histogram.add_all(counts.iter().map(|lanes| lanes.iter().sum()));
        }
        // Line by line up to the one that is different.
        for line in bytes[counted..].chunks_exact(self.stride).take(BLOCK) {
            let Some(signature) = self.look::<TABLES>(line) else { break };
            histogram.add(signature);
            counted += self.stride;
        }
        counted
    }

    fn is_literal(&self, line: &[u8]) -> bool {
        self.literals.iter().any(|literal| literal.eq_ignore_ascii_case(line))
    }
}

/// A kernel's constants, ready for the loop.
struct Reader<'k, const TABLES: usize> {
    stride: usize,
    word: usize,
    expected: u64,
    added: u64,
    last: usize,
    sums: &'k [u16; 1024],
    tables: [(usize, &'k [u16; 4096]); TABLES],
}

impl<'k, const TABLES: usize> Reader<'k, TABLES> {
    fn of(kernel: &'k Kernel) -> Option<Self> {
        let Kernel { stride, sum: SumTable { word, expected, added, last, bits }, .. } = kernel;
        let tables = kernel.tables.first_chunk::<TABLES>()?.each_ref().map(|table| (table.at, &*table.bits));
        let (stride, word, expected, added, last) = (*stride, *word, *expected, *added, *last);
        let reader = Self { stride, word, expected, added, last, sums: bits, tables };
        reader.is_inside(stride).then_some(reader)
    }

    /// The bits of the sum and the last digit of a line, and the bits of the other digits.
    #[inline(always)]
    fn read(&self, line: &[u8]) -> (u16, u16) {
        let word = u64::from_le_bytes(bytes(line, self.word)) ^ self.expected;
        let total = word.wrapping_mul(self.added) >> 52 & 0x3F0;
        let sum = self.sums[(total as usize | usize::from(line[self.last] & 15)) & 1023];
        let others = self.tables.iter().fold(0, |signature, (at, bits)| {
            signature | bits[folded(u32::from_le_bytes(bytes(line, *at))) as usize & 4095]
        });
        (sum, others)
    }

    /// Adds `step` for every line of a block, modulo 2^64. Returns the bits that are set for any line, by the sum or by the other digits.
    fn count(&self, block: &[u8], counts: &mut Counts, step: u64) -> u16 {
        let (stride, mut both) = (self.stride, 0);
        // Already true when the reader was made; repeated here so that the bounds of each line need not be checked.
        if !self.is_inside(stride) {
            return both;
        }
        for lines in block.chunks_exact(LANES * stride) {
            for lane in 0..LANES {
                let (sum, others) = self.read(&lines[lane * stride..][..stride]);
                both |= sum & others;
                let count = &mut counts[usize::from((sum | others) & !MAYBE_LITERAL) % MAX_SIGNATURES][lane];
                *count = count.wrapping_add(step);
            }
        }
        both
    }

    /// Returns `true` if all bytes that are read are inside a line of this length.
    #[inline(always)]
    fn is_inside(&self, stride: usize) -> bool {
        let inside = |at: usize, length: usize| at <= stride && stride - at >= length;
        inside(self.word, WORD) && inside(self.last, 1) && self.tables.iter().all(|(at, _)| inside(*at, HALF_WORD))
    }
}

/// Adjacent bytes of a line.
#[inline(always)]
#[expect(clippy::expect_used, reason = "`is_inside` was asked before the kernel was made")]
fn bytes<const COUNT: usize>(line: &[u8], at: usize) -> [u8; COUNT] {
    *line[at..].first_chunk().expect("a reader is made only if what it reads is inside the line")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        bulk::{
            layout::{Sum, layouts},
            sieve,
            template::levels,
        },
        catalogue::Catalogue,
    };

    fn layout_of(line: &[u8]) -> Layout {
        let all = layouts(Catalogue::built_in());
        all.into_iter().find(|layout| layout.fits(line)).expect("the line is of a form")
    }

    fn kernels_of(line: &[u8], end: LineEnd) -> impl Iterator<Item = Kernel> {
        let layout = layout_of(line);
        let checks = layout.checks(Catalogue::built_in()).expect("its checks can be compiled");
        kernels(&layout, &checks, end)
    }

    /// A kernel for this processor, and kernels for less capable ones: users' processors take other paths through the same lines.
    fn kernels(layout: &Layout, checks: &Checks, end: LineEnd) -> impl Iterator<Item = Kernel> + use<> {
        let kernel = Kernel::new(layout, checks, end).expect("its kernel can be made");
        levels().into_iter().map(move |level| {
            let mut kernel = kernel.clone();
            kernel.template.level = level;
            kernel.sieve.iter_mut().for_each(|sieve| sieve.level = level);
            kernel
        })
    }

    /// Lines that look like this one, with all kinds of digits.
    fn list(like: &str, end: LineEnd, lines: u64) -> Vec<u8> {
        let mut random = 1_u64;
        let mut digit = move || {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            b'0' + (random >> 33) as u8 % 10
        };
        let mut line = move || {
            let text: Vec<u8> = like.bytes().map(|byte| if byte.is_ascii_digit() { digit() } else { byte }).collect();
            [&text, end.bytes()].concat()
        };
        (0..lines).flat_map(|_| line()).collect()
    }

    /// The counts of a list from its start, and the number of bytes counted.
    fn counted(kernel: &Kernel, list: &[u8]) -> (Vec<(u16, u64)>, usize) {
        let mut histogram = kernel.histogram();
        let counted = kernel.count(list, &mut histogram);
        (histogram.counts().collect(), counted)
    }

    /// The same counts, line by line, up to the first line that is different.
    fn counted_line_by_line(kernel: &Kernel, list: &[u8]) -> (Vec<(u16, u64)>, usize) {
        let (mut histogram, mut counted) = (kernel.histogram(), 0);
        for line in list.chunks_exact(kernel.stride) {
            let Some(signature) = kernel.signature(line) else { break };
            histogram.add(signature);
            counted += line.len();
        }
        (histogram.counts().collect(), counted)
    }

    /// Without its sieve such a list would be counted correctly, but more slowly.
    #[test]
    fn a_plain_list_is_sieved_to_its_last_line() {
        for (line, end) in [("123-4567890", LineEnd::Lf), ("1234567890", LineEnd::CrLf)] {
            let list = list(line, end, 200);
            for kernel in kernels_of(line.as_bytes(), end) {
                let sieve = kernel.sieve.as_ref().expect("twelve bytes with one sum can be sieved");
                for lines in 0..=200 {
                    let some = &list[..lines * kernel.stride];
                    let mut read = 0;
                    let sieved = sieve.count(some, |lines| {
                        read += lines.count() as u64;
                        true
                    });
                    let told: u64 = sieved.counts.iter().map(|(_, count)| count).sum();
                    assert_eq!((sieved.bytes, told + read), (some.len(), lines as u64), "{:?}", kernel.template.level);
                }
            }
        }
    }

    #[test]
    fn every_kind_of_processor_counts_the_same() {
        for (line, end) in [
            (&b"123-4567890"[..], LineEnd::Lf),
            (b"123-4567890", LineEnd::CrLf),
            (b"1234567890", LineEnd::CrLf),
            (b"12345-OEM-1234567-12345", LineEnd::Lf),
        ] {
            let list = list(&String::from_utf8_lossy(line), end, 10_000);
            for kernel in kernels_of(line, end) {
                let level = kernel.template.level;
                for lines in (0..=2 * sieve::BLOCK).chain([10_000]) {
                    let some = &list[..lines * kernel.stride];
                    let expected = counted_line_by_line(&kernel, some);
                    assert_eq!(expected.1, some.len());
                    assert_eq!(counted(&kernel, some), expected, "{lines} lines, {level:?}");
                }
            }
        }
    }

    /// Wherever it is in a block.
    #[test]
    fn every_kind_of_processor_sees_a_wrong_byte_and_a_line_that_means_more() {
        let right = list("123-4567890", LineEnd::Lf, 100);
        let more = ["932-9619111", "932-9619110", "111-1111111", "333-1111111", "097-0001533", "123-4567890"];
        for kernel in kernels_of(b"123-4567890", LineEnd::Lf) {
            let level = kernel.template.level;
            let bytes = (0..right.len()).flat_map(|at| [b'/', b':', b'\r', 0, 0xB0].map(|wrong| (at, vec![wrong])));
            let lines = (0..100).flat_map(|line| more.map(|more| (line * kernel.stride, more.into())));
            for (at, other) in bytes.chain(lines) {
                let mut list = right.clone();
                list[at..][..other.len()].copy_from_slice(&other);
                assert_eq!(counted(&kernel, &list), counted_line_by_line(&kernel, &list), "{at}: {other:?}, {level:?}");
            }
        }
    }

    /// A user's forms can have a hyphen where those of the catalogue have three digits.
    #[test]
    fn a_table_that_looks_at_a_hyphen_tells_the_same() {
        let mut layout = layout_of(b"123-4567890");
        layout.places.swap(2, 3);
        let sum = Sum { digits: 4..11, fires: (0..64).filter(|sum| sum % 7 != 0).fold(0, |bits, sum| bits | 1 << sum) };
        let probe = Probe { digits: vec![0, 1], fires: (0..100).map(|value| value % 3 == 0).collect() };
        let checks = Checks { sums: vec![sum], probes: vec![probe], literals: Vec::new() };
        let list = list("12-34567890", LineEnd::Lf, 200);
        for kernel in kernels(&layout, &checks, LineEnd::Lf) {
            assert_eq!(counted(&kernel, &list), counted_line_by_line(&kernel, &list), "{:?}", kernel.template.level);
        }
    }
}
