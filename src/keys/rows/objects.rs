//! The rows of objects that users made: to their lists and to a new record, by the first letter of their names that no
//! row of [`super::GOTO`] or [`super::CREATE`] has. Where no letter is left, the palette knows them by name.

use super::{CREATE, GOTO, MOVEMENT};
use crate::keys::{Command, Group, Row};

/// An object that a user made.
pub struct Own<'a> {
    pub number: u16,
    pub one: &'a str,
    pub many: &'a str,
    /// A deleted one keeps its letter, so that the others keep theirs.
    pub is_deleted: bool,
}

/// `g p` and `c p` for each object, the oldest first.
pub fn object_rows<'a>(objects: impl IntoIterator<Item = Own<'a>>) -> Vec<Row> {
    let sequences = GOTO.iter().chain(CREATE).chain(MOVEMENT).flat_map(|row| row.keys.split(" | "));
    let second = |keys: &str| keys.strip_prefix("g ").or(keys.strip_prefix("c ")).and_then(|rest| rest.chars().next());
    let mut taken: Vec<char> = sequences.filter_map(second).collect();
    let mut rows = Vec::new();
    for Own { number, one, many, is_deleted } in objects {
        let letters = many.chars().flat_map(char::to_lowercase).chain('a'..='z');
        let free = letters.into_iter().find(|c| c.is_ascii_lowercase() && !taken.contains(c));
        taken.extend(free);
        if is_deleted {
            continue;
        }
        let row = |prefix: char, command, label: String, group| Row {
            keys: free.map(|letter| format!("{prefix} {letter}")).unwrap_or_default().into(),
            command,
            label: label.into(),
            group,
            hint: false,
        };
        let article = if one.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        rows.push(row('g', Command::GoObject(number), many.to_owned(), Group::GoTo));
        rows.push(row('c', Command::NewOf(number), format!("create {article} {}", one.to_lowercase()), Group::Create));
    }
    rows
}
