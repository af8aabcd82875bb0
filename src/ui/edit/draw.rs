//! A field as it looks: its value on raised, `▾` where it has choices, which drop down as a float.

use super::choices::SEEN;
use super::{Choices, FieldEditor, Shape};
use crate::domain::value::Value;
use crate::ui::cell;
use crate::ui::layer::Cx;
use crate::ui::widgets::{FieldLook, RowState, draw_box, draw_left, draw_right, draw_scrollbar, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Rows of a box for a long text.
pub const BOX_ROWS: u16 = 6;
/// Cells of a list of choices at least.
const LIST_LEAST: u16 = 24;

impl FieldEditor {
    /// Rows that the field itself takes.
    pub fn height(&self) -> u16 {
        if self.is_long() { BOX_ROWS } else { 1 }
    }

    /// Draws the field over `area`, its bar in the cell before it. Gives the caret.
    pub fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Position> {
        let theme = cx.look.theme;
        self.drawn = area;
        let bar = match (self.is_refused(), focused) {
            (true, _) => Some(theme.err),
            (false, true) => Some(theme.accent),
            (false, false) => None,
        };
        for y in 0..area.height.min(self.height()) {
            if let Some(tone) = bar {
                let cell = Rect { x: area.x.saturating_sub(1), width: 1, ..row(area, y) };
                draw_left(buf, cell, &Line::styled(cx.look.glyphs.bar, tone));
            }
        }
        match &mut self.shape {
            Shape::Line(field) => {
                let placeholder = if focused { "" } else { cx.look.glyphs.nothing };
                field.draw(buf, row(area, 0), &FieldLook { focused, placeholder, ..FieldLook::default() }, cx.look)
            }
            Shape::Long(text) => text.draw(buf, area, focused, cx.look),
            Shape::Choice(choices) => {
                let line = row(area, 0);
                let shown = shown(&self.property, choices, line.width.saturating_sub(7), cx);
                draw_choice(buf, line, choices, &shown, focused, cx)
            }
        }
    }

    /// Draws the choices below the field, or above it, within `bounds`; after everything that they may cover.
    pub fn draw_choices(&mut self, buf: &mut Buffer, below: u16, bounds: Rect, cx: &Cx) {
        self.dropped = Rect::ZERO;
        let Shape::Choice(choices) = &self.shape else { return };
        if !choices.is_open() {
            return;
        }
        let rows = choices.window().len().clamp(1, SEEN) as u16;
        let field = self.drawn;
        let width = field.width.max(LIST_LEAST).min(bounds.width);
        let x = field.x.min(bounds.right().saturating_sub(width));
        let fits_below = below + rows + 2 <= bounds.bottom();
        let y = if fits_below { below } else { field.y.saturating_sub(rows + 2).max(bounds.y) };
        let area = Rect { x, y, width, height: rows + 2 }.intersection(buf.area);
        draw_box(buf, area, cx.look);
        let inner = Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(2),
        };
        self.dropped = inner;
        if choices.window().is_empty() {
            draw_left(buf, inner, &Line::styled("Nothing is called so", cx.look.theme.dim));
            return;
        }
        for (y, (at, choice, chosen)) in (0..inner.height).zip(choices.seen()) {
            let line = row(inner, y);
            let is_lit = choices.window().cursor() == Some(at);
            if is_lit {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
            let tick = match (choices.is_several(), chosen) {
                (true, true) => Span::styled(format!("{} ", glyphs.box_on), theme.accent),
                (true, false) => Span::styled(format!("{} ", glyphs.box_off), theme.dim),
                (false, true) => Span::styled(format!("{} ", glyphs.marked), theme.accent),
                (false, false) => Span::raw("  "),
            };
            let sign = choice.tint.map(|tint| Span::styled(format!("{} ", glyphs.option), cell::tint(tint, cx)));
            let used = (tick.width() + sign.as_ref().map_or(0, Span::width)) as u16;
            let tone = if choice.is_nothing() { theme.dim } else { theme.text };
            let words = crate::domain::fold::words(choices.filter().text());
            let mut drawn = Line::from(tick);
            drawn.extend(sign);
            drawn.extend(cell::text(&choice.label, &words, line.width.saturating_sub(used), tone, cx));
            let left = line.width.saturating_sub(drawn.width() as u16 + 2);
            if !choice.aside.is_empty() && left > 3 {
                drawn.push_span(Span::raw("  "));
                drawn.extend(cell::text(&choice.aside, &[], left, theme.dim, cx));
            }
            draw_left(buf, line, &drawn);
        }
        draw_scrollbar(buf, inner, choices.window(), cx.look);
    }
}

/// What is chosen, as pages show it.
fn shown(property: &crate::domain::property::Property, choices: &Choices, room: u16, cx: &Cx) -> Line<'static> {
    let value: Option<Value> = choices.value();
    let tone: Style = cx.look.theme.text;
    let mut line = cell::detail(property, value.as_ref(), room, tone, cx);
    if value.as_ref().and_then(Value::as_user) == Some(cx.user.id) {
        line.push_span(Span::styled(" you", cx.look.theme.dim));
    }
    line
}

fn draw_choice(
    buf: &mut Buffer,
    line: Rect,
    choices: &Choices,
    shown: &Line,
    focused: bool,
    cx: &Cx,
) -> Option<Position> {
    let text = Rect { width: line.width.saturating_sub(2), ..line };
    let caret = choices.filter().draw(buf, text, &FieldLook { focused, ..FieldLook::default() }, cx.look);
    buf.set_style(
        Rect { x: text.right(), width: line.width - text.width, ..line }.intersection(buf.area),
        cx.look.theme.input,
    );
    if choices.filter().is_empty() {
        // The caret has a cell of its own before what is chosen.
        let indent = if focused { 3 } else { 1 };
        let inside = Rect { x: line.x + indent, width: line.width.saturating_sub(indent + 3), ..line };
        draw_left(buf, inside, shown);
    }
    let sign = Line::styled(cx.look.glyphs.select, cx.look.theme.dim);
    draw_right(buf, Rect { width: line.width.saturating_sub(1), ..line }, &sign);
    caret
}
