//! The row of filters above a list, with the count of what is left.

use std::borrow::Cow;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use super::{Hint, Look, draw_left, draw_right, width_of};

#[derive(Debug, Clone)]
pub struct Chip<'a> {
    /// Dim.
    pub property: Cow<'a, str>,
    /// Operator and value.
    pub test: Cow<'a, str>,
    /// Whether it ends in a `×`.
    pub removable: bool,
}

impl Chip<'_> {
    fn spans(&self, look: Look) -> Vec<Span<'_>> {
        let theme = look.theme;
        let mut spans = Vec::new();
        for (part, style) in [(&self.property, theme.dim), (&self.test, theme.text)] {
            if !part.is_empty() {
                spans.push(Span::styled(format!(" {part}"), style.patch(theme.raised)));
            }
        }
        if self.removable {
            spans.push(Span::styled(format!(" {}", look.glyphs.remove), theme.dim.patch(theme.raised)));
        }
        spans.push(Span::styled(" ", theme.raised));
        spans
    }

    /// Draws it so that it ends at the right edge of `area`. Gives the cells used.
    pub fn draw_right(&self, buf: &mut Buffer, area: Rect, look: Look) -> u16 {
        draw_right(buf, area, &Line::from(self.spans(look)))
    }
}

#[derive(Debug, Default)]
pub struct ChipRow<'a> {
    pub chips: &'a [Chip<'a>],
    pub hint: Option<Hint<'a>>,
    /// `148` and `of 2 148`.
    pub count: Option<(Cow<'a, str>, Cow<'a, str>)>,
}

impl ChipRow<'_> {
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: Look) {
        let taken = self.count.as_ref().map_or(0, |(count, all)| {
            let line = Line::from_iter([
                Span::styled(count.as_ref(), look.theme.title),
                Span::styled(format!(" {all}"), look.theme.dim),
            ]);
            draw_right(buf, area, &line) + 2
        });
        let end = area.right().saturating_sub(taken);
        let mut x = area.x;
        for (index, chip) in self.chips.iter().enumerate() {
            let spans = chip.spans(look);
            let hidden = self.chips.len() - index;
            // The last chip needs no room for the number of those that have none.
            let spare = if hidden > 1 { 5 } else { 0 };
            if x + width_of(&spans) + spare > end {
                let rest = Line::styled(format!("+{hidden}"), look.theme.dim);
                draw_left(buf, Rect { x, width: end.saturating_sub(x), ..area }, &rest);
                return;
            }
            x += draw_left(buf, Rect { x, width: end - x, ..area }, &Line::from(spans)) + 1;
        }
        if let Some(hint) = &self.hint {
            let x = if self.chips.is_empty() { x } else { x + 1 };
            let spans = hint.spans(look);
            if x + width_of(&spans) <= end {
                draw_left(buf, Rect { x, width: end - x, ..area }, &Line::from(spans.to_vec()));
            }
        }
    }
}
