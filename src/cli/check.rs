//! `jewelcase check`: keys and serials before Setup runs.

use super::{ExitStatus, Failure, Options, catalogue, completeness::Completeness, project::Project, sink::Sink};
use crate::{
    catalogue::Catalogue,
    judge::{judge, judge_no_key},
    model::{situation::Situation, sku::Sku, subject::Subject},
    wire::{Command, Entry, Located, Location},
};
use clap::{Args, builder::PossibleValue};
use std::{
    ffi::OsString,
    io::{self, BufRead, Read},
};

/// The longest line that is read as a key, in bytes. The longest form has 29 characters.
const LONGEST_LINE: u64 = 1 << 20;

#[derive(Args, Debug)]
pub(super) struct Check {
    /// Keys, Product IDs or serials, in any spelling; `-` reads one a line from standard input.
    #[arg(value_name = "KEY", required_unless_present = "no_key", conflicts_with = "no_key")]
    keys: Vec<OsString>,
    /// There is no key in the box: what to do?
    #[arg(long, requires = "product")]
    no_key: bool,
    /// The product whose Setup asks, such as outlook-97 (see `jewelcase rules list`).
    #[arg(long, value_name = "ID")]
    product: Option<String>,
    /// The channel that it was sold through.
    #[arg(long, value_enum, value_name = "SKU")]
    sku: Option<Sku>,
    /// The package that it came in, such as backoffice-server-4.0.
    #[arg(long, value_name = "PACKAGE")]
    from: Option<String>,
}

impl clap::ValueEnum for Sku {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.id()))
    }
}

pub(super) fn run(check: &Check, options: &Options) -> Result<ExitStatus, Failure> {
    let catalogue = catalogue(options)?;
    let situation = Situation { product: check.product.as_deref(), sku: check.sku, package: check.from.as_deref() };
    // Unknown ids are told before anything is written.
    situation.product.map(|id| catalogue.products.find(id)).transpose()?;
    situation.package.map(|id| catalogue.packages.find(id)).transpose()?;
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
    if check.no_key {
        run.report(judge_no_key(catalogue, &situation)?, None)?;
    }
    for key in &check.keys {
        if key == "-" {
            run.standard_input()?;
        } else {
            run.key(&key.to_string_lossy(), None)?;
        }
    }
    run.sink.end(run.completeness)
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
            column: text.chars().take_while(|c| c.is_whitespace()).count() as u64 + 1,
        });
        self.report(subject, location)
    }

    fn report(&mut self, subject: Subject, location: Option<Location<'static>>) -> Result<(), Failure> {
        let located = Located { subject, location };
        self.sink.key(Entry::of_key(&located, self.sink.keys()), &located)
    }

    /// One key a line; blank lines are passed over, and a line that is too long to be one is told and passed over.
    fn standard_input(&mut self) -> Result<(), Failure> {
        let mut input = io::stdin().lock();
        let mut line = Vec::new();
        let (mut number, mut found) = (0, false);
        loop {
            line.clear();
            number += 1;
            let read = match input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(read) => read as u64,
                Err(error) => {
                    return Err(Failure::Usage(format!("-:{number}: input/unreadable: {error}")));
                }
            };
            if read == LONGEST_LINE && line.last() != Some(&b'\n') {
                input
                    .skip_until(b'\n')
                    .map_err(|error| Failure::Usage(format!("-:{number}: input/unreadable: {error}")))?;
                eprintln!(
                    "jewelcase: -:{number}: input/truncated: the line is longer than {LONGEST_LINE} bytes, so it is not a key; skipped"
                );
                (self.completeness, found) = (Completeness::Partial, true);
                continue;
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\r', '\n']);
            // The byte order mark of a file stands in no column.
            let text = if number == 1 { text.trim_start_matches('\u{FEFF}') } else { text };
            if !text.trim().is_empty() {
                found = true;
                self.key(text, Some(number))?;
            }
        }
        if !found {
            return Err(Failure::Usage("standard input holds no key".to_owned()));
        }
        Ok(())
    }
}
