//! **Settings > Partners** (R4.2): registrations (R4.4) and co-sold deals (R4.13), each a list of its own; who is told of
//! leads is a page of settings. What is done here is done at once.

pub mod co_sold;
mod form;
pub mod registrations;

use crate::keys::Command;
use crate::ui::layer::Cx;
use crate::ui::record::facts::fitted;
use crate::ui::widgets::{
    Column, RowState, Window, draw_cell, draw_head, draw_left, draw_right, draw_scrollbar, layout, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Rows that are read at most: of more a search finds them.
const MOST: usize = 1_000;

/// Obeys a command that moves the cursor.
fn moved(window: &mut Window, command: Command, count: Option<u32>) {
    let times = count.unwrap_or(1) as isize;
    let line = count.map(|count| (count as usize).saturating_sub(1));
    match command {
        Command::MoveDown => window.move_by(times),
        Command::MoveUp => window.move_by(-times),
        Command::HalfPageDown => window.half_page(times),
        Command::HalfPageUp => window.half_page(-times),
        Command::PageDown => window.page(times),
        Command::PageUp => window.page(-times),
        Command::First => window.go_to(line.unwrap_or(0)),
        Command::Last => window.go_to(line.unwrap_or(usize::MAX)),
        _ => {}
    }
}

/// A table as these pages show one.
struct Table<'a> {
    columns: &'a [Column<'a>],
    window: &'a mut Window,
    focused: bool,
    /// Left and right above the heads.
    above: (Line<'static>, Line<'static>),
}

impl Table<'_> {
    /// Draws it, `cell` with the row, the column, its room and whether the cursor is there. Gives the place of the rows
    /// and that of the cursor's.
    fn draw(
        self,
        buf: &mut Buffer,
        area: Rect,
        cx: &Cx,
        cell: impl Fn(usize, usize, u16, bool) -> Line<'static>,
    ) -> (Rect, Option<Rect>) {
        let Table { columns, window, focused, above: (left, right) } = self;
        let taken = draw_right(buf, row(area, 0), &right);
        let room = area.width.saturating_sub(taken + if taken > 0 { 2 } else { 0 });
        draw_left(buf, row(area, 0), &fitted(left, room, cx));
        let head = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        let rows = Rect { y: head.y + 1.min(head.height), height: head.height.saturating_sub(1), ..head };
        window.resize(usize::from(rows.height));
        let placed = layout(columns, area.width);
        draw_head(buf, row(head, 0), columns, &placed, &[], cx.look);
        let mut cursor = None;
        for (y, at) in (0..rows.height).zip(window.visible()) {
            let line = row(rows, y);
            let is_cursor = window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused }, cx.look);
                cursor = Some(line);
            }
            for place in &placed {
                let cell = cell(at, place.column, place.width, is_cursor);
                draw_cell(buf, line, *place, columns[place.column].align, &cell);
            }
        }
        draw_scrollbar(buf, rows, window, cx.look);
        (rows, cursor)
    }
}
