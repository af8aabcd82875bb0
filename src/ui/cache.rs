//! The rows around what is seen: a piece of the list, asked for ahead, thrown away when one goes elsewhere.

use crate::domain::answer::Row;
use crate::domain::id::RecordId;
use std::ops::Range;

/// A row that is found again in another piece.
pub trait Known {
    type Id: Copy + PartialEq;

    fn id(&self) -> Self::Id;
}

impl Known for Row {
    type Id = RecordId;

    fn id(&self) -> RecordId {
        self.record.id
    }
}

/// Rows `from..from + rows.len()` of the list.
#[derive(Debug)]
pub struct Cache<T> {
    from: usize,
    rows: Vec<T>,
    /// What was asked for and has not come yet.
    asked: Option<Range<usize>>,
    /// What was asked for and came, be it less than that.
    answered: Option<Range<usize>>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Cache { from: 0, rows: Vec::new(), asked: None, answered: None }
    }
}

impl<T: Known> Cache<T> {
    pub fn get(&self, at: usize) -> Option<&T> {
        self.rows.get(at.checked_sub(self.from)?)
    }

    pub fn place(&self, id: T::Id) -> Option<usize> {
        self.rows.iter().position(|row| row.id() == id).map(|at| self.from + at)
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

    pub fn take(&mut self, from: usize, rows: Vec<T>) {
        self.from = from;
        self.rows = rows;
        self.answered = self.asked.take();
    }

    /// Takes a row out; those after it move up.
    pub fn remove(&mut self, id: T::Id) -> Option<T> {
        let at = self.rows.iter().position(|row| row.id() == id)?;
        Some(self.rows.remove(at))
    }

    /// Puts a row at a place, if that is among what is known; those from there on move down.
    pub fn insert(&mut self, at: usize, row: T) {
        if let Some(at) = at.checked_sub(self.from).filter(|at| *at <= self.rows.len()) {
            self.rows.insert(at, row);
        }
    }

    /// Nothing that was asked will come.
    pub fn fail(&mut self) {
        self.asked = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Known for usize {
        type Id = usize;

        fn id(&self) -> usize {
            *self
        }
    }

    #[test]
    fn it_asks_ahead_and_only_once() {
        let mut cache: Cache<usize> = Cache::default();
        assert_eq!(cache.wanted(&(0..10), 1_000), Some(0..30));
        cache.ask(0..30);
        assert_eq!(cache.wanted(&(0..10), 1_000), None, "it is under way");
        cache.take(0, (0..30).collect());
        assert_eq!(cache.wanted(&(12..22), 1_000), None);
        assert_eq!(cache.wanted(&(16..26), 1_000), Some(6..36));
        assert_eq!(cache.wanted(&(990..1_000), 1_000), Some(980..1_010));
    }

    #[test]
    fn a_short_list_is_never_asked_for_again() {
        let mut cache: Cache<usize> = Cache::default();
        cache.take(0, (0..7).collect());
        assert_eq!(cache.wanted(&(0..7), 7), None);
        assert_eq!(cache.wanted(&(0..0), 0), None);
    }

    #[test]
    fn a_page_that_says_too_little_is_not_asked_for_in_circles() {
        let mut cache: Cache<usize> = Cache::default();
        cache.ask(0..30);
        cache.take(0, (0..4).collect());
        assert_eq!(cache.wanted(&(0..10), 1_000), None);
        assert_eq!(cache.wanted(&(15..25), 1_000), Some(5..35));
    }

    #[test]
    fn rows_are_found_by_place_and_by_id() {
        let mut cache: Cache<usize> = Cache::default();
        cache.take(100, (100..130).collect());
        assert!(cache.get(99).is_none() && cache.get(130).is_none());
        assert_eq!((cache.get(117), cache.place(117)), (Some(&117), Some(117)));
        assert_eq!(cache.place(130), None);
    }
}
