//! The rows that several screens share, and the sets that the screens of browsing put together from them.
//! A row whose command does nothing on a screen must not stand in that screen's set.

use super::{Binding, Command, Group, Keys, Prefix, Row};

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
    Prefix { keys: "s", label: "sort by…", hint: true },
    Prefix { keys: "S", label: "then sort by…", hint: false },
    Prefix { keys: "g", label: "go to…", hint: true },
    Prefix { keys: "z", label: "look…", hint: false },
];

/// Everywhere, below every layer's own rows.
pub const GLOBAL: Keys = &[
    key("esc", Command::Escape, "one level back", Group::Program),
    key("q", Command::Close, "close this view", Group::Program),
    key("ctrl-p | :", Command::Palette, "commands and records", Group::Program),
    key("? | f1", Command::Help, "all keys", Group::Program),
    key("f12", Command::ToggleMouse, "mouse on, off", Group::Program),
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

pub const DELETE: Keys = &[key("x", Command::Delete, "delete", Group::Act)];

pub const SEARCH: Keys = &[
    hint("/", Command::Search, "search", Group::Find),
    key("n", Command::NextHit, "next, previous hit", Group::Find),
    and("N", Command::PreviousHit, Group::Find),
];

/// The columns themselves come from the list, see `sort_rows`.
pub const SORTING: Keys = &[key("s s", Command::ReverseSort, "reverse the order", Group::Find)];

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

/// The views of a list.
pub const VIEWS: Keys = &[
    key("z c", Command::Columns, "columns", Group::View),
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

pub const PANES: Keys = &[
    hint("tab", Command::NextPane, "next pane", Group::Panes),
    key("shift-tab", Command::PreviousPane, "previous pane", Group::Panes),
];

pub const TABS: Keys = &[
    hint("[", Command::PreviousTab, "tabs", Group::Panes),
    and("]", Command::NextTab, Group::Panes),
    key("alt-1", Command::SelectTab(1), "tab by its number", Group::Panes),
    and("alt-2", Command::SelectTab(2), Group::Panes),
    and("alt-3", Command::SelectTab(3), Group::Panes),
    and("alt-4", Command::SelectTab(4), Group::Panes),
    and("alt-5", Command::SelectTab(5), Group::Panes),
    and("alt-6", Command::SelectTab(6), Group::Panes),
    and("alt-7", Command::SelectTab(7), Group::Panes),
    and("alt-8", Command::SelectTab(8), Group::Panes),
    and("alt-9", Command::SelectTab(9), Group::Panes),
];

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

/// A question before something that has no way back; no other key goes on.
pub const DIALOG: Keys =
    &[hint("y", Command::Agree, "agree", Group::Act), hint("enter | n | esc", Command::Keep, "cancel", Group::Act)];

/// What a screen uses, without `GLOBAL` and `GOTO`, which lie below every screen.
pub const LIST: &[Keys] = &[OPEN, DELETE, SEARCH, FILTERS, MOVEMENT, SORTING, TABS, VIEWS, PREVIEW];
pub const LIST_FILTERS: &[Keys] = &[CHIPS];
pub const FILTER: &[Keys] = &[FILTERING];
pub const EXPRESSIONS: &[Keys] = &[EXPRESSIONS_TABLE];
pub const NAMING: &[Keys] = &[NAMING_TABLE];
pub const COLUMNS: &[Keys] = &[COLUMNS_TABLE];
pub const RECORD: &[Keys] = &[OPEN, DELETE, PANES, MOVEMENT, FOLDS, TABS, RECORDS, DENSITY];
/// The same while the cursor is on what is unfolded, or folded.
pub const RECORD_FOLD: &[Keys] = &[FOLD_IT, DELETE, PANES, MOVEMENT, FOLDS, TABS, RECORDS, DENSITY];
pub const RECORD_UNFOLD: &[Keys] = &[UNFOLD_IT, DELETE, PANES, MOVEMENT, FOLDS, TABS, RECORDS, DENSITY];
pub const PALETTE: &[Keys] = &[CHOICES];
pub const HELP: &[Keys] = &[MOVEMENT, TABS];
pub const EVERYWHERE: &[Keys] = &[ACTS, GOTO, GLOBAL];
/// The same without what only works where no modal is open.
pub const PAGES: &[Keys] = &[ACTS, GOTO];

/// What the README shows.
pub const SETS: &[(&str, &[Keys])] = &[
    ("Everywhere", EVERYWHERE),
    ("In a list", LIST),
    ("On a record", RECORD),
    ("In the search box", &[SEARCH_BOX]),
    ("On the filters of a list", LIST_FILTERS),
    ("While a filter is put together", FILTER),
    ("While filters are edited as expressions", EXPRESSIONS),
    ("While columns are chosen", COLUMNS),
    ("While a view is named", NAMING),
    ("In the palette", PALETTE),
    ("In a question", &[DIALOG]),
];

/// The sort menus of a list: one row for each column, by the first letter of its name that is still free. `S` adds it to
/// what the list is sorted by already.
pub fn sort_rows<'a>(columns: impl IntoIterator<Item = &'a str>) -> Vec<Row> {
    let mut taken = vec!['s'];
    let (mut rows, mut then) = (Vec::new(), Vec::new());
    for (number, name) in (0..=u8::MAX).zip(columns) {
        let letters = name.chars().flat_map(char::to_lowercase).chain('a'..='z');
        let free = letters.into_iter().find(|c| c.is_ascii_lowercase() && !taken.contains(c));
        let Some(letter) = free else { continue };
        taken.push(letter);
        let row = |prefix: char, command| Row {
            keys: format!("{prefix} {letter}").into(),
            command,
            label: name.to_owned().into(),
            group: Group::Find,
            hint: false,
        };
        rows.push(row('s', Command::SortBy(number)));
        then.push(row('S', Command::ThenSortBy(number)));
    }
    rows.append(&mut then);
    rows
}
