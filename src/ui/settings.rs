//! The settings: a tree of pages at the left, the page under its cursor at the right. To add a page, add a row to
//! `pages::entries` and an impl of [`Page`].

mod activities;
mod associations;
mod channels;
mod chosen;
mod definition;
mod draft;
mod draw;
mod field;
mod general;
mod keymap;
mod lines;
mod looks;
mod object_form;
mod objects;
mod options;
pub mod pages;
mod partners;
mod people;
mod pipelines;
mod pointer;
mod properties;
mod setup;
mod tree;

use super::layer::{Answer, Cx, Effect, Layer, Place, Slot};
use super::terminal::Input;
use super::widgets::{Tab, Window};
use crate::domain::id::Object;
use crate::domain::user::Right;
use crate::keys::rows::{SETTINGS_TABS, SETTINGS_TREE};
use crate::keys::{Command, KeyMode, Keys, Row, rows_of};
use crate::workspace::request::Reply;
use draw::Geometry;
use pages::{Entry, Spot, entries};
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

    /// The tab beside it that [`Command::Edit`] opens, by its title.
    fn turns_to(&self) -> Option<&'static str> {
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

/// A page that was seen, and where it stands.
struct Opened {
    entry: Entry,
    tab: usize,
    page: Box<dyn Page>,
}

#[derive(Default)]
pub struct Settings {
    entries: Vec<Entry>,
    tree: Window,
    focus: Pane,
    /// Of entries with several tabs, the open one where that is not the first.
    tabs: Vec<(Entry, usize)>,
    /// Those that were seen, with what was changed on them. Their places are slots, so none is taken out.
    opened: Vec<Opened>,
    geometry: Geometry,
    cursor: Option<Rect>,
    /// What is searched while a search is open.
    searched: Vec<Spot>,
}

impl Settings {
    fn entry(&self) -> Option<&Entry> {
        self.entries.get(self.tree.cursor()?)
    }

    /// The open tab of the entry under the cursor of the tree.
    fn tab(&self) -> usize {
        let tab = self.entry().and_then(|entry| self.tabs.iter().find(|(of, _)| of == entry));
        tab.map_or(0, |(_, tab)| *tab)
    }

    /// The place in `opened` of the page behind a tab of an entry.
    fn place_of(&self, entry: &Entry, tab: usize) -> Option<usize> {
        self.opened.iter().position(|opened| opened.entry == *entry && opened.tab == tab)
    }

    /// The place in `opened` of the page that is seen.
    fn seen(&self) -> Option<usize> {
        self.place_of(self.entry()?, self.tab())
    }

    fn page(&self) -> Option<&dyn Page> {
        self.seen().map(|at| self.opened[at].page.as_ref())
    }

    /// Lets the page that is seen do something; what it asks for finds its way back to it.
    fn with_page<T>(&mut self, act: impl FnOnce(&mut dyn Page) -> T) -> Option<(Slot, T)> {
        let at = self.seen()?;
        Some((at as Slot, act(self.opened[at].page.as_mut())))
    }

    /// Opens the page under the cursor of the tree.
    fn follow(&mut self, cx: &Cx) {
        let Some(entry) = self.entry().cloned() else { return };
        if self.seen().is_none() {
            let tab = self.tab();
            let mut page = entry.open(tab);
            page.renew(cx);
            self.opened.push(Opened { entry, tab, page });
        }
    }

    fn renew(&mut self, cx: &Cx) {
        let before = self.entry().cloned();
        self.entries = entries(cx.settings);
        self.tree.set_len(self.entries.len());
        if let Some(place) = self.entries.iter().position(|entry| Some(entry) == before.as_ref()) {
            self.tree.go_to(place);
        }
        for opened in &mut self.opened {
            opened.page.renew(cx);
        }
        self.follow(cx);
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

    fn more_keys(&self, _: &Cx) -> Vec<Row> {
        let has_tabs = self.entry().is_some_and(|entry| entry.tabs().len() > 1);
        let is_shown = has_tabs && self.is_on_page() && self.mode() == KeyMode::Normal;
        if is_shown { rows_of(SETTINGS_TABS).collect() } else { Vec::new() }
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
                let changed = self.opened.iter_mut().zip(0..).filter(|(opened, _)| opened.page.unsaved() > 0);
                let end = |(opened, at): (&mut Opened, Slot)| {
                    of_page(at, opened.page.run(command, None, cx).unwrap_or_default())
                };
                changed.flat_map(end).collect()
            }
            Command::Open
                if self.is_on_page()
                    && let Some(effects) = self.go_on(cx) =>
            {
                effects
            }
            // A page that stands alone has perhaps tabs of its own.
            Command::NextTab | Command::PreviousTab if !self.is_on_page() || self.shown_tabs().len() > 1 => {
                self.step_tab(if command == Command::NextTab { 1 } else { -1 }, cx);
                self.ask(cx)
            }
            Command::Edit
                if self.is_on_page()
                    && let Some(effects) = self.turned(cx) =>
            {
                effects
            }
            command if self.is_on_page() => {
                let ran = self.with_page(|page| page.run(command, count, cx));
                let effects = ran.and_then(|(slot, effects)| effects.map(|effects| of_page(slot, effects)));
                effects.unwrap_or_else(|| {
                    if !self.leave_tab(cx) {
                        self.focus = Pane::Tree;
                    }
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
        let effects = self.opened.get_mut(usize::from(slot)).map(|opened| opened.page.reply(reply, cx));
        of_page(slot, effects.unwrap_or_default())
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Changed(_) => self.renew(cx),
            Reply::Told(users) if users.contains(&cx.user.id) => {}
            _ => return Vec::new(),
        }
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
            return self.ask(cx);
        }
        let answered = self.with_page(|page| page.answer(answer, cx));
        answered.map(|(slot, effects)| of_page(slot, effects)).unwrap_or_default()
    }

    fn unsaved(&self) -> Option<String> {
        let changed: Vec<_> = self.opened.iter().filter(|opened| opened.page.unsaved() > 0).collect();
        let mut titles: Vec<&str> = changed.iter().map(|opened| opened.entry.title.as_str()).collect();
        titles.dedup();
        let count = changed.iter().map(|opened| opened.page.unsaved()).sum();
        (count > 0).then(|| format!("{} on {}", draw::unsaved(count), titles.join(", ")))
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), area, cx);
    }
}
