//! The settings: a tree of pages at the left, the page under its cursor at the right. To add a page, add a row to
//! `pages::entries` and an impl of [`Page`].

mod associations;
mod definition;
mod draw;
mod field;
mod general;
mod object_form;
mod objects;
mod options;
pub mod pages;
mod people;
mod properties;

use super::layer::{Answer, Cx, Effect, Layer, Place, Slot};
use super::modals::choose::{Choice, Choose};
use super::terminal::Input;
use super::widgets::{Tab, Window};
use crate::domain::id::Object;
use crate::domain::user::Right;
use crate::keys::{Command, KeyMode, Keys, rows::SETTINGS_TREE};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use draw::Geometry;
use pages::{Entry, Spot, entries, spots};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A page of the settings: a layer but for what the frame around it does.
pub trait Page {
    /// Its tabs, and which of them is open.
    fn tabs(&self, cx: &Cx) -> (Vec<Tab<'static>>, usize);

    fn keys(&self) -> &'static [Keys];

    fn mode(&self) -> KeyMode {
        KeyMode::Normal
    }

    /// Settings may have changed; also called before it is shown for the first time.
    fn renew(&mut self, cx: &Cx);

    /// What it needs to know of the workspace; called whenever it is shown or something changed.
    fn ask(&mut self, _: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// The object under its cursor, to whose page [`Command::Open`] goes.
    fn leads_to(&self, _: &Cx) -> Option<Object> {
        None
    }

    fn input(&mut self, _: &Input, _: &Cx) -> Option<Vec<Effect>> {
        None
    }

    fn blocked(&self, _: Command, _: &Cx) -> Option<String> {
        None
    }

    /// Rows that one can jump to, each with the name that [`Page::go_to_row`] takes and what it is called.
    fn rows(&self, _: &Cx) -> Vec<(String, String)>;

    fn go_to_row(&mut self, name: &str, cx: &Cx);

    /// `Escape` comes here first; `None`: there is nothing to be left on the page.
    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>>;

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect>;

    /// What a modal that the page pushed says when it goes.
    fn answer(&mut self, _: Answer, _: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// Changes that wait for [`Command::Save`] or [`Command::Discard`]; a page that acts at once has none.
    fn unsaved(&self) -> usize {
        0
    }

    /// Draws below the tabs, and gives the place of the caret or of the cursor's row.
    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect>;
}

/// Why a user may not change what needs a right, for the rows of keys: the page says who can.
fn lacking(right: Right, cx: &Cx) -> Option<String> {
    (!right.is_held_by(cx.user)).then(|| format!("it needs {}", right.name()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Pane {
    #[default]
    Tree,
    Page,
}

#[derive(Default)]
pub struct Settings {
    entries: Vec<Entry>,
    tree: Window,
    focus: Pane,
    /// Those that were seen, with what was changed on them. Their places are slots, so none is taken out.
    opened: Vec<(Entry, Box<dyn Page>)>,
    geometry: Geometry,
    cursor: Option<Rect>,
    /// What is searched while a search is open.
    searched: Vec<Spot>,
}

impl Settings {
    fn entry(&self) -> Option<&Entry> {
        self.entries.get(self.tree.cursor()?)
    }

    /// The place in `opened` of the page that is seen.
    fn seen(&self) -> Option<usize> {
        let entry = self.entry()?;
        self.opened.iter().position(|(opened, _)| opened == entry)
    }

    fn page(&self) -> Option<&dyn Page> {
        self.seen().map(|at| self.opened[at].1.as_ref())
    }

    /// Lets the page that is seen do something; what it asks for finds its way back to it.
    fn with_page<T>(&mut self, act: impl FnOnce(&mut dyn Page) -> T) -> Option<(Slot, T)> {
        let at = self.seen()?;
        Some((at as Slot, act(self.opened[at].1.as_mut())))
    }

    /// Opens the page under the cursor of the tree.
    fn follow(&mut self, cx: &Cx) {
        let Some(entry) = self.entry().cloned() else { return };
        if self.seen().is_none() {
            let mut page = entry.open();
            page.renew(cx);
            self.opened.push((entry, page));
        }
    }

    fn renew(&mut self, cx: &Cx) {
        let before = self.entry().cloned();
        self.entries = entries(cx.settings);
        self.tree.set_len(self.entries.len());
        if let Some(place) = self.entries.iter().position(|entry| Some(entry) == before.as_ref()) {
            self.tree.go_to(place);
        }
        for (_, page) in &mut self.opened {
            page.renew(cx);
        }
        self.follow(cx);
    }

    /// All settings, to choose one of.
    fn search(&mut self, cx: &Cx) -> Vec<Effect> {
        self.searched = spots(cx);
        let choice = |(at, spot): (usize, &Spot)| {
            let of = spot.row.as_ref().map(|_| spot.entry.title.clone()).unwrap_or_default();
            Choice::placed(at, &spot.label, of)
        };
        let choices = self.searched.iter().enumerate().map(choice).collect();
        vec![Effect::Push(Box::new(Choose::new("All settings", "Every page and what stands on it.", choices, 0)))]
    }

    /// Opens a page with the cursor on a row of it.
    fn jump(&mut self, spot: &Spot, cx: &Cx) {
        let Some(place) = self.entries.iter().position(|entry| *entry == spot.entry) else { return };
        self.move_to(|tree| tree.go_to(place), cx);
        self.focus = if spot.row.is_some() { Pane::Page } else { Pane::Tree };
        if let Some(row) = &spot.row {
            self.with_page(|page| page.go_to_row(row, cx));
        }
    }

    /// Lets the page that is seen ask what it needs.
    fn ask(&mut self, cx: &Cx) -> Vec<Effect> {
        let asked = self.with_page(|page| page.ask(cx));
        asked.map(|(slot, effects)| of_page(slot, effects)).unwrap_or_default()
    }

    /// To the page of the object under the page's cursor.
    fn go_on(&mut self, cx: &Cx) -> Option<Vec<Effect>> {
        let object = self.page()?.leads_to(cx)?;
        let place = self.entries.iter().position(|entry| entry.is_of(object))?;
        self.move_to(|tree| tree.go_to(place), cx);
        Some(self.ask(cx))
    }

    fn is_on_page(&self) -> bool {
        self.focus == Pane::Page
    }

    fn move_to(&mut self, act: impl FnOnce(&mut Window), cx: &Cx) {
        act(&mut self.tree);
        self.follow(cx);
    }

    fn run_tree(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        let line = count.map(|count| (count as usize).saturating_sub(1));
        match command {
            Command::MoveDown => self.move_to(|tree| tree.move_by(times), cx),
            Command::MoveUp => self.move_to(|tree| tree.move_by(-times), cx),
            Command::HalfPageDown => self.move_to(|tree| tree.half_page(times), cx),
            Command::HalfPageUp => self.move_to(|tree| tree.half_page(-times), cx),
            Command::PageDown => self.move_to(|tree| tree.page(times), cx),
            Command::PageUp => self.move_to(|tree| tree.page(-times), cx),
            Command::First => self.move_to(|tree| tree.go_to(line.unwrap_or(0)), cx),
            Command::Last => self.move_to(|tree| tree.go_to(line.unwrap_or(usize::MAX)), cx),
            Command::Open => self.focus = Pane::Page,
            Command::Escape => return vec![Effect::Back],
            _ => {}
        }
        Vec::new()
    }

    /// A click on the tree opens a page, one on the page gives it the focus.
    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = (mouse.column, mouse.row);
        let is_click = matches!(mouse.kind, MouseEventKind::Down(MouseButton::Left));
        let Geometry { save, discard, .. } = self.geometry;
        for (place, command) in [(save, Command::Save), (discard, Command::Discard)] {
            if is_click && place.contains(at.into()) {
                return Some(self.run(command, None, cx));
            }
        }
        if self.geometry.page.contains(at.into()) {
            let had_focus = self.is_on_page();
            if is_click {
                self.focus = Pane::Page;
            }
            let effects = self.hand_on(&Input::Mouse(mouse), cx);
            return effects.or((is_click && !had_focus).then(Vec::new));
        }
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let place = self.geometry.entry_at(at, &self.entries)?;
                self.focus = Pane::Tree;
                self.move_to(|tree| tree.go_to(place), cx);
                return Some(self.ask(cx));
            }
            MouseEventKind::ScrollDown => self.move_to(|tree| tree.move_by(1), cx),
            MouseEventKind::ScrollUp => self.move_to(|tree| tree.move_by(-1), cx),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn hand_on(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        let (slot, effects) = self.with_page(|page| page.input(input, cx))?;
        effects.map(|effects| of_page(slot, effects))
    }
}

/// The page's slot is its place among those that were opened.
fn of_page(at: Slot, effects: Vec<Effect>) -> Vec<Effect> {
    let slotted = |effect| match effect {
        Effect::Ask(_, request) => Effect::Ask(at, request),
        Effect::Perform(_, change) => Effect::Perform(at, change),
        effect => effect,
    };
    effects.into_iter().map(slotted).collect()
}

impl Layer for Settings {
    fn place(&self) -> Option<Place> {
        Some(Place::Settings)
    }

    fn name(&self, _: &Cx) -> String {
        match self.entry().filter(|_| self.is_on_page()) {
            Some(entry) => format!("{} in the settings", entry.title),
            None => "the settings".into(),
        }
    }

    fn crumbs(&self, _: &Cx) -> Vec<String> {
        let entry = self.entry();
        let group = entry.map(|entry| entry.group.to_owned()).filter(|group| !group.is_empty());
        let page = entry.map(|entry| entry.title.clone());
        ["Settings".to_owned()].into_iter().chain(group).chain(page).collect()
    }

    fn keys(&self) -> &'static [Keys] {
        self.page().filter(|_| self.is_on_page()).map_or(SETTINGS_TREE, Page::keys)
    }

    fn mode(&self) -> KeyMode {
        self.page().filter(|_| self.is_on_page()).map_or(KeyMode::Normal, Page::mode)
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        self.renew(cx);
        self.ask(cx)
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            input if self.is_on_page() => self.hand_on(input, cx),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.page().filter(|_| self.is_on_page()).and_then(|page| page.blocked(command, cx))
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        self.searched.clear();
        match command {
            Command::SearchSettings => self.search(cx),
            Command::NextPane | Command::PreviousPane => {
                self.focus = if self.is_on_page() { Pane::Tree } else { Pane::Page };
                Vec::new()
            }
            // Also when one leaves from the tree: of every page that was changed.
            Command::Save | Command::Discard => {
                let changed = self.opened.iter_mut().zip(0..).filter(|((_, page), _)| page.unsaved() > 0);
                let ends = changed.map(|((_, page), at)| of_page(at, page.run(command, None, cx).unwrap_or_default()));
                ends.flatten().collect()
            }
            Command::Open
                if self.is_on_page()
                    && let Some(effects) = self.go_on(cx) =>
            {
                effects
            }
            command if self.is_on_page() => {
                let ran = self.with_page(|page| page.run(command, count, cx));
                let effects = ran.and_then(|(slot, effects)| effects.map(|effects| of_page(slot, effects)));
                effects.unwrap_or_else(|| {
                    self.focus = Pane::Tree;
                    Vec::new()
                })
            }
            command => {
                let mut effects = self.run_tree(command, count, cx);
                effects.extend(self.ask(cx));
                effects
            }
        }
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        let effects = self.opened.get_mut(usize::from(slot)).map(|(_, page)| page.reply(reply, cx));
        of_page(slot, effects.unwrap_or_default())
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        if !matches!(notice, Reply::Changed(_)) {
            return Vec::new();
        }
        self.renew(cx);
        self.ask(cx)
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        let spot = match &answer {
            Answer::Setting(spot) => Some(spot.as_ref().clone()),
            Answer::Picked(at) => self.searched.get(*at).cloned(),
            _ => None,
        };
        if let Some(spot) = spot {
            self.jump(&spot, cx);
            return Vec::new();
        }
        let answered = self.with_page(|page| page.answer(answer, cx));
        answered.map(|(slot, effects)| of_page(slot, effects)).unwrap_or_default()
    }

    fn unsaved(&self) -> Option<String> {
        let changed: Vec<_> = self.opened.iter().filter(|(_, page)| page.unsaved() > 0).collect();
        let titles: Vec<&str> = changed.iter().map(|(entry, _)| entry.title.as_str()).collect();
        let count = changed.iter().map(|(_, page)| page.unsaved()).sum();
        (count > 0).then(|| format!("{} on {}", draw::unsaved(count), titles.join(", ")))
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), area, cx);
    }
}
