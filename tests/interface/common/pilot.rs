//! Drives the interface without a terminal: presses keys, reads the screen, never the model. It waits until every
//! question is answered, so nothing here sleeps.

use chrono::{DateTime, TimeZone, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use lejek::config::Held;
use lejek::domain::answer::Page;
use lejek::domain::id::Object;
use lejek::glyphs::{self, Glyphs};
use lejek::keys::{Chord, Row, chord};
use lejek::theme::{Depth, Mode, Theme};
use lejek::ui::app::{App, Appearance, Event, Notice, Order, Setup};
use lejek::ui::terminal::Input;
use lejek::workspace::Workspace;
use lejek::workspace::request::Reply;
use lejek::workspace::window::Window;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Modifier, Style};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// What time it is on every screen.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 14, 20, 0).single().expect("one moment")
}

pub fn dark() -> Appearance {
    Appearance { theme: Theme::new(Mode::Dark, Depth::TrueColour, None), glyphs: &glyphs::UNICODE }
}

pub fn plain(glyphs: &'static Glyphs) -> Appearance {
    Appearance { theme: Theme::new(Mode::Dark, Depth::Colourless, None), glyphs }
}

pub struct Pilot {
    app: App,
    events: Receiver<Event>,
    terminal: Terminal<TestBackend>,
    seen: Buffer,
    at: Instant,
    /// What the program wanted of its terminal so far.
    pub orders: Vec<Order>,
    /// Sort and search are not ready yet, as in a large workspace that was just opened.
    asleep: bool,
    /// Keys pressed so far, those that only typed aside.
    pub presses: usize,
    /// With letters that a config moved: the keys pressed since the last command.
    moved: Option<Vec<Chord>>,
}

/// Where a letter goes that is moved, by halves of the alphabet.
pub fn moved_letter(letter: char) -> char {
    let from = |first: u8| char::from((letter as u8 - first + 13) % 26 + first);
    match letter {
        'a'..='z' => from(b'a'),
        'A'..='Z' => from(b'A'),
        other => other,
    }
}

impl Pilot {
    pub fn start(window: impl Into<Window>, width: u16, height: u16) -> Pilot {
        Pilot::with(window, dark(), width, height)
    }

    pub fn with(window: impl Into<Window>, look: Appearance, width: u16, height: u16) -> Pilot {
        let mut pilot = Pilot::new(window, look, (width, height), None, false);
        pilot.settle();
        pilot
    }

    /// With a file of what is remembered from one start to the next.
    pub fn kept(window: impl Into<Window>, file: PathBuf, width: u16, height: u16) -> Pilot {
        let mut pilot = Pilot::new(window, dark(), (width, height), Some(file), false);
        pilot.settle();
        pilot
    }

    /// With what is remembered in a file, and remembering there; ending it writes that.
    pub fn resumed(workspace: &Arc<Workspace>, kept: &Path, width: u16, height: u16) -> Pilot {
        let mut pilot = Pilot::new(workspace, dark(), (width, height), Some(kept.to_owned()), false);
        pilot.settle();
        pilot
    }

    /// Before sort and search are ready; `wake` gets them ready.
    pub fn asleep(workspace: &Arc<Workspace>, width: u16, height: u16) -> Pilot {
        let mut pilot = Pilot::new(workspace, dark(), (width, height), None, true);
        pilot.settle();
        pilot
    }

    /// As started in that folder.
    pub fn start_in(here: &Path, window: impl Into<Window>, width: u16, height: u16) -> Pilot {
        let size = (width, height);
        Pilot::of(window, Setup { here: here.to_owned(), ..Setup::of(dark(), size) })
    }

    /// In a workspace that was just made.
    pub fn first_start(here: &Path, window: impl Into<Window>, width: u16, height: u16) -> Pilot {
        let size = (width, height);
        Pilot::of(window, Setup { here: here.to_owned(), is_new: true, ..Setup::of(dark(), size) })
    }

    /// With all that an interface starts with.
    pub fn of(window: impl Into<Window>, setup: Setup) -> Pilot {
        let mut pilot = Pilot::set_up(window, setup, false);
        pilot.settle();
        pilot
    }

    /// With a config file, which need not be there yet.
    pub fn configured(window: impl Into<Window>, file: &Path, width: u16, height: u16) -> Pilot {
        let config = Held::read(Some(file.to_owned()));
        Pilot::of(window, Setup { config, ..Setup::of(dark(), (width, height)) })
    }

    /// The same before sort and search are ready.
    pub fn resumed_asleep(workspace: &Arc<Workspace>, kept: &Path, width: u16, height: u16) -> Pilot {
        let mut pilot = Pilot::new(workspace, dark(), (width, height), Some(kept.to_owned()), true);
        pilot.settle();
        pilot
    }

    fn new(
        window: impl Into<Window>,
        look: Appearance,
        size: (u16, u16),
        kept: Option<PathBuf>,
        asleep: bool,
    ) -> Pilot {
        Pilot::set_up(window, Setup { kept, ..Setup::of(look, size) }, asleep)
    }

    fn set_up(window: impl Into<Window>, setup: Setup, asleep: bool) -> Pilot {
        let (sender, events) = channel();
        let (width, height) = setup.size;
        let app = App::new(window, setup, sender);
        let terminal = Terminal::new(TestBackend::new(width, height)).expect("a screen in memory");
        Pilot {
            app,
            events,
            terminal,
            seen: Buffer::default(),
            at: Instant::now(),
            orders: Vec::new(),
            asleep,
            presses: 0,
            moved: None,
        }
    }

    pub fn wake(&mut self) -> &mut Pilot {
        self.asleep = false;
        self.tell(Reply::Sorted(Object::CONTACT))
    }

    /// Tells what concerns every layer.
    pub fn tell(&mut self, notice: Reply) -> &mut Pilot {
        self.app.handle(Event::Reply(None, notice), self.at);
        self.settle();
        self
    }

    /// Anything that wakes the program.
    pub fn event(&mut self, event: Event) -> &mut Pilot {
        self.app.handle(event, self.at);
        self.settle();
        self
    }

    /// Takes what came from elsewhere.
    pub fn settled(&mut self) -> &mut Pilot {
        self.settle();
        self
    }

    /// What comes over a socket comes some time.
    pub fn wait_until_it_shows(&mut self, text: &str) -> &mut Pilot {
        let until = Instant::now() + Duration::from_secs(30);
        while !self.shows(text) && Instant::now() < until {
            self.settle();
            std::thread::yield_now();
        }
        self
    }

    /// Presses keys as rows write them, parted by blanks: `g d j j enter`.
    pub fn press(&mut self, keys: &str) -> &mut Pilot {
        for chord in chord::parse(keys).expect("keys").concat() {
            self.presses += 1;
            let chord = self.as_moved(chord);
            self.input(Input::Key(chord.into()));
        }
        self
    }

    /// From now on keys are pressed where a config moved their letters.
    pub fn letters_moved(&mut self) -> &mut Pilot {
        self.moved = Some(Vec::new());
        self
    }

    /// The key that does now what this one did, by the rows in force.
    fn as_moved(&mut self, pressed: Chord) -> Chord {
        let Some(before) = self.moved.take() else { return pressed };
        let shown = chord::show(pressed);
        let letters: Vec<char> = shown.chars().collect();
        let moved = match letters.as_slice() {
            [letter] => chord::parse(&moved_letter(*letter).to_string()).expect("a letter")[0][0],
            _ => pressed,
        };
        let with = |last: Chord| before.iter().copied().chain([last]).collect::<Vec<_>>();
        let rows = self.app.rows();
        let sequences: Vec<Vec<Chord>> = rows.iter().flat_map(|row| chord::parse(&row.keys).expect("keys")).collect();
        let begins = |keys: &[Chord]| sequences.iter().any(|sequence| sequence.starts_with(keys));
        // What follows the prefixes of names is made from them.
        let is_of_a_name =
            matches!(before.as_slice(), [first] if ["f", "F", "z"].contains(&chord::show(*first).as_str()));
        let order = if is_of_a_name { [pressed, moved] } else { [moved, pressed] };
        let key = order.into_iter().find(|key| begins(&with(*key))).unwrap_or(pressed);
        let goes_on =
            sequences.iter().any(|sequence| sequence.len() > with(key).len() && sequence.starts_with(&with(key)));
        self.moved = Some(if goes_on { with(key) } else { Vec::new() });
        key
    }

    /// Whether a text field has the focus.
    pub fn types(&self) -> bool {
        self.app.types()
    }

    /// Presses keys faster than anything is answered.
    pub fn press_at_once(&mut self, keys: &str) -> &mut Pilot {
        for chord in chord::parse(keys).expect("keys").concat() {
            self.app.handle(Event::Input(Input::Key(chord.into())), self.at);
        }
        self.settle();
        self
    }

    /// Types text into whatever has the focus.
    pub fn type_in(&mut self, text: &str) -> &mut Pilot {
        for c in text.chars() {
            let key = KeyCode::Char(c);
            self.input(Input::Key(KeyEvent::new(key, KeyModifiers::NONE)));
        }
        self
    }

    pub fn click(&mut self, column: u16, row: u16) -> &mut Pilot {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row)
    }

    pub fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Pilot {
        self.input(Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Pilot {
        self.terminal.backend_mut().resize(width, height);
        self.input(Input::Resize { width, height })
    }

    pub fn input(&mut self, input: Input) -> &mut Pilot {
        self.app.handle(Event::Input(input), self.at);
        self.settle();
        self
    }

    /// The first frame was seen.
    pub fn look_after(&mut self) -> &mut Pilot {
        self.app.look_after();
        self.settle();
        self
    }

    /// Lets time go by.
    pub fn wait(&mut self, time: Duration) -> &mut Pilot {
        self.at += time;
        self.app.tick(self.at);
        self.settle();
        self
    }

    pub fn wants_demo(&self) -> bool {
        self.app.wants_demo()
    }

    /// What the user's own editor came back with.
    pub fn edited(&mut self, text: Result<Option<String>, String>) -> &mut Pilot {
        self.app.edited(text);
        self.settle();
        self
    }

    /// The exit code, once the program has ended.
    pub fn exit(&self) -> Option<i32> {
        self.app.exit()
    }

    /// Waits for every answer, and draws.
    fn settle(&mut self) {
        let started = Instant::now();
        loop {
            // Answers are given before the lanes say that they are idle, so they are looked for after that.
            let is_idle = self.app.is_idle();
            let mut any = false;
            while let Ok(event) = self.events.try_recv() {
                any = true;
                match event {
                    Event::Reply(_, Reply::Sorted(_)) if self.asleep => {}
                    Event::Reply(ticket, Reply::Page(page)) if self.asleep => {
                        let page = Page { sorted: false, ..page };
                        self.app.handle(Event::Reply(ticket, Reply::Page(page)), self.at);
                    }
                    event => self.app.handle(event, self.at),
                }
            }
            if is_idle && !any {
                break;
            }
            assert!(started.elapsed() < Duration::from_mins(3), "the lanes never come to rest");
            std::thread::yield_now();
        }
        let orders = self.app.take_orders();
        for order in &orders {
            if let Order::Notice(Notice { id: Some(id), .. }) = order {
                self.app.noticed(*id);
            }
        }
        let has_noticed = orders.iter().any(|order| matches!(order, Order::Notice(Notice { id: Some(_), .. })));
        self.orders.extend(orders);
        if has_noticed {
            return self.settle();
        }
        // The frame itself: the screen in memory keeps what a real terminal blanks under a wide letter.
        let frame = self.terminal.draw(|frame| self.app.draw(frame)).expect("a screen in memory");
        self.seen = frame.buffer.clone();
    }

    /// The rows of keys that are in force.
    pub fn keys(&self) -> Vec<Row> {
        self.app.rows()
    }

    /// All that is seen, colours too.
    pub fn picture(&self) -> &Buffer {
        &self.seen
    }

    /// Goes a way: keys as rows write them, and between apostrophes what is typed. `f 'city' enter`.
    pub fn go(&mut self, way: &str) -> &mut Pilot {
        for (place, piece) in way.split('\'').enumerate() {
            if place % 2 == 1 {
                let chars: Vec<String> =
                    piece.chars().map(|c| if c == ' ' { "space".into() } else { c.to_string() }).collect();
                self.press_at_once(&chars.join(" "));
            } else if !piece.trim().is_empty() {
                self.press(piece.trim());
            }
        }
        self
    }

    /// The rows of the screen without blanks at their ends.
    pub fn rows(&self) -> Vec<String> {
        let buffer = &self.seen;
        let row = |y| {
            let mut text = String::new();
            let mut covered = 0;
            for x in 0..buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                // The second cell of a wide letter holds nothing.
                if covered == 0 {
                    text.push_str(symbol);
                    covered = lejek::ui::text::width(symbol).max(1);
                }
                covered -= 1;
            }
            text.trim_end().to_owned()
        };
        (0..buffer.area.height).map(row).collect()
    }

    pub fn screen(&self) -> String {
        self.rows().join("\n") + "\n"
    }

    pub fn shows(&self, text: &str) -> bool {
        self.screen().contains(text)
    }

    /// The style of the cell where this text begins.
    pub fn style_of(&self, text: &str) -> Style {
        let rows = self.rows();
        let found = rows.iter().enumerate().find_map(|(y, row)| Some((y, row.find(text)?)));
        let (y, at) = found.unwrap_or_else(|| panic!("`{text}` is not on the screen:\n{}", self.screen()));
        let x = lejek::ui::text::width(&rows[y][..at]);
        self.seen[(x as u16, y as u16)].style()
    }

    /// The row under the cursor, by its bar, or reversed where there is none.
    pub fn cursor_row(&self) -> String {
        let rows = self.rows();
        let found = rows.iter().find(|row| row.starts_with(" ▌") || row.starts_with(" >"));
        found.cloned().unwrap_or_default().trim_start_matches([' ', '▌', '>']).to_owned()
    }

    /// The row of a modal under the cursor, by its bar.
    pub fn marked_row(&self) -> String {
        self.rows().into_iter().find(|row| row.contains("│ ▌")).unwrap_or_default()
    }

    /// Cells with a modifier that are not blank, as one text, row by row from the top.
    pub fn marked(&self, modifier: Modifier) -> String {
        let cells = self.seen.content().iter();
        cells.filter(|cell| cell.modifier.contains(modifier) && cell.symbol() != " ").map(Cell::symbol).collect()
    }
}

#[track_caller]
pub fn assert_shows(pilot: &Pilot, text: &str) {
    assert!(pilot.shows(text), "`{text}` is not seen:\n{}", pilot.screen());
}

#[track_caller]
pub fn assert_hides(pilot: &Pilot, text: &str) {
    assert!(!pilot.shows(text), "`{text}` is seen:\n{}", pilot.screen());
}
