//! What is set for this machine: how the program looks, and its keys.

use super::{MOVEMENT, PANES, hint, key};
use crate::keys::{Command, Group, Keys};

const LOOKS: Keys = &[
    hint("e | enter", Command::Edit, "change", Group::Act),
    hint("space", Command::Tick, "switch", Group::Act),
    hint("/", Command::SearchSettings, "all settings", Group::Find),
];

/// Every action with its keys.
const KEYMAP: Keys = &[
    hint("e | enter", Command::Edit, "other keys", Group::Act),
    hint("a", Command::AddKeys, "one more", Group::Act),
    hint("x", Command::Delete, "no key", Group::Act),
    hint("r", Command::ResetKeys, "as it was", Group::Act),
    key("R", Command::ResetAllKeys, "all keys as they were", Group::Act),
    hint("/", Command::Search, "search", Group::Find),
];

/// While keys are pressed that an action is to have.
const BINDING_TABLE: Keys =
    &[hint("enter", Command::Open, "take them", Group::Act), hint("esc", Command::Escape, "cancel", Group::Program)];

pub const SETTINGS_LOOKS: &[Keys] = &[LOOKS, PANES, MOVEMENT];

pub const SETTINGS_KEYMAP: &[Keys] = &[KEYMAP, PANES, MOVEMENT];

pub const BINDING: &[Keys] = &[BINDING_TABLE];
