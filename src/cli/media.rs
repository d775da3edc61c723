//! `jewelcase media`: the product and the prompt of install discs, images, folders and lists of their files.

use super::{
    ExitStatus, Failure, Options, catalogue,
    disc::masked,
    input,
    project::{Project, start},
    protection::Reads,
    sink::Sink,
};
use crate::{
    catalogue::Catalogue,
    judge::finding,
    media::{VolumeContents, recognise},
    model::recognition::Recognition,
    parse::file_list,
    source::{CodePage, Discovery, Fault, Input, InputFile, Opened, encoding::Guess},
    wire::{Command, Entry},
};
use clap::Args;
use std::{
    io::Read,
    path::{Path, PathBuf},
};

/// The longest list of files that is read, in bytes: some 200,000 files.
const LONGEST_LIST: u64 = 16 << 20;

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  jewelcase media nt4.iso                          a CD image, a floppy image, or the mounted disc
  dir /s d: > disc.txt & jewelcase media disc.txt  the names, sizes and dates are often enough
  jewelcase media - < listing.txt                  the same from standard input
  jewelcase check 111-1111111 --media nt4.iso      the key for this disc")]
pub(super) struct Media {
    /// Folders, CD and floppy images, archives, or saved lists of files (DIR /S, find, ls -lR, isoinfo -l, unzip -l); - is standard input.
    ///
    /// The disc is recognised by the names, sizes and dates of its files, its volume label, and its small text files. Only the folders
    /// that a marker names are read. If the root is not a known disc, the folders in it are looked at as discs of their own.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

impl Media {
    /// The inputs that it reads by name.
    pub(super) fn reads(&self) -> Reads {
        Reads { paths: self.paths.clone(), config_from: Some(start(&self.paths).to_owned()), ..Reads::default() }
    }
}

pub(super) fn run(arguments: &Media, options: &Options) -> Result<ExitStatus, Failure> {
    let catalogue = catalogue(options)?;
    let (paths, completeness) = input::present(&arguments.paths)?;
    let project = Project::open(options, catalogue, &arguments.paths)?;
    if options.project.show_config {
        return project.show(options);
    }
    let mut sink = Sink::open(project, options, Command::Media, catalogue)?;
    let keys = sink.keys();
    for path in &paths {
        for recognised in look(catalogue, path) {
            sink.entry(masked(Entry::from(&recognised), catalogue, keys))?;
        }
    }
    sink.end(completeness)
}

/// Recognises the discs at one path: each partition of an image is a volume.
pub(super) fn look(catalogue: &Catalogue, path: &Path) -> Vec<Recognition> {
    let name = path.to_string_lossy();
    let opened = match open(path) {
        Ok(Content::Volumes(opened)) => opened,
        Ok(Content::List(text)) => {
            let Some(list) = file_list::read(&text) else {
                let message = "expected a folder, an archive, an image or a list of files; found nothing of the kind";
                let fault = Fault { rule: "input/unsupported-image", ..Fault::unreadable("", message) };
                return vec![unread(catalogue, &name, &[fault])];
            };
            return recognise(catalogue, &name, &list);
        }
        Err(fault) => return vec![unread(catalogue, &name, &[fault])],
    };
    let mut found = Vec::new();
    for part in &opened.volumes {
        let path = match part.label.as_str() {
            "" => name.to_string(),
            label => format!("{}/{label}", name.trim_end_matches('/')),
        };
        found.extend(recognise(catalogue, &path, &VolumeContents::new(part)));
    }
    if !opened.faults.is_empty() {
        found.push(unread(catalogue, &name, &opened.faults));
    }
    found
}

/// What a path holds, as far as discs are concerned.
enum Content {
    Volumes(Opened),
    List(String),
}

fn open(path: &Path) -> Result<Content, Fault> {
    let code_page = CodePage::default();
    let file = match Input::open(path, code_page)? {
        Input::Folder(folder) => return Ok(Content::Volumes(Opened { volumes: vec![folder], faults: Vec::new() })),
        Input::Piped(pipe) if !pipe.holds_files() => return Ok(Content::List(text(pipe.reader()?)?)),
        Input::Piped(pipe) => pipe.hold(code_page)?,
        Input::File(file) => file,
    };
    match file.open(Discovery::Named) {
        Ok(Some(opened)) => Ok(Content::Volumes(opened)),
        Ok(None) => list(&file),
        Err(fault) => Err(fault),
    }
}

/// A file that is neither an archive nor an image, as a text.
fn list(file: &InputFile) -> Result<Content, Fault> {
    Ok(Content::List(text(file.reader()?)?))
}

fn text(reader: impl Read) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    reader.take(LONGEST_LIST).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == LONGEST_LIST {
        let message = format!("a list of files has less than {LONGEST_LIST} bytes");
        return Err(Fault { rule: "input/truncated", ..Fault::unreadable("", message) });
    }
    let Guess { encoding, mark, .. } = Guess::of(&bytes);
    Ok(encoding.decode(bytes.get(mark..).unwrap_or_default()).into_owned())
}

/// An input that could not be read, or not to its end.
fn unread(catalogue: &Catalogue, path: &str, faults: &[Fault]) -> Recognition {
    let of = |fault: &Fault| crate::model::finding::Finding {
        severity: fault.severity_within(),
        ..finding(catalogue, fault.rule, &[("found", &fault.to_string())])
    };
    Recognition { path: path.to_owned(), findings: faults.iter().map(of).collect(), ..Recognition::default() }
}
