//! A file on disk, or a drive that the system presents as a file, as bytes.

use super::{
    Fault,
    view::{Bytes, View},
};
use crate::small_file;
use std::{
    fs::{File, Metadata},
    io::{self, ErrorKind, Seek, SeekFrom},
    path::Path,
};

/// The result of opening a path.
pub(super) enum PathTarget {
    Folder,
    File(View),
    /// A pipe or a device.
    Pipe(File),
}

/// Opens the target of a path. Links are followed, because the user named the path.
///
/// # Errors
/// It cannot be opened.
pub(super) fn found(path: &Path) -> Result<PathTarget, Fault> {
    let unreadable = |error: io::Error| Fault::unreadable("", error.to_string());
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Ok(PathTarget::Folder);
    }
    if !is_seekable(&metadata) {
        return Ok(PathTarget::Pipe(File::open(path).map_err(unreadable)?));
    }
    // The file may have been replaced by a pipe in the meantime; opening it must not block.
    let file = small_file::open(path).map_err(unreadable)?;
    if is_seekable(&file.metadata().map_err(unreadable)?) {
        Ok(PathTarget::File(whole(file)?))
    } else {
        Ok(PathTarget::Pipe(file))
    }
}

/// A view of a whole file.
///
/// # Errors
/// It is not a file, or it cannot be opened.
pub(super) fn view(path: &Path) -> Result<View, Fault> {
    let unreadable = |error: io::Error| Fault::unreadable("", error.to_string());
    // Opening a pipe would block until someone writes into it.
    if !is_seekable(&std::fs::metadata(path).map_err(unreadable)?) {
        return Err(Fault::unsupported("", "expected a folder, an archive or an image; found a device or a pipe"));
    }
    let file = small_file::open(path).map_err(unreadable)?;
    if !is_seekable(&file.metadata().map_err(unreadable)?) {
        return Err(Fault::unsupported("", "expected a folder, an archive or an image; found a device or a pipe"));
    }
    whole(file)
}

/// Standard input, if it is a file: the part that was not read yet.
///
/// # Errors
/// Its metadata cannot be read.
pub(super) fn stdin() -> Result<Option<View>, Fault> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let unreadable = |error: io::Error| Fault::unreadable("", error.to_string());
        let mut file = File::from(io::stdin().as_fd().try_clone_to_owned().map_err(unreadable)?);
        if file.metadata().map_err(unreadable)?.is_file() {
            let start = file.stream_position().map_err(unreadable)?;
            return Ok(Some(whole(file)?.part(start, u64::MAX)));
        }
    }
    Ok(None)
}

fn whole(mut file: File) -> Result<View, Fault> {
    // Seeking is the only way to find the length of a drive.
    let length = file.seek(SeekFrom::End(0)).map_err(|error| Fault::unreadable("", error.to_string()))?;
    Ok(View::over(FileBytes::new(file, length)))
}

pub(super) fn is_seekable(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    let is_drive = std::os::unix::fs::FileTypeExt::is_block_device(&metadata.file_type());
    #[cfg(not(unix))]
    let is_drive = true;
    metadata.is_file() || is_drive
}

/// The bytes of a file, which threads read without waiting for each other.
pub(super) struct FileBytes {
    file: File,
    length: u64,
}

impl FileBytes {
    /// The first `length` bytes of a file.
    pub(super) fn new(file: File, length: u64) -> Self {
        Self { file, length }
    }
}

impl Bytes for FileBytes {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let unreadable = |message: String| Fault::unreadable("", message).at(offset);
        loop {
            match read_at(&self.file, offset, into) {
                Ok(0) if offset < self.length && !into.is_empty() => {
                    return Err(unreadable("became shorter while it was read".to_owned()));
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => return read.map_err(|error| unreadable(error.to_string())),
            }
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, offset)
}

#[cfg(windows)]
fn read_at(file: &File, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, offset)
}

/// On other platforms a file has a single position, which is enough for their single thread.
#[cfg(not(any(unix, windows)))]
fn read_at(mut file: &File, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    file.seek(SeekFrom::Start(offset))?;
    io::Read::read(&mut file, into)
}
