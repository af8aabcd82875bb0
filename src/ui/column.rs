//! A column of things of different heights, of which a part is seen: its cursor, its scrolling, and what stands where.
//! Nothing here walks further than a screen, so a column may have any number of spots.

use crate::keys::Command;
use std::cmp::Ordering;

/// Rows of one spot of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rows {
    /// Blank ones above it.
    pub gap: usize,
    pub own: usize,
}

impl Rows {
    pub fn all(self) -> usize {
        self.gap + self.own
    }
}

/// What a [`View`] looks at. Spots are ordered as they stand, from the top.
pub trait Column {
    type Spot: Copy + Ord;

    fn first(&self) -> Option<Self::Spot>;
    fn last(&self) -> Option<Self::Spot>;
    fn after(&self, spot: Self::Spot) -> Option<Self::Spot>;
    fn before(&self, spot: Self::Spot) -> Option<Self::Spot>;
    /// The spot itself, or where it would be looked for when it is gone.
    fn nearest(&self, spot: Self::Spot) -> Option<Self::Spot>;
    fn rows(&self, spot: Self::Spot) -> Rows;
    /// All rows of the column, and those above a spot: what the scrollbar shows.
    fn total(&self) -> usize;
    fn above(&self, spot: Self::Spot) -> usize;
}

/// A column that is known whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sizes(pub Vec<Rows>);

impl Column for Sizes {
    type Spot = usize;

    fn first(&self) -> Option<usize> {
        (!self.0.is_empty()).then_some(0)
    }

    fn last(&self) -> Option<usize> {
        self.0.len().checked_sub(1)
    }

    fn after(&self, spot: usize) -> Option<usize> {
        Some(spot + 1).filter(|spot| *spot < self.0.len())
    }

    fn before(&self, spot: usize) -> Option<usize> {
        spot.checked_sub(1).filter(|spot| *spot < self.0.len())
    }

    fn nearest(&self, spot: usize) -> Option<usize> {
        self.last().map(|last| spot.min(last))
    }

    fn rows(&self, spot: usize) -> Rows {
        self.0.get(spot).copied().unwrap_or_default()
    }

    fn total(&self) -> usize {
        self.0.iter().map(|rows| rows.all()).sum()
    }

    fn above(&self, spot: usize) -> usize {
        self.0.iter().take(spot).map(|rows| rows.all()).sum()
    }
}

/// The rows of a spot that are on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen<S> {
    pub spot: S,
    /// Row of the screen, from the view's top.
    pub y: usize,
    /// Own rows that are cut off above.
    pub cut: usize,
    /// Own rows that are seen.
    pub rows: usize,
}

/// What is seen of a column, and its cursor.
#[derive(Debug, Clone)]
pub struct View<S> {
    cursor: Option<S>,
    /// The topmost spot, and how many of its rows (blank ones first) are above the screen.
    top: Option<(S, usize)>,
    height: usize,
}

impl<S> Default for View<S> {
    fn default() -> Self {
        View { cursor: None, top: None, height: 0 }
    }
}

impl<S: Copy + Ord> View<S> {
    pub fn cursor(&self) -> Option<S> {
        self.cursor
    }

    pub fn height(&self) -> usize {
        self.height
    }

    /// Takes a height, and sets cursor and top where the column still has them.
    pub fn settle(&mut self, column: &impl Column<Spot = S>, height: usize) {
        self.height = height;
        let first = column.first();
        self.cursor = self.cursor.map_or(first, |spot| column.nearest(spot));
        self.top = match self.top {
            Some((spot, cut)) if column.nearest(spot) == Some(spot) => Some((spot, cut)),
            Some((spot, _)) => column.nearest(spot).map(|spot| (spot, 0)),
            None => first.map(|first| (first, 0)),
        };
        self.top = self.top.min(self.furthest(column));
        self.reveal(column);
    }

    /// Puts the cursor on a spot of a column that is about to be settled.
    pub fn put_cursor(&mut self, spot: S) {
        self.cursor = Some(spot);
    }

    /// Puts the cursor on a spot, and the spot on the screen.
    pub fn go_to(&mut self, column: &impl Column<Spot = S>, spot: S) {
        self.cursor = Some(spot);
        self.enter(column, true);
    }

    pub fn first(&mut self, column: &impl Column<Spot = S>) {
        if let Some(first) = column.first() {
            self.go_to(column, first);
        }
    }

    pub fn last(&mut self, column: &impl Column<Spot = S>) {
        if let Some(last) = column.last() {
            self.go_to(column, last);
        }
    }

    /// Moves the cursor by so many spots; what is higher than the screen is read row by row first.
    pub fn move_by(&mut self, column: &impl Column<Spot = S>, by: isize) {
        for _ in 0..by.unsigned_abs() {
            if !self.step(column, by > 0) {
                break;
            }
        }
        self.enter(column, by > 0);
    }

    /// Shows the cursor's spot; of one that is higher than the screen what comes first on the way.
    fn enter(&mut self, column: &impl Column<Spot = S>, down: bool) {
        self.reveal(column);
        let Some(cursor) = self.cursor else { return };
        let rows = column.rows(cursor);
        let fills = self.seen(column).iter().any(|seen| seen.spot == cursor && seen.rows == self.height);
        if rows.own > self.height && !fills {
            self.top = Some(if down { (cursor, rows.gap) } else { self.top_for(column, cursor) });
        }
    }

    fn step(&mut self, column: &impl Column<Spot = S>, down: bool) -> bool {
        let Some(cursor) = self.cursor else { return false };
        if column.rows(cursor).own > self.height {
            self.reveal(column);
            if self.is_hidden(column, cursor, down) {
                self.top = self.top.map(|top| if down { advance(column, top, 1) } else { retreat(column, top, 1) });
                return true;
            }
        }
        let next = if down { column.after(cursor) } else { column.before(cursor) };
        self.cursor = next.or(self.cursor);
        next.is_some()
    }

    /// Whether a spot has own rows below the screen, or above it.
    fn is_hidden(&self, column: &impl Column<Spot = S>, spot: S, below: bool) -> bool {
        let seen = self.seen(column).into_iter().find(|seen| seen.spot == spot);
        seen.is_some_and(|seen| if below { seen.cut + seen.rows < column.rows(spot).own } else { seen.cut > 0 })
    }

    /// Half of what is seen, view and cursor together; `times` may be negative.
    pub fn half_page(&mut self, column: &impl Column<Spot = S>, times: isize) {
        self.leap(column, times, (self.height / 2).max(1));
    }

    /// All but one row of what is seen.
    pub fn page(&mut self, column: &impl Column<Spot = S>, times: isize) {
        self.leap(column, times, self.height.saturating_sub(1).max(1));
    }

    fn leap(&mut self, column: &impl Column<Spot = S>, times: isize, rows: usize) {
        for _ in 0..times.unsigned_abs() {
            let before = (self.cursor, self.top);
            self.scroll_top(column, if times > 0 { rows as isize } else { -(rows as isize) });
            self.cursor = self.cursor.map(|cursor| passed(column, cursor, rows, times > 0));
            self.reveal(column);
            if before == (self.cursor, self.top) {
                break;
            }
        }
    }

    /// Moves the view as the wheel does; the cursor moves only to stay in it.
    pub fn scroll(&mut self, column: &impl Column<Spot = S>, rows: isize) {
        self.scroll_top(column, rows);
        let seen = self.seen(column);
        let whole: Vec<S> =
            seen.iter().filter(|seen| seen.rows == column.rows(seen.spot).own).map(|seen| seen.spot).collect();
        let ends = whole.first().zip(whole.last()).or_else(|| {
            let spots = seen.first().zip(seen.last());
            spots.map(|(first, last)| (&first.spot, &last.spot))
        });
        if let (Some(cursor), Some((first, last))) = (self.cursor, ends)
            && !seen.iter().any(|seen| seen.spot == cursor && column.rows(cursor).own > self.height)
        {
            self.cursor = Some(cursor.clamp(*first, *last));
        }
    }

    fn scroll_top(&mut self, column: &impl Column<Spot = S>, rows: isize) {
        let by = rows.unsigned_abs();
        self.top = self.top.map(|top| if rows > 0 { advance(column, top, by) } else { retreat(column, top, by) });
        self.top = self.top.min(self.furthest(column));
    }

    /// What is on the screen, from the top.
    pub fn seen(&self, column: &impl Column<Spot = S>) -> Vec<Seen<S>> {
        let mut seen = Vec::new();
        let Some((mut spot, mut cut)) = self.top else { return seen };
        let mut y = 0;
        while y < self.height {
            let rows = column.rows(spot);
            y += rows.gap.saturating_sub(cut);
            let cut_own = cut.saturating_sub(rows.gap);
            let shown = rows.own.saturating_sub(cut_own).min(self.height.saturating_sub(y));
            if shown > 0 {
                seen.push(Seen { spot, y, cut: cut_own, rows: shown });
            }
            y += shown;
            cut = 0;
            let Some(next) = column.after(spot) else { break };
            spot = next;
        }
        seen
    }

    /// The spot at a row of the screen.
    pub fn at(&self, column: &impl Column<Spot = S>, row: usize) -> Option<Seen<S>> {
        self.seen(column).into_iter().find(|seen| (seen.y..seen.y + seen.rows).contains(&row))
    }

    /// Rows above the screen.
    pub fn offset(&self, column: &impl Column<Spot = S>) -> usize {
        self.top.map_or(0, |(spot, cut)| column.above(spot) + cut)
    }

    /// The top at which the last row stands at the bottom.
    fn furthest(&self, column: &impl Column<Spot = S>) -> Option<(S, usize)> {
        column.last().map(|last| self.top_for(column, last))
    }

    /// The top at which the last row of a spot stands at the bottom.
    fn top_for(&self, column: &impl Column<Spot = S>, spot: S) -> (S, usize) {
        let rows = column.rows(spot);
        match rows.own.cmp(&self.height) {
            Ordering::Greater | Ordering::Equal => (spot, rows.all().saturating_sub(self.height)),
            Ordering::Less => retreat(column, (spot, rows.gap), self.height - rows.own),
        }
    }

    fn reveal(&mut self, column: &impl Column<Spot = S>) {
        let (Some(cursor), Some(top)) = (self.cursor, self.top) else { return };
        let rows = column.rows(cursor);
        let at = self.seen(column).into_iter().find(|seen| seen.spot == cursor);
        match at {
            Some(seen) if seen.rows == rows.own || rows.own > self.height => {}
            Some(seen) if seen.cut == 0 => self.top = Some(self.top_for(column, cursor)),
            None if cursor > top.0 && rows.own <= self.height => self.top = Some(self.top_for(column, cursor)),
            _ if column.before(cursor).is_none() => self.top = Some((cursor, 0)),
            _ => self.top = Some((cursor, rows.gap)),
        }
    }
}

/// Obeys a command that moves the cursor; false if it is another.
pub fn moved<C: Column>(view: &mut View<C::Spot>, column: &C, command: Command, count: Option<u32>) -> bool {
    let times = count.unwrap_or(1).max(1) as isize;
    match command {
        Command::MoveDown => view.move_by(column, times),
        Command::MoveUp => view.move_by(column, -times),
        Command::HalfPageDown => view.half_page(column, times),
        Command::HalfPageUp => view.half_page(column, -times),
        Command::PageDown => view.page(column, times),
        Command::PageUp => view.page(column, -times),
        Command::First => view.first(column),
        Command::Last => view.last(column),
        _ => return false,
    }
    true
}

/// A place so many rows further down; not past the last spot.
fn advance<C: Column>(column: &C, (mut spot, cut): (C::Spot, usize), by: usize) -> (C::Spot, usize) {
    let mut left = cut + by;
    loop {
        let rows = column.rows(spot).all();
        match column.after(spot) {
            Some(next) if left >= rows => {
                left -= rows;
                spot = next;
            }
            Some(_) => return (spot, left),
            None => return (spot, left.min(rows.saturating_sub(1))),
        }
    }
}

/// A place so many rows further up; not past the first spot.
fn retreat<C: Column>(column: &C, (mut spot, mut cut): (C::Spot, usize), mut by: usize) -> (C::Spot, usize) {
    while by > cut {
        by -= cut;
        let Some(previous) = column.before(spot) else { return (spot, 0) };
        spot = previous;
        cut = column.rows(spot).all();
    }
    (spot, cut - by)
}

/// The spot that is so many rows away, at least the next one where there is one.
fn passed<C: Column>(column: &C, from: C::Spot, rows: usize, down: bool) -> C::Spot {
    let (mut spot, mut walked) = (from, 0);
    while walked < rows {
        let next = if down { column.after(spot) } else { column.before(spot) };
        let Some(next) = next else { break };
        walked += column.rows(if down { spot } else { next }).all();
        if walked > rows && spot != from {
            break;
        }
        spot = next;
    }
    spot
}

#[cfg(test)]
mod tests;
