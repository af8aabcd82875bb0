//! The loop around the shell: one channel for input, signals and answers, and one frame for all that came at once.

use super::late::{Heard, LateAnswer};
use super::{App, Appearance, Event, Order, Setup};
use crate::glyphs::Glyphs;
use crate::theme::{ColorChoice, Depth, Mode, Rgb, Theme, ask_terminal};
use crate::ui::terminal::{
    Input, InputPause, TerminalError, TerminalGuard, TerminalOptions, edit_outside, install_crash_hook, spawn_input,
    spawn_signals,
};
use crate::workspace::window::Window;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long the first frame waits for rows, so that it does not have to be drawn twice.
const FIRST_ROWS: Duration = Duration::from_millis(150);
/// How long the terminal may take to tell its background; one that is near answers in less.
const BACKGROUND: Duration = Duration::from_millis(6);

#[derive(Debug, thiserror::Error)]
pub enum UiError {
    #[error(transparent)]
    Terminal(#[from] TerminalError),
    #[error("The terminal could not be written to: {0}.")]
    Io(#[from] std::io::Error),
}

#[derive(Debug, Clone)]
pub struct UiOptions {
    pub color: ColorChoice,
    /// Where the setting says so; else it is found out.
    pub mode: Option<Mode>,
    pub glyphs: Option<&'static Glyphs>,
    pub mouse: bool,
    /// Where a crash is reported.
    pub state: PathBuf,
    /// The file of what is remembered from one start to the next.
    pub kept: Option<PathBuf>,
}

/// Runs the interface until the user leaves it. The code to exit with.
pub fn run(window: Window, options: UiOptions) -> Result<i32, UiError> {
    let depth = Depth::detect(options.color, env);
    let (sender, events) = channel();
    install_crash_hook(options.state);
    let colours = depth != Depth::Colourless;
    let mut guard = TerminalGuard::enter(TerminalOptions { mouse: options.mouse, cursor: None, colours })?;
    let ground = Ground { mode: options.mode.or_else(|| Mode::from_env(env)), depth };
    let glyphs = options.glyphs.unwrap_or_else(|| Glyphs::detect(env));
    let look = Appearance { theme: ground.theme(None), glyphs };
    let setup = Setup { look, size: crossterm::terminal::size()?, kept: options.kept };
    let mut app = App::new(window, setup, sender.clone());
    // The lanes read already while the terminal is asked; afterwards its answers would be taken for keys.
    let (theme, late) = ground.ask(options.mode.is_some());
    guard.set_cursor_colour(theme.cursor_colour())?;
    app.set_theme(theme);
    spawn_signals(sender.clone())?;
    let input = spawn_input(sender)?;
    Loop { guard, input, app, events, late, ground }.run()
}

fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// What is known of the ground that is drawn on: mode as set or as the environment tells it.
struct Ground {
    mode: Option<Mode>,
    depth: Depth,
}

impl Ground {
    fn theme(&self, background: Option<Rgb>) -> Theme {
        let mode = self.mode.or(background.map(Mode::of)).unwrap_or_default();
        Theme::new(mode, self.depth, background)
    }

    /// Asks the terminal where that decides something. A mode that was set, with no word about the ground, paints it.
    fn ask(&self, is_set: bool) -> (Theme, Option<LateAnswer>) {
        let theme = self.theme(None);
        if !theme.has_shades() || (self.mode.is_some() && !is_set) {
            return (theme, None);
        }
        if let Some(background) = ask_terminal(BACKGROUND) {
            return (self.theme(Some(background)), None);
        }
        let theme = if is_set { theme.painted() } else { theme };
        (theme, Some(LateAnswer::new(Instant::now())))
    }
}

/// The terminal is given back before the lanes are waited for, so it stands first.
struct Loop {
    guard: TerminalGuard,
    input: InputPause,
    app: App,
    events: Receiver<Event>,
    late: Option<LateAnswer>,
    ground: Ground,
}

impl Loop {
    fn run(mut self) -> Result<i32, UiError> {
        self.wait_for_rows();
        let mut is_first = true;
        loop {
            self.obey()?;
            if let Some(code) = self.app.exit() {
                return Ok(code);
            }
            self.guard.draw(|frame| self.app.draw(frame))?;
            self.guard.set_title(&self.app.title())?;
            if std::mem::take(&mut is_first) {
                self.app.look_after();
            }
            self.wait();
        }
    }

    fn wait_for_rows(&mut self) {
        let until = Instant::now() + FIRST_ROWS;
        while !self.app.has_rows() {
            let left = until.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(event) => self.take(event),
                Err(_) => return,
            }
        }
    }

    /// Sleeps until something comes, then takes all that is there.
    fn wait(&mut self) {
        let rest = self.app.rest(Instant::now());
        match self.events.recv_timeout(rest) {
            Ok(event) => self.take(event),
            Err(RecvTimeoutError::Timeout) => self.app.tick(Instant::now()),
            Err(RecvTimeoutError::Disconnected) => {}
        }
        while let Ok(event) = self.events.try_recv() {
            self.take(event);
        }
    }

    fn take(&mut self, event: Event) {
        let now = Instant::now();
        if let (Some(late), Event::Input(Input::Key(key))) = (&mut self.late, &event) {
            match late.key(*key, now) {
                Heard::Nothing => {}
                Heard::Part => return,
                Heard::Background(background) => return self.app.set_theme(self.ground.theme(Some(background))),
            }
        }
        self.app.handle(event, now);
    }

    fn obey(&mut self) -> Result<(), UiError> {
        for order in self.app.take_orders() {
            match order {
                Order::ToggleMouse => {
                    let on = !self.guard.has_mouse();
                    self.guard.set_mouse(on)?;
                    self.app.mouse_is(on);
                }
                #[cfg(unix)]
                Order::Suspend => self.guard.suspend()?,
                #[cfg(not(unix))]
                Order::Suspend => {}
                Order::Edit(text) => {
                    let command = env("VISUAL").or_else(|| env("EDITOR"));
                    let edited = self.input.during(|| self.guard.lend(|| edit_outside(command.as_deref(), &text)))?;
                    self.app.edited(edited.map_err(|error| error.to_string()));
                }
            }
        }
        Ok(())
    }
}
