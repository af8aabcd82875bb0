//! A field of a form in the settings: its label at the left, below it what it means or why it is not taken.

use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::{draw_left, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Columns of a form.
pub const WIDTH: u16 = 74;
/// Rows of a field, with that below it.
pub const ROWS: u16 = 2;
const LABELS: u16 = 18;
const FIELD: u16 = 44;

pub struct FieldFrame<'a> {
    pub label: &'a str,
    pub required: bool,
    pub focused: bool,
    /// Below it: what it means, or why it is not taken.
    pub said: Result<&'a str, &'a str>,
}

impl FieldFrame<'_> {
    /// Draws all but the value, for which it gives the place; and gives that of the whole row.
    pub fn draw(&self, buf: &mut Buffer, body: Rect, y: u16, cx: &Cx) -> (Rect, Rect) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let place = Rect { x: body.x + 1, width: body.width.saturating_sub(1), ..row(body, y) };
        let mut label = Line::styled(self.label, if self.focused { theme.text } else { theme.dim });
        if self.required {
            label.push_span(Span::styled(format!(" {}", glyphs.changed), theme.accent));
        }
        draw_left(buf, place, &label);
        let width = FIELD.min(place.width.saturating_sub(LABELS));
        let area = Rect { x: place.x + LABELS.min(place.width), width, ..place };
        if self.focused {
            let tone = if self.said.is_err() { theme.err } else { theme.accent };
            draw_left(buf, bar(area), &Line::styled(glyphs.bar, tone));
        }
        let below = row(body, y + 1);
        let below = Rect { x: area.x + 1, width: body.right().saturating_sub(area.x + 1), ..below };
        let said = match self.said {
            Ok(help) => Line::styled(cx.look.fit(help, below.width), theme.dim),
            Err(why) => Line::styled(format!("{} {}", glyphs.error, clean(why)), theme.err),
        };
        draw_left(buf, below, &said);
        (area, place)
    }
}

/// Left of the field with the focus.
pub fn bar(area: Rect) -> Rect {
    Rect { x: area.x.saturating_sub(1), width: 1, ..area }
}

/// Why all of a form is not taken, below its title.
pub fn refused(sentence: &str, cx: &Cx) -> Line<'static> {
    Line::styled(format!("{} {}", cx.look.glyphs.error, clean(sentence)), cx.look.theme.err)
}
