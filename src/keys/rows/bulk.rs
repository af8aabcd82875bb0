//! Associating many records at once.

use super::{MOVEMENT, SCOPES, and, hint, key};
use crate::keys::{Command, Group, Keys};

/// Stands in the palette.
pub const BY_RULE: Keys = &[key("", Command::AssociateBy, "", Group::Act)];

/// A box with records below it, one of which is associated with all that are marked.
const ASSOCIATING: Keys = &[
    hint("enter", Command::Open, "associate", Group::Act),
    hint("ctrl-r", Command::ToggleReplace, "at a limit, keep or replace", Group::Act),
    hint("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    key("esc", Command::Escape, "cancel", Group::Program),
];

/// The pairs of a rule.
const PAIRS: Keys = &[
    hint("enter", Command::Open, "choose what is compared", Group::Act),
    hint("space", Command::Tick, "tick or untick", Group::Mark),
    hint("ctrl-a", Command::MarkAll, "tick all, or none", Group::Mark),
    hint("R", Command::ToggleReplace, "at a limit, keep or replace", Group::Act),
    hint("ctrl-s", Command::Save, "associate", Group::Act),
    key("esc", Command::Escape, "cancel", Group::Program),
];

pub const ASSOCIATE_WITH: &[Keys] = &[ASSOCIATING, SCOPES];

pub const PAIRING: &[Keys] = &[PAIRS, MOVEMENT];
