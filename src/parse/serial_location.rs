//! Reads a serial from bytes in a given encoding, and finds a known serial in them.

use super::serial::{self, digits_end};
use crate::model::{
    postoffice::SerialNumber,
    serial_location::{Encoding, SerialLocation},
    within::Within,
};
use nom::{
    IResult, Parser,
    bytes::complete::take,
    combinator::{map, map_opt},
    number::complete::{be_u16, be_u32, le_u16, le_u32, u8 as any_u8},
};

/// A place at which a known serial is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SerialPosition {
    /// The first byte.
    pub offset: usize,
    /// Its encoding.
    pub encoding: Encoding,
    /// The byte that every byte is combined with by exclusive or.
    pub xor: u8,
}

impl SerialPosition {
    /// The place that a serial location names.
    pub fn of(location: &SerialLocation) -> Self {
        Self { offset: location.offset, encoding: location.encoding, xor: location.xor }
    }

    /// The serial at this place, if the bytes there are one in this encoding.
    ///
    /// ```
    /// use jewelcase::internals::{model::{serial_location::Encoding, postoffice::SerialNumber}, parse::serial_location::SerialPosition};
    /// let place = SerialPosition { offset: 1, encoding: Encoding::Prefix16Suffix32Le, xor: 0 };
    /// let bytes = [0, 0x1F, 0x03, 0x98, 0x86, 0x01, 0x00];
    /// assert_eq!(place.read(&bytes), Some(SerialNumber::PLACEHOLDER));
    /// ```
    pub fn read(self, bytes: &[u8]) -> Option<SerialNumber> {
        let plain: Vec<u8> = bytes.get(self.offset..)?.iter().take(MAX_ENCODED).map(|byte| byte ^ self.xor).collect();
        decoded(self.encoding, &plain)
    }

    /// The number of bytes from the offset on that depend on the serial; the more there are, the rarer is a chance hit.
    pub fn width(self, serial: SerialNumber) -> usize {
        patterns(self.encoding, serial).first().map_or(0, |pattern| pattern.iter().flatten().count())
    }
}

/// The maximum number of bytes: a length, four digits, a hyphen, five digits, and the byte after them.
const MAX_ENCODED: usize = 12;

/// Every place of a serial in some bytes, in any encoding and under any constant exclusive or; by offset, and at one offset the widest
/// first.
pub fn places(bytes: &[u8], serial: SerialNumber) -> Vec<SerialPosition> {
    let mut places = Vec::new();
    for encoding in Encoding::ALL {
        for pattern in patterns(encoding, serial) {
            places.extend(
                matches(bytes, &pattern)
                    .map(|(offset, xor)| SerialPosition { offset, encoding, xor })
                    .filter(|place| place.read(bytes) == Some(serial) && stands_alone(bytes, *place)),
            );
        }
    }
    places.sort_by_key(|place| (place.offset, Encoding::ALL.iter().position(|other| *other == place.encoding)));
    places.dedup();
    places
}

/// The offsets of a pattern, each with the byte with which it is combined there.
fn matches(bytes: &[u8], pattern: &[Option<u8>]) -> impl Iterator<Item = (usize, u8)> {
    // Few pairs of bytes differ in the same way as the first pair of the pattern, which rules out most offsets.
    let difference = match pattern {
        [Some(first), Some(second), ..] => Some(first ^ second),
        [] | [_] | [None, ..] | [_, None, ..] => None,
    };
    let likely = move |window: &[u8]| match (difference, window) {
        (Some(difference), [first, second, ..]) => first ^ second == difference,
        (None, _) | (Some(_), [] | [_]) => true,
    };
    let windows = bytes.windows(pattern.len()).enumerate().filter(move |(_, window)| likely(window));
    windows.filter_map(move |(offset, window)| {
        let mut combined = window.iter().zip(pattern).filter_map(|(byte, wanted)| wanted.map(|wanted| byte ^ wanted));
        let xor = combined.next()?;
        combined.all(|other| other == xor).then_some((offset, xor))
    })
}

/// Returns `false` if digits before a text would make it another number.
fn stands_alone(bytes: &[u8], place: SerialPosition) -> bool {
    match place.encoding {
        Encoding::Text | Encoding::TextHyphen => {
            let before = place.offset.checked_sub(1).and_then(|before| bytes.get(before));
            !before.is_some_and(|byte| (byte ^ place.xor).is_ascii_digit())
        }
        Encoding::LengthText
        | Encoding::LengthTextHyphen
        | Encoding::Prefix16Suffix32Le
        | Encoding::Prefix16Suffix32Be
        | Encoding::Suffix32Prefix16Le
        | Encoding::Suffix32Prefix16Be
        | Encoding::Prefix16GapSuffix32Le
        | Encoding::Prefix16GapSuffix32Be
        | Encoding::Prefix32Suffix32Le
        | Encoding::Prefix32Suffix32Be
        | Encoding::Suffix32Prefix32Le
        | Encoding::Suffix32Prefix32Be
        | Encoding::CombinedLe
        | Encoding::CombinedBe
        | Encoding::Bcd
        | Encoding::BcdSplit => true,
    }
}

/// The bytes of a serial in an encoding; `None` for a byte with any value.
fn patterns(encoding: Encoding, serial: SerialNumber) -> Vec<Vec<Option<u8>>> {
    let SerialNumber { prefix, suffix } = serial;
    let wide = u32::from(prefix);
    let combined = wide.saturating_mul(100_000).saturating_add(suffix);
    let exact = |parts: &[&[u8]]| vec![parts.concat().into_iter().map(Some).collect()];
    let gap = |before: [u8; 2], after: [u8; 4]| {
        vec![before.into_iter().map(Some).chain([None, None]).chain(after.into_iter().map(Some)).collect()]
    };
    let texts = |hyphen: &str, length: usize| -> Vec<Vec<Option<u8>>> {
        let mut texts = vec![format!("{prefix}{hyphen}{suffix:05}"), format!("{prefix:04}{hyphen}{suffix:05}")];
        texts.dedup();
        let counted =
            |text: &String| u8::try_from(text.len()).into_iter().take(length).chain(text.bytes()).map(Some).collect();
        texts.iter().map(counted).collect()
    };
    let bcd = |text: String| -> Vec<Vec<Option<u8>>> {
        let digits: Vec<u8> = text.bytes().map(|digit| digit.saturating_sub(b'0')).collect();
        vec![digits.chunks(2).map(|pair| Some(pair.iter().fold(0, |byte, digit| byte << 4 | digit))).collect()]
    };
    match encoding {
        Encoding::TextHyphen => texts("-", 0),
        Encoding::Text => texts("", 0),
        Encoding::LengthTextHyphen => texts("-", 1),
        Encoding::LengthText => texts("", 1),
        Encoding::Prefix16Suffix32Le => exact(&[&prefix.to_le_bytes(), &suffix.to_le_bytes()]),
        Encoding::Prefix16Suffix32Be => exact(&[&prefix.to_be_bytes(), &suffix.to_be_bytes()]),
        Encoding::Suffix32Prefix16Le => exact(&[&suffix.to_le_bytes(), &prefix.to_le_bytes()]),
        Encoding::Suffix32Prefix16Be => exact(&[&suffix.to_be_bytes(), &prefix.to_be_bytes()]),
        Encoding::Prefix16GapSuffix32Le => gap(prefix.to_le_bytes(), suffix.to_le_bytes()),
        Encoding::Prefix16GapSuffix32Be => gap(prefix.to_be_bytes(), suffix.to_be_bytes()),
        Encoding::Prefix32Suffix32Le => exact(&[&wide.to_le_bytes(), &suffix.to_le_bytes()]),
        Encoding::Prefix32Suffix32Be => exact(&[&wide.to_be_bytes(), &suffix.to_be_bytes()]),
        Encoding::Suffix32Prefix32Le => exact(&[&suffix.to_le_bytes(), &wide.to_le_bytes()]),
        Encoding::Suffix32Prefix32Be => exact(&[&suffix.to_be_bytes(), &wide.to_be_bytes()]),
        Encoding::CombinedLe => exact(&[&combined.to_le_bytes()]),
        Encoding::CombinedBe => exact(&[&combined.to_be_bytes()]),
        Encoding::Bcd => bcd(format!("{prefix:05}{suffix:05}")),
        Encoding::BcdSplit => bcd(format!("{prefix:04}{suffix:06}")),
    }
}

/// The serial at the beginning of some bytes.
fn decoded(encoding: Encoding, bytes: &[u8]) -> Option<SerialNumber> {
    fn of((prefix, suffix): (u32, u32)) -> Option<SerialNumber> {
        let prefix = u16::try_from(prefix).ok().filter(|prefix| *prefix <= 9999)?;
        (suffix <= 99_999).then_some(SerialNumber { prefix, suffix })
    }
    let swapped = |(suffix, prefix)| (prefix, suffix);
    let wide = |(prefix, suffix): (u16, u32)| (u32::from(prefix), suffix);
    let narrow = |(suffix, prefix): (u32, u16)| (u32::from(prefix), suffix);
    let gapped = |(prefix, _, suffix): (u16, &[u8], u32)| (u32::from(prefix), suffix);
    let split = |combined: u32| (combined / 100_000, combined % 100_000);
    let read: IResult<&[u8], SerialNumber> = match encoding {
        Encoding::TextHyphen => digits_end(serial::hyphenated).parse(bytes),
        Encoding::Text => digits_end(serial::joined).parse(bytes),
        Encoding::LengthTextHyphen => length_prefixed(bytes, serial::hyphenated),
        Encoding::LengthText => length_prefixed(bytes, serial::joined),
        Encoding::Prefix16Suffix32Le => map_opt(map((le_u16, le_u32), wide), of).parse(bytes),
        Encoding::Prefix16Suffix32Be => map_opt(map((be_u16, be_u32), wide), of).parse(bytes),
        Encoding::Suffix32Prefix16Le => map_opt(map((le_u32, le_u16), narrow), of).parse(bytes),
        Encoding::Suffix32Prefix16Be => map_opt(map((be_u32, be_u16), narrow), of).parse(bytes),
        Encoding::Prefix16GapSuffix32Le => map_opt(map((le_u16, take(2_usize), le_u32), gapped), of).parse(bytes),
        Encoding::Prefix16GapSuffix32Be => map_opt(map((be_u16, take(2_usize), be_u32), gapped), of).parse(bytes),
        Encoding::Prefix32Suffix32Le => map_opt((le_u32, le_u32), of).parse(bytes),
        Encoding::Prefix32Suffix32Be => map_opt((be_u32, be_u32), of).parse(bytes),
        Encoding::Suffix32Prefix32Le => map_opt(map((le_u32, le_u32), swapped), of).parse(bytes),
        Encoding::Suffix32Prefix32Be => map_opt(map((be_u32, be_u32), swapped), of).parse(bytes),
        Encoding::CombinedLe => map_opt(map(le_u32, split), of).parse(bytes),
        Encoding::CombinedBe => map_opt(map(be_u32, split), of).parse(bytes),
        Encoding::Bcd => map_opt(map_opt(take(5_usize), |bytes| decimal(bytes, 5)), of).parse(bytes),
        Encoding::BcdSplit => map_opt(map_opt(take(5_usize), |bytes| decimal(bytes, 4)), of).parse(bytes),
    };
    read.ok().map(|(_, serial)| serial)
}

/// A text after a byte with its length.
fn length_prefixed<'b>(
    bytes: &'b [u8],
    text: impl Fn(&'b [u8]) -> IResult<&'b [u8], SerialNumber>,
) -> IResult<&'b [u8], SerialNumber> {
    let (rest, length) = any_u8(bytes)?;
    let (rest, inside) = take(length)(rest)?;
    let (left, serial) = digits_end(text).parse(inside)?;
    nom::combinator::eof(left)?;
    Ok((rest, serial))
}

/// Two numbers from pairs of decimal digits; the first number has `first` digits.
fn decimal(bytes: &[u8], first: usize) -> Option<(u32, u32)> {
    let digits: Vec<u32> = bytes.iter().flat_map(|byte| [u32::from(byte >> 4), u32::from(byte & 15)]).collect();
    if digits.iter().any(|digit| *digit > 9) {
        return None;
    }
    let number =
        |digits: &[u32]| digits.iter().fold(0_u32, |number, digit| number.saturating_mul(10).saturating_add(*digit));
    Some((number(digits.within(..first)), number(digits.within(first..))))
}
