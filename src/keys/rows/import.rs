//! Importing files, and the first start.

use super::{MOVEMENT, and, hint, key};
use crate::keys::{Command, Group, Keys};

/// The file to import: a path with the files below it.
const IMPORT_FILE_TABLE: Keys = &[
    hint("enter", Command::Open, "open", Group::Act),
    hint("tab", Command::CompletePath, "complete", Group::Find),
    hint("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    hint("esc", Command::Escape, "leave", Group::Program),
];

/// What its columns are.
const IMPORT_COLUMNS_TABLE: Keys = &[
    hint("enter", Command::Open, "change", Group::Act),
    hint("] | tab", Command::NextStep, "check", Group::Panes),
    hint("-", Command::LeaveOut, "leave out", Group::Act),
    hint("o", Command::ChooseObject, "what they are", Group::Act),
    hint("t", Command::ChooseRows, "which rows", Group::Act),
    hint("m", Command::LoadMapping, "saved mappings", Group::Find),
    key("M", Command::SaveMapping, "save the mapping", Group::Find),
    key("R", Command::ToggleReplace, "at a limit keep, replace; make contacts of mails", Group::Act),
    key("[ | shift-tab", Command::PreviousStep, "step back", Group::Panes),
];

/// What would come of it; the row of Enter says how many rows.
const IMPORT_START: Keys = &[hint("enter", Command::StartImport, "import the rows", Group::Act)];

const IMPORT_CHECK_TABLE: Keys = &[hint("[ | shift-tab", Command::PreviousStep, "step back", Group::Panes)];

/// What came of it.
const IMPORT_RESULT_TABLE: Keys = &[
    hint("enter", Command::Open, "show the list", Group::Act),
    hint("u", Command::UndoImport, "undo the import", Group::Act),
    hint("r", Command::ImportLeftOut, "import the corrected rows", Group::Act),
    hint("f", Command::AnotherFile, "another file", Group::Act),
];

/// While it is checked or imported.
pub const IMPORT_RUNNING: &[Keys] = &[&[hint("esc", Command::Escape, "stop", Group::Program)]];

pub const IMPORT_FILE: &[Keys] = &[IMPORT_FILE_TABLE];

pub const IMPORT_COLUMNS: &[Keys] = &[IMPORT_COLUMNS_TABLE, MOVEMENT];

pub const IMPORT_CHECK: &[Keys] = &[IMPORT_START, IMPORT_CHECK_TABLE, MOVEMENT];

/// The same without the row of Enter, which the screen makes.
pub const IMPORT_TRIED: &[Keys] = &[IMPORT_CHECK_TABLE, MOVEMENT];

pub const IMPORT_RESULT: &[Keys] = &[IMPORT_RESULT_TABLE, MOVEMENT];

/// Some things of which one is chosen, and may be deleted.
pub const DELETABLE: Keys = &[hint("ctrl-x", Command::Delete, "delete", Group::Act)];

/// A name that something is saved under.
pub const NAME: &[Keys] =
    &[&[hint("enter", Command::Agree, "save", Group::Act), hint("esc", Command::Escape, "cancel", Group::Program)]];

/// What to begin with in a new workspace.
pub const DOORS: &[Keys] = &[&[
    hint("enter", Command::Open, "go on", Group::Act),
    hint("j | down | tab", Command::MoveDown, "next, previous", Group::Move),
    and("k | up | shift-tab", Command::MoveUp, Group::Move),
    key("esc", Command::Escape, "start empty", Group::Program),
]];
