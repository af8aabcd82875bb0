//! What a timeline holds: its months, the entries that were read, what is folded; as a column to look at.

use super::super::column::{Column, Rows, View};
use super::super::entry;
use super::super::facts::Fact;
use crate::domain::answer::{Item, Month, Period, TimelinePage};
use crate::domain::id::{ActivityId, RecordId};
use crate::ui::Cx;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Months are unfolded at first until so many entries stand above.
const OPEN_UNTIL: usize = 20;
/// Entries that are kept in memory, and how far around the cursor when there are more.
const KEPT_MOST: usize = 2_000;
const KEPT_AROUND: usize = 500;
/// Rows of a folded entry.
const FOLDED: usize = 2;

/// A place in a timeline: the head of a month, an entry of it, a record that the entry is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub month: usize,
    /// Place in the whole timeline.
    pub entry: Option<usize>,
    /// Among the records that are seen.
    pub target: Option<usize>,
}

impl Spot {
    pub fn head(month: usize) -> Spot {
        Spot { month, entry: None, target: None }
    }
}

/// An unfolded entry.
pub struct Unfolded {
    /// Below its first line.
    pub lines: Vec<Fact>,
    pub targets: usize,
}

#[derive(Default)]
pub struct Body {
    pub months: Vec<Month>,
    /// Place of each month's first entry.
    starts: Vec<usize>,
    matching: usize,
    items: BTreeMap<usize, Item>,
    /// Months that were folded or unfolded by hand.
    pub folds: HashMap<Period, bool>,
    unfolded: HashMap<ActivityId, Unfolded>,
    pub compact: bool,
    /// What is searched, folded. What is left holds all of it: its months are open.
    pub words: Vec<String>,
    /// Cells of text in an entry.
    pub text_width: u16,
}

impl Body {
    pub fn replace(&mut self, page: &TimelinePage) {
        self.items.clear();
        self.matching = page.matching;
        self.months.clone_from(&page.months);
        let sums = self.months.iter().scan(0, |sum, month| Some(std::mem::replace(sum, *sum + month.count)));
        self.starts = sums.collect();
    }

    pub fn insert(&mut self, page: TimelinePage) {
        self.items.extend((page.from..self.matching).zip(page.items));
    }

    /// Keeps what is near the cursor, so that scrolling through a long life does not fill the memory.
    pub fn forget_far(&mut self, cursor: Option<Spot>) {
        if self.items.len() > KEPT_MOST {
            let start = |spot: Spot| spot.entry.or_else(|| self.starts.get(spot.month).copied());
            let middle = cursor.and_then(start).unwrap_or(0);
            self.items.retain(|place, _| place.abs_diff(middle) <= KEPT_AROUND);
        }
    }

    /// Activities that pass the filters.
    pub fn matching(&self) -> usize {
        self.matching
    }

    pub fn item(&self, entry: usize) -> Option<&Item> {
        self.items.get(&entry)
    }

    pub fn is_open(&self, month: usize) -> bool {
        let Some(head) = self.months.get(month) else { return false };
        let at_first = !self.words.is_empty() || self.starts[month] < OPEN_UNTIL;
        self.folds.get(&head.period).copied().unwrap_or(at_first)
    }

    pub fn is_pinned(&self, spot: Spot) -> bool {
        self.months.get(spot.month).is_some_and(|month| month.period == Period::Pinned)
    }

    pub fn set_open(&mut self, month: usize, open: bool) {
        if let Some(head) = self.months.get(month) {
            self.folds.insert(head.period, open);
        }
    }

    pub fn is_unfolded(&self, id: ActivityId) -> bool {
        self.unfolded.contains_key(&id)
    }

    pub fn unfold(&mut self, entry: usize, here: RecordId, cx: &Cx) {
        let Some(item) = self.items.get(&entry) else { return };
        let unfolded = Unfolded {
            lines: entry::unfold(item, here, &self.words, self.text_width, cx),
            targets: entry::seen_targets(item).len(),
        };
        self.unfolded.insert(item.activity.id, unfolded);
    }

    pub fn fold(&mut self, id: ActivityId) {
        self.unfolded.remove(&id);
    }

    /// Breaks unfolded texts anew: for another width, or because they may read differently now.
    pub fn rewrap(&mut self, here: RecordId, cx: &Cx) {
        let is_open = |item: &Item| self.unfolded.contains_key(&item.activity.id);
        let open: Vec<usize> = self.items.iter().filter(|(_, item)| is_open(item)).map(|(place, _)| *place).collect();
        for entry in open {
            self.unfold(entry, here, cx);
        }
    }

    /// What an unfolded entry consists of.
    pub fn unfolded_at(&self, entry: usize) -> Option<&Unfolded> {
        self.unfolded.get(&self.items.get(&entry)?.activity.id)
    }

    pub fn spot_of(&self, entry: usize) -> Spot {
        let month = self.starts.partition_point(|start| *start <= entry).saturating_sub(1);
        Spot { month, entry: Some(entry), target: None }
    }

    /// The entry so many places after a spot, or before it.
    pub fn beside(&self, spot: Spot, by: isize) -> Option<usize> {
        let last = self.matching.checked_sub(1)?;
        let start = self.starts.get(spot.month).copied()?;
        let at = match spot.entry {
            Some(entry) => entry.checked_add_signed(by)?,
            // From a head its first entry is the next one, that above it the one before.
            None if by > 0 => start.checked_add_signed(by - 1)?,
            None => start.checked_add_signed(by)?,
        };
        (at <= last).then_some(at)
    }

    fn entries(&self, month: usize) -> Range<usize> {
        match (self.starts.get(month), self.months.get(month)) {
            (Some(start), Some(month)) => *start..start + month.count,
            _ => 0..0,
        }
    }

    fn head_after(&self, month: usize) -> Option<Spot> {
        (month + 1 < self.months.len()).then(|| Spot::head(month + 1))
    }

    /// The last spot of an entry: its last record when it is unfolded.
    fn end_of(&self, entry: usize) -> Spot {
        let target = self.unfolded_at(entry).and_then(|unfolded| unfolded.targets.checked_sub(1));
        Spot { target, ..self.spot_of(entry) }
    }

    fn end_of_month(&self, month: usize) -> Spot {
        match self.entries(month).last() {
            Some(last) if self.is_open(month) => self.end_of(last),
            _ => Spot::head(month),
        }
    }

    /// Places of the entries on the screen, from the first to the last.
    pub fn entries_at(&self, view: &View<Spot>) -> Option<Range<usize>> {
        let seen: Vec<usize> = view.seen(self).iter().filter_map(|seen| seen.spot.entry).collect();
        Some(*seen.first()?..seen.last()? + 1)
    }

    /// The first piece that is not read yet of what is on the screen, a screen below and half of one above it.
    pub fn missing(&self, view: &View<Spot>, most: usize) -> Option<Range<usize>> {
        let mut spot = view.seen(self).first()?.spot;
        for _ in 0..view.height() / 2 {
            spot = self.before(spot).unwrap_or(spot);
        }
        let mut missing: Option<Range<usize>> = None;
        for _ in 0..view.height() * 2 {
            if let Some(entry) = spot.entry.filter(|entry| !self.items.contains_key(entry)) {
                let from = missing.as_ref().map_or(entry, |missing| missing.start);
                if entry < from + most {
                    missing = Some(from..entry + 1);
                }
            }
            let Some(next) = self.after(spot) else { break };
            spot = next;
        }
        missing
    }

    fn gap_between(&self) -> usize {
        usize::from(!self.compact)
    }

    fn head_gap(&self, month: usize) -> usize {
        let parted = month > 0 && (self.is_open(month) || self.is_open(month - 1));
        usize::from(parted)
    }

    /// Rows of the first `entries` entries of an unfolded month.
    fn rows_of(&self, month: usize, entries: usize) -> usize {
        let start = self.starts.get(month).copied().unwrap_or(0);
        let more = |entry: usize| {
            let unfolded = self.unfolded_at(entry)?;
            Some(unfolded.lines.len() + 1 + unfolded.targets - FOLDED)
        };
        let mut rows = entries * FOLDED + entries.saturating_sub(1) * self.gap_between();
        if !self.unfolded.is_empty() {
            rows += self.items.range(start..start + entries).filter_map(|(entry, _)| more(*entry)).sum::<usize>();
        }
        rows
    }

    fn month_rows(&self, month: usize) -> usize {
        let entries = if self.is_open(month) { self.rows_of(month, self.entries(month).len()) } else { 0 };
        self.head_gap(month) + 1 + entries
    }
}

impl Column for Body {
    type Spot = Spot;

    fn first(&self) -> Option<Spot> {
        (!self.months.is_empty()).then(|| Spot::head(0))
    }

    fn last(&self) -> Option<Spot> {
        self.months.len().checked_sub(1).map(|month| self.end_of_month(month))
    }

    fn after(&self, spot: Spot) -> Option<Spot> {
        let Some(entry) = spot.entry else {
            let first = self.entries(spot.month).next().filter(|_| self.is_open(spot.month));
            return first.map(|entry| self.spot_of(entry)).or_else(|| self.head_after(spot.month));
        };
        let targets = self.unfolded_at(entry).map_or(0, |unfolded| unfolded.targets);
        let next = spot.target.map_or(0, |target| target + 1);
        if next < targets {
            return Some(Spot { target: Some(next), ..spot });
        }
        if self.entries(spot.month).contains(&(entry + 1)) {
            return Some(self.spot_of(entry + 1));
        }
        self.head_after(spot.month)
    }

    fn before(&self, spot: Spot) -> Option<Spot> {
        match (spot.entry, spot.target) {
            (Some(_), Some(target)) => Some(Spot { target: target.checked_sub(1), ..spot }),
            (Some(entry), None) if entry > self.entries(spot.month).start => Some(self.end_of(entry - 1)),
            (Some(_), None) => Some(Spot::head(spot.month)),
            (None, _) => spot.month.checked_sub(1).map(|month| self.end_of_month(month)),
        }
    }

    fn nearest(&self, spot: Spot) -> Option<Spot> {
        let last = self.months.len().checked_sub(1)?;
        let Some(entry) = spot.entry else { return Some(Spot::head(spot.month.min(last))) };
        let at = self.spot_of(entry.min(self.matching.saturating_sub(1)));
        if !self.is_open(at.month) {
            return Some(Spot::head(at.month));
        }
        let targets = at.entry.and_then(|entry| self.unfolded_at(entry)).map_or(0, |unfolded| unfolded.targets);
        Some(Spot { target: spot.target.filter(|target| *target < targets), ..at })
    }

    fn rows(&self, spot: Spot) -> Rows {
        match (spot.entry, spot.target) {
            (_, Some(_)) => Rows { gap: 0, own: 1 },
            (Some(entry), None) => {
                let is_first = self.entries(spot.month).start == entry;
                let own = self.unfolded_at(entry).map_or(FOLDED, |unfolded| 1 + unfolded.lines.len());
                Rows { gap: if is_first { 0 } else { self.gap_between() }, own }
            }
            (None, None) => Rows { gap: self.head_gap(spot.month), own: 1 },
        }
    }

    fn total(&self) -> usize {
        (0..self.months.len()).map(|month| self.month_rows(month)).sum()
    }

    fn above(&self, spot: Spot) -> usize {
        let months: usize = (0..spot.month).map(|month| self.month_rows(month)).sum();
        let Some(entry) = spot.entry else { return months };
        let earlier = entry.saturating_sub(self.entries(spot.month).start);
        let own = spot.target.map_or(0, |target| self.rows(Spot { target: None, ..spot }).all() + target);
        months + self.head_gap(spot.month) + 1 + self.rows_of(spot.month, earlier) + own
    }
}
