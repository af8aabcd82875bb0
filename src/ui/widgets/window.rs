//! The part of a long list that is on the screen, and its cursor. It holds numbers only, so a list may have millions.

use crate::keys::Command;
use std::ops::Range;

/// A cursor in `len` rows of which `height` are seen from `offset` on. The cursor is always among the seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    cursor: usize,
    offset: usize,
    len: usize,
    height: usize,
}

impl Window {
    pub fn new(len: usize, height: usize) -> Self {
        Self { cursor: 0, offset: 0, len, height }
    }

    /// The row of the cursor, if there is any row.
    pub fn cursor(&self) -> Option<usize> {
        (self.len > 0).then_some(self.cursor)
    }

    pub fn offset(&self) -> usize {
        self.offset
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn height(&self) -> usize {
        self.height
    }

    pub fn visible(&self) -> Range<usize> {
        self.offset..self.len.min(self.offset + self.height)
    }

    /// Where the cursor is on the screen, counted from the first seen row.
    pub fn screen_row(&self) -> Option<usize> {
        self.cursor().map(|cursor| cursor - self.offset)
    }

    pub fn set_len(&mut self, len: usize) {
        self.len = len;
        self.settle();
    }

    /// Takes a new height; the cursor keeps its row on the screen where it can.
    pub fn resize(&mut self, height: usize) {
        self.height = height;
        self.settle();
    }

    pub fn move_by(&mut self, rows: isize) {
        self.go_to(self.cursor.saturating_add_signed(rows));
    }

    /// Half of what is seen, view and cursor together; `times` may be negative.
    pub fn half_page(&mut self, times: isize) {
        self.leap(times.saturating_mul((self.height / 2).max(1) as isize));
    }

    /// All but one row of what is seen.
    pub fn page(&mut self, times: isize) {
        self.leap(times.saturating_mul(self.height.saturating_sub(1).max(1) as isize));
    }

    fn leap(&mut self, rows: isize) {
        self.offset = self.offset.saturating_add_signed(rows);
        self.move_by(rows);
    }

    pub fn first(&mut self) {
        self.go_to(0);
    }

    pub fn last(&mut self) {
        self.go_to(usize::MAX);
    }

    pub fn go_to(&mut self, row: usize) {
        self.cursor = row;
        self.settle();
    }

    /// Obeys a command that moves the cursor; false if it is another. `gg` and `G` with a count go to that row.
    pub fn run(&mut self, command: Command, count: Option<u32>) -> bool {
        let times = count.unwrap_or(1) as isize;
        let row = count.map(|count| (count as usize).saturating_sub(1));
        match command {
            Command::MoveDown => self.move_by(times),
            Command::MoveUp => self.move_by(-times),
            Command::HalfPageDown => self.half_page(times),
            Command::HalfPageUp => self.half_page(-times),
            Command::PageDown => self.page(times),
            Command::PageUp => self.page(-times),
            Command::First => self.go_to(row.unwrap_or(0)),
            Command::Last => self.go_to(row.unwrap_or(usize::MAX)),
            _ => return false,
        }
        true
    }

    /// Moves the view as the wheel does; the cursor moves only to stay in it.
    pub fn scroll(&mut self, rows: isize) {
        self.offset = self.offset.saturating_add_signed(rows).min(self.furthest());
        let seen = self.visible();
        self.cursor = self.cursor.clamp(seen.start, seen.end.saturating_sub(1).max(seen.start));
        self.settle();
    }

    /// The row under a row of the screen, as a click means it.
    pub fn at(&self, screen_row: usize) -> Option<usize> {
        Some(self.offset + screen_row).filter(|row| self.visible().contains(row))
    }

    fn furthest(&self) -> usize {
        self.len.saturating_sub(self.height)
    }

    fn settle(&mut self) {
        self.cursor = self.cursor.min(self.len.saturating_sub(1));
        let lowest = (self.cursor + 1).saturating_sub(self.height.max(1));
        self.offset = self.offset.min(self.furthest()).clamp(lowest, self.cursor);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_view_follows_the_cursor() {
        let mut window = Window::new(100, 10);
        window.move_by(9);
        assert_eq!((window.cursor(), window.visible()), (Some(9), 0..10));
        window.move_by(1);
        assert_eq!((window.cursor(), window.visible()), (Some(10), 1..11));
        window.last();
        assert_eq!((window.cursor(), window.visible()), (Some(99), 90..100));
        window.move_by(-5);
        assert_eq!(window.visible(), 90..100, "no scrolling while the cursor is in view");
        window.first();
        assert_eq!((window.cursor(), window.visible()), (Some(0), 0..10));
    }

    #[test]
    fn pages_move_view_and_cursor_together() {
        let mut window = Window::new(100, 10);
        window.move_by(3);
        window.half_page(1);
        assert_eq!((window.cursor(), window.offset()), (Some(8), 5));
        window.page(1);
        assert_eq!((window.cursor(), window.offset()), (Some(17), 14));
        window.half_page(-9);
        assert_eq!((window.cursor(), window.offset()), (Some(0), 0));
        window.page(99);
        assert_eq!((window.cursor(), window.offset()), (Some(99), 90));
    }

    #[test]
    fn a_shorter_list_takes_the_cursor_along() {
        let mut window = Window::new(100, 10);
        window.last();
        window.set_len(95);
        assert_eq!((window.cursor(), window.visible()), (Some(94), 85..95));
        window.set_len(3);
        assert_eq!((window.cursor(), window.visible()), (Some(2), 0..3));
        window.set_len(0);
        assert_eq!((window.cursor(), window.visible()), (None, 0..0));
    }

    #[test]
    fn the_wheel_moves_the_view_first() {
        let mut window = Window::new(100, 10);
        window.move_by(5);
        window.scroll(3);
        assert_eq!((window.cursor(), window.offset()), (Some(5), 3));
        window.scroll(3);
        assert_eq!((window.cursor(), window.offset()), (Some(6), 6));
        window.scroll(-99);
        assert_eq!((window.cursor(), window.offset()), (Some(6), 0));
        assert_eq!(window.at(9), Some(9));
        assert_eq!(window.at(10), None);
    }

    #[test]
    fn a_smaller_screen_keeps_the_cursor_in_view() {
        let mut window = Window::new(100, 30);
        window.go_to(25);
        window.resize(10);
        assert!(window.visible().contains(&25));
        window.resize(200);
        assert_eq!(window.visible(), 0..100);
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_in_view(
            len in 0usize..50, height in 0usize..20,
            acts in prop::collection::vec((0u8..6, -60isize..60), 0..20),
        ) {
            let mut window = Window::new(len, height);
            for (act, by) in acts {
                match act {
                    0 => window.move_by(by),
                    1 => window.scroll(by),
                    2 => window.page(by),
                    3 => window.half_page(by),
                    4 => window.set_len(by.unsigned_abs()),
                    _ => window.resize(by.unsigned_abs()),
                }
                if let Some(cursor) = window.cursor() {
                    prop_assert!(window.height() == 0 || window.visible().contains(&cursor));
                    prop_assert!(window.screen_row().is_some());
                }
                prop_assert!(window.visible().end <= window.len());
                prop_assert!(window.len() < window.height() || window.visible().len() == window.height());
            }
        }
    }
}
