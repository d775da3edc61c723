//! `jewelcase check`: keys and serials before Setup runs.

use super::{
    ExitStatus, Failure, Options, catalogue, completeness::Completeness, disc::masked, project::Project, sink::Sink,
};
use crate::{
    catalogue::Catalogue,
    identify::identify,
    judge::{judge, judge_no_key},
    media::compare,
    model::{recognition::Recognition, situation::Situation, sku::Sku, subject::Subject},
    parse::{remark::is_remark, written::written},
    source::encoding::{Encoding, Guess, Utf16},
    wire::{Command, Entry, Located, Location},
};
use clap::{
    Arg, Args, ValueEnum,
    builder::{EnumValueParser, PossibleValue, TypedValueParser},
};
use std::{
    ffi::{OsStr, OsString},
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// The longest line that is read as a key, in bytes. The longest form has 29 characters.
const MAX_LINE_BYTES: u64 = 1 << 20;

/// The number of bytes of standard input by which its encoding is recognised.
const HEAD_BYTES: u64 = 1 << 12;

#[derive(Args, Debug)]
pub(super) struct Check {
    /// Keys, Product IDs or serials, in any spelling; `-` reads a list from standard input.
    #[arg(value_name = "KEY", required_unless_present = "no_key", conflicts_with = "no_key")]
    keys: Vec<OsString>,
    /// There is no key in the box: say what to do.
    #[arg(long, requires = "product")]
    no_key: bool,
    /// The product whose Setup asks, by id or by name: outlook-97, "Windows 95", NT4 (see `jewelcase rules list`).
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// The channel that it was sold through.
    #[arg(long, value_parser = SkuName, value_name = "SKU")]
    sku: Option<Sku>,
    /// The install disc, an image, a folder or a list of its files: its product and channel are used, as far as it tells them.
    #[cfg(feature = "scan")]
    #[arg(long, value_name = "PATH")]
    media: Option<std::path::PathBuf>,
    /// The package that it came in, by id or by name, such as backoffice-server-4.0.
    #[arg(long, value_name = "PACKAGE")]
    from: Option<String>,
}

impl ValueEnum for Sku {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.id()))
    }
}

/// Reads a channel by any of its names; completions offer the ids.
#[derive(Clone, Copy, Debug)]
pub(super) struct SkuName;

impl TypedValueParser for SkuName {
    type Value = Sku;

    fn parse_ref(&self, command: &clap::Command, argument: Option<&Arg>, value: &OsStr) -> Result<Sku, clap::Error> {
        match value.to_str().and_then(Sku::named) {
            Some(sku) => Ok(sku),
            None => EnumValueParser::new().parse_ref(command, argument, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Sku::ALL.iter().filter_map(Sku::to_possible_value)))
    }
}

pub(super) fn run(check: &Check, options: &Options) -> Result<ExitStatus, Failure> {
    let catalogue = catalogue(options)?;
    let (product, package) = (check.product.as_deref(), check.from.as_deref());
    let named = Situation { product, sku: check.sku, package, ..Situation::default() };
    // Unknown names are reported before anything is written.
    let mut situation = named.resolve(catalogue)?;
    let discs = discs(check, catalogue, situation.product)?;
    if let [disc] = discs.as_slice() {
        // The user knows better than a disc that tells nothing.
        situation.product = situation.product.or(disc.product());
        situation.sku = situation.sku.or(disc.sku.filter(|_| situation.product == disc.product()));
    }
    let project = Project::open(options, catalogue, &[])?;
    if options.project.show_config {
        return project.show(options);
    }
    let mut run = Run {
        catalogue,
        situation,
        sink: Sink::open(project, options, Command::Check, catalogue)?,
        completeness: Completeness::Whole,
    };
    for disc in &discs {
        run.disc(disc)?;
    }
    if check.no_key {
        run.report(judge_no_key(catalogue, &situation)?, None)?;
    }
    for key in &check.keys {
        let text = key.to_string_lossy();
        if key == "-" {
            run.standard_input()?;
            continue;
        }
        if is_path(catalogue, key, &text) {
            let read = format!("{text} is a file or folder, not a key: `jewelcase scan {text}` reads the keys in it");
            return Err(Failure::Usage(read));
        }
        for key in pasted(catalogue, &text) {
            run.key(key, None)?;
        }
    }
    run.sink.end(run.completeness)
}

/// The discs at the path that the user names, compared with the product that the user names.
fn discs(check: &Check, catalogue: &Catalogue, product: Option<&str>) -> Result<Vec<Recognition>, Failure> {
    let mut discs = at_media(check, catalogue)?;
    for (disc, named) in discs.iter_mut().zip(product.into_iter().cycle()) {
        compare(catalogue, disc, named);
    }
    Ok(discs)
}

#[cfg(feature = "scan")]
fn at_media(check: &Check, catalogue: &Catalogue) -> Result<Vec<Recognition>, Failure> {
    let Some(path) = &check.media else { return Ok(Vec::new()) };
    super::input::present(std::slice::from_ref(path))?;
    Ok(super::media::look(catalogue, path))
}

/// Without the search for files, no disc can be named.
#[cfg(not(feature = "scan"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature `scan` it can fail")]
fn at_media(_check: &Check, _catalogue: &Catalogue) -> Result<Vec<Recognition>, Failure> {
    Ok(Vec::new())
}

/// One run of the command.
struct Run<'c> {
    catalogue: &'c Catalogue,
    situation: Situation<'c>,
    sink: Sink<'c>,
    completeness: Completeness,
}

impl Run<'_> {
    fn key(&mut self, text: &str, line: Option<u64>) -> Result<(), Failure> {
        let subject = judge(self.catalogue, text, &self.situation)?;
        let location = line.map(|line| Location {
            path: "-".into(),
            line,
            column: (text.chars().take_while(|c| c.is_whitespace()).count() as u64).saturating_add(1),
        });
        self.report(subject, location)
    }

    fn disc(&mut self, disc: &Recognition) -> Result<(), Failure> {
        let keys = self.sink.keys();
        self.sink.entry(masked(Entry::from(disc), self.catalogue, keys))
    }

    fn report(&mut self, subject: Subject, location: Option<Location<'static>>) -> Result<(), Failure> {
        let located = Located { subject, location };
        self.sink.key(Entry::of_key(&located, self.sink.keys()), &located)
    }

    /// Reads a list as `scan --as list` does: a key on each line, in any encoding, with comments. A line too long to be a key is reported
    /// and skipped.
    fn standard_input(&mut self) -> Result<(), Failure> {
        let failed = |number: u64, error: io::Error| Failure::Usage(format!("-:{number}: input/unreadable: {error}"));
        let mut head = Vec::new();
        io::stdin().lock().take(HEAD_BYTES).read_to_end(&mut head).map_err(|error| failed(1, error))?;
        let Guess { encoding, mark, .. } = Guess::of(&head);
        head.drain(..mark);
        let rest = io::Cursor::new(head).chain(io::stdin().lock());
        let mut input: Box<dyn BufRead> = match encoding {
            Encoding::Utf16Le | Encoding::Utf16Be => Box::new(BufReader::new(Utf16::new(rest, encoding))),
            Encoding::Utf8 | Encoding::Windows1252 | Encoding::Cp437 => Box::new(rest),
        };
        let encoding = if encoding.is_ascii_compatible() { encoding } else { Encoding::Utf8 };
        let mut line = Vec::new();
        let (mut number, mut found) = (0_u64, false);
        loop {
            line.clear();
            number = number.saturating_add(1);
            let read = match input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(read) => read as u64,
                Err(error) => return Err(failed(number, error)),
            };
            if read == MAX_LINE_BYTES && line.last() != Some(&b'\n') {
                input.skip_until(b'\n').map_err(|error| failed(number, error))?;
                eprintln!(
                    "jewelcase: -:{number}: input/truncated: the line is longer than {MAX_LINE_BYTES} bytes, so it is not a key; skipped"
                );
                (self.completeness, found) = (Completeness::Partial, true);
                continue;
            }
            let text = encoding.decode(&line);
            let text = text.trim_end_matches(['\r', '\n']);
            if !text.trim().is_empty() && !is_remark(text.as_bytes()) {
                found = true;
                self.key(text, Some(number))?;
            }
        }
        if !found {
            return Err(Failure::Usage("standard input contains no key".to_owned()));
        }
        Ok(())
    }
}

/// The keys of an argument, which can be several pasted at once, separated by spaces, commas or line ends. One number in groups stays one.
fn pasted<'t>(catalogue: &Catalogue, text: &'t str) -> Vec<&'t str> {
    let is_key = |text: &str| identify(catalogue, &written(text)).any_exact();
    if is_key(text) {
        return vec![text];
    }
    let marks = |c: char| matches!(c, ',' | ';' | '\n' | '\r');
    let by_marks: Vec<_> = text.split(marks).map(str::trim).filter(|part| !part.is_empty()).collect();
    if by_marks.len() > 1 && by_marks.iter().all(|part| is_key(part)) {
        return by_marks;
    }
    let by_spaces: Vec<_> =
        text.split(|c: char| marks(c) || c.is_whitespace()).filter(|part| !part.is_empty()).collect();
    // Digits without hyphens are the groups of one number.
    if by_spaces.len() > 1 && by_spaces.iter().all(|part| is_key(part) && written(part).groups.len() > 1) {
        return by_spaces;
    }
    vec![text]
}

/// Returns `true` if an argument does not resemble a key, and is the name of an existing file or folder.
fn is_path(catalogue: &Catalogue, argument: &OsStr, text: &str) -> bool {
    !identify(catalogue, &written(text)).any_exact() && Path::new(argument).exists()
}
