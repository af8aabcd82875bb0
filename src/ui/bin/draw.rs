//! The bin as it looks: a tab for each object and one for activities, a row for each thing in it.

use super::Bin;
use crate::domain::number::grouped;
use crate::domain::object::is;
use crate::domain::record::BinnedActivity;
use crate::domain::when;
use crate::ui::Cx;
use crate::ui::cell;
use crate::ui::page::{Title, indented};
use crate::ui::record::facts::{self, Fact, joined};
use crate::ui::record::{entry, said};
use crate::ui::widgets::{
    Align, Column, EmptyState, Hint, NARROW, Placed, RowState, Tab, draw_cell, draw_head, draw_mark, draw_scrollbar,
    layout, paint_row, row,
};
use crate::workspace::bin::{BinnedKind, InBin};
use crate::workspace::upkeep::DAYS_IN_BIN;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// From so few days on it is said in warn.
const SOON: i64 = 7;

const NAME: usize = 0;
const KNOWN_BY: usize = 1;
const BY: usize = 2;
const ACT: usize = 3;
const DELETED: usize = 4;

fn columns() -> [Column<'static>; 6] {
    let column = |title: &'static str, min, ideal, gives_way| Column {
        title: title.into(),
        min,
        ideal,
        gives_way,
        ..Column::default()
    };
    let number = |title, min, ideal, gives_way| Column { align: Align::Right, ..column(title, min, ideal, gives_way) };
    [
        Column { flexible: true, ..column("Name", 20, 26, 0) },
        Column { flexible: true, ..column("Known by", 18, 30, 1) },
        column("Deleted by", 10, 16, 3),
        number("Act", 5, 7, 2),
        number("Deleted", 10, 10, 5),
        number("Gone in", 7, 7, 6),
    ]
}

impl Bin {
    pub(super) fn tabs(&self, cx: &Cx) -> Vec<Tab<'static>> {
        let is_narrow = cx.screen.width < NARROW;
        let tab = |(at, kind): (usize, BinnedKind)| {
            let label = match kind {
                BinnedKind::Records(object) => {
                    cx.settings.object_ever(object).map_or_else(|| "Records".to_owned(), |spec| spec.plural.clone())
                }
                BinnedKind::Activities => "Activities".to_owned(),
            };
            let count = self.count_of(kind);
            let counts = self.is_read && (at == self.tab || count > 0 && !is_narrow);
            Tab { count: counts.then(|| grouped(count as u64).into()), ..Tab::new(label) }
        };
        self.kinds(cx).into_iter().enumerate().map(tab).collect()
    }

    pub(super) fn paint(&mut self, buf: &mut Buffer, cx: &Cx) {
        self.measure(cx);
        self.cursor = self.paint_title(buf, cx);
        if self.is_read && self.window.is_empty() {
            return self.paint_empty(buf, cx);
        }
        let columns = columns();
        let placed = layout(&columns, self.frame.head.width);
        draw_head(buf, self.frame.head, &columns, &placed, &[], cx.look);
        let rows = self.frame.rows;
        let seen = if self.is_read { self.window.visible() } else { 0..usize::from(rows.height) };
        for (y, at) in (0..rows.height).zip(seen) {
            let line = row(rows, y);
            let is_cursor = self.is_read && self.window.cursor() == Some(at);
            let found = self.cache.get(at);
            let is_marked = found.is_some_and(|found| self.marks.contains(found.of()));
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
                let line = Rect { x: line.x.saturating_sub(1), width: line.width + 2, ..line };
                self.cursor = self.cursor.or(Some(line));
            }
            if is_marked {
                draw_mark(buf, line, is_cursor, cx.look);
            }
            for place in &placed {
                let cell = match found {
                    Some(found) => self.cell(found, *place, is_cursor, cx),
                    None => Line::styled(cx.look.glyphs.skeleton, cx.look.theme.dim),
                };
                draw_cell(buf, indented(line), *place, columns[place.column].align, &cell);
            }
        }
        draw_scrollbar(buf, rows, &self.window, cx.look);
    }

    fn cell(&self, found: &InBin, placed: Placed, is_cursor: bool, cx: &Cx) -> Fact {
        let theme = cx.look.theme;
        let width = placed.width;
        let left = found.days_left(cx.now);
        let (by, at, act) = found.deleted();
        match placed.column {
            NAME => {
                let tone = if is_cursor { theme.title } else { theme.text };
                cell::text(&found.name(), &self.search.words(), width, tone, cx)
            }
            KNOWN_BY => joined(known_by(found, cx), width, cx),
            BY => cell::text(&said::author(by, cx), &[], width, theme.dim, cx),
            ACT => Line::styled(grouped(act.0), theme.dim),
            DELETED => Line::styled(when::ago(at, &cx.settings.clock(cx.now)), theme.text),
            _ => Line::styled(format!("{left} d"), if left < SOON { theme.warn } else { theme.dim }),
        }
    }

    fn paint_title(&self, buf: &mut Buffer, cx: &Cx) -> Option<Rect> {
        let (matching, of) = (self.window.len() as u64, self.count_of(self.kind(cx)) as u64);
        let count = match self.is_read {
            false => (String::new(), String::new()),
            true if matching == of => (grouped(of), "in the bin".to_owned()),
            true => (grouped(matching), format!("of {}", grouped(of))),
        };
        let title = Title {
            tabs: &self.tabs(cx),
            active: self.tab,
            count,
            coming: None,
            searched: "in names, addresses and numbers",
        };
        self.frame.draw(buf, &title, &self.search, cx)
    }

    fn paint_empty(&self, buf: &mut Buffer, cx: &Cx) {
        let one = match self.kind(cx) {
            BinnedKind::Records(object) => cx.settings.object_ever(object).map(|spec| spec.singular.to_lowercase()),
            BinnedKind::Activities => Some("activity".to_owned()),
        };
        let one = one.unwrap_or_else(|| "record".to_owned());
        let is_all = self.counts.iter().all(|(_, count)| *count == 0);
        let leave = if self.search.typing { "esc esc" } else { "esc" };
        let (sentence, hints) = if self.search.is_on() {
            let word = cx.look.fit(self.search.text(), 30);
            (format!("No {one} in the bin holds “{word}”."), vec![Hint::new(leave, "clears the search")])
        } else if is_all {
            let sentence = format!("The bin is empty. What is deleted lies here for {DAYS_IN_BIN} days.");
            (sentence, vec![Hint::new("esc", "goes back")])
        } else {
            (format!("No {one} lies in the bin."), vec![Hint::new("[ ]", "other tabs"), Hint::new("esc", "goes back")])
        };
        let sentence = cx.look.glyphs.spell(&sentence);
        EmptyState { sentence: &sentence, hints: &hints }.draw(buf, self.frame.below(), cx.look);
    }
}

/// What one recognises it by.
fn known_by(found: &InBin, cx: &Cx) -> Vec<Fact> {
    match found {
        InBin::Record { merged_into: Some((_, into)), .. } => {
            let into = into.as_deref().unwrap_or("another record");
            vec![cell::text(&format!("merged into {into}"), &[], u16::MAX, cx.look.theme.dim, cx)]
        }
        InBin::Record { binned, .. } => {
            let address = [is::EMAIL, is::DOMAIN].into_iter();
            let address = address.filter_map(|id| facts::fact(&binned.record, id, cx.look.theme.dim, cx));
            address.chain(facts::beneath(&binned.record, None, None, cx)).collect()
        }
        InBin::Activity(BinnedActivity { activity, .. }) => vec![Line::styled(
            format!("{} {}", entry::glyph(activity, cx), said::moment(activity.at, u16::MAX, cx)),
            cx.look.theme.dim,
        )],
    }
}
