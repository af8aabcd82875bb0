//! What a list asks and what becomes of the answers.

use super::draw::Geometry;
use super::views::ALL;
use super::{COUNTS, List, PAGE, PREVIEW, Readiness, Rows};
use crate::domain::answer::Page;
use crate::domain::id::RecordId;
use crate::domain::query::Query;
use crate::ui::layer::{Cx, Effect, page_area};
use crate::workspace::request::Request;

impl List {
    /// Measures the screen and asks for what of it is missing.
    pub(super) fn follow(&mut self, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        let mut effects = self.ask_missing(cx);
        effects.extend(self.show_preview());
        effects
    }

    pub(super) fn measure(&mut self, cx: &Cx) {
        self.geometry = Geometry::of(page_area(cx.screen), cx.screen, self.wants_preview);
        self.window.resize(usize::from(self.geometry.rows.height));
    }

    pub(super) fn ask_missing(&mut self, cx: &Cx) -> Vec<Effect> {
        let seen = self.window.visible();
        let wanted = if self.is_read() { self.cache.wanted(&seen, self.similar.matching()) } else { None };
        let Some((rows, query)) = wanted.zip(self.query(cx)) else { return Vec::new() };
        self.cache.ask(rows.clone());
        vec![Effect::Ask(PAGE, Request::Page { query, from: rows.start, limit: rows.len(), around: None })]
    }

    /// Asks for the rows anew, from the top.
    pub(super) fn ask_from_top(&mut self, cx: &Cx) -> Vec<Effect> {
        self.window.first();
        self.moved = false;
        self.rows = Rows::Before;
        self.ask_around(None, cx)
    }

    /// Asks for the rows anew; the cursor stays on its record, if somebody chose it.
    pub(super) fn ask_again(&mut self, cx: &Cx) -> Vec<Effect> {
        let id = self.row_id().filter(|_| self.moved);
        self.ask_around(id, cx)
    }

    /// Asks for the rows anew; the cursor will go to that record.
    pub(super) fn ask_around(&mut self, id: Option<RecordId>, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        self.marks.unsettle();
        let height = self.window.height().max(1);
        self.anchor = id.zip(self.window.screen_row().or(Some(0)));
        let from = self.window.offset().saturating_sub(height);
        let Some(query) = self.query(cx) else { return Vec::new() };
        let limit = 3 * height;
        self.cache.ask(from..from + limit);
        vec![Effect::Ask(PAGE, Request::Page { query, from, limit, around: id })]
    }

    pub(super) fn ask_counts(&self, cx: &Cx) -> Vec<Effect> {
        let counted = self.views.iter().filter(|view| view.is_counted);
        let queries: Vec<Query> = counted.filter_map(|view| self.query_of(view, "", cx)).collect();
        vec![Effect::Ask(COUNTS, Request::Counts(queries))]
    }

    /// The preview follows the row, where there is one.
    pub(super) fn show_preview(&mut self) -> Vec<Effect> {
        let id = self.row_id();
        if self.geometry.preview.is_none() || self.previewed == id {
            return Vec::new();
        }
        self.previewed = id;
        self.preview.show(id).into_iter().map(of_preview).collect()
    }

    pub(super) fn take_page(&mut self, page: Page, cx: &Cx) -> Vec<Effect> {
        let was_sorted = self.is_sorted();
        self.readiness = match self.readiness {
            _ if page.sorted => Readiness::Sorted,
            Readiness::Unsortable => Readiness::Unsortable,
            _ => Readiness::Read,
        };
        self.of = page.of;
        if let Some(all) = self.counts.get_mut(ALL) {
            *all = Some(page.of);
        }
        self.similar.follow(&page);
        self.cache.take(page.from, page.rows);
        self.edits.refreshed();
        let mut effects = self.ask_similar(cx);
        self.window.set_len(self.similar.len());
        self.similar.leap(&mut self.window, None);
        if let Some((id, line)) = self.anchor.take()
            && let Some(place) = self.cache.place(id)
        {
            self.put_cursor(place, line);
        }
        effects.extend(self.follow(cx));
        if self.is_sorted() && !was_sorted {
            effects.extend(self.ask_counts(cx));
        }
        if std::mem::take(&mut self.rows) == Rows::BeforeThenOpen {
            effects.extend(self.open());
        }
        effects
    }

    /// Puts the cursor on a row so that it stands on that line of the screen.
    pub(super) fn put_cursor(&mut self, place: usize, line: usize) {
        self.window.last();
        self.window.go_to(place.saturating_sub(line));
        self.window.go_to(place);
    }
}

fn of_preview(effect: Effect) -> Effect {
    match effect {
        Effect::Ask(slot, request) => Effect::Ask(slot | PREVIEW, request),
        effect => effect,
    }
}
