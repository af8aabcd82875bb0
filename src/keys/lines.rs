//! Rows as people read them: one line may show several rows, as in `j k  down, up`.

use super::{Command, Group, Prefix, Row, chord};
use std::borrow::Cow;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `j k`, `ctrl-d u`, `alt-1…9`.
    pub keys: String,
    pub label: String,
    pub group: Group,
    pub hint: bool,
    /// The commands of its rows, the first of which decides why it can't be done now. None for a prefix.
    pub commands: Vec<Command>,
}

/// One line for each row that has keys, and those that are shown with it.
pub fn lines(rows: &[Row]) -> Vec<Line> {
    let rows: Vec<&Row> = rows.iter().filter(|row| !row.keys.is_empty()).collect();
    let mut lines = Vec::new();
    let mut rest = rows.as_slice();
    while let Some((head, tail)) = rest.split_first() {
        let with_it = tail.iter().take_while(|row| row.label.is_empty()).count();
        let together = &rest[..=with_it];
        lines.push(Line {
            keys: join(&together.iter().map(|row| first_keys(&row.keys)).collect::<Vec<_>>()),
            label: head.word().to_owned(),
            group: head.group,
            hint: head.hint,
            commands: together.iter().map(|row| row.command).collect(),
        });
        rest = &tail[with_it..];
    }
    lines
}

/// What the footer offers, most likely first: single rows and, after the first of them, prefixes that some row begins
/// with; those that do not lead come last.
///
/// `prefixes`: each with its keys as they are now.
pub fn hints(rows: &[Row], prefixes: &[(Cow<str>, &Prefix)]) -> Vec<Line> {
    let opens = |keys: &str| rows.iter().find(|row| row.keys.starts_with(&format!("{keys} ")));
    let from_prefix = |(keys, prefix): &(Cow<str>, &Prefix)| {
        opens(keys).map(|row| Line {
            keys: spell(keys),
            label: prefix.label.trim_end_matches('…').to_owned(),
            group: row.group,
            hint: true,
            commands: Vec::new(),
        })
    };
    let single = lines(rows).into_iter().filter(|line| line.hint);
    let mut hints: Vec<Line> = single.collect();
    let (leading, rest): (Vec<_>, Vec<_>) =
        prefixes.iter().filter(|(_, prefix)| prefix.hint).partition(|(_, prefix)| prefix.leads);
    let second = hints.len().min(1);
    hints.splice(second..second, leading.into_iter().filter_map(from_prefix));
    hints.extend(rest.into_iter().filter_map(from_prefix));
    hints
}

/// The help: lines by group, in the order of groups.
pub fn help(rows: &[Row]) -> Vec<(Group, Vec<Line>)> {
    let mut groups: Vec<(Group, Vec<Line>)> = Vec::new();
    for line in lines(rows) {
        match groups.iter_mut().find(|(group, _)| *group == line.group) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((line.group, vec![line])),
        }
    }
    groups.sort_by_key(|(group, _)| *group);
    groups
}

/// The first alternative of a row, in the one spelling.
fn first_keys(keys: &str) -> String {
    let first = keys.split(" | ").next().unwrap_or(keys);
    spell(first)
}

/// All alternatives of a row as people read them: `j, down`.
pub fn spelled(keys: &str) -> String {
    keys.split(" | ").map(spell).collect::<Vec<_>>().join(", ")
}

pub(super) fn spell(sequence: &str) -> String {
    match chord::parse(sequence) {
        Ok(parsed) => parsed.concat().into_iter().map(chord::show).collect::<Vec<_>>().join(" "),
        Err(_) => sequence.to_owned(),
    }
}

/// `ctrl-d` and `ctrl-u` are `ctrl-d u`, nine of a kind are `alt-1…9`, sequences are held apart by two blanks.
fn join(keys: &[String]) -> String {
    let [first, others @ ..] = keys else {
        return String::new();
    };
    let modifiers = first.rfind('-').filter(|at| at + 1 < first.len()).map_or("", |at| &first[..=at]);
    let short = |key: &String| key.strip_prefix(modifiers).unwrap_or(key).to_owned();
    match others {
        [.., last] if others.len() > 2 => format!("{first}…{}", short(last)),
        _ => {
            let gap = if keys.iter().any(|key| key.contains(' ')) { "  " } else { " " };
            others.iter().fold(first.clone(), |shown, key| shown + gap + &short(key))
        }
    }
}
