//! The merge as it looks: a line for each property with both values and the one that stays, below it what goes over.

use super::Merge;
use crate::domain::id::PropertyId;
use crate::domain::merge::Preview;
use crate::domain::number::grouped;
use crate::domain::property::Property;
use crate::domain::value::Value;
use crate::ui::cell;
use crate::ui::layer::Cx;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{
    Align, Column, Corner, Hint, Modal, Placed, RowState, draw_cell, draw_left, draw_scrollbar, layout, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 120;
/// Rows of the heads and the blank one below them.
const ABOVE: u16 = 3;
/// Lines that the list keeps however much is said below it.
const LEAST: u16 = 5;
/// Cells of the modal left and right of what is said.
const INSET: u16 = 8;
/// The sign before a value that can be chosen.
const SIGN: u16 = 2;

const LABEL: usize = 0;
const FIRST: usize = 1;
const SECOND: usize = 2;

fn columns() -> [Column<'static>; 4] {
    let value = || Column { min: 16, ideal: 30, flexible: true, ..Column::default() };
    [Column { min: 13, ideal: 22, ..Column::default() }, value(), value(), value()]
}

impl Merge {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let hints = [
            Hint::new("space", "take the other's"),
            Hint::new("h l", "first, second"),
            Hint::new("ctrl-x", "swap which stays"),
        ];
        let plural = self.spec(cx).map_or_else(|| "records".into(), |spec| clean(&spec.plural).to_lowercase());
        let button = format!("Merge 2 {plural}");
        let goes = self.known().map(|preview| clean(&preview.from.name()).into_owned()).unwrap_or_default();
        let stays = self.known().map(|preview| clean(&preview.into.name()).into_owned()).unwrap_or_default();
        let width = Modal { size: (WIDTH, 1), ..Modal::default() }.place(screen).width;
        let said = self.said(width.saturating_sub(INSET), cx);
        let height = ABOVE + self.lines.len().max(3) as u16 + said.len() as u16 + 7;
        let modal = Modal {
            title: Line::from_iter([
                Span::styled("Merge ", theme.title),
                Span::styled(goes, theme.text),
                Span::styled(" into ", theme.title),
                Span::styled(stays, theme.text),
            ]),
            escape: "cancel",
            size: (WIDTH, height),
            hints: &hints,
            right: Some(if self.is_merging { Corner::Remark("merging") } else { Corner::Button(&button, "enter") }),
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        self.cursor = None;
        match &self.preview {
            None => _ = draw_left(buf, area, &Line::styled(cx.look.glyphs.skeleton, theme.dim)),
            Some(Err(sentence)) => {
                for (y, line) in (0..area.height).zip(wrap(sentence, usize::from(area.width))) {
                    draw_left(buf, row(area, y), &Line::styled(line, theme.err));
                }
            }
            Some(Ok(_)) => self.paint_both(buf, area, &said, cx),
        }
    }

    fn paint_both(&mut self, buf: &mut Buffer, area: Rect, said: &[Line<'static>], cx: &Cx) {
        let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let placed = layout(&columns(), inside.width);
        self.paint_heads(buf, inside, &placed, cx);
        let room = area.height.saturating_sub(ABOVE);
        let below = (said.len() as u16 + 1).min(room.saturating_sub(LEAST));
        let list = Rect { y: area.y + ABOVE.min(area.height), height: room - below, ..area };
        self.drawn = list;
        self.window.resize(usize::from(list.height));
        let becomes = self.become_of(cx);
        for (y, at) in (0..list.height).zip(self.window.visible()) {
            let line = row(list, y);
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
                self.cursor = Some(line);
            }
            let line = Rect { x: inside.x, width: inside.width, ..line };
            self.paint_line(buf, line, &placed, self.lines[at], &becomes, cx);
        }
        draw_scrollbar(buf, list, &self.window, cx.look);
        for (y, line) in (list.height + 1..room).zip(said) {
            draw_left(buf, row(Rect { y: list.y, height: room, ..inside }, y), line);
        }
    }

    fn paint_heads(&self, buf: &mut Buffer, area: Rect, placed: &[Placed], cx: &Cx) {
        let theme = cx.look.theme;
        let Some(preview) = self.known() else { return };
        for place in placed {
            let (head, name) = match place.column {
                LABEL => continue,
                FIRST => ("Stays", preview.into.name()),
                SECOND => ("Goes", preview.from.name()),
                _ => ("Then", String::new()),
            };
            let id = match place.column {
                FIRST => self.into.short(),
                SECOND => self.from.short(),
                _ => String::new(),
            };
            let head = Line::from_iter([Span::styled(format!("{head} "), theme.dim), Span::styled(id, theme.dim)]);
            draw_cell(buf, row(area, 0), *place, Align::Left, &head);
            let name = cell::text(&name, &[], place.width, theme.title, cx);
            draw_cell(buf, row(area, 1), *place, Align::Left, &name);
        }
    }

    fn paint_line(
        &self,
        buf: &mut Buffer,
        line: Rect,
        placed: &[Placed],
        id: PropertyId,
        becomes: &[(PropertyId, Value)],
        cx: &Cx,
    ) {
        let (theme, side) = (cx.look.theme, self.side(id));
        let Some(property) = self.spec(cx).and_then(|spec| spec.property(id)) else { return };
        let is_open = self.settled(id).is_none();
        let changed = becomes.iter().find(|(of, _)| *of == id).map(|(_, value)| value);
        let quiet = if side.are_equal() { theme.dim } else { theme.text };
        for place in placed {
            let shown = match place.column {
                LABEL => cell::text(&property.label, &[], place.width, theme.dim, cx),
                FIRST if is_open => choice(property, side.first, !self.is_taken(id), *place, cx),
                SECOND if is_open => choice(property, side.second, self.is_taken(id), *place, cx),
                FIRST => plain(property, side.first, quiet, *place, cx),
                SECOND => plain(property, side.second, quiet, *place, cx),
                _ => {
                    let (value, tone) = changed.map_or((side.first, quiet), |value| (Some(value), theme.title));
                    cell::detail(property, value, place.width, tone, cx)
                }
            };
            draw_cell(buf, line, *place, Align::Left, &shown);
        }
    }

    /// What goes over besides, and what does not.
    fn said(&self, width: u16, cx: &Cx) -> Vec<Line<'static>> {
        let Some(preview) = self.known() else { return Vec::new() };
        let theme = cx.look.theme;
        let mut lines = vec![Line::from_iter([
            Span::styled("Goes over  ", theme.dim),
            Span::styled(goes_over(preview, cx), theme.text),
        ])];
        for skipped in &preview.skipped {
            for (number, text) in wrap(skipped, usize::from(width.saturating_sub(SIGN))).into_iter().enumerate() {
                let sign = if number == 0 { cx.look.glyphs.warning } else { " " };
                let sign = Span::styled(format!("{sign} "), theme.warn);
                lines.push(Line::from_iter([sign, Span::styled(text, theme.text)]));
            }
        }
        lines
    }
}

/// One of two values, as it is taken or not.
fn choice(property: &Property, value: Option<&Value>, chosen: bool, place: Placed, cx: &Cx) -> Line<'static> {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    let (sign, style, tone) = match chosen {
        true => (glyphs.radio_on, theme.accent, theme.text),
        false => (glyphs.radio_off, theme.dim, theme.dim),
    };
    let mut shown = Line::styled(format!("{sign} "), style);
    shown.extend(cell::detail(property, value, place.width.saturating_sub(SIGN), tone, cx));
    shown
}

fn plain(property: &Property, value: Option<&Value>, tone: Style, place: Placed, cx: &Cx) -> Line<'static> {
    let room = place.width.saturating_sub(SIGN);
    let mut shown = Line::raw(" ".repeat(usize::from(SIGN)));
    shown.extend(cell::detail(property, value, room, tone, cx));
    shown
}

fn goes_over(preview: &Preview, cx: &Cx) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (object, count) in &preview.moved {
        let Some(spec) = cx.settings.object(*object) else { continue };
        parts.push(counted(*count, &spec.singular, &spec.plural));
    }
    if preview.activities > 0 {
        parts.push(counted(preview.activities, "activity", "activities"));
    }
    if preview.shared > 0 {
        parts.push(format!("{} in common", counted(preview.shared, "association", "associations")));
    }
    if parts.is_empty() { "no associations and no activities".to_owned() } else { parts.join(", ") }
}

fn counted(count: usize, one: &str, several: &str) -> String {
    let word = if count == 1 { one } else { several };
    format!("{} {}", grouped(count as u64), clean(word).to_lowercase())
}
