//! What columns of text share: where their rows stand, the bar of the cursor, the scrollbar.

use crate::ui::Cx;
use crate::ui::widgets::{Window, draw_left, draw_scrollbar, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Row `y` of `area` from its column `x` on.
pub fn text_row(area: Rect, x: u16, y: u16) -> Rect {
    let line = row(area, y);
    Rect { x: line.x + x.min(line.width), width: line.width.saturating_sub(x), ..line }
}

/// The cursor's bar along all rows of an entry.
pub fn bar_down(buf: &mut Buffer, area: Rect, cx: &Cx) {
    for y in 0..area.height {
        let cell = Rect { x: area.x.saturating_sub(1), width: 1, ..row(area, y) };
        draw_left(buf, cell, &Line::styled(cx.look.glyphs.bar, cx.look.theme.accent));
    }
}

/// The scrollbar of a column of so many rows.
pub fn draw_scroll(buf: &mut Buffer, area: Rect, total: usize, offset: usize, cx: &Cx) {
    let mut window = Window::new(total, usize::from(area.height));
    window.scroll(offset as isize);
    draw_scrollbar(buf, area, &window, cx.look);
}
