//! Keys as data: a row says which keys give which command, and the same rows are the lookup, the footer, the help,
//! the palette and the README's table. To bind a key, add a row to the table of its screen or to `rows`.

pub mod chord;
mod command;
mod lines;
mod lookup;
mod markdown;
pub mod remap;
pub mod rows;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use chord::{Chord, ChordError};
pub use command::Command;
pub use lines::{Line, help, hints, lines, spelled};
pub use lookup::{KeyMode, Keymap, Match, Next, Pending};
pub use markdown::markdown;

/// The rows of one table.
pub type Keys = &'static [Binding];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// Sequences of keys parted by blanks, alternatives by ` | `: `"j | down"`, `"g g | home"`.
    /// Only the first alternative is shown in footers. Empty: it stands in the palette only.
    pub keys: &'static str,
    pub command: Command,
    /// What it does here, as a verb. Empty: the row is shown as one with the row above, as in `j k  down, up`.
    pub label: &'static str,
    pub group: Group,
    /// Whether the footer may name it; the order of rows is that of likelihood.
    pub hint: bool,
}

/// The sections of the help, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Move,
    Find,
    Act,
    Mark,
    View,
    Create,
    GoTo,
    Panes,
    Program,
}

impl Group {
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Find => "Find",
            Self::Act => "Act on the row",
            Self::Mark => "Mark",
            Self::View => "Look",
            Self::Create => "Create",
            Self::GoTo => "Go to",
            Self::Panes => "Panes and tabs",
            Self::Program => "Program",
        }
    }
}

/// A binding that may have been made while running, as those of the sort menu are from the columns of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub keys: Cow<'static, str>,
    pub command: Command,
    pub label: Cow<'static, str>,
    pub group: Group,
    pub hint: bool,
}

impl From<&Binding> for Row {
    fn from(binding: &Binding) -> Self {
        Self {
            keys: binding.keys.into(),
            command: binding.command,
            label: binding.label.into(),
            group: binding.group,
            hint: binding.hint,
        }
    }
}

impl Row {
    /// What a menu calls it: its own label, or the command's title where it has none.
    pub fn word(&self) -> &str {
        if self.label.is_empty() { self.command.title() } else { &self.label }
    }
}

/// What a first key opens, as which-key names it.
#[derive(Debug, Clone, Copy)]
pub struct Prefix {
    pub keys: &'static str,
    pub label: &'static str,
    pub hint: bool,
    /// In the footer it stands among the first.
    pub leads: bool,
}

/// All rows of a layer's tables, highest precedence first.
pub fn rows_of(tables: &[Keys]) -> impl Iterator<Item = Row> {
    tables.iter().flat_map(|table| table.iter().map(Row::from))
}
