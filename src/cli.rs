//! The command line: a row of [`Command`] is parser, help and manual of a subcommand, its file in `cli/` does
//! it. Scripts rely on what stands here.

mod activity;
mod acts;
mod answer;
mod associate;
mod associate_by;
mod backup;
mod bin;
mod check;
mod count;
mod delete;
mod deliver;
mod demo;
mod erase;
mod event;
mod export;
mod follow;
mod held;
mod history;
mod import;
mod label;
mod list;
mod listen;
mod listing;
mod log;
mod manual;
mod merge;
mod moving;
mod new;
mod notifications;
mod object;
mod out;
mod outbox;
mod partner;
mod pipeline;
mod process;
mod progress;
mod property;
mod restore;
mod resume;
mod session;
mod set;
mod settings;
mod shape;
mod show;
mod stage;
mod start;
mod team;
mod trace;
mod trouble;
mod undo;
mod user;
mod view;
mod why;

use crate::workspace::Workspace;
use crate::workspace::open;
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

pub use held::on_behalf;
pub use out::Coloring;
use out::Out;
use process::Process;
pub use start::Start;
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
    /// Moves leads, deals or tickets to a stage
    Move(moving::Move),
    /// Makes two records one
    Merge(merge::Merge),
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
    /// Associates records that share a value
    AssociateBy(associate_by::AssociateBy),
    /// Takes the association of two records away
    Dissociate(associate::Dissociate),
    /// Logs an activity on a record
    Log(log::Log),
    /// Edits an activity, associates it, pins it
    Activity(activity::Activity),
    /// Takes in events that other programs tell, and lists those that nobody has yet
    Event(event::Event),
    /// Takes in events over HTTP until it is stopped
    Listen(listen::Listen),
    /// Registers leads for partners, and shares deals with them
    #[command(subcommand)]
    Partner(partner::Partner),
    /// Is told from now on what becomes of a record
    Follow(follow::Follow),
    /// Is told no more what becomes of a record
    Unfollow(follow::Follow),
    /// Lists what one was told, marks it as read
    Notifications(notifications::Notifications),
    /// Lists what is not delivered, tries it again
    Outbox(outbox::Outbox),
    /// Delivers notifications
    Deliver(deliver::Deliver),
    /// Reads or changes settings
    Settings(settings::Settings),
    /// Lists, adds, changes and deactivates users
    #[command(subcommand)]
    User(user::User),
    /// Lists, adds, renames and deletes teams
    #[command(subcommand)]
    Team(team::Team),
    /// Lists, adds, changes and deletes objects of your own
    #[command(subcommand)]
    Object(object::Object),
    /// Lists, adds, changes and deletes properties and their options
    #[command(subcommand)]
    Property(property::Property),
    /// Lists, adds, renames, reorders and deletes pipelines
    #[command(subcommand)]
    Pipeline(pipeline::Pipeline),
    /// Lists, adds, changes, reorders and deletes the stages of pipelines
    #[command(subcommand)]
    Stage(stage::Stage),
    /// Lists, adds, changes and deletes labels of associations
    #[command(subcommand)]
    Label(label::Label),
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
#[derive(Clone)]
pub struct Call {
    data: Option<PathBuf>,
    /// What paths are relative to.
    here: PathBuf,
    email: Option<String>,
    color: Coloring,
    out: Out,
    /// For a call of another process: the workspace that is open here.
    held: Option<Arc<Workspace>>,
    interface: Interface,
}

impl Call {
    /// The file of an argument; `-` stays what it is.
    fn path(&self, file: &Path) -> PathBuf {
        if file == Path::new("-") { file.to_owned() } else { self.here.join(file) }
    }

    fn folder(&self) -> Result<PathBuf, Trouble> {
        let folder = self.data.clone().or_else(open::default_folder);
        folder.ok_or_else(|| Trouble::failed("There is no home folder. Name a folder for the workspace with --data"))
    }
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
    let process = Arc::new(Process::default());
    let Common { data, email, json, color } = cli.common;
    let out = Out::new(json, out::emphasises(color), Arc::clone(&process) as _);
    // In a folder that is gone, paths stay as they are.
    let here = std::env::current_dir().unwrap_or_default();
    let call = Call { data, here, email, color, out, held: None, interface };
    let ended = match cli.command {
        Some(command) => held::run(command, &call, process.as_ref()),
        None => open_interface(&call),
    };
    let code = ended.unwrap_or_else(|trouble| call.out.report(&trouble));
    tracing::info!(millis = began.elapsed().as_millis() as u64, code, "done");
    ExitCode::from(code)
}

/// The interface on one's own workspace, and after it the demo if that is what was chosen.
fn open_interface(call: &Call) -> Result<u8, Trouble> {
    (call.interface.check)()?;
    let (folder, email) = (call.folder()?, call.email.clone());
    let left = (call.interface.open)(&Start { folder, email, color: call.color, is_kept: true })?;
    if !left.wants_demo {
        return Ok(left.code);
    }
    let code = demo::Demo::default().run(&Call { data: None, email: None, ..call.clone() })?;
    let again = match &call.data {
        Some(folder) => format!("lejek --data {}", folder.display()),
        None => "lejek".to_owned(),
    };
    call.out.text(&format!("The demo is gone. `{again}` opens your own workspace."))?;
    Ok(code)
}

impl Command {
    /// Whether whoever holds the folder can do it. What takes the folder for itself can only be done without others, and
    /// what listens goes on when they leave.
    fn travels(&self) -> bool {
        !matches!(
            self,
            Command::Demo(_)
                | Command::RestoreBackup(_)
                | Command::Listen(_)
                | Command::Deliver(deliver::Deliver { watch: true })
        )
    }

    fn run(self, call: &Call) -> Result<u8, Trouble> {
        let ended = match self {
            Command::Demo(it) => return it.run(call),
            Command::New(it) => it.run(call),
            Command::Set(it) => it.run(call),
            Command::Show(it) => it.run(call),
            Command::History(it) => it.run(call),
            Command::Why(it) => it.run(call),
            Command::List(it) => it.run(call),
            Command::Count(it) => it.run(call),
            Command::Move(it) => it.run(call),
            Command::Merge(it) => it.run(call),
            Command::Delete(it) => it.run(call),
            Command::Restore(it) => it.run(call),
            Command::Erase(it) => it.run(call),
            Command::Bin => bin::run(call),
            Command::Undo(it) => it.run(call),
            Command::Redo(it) => it.run(call),
            Command::Resume(it) => it.run(call),
            Command::Acts(it) => it.run(call),
            Command::Associate(it) => it.run(call),
            Command::Log(it) => it.run(call),
            Command::Activity(it) => it.run(call),
            Command::Event(it) => it.run(call),
            Command::Listen(it) => it.run(call),
            Command::Partner(it) => it.run(call),
            Command::AssociateBy(it) => it.run(call),
            Command::Dissociate(it) => it.run(call),
            Command::Follow(it) => it.run(call, true),
            Command::Unfollow(it) => it.run(call, false),
            Command::Notifications(it) => it.run(call),
            Command::Outbox(it) => it.run(call),
            Command::Deliver(it) => it.run(call),
            Command::Settings(it) => it.run(call),
            Command::User(it) => it.run(call),
            Command::Team(it) => it.run(call),
            Command::Object(it) => it.run(call),
            Command::Property(it) => it.run(call),
            Command::Pipeline(it) => it.run(call),
            Command::Stage(it) => it.run(call),
            Command::Label(it) => it.run(call),
            Command::View(it) => it.run(call),
            Command::Import(it) => it.run(call),
            Command::Export(it) => it.run(call),
            Command::Backup(it) => it.run(call),
            Command::RestoreBackup(it) => it.run(call),
            Command::Check(it) => it.run(call),
            Command::Completions(it) => it.run(call),
            Command::Man => manual::man(call),
        };
        ended.map(|()| 0)
    }
}

/// Help and version go to stdout as they are; anything else is wrong usage.
fn misread(error: &clap::Error) -> ExitCode {
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let wants_json = || std::env::args_os().take_while(|arg| arg != "--").any(|arg| arg == "--json");
    if !asked && wants_json() {
        let rendered = error.render().to_string();
        let sentence = rendered.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
        let trouble = Trouble::usage(sentence.split_whitespace().collect::<Vec<_>>().join(" "));
        let out = Out::new(true, false, Arc::new(Process::default()));
        return ExitCode::from(out.report(&trouble));
    }
    // Whoever reads the help may have gone away.
    let _ = error.print();
    if asked { ExitCode::SUCCESS } else { ExitCode::from(Kind::Usage.code()) }
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
