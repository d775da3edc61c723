//! `jewelcase addpack`: Client Add Packs before a disk is inserted.

use super::{
    ExitStatus, Failure, Options, catalogue, completeness::Completeness, input, project::Project, protection::Reads,
    sink::Sink,
};
use crate::{
    addpack::{read, simulate, suggest},
    model::{plan::Plan, sku::Sku},
    wire::{Command, Entry},
};
use clap::Args;
use std::path::Path;

/// The longest plan file, in bytes. A plan is about a page of text; a longer file is something else.
const MAX_FILE_BYTES: u64 = 1 << 20;

#[derive(Args, Debug)]
pub(super) struct Addpack {
    /// Packs in the order of their use, such as 4.0x5 or 4.0x5:used=5-10, or one plan file (*.toml, *.json, or - for standard input).
    ///
    /// A pack is its version, x, its licences, and its history after colons: new, protected, used=FROM-TO,
    /// other-server, tried-on-4.5, converted, defective.
    #[arg(value_name = "PACK", required = true)]
    packs: Vec<String>,
    /// The server: 4.0, 4.0a, 4.5 or nt4.
    #[arg(long, value_name = "SERVER")]
    server: Option<String>,
    /// The edition of the server: retail, nfr or msdn.
    #[arg(long, value_parser = super::check::SkuName, value_name = "EDITION")]
    edition: Option<Sku>,
    /// The number of licences that the server has now.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..), allow_negative_numbers = true)]
    licenses: Option<u32>,
    /// The server was installed again.
    #[arg(long)]
    reinstalled: bool,
    /// The server was upgraded from this version.
    #[arg(long, value_name = "SERVER")]
    upgraded_from: Option<String>,
    /// The server was converted to the full Windows NT Server.
    #[arg(long)]
    converted_to_nt: bool,
    /// Find the order that ends with the most licences, spoils no disk and uses the fewest.
    #[arg(long)]
    suggest: bool,
}

impl Addpack {
    /// The inputs that it reads by name.
    pub(super) fn reads(&self) -> Reads {
        let paths = match self.packs.as_slice() {
            [file] if is_plan_file(file) => vec![file.into()],
            _ => Vec::new(),
        };
        Reads { paths, config_from: Some(".".into()), ..Reads::default() }
    }
}

pub(super) fn run(arguments: &Addpack, options: &Options) -> Result<ExitStatus, Failure> {
    let catalogue = catalogue(options)?;
    let asked = match arguments.packs.as_slice() {
        [file] if is_plan_file(file) => from_file(file, arguments)?,
        _ => from_arguments(arguments)?,
    };
    let forecast = if arguments.suggest { suggest(catalogue, &asked)? } else { simulate(catalogue, &asked)? };
    let project = Project::open(options, catalogue, &[])?;
    if options.project.show_config {
        return project.show(options);
    }
    let mut sink = Sink::open(project, options, Command::Addpack, catalogue)?;
    sink.entry(Entry::from(&forecast))?;
    sink.end(Completeness::Whole)
}

fn is_plan_file(argument: &str) -> bool {
    let ending = Path::new(argument).extension().and_then(|ending| ending.to_str());
    argument == "-" || ending.is_some_and(|ending| ["toml", "json"].contains(&ending))
}

fn from_arguments(arguments: &Addpack) -> Result<Plan, Failure> {
    let server = arguments.server.clone();
    let server =
        server.ok_or_else(|| Failure::Usage("expected --server 4.0|4.0a|4.5|nt4, or a plan file".to_owned()))?;
    let licenses = arguments.licenses;
    let licenses = licenses
        .ok_or_else(|| Failure::Usage("expected --licenses N, the number that the server has now".to_owned()))?;
    Ok(Plan {
        server,
        edition: arguments.edition,
        licenses: Some(licenses),
        reinstalled: arguments.reinstalled,
        upgraded_from: arguments.upgraded_from.clone(),
        converted_to_nt: arguments.converted_to_nt,
        packs: arguments.packs.clone(),
    })
}

/// Reads a plan file, as TOML or JSON according to its first character.
fn from_file(file: &str, arguments: &Addpack) -> Result<Plan, Failure> {
    let given = arguments.server.is_some() || arguments.licenses.is_some() || arguments.edition.is_some();
    if given || arguments.reinstalled || arguments.upgraded_from.is_some() || arguments.converted_to_nt {
        return Err(Failure::Usage("expected the server's options in the plan file, not beside it".to_owned()));
    }
    let source = input::regular_text(file, MAX_FILE_BYTES, "a plan file")?;
    read(&source).map_err(|error| Failure::Usage(format!("{file}:{error}")))
}
