//! The units of work of a run: batches of small files, and chunks of large ones.

use super::{
    batch::{ChunkResult, ResultBatch},
    chunk::ChunkJob,
    collect::collector::Pools,
    context::ScanContext,
    file_scanner::{FileScanner, MAX_SMALL_FILE, failed_within, joined},
    hive,
    pool::Pool,
    request::Request,
    stream::{Opened, Stream},
};
use crate::{
    model::severity::Severity,
    registry,
    source::{
        self, CodePage, Discovery, Fault, Input, InputFile, Member, Piped,
        ignored::IgnoreUse,
        plain_file::PlainFile,
        ranges::Ranges,
        walk::{self, GlobUse, Step},
    },
};
use std::{
    collections::VecDeque,
    io::Read,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The number of small files of a folder in one work item: handing over a single file would cost as much as reading it.
const FILES_PER_ITEM: usize = 32;

/// Makes the ranges of a file from an offset on, in steps of a given size.
type MakeRanges = dyn FnOnce(u64, usize) -> Ranges;

/// A unit of work for one thread.
pub(super) enum WorkItem {
    /// Small files on disk, and large ones that are archives or images.
    Files { paths: Vec<PathBuf>, discovery: Discovery },
    /// Files of an archive or image.
    Members { container: Arc<str>, members: Vec<Member> },
    /// A registry file that is large, or comes through a pipe.
    Registry { label: Arc<str>, file: Box<InputFile>, discovery: Discovery },
    /// A chunk of a large file.
    Chunk(ChunkJob),
    /// A result that needs no reading: the file could not be opened, is empty, or is large and binary.
    Known(Box<ChunkResult>),
}

/// The work items of a run, each made when it is asked for.
pub(super) struct WorkQueue<'r, 'c> {
    request: &'r Request<'c>,
    context: &'r ScanContext<'c>,
    inputs: std::vec::IntoIter<PathBuf>,
    folder: Option<Box<dyn Iterator<Item = Step> + Send>>,
    /// The volumes of the archive or image that is being searched.
    volumes: VecDeque<Volume>,
    /// Work items that come after the current batch of small files.
    held: VecDeque<WorkItem>,
    /// A large file that comes after them.
    large: Option<PathBuf>,
    stream: Option<Box<Stream<Box<dyn Read + Send>>>>,
    buffers: Arc<Pool<Vec<u8>>>,
    globs: &'r Mutex<GlobUse>,
    ignore_use: Arc<Mutex<IgnoreUse>>,
}

/// A volume of an archive or image.
struct Volume {
    label: Arc<str>,
    members: Box<dyn Iterator<Item = Result<Member, Fault>> + Send>,
    /// Found by walking a folder, or named: globs apply only to files that were found.
    discovery: Discovery,
}

impl<'r, 'c> WorkQueue<'r, 'c> {
    pub(super) fn new(
        request: &'r Request<'c>,
        context: &'r ScanContext<'c>,
        buffers: Arc<Pool<Vec<u8>>>,
        globs: &'r Mutex<GlobUse>,
        ignore_use: Arc<Mutex<IgnoreUse>>,
    ) -> Self {
        let inputs = request.inputs.clone().into_iter();
        let (volumes, held) = (VecDeque::new(), VecDeque::new());
        Self {
            request,
            context,
            inputs,
            folder: None,
            volumes,
            held,
            large: None,
            stream: None,
            buffers,
            globs,
            ignore_use,
        }
    }

    fn globs(&self) -> MutexGuard<'r, GlobUse> {
        self.globs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file that the user named, or a drive.
    fn named_file(&mut self, path: PathBuf, file: InputFile) -> Option<WorkItem> {
        let label = Arc::from(walk::shown(&path));
        match file.open(Discovery::Named) {
            Ok(Some(opened)) => self.open_volumes(&path, opened, Discovery::Named),
            Ok(None) if hive::is_registry(self.request, &file) => {
                Some(WorkItem::Registry { label, file: Box::new(file), discovery: Discovery::Named })
            }
            Ok(None) if path.as_os_str() == "-" => self.open_whole(label, &file, Discovery::Named),
            Ok(None) if file.view().length() <= MAX_SMALL_FILE => {
                Some(WorkItem::Files { paths: vec![path], discovery: Discovery::Named })
            }
            Ok(None) => self.large_file(&path, &file, Discovery::Named),
            Err(fault) => Some(failed(label, &fault, Severity::Error)),
        }
    }

    /// A large file found in a folder.
    fn met_file(&mut self, path: PathBuf) -> Option<WorkItem> {
        let label = Arc::from(walk::shown(&path));
        match Input::open(&path, CodePage::default()) {
            Ok(Input::File(file)) => match file.open(Discovery::Met) {
                Ok(Some(opened)) => self.open_volumes(&path, opened, Discovery::Met),
                Ok(None) if hive::is_registry(self.request, &file) => {
                    Some(WorkItem::Registry { label, file: Box::new(file), discovery: Discovery::Met })
                }
                Ok(None) => self.large_file(&path, &file, Discovery::Met),
                Err(fault) => Some(failed(label, &fault, fault.severity(Discovery::Met))),
            },
            // It was a file a moment ago, and is one no longer.
            Ok(Input::Folder(_) | Input::Piped(_)) => None,
            Err(fault) => Some(failed(label, &fault, Severity::Error)),
        }
    }

    /// A large file that is not an archive, chunk by chunk. Threads read it themselves unless it is compressed with gzip.
    fn large_file(&mut self, path: &Path, file: &InputFile, discovery: Discovery) -> Option<WorkItem> {
        let label = Arc::from(walk::shown(path));
        if file.is_packed() {
            return self.open_whole(label, file, discovery);
        }
        let opened = PlainFile::open(path).and_then(|file| Ok((file.ranges()?, file)));
        match opened {
            Ok((ranges, file)) if file.size() > 0 => {
                self.open(label, Box::new(file.rest(0)), Some(Box::new(ranges)), discovery)
            }
            // A drive does not report its length here.
            Ok(_) => self.open_whole(label, file, discovery),
            Err(error) => Some(failed(label, &error.into(), Severity::Error)),
        }
    }

    /// An input that can be read only once, from its beginning to its end.
    fn pipe(&mut self, path: PathBuf, pipe: Piped) -> Option<WorkItem> {
        let label = Arc::from(walk::shown(&path));
        let is_registry = self.request.kind.is_none() && registry::is_registry(pipe.head());
        if !pipe.holds_files() && !is_registry {
            return match pipe.reader() {
                Ok(reader) => self.open(label, reader, None, Discovery::Named),
                Err(fault) => Some(failed(label, &fault, Severity::Error)),
            };
        }
        match pipe.hold(CodePage::default()) {
            Ok(file) => self.named_file(path, file),
            Err(fault) => Some(failed(label, &fault, Severity::Error)),
        }
    }

    /// A whole file, read by one thread.
    fn open_whole(&mut self, label: Arc<str>, file: &InputFile, discovery: Discovery) -> Option<WorkItem> {
        match file.reader() {
            Ok(reader) => self.open(label, reader, None, discovery),
            Err(fault) => Some(failed(label, &fault, Severity::Error)),
        }
    }

    /// A stream, chunk by chunk. If there are `ranges` of it, threads can read it themselves.
    fn open(
        &mut self,
        label: Arc<str>,
        reader: Box<dyn Read + Send>,
        ranges: Option<Box<MakeRanges>>,
        discovery: Discovery,
    ) -> Option<WorkItem> {
        match Stream::open(Arc::clone(&label), Vec::new(), Some(reader), discovery, self.request, self.context) {
            Ok(Opened::Stream(mut stream)) => {
                if let Some(ranges) = ranges {
                    stream.read_by_threads(ranges);
                }
                let mut buffer = self.buffers.take();
                let first = stream.next(&mut buffer);
                self.buffers.give_buffer(buffer);
                self.stream = first.is_some().then_some(stream);
                Some(first.map_or_else(|| nothing(label, false), WorkItem::Chunk))
            }
            Ok(Opened::Binary) => Some(nothing(label, true)),
            Err(error) => {
                let fault = Fault::from(error);
                Some(failed(label, &fault, fault.severity_within()))
            }
        }
    }

    /// Continues with the files of an archive or image.
    fn open_volumes(&mut self, path: &Path, opened: source::Opened, discovery: Discovery) -> Option<WorkItem> {
        let label = walk::shown(path);
        if discovery == Discovery::Named {
            self.globs().folder(path);
        }
        for fault in &opened.faults {
            if discovery == Discovery::Named {
                self.globs().fault();
            }
            let failed = failed_within(&label, fault, fault.severity(discovery));
            self.held.push_back(WorkItem::Known(Box::new(failed)));
        }
        for part in &opened.volumes {
            let members = Box::new(walk::members(part, &self.request.walk, discovery));
            self.volumes.push_back(Volume { label: Arc::from(joined(&label, &part.label)), members, discovery });
        }
        if discovery == Discovery::Named && self.volumes.is_empty() {
            self.globs().end();
        }
        None
    }

    /// The next files of the archive or image that is being searched.
    fn members(&mut self) -> Option<WorkItem> {
        while let Some(volume) = self.volumes.front_mut() {
            let container = Arc::clone(&volume.label);
            let is_named = volume.discovery == Discovery::Named;
            let (mut members, mut fault) = (Vec::new(), None);
            let mut ended = false;
            while members.len() < FILES_PER_ITEM && fault.is_none() && !ended {
                match volume.members.next() {
                    Some(Ok(member)) => members.push(member),
                    Some(Err(found)) => fault = Some(found),
                    None => ended = true,
                }
            }
            if is_named {
                let mut globs = self.globs();
                members.iter().for_each(|member| globs.file(&Path::new(&*container).join(member.path())));
                fault.iter().for_each(|_| globs.fault());
            }
            if ended {
                self.volumes.pop_front();
                if is_named && self.volumes.is_empty() {
                    self.globs().end();
                }
            }
            let fault = fault.map(|fault| failed_within(&container, &fault, fault.severity_within()));
            self.held.extend(fault.map(|fault| WorkItem::Known(Box::new(fault))));
            if !members.is_empty() {
                return Some(WorkItem::Members { container, members });
            }
            if let Some(held) = self.held.pop_front() {
                return Some(held);
            }
        }
        None
    }

    fn input(&mut self, path: PathBuf) -> Option<WorkItem> {
        match Input::open(&path, CodePage::default()) {
            Ok(Input::Folder(_)) => {
                self.globs().folder(&path);
                self.folder = Some(Box::new(walk::files(&path, &self.request.walk, &self.ignore_use)));
                None
            }
            Ok(Input::File(file)) => self.named_file(path, file),
            Ok(Input::Piped(pipe)) => self.pipe(path, pipe),
            Err(fault) => Some(failed(Arc::from(walk::shown(&path)), &fault, Severity::Error)),
        }
    }
}

impl WorkQueue<'_, '_> {
    /// The next files of the folder that is being walked.
    fn walk(&mut self) -> Option<WorkItem> {
        let mut paths = Vec::new();
        while paths.len() < FILES_PER_ITEM
            && let Some(folder) = &mut self.folder
        {
            match folder.next() {
                Some(Step::File { path, size }) => {
                    self.globs().file(&path);
                    if size > MAX_SMALL_FILE {
                        self.large = Some(path);
                        break;
                    }
                    paths.push(path);
                }
                Some(Step::ReadFault { path, message }) => {
                    self.globs().fault();
                    let fault = Fault::unreadable("", message);
                    self.held.push_back(failed(Arc::from(path), &fault, Severity::Error));
                    break;
                }
                Some(Step::ListFault { path, message }) => {
                    let fault = Fault::unreadable("", message);
                    self.held.push_back(failed(Arc::from(path), &fault, Severity::Warning));
                    break;
                }
                None => {
                    self.globs().end();
                    self.folder = None;
                }
            }
        }
        (!paths.is_empty()).then_some(WorkItem::Files { paths, discovery: Discovery::Met })
    }

    /// The next chunk of the large file that is being read.
    fn chunk(&mut self) -> Option<WorkItem> {
        let stream = self.stream.as_mut()?;
        let mut buffer = self.buffers.take();
        let task = stream.next(&mut buffer);
        // The buffer is unused if another thread will read the chunk itself.
        self.buffers.give_buffer(buffer);
        if task.is_none() {
            self.stream = None;
        }
        task.map(WorkItem::Chunk)
    }
}

impl Iterator for WorkQueue<'_, '_> {
    type Item = WorkItem;

    fn next(&mut self) -> Option<WorkItem> {
        loop {
            // Before the stream: this can be the stream's first chunk.
            let item = self.held.pop_front().or_else(|| self.chunk());
            let item = item.or_else(|| self.large.take().and_then(|path| self.met_file(path)));
            // The input that was opened last is reported before any other.
            let is_open = item.is_none() && (!self.held.is_empty() || self.stream.is_some());
            if is_open {
                continue;
            }
            let item = item.or_else(|| self.members()).or_else(|| self.walk());
            if item.is_some() {
                return item;
            }
            if self.held.is_empty() && self.large.is_none() && self.folder.is_none() {
                let input = self.inputs.next()?;
                if let Some(item) = self.input(input) {
                    return Some(item);
                }
            }
        }
    }
}

fn failed(label: Arc<str>, fault: &Fault, severity: Severity) -> WorkItem {
    WorkItem::Known(Box::new(ChunkResult::failed(label, fault, severity)))
}

fn nothing(label: Arc<str>, binary: bool) -> WorkItem {
    WorkItem::Known(Box::new(ChunkResult::nothing(label, binary)))
}

impl WorkItem {
    /// Does the work, on any thread.
    pub(super) fn look<'r, 'c>(
        self,
        request: &Request<'_>,
        context: &'r ScanContext<'c>,
        pools: &Pools<'r, 'c>,
        mut parts: ResultBatch<'_>,
    ) {
        let scanner = FileScanner { request, context, pools };
        let looked = match self {
            Self::Chunk(task) => parts.run(task, context, pools),
            Self::Known(result) => parts.add(*result),
            Self::Files { paths, discovery } => {
                paths.iter().try_for_each(|path| scanner.at_file(path, discovery, &mut parts))
            }
            Self::Registry { label, file, discovery } => scanner.at_input(label, &file, discovery, &mut parts),
            Self::Members { container, members } => {
                members.iter().try_for_each(|member| scanner.at_member(&container, member, &mut parts))
            }
        };
        if looked.is_continue() {
            parts.end();
        }
    }
}
