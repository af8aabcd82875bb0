//! The rows of a form that say whom the new record is associated with, as they look.

use super::Form;
use super::with::{Stop, With, onto};
use crate::domain::id::Object;
use crate::domain::number::grouped;
use crate::ui::cell::glyph_of;
use crate::ui::layer::Cx;
use crate::ui::modals::sheet::LABELS;
use crate::ui::text::clean;
use crate::ui::widgets::{FieldLook, Hint, draw_left, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Before the timeframe, below the words of the box.
const INDENT: u16 = 4;
/// Cells of the two dates.
const DATES: u16 = 26;

impl Form {
    /// The record, its box, and the timeframe of one that is ticked or has the focus.
    pub(super) fn rows_of_tie(&self, at: usize, is_focused: bool, cx: &Cx) -> usize {
        let with = &self.with[at];
        let timeframe = usize::from(is_focused || with.brings);
        let refused = usize::from(with.brings && with.timeframe(cx).is_err());
        1 + if with.has_past { 1 + timeframe + refused } else { 0 }
    }

    pub(super) fn hints_of_tie(&self, at: usize) -> Vec<Hint<'static>> {
        let past = [Hint::new("ctrl-space", "tick"), Hint::new("down up", "timeframe")];
        let mut hints = if self.with[at].has_past { past.to_vec() } else { Vec::new() };
        hints.extend(self.qualifying.is_none().then(|| Hint::new("ctrl-r", "leave it out")));
        hints
    }

    /// Draws the row of an associated record, or the one that adds another; gives the row below it.
    pub(super) fn paint_tie(&mut self, buf: &mut Buffer, place: Rect, at: usize, is_narrow: bool, cx: &Cx) -> u16 {
        let theme = cx.look.theme;
        let is_focused = at == self.at;
        let is_first = at == 0 || !matches!(self.stop(at - 1), Stop::With(_));
        let tone = if is_focused { theme.text } else { theme.dim };
        let above = is_narrow && self.stop(at) == Stop::With(0);
        if above || (is_first && !is_narrow) {
            let label = Rect { width: LABELS.min(place.width), ..row(place, 0) };
            let mut said = Line::styled("Associate with", tone);
            if self.object == Object::LEAD {
                said.push_span(Span::styled(format!(" {}", cx.look.glyphs.changed), theme.accent));
            }
            draw_left(buf, label, &said);
        }
        let (down, label) = (u16::from(above), if is_narrow { 0 } else { LABELS });
        let place = Rect { y: place.y + down, height: place.height.saturating_sub(down), ..place };
        if is_focused {
            let cell = Rect { x: (place.x + label).saturating_sub(1), width: 1, height: 1, ..place };
            draw_left(buf, cell, &Line::styled(cx.look.glyphs.bar, theme.accent));
            self.cursor = Some(cell);
        }
        let inside = Rect { x: place.x + label, width: place.width.saturating_sub(label), ..place };
        match self.stop(at) {
            Stop::With(tie) => {
                let onto = onto(self.object, cx);
                let caret = paint_with(buf, inside, &mut self.with[tie], is_focused, &onto, cx);
                self.cursor = caret.or(self.cursor);
            }
            _ => {
                draw_left(buf, inside, &self.add_line(is_focused, is_narrow, cx));
            }
        }
        place.bottom()
    }

    fn add_line(&self, is_focused: bool, is_narrow: bool, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let tone = if is_focused { theme.text } else { theme.dim };
        let word = match (self.with.is_empty(), is_narrow) {
            (true, true) => "Associate with a company or contact",
            (true, false) => "a company or contact",
            (false, _) => "another company or contact",
        };
        let mut line = Line::styled(format!("+ {word}"), tone);
        if is_focused {
            line.push_span(Span::styled("  enter", theme.accent));
            line.push_span(Span::styled(" looks for one", theme.dim));
        }
        line
    }
}

fn paint_with(buf: &mut Buffer, area: Rect, with: &mut With, is_focused: bool, onto: &str, cx: &Cx) -> Option<Rect> {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    with.drawn = area;
    let name = clean(&with.name).into_owned();
    let style = if is_focused { theme.title } else { theme.text };
    let mut line = Line::styled(format!("{} ", glyph_of(with.id.object, glyphs)), theme.dim);
    line.push_span(Span::styled(name.clone(), style));
    if !with.known_by.is_empty() {
        line.push_span(Span::styled(format!("  {}", clean(&with.known_by)), theme.dim));
    }
    draw_left(buf, row(area, 0), &line);
    if !with.has_past {
        return None;
    }
    let (sign, tone) = if with.brings { (glyphs.box_on, theme.accent) } else { (glyphs.box_off, theme.dim) };
    let around = format!("Add timeline activity from  to this {onto}").chars().count() as u16 + INDENT;
    let name = cx.look.fit(&name, area.width.saturating_sub(around).max(8)).into_owned();
    let words = format!(" Add timeline activity from {name} to this {onto}");
    let boxed = Line::from_iter([
        Span::styled(sign, tone),
        Span::styled(words, if with.brings { theme.text } else { theme.dim }),
    ]);
    draw_left(buf, row(area, 1), &boxed);
    if !is_focused && !with.brings {
        return None;
    }
    let line = Rect { x: area.x + INDENT, width: area.width.saturating_sub(INDENT), ..row(area, 2) };
    paint_timeframe(buf, line, with, is_focused, cx)
}

/// `‹ 30 days ›  12 activities`, or two dates and below them what is wrong with them.
fn paint_timeframe(buf: &mut Buffer, line: Rect, with: &With, is_focused: bool, cx: &Cx) -> Option<Rect> {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    let arrows = if is_focused { theme.accent } else { theme.dim };
    let mut shown = Line::styled(format!("{} ", glyphs.previous), arrows);
    shown.push_span(Span::styled(with.words(), if with.brings { theme.text } else { theme.dim }));
    shown.push_span(Span::styled(format!(" {}  ", glyphs.next), arrows));
    let mut caret = None;
    let mut after = shown.width() as u16;
    draw_left(buf, line, &shown);
    if with.by_dates() && with.brings {
        let field = Rect { x: line.x + after, width: DATES.min(line.width.saturating_sub(after)), ..line };
        let look = FieldLook { focused: is_focused, prompt: None, placeholder: "2026-01-01..2026-03-31" };
        caret = with.dates.draw(buf, field, &look, cx.look).map(|at| Rect::new(at.x, at.y, 1, 1));
        after += DATES + 2;
    }
    let rest = Rect { x: line.x + after, width: line.width.saturating_sub(after), ..line };
    match with.timeframe(cx) {
        Ok(_) => {
            let count = match with.count(cx) {
                None => glyphs.skeleton.to_owned(),
                Some(1) => "1 activity".to_owned(),
                Some(count) => format!("{} activities", grouped(count as u64)),
            };
            draw_left(buf, rest, &Line::styled(count, theme.dim));
        }
        Err(why) if with.brings => {
            let below = Rect { y: line.y + 1, ..line };
            draw_left(buf, below, &Line::styled(format!("{} {why}", glyphs.error), theme.err));
        }
        Err(_) => {}
    }
    caret
}
