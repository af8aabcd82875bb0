//! The objects of users as they look: what they are called, how many records and properties they have.

use super::{Objects, RIGHT};
use crate::domain::number::grouped;
use crate::domain::object::ObjectSpec;
use crate::ui::cell::{glyph_of, text};
use crate::ui::layer::Cx;
use crate::ui::settings::draw::{LOW, paint_lacking};
use crate::ui::widgets::{
    Align, Column, EmptyState, Hint, RowState, draw_cell, draw_head, draw_left, draw_scrollbar, layout, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

fn columns() -> [Column<'static>; 5] {
    let column = |title: &'static str, min, ideal, gives_way| Column {
        title: title.into(),
        min,
        ideal,
        gives_way,
        ..Column::default()
    };
    let number = |title, width, gives_way| Column { align: Align::Right, ..column(title, width, width, gives_way) };
    [
        Column { flexible: true, ..column("Object", 16, 24, 0) },
        column("One", 12, 18, 1),
        column("Internal name", 14, 18, 2),
        number("Records", 9, 4),
        number("Properties", 10, 3),
    ]
}

impl Objects {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        let said = paint_lacking(buf, area, RIGHT, cx);
        let area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        if self.found.is_empty() {
            let sentence = "What is neither contact, company, deal, ticket nor lead can be an object of your own.";
            let hint = [Hint::new("n", "makes one, such as Projects")];
            let hints: &[Hint] = if RIGHT.is_held_by(cx.user) { &hint } else { &[] };
            EmptyState { sentence, hints }.draw(buf, area, cx.look);
            return None;
        }
        if RIGHT.is_held_by(cx.user) {
            let said = Line::from(vec![
                Span::styled("Changes here are done at once. ", theme.dim),
                cx.look.key("u"),
                Span::styled(" undoes the last one.", theme.dim),
            ]);
            draw_left(buf, row(area, 0), &said);
        }
        let head = if cx.screen.height < LOW { 1 } else { 2 };
        let below = Rect { y: area.y + head, height: area.height.saturating_sub(head), ..area };
        self.drawn = Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
        self.window.resize(usize::from(self.drawn.height));
        let columns = columns();
        let placed = layout(&columns, area.width);
        draw_head(buf, row(below, 0), &columns, &placed, &[], cx.look);
        let mut cursor = None;
        for (y, at) in (0..self.drawn.height).zip(self.window.visible()) {
            let line = row(self.drawn, y);
            let Some(spec) = cx.settings.object(self.found[at]) else { continue };
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused }, cx.look);
                cursor = Some(line);
            }
            for place in &placed {
                let cell = self.cell(spec, place.column, place.width, is_cursor, cx);
                draw_cell(buf, line, *place, columns[place.column].align, &cell);
            }
        }
        draw_scrollbar(buf, self.drawn, &self.window, cx.look);
        cursor
    }

    fn cell(&self, spec: &ObjectSpec, column: usize, room: u16, is_cursor: bool, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let dim = |of: &str| text(of, &[], room, theme.dim, cx);
        match column {
            0 => {
                let mut line = Line::styled(format!("{} ", glyph_of(spec.object, cx.look.glyphs)), theme.dim);
                let tone = if is_cursor { theme.title } else { theme.text };
                line.extend(text(&spec.plural, &[], room.saturating_sub(2), tone, cx));
                line
            }
            1 => dim(&spec.singular),
            2 => dim(&spec.name),
            3 => dim(&self.records(spec.object).map_or_else(String::new, |records| grouped(records as u64))),
            _ => dim(&spec.properties.iter().filter(|property| !property.hidden).count().to_string()),
        }
    }
}
