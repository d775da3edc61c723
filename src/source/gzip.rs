//! What a gzip file holds, from any place.

use super::{
    Fault,
    inflate::{Forwards, Inflated, MAX_WHOLE},
    memory::Memory,
    nesting::Nesting,
    view::{Bytes, View},
};
use crate::parse::gzip::{TRAILER_LENGTH, header, trailer};
use std::sync::{Mutex, PoisonError};

/// The longest header, in bytes: a name or an extra field can take 64 KiB.
const MAX_HEADER: u64 = 1 << 17;

/// A gzip file can be several ones after each other; each takes 40 bytes of memory.
const MAX_MEMBERS: usize = 1 << 18;

/// A part of what is packed.
#[derive(Clone)]
struct Member {
    /// Where its content begins in the whole.
    start: u64,
    length: u64,
    /// Where what is packed begins in the file.
    packed: u64,
    checksum: u32,
}

/// Unpacks all of a file once, to know how much it is.
///
/// What comes before a fault can be read; the fault is told beside it.
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

/// The beginning of what a file holds, enough to tell what it is, and why there is no more of it if it is damaged.
///
/// # Errors
/// Not a byte of it can be read.
pub(super) fn head(file: &View, nesting: &Nesting) -> Result<(Vec<u8>, Option<Fault>), Fault> {
    const LENGTH: usize = 1 << 16;
    let mut packed = vec![0; file.length().min(MAX_HEADER) as usize];
    let read = file.read(0, &mut packed, "")?;
    let start = header(&packed[..read]).ok_or_else(|| no_header(file.absolute(0)))?;
    let mut forwards = Forwards::new(file.part(start as u64, u64::MAX));
    let (mut head, mut length, mut damage) = (vec![0; LENGTH], 0, None);
    while length < head.len() {
        match forwards.read(&mut head[length..], nesting) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(fault) if length == 0 => return Err(fault),
            Err(fault) => {
                damage = Some(fault);
                break;
            }
        }
    }
    head.truncate(length);
    Ok((head, damage))
}

fn no_header(place: u64) -> Fault {
    Fault::corrupt("", "expected the header of a gzip file; it is damaged or cut off").at(place)
}

/// What is found by unpacking all of a file.
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
            let mut head = vec![0; (self.file.length() - place).min(MAX_HEADER) as usize];
            self.file.fill(place, &mut head, "")?;
            if place > 0 && head.iter().all(|byte| *byte == 0) {
                // Tapes and blocks are filled up so.
                return Ok(());
            }
            let Some(length) = header(&head) else {
                let place = self.file.absolute(place);
                if head.starts_with(b"\x1F\x8B") {
                    return Err(no_header(place));
                }
                return Err(Fault::corrupt("", "expected the end of the gzip file; something else follows").at(place));
            };
            if self.members.len() >= MAX_MEMBERS {
                let message = format!("expected at most {MAX_MEMBERS} gzip files after each other");
                return Err(Fault::truncated("", message).at(self.file.absolute(place)));
            }
            place = self.member(place + length as u64)?;
        }
        Ok(())
    }

    /// Unpacks what begins at `packed`; gives where its trailer ends.
    fn member(&mut self, packed: u64) -> Result<u64, Fault> {
        let start = self.length;
        let mut forwards = Forwards::new(self.file.part(packed, u64::MAX));
        let read = self.unpack(&mut forwards);
        let place = packed + forwards.packed();
        self.members.push(Member { start, length: self.length - start, packed, checksum: forwards.checksum() });
        read.map_err(|fault| fault.at(self.file.absolute(place)))?;
        let mut bytes = [0; TRAILER_LENGTH];
        self.file.fill(place, &mut bytes, "")?;
        let (checksum, length) = trailer(&bytes).unwrap_or_default();
        if (checksum, length) != (forwards.checksum(), forwards.position() as u32) {
            let message = "its content does not agree with its checksum or length";
            return Err(Fault::corrupt("", message).at(self.file.absolute(place)));
        }
        Ok(place + TRAILER_LENGTH as u64)
    }

    fn unpack(&mut self, forwards: &mut Forwards) -> Result<(), Fault> {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = forwards.read(&mut buffer, self.nesting)?;
            if read == 0 {
                return Ok(());
            }
            self.length += read as u64;
            match &mut self.whole {
                Some(whole) if self.length <= MAX_WHOLE => whole.extend_from_slice(&buffer[..read]),
                Some(_) | None => self.whole = None,
            }
        }
    }
}

/// Content that is unpacked where it is asked for.
struct Gunzipped {
    file: View,
    nesting: Nesting,
    members: Vec<Member>,
    length: u64,
    /// The member that was read last, by its number.
    open: Mutex<Option<(usize, View)>>,
}

impl Bytes for Gunzipped {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let number = self.members.partition_point(|member| member.start + member.length <= offset);
        let Some(member) = self.members.get(number) else { return Ok(0) };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let view = match open.take() {
            Some((known, view)) if known == number => view,
            Some(_) | None => {
                let packed = self.file.part(member.packed, u64::MAX);
                View::over(Inflated::new(packed, member.length, member.checksum, self.nesting.clone()))
            }
        };
        let read = view.read(offset - member.start, into, "");
        *open = Some((number, view));
        read
    }
}
