//! The fields of a form as they look: labels left, or above them where it is narrow, what is said of a field below it.
//! Shared by the forms of records and of activities.

use crate::domain::when;
use crate::ui::edit::FieldEditor;
use crate::ui::layer::Cx;
use crate::ui::widgets::{NARROW, draw_left, row};
use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of a form.
pub const WIDTH: u16 = 90;
/// Cells of the labels beside their fields, and of the fields.
const LABELS: u16 = 18;
const FIELD: u16 = 50;

/// How fields stand on a screen.
#[derive(Clone, Copy)]
pub struct Sheet {
    is_narrow: bool,
    room: u16,
}

impl Sheet {
    pub fn of(screen: Rect) -> Sheet {
        let is_narrow = screen.width < NARROW;
        Sheet { is_narrow, room: if is_narrow { screen.width.saturating_sub(8) } else { FIELD } }
    }

    /// Rows of a field, with what is said of it.
    pub fn rows(self, editor: &FieldEditor, cx: &Cx) -> usize {
        let said = editor.message(self.message_room(), cx).len();
        usize::from(self.is_narrow) + usize::from(editor.height()) + said
    }

    /// Cells of what is said below a field: it may be longer than the field.
    fn message_room(self) -> u16 {
        if self.is_narrow { self.room } else { self.room + 14 }
    }

    /// Draws a field; gives the row below all of it, and the caret.
    pub fn paint(
        self,
        buf: &mut Buffer,
        place: Rect,
        editor: &mut FieldEditor,
        is_focused: bool,
        cx: &Cx,
    ) -> (u16, Option<Rect>) {
        let theme = cx.look.theme;
        let tone = if is_focused { theme.text } else { theme.dim };
        let mut label = Line::styled(cx.look.fit(&editor.property.label, LABELS - 2).into_owned(), tone);
        if editor.property.required {
            label.push_span(Span::styled(format!(" {}", cx.look.glyphs.changed), theme.accent));
        }
        draw_left(buf, Rect { width: LABELS.min(place.width), ..row(place, 0) }, &label);
        let height = editor.height();
        let area = if self.is_narrow {
            Rect { y: place.y + 1, height, width: self.room.min(place.width), ..place }
        } else {
            let width = self.room.min(place.width.saturating_sub(LABELS));
            Rect { x: place.x + LABELS, height, width, ..place }
        };
        let caret = editor.draw(buf, area, is_focused, cx);
        let said = editor.message(self.message_room(), cx);
        for (y, line) in (area.bottom()..).zip(&said) {
            let inside = Rect { x: area.x + 1, y, width: place.right().saturating_sub(area.x + 1), height: 1 };
            draw_left(buf, inside, line);
        }
        (area.bottom() + said.len() as u16, caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1)))
    }
}

/// Rows above the window once what has the focus, so many rows from `top`, is seen.
pub fn scrolled(from: usize, (top, rows): (usize, usize), all: usize, height: usize) -> usize {
    from.min(top).max((top + rows).saturating_sub(height)).min(all.saturating_sub(height))
}

/// Where rows of the content stand on the screen, if all of them are seen.
pub fn placed(area: Rect, y: usize, rows: usize, from: usize) -> Option<Rect> {
    let y = y.checked_sub(from).filter(|y| y + rows <= usize::from(area.height))? as u16;
    Some(Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(1), height: rows as u16 })
}

/// `Your draft from 14:20 is here`, with the day too where that was another one.
pub fn draft_line(at: DateTime<Utc>, cx: &Cx) -> Line<'static> {
    let (theme, clock) = (cx.look.theme, cx.settings.clock(cx.now));
    let is_today = clock.day_of(at) == clock.today();
    let when = if is_today { when::time_of_day(at, &clock) } else { when::moment_long(at, &clock) };
    Line::from(vec![
        Span::styled(format!("Your draft from {when} is here. "), theme.dim),
        Span::styled("ctrl-x", theme.accent),
        Span::styled(" discards it", theme.dim),
    ])
}
