//! The command line: arguments in, exit code out. clap lives here alone.

mod addpack;
#[cfg(feature = "audit")]
mod audit;
#[cfg(feature = "audit")]
mod calibrate;
mod check;
mod completeness;
mod convert;
mod explain;
mod format;
mod handbook;
mod input;
mod output;
#[cfg(feature = "scan")]
mod progress;
mod project;
mod rules;
#[cfg(feature = "scan")]
mod scan;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod sink;
#[cfg(feature = "scan")]
mod threads;
mod today;

use crate::{
    addpack::PlanError,
    catalogue::{Catalogue, RuleFileError, UnknownId},
    config::file::ConfigError,
    report::text::notation,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use format::Format;
use std::{ffi::OsString, io, path::PathBuf, process::ExitCode};
use thiserror::Error;

/// Runs the program and says how it ended: 0 nothing found, 1 something found, 2 the work could not be done.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        // `--help` and `--version` come this way too, with the exit code 0.
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match command(cli) {
        Ok(ExitStatus::Clean) => ExitCode::SUCCESS,
        Ok(ExitStatus::Found) => ExitCode::from(1),
        Ok(ExitStatus::Incomplete) => ExitCode::from(2),
        // Whoever reads the output has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("jewelcase: {failure}");
            if let Failure::Plan(PlanError::Pack(error)) = &failure {
                anstream::eprintln!("{}", notation::snippet(error));
            }
            ExitCode::from(2)
        }
    }
}

/// Reads the CD keys, Product IDs and Microsoft Mail postoffice serials that 1990s Microsoft installers ask for.
///
/// Judges them per product and channel, and names the Knowledge Base remedy. It never makes a key.
#[derive(Debug, Parser)]
#[command(name = "jewelcase", version, about, max_term_width = 100, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge keys and serials before Setup runs, or say what to do when there is no key in the box.
    Check(check::Check),
    /// Look at Microsoft Mail postoffices: folders, ZIP archives, disk images, and lists of their serials.
    #[cfg(feature = "audit")]
    Audit(audit::Audit),
    /// Find keys in lists, tables, answer files, scripts and any text, and judge them where they stand.
    #[cfg(feature = "scan")]
    Scan(scan::Scan),
    /// Say what Small Business Server Client Add Packs will do, before a disk is inserted.
    Addpack(addpack::Addpack),
    /// Say what an article, remedy, rule, product or error text is about, and what to do.
    Explain(explain::Explain),
    /// List, show and check the rules that everything is judged by.
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Give a saved report another form.
    Convert(convert::Convert),
    /// Print a script that completes the command line in a shell.
    Completions(handbook::Completions),
    /// Print the manual page.
    Man(handbook::ManPage),
    /// Put the check on a local page, also for old browsers, and behind a JSON API.
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
}

/// What every command takes.
#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
struct Options {
    /// The form of the report.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// Write the report to a file instead of standard output.
    #[arg(long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// When to colour the report.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    /// Print no report; the exit code answers. Errors are still printed.
    #[arg(long, short, global = true)]
    quiet: bool,
    /// The least weight of a finding that makes the exit code 1.
    #[arg(long, global = true, value_enum, default_value_t = FailOn::Error, value_name = "WEIGHT")]
    fail_on: FailOn,
    /// Show keys whole in reports that mask them.
    #[arg(long, global = true)]
    show_keys: bool,
    /// Add the rule files of a folder to the built-in ones; a file with the id of a built-in one replaces it.
    #[arg(long, global = true, value_name = "DIR")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    project: project::ProjectOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors.
    Error,
    /// Errors and warnings.
    Warning,
    /// Errors, warnings and notes.
    Note,
    /// Nothing.
    Never,
}

/// How a command ended that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExitStatus {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Something was found.
    Found,
    /// Part of the input could not be read; the rest was done.
    Incomplete,
}

/// Why a command could not do its work.
#[derive(Debug, Error)]
enum Failure {
    #[error(transparent)]
    UnknownId(#[from] UnknownId),
    #[error("{0}")]
    Plan(#[from] PlanError),
    #[error("the configuration cannot be used:\n{0}")]
    Config(#[from] ConfigError),
    #[error("the rules cannot be used:\n{0}")]
    Rules(#[from] RuleFileError),
    #[error("the report cannot be written: {0}")]
    Output(#[from] io::Error),
    #[error("{}: {error}", path.display())]
    OutputFile { path: PathBuf, error: io::Error },
    #[cfg(any(feature = "audit", feature = "scan"))]
    #[error("{}", .0.iter().map(|path| format!("{}: not found", path.display())).collect::<Vec<_>>().join("\njewelcase: "))]
    NotFound(Vec<PathBuf>),
    #[error("{0}")]
    Usage(String),
}

fn command(cli: Cli) -> Result<ExitStatus, Failure> {
    match cli.command {
        Command::Check(check) => check::run(&check, &cli.options),
        #[cfg(feature = "audit")]
        Command::Audit(audit) => audit::run(&audit, &cli.options),
        #[cfg(feature = "scan")]
        Command::Scan(scan) => scan::run(&scan, &cli.options),
        Command::Addpack(addpack) => addpack::run(&addpack, &cli.options),
        Command::Explain(explain) => explain::run(&explain, &cli.options),
        Command::Rules(rules) => rules::run(&rules, &cli.options),
        Command::Convert(convert) => convert::run(&convert, &cli.options),
        Command::Completions(completions) => handbook::completions(&completions, &cli.options),
        Command::Man(man) => handbook::man(&man, &cli.options),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve::run(&serve, &cli.options),
    }
}

/// The built-in catalogue, with the user's folder on top where one is given.
fn catalogue(options: &Options) -> Result<&'static Catalogue, Failure> {
    match &options.rules {
        None => Ok(Catalogue::built_in()),
        // Read once in the life of the process, like the built-in one.
        Some(folder) => Ok(Box::leak(Box::new(Catalogue::with_folder(folder)?))),
    }
}
