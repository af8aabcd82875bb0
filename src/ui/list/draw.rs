//! The list as it looks: tabs, filters and count, heads, rows.

use super::columns::{Shown, columns};
use super::layer::PREVIEW_FROM;
use super::{List, Readiness};
use crate::domain::answer::Row;
use crate::domain::fold::words;
use crate::domain::id::PropertyId;
use crate::domain::number::grouped;
use crate::domain::object::{ObjectSpec, is};
use crate::domain::view::View;
use crate::ui::cell;
use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::{
    Column, EmptyState, Hint, Placed, RowState, Sorted, draw_cell, draw_head, draw_scrollbar, layout, paint_row, row,
};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::time::Duration;

/// Cells before the name: the mark and its blanks.
const INDENT: u16 = 3;
/// Below so many rows the filters move up into the row of tabs.
const LOW: u16 = 30;
const PREVIEW_LEAST: u16 = 42;
const PREVIEW_GAP: u16 = 4;

/// Where what stands, counted on the screen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Geometry {
    pub pane: Rect,
    /// The row of filters and count; none in a low window.
    pub filters: Option<Rect>,
    pub head: Rect,
    pub rows: Rect,
    pub preview: Option<Rect>,
    pub cursor: Option<Rect>,
}

impl Geometry {
    pub fn of(area: Rect, screen: Rect, wants_preview: bool) -> Geometry {
        let preview_width = (area.width * 31 / 100).max(PREVIEW_LEAST);
        let has_preview = wants_preview && screen.width >= PREVIEW_FROM;
        let taken = if has_preview { preview_width + PREVIEW_GAP } else { 0 };
        let pane = Rect { width: area.width.saturating_sub(taken), ..area };
        let preview = Rect { x: pane.right() + PREVIEW_GAP, width: preview_width, ..area };
        let is_low = screen.height < LOW;
        let head = if is_low { 2 } else { 5 };
        let above = (head + 1).min(pane.height);
        Geometry {
            pane,
            filters: (!is_low).then(|| row(pane, 3)),
            head: row(pane, head),
            rows: Rect { y: pane.y + above, height: pane.height - above, ..pane },
            preview: has_preview.then_some(preview),
            cursor: None,
        }
    }

    /// Where the columns stand in a row of the list.
    pub fn cells(&self, y: u16) -> Rect {
        let indent = INDENT.min(self.rows.width);
        Rect { x: self.rows.x + indent, y, width: self.rows.width - indent, height: 1 }
    }
}

/// What differs from row to row in how cells are drawn.
struct Marked<'a> {
    /// What is searched.
    words: &'a [String],
    /// The row above said it.
    said: Option<PropertyId>,
}

/// The columns that have room.
pub struct Table<'a> {
    pub shown: Vec<Shown<'a>>,
    pub placed: Vec<Placed>,
}

impl<'a> Table<'a> {
    pub fn of(view: &View, spec: &'a ObjectSpec, geometry: &Geometry) -> Table<'a> {
        let shown = columns(view, spec, geometry.preview.is_some());
        let measures: Vec<Column> = shown.iter().map(|shown| shown.column.clone()).collect();
        let placed = layout(&measures, geometry.cells(0).width);
        Table { shown, placed }
    }
}

impl List {
    pub(super) fn table<'c>(&self, cx: &'c Cx) -> Option<Table<'c>> {
        self.view().zip(self.spec(cx)).map(|(view, spec)| Table::of(view, spec, &self.geometry))
    }

    /// The object was deleted while its list was open.
    fn paint_gone(&self, buf: &mut Buffer, cx: &Cx) {
        let Some(spec) = cx.settings.object_ever(self.object).filter(|_| self.spec(cx).is_none()) else { return };
        let sentence = format!("The object {} was deleted, and what it held lies in the bin.", clean(&spec.plural));
        let hints =
            [Hint::new("g u", "shows the acts: undo brings all of it back"), Hint::new("q", "closes this list")];
        EmptyState { sentence: &sentence, hints: &hints }.draw(buf, self.geometry.pane, cx.look);
    }

    pub(super) fn paint(&mut self, frame: &mut Frame, area: Rect, cx: &Cx) {
        self.geometry = Geometry::of(area, cx.screen, self.wants_preview);
        self.window.resize(usize::from(self.geometry.rows.height));
        let Some(table) = self.table(cx) else { return self.paint_gone(frame.buffer_mut(), cx) };
        let buf = frame.buffer_mut();
        let caret = self.paint_title(buf, cx);
        if self.trouble.is_some() || (self.is_read() && self.window.is_empty()) {
            self.paint_empty(buf, cx);
        } else {
            self.paint_head(buf, &table, cx);
            self.paint_rows(buf, &table, cx);
            draw_scrollbar(buf, self.geometry.rows, &self.window, cx.look);
        }
        let rows = self.geometry.rows;
        let line = self.window.screen_row().map(|line| {
            let y = rows.y + line as u16;
            Rect { x: rows.x.saturating_sub(1), y, width: rows.width + 2, height: 1 }
        });
        self.geometry.cursor = caret.or_else(|| self.focused_place(cx)).or(line);
        self.paint_editor(frame.buffer_mut(), cx);
        if let Some(area) = self.geometry.preview {
            self.preview.draw(frame, area, cx);
        }
    }

    fn paint_head(&self, buf: &mut Buffer, table: &Table, cx: &Cx) {
        let sorts = self.asked.as_ref().filter(|_| self.is_sorted()).map_or(&[][..], |query| &query.sort);
        let sorted = sorts.iter().filter_map(|sort| {
            let column = table.shown.iter().position(|shown| shown.property.id == sort.property)?;
            Some(Sorted { column, ascending: !sort.descending })
        });
        let sorted: Vec<Sorted> = sorted.collect();
        let heads: Vec<Column> = table.shown.iter().map(|shown| shown.column.clone()).collect();
        let head = self.geometry.cells(self.geometry.head.y);
        draw_head(buf, head, &heads, &table.placed, &sorted, cx.look);
    }

    fn paint_rows(&self, buf: &mut Buffer, table: &Table, cx: &Cx) {
        let words = words(self.search.text());
        let seen = if self.is_read() { self.window.visible() } else { 0..usize::from(self.geometry.rows.height) };
        for (y, at) in (0..self.geometry.rows.height).zip(seen) {
            let line = row(self.geometry.rows, y);
            if self.paint_gap(buf, self.geometry.cells(line.y), at, cx) {
                continue;
            }
            let is_cursor = self.is_read() && self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused: self.chip.is_none() }, cx.look);
            }
            self.paint_mark(buf, line, at, is_cursor, cx);
            let cells = self.geometry.cells(line.y);
            match self.cache.get(at).or_else(|| self.similar.get(at)) {
                Some(row) => {
                    let above = (y > 0 && !is_cursor).then(|| self.cache.get(at - 1)).flatten();
                    let said = self.repeated(row, above);
                    self.paint_row(buf, cells, row, is_cursor, table, &Marked { words: &words, said }, cx);
                }
                None => paint_skeleton(buf, cells, table, cx),
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a row is drawn from everything the list knows")]
    fn paint_row(
        &self,
        buf: &mut Buffer,
        cells: Rect,
        row: &Row,
        is_cursor: bool,
        table: &Table,
        marked: &Marked,
        cx: &Cx,
    ) {
        let theme = cx.look.theme;
        let sorted_by = self.view().and_then(|view| view.sort.first()).map(|sort| sort.property);
        for placed in &table.placed {
            let Shown { property, column } = &table.shown[placed.column];
            if marked.said == Some(property.id) {
                continue;
            }
            let tone = match property.id {
                is::NAME if is_cursor => theme.title,
                is::NAME | is::COMPANY => theme.text,
                id if Some(id) == sorted_by => theme.text,
                _ => theme.dim,
            };
            let pending = self.edits.pending(row.record.id, property.id);
            let is_cell = is_cursor && property.id != is::NAME && property.id == self.shown_cell(table);
            if is_cell {
                buf.set_style(placed.rect(cells).intersection(buf.area), theme.input);
            }
            let tone = if is_cell { theme.text } else { tone };
            let tone = if pending.is_some() { theme.dim } else { tone };
            let is_searched = property.searched || property.id == is::COMPANY;
            let words = if is_searched { marked.words } else { &[] };
            let line = if let Some(value) = pending {
                cell::cell(property, value, placed.width, tone, cx)
            } else if property.id == is::NAME {
                cell::text(&row.record.name(), words, placed.width, tone, cx)
            } else {
                cell::cell_with_hits(property, row.get(property.id).as_ref(), words, placed.width, tone, cx)
            };
            draw_cell(buf, cells, *placed, column.align, &line);
        }
    }

    /// The property by which rows stand together, where the row above says the same.
    fn repeated(&self, row: &Row, above: Option<&Row>) -> Option<PropertyId> {
        let group = self.view()?.grouped?;
        (above?.get(group) == row.get(group)).then_some(group)
    }

    fn paint_empty(&self, buf: &mut Buffer, cx: &Cx) {
        let Some((sentence, hints)) = self.emptiness(cx) else { return };
        let hints = if self.typing { &hints[..1] } else { &hints[..] };
        let pane = self.geometry.pane;
        let top = self.geometry.filters.map_or(self.geometry.head.y, |filters| filters.y + 1);
        let area = Rect { y: top, height: pane.bottom().saturating_sub(top), ..pane };
        let sentence = cx.look.glyphs.spell(&sentence);
        EmptyState { sentence: &sentence, hints }.draw(buf, area, cx.look);
    }

    /// Why there is nothing, and what helps.
    pub(super) fn emptiness(&self, cx: &Cx) -> Option<(String, Vec<Hint<'static>>)> {
        let (spec, view) = (self.spec(cx)?, self.view()?);
        let (one, many) = (spec.singular.to_lowercase(), spec.plural.to_lowercase());
        let other_tabs = || Hint::new("[ ]", "other tabs");
        let is_own = view.filters == ["owner is me"];
        if let Some(sentence) = &self.trouble {
            let hints = vec![Hint::new("=", "edits its filters"), Hint::new("z x", "deletes it"), other_tabs()];
            return Some((format!("{sentence}."), hints));
        }
        if self.is_searching() {
            let word = cx.look.fit(self.search.text().trim(), 30);
            let whose = if is_own { "of yours " } else { "" };
            let leave = if self.typing { "esc esc" } else { "esc" };
            let hints = vec![Hint::new(leave, "clears the search"), other_tabs()];
            return Some((format!("No {one} {whose}holds “{word}”."), hints));
        }
        Some(if self.of == 0 {
            let hints = vec![Hint::new("c", "creates one"), Hint::new("g i", "imports a file")];
            (format!("There are no {many} yet."), hints)
        } else if is_own {
            (format!("No {one} is yours."), vec![Hint::new("]", format!("all {many}"))])
        } else if view.viewed {
            (format!("You have not looked at any {one} lately."), vec![Hint::new("[ ]", format!("all {many}"))])
        } else {
            let hints = vec![Hint::new("F", "to the filters"), Hint::new("z z", "drops the changes"), other_tabs()];
            (format!("No {one} passes these filters."), hints)
        })
    }

    /// `148` and `of 2 148`.
    pub(super) fn count(&self, cx: &Cx) -> (String, String) {
        let (matching, of) = (self.similar.matching(), self.of);
        if !self.is_read() || self.trouble.is_some() {
            return (String::new(), String::new());
        }
        let all = if matching == of {
            let spec = self.spec(cx);
            let noun = spec.map(|spec| if of == 1 { &spec.singular } else { &spec.plural });
            noun.map(|noun| noun.to_lowercase()).unwrap_or_default()
        } else {
            format!("of {}", grouped(of as u64))
        };
        (grouped(matching as u64), all)
    }

    /// What turns while sort and search are not there yet.
    pub(super) fn coming(&self, cx: &Cx) -> Option<&'static str> {
        let since = Duration::from_millis(cx.now.timestamp_millis().unsigned_abs());
        (self.readiness == Readiness::Read).then(|| cx.look.spinner(since))
    }
}

fn paint_skeleton(buf: &mut Buffer, cells: Rect, table: &Table, cx: &Cx) {
    let sign = Line::styled(cx.look.glyphs.skeleton, cx.look.theme.dim);
    for placed in &table.placed {
        draw_cell(buf, cells, *placed, table.shown[placed.column].column.align, &sign);
    }
}
