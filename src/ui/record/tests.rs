//! The record page on a screen: what it looks like. What it does is in `tests/acts.rs`, its data in `tests/world.rs`.

mod acts;
mod answers;
mod world;

use super::*;
use crate::domain::query::Query;
use crate::domain::user::Viewer;
use crate::glyphs::UNICODE;
use crate::keys::{Keymap, Match, Pending, Row, chord, rows_of};
use crate::theme::Theme;
use crate::ui::page_area;
use crate::ui::preview::{self, Preview};
use crate::ui::widgets::Look;
use answers::Crowd;
use crossterm::event::{KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use rstest::rstest;
use std::collections::BTreeSet;
use world::*;

/// Answers a question at once.
type Answers = Box<dyn Fn(&Request) -> Reply>;

/// A page on a screen, with somebody who answers what it asks.
struct Stage {
    page: RecordPage,
    answers: Answers,
    user: crate::domain::user::User,
    settings: std::sync::Arc<crate::domain::settings::Settings>,
    now: chrono::DateTime<chrono::Utc>,
    theme: Theme,
    screen: Rect,
    buffer: Buffer,
    asked: Vec<(Slot, Request)>,
    gone: Vec<Place>,
    toasts: Vec<String>,
    left: bool,
    performed: Vec<Change>,
    /// Names of the modals that were opened.
    pushed: Vec<String>,
}

impl Stage {
    fn new(id: RecordId, size: (u16, u16)) -> Stage {
        let world = World::new();
        let (settings, user, now) = (world.settings.clone(), world.user.clone(), world.now);
        Stage::with(
            RecordPage::new(id, None),
            size,
            (settings, user, now),
            Box::new(move |request| world.answer(request)),
        )
    }

    fn in_a_list(id: RecordId, at: usize, size: (u16, u16)) -> Stage {
        let mut stage = Stage::new(id, size);
        let query = Query::all(id.object, Viewer::EVERYTHING);
        stage.page = RecordPage::new(id, Some(Among { query, at }));
        stage.show();
        stage
    }

    fn crowded(notes: usize, size: (u16, u16)) -> Stage {
        let world = World::new();
        let of = (world.settings.clone(), world.user.clone(), world.now);
        let crowd = Crowd::new(world, notes);
        let page = RecordPage::new(zofia(), None);
        Stage::with(page, size, of, Box::new(move |request| crowd.answer(request)))
    }

    fn with(
        page: RecordPage,
        size: (u16, u16),
        (settings, user, now): (
            std::sync::Arc<crate::domain::settings::Settings>,
            crate::domain::user::User,
            chrono::DateTime<chrono::Utc>,
        ),
        answers: Answers,
    ) -> Stage {
        let screen = Rect::new(0, 0, size.0, size.1);
        let mut stage = Stage {
            page,
            answers,
            user,
            settings,
            now,
            theme: Theme::default(),
            screen,
            buffer: Buffer::empty(screen),
            asked: Vec::new(),
            gone: Vec::new(),
            toasts: Vec::new(),
            left: false,
            performed: Vec::new(),
            pushed: Vec::new(),
        };
        stage.show();
        stage
    }

    /// Lets the page act, obeys its effects until there are none, and draws.
    fn act(&mut self, act: impl FnOnce(&mut RecordPage, &Cx) -> Vec<Effect>) {
        let sorted = BTreeSet::new();
        let config = crate::config::Config::default();
        let cx = Cx {
            config: &config,
            file: None,
            faults: &[],
            settings: &self.settings,
            user: &self.user,
            now: self.now,
            look: Look::new(&self.theme, &UNICODE),
            screen: self.screen,
            sorted: &sorted,
            kept: &crate::ui::kept::Kept::default(),
            here: std::path::Path::new(""),
        };
        let mut effects = act(&mut self.page, &cx);
        while let Some(effect) = effects.pop() {
            match effect {
                Effect::Ask(slot, request) => {
                    assert!(self.asked.len() < 1_000, "asked in circles");
                    let reply = (self.answers)(&request);
                    self.asked.push((slot, request));
                    effects.extend(self.page.reply(slot, reply, &cx));
                }
                Effect::Go(place) => self.gone.push(place),
                Effect::Toast(toast) => self.toasts.push(toast.title),
                Effect::Back => self.left = true,
                // A list of all properties floats over it.
                Effect::Perform(_, change) => self.performed.push(change),
                Effect::Push(modal) => self.pushed.push(modal.name(&cx)),
                Effect::Copy(copied) => self.toasts.push(format!("Copied {}", copied.what)),
                Effect::Open(_) | Effect::Keep(_) | Effect::Saw(_) => {}
                _ => panic!("an effect that this page has no use for"),
            }
        }
        let mut terminal = Terminal::new(TestBackend::new(self.screen.width, self.screen.height)).unwrap();
        terminal.draw(|frame| self.page.draw(frame, page_area(self.screen), &cx)).unwrap();
        self.buffer = terminal.backend().buffer().clone();
    }

    fn show(&mut self) {
        self.act(RecordPage::shown);
    }

    /// Presses keys as the rows of the page have them, one after another.
    fn press(&mut self, keys: &str) {
        let mut pending = Pending::default();
        for key in keys.split(' ') {
            let chord = chord::parse(key).unwrap()[0][0];
            let event = KeyEvent::new(*chord.codes.first(), chord.modifiers);
            let keymap: Keymap =
                rows_of(self.page.keys()).chain(rows_of(rows::EVERYWHERE)).collect::<Vec<Row>>().into_iter().collect();
            if let Match::Command { command, count } = keymap.press(&mut pending, event, self.page.mode()) {
                self.run(command, count);
            }
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>) {
        if self.page.obstacle(command).is_none() {
            self.act(|page, cx| page.run(command, count, cx));
        }
    }

    fn mouse(&mut self, kind: MouseEventKind, (column, row): (u16, u16)) {
        let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        self.act(|page, cx| page.input(&Input::Mouse(event), cx).unwrap_or_default());
    }

    fn click(&mut self, cell: (u16, u16)) {
        self.mouse(MouseEventKind::Down(MouseButton::Left), cell);
    }

    fn lines(&self) -> Vec<String> {
        text_of(&self.buffer)
    }

    /// The line of the cursor, from its pane's left edge.
    fn cursor(&self) -> String {
        let at = self.page.cursor().unwrap();
        (at.x + 1..at.right() - 1).map(|x| self.buffer[(x, at.y)].symbol()).collect::<String>().trim_end().to_owned()
    }

    fn shows(&self, text: &str) -> bool {
        self.lines().iter().any(|line| line.contains(text))
    }

    /// Where a text stands on the screen.
    fn find(&self, text: &str) -> (u16, u16) {
        let lines = self.lines();
        let y = lines.iter().position(|line| line.contains(text)).unwrap();
        let bytes = lines[y].find(text).unwrap();
        (crate::ui::text::width(&lines[y][..bytes]) as u16, y as u16)
    }
}

fn text_of(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let line = |y: u16| {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..area.width {
            let symbol = buffer[(x, y)].symbol();
            if skip == 0 {
                line.push_str(symbol);
                skip = crate::ui::text::width(symbol).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        line.trim_end().to_owned()
    };
    (0..area.height).map(line).collect()
}

fn zofia() -> RecordId {
    id(crate::domain::id::Object::CONTACT, ZOFIA)
}

fn named(name: &str) -> RecordId {
    use crate::domain::id::Object;
    match name {
        "deal" => id(Object::DEAL, RETROFIT),
        "ticket" => id(Object::TICKET, INVOICE),
        "lead" => id(Object::LEAD, SECOND_SITE),
        "company" => id(Object::COMPANY, NORDHAFEN),
        "empty" => id(Object::CONTACT, EMPTY),
        "long" => id(Object::CONTACT, LONG),
        "hostile" => id(Object::CONTACT, HOSTILE),
        _ => zofia(),
    }
}

#[rstest]
#[case(80, 24)]
#[case(110, 30)]
#[case(120, 36)]
#[case(160, 45)]
fn a_contact_with_everything(#[case] width: u16, #[case] height: u16) {
    let mut stage = Stage::in_a_list(zofia(), 0, (width, height));
    stage.press("j j j enter");
    insta::assert_snapshot!(format!("contact_{width}x{height}"), stage.lines().join("\n"));
}

#[rstest]
#[case("deal", 120, 36)]
#[case("ticket", 120, 36)]
#[case("lead", 120, 36)]
#[case("company", 120, 36)]
#[case("empty", 120, 36)]
#[case("long", 120, 36)]
#[case("long", 80, 24)]
#[case("hostile", 120, 36)]
fn other_records(#[case] name: &str, #[case] width: u16, #[case] height: u16) {
    let mut stage = Stage::new(named(name), (width, height));
    stage.press("enter");
    insta::assert_snapshot!(format!("{name}_{width}x{height}"), stage.lines().join("\n"));
}

#[test]
fn nothing_of_what_others_wrote_reaches_the_terminal_as_a_command() {
    let mut stage = Stage::new(named("hostile"), (120, 36));
    stage.press("enter shift-tab z R");
    for cell in stage.buffer.content() {
        let harmless = |c: char| !c.is_control() && !('\u{202A}'..='\u{202E}').contains(&c);
        assert!(cell.symbol().chars().all(harmless), "{:?}", cell.symbol());
    }
}

#[test]
fn a_record_that_is_not_there_says_so_and_leads_back() {
    let mut stage = Stage::new(id(crate::domain::id::Object::CONTACT, 99), (80, 24));
    assert!(stage.shows("This record is not there any more"));
    assert!(stage.shows("esc goes back"));
    stage.press("esc");
    assert!(stage.left);
}

#[rstest]
#[case("contact")]
#[case("deal")]
#[case("empty")]
#[case("long")]
fn a_preview_says_the_same_in_short(#[case] name: &str) {
    let stage = Stage::new(named(name), (160, 45));
    let mut preview = Preview::default();
    let mut asks = preview.show(Some(named(name)));
    let Some(Effect::Ask(preview::SLOT, request)) = asks.pop() else { panic!("it asks for the record") };
    preview.reply((stage.answers)(&request));
    let sorted = BTreeSet::new();
    let config = crate::config::Config::default();
    let cx = Cx {
        config: &config,
        file: None,
        faults: &[],
        settings: &stage.settings,
        user: &stage.user,
        now: stage.now,
        look: Look::new(&stage.theme, &UNICODE),
        screen: Rect::new(0, 0, 48, 41),
        sorted: &sorted,
        kept: &crate::ui::kept::Kept::default(),
        here: std::path::Path::new(""),
    };
    let mut terminal = Terminal::new(TestBackend::new(48, 41)).unwrap();
    terminal.draw(|frame| preview.draw(frame, frame.area(), &cx)).unwrap();
    insta::assert_snapshot!(format!("preview_{name}"), text_of(terminal.backend().buffer()).join("\n"));
    preview.reply(Reply::Detail(None));
    terminal.draw(|frame| preview.draw(frame, frame.area(), &cx)).unwrap();
    assert_eq!(text_of(terminal.backend().buffer())[3], "", "what is gone is shown no more");
}
