//! The program: the arguments, then a subcommand or the interface.

use lejek::cli::{self, Coloring, Interface, Left, Start, Trouble};
use lejek::config::{Held, default_file};
use lejek::domain::change::Origin;
use lejek::theme::ColorChoice;
use lejek::ui::{Opening, Stage, UiError, UiOptions, terminal};
use lejek::workspace::open::{self, state_folder};
use lejek::workspace::window::Window;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main(Interface { check, open: show })
}

fn check() -> Result<(), Trouble> {
    terminal::check_terminal().map_err(|error| Trouble::failed(error.to_string()))
}

fn show(start: &Start) -> Result<Left, Trouble> {
    let failed = |error: UiError| Trouble::failed(error.to_string());
    let known = start.known()?;
    let is_new = known.is_none();
    let color = match start.color {
        Coloring::Auto => ColorChoice::Auto,
        Coloring::Always => ColorChoice::Always,
        Coloring::Never => ColorChoice::Never,
    };
    let state = state_folder().unwrap_or_else(std::env::temp_dir);
    let options = UiOptions { color, config: Held::read(default_file()), state: state.clone() };
    let mut terminal = Stage::enter(options).map_err(failed)?;
    let window = match known {
        Some(window) => window,
        None => match terminal.ask_who(&start.folder, start.email.as_deref()).map_err(failed)? {
            Ok(founder) => {
                let opened = open::open(&start.folder)?;
                let workspace = opened.found(&founder.name, &founder.email, Origin::Interface)?;
                Window::holding(workspace, &start.folder, cli::on_behalf)
            }
            Err(code) => return Ok(Left { code: exit_code(code), wants_demo: false }),
        },
    };
    let kept = start.is_kept.then(|| open::kept_file(&state, &start.folder, window.user()));
    let left = terminal.run(Opening { window, kept, is_new }).map_err(failed)?;
    Ok(Left { code: exit_code(left.code), wants_demo: left.wants_demo })
}

fn exit_code(code: i32) -> u8 {
    u8::try_from(code).unwrap_or(1)
}
