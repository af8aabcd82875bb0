//! Making two records one: finding the other one, and choosing whose values stay.

use super::{and, hint, key};
use crate::keys::{Command, Group, Keys};

/// A box with the records that may be the same below it.
const TWINS: Keys = &[
    hint("enter", Command::Open, "lay them side by side", Group::Act),
    hint("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    key("esc", Command::Escape, "cancel", Group::Program),
];

const SIDE_BY_SIDE: Keys = &[
    hint("enter | ctrl-s", Command::Agree, "merge", Group::Act),
    hint("space", Command::Tick, "take the other one's value", Group::Act),
    hint("h | left", Command::CellLeft, "the first one's value, the second one's", Group::Act),
    and("l | right", Command::CellRight, Group::Act),
    hint("ctrl-x", Command::SwapMerged, "swap which stays", Group::Act),
    key("j | down", Command::MoveDown, "down, up", Group::Move),
    and("k | up", Command::MoveUp, Group::Move),
    key("g g | home", Command::First, "first, last", Group::Move),
    and("G | end", Command::Last, Group::Move),
    key("pagedown | ctrl-d", Command::PageDown, "a page", Group::Move),
    and("pageup | ctrl-u", Command::PageUp, Group::Move),
    key("esc", Command::Escape, "cancel", Group::Program),
];

pub const TWIN: &[Keys] = &[TWINS];

pub const MERGING: &[Keys] = &[SIDE_BY_SIDE];
