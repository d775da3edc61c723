//! Finds the serial of a postoffice in its `MASTER.GLB`: at a proven location, or because it is one of the two known values.

use crate::{
    catalogue::Catalogue,
    model::{
        postoffice::{Serial, SerialNumber, SerialSource},
        serial_location::SerialLocation,
    },
    parse::{
        postoffice::MASTER,
        serial,
        serial_location::{SerialPosition, places},
    },
};
use std::collections::BTreeSet;

/// The result of looking for the serial in `MASTER.GLB`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SerialLookup {
    /// The serial, and its place.
    Serial(Serial, SerialNumber),
    /// No serial, and the reason.
    Nothing(String),
}

/// The bytes of one `MASTER.GLB`, and the places of known serials in them; empty if it was not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Master {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// For each of [`KNOWN_SERIALS`], its places, the widest first.
    known: [Vec<SerialPosition>; 2],
}

impl Master {
    /// Searches a file for the known serials; a file of another length has none.
    pub fn of(bytes: Vec<u8>) -> Self {
        let known =
            KNOWN_SERIALS.map(|number| if bytes.len() == MASTER { known_places(&bytes, number) } else { Vec::new() });
        Self { bytes, known }
    }
}

/// Places that read the serial correctly in files whose serials are known: those of the catalogue, and one of the run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calibration {
    proven: Vec<(SerialPosition, String)>,
    learnt: Option<SerialPosition>,
}

impl Calibration {
    /// The serial locations of a catalogue that prove themselves.
    pub fn of(catalogue: &Catalogue) -> Self {
        let proven = catalogue.serial_locations.iter().filter(|(_, location)| prove(location).is_ok());
        let proven = proven.map(|(id, location)| (SerialPosition::of(location), format!("locator {id}")));
        Self { proven: proven.collect(), learnt: None }
    }

    /// Learns the place at which both known values occur: one in some files, the other in others.
    ///
    /// If there are several such places, the widest is used, because narrower ones find a serial in more files by chance.
    pub fn learn<'m>(&mut self, masters: impl Iterator<Item = &'m Master>) {
        let [first, second] = KNOWN_SERIALS;
        let mut met = [BTreeSet::new(), BTreeSet::new()];
        for master in masters {
            for (met, known) in met.iter_mut().zip(&master.known) {
                met.extend(known.iter().copied());
            }
        }
        let [ones, others] = &met;
        let both = ones.intersection(others).copied();
        self.learnt = both.max_by_key(|place| place.width(first).min(place.width(second)));
    }

    /// Reads the serial of one file: at a proven location, or as a known value, or at the place that the run has learnt.
    pub fn read(&self, master: &Master) -> SerialLookup {
        let Master { bytes, known } = master;
        if bytes.len() != MASTER {
            return SerialLookup::Nothing(format!("MASTER.GLB has {} bytes instead of {MASTER}", bytes.len()));
        }
        let read = |place: SerialPosition| place.read(bytes).filter(|number| *number != NEVER_WRITTEN);
        let proven = self.proven.iter().find_map(|(place, because)| Some((read(*place)?, *place, because)));
        if let Some((number, place, because)) = proven {
            return SerialLookup::Serial(to_serial(number, place, SerialSource::SerialLocation, because), number);
        }
        let mut known =
            KNOWN_SERIALS.into_iter().zip(known).filter_map(|(number, places)| Some((number, *places.first()?)));
        match (known.next(), known.next()) {
            (Some((number, place)), None) => SerialLookup::Serial(
                to_serial(number, place, SerialSource::KnownValue, "the bytes of a known serial"),
                number,
            ),
            (Some(_), Some(_)) => SerialLookup::Nothing("the bytes of both known serials are in MASTER.GLB".to_owned()),
            (None, _) => match self.learnt.and_then(|place| Some((read(place)?, place))) {
                Some((number, place)) => {
                    let because = "where this run met both known serials";
                    SerialLookup::Serial(to_serial(number, place, SerialSource::SerialLocation, because), number)
                }
                None if self.proven.is_empty() && self.learnt.is_none() => {
                    SerialLookup::Nothing(REASON_UNKNOWN.to_owned())
                }
                None => SerialLookup::Nothing(REASON_EMPTY.to_owned()),
            },
        }
    }
}

/// The reason why a serial is not read.
const REASON_UNKNOWN: &str =
    "where MASTER.GLB keeps it was never published, and neither of the two known serials is there";

/// The reason why a serial is not read although its location is calibrated.
const REASON_EMPTY: &str = "there is no serial at the calibrated location in MASTER.GLB";

/// The serials that are known in advance, because every postoffice of a kind has them.
const KNOWN_SERIALS: [SerialNumber; 2] = [SerialNumber::PLACEHOLDER, SerialNumber::CONNECTOR];

/// The value of a location that was never written. It is not a serial, so two postoffices cannot share it.
const NEVER_WRITTEN: SerialNumber = SerialNumber { prefix: 0, suffix: 0 };

/// The minimum width of a place. Four bytes under an unknown exclusive or match by chance in one of ten thousand files: too often for a
/// serial.
const MIN_WIDTH: usize = 4;

fn known_places(master: &[u8], number: SerialNumber) -> Vec<SerialPosition> {
    let mut known = places(master, number);
    known.retain(|place| place.width(number) >= MIN_WIDTH.saturating_add(usize::from(place.xor != 0)));
    known.sort_by_key(|place| std::cmp::Reverse(place.width(number)));
    known
}

fn to_serial(number: SerialNumber, place: SerialPosition, source: SerialSource, because: &str) -> Serial {
    Serial { text: number.to_string(), source, evidence: format!("{}: {because}", position_text(place)) }
}

/// `0x10 of MASTER.GLB, text-hyphen`.
pub fn position_text(place: SerialPosition) -> String {
    let xor = if place.xor == 0 { String::new() } else { format!(" under exclusive or with {:#04x}", place.xor) };
    format!("{:#04x} of MASTER.GLB, {}{xor}", place.offset, place.encoding.id())
}

/// Checks a serial location against the bytes that it claims to have read.
///
/// # Errors
/// The first wrong proof, or that no two of them have different serials.
pub fn prove(location: &SerialLocation) -> Result<(), String> {
    let mut read = Vec::new();
    for proof in &location.proofs {
        let number =
            serial::number(&proof.serial).ok_or_else(|| format!("expected a serial, found `{}`", proof.serial))?;
        let bytes = bytes(&proof.bytes)
            .ok_or_else(|| format!("expected pairs of hexadecimal digits, found `{}`", proof.bytes))?;
        let found = SerialPosition { offset: 0, ..SerialPosition::of(location) }.read(&bytes);
        if found != Some(number) {
            let found = found.map_or_else(|| "none".to_owned(), |found| found.to_string());
            return Err(format!("expected the serial {number} from `{}`, found {found}", proof.bytes));
        }
        if !read.contains(&number) {
            read.push(number);
        }
    }
    if read.len() < 2 {
        return Err("expected proofs from at least two different serials".to_owned());
    }
    Ok(())
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(high.saturating_mul(16).saturating_add(*low)).ok(),
        _ => None,
    });
    pairs.collect()
}
