//! The properties of an object as they look: what they are called, their type, how many options, what sets them apart.

use super::{Properties, RIGHT};
use crate::domain::fold::words;
use crate::domain::property::Property;
use crate::ui::cell::text;
use crate::ui::layer::Cx;
use crate::ui::settings::draw::{LOW, paint_lacking};
use crate::ui::widgets::{
    Align, Column, EmptyState, FieldLook, Hint, RowState, draw_cell, draw_head, draw_left, draw_right, draw_scrollbar,
    layout, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const BOX: u16 = 30;

fn columns() -> [Column<'static>; 5] {
    let column = |title: &'static str, min, ideal, gives_way| Column {
        title: title.into(),
        min,
        ideal,
        gives_way,
        ..Column::default()
    };
    [
        Column { flexible: true, ..column("Property", 16, 26, 0) },
        column("Internal name", 14, 20, 1),
        column("Type", 15, 15, 4),
        Column { align: Align::Right, ..column("Options", 7, 7, 3) },
        Column { short: Some(("".into(), 10)), ..column("", 20, 20, 2) },
    ]
}

/// What sets a property apart from the plain ones that are built in.
fn traits(property: &Property) -> String {
    let of = [
        (property.is_custom(), "custom"),
        (property.derived, "worked out"),
        (property.required, "required"),
        (property.searched, "searched"),
    ];
    of.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
}

impl Properties {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let said = paint_lacking(buf, area, RIGHT, cx);
        let area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        let caret = self.paint_bar(buf, row(area, 0), focused, cx);
        let head = if cx.screen.height < LOW { 1 } else { 2 };
        let below = Rect { y: area.y + head, height: area.height.saturating_sub(head), ..area };
        self.drawn = Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
        self.window.resize(usize::from(self.drawn.height));
        if self.found.is_empty() {
            let sentence = format!("No property is called “{}”.", self.search.text().trim());
            let hints = [Hint::new(if self.typing { "esc esc" } else { "esc" }, "clears the search")];
            EmptyState { sentence: &cx.look.glyphs.spell(&sentence), hints: &hints }.draw(buf, below, cx.look);
            return caret;
        }
        let columns = columns();
        let placed = layout(&columns, area.width);
        draw_head(buf, row(below, 0), &columns, &placed, &[], cx.look);
        let Some(spec) = self.spec(cx) else { return caret };
        let words = words(self.search.text());
        let mut cursor = None;
        for (y, at) in (0..self.drawn.height).zip(self.window.visible()) {
            let line = row(self.drawn, y);
            let Some(property) = spec.property(self.found[at]) else { continue };
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused }, cx.look);
                cursor = Some(line);
            }
            for place in &placed {
                let cell = paint_cell(property, place.column, place.width, is_cursor, &words, cx);
                draw_cell(buf, line, *place, columns[place.column].align, &cell);
            }
        }
        draw_scrollbar(buf, self.drawn, &self.window, cx.look);
        caret.or(cursor)
    }

    /// The search, or how changes are done here; at the right how many there are.
    fn paint_bar(&self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        let all = self.spec(cx).map_or(0, |spec| spec.properties.iter().filter(|property| !property.hidden).count());
        let is_searching = self.typing || !self.search.is_empty();
        if !is_searching {
            if RIGHT.is_held_by(cx.user) {
                let said = Line::from(vec![
                    Span::styled("Changes here are done at once. ", theme.dim),
                    cx.look.key("u"),
                    Span::styled(" undoes the last one.", theme.dim),
                ]);
                draw_left(buf, area, &said);
            }
            return None;
        }
        let count = Line::from(vec![
            Span::styled(self.found.len().to_string(), theme.title),
            Span::styled(format!(" of {all}"), theme.dim),
        ]);
        draw_right(buf, area, &count);
        let field = Rect { width: BOX.min(area.width), ..area };
        let look = FieldLook {
            focused: self.typing && focused,
            prompt: Some(Span::styled("/", theme.accent)),
            placeholder: "",
        };
        let caret = self.search.draw(buf, field, &look, cx.look)?;
        Some(Rect::new(caret.x, caret.y, 1, 1))
    }
}

fn paint_cell(
    property: &Property,
    column: usize,
    room: u16,
    is_cursor: bool,
    words: &[String],
    cx: &Cx,
) -> Line<'static> {
    let theme = cx.look.theme;
    let name = if is_cursor { theme.title } else { theme.text };
    match column {
        0 => text(&property.label, words, room, name, cx),
        1 => text(&property.name, words, room, theme.dim, cx),
        2 => text(property.kind.label(), words, room, theme.dim, cx),
        3 if property.kind.has_options() => text(&property.choices.len().to_string(), &[], room, theme.dim, cx),
        3 => Line::default(),
        _ => text(&traits(property), &[], room, theme.dim, cx),
    }
}
