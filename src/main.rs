//! The program: the arguments, then a subcommand or the interface.

use lejek::cli::{self, Coloring, Interface, Left, Start, Trouble};
use lejek::domain::change::Origin;
use lejek::theme::ColorChoice;
use lejek::ui::{Opening, Stage, UiError, UiOptions, terminal};
use lejek::workspace::Workspace;
use lejek::workspace::open::{self, state_folder};
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    cli::main(Interface { check, open: show })
}

fn check() -> Result<(), Trouble> {
    terminal::check_terminal().map_err(|error| Trouble::failed(error.to_string()))
}

fn show(start: &Start) -> Result<Left, Trouble> {
    let known = known(start)?;
    let is_new = known.is_none();
    let state = state_folder().unwrap_or_else(std::env::temp_dir);
    let color = match start.color {
        Coloring::Auto => ColorChoice::Auto,
        Coloring::Always => ColorChoice::Always,
        Coloring::Never => ColorChoice::Never,
    };
    let mut stage = Stage::enter(UiOptions { color, mode: None, glyphs: None, mouse: true, state: state.clone() })
        .map_err(failed)?;
    let workspace = match known {
        Some(workspace) => workspace,
        None => match make(&mut stage, start)? {
            Ok(workspace) => workspace,
            Err(left) => return Ok(left),
        },
    };
    let kept = start.stays.then(|| open::kept_file(&state, &start.folder, workspace.user()));
    let left = stage.run(Opening { workspace: Arc::new(workspace), kept, is_new }).map_err(failed)?;
    Ok(left_with(left))
}

/// The workspace that is there. Before its first user is known nothing is made.
fn known(start: &Start) -> Result<Option<Workspace>, Trouble> {
    if !open::is_there(&start.folder) {
        return Ok(None);
    }
    let opened = open::open(&start.folder)?;
    Ok(if opened.is_new() { None } else { Some(opened.as_user(start.email.as_deref())?) })
}

fn make(stage: &mut Stage, start: &Start) -> Result<Result<Workspace, Left>, Trouble> {
    let answered = stage.ask_who(&start.folder.display().to_string()).map_err(failed)?;
    match answered {
        Ok(founder) => Ok(Ok(open::open(&start.folder)?.found(&founder.name, &founder.email, Origin::Interface)?)),
        Err(left) => Ok(Err(left_with(left))),
    }
}

fn left_with(left: lejek::ui::Left) -> Left {
    Left { code: u8::try_from(left.code).unwrap_or(1), wants_demo: left.wants_demo }
}

fn failed(error: UiError) -> Trouble {
    Trouble::failed(error.to_string())
}
