//! Associations: what the side panel does with them, and the picker that makes them.

use super::{
    ANY_PROPERTY, COPY, COPY_VALUE, DENSITY, EDIT, FOLDS, FOLLOW, LOG, MOVEMENT, OPEN, OPEN_WITH, PANES, RECORDS, TABS,
    WHY,
};
use super::{and, hint, key};
use crate::keys::{Command, Group, Keys};

/// From any pane of a record's page.
pub const ASSOCIATE: Keys = &[hint("A", Command::Associate, "associate", Group::Act)];

/// While the cursor is on an associated record; the page's own goes to the bin from the palette.
const TIE: Keys = &[
    hint("x", Command::TakeOff, "take off", Group::Act),
    key("b", Command::MakePrimary, "make it the primary one", Group::Act),
    key("L", Command::Labels, "labels", Group::Act),
    key("", Command::Delete, "", Group::Act),
];

/// The panel is searched where the cursor is in it.
pub const PANEL: Keys = &[key("/", Command::Search, "search the panel", Group::Find)];

pub const RECORD_TIE: &[Keys] = &[
    OPEN,
    ASSOCIATE,
    TIE,
    PANEL,
    LOG,
    FOLLOW,
    EDIT,
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
];

/// What is done with the row under the cursor, from the box above the list as well as in it.
const PICK: Keys = &[
    hint("enter | ctrl-s", Command::SaveTies, "save", Group::Act),
    hint("ctrl-l", Command::Labels, "label", Group::Act),
    key("ctrl-b", Command::MakePrimary, "primary", Group::Act),
    key("ctrl-r", Command::Replace, "replace at the limit", Group::Act),
    key("alt-1", Command::SelectTab(1), "create new, add existing", Group::Panes),
    and("alt-2", Command::SelectTab(2), Group::Panes),
];

const PICK_BOX: Keys = &[
    hint("ctrl-space", Command::Tick, "tick", Group::Act),
    hint("tab", Command::NextPane, "list", Group::Move),
    key("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    key("esc", Command::Escape, "close", Group::Program),
];

const PICK_ROWS: Keys = &[
    hint("space | ctrl-space", Command::Tick, "tick", Group::Act),
    key("/ | tab | shift-tab", Command::Search, "to the search", Group::Find),
    key("[", Command::PreviousTab, "tabs", Group::Panes),
    and("]", Command::NextTab, Group::Panes),
    key("esc", Command::Escape, "to the search", Group::Program),
];

/// While the box above the list has the focus.
pub const PICKER: &[Keys] = &[PICK_BOX, PICK];

pub const PICKER_LIST: &[Keys] = &[PICK_ROWS, PICK, MOVEMENT];

/// Above the rows of the form that creates one.
pub const PICK_CREATE: Keys = &[
    hint("ctrl-t", Command::TickHolder, "tick the one that has it already", Group::Act),
    key("ctrl-r", Command::Replace, "replace at the limit", Group::Act),
    hint("ctrl-l", Command::Labels, "label", Group::Act),
    key("alt-1", Command::SelectTab(1), "create new, add existing", Group::Panes),
    and("alt-2", Command::SelectTab(2), Group::Panes),
];

/// Several of a short list are ticked.
pub const TICKS: &[Keys] = &[
    &[
        hint("space | ctrl-space", Command::Tick, "tick", Group::Act),
        hint("enter | ctrl-s", Command::SaveTies, "save", Group::Act),
        key("esc", Command::Escape, "cancel", Group::Program),
    ],
    MOVEMENT,
];
