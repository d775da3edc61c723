//! The content of one file of an archive.

use super::{Archive, directory::Record};
use crate::{
    model::within::Within,
    parse::zip::{Central, LOCAL_LENGTH, local},
    source::{
        Fault,
        inflate::{Forwards, Inflated},
        memory::Memory,
        view::{Bytes, View},
    },
};
use flate2::Crc;
use std::{
    io::{self, Read},
    sync::{Mutex, PoisonError},
};
use zip::read::read_zipfile_from_stream;

/// The flag of an encrypted member.
const ENCRYPTED: u16 = 1;

/// The compression methods of a member: none, and DEFLATE. Methods 1 to 6 are those of PKZIP before 2.0.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// The largest member that was compressed by PKZIP before 2.0, in bytes, compressed or not: these members are unpacked from memory into
/// memory.
const MAX_LEGACY: u64 = 16 << 20;

impl Archive {
    /// Opens the content of a member.
    pub(super) fn content(&self, member: &Central<'_>) -> Result<View, Fault> {
        let place = self.directory.absolute(Record::Local(member.local));
        self.packed(member).map_err(|fault| fault.at(place))
    }

    fn packed(&self, member: &Central<'_>) -> Result<View, Fault> {
        if member.flags & ENCRYPTED != 0 {
            return Err(Fault::unreadable("", "this file is encrypted"));
        }
        let place = self.directory.local(member.local);
        let mut record = [0; LOCAL_LENGTH];
        self.view.fill(place, &mut record, "")?;
        let Some(local) = local(&record) else {
            return Err(Fault::corrupt("", "expected the beginning of a file; found something else"));
        };
        let packed = self.view.part(place.saturating_add(local.length()), member.packed);
        match member.method {
            // The largest number stands for a longer one elsewhere.
            _ if member.packed == 0 && !matches!(local.packed, 0 | u32::MAX) => {
                let message = format!("has {} packed bytes that the list of files does not mention", local.packed);
                Err(Fault::corrupt("", message))
            }
            _ if member.packed == 0 && member.size == 0 => Ok(View::over(Memory(Vec::new()))),
            STORED if member.packed > member.size => {
                let message = format!("has more than the {} bytes that the archive gives", member.size);
                Err(Fault::corrupt("", message))
            }
            STORED => Ok(View::over(Stored::new(packed, member))),
            DEFLATED if member.size == 0 => {
                let end = Forwards::new(packed).is_at_end(&self.nesting)?;
                let message = "has more than the 0 bytes that the archive gives";
                if end { Ok(View::over(Memory(Vec::new()))) } else { Err(Fault::corrupt("", message)) }
            }
            DEFLATED => {
                let inflated = Inflated::new(packed, member.size, member.checksum, self.nesting.clone());
                Ok(View::over(InArchive { bytes: inflated, place: self.view.absolute(place) }))
            }
            1..=6 => self.legacy(member, place),
            other => Err(Fault::unsupported("", format!("is packed by method {other}, which is not read"))),
        }
    }

    /// Opens a member that was compressed by PKZIP before 2.0.
    fn legacy(&self, member: &Central<'_>, place: u64) -> Result<View, Fault> {
        if member.packed.max(member.size) > MAX_LEGACY {
            let message = format!("expected at most {MAX_LEGACY} bytes packed by a method of PKZIP before 2.0");
            return Err(Fault::unsupported("", message));
        }
        self.nesting.unpack(member.size)?;
        let damaged = |error: &io::Error| Fault::corrupt("", format!("cannot be unpacked: {error}"));
        let mut source = self.view.part(place, u64::MAX).reader();
        let mut file = match read_zipfile_from_stream(&mut source) {
            Ok(Some(file)) => file,
            Ok(None) => return Err(Fault::corrupt("", "expected the beginning of a file; found something else")),
            Err(error) => return Err(Fault::corrupt("", format!("cannot be unpacked: {error}"))),
        };
        let mut content = Vec::new();
        file.by_ref().take(member.size).read_to_end(&mut content).map_err(|error| damaged(&error))?;
        if (content.len() as u64) < member.size {
            let message = format!("expected {} bytes; its content ends after {}", member.size, content.len());
            return Err(Fault::truncated("", message));
        }
        // Only a read after the last byte shows whether the checksum is right.
        match file.read(&mut [0]) {
            Ok(0) => Ok(View::over(Memory(content))),
            Ok(_) => Err(Fault::corrupt("", format!("has more than the {} bytes that the archive gives", member.size))),
            Err(error) => Err(damaged(&error)),
        }
    }
}

/// Bytes whose faults are reported at one offset: that of their file in the archive.
struct InArchive<B> {
    bytes: B,
    place: u64,
}

impl<B: Bytes> Bytes for InArchive<B> {
    fn length(&self) -> u64 {
        self.bytes.length()
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        self.bytes.read(offset, into).map_err(|fault| fault.at(self.place))
    }
}

/// Uncompressed content. Its checksum is checked if it is read from beginning to end.
struct Stored {
    view: View,
    length: u64,
    expected: u32,
    seen: Mutex<ReadProgress>,
}

/// The bytes from the first on that were read in order.
struct ReadProgress {
    checksum: Crc,
    length: u64,
    fault: Option<Fault>,
}

impl Stored {
    fn new(view: View, member: &Central<'_>) -> Self {
        let seen = Mutex::new(ReadProgress { checksum: Crc::new(), length: 0, fault: None });
        Self { view, length: member.size, expected: member.checksum, seen }
    }
}

impl Bytes for Stored {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let read = self.view.read(offset, into, "")?;
        if read == 0 && offset < self.length && !into.is_empty() {
            let message = format!("expected {} bytes; its content ends after {}", self.length, self.view.length());
            return Err(Fault::truncated("", message));
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.length == offset {
            seen.checksum.update(into.within(..read));
            seen.length = seen.length.saturating_add(read as u64);
            if seen.length == self.length && seen.checksum.sum() != self.expected {
                seen.fault = Some(Fault::corrupt("", "its content does not agree with its checksum"));
            }
        }
        let Some(fault) = seen.fault.clone().filter(|_| offset.saturating_add(read as u64) == self.length) else {
            return Ok(read);
        };
        // The fault is reported in place of the last byte.
        if read > 1 { Ok(read.saturating_sub(1)) } else { Err(fault) }
    }
}
