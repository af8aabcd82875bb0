//! Editing where a value stands, and the forms that create records.

use super::{and, hint, key};
use crate::keys::{Command, Group, Keys};

/// A property where it stands.
pub const EDIT: Keys = &[hint("e", Command::Edit, "edit", Group::Act)];

/// The same where enter has nothing else to do.
pub const EDIT_IT: Keys = &[hint("e | enter", Command::Edit, "edit", Group::Act)];

/// In the palette only.
pub const ANY_PROPERTY: Keys = &[key("", Command::EditProperty, "", Group::Act)];

/// While a property is edited where it stands.
pub const EDITING: Keys = &[
    hint("enter | ctrl-s", Command::SaveField, "save", Group::Act),
    hint("tab", Command::NextField, "save, next", Group::Move),
    key("shift-tab", Command::PreviousField, "save, previous", Group::Move),
    hint("esc", Command::Escape, "keep the old value", Group::Act),
];

/// The same in a box of several lines, where enter begins the next one.
const EDITING_BOX: Keys = &[
    hint("ctrl-s", Command::SaveField, "save", Group::Act),
    hint("ctrl-e", Command::EditOutside, "edit in $EDITOR", Group::Act),
    hint("tab", Command::NextField, "save, next", Group::Move),
    key("shift-tab", Command::PreviousField, "save, previous", Group::Move),
    hint("esc", Command::Escape, "keep the old value", Group::Act),
];

/// In a field with a list of choices.
pub const CHOOSING: Keys = &[
    hint("down | ctrl-n", Command::MoveDown, "next, previous choice", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
];

/// In one that takes several.
pub const TICKING: Keys = &[hint("ctrl-space", Command::Tick, "tick", Group::Act)];

/// While a record is being created.
pub const FORM: Keys = &[
    hint("tab", Command::NextField, "next field", Group::Move),
    key("shift-tab", Command::PreviousField, "field before", Group::Move),
    key("enter", Command::SaveField, "take it, next field", Group::Move),
    hint("ctrl-s", Command::Create, "create", Group::Act),
    hint("alt-enter | ctrl-g", Command::CreateAnother, "create and add another", Group::Act),
    key("ctrl-o", Command::OpenHolder, "open the record that has it already", Group::Act),
    key("ctrl-r", Command::WithoutTie, "without the association", Group::Act),
    key("ctrl-x", Command::DiscardDraft, "discard the draft", Group::Act),
    hint("esc", Command::Escape, "close, the draft is kept", Group::Act),
];

const FORM_OUTSIDE: Keys = &[key("ctrl-e", Command::EditOutside, "edit in $EDITOR", Group::Act)];

/// While a property is edited, by the form of its field.
pub const EDITING_LINE: &[Keys] = &[EDITING];

pub const EDITING_CHOICE: &[Keys] = &[EDITING, CHOOSING];

pub const EDITING_TICKS: &[Keys] = &[EDITING, CHOOSING, TICKING];

pub const EDITING_LONG: &[Keys] = &[EDITING_BOX];

pub const FORM_LINE: &[Keys] = &[FORM];

pub const FORM_CHOICE: &[Keys] = &[FORM, CHOOSING];

pub const FORM_TICKS: &[Keys] = &[FORM, CHOOSING, TICKING];

pub const FORM_LONG: &[Keys] = &[FORM_OUTSIDE, FORM];
