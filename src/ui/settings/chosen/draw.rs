//! The chosen properties as they look, and beside them a lead that shows them.

use super::{ChosenPage, Field};
use crate::domain::property::Property;
use crate::domain::settings::CARD;
use crate::ui::cell::{cell, detail};
use crate::ui::layer::Cx;
use crate::ui::pane::draw_scroll;
use crate::ui::settings::draw::paint_lacking;
use crate::ui::text::clean;
use crate::ui::widgets::{RowState, draw_left, draw_right, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the lists, of the gap beside them, and of what shows them where there is room.
const LISTS: u16 = 46;
const GAP: u16 = 4;
const BESIDE: u16 = 30;
const NUMBER: u16 = 3;
/// Cells of the labels of the preview.
const LABELS: u16 = 16;

impl ChosenPage {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let said = paint_lacking(buf, area, self.right(), cx);
        let area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        let left = Rect { width: area.width.min(LISTS), ..area };
        if !self.is_form && area.width >= LISTS + GAP + BESIDE {
            let x = left.right() + GAP;
            self.paint_sample(buf, Rect { x, width: (area.right() - x).min(BESIDE + GAP), ..area }, cx);
        }
        self.drawn = left;
        self.view.settle(&self.sizes, usize::from(left.height));
        let mut cursor = None;
        for seen in self.view.seen(&self.sizes) {
            let place = Rect { y: left.y + seen.y as u16, height: 1, ..left };
            let (list, at) = self.rows[seen.spot];
            let is_first = at.is_none_or(|at| at == 0);
            if is_first && seen.y > 0 {
                self.paint_head(buf, Rect { y: place.y - 1, ..place }, list, cx);
            }
            let is_cursor = self.view.cursor() == Some(seen.spot);
            if is_cursor {
                paint_row(buf, place, RowState::Cursor { focused }, cx.look);
                cursor = Some(place);
            }
            match at.and_then(|at| Some((at, self.fields(list, cx).get(at)?.clone()))) {
                Some((at, field)) => {
                    let known = self.property(&field.name, cx);
                    paint_field(buf, place, at, (&field, known), is_cursor, cx);
                }
                None => _ = draw_left(buf, place, &Line::styled("Only the name", cx.look.theme.dim)),
            }
        }
        let total = self.sizes.0.iter().map(|rows| rows.all()).sum();
        draw_scroll(buf, left, total, self.view.offset(&self.sizes), cx);
        cursor
    }

    fn paint_head(&self, buf: &mut Buffer, place: Rect, list: usize, cx: &Cx) {
        let theme = cx.look.theme;
        let of = &self.lists[list];
        let mut head = Line::styled(of.head, theme.title);
        if self.draft.is_changed(&of.key) {
            head.push_span(Span::styled(format!(" {}", cx.look.glyphs.unsaved), theme.warn));
        }
        draw_left(buf, place, &head);
        draw_right(buf, place, &Line::styled(self.fields(list, cx).len().to_string(), theme.dim));
    }

    /// What is chosen, on a lead that is there.
    fn paint_sample(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        draw_left(buf, row(area, 0), &Line::styled("As it looks", theme.dim));
        let mut y = 2;
        for (at, list) in self.lists.iter().enumerate() {
            let properties: Vec<&Property> =
                self.fields(at, cx).iter().filter_map(|field| self.property(&field.name, cx)).collect();
            if list.key == CARD {
                y += self.paint_card(buf, from(area, y), &properties, cx) + 1;
            } else {
                self.paint_preview(buf, from(area, y), &properties, cx);
            }
        }
    }

    /// Two properties to a row. Gives the rows that it took.
    fn paint_card(&self, buf: &mut Buffer, area: Rect, properties: &[&Property], cx: &Cx) -> u16 {
        let theme = cx.look.theme;
        let rows = (1 + properties.len().div_ceil(2) as u16).min(area.height);
        buf.set_style(Rect { height: rows, ..area }, theme.surface);
        let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let name = self.sample.as_ref().map_or_else(|| "A lead".to_owned(), |sample| sample.record.name());
        draw_left(buf, row(inside, 0), &Line::styled(cx.look.fit(&clean(&name), inside.width), theme.title));
        for (y, two) in (1..rows).zip(properties.chunks(2)) {
            let line = row(inside, y);
            let taken = two
                .get(1)
                .map_or(0, |second| draw_right(buf, line, &self.value(second, line.width / 2, theme.dim, cx)));
            let room = line.width.saturating_sub(taken + 1);
            draw_left(buf, line, &self.value(two[0], room, theme.dim, cx));
        }
        rows
    }

    fn paint_preview(&self, buf: &mut Buffer, area: Rect, properties: &[&Property], cx: &Cx) {
        let theme = cx.look.theme;
        for (y, property) in (0..area.height).zip(properties) {
            let line = row(area, y);
            draw_left(buf, line, &Line::styled(cx.look.fit(&clean(&property.label), LABELS - 1), theme.dim));
            let x = LABELS.min(line.width);
            let place = Rect { x: line.x + x, width: line.width - x, ..line };
            let value = self.sample.as_ref().and_then(|sample| sample.get(property.id));
            draw_left(buf, place, &detail(property, value.as_ref(), place.width, theme.text, cx));
        }
    }

    /// Of the lead that is shown; without one, what it is called.
    fn value(&self, property: &Property, room: u16, tone: Style, cx: &Cx) -> Line<'static> {
        match &self.sample {
            Some(sample) => cell(property, sample.get(property.id).as_ref(), room, tone, cx),
            None => Line::styled(cx.look.fit(&clean(&property.label), room).into_owned(), tone),
        }
    }
}

fn paint_field(
    buf: &mut Buffer,
    place: Rect,
    at: usize,
    (field, known): (&Field, Option<&Property>),
    is_cursor: bool,
    cx: &Cx,
) {
    let theme = cx.look.theme;
    let number = format!("{:<width$}", at + 1, width = usize::from(NUMBER));
    let label = known.map_or(field.name.as_str(), |property| property.label.as_str());
    let said = match known {
        _ if field.required => "required",
        Some(property) => property.kind.label(),
        None => "",
    };
    let taken = draw_right(buf, place, &Line::styled(said, theme.dim));
    let room = place.width.saturating_sub(NUMBER + taken + 2);
    let tone = if is_cursor { theme.title } else { theme.text };
    let mut line = Line::from(vec![
        Span::styled(number, theme.dim),
        Span::styled(cx.look.fit(&clean(label), room).into_owned(), tone),
    ]);
    if field.required {
        line.push_span(Span::styled(format!(" {}", cx.look.glyphs.changed), theme.accent));
    }
    draw_left(buf, place, &line);
}

fn from(area: Rect, y: u16) -> Rect {
    let y = y.min(area.height);
    Rect { y: area.y + y, height: area.height - y, ..area }
}
