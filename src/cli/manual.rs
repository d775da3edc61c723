//! `jewelcase completions` and `jewelcase man`: the descriptions of the command line for shells and for `man`.

use super::{Cli, ExitStatus, Failure, Options, output};
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

#[derive(Args, Debug)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Args, Debug)]
pub(super) struct ManPage {
    /// Write a page for every command into this folder, which is created if it is missing, instead of the program's page to standard
    /// output.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Writes the shell script that completes the command line.
pub(super) fn completions(arguments: &Completions, options: &Options) -> Result<ExitStatus, Failure> {
    options.data_format()?;
    let mut out = output::open(options)?;
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), env!("CARGO_PKG_NAME"), &mut script);
    out.write_all(&script)?;
    out.finish()?;
    Ok(ExitStatus::Clean)
}

/// Writes the manual page, or all of them into a folder.
pub(super) fn man(arguments: &ManPage, options: &Options) -> Result<ExitStatus, Failure> {
    options.data_format()?;
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    match &arguments.dir {
        None => {
            let mut out = output::open(options)?;
            out.write_all(&page(&command)?)?;
            out.finish()?;
        }
        Some(folder) => {
            let failed = |error| Failure::OutputFile { path: folder.clone(), error };
            fs::create_dir_all(folder).map_err(failed)?;
            pages(&command, folder).map_err(failed)?;
        }
    }
    Ok(ExitStatus::Clean)
}

/// The page of a command and of all below it, as `jewelcase-rules-list.1`.
fn pages(command: &Command, folder: &Path) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    fs::write(folder.join(format!("{name}.1")), page(command)?)?;
    command.get_subcommands().filter(|command| !command.is_hide_set()).try_for_each(|command| pages(command, folder))
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    page.extend_from_slice(COMMON_SECTIONS.as_bytes());
    Ok(page)
}

/// The sections that apply to every command.
const COMMON_SECTIONS: &str = r#".SH "EXIT STATUS"
.TP
\fB0\fR
nothing at or above \fB\-\-fail\-on\fR, which is \fBerror\fR unless it says otherwise
.TP
\fB1\fR
something was found
.TP
\fB2\fR
the work could not be done: bad usage, unreadable input, a broken rule file; everything else is printed anyway
.SH FILES
.TP
\fBjewelcase.toml\fR
what a project says of its findings; looked for in the folder of the input and in those above it
.SH ENVIRONMENT
.TP
\fBNO_COLOR\fR
no colours, unless \fB\-\-color\fR asks for them
.TP
\fBSOURCE_DATE_EPOCH\fR
the time, in seconds since 1970, that decides whether a suppression has expired; otherwise the clock
"#;
