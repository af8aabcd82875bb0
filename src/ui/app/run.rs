//! The loop around the shell: one channel for input, signals and answers, and one frame for all that came at once.

use super::late::{Heard, LateAnswer};
use super::{App, Appearance, Event, Order, Setup};
use crate::glyphs::Glyphs;
use crate::theme::{ColorChoice, Depth, Mode, Rgb, Theme, ask_terminal};
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
    /// Where the setting says so; else it is found out.
    pub mode: Option<Mode>,
    pub glyphs: Option<&'static Glyphs>,
    pub mouse: bool,
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
        let guard = TerminalGuard::enter(TerminalOptions { mouse: options.mouse, cursor: None, colours })?;
        let ground = Ground { set: options.mode, told: Mode::from_env(env), depth };
        let glyphs = options.glyphs.unwrap_or_else(|| Glyphs::detect(env));
        let look = Appearance { theme: ground.theme(None), glyphs };
        Ok(Stage { guard, sender, events, look, ground, late: None, ears: None })
    }

    /// Afterwards the terminal's answers would be taken for keys.
    fn open(&mut self) -> Result<Ears, UiError> {
        if let Some(ears) = &self.ears {
            return Ok(ears.clone());
        }
        (self.look.theme, self.late) = self.ground.ask();
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
            let look = Look { theme: &self.look.theme, glyphs: self.look.glyphs };
            self.guard.draw(|frame| form.draw(frame, look))?;
            let input = match self.events.recv() {
                Ok(Event::Input(input)) => input,
                Ok(Event::Signal(signal)) => return Ok(Err(signal.exit_code())),
                Ok(Event::Reply(..) | Event::Unopened(_)) => continue,
                Err(_) => return Ok(Err(0)),
            };
            if let (Some(late), Input::Key(key)) = (&mut self.late, &input) {
                match late.key(*key, Instant::now()) {
                    Heard::Nothing => {}
                    Heard::Part => continue,
                    Heard::Background(background) => {
                        self.look.theme = self.ground.theme(Some(background));
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
        let setup = Setup { look: self.look.clone(), size: crossterm::terminal::size()?, kept, here, is_new };
        let mut app = App::new(window, setup, self.sender.clone());
        // The lanes read already while the terminal is asked.
        let ears = self.open()?;
        app.set_theme(self.look.theme);
        let Stage { guard, events, sender, late, ground, .. } = self;
        Loop { guard, ears, app, events, sender, late, ground }.run()
    }
}

fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// What is known of the ground that is drawn on.
struct Ground {
    set: Option<Mode>,
    /// By the environment, where another terminal may have left it: the terminal itself knows better.
    told: Option<Mode>,
    depth: Depth,
}

impl Ground {
    fn theme(&self, background: Option<Rgb>) -> Theme {
        let mode = self.set.or(background.map(Mode::of)).or(self.told).unwrap_or_default();
        Theme::new(mode, self.depth, background)
    }

    /// Asks the terminal where that decides something. A mode that was set, with no word about the ground, paints it.
    fn ask(&self) -> (Theme, Option<LateAnswer>) {
        let theme = self.theme(None);
        if !theme.has_shades() {
            return (theme, None);
        }
        if let Some(background) = ask_terminal(BACKGROUND) {
            return (self.theme(Some(background)), Some(LateAnswer::new(Instant::now())));
        }
        let theme = if self.set.is_some() { theme.painted() } else { theme };
        (theme, Some(LateAnswer::new(Instant::now())))
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
    ground: Ground,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_goes_before_what_the_terminal_says_and_that_before_the_environment() {
        let (set, told, depth) = (Some(Mode::Light), Some(Mode::Light), Depth::TrueColour);
        let black = Some(Rgb::BLACK);
        let is = |ground: Ground, background, mode| ground.theme(background) == Theme::new(mode, depth, background);
        assert!(is(Ground { set, told: None, depth }, black, Mode::Light));
        assert!(is(Ground { set: None, told, depth }, black, Mode::Dark));
        assert!(is(Ground { set: None, told, depth }, None, Mode::Light));
        assert!(is(Ground { set: None, told: None, depth }, None, Mode::Dark));
    }
}
