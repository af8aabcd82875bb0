//! The rows that several screens share, and the sets that the screens of browsing put together from them.
//! A row whose command does nothing on a screen must not stand in that screen's set.

mod acts;
mod associations;
mod board;
mod bulk;
mod edit;
mod import;
mod logging;
mod machine;
mod merging;
mod notifications;
mod objects;
mod panes;
mod record;
mod sets;
mod settings;
mod sorting;
mod timeline;
mod today;
mod views;

use super::{Binding, Command, Group, Keys, Prefix};
pub use acts::*;
pub use associations::*;
pub use board::*;
pub use bulk::*;
pub use edit::*;
pub use import::*;
pub use logging::*;
pub use machine::*;
pub use merging::*;
pub use notifications::*;
pub use objects::*;
pub use panes::*;
pub use record::*;
pub use sets::SETS;
pub use settings::*;
pub use sorting::{sort_rows, stage_rows};
pub use timeline::*;
pub use today::*;
pub use views::*;

const fn key(keys: &'static str, command: Command, label: &'static str, group: Group) -> Binding {
    Binding { keys, command, label, group, hint: false }
}

const fn hint(keys: &'static str, command: Command, label: &'static str, group: Group) -> Binding {
    Binding { keys, command, label, group, hint: true }
}

/// Shown with the row above.
const fn and(keys: &'static str, command: Command, group: Group) -> Binding {
    key(keys, command, "", group)
}

/// Prefixes, as which-key and the footer name them.
pub const PREFIXES: &[Prefix] = &[
    Prefix { keys: "s", label: "sort by…", hint: true, leads: false },
    Prefix { keys: "S", label: "then sort by…", hint: false, leads: false },
    Prefix { keys: "c", label: "create…", hint: true, leads: false },
    Prefix { keys: "g", label: "go to…", hint: true, leads: false },
    Prefix { keys: "m", label: "move to…", hint: true, leads: true },
    Prefix { keys: "y", label: "copy…", hint: false, leads: false },
    Prefix { keys: "z", label: "look…", hint: false, leads: false },
];

/// Everywhere, below every layer's own rows.
pub const GLOBAL: Keys = &[
    key("esc", Command::Escape, "one level back", Group::Program),
    key("q", Command::Close, "close this view", Group::Program),
    key("ctrl-p | :", Command::Palette, "commands and records", Group::Program),
    key("? | f1", Command::Help, "all keys", Group::Program),
    key("f12", Command::ToggleMouse, "mouse on, off", Group::Program),
    key("", Command::ReloadConfig, "", Group::Program),
    key("ctrl-z", Command::Suspend, "to the shell, `fg` returns", Group::Program),
    key("ctrl-c", Command::Interrupt, "cancel; twice: quit", Group::Program),
];

/// Below every screen, and under no modal.
pub const ACTS: Keys = &[key("u", Command::Undo, "undo, redo", Group::Act), and("ctrl-r", Command::Redo, Group::Act)];

pub const GOTO: Keys = &[
    key("g c", Command::GoContacts, "Contacts", Group::GoTo),
    key("g o", Command::GoCompanies, "Companies", Group::GoTo),
    key("g d", Command::GoDeals, "Deals", Group::GoTo),
    key("g t", Command::GoTickets, "Tickets", Group::GoTo),
    key("g l", Command::GoLeads, "Leads", Group::GoTo),
    key("g b", Command::GoBoard, "Board of leads", Group::GoTo),
    key("", Command::GoDealBoard, "", Group::GoTo),
    key("", Command::GoTicketBoard, "", Group::GoTo),
    key("g a", Command::GoToday, "Today", Group::GoTo),
    key("g n", Command::GoNotifications, "Notifications", Group::GoTo),
    key("g enter", Command::GoTold, "what came last", Group::GoTo),
    key("g i", Command::GoImport, "Import a file…", Group::GoTo),
    key("g s", Command::GoSettings, "Settings", Group::GoTo),
    key("g u", Command::GoActs, "Acts", Group::GoTo),
    key("g x", Command::GoBin, "Bin", Group::GoTo),
    key("", Command::GoUnassociated, "", Group::GoTo),
    key("", Command::GoAwaited, "", Group::GoTo),
    key("ctrl-k", Command::Anywhere, "any record, by words", Group::GoTo),
    key("ctrl-o | alt-left", Command::Back, "back, forward", Group::GoTo),
    and("alt-right | ctrl-i", Command::Forward, Group::GoTo),
];

pub const MOVEMENT: Keys = &[
    key("j | down", Command::MoveDown, "down, up", Group::Move),
    and("k | up", Command::MoveUp, Group::Move),
    key("g g | home", Command::First, "first, last", Group::Move),
    and("G | end", Command::Last, Group::Move),
    key("ctrl-d", Command::HalfPageDown, "half a page", Group::Move),
    and("ctrl-u", Command::HalfPageUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
];

pub const OPEN: Keys = &[hint("enter", Command::Open, "open", Group::Act)];

/// The same key where it opens a fold or closes one.
const FOLD_IT: Keys = &[hint("enter", Command::Open, "fold", Group::Act)];

const UNFOLD_IT: Keys = &[hint("enter", Command::Open, "unfold", Group::Act)];

/// Along the columns of a list.
pub const CELLS: Keys = &[
    key("h | left", Command::CellLeft, "cell to the left, right", Group::Move),
    and("l | right", Command::CellRight, Group::Move),
];

pub const CREATE: Keys = &[
    key("c c", Command::NewContact, "create a contact", Group::Create),
    key("c o", Command::NewCompany, "create a company", Group::Create),
    key("c d", Command::NewDeal, "create a deal", Group::Create),
    key("c t", Command::NewTicket, "create a ticket", Group::Create),
    key("c l", Command::NewLead, "create a lead", Group::Create),
];

/// Of the row with the cursor.
pub const LEAD_OF: Keys = &[key("c L", Command::LeadOf, "create a lead of this one", Group::Create)];

/// What takes a record away.
pub const DELETE: Keys =
    &[key("x", Command::Delete, "delete", Group::Act), key("M", Command::Merge, "merge with another", Group::Act)];

pub const WHY: Keys = &[key("w", Command::Why, "why, history", Group::Act), and("W", Command::History, Group::Act)];

/// Rows that are acted on together.
pub const MARKS: Keys = &[
    key("space", Command::ToggleMark, "mark and move on", Group::Mark),
    key("v", Command::MarkRange, "mark a range from here", Group::Mark),
    key("ctrl-a", Command::MarkAll, "mark all that are found", Group::Mark),
];

/// As long as rows are marked, before what acts on the row under the cursor.
pub const ON_MARKED: Keys = &[
    hint("p", Command::EditProperty, "set a property", Group::Mark),
    hint("a", Command::Log, "log", Group::Mark),
    hint("e", Command::Edit, "set this one", Group::Mark),
    hint("A", Command::AssociateAll, "associate", Group::Mark),
    hint("x", Command::Delete, "delete", Group::Mark),
    hint("X", Command::Export, "export", Group::Mark),
    key("M", Command::Merge, "merge two", Group::Mark),
    hint("esc", Command::Escape, "clear marks", Group::Mark),
];

pub const EXPORT: Keys = &[key("X", Command::Export, "export to a file", Group::Act)];

/// While the file is named.
pub const EXPORTING: Keys = &[
    hint("enter", Command::Open, "export", Group::Act),
    hint("tab", Command::NextColumns, "the columns shown, or all", Group::Act),
    key("esc", Command::Escape, "cancel", Group::Program),
];

/// Of the row, or of the record whose page it is.
pub const COPY: Keys = &[
    key("y e", Command::CopyEmail, "copy e-mail, phone, link", Group::Act),
    and("y p", Command::CopyPhone, Group::Act),
    and("y l", Command::CopyLink, Group::Act),
    key("y y", Command::CopyRow, "copy the row, as CSV", Group::Act),
    and("y c", Command::CopyCsv, Group::Act),
    key("y n", Command::CopyName, "copy name, id", Group::Act),
    and("y i", Command::CopyId, Group::Act),
];

/// Where the cursor stands on a value of its own.
pub const COPY_VALUE: Keys = &[key("y v", Command::CopyValue, "copy the value under the cursor", Group::Act)];

/// What the system's programs open.
pub const OPEN_WITH: Keys = &[key("o", Command::OpenLink, "open the link, e-mail or phone", Group::Act)];

/// Where a record has several of them.
pub const TAKE_ONE: Keys = &[
    hint("enter", Command::Open, "open", Group::Act),
    key("l", Command::TakeLink, "the link", Group::Act),
    key("e", Command::TakeEmail, "the e-mail", Group::Act),
    key("p", Command::TakePhone, "the phone", Group::Act),
    hint("j | down", Command::MoveDown, "next, previous", Group::Move),
    and("k | up", Command::MoveUp, Group::Move),
    key("esc", Command::Escape, "close", Group::Program),
];

pub const SEARCH: Keys = &[
    hint("/", Command::Search, "search", Group::Find),
    key("n", Command::NextHit, "next, previous hit", Group::Find),
    and("N", Command::PreviousHit, Group::Find),
];

/// The columns themselves come from the list, see `sort_rows`.
pub const SORTING: Keys = &[key("s s", Command::ReverseSort, "reverse the order", Group::Find)];

pub const PREVIEW: Keys = &[key("z p", Command::TogglePreview, "preview", Group::View)];

pub const DENSITY: Keys = &[key("z d", Command::ToggleDensity, "row height", Group::View)];

pub const FOLDS: Keys = &[
    key("z a", Command::ToggleFold, "fold or unfold", Group::View),
    key("h | left | z c", Command::Fold, "fold, unfold", Group::View),
    and("l | right | z o", Command::Unfold, Group::View),
    key("z R", Command::UnfoldAll, "unfold, fold all", Group::View),
    and("z M", Command::FoldAll, Group::View),
];

pub const RECORDS: Keys = &[
    hint("J", Command::NextRecord, "next, previous record", Group::Move),
    and("K", Command::PreviousRecord, Group::Move),
];

/// While the caret is in the search box above a list.
pub const SEARCH_BOX: Keys = &[
    hint("enter | tab", Command::KeepSearch, "keep the search", Group::Find),
    hint("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    hint("esc", Command::Escape, "leave the search", Group::Find),
];

/// A box with a list below it, as in the palette.
pub const CHOICES: Keys = &[
    hint("enter", Command::Open, "run", Group::Act),
    hint("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    key("esc", Command::Escape, "close", Group::Program),
];

/// Which objects are looked through.
pub const SCOPES: Keys = &[
    hint("tab", Command::NextScope, "all, contacts, companies…", Group::Find),
    key("shift-tab", Command::PreviousScope, "the object before", Group::Find),
];

/// What enter does with a found record.
const OPEN_FOUND: Keys = &[hint("enter", Command::Open, "open", Group::Act)];

/// A box with records below it.
const RECORD_CHOICES: Keys = &[
    hint("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    key("esc", Command::Escape, "close", Group::Program),
];

/// A question before something that has no way back; no other key goes on.
pub const DIALOG: Keys =
    &[hint("y", Command::Agree, "agree", Group::Act), hint("enter | n | esc", Command::Keep, "cancel", Group::Act)];

/// A list to choose one thing from, narrowed by what is typed.
pub const PICKING: Keys = &[
    hint("enter", Command::Open, "choose", Group::Act),
    hint("down | ctrl-n", Command::MoveDown, "next, previous", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    key("pagedown", Command::PageDown, "a page", Group::Move),
    and("pageup", Command::PageUp, Group::Move),
    key("esc", Command::Escape, "cancel", Group::Program),
];

/// What a screen uses, without `GLOBAL` and `GOTO`, which lie below every screen.
pub const LIST: &[Keys] = &[
    OPEN,
    EDIT,
    LOG,
    CELLS,
    OPEN_WITH,
    DELETE,
    FOLLOW_ROW,
    WHY,
    LEAD_OF,
    COPY,
    SEARCH,
    FILTERS,
    MOVEMENT,
    SORTING,
    TABS,
    VIEW_COLUMNS,
    VIEWS,
    AS_BOARD,
    PREVIEW,
    MARKS,
    EXPORT,
    BY_RULE,
];

/// The same while rows are marked; the footer names what acts on them.
pub const LIST_MARKED: &[Keys] = &[
    ON_MARKED,
    MARKS,
    OPEN,
    CELLS,
    OPEN_WITH,
    WHY,
    COPY,
    SEARCH,
    FILTERS,
    MOVEMENT,
    SORTING,
    TABS,
    VIEW_COLUMNS,
    VIEWS,
    AS_BOARD,
    PREVIEW,
    BY_RULE,
];

pub const PALETTE: &[Keys] = &[CHOICES];

pub const ANYWHERE: &[Keys] = &[OPEN_FOUND, RECORD_CHOICES, SCOPES];

pub const HELP: &[Keys] = &[MOVEMENT, TABS];

pub const EVERYWHERE: &[Keys] = &[ACTS, CREATE, GOTO, GLOBAL];

/// The same without what only works where no modal is open.
pub const PAGES: &[Keys] = &[ACTS, CREATE, GOTO];
