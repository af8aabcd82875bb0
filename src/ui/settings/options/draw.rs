//! The options of a property as they look: sign and word, the name of the colour at the right.

use super::{Options, title};
use crate::ui::cell::{own_sign, text, tint};
use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::{FieldLook, Hint, Modal, RowState, draw_left, draw_right, draw_scrollbar, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 74;
const LEAST: u16 = 4;

impl Options {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let naming = [
            Hint::new("enter", "take it"),
            Hint::new("esc", if self.is_adding() { "leave it" } else { "keep the old name" }),
        ];
        let acting = [
            Hint::new("n", "new"),
            Hint::new("e", "rename"),
            Hint::new("J K", "move"),
            Hint::new("t", "colour"),
            Hint::new("x", "delete"),
        ];
        let rows = (self.window.len() as u16 + 1).max(LEAST);
        let modal = Modal {
            title: Line::styled(title(&self.label), theme.title),
            subtitle: Some(Line::styled("Changes here are done at once.", theme.dim)),
            escape: if self.naming.is_some() { "cancel" } else { "close" },
            size: (WIDTH, rows + 7),
            hints: if self.naming.is_some() { &naming } else { &acting },
            right: None,
        };
        let body = modal.draw(buf, screen, cx.look);
        let list = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
        let said = u16::from(self.naming.as_ref().is_some_and(|naming| naming.refusal.is_some()));
        self.drawn = Rect { height: list.height.saturating_sub(said), ..list };
        self.window.resize(usize::from(self.drawn.height));
        self.cursor = None;
        for (y, at) in (0..self.drawn.height).zip(self.window.visible()) {
            let line = row(self.drawn, y);
            self.paint_option(buf, line, at, cx);
        }
        draw_scrollbar(buf, self.drawn, &self.window, cx.look);
        let refusal = self.naming.as_ref().and_then(|naming| naming.refusal.as_deref());
        if let Some(refusal) = refusal {
            let said = format!("{} {}", cx.look.glyphs.error, clean(refusal));
            draw_left(buf, row(list, list.height.saturating_sub(1)), &Line::styled(said, theme.err));
        }
    }

    fn own_sign(&self, at: usize, cx: &Cx) -> Option<Span<'static>> {
        let id = self.list.get(at)?.id?;
        own_sign(self.property, self.defined(cx)?.choice(id)?, cx)
    }

    fn paint_option(&mut self, buf: &mut Buffer, line: Rect, at: usize, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let is_cursor = self.window.cursor() == Some(at);
        if is_cursor {
            paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            self.cursor = Some(line);
        }
        let colour = self.list.get(at).map(|option| option.tint).unwrap_or_default();
        let number = format!("{:>2}  ", at + 1);
        let own = self.own_sign(at, cx);
        let said = if own.is_some() { "a sign of its own" } else { colour.name() };
        let sign = own.unwrap_or_else(|| Span::styled(glyphs.option, tint(colour, cx)));
        let before = Line::from(vec![Span::styled(number, theme.dim), sign, Span::raw(" ")]);
        let used = draw_left(buf, line, &before);
        let taken = draw_right(buf, line, &Line::styled(said, theme.dim));
        let room = line.width.saturating_sub(used + taken + 2);
        let beside = Rect { x: line.x + used, width: room, ..line };
        match (&self.naming, self.list.get(at)) {
            (Some(naming), _) if is_cursor => {
                let look = FieldLook { focused: true, ..FieldLook::default() };
                // A field has a blank cell before its text.
                let field = Rect { x: beside.x - 1, width: beside.width + 1, ..beside };
                let caret = naming.field.draw(buf, field, &look, cx.look);
                self.cursor = caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1)).or(self.cursor);
            }
            (_, Some(option)) => {
                let tone = if is_cursor { theme.title } else { theme.text };
                draw_left(buf, beside, &text(&option.label, &[], room, tone, cx));
            }
            _ => {}
        }
    }
}
