//! The program: the arguments, then a subcommand or the interface.

use lejek::cli::{self, Coloring, Interface, Start, Trouble};
use lejek::domain::change::Origin;
use lejek::theme::ColorChoice;
use lejek::ui::{self, UiOptions, first_start, terminal};
use lejek::workspace::open::{self, state_folder};
use std::io;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    cli::main(Interface { check, open: show })
}

fn check() -> Result<(), Trouble> {
    terminal::check_terminal().map_err(|error| Trouble::failed(error.to_string()))
}

fn show(start: Start) -> Result<ExitCode, Trouble> {
    let workspace = if start.opened.is_new() {
        let answers = first_start::ask(&mut io::stdin().lock(), &mut io::stdout());
        let (name, email) = answers.map_err(|_| Trouble::failed("Without a name and an e-mail nothing was made."))?;
        start.opened.found(&name, &email, Origin::Interface)?
    } else {
        start.opened.as_user(start.email.as_deref())?
    };
    let color = match start.color {
        Coloring::Auto => ColorChoice::Auto,
        Coloring::Always => ColorChoice::Always,
        Coloring::Never => ColorChoice::Never,
    };
    let state = state_folder().unwrap_or_else(std::env::temp_dir);
    let kept = start.folder.map(|folder| open::kept_file(&state, &folder, workspace.user()));
    let options = UiOptions { color, mode: None, glyphs: None, mouse: true, state, kept };
    let code = ui::run(&Arc::new(workspace), options).map_err(|error| Trouble::failed(error.to_string()))?;
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}
