//! The notification centre, following a record, and events that wait for a contact.

use super::{MOVEMENT, TABS, hint, key};
use crate::keys::{Command, Group, Keys};

const TOLD: Keys = &[
    hint("enter", Command::Open, "jump there", Group::Act),
    hint("space", Command::ToggleRead, "read", Group::Act),
    hint("A", Command::AllRead, "all read", Group::Act),
    hint("a", Command::Log, "log", Group::Act),
    hint("m", Command::Mute, "mute this topic", Group::Act),
    hint("R", Command::SendAgain, "send again", Group::Act),
];

const SEARCH_TOLD: Keys = &[key("/", Command::Search, "search", Group::Find)];

pub const NOTIFICATIONS: &[Keys] = &[TOLD, SEARCH_TOLD, MOVEMENT, TABS];

/// Of an event that nobody has yet.
const WAITING: Keys = &[
    hint("enter", Command::Open, "create whom it waits for", Group::Act),
    hint("x", Command::DeleteActivity, "delete", Group::Act),
];

pub const AWAITED: &[Keys] = &[WAITING, MOVEMENT];

/// On the page of a record, and on a row of a list by its name only.
pub const FOLLOW: Keys = &[key("*", Command::ToggleFollow, "follow, or no more", Group::Act)];

pub const FOLLOW_ROW: Keys = &[key("", Command::ToggleFollow, "", Group::Act)];
