//! The work, piece by piece: whole small files, and chunks of large ones.

use super::{
    batch::{ChunkResult, ResultBatch},
    chunk::ChunkJob,
    collect::{
        collector::Pools,
        findings::{ChunkFindings, ReadFault},
    },
    context::ScanContext,
    magic::{LengthChecked, Magic, Peeked, peeked, plain, read_whole},
    pool::Pool,
    ranges::Ranges,
    request::Request,
    stream::{Explicit, Opened, Stream},
    walk::{self, GlobUse, Step},
};
use flate2::read::MultiGzDecoder;
use std::{
    fs::File,
    io::{self, Read, Seek},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use zip::result::ZipError;

/// A file that is not larger is read by one thread.
const MAX_SMALL_FILE: u64 = 1 << 19;

/// So many small files of a folder are one piece of work: to hand each over by itself would cost as much as to look at it.
const FILES_PER_ITEM: usize = 32;

/// At most so many members of an archive are looked at.
const MAX_MEMBERS: usize = 1 << 16;

/// An archive within an archive is read into memory, up to so many bytes, and up to so many archives deep.
const MAX_NESTED_ARCHIVE: u64 = 1 << 24;
const MAX_DEPTH: usize = 3;

/// A piece of work.
pub(super) enum WorkItem {
    Files {
        paths: Vec<PathBuf>,
        explicit: Explicit,
    },
    Chunk(ChunkJob),
    ReadFault {
        label: Arc<str>,
        first: bool,
        fault: ReadFault,
    },
    /// A large file that is no text.
    Binary(Arc<str>),
    /// Standard input, when there is nothing in it.
    Empty(Arc<str>),
}

/// Every piece of a run, made as it is asked for.
pub(super) struct WorkQueue<'r, 'c> {
    request: &'r Request<'c>,
    context: &'r ScanContext<'c>,
    inputs: std::vec::IntoIter<PathBuf>,
    folder: Option<Box<dyn Iterator<Item = Step> + Send>>,
    /// What comes after the small files that were finish.
    held: Option<WorkItem>,
    stream: Option<Box<Stream<Box<dyn Read + Send>>>>,
    buffers: Arc<Pool<Vec<u8>>>,
    globs: &'r Mutex<GlobUse>,
}

impl<'r, 'c> WorkQueue<'r, 'c> {
    pub(super) fn new(
        request: &'r Request<'c>,
        context: &'r ScanContext<'c>,
        buffers: Arc<Pool<Vec<u8>>>,
        globs: &'r Mutex<GlobUse>,
    ) -> Self {
        let inputs = request.inputs.clone().into_iter();
        Self { request, context, inputs, folder: None, held: None, stream: None, buffers, globs }
    }

    fn globs(&self) -> MutexGuard<'r, GlobUse> {
        self.globs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file: small ones and archives whole, others chunk by chunk. What has no size, as a pipe or a device, is a stream.
    fn file(&mut self, path: PathBuf, size: Option<u64>, explicit: Explicit) -> Option<WorkItem> {
        if size.is_some_and(|size| size <= MAX_SMALL_FILE) {
            return Some(WorkItem::Files { paths: vec![path], explicit });
        }
        let label = Arc::from(walk::shown(&path));
        let opened = File::open(&path).and_then(|file| Ok((file.try_clone()?, peeked(file)?)));
        match (opened, size) {
            (Ok((_, (_, Magic::Zip))), Some(_)) => Some(WorkItem::Files { paths: vec![path], explicit }),
            (Ok((file, (reader, magic))), Some(size)) => {
                let file = (magic == Magic::Other).then_some((file, size));
                self.open(label, plain(Box::new(LengthChecked::new(reader, size)), magic), file, explicit)
            }
            (Ok((_, peeked)), None) => self.pipe(label, peeked),
            (Err(error), _) => Some(unreadable(label, &error)),
        }
    }

    /// What can be read only once, from its beginning to its end.
    fn pipe(
        &mut self,
        label: Arc<str>,
        (reader, magic): (Peeked<impl Read + Send + 'static>, Magic),
    ) -> Option<WorkItem> {
        if magic == Magic::Zip {
            let message = "a ZIP archive cannot be read from a pipe: save it as a file";
            return Some(unreadable(label, &io::Error::other(message)));
        }
        self.open(label, plain(Box::new(reader), magic), None, Explicit::Yes)
    }

    /// A stream, chunk by chunk. If it is a plain `file`, threads can read it for themselves.
    fn open(
        &mut self,
        label: Arc<str>,
        reader: Box<dyn Read + Send>,
        file: Option<(File, u64)>,
        explicit: Explicit,
    ) -> Option<WorkItem> {
        match Stream::open(Arc::clone(&label), Vec::new(), Some(reader), explicit, self.request, self.context) {
            Ok(Opened::Stream(mut stream)) => {
                if let Some((file, size)) = file {
                    stream.read_by_threads(|mark, step| Ranges::new(file, mark, size, step));
                }
                let mut buffer = self.buffers.take();
                let first = stream.next(&mut buffer);
                self.buffers.give_buffer(buffer);
                self.stream = first.is_some().then_some(stream);
                Some(first.map_or(WorkItem::Empty(label), WorkItem::Chunk))
            }
            Ok(Opened::Binary) => Some(WorkItem::Binary(label)),
            Err(error) => Some(unreadable(label, &error)),
        }
    }

    fn input(&mut self, path: PathBuf) -> Option<WorkItem> {
        if path.as_os_str() == "-" {
            let label = Arc::from("-");
            return match peeked(io::stdin()) {
                Ok(peeked) => self.pipe(label, peeked),
                Err(error) => Some(unreadable(label, &error)),
            };
        }
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => {
                self.globs().folder(&path);
                self.folder = Some(Box::new(walk::files(&path, &self.request.walk)));
                self.next()
            }
            Ok(metadata) => self.file(path, metadata.is_file().then_some(metadata.len()), Explicit::Yes),
            Err(error) => Some(unreadable(Arc::from(walk::shown(&path)), &error)),
        }
    }
}

impl Iterator for WorkQueue<'_, '_> {
    type Item = WorkItem;

    fn next(&mut self) -> Option<WorkItem> {
        // Before the stream: it can be the first chunk of it.
        if let Some(piece) = self.held.take() {
            return Some(piece);
        }
        if let Some(stream) = &mut self.stream {
            let mut buffer = self.buffers.take();
            let task = stream.next(&mut buffer);
            // It is still here if the chunk is to be read by somebody else.
            self.buffers.give_buffer(buffer);
            if let Some(task) = task {
                return Some(WorkItem::Chunk(task));
            }
            self.stream = None;
        }
        let mut paths = Vec::new();
        while let Some(folder) = &mut self.folder {
            let step = folder.next();
            match &step {
                Some(Step::File { path, .. }) => self.globs().file(path),
                Some(Step::ReadFault { .. }) => self.globs().fault(),
                None => self.globs().end(),
            }
            let piece = match step {
                Some(Step::File { path, size }) if size <= MAX_SMALL_FILE => {
                    paths.push(path);
                    if paths.len() < FILES_PER_ITEM {
                        continue;
                    }
                    None
                }
                Some(Step::File { path, size }) => self.file(path, Some(size), Explicit::No),
                Some(Step::ReadFault { path, message }) => {
                    let fault = ReadFault { rule: "input/unreadable", line: 0, column: 1, message };
                    Some(WorkItem::ReadFault { label: Arc::from(path), first: true, fault })
                }
                None => {
                    self.folder = None;
                    None
                }
            };
            if paths.is_empty() {
                if piece.is_some() {
                    return piece;
                }
                continue;
            }
            self.held = piece;
            return Some(WorkItem::Files { paths, explicit: Explicit::No });
        }
        let input = self.inputs.next()?;
        self.input(input)
    }
}

fn unreadable(label: Arc<str>, error: &io::Error) -> WorkItem {
    let fault = ReadFault { rule: "input/unreadable", line: 0, column: 1, message: error.to_string() };
    WorkItem::ReadFault { label, first: true, fault }
}

impl WorkItem {
    /// Looks at the piece, on any thread.
    pub(super) fn look<'r, 'c>(
        self,
        request: &Request<'_>,
        context: &'r ScanContext<'c>,
        pools: &Pools<'r, 'c>,
        mut parts: ResultBatch<'_>,
    ) {
        let looked = match self {
            Self::Chunk(task) => parts.run(task, context, pools),
            Self::ReadFault { label, first, fault } => parts.add(ChunkResult {
                label,
                first,
                binary: false,
                bytes: 0,
                read_as: None,
                found: ChunkFindings::fault(fault),
            }),
            Self::Binary(label) => parts.add(ChunkResult::nothing(label, true)),
            Self::Empty(label) => parts.add(ChunkResult::nothing(label, false)),
            Self::Files { paths, explicit } => {
                let looking = FileScanner { request, context, pools, explicit };
                paths.iter().try_for_each(|path| looking.at_file(path, &mut parts))
            }
        };
        if looked.is_continue() {
            parts.end();
        }
    }
}

/// A file that one thread looks at.
struct FileScanner<'l, 'q, 'r, 'c> {
    request: &'l Request<'q>,
    context: &'r ScanContext<'c>,
    pools: &'l Pools<'r, 'c>,
    explicit: Explicit,
}

impl FileScanner<'_, '_, '_, '_> {
    fn at_file(&self, path: &Path, parts: &mut ResultBatch<'_>) -> ControlFlow<()> {
        let label: Arc<str> = Arc::from(walk::shown(path));
        let mut head = self.pools.buffers.take();
        let opened = File::open(path).and_then(|mut file| {
            let size = file.metadata()?.len();
            let ended = read_whole(&mut file, size.min(MAX_SMALL_FILE), &mut head)?;
            Ok((file, size, ended))
        });
        match opened {
            Ok((file, size, ended)) => match Magic::of(&head) {
                Magic::Zip => self.at_archive(&label, io::BufReader::new(file), 1, parts),
                Magic::Gzip => {
                    let rest = LengthChecked::new(file, size.saturating_sub(head.len() as u64));
                    let reader = MultiGzDecoder::new(io::Cursor::new(head).chain(rest));
                    self.at_stream(label, Vec::new(), Some(reader), parts)
                }
                Magic::Other if ended && head.len() as u64 >= size => self.at_stream(label, head, None::<File>, parts),
                Magic::Other => {
                    let rest = LengthChecked::new(file, size.saturating_sub(head.len() as u64));
                    self.at_stream(label, head, Some(rest), parts)
                }
            },
            Err(error) => parts.add(ChunkResult::failed(label, &error)),
        }
    }

    /// A stream of which `head` was read already; without a `reader` there is no more.
    fn at_stream(
        &self,
        label: Arc<str>,
        head: Vec<u8>,
        reader: Option<impl Read>,
        parts: &mut ResultBatch<'_>,
    ) -> ControlFlow<()> {
        match Stream::open(Arc::clone(&label), head, reader, self.explicit, self.request, self.context) {
            Ok(Opened::Stream(mut stream)) => {
                let (mut empty, mut buffer) = (true, self.pools.buffers.take());
                while let Some(task) = stream.next(&mut buffer) {
                    parts.run(task, self.context, self.pools)?;
                    (empty, buffer) = (false, self.pools.buffers.take());
                }
                self.pools.buffers.give_buffer(buffer);
                if empty { parts.add(ChunkResult::nothing(label, false)) } else { ControlFlow::Continue(()) }
            }
            Ok(Opened::Binary) => parts.add(ChunkResult::nothing(label, true)),
            Err(error) => parts.add(ChunkResult::failed(label, &error)),
        }
    }

    /// The members of a ZIP archive, one after the other. `depth` archives are open with this one.
    fn at_archive(
        &self,
        label: &Arc<str>,
        reader: impl Read + Seek,
        depth: usize,
        parts: &mut ResultBatch<'_>,
    ) -> ControlFlow<()> {
        let mut archive = match zip::ZipArchive::new(reader) {
            Ok(archive) => archive,
            Err(error) => return parts.add(ChunkResult::failed(Arc::clone(label), &of_archive(error))),
        };
        if archive.len() > MAX_MEMBERS {
            let error = format!("the archive has {} members; the first {MAX_MEMBERS} were looked at", archive.len());
            parts.add(ChunkResult::failed(Arc::clone(label), &io::Error::other(error)))?;
        }
        for index in 0..archive.len().min(MAX_MEMBERS) {
            let name = match archive.name_for_index(index) {
                Some(Ok(name)) => name.replace('\\', "/"),
                Some(Err(_)) | None => format!("member {}", index + 1),
            };
            let label = Arc::from(format!("{label}/{name}"));
            let member = match archive.by_index(index) {
                Ok(member) if member.is_file() => member,
                Ok(_) => continue,
                Err(error) => {
                    parts.add(ChunkResult::failed(label, &of_archive(error)))?;
                    continue;
                }
            };
            self.at_member(label, member, depth, parts)?;
        }
        ControlFlow::Continue(())
    }

    /// A member of an archive, which can be an archive, too.
    fn at_member(
        &self,
        label: Arc<str>,
        member: impl Read,
        depth: usize,
        parts: &mut ResultBatch<'_>,
    ) -> ControlFlow<()> {
        match peeked(member) {
            Ok((reader, Magic::Gzip)) => self.at_stream(label, Vec::new(), Some(MultiGzDecoder::new(reader)), parts),
            Ok((reader, Magic::Other)) => self.at_stream(label, Vec::new(), Some(reader), parts),
            Ok((reader, Magic::Zip)) => {
                let mut bytes = Vec::new();
                let error = match reader.take(MAX_NESTED_ARCHIVE + 1).read_to_end(&mut bytes) {
                    Ok(_) if depth >= MAX_DEPTH => {
                        io::Error::other(format!("only {MAX_DEPTH} archives within each other are opened"))
                    }
                    Ok(read) if read as u64 > MAX_NESTED_ARCHIVE => io::Error::other(format!(
                        "an archive of more than {MAX_NESTED_ARCHIVE} bytes within another is not opened"
                    )),
                    Ok(_) => return self.at_archive(&label, io::Cursor::new(bytes), depth + 1, parts),
                    Err(error) => error,
                };
                parts.add(ChunkResult::failed(label, &error))
            }
            Err(error) => parts.add(ChunkResult::failed(label, &error)),
        }
    }
}

/// What is wrong with an archive, in our words where the crate's do not say it.
fn of_archive(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        // The directory of an archive is its last part.
        ZipError::InvalidArchive(what) if what.contains("EOCD") => {
            io::Error::new(io::ErrorKind::UnexpectedEof, "the archive has no directory at its end: it is cut off")
        }
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            io::Error::other("it is encrypted, so nothing in it was looked at")
        }
        error => io::Error::other(error),
    }
}
