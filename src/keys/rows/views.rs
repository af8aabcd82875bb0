//! The views of a list: filters, columns, names.

use super::{and, hint, key};
use crate::keys::{Command, Group, Keys};

pub const FILTERS: Keys = &[
    hint("f", Command::AddFilter, "filter", Group::Find),
    key("F", Command::FocusFilters, "to the filters", Group::Find),
    key("=", Command::EditFilters, "filters as expressions", Group::Find),
];

/// While the focus is on a filter above the list.
const CHIPS: Keys = &[
    hint("enter | e", Command::EditFilter, "change", Group::Act),
    hint("x | backspace", Command::RemoveFilter, "remove", Group::Act),
    hint("o", Command::OrFilter, "or else", Group::Act),
    hint("f", Command::AddFilter, "add", Group::Act),
    key("=", Command::EditFilters, "as expressions", Group::Act),
    hint("h | left", Command::PreviousFilter, "filters", Group::Move),
    and("l | right", Command::NextFilter, Group::Move),
    hint("esc | j | down | F", Command::Escape, "to the list", Group::Move),
];

/// What a view shows of its records in a list.
pub const VIEW_COLUMNS: Keys = &[key("z c", Command::Columns, "columns", Group::View)];

/// The views of a list.
pub const VIEWS: Keys = &[
    key("z s", Command::SaveView, "save the view", Group::View),
    key("z S", Command::SaveViewAs, "save as", Group::View),
    key("z n", Command::RenameView, "rename the view", Group::View),
    key("z x", Command::DeleteView, "delete the view", Group::View),
    key("z z", Command::DropChanges, "drop the changes", Group::View),
    key("z e", Command::ShowExpression, "its expression", Group::View),
];

/// While a filter is put together.
const FILTERING: Keys = &[
    hint("enter", Command::Open, "choose", Group::Act),
    hint("tab | ctrl-space", Command::Tick, "tick", Group::Act),
    hint("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    hint("esc", Command::Escape, "one step back", Group::Program),
];

/// While the filters are edited as expressions.
const EXPRESSIONS_TABLE: Keys = &[
    hint("enter | ctrl-s", Command::Agree, "take them", Group::Act),
    hint("down | tab", Command::MoveDown, "next, previous line", Group::Move),
    and("up | shift-tab", Command::MoveUp, Group::Move),
    hint("esc", Command::Escape, "cancel", Group::Program),
];

/// While a view gets its name.
const NAMING_TABLE: Keys = &[
    hint("enter | ctrl-s", Command::Agree, "save", Group::Act),
    hint("tab | ctrl-space", Command::Tick, "for everyone or only you", Group::Act),
    hint("esc", Command::Escape, "cancel", Group::Program),
];

/// While columns are chosen.
const COLUMNS_TABLE: Keys = &[
    hint("space", Command::ShowColumn, "show, hide", Group::Act),
    hint("J", Command::MoveColumnDown, "move", Group::Act),
    and("K", Command::MoveColumnUp, Group::Act),
    hint("> | right | l", Command::WidenColumn, "wider, narrower", Group::Act),
    and("< | left | h", Command::NarrowColumn, Group::Act),
    hint("g", Command::GroupBy, "group", Group::Act),
    key("j | down", Command::MoveDown, "down, up", Group::Move),
    and("k | up", Command::MoveUp, Group::Move),
    key("home", Command::First, "first, last", Group::Move),
    and("G | end", Command::Last, Group::Move),
    key("pagedown | ctrl-d", Command::PageDown, "a page", Group::Move),
    and("pageup | ctrl-u", Command::PageUp, Group::Move),
    hint("esc | enter", Command::Escape, "close", Group::Program),
];

/// A view as a call, only to be read.
pub const CALL: &[Keys] = &[&[hint("enter | esc", Command::Escape, "close", Group::Program)]];

pub const LIST_FILTERS: &[Keys] = &[CHIPS];

pub const FILTER: &[Keys] = &[FILTERING];

pub const EXPRESSIONS: &[Keys] = &[EXPRESSIONS_TABLE];

pub const NAMING: &[Keys] = &[NAMING_TABLE];

pub const COLUMNS: &[Keys] = &[COLUMNS_TABLE];
