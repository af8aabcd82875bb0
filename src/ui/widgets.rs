//! What screens are made of. Widgets know cells, styles and glyphs, and nothing of records.
//! Each draws into a buffer, within the area it was given, save where its own line says that it reaches past it.

mod breadcrumb;
mod chips;
mod columns;
mod confirm;
mod empty;
mod field;
mod footer;
mod meter;
mod modal;
mod rows;
mod section;
mod tabs;
mod toast;
mod which_key;
mod window;

use std::{borrow::Cow, time::Duration};

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Modifier,
    text::{Line, Span},
};

use crate::{
    glyphs::Glyphs,
    keys::remap::Ways,
    theme::{Theme, even_out},
    ui::text::{fit, fit_email, width},
};

pub use breadcrumb::{Breadcrumb, Status};
pub use chips::{Chip, ChipRow, Part};
pub use columns::{Align, Column, Placed, Sorted, draw_cell, draw_head, layout};
pub use confirm::Confirm;
pub use empty::{EmptyState, draw_too_small, is_too_small};
pub use field::{EDITING_KEYS, Edit, FieldLook, TextField};
pub use footer::{Footer, Hint, draw_hints, hint_line};
pub use meter::meter_spans;
pub use modal::{Corner, Modal, draw_box};
pub use rows::{RowState, draw_mark, draw_scrollbar, paint_row};
pub use section::{SectionHead, draw_field};
pub use tabs::{Tab, TabBar};
pub use toast::{Toast, ToastKind, Toasts};
pub use which_key::WhichKey;
pub use window::Window;

/// The free cells left and right of every page.
pub const MARGIN: u16 = 2;
/// The blank cells between two panes.
pub const PANE_GAP: u16 = 3;
/// Below this, panes have fewer columns, words are dropped and modals take the whole width.
pub const NARROW: u16 = 100;

/// How to draw: styles and signs.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    pub theme: &'a Theme,
    pub glyphs: &'a Glyphs,
    /// What keys are called.
    pub ways: &'a Ways,
    /// Nothing turns.
    pub is_still: bool,
}

impl<'a> Look<'a> {
    /// With all keys as they are from the start.
    pub fn new(theme: &'a Theme, glyphs: &'a Glyphs) -> Self {
        Self { theme, glyphs, ways: Ways::usual(), is_still: false }
    }

    /// A key that is called so from the start, as it is called now.
    pub fn key(&self, keys: &'static str) -> Span<'static> {
        Span::styled(self.ways.name(keys), self.theme.accent)
    }

    pub fn fit<'t>(&self, text: &'t str, room: u16) -> Cow<'t, str> {
        fit(text, usize::from(room), self.glyphs.ellipsis)
    }

    pub fn fit_email<'t>(&self, email: &'t str, room: u16) -> Cow<'t, str> {
        fit_email(email, usize::from(room), self.glyphs.ellipsis)
    }

    /// The spinner's frame after so long.
    pub fn spinner(&self, elapsed: Duration) -> &'static str {
        if self.is_still {
            return self.glyphs.still;
        }
        let frames = self.glyphs.spinner;
        frames[(elapsed.as_millis() / 80) as usize % frames.len()]
    }
}

/// Row `y` of `area`, counted from its top; empty when it has fewer.
pub fn row(area: Rect, y: u16) -> Rect {
    if y < area.height { Rect::new(area.x, area.y + y, area.width, 1) } else { Rect::ZERO }
}

/// Draws in the first row of `area` from its left edge. Gives the cells used.
pub fn draw_left(buf: &mut Buffer, area: Rect, line: &Line) -> u16 {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return 0;
    }
    let on_reversed = buf[(area.x, area.y)].modifier.contains(Modifier::REVERSED);
    let (end, _) = buf.set_line(area.x, area.y, line, area.width);
    let width = end - area.x;
    if on_reversed {
        even_out(buf, Rect { width, height: 1, ..area });
    }
    width
}

/// Draws in the first row of `area` so that it ends at its right edge. Gives the cells used.
pub fn draw_right(buf: &mut Buffer, area: Rect, line: &Line) -> u16 {
    let width = (line.width() as u16).min(area.width);
    draw_left(buf, Rect { x: area.right() - width, width, ..area }, line)
}

/// Draws in the middle of the first row of `area`.
pub fn draw_centred(buf: &mut Buffer, area: Rect, line: &Line) -> u16 {
    let width = (line.width() as u16).min(area.width);
    draw_left(buf, Rect { x: area.x + (area.width - width) / 2, width, ..area }, line)
}

/// Blank cells without any style. Of a wide letter that reaches in from the left, the other half goes too.
pub fn clear(buf: &mut Buffer, area: Rect) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        if area.x > buf.area.x && width(buf[(area.x - 1, y)].symbol()) > 1 {
            buf[(area.x - 1, y)].set_symbol(" ");
        }
    }
    for position in area.positions() {
        buf[position].reset();
    }
}

fn blanks(count: u16) -> Span<'static> {
    Span::raw(" ".repeat(usize::from(count)))
}

fn width_of(spans: &[Span]) -> u16 {
    spans.iter().map(Span::width).sum::<usize>() as u16
}

#[cfg(test)]
mod tests;
