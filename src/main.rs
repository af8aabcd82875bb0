//! The program: the arguments, then a subcommand or the interface.

use lejek::cli::{self, Coloring, Interface, Start, Trouble};
use lejek::domain::change::Origin;
use lejek::theme::ColorChoice;
use lejek::ui::{self, UiOptions, first_start, terminal};
use lejek::workspace::Workspace;
use lejek::workspace::clock::SystemClock;
use lejek::workspace::open::{self, Opened, state_folder};
use lejek::workspace::socket::PATIENCE;
use lejek::workspace::window::{Reached, Window, reach};
use std::io;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    cli::main(Interface { check, open: show })
}

fn check() -> Result<(), Trouble> {
    terminal::check_terminal().map_err(|error| Trouble::failed(error.to_string()))
}

fn show(start: &Start) -> Result<u8, Trouble> {
    let window = match reach(&start.folder, start.email.as_deref(), PATIENCE)? {
        Reached::Entered(far) => Window::entered(far, Arc::new(SystemClock), cli::on_behalf),
        Reached::Opened(opened) => {
            let workspace = if opened.is_new() { make(opened)? } else { opened.as_user(start.email.as_deref())? };
            Window::holding(workspace, &start.folder, cli::on_behalf)
        }
    };
    let color = match start.color {
        Coloring::Auto => ColorChoice::Auto,
        Coloring::Always => ColorChoice::Always,
        Coloring::Never => ColorChoice::Never,
    };
    let state = state_folder().unwrap_or_else(std::env::temp_dir);
    let kept = start.is_kept.then(|| open::kept_file(&state, &start.folder, window.user()));
    let options = UiOptions { color, mode: None, glyphs: None, mouse: true, state, kept };
    let code = ui::run(window, options).map_err(|error| Trouble::failed(error.to_string()))?;
    Ok(u8::try_from(code).unwrap_or(1))
}

fn make(opened: Opened) -> Result<Workspace, Trouble> {
    let answers = first_start::ask(&mut io::stdin().lock(), &mut io::stdout());
    let (name, email) = answers.map_err(|_| Trouble::failed("Without a name and an e-mail nothing was made."))?;
    Ok(opened.found(&name, &email, Origin::Interface)?)
}
