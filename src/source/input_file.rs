//! A file that may contain others: on disk, in a volume, or in memory.

use super::{
    CodePage, Discovery, Entry, Fault, Node, Opened, Part,
    beside::{Beside, InVolume, Nothing},
    container, image,
    mark::{self, HEAD_BYTES},
    memory::Memory,
    nesting::Nesting,
    refusal::Mark,
    unpacked::{MARK_BYTES, unpacked},
    view::View,
};
use std::{io::Read, sync::Arc};

/// A file of an input, which may be an archive or an image.
pub struct InputFile {
    view: View,
    beside: Box<dyn Beside + Send + Sync>,
    /// The bounds of its contents; a fault if it is nested too deep to be opened.
    nesting: Result<Nesting, Fault>,
}

impl InputFile {
    pub(super) fn new(view: View, beside: Box<dyn Beside + Send + Sync>, code_page: CodePage) -> Self {
        let nesting = Ok(Nesting::new(code_page, view.length()));
        Self { view, beside, nesting }
    }

    /// A file in memory, read to its end.
    pub(super) fn of_memory(bytes: Vec<u8>, code_page: CodePage) -> Self {
        Self::new(View::over(Memory(bytes)), Box::new(Nothing), code_page)
    }

    /// A file of a volume, in `folder`.
    ///
    /// # Errors
    /// As [`super::Volume::open`].
    pub fn of_volume(part: &Part, folder: &Node, entry: &Entry) -> Result<Self, Fault> {
        let view = part.volume.open(entry)?;
        let beside = InVolume::new(Arc::clone(&part.volume), folder.clone(), entry.name.clone());
        let nesting = part.nesting.within(view.length());
        Ok(Self { view, beside: Box::new(beside), nesting })
    }

    /// Its bytes.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Returns `true` if it is a gzip file.
    pub fn is_packed(&self) -> bool {
        self.head(MARK_BYTES).is_ok_and(|head| mark::is_gzip(&head))
    }

    /// A reader of its bytes, which unpacks a gzip file, however often it was packed.
    ///
    /// # Errors
    /// Its beginning cannot be read, or it is packed too often.
    pub fn reader(&self) -> Result<Box<dyn Read + Send>, Fault> {
        match &self.nesting {
            Ok(nesting) => Ok(unpacked(self.view.reader(), nesting)?),
            Err(fault) if mark::is_gzip(&self.head(MARK_BYTES)?) => Err(fault.clone()),
            Err(_) => Ok(Box::new(self.view.reader())),
        }
    }

    /// Its first bytes.
    fn head(&self, length: usize) -> Result<Vec<u8>, Fault> {
        let mut head = vec![0; length];
        let read = self.view.read(0, &mut head, "")?;
        head.truncate(read);
        Ok(head)
    }

    /// Opens an archive or an image, whatever its name; `None` if it is neither.
    ///
    /// A file that was found needs more evidence than one that the user named: a copy of a boot sector is not an image.
    /// A text is not opened, though it can describe a disk, nor are the files that such a text describes.
    ///
    /// # Errors
    /// It is one, and cannot be opened.
    pub fn open(&self, discovery: Discovery) -> Result<Option<Opened>, Fault> {
        if discovery == Discovery::Met && !self.may_hold_files()? {
            return Ok(None);
        }
        let nesting = match &self.nesting {
            Ok(nesting) => nesting,
            Err(fault) if self.holds_files() => return Err(fault.clone()),
            Err(_) => return Ok(None),
        };
        match (image::open(&self.view, self.beside.as_ref(), nesting, discovery), discovery) {
            (Ok(opened), _) => Ok(Some(opened)),
            (Err(refusal), Discovery::Named) if refusal.mark != Mark::None => Err(refusal.fault),
            (Err(refusal), Discovery::Met) if refusal.mark == Mark::Sure => Err(refusal.fault),
            (Err(_), _) => Ok(None),
        }
    }

    fn may_hold_files(&self) -> Result<bool, Fault> {
        Ok(mark::may_hold_files(&self.head(HEAD_BYTES)?) && !container::is_described(self.beside.as_ref()))
    }

    fn holds_files(&self) -> bool {
        self.head(1 << 16).is_ok_and(|head| image::begins_with_files(head, &Nesting::new(CodePage::default(), 0)))
    }
}

/// Returns `true` if a file with this beginning can be an archive, an image or a gzip file: hardly any text can.
pub fn may_hold_files(head: &[u8]) -> bool {
    mark::may_hold_files(head)
}
