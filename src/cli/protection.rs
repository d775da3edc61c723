//! Protects the inputs of a run from its outputs: every output is checked before anything is opened.

use super::{
    Failure, Options,
    destination::{Descriptor, descriptor},
};
use crate::{config::file, source::identity::FileIdentity};
use std::{
    fs::{self, File, Metadata},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// The number of bytes at the beginning, and at the end, of a file by which a report of this program is recognised.
const SAMPLE_BYTES: u64 = 2048;

/// The extensions of images whose parts, or whose description, are files beside them.
const EXTENSIONS_WITH_PARTS: [&str; 10] = ["bin", "ccd", "cue", "img", "iso", "mdf", "mds", "sub", "toc", "vmdk"];

/// The extensions and names of files that change how a run works, even if the user did not name them.
const RULE_FILES: [&str; 3] = [".gitignore", ".ignore", crate::config::NAME];

/// The inputs that a run reads by name.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// Files and folders; `-` is standard input.
    pub(super) paths: Vec<PathBuf>,
    /// The path from which the configuration is searched for; `None` if none is read.
    pub(super) config_from: Option<PathBuf>,
    /// The search for postoffices in the paths.
    pub(super) postoffices: Postoffices,
}

/// The choice to look for postoffices or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Postoffices {
    /// They are looked for.
    Sought,
    /// They are not.
    #[default]
    Unread,
}

/// A file that a run writes.
struct Output<'o> {
    option: &'static str,
    path: &'o Path,
}

/// Refuses an output that would change an input of the run.
///
/// # Errors
/// The first such output, with the reason.
pub(super) fn check(reads: &Reads, options: &Options, locators: Option<&Path>) -> Result<(), Failure> {
    let named = [
        ("--output", options.output.as_deref()),
        ("--write-baseline", options.project.write_baseline.as_deref()),
        ("--write", locators),
    ];
    let outputs: Vec<_> =
        named.into_iter().filter_map(|(option, path)| path.map(|path| Output { option, path })).collect();
    let own = options.rules.iter().cloned();
    let read: Vec<PathBuf> = reads.paths.iter().cloned().chain(own).chain(config(reads, options)).collect();
    for output in &outputs {
        let read_again = options.project.baseline.as_ref().filter(|_| output.option != "--write-baseline");
        let read = read.iter().chain(read_again);
        check_output(output, &read.map(PathBuf::as_path).collect::<Vec<_>>(), reads.postoffices)
            .map_err(|reason| Failure::Protected { path: output.path.to_owned(), option: output.option, reason })?;
    }
    let clash = outputs.iter().enumerate().find_map(|(at, one)| {
        let others = outputs.get(at.saturating_add(1)..).unwrap_or_default();
        others.iter().find(|other| is_same_place(one.path, other.path))
    });
    if let Some(Output { option, path }) = clash {
        let reason = "another option of this run writes to it, too";
        return Err(Failure::Protected { path: path.to_path_buf(), option, reason: reason.to_owned() });
    }
    check_stdout(&reads.paths)
}

/// The configuration that the run will find.
fn config(reads: &Reads, options: &Options) -> Option<PathBuf> {
    let start = reads.config_from.as_ref().filter(|_| !options.project.no_config)?;
    file::find(start)
}

fn check_output(output: &Output<'_>, read: &[&Path], postoffices: Postoffices) -> Result<(), String> {
    let path = output.path;
    let stream = descriptor(path);
    let there = fs::symlink_metadata(path).ok();
    let target = fs::metadata(path).ok();
    if stream.is_none() && there.as_ref().is_some_and(Metadata::is_symlink) {
        // If it exists and is not a file, it is a device, a pipe or a folder.
        if target.as_ref().is_none_or(Metadata::is_file) {
            return Err("this is a symbolic link: name the file itself".to_owned());
        }
    }
    if target.as_ref().is_some_and(is_drive) {
        return Err("this is a drive, and a report would overwrite it".to_owned());
    }
    if let Some(identity) = FileIdentity::of(path).filter(|_| is_guarded(target.as_ref(), stream)) {
        let same = read.iter().find(|read| FileIdentity::of(read).as_ref() == Some(&identity));
        if let Some(same) = same {
            return Err(format!("this run reads {}, which is the same file", same.display()));
        }
        if stdin_file().as_ref() == Some(&identity) {
            return Err("standard input is this file".to_owned());
        }
    }
    if stream.is_some() {
        return Ok(());
    }
    let Some(place) = resolved(path) else { return Ok(()) };
    if postoffices == Postoffices::Sought
        && let Some(postoffice) = postoffice_around(&place)
    {
        return Err(format!("this is inside the postoffice {}, to which nothing is written", postoffice.display()));
    }
    if target.is_some_and(|target| target.is_file()) && is_near(&place, read) && !is_own(path) {
        return Err(
            "this file is among those that are read, and is neither empty nor a report of this program".to_owned()
        );
    }
    Ok(())
}

/// Returns `true` if writing can change a target's contents. Bytes read from a terminal or a pipe are consumed anyway.
fn is_guarded(target: Option<&Metadata>, stream: Option<Descriptor>) -> bool {
    match stream {
        Some(Descriptor::Output | Descriptor::Error | Descriptor::Other) => target.is_some_and(Metadata::is_file),
        None => target.is_some_and(|target| !is_terminal(target)),
    }
}

/// Returns `true` for a device whose input and output are independent, such as a terminal or /dev/null.
fn is_terminal(target: &Metadata) -> bool {
    #[cfg(unix)]
    let is_device = std::os::unix::fs::FileTypeExt::is_char_device(&target.file_type());
    #[cfg(not(unix))]
    let is_device = !target.is_file();
    is_device
}

fn is_drive(target: &Metadata) -> bool {
    #[cfg(unix)]
    let is_drive = std::os::unix::fs::FileTypeExt::is_block_device(&target.file_type());
    #[cfg(not(unix))]
    let is_drive = !target.is_file() && !target.is_dir();
    is_drive
}

/// The identity of standard input, if it is a file.
fn stdin_file() -> Option<FileIdentity> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let file = File::from(io::stdin().as_fd().try_clone_to_owned().ok()?);
        FileIdentity::of_open(&file)
    }
    #[cfg(not(unix))]
    None
}

/// Refuses an input file that is also the target of standard output: each line of the report would be read again.
fn check_stdout(read: &[PathBuf]) -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let stdout = io::stdout().as_fd().try_clone_to_owned().ok().map(File::from);
        let Some(identity) = stdout.as_ref().and_then(FileIdentity::of_open) else { return Ok(()) };
        let same = read.iter().find(|path| FileIdentity::of(path).as_ref() == Some(&identity));
        if let Some(path) = same {
            let reason = "standard output goes to this file, which this run reads".to_owned();
            return Err(Failure::Protected { path: path.clone(), option: "> FILE", reason });
        }
    }
    let _ = read;
    Ok(())
}

/// The path of a file, without links or `..`; the file itself may be missing.
fn resolved(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

fn is_same_place(one: &Path, other: &Path) -> bool {
    match (FileIdentity::of(one), FileIdentity::of(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => resolved(one).is_some_and(|one| resolved(other) == Some(one)),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Returns `true` if a file is in a folder that is read, belongs to an image that is, or contains rules by which folders are read.
fn is_near(place: &Path, read: &[&Path]) -> bool {
    let holds_rules = place.file_name().is_some_and(|name| RULE_FILES.iter().any(|rules| name == *rules))
        || place.ends_with(".git/info/exclude");
    let is_near = |read: &&Path| {
        let Ok(read) = read.canonicalize() else { return false };
        let has_parts = read
            .extension()
            .and_then(|ending| ending.to_str())
            .is_some_and(|ending| EXTENSIONS_WITH_PARTS.iter().any(|other| ending.eq_ignore_ascii_case(other)));
        match read.is_dir() {
            true => place.starts_with(&read) || holds_rules,
            false => has_parts && read.parent() == place.parent(),
        }
    };
    read.iter().any(is_near)
}

/// The postoffice whose folder contains a file.
fn postoffice_around(place: &Path) -> Option<&Path> {
    let named = |folder: &Path, name: &str| {
        let mut entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
        entries.find(|entry| entry.file_name().eq_ignore_ascii_case(name)).map(|entry| entry.path())
    };
    let is_postoffice = |folder: &&Path| named(folder, "GLB").is_some_and(|glb| named(&glb, "MASTER.GLB").is_some());
    place.ancestors().skip(1).find(is_postoffice)
}

/// Returns `true` if a file is empty, or begins like a report of this program. The report for people is recognised by its end.
fn is_own(path: &Path) -> bool {
    let sample = || -> io::Result<(Vec<u8>, Vec<u8>)> {
        let mut file = File::open(path)?;
        let (mut head, mut tail) = (Vec::new(), Vec::new());
        file.by_ref().take(SAMPLE_BYTES).read_to_end(&mut head)?;
        let length = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(length.saturating_sub(SAMPLE_BYTES)))?;
        file.take(SAMPLE_BYTES).read_to_end(&mut tail)?;
        Ok((head, tail))
    };
    sample().is_ok_and(|(head, tail)| {
        head.is_empty()
            || is_report(&String::from_utf8_lossy(&head))
            || ends_for_people(&String::from_utf8_lossy(&tail))
    })
}

/// Returns `true` if a text begins like a report in one of the formats, a baseline, or the facts of a postoffice for people.
fn is_report(head: &str) -> bool {
    const REPORT_BEGINNINGS: [&str; 7] = [
        "{\n  \"schema\": \"jewelcase",
        "{\"schema\":\"jewelcase",
        "{\"summary\":{\"subjects\":",
        "{\n\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\": \"2.1.0\",\n\"runs\": [{\n\"columnKind\"",
        "path,line,column,kind,label,form,product,sku,from,verdict,rule,severity,basis,message,remedies,state,",
        "::error file=",
        "::warning file=",
    ];
    let xml =
        head.split_once("?>").is_some_and(|(_, rest)| rest.trim_start().starts_with("<testsuites name=\"jewelcase\""));
    let html = head.starts_with("<!DOCTYPE html>") && head.contains("name=\"generator\" content=\"jewelcase ");
    let facts = head.contains("\n  class: ") && head.contains("\n  read from: ");
    let lines = head.starts_with("{\"kind\":\"") && head.contains("\",\"label\":\"") && head.contains("\"verdict\":\"");
    REPORT_BEGINNINGS.iter().any(|beginning| head.starts_with(beginning)) || lines || xml || html || facts
}

/// Returns `true` if a text ends with the counts of a report for people.
fn ends_for_people(tail: &str) -> bool {
    let is_count = |line: &str| {
        line.split_once(" in all").is_some_and(|(count, rest)| {
            !count.is_empty()
                && count.bytes().all(|byte| byte.is_ascii_digit())
                && (rest.is_empty() || rest.starts_with(": "))
        })
    };
    tail.lines().rev().take(3).any(is_count)
}

#[cfg(test)]
mod tests {
    use super::{ends_for_people, is_report};

    /// A list of keys is not a report, whatever it contains: overwriting it would lose it.
    #[test]
    fn lists_are_no_reports() {
        for list in ["111-1111111\n", "333-1111111: rejected\n", "{\"key\":\"111-1111111\"}\n", "path,line\n", "<html>"]
        {
            assert!(!is_report(list) && !ends_for_people(list), "{list}");
        }
        assert!(ends_for_people("x\n12 in all: 10 well formed, 2 rejected\n") && ends_for_people("0 in all\n"));
    }
}
