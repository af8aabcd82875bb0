//! The rows by which a list is sorted, which come from its columns.

use crate::keys::{Command, Group, Row};

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
