//! The location and encoding of the serial in `MASTER.GLB`. They are not published, so they have to be proven by files whose serials are
//! known.

use super::source::Source;
use serde::{Deserialize, Serialize};

/// A location of the serial in `GLB/MASTER.GLB`: a file of `keyrules/locators/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SerialLocation {
    /// The postoffices that it reads, in a line.
    pub title: String,
    /// The first byte, counted from zero.
    pub offset: usize,
    /// The encoding of the numbers.
    pub encoding: Encoding,
    /// The byte that every byte is combined with by exclusive or.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub xor: u8,
    /// The serials that it has read, which have to be different.
    pub proofs: Vec<Proof>,
    /// The evidence.
    pub sources: Vec<Source>,
}

/// The bytes of one file whose serial was known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The serial.
    pub serial: String,
    /// The bytes from the offset on, in hexadecimal digits: `1F03 9886 0100`.
    pub bytes: String,
}

fn is_zero(byte: &u8) -> bool {
    *byte == 0
}

/// The encoding of the two numbers of a serial. `le`: the low byte first; `be`: the high byte first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// `799-99992` or `0799-99992` in ASCII.
    TextHyphen,
    /// `79999992` or `079999992` in ASCII.
    Text,
    /// The same with a hyphen, after a byte with its length.
    LengthTextHyphen,
    /// The same without a hyphen, after a byte with its length.
    LengthText,
    /// Prefix in two bytes, suffix in four.
    Prefix16Suffix32Le,
    /// Prefix in two bytes, suffix in four.
    Prefix16Suffix32Be,
    /// Suffix in four bytes, prefix in two.
    Suffix32Prefix16Le,
    /// Suffix in four bytes, prefix in two.
    Suffix32Prefix16Be,
    /// Prefix in two bytes, two bytes of anything, suffix in four.
    Prefix16GapSuffix32Le,
    /// Prefix in two bytes, two bytes of anything, suffix in four.
    Prefix16GapSuffix32Be,
    /// Both in four bytes, prefix first.
    Prefix32Suffix32Le,
    /// Both in four bytes, prefix first.
    Prefix32Suffix32Be,
    /// Both in four bytes, suffix first.
    Suffix32Prefix32Le,
    /// Both in four bytes, suffix first.
    Suffix32Prefix32Be,
    /// One number of four bytes: the prefix times 100,000, and the suffix.
    CombinedLe,
    /// One number of four bytes: the prefix times 100,000, and the suffix.
    CombinedBe,
    /// Ten decimal digits in five bytes: the prefix, then the five of the suffix.
    Bcd,
    /// Decimal digits in pairs: the prefix in two bytes, the suffix in three.
    BcdSplit,
}

impl Encoding {
    /// Every encoding, those that use the most bytes first.
    pub const ALL: [Self; 18] = [
        Self::LengthTextHyphen,
        Self::TextHyphen,
        Self::LengthText,
        Self::Text,
        Self::Prefix32Suffix32Le,
        Self::Prefix32Suffix32Be,
        Self::Suffix32Prefix32Le,
        Self::Suffix32Prefix32Be,
        Self::Prefix16Suffix32Le,
        Self::Prefix16Suffix32Be,
        Self::Suffix32Prefix16Le,
        Self::Suffix32Prefix16Be,
        Self::Prefix16GapSuffix32Le,
        Self::Prefix16GapSuffix32Be,
        Self::Bcd,
        Self::BcdSplit,
        Self::CombinedLe,
        Self::CombinedBe,
    ];

    /// The id used in rule files and reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::TextHyphen => "text-hyphen",
            Self::Text => "text",
            Self::LengthTextHyphen => "length-text-hyphen",
            Self::LengthText => "length-text",
            Self::Prefix16Suffix32Le => "prefix16-suffix32-le",
            Self::Prefix16Suffix32Be => "prefix16-suffix32-be",
            Self::Suffix32Prefix16Le => "suffix32-prefix16-le",
            Self::Suffix32Prefix16Be => "suffix32-prefix16-be",
            Self::Prefix16GapSuffix32Le => "prefix16-gap-suffix32-le",
            Self::Prefix16GapSuffix32Be => "prefix16-gap-suffix32-be",
            Self::Prefix32Suffix32Le => "prefix32-suffix32-le",
            Self::Prefix32Suffix32Be => "prefix32-suffix32-be",
            Self::Suffix32Prefix32Le => "suffix32-prefix32-le",
            Self::Suffix32Prefix32Be => "suffix32-prefix32-be",
            Self::CombinedLe => "combined-le",
            Self::CombinedBe => "combined-be",
            Self::Bcd => "bcd",
            Self::BcdSplit => "bcd-split",
        }
    }
}
