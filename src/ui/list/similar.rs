//! What stands under **Similar** when a search finds little: records of almost that name, after a gap that the cursor
//! leaps over.

use super::{List, SIMILAR};
use crate::domain::answer::{Page, Row};
use crate::domain::id::RecordId;
use crate::domain::query::Query;
use crate::domain::search::FEW;
use crate::ui::layer::{Among, Cx, Effect};
use crate::ui::text::clean;
use crate::ui::widgets::{Window, draw_left};
use crate::workspace::request::Request;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A blank line, or the sentence that nothing was found, and the head.
const GAP: usize = 2;

#[derive(Default)]
pub struct Similar {
    rows: Vec<Row>,
    /// The query that they were asked for.
    of: Option<Query>,
    /// Rows of the list itself, which stand before them.
    matching: usize,
}

impl Similar {
    /// Rows of the list with the gap and what follows it.
    pub fn len(&self) -> usize {
        if self.rows.is_empty() { self.matching } else { self.matching + GAP + self.rows.len() }
    }

    pub fn matching(&self) -> usize {
        self.matching
    }

    pub fn get(&self, at: usize) -> Option<&Row> {
        self.rows.get(at.checked_sub(self.matching + GAP)?)
    }

    /// What a line of the gap is, counted from its first.
    fn in_gap(&self, at: usize) -> Option<usize> {
        at.checked_sub(self.matching).filter(|line| *line < GAP && !self.rows.is_empty())
    }

    /// Puts the cursor beside the gap, further on the way that it came.
    pub fn leap(&self, window: &mut Window, from: Option<usize>) {
        let Some(at) = window.cursor().filter(|at| self.in_gap(*at).is_some()) else { return };
        let goes_up = from.is_some_and(|from| from > at) && self.matching > 0;
        window.go_to(if goes_up { self.matching - 1 } else { self.matching + GAP });
    }

    /// A list of their own, for the next and previous one.
    pub fn among(&self, id: RecordId, query: Query) -> Option<Among> {
        let at = self.rows.iter().position(|row| row.record.id == id)?;
        let within = Some(self.rows.iter().map(|row| row.record.id).collect());
        Some(Among { query: Query { within, search: String::new(), sort: Vec::new(), ..query }, at })
    }

    pub fn take(&mut self, rows: Vec<Row>) {
        self.rows = rows;
    }

    /// The list has other rows now. What it shows itself is not similar to it.
    pub fn follow(&mut self, page: &Page) {
        self.matching = page.matching;
        self.rows.retain(|row| page.rows.iter().all(|other| other.record.id != row.record.id));
    }

    /// Somebody changed records: it is asked for again.
    pub fn outdated(&mut self) {
        self.of = None;
    }

    fn forget(&mut self) {
        self.rows.clear();
        self.of = None;
    }
}

impl List {
    /// Asks what is similar, once for each search that finds little; what was found for the one before stays till then.
    pub(super) fn ask_similar(&mut self) -> Vec<Effect> {
        let query = self.asked.clone().filter(|_| self.is_sorted() && self.is_searching() && self.behind.is_none());
        let Some(query) = query.filter(|_| self.similar.matching < FEW) else {
            self.similar.forget();
            return Vec::new();
        };
        if self.similar.of.as_ref() == Some(&query) {
            return Vec::new();
        }
        self.similar.of = Some(query.clone());
        vec![Effect::Ask(SIMILAR, Request::Similar { query, limit: FEW })]
    }

    pub(super) fn take_similar(&mut self, rows: Vec<Row>, cx: &Cx) -> Vec<Effect> {
        let kept = self.row_id().filter(|_| self.moved);
        self.similar.take(rows);
        self.window.set_len(self.similar.len());
        let places = self.similar.matching..self.similar.len();
        let kept = kept
            .and_then(|id| places.into_iter().find(|at| self.similar.get(*at).is_some_and(|row| row.record.id == id)));
        if let Some(place) = kept {
            self.window.go_to(place);
        }
        self.similar.leap(&mut self.window, None);
        self.follow(cx)
    }

    /// Draws a line of the gap; false: the row is none.
    pub(super) fn paint_gap(&self, buf: &mut Buffer, line: Rect, at: usize, cx: &Cx) -> bool {
        let Some(gap) = self.similar.in_gap(at) else { return false };
        let theme = cx.look.theme;
        if gap == 1 {
            draw_left(buf, line, &Line::styled("Similar", theme.title));
        } else if self.similar.matching == 0 {
            let one = self.spec(cx).map_or_else(|| "record".into(), |spec| clean(&spec.singular).to_lowercase());
            let sentence = format!("No {one} holds “{}”.", cx.look.fit(self.search.text().trim(), 30));
            draw_left(buf, line, &Line::styled(cx.look.glyphs.spell(&sentence), theme.dim));
        }
        true
    }
}
