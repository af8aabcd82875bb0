//! The shell: owns the layers, turns input into commands, commands into effects, and effects into questions to the
//! lanes. It knows no terminal: [`run`] feeds it events and shows its frames, tests do the same without one.

mod act;
mod bindings;
mod command;
mod configured;
mod due;
mod late;
mod leave;
mod open;
mod paint;
mod pointer;
mod run;
mod scene;
mod stack;
mod told;
mod upkeep;

use super::layer::{Answer, Layer, Place, Slot};
use super::modals::doors::Doors;
use super::terminal::{Input, Signal};
use super::widgets::{Toast, Toasts};
use crate::config::{Desk, News};
use crate::domain::change::Change;
use crate::domain::id::Object;
use crate::domain::link::Link;
use crate::keys::Pending;
use crate::workspace::lanes::{Lanes, Ticket};
use crate::workspace::request::Reply;
use crate::workspace::window::Window;
use bindings::{Bindings, Prefixed};
use crossterm::event::KeyEvent;
use due::Due;
use leave::Leave;
use ratatui::layout::Rect;
use stack::Stack;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};
use told::Told;
use upkeep::Idle;

pub use run::{Left, Opening, Stage, UiError, UiOptions, run};
use scene::Scene;
pub use scene::{Appearance, Setup};
pub use told::Notice;

/// What wakes the shell.
#[derive(Debug)]
pub enum Event {
    Input(Input),
    Signal(Signal),
    Reply(Option<Ticket>, Reply),
    /// What the system's programs did not open, and why.
    Unopened(String),
    /// What came of reading or writing the config file.
    Config(News),
}

impl From<Input> for Event {
    fn from(input: Input) -> Event {
        Event::Input(input)
    }
}

impl From<Signal> for Event {
    fn from(signal: Signal) -> Event {
        Event::Signal(signal)
    }
}

/// What only whoever holds the terminal can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    Copy(String),
    Open(Link),
    ToggleMouse,
    SetMouse(bool),
    Suspend,
    /// Gives this text to the user's own editor; the shell is told by [`App::edited`].
    Edit(String),
    /// The terminal's own notification; the shell is told by [`App::noticed`].
    Notice(Notice),
}

/// A second ctrl-c within this time quits.
const TWICE: Duration = Duration::from_secs(2);
const SPINNER: Duration = Duration::from_millis(80);
/// Ages on the screen are told in minutes.
const AGES: Duration = Duration::from_mins(1);

/// The interface, but for the terminal.
pub struct App {
    lanes: Lanes,
    window: Arc<Window>,
    scene: Scene,
    due: Due,
    told: Told,
    stack: Stack,
    bindings: Bindings,
    pending: Pending,
    prefixed: Option<Prefixed>,
    toasts: Toasts,
    generation: u64,
    /// Some question was answered.
    answered: bool,
    /// Objects whose sort and search are being got ready, or are.
    prepared: BTreeSet<Object>,
    /// Changes that are being made; ctrl-c stops the long ones.
    running: Vec<Running>,
    /// By the dialog's layer: whose change waits for its answer.
    asked: BTreeMap<u64, (u64, Slot)>,
    /// Whose text is in the user's own editor.
    outside: Option<u64>,
    /// Where one was going when something was found unsaved.
    leaving: Option<Leave>,
    orders: Vec<Order>,
    exit: Option<i32>,
    /// Whoever leaves wants to see the demo.
    wants_demo: bool,
    /// When the event that is being handled came.
    at: Instant,
    interrupted: Option<Instant>,
    focused: Option<Instant>,
    idle: Idle,
    /// Reads and writes the config file.
    desk: Desk,
    /// The user asked for the config to be read again.
    wants_news: bool,
}

/// A change on its way.
struct Running {
    ticket: Ticket,
    /// None: it is an import, or it writes a file.
    change: Option<Change>,
    cancelled: Arc<AtomicBool>,
    /// Done and all, once it is known to be long.
    progress: Option<(u64, u64)>,
}

impl App {
    /// Starts the lanes and asks for the first list. Answers come through `answers`, to be given to [`App::handle`].
    pub fn new(window: impl Into<Window>, setup: Setup, answers: Sender<Event>) -> App {
        let told = answers.clone();
        let tell = move |news| _ = told.send(Event::Config(news));
        let desk = Desk::start(setup.config.clone(), tell);
        let window = Arc::new(window.into());
        let answer = move |ticket, reply| {
            // Nobody listens any more when the interface has ended.
            let _ = answers.send(Event::Reply(ticket, reply));
        };
        let lanes = Lanes::start(&window, Arc::new(answer));
        let is_new = setup.is_new;
        let scene = Scene::of(setup, &window);
        let landing = Place::List(open::landing(scene.keeper.kept(), &scene.settings));
        let mut stack = Stack::new(open::layer_of(&landing, None));
        let due = Due::begin(&window);
        if due.now.has_open && scene.keeper.kept().list.is_some() {
            stack.open(open::layer_of(&Place::Today, None));
        }
        let mut app = App {
            lanes,
            window,
            scene,
            due,
            told: Told::default(),
            stack,
            bindings: Bindings::default(),
            pending: Pending::default(),
            prefixed: None,
            toasts: Toasts::default(),
            generation: 0,
            answered: false,
            prepared: BTreeSet::new(),
            running: Vec::new(),
            asked: BTreeMap::new(),
            outside: None,
            leaving: None,
            orders: Vec::new(),
            exit: None,
            wants_demo: false,
            at: Instant::now(),
            interrupted: None,
            focused: None,
            idle: Idle::since(Instant::now()),
            desk,
            wants_news: false,
        };
        app.show_top();
        if is_new {
            app.push(Box::new(Doors::default()));
        }
        app.tell_drafts();
        app.tell_faults();
        app.ask_what_was_told();
        app.prepare();
        app
    }

    /// Gets sort and search ready, of the object on the screen first; later of objects that are new.
    fn prepare(&mut self) {
        let shown = open::landing(self.scene.keeper.kept(), &self.scene.settings);
        let mut objects: Vec<Object> = self.scene.settings.objects.iter().map(|spec| spec.object).collect();
        objects.sort_by_key(|object| *object != shown);
        for object in objects {
            if self.prepared.insert(object) {
                self.lanes.prepare(object);
            }
        }
    }

    /// Takes the settings as they are now.
    fn refresh(&mut self) {
        self.scene.refresh(&self.window);
        self.prepare();
    }

    /// Goes on with what did not come to its end last time; begun when there is something to see.
    pub fn look_after(&mut self) {
        self.lanes.end_erasing();
        self.ask_what_was_broken_off();
    }

    /// Takes one event that came `at` that time.
    pub fn handle(&mut self, event: Event, at: Instant) {
        self.tick(at);
        match event {
            Event::Input(input) => {
                self.idle.ends(at);
                self.input(&input);
            }
            Event::Signal(signal) => self.exit = Some(signal.exit_code()),
            Event::Reply(ticket, reply) => self.reply(ticket, reply),
            Event::Unopened(why) => self.unopened(why),
            Event::Config(news) => self.heard(news),
        }
    }

    /// Time went by.
    pub fn tick(&mut self, at: Instant) {
        self.at = at;
        self.scene.now = self.window.now();
        self.toasts.expire(at);
        self.scene.keeper.write(at);
        self.ask_if_due();
        if self.idle.is_due(at) && self.lanes.is_idle() {
            self.idle.looked_after(at);
            self.lanes.look_after();
        }
    }

    fn input(&mut self, input: &Input) {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Mouse(mouse) => self.mouse(*mouse),
            Input::Paste(_) => {
                self.with_top(|layer, cx| layer.input(input, cx).unwrap_or_default());
            }
            Input::Resize { width, height } => {
                self.scene.screen = Rect::new(0, 0, *width, *height);
                self.with_page(|layer, cx| layer.input(input, cx).unwrap_or_default());
            }
            Input::Focus(gained) => {
                self.focused = gained.then_some(self.at);
                if *gained {
                    self.reload_config(false);
                }
            }
            Input::Gone => self.exit = Some(Signal::HangUp.exit_code()),
        }
    }

    fn key(&mut self, key: KeyEvent) {
        self.focused = None;
        self.press(key);
    }

    /// The exit code, once it is over.
    pub fn exit(&self) -> Option<i32> {
        self.exit
    }

    /// Whether to go on with the demo when it is over.
    pub fn wants_demo(&self) -> bool {
        self.wants_demo
    }

    /// What is to be done with the terminal, each only once.
    pub fn take_orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }

    /// Every question was answered and every change written; the answers may still wait to be handled.
    pub fn is_idle(&self) -> bool {
        self.lanes.is_idle() && self.desk.is_idle()
    }

    /// The first rows are there.
    pub fn has_rows(&self) -> bool {
        self.answered
    }

    /// Told after the order to toggle it.
    pub fn mouse_is(&mut self, on: bool) {
        let (title, text) = if on {
            ("The mouse is on", "Hold shift to select text with it.")
        } else {
            ("The mouse is off", "It selects text again.")
        };
        self.toast(Toast::info(title).text(text));
    }

    /// Told after the order to edit a text: the new one, none if it is as it was, or why it could not be edited.
    pub fn edited(&mut self, text: Result<Option<String>, String>) {
        let Some(id) = self.outside.take() else { return };
        match text {
            Ok(Some(text)) => self.with(id, |layer, cx| layer.answer(Answer::Edited(text), cx)),
            Ok(None) => {}
            Err(sentence) => self.toast(Toast::error("The text is as it was").text(sentence).way("esc", "dismiss")),
        }
    }

    /// How long nothing changes on the screen if nothing comes in.
    pub fn rest(&self, now: Instant) -> Duration {
        let spins = self.stack.layers().any(Layer::spins) || self.progress().is_some();
        let longest = if spins && !self.config().reduced_motion { SPINNER } else { AGES };
        let upkeep = Some(self.idle.due()).filter(|at| *at > now);
        let next = self.toasts.next_expiry().into_iter().chain(self.scene.keeper.due()).chain(upkeep);
        next.map(|at| at.saturating_duration_since(now)).fold(longest, Duration::min)
    }

    /// For the terminal's title bar.
    pub fn title(&self) -> String {
        match self.stack.page().layer.crumbs(&self.scene.cx()).pop() {
            Some(last) => format!("lejek — {last}"),
            None => "lejek".to_owned(),
        }
    }
}
