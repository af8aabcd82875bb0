//! The timeline of a record's page: what narrows it, and what is done with an activity.

use super::{
    ANY_PROPERTY, ASSOCIATE, COPY, COPY_VALUE, DENSITY, FOLD_IT, FOLDS, MOVEMENT, OPEN, OPEN_WITH, PANES, RECORDS,
    TABS, UNFOLD_IT, WHY,
};
use super::{and, hint, key};
use crate::keys::{Command, Group, Keys};

const NARROW: Keys = &[
    hint("/", Command::Search, "search", Group::Find),
    key("n", Command::NextHit, "next, previous hit", Group::Find),
    and("N", Command::PreviousHit, Group::Find),
    hint("f", Command::AddFilter, "filter", Group::Find),
    key("F", Command::ClearFilters, "all filters off", Group::Find),
    key("d", Command::JumpToDate, "to a date", Group::Find),
];

/// The record that the page is of goes to the bin from the palette.
const PAGE: Keys = &[key("", Command::Delete, "", Group::Act), key("", Command::Merge, "", Group::Act)];

/// What enter does where the cursor is, then what holds for the whole timeline.
macro_rules! timeline {
    ($here:ident) => {
        &[
            $here,
            NARROW,
            PAGE,
            ANY_PROPERTY,
            ASSOCIATE,
            OPEN_WITH,
            WHY,
            COPY,
            COPY_VALUE,
            PANES,
            MOVEMENT,
            FOLDS,
            TABS,
            RECORDS,
            DENSITY,
        ]
    };
}

pub const TIMELINE: &[Keys] = timeline!(OPEN);

pub const TIMELINE_FOLD: &[Keys] = timeline!(FOLD_IT);

pub const TIMELINE_UNFOLD: &[Keys] = timeline!(UNFOLD_IT);

/// While the date is written.
pub const JUMPING: &[Keys] =
    &[&[hint("enter", Command::Open, "go there", Group::Act), key("esc", Command::Escape, "cancel", Group::Program)]];
