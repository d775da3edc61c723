//! The destination of an output file: it is written beside its place until it is complete, so that a failure leaves the old file.

use super::Failure;
use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// The maximum number of links from a name such as `/dev/stdout` to its target.
const MAX_LINKS: usize = 8;

/// The maximum number of names that are tried for the temporary file.
const MAX_NAMES: u32 = 100;

/// A destination of output.
pub(super) struct Destination {
    writer: Box<dyn Write>,
    draft: Option<Draft>,
}

impl Destination {
    /// An open stream, such as standard output.
    pub(super) fn stream(writer: impl Write + 'static) -> Self {
        Self { writer: Box::new(writer), draft: None }
    }

    /// A path: a device or a pipe is opened directly, for anything else a temporary file beside it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn file(path: &Path) -> Result<Self, Failure> {
        let failed = |error| Failure::OutputFile { path: path.to_owned(), error };
        if let Some(stream) = stream(path).map_err(failed)? {
            return Ok(Self { writer: Box::new(BufWriter::new(stream)), draft: None });
        }
        let (draft, file) = Draft::begin(path).map_err(failed)?;
        Ok(Self { writer: Box::new(BufWriter::new(file)), draft: Some(draft) })
    }

    /// The same destination through another writer.
    pub(super) fn through(self, wrap: impl FnOnce(Box<dyn Write>) -> Box<dyn Write>) -> Self {
        Self { writer: wrap(self.writer), draft: self.draft }
    }

    /// The writer, and the step that puts the complete file in its place.
    pub(super) fn split(self) -> (Box<dyn Write>, Completion) {
        (self.writer, Completion(self.draft))
    }

    /// Flushes the writer, and puts the file in its place.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let (mut writer, completion) = self.split();
        writer.flush()?;
        drop(writer);
        completion.finish()
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The step that puts a complete file in its place.
#[must_use = "a file that is not put in its place is removed"]
pub(super) struct Completion(Option<Draft>);

impl Completion {
    /// Puts the file in its place, once everything was written and flushed.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let Some(mut draft) = self.0 else { return Ok(()) };
        let place = draft.place.clone();
        draft.publish().map_err(|error| Failure::OutputFile { path: place, error })
    }
}

/// Writes a small file at once.
///
/// # Errors
/// It cannot be written.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut destination = Destination::file(path)?;
    let failed = |error| Failure::OutputFile { path: path.to_owned(), error };
    destination.write_all(bytes).and_then(|()| destination.flush()).map_err(failed)?;
    destination.finish()
}

/// A file that is not complete yet. It is removed if it never is.
struct Draft {
    place: PathBuf,
    path: PathBuf,
    is_published: bool,
}

impl Draft {
    fn begin(place: &Path) -> io::Result<(Self, File)> {
        let old = match fs::symlink_metadata(place) {
            Ok(metadata) if metadata.is_dir() => return Err(io::Error::from(io::ErrorKind::IsADirectory)),
            Ok(metadata) => Some(metadata),
            Err(_) => None,
        };
        // A file that its owner has made read-only is not replaced.
        if old.is_some() {
            OpenOptions::new().write(true).open(place)?;
        }
        for number in 0..MAX_NAMES {
            let path = beside(place, number);
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => {
                    let draft = Self { place: place.to_owned(), path, is_published: false };
                    if let Some(old) = old {
                        file.set_permissions(old.permissions())?;
                    }
                    return Ok((draft, file));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }

    fn publish(&mut self) -> io::Result<()> {
        fs::rename(&self.path, &self.place)?;
        self.is_published = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_published {
            // Nothing more can be done about a file that cannot be removed.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The name of the file beside a place. Its full stop hides it from walks.
fn beside(place: &Path, number: u32) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(format!(".{}-{number}.part", std::process::id()));
    place.with_file_name(name)
}

/// A device, a pipe or an open stream of the process, which is written to directly; `None` for a file.
fn stream(path: &Path) -> io::Result<Option<Box<dyn Write>>> {
    match descriptor(path) {
        Some(Descriptor::Output) => return Ok(Some(Box::new(io::stdout()))),
        Some(Descriptor::Error) => return Ok(Some(Box::new(io::stderr()))),
        // Reopening would start at the first byte, so the stream is appended to, which destroys nothing.
        Some(Descriptor::Other) => return Ok(Some(Box::new(OpenOptions::new().append(true).open(path)?))),
        None => {}
    }
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => {
            Ok(Some(Box::new(OpenOptions::new().write(true).open(path)?)))
        }
        Ok(_) | Err(_) => Ok(None),
    }
}

/// A stream of the process that a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Descriptor {
    Output,
    Error,
    Other,
}

/// The stream of the process that a path such as `/dev/stdout` or `/dev/fd/3` names.
pub(super) fn descriptor(path: &Path) -> Option<Descriptor> {
    if cfg!(not(unix)) {
        return None;
    }
    let mut path = std::path::absolute(path).ok()?;
    for _ in 0..MAX_LINKS {
        let folder = path.parent()?.to_string_lossy().into_owned();
        let is_of_process = folder == "/dev/fd"
            || folder.strip_prefix("/proc/").is_some_and(|rest| {
                rest.split_once('/').is_some_and(|(process, rest)| {
                    rest.split('/').next_back() == Some("fd")
                        && (["self", "thread-self"].contains(&process) || process == std::process::id().to_string())
                })
            });
        if is_of_process {
            return Some(match path.file_name()?.to_str()? {
                "1" => Descriptor::Output,
                "2" => Descriptor::Error,
                _ => Descriptor::Other,
            });
        }
        // Only the system's own links are followed: any other link is refused.
        if !folder.starts_with("/dev") {
            return None;
        }
        path = path.parent()?.join(fs::read_link(&path).ok()?);
    }
    None
}
