//! A CD image with raw sectors: their 2,048 bytes of data, and the bytes around them.

use crate::{
    model::within::{Within, copy},
    parse::{
        cd::{Content, DATA, HEAD, HEADLESS_SECTOR, RAW_SECTOR, SECTOR_WITH_SUBCHANNELS, SYNC, head, subheader},
        iso::{Descriptor, descriptor, record},
    },
    source::{
        Fault,
        block_number::block_number,
        view::{Bytes, View},
    },
};

/// The number of sectors that are read at a time: 78 KB at most.
const MAX_SECTORS: u64 = 32;

/// The sector at which the descriptors of a file system begin.
const DESCRIPTORS: u64 = 16;

/// The sectors of a track as a disk.
pub(super) struct RawCd {
    view: View,
    /// The size of a sector in the image, in bytes.
    sector: u64,
    framing: Framing,
    /// The number of sectors.
    sectors: u64,
    /// The number of the first sector on the CD, if blocks are counted from the start of the CD; otherwise 0.
    first: u64,
}

/// The bytes before the data of a sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    /// Sync bytes and a header of mode 1.
    Mode1,
    /// Sync bytes, a header of mode 2, and a subheader.
    Mode2,
    /// A subheader.
    Headless,
}

/// The length of the sectors of a view that begins with one; `None` if it begins with something else.
pub(super) fn sector_length(view: &View) -> Option<u64> {
    let begins = |offset: u64| {
        let mut sync = [0; SYNC.len()];
        view.fill(offset, &mut sync, "").is_ok() && sync == *SYNC
    };
    if begins(0) {
        let longer = !begins(RAW_SECTOR) && begins(SECTOR_WITH_SUBCHANNELS);
        return Some(if longer { SECTOR_WITH_SUBCHANNELS } else { RAW_SECTOR });
    }
    // Only the file system in them shows that these are sectors without headers.
    let mut mark = [0; 5];
    let place =
        DESCRIPTORS.saturating_mul(HEADLESS_SECTOR).saturating_add(Framing::Headless.before() as u64).saturating_add(1);
    (view.fill(place, &mut mark, "").is_ok() && &mark == b"CD001").then_some(HEADLESS_SECTOR)
}

/// Opens the disk in a track with sectors of this length.
///
/// # Errors
/// It does not begin with a sector of data.
pub(super) fn open(view: &View, sector: u64, faults: &mut Vec<Fault>) -> Result<View, Fault> {
    let (framing, number) = first_sector(view, sector)?;
    let mut cd =
        RawCd { view: view.clone(), sector, framing, sectors: block_number(view.length(), sector).0, first: 0 };
    cd.check_end(faults);
    if let Some(gap) = number.filter(|number| *number < 0).map(|number| u64::from(number.unsigned_abs()))
        && !cd.is_descriptor(DESCRIPTORS)
        && cd.is_descriptor(DESCRIPTORS.saturating_add(gap))
    {
        // The image includes the gap before the data area.
        cd.view = view.part(gap.saturating_mul(sector), u64::MAX);
        cd.sectors = cd.sectors.saturating_sub(gap.min(cd.sectors));
    }
    if let Some(first) = number.and_then(|number| u64::try_from(number).ok())
        && cd.counts_from(first)
    {
        cd.first = first;
    }
    Ok(View::over(cd))
}

/// The framing of the first sector, and its number if it has one.
fn first_sector(view: &View, sector: u64) -> Result<(Framing, Option<i32>), Fault> {
    if sector == HEADLESS_SECTOR {
        return Ok((Framing::Headless, None));
    }
    let bytes = super::record(view, 0, HEAD)?;
    let Some(head) = head(&bytes) else {
        return Err(
            Fault::corrupt("", "expected the sync bytes of a CD sector; found something else").at(view.absolute(0))
        );
    };
    match head.content {
        Content::Mode1 => Ok((Framing::Mode1, head.sector)),
        Content::Mode2 => Ok((Framing::Mode2, head.sector)),
        Content::Form2 => {
            Err(Fault::unsupported("", "expected a CD with files; found one of sound or pictures (mode 2, form 2)"))
        }
        Content::Other(mode) => {
            Err(Fault::unsupported("", format!("expected sectors of mode 1, or of mode 2 form 1; found mode {mode}")))
        }
    }
}

impl Framing {
    /// The number of bytes before the data.
    fn before(self) -> usize {
        match self {
            Self::Mode1 => 16,
            Self::Mode2 => 24,
            Self::Headless => 8,
        }
    }

    /// The data of a sector.
    fn data(self, bytes: &[u8]) -> Result<&[u8], String> {
        let content = match self {
            Self::Mode1 | Self::Mode2 => head(bytes).map(|head| head.content),
            Self::Headless => Some(subheader(bytes)),
        };
        let data = bytes.get(self.before()..self.before().saturating_add(DATA));
        match (self, content) {
            (Self::Mode1, Some(Content::Mode1)) | (Self::Mode2 | Self::Headless, Some(Content::Mode2)) => {
                data.ok_or_else(|| "expected a whole sector; the image ends within it".to_owned())
            }
            (_, None) => Err("expected the sync bytes of a sector; found something else".to_owned()),
            (_, Some(Content::Form2)) => Err("expected a sector of form 1; found one of sound or pictures".to_owned()),
            (_, Some(Content::Mode1)) => Err("expected a sector of mode 2; found one of mode 1".to_owned()),
            (_, Some(Content::Mode2)) => Err("expected a sector of mode 1; found one of mode 2".to_owned()),
            (_, Some(Content::Other(mode))) => Err(format!("expected a sector with data; found one of mode {mode}")),
        }
    }
}

impl RawCd {
    /// Reports an image that ends within a sector. Some programs append a list of their own to the last sector, which is not a fault.
    fn check_end(&self, faults: &mut Vec<Fault>) {
        let start = self.sectors.saturating_mul(self.sector);
        let mut rest = [0; SYNC.len()];
        let Ok(read) = self.view.read(start, &mut rest, "") else { return };
        let is_sector = self.framing == Framing::Headless || SYNC.starts_with(rest.within(..read));
        if read > 0 && is_sector {
            let message = format!(
                "expected whole sectors of {} bytes; the image ends within sector {}",
                self.sector, self.sectors
            );
            faults.push(Fault::truncated("", message).at(self.view.absolute(self.view.length())));
        }
    }

    /// The data of one sector of the image.
    fn data(&self, number: u64) -> Option<[u8; DATA]> {
        let mut bytes = vec![0; self.sector as usize];
        self.view.fill(number.checked_mul(self.sector)?, &mut bytes, "").ok()?;
        self.framing.data(&bytes).ok()?.try_into().ok()
    }

    fn is_descriptor(&self, number: u64) -> bool {
        self.data(number).is_some_and(|data| descriptor(&data).is_some())
    }

    /// Returns `true` if the file system counts its blocks from the beginning of a CD on which `first` sectors precede this track, as that
    /// of a later session does: only then is its root folder in its place.
    fn counts_from(&self, first: u64) -> bool {
        let Some(data) = self.data(DESCRIPTORS) else { return false };
        let Some(Descriptor::Primary(volume)) = descriptor(&data) else { return false };
        let is_root = |number: u64| {
            let root =
                self.data(number).and_then(|data| record(&data).map(|record| (record.block, record.name == [0])));
            root == Some((volume.root.block, true))
        };
        let block = u64::from(volume.root.block);
        first > DESCRIPTORS && !is_root(block) && block.checked_sub(first).is_some_and(is_root)
    }

    /// The sector of the image that corresponds to one of the CD, and the number of sectors that follow it.
    fn sector(&self, number: u64) -> Option<(u64, u64)> {
        // Readers look for descriptors at the beginning of a CD, so a later session is repeated before its first sector.
        let (number, end) = match number.checked_sub(self.first) {
            Some(number) => (number, self.sectors),
            None => (number, self.sectors.min(self.first)),
        };
        end.checked_sub(number).filter(|left| *left > 0).map(|left| (number, left))
    }
}

impl Bytes for RawCd {
    fn length(&self) -> u64 {
        self.first.saturating_add(self.sectors).saturating_mul(DATA as u64)
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let (number, inside) = block_number(offset, DATA as u64);
        let mut inside = inside as usize;
        if into.is_empty() || offset >= self.length() {
            return Ok(0);
        }
        let Some((place, left)) = self.sector(number) else {
            let message = format!("sector {number} of the CD is not in this track");
            return Err(Fault::unreadable("", message));
        };
        let wanted = (inside.saturating_add(into.len()) as u64).div_ceil(DATA as u64).min(left).min(MAX_SECTORS);
        let start = place.saturating_mul(self.sector);
        let mut bytes = vec![0; wanted.saturating_mul(self.sector) as usize];
        let there = self.view.read(start, &mut bytes, "")?;
        let mut read = 0_usize;
        for (at, sector) in bytes.within(..there).chunks(self.sector as usize).enumerate() {
            let data = match self.framing.data(sector) {
                Ok(data) => data.within(inside..),
                Err(_) if read > 0 => break,
                Err(message) => {
                    let (number, place) = (
                        number.saturating_add(at as u64),
                        start.saturating_add((at as u64).saturating_mul(self.sector)),
                    );
                    return Err(Fault::corrupt("", format!("sector {number} of the CD: {message}"))
                        .at(self.view.absolute(place)));
                }
            };
            (read, inside) = (read.saturating_add(copy(data, into.within_mut(read..))), 0);
        }
        Ok(read)
    }
}
