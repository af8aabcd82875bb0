//! The form as it looks: labels left, or above their fields where it is narrow; where it goes below them.

use super::LogForm;
use crate::ui::cell::glyph_of;
use crate::ui::layer::Cx;
use crate::ui::modals::log::goals::head;
use crate::ui::widgets::{Corner, Hint, Modal, NARROW, Window, draw_left, draw_scrollbar, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 90;
const LABELS: u16 = 18;
const FIELD: u16 = 50;
/// Records that are seen at once, at most.
const GOALS: u16 = 8;
/// Rows of the title, the keys and the border.
const AROUND: usize = 8;

impl LogForm {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let is_narrow = screen.width < NARROW;
        let room = if is_narrow { screen.width.saturating_sub(8) } else { FIELD };
        let mut heights: Vec<usize> = self.fields.iter().map(|field| height_of(field, is_narrow, room, cx)).collect();
        let goals = usize::from(self.goals.height().min(GOALS)) + 3;
        let tight = heights.iter().sum::<usize>() + goals;
        // Blank rows between the fields, where all of it is seen even so.
        if tight + heights.len() + AROUND <= usize::from(screen.height) * 85 / 100 {
            for rows in &mut heights {
                *rows += 1;
            }
        }
        let rows = heights.iter().sum::<usize>() + goals;
        let mut hints = vec![Hint::new("tab", "next")];
        if self.fields.get(self.at).is_some_and(|field| field.editor.is_long()) {
            hints.push(Hint::new("ctrl-e", "in $EDITOR"));
        }
        if self.in_list() {
            hints.extend([Hint::new("space", "tick"), Hint::new("A", "add a record")]);
        }
        let modal = Modal {
            title: self.title(cx),
            subtitle: self.subtitle(cx),
            escape: "close, kept as draft",
            size: (WIDTH, (rows + AROUND) as u16),
            hints: &hints,
            right: Some(Corner::Button(if self.saving { "Logging" } else { "Log it" }, "ctrl-s")),
        };
        let area = modal.draw(buf, screen, cx.look);
        self.buttons = modal.buttons(screen, cx.look);
        self.scroll(&heights, goals, usize::from(area.height));
        self.cursor = None;
        let (mut y, mut below) = (0, 0);
        for (at, rows) in heights.into_iter().enumerate() {
            match placed(area, y, rows, self.from) {
                Some(place) => {
                    let end = self.paint_field(buf, place, at, room, cx);
                    if at == self.at {
                        below = end;
                    }
                }
                None => self.fields[at].editor.hide(),
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

    /// Brings the field with the focus into sight.
    fn scroll(&mut self, heights: &[usize], goals: usize, room: usize) {
        let top: usize = heights[..self.at].iter().sum();
        let rows = heights.get(self.at).copied().unwrap_or(goals);
        let all = heights.iter().sum::<usize>() + goals;
        self.from = self.from.min(top).max((top + rows).saturating_sub(room)).min(all.saturating_sub(room));
    }

    fn title(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let verb = format!("Log {}", self.kind.row().one);
        let mut spans = vec![Span::styled(verb, theme.title), Span::styled(" on ", theme.dim)];
        if let Some(on) = self.goals.first() {
            spans.push(Span::styled(format!("{} ", glyph_of(on.object, cx.look.glyphs)), theme.dim));
        }
        spans.push(Span::styled(self.named.clone(), theme.text));
        if self.is_touched() {
            spans.push(Span::styled(format!(" {}", cx.look.glyphs.unsaved), theme.warn));
        }
        Line::from(spans)
    }

    fn subtitle(&self, cx: &Cx) -> Option<Line<'static>> {
        let theme = cx.look.theme;
        if let Some(refusal) = self.refusal.as_ref().or(self.goals.refusal.as_ref()) {
            return Some(Line::styled(format!("{} {refusal}", cx.look.glyphs.error), theme.err));
        }
        let when = self.draft_said(cx)?;
        Some(Line::from(vec![
            Span::styled(format!("Your draft from {when} is here. "), theme.dim),
            Span::styled("ctrl-x", theme.accent),
            Span::styled(" discards it", theme.dim),
        ]))
    }

    /// Draws one field, and gives the row below all of it.
    fn paint_field(&mut self, buf: &mut Buffer, place: Rect, at: usize, room: u16, cx: &Cx) -> u16 {
        let theme = cx.look.theme;
        let is_focused = at == self.at;
        let is_narrow = cx.screen.width < NARROW;
        let editor = &mut self.fields[at].editor;
        let mut label = Line::styled(editor.property.label.clone(), if is_focused { theme.text } else { theme.dim });
        if editor.property.required {
            label.push_span(Span::styled(format!(" {}", cx.look.glyphs.changed), theme.accent));
        }
        draw_left(buf, Rect { width: LABELS.min(place.width), ..row(place, 0) }, &label);
        let height = editor.height();
        let area = if is_narrow {
            Rect { y: place.y + 1, height, width: room.min(place.width), ..place }
        } else {
            Rect { x: place.x + LABELS, height, width: room.min(place.width.saturating_sub(LABELS)), ..place }
        };
        if let Some(caret) = editor.draw(buf, area, is_focused, cx) {
            self.cursor = Some(Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        }
        let said = editor.message(message_room(room, is_narrow), cx);
        for (y, line) in (area.bottom()..).zip(&said) {
            draw_left(buf, Rect { x: area.x + 1, y, width: place.right().saturating_sub(area.x + 1), height: 1 }, line);
        }
        area.bottom() + said.len() as u16
    }

    fn paint_goals(&mut self, buf: &mut Buffer, place: Rect, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let in_list = self.in_list();
        let place = Rect { y: place.y + 1, height: place.height.saturating_sub(1), ..place };
        let under = draw_left(buf, row(place, 0), &head(&self.goals, cx));
        let line = row(place, 1);
        draw_left(buf, line, &Line::styled(glyphs.rule.repeat(usize::from(line.width)), theme.line));
        let (piece, tone) = if in_list { (glyphs.rule_heavy, theme.accent) } else { (glyphs.rule, theme.faint) };
        draw_left(buf, line, &Line::styled(piece.repeat(usize::from(under)), tone));
        let list = Rect { y: place.y + 2, height: place.height.saturating_sub(2), ..place };
        let cursor = self.goals.paint(buf, Rect { width: list.width.saturating_sub(1), ..list }, in_list, cx);
        if in_list {
            self.cursor = cursor;
        }
    }
}

fn height_of(field: &super::Field, is_narrow: bool, room: u16, cx: &Cx) -> usize {
    let said = field.editor.message(message_room(room, is_narrow), cx).len();
    usize::from(is_narrow) + usize::from(field.editor.height()) + said
}

/// Cells of what is said below a field: it may be longer than the field.
fn message_room(room: u16, is_narrow: bool) -> u16 {
    if is_narrow { room } else { room + 14 }
}

/// Where rows of the content stand on the screen, if all of them are seen.
fn placed(area: Rect, y: usize, rows: usize, from: usize) -> Option<Rect> {
    let y = y.checked_sub(from).filter(|y| y + rows <= usize::from(area.height))? as u16;
    Some(Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(1), height: rows as u16 })
}
