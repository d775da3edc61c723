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

/// Bytes that show whether gzip has packed a file.
const MARK: usize = 3;

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

    /// Whether gzip has packed its bytes.
    pub fn is_packed(&self) -> bool {
        self.head(MARK).is_ok_and(|head| mark::is_gzip(&head))
    }

    /// A reader of its bytes, unpacked where gzip has packed them.
    ///
    /// # Errors
    /// Its beginning cannot be read.
    pub fn reader(&self) -> Result<Box<dyn Read + Send>, Fault> {
        Ok(unpacked(&self.head(MARK)?, self.view.reader()))
    }

    /// Its first bytes.
    fn head(&self, length: usize) -> Result<Vec<u8>, Fault> {
        let mut head = vec![0; length];
        let read = self.view.read(0, &mut head, "")?;
        head.truncate(read);
        Ok(head)
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
        Ok(mark::may_hold_files(&self.head(HEAD)?) && !container::is_described(self.beside.as_ref()))
    }

    fn holds_files(&self) -> bool {
        self.head(1 << 16).is_ok_and(|head| image::begins_with_files(head, CodePage::default()))
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

/// Whether a file that begins so can be an archive or an image, or be packed by gzip: hardly any text can.
pub fn may_hold_files(head: &[u8]) -> bool {
    mark::may_hold_files(head)
}
