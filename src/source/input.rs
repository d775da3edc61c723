//! A file that may hold others: of the machine, of a volume, or in memory.

use super::{
    CodePage, Entry, Fault, Folder, Node, Opened, Part,
    beside::{Beside, InVolume, Nothing, OnMachine},
    container,
    file::{self, Found},
    image,
    mark::{self, HEAD},
    memory::Memory,
    nesting::Nesting,
    piped::Piped,
    refusal::Mark,
    view::View,
};
use std::{
    io::{self, Read},
    path::Path,
    sync::Arc,
};

/// How a file was come upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discovery {
    /// A person named it.
    Named,
    /// It was met in a folder, an archive or an image.
    Met,
}

/// What a path leads to.
pub enum Input {
    /// A folder of the machine, as a volume.
    Folder(Part),
    /// A file, or a drive, which can be read from any place.
    File(InputFile),
    /// A pipe or a device, which can be read once.
    Piped(Piped),
}

impl Input {
    /// Opens a path, following links; `-` is standard input.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(path: &Path, code_page: CodePage) -> Result<Self, Fault> {
        if path.as_os_str() == "-" {
            return Self::stdin(code_page);
        }
        Ok(match file::found(path)? {
            Found::Folder => Self::Folder(Part::new("", Arc::new(Folder::new(path)), &Nesting::folder(code_page))),
            Found::File(view) => Self::File(InputFile::new(view, Box::new(OnMachine::new(path)), code_page)),
            Found::Pipe(file) => Self::Piped(Piped::new(file)?),
        })
    }

    fn stdin(code_page: CodePage) -> Result<Self, Fault> {
        Ok(match file::stdin()? {
            Some(view) => Self::File(InputFile::new(view, Box::new(Nothing), code_page)),
            None => Self::Piped(Piped::new(io::stdin())?),
        })
    }
}

/// A file of an input, which may be an archive or an image.
pub struct InputFile {
    view: View,
    beside: Box<dyn Beside + Send + Sync>,
    /// The bounds of what is in it; a fault where it lies too deep to be opened.
    nesting: Result<Nesting, Fault>,
}

impl InputFile {
    fn new(view: View, beside: Box<dyn Beside + Send + Sync>, code_page: CodePage) -> Self {
        let nesting = Ok(Nesting::new(code_page, view.length()));
        Self { view, beside, nesting }
    }

    /// What was read from somewhere, to its end.
    pub(super) fn of_memory(bytes: Vec<u8>, code_page: CodePage) -> Self {
        Self::new(View::over(Memory(bytes)), Box::new(Nothing), code_page)
    }

    /// A file of a volume, which stands in `folder`.
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

    /// A reader of its bytes, unpacked where gzip has packed them.
    ///
    /// # Errors
    /// Its beginning cannot be read.
    pub fn reader(&self) -> Result<Box<dyn Read + Send>, Fault> {
        let mut head = [0; 3];
        let read = self.view.read(0, &mut head, "")?;
        Ok(unpacked(&head[..read], self.view.reader()))
    }

    /// Opens an archive or an image, whatever its name says; `None` where it is neither.
    ///
    /// Of a file that was met more has to speak for an image than of one that was named: a copy of a boot sector is none.
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
        let mut head = [0; HEAD];
        let read = self.view.read(0, &mut head, "")?;
        Ok(mark::may_hold_files(&head[..read]) && !container::is_described(self.beside.as_ref()))
    }

    fn holds_files(&self) -> bool {
        let mut head = vec![0; 1 << 16];
        let read = self.view.read(0, &mut head, "").unwrap_or(0);
        head.truncate(read);
        image::begins_with_files(head, CodePage::default())
    }
}

/// What a reader gives, unpacked where its `head`, which it gives again, says that gzip has packed it.
pub(super) fn unpacked(head: &[u8], reader: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    #[cfg(feature = "archives")]
    if mark::is_gzip(head) {
        return Box::new(flate2::read::MultiGzDecoder::new(reader));
    }
    let _ = head;
    Box::new(reader)
}
