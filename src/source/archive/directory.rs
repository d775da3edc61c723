//! The central directory of a ZIP archive: its location, and its records.

use crate::{
    model::within::Within,
    parse::zip::{self, CENTRAL_LENGTH, Central, END_LENGTH, END64_LENGTH, End, LOCATOR_LENGTH},
    source::{Fault, view::View},
};

/// The longest directory that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The maximum number of files that the end of an archive may claim.
const MAX_FILES: u64 = 1 << 20;

/// The number of bytes of the directory that are read at a time: the longest record has less than four times 64 KiB.
const BLOCK_BYTES: usize = 1 << 18;

/// The central directory of an archive.
pub(super) struct Directory {
    view: View,
    /// Its offset and its length.
    start: u64,
    size: u64,
    /// The number of files, according to the archive.
    files: u64,
    /// The number of bytes before the archive.
    before: u64,
    /// The offset of its end.
    end: u64,
}

impl Directory {
    /// Finds the directory by the record at the end of an archive.
    ///
    /// # Errors
    /// There is none, or it is longer than [`MAX_BYTES`].
    pub(super) fn find(view: &View) -> Result<Self, Fault> {
        // A comment of up to 65,535 bytes can follow the record.
        let length = view.length().min((END_LENGTH as u64).saturating_add(0xFFFF)) as usize;
        let tail = view.length().saturating_sub(length as u64);
        let mut bytes = vec![0; length];
        view.fill(tail, &mut bytes, "")?;
        let ends = (0..length.saturating_sub(END_LENGTH - 1)).rev();
        let mut ends =
            ends.filter_map(|at| Some((tail.saturating_add(at as u64), zip::end(bytes.within(at..))?))).peekable();
        if ends.peek().is_none() {
            let message =
                "cannot be read as a ZIP archive: the list of its files, which is its last part, is not there";
            return Err(Fault::truncated("", message).at(view.absolute(view.length())));
        }
        let mut refusal = None;
        for (place, end) in ends {
            match Self::of(view, place, end) {
                Ok(directory) => return Ok(directory),
                Err(fault) => refusal = refusal.or(Some(fault)),
            }
        }
        Err(refusal.unwrap_or_else(|| misplaced(view, view.length())))
    }

    /// The directory to which the record at `place` leads.
    fn of(view: &View, place: u64, end: End) -> Result<Self, Fault> {
        let after = place.saturating_add(END_LENGTH as u64).saturating_add(end.comment);
        let (place, end) = end64(view, place)?.unwrap_or((place, end));
        if end.disk != 0 {
            return Err(Fault::unsupported("", "this is the last of several disks of one ZIP archive; all are wanted"));
        }
        if end.files > MAX_FILES {
            let message = format!("expected at most {MAX_FILES} files in an archive; found {}", end.files);
            return Err(Fault::unsupported("", message));
        }
        if end.size > MAX_BYTES {
            let message = format!("expected a list of files of at most {MAX_BYTES} bytes; found {}", end.size);
            return Err(Fault::unsupported("", message));
        }
        // An archive can be appended to a program, and then its offsets are too small.
        let found = |start: &u64| end.size == 0 || starts_with(view, *start, b"PK\x01\x02");
        let start = [place.checked_sub(end.size), Some(end.offset)].into_iter().flatten().find(found);
        let start = start.filter(|start| *start <= view.length()).ok_or_else(|| misplaced(view, place))?;
        let before = start.saturating_sub(end.offset);
        Ok(Self { view: view.clone(), start, size: end.size, files: end.files, before, end: after })
    }

    /// The offset of the directory.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// The bytes after the archive, which are not part of it.
    pub(super) fn after(&self) -> Option<Fault> {
        let bytes = self.view.length().checked_sub(self.end).filter(|bytes| *bytes > 0)?;
        let fault = match starts_with(&self.view, self.end, b"PK\x03\x04") {
            true => {
                Fault::corrupt("", format!("another archive begins after its end, and was not read: {bytes} bytes"))
            }
            false => Fault::remark("", format!("{bytes} bytes after its end are not part of it, and were not read")),
        };
        Some(fault.at(self.view.absolute(self.end)))
    }

    /// The number of files, according to the archive.
    pub(super) fn files(&self) -> u64 {
        self.files
    }

    /// The offset in the whole image of a directory record, or of the header before a file's content.
    pub(super) fn absolute(&self, record: Record) -> u64 {
        self.view.absolute(match record {
            Record::Central(offset) => self.start.saturating_add(offset),
            Record::Local(offset) => self.local(offset),
        })
    }

    /// The offset of the header before a file's content.
    pub(super) fn local(&self, offset: u64) -> u64 {
        self.before.saturating_add(offset)
    }

    /// Passes every record, with its offset in the directory, to `take`.
    ///
    /// # Errors
    /// The directory breaks off; the records before that were passed on.
    pub(super) fn each(&self, mut take: impl FnMut(u64, &Central<'_>)) -> Result<(), Fault> {
        let (mut block, mut begins, mut at) = (Vec::new(), 0_u64, 0_usize);
        while begins.saturating_add(at as u64) < self.size {
            if let Some((central, length)) = zip::central(block.within(at..)) {
                take(begins.saturating_add(at as u64), &central);
                at = at.saturating_add(length);
                continue;
            }
            if at == 0 && !block.is_empty() {
                let message =
                    "the list of its files breaks off here; the files that it would name after this were not read";
                return Err(Fault::corrupt("", message).at(self.absolute(Record::Central(begins))));
            }
            begins = begins.saturating_add(at as u64);
            block.resize(self.size.saturating_sub(begins).min(BLOCK_BYTES as u64) as usize, 0);
            self.view.fill(self.start.saturating_add(begins), &mut block, "")?;
            at = 0;
        }
        Ok(())
    }

    /// Reads the record at an offset in the directory into `bytes`.
    pub(super) fn record<'b>(&self, offset: u64, bytes: &'b mut Vec<u8>) -> Option<Central<'b>> {
        // Most names are short, and hardly any file has a comment.
        for length in [CENTRAL_LENGTH + 256, BLOCK_BYTES] {
            bytes.resize(self.size.saturating_sub(offset).min(length as u64) as usize, 0);
            self.view.fill(self.start.saturating_add(offset), bytes, "").ok()?;
            if zip::central(bytes).is_some() {
                break;
            }
        }
        zip::central(bytes).map(|(central, _)| central)
    }
}

/// A record of an archive, by its offset.
#[derive(Clone, Copy, Debug)]
pub(super) enum Record {
    /// A file's record in the directory.
    Central(u64),
    /// The header before its content.
    Local(u64),
}

/// The end record of a ZIP64 archive whose old end record is at `place`, and its offset; `None` if it is not a ZIP64 archive.
fn end64(view: &View, place: u64) -> Result<Option<(u64, End)>, Fault> {
    let mut locator = [0; LOCATOR_LENGTH];
    let Some(at) = place.checked_sub(LOCATOR_LENGTH as u64) else { return Ok(None) };
    if view.fill(at, &mut locator, "").is_err() {
        return Ok(None);
    }
    let Some(told) = zip::locator(&locator) else { return Ok(None) };
    // If bytes precede the archive, its end record is not at the stated offset, but usually directly before this one.
    let mut bytes = [0; END64_LENGTH];
    let places = [Some(told), at.checked_sub(END64_LENGTH as u64)].into_iter().flatten();
    for place in places {
        if view.fill(place, &mut bytes, "").is_ok()
            && let Some(end) = zip::end64(&bytes)
        {
            return Ok(Some((place, end)));
        }
    }
    Err(misplaced(view, at))
}

fn misplaced(view: &View, place: u64) -> Fault {
    let message = "cannot be read as a ZIP archive: the list of its files is not where this says";
    Fault::corrupt("", message).at(view.absolute(place))
}

fn starts_with(view: &View, place: u64, mark: &[u8]) -> bool {
    let mut bytes = vec![0; mark.len()];
    view.fill(place, &mut bytes, "").is_ok() && bytes == mark
}
