//! After a prefix: the keys that may follow, in the lower right corner. The page stays readable, nothing is dimmed.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use super::{Hint, Look, MARGIN, draw_left, draw_right, modal::draw_box, row};
use crate::ui::text::width;

const WIDTH: u16 = 58;
/// Cells from one column of keys to the next.
const PITCH: u16 = 26;

#[derive(Debug)]
pub struct WhichKey<'a> {
    /// The keys pressed so far.
    pub keys: &'a str,
    /// `go to…`
    pub label: &'a str,
    pub next: &'a [Hint<'a>],
}

impl WhichKey<'_> {
    pub fn draw(&self, buf: &mut Buffer, screen: Rect, look: Look) {
        let theme = look.theme;
        let area = self.place(screen);
        draw_box(buf, area, look);
        let inner = Rect { x: area.x + 3.min(area.width), width: area.width.saturating_sub(6), ..area };
        let title =
            [Span::styled(self.keys, theme.strong_accent), Span::raw(" "), Span::styled(self.label, theme.title)];
        draw_left(buf, row(inner, 1), &Line::from_iter(title));
        let escape = Hint::new("esc", "cancel");
        draw_right(buf, row(inner, 1), &Line::from(escape.spans(look).to_vec()));
        let rows = self.rows(area.width);
        let keys_width = self.next.iter().map(|hint| width(&hint.keys)).max().unwrap_or(1) as u16;
        for (index, hint) in (0..).zip(self.next) {
            let x = 1 + index / rows * PITCH;
            let place = row(inner, 3 + index % rows);
            let cell =
                Rect { x: place.x + x.min(place.width), width: place.width.saturating_sub(x).min(PITCH - 1), ..place };
            draw_left(buf, cell, &Line::styled(hint.keys.as_ref(), theme.strong_accent));
            let beside = keys_width + 2;
            let room = cell.width.saturating_sub(beside);
            let word = Line::styled(look.fit(&hint.word, room), theme.text);
            draw_left(buf, Rect { x: cell.x + beside.min(cell.width), width: room, ..cell }, &word);
        }
    }

    fn rows(&self, width: u16) -> u16 {
        let columns = if width < WIDTH { 1 } else { 2 };
        self.next.len().div_ceil(columns).max(1) as u16
    }

    /// Above the blank row over the footer, two cells from the right.
    fn place(&self, screen: Rect) -> Rect {
        let width = WIDTH.min(screen.width.saturating_sub(2 * MARGIN));
        let height = (self.rows(width) + 5).min(screen.height.saturating_sub(2));
        Rect {
            x: screen.right().saturating_sub(width + MARGIN),
            y: screen.bottom().saturating_sub(height + 2),
            width,
            height,
        }
    }
}
