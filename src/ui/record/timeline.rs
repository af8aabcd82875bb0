//! The timeline pane: what happened with a record, by months, read in pieces as one scrolls. The types that it can be
//! narrowed to are rows of [`TABS`].

mod body;
mod draw;
mod narrowed;

use super::column::{Seen, View, moved};
use super::entry;
use crate::domain::activity::ActivityKind;
use crate::domain::answer::{Item, TimelinePage};
use crate::domain::id::{ActivityId, PropertyId, RecordId};
use crate::keys::Command;
use crate::ui::Cx;
use crate::ui::kept::KeptTimeline;
use crate::ui::terminal::Input;
use crate::workspace::request::{Request, TimelineAsk};
use body::{Body, Spot};
use chrono::{DateTime, Utc};
use narrowed::{Narrowed, Of};
use ratatui::layout::Rect;
use std::ops::Range;

pub use draw::{Density, Pane};

/// Activities that are asked for at first, and later at least and at most.
pub const PIECE: usize = 50;
const PIECE_MOST: usize = 200;

/// The tabs: what each is called and takes in; none is all.
const TABS: &[(&str, &[ActivityKind])] = &[
    ("Timeline", &[]),
    ("Calls", &[ActivityKind::Call]),
    ("E-mails", &[ActivityKind::Email]),
    ("Meetings", &[ActivityKind::Meeting]),
    ("Notes", &[ActivityKind::Note]),
    ("Tasks", &[ActivityKind::Task]),
    ("Messages", &[ActivityKind::PostalMail, ActivityKind::LinkedIn, ActivityKind::Sms, ActivityKind::WhatsApp]),
];

/// What the next answer does to what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Next {
    /// It adds a piece.
    #[default]
    Adds,
    /// It takes the place of all, since something changed.
    Replaces,
    /// The same, and is shown from its start.
    Begins,
    /// The same, and is shown from what was until then.
    Jumps(DateTime<Utc>),
}

#[derive(Default)]
pub struct Timeline {
    narrowed: Narrowed,
    body: Body,
    view: View<Spot>,
    /// What was asked last. It is not asked again by itself: an answer may say less than was asked for.
    asked: Option<Range<usize>>,
    next: Next,
    /// An answer was shown.
    is_there: bool,
    /// Unfolded texts may read differently since the last frame.
    reads_anew: bool,
    /// Where the chips were drawn last, and the rows that stand above the column for them.
    chips: Vec<(Rect, Of)>,
    above: u16,
}

/// What is under the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Under {
    Nothing,
    /// A head or entry, folded or not.
    Foldable {
        unfolded: bool,
    },
    /// A record that an activity is on.
    Record(RecordId),
    /// A property whose whole value is seen.
    Property(PropertyId),
    /// What stands for all other properties.
    More,
}

impl Timeline {
    /// For another record: nothing is known yet; what was chosen stays.
    pub fn reset(&mut self) {
        let compact = self.body.compact;
        *self = Timeline { narrowed: std::mem::take(&mut self.narrowed), ..Timeline::default() };
        self.body.compact = compact;
    }

    pub fn tab(&self) -> usize {
        self.narrowed.tab
    }

    /// Name of the open tab.
    pub fn tab_name(&self) -> &'static str {
        TABS[self.tab()].0
    }

    pub fn narrowed(&self) -> &Narrowed {
        &self.narrowed
    }

    /// Whether everything is shown.
    pub fn is_whole(&self) -> bool {
        self.narrowed.is_whole()
    }

    pub fn is_typing(&self) -> bool {
        self.narrowed.search.typing
    }

    pub fn filters(&self) -> &KeptTimeline {
        &self.narrowed.filters
    }

    /// The filters without those that are seen.
    pub fn unfiltered(&self) -> KeptTimeline {
        let kinds = if self.tab() == 0 { Vec::new() } else { self.filters().kinds.clone() };
        KeptTimeline { kinds, ..KeptTimeline::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.body.months.is_empty()
    }

    pub fn set_filters(&mut self, filters: KeptTimeline) {
        self.narrowed.filters = filters;
        self.begin_anew();
    }

    pub fn begin_search(&mut self) {
        self.narrowed.search.typing = true;
    }

    /// The caret leaves the box; what was found stays.
    pub fn end_search(&mut self) {
        self.narrowed.search.typing = false;
    }

    pub fn clear_search(&mut self) {
        self.narrowed.search.clear();
        self.begin_anew();
    }

    /// A key or pasted text while the search is being typed; whether it was for the box.
    pub fn type_in(&mut self, input: &Input) -> bool {
        let Some(changed) = self.narrowed.search.input(input) else { return false };
        if changed {
            self.begin_anew();
        }
        true
    }

    /// The chip under a cell of the screen is taken off; whether there was one.
    pub fn click_chip(&mut self, cell: (u16, u16)) -> bool {
        let Some((_, of)) = self.chips.iter().find(|(place, _)| place.contains(cell.into())) else { return false };
        self.narrowed.take_off(*of);
        self.begin_anew();
        true
    }

    /// Shows what was until then.
    pub fn jump(&mut self, until: DateTime<Utc>) {
        self.asked = None;
        self.next = Next::Jumps(until);
    }

    /// To the next activity, or the one before; a folded month opens for it.
    pub fn next_hit(&mut self, count: isize) {
        let Some(spot) = self.view.cursor() else { return };
        let Some(to) = self.body.beside(spot, count) else { return };
        let spot = self.body.spot_of(to);
        self.body.set_open(spot.month, true);
        self.view.go_to(&self.body, spot);
    }

    fn begin_anew(&mut self) {
        self.body.folds.clear();
        self.asked = None;
        self.next = Next::Begins;
    }

    pub fn tabs() -> usize {
        TABS.len()
    }

    /// Shows another type; what is on the screen stays until the answer comes.
    pub fn select_tab(&mut self, tab: usize) {
        if tab < TABS.len() && tab != self.narrowed.tab {
            self.narrowed.tab = tab;
            self.begin_anew();
        }
    }

    /// What is shown may have changed.
    pub fn outdated(&mut self) {
        self.asked = None;
        if self.next == Next::Adds {
            self.next = Next::Replaces;
        }
    }

    /// The first piece of everything, as a record page brings it along. Of use while nothing else is looked at.
    pub fn take_first(&mut self, page: TimelinePage) {
        let read_to = page.from + page.items.len();
        let far = self.body.entries_at(&self.view).is_some_and(|seen| seen.end > read_to);
        if self.is_whole() && (!self.is_there || !far) {
            self.outdated();
            self.take(page);
        } else {
            self.outdated();
        }
    }

    /// An answer to what was asked.
    pub fn take(&mut self, page: TimelinePage) {
        let next = std::mem::take(&mut self.next);
        if next != Next::Adds || self.body.months != page.months {
            let kept = self.kept();
            self.body.replace(&page);
            self.body.words = self.narrowed.search.words();
            if matches!(next, Next::Jumps(_)) && !page.items.is_empty() {
                let spot = self.body.spot_of(page.from);
                self.body.set_open(spot.month, true);
                self.view = View::default();
                self.view.put_cursor(spot);
            } else if next == Next::Begins || !self.is_there {
                self.view = View::default();
                self.view.put_cursor(self.body.spot_of(0));
            } else if let Some(kept) = kept {
                self.return_to(kept, &page);
            }
        }
        self.is_there = true;
        self.reads_anew = true;
        self.body.insert(page);
        self.body.forget_far(self.view.cursor());
    }

    /// The activity under the cursor, to find it again.
    fn kept(&self) -> Option<(Spot, ActivityId)> {
        let spot = self.view.cursor()?;
        Some((spot, self.body.item(spot.entry?)?.activity.id))
    }

    fn return_to(&mut self, (spot, id): (Spot, ActivityId), page: &TimelinePage) {
        let place = page.items.iter().position(|item| item.activity.id == id);
        if let Some(place) = place {
            self.view.put_cursor(Spot { target: spot.target, ..self.body.spot_of(page.from + place) });
        }
    }

    /// What has to be asked to show what is on the screen, and a little around it.
    pub fn ask(&mut self, record: RecordId) -> Option<Request> {
        let wanted = match self.next {
            Next::Adds => self.body.missing(&self.view, PIECE_MOST)?,
            Next::Replaces => {
                let from = self.body.entries_at(&self.view).map_or(0, |seen| seen.start);
                from..from + PIECE
            }
            Next::Begins | Next::Jumps(_) => 0..PIECE,
        };
        if self.asked.as_ref().is_some_and(|asked| asked.contains(&wanted.start)) {
            return None;
        }
        let limit = wanted.len().max(PIECE);
        self.asked = Some(wanted.start..wanted.start + limit);
        let until = if let Next::Jumps(until) = self.next { Some(until) } else { None };
        Some(Request::Timeline(TimelineAsk {
            record,
            filter: self.narrowed.filter(),
            from: wanted.start,
            limit,
            until,
        }))
    }

    /// A question went unanswered; the next move asks again.
    pub fn failed(&mut self) {
        self.asked = None;
    }

    pub fn run(&mut self, command: Command, count: Option<u32>) -> bool {
        moved(&mut self.view, &self.body, command, count)
    }

    pub fn scroll(&mut self, rows: isize) {
        self.view.scroll(&self.body, rows);
    }

    /// Puts the cursor where was clicked; true if it was there already.
    pub fn click(&mut self, row: usize) -> Option<bool> {
        let row = row.checked_sub(usize::from(self.above))?;
        let spot = self.view.at(&self.body, row)?.spot;
        let again = self.view.cursor() == Some(spot);
        self.view.go_to(&self.body, spot);
        Some(again)
    }

    /// Whether what was clicked says on how many records an activity is.
    pub fn is_on_associations(&self, (column, row): (u16, usize), here: RecordId, cx: &Cx) -> bool {
        let seen = row.checked_sub(usize::from(self.above)).and_then(|row| Some((row, self.view.at(&self.body, row)?)));
        let Some((row, Seen { spot: Spot { entry: Some(entry), target: None, .. }, y, cut, .. })) = seen else {
            return false;
        };
        let is_second = row + cut == y + 1 && self.body.unfolded_at(entry).is_none();
        let item = self.body.item(entry).filter(|_| is_second);
        let at = item.and_then(|item| entry::associations_at(item, here, self.body.text_width, cx));
        at.is_some_and(|at| column.checked_sub(draw::TEXT_AT).is_some_and(|column| at.contains(&column)))
    }

    /// The activity under the cursor, and the place among its targets of the record that is.
    pub fn current(&self) -> Option<(&Item, Option<usize>)> {
        let spot = self.view.cursor()?;
        let item = self.body.item(spot.entry?)?;
        Some((item, spot.target.and_then(|target| entry::seen_targets(item).get(target).copied())))
    }

    pub fn under(&self) -> Under {
        let Some(spot) = self.view.cursor() else { return Under::Nothing };
        match (spot.entry.and_then(|entry| self.body.item(entry)), spot.target) {
            (Some(item), Some(place)) => {
                let places = entry::seen_targets(item);
                let target = places.get(place).and_then(|place| item.activity.targets.get(*place));
                target.map_or(Under::Nothing, |target| Under::Record(target.record))
            }
            (Some(item), None) => Under::Foldable { unfolded: self.body.is_unfolded(item.activity.id) },
            (None, _) if spot.entry.is_some() => Under::Nothing,
            (None, _) => Under::Foldable { unfolded: self.body.is_open(spot.month) },
        }
    }

    /// Folds or unfolds what is under the cursor; of a folded entry the month.
    pub fn set_fold(&mut self, unfold: bool, here: RecordId, cx: &Cx) {
        let Some(spot) = self.view.cursor() else { return };
        let id = spot.entry.and_then(|entry| self.body.item(entry)).map(|item| item.activity.id);
        match (spot.entry, id) {
            (Some(entry), _) if unfold => self.body.unfold(entry, here, cx),
            (Some(_), Some(id)) if self.body.is_unfolded(id) => {
                self.body.fold(id);
                self.view.go_to(&self.body, Spot { target: None, ..spot });
            }
            (Some(_), _) => {
                self.body.set_open(spot.month, false);
                self.view.go_to(&self.body, Spot::head(spot.month));
            }
            (None, _) => self.body.set_open(spot.month, unfold),
        }
        self.view.settle(&self.body, self.view.height());
    }

    /// Folds or unfolds all months.
    pub fn fold_all(&mut self, unfold: bool) {
        for month in 0..self.body.months.len() {
            self.body.set_open(month, unfold);
        }
        self.view.settle(&self.body, self.view.height());
    }
}
