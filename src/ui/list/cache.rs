//! The rows around what is seen: a piece of the list, asked for ahead, thrown away when one goes elsewhere.

use crate::domain::answer::{Page, Row};
use crate::domain::id::RecordId;
use std::ops::Range;

/// Rows `from..from + rows.len()` of the list.
#[derive(Debug, Default)]
pub struct Cache {
    from: usize,
    rows: Vec<Row>,
    /// What was asked for and has not come yet.
    asked: Option<Range<usize>>,
    /// What was asked for and came, be it less than that.
    answered: Option<Range<usize>>,
}

impl Cache {
    pub fn get(&self, at: usize) -> Option<&Row> {
        self.rows.get(at.checked_sub(self.from)?)
    }

    pub fn place(&self, id: RecordId) -> Option<usize> {
        self.rows.iter().position(|row| row.record.id == id).map(|at| self.from + at)
    }

    fn range(&self) -> Range<usize> {
        self.from..self.from + self.rows.len()
    }

    /// What should be asked for, for `seen` of `len` rows: nothing as long as half a screen more on both sides is
    /// there or under way.
    pub fn wanted(&self, seen: &Range<usize>, len: usize) -> Option<Range<usize>> {
        let height = seen.len().max(1);
        let near = seen.start.saturating_sub(height / 2)..(seen.end + height / 2).min(len);
        let covers = |have: &Range<usize>| have.start <= near.start && have.end >= near.end;
        if covers(&self.range()) || self.asked.as_ref().is_some_and(covers) {
            return None;
        }
        let from = seen.start.saturating_sub(height);
        let wanted = from..from + 3 * height;
        // The same question again would get the same answer.
        (self.answered.as_ref() != Some(&wanted)).then_some(wanted)
    }

    pub fn ask(&mut self, rows: Range<usize>) {
        self.asked = Some(rows);
    }

    pub fn take(&mut self, page: Page) {
        self.from = page.from;
        self.rows = page.rows;
        self.answered = self.asked.take();
    }

    /// Nothing that was asked will come.
    pub fn fail(&mut self) {
        self.asked = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::{Record, Stamp, Values};
    use crate::domain::{answer::Derived, change, id};
    use uuid::Uuid;

    fn page(rows: Range<usize>) -> Page {
        let row = |number: usize| {
            let stamp = Stamp {
                at: chrono::DateTime::UNIX_EPOCH,
                by: change::Author::Program,
                origin: change::Origin::Demo,
                act: id::ActNo(1),
            };
            let id = RecordId::new(id::Object::CONTACT, Uuid::from_u128(number as u128));
            let record = Record {
                id,
                version: 1,
                created: stamp,
                updated: chrono::DateTime::UNIX_EPOCH,
                values: Values::default(),
            };
            Row { record, derived: Derived::default() }
        };
        Page { from: rows.start, rows: rows.map(row).collect(), matching: 1_000, of: 1_000, sorted: true }
    }

    #[test]
    fn it_asks_ahead_and_only_once() {
        let mut cache = Cache::default();
        assert_eq!(cache.wanted(&(0..10), 1_000), Some(0..30));
        cache.ask(0..30);
        assert_eq!(cache.wanted(&(0..10), 1_000), None, "it is under way");
        cache.take(page(0..30));
        assert_eq!(cache.wanted(&(12..22), 1_000), None);
        assert_eq!(cache.wanted(&(16..26), 1_000), Some(6..36));
        assert_eq!(cache.wanted(&(990..1_000), 1_000), Some(980..1_010));
    }

    #[test]
    fn a_short_list_is_never_asked_for_again() {
        let mut cache = Cache::default();
        cache.take(page(0..7));
        assert_eq!(cache.wanted(&(0..7), 7), None);
        assert_eq!(cache.wanted(&(0..0), 0), None);
    }

    #[test]
    fn a_page_that_says_too_little_is_not_asked_for_in_circles() {
        let mut cache = Cache::default();
        cache.ask(0..30);
        cache.take(page(0..4));
        assert_eq!(cache.wanted(&(0..10), 1_000), None);
        assert_eq!(cache.wanted(&(15..25), 1_000), Some(5..35));
    }

    #[test]
    fn rows_are_found_by_place_and_by_record() {
        let mut cache = Cache::default();
        cache.take(page(100..130));
        assert!(cache.get(99).is_none() && cache.get(130).is_none());
        let id = cache.get(117).unwrap().record.id;
        assert_eq!(cache.place(id), Some(117));
    }
}
