//! The question before something that can't be brought back. Enter keeps everything; only its own key goes on, or a
//! word that is typed where much is at stake.

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use super::{FieldLook, Hint, Look, Modal, TextField, draw_left, modal::Corner, row};
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
    /// The word that is to be typed instead of `y`, and what is typed so far.
    pub word: Option<(&'a str, &'a TextField)>,
}

impl Confirm<'_> {
    /// Draws it, and gives the place of the caret, if there is one.
    pub fn draw(&self, buf: &mut Buffer, screen: Rect, look: Look) -> Option<Rect> {
        let inside = usize::from(WIDTH.min(screen.width).saturating_sub(6));
        let detail = wrap(self.detail, inside);
        let by_key = [Hint::new("y", self.act)];
        let field = if self.word.is_some() { 3 } else { 0 };
        let modal = Modal {
            title: Line::styled(self.question, look.theme.title),
            escape: "cancel",
            size: (WIDTH, detail.len() as u16 + 6 + field),
            hints: if self.word.is_some() { &[] } else { &by_key },
            right: Some(Corner::Button("Cancel", "enter")),
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, look);
        for (y, line) in (0..).zip(&detail) {
            draw_left(buf, row(body, y), &Line::styled(line.as_str(), look.theme.text));
        }
        let (word, typed) = self.word?;
        let below = detail.len() as u16 + 1;
        let asked = format!("Type {word} to {}", self.act);
        draw_left(buf, row(body, below), &Line::styled(asked, look.theme.dim));
        let place = Rect { width: 24.min(body.width), ..row(body, below + 1) };
        let caret = typed.draw(buf, place, &FieldLook { focused: true, ..FieldLook::default() }, look)?;
        Some(Rect::new(caret.x, caret.y, 1, 1))
    }
}
