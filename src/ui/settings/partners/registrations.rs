//! Registrations (R4.4): which partner claimed which contact or company, from when until when.

use super::form::PartnerForm;
use super::{MOST, Table, moved};
use crate::domain::change::Change;
use crate::domain::registration::Registered;
use crate::keys::rows::{SEARCH_BOX, SETTINGS_REGISTRATIONS};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::cell::{glyph_of, text};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Place};
use crate::ui::modals::anywhere::Anywhere;
use crate::ui::page::Search;
use crate::ui::record::said;
use crate::ui::settings::Page;
use crate::ui::terminal::Input;
use crate::ui::widgets::{Column, EmptyState, Hint, Tab, Window, row};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

#[derive(Default)]
pub struct Registrations {
    rows: Option<Vec<Registered>>,
    matching: usize,
    search: Search,
    window: Window,
    drawn: Rect,
}

fn columns() -> [Column<'static>; 4] {
    let column = |title: &'static str, min, ideal, gives_way| Column {
        title: title.into(),
        min,
        ideal,
        gives_way,
        ..Column::default()
    };
    [
        Column { flexible: true, ..column("Registered", 18, 30, 0) },
        column("Partner", 12, 22, 3),
        column("From", 12, 12, 1),
        column("Until", 12, 12, 2),
    ]
}

impl Registrations {
    fn one(&self) -> Option<&Registered> {
        self.rows.as_ref()?.get(self.window.cursor()?)
    }

    fn request(&self) -> Effect {
        let text = self.search.text().to_owned();
        Effect::Ask(0, Request::Registrations { text, from: 0, limit: MOST })
    }

    fn end(&self) -> Vec<Effect> {
        let change = |one: &Registered| {
            let partner = Some(one.registration.partner.clone());
            Change::Deregister { record: one.record, partner }
        };
        self.one().map(|one| Effect::Perform(0, change(one))).into_iter().collect()
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.scroll(3),
            MouseEventKind::ScrollUp => self.window.scroll(-3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let at = self.window.at(usize::from(mouse.row - self.drawn.y))?;
                self.window.go_to(at);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn empty(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let searched = format!("No registration holds “{}”.", self.search.text());
        let none = "No partner has registered a contact or company yet.";
        let (sentence, hint) = match self.search.is_on() {
            true => (searched.as_str(), Hint::new("esc", "clears the search")),
            false => (none, Hint::new("n", "registers one")),
        };
        EmptyState { sentence: &cx.look.glyphs.spell(sentence), hints: &[hint] }.draw(buf, area, cx.look);
    }
}

impl Page for Registrations {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab::new("Registrations").count(said::count(self.matching))], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        if self.search.typing { &[SEARCH_BOX] } else { SETTINGS_REGISTRATIONS }
    }

    fn mode(&self) -> KeyMode {
        if self.search.typing { KeyMode::Text } else { KeyMode::Normal }
    }

    fn renew(&mut self, _: &Cx) {}

    fn ask(&mut self, _: &Cx) -> Vec<Effect> {
        vec![self.request()]
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        if let Some(changed) = self.search.input(input) {
            return Some(changed.then(|| self.request()).into_iter().collect());
        }
        match input {
            Input::Mouse(mouse) => self.mouse(*mouse),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let is_of_one = matches!(command, Command::Open | Command::Delete);
        (is_of_one && self.one().is_none()).then(|| "no registration stands here".into())
    }

    fn rows(&self, _: &Cx) -> Vec<(String, String)> {
        Vec::new()
    }

    fn go_to_row(&mut self, _: &str, _: &Cx) {}

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::Register => return Some(vec![Effect::Push(Box::new(Anywhere::to_register()))]),
            Command::Delete => return Some(self.end()),
            Command::Open => {
                return Some(self.one().map(|one| Effect::Go(Place::Record(one.record))).into_iter().collect());
            }
            Command::Search | Command::KeepSearch => self.search.typing = command == Command::Search,
            Command::Escape if self.search.typing => self.search.typing = false,
            Command::Escape if self.search.is_on() => {
                self.search.clear();
                return Some(vec![self.request()]);
            }
            Command::Escape => return None,
            movement => moved(&mut self.window, movement, count),
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, _: &Cx) -> Vec<Effect> {
        match reply {
            Reply::Registrations(excerpt) => {
                self.window.set_len(excerpt.rows.len());
                (self.matching, self.rows) = (excerpt.matching, Some(excerpt.rows));
                Vec::new()
            }
            reply => done::told(&reply).into_iter().chain([self.request()]).collect(),
        }
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Named(id, name, _) => vec![Effect::Push(Box::new(PartnerForm::register(id, &name, cx)))],
            Answer::Do(change) => vec![Effect::Perform(0, *change)],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        let caret = if self.search.typing {
            self.search.draw_field(buf, Rect { width: area.width.min(40), ..row(area, 0) }, cx)
        } else {
            None
        };
        let Some(rows) = &self.rows else { return caret };
        if rows.is_empty() {
            self.empty(buf, Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }, cx);
            return caret;
        }
        let day = |at| cx.settings.clock(cx.now).day_of(at);
        let cell = |at: usize, column: usize, room: u16, is_cursor: bool| {
            let one = &rows[at];
            let (from, until) = (one.registration.from, one.registration.until);
            match column {
                0 => {
                    let sign = glyph_of(one.record.object, cx.look.glyphs);
                    let mut line = Line::styled(format!("{sign} "), theme.dim);
                    let tone = if is_cursor { theme.title } else { theme.text };
                    line.extend(text(&one.name, &[], room.saturating_sub(2), tone, cx));
                    line
                }
                1 => text(&one.registration.partner, &[], room, theme.text, cx),
                2 => text(&said::day(day(from), cx), &[], room, theme.dim, cx),
                _ => text(&until.map_or("no end".to_owned(), |at| said::day(day(at), cx)), &[], room, theme.dim, cx),
            }
        };
        let left = match (self.search.typing, self.search.is_on()) {
            (true, _) => Line::default(),
            (false, true) => Line::styled(format!("Search {}", self.search.text()), theme.text),
            (false, false) => Line::styled("Their high-value events are told to the recipient.", theme.dim),
        };
        let more =
            format!("the first {} of {}, / finds the others", said::count(rows.len()), said::count(self.matching));
        let right = if rows.len() < self.matching { more } else { String::new() };
        let above = (left, Line::styled(right, theme.dim));
        let table = Table { columns: &columns(), window: &mut self.window, focused, above };
        let (drawn, cursor) = table.draw(buf, area, cx, cell);
        self.drawn = drawn;
        caret.or(cursor)
    }
}
