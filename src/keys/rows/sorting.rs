//! The rows by which a list is sorted, which come from its columns.

use crate::keys::{Command, Group, Row};

/// The first letter of each name that is still free, with its place; a name without one is left out.
fn lettered<'a>(names: impl IntoIterator<Item = &'a str>, mut taken: Vec<char>) -> Vec<(u8, char, &'a str)> {
    let mut rows = Vec::new();
    for (number, name) in (0..=u8::MAX).zip(names) {
        let letters = name.chars().flat_map(char::to_lowercase).chain('a'..='z');
        let free = letters.into_iter().find(|c| c.is_ascii_lowercase() && !taken.contains(c));
        let Some(letter) = free else { continue };
        taken.push(letter);
        rows.push((number, letter, name));
    }
    rows
}

fn row(prefix: char, letter: char, command: Command, label: &str, group: Group) -> Row {
    Row { keys: format!("{prefix} {letter}").into(), command, label: label.to_owned().into(), group, hint: false }
}

/// The sort menus of a list: one row for each column, by the first letter of its name that is still free. `S` adds it to
/// what the list is sorted by already.
pub fn sort_rows<'a>(columns: impl IntoIterator<Item = &'a str>) -> Vec<Row> {
    let columns = lettered(columns, vec!['s']);
    let by = |prefix, (number, letter, name): &(u8, char, &str), command: fn(u8) -> Command| {
        row(prefix, *letter, command(*number), name, Group::Find)
    };
    let first = columns.iter().map(|column| by('s', column, Command::SortBy));
    first.chain(columns.iter().map(|column| by('S', column, Command::ThenSortBy))).collect()
}

/// The stages that a card is moved to, by their places.
pub fn stage_rows<'a>(stages: impl IntoIterator<Item = &'a str>) -> Vec<Row> {
    let stages = lettered(stages, Vec::new());
    let to = |(number, letter, name)| row('m', letter, Command::MoveStage(number), name, Group::Act);
    stages.into_iter().map(to).collect()
}
