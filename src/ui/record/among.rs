//! The record among those of the list that it was opened from: its place, and the next and previous one.

use super::timeline::PIECE;
use super::{DETAIL, NEIGHBOUR, RecordPage};
use crate::domain::answer::Page;
use crate::domain::id::RecordId;
use crate::ui::layer::{Among, Effect};
use crate::ui::widgets::Toast;
use crate::workspace::request::Request;

impl RecordPage {
    /// The list says where the record stands; it may be in it no more.
    pub(super) fn stand(&mut self, page: &Page) {
        let Some(among) = &mut self.among else { return };
        self.total = Some(page.matching);
        if page.rows.first().is_some_and(|row| row.record.id == self.id) {
            among.at = page.from;
        }
    }

    pub(super) fn ask_neighbour(&self, by: isize) -> Vec<Effect> {
        let Some(Among { query, at }) = &self.among else { return Vec::new() };
        let last = self.total.map_or(usize::MAX, |total| total.saturating_sub(1));
        let from = at.saturating_add_signed(by).min(last);
        let page = Request::Page { query: query.clone(), from, limit: 1, around: None };
        vec![Effect::Ask(NEIGHBOUR, page)]
    }

    pub(super) fn go_to_neighbour(&mut self, page: &Page) -> Vec<Effect> {
        self.total = Some(page.matching);
        let (Some(row), Some(among)) = (page.rows.first(), &mut self.among) else {
            return vec![Effect::Toast(Toast::info("The list ends here"))];
        };
        let id = row.record.id;
        among.at = page.from;
        self.turn_to(id)
    }

    /// Another record on the same page.
    pub(super) fn turn_to(&mut self, id: RecordId) -> Vec<Effect> {
        self.id = id;
        vec![Effect::Ask(DETAIL, Request::Detail { id, activities: PIECE })]
    }
}
