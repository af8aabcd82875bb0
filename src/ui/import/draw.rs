//! The import as it looks: four tabs, and below them the step that is open.

use super::outcome::{counts, progress};
use super::path::Found;
use super::{Import, Step};
use crate::domain::number::grouped;
use crate::ui::layer::Cx;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{
    Align, Chip, ChipRow, Column, FieldLook, Placed, RowState, Tab, TabBar, draw_cell, draw_head, draw_left,
    draw_right, draw_scrollbar, layout, paint_row, row,
};
use crate::workspace::import::{LookedAt, Means};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::path::Path;

/// Stands among the files of a folder that has mails.
const MAILS: &str = "all mails here and in the folders below";

/// Below this a page has no blank rows to spare.
const ROOMY: u16 = 24;

impl Import {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let tabs = ["File", "Columns", "Check", "Result"].map(Tab::new);
        let (active, right) = (self.step as usize, Line::default());
        let bar = TabBar { tabs: &tabs, active, focused: true, gap: 3, signs: true, right };
        bar.draw(buf, area, cx.look);
        let top = if area.height < ROOMY { 2 } else { 3 };
        let below = below(area, top);
        self.cursor = match self.step {
            Step::File => self.paint_file(buf, below, cx),
            Step::Columns => self.paint_columns(buf, below, cx),
            Step::Check => self.paint_check(buf, below, cx),
            Step::Result => self.paint_result(buf, below, cx),
        };
    }

    fn paint_file(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        let prompt = Some(Span::styled(">", theme.accent));
        let placeholder = "A path, or part of a name below";
        let caret = self.path.field.draw(buf, row(area, 0), &FieldLook { focused: true, prompt, placeholder }, cx.look);
        let failed = self.path.folder.as_ref().and_then(|folder| folder.entries.as_ref().err());
        let list = match self.refusal.as_ref().or(failed) {
            Some(sentence) => {
                let lines = paint_refusal(buf, below(area, 1), sentence, cx);
                below(area, lines + 2)
            }
            None => below(area, 2),
        };
        self.rows = list;
        self.path.window.resize(usize::from(list.height));
        for (y, at) in (0..list.height).zip(self.path.window.visible()) {
            let line = row(list, y);
            if self.path.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            paint_entry(buf, line, &self.path.found[at], cx);
        }
        if self.path.found.is_empty() && self.path.folder.is_some() && failed.is_none() {
            draw_left(buf, list, &Line::styled("No file here is called so. enter takes the path as it is.", theme.dim));
        }
        draw_scrollbar(buf, list, &self.path.window, cx.look);
        caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 })
    }

    fn paint_columns(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Option<Rect> {
        let look = self.look.as_ref()?;
        let object = cx.settings.importable_as(look.object).map_or("", |spec| spec.plural.as_str());
        let [mode, limit] = self.rules().map(|(label, value)| Chip::new(label, value));
        let chips = [Chip::new("The rows are", clean(object)), mode, limit];
        let rows = if look.counted { grouped(look.rows) } else { format!("about {}", grouped(look.rows)) };
        let count = (rows.into(), if look.rows == 1 { "row" } else { "rows" }.into());
        ChipRow { chips: &chips, count: Some(count), ..ChipRow::default() }.draw(buf, row(area, 0), cx.look);
        let notices = std::iter::once(&look.form).chain(&look.notices).map(|text| clean(text)).collect::<Vec<_>>();
        let notices = notices.join(" · ");
        draw_left(buf, row(area, 1), &Line::styled(cx.look.fit(&notices, area.width), cx.look.theme.dim));
        let list = below(area, 3);
        let columns = [
            Column { title: "Column".into(), min: 16, ideal: 26, ..Column::default() },
            Column { title: "In the file".into(), min: 14, flexible: true, ..Column::default() },
            Column { title: "Comes in as".into(), min: 24, ideal: 38, ..Column::default() },
        ];
        let placed = layout(&columns, list.width);
        draw_head(buf, row(list, 0), &columns, &placed, &[], cx.look);
        let rows = below(list, 1);
        self.columns.resize(usize::from(rows.height));
        for (y, at) in (0..rows.height).zip(self.columns.visible()) {
            let is_at = self.columns.cursor() == Some(at);
            paint_column(buf, row(rows, y), &look.columns[at], is_at, &placed, cx);
        }
        draw_scrollbar(buf, rows, &self.columns, cx.look);
        self.rows = rows;
        self.columns.screen_row().map(|line| row(rows, line as u16))
    }

    fn paint_check(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        if let Some(sentence) = &self.check.failed {
            paint_refusal(buf, area, sentence, cx);
            return None;
        }
        let Some(imported) = &self.check.imported else {
            let of = self.look.as_ref().filter(|look| look.counted).map(|look| look.rows);
            draw_left(buf, row(area, 0), &progress("Checking", self.check.progress, of, cx));
            return None;
        };
        draw_left(buf, row(area, 0), &counts(imported, cx));
        let said = "Nothing is written yet. This is what would come of it.";
        draw_left(buf, row(area, 1), &Line::styled(said, theme.dim));
        if !self.check.has_faults() {
            draw_left(buf, row(area, 3), &Line::styled("Nothing is wrong with any row.", theme.text));
            return None;
        }
        self.check.paint(buf, below(area, 3), cx);
        self.check.cursor()
    }

    fn paint_result(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Option<Rect> {
        if let Some(sentence) = &self.result.failed {
            paint_refusal(buf, area, sentence, cx);
            return None;
        }
        let Some(imported) = &self.result.imported else {
            let of = self.look.as_ref().filter(|look| look.counted).map(|look| look.rows);
            draw_left(buf, row(area, 0), &progress("Importing", self.result.progress, of, cx));
            return None;
        };
        draw_left(buf, row(area, 0), &counts(imported, cx));
        let sentences = self.sentences();
        let mut y = 1;
        for line in sentences.iter().flat_map(|sentence| wrap(sentence, usize::from(area.width))) {
            draw_left(buf, row(area, y), &Line::styled(line, cx.look.theme.text));
            y += 1;
        }
        if !self.result.has_faults() {
            return None;
        }
        self.result.paint(buf, below(area, y + 1), cx);
        self.result.cursor()
    }

    /// What is to be known of the result besides its numbers.
    fn sentences(&self) -> Vec<String> {
        let Some(imported) = &self.result.imported else { return Vec::new() };
        let mut said = Vec::new();
        if imported.stopped {
            said.push("It was stopped. What came in until then is one act, and can be undone as one.".to_owned());
        }
        if let Some(report) = &imported.report {
            let report = Path::new(report);
            let name = report.file_name().unwrap_or_default().to_string_lossy();
            let folder = report.parent().map(|folder| folder.to_string_lossy()).unwrap_or_default();
            let (name, folder) = (clean(&name), clean(&folder));
            said.push(format!("The rows that were left out are in {name} in {folder}."));
            said.push("Correct them there; r imports that file with the same mapping.".to_owned());
        }
        if said.is_empty() && imported.skipped == 0 {
            let whole =
                if self.result.has_faults() { "Every row came in, some without a part." } else { "Every row came in." };
            said.push(whole.to_owned());
        }
        said
    }
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// Gives the rows used.
fn paint_refusal(buf: &mut Buffer, area: Rect, sentence: &str, cx: &Cx) -> u16 {
    let theme = cx.look.theme;
    let lines = wrap(sentence, usize::from(area.width.saturating_sub(2)));
    for (y, line) in (0..).zip(&lines) {
        let sign = if y == 0 { cx.look.glyphs.error } else { " " };
        let spans = [Span::styled(format!("{sign} "), theme.err), Span::styled(line.as_str(), theme.text)];
        draw_left(buf, row(area, y), &Line::from_iter(spans));
    }
    lines.len() as u16
}

fn paint_entry(buf: &mut Buffer, line: Rect, found: &Found, cx: &Cx) {
    let theme = cx.look.theme;
    let Found::Entry(entry) = found else {
        let (text, style) = if matches!(found, Found::Mails) { (MAILS, theme.text) } else { ("../", theme.dim) };
        draw_left(buf, line, &Line::styled(text, style));
        return;
    };
    let taken =
        if entry.is_folder { 0 } else { draw_right(buf, line, &Line::styled(size(entry.bytes), theme.dim)) + 2 };
    let name = entry.name.to_string_lossy();
    let name = clean(&name);
    let end = if entry.is_folder { "/" } else { "" };
    let name = cx.look.fit(&name, line.width.saturating_sub(taken + 1));
    let style = if entry.is_folder { theme.dim } else { theme.text };
    draw_left(buf, line, &Line::styled(format!("{name}{end}"), style));
}

/// `640 B`, `12 KB`, `3 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{} MB", grouped(bytes / 1_000_000)),
    }
}

fn paint_column(buf: &mut Buffer, line: Rect, column: &LookedAt, is_at: bool, placed: &[Placed], cx: &Cx) {
    let theme = cx.look.theme;
    if is_at {
        paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
    }
    let samples = column.samples.iter().map(|sample| clean(sample)).collect::<Vec<_>>().join(", ");
    let (means, style) = means(&column.means, cx);
    let title = if is_at { theme.title } else { theme.text };
    let name = clean(&column.name);
    let cells = [(name.as_ref(), title), (samples.as_str(), theme.dim), (means.as_str(), style)];
    for ((text, style), place) in cells.into_iter().zip(placed) {
        draw_cell(buf, line, *place, Align::Left, &Line::styled(cx.look.fit(text, place.width), style));
    }
}

fn means(means: &Means, cx: &Cx) -> (String, Style) {
    let (theme, nothing) = (cx.look.theme, cx.look.glyphs.nothing);
    match means {
        Means::Offered(_, label) => (clean(label).into_owned(), theme.text),
        Means::Derived => (format!("{nothing} lejek works it out"), theme.dim),
        Means::LeftOut => (format!("{nothing} left out"), theme.dim),
        Means::Unknown => (format!("{nothing} nothing is called so"), theme.dim),
    }
}
