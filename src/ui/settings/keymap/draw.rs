//! The actions as they look: what each is called, its keys, where they hold, its id for the file.

use super::super::draw::LOW;
use super::super::looks::paint_file;
use super::{KeymapPage, places_of};
use crate::domain::fold::words;
use crate::keys::remap::Action;
use crate::keys::spelled;
use crate::ui::cell::text;
use crate::ui::layer::Cx;
use crate::ui::widgets::{
    Column, EmptyState, FieldLook, Hint, RowState, draw_cell, draw_head, draw_left, draw_right, draw_scrollbar, layout,
    paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of the search box.
const BOX: u16 = 32;
/// Below so many rows nothing is said of the line under the cursor.
const FOOT: u16 = 12;

fn columns() -> [Column<'static>; 4] {
    let column = |title: &'static str, min, ideal, gives_way| Column {
        title: title.into(),
        min,
        ideal,
        gives_way,
        ..Column::default()
    };
    [
        Column { flexible: true, ..column("Action", 20, 30, 0) },
        column("Keys", 12, 18, 3),
        column("Where", 14, 30, 2),
        column("Id", 14, 24, 1),
    ]
}

impl KeymapPage {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let caret = self.paint_bar(buf, row(area, 0), focused, cx);
        let head = if cx.screen.height < LOW { 1 } else { 2 };
        let foot = if area.height < FOOT { 0 } else { 2 };
        let below = Rect { y: area.y + head, height: area.height.saturating_sub(head + foot), ..area };
        self.drawn = Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
        self.window.resize(usize::from(self.drawn.height));
        if self.found.is_empty() {
            let sentence = format!("No action, key or place is called “{}”.", self.search.text().trim());
            let hints = [Hint::new(if self.typing { "esc esc" } else { "esc" }, "clears the search")];
            EmptyState { sentence: &cx.look.glyphs.spell(&sentence), hints: &hints }.draw(buf, below, cx.look);
            return caret;
        }
        let columns = columns();
        let placed = layout(&columns, area.width);
        draw_head(buf, row(below, 0), &columns, &placed, &[], cx.look);
        let words = words(self.search.text());
        let mut cursor = None;
        for (y, at) in (0..self.drawn.height).zip(self.window.visible()) {
            let line = row(self.drawn, y);
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused }, cx.look);
                cursor = Some(line);
            }
            for place in &placed {
                let action = &self.all[self.found[at]];
                let cell = cell(action, place.column, place.width, is_cursor, &words, cx);
                draw_cell(buf, line, *place, columns[place.column].align, &cell);
            }
        }
        draw_scrollbar(buf, self.drawn, &self.window, cx.look);
        if foot > 0 {
            self.paint_foot(buf, row(area, area.height - 1), cx);
        }
        caret.or(cursor)
    }

    /// The search, or where changes go.
    fn paint_bar(&self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        if !self.typing && self.search.is_empty() {
            paint_file(buf, area, cx);
            return None;
        }
        let count = Line::from(vec![
            Span::styled(self.found.len().to_string(), theme.title),
            Span::styled(format!(" of {}", self.all.len()), theme.dim),
        ]);
        draw_right(buf, area, &count);
        let field = Rect { width: BOX.min(area.width), ..area };
        let prompt = Some(Span::styled("/", theme.accent));
        let look = FieldLook { focused: self.typing && focused, prompt, placeholder: "" };
        let caret = self.search.draw(buf, field, &look, cx.look)?;
        Some(Rect::new(caret.x, caret.y, 1, 1))
    }

    /// All places of the line under the cursor, and what its keys were.
    fn paint_foot(&self, buf: &mut Buffer, line: Rect, cx: &Cx) {
        let Some(action) = self.action() else { return };
        let theme = cx.look.theme;
        let was = match (action.is_moved(&cx.config.remap), action.default) {
            (false, _) => String::new(),
            (true, "") => "From the start it has no key. ".to_owned(),
            (true, keys) => format!("From the start: {}. ", spelled(keys)),
        };
        let said = format!("{was}{}", action.within.join(" · "));
        let said = cx.look.glyphs.spell(&said).replace('·', cx.look.glyphs.dot);
        draw_left(buf, line, &Line::styled(cx.look.fit(&said, line.width), theme.dim));
    }
}

fn cell(action: &Action, column: usize, room: u16, is_cursor: bool, words: &[String], cx: &Cx) -> Line<'static> {
    let theme = cx.look.theme;
    match column {
        0 => text(action.command.title(), words, room, if is_cursor { theme.title } else { theme.text }, cx),
        1 => {
            let keys = spelled(&action.keys(&cx.config.remap));
            let (tone, sign) = if action.is_moved(&cx.config.remap) {
                (theme.warn, format!("{} ", cx.look.glyphs.changed))
            } else {
                (theme.accent, String::new())
            };
            let (keys, tone) =
                if keys.is_empty() { (cx.look.glyphs.nothing, theme.dim) } else { (keys.as_str(), tone) };
            Line::styled(cx.look.fit(&format!("{sign}{keys}"), room).into_owned(), tone)
        }
        2 => text(&places_of(&action.within), words, room, theme.dim, cx),
        _ => text(&action.command.name(), words, room, theme.dim, cx),
    }
}
