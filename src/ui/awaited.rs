//! Events that nobody has yet (R4.1): each waits for the contact or company whose address it names, which can be created
//! from here.

use super::cell;
use super::done;
use super::layer::{Cx, Effect, Layer, Place, Slot, page_area};
use super::modals::form::Form;
use super::page::{Frame, Search, Title, indented};
use super::record::{entry, said};
use super::terminal::Input;
use super::widgets::{
    Align, Column, EmptyState, Hint, Placed, RowState, Tab, Window, draw_cell, draw_head, draw_left, draw_scrollbar,
    layout, paint_row, row,
};
use crate::domain::answer::Item;
use crate::domain::change::Change;
use crate::domain::event::Whom;
use crate::domain::id::Ref;
use crate::domain::number::grouped;
use crate::domain::object::is;
use crate::keys::{Command, Keys, rows};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

const ALL: Slot = 0;
const ACT: Slot = 1;
/// Events that are read at most.
const MOST: usize = 1_000;
/// Rows of one notch of the wheel.
const NOTCH: isize = 3;

const WHAT: usize = 0;
const WHOM: usize = 1;
const DATA: usize = 2;

#[derive(Default)]
pub struct Awaited {
    items: Option<Vec<Item>>,
    matching: usize,
    window: Window,
    frame: Frame,
    cursor: Option<Rect>,
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
        column("Event", 18, 26, 0),
        Column { flexible: true, ..column("Waits for", 20, 34, 0) },
        column("Told with it", 16, 40, 1),
        Column { align: Align::Right, ..column("When", 12, 18, 0) },
    ]
}

impl Awaited {
    fn item(&self) -> Option<&Item> {
        self.items.as_ref()?.get(self.window.cursor()?)
    }

    /// The form of whom it names, with the address filled in.
    fn create(&self, cx: &Cx) -> Vec<Effect> {
        let form = |whom: &Whom| {
            let property = if matches!(whom, Whom::Email(_)) { is::EMAIL } else { is::DOMAIN };
            Form::filled(whom.object(), &[(property, whom.text())], cx)
        };
        let whom = self.item().and_then(|item| item.activity.whom());
        whom.map(|whom| Effect::Push(Box::new(form(whom)))).into_iter().collect()
    }

    fn paint(&mut self, buf: &mut Buffer, cx: &Cx) {
        self.frame = Frame::of(page_area(cx.screen), cx.screen);
        self.cursor = None;
        let tabs = [Tab::new("Events that wait")];
        let count = self.items.as_ref().map_or_else(String::new, |_| grouped(self.matching as u64));
        let count = (count, "without a contact or company".to_owned());
        let title = Title { tabs: &tabs, active: 0, count, coming: None, searched: "" };
        self.frame.draw(buf, &title, &Search::default(), cx);
        let Some(items) = &self.items else {
            draw_left(buf, self.frame.below(), &Line::styled(cx.look.glyphs.skeleton, cx.look.theme.dim));
            return;
        };
        if items.is_empty() {
            let sentence = "No event waits. One for an address that nobody has yet stands here until somebody has it.";
            let hints = [Hint::new("esc", "goes back")];
            EmptyState { sentence, hints: &hints }.draw(buf, self.frame.below(), cx.look);
            return;
        }
        self.window.resize(usize::from(self.frame.rows.height));
        let columns = columns();
        let placed = layout(&columns, self.frame.head.width);
        draw_head(buf, self.frame.head, &columns, &placed, &[], cx.look);
        for (y, at) in (0..).zip(self.window.visible()) {
            let line = row(self.frame.rows, y);
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
                self.cursor = Some(Rect { x: line.x.saturating_sub(1), width: line.width + 2, ..line });
            }
            draw_left(buf, line, &Line::styled(cx.look.glyphs.event, cx.look.theme.dim));
            for place in &placed {
                let cell = shown(&items[at], *place, is_cursor, cx);
                draw_cell(buf, indented(line), *place, columns[place.column].align, &cell);
            }
        }
        draw_scrollbar(buf, self.frame.rows, &self.window, cx.look);
    }
}

fn shown(item: &Item, placed: Placed, is_cursor: bool, cx: &Cx) -> Line<'static> {
    let (event, theme, width) = (&item.activity, cx.look.theme, placed.width);
    match placed.column {
        WHAT => {
            let tone = if is_cursor { theme.title } else { theme.text };
            cell::text(&entry::title(event), &[], width, tone, cx)
        }
        WHOM => Line::styled(cx.look.fit_email(event.whom().map_or("", Whom::text), width).into_owned(), theme.text),
        DATA => cell::text(&entry::told_with(event).join(", "), &[], width, theme.dim, cx),
        _ => Line::styled(said::moment(event.at, width, cx), theme.text),
    }
}

impl Layer for Awaited {
    fn place(&self) -> Option<Place> {
        Some(Place::Awaited)
    }

    fn name(&self, _: &Cx) -> String {
        "the events that wait".into()
    }

    fn crumbs(&self, _: &Cx) -> Vec<String> {
        vec!["Events that wait".into()]
    }

    fn keys(&self) -> &'static [Keys] {
        rows::AWAITED
    }

    fn shown(&mut self, _: &Cx) -> Vec<Effect> {
        vec![Effect::Ask(ALL, Request::Awaited { from: 0, limit: MOST })]
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.scroll(NOTCH),
            MouseEventKind::ScrollUp => self.window.scroll(-NOTCH),
            MouseEventKind::Down(MouseButton::Left) if self.frame.rows.contains((mouse.column, mouse.row).into()) => {
                let at = self.window.at(usize::from(mouse.row - self.frame.rows.y))?;
                if self.window.cursor() == Some(at) {
                    return Some(self.create(cx));
                }
                self.window.go_to(at);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let needs_one = matches!(command, Command::Open | Command::DeleteActivity);
        (needs_one && self.item().is_none()).then(|| "no event waits".to_owned())
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match (command, self.item()) {
            (Command::Open, _) => return self.create(cx),
            (Command::DeleteActivity, Some(one)) => {
                return vec![Effect::Perform(ACT, Change::Delete { what: vec![Ref::Activity(one.activity.id)] })];
            }
            (Command::Escape, _) => return vec![Effect::Back],
            (movement, _) => _ = self.window.run(movement, count),
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (ALL, Reply::Awaited(excerpt)) => {
                self.window.set_len(excerpt.rows.len());
                (self.matching, self.items) = (excerpt.matching, Some(excerpt.rows));
                Vec::new()
            }
            (ACT, reply) => done::told(&reply),
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, notice: &Reply, _: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Changed(_) => vec![Effect::Ask(ALL, Request::Awaited { from: 0, limit: MOST })],
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut ratatui::Frame, _: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), cx);
    }
}
