//! Opens a path on disk, or standard input.

use super::{
    CodePage, Fault, Folder, InputFile, Part,
    beside::{Nothing, OnMachine},
    file::{self, PathTarget},
    nesting::Nesting,
    piped::Piped,
};
use std::{io, path::Path, sync::Arc};

/// A path on disk, opened.
pub enum Input {
    /// A folder on disk, as a volume.
    Folder(Part),
    /// A file, or a drive, which can be read at any offset.
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
            PathTarget::Folder => Self::Folder(Part::new("", Arc::new(Folder::new(path)), &Nesting::folder(code_page))),
            PathTarget::File(view) => Self::File(InputFile::new(view, Box::new(OnMachine::new(path)), code_page)),
            PathTarget::Pipe(file) => Self::Piped(Piped::new(file)?),
        })
    }

    fn stdin(code_page: CodePage) -> Result<Self, Fault> {
        Ok(match file::stdin()? {
            Some(view) => Self::File(InputFile::new(view, Box::new(Nothing), code_page)),
            None => Self::Piped(Piped::new(io::stdin())?),
        })
    }
}
