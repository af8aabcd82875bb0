//! The loop around the shell: one channel for input, signals and answers, and one frame for all that came at once.

use super::configured::env;
use super::late::{Heard, LateAnswer};
use super::{App, Appearance, Event, Order, Setup};
use crate::config::Held;
use crate::theme::{ColorChoice, Depth, Ground, Mode, Rgb, ask_terminal};
use crate::ui::first_start::{Asked, FirstStart, Founder};
use crate::ui::terminal::{
    Input, InputPause, SignalWatch, TerminalError, TerminalGuard, TerminalOptions, edit_outside, install_crash_hook,
    open, spawn_input, spawn_signals,
};
use crate::ui::widgets::Look;
use crate::workspace::terminal_notice;
use crate::workspace::window::Window;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
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
    pub config: Held,
    /// Where a crash is reported.
    pub state: PathBuf,
}

/// What the interface opens on.
pub struct Opening {
    pub window: Window,
    /// The file of what is remembered from one start to the next.
    pub kept: Option<PathBuf>,
    /// It was just made: what to begin with is asked.
    pub is_new: bool,
}

/// How the user left the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// To exit with.
    pub code: i32,
    /// They want to see the demo.
    pub wants_demo: bool,
}

/// Runs the interface until the user leaves it.
pub fn run(opening: Opening, options: UiOptions) -> Result<Left, UiError> {
    Stage::enter(options)?.run(opening)
}

/// The terminal, taken over for the interface and what may come before it.
pub struct Stage {
    guard: TerminalGuard,
    sender: Sender<Event>,
    events: Receiver<Event>,
    look: Appearance,
    ground: Ground,
    config: Held,
    late: Option<LateAnswer>,
    /// Set when the terminal was asked and is listened to.
    ears: Option<Ears>,
}

/// The threads that listen to the terminal and to signals.
#[derive(Clone)]
struct Ears {
    input: InputPause,
    signals: Arc<SignalWatch>,
}

impl Stage {
    pub fn enter(options: UiOptions) -> Result<Stage, UiError> {
        let depth = Depth::detect(options.color, env);
        let (sender, events) = channel();
        install_crash_hook(options.state);
        let colours = depth != Depth::Colourless;
        let Held { config, .. } = &options.config;
        let guard = TerminalGuard::enter(TerminalOptions { mouse: config.mouse, cursor: None, colours })?;
        let ground = Ground::of(depth, Mode::from_env(env));
        let look = Appearance { theme: config.theme(&ground), glyphs: config.glyphs(env) };
        Ok(Stage { guard, sender, events, look, ground, config: options.config, late: None, ears: None })
    }

    /// Afterwards the terminal's answers would be taken for keys.
    fn open(&mut self) -> Result<Ears, UiError> {
        if let Some(ears) = &self.ears {
            return Ok(ears.clone());
        }
        if self.look.theme.has_shades() {
            let background = ask_terminal(BACKGROUND);
            self.ground = Ground { background, is_silent: background.is_none(), ..self.ground };
            self.look.theme = self.config.config.theme(&self.ground);
            self.late = Some(LateAnswer::new(Instant::now()));
        }
        self.guard.set_cursor_colour(self.look.theme.cursor_colour())?;
        let signals = Arc::new(spawn_signals(self.sender.clone())?);
        let ears = Ears { signals, input: spawn_input(self.sender.clone())? };
        Ok(self.ears.insert(ears).clone())
    }

    /// Who makes a workspace in `folder`, or the code to exit with when nobody wants to. `email`: what stands there at
    /// first.
    pub fn ask_who(&mut self, folder: &Path, email: Option<&str>) -> Result<Result<Founder, i32>, UiError> {
        self.open()?;
        let mut form = FirstStart::new(&folder.display().to_string(), email.unwrap_or_default());
        self.guard.set_title("lejek")?;
        loop {
            let look = Look::new(&self.look.theme, self.look.glyphs);
            self.guard.draw(|frame| form.draw(frame, look))?;
            let input = match self.events.recv() {
                Ok(Event::Input(input)) => input,
                Ok(Event::Signal(signal)) => return Ok(Err(signal.exit_code())),
                Ok(Event::Reply(..) | Event::Unopened(_) | Event::Config(_)) => continue,
                Err(_) => return Ok(Err(0)),
            };
            if let (Some(late), Input::Key(key)) = (&mut self.late, &input) {
                match late.key(*key, Instant::now()) {
                    Heard::Nothing => {}
                    Heard::Part => continue,
                    Heard::Background(background) => {
                        self.ground = Ground { background: Some(background), is_silent: false, ..self.ground };
                        self.look.theme = self.config.config.theme(&self.ground);
                        continue;
                    }
                }
            }
            match form.input(&input) {
                Asked::Again => {}
                Asked::Answered(founder) => return Ok(Ok(founder)),
                Asked::Left => return Ok(Err(0)),
            }
        }
    }

    /// Runs the interface until the user leaves it.
    pub fn run(mut self, opening: Opening) -> Result<Left, UiError> {
        let Opening { window, kept, is_new } = opening;
        // In a folder that is gone, paths stay as they are.
        let here = std::env::current_dir().unwrap_or_default();
        let (look, size, config) = (self.look.clone(), crossterm::terminal::size()?, self.config.clone());
        let setup = Setup { look, size, kept, here, is_new, config, ground: self.ground };
        let mut app = App::new(window, setup, self.sender.clone());
        // The lanes read already while the terminal is asked.
        let ears = self.open()?;
        app.background_is(self.ground.background);
        let cursor = self.look.theme.cursor_colour();
        let Stage { guard, events, sender, late, .. } = self;
        Loop { guard, ears, app, events, sender, late, cursor }.run()
    }
}

/// The terminal is given back before the lanes are waited for, so it stands first.
struct Loop {
    guard: TerminalGuard,
    ears: Ears,
    app: App,
    events: Receiver<Event>,
    sender: Sender<Event>,
    late: Option<LateAnswer>,
    /// What the terminal's own cursor is coloured.
    cursor: Option<Rgb>,
}

impl Loop {
    fn run(mut self) -> Result<Left, UiError> {
        self.wait_for_rows();
        let mut is_first = true;
        loop {
            self.obey()?;
            if let Some(code) = self.app.exit() {
                let wants_demo = self.app.wants_demo();
                if wants_demo {
                    // Somebody else will listen to this terminal.
                    self.ears.input.hold();
                    self.ears.signals.end();
                }
                return Ok(Left { code, wants_demo });
            }
            self.guard.draw(|frame| self.app.draw(frame))?;
            self.guard.set_title(&self.app.title())?;
            if self.app.cursor_colour() != self.cursor {
                self.cursor = self.app.cursor_colour();
                self.guard.set_cursor_colour(self.cursor)?;
            }
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
                Heard::Background(background) => return self.app.background_is(Some(background)),
            }
        }
        self.app.handle(event, now);
    }

    fn obey(&mut self) -> Result<(), UiError> {
        for order in self.app.take_orders() {
            match order {
                Order::Copy(text) => self.guard.copy(&text)?,
                Order::Open(link) => {
                    let sender = self.sender.clone();
                    open(&link, move |why| {
                        // Nobody listens any more when the interface has ended.
                        let _ = sender.send(Event::Unopened(why));
                    });
                }
                Order::ToggleMouse => {
                    let on = !self.guard.has_mouse();
                    self.guard.set_mouse(on)?;
                    self.app.mouse_is(on);
                }
                Order::SetMouse(on) => self.guard.set_mouse(on)?,
                #[cfg(unix)]
                Order::Suspend => self.guard.suspend()?,
                #[cfg(not(unix))]
                Order::Suspend => {}
                Order::Notice(notice) => {
                    self.guard.send(&terminal_notice(notice.id, &notice.title, &notice.text, env))?;
                    notice.id.into_iter().for_each(|id| self.app.noticed(id));
                }
                Order::Edit(text) => {
                    let command = env("VISUAL").or_else(|| env("EDITOR"));
                    let edited =
                        self.ears.input.during(|| self.guard.lend(|| edit_outside(command.as_deref(), &text)))?;
                    self.app.edited(edited.map_err(|error| error.to_string()));
                }
            }
        }
        Ok(())
    }
}
