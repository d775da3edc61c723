//! `jewelcase audit`: postoffices on disk, and lists of their serials.

use super::{
    ExitStatus, Failure, Options, calibrate, catalogue, input,
    project::{Project, start},
    protection::{Postoffices, Reads},
    sink::Sink,
};
use crate::{
    catalogue::Catalogue,
    model::inventory::{Inventory, LineFault},
    parse::{inventory, serial},
    postoffice::{
        survey::{Origin, Survey},
        walk,
    },
    source::{CodePage, Discovery, Fault, Input, Loss, Opened},
    wire::{
        Command, Entry, PostofficeProperties, Properties,
        mask::{self, Keys},
    },
};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    borrow::Cow,
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
    time::Duration,
};

/// The longest list that is read, in bytes.
const MAX_LIST_BYTES: u64 = 16 << 20;

/// The number of bytes of a file by which a text is recognised.
const SAMPLE_BYTES: u64 = 64 << 10;

#[derive(Args, Debug)]
pub(super) struct Audit {
    /// Folders, ZIP archives, disk images (FAT, ISO 9660; raw, or in raw CD sectors, VHD, VDI, QCOW2, VMDK), or lists of postoffices; - is standard input.
    ///
    /// Postoffices are found at any depth by GLB/MASTER.GLB, in upper or lower case. Symbolic links below a path are not
    /// followed. A list is a table with headings (network, postoffice, serial, path, type), lines `NET/PO serial`, the text of event 4188,
    /// or a status screen of EXTERNAL. Nothing is ever written to the inputs.
    #[arg(value_name = "PATH", required_unless_present = "calibrate", conflicts_with = "calibrate")]
    paths: Vec<PathBuf>,
    /// A list with the serials of the postoffices, by their paths or names.
    #[arg(long, value_name = "FILE", conflicts_with = "calibrate")]
    inventory: Vec<PathBuf>,
    /// Postoffices with a known serial: find out where MASTER.GLB stores it. Repeat --calibrate for each serial.
    #[arg(long, value_names = ["SERIAL", "PATH"], num_args = 2..)]
    calibrate: Vec<String>,
    /// Write the location that two or more serials prove to a rule file, for the folder `locators` of --rules DIR.
    #[arg(long, value_name = "FILE", requires = "calibrate")]
    write: Option<PathBuf>,
    /// Code page of non-ASCII DOS names.
    #[arg(long, value_enum, default_value_t = Page::Cp437, value_name = "NUMBER")]
    code_page: Page,
    /// Number of postoffices that are read at the same time [default: the processors of the machine].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Show no progress on standard error.
    #[arg(long)]
    no_progress: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Page {
    #[value(name = "437")]
    Cp437,
    #[value(name = "850")]
    Cp850,
}

impl Audit {
    /// The inputs that it reads by name.
    pub(super) fn reads(&self) -> Reads {
        let known = self.calibrate.iter().map(PathBuf::from);
        let paths = self.paths.iter().chain(&self.inventory).cloned().chain(known).collect();
        let config_from = self.calibrate.is_empty().then(|| start(&self.paths).to_owned());
        Reads { paths, config_from, postoffices: Postoffices::Sought }
    }

    /// The rule file for the location of serials that it writes.
    pub(super) fn locators(&self) -> Option<&Path> {
        self.write.as_deref()
    }
}

pub(super) fn run(arguments: &Audit, options: &Options) -> Result<ExitStatus, Failure> {
    let threads = |number: usize| rayon::ThreadPoolBuilder::new().num_threads(number).use_current_thread().build();
    // If the system has no more threads to give, the current one does the work.
    let threads = threads(arguments.jobs.map_or(0, usize::from)).or_else(|_| threads(1));
    let threads = threads.map_err(|error| Failure::Usage(format!("the threads cannot be started: {error}")))?;
    let code_page = match arguments.code_page {
        Page::Cp437 => CodePage::Cp437,
        Page::Cp850 => CodePage::Cp850,
    };
    if !arguments.calibrate.is_empty() {
        let known = calibrate::groups(&arguments.calibrate)?;
        return threads.install(|| calibrate::run(&known, arguments.write.as_deref(), code_page, options));
    }
    let catalogue = catalogue(options)?;
    let (paths, completeness) = input::present(&arguments.paths)?;
    let project = Project::open(options, catalogue, &arguments.paths)?;
    if options.project.show_config {
        return project.show(options);
    }
    let progress = progress(arguments, options);
    let audits = threads.install(|| {
        let mut survey = Survey::new(catalogue);
        for file in &arguments.inventory {
            let name = file.to_string_lossy();
            let unreadable = |fault: Fault| Failure::Usage(format!("{name}: {}: {fault}", fault.rule));
            let content = open(file, code_page).map_err(unreadable)?;
            let Content::Text(text) = content else {
                return Err(Failure::Usage(format!(
                    "{name}: expected a list of postoffices; found an archive or an image"
                )));
            };
            match inventory::read(&text) {
                Ok(list) => {
                    survey.unreadable_lines(&name, &list);
                    survey.reference(&name, list);
                }
                Err(fault) => return Err(Failure::Usage(format!("{name}:{}: {}", fault.line, fault.message))),
            }
        }
        for path in &paths {
            look(&mut survey, path, code_page, &progress);
        }
        Ok(survey.finish())
    })?;
    progress.finish_and_clear();
    let mut sink = Sink::open(project, options, Command::Audit, catalogue)?;
    let keys = sink.keys();
    audits.iter().try_for_each(|audit| sink.entry(masked(Entry::from(audit), catalogue, keys)))?;
    sink.end(completeness)
}

/// An entry for a postoffice in whose names possible keys are masked: a list can have a key in any of its columns.
fn masked<'a>(mut entry: Entry<'a>, catalogue: &Catalogue, keys: Keys) -> Entry<'a> {
    let mask = |text: &mut Cow<'a, str>| *text = Cow::Owned(mask::text(catalogue, text, keys).into_owned());
    let located = entry.findings.iter_mut().filter_map(|finding| finding.location.as_mut());
    let mask_path = |text: &mut Cow<'a, str>| *text = Cow::Owned(mask::path(catalogue, text, keys).into_owned());
    located.chain(entry.location.as_mut()).for_each(|location| mask_path(&mut location.path));
    mask_path(&mut entry.label);
    if let Properties::Postoffice(postoffice) = &mut entry.properties {
        let PostofficeProperties { path, network, postoffice, serial, serial_evidence, .. } = postoffice;
        path.iter_mut().for_each(mask_path);
        [network, postoffice].into_iter().flatten().for_each(mask);
        let is_serial = |text: &str| serial::number(text).is_some();
        if let Some(text) = serial.as_mut().filter(|text| !is_serial(text)) {
            let (written, shown) = (text.to_string(), mask::text(catalogue, text, keys).into_owned());
            let replaced = |text: &str| text.replace(&written, &shown);
            for finding in &mut entry.findings {
                finding.message = Cow::Owned(replaced(&finding.message));
            }
            *serial_evidence = serial_evidence.take().map(|text| Cow::Owned(replaced(&text)));
            *text = Cow::Owned(shown);
        }
    }
    entry
}

/// Reads one path, whatever it leads to.
fn look(survey: &mut Survey<'_>, path: &Path, code_page: CodePage, progress: &ProgressBar) {
    let name = path.to_string_lossy();
    let opened = match open(path, code_page) {
        Ok(Content::Volumes(opened)) => opened,
        Ok(Content::Text(text)) => return look_at_list(survey, &name, &text),
        Err(fault) => return survey.unreadable(&name, "unknown", &[fault]),
    };
    let identity = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let origin = Origin { path: &name, identity: &identity.to_string_lossy() };
    let mut found = 0_usize;
    for part in &opened.volumes {
        found = found.saturating_add(survey.volume(origin, part, &|| progress.inc(1)));
    }
    if !opened.faults.is_empty() {
        survey.unreadable(&name, walk::IMAGE, &opened.faults);
    }
    if found == 0 && opened.faults.iter().all(|fault| fault.loss == Loss::None) {
        let kinds: Vec<_> = opened.volumes.iter().map(|part| part.volume.kind().name()).collect();
        let kinds = kinds.join(", ");
        match holds_master(path) {
            true => survey.folder_glb(&name, &kinds),
            false => survey.nothing(&name, &kinds),
        }
    }
}

/// Returns `true` if a folder itself contains MASTER.GLB, in upper or lower case.
fn holds_master(path: &Path) -> bool {
    let mut entries = path.read_dir().into_iter().flatten().flatten();
    entries.any(|entry| entry.file_name().eq_ignore_ascii_case("MASTER.GLB"))
}

/// The contents of a path, as far as an audit needs them.
enum Content {
    Volumes(Opened),
    Text(String),
}

fn open(path: &Path, code_page: CodePage) -> Result<Content, Fault> {
    let file = match Input::open(path, code_page)? {
        Input::Folder(folder) => return Ok(Content::Volumes(Opened { volumes: vec![folder], faults: Vec::new() })),
        Input::Piped(pipe) if !pipe.holds_files() => return Ok(Content::Text(text(pipe.reader()?)?)),
        Input::Piped(pipe) => pipe.hold(code_page)?,
        Input::File(file) => file,
    };
    if let Some(opened) = file.open(Discovery::Named)? {
        return Ok(Content::Volumes(opened));
    }
    let mut sample = Vec::new();
    file.reader()?.take(SAMPLE_BYTES).read_to_end(&mut sample)?;
    if !inventory::is_text(&sample) || sample.is_empty() && path != Path::new("-") {
        let found = if sample.is_empty() { "an empty file" } else { "nothing of the kind" };
        let message = format!("expected a folder, an archive, an image or a list of postoffices; found {found}");
        return Err(walk::fault("input/unsupported-image", "", message));
    }
    Ok(Content::Text(text(file.reader()?)?))
}

fn look_at_list(survey: &mut Survey<'_>, name: &str, text: &str) {
    let fault = |rule, message| walk::fault(rule, "", message);
    match inventory::read(text) {
        Ok(list) => {
            survey.inventory(name, &list);
            survey.unreadable_lines(name, &list);
        }
        Err(LineFault { line, message }) => {
            let message = format!("line {line}: {message}");
            survey.unreadable(name, "text", &[fault("input/unsupported-image", message)]);
        }
    }
}

impl Survey<'_> {
    /// Reports lines of a list that could not be read.
    fn unreadable_lines(&mut self, file: &str, list: &Inventory) {
        let fault = |line, message| Fault::unreadable("", format!("line {line}: {message}"));
        let faults = list.faults.iter().map(|LineFault { line, message }| fault(line, message));
        let faults: Vec<_> = faults.collect();
        if !faults.is_empty() {
            self.unreadable(file, "inventory", &faults);
        }
    }
}

/// A list as text.
fn text(reader: impl Read) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    reader.take(MAX_LIST_BYTES).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == MAX_LIST_BYTES {
        let message = format!("a list has less than {MAX_LIST_BYTES} bytes");
        return Err(walk::fault("input/truncated", "", message));
    }
    Ok(inventory::text(&bytes))
}

/// A count of postoffices on standard error, if it is a terminal.
fn progress(arguments: &Audit, options: &Options) -> ProgressBar {
    if arguments.no_progress || options.quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let progress = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} postoffices, {elapsed}") {
        progress.set_style(style);
    }
    progress.enable_steady_tick(Duration::from_millis(200));
    progress
}
