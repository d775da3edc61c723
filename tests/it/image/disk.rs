//! A disk that takes memory only where something was written, and a reader that counts what is read.

use std::{
    collections::BTreeMap,
    io::{self, Read, Seek, SeekFrom, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

const PAGE: usize = 4096;

/// A disk of zeros until it is written.
#[derive(Clone)]
pub struct Disk {
    length: u64,
    position: u64,
    pages: BTreeMap<u64, Box<[u8; PAGE]>>,
}

impl Disk {
    pub fn new(length: u64) -> Self {
        Self { length, position: 0, pages: BTreeMap::new() }
    }

    /// All of it.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; self.length as usize];
        for (page, content) in &self.pages {
            let start = *page as usize * PAGE;
            let end = bytes.len().min(start + PAGE);
            bytes[start..end].copy_from_slice(&content[..end - start]);
        }
        bytes
    }

    /// How much of a transfer lies in the page at the position, and where.
    fn reach(&self, wanted: usize) -> (u64, usize, usize) {
        let inside = (self.position % PAGE as u64) as usize;
        let left = (self.length - self.position.min(self.length)) as usize;
        (self.position / PAGE as u64, inside, wanted.min(PAGE - inside).min(left))
    }
}

impl Read for Disk {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (page, inside, length) = self.reach(into.len());
        match self.pages.get(&page) {
            Some(page) => into[..length].copy_from_slice(&page[inside..inside + length]),
            None => into[..length].fill(0),
        }
        self.position += length as u64;
        Ok(length)
    }
}

impl Write for Disk {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        let (page, inside, length) = self.reach(from.len());
        if from[..length].iter().any(|byte| *byte != 0) || self.pages.contains_key(&page) {
            let page = self.pages.entry(page).or_insert_with(|| Box::new([0; PAGE]));
            page[inside..inside + length].copy_from_slice(&from[..length]);
        }
        self.position += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Disk {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

/// Counts the bytes that are read through it.
pub struct Counting<R> {
    reader: R,
    bytes: Arc<AtomicU64>,
}

impl<R> Counting<R> {
    /// The reader, and the number of bytes read so far.
    pub fn new(reader: R) -> (Self, Arc<AtomicU64>) {
        let bytes = Arc::default();
        (Self { reader, bytes: Arc::clone(&bytes) }, bytes)
    }
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Counting<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}
