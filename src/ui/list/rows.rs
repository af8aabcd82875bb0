//! What a list asks and what becomes of the answers.

use super::draw::Geometry;
use super::{COUNTS, List, PAGE, PREVIEW, Readiness, Rows, VIEWED};
use crate::domain::answer::Page;
use crate::domain::id::RecordId;
use crate::domain::query::Query;
use crate::ui::layer::{Cx, Effect, page_area};
use crate::workspace::request::Request;

/// Tabs that are counted at most.
const COUNTED: usize = 12;

impl List {
    /// Measures the screen and asks for what of it is missing.
    pub(super) fn follow(&mut self, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        let mut effects = self.ask_missing();
        effects.extend(self.show_preview());
        effects.extend(self.keep(cx));
        effects
    }

    pub(super) fn measure(&mut self, cx: &Cx) {
        self.geometry = Geometry::of(page_area(cx.screen), cx.screen, self.wants_preview && self.behind.is_none());
        self.window.resize(usize::from(self.geometry.rows.height));
    }

    fn ask_missing(&mut self) -> Vec<Effect> {
        let seen = self.window.visible();
        let wanted = if self.is_read() && self.behind.is_none() {
            self.cache.wanted(&seen, self.similar.matching())
        } else {
            None
        };
        let Some((rows, query)) = wanted.zip(self.asked.clone()) else { return Vec::new() };
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
        self.ask_around(id.or(self.restored), cx)
    }

    /// Asks for the rows anew; the cursor will go to that record.
    pub(super) fn ask_around(&mut self, id: Option<RecordId>, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        self.marks.unsettle();
        let height = self.window.height().max(1);
        // Before any row was seen: the middle, so that rows above it are not cut off for nothing.
        self.anchor = id.zip(self.window.screen_row().or(Some(height / 2)));
        let Some(view) = self.view() else { return Vec::new() };
        if view.viewed && self.lately.is_none() {
            return vec![self.ask_viewed()];
        }
        let mut query = match self.query_of(view, cx) {
            Ok(query) => query,
            Err(sentence) => return self.give_up(sentence, cx),
        };
        if let Some(behind) = &self.behind {
            behind.narrow(&mut query);
        }
        self.trouble = None;
        self.asked = Some(query.clone());
        let from = self.window.offset().saturating_sub(height);
        // Behind a board only the count is wanted.
        let limit = if self.behind.is_some() { 0 } else { 3 * height };
        self.cache.ask(from..from + limit);
        let around = id.filter(|_| limit > 0);
        let ask = Effect::Ask(PAGE, Request::Page { query, from, limit, around });
        [ask].into_iter().chain(self.keep(cx)).collect()
    }

    /// The view can't be asked: it has no rows, but a sentence.
    fn give_up(&mut self, sentence: String, cx: &Cx) -> Vec<Effect> {
        self.trouble = Some(sentence);
        self.asked = None;
        self.rows = Rows::Right;
        self.cache.take(0, Vec::new());
        self.window.set_len(0);
        self.follow(cx)
    }

    pub(super) fn ask_viewed(&self) -> Effect {
        Effect::Ask(VIEWED, Request::Viewed(self.object))
    }

    pub(super) fn take_viewed(&mut self, lately: Vec<RecordId>, cx: &Cx) -> Vec<Effect> {
        if self.lately.as_ref() == Some(&lately) {
            return Vec::new();
        }
        self.lately = Some(lately);
        if self.view().is_some_and(|view| view.viewed) { self.ask_again(cx) } else { Vec::new() }
    }

    /// Asks how many records the tabs take in as they are saved.
    pub(super) fn ask_counts(&mut self, cx: &Cx) -> Vec<Effect> {
        let counted = self.views.tabs().iter().filter(|tab| tab.is_counted()).take(COUNTED);
        let asked = counted.filter_map(|tab| Some((tab.saved.id, self.query_of(&tab.saved, cx).ok()?)));
        let (ids, queries): (Vec<_>, Vec<Query>) = asked.unzip();
        self.counting = ids;
        vec![Effect::Ask(COUNTS, Request::Counts(queries))]
    }

    pub(super) fn take_counts(&mut self, counts: Vec<usize>) {
        let counts: Vec<_> = std::mem::take(&mut self.counting).into_iter().zip(counts).collect();
        for tab in self.views.tabs_mut() {
            tab.count = counts.iter().find(|(id, _)| *id == tab.saved.id).map(|(_, count)| *count);
        }
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
        // It answers what was asked before the view that can't be asked.
        if self.trouble.is_some() {
            return Vec::new();
        }
        let was_sorted = self.is_sorted();
        self.readiness = match self.readiness {
            _ if page.sorted => Readiness::Sorted,
            Readiness::Unsortable => Readiness::Unsortable,
            _ => Readiness::Read,
        };
        self.of = page.of;
        if let Some(all) = self.views.all_mut() {
            all.count = Some(page.of);
        }
        self.similar.follow(&page);
        self.cache.take(page.from, page.rows);
        self.edits.refreshed();
        let mut effects = self.ask_similar();
        self.window.set_len(self.similar.len());
        self.similar.leap(&mut self.window, None);
        if let Some((id, line)) = self.anchor.take()
            && let Some(place) = self.cache.place(id)
        {
            self.put_cursor(place, line);
            self.moved = true;
        }
        if self.is_sorted() {
            self.restored = None;
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
