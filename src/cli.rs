//! The command line: a row of [`Command`] is parser, help and manual of a subcommand, its file in `cli/` does
//! it. Scripts rely on what stands here.

mod acts;
mod answer;
mod associate;
mod backup;
mod bin;
mod check;
mod count;
mod delete;
mod demo;
mod erase;
mod export;
mod history;
mod import;
mod list;
mod listing;
mod manual;
mod new;
mod out;
mod progress;
mod property;
mod restore;
mod resume;
mod session;
mod set;
mod settings;
mod shape;
mod show;
mod trace;
mod trouble;
mod undo;
mod user;
mod view;
mod why;

use crate::workspace::open;
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

pub use out::Coloring;
use out::{Out, clean};
pub use trouble::{Kind, Trouble};

/// A CRM that lives in the terminal. Without a subcommand it opens the interface
#[derive(Debug, Parser)]
#[command(name = "lejek", version, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused, 4 not found or ambiguous, 5 busy")]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Args)]
struct Common {
    /// The folder of the workspace [default: lejek in the XDG data folder]
    #[arg(long, global = true, env = "LEJEK_DATA", value_name = "DIR", hide_env_values = true)]
    data: Option<PathBuf>,
    /// Who acts [default: the workspace's first user]
    #[arg(long = "as", global = true, value_name = "E-MAIL")]
    email: Option<String>,
    /// One JSON value on stdout
    #[arg(long, global = true)]
    json: bool,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", hide_possible_values = true)]
    color: Coloring,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Opens the interface on a made-up workspace
    Demo(demo::Demo),
    /// Creates a record
    New(new::New),
    /// Changes properties of a record
    Set(set::Set),
    /// Shows a record with its associations and timeline
    Show(show::Show),
    /// Says what happened to a record
    History(history::History),
    /// Says why a record, value or association is as it is
    Why(why::Why),
    /// Lists records
    List(list::List),
    /// Counts records
    Count(count::Count),
    /// Puts records or activities into the bin
    Delete(delete::Delete),
    /// Takes records or activities out of the bin
    Restore(restore::Restore),
    /// Erases records or activities for good
    Erase(erase::Erase),
    /// Lists what is in the bin
    Bin,
    /// Sets an act back
    Undo(undo::Undo),
    /// Does an undone act again
    Redo(undo::Redo),
    /// Goes on with a long act that was broken off
    Resume(resume::Resume),
    /// Lists acts: who did what when
    Acts(acts::Acts),
    /// Associates two records
    Associate(associate::Associate),
    /// Takes the association of two records away
    Dissociate(associate::Dissociate),
    /// Reads or changes settings
    Settings(settings::Settings),
    /// Lists, adds and changes users
    #[command(subcommand)]
    User(user::User),
    /// Lists, adds, changes and deletes properties and their options
    #[command(subcommand)]
    Property(property::Property),
    /// Lists, adds, changes and deletes views
    #[command(subcommand)]
    View(view::View),
    /// Imports files of records
    Import(import::Import),
    /// Exports records to a file
    Export(export::Export),
    /// Writes the whole workspace to one file
    Backup(backup::Backup),
    /// Brings a backup back into the folder
    RestoreBackup(backup::RestoreBackup),
    /// Looks whether everything stored is whole
    Check(check::Check),
    /// Prints completions for a shell
    Completions(manual::Completions),
    /// Prints the manual
    Man,
}

/// What every subcommand is given.
pub struct Call {
    data: Option<PathBuf>,
    email: Option<String>,
    color: Coloring,
    out: Out,
    interface: Interface,
}

impl Call {
    fn folder(&self) -> Result<PathBuf, Trouble> {
        let folder = self.data.clone().or_else(open::default_folder);
        folder.ok_or_else(|| Trouble::failed("There is no home folder. Name a folder for the workspace with --data"))
    }
}

/// What the interface opens on.
pub struct Start {
    pub folder: PathBuf,
    /// Who acts; without it the first user.
    pub email: Option<String>,
    pub color: Coloring,
    /// The folder does not go at the end: its screens are remembered.
    pub stays: bool,
}

/// How the user left the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// To exit with.
    pub code: u8,
    /// They chose the demo at their first start.
    pub wants_demo: bool,
}

/// The interface, as the command line knows it.
#[derive(Clone, Copy)]
pub struct Interface {
    /// Whether it can run here; asked before anything is opened or made.
    pub check: fn() -> Result<(), Trouble>,
    /// Runs until the user leaves it.
    pub open: fn(&Start) -> Result<Left, Trouble>,
}

/// The program: reads the arguments and does what they say.
pub fn main(interface: Interface) -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misread(&error),
    };
    trace::start();
    let began = Instant::now();
    let json = cli.common.json;
    let ended = run(cli, interface);
    let code = ended.unwrap_or_else(|trouble| report(&trouble, json));
    tracing::info!(millis = began.elapsed().as_millis() as u64, ?code, "done");
    code
}

fn run(cli: Cli, interface: Interface) -> Result<ExitCode, Trouble> {
    let Common { data, email, json, color } = cli.common;
    let call = Call { data, email, color, out: Out::new(json, color), interface };
    let Some(command) = cli.command else {
        return open_interface(call);
    };
    command.run(&call)
}

/// The interface on one's own workspace, and after it the demo if that is what was chosen.
fn open_interface(call: Call) -> Result<ExitCode, Trouble> {
    (call.interface.check)()?;
    let start = Start { folder: call.folder()?, email: call.email.clone(), color: call.color, stays: true };
    let left = (call.interface.open)(&start)?;
    if !left.wants_demo {
        return Ok(ExitCode::from(left.code));
    }
    let again = match &call.data {
        Some(folder) => format!("lejek --data {}", folder.display()),
        None => "lejek".to_owned(),
    };
    let code = demo::Demo::default().run(&Call { data: None, email: None, ..call })?;
    // Who does not listen is not told.
    drop(writeln!(io::stdout(), "The demo is gone. `{}` opens your own workspace.", clean(&again)));
    Ok(code)
}

impl Command {
    fn run(self, call: &Call) -> Result<ExitCode, Trouble> {
        let ended = match self {
            Command::Demo(it) => return it.run(call),
            Command::New(it) => it.run(call),
            Command::Set(it) => it.run(call),
            Command::Show(it) => it.run(call),
            Command::History(it) => it.run(call),
            Command::Why(it) => it.run(call),
            Command::List(it) => it.run(call),
            Command::Count(it) => it.run(call),
            Command::Delete(it) => it.run(call),
            Command::Restore(it) => it.run(call),
            Command::Erase(it) => it.run(call),
            Command::Bin => bin::run(call),
            Command::Undo(it) => it.run(call),
            Command::Redo(it) => it.run(call),
            Command::Resume(it) => it.run(call),
            Command::Acts(it) => it.run(call),
            Command::Associate(it) => it.run(call),
            Command::Dissociate(it) => it.run(call),
            Command::Settings(it) => it.run(call),
            Command::User(it) => it.run(call),
            Command::Property(it) => it.run(call),
            Command::View(it) => it.run(call),
            Command::Import(it) => it.run(call),
            Command::Export(it) => it.run(call),
            Command::Backup(it) => it.run(call),
            Command::RestoreBackup(it) => it.run(call),
            Command::Check(it) => it.run(call),
            Command::Completions(it) => it.run(),
            Command::Man => manual::man(),
        };
        ended.map(|()| ExitCode::SUCCESS)
    }
}

/// Help and version go to stdout as they are; anything else is wrong usage.
fn misread(error: &clap::Error) -> ExitCode {
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let wants_json = || std::env::args_os().take_while(|arg| arg != "--").any(|arg| arg == "--json");
    if !asked && wants_json() {
        let rendered = error.render().to_string();
        let sentence = rendered.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
        return report(&Trouble::usage(sentence.split_whitespace().collect::<Vec<_>>().join(" ")), true);
    }
    // Whoever reads the help may have gone away.
    let _ = error.print();
    if asked { ExitCode::SUCCESS } else { ExitCode::from(Kind::Usage.code()) }
}

/// JSON on stdout, a sentence on stderr.
fn report(trouble: &Trouble, json: bool) -> ExitCode {
    match trouble.kind {
        Kind::HungUp => {}
        // Who does not listen is not told.
        _ if json => drop(writeln!(io::stdout(), "{}", trouble.json())),
        _ => {
            let lines: Vec<String> = trouble.text().lines().map(clean).collect();
            drop(writeln!(io::stderr(), "{}", lines.join("\n")));
        }
    }
    ExitCode::from(trouble.kind.code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_rows_make_a_parser_without_contradictions() {
        Cli::command().debug_assert();
    }
}
