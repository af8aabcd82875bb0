//! What a user may do with the records of each object, as a table: a row for each object, a column for each [`Permit`].

use crate::domain::object::ObjectSpec;
use crate::domain::user::permit::{Extent, PERMITS, Permit};
use crate::domain::user::{Permissions, Reach};
use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::draw_left;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Columns of an object's name, and of a permission, in a wide place and in a narrow one.
const WIDE: (u16, u16) = (18, 8);
const NARROW: (u16, u16) = (12, 7);

fn widths(line: Rect) -> (u16, u16) {
    if line.width < WIDE.0 + WIDE.1 * PERMITS.len() as u16 { NARROW } else { WIDE }
}

/// Where a permission stands in its row.
pub fn cell_at(line: Rect, column: usize) -> Rect {
    let (names, cell) = widths(line);
    let x = (line.x + names + column as u16 * cell).min(line.right());
    Rect { x, width: cell.min(line.right() - x), ..line }
}

pub fn paint_head(buf: &mut Buffer, line: Rect, cx: &Cx) {
    draw_left(buf, line, &Line::styled("Records", cx.look.theme.dim));
    for (column, permit) in PERMITS.iter().enumerate() {
        draw_left(buf, cell_at(line, column), &Line::styled(permit.label, cx.look.theme.dim));
    }
}

/// `at`: the permission under the cursor.
pub fn paint_row(buf: &mut Buffer, line: Rect, spec: &ObjectSpec, may: Permissions, at: Option<usize>, cx: &Cx) {
    let theme = cx.look.theme;
    let (names, _) = widths(line);
    let name = Rect { width: names.min(line.width), ..line };
    let tone = if at.is_some() { theme.text } else { theme.dim };
    draw_left(buf, name, &Line::styled(cx.look.fit(&clean(&spec.plural), names - 2), tone));
    for (column, permit) in PERMITS.iter().enumerate() {
        let cell = cell_at(line, column);
        let is_cursor = at == Some(column);
        if is_cursor {
            let bar = Rect { x: cell.x.saturating_sub(1), width: 1, ..cell };
            draw_left(buf, bar, &Line::styled(cx.look.glyphs.bar, theme.accent));
        }
        draw_left(buf, cell, &shown(permit, may, is_cursor, cx));
    }
}

/// What is left of everything stands out.
fn shown(permit: &Permit, may: Permissions, is_cursor: bool, cx: &Cx) -> Line<'static> {
    let theme = cx.look.theme;
    let (word, is_whole) = match (permit.get)(&may) {
        Extent::Reach(reach) => (reach.name(), reach == Reach::All),
        Extent::Given(given) => (if given { "yes" } else { "no" }, given),
    };
    let tone = match (is_cursor, is_whole) {
        (true, _) => theme.title,
        (false, true) => theme.dim,
        (false, false) => theme.text,
    };
    Line::from(Span::styled(word, tone))
}
