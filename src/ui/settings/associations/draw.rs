//! The associations as they look: each pair of objects with its limits and its labels.

use super::{Associations, Line as Told, Pair, RIGHT};
use crate::domain::id::Object;
use crate::domain::object::ObjectSpec;
use crate::ui::layer::Cx;
use crate::ui::settings::draw::{MARK, paint_lacking, paint_refusal};
use crate::ui::text::clean;
use crate::ui::widgets::{FieldLook, RowState, draw_left, draw_scrollbar, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of what stands before a value, and of a value.
const LABEL: u16 = 28;
const VALUE: u16 = 44;

fn spec<'c>(object: Object, cx: &'c Cx) -> Option<&'c ObjectSpec> {
    cx.settings.object(object)
}

/// `contact`, in a sentence.
pub(super) fn one(object: Object, cx: &Cx) -> String {
    spec(object, cx).map_or_else(|| "record".to_owned(), |spec| clean(&spec.singular).to_lowercase())
}

/// `3 companies`, `any number of companies`.
fn most(pair: Pair, limit: Option<usize>, cx: &Cx) -> String {
    let Some(spec) = spec(pair.1, cx) else { return String::new() };
    let text = match limit {
        Some(limit) => spec.counted(limit),
        None => format!("any number of {}", spec.plural.to_lowercase()),
    };
    clean(&text).into_owned()
}

/// `Contacts and companies`.
pub(super) fn head(pair: Pair, cx: &Cx) -> String {
    let plural = |object| spec(object, cx).map_or("Records", |spec| spec.plural.as_str());
    let text = if pair.0 == pair.1 {
        format!("{} among each other", plural(pair.0))
    } else {
        format!("{} and {}", plural(pair.0), plural(pair.1).to_lowercase())
    };
    clean(&text).into_owned()
}

impl Associations {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let said = paint_lacking(buf, area, RIGHT, cx);
        let area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        self.drawn = area;
        self.lines.window.resize(usize::from(area.height));
        // The head of the first pair is seen with it.
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
            let inside = Rect { x: place.x + MARK.min(place.width), width: place.width.saturating_sub(MARK), ..place };
            match self.lines.all()[at] {
                Told::Gap => {}
                Told::Head(pair) => _ = draw_left(buf, place, &Line::styled(head(pair, cx), cx.look.theme.title)),
                Told::Limit(pair) => {
                    let caret = self.paint_limit(buf, place, inside, pair, is_cursor && focused, cx);
                    cursor = caret.or(cursor);
                }
                Told::Label(_, id) => {
                    if let Some(label) = cx.settings.label(id) {
                        paint_label(buf, inside, &label.shown(), label.is_built_in(), is_cursor, cx);
                    }
                }
            }
        }
        if let Some(refusal) = self.typing.as_ref().and_then(|typing| typing.refusal.as_deref()) {
            paint_refusal(buf, area, self.lines.window.screen_row(), refusal, cx);
        }
        draw_scrollbar(buf, area, &self.lines.window, cx.look);
        cursor
    }

    fn paint_limit(
        &self,
        buf: &mut Buffer,
        place: Rect,
        inside: Rect,
        pair: Pair,
        is_focused: bool,
        cx: &Cx,
    ) -> Option<Rect> {
        let theme = cx.look.theme;
        let may = RIGHT.is_held_by(cx.user);
        if self.draft.contains_key(&pair) {
            draw_left(buf, place, &Line::styled(cx.look.glyphs.unsaved, theme.warn));
        }
        let said = format!("A {} has at most", one(pair.0, cx));
        let tone = if may { theme.text } else { theme.dim };
        let label = Rect { width: LABEL.min(inside.width), ..inside };
        draw_left(buf, label, &Line::styled(cx.look.fit(&said, LABEL - 2), tone));
        let room = inside.width.saturating_sub(LABEL).min(VALUE);
        let value = Rect { x: inside.x + label.width, width: room, ..inside };
        if let Some(typing) = self.typing.as_ref().filter(|_| is_focused) {
            let look = FieldLook { focused: true, placeholder: "any number", ..FieldLook::default() };
            let caret = typing.field.draw(buf, value, &look, cx.look)?;
            return Some(Rect::new(caret.x, caret.y, 1, 1));
        }
        if may {
            buf.set_style(value, theme.input);
        }
        let text = Rect { x: value.x + 1.min(value.width), width: value.width.saturating_sub(2), ..value };
        let now = most(pair, self.limit(pair, cx), cx);
        let mut spans = Vec::new();
        if self.draft.contains_key(&pair) {
            let was = format!("was {}, now ", most(pair, Self::saved(pair, cx), cx));
            if was.len() + now.len() < usize::from(text.width) {
                spans.push(Span::styled(was, theme.dim));
            }
        }
        spans.push(Span::styled(cx.look.fit(&now, text.width).into_owned(), tone));
        draw_left(buf, text, &Line::from(spans));
        None
    }
}

fn paint_label(buf: &mut Buffer, inside: Rect, name: &str, is_built_in: bool, is_cursor: bool, cx: &Cx) {
    let theme = cx.look.theme;
    let tone = match (is_cursor, is_built_in) {
        (true, _) => theme.title,
        (false, true) => theme.dim,
        (false, false) => theme.text,
    };
    draw_left(buf, inside, &Line::styled("Label", theme.dim));
    let value = Rect { x: inside.x + LABEL.min(inside.width), width: inside.width.saturating_sub(LABEL), ..inside };
    let text = Rect { x: value.x + 1.min(value.width), width: value.width.saturating_sub(1), ..value };
    let mut spans = vec![Span::styled(cx.look.fit(&clean(name), text.width).into_owned(), tone)];
    if is_built_in {
        spans.push(Span::styled("  built in", theme.dim));
    }
    draw_left(buf, text, &Line::from(spans));
}
