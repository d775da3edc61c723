//! Whole files, and all files in archives and images, each read by one thread.

use super::{
    batch::{ChunkResult, ResultBatch},
    collect::collector::Pools,
    context::ScanContext,
    hive,
    request::Request,
    stream::{Opened, Stream},
};
use crate::{
    model::severity::Severity,
    source::{self, CodePage, Discovery, Fault, Input, InputFile, Member, plain_file::PlainFile, walk},
};
use std::{
    io::{self, Read},
    ops::ControlFlow,
    path::Path,
    sync::Arc,
};

/// The largest file, in bytes, that one thread reads as a whole.
pub(super) const MAX_SMALL_FILE: u64 = 1 << 19;

/// The scanner of one thread.
pub(super) struct FileScanner<'l, 'q, 'r, 'c> {
    pub(super) request: &'l Request<'q>,
    pub(super) context: &'r ScanContext<'c>,
    pub(super) pools: &'l Pools<'r, 'c>,
}

impl FileScanner<'_, '_, '_, '_> {
    /// Reads a file on disk.
    pub(super) fn at_file(&self, path: &Path, discovery: Discovery, parts: &mut ResultBatch<'_>) -> ControlFlow<()> {
        let label: Arc<str> = Arc::from(walk::shown(path));
        let mut head = self.pools.buffers.take();
        let opened = PlainFile::open(path).and_then(|mut file| {
            let ended = file.read(MAX_SMALL_FILE, &mut head)?;
            Ok((file, ended))
        });
        match opened {
            Ok((file, _)) if file.size() > 0 && source::may_hold_files(&head) => {
                self.pools.buffers.give_buffer(head);
                match Input::open(path, CodePage::default()) {
                    Ok(Input::File(file)) => self.at_input(label, &file, discovery, parts),
                    // It was a file a moment ago, and is one no longer.
                    Ok(Input::Folder(_) | Input::Piped(_)) => ControlFlow::Continue(()),
                    Err(fault) => parts.add(ChunkResult::failed(label, &fault, Severity::Error)),
                }
            }
            Ok((file, true)) if head.len() as u64 >= file.size() => {
                self.at_stream(label, head, None::<io::Empty>, discovery, parts)
            }
            Ok((file, _)) => {
                let rest = file.rest(head.len() as u64);
                self.at_stream(label, head, Some(rest), discovery, parts)
            }
            Err(error) => parts.add(ChunkResult::failed(label, &error.into(), Severity::Error)),
        }
    }

    /// Reads a file of an archive or image at the path `container`.
    pub(super) fn at_member(&self, container: &str, member: &Member, parts: &mut ResultBatch<'_>) -> ControlFlow<()> {
        let label: Arc<str> = Arc::from(joined(container, member.path()));
        match member.open() {
            Ok(file) => self.at_input(label, &file, Discovery::Met, parts),
            Err(fault) => parts.add(ChunkResult::failed(label, &fault, Severity::Error)),
        }
    }

    /// Reads a file, which can be an archive or an image.
    pub(super) fn at_input(
        &self,
        label: Arc<str>,
        file: &InputFile,
        discovery: Discovery,
        parts: &mut ResultBatch<'_>,
    ) -> ControlFlow<()> {
        match file.open(discovery) {
            Ok(None) => match file.reader() {
                Ok(reader) if hive::is_registry(self.request, file) => {
                    hive::read(&label, reader, discovery, (self.context, self.pools), parts)
                }
                Ok(reader) => self.at_stream(label, Vec::new(), Some(reader), discovery, parts),
                Err(fault) => parts.add(ChunkResult::failed(label, &fault, Severity::Error)),
            },
            Ok(Some(opened)) => self.at_volumes(&label, &opened, parts),
            Err(fault) => parts.add(ChunkResult::failed(label, &fault, fault.severity(discovery))),
        }
    }

    /// Reads all files in an archive or image that was found, not named.
    fn at_volumes(&self, label: &str, opened: &source::Opened, parts: &mut ResultBatch<'_>) -> ControlFlow<()> {
        for fault in &opened.faults {
            parts.add(failed_within(label, fault, fault.severity(Discovery::Met)))?;
        }
        for part in &opened.volumes {
            let label = joined(label, &part.label);
            for member in walk::members(part, &self.request.walk, Discovery::Met) {
                match member {
                    Ok(member) => self.at_member(&label, &member, parts)?,
                    Err(fault) => parts.add(failed_within(&label, &fault, fault.severity_within()))?,
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Reads a stream whose first bytes, `head`, were read already; without a `reader` there are no more.
    fn at_stream(
        &self,
        label: Arc<str>,
        head: Vec<u8>,
        reader: Option<impl Read>,
        discovery: Discovery,
        parts: &mut ResultBatch<'_>,
    ) -> ControlFlow<()> {
        match Stream::open(Arc::clone(&label), head, reader, discovery, self.request, self.context) {
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
            Err(error) => {
                let fault = Fault::from(error);
                parts.add(ChunkResult::failed(label, &fault, fault.severity_within()))
            }
        }
    }
}

/// The result for something in an archive or image that could not be read.
pub(super) fn failed_within(container: &str, fault: &Fault, severity: Severity) -> ChunkResult {
    if fault.leads_out() {
        // Who resolves the path would be led elsewhere.
        let fault =
            Fault { path: String::new(), message: format!("{}: {}", fault.path, fault.message), ..fault.clone() };
        return ChunkResult::failed(Arc::from(container), &fault, severity);
    }
    ChunkResult::failed(Arc::from(joined(container, &fault.path)), fault, severity)
}

/// The path of a file in a container, or of the container itself if `inner` is empty.
pub(super) fn joined(container: &str, inner: &str) -> String {
    if inner.is_empty() { container.to_owned() } else { format!("{container}/{inner}") }
}
