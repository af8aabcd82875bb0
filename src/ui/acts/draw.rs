//! The list of acts as it looks: one row for each act, below it what it unfolds to.

use super::Acts;
use super::pile::Spot;
use crate::domain::change::ActHead;
use crate::domain::number::grouped;
use crate::domain::when;
use crate::ui::Cx;
use crate::ui::cell;
use crate::ui::column::Seen;
use crate::ui::modals::broken_off::says_how_far;
use crate::ui::page::{Title, indented};
use crate::ui::record::said;
use crate::ui::widgets::{
    Align, Column, EmptyState, Hint, RowState, Tab, Window, draw_cell, draw_head, draw_left, draw_scrollbar, layout,
    paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::time::Duration;

const WHAT: usize = 0;
const WHO: usize = 1;
const FROM: usize = 2;
const EFFECTS: usize = 3;
const ACT: usize = 4;

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
        Column { flexible: true, ..column("What", 24, 40, 0) },
        column("Who", 9, 16, 3),
        column("From", 12, 12, 1),
        number("Effects", 7, 7, 2),
        number("Act", 5, 7, 4),
        number("When", 10, 10, 5),
    ]
}

impl Acts {
    pub(super) fn paint(&mut self, buf: &mut Buffer, cx: &Cx) {
        self.measure(cx);
        self.cursor = self.paint_title(buf, cx);
        if self.pile.is_read() && self.pile.is_empty() && self.asked.is_none() {
            self.paint_empty(buf, cx);
            return;
        }
        let columns = columns();
        let placed = layout(&columns, self.frame.head.width);
        draw_head(buf, self.frame.head, &columns, &placed, &[], cx.look);
        let rows = self.frame.rows;
        if !self.pile.is_read() {
            for y in 0..rows.height {
                let sign = Line::styled(cx.look.glyphs.skeleton, cx.look.theme.dim);
                for at in &placed {
                    draw_cell(buf, indented(row(rows, y)), *at, columns[at.column].align, &sign);
                }
            }
            return;
        }
        for seen in self.view.seen(&self.pile) {
            let area = Rect { y: rows.y + seen.y as u16, height: seen.rows as u16, ..rows };
            if self.view.cursor() == Some(seen.spot) {
                let state = if seen.cut == 0 { RowState::Unfolded { focused: true } } else { RowState::Marked };
                paint_row(buf, area, state, cx.look);
                let line = Rect { x: rows.x.saturating_sub(1), width: rows.width + 2, ..row(area, 0) };
                self.cursor = self.cursor.or(Some(line));
            }
            match seen.spot.leaf() {
                Some(leaf) => self.paint_leaf(buf, area, seen.spot, leaf),
                None => self.paint_act(buf, area, seen, cx),
            }
        }
        self.paint_scrollbar(buf, cx);
    }

    fn paint_title(&self, buf: &mut Buffer, cx: &Cx) -> Option<Rect> {
        let last = self.pile.last_no();
        let count = match self.view.cursor() {
            _ if !self.pile.is_read() => (String::new(), String::new()),
            Some(spot) => (format!("act {}", grouped(spot.no().0)), format!("of {}", grouped(last))),
            None => (String::new(), format!("{} acts", grouped(last))),
        };
        let turning = Duration::from_millis(cx.now.timestamp_millis().unsigned_abs());
        let coming = self.asked.is_some() && self.search.is_on();
        let tabs = [Tab::new("All acts").count(grouped(last))];
        let title = Title {
            tabs: &tabs,
            active: 0,
            count,
            coming: coming.then(|| (cx.look.spinner(turning), "looking further back")),
            searched: "in what was done and by whom",
        };
        self.frame.draw(buf, &title, &self.search, cx)
    }

    fn paint_leaf(&self, buf: &mut Buffer, area: Rect, spot: Spot, leaf: usize) {
        if let Some(leaf) = self.pile.unfolded(spot.no()).and_then(|unfolded| unfolded.leaves.get(leaf)) {
            draw_left(buf, indented(area), &leaf.line);
        }
    }

    fn paint_act(&self, buf: &mut Buffer, area: Rect, seen: Seen<Spot>, cx: &Cx) {
        let Some(head) = self.pile.head(seen.spot.no()) else { return };
        if seen.cut == 0 {
            self.paint_row(buf, row(area, 0), head, cx);
        }
        let Some(unfolded) = self.pile.unfolded(seen.spot.no()) else { return };
        let from = seen.cut.saturating_sub(1);
        for (y, line) in (u16::from(seen.cut == 0)..area.height).zip(unfolded.lines.iter().skip(from)) {
            draw_left(buf, indented(row(area, y)), line);
        }
    }

    fn paint_row(&self, buf: &mut Buffer, line: Rect, head: &ActHead, cx: &Cx) {
        let theme = cx.look.theme;
        let is_cursor = self.view.cursor() == Some(Spot::of(head.act.no));
        let glyphs = cx.look.glyphs;
        let sign = if self.pile.is_unfolded(head.act.no) { glyphs.unfolded } else { glyphs.folded };
        draw_left(buf, line, &Line::styled(sign, theme.dim));
        let columns = columns();
        let words = self.search.words();
        for placed in layout(&columns, indented(line).width) {
            let text = |text: &str, tone: Style| cell::text(text, &words, placed.width, tone, cx);
            let cell = match placed.column {
                WHAT => {
                    let tone = match (head.undone_by.is_some(), is_cursor) {
                        (true, _) => theme.dim,
                        (false, true) => theme.title,
                        (false, false) => theme.text,
                    };
                    let state = state(head, cx);
                    let room = placed.width.saturating_sub(state.width() as u16);
                    let mut what = cell::text(&head.act.what, &words, room, tone, cx);
                    what.push_span(state);
                    what
                }
                WHO => text(&said::author(head.act.by, cx), theme.dim),
                FROM => Line::styled(head.act.origin.label(), theme.dim),
                EFFECTS if head.effects == 0 => Line::default(),
                EFFECTS => Line::styled(grouped(head.effects), theme.text),
                ACT => Line::styled(grouped(head.act.no.0), theme.dim),
                _ => Line::styled(when::ago(head.act.at, &cx.settings.clock(cx.now)), theme.text),
            };
            draw_cell(buf, indented(line), placed, columns[placed.column].align, &cell);
        }
    }

    fn paint_scrollbar(&self, buf: &mut Buffer, cx: &Cx) {
        let Some(first) = self.view.seen(&self.pile).first().map(|seen| seen.spot) else { return };
        if self.search.is_on() {
            return;
        }
        let last = self.pile.last_no();
        let mut window = Window::new(last as usize, usize::from(self.frame.rows.height));
        window.scroll(last.saturating_sub(first.no().0) as isize);
        draw_scrollbar(buf, self.frame.rows, &window, cx.look);
    }

    fn paint_empty(&self, buf: &mut Buffer, cx: &Cx) {
        let word = cx.look.fit(self.search.text(), 30);
        let leave = if self.search.typing { "esc esc" } else { "esc" };
        let (sentence, hints) = if self.search.is_on() {
            (format!("No act names “{word}”."), [Hint::new(leave, "clears the search")])
        } else {
            ("Nothing was done yet that you may see.".to_owned(), [Hint::new("esc", "goes back")])
        };
        let sentence = cx.look.glyphs.spell(&sentence);
        EmptyState { sentence: &sentence, hints: &hints }.draw(buf, self.frame.below(), cx.look);
    }
}

/// ` · undone`, ` · broken off`, and how far it came where it does not say so itself: ` · 400 of 1 000`.
fn state(head: &ActHead, cx: &Cx) -> Span<'static> {
    let dot = cx.look.glyphs.dot;
    if head.undone_by.is_some() {
        return Span::styled(format!(" {dot} undone"), cx.look.theme.dim);
    }
    if head.act.finished {
        return Span::default();
    }
    if says_how_far(head) {
        return Span::styled(format!(" {dot} broken off"), cx.look.theme.warn);
    }
    let far = format!(" {dot} {} of {}", grouped(head.act.done), grouped(head.act.total));
    Span::styled(far, cx.look.theme.warn)
}
