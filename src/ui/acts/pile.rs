//! The acts that were read, as a column to look at: those around what is seen, with what some of them unfold to.

use super::super::column::{Column, Rows, View};
use super::unfold::{Jump, Unfolded};
use crate::domain::change::ActHead;
use crate::domain::id::ActNo;
use crate::ui::Cx;
use crate::workspace::review::{ActsPage, Anchor, Closely};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

/// Acts that are kept in memory, and how many on each side of the cursor when there are more.
const KEPT_MOST: usize = 2_000;
const KEPT_AROUND: usize = 500;
/// Acts that are known closely before they are forgotten.
const KNOWN_MOST: usize = 200;

/// An act, or a line of what it unfolds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    no: Reverse<u64>,
    leaf: Option<usize>,
}

impl Spot {
    pub fn of(no: ActNo) -> Spot {
        Spot { no: Reverse(no.0), leaf: None }
    }

    pub fn no(self) -> ActNo {
        ActNo(self.no.0)
    }

    pub fn is_leaf(self) -> bool {
        self.leaf.is_some()
    }

    /// Its place among the lines of its act.
    pub fn leaf(self) -> Option<usize> {
        self.leaf
    }
}

#[derive(Default)]
pub struct Pile {
    /// The last act first.
    heads: Vec<ActHead>,
    /// The numbers that were looked at for them.
    looked: Option<RangeInclusive<u64>>,
    /// Number of the last act of all.
    last: u64,
    unfolded: BTreeSet<ActNo>,
    /// `None`: it is not for this user.
    known: HashMap<ActNo, Option<Box<Closely>>>,
    laid: HashMap<ActNo, Unfolded>,
    width: u16,
}

impl Pile {
    pub fn is_read(&self) -> bool {
        self.looked.is_some()
    }

    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    pub fn last_no(&self) -> u64 {
        self.last
    }

    pub fn has_older(&self) -> bool {
        self.looked.as_ref().is_some_and(|looked| *looked.start() > 1)
    }

    pub fn has_newer(&self) -> bool {
        self.looked.as_ref().is_some_and(|looked| *looked.end() < self.last)
    }

    fn place(&self, no: u64) -> Result<usize, usize> {
        self.heads.binary_search_by_key(&Reverse(no), |head| Reverse(head.act.no.0))
    }

    pub fn head(&self, no: ActNo) -> Option<&ActHead> {
        self.heads.get(self.place(no.0).ok()?)
    }

    pub fn spot(&self, no: ActNo) -> Option<Spot> {
        self.nearest(Spot::of(no))
    }

    pub fn end(&self) -> Option<Spot> {
        self.last()
    }

    /// Takes a piece: more on one side, or another place altogether. What is far from the cursor is forgotten.
    pub fn take(&mut self, anchor: Anchor, page: ActsPage, cursor: Option<ActNo>) {
        self.last = page.last;
        let (low, high) = (*page.looked.start(), *page.looked.end());
        match (anchor, self.looked.take()) {
            (Anchor::Before(_), Some(looked)) => {
                self.heads.extend(page.heads);
                self.looked = Some(low..=*looked.end());
            }
            (Anchor::After(_), Some(looked)) => {
                self.heads.splice(0..0, page.heads);
                self.looked = Some(*looked.start()..=high);
            }
            _ => {
                self.heads = page.heads;
                self.looked = Some(low..=high);
            }
        }
        self.forget_far(cursor);
    }

    fn forget_far(&mut self, cursor: Option<ActNo>) {
        let Some(looked) = self.looked.clone().filter(|_| self.heads.len() > KEPT_MOST) else { return };
        let (Ok(at) | Err(at)) = self.place(cursor.map_or(self.last, |no| no.0));
        let (from, to) = (at.saturating_sub(KEPT_AROUND), (at + KEPT_AROUND).min(self.heads.len()));
        let is_cut = |cut: bool, at: usize, whole: u64| if cut { self.heads[at].act.no.0 } else { whole };
        let low = is_cut(to < self.heads.len(), to - 1, *looked.start());
        let high = is_cut(from > 0, from, *looked.end());
        self.heads = self.heads[from..to].to_vec();
        self.looked = Some(low..=high);
    }

    /// Acts may be undone by now, or stand in each other's way.
    pub fn outdated(&mut self) {
        self.known.clear();
    }

    /// The piece that is to be read next for what is on the screen and a screen around it.
    pub fn missing(&self, view: &View<Spot>) -> Option<Anchor> {
        let looked = self.looked.as_ref()?;
        let seen = view.seen(self);
        let place = |spot: Option<Spot>, none| spot.map_or(none, |spot| self.place(spot.no.0).unwrap_or(none));
        let last = place(seen.last().map(|seen| seen.spot), 0);
        if self.has_older() && last + view.height() >= self.heads.len() {
            return Some(Anchor::Before(ActNo(*looked.start())));
        }
        let first = place(seen.first().map(|seen| seen.spot), 0);
        (self.has_newer() && first < view.height()).then(|| Anchor::After(ActNo(*looked.end())))
    }

    /// The act that is to be looked at closely next: that under the cursor, else an unfolded one.
    pub fn unknown(&self, cursor: Option<Spot>) -> Option<ActNo> {
        let wanted = cursor.map(Spot::no).into_iter().chain(self.unfolded.iter().copied());
        wanted.into_iter().find(|no| self.head(*no).is_some() && !self.known.contains_key(no))
    }

    pub fn know(&mut self, no: ActNo, closely: Option<Box<Closely>>) {
        if self.known.len() >= KNOWN_MOST {
            self.known.retain(|no, _| self.unfolded.contains(no));
        }
        self.known.insert(no, closely);
        self.laid.remove(&no);
    }

    pub fn closely(&self, no: ActNo) -> Option<&Closely> {
        self.known.get(&no)?.as_deref()
    }

    pub fn is_unfolded(&self, no: ActNo) -> bool {
        self.unfolded.contains(&no)
    }

    pub fn set_fold(&mut self, no: ActNo, unfold: bool) {
        if unfold {
            self.unfolded.insert(no);
        } else {
            self.unfolded.remove(&no);
            self.laid.remove(&no);
        }
    }

    /// Writes what is unfolded in lines of that width. What was written stays until it is known anew.
    pub fn lay(&mut self, width: u16, cx: &Cx) {
        if self.width != width {
            self.laid.clear();
            self.width = width;
        }
        for no in &self.unfolded {
            let laid = match self.known.get(no) {
                _ if self.laid.contains_key(no) => continue,
                Some(None) => continue,
                Some(Some(closely)) => Unfolded::of(closely, width, cx),
                None => Unfolded::awaited(cx),
            };
            self.laid.insert(*no, laid);
        }
    }

    pub fn unfolded(&self, no: ActNo) -> Option<&Unfolded> {
        self.laid.get(&no)
    }

    pub fn jump(&self, spot: Spot) -> Option<Jump> {
        self.laid.get(&spot.no())?.leaves.get(spot.leaf?)?.jump
    }

    pub fn is_dead_end(&self, spot: Option<Spot>) -> bool {
        spot.is_some_and(|spot| spot.is_leaf() && self.jump(spot).is_none())
    }

    fn leaves(&self, no: u64) -> usize {
        self.laid.get(&ActNo(no)).map_or(0, |unfolded| unfolded.leaves.len())
    }

    fn at(&self, place: usize) -> Option<Spot> {
        self.heads.get(place).map(|head| Spot::of(head.act.no))
    }
}

impl Column for Pile {
    type Spot = Spot;

    fn first(&self) -> Option<Spot> {
        self.at(0)
    }

    fn last(&self) -> Option<Spot> {
        let last = self.at(self.heads.len().checked_sub(1)?)?;
        Some(Spot { leaf: self.leaves(last.no.0).checked_sub(1), ..last })
    }

    fn after(&self, spot: Spot) -> Option<Spot> {
        let next = spot.leaf.map_or(0, |leaf| leaf + 1);
        if next < self.leaves(spot.no.0) {
            return Some(Spot { leaf: Some(next), ..spot });
        }
        match self.place(spot.no.0) {
            Ok(place) => self.at(place + 1),
            Err(place) => self.at(place),
        }
    }

    fn before(&self, spot: Spot) -> Option<Spot> {
        if let Some(leaf) = spot.leaf {
            return Some(Spot { leaf: leaf.checked_sub(1), ..spot });
        }
        let (Ok(place) | Err(place)) = self.place(spot.no.0);
        let before = self.at(place.checked_sub(1)?)?;
        Some(Spot { leaf: self.leaves(before.no.0).checked_sub(1), ..before })
    }

    fn nearest(&self, spot: Spot) -> Option<Spot> {
        match self.place(spot.no.0) {
            Ok(_) => Some(Spot { leaf: spot.leaf.filter(|leaf| *leaf < self.leaves(spot.no.0)), ..spot }),
            Err(place) => self.at(place.min(self.heads.len().checked_sub(1)?)),
        }
    }

    fn rows(&self, spot: Spot) -> Rows {
        let more = || self.laid.get(&spot.no()).map_or(0, |unfolded| unfolded.lines.len());
        let after_unfolded = || {
            let before = self.place(spot.no.0).ok().and_then(|place| self.heads.get(place.checked_sub(1)?));
            before.is_some_and(|head| self.laid.contains_key(&head.act.no))
        };
        match spot.leaf {
            Some(_) => Rows { gap: 0, own: 1 },
            None => Rows { gap: usize::from(after_unfolded()), own: 1 + more() },
        }
    }

    fn total(&self) -> usize {
        self.last as usize
    }

    fn above(&self, spot: Spot) -> usize {
        self.last.saturating_sub(spot.no.0) as usize
    }
}
