//! Where activities go, as it looks: the rows of each object, the limits, and below them what would be.

use super::draft::{About, aims};
use super::{Activities, Line as Told, RIGHT, what};
use crate::domain::activity::ActivityKind;
use crate::domain::id::Object;
use crate::domain::logging::Aim;
use crate::domain::settings::aims_written;
use crate::ui::layer::Cx;
use crate::ui::settings::draw::{MARK, paint_beside, paint_lacking, paint_refusal};
use crate::ui::text::clean;
use crate::ui::widgets::{FieldLook, NARROW, RowState, draw_left, draw_scrollbar, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of what stands before a value, in a wide window and in a narrow one, and of a value.
const LABEL: u16 = 40;
const NARROW_LABEL: u16 = 26;
const VALUE: u16 = 48;
/// How a row is written, while it is typed.
const HOW: &str = "primary company, primary contact, 0 to 20 deals, contacts reached, thread, conversation, or none; \
                   several with + between them";

/// `primary company + 5 deals`, or that it goes nowhere else.
fn goes(to: Option<&[Aim]>) -> String {
    match to {
        None | Some([]) => "no other record".to_owned(),
        Some(to) => aims_written(to),
    }
}

fn most(kind: ActivityKind, object: Object, limit: Option<usize>, cx: &Cx) -> (String, String) {
    let spec = cx.settings.object(object);
    let text = match (spec, limit) {
        (Some(spec), Some(limit)) => spec.counted(limit),
        (Some(spec), None) => format!("any number of {}", spec.plural.to_lowercase()),
        (None, _) => String::new(),
    };
    (format!("{} has at most", kind.row().label), clean(&text).into_owned())
}

impl Activities {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let said = paint_lacking(buf, area, RIGHT, cx);
        let area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        let below = self.trial.height().min(area.height / 3);
        let trial = Rect { y: area.bottom() - below, height: below, ..area };
        self.trial.paint(buf, trial, self.draft.len() == 0, cx);
        let area = Rect { height: area.height - below, ..area };
        self.drawn = area;
        self.lines.window.resize(usize::from(area.height));
        // The head of the first object is seen with it.
        if self.lines.window.cursor() == Some(1) && self.lines.window.height() > 1 {
            self.lines.window.scroll(-1);
        }
        let mut cursor = None;
        for (y, at) in (0..area.height).zip(self.lines.window.visible()) {
            let (place, is_cursor) = (row(area, y), self.lines.window.cursor() == Some(at));
            if is_cursor {
                paint_row(buf, place, RowState::Cursor { focused }, cx.look);
                cursor = Some(place);
            }
            let caret = self.paint_line(buf, place, self.lines.all()[at], is_cursor && focused, cx);
            cursor = caret.or(cursor);
        }
        self.paint_said(buf, area, cx);
        draw_scrollbar(buf, area, &self.lines.window, cx.look);
        cursor
    }

    /// How what is typed is written, or why it can't be taken.
    fn paint_said(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let (at, Some(typing)) = (self.lines.window.screen_row(), &self.typing) else { return };
        match (&typing.refusal, self.lines.line()) {
            (Some(refusal), _) => paint_refusal(buf, area, at, refusal, cx),
            (None, Some(Told::Row(_))) => paint_beside(buf, area, at, HOW, cx.look.theme.dim),
            _ => {}
        }
    }

    fn paint_line(&self, buf: &mut Buffer, place: Rect, line: Told, is_focused: bool, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        let inside = Rect { x: place.x + MARK.min(place.width), width: place.width.saturating_sub(MARK), ..place };
        match line {
            Told::Gap => {}
            Told::Head(object) => {
                let plural = cx.settings.object(object).map_or("Records", |spec| &spec.plural);
                draw_left(buf, place, &Line::styled(clean(plural).into_owned(), theme.title));
            }
            Told::Limits => _ = draw_left(buf, place, &Line::styled("Limits", theme.title)),
            Told::NoLimit => {
                let said = "Any activity goes to as many records as it likes";
                draw_left(buf, inside, &Line::styled(cx.look.fit(said, inside.width), theme.dim));
            }
            Told::Row(of) => return self.paint_aims(buf, place, of, is_focused, cx),
            Told::Limit(kind, object) => {
                let saved = cx.settings.activities.limit(kind, object);
                let (label, now) = most(kind, object, self.now(cx).limit(kind, object), cx);
                let was = self.draft.has_limit((kind, object)).then(|| most(kind, object, saved, cx).1);
                return self.paint_value(buf, place, (&label, &now, was), is_focused, cx);
            }
        }
        None
    }

    fn paint_aims(&self, buf: &mut Buffer, place: Rect, of: About, is_focused: bool, cx: &Cx) -> Option<Rect> {
        let now = goes(Some(&self.aims(of, cx)));
        let saved = aims(&cx.settings.activities.table, of);
        let was = self.draft.has_row(of).then(|| saved.map_or_else(|| "not there".to_owned(), |to| goes(Some(to))));
        self.paint_value(buf, place, (&what(of), &now, was), is_focused, cx)
    }

    /// A label and its value, or the field that it is typed in.
    fn paint_value(
        &self,
        buf: &mut Buffer,
        place: Rect,
        (label, now, was): (&str, &str, Option<String>),
        is_focused: bool,
        cx: &Cx,
    ) -> Option<Rect> {
        let theme = cx.look.theme;
        let may = RIGHT.is_held_by(cx.user);
        if was.is_some() {
            draw_left(buf, place, &Line::styled(cx.look.glyphs.unsaved, theme.warn));
        }
        let inside = Rect { x: place.x + MARK.min(place.width), width: place.width.saturating_sub(MARK), ..place };
        let width = if cx.screen.width < NARROW { NARROW_LABEL } else { LABEL }.min(inside.width);
        let tone = if may { theme.text } else { theme.dim };
        draw_left(buf, inside, &Line::styled(cx.look.fit(label, width.saturating_sub(2)).into_owned(), tone));
        let room = inside.width.saturating_sub(width).min(VALUE);
        let value = Rect { x: inside.x + width, width: room, ..inside };
        if let Some(typing) = self.typing.as_ref().filter(|_| is_focused) {
            let look = FieldLook { focused: true, placeholder: "none", ..FieldLook::default() };
            let caret = typing.field.draw(buf, value, &look, cx.look)?;
            return Some(Rect::new(caret.x, caret.y, 1, 1));
        }
        if may {
            buf.set_style(value, theme.input);
        }
        let text = Rect { x: value.x + 1.min(value.width), width: value.width.saturating_sub(2), ..value };
        let mut spans = Vec::new();
        if let Some(was) = was.map(|was| format!("was {was}, now ")) {
            if was.len() + now.len() < usize::from(text.width) {
                spans.push(Span::styled(was, theme.dim));
            }
        }
        spans.push(Span::styled(cx.look.fit(now, text.width).into_owned(), tone));
        draw_left(buf, text, &Line::from(spans));
        None
    }
}
