//! The ground under a row of a list, and the scrollbar beside it.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use super::{Look, Window, draw_left, row};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    Plain,
    Marked,
    /// Under the cursor, in the pane with the focus or in another.
    Cursor {
        focused: bool,
    },
    /// The same for an unfolded entry: its first row as the cursor's, the rest on surface.
    Unfolded {
        focused: bool,
    },
}

/// Paints the ground of `area`, all rows of one entry, before its text is drawn. The ground and the bar reach one cell
/// past `area` on both sides, so that the text stays aligned with the rule above.
pub fn paint_row(buf: &mut Buffer, area: Rect, state: RowState, look: Look) {
    let theme = look.theme;
    let wide = past(area).intersection(buf.area);
    let (focused, first_only) = match state {
        RowState::Plain => return,
        RowState::Marked => return buf.set_style(wide, theme.surface),
        RowState::Cursor { focused } => (focused, false),
        RowState::Unfolded { focused } => (focused, true),
    };
    let (ground, bar) = if focused { (theme.sel, theme.accent) } else { (theme.selgrey, theme.faint) };
    if first_only {
        buf.set_style(wide, theme.surface);
        buf.set_style(row(wide, 0), ground);
    } else {
        buf.set_style(wide, ground);
    }
    for y in 0..wide.height {
        let cell = Rect { width: 1, ..row(wide, y) };
        draw_left(buf, cell, &Line::styled(look.glyphs.bar, bar));
    }
}

/// The sign of a marked row, and its ground unless the cursor's is there already.
pub fn draw_mark(buf: &mut Buffer, line: Rect, is_cursor: bool, look: Look) {
    if !is_cursor {
        paint_row(buf, line, RowState::Marked, look);
    }
    let indented = Rect { x: line.x + 1, width: line.width.saturating_sub(1), ..line };
    draw_left(buf, indented, &Line::styled(look.glyphs.marked, look.theme.accent));
}

/// `area` and one cell more on its left and right.
fn past(area: Rect) -> Rect {
    let left = area.x.saturating_sub(1);
    Rect { x: left, width: area.right() + 1 - left, ..area }
}

/// The thumb, one cell right of `area`; nothing while all rows are seen.
pub fn draw_scrollbar(buf: &mut Buffer, area: Rect, window: &Window, look: Look) {
    let (len, rows) = (window.len(), usize::from(area.height));
    if rows == 0 || len <= window.height() {
        return;
    }
    let thumb = (rows * window.height() / len).max(1);
    let furthest = len - window.height();
    let top = (window.offset() * (rows - thumb) + furthest / 2) / furthest;
    for y in top..top + thumb {
        let cell = Rect { x: area.right(), width: 1, ..row(area, y as u16) };
        draw_left(buf, cell, &Line::styled(look.glyphs.thumb, look.theme.dim));
    }
}
