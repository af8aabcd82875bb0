//! What a user leaves behind who is to be active no more, and who takes it over (R6.1).

use crate::domain::id::UserId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who takes over the records and tasks of a user who leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Heir {
    /// Nobody said; where there is anything it is asked.
    #[default]
    Ask,
    /// All stays theirs.
    Nobody,
    User(UserId),
}

/// A user is to leave who has records and tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaves {
    pub user: UserId,
    pub name: String,
    /// How many of what: `(3, "open deals")`.
    pub held: Vec<(usize, String)>,
}

impl Leaves {
    /// `12 contacts, 1 open deal and 2 open tasks`.
    pub fn counted(&self) -> String {
        let each: Vec<String> = self.held.iter().map(|(count, what)| format!("{count} {what}")).collect();
        match each.as_slice() {
            [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
            _ => each.concat(),
        }
    }
}

impl fmt::Display for Leaves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, counted) = (&self.name, self.counted());
        write!(
            f,
            "{name} has {counted}. --take-over E-MAIL gives them to somebody, --take-over nobody leaves them with {name}"
        )
    }
}
