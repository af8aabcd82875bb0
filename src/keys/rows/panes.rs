//! From pane to pane and from tab to tab.

use super::{and, hint, key};
use crate::keys::{Command, Group, Keys};

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
