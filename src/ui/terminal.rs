//! The terminal while the interface runs: taken over on entry, given back on every way out.

mod clipboard;
mod crash;
mod editor;
mod input;
mod modes;
mod opener;
mod output;
mod signals;

use std::io::{self, Write};

use ratatui::{Frame, Terminal, backend::CrosstermBackend};

pub use crash::install_crash_hook;
pub use editor::edit_outside;
pub use input::{Input, InputPause, spawn_input};
pub use modes::restore;
pub use opener::open;
pub use signals::{Signal, SignalWatch, spawn_signals};

use self::{modes::Wish, output::Output};
use crate::theme::Rgb;

#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error(
        "The interface needs a terminal, and the output goes elsewhere. Subcommands work without one: see `lejek --help`."
    )]
    NotATerminal,
    #[error(
        "The interface needs a terminal that can place its cursor, which TERM=dumb cannot. Subcommands work here: see `lejek --help`."
    )]
    Dumb,
    #[error("The terminal could not be set up: {0}. Subcommands work without it: see `lejek --help`.")]
    Io(#[from] io::Error),
}

#[derive(Debug, Clone, Copy)]
pub struct TerminalOptions {
    pub mouse: bool,
    /// Of the terminal's own cursor; None leaves it.
    pub cursor: Option<Rgb>,
    /// Whether the theme has colours: it decides over `NO_COLOR`, which `--color always` overrules.
    pub colours: bool,
}

/// Holds the terminal in raw mode on its alternate screen; gives it back when it is dropped.
/// A panic hook and signals must be installed beside it, see `install_crash_hook` and `spawn_signals`.
#[derive(Debug)]
pub struct TerminalGuard {
    screen: Terminal<CrosstermBackend<Output>>,
    output: Output,
    wish: Wish,
}

impl TerminalGuard {
    pub fn enter(options: TerminalOptions) -> Result<Self, TerminalError> {
        check_terminal()?;
        crossterm::style::force_color_output(options.colours);
        let wish = Wish { mouse: options.mouse, cursor: options.cursor, title: String::new() };
        // Made before anything can fail, so that a failure half-way is undone as well.
        let output = Output::default();
        let screen = Terminal::new(CrosstermBackend::new(output.clone()))?;
        let guard = Self { screen, output, wish };
        modes::enter(&guard.wish)?;
        Ok(guard)
    }

    /// Draws one frame, which the terminal shows at once and whole.
    pub fn draw(&mut self, frame: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.output.begin();
        self.screen.draw(frame)?;
        self.output.end()
    }

    pub fn has_mouse(&self) -> bool {
        self.wish.mouse
    }

    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.wish.mouse = on;
        modes::set_mouse(on)
    }

    /// Of the terminal's own cursor, when the theme is found out later.
    pub fn set_cursor_colour(&mut self, colour: Option<Rgb>) -> io::Result<()> {
        self.wish.cursor = colour;
        modes::set_cursor(colour)
    }

    /// Puts text on the clipboard of the terminal, and of the system where there is one.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        clipboard::of_system(text);
        clipboard::of_terminal(text, &mut self.output)
    }

    /// Bytes that show nothing where the cursor is, such as the terminal's own notification.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.output.write_all(bytes)?;
        self.output.flush()
    }

    pub fn set_title(&mut self, title: &str) -> io::Result<()> {
        if self.wish.title == title {
            return Ok(());
        }
        title.clone_into(&mut self.wish.title);
        modes::set_title(title)
    }

    /// Gives the terminal to the shell until the user comes back; the next frame is drawn whole.
    #[cfg(unix)]
    pub fn suspend(&mut self) -> io::Result<()> {
        self.lend(|| signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP))?
    }

    /// Gives the terminal to `act` and takes it back; the next frame is drawn whole.
    pub fn lend<T>(&mut self, act: impl FnOnce() -> T) -> io::Result<T> {
        restore();
        let done = act();
        modes::enter(&self.wish)?;
        // A new one draws everything. `Terminal::clear` would ask for the cursor's place and wait for an answer that
        // the input thread reads.
        self.screen = Terminal::new(CrosstermBackend::new(self.output.clone()))?;
        Ok(done)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

/// Whether the interface can run where it was started.
pub fn check_terminal() -> Result<(), TerminalError> {
    check(std::env::var("TERM").ok().as_deref(), io::IsTerminal::is_terminal(&io::stdout()))
}

fn check(term: Option<&str>, is_terminal: bool) -> Result<(), TerminalError> {
    match term {
        _ if !is_terminal => Err(TerminalError::NotATerminal),
        Some("dumb") => Err(TerminalError::Dumb),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_no_frame_can_be_drawn_a_sentence_says_so() {
        assert!(matches!(check(Some("xterm"), false), Err(TerminalError::NotATerminal)));
        assert!(matches!(check(Some("dumb"), true), Err(TerminalError::Dumb)));
        assert!(check(Some("xterm-256color"), true).is_ok());
        assert!(check(None, true).is_ok());
        for error in [TerminalError::NotATerminal, TerminalError::Dumb] {
            assert!(error.to_string().contains("lejek --help"));
        }
    }
}
