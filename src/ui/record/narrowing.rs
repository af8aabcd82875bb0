//! What narrows the timeline of a record's page, by keys: filters, which are remembered per object, the search, a date to
//! go to.

use super::RecordPage;
use super::places::Part;
use super::timeline::Under;
use crate::keys::{Command, Keys, rows};
use crate::ui::kept::KeptTimeline;
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::jump::Jump;

impl RecordPage {
    /// The rows of the timeline, while the focus is there.
    pub(super) fn timeline_keys(&self) -> Option<&'static [Keys]> {
        if self.focus != Part::Timeline {
            return None;
        }
        Some(match self.under() {
            _ if self.timeline.is_typing() => &[rows::SEARCH_BOX],
            Under::Record(_) => rows::TIMELINE_TARGET,
            Under::Foldable { unfolded: true } => rows::TIMELINE_FOLD,
            Under::Foldable { unfolded: false } => rows::TIMELINE_UNFOLD,
            _ => rows::TIMELINE,
        })
    }

    /// The filters that records of this object were left with; those of this page stay when it comes back.
    pub(super) fn remember(&mut self, cx: &Cx) {
        let kept = cx.kept.timelines.get(&self.id.object.0);
        if let Some(kept) = kept.filter(|kept| self.detail.is_none() && *kept != self.timeline.filters()) {
            self.timeline.set_filters(kept.clone());
        }
    }

    pub(super) fn narrow(&mut self, filters: KeptTimeline) -> Vec<Effect> {
        self.timeline.set_filters(filters);
        let mut effects = self.keep_filters();
        effects.extend(self.ask_timeline());
        effects
    }

    pub(super) fn keep_filters(&self) -> Vec<Effect> {
        let (object, filters) = (self.id.object.0, self.timeline.filters().clone());
        vec![Effect::Keep(Box::new(move |kept| {
            if filters == KeptTimeline::default() {
                kept.timelines.remove(&object);
            } else {
                kept.timelines.insert(object, filters);
            }
        }))]
    }

    /// Why a command that narrows can't be done now.
    pub(super) fn narrow_obstacle(&self, command: Command) -> Option<String> {
        let narrowed = self.timeline.narrowed();
        match command {
            Command::AddFilter | Command::JumpToDate if self.detail.is_none() => {
                Some("the record is still being read".to_owned())
            }
            Command::JumpToDate if self.timeline.is_empty() => Some("nothing has happened yet".to_owned()),
            Command::ClearFilters if !narrowed.has_filters() => {
                Some("the timeline has no filters, f sets them".to_owned())
            }
            Command::NextHit | Command::PreviousHit if !narrowed.search.is_on() => {
                Some("nothing is searched, / searches".to_owned())
            }
            _ => None,
        }
    }

    /// Commands that narrow the timeline; `None`: it is another one.
    pub(super) fn run_narrowing(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        if self.focus != Part::Timeline {
            return None;
        }
        let times = count.unwrap_or(1).max(1) as isize;
        match command {
            Command::Search => self.timeline.begin_search(),
            Command::KeepSearch => self.timeline.end_search(),
            Command::Escape if self.timeline.is_typing() => self.timeline.end_search(),
            Command::Escape if self.timeline.narrowed().search.is_on() => self.timeline.clear_search(),
            Command::NextHit => self.timeline.next_hit(times),
            Command::PreviousHit => self.timeline.next_hit(-times),
            Command::AddFilter => return Some(vec![Effect::Push(Box::new(self.timeline.narrowed().choose(cx)))]),
            Command::ClearFilters => return Some(self.narrow(self.timeline.unfiltered())),
            Command::JumpToDate => return Some(vec![Effect::Push(Box::new(Jump::new()))]),
            _ => return None,
        }
        Some(self.ask_timeline())
    }
}
