//! The question before something that can't be brought back. Enter keeps everything; only its own key goes on.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use super::{Hint, Look, Modal, draw_left, modal::Corner, row};
use crate::ui::text::wrap;

const WIDTH: u16 = 62;

#[derive(Debug)]
pub struct Confirm<'a> {
    /// `Erase 3 contacts for good?`
    pub question: &'a str,
    /// What goes, by number and name.
    pub detail: &'a str,
    /// What `y` does: `erase 3 contacts`.
    pub act: &'a str,
}

impl Confirm<'_> {
    pub fn draw(&self, buf: &mut Buffer, screen: Rect, look: Look) {
        let inside = usize::from(WIDTH.min(screen.width).saturating_sub(6));
        let detail = wrap(self.detail, inside);
        let hints = [Hint::new("y", self.act)];
        let modal = Modal {
            title: Line::styled(self.question, look.theme.title),
            escape: "cancel",
            size: (WIDTH, detail.len() as u16 + 6),
            hints: &hints,
            right: Some(Corner::Button("Cancel", "enter")),
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, look);
        for (y, line) in (0..).zip(&detail) {
            draw_left(buf, row(body, y), &Line::styled(line.as_str(), look.theme.text));
        }
    }
}
