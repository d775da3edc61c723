//! The track of a CD image that contains files: found by its cue sheet if there is one, otherwise by its first sector.

use super::raw_cd;
use crate::{
    parse::{
        cd::{HEADLESS_SECTOR, RAW_SECTOR, SECTOR_WITH_SUBCHANNELS},
        cue::{Mode, Track, tracks},
    },
    source::{
        Fault,
        beside::{Beside, last_name},
        view::View,
    },
};

/// The lengths of sectors that contain more than their data.
const RAW_LENGTHS: [u64; 3] = [RAW_SECTOR, SECTOR_WITH_SUBCHANNELS, HEADLESS_SECTOR];

/// The words with which a line of a cue sheet can begin before its first file.
const FIRST_WORDS: [&[u8]; 7] = [b"FILE", b"REM", b"CATALOG", b"CDTEXTFILE", b"PERFORMER", b"SONGWRITER", b"TITLE"];

/// The extensions of images that have a cue sheet.
const ENDINGS: [&str; 2] = ["bin", "img"];

/// Opens the disk on a CD image, or on the one that a cue sheet names; `None` if the view is neither.
pub(super) fn open(
    view: &View,
    head: &[u8],
    beside: &dyn Beside,
    faults: &mut Vec<Fault>,
) -> Result<Option<View>, Fault> {
    if let Some(tracks) = read(view, head)? {
        return open_sheet(&tracks, beside, faults).map(Some);
    }
    let length = raw_cd::sector_length(view);
    // On a CD that begins with sound the files come later, and only its cue sheet says where.
    let is_likely = length.is_some() || RAW_LENGTHS.iter().any(|length| view.length().is_multiple_of(*length));
    if is_likely && let Some(track) = sheet_track(view, beside)? {
        match track.open(faults) {
            Err(fault) if length.is_none() => return Err(fault),
            // A cue sheet of another image does not help with this one.
            Err(_) => {}
            Ok(disk) => return Ok(Some(disk)),
        }
    }
    length.map(|length| raw_cd::open(view, length, faults)).transpose()
}

/// Reads a cue sheet; `None` if the view is not one.
fn read(view: &View, head: &[u8]) -> Result<Option<Vec<Track>>, Fault> {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |word: &&[u8]| {
        text.get(..word.len()).is_some_and(|first| first.eq_ignore_ascii_case(word))
            && text.get(word.len()).is_some_and(u8::is_ascii_whitespace)
    };
    if !FIRST_WORDS.iter().any(begins) || head.contains(&0) {
        return Ok(None);
    }
    Ok(super::description(view)?.and_then(|text| tracks(&text)))
}

/// Opens the disk in the file that a cue sheet names, or in the file with the sheet's own name: files get renamed without updating their
/// sheets.
fn open_sheet(tracks: &[Track], beside: &dyn Beside, faults: &mut Vec<Fault>) -> Result<View, Fault> {
    let Some((at, data)) = tracks.iter().enumerate().find(|(_, track)| is_data(track)) else {
        return Err(Fault::unsupported("", "expected a CD with files; found one with sound only"));
    };
    let named = last_name(&data.file);
    let alike = ENDINGS.iter().filter_map(|ending| Some(format!("{}.{ending}", stem(beside.name()?))));
    for name in std::iter::once(named.clone()).chain(alike) {
        if let Some(view) = beside.open(&name)? {
            return DataTrack::of(view, tracks, at).open(faults);
        }
    }
    Err(Fault::unreadable("", format!("expected the file `{named}` beside its cue sheet; found none")))
}

/// The track with files in a view, according to the cue sheet beside it; `None` if there is no sheet, or it has no such track.
fn sheet_track(view: &View, beside: &dyn Beside) -> Result<Option<DataTrack>, Fault> {
    let Some(name) = beside.name() else { return Ok(None) };
    // The user did not name this sheet, so its faults do not matter.
    let Ok(Some(sheet)) = beside.open(&format!("{}.cue", stem(name))) else { return Ok(None) };
    let Some(tracks) = super::description(&sheet)?.and_then(|text| tracks(&text)) else { return Ok(None) };
    let is_own = |track: &Track| last_name(&track.file).eq_ignore_ascii_case(name);
    // If a sheet names a single file that does not exist, its image was renamed.
    let is_renamed = tracks.iter().all(|track| Some(&track.file) == tracks.first().map(|track| &track.file))
        && ENDINGS.iter().any(|ending| has_ending(name, ending))
        && tracks.first().is_some_and(|track| beside.open(&last_name(&track.file)).is_ok_and(|file| file.is_none()));
    let at = tracks.iter().position(|track| is_data(track) && (is_own(track) || is_renamed));
    Ok(at.map(|at| DataTrack::of(view.clone(), &tracks, at)))
}

fn is_data(track: &Track) -> bool {
    match track.mode {
        Mode::Data(_) => true,
        Mode::Audio(_) => false,
    }
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(ending))
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A track with files.
struct DataTrack {
    view: View,
    start: u64,
    /// The length of its sectors, according to the sheet.
    sector: u64,
}

impl DataTrack {
    /// The track at an index in a sheet, in the view of its file.
    fn of(file: View, tracks: &[Track], at: usize) -> Self {
        let (mut position, mut first, mut sector) = (0_u64, 0_u64, 0);
        let (mut start, mut end) = (0, u64::MAX);
        let name = tracks.get(at).map(|track| &track.file);
        let mut before: Option<&Track> = None;
        for (number, track) in tracks.iter().enumerate().filter(|(_, track)| Some(&track.file) == name) {
            // The sectors of the tracks before it can have another length.
            let boundary = before.map_or(0, |before| before.end.unwrap_or(track.start));
            position = position.saturating_add(boundary.saturating_sub(first).saturating_mul(sector));
            (first, before) = (boundary, Some(track));
            let (Mode::Data(length) | Mode::Audio(length)) = track.mode;
            sector = length;
            if number == at {
                let place =
                    |sectors: u64| position.saturating_add(sectors.saturating_sub(first).saturating_mul(length));
                (start, end) = (place(track.start), track.end.map_or(u64::MAX, place));
                break;
            }
        }
        Self { view: file.part(start, end.saturating_sub(start)), start, sector }
    }

    /// Opens the disk of the track. The length of its sectors is determined from the sectors themselves, since sheets are often wrong about
    /// it.
    fn open(&self, faults: &mut Vec<Fault>) -> Result<View, Fault> {
        match raw_cd::sector_length(&self.view) {
            Some(length) => raw_cd::open(&self.view, length, faults),
            None if self.view.length() == 0 => {
                let message = "expected the track that a cue sheet names; the image ends before it";
                Err(Fault::truncated("", message).at(self.start))
            }
            None if self.sector == 2048 => Ok(self.view.clone()),
            None => {
                let message = "expected a sector of data where a cue sheet names one; found something else";
                Err(Fault::corrupt("", message).at(self.start))
            }
        }
    }
}
