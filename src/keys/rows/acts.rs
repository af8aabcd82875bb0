//! The list of acts, the bin, and why something is so.

use super::{FOLD_IT, MARKS, MOVEMENT, SEARCH, TABS, UNFOLD_IT, WHY, and, hint, key};
use crate::keys::{Command, Group, Keys};

/// On the act under the cursor, instead of one's own last one.
const THIS_ACT: Keys = &[
    hint("u", Command::UndoThis, "undo this act", Group::Act),
    hint("ctrl-r", Command::RedoThis, "redo this act", Group::Act),
    key("c", Command::Continue, "continue what was broken off", Group::Act),
];

/// What is offered at the start.
const OFFERED: Keys = &[
    hint("c", Command::Continue, "continue", Group::Act),
    hint("u", Command::UndoThis, "undo", Group::Act),
    key("j | down", Command::MoveDown, "down, up", Group::Move),
    and("k | up", Command::MoveUp, Group::Move),
    key("esc", Command::Escape, "later", Group::Program),
];

const FOLD_ACT: Keys =
    &[key("h | left", Command::Fold, "fold, unfold", Group::View), and("l | right", Command::Unfold, Group::View)];

/// What an act unfolds to leads on.
const GO_THERE: Keys = &[hint("enter", Command::Open, "go there", Group::Act)];

const IN_BIN: Keys = &[
    hint("enter | r", Command::Restore, "restore", Group::Act),
    hint("X", Command::Erase, "erase for good", Group::Act),
];

const CLOSE_IT: Keys = &[hint("enter", Command::Open, "close", Group::Program)];

const TO_ACT: Keys = &[hint("enter", Command::Open, "to the act", Group::Act)];

/// While the cursor is on an act that is folded, on one that is unfolded, and on what it unfolded to.
pub const ACT_LIST: &[Keys] = &[UNFOLD_IT, THIS_ACT, FOLD_ACT, SEARCH, MOVEMENT];

pub const ACT_LIST_FOLD: &[Keys] = &[FOLD_IT, THIS_ACT, FOLD_ACT, SEARCH, MOVEMENT];

pub const ACT_LIST_THERE: &[Keys] = &[GO_THERE, THIS_ACT, FOLD_ACT, SEARCH, MOVEMENT];

pub const BIN: &[Keys] = &[IN_BIN, MARKS, WHY, SEARCH, MOVEMENT, TABS];

pub const BROKEN_OFF: &[Keys] = &[OFFERED];

pub const REASON: &[Keys] = &[TO_ACT];

/// What an act on many left out.
pub const LEFT_OUT: &[Keys] = &[CLOSE_IT, MOVEMENT];

pub const HISTORY: &[Keys] = &[TO_ACT, MOVEMENT];
