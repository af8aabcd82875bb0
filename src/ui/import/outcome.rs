//! What would come of an import, or what came of it: counts, and what was wrong row by row.

use crate::domain::number::grouped;
use crate::ui::layer::Cx;
use crate::ui::text::{clean, width, wrap};
use crate::ui::widgets::{
    Align, Column, Placed, RowState, Window, draw_cell, draw_head, draw_left, draw_scrollbar, layout, paint_row, row,
};
use crate::workspace::import::{Fault, Imported, Look, Means};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::time::Duration;

/// Rows below the list, for the whole sentence of the row under the cursor.
const WHOLE: u16 = 2;

/// One run through a file, dry or not.
#[derive(Default)]
pub struct Outcome {
    pub imported: Option<Imported>,
    pub is_running: bool,
    /// Rows so far.
    pub progress: u64,
    /// Its answer will not be wanted when it comes.
    pub is_stale: bool,
    pub failed: Option<String>,
    /// Places of the errors that are listed.
    shown: Vec<usize>,
    pub window: Window,
    pub rows: Rect,
}

impl Outcome {
    pub fn started() -> Outcome {
        Outcome { is_running: true, ..Outcome::default() }
    }

    pub fn take(&mut self, imported: Imported, look: Option<&Look>) {
        let is_told = |fault: &Fault| {
            let unknown = look.iter().flat_map(|look| &look.columns).filter(|column| column.means == Means::Unknown);
            fault.row == 0 && unknown.into_iter().any(|column| fault.column.as_ref() == Some(&column.name))
        };
        // That a column is left out is seen among the columns.
        self.shown = (0..imported.errors.len()).filter(|at| !is_told(&imported.errors[*at])).collect();
        self.window.set_len(self.shown.len());
        self.imported = Some(imported);
        self.is_running = false;
    }

    pub fn fail(&mut self, sentence: String) {
        self.failed = Some(sentence);
        self.is_running = false;
    }

    /// Rows that make or change something.
    pub fn wanted(&self) -> u64 {
        self.imported.as_ref().map_or(0, |imported| imported.created + imported.updated)
    }

    pub fn has_faults(&self) -> bool {
        !self.shown.is_empty()
    }

    /// The rows of the list.
    pub fn paint(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let height = area.height.saturating_sub(2 + WHOLE);
        self.rows = Rect { y: area.y + 1.min(area.height), height, ..area };
        self.window.resize(usize::from(height));
        let Some(imported) = &self.imported else { return };
        let columns = [
            Column { title: "Row".into(), min: 6, ideal: 7, align: Align::Right, ..Column::default() },
            Column { title: "Column".into(), min: 10, ideal: 22, ..Column::default() },
            Column { title: "What is wrong".into(), min: 30, flexible: true, ..Column::default() },
        ];
        let placed = layout(&columns, area.width);
        draw_head(buf, row(area, 0), &columns, &placed, &[], cx.look);
        for (y, at) in (0..height).zip(self.window.visible()) {
            let fault = &imported.errors[self.shown[at]];
            let is_at = self.window.cursor() == Some(at);
            paint_fault(buf, row(self.rows, y), fault, is_at, &placed, cx);
        }
        draw_scrollbar(buf, self.rows, &self.window, cx.look);
        let whole = self.window.cursor().map(|at| &imported.errors[self.shown[at]]);
        let room = placed.last().map_or(0, |placed| usize::from(placed.width));
        let Some(fault) = whole.filter(|fault| width(&fault.message) > room) else { return };
        for (y, line) in (0..WHOLE).zip(wrap(&fault.message, usize::from(area.width))) {
            draw_left(buf, row(area, area.height.saturating_sub(WHOLE) + y), &Line::styled(line, cx.look.theme.dim));
        }
    }

    pub fn cursor(&self) -> Option<Rect> {
        self.window.screen_row().map(|line| row(self.rows, line as u16))
    }
}

fn paint_fault(buf: &mut Buffer, line: Rect, fault: &Fault, is_at: bool, placed: &[Placed], cx: &Cx) {
    let theme = cx.look.theme;
    if is_at {
        paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
    }
    let number = if fault.row > 0 { grouped(fault.row) } else { String::new() };
    let column = clean(fault.column.as_deref().unwrap_or_default());
    let message = clean(&fault.message);
    let cells = [(number, theme.text), (column.into_owned(), theme.dim), (message.into_owned(), theme.text)];
    for ((text, style), place) in cells.into_iter().zip(placed) {
        let align = if place.column == 0 { Align::Right } else { Align::Left };
        draw_cell(buf, line, *place, align, &Line::styled(cx.look.fit(&text, place.width), style));
    }
}

/// `1 180 created   34 updated   12 left out`.
pub fn counts(imported: &Imported, cx: &Cx) -> Line<'static> {
    let theme = cx.look.theme;
    let parts = [
        (imported.created, "created", theme.ok),
        (imported.updated, "updated", theme.ok),
        (imported.unchanged, "unchanged", theme.text),
        (imported.skipped, "left out", theme.warn),
        (imported.associated, "associated", theme.text),
    ];
    let mut spans = Vec::new();
    for (count, word, style) in parts {
        let style = if count > 0 { style } else { theme.dim };
        spans.push(Span::styled(grouped(count), style));
        spans.push(Span::styled(format!(" {word}   "), theme.dim));
    }
    Line::from(spans)
}

/// `⠹ Checking row 12 000`.
pub fn progress(word: &str, rows: u64, of: Option<u64>, cx: &Cx) -> Line<'static> {
    let turning = Duration::from_millis(cx.now.timestamp_millis().unsigned_abs());
    let so_far = match of {
        Some(of) if rows > 0 => format!("{word} {} of {} rows", grouped(rows), grouped(of)),
        _ if rows > 0 => format!("{word} row {}", grouped(rows)),
        _ => word.to_owned(),
    };
    Line::from_iter([
        Span::styled(cx.look.spinner(turning), cx.look.theme.accent),
        Span::styled(format!(" {so_far}"), cx.look.theme.text),
    ])
}
