//! `jewelcase audit --calibrate`: finds the location of the serial in `MASTER.GLB`.

use super::{ExitStatus, Failure, Options, destination, format::DataFormat, output};
use crate::{
    model::postoffice::SerialNumber,
    parse::serial,
    postoffice::calibrate::{Calibrated, samples},
    report::json,
    source::{self, CodePage},
    wire,
};
use serde::Serialize;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

/// A serial and the paths of the postoffices that have it.
pub(super) type Known = (SerialNumber, Vec<PathBuf>);

/// Splits the arguments into groups, each of which begins with a serial. A path that looks like a serial is written `./32-64537`.
pub(super) fn groups(arguments: &[String]) -> Result<Vec<Known>, Failure> {
    let mut groups: Vec<Known> = Vec::new();
    for argument in arguments {
        match (serial::number(argument), groups.last_mut()) {
            (Some(number), _) => groups.push((number, Vec::new())),
            (None, Some((_, paths))) => paths.push(PathBuf::from(argument)),
            (None, None) => {
                return Err(Failure::Usage(format!(
                    "expected a serial such as 32-64537 after --calibrate, found `{argument}`"
                )));
            }
        }
    }
    match groups.iter().find(|(_, paths)| paths.is_empty()) {
        Some((number, _)) => {
            Err(Failure::Usage(format!("expected the path of a postoffice after the serial {number}")))
        }
        None => Ok(groups),
    }
}

pub(super) fn run(
    known: &[Known],
    write: Option<&Path>,
    code_page: CodePage,
    options: &Options,
) -> Result<ExitStatus, Failure> {
    let format = options.data_format()?;
    let mut all = Vec::new();
    for (number, paths) in known {
        for path in paths {
            let name = path.to_string_lossy();
            let unreadable = |fault: &source::Fault| Failure::Usage(format!("{name}: {}: {fault}", fault.rule));
            let opened = source::open_with(path, code_page).map_err(|fault| unreadable(&fault))?;
            let before = all.len();
            for part in &opened.volumes {
                let found = samples(part, &name, *number);
                all.extend(
                    found.map_err(|faults| faults.first().map_or(Failure::Usage(name.to_string()), unreadable))?,
                );
            }
            if all.len() == before {
                return Err(Failure::Usage(format!("{name}: postoffice/not-found: no postoffice was found here")));
            }
        }
    }
    let calibrated = Calibrated::of(all);
    if let Some(path) = write {
        let Some(file) = calibrated.serial_location() else {
            return Err(Failure::Usage(format!("{}nothing was written", calibrated.summary())));
        };
        // An existing file is not overwritten.
        if path.symlink_metadata().is_ok() {
            let error = io::Error::other("this file is there already, and is left as it is");
            return Err(Failure::OutputFile { path: path.to_owned(), error });
        }
        destination::write(path, file.as_bytes())?;
    }
    let mut out = output::open(options)?;
    match format {
        DataFormat::Human => write!(out, "{}", calibrated.summary())?,
        DataFormat::Json => json::value(&mut out, &Told::of(&calibrated))?,
        DataFormat::Ndjson => json::line(&mut out, &Told::of(&calibrated))?,
    }
    out.finish()?;
    Ok(if calibrated.places.is_empty() { ExitStatus::Found } else { ExitStatus::Clean })
}

#[derive(Serialize)]
struct Told {
    schema: &'static str,
    samples: Vec<Sample>,
    places: Vec<CalibratedPosition>,
}

#[derive(Serialize)]
struct Sample {
    path: String,
    serial: String,
}

#[derive(Serialize)]
struct CalibratedPosition {
    offset: usize,
    encoding: &'static str,
    xor: u8,
}

impl Told {
    fn of(calibrated: &Calibrated) -> Self {
        let samples = calibrated.samples.iter();
        let places = calibrated.places.iter();
        Self {
            schema: wire::SCHEMA,
            samples: samples
                .map(|sample| Sample { path: sample.path.clone(), serial: sample.serial.to_string() })
                .collect(),
            places: places
                .map(|place| CalibratedPosition { offset: place.offset, encoding: place.encoding.id(), xor: place.xor })
                .collect(),
        }
    }
}
