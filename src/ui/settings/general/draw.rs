//! Settings as they look: label and value in a row, below it what the setting means, or why a value is not
//! taken.

use super::{General, RIGHT, Typing, called, is_typed};
use crate::domain::settings::Spec;
use crate::ui::layer::Cx;
use crate::ui::settings::draft::saved;
use crate::ui::settings::draw::{LOW, paint_lacking};
use crate::ui::text::{clean, width};
use crate::ui::widgets::{FieldLook, RowState, draw_left, draw_right, draw_scrollbar, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of the mark of a change, and of the label.
const MARK: u16 = 2;
const LABEL: u16 = 28;
/// Of the row, a long label takes no more than this.
const LABEL_MOST: (u16, u16) = (3, 5);
const VALUE: u16 = 44;

impl General {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let said = paint_lacking(buf, area, RIGHT, cx);
        let area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        let step = if cx.screen.height < LOW { 2 } else { 3 };
        self.window.resize(usize::from((area.height + 1) / step));
        self.drawn.clear();
        let mut cursor = None;
        for (line, at) in (0..).zip(self.window.visible()) {
            let place = Rect { y: area.y + line * step, height: 2, ..area }.intersection(area);
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, place, RowState::Cursor { focused }, cx.look);
            }
            let caret = self.paint_setting(buf, place, self.specs[at], is_cursor && focused, cx);
            if is_cursor {
                cursor = caret.or(Some(row(place, 0)));
            }
            self.drawn.push((at, place));
        }
        draw_scrollbar(buf, area, &self.window, cx.look);
        cursor
    }

    fn paint_setting(&self, buf: &mut Buffer, place: Rect, spec: &Spec, is_cursor: bool, cx: &Cx) -> Option<Rect> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let may = RIGHT.is_held_by(cx.user);
        let is_changed = self.draft.is_changed(spec.key);
        if is_changed {
            draw_left(buf, row(place, 0), &Line::styled(glyphs.unsaved, theme.warn));
        }
        let inside = Rect { x: place.x + MARK.min(place.width), width: place.width.saturating_sub(MARK), ..place };
        let tone = match (is_cursor, may) {
            (true, _) => theme.title,
            (false, true) => theme.text,
            (false, false) => theme.dim,
        };
        let longest = self.specs.iter().map(|spec| width(spec.label) as u16 + 2).max().unwrap_or(0).max(LABEL);
        let label = longest.min((inside.width / LABEL_MOST.1 * LABEL_MOST.0).max(LABEL)).min(inside.width);
        let label = Rect { width: label, ..row(inside, 0) };
        draw_left(buf, label, &Line::styled(cx.look.fit(spec.label, label.width.saturating_sub(2)), tone));
        let beside = inside.width.saturating_sub(label.width);
        let value = Rect { x: inside.x + label.width, width: beside.min(VALUE), ..row(inside, 0) };
        let typing = self.typing.as_ref().filter(|_| is_cursor);
        let caret = if let Some(Typing { field, .. }) = typing {
            field.draw(buf, value, &FieldLook { focused: true, ..FieldLook::default() }, cx.look)
        } else {
            self.paint_value(buf, value, spec, may, cx);
            None
        };
        let below = match typing.and_then(|typing| typing.refusal.as_deref()) {
            Some(refusal) => Line::styled(format!("{} {}", glyphs.error, clean(refusal)), theme.err),
            None => Line::styled(cx.look.fit(&glyphs.spell(spec.help), inside.width).into_owned(), theme.dim),
        };
        draw_left(buf, row(inside, 1), &below);
        caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1))
    }

    /// `was EUR, now PLN` on the ground of a field; where nothing may be changed, the value alone.
    fn paint_value(&self, buf: &mut Buffer, area: Rect, spec: &Spec, may: bool, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let called = |value: &str| called(spec, value, &cx.settings.users);
        let (before, now) = (called(&saved(spec.key, cx)), called(&self.draft.value(spec.key, cx)));
        if may {
            buf.set_style(area, theme.input);
        }
        let inside = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
        let is_list = may && !is_typed(spec);
        let taken = if is_list { draw_right(buf, inside, &Line::styled(glyphs.select, theme.dim)) + 1 } else { 0 };
        let room = inside.width.saturating_sub(taken);
        let mut spans = Vec::new();
        if self.draft.is_changed(spec.key) && !before.is_empty() {
            let was = format!("was {}, now ", clean(&before));
            if was.len() + now.len() < usize::from(room) {
                spans.push(Span::styled(was, theme.dim));
            }
        }
        let (now, tone) = if now.is_empty() { (glyphs.nothing, theme.dim) } else { (now.as_str(), theme.text) };
        spans.push(Span::styled(cx.look.fit(&clean(now), room).into_owned(), tone));
        draw_left(buf, Rect { width: room, ..inside }, &Line::from(spans));
    }
}
