//! The command line: arguments in, exit code out. clap lives here alone.

mod addpack;
#[cfg(feature = "audit")]
mod audit;
#[cfg(feature = "audit")]
mod calibrate;
mod check;
mod clock;
mod completeness;
mod convert;
mod destination;
mod disc;
mod explain;
mod format;
mod input;
mod manual;
#[cfg(feature = "scan")]
mod media;
mod message;
mod output;
#[cfg(feature = "scan")]
mod progress;
mod project;
mod protection;
mod rules;
#[cfg(feature = "scan")]
mod scan;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod sink;
#[cfg(feature = "scan")]
mod threads;

use crate::{
    addpack::PlanError,
    catalogue::{Catalogue, RuleFileError, UnknownId},
    config::file::ConfigError,
    report::text::notation,
    wire::mask::{self, Keys},
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use format::Format;
use protection::Reads;
use std::{ffi::OsString, io, path::PathBuf, process::ExitCode};
use thiserror::Error;

/// Runs the program, and returns the exit code: 0 nothing found, 1 something found, 2 the work could not be done.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        // `--help` and `--version` are errors of clap too, with the exit code 0.
        Err(error) => {
            match error.use_stderr() {
                // The arguments can contain a key.
                true => eprintln!("{}", message::cleaned(&error.render().to_string(), Keys::Masked)),
                false => _ = error.print(),
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let keys = output::keys(&cli.options);
    match command(cli) {
        Ok(ExitStatus::Clean) => ExitCode::SUCCESS,
        Ok(ExitStatus::Found) => ExitCode::from(1),
        Ok(ExitStatus::Incomplete) => ExitCode::from(2),
        // The reader of the output has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            // Rule files are not lists of keys, and the message needs their exact bytes.
            let keys = if matches!(failure, Failure::Rules(_)) { Keys::Shown } else { keys };
            message::say(&failure, keys);
            if let Failure::Plan(PlanError::Pack(error)) = &failure {
                // Colour codes contain digits, which could be taken for a key.
                let snippet = anstream::adapter::strip_str(&notation::snippet(error).to_string()).to_string();
                eprintln!("{}", mask::text(Catalogue::built_in(), &snippet, keys));
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
    /// Check Microsoft Mail postoffices: folders, ZIP archives, disk images, and lists of their serials.
    #[cfg(feature = "audit")]
    Audit(audit::Audit),
    /// Find keys in lists, tables, answer files, scripts and any text, and judge them in their context.
    #[cfg(feature = "scan")]
    Scan(scan::Scan),
    /// Tell which product an install disc, an image, a folder or a list of files is, and which key its Setup asks for.
    #[cfg(feature = "scan")]
    Media(media::Media),
    /// Say what Small Business Server Client Add Packs will do, before a disk is inserted.
    Addpack(addpack::Addpack),
    /// Explain an article, remedy, rule, product or error text, and say what to do.
    Explain(explain::Explain),
    /// List, show and check the rules by which everything is judged.
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Convert a saved report to another format.
    Convert(convert::Convert),
    /// Print the completion script for a shell.
    Completions(manual::Completions),
    /// Print the manual page.
    Man(manual::ManPage),
    /// Serve the check as a local page, also for old browsers, and as a JSON API.
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
}

impl Command {
    /// The inputs that it reads by name.
    fn reads(&self) -> Reads {
        match self {
            Self::Check(_) => Reads { config_from: Some(".".into()), ..Reads::default() },
            #[cfg(feature = "audit")]
            Self::Audit(audit) => audit.reads(),
            #[cfg(feature = "scan")]
            Self::Scan(scan) => scan.reads(),
            #[cfg(feature = "scan")]
            Self::Media(media) => media.reads(),
            Self::Addpack(addpack) => addpack.reads(),
            Self::Convert(convert) => convert.reads(),
            Self::Rules(rules) => rules.reads(),
            Self::Explain(_) | Self::Completions(_) | Self::Man(_) => Reads::default(),
            #[cfg(feature = "serve")]
            Self::Serve(_) => Reads::default(),
        }
    }

    /// The rule file for the location of serials that it writes.
    fn locators(&self) -> Option<&std::path::Path> {
        match self {
            #[cfg(feature = "audit")]
            Self::Audit(audit) => audit.locators(),
            #[cfg(feature = "scan")]
            Self::Scan(_) | Self::Media(_) => None,
            Self::Check(_)
            | Self::Addpack(_)
            | Self::Convert(_)
            | Self::Rules(_)
            | Self::Explain(_)
            | Self::Completions(_)
            | Self::Man(_) => None,
            #[cfg(feature = "serve")]
            Self::Serve(_) => None,
        }
    }
}

/// The options of every command.
#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
struct Options {
    /// Format of the report.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// Write the report to a file instead of standard output.
    #[arg(long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// When to colour the report.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    /// Print no report, only errors; the result is the exit code.
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Minimum severity of a finding that makes the exit code 1.
    #[arg(long, global = true, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Show whole keys in reports that mask them.
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

/// The exit status of a command that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExitStatus {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Something was found.
    Found,
    /// Part of the input could not be read; the rest was processed.
    Incomplete,
}

/// The reason why a command could not do its work.
#[derive(Debug, Error)]
enum Failure {
    #[error("{0}{list}", list = list(.0))]
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
    #[error("{}: {reason} ({option})", path.display())]
    Protected { path: PathBuf, option: &'static str, reason: String },
    #[cfg(any(feature = "audit", feature = "scan"))]
    #[error("{}", .0.iter().map(|path| format!("{}: not found", path.display())).collect::<Vec<_>>().join("\njewelcase: "))]
    NotFound(Vec<PathBuf>),
    #[error("{0}")]
    Usage(String),
}

/// The command that lists the possible ids.
fn list(unknown: &UnknownId) -> String {
    match unknown.family {
        // Every family was searched.
        "id" => " (`jewelcase rules list` lists all)".to_owned(),
        family => format!(" (`jewelcase rules list --family {family}` lists all)"),
    }
}

fn command(cli: Cli) -> Result<ExitStatus, Failure> {
    let locators = cli.command.locators();
    protection::check(&cli.command.reads(), &cli.options, locators)?;
    match cli.command {
        Command::Check(check) => check::run(&check, &cli.options),
        #[cfg(feature = "audit")]
        Command::Audit(audit) => audit::run(&audit, &cli.options),
        #[cfg(feature = "scan")]
        Command::Scan(scan) => scan::run(&scan, &cli.options),
        #[cfg(feature = "scan")]
        Command::Media(media) => media::run(&media, &cli.options),
        Command::Addpack(addpack) => addpack::run(&addpack, &cli.options),
        Command::Explain(explain) => explain::run(&explain, &cli.options),
        Command::Rules(rules) => rules::run(&rules, &cli.options),
        Command::Convert(convert) => convert::run(&convert, &cli.options),
        Command::Completions(completions) => manual::completions(&completions, &cli.options),
        Command::Man(man) => manual::man(&man, &cli.options),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve::run(&serve, &cli.options),
    }
}

/// The built-in catalogue, with the user's folder added if there is one.
fn catalogue(options: &Options) -> Result<&'static Catalogue, Failure> {
    match &options.rules {
        None => Ok(Catalogue::built_in()),
        // Leaked on purpose: the catalogue is read once and lives as long as the process, like the built-in one.
        Some(folder) => Ok(Box::leak(Box::new(Catalogue::with_folder(folder)?))),
    }
}
