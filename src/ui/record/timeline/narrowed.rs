//! What a timeline is narrowed to: its tab, filters by type, user and source, and words. A filter of another kind is a
//! field of [`KeptTimeline`], its chip here, and its ticks in [`Narrowed::choose`].

use super::TABS;
use crate::domain::activity::{ActivityKind, LoggedFrom};
use crate::domain::answer::TimelineFilter;
use crate::domain::id::UserId;
use crate::ui::Cx;
use crate::ui::kept::KeptTimeline;
use crate::ui::layer::Answer;
use crate::ui::modals::ticks::{Tick, Ticks};
use crate::ui::page::Search;
use crate::ui::text::clean;
use crate::ui::widgets::Chip;

/// Values that a chip names; of more it says how many.
const NAMED: usize = 2;
/// Cells of a search in its chip.
const WORD: u16 = 24;

#[derive(Default)]
pub struct Narrowed {
    pub tab: usize,
    pub filters: KeptTimeline,
    pub search: Search,
}

/// What a chip stands for, which is taken off with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Kinds,
    Users,
    Sources,
    Search,
}

/// One thing that can be ticked.
#[derive(Clone, Copy)]
enum Choice {
    Kind(ActivityKind),
    User(UserId),
    From(LoggedFrom),
}

impl Narrowed {
    pub fn filter(&self) -> TimelineFilter {
        let kinds = if self.tab == 0 { self.filters.kinds.clone() } else { TABS[self.tab].1.to_vec() };
        let KeptTimeline { users, from, .. } = self.filters.clone();
        TimelineFilter { kinds, users, from, text: self.search.text().to_owned() }
    }

    /// Whether everything is shown.
    pub fn is_whole(&self) -> bool {
        self.filter() == TimelineFilter::default()
    }

    /// Whether something but the tab narrows it, or is about to.
    pub fn has_chips(&self) -> bool {
        self.search.typing || self.search.is_on() || self.has_filters()
    }

    pub fn has_filters(&self) -> bool {
        !self.filters.users.is_empty() || !self.filters.from.is_empty() || self.narrows_kinds()
    }

    /// A tab of one type says itself which.
    fn narrows_kinds(&self) -> bool {
        self.tab == 0 && !self.filters.kinds.is_empty()
    }

    pub fn take_off(&mut self, of: Of) {
        match of {
            Of::Kinds => self.filters.kinds.clear(),
            Of::Users => self.filters.users.clear(),
            Of::Sources => self.filters.from.clear(),
            Of::Search => self.search.clear(),
        }
    }

    pub fn chips(&self, cx: &Cx) -> Vec<(Of, Chip<'static>)> {
        let mut chips = Vec::new();
        let mut chip = |of, property, names: Vec<String>| {
            let more = names.len().saturating_sub(NAMED);
            let mut said = names.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
            if more > 0 {
                said.push_str(&format!(" +{more}"));
            }
            chips.push((of, Chip::new(property, said).removable()));
        };
        let KeptTimeline { kinds, users, from } = &self.filters;
        if self.narrows_kinds() {
            chip(Of::Kinds, "Type", kinds.iter().map(|kind| kind.row().label.to_owned()).collect());
        }
        if !users.is_empty() {
            let name =
                |id: &UserId| cx.settings.user(*id).map_or_else(|| "nobody".to_owned(), |user| user.name.clone());
            chip(Of::Users, "By", users.iter().map(|id| clean(&name(id)).into_owned()).collect());
        }
        if !from.is_empty() {
            chip(Of::Sources, "From", from.iter().map(|from| from.label().to_owned()).collect());
        }
        if self.search.is_on() {
            chip(Of::Search, "Search", vec![cx.look.fit(&clean(self.search.text()), WORD).into_owned()]);
        }
        chips
    }

    /// The list that the filters are ticked in.
    pub fn choose(&self, cx: &Cx) -> Ticks {
        let tick = |group, label: &str, on| Tick { label: label.to_owned(), aside: String::new(), on, group };
        let (mut choices, mut ticks) = (Vec::new(), Vec::new());
        let kinds = if self.tab == 0 { ActivityKind::ROWS } else { &[] };
        for row in kinds {
            choices.push(Choice::Kind(row.kind));
            ticks.push(tick("Type", row.label, self.filters.kinds.contains(&row.kind)));
        }
        // Who left has logged activities all the same.
        for user in &cx.settings.users {
            choices.push(Choice::User(user.id));
            ticks.push(tick("Logged by", &user.name, self.filters.users.contains(&user.id)));
        }
        for (from, _, label) in LoggedFrom::ROWS {
            choices.push(Choice::From(*from));
            ticks.push(tick("Logged from", label, self.filters.from.contains(from)));
        }
        let kinds = if self.tab == 0 { Vec::new() } else { self.filters.kinds.clone() };
        let answer = move |ticked: &[usize]| {
            let mut chosen = KeptTimeline { kinds: kinds.clone(), ..KeptTimeline::default() };
            for at in ticked {
                match choices[*at] {
                    Choice::Kind(kind) => chosen.kinds.push(kind),
                    Choice::User(user) => chosen.users.push(user),
                    Choice::From(from) => chosen.from.push(from),
                }
            }
            Answer::Narrowed(chosen)
        };
        Ticks::new(("Filter ", "the timeline".to_owned()), "Show these", ticks, Box::new(answer))
    }
}
