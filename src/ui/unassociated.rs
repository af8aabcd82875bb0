//! Activities that stand without a record (R3.16), to be associated with some or deleted.

use super::cell;
use super::column::{Rows, Sizes, View, moved};
use super::done;
use super::layer::{Cx, Effect, Layer, Place, Slot, page_area};
use super::matter::Matter;
use super::modals::{history::History, log::form::LogForm, targets::TargetPicker, why::Why};
use super::page::{Frame, Search, Title, indented};
use super::pane::draw_scroll;
use super::record::{entry, said};
use super::terminal::Input;
use super::widgets::{
    Align, Column, EmptyState, Hint, Placed, RowState, Tab, draw_cell, draw_head, draw_left, layout, paint_row, row,
};
use crate::domain::answer::Item;
use crate::domain::change::Change;
use crate::domain::id::Ref;
use crate::domain::number::grouped;
use crate::keys::{Command, Keys, rows};
use crate::workspace::request::{Reply, Request};
use crate::workspace::why::About;
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

const ALL: Slot = 0;
const ACT: Slot = 1;
/// Rows of one notch of the wheel.
const NOTCH: isize = 3;

const WHAT: usize = 0;
const TEXT: usize = 1;
const BY: usize = 2;

#[derive(Default)]
pub struct Unassociated {
    items: Option<Vec<Item>>,
    sizes: Sizes,
    view: View<usize>,
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
        Column { flexible: true, ..column("Activity", 20, 30, 0) },
        Column { flexible: true, ..column("Text", 16, 40, 2) },
        column("Logged by", 10, 16, 1),
        Column { align: Align::Right, ..column("When", 12, 18, 0) },
    ]
}

impl Unassociated {
    fn item(&self) -> Option<&Item> {
        self.items.as_ref()?.get(self.view.cursor()?)
    }

    fn take(&mut self, items: Vec<Item>) {
        let kept = self.item().map(|item| item.activity.id);
        self.sizes = Sizes(vec![Rows { gap: 0, own: 1 }; items.len()]);
        if let Some(at) = kept.and_then(|id| items.iter().position(|item| item.activity.id == id)) {
            self.view.put_cursor(at);
        }
        self.view.settle(&self.sizes, self.view.height());
        self.items = Some(items);
    }

    fn matter(&self) -> Option<Matter> {
        let activity = &self.item()?.activity;
        let subject = entry::title(activity).into_owned();
        Some(Matter { of: Ref::Activity(activity.id), about: About::Itself, subject, value: None })
    }

    fn paint(&mut self, buf: &mut Buffer, cx: &Cx) {
        self.frame = Frame::of(page_area(cx.screen), cx.screen);
        self.view.settle(&self.sizes, usize::from(self.frame.rows.height));
        self.cursor = None;
        let tabs = [Tab::new("Unassociated activities")];
        let count = self.items.as_ref().map_or_else(String::new, |items| grouped(items.len() as u64));
        let count = (count, "without a record".to_owned());
        let title = Title { tabs: &tabs, active: 0, count, coming: None, searched: "" };
        self.frame.draw(buf, &title, &Search::default(), cx);
        let Some(items) = &self.items else {
            draw_left(buf, self.frame.below(), &Line::styled(cx.look.glyphs.skeleton, cx.look.theme.dim));
            return;
        };
        if items.is_empty() {
            let sentence = "Every activity stands with a record.";
            let hints = [Hint::new("esc", "goes back")];
            EmptyState { sentence, hints: &hints }.draw(buf, self.frame.below(), cx.look);
            return;
        }
        let columns = columns();
        let placed = layout(&columns, self.frame.head.width);
        draw_head(buf, self.frame.head, &columns, &placed, &[], cx.look);
        for seen in self.view.seen(&self.sizes) {
            let line = row(self.frame.rows, seen.y as u16);
            let item = &items[seen.spot];
            let is_cursor = self.view.cursor() == Some(seen.spot);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
                self.cursor = Some(Rect { x: line.x.saturating_sub(1), width: line.width + 2, ..line });
            }
            draw_left(buf, line, &Line::styled(entry::glyph(&item.activity, cx), cx.look.theme.dim));
            for place in &placed {
                let cell = shown(item, *place, is_cursor, cx);
                draw_cell(buf, indented(line), *place, columns[place.column].align, &cell);
            }
        }
        draw_scroll(buf, self.frame.rows, items.len(), self.view.offset(&self.sizes), cx);
    }
}

fn shown(item: &Item, placed: Placed, is_cursor: bool, cx: &Cx) -> Line<'static> {
    let (activity, theme, width) = (&item.activity, cx.look.theme, placed.width);
    match placed.column {
        WHAT => {
            let tone = if is_cursor { theme.title } else { theme.text };
            cell::text(&entry::title(activity), &[], width, tone, cx)
        }
        TEXT => {
            let first = activity.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            cell::text(first, &[], width, theme.dim, cx)
        }
        BY => cell::text(&said::author(activity.stamp.by, cx), &[], width, theme.dim, cx),
        _ => Line::styled(said::moment(activity.at, width, cx), theme.text),
    }
}

impl Layer for Unassociated {
    fn place(&self) -> Option<Place> {
        Some(Place::Unassociated)
    }

    fn name(&self, _: &Cx) -> String {
        "the unassociated activities".into()
    }

    fn crumbs(&self, _: &Cx) -> Vec<String> {
        vec!["Unassociated activities".into()]
    }

    fn keys(&self) -> &'static [Keys] {
        rows::UNASSOCIATED
    }

    fn shown(&mut self, _: &Cx) -> Vec<Effect> {
        vec![Effect::Ask(ALL, Request::Unassociated)]
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown => self.view.scroll(&self.sizes, NOTCH),
            MouseEventKind::ScrollUp => self.view.scroll(&self.sizes, -NOTCH),
            MouseEventKind::Down(MouseButton::Left) if self.frame.rows.contains(at) => {
                let spot = self.view.at(&self.sizes, usize::from(at.y - self.frame.rows.y))?.spot;
                self.view.go_to(&self.sizes, spot);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        use Command as C;
        let needs_one = matches!(command, C::Associate | C::Edit | C::DeleteActivity | C::Why | C::History);
        (needs_one && self.item().is_none()).then(|| "no activity stands here".to_owned())
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match (command, self.item()) {
            (Command::Associate, Some(one)) => return vec![Effect::Push(Box::new(TargetPicker::new(one.activity.id)))],
            (Command::Edit, Some(one)) => return vec![Effect::Push(Box::new(LogForm::of_activity(one, cx)))],
            (Command::DeleteActivity, Some(one)) => {
                return vec![Effect::Perform(ACT, Change::Delete { what: vec![Ref::Activity(one.activity.id)] })];
            }
            (Command::Why, _) => return Why::about(self.matter()),
            (Command::History, _) => return History::about(self.matter()),
            (Command::Escape, _) => return vec![Effect::Back],
            (movement, _) => _ = moved(&mut self.view, &self.sizes, movement, count),
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (ALL, Reply::Unassociated(items)) => {
                self.take(items);
                Vec::new()
            }
            (ACT, reply) => done::told(&reply),
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, notice: &Reply, _: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Changed(_) => vec![Effect::Ask(ALL, Request::Unassociated)],
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
