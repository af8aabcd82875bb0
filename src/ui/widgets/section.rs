//! The head of a section within a pane, and its lines of label and value.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use super::{Look, draw_left, draw_right};
use crate::ui::text::width;

/// `▾ Deals 3 … 92 400 €`.
#[derive(Debug, Default)]
pub struct SectionHead<'a> {
    /// Whether it is unfolded, if it can be folded.
    pub unfolded: Option<bool>,
    pub title: &'a str,
    /// Right after the title.
    pub count: Option<String>,
    /// At the right end, dim.
    pub right: Option<String>,
}

impl SectionHead<'_> {
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: Look) {
        let theme = look.theme;
        let mut spans = Vec::new();
        if let Some(unfolded) = self.unfolded {
            let sign = if unfolded { look.glyphs.unfolded } else { look.glyphs.folded };
            spans.push(Span::styled(format!("{sign} "), theme.dim));
        }
        let right = Line::styled(self.right.as_deref().unwrap_or_default(), theme.dim);
        let taken = draw_right(buf, area, &right);
        let count = self.count.as_ref().map(|count| format!(" {count}")).unwrap_or_default();
        let sign_width = if self.unfolded.is_some() { 2 } else { 0 };
        let room = area.width.saturating_sub(taken + sign_width + width(&count) as u16 + u16::from(taken > 0));
        spans.push(Span::styled(look.fit(self.title, room), theme.title));
        spans.push(Span::styled(count, theme.dim));
        draw_left(buf, area, &Line::from(spans));
    }
}

/// A label in dim, `label_width` cells wide, and its value.
pub fn draw_field(buf: &mut Buffer, area: Rect, label: &str, label_width: u16, value: &Line, look: Look) {
    let label_width = label_width.min(area.width);
    let label = look.fit(label, label_width.saturating_sub(1));
    draw_left(buf, area, &Line::styled(label, look.theme.dim));
    let beside = Rect { x: area.x + label_width, width: area.width - label_width, ..area };
    draw_left(buf, beside, value);
}
