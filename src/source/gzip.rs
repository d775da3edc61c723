//! The contents of a gzip file, readable at any offset.

use super::{
    Fault,
    inflate::{Forwards, Inflated, MAX_WHOLE},
    mark,
    memory::Memory,
    nesting::Nesting,
    view::{Bytes, View},
};
use crate::{
    model::within::Within,
    parse::gzip::{TRAILER_LENGTH, header, trailer},
};
use std::sync::{Mutex, PoisonError};

/// The longest header, in bytes: a name or an extra field can have 64 KiB.
const MAX_HEADER: u64 = 1 << 17;

/// The maximum number of members of a gzip file, each of which needs 40 bytes of memory.
const MAX_MEMBERS: usize = 1 << 18;

/// The most files that are looked at to find the beginning of what they hold.
const MAX_EMPTY: usize = 1 << 10;

/// A part of what is packed.
#[derive(Clone)]
struct Member {
    /// The start of its content in the whole content.
    start: u64,
    length: u64,
    /// The start of its compressed data in the file.
    packed: u64,
    checksum: u32,
}

/// Unpacks the whole file once, to find the length of its content.
///
/// The content before a fault can be read; the fault is returned beside it.
///
/// # Errors
/// Nothing of it can be read.
pub(super) fn open(file: &View, nesting: &Nesting) -> Result<(View, Option<Fault>), Fault> {
    let mut survey = Survey { file, nesting, members: Vec::new(), length: 0, whole: Some(Vec::new()) };
    let fault = survey.members().err();
    let Survey { members, length, whole, .. } = survey;
    if let Some(fault) = fault.as_ref().filter(|_| length == 0) {
        return Err(fault.clone());
    }
    let view = match whole {
        Some(whole) => View::over(Memory(whole)),
        None => View::over(Gunzipped {
            file: file.clone(),
            nesting: nesting.clone(),
            members,
            length,
            open: Mutex::new(None),
        }),
    };
    Ok((view, fault))
}

/// The first bytes of the content, enough to recognise it, and the fault that ends them early in a damaged file.
///
/// # Errors
/// Not a byte of it can be read.
pub(super) fn head(file: &View, nesting: &Nesting) -> Result<(Vec<u8>, Option<Fault>), Fault> {
    const SAMPLE_BYTES: usize = 1 << 16;
    let (mut head, mut place) = (Vec::new(), 0);
    // Several files after each other are one; the first can be empty.
    for _ in 0..MAX_EMPTY {
        let end = match one_head(file, place, &mut head, SAMPLE_BYTES, nesting) {
            Ok(end) => end,
            Err(fault) if head.is_empty() => return Err(fault),
            Err(fault) => return Ok((head, Some(fault))),
        };
        let mut mark = [0; 3];
        place = end.saturating_add(TRAILER_LENGTH as u64);
        let read = file.read(place, &mut mark, "").unwrap_or_default();
        if head.len() >= SAMPLE_BYTES || !mark::is_gzip(mark.within(..read)) {
            return Ok((head, None));
        }
    }
    if head.is_empty() {
        let message = format!("expected at most {MAX_EMPTY} empty gzip files after each other at the beginning");
        return Err(Fault::truncated("", message).at(file.absolute(place)));
    }
    Ok((head, None))
}

/// Unpacks a file that begins at `place` onto `head`, until that has `most` bytes; gives where the content ends, if all of it was read.
fn one_head(file: &View, place: u64, head: &mut Vec<u8>, most: usize, nesting: &Nesting) -> Result<u64, Fault> {
    let mut packed = vec![0; file.length().saturating_sub(place).min(MAX_HEADER) as usize];
    let read = file.read(place, &mut packed, "")?;
    let start = header(packed.within(..read)).ok_or_else(|| no_header(file.absolute(place)))?;
    let start = place.saturating_add(start as u64);
    let mut forwards = Forwards::new(file.part(start, u64::MAX));
    let mut buffer = vec![0; most];
    while head.len() < most {
        let wanted = most.saturating_sub(head.len());
        match forwards.read(buffer.within_mut(..wanted), nesting)? {
            0 => break,
            read => head.extend_from_slice(buffer.within(..read)),
        }
    }
    Ok(start.saturating_add(forwards.packed()))
}

fn no_header(place: u64) -> Fault {
    Fault::corrupt("", "expected the header of a gzip file; it is damaged or cut off").at(place)
}

/// The results of unpacking the whole file.
struct Survey<'f> {
    file: &'f View,
    nesting: &'f Nesting,
    members: Vec<Member>,
    length: u64,
    /// The content, as long as it is short.
    whole: Option<Vec<u8>>,
}

impl Survey<'_> {
    fn members(&mut self) -> Result<(), Fault> {
        let mut place = 0;
        while place < self.file.length() {
            let mut head = vec![0; self.file.length().saturating_sub(place).min(MAX_HEADER) as usize];
            self.file.fill(place, &mut head, "")?;
            if place > 0 && head.iter().all(|byte| *byte == 0) {
                // Tapes and blocks are padded with zeros.
                return Ok(());
            }
            let Some(length) = header(&head) else {
                let place = self.file.absolute(place);
                if mark::is_next_gzip(&head) {
                    return Err(no_header(place));
                }
                return Err(match mark::is_archive(&head) {
                    true => Fault::corrupt("", "an archive follows the end of the gzip file, and was not read"),
                    false => {
                        Fault::remark("", "the gzip file ends here; what follows is not part of it, and was not read")
                    }
                }
                .at(place));
            };
            if self.members.len() >= MAX_MEMBERS {
                let message = format!("expected at most {MAX_MEMBERS} gzip files after each other");
                return Err(Fault::truncated("", message).at(self.file.absolute(place)));
            }
            place = self.member(place.saturating_add(length as u64))?;
        }
        Ok(())
    }

    /// Unpacks the member at `packed`. Returns the end of its trailer.
    fn member(&mut self, packed: u64) -> Result<u64, Fault> {
        let start = self.length;
        let mut forwards = Forwards::new(self.file.part(packed, u64::MAX));
        let read = self.unpack(&mut forwards);
        let place = packed.saturating_add(forwards.packed());
        self.members.push(Member {
            start,
            length: self.length.saturating_sub(start),
            packed,
            checksum: forwards.checksum(),
        });
        read.map_err(|fault| fault.at(self.file.absolute(place)))?;
        let mut bytes = [0; TRAILER_LENGTH];
        self.file.fill(place, &mut bytes, "")?;
        let (checksum, length) = trailer(&bytes).unwrap_or_default();
        if (checksum, length) != (forwards.checksum(), forwards.position() as u32) {
            let message = "its content does not agree with its checksum or length";
            return Err(Fault::corrupt("", message).at(self.file.absolute(place)));
        }
        Ok(place.saturating_add(TRAILER_LENGTH as u64))
    }

    fn unpack(&mut self, forwards: &mut Forwards) -> Result<(), Fault> {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = forwards.read(&mut buffer, self.nesting)?;
            if read == 0 {
                return Ok(());
            }
            self.length = self.length.saturating_add(read as u64);
            match &mut self.whole {
                Some(whole) if self.length <= MAX_WHOLE => whole.extend_from_slice(buffer.within(..read)),
                Some(_) | None => self.whole = None,
            }
        }
    }
}

/// Content that is unpacked on demand.
struct Gunzipped {
    file: View,
    nesting: Nesting,
    members: Vec<Member>,
    length: u64,
    /// The member that was read last, and its number.
    open: Mutex<Option<(usize, View)>>,
}

impl Bytes for Gunzipped {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let number = self.members.partition_point(|member| member.start.saturating_add(member.length) <= offset);
        let Some(member) = self.members.get(number) else { return Ok(0) };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let view = match open.take() {
            Some((known, view)) if known == number => view,
            Some(_) | None => {
                let packed = self.file.part(member.packed, u64::MAX);
                View::over(Inflated::new(packed, member.length, member.checksum, self.nesting.clone()))
            }
        };
        let read = view.read(offset.saturating_sub(member.start), into, "");
        *open = Some((number, view));
        read
    }
}
