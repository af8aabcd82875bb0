//! The form of an activity as it looks: its fields as `modals/sheet.rs` draws them, where it goes below them.

use super::LogForm;
use crate::ui::cell::glyph_of;
use crate::ui::layer::Cx;
use crate::ui::modals::log::goals::head;
use crate::ui::modals::sheet::{Sheet, WIDTH, draft_line, placed, scrolled};
use crate::ui::record::entry;
use crate::ui::widgets::{Corner, Hint, Modal, Window, draw_left, draw_scrollbar, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Records that are seen at once, at most.
const GOALS: u16 = 8;
/// Cells of what it is about, in the title.
const TITLE: u16 = 34;
/// Rows of the title, the keys and the border.
const AROUND: usize = 8;

impl LogForm {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let sheet = Sheet::of(screen);
        let mut heights: Vec<usize> = self.fields.iter().map(|field| sheet.rows(&field.editor, cx)).collect();
        let listed = self.edits.as_ref().map_or_else(|| self.goals.height(), |edits| edits.height());
        let goals = usize::from(listed.min(GOALS)) + 3;
        let tight = heights.iter().sum::<usize>() + goals;
        // Blank rows between the fields, where all of it is seen even so.
        if tight + heights.len() + AROUND <= usize::from(screen.height) * 85 / 100 {
            for rows in &mut heights {
                *rows += 1;
            }
        }
        let rows = heights.iter().sum::<usize>() + goals;
        let hints = self.hints();
        let modal = Modal {
            title: self.title(cx),
            subtitle: self.subtitle(cx),
            escape: "close, kept as draft",
            size: (WIDTH, (rows + AROUND) as u16),
            hints: &hints,
            right: Some(Corner::Button(self.button(), "ctrl-s")),
        };
        let area = modal.draw(buf, screen, cx.look);
        self.buttons = modal.buttons(screen, cx.look);
        let top: usize = heights[..self.at].iter().sum();
        let focused = (top, heights.get(self.at).copied().unwrap_or(goals));
        self.from = scrolled(self.from, focused, rows, usize::from(area.height));
        self.cursor = None;
        let (mut y, mut below) = (0, 0);
        for (at, rows) in heights.into_iter().enumerate() {
            let is_focused = at == self.at;
            let editor = &mut self.fields[at].editor;
            if let Some(place) = placed(area, y, rows, self.from) {
                let (end, caret) = sheet.paint(buf, place, editor, is_focused, cx);
                self.cursor = caret.or(self.cursor);
                below = if is_focused { end } else { below };
            } else {
                editor.hide();
            }
            y += rows;
        }
        if let Some(place) = placed(area, y, goals, self.from) {
            self.paint_goals(buf, place, cx);
        }
        let mut window = Window::new(rows, usize::from(area.height));
        window.scroll(self.from as isize);
        draw_scrollbar(buf, area, &window, cx.look);
        let bounds = Rect { height: area.height + 2, ..area };
        if let Some(field) = self.field() {
            field.editor.draw_choices(buf, below, bounds, cx);
        }
    }

    fn hints(&self) -> Vec<Hint<'static>> {
        let mut hints = vec![Hint::new("tab", "next")];
        if self.fields.get(self.at).is_some_and(|field| field.editor.is_long()) {
            hints.push(Hint::new("ctrl-e", "in $EDITOR"));
        }
        match (self.in_list(), &self.edits) {
            (true, Some(_)) => hints.push(Hint::new("enter", "change the associations")),
            (true, None) => hints.extend([Hint::new("space", "tick"), Hint::new("A", "add a record")]),
            (false, _) => {}
        }
        hints
    }

    fn button(&self) -> &'static str {
        match (self.edits.is_some(), self.saving) {
            (false, false) => "Log it",
            (false, true) => "Logging",
            (true, false) => "Save",
            (true, true) => "Saving",
        }
    }

    fn title(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let one = self.kind.row().one;
        let mut spans = match (&self.edits, self.goals.first()) {
            (Some(_), _) => {
                let sign = format!("  {} ", entry::sign(self.kind, cx));
                vec![Span::styled(format!("Edit {one}"), theme.title), Span::styled(sign, theme.dim)]
            }
            (None, on) => {
                let glyph = on.map(|on| format!("{} ", glyph_of(on.object, cx.look.glyphs)));
                let on = format!(" on {}", glyph.unwrap_or_default());
                vec![Span::styled(format!("Log {one}"), theme.title), Span::styled(on, theme.dim)]
            }
        };
        spans.push(Span::styled(cx.look.fit(&self.named, TITLE).into_owned(), theme.text));
        if self.is_touched() {
            spans.push(Span::styled(format!(" {}", cx.look.glyphs.unsaved), theme.warn));
        }
        Line::from(spans)
    }

    fn subtitle(&self, cx: &Cx) -> Option<Line<'static>> {
        match self.refusal.as_ref().or(self.goals.refusal.as_ref()) {
            Some(refusal) => Some(Line::styled(format!("{} {refusal}", cx.look.glyphs.error), cx.look.theme.err)),
            None => self.draft.map(|at| draft_line(at, cx)),
        }
    }

    fn paint_goals(&mut self, buf: &mut Buffer, place: Rect, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let in_list = self.in_list();
        let place = Rect { y: place.y + 1, height: place.height.saturating_sub(1), ..place };
        let head = self.edits.as_ref().map_or_else(|| head(&self.goals, cx), |edits| edits.head(cx));
        let under = draw_left(buf, row(place, 0), &head);
        let line = row(place, 1);
        draw_left(buf, line, &Line::styled(glyphs.rule.repeat(usize::from(line.width)), theme.line));
        let (piece, tone) = if in_list { (glyphs.rule_heavy, theme.accent) } else { (glyphs.rule, theme.faint) };
        draw_left(buf, line, &Line::styled(piece.repeat(usize::from(under)), tone));
        let list = Rect { y: place.y + 2, height: place.height.saturating_sub(2), ..place };
        let list = Rect { width: list.width.saturating_sub(1), ..list };
        let cursor = match &self.edits {
            Some(edits) => edits.paint(buf, list, in_list, cx),
            None => self.goals.paint(buf, list, in_list, cx),
        };
        if in_list {
            self.cursor = cursor;
        }
    }
}
