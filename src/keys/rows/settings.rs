//! The settings, the objects of users, and the properties of an object.

use super::{MOVEMENT, PANES, and, hint, key};
use crate::keys::{Command, Group, Keys};

/// What was changed and not saved, when one leaves it.
pub const LEAVING: Keys = &[
    hint("s | ctrl-s", Command::Save, "save", Group::Act),
    hint("d | D", Command::Discard, "discard", Group::Act),
    hint("enter | esc", Command::Keep, "stay", Group::Act),
];

/// The pages of the settings, in the tree at the left.
const TREE: Keys = &[
    hint("enter | l | right", Command::Open, "open the page", Group::Act),
    hint("/", Command::SearchSettings, "all settings", Group::Find),
];

/// A page whose changes wait until they are saved.
const DRAFTED: Keys = &[
    hint("e | enter", Command::Edit, "edit", Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("D", Command::Discard, "discard", Group::Act),
    hint("/", Command::SearchSettings, "all settings", Group::Find),
];

/// A setting that is being typed.
const SETTING_FIELD: Keys = &[
    hint("enter", Command::SaveField, "take it", Group::Act),
    hint("ctrl-s", Command::Save, "save all", Group::Act),
    hint("esc", Command::Escape, "keep the old value", Group::Act),
];

const PROPERTIES: Keys = &[
    hint("n", Command::NewProperty, "new", Group::Act),
    hint("e | enter", Command::Edit, "edit", Group::Act),
    hint("o", Command::EditOptions, "options", Group::Act),
    hint("x", Command::Delete, "delete", Group::Act),
    hint("/", Command::Search, "search", Group::Find),
];

const OBJECTS: Keys = &[
    hint("enter", Command::Open, "its properties", Group::Act),
    hint("n", Command::NewObject, "new", Group::Act),
    hint("e", Command::Edit, "rename", Group::Act),
    hint("x", Command::Delete, "delete", Group::Act),
];

/// An object as a form.
const NAMES: Keys = &[
    hint("tab | down", Command::NextField, "next, previous field", Group::Move),
    and("shift-tab | up", Command::PreviousField, Group::Move),
    hint("enter", Command::Open, "next field", Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("esc", Command::Escape, "cancel", Group::Act),
];

/// Users and teams.
const PEOPLE: Keys = &[
    hint("e | enter", Command::Edit, "edit", Group::Act),
    hint("n", Command::NewPerson, "new", Group::Act),
    hint("x", Command::Delete, "deactivate, or delete the team", Group::Act),
    hint("[", Command::PreviousTab, "tabs", Group::Panes),
    and("]", Command::NextTab, Group::Panes),
];

/// A user as a form.
const USER: Keys = &[
    hint("tab | down", Command::NextField, "next, previous field", Group::Move),
    and("shift-tab | up", Command::PreviousField, Group::Move),
    key("left", Command::CellLeft, "permission to the left, right", Group::Move),
    and("right", Command::CellRight, Group::Move),
    hint("enter | space", Command::Open, "change, or next field", Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("esc", Command::Escape, "cancel", Group::Act),
];

/// Limits, which wait until they are saved, and labels, which do not.
const ASSOCIATIONS: Keys = &[
    hint("e | enter", Command::Edit, "edit", Group::Act),
    hint("n", Command::NewLabel, "new label", Group::Act),
    hint("x", Command::Delete, "delete label", Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("D", Command::Discard, "discard", Group::Act),
];

/// The stages of a pipeline, which wait until they are saved.
const STAGES: Keys = &[
    hint("e | enter", Command::Edit, "rename", Group::Act),
    hint("n", Command::NewStage, "new", Group::Act),
    hint("x", Command::Delete, "delete", Group::Act),
    hint("J", Command::OptionDown, "reorder", Group::Act),
    and("K", Command::OptionUp, Group::Act),
    key("p", Command::ChoosePipeline, "another pipeline", Group::Act),
    key("N", Command::NewPipeline, "new pipeline", Group::Act),
    key("%", Command::Probability, "probability", Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("D", Command::Discard, "discard", Group::Act),
    key("/", Command::SearchSettings, "all settings", Group::Find),
];

const REASONS: Keys = &[hint("R", Command::EditReasons, "edit reasons", Group::Act)];

/// Switches, and what is chosen from lists.
const SETUP: Keys = &[
    hint("space", Command::Tick, "switch", Group::Act),
    hint("e | enter", Command::Edit, "choose", Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("D", Command::Discard, "discard", Group::Act),
    hint("/", Command::SearchSettings, "all settings", Group::Find),
];

/// A way of notifications: tick boxes, and where it leads.
const CHANNEL: Keys = &[
    hint("space", Command::Tick, "tick", Group::Act),
    hint("e | enter", Command::Edit, "change, or fold", Group::Act),
    hint("t", Command::SendTest, "send a test", Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("D", Command::Discard, "discard", Group::Act),
    key("/", Command::SearchSettings, "all settings", Group::Find),
];

const REGISTRATIONS: Keys = &[
    hint("n", Command::Register, "register", Group::Act),
    hint("x", Command::Delete, "end it", Group::Act),
    hint("enter", Command::Open, "its page", Group::Act),
    hint("/", Command::Search, "search", Group::Find),
];

const CO_SOLD: Keys = &[
    hint("n", Command::Share, "share with a partner", Group::Act),
    hint("x", Command::Delete, "share no longer", Group::Act),
    hint("f", Command::FirstPartner, "who comes first", Group::Act),
    hint("t", Command::DealTeam, "team", Group::Act),
    hint("enter", Command::Open, "its page", Group::Act),
];

/// Properties that are chosen and ordered.
const CHOSEN: Keys = &[
    hint("n", Command::AddField, "add", Group::Act),
    hint("x", Command::Delete, "take out", Group::Act),
    hint("J", Command::OptionDown, "reorder", Group::Act),
    and("K", Command::OptionUp, Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("D", Command::Discard, "discard", Group::Act),
    key("/", Command::SearchSettings, "all settings", Group::Find),
];

const REQUIRING: Keys = &[hint("space | enter", Command::Require, "required", Group::Act)];

pub const SETTINGS_SETUP: &[Keys] = &[SETUP, PANES, MOVEMENT];

pub const SETTINGS_CHANNEL: &[Keys] = &[CHANNEL, PANES, MOVEMENT];

pub const SETTINGS_REGISTRATIONS: &[Keys] = &[REGISTRATIONS, PANES, MOVEMENT];

pub const SETTINGS_CO_SOLD: &[Keys] = &[CO_SOLD, PANES, MOVEMENT];

pub const CHOSEN_PROPERTIES: &[Keys] = &[CHOSEN, PANES, MOVEMENT];

pub const CHOSEN_FIELDS: &[Keys] = &[REQUIRING, CHOSEN, PANES, MOVEMENT];

/// Where an entry of the tree has several pages.
pub const SETTINGS_TABS: &[Keys] =
    &[&[hint("[", Command::PreviousTab, "tabs", Group::Panes), and("]", Command::NextTab, Group::Panes)]];

pub const SETTINGS_PIPELINE: &[Keys] = &[STAGES, PANES, MOVEMENT];

pub const LEAD_PIPELINE: &[Keys] = &[REASONS, STAGES, PANES, MOVEMENT];

/// Where activities go and how many records one may have.
const ACTIVITIES: Keys = &[
    hint("e | enter", Command::Edit, "edit", Group::Act),
    hint("n", Command::NewRow, "new row", Group::Act),
    hint("x", Command::Delete, "delete row", Group::Act),
    hint("t", Command::TryTable, "try it on a record", Group::Act),
    key("R", Command::ResetTable, "the table as it was from the start", Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("D", Command::Discard, "discard", Group::Act),
];

/// A property as a form.
const DEFINITION: Keys = &[
    hint("tab | down", Command::NextField, "next, previous field", Group::Move),
    and("shift-tab | up", Command::PreviousField, Group::Move),
    hint("enter | space", Command::Open, "choose, or next field", Group::Act),
    hint("ctrl-s", Command::Save, "save", Group::Act),
    hint("esc", Command::Escape, "cancel", Group::Act),
];

const OPTIONS: Keys = &[
    hint("n", Command::NewOption, "new", Group::Act),
    hint("e | enter", Command::RenameOption, "rename", Group::Act),
    hint("J", Command::OptionDown, "move down, up", Group::Act),
    and("K", Command::OptionUp, Group::Act),
    hint("t", Command::ColourOption, "colour", Group::Act),
    hint("x", Command::Delete, "delete", Group::Act),
];

/// An option that is being named.
const OPTION_FIELD: Keys = &[
    hint("enter", Command::SaveField, "take it", Group::Act),
    hint("esc", Command::Escape, "leave it as it is", Group::Act),
];

pub const SETTINGS_TREE: &[Keys] = &[TREE, PANES, MOVEMENT];

pub const SETTINGS_DRAFTED: &[Keys] = &[DRAFTED, PANES, MOVEMENT];

pub const SETTINGS_FIELD: &[Keys] = &[SETTING_FIELD];

pub const SETTINGS_PROPERTIES: &[Keys] = &[PROPERTIES, PANES, MOVEMENT];

pub const SETTINGS_OBJECTS: &[Keys] = &[OBJECTS, PANES, MOVEMENT];

pub const SETTINGS_PEOPLE: &[Keys] = &[PEOPLE, PANES, MOVEMENT];

pub const USER_FORM: &[Keys] = &[USER];

pub const OBJECT_FORM: &[Keys] = &[NAMES];

pub const SETTINGS_ASSOCIATIONS: &[Keys] = &[ASSOCIATIONS, PANES, MOVEMENT];

pub const SETTINGS_ACTIVITIES: &[Keys] = &[ACTIVITIES, PANES, MOVEMENT];

pub const PROPERTY_FORM: &[Keys] = &[DEFINITION];

pub const PROPERTY_OPTIONS: &[Keys] = &[OPTIONS, MOVEMENT];

pub const PROPERTY_OPTION: &[Keys] = &[OPTION_FIELD];
