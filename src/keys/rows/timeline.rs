//! The timeline of a record's page: what narrows it, what is done with an activity, and the records that it is on.

use super::{
    ACTS, ANY_PROPERTY, COPY, COPY_VALUE, DENSITY, FOLD_IT, FOLDS, FOLLOW, LOG, MOVEMENT, OPEN, OPEN_WITH, PANES,
    RECORDS, TABS, UNFOLD_IT, WHY,
};
use super::{and, hint, key};
use crate::keys::{Command, Group, Keys};

/// What is done with the activity under the cursor. The record that the page is of goes to the bin from the palette.
const ACTIVITY: Keys = &[
    hint("e", Command::Edit, "edit", Group::Act),
    hint("A", Command::Associate, "associations", Group::Act),
    key("E", Command::EditText, "edit the text in $EDITOR", Group::Act),
    key("p", Command::Pin, "pin on top, unpin", Group::Act),
];

const DELETE_IT: Keys = &[key("x", Command::DeleteActivity, "delete the activity", Group::Act)];

/// On one of the records that it is on.
pub const TAKE_OFF: Keys = &[hint("x", Command::TakeOff, "take off", Group::Act)];

const NARROW: Keys = &[
    hint("/", Command::Search, "search", Group::Find),
    key("n", Command::NextHit, "next, previous hit", Group::Find),
    and("N", Command::PreviousHit, Group::Find),
    hint("f", Command::AddFilter, "filter", Group::Find),
    key("F", Command::ClearFilters, "all filters off", Group::Find),
    key("d", Command::JumpToDate, "to a date", Group::Find),
];

const PAGE: Keys =
    &[key("", Command::Delete, "", Group::Act), key("M", Command::Merge, "merge with another", Group::Act)];

/// What enter and `x` do where the cursor is, then what holds for the whole timeline.
macro_rules! timeline {
    ($here:ident, $away:ident) => {
        &[
            $here,
            ACTIVITY,
            LOG,
            $away,
            NARROW,
            PAGE,
            FOLLOW,
            ANY_PROPERTY,
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

pub const TIMELINE: &[Keys] = timeline!(OPEN, DELETE_IT);

pub const TIMELINE_FOLD: &[Keys] = timeline!(FOLD_IT, DELETE_IT);

pub const TIMELINE_UNFOLD: &[Keys] = timeline!(UNFOLD_IT, DELETE_IT);

pub const TIMELINE_TARGET: &[Keys] = timeline!(OPEN, TAKE_OFF);

/// While the date is written.
pub const JUMPING: &[Keys] =
    &[&[hint("enter", Command::Open, "go there", Group::Act), key("esc", Command::Escape, "cancel", Group::Program)]];

/// In the list of an activity's picker.
const TICK_TARGETS: Keys = &[
    hint("space | ctrl-space", Command::Tick, "tick at once", Group::Act),
    hint("enter", Command::Open, "go there", Group::Act),
    key("/ | tab", Command::Search, "to the search", Group::Find),
    key("esc", Command::Escape, "close", Group::Program),
];

pub const TARGETS: &[Keys] = &[TICK_TARGETS, WHY, ACTS, TABS, MOVEMENT];

/// While the box above it has the focus.
pub const TARGETS_BOX: &[Keys] = &[&[
    hint("ctrl-space", Command::Tick, "tick at once", Group::Act),
    hint("enter | tab", Command::KeepSearch, "to the list", Group::Find),
    key("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    key("esc", Command::Escape, "to the list", Group::Program),
]];

/// Of what stands without a record.
const ALONE: Keys = &[
    hint("enter | A", Command::Associate, "associate", Group::Act),
    hint("e", Command::Edit, "edit", Group::Act),
    hint("x", Command::DeleteActivity, "delete", Group::Act),
];

pub const UNASSOCIATED: &[Keys] = &[ALONE, WHY, MOVEMENT];
