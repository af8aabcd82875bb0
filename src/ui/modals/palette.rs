//! Commands and records by words. Commands are the rows in force, with the reasons of those that do nothing now;
//! records are the best of all objects whose text holds the words.

mod draw;

use super::finding::{Finding, Taken, go};
use crate::domain::fold::{fold, words};
use crate::domain::property::capitalised;
use crate::keys::{Command, Group, KeyMode, Keys, Row, chord, rows::PALETTE};
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::settings::pages::Spot;
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TextField, Window};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Records that are shown at most, beside commands and alone.
const RECORDS: usize = 8;
const RECORDS_ALONE: usize = 20;

/// A command that can be chosen.
struct Entry {
    section: &'static str,
    title: String,
    keys: String,
    choice: Choice,
    reason: Option<String>,
}

#[derive(Clone, PartialEq)]
enum Choice {
    Run(Command),
    /// Of the settings; offered to those who search.
    Setting(Box<Spot>),
}

/// What the first letter narrows the choice to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    All,
    Commands,
    Records,
}

pub struct Palette {
    entries: Vec<Entry>,
    field: TextField,
    /// Places in `entries` that the words leave.
    commands: Vec<usize>,
    finding: Finding,
    window: Window,
    /// Where the rows were drawn last, and which choice stands on each line.
    drawn: (Rect, Vec<Option<usize>>),
    cursor: Option<Rect>,
}

impl Palette {
    /// Of all rows in force, each with the reason why it does nothing now.
    pub fn new(rows: impl Iterator<Item = (Row, Option<String>)>) -> Palette {
        let mut entries: Vec<Entry> = Vec::new();
        for (row, reason) in rows.filter(|(row, _)| is_worth_naming(row)) {
            if entries.iter().all(|entry| entry.choice != Choice::Run(row.command)) {
                entries.push(Entry::new(&row, reason));
            }
        }
        let mut palette = Palette {
            entries,
            field: TextField::default().limited(200),
            commands: Vec::new(),
            finding: Finding::default(),
            window: Window::default(),
            drawn: (Rect::ZERO, Vec::new()),
            cursor: None,
        };
        palette.choose();
        palette
    }

    /// With the places of the settings.
    #[must_use]
    pub fn with_settings(mut self, spots: Vec<Spot>) -> Palette {
        self.entries.extend(spots.into_iter().filter_map(|spot| {
            let title = spot.named()?;
            let choice = Choice::Setting(Box::new(spot));
            Some(Entry { section: SETTINGS, title, keys: String::new(), choice, reason: None })
        }));
        self
    }

    /// What is typed, without the letter that narrows.
    fn typed(&self) -> (Scope, &str) {
        let text = self.field.text();
        match text.strip_prefix('>') {
            Some(rest) => (Scope::Commands, rest),
            None => text.strip_prefix('@').map_or((Scope::All, text), |rest| (Scope::Records, rest)),
        }
    }

    /// Takes the commands that hold all words; those that begin with them come first in their section.
    fn choose(&mut self) {
        let (scope, typed) = self.typed();
        let words = words(typed);
        let holds = |entry: &Entry| {
            if words.is_empty() && entry.section == SETTINGS {
                return false;
            }
            let title = fold(&entry.title);
            words.iter().all(|word| title.contains(word.as_str()))
        };
        let mut found: Vec<usize> =
            (0..self.entries.len()).filter(|at| scope != Scope::Records && holds(&self.entries[*at])).collect();
        let begins = |at: &usize| words.first().is_some_and(|word| fold(&self.entries[*at].title).starts_with(word));
        let section = |at: &usize| SECTIONS.iter().position(|section| *section == self.entries[*at].section);
        let is_column =
            |at: &usize| matches!(self.entries[*at].choice, Choice::Run(Command::SortBy(_) | Command::ThenSortBy(_)));
        found.sort_by_key(|at| (section(at), !begins(at), is_column(at)));
        self.commands = found;
        self.count();
    }

    fn count(&mut self) {
        self.window.set_len(self.commands.len() + self.finding.len());
    }

    /// Asks for the records of all objects; without words for none.
    fn search(&mut self) -> Vec<Effect> {
        let (scope, typed) = self.typed();
        if scope == Scope::Commands || words(typed).is_empty() {
            self.finding.forget();
            self.count();
            return Vec::new();
        }
        let most = if scope == Scope::Records { RECORDS_ALONE } else { RECORDS };
        let typed = typed.to_owned();
        self.finding.ask(&typed, None, most)
    }

    fn run_chosen(&mut self) -> Vec<Effect> {
        let cursor = self.window.cursor().unwrap_or(0);
        match self.commands.get(cursor) {
            Some(at) => match &self.entries[*at].choice {
                Choice::Run(command) => vec![Effect::Pop(Some(Answer::Run(*command)))],
                Choice::Setting(spot) => vec![Effect::GoToSetting(spot.clone())],
            },
            None if self.finding.is_awaited() => {
                self.finding.owe();
                Vec::new()
            }
            None => match self.finding.get(cursor - self.commands.len()) {
                Some(row) => go(row.record.id),
                None => Vec::new(),
            },
        }
    }

    fn click(&mut self, column: u16, line: u16) -> Vec<Effect> {
        let (area, lines) = &self.drawn;
        if !area.contains((column, line).into()) {
            return Vec::new();
        }
        let Some(chosen) = lines.get(usize::from(line - area.y)).copied().flatten() else { return Vec::new() };
        if self.window.cursor() == Some(chosen) {
            return self.run_chosen();
        }
        self.window.go_to(chosen);
        Vec::new()
    }
}

/// Moves and what only makes sense as a key are left out.
fn is_worth_naming(row: &Row) -> bool {
    let only_a_key = matches!(row.command, Command::Palette | Command::Escape | Command::Interrupt);
    let moves = row.group == Group::Move && !matches!(row.command, Command::NextRecord | Command::PreviousRecord);
    !moves && !only_a_key && !matches!(row.command, Command::SelectTab(_))
}

const SETTINGS: &str = "Settings";
const SECTIONS: [&str; 5] = ["Here", "Create", "Go to", SETTINGS, "Program"];

impl Entry {
    fn new(row: &Row, reason: Option<String>) -> Entry {
        let section = match row.group {
            Group::Create => "Create",
            Group::GoTo => "Go to",
            Group::Program => "Program",
            _ => "Here",
        };
        let title = match row.command {
            Command::SortBy(_) => format!("Sort by {}", row.label.to_lowercase()),
            Command::ThenSortBy(_) => format!("Then sort by {}", row.label.to_lowercase()),
            Command::GoObject(_) => row.label.to_string(),
            Command::NewOf(_) => capitalised(&row.label),
            command => command.title().to_owned(),
        };
        let first = row.keys.split(" | ").next().unwrap_or_default();
        let chords = chord::parse(first).unwrap_or_default().concat();
        let keys = chords.into_iter().map(chord::show).collect::<Vec<_>>().join(" ");
        Entry { section, title, keys, choice: Choice::Run(row.command), reason }
    }
}

impl Layer for Palette {
    fn name(&self, _: &Cx) -> String {
        "the palette".into()
    }

    fn keys(&self) -> &'static [Keys] {
        PALETTE
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => {
                if self.field.key(*key)? == Edit::Kept {
                    return Some(Vec::new());
                }
            }
            Input::Paste(text) => self.field.paste(text),
            Input::Mouse(mouse) => match mouse.kind {
                MouseEventKind::ScrollDown => self.window.move_by(1),
                MouseEventKind::ScrollUp => self.window.move_by(-1),
                MouseEventKind::Down(MouseButton::Left) => return Some(self.click(mouse.column, mouse.row)),
                _ => return None,
            },
            _ => return None,
        }
        if !matches!(input, Input::Mouse(_)) {
            self.window.first();
            self.choose();
            return Some(self.search());
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let cursor = self.window.cursor();
        match command {
            // A reason may be gone by now, as when a record has come: the shell looks again.
            Command::Open if cursor.is_none() && !self.finding.is_awaited() => {
                Some("nothing is found, esc closes".into())
            }
            _ => None,
        }
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::MoveDown => self.window.move_by(1),
            Command::MoveUp => self.window.move_by(-1),
            Command::PageDown => self.window.move_by(10),
            Command::PageUp => self.window.move_by(-10),
            Command::Open => return self.run_chosen(),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        let Taken { mut effects, pays } = self.finding.take(slot, reply);
        self.count();
        if pays {
            effects.extend(self.run_chosen());
        }
        effects
    }

    fn notice(&mut self, notice: &Reply, _: &Cx) -> Vec<Effect> {
        if matches!(notice, Reply::Sorted(_)) { self.search() } else { Vec::new() }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}
