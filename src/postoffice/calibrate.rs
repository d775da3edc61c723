//! Finds the location of the serial in `MASTER.GLB`, from postoffices whose serials are known.

use super::number::position_text;
#[cfg(feature = "audit")]
use super::{
    find,
    walk::{self, Unread, joined},
};
#[cfg(feature = "audit")]
use crate::{
    model::severity::Severity,
    source::{self, Fault, Part},
};
use crate::{
    model::{postoffice::SerialNumber, within::Within},
    parse::{
        postoffice::MASTER,
        serial_location::{SerialPosition, places},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// The bytes of one `MASTER.GLB` whose serial is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The path of the postoffice.
    pub path: String,
    /// Its serial.
    pub serial: SerialNumber,
    /// The file.
    pub master: Vec<u8>,
}

/// The samples of a volume: every postoffice on it, all with one serial.
///
/// # Errors
/// The faults of reading the volume.
#[cfg(feature = "audit")]
pub fn samples(part: &Part, path: &str, serial: SerialNumber) -> Result<Vec<Sample>, Vec<Fault>> {
    let base = joined(path, &part.label);
    let walk = walk::walk(part, &|site| {
        let master = site.glb.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(find::MASTER));
        // One byte more shows that a file is too long.
        let read = master.map_or(Ok(Vec::new()), |master| source::read_whole(site.volume, master, MASTER + 1));
        read.map(|master| Sample { path: joined(&base, &joined(site.base, &site.path)), serial, master })
    });
    let (mut samples, mut faults) = (Vec::new(), Vec::new());
    for Unread { path, faults: unread, .. } in walk.unread {
        let errors = unread.into_iter().filter(|(_, severity)| *severity == Severity::Error);
        faults.extend(errors.map(|(fault, _)| Fault { path: joined(&path, &fault.path), ..fault }));
    }
    for read in walk.found {
        match read {
            Ok(sample) => samples.push(sample),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(samples) } else { Err(faults) }
}

/// The locations on which samples agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calibrated {
    /// The samples that were used.
    pub samples: Vec<Sample>,
    /// The samples that were not, each with the reason.
    pub refused: Vec<(String, String)>,
    /// Every place that reads the right serial in all of them, the widest first.
    pub places: Vec<SerialPosition>,
}

impl Calibrated {
    /// Compares samples: a place counts when it reads the right serial in every one of them.
    pub fn of(samples: Vec<Sample>) -> Self {
        let (samples, refused): (Vec<_>, Vec<_>) =
            samples.into_iter().partition(|sample| sample.master.len() == MASTER);
        let refused = refused.into_iter().map(|sample| {
            let reason = format!("its MASTER.GLB has {} bytes instead of {MASTER}", sample.master.len());
            (sample.path, reason)
        });
        let mut common: Option<BTreeSet<SerialPosition>> = None;
        for sample in &samples {
            let here: BTreeSet<_> = places(&sample.master, sample.serial).into_iter().collect();
            common = Some(common.map_or(here.clone(), |common| &common & &here));
        }
        let mut places: Vec<_> = common.unwrap_or_default().into_iter().collect();
        let width =
            |place: &SerialPosition| samples.iter().map(|sample| place.width(sample.serial)).min().unwrap_or_default();
        places.sort_by_key(|place| (std::cmp::Reverse(width(place)), place.xor != 0, *place));
        Self { refused: refused.collect(), places, samples }
    }

    /// The number of different serials among the samples.
    pub fn serials(&self) -> usize {
        self.samples.iter().map(|sample| sample.serial).collect::<BTreeSet<_>>().len()
    }

    /// The rule file of the best place, if at least two different serials prove it.
    pub fn serial_location(&self) -> Option<String> {
        let place = *self.places.first().filter(|_| self.serials() >= 2)?;
        let mut proofs: BTreeMap<SerialNumber, String> = BTreeMap::new();
        for sample in &self.samples {
            let bytes = sample.master.within(place.offset..).iter().take(12);
            proofs.entry(sample.serial).or_insert_with(|| bytes.map(|byte| format!("{byte:02X}")).collect());
        }
        let mut file = format!(
            "title = \"the place of the serial in {} postoffices that were compared\"\noffset = {:#x}\nencoding = \"{}\"\n",
            self.samples.len(),
            place.offset,
            place.encoding.id()
        );
        if place.xor != 0 {
            let _ = writeln!(file, "xor = {:#04x}", place.xor);
        }
        for (serial, bytes) in proofs {
            let _ = write!(file, "\n[[proofs]]\nserial = \"{serial}\"\nbytes = \"{bytes}\"\n");
        }
        let others = self.places.len().saturating_sub(1);
        let _ = write!(
            file,
            "\n[[sources]]\nwork = \"Postoffices whose serials are known, compared by jewelcase audit --calibrate\"\nbasis = \"independent\"\nsays = \"{} serials are at this location; {others} other locations agree too.\"\n",
            self.serials(),
        );
        Some(file)
    }

    /// The result for readers.
    pub fn summary(&self) -> String {
        let mut summary = String::new();
        for (path, reason) in &self.refused {
            let _ = writeln!(summary, "{path}: not used: {reason}");
        }
        let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let (files, serials) = (plural(self.samples.len(), "postoffice"), plural(self.serials(), "different serial"));
        let _ = writeln!(summary, "{files} with {serials} compared");
        match self.places.as_slice() {
            [] => summary.push_str("no place has the serial of each in a known encoding\n"),
            places => {
                let _ = writeln!(summary, "the serial of each is at:");
                for place in places {
                    let _ = writeln!(summary, "  {}", position_text(*place));
                }
            }
        }
        if self.serials() < 2 {
            summary.push_str("one serial alone does not prove a place; name postoffices with other serials\n");
        }
        summary
    }
}
