//! Keys as a user moved them, laid over the rows. A command has its usual keys, those of its first row in [`SETS`], and in
//! some contexts others; a context is the title of a set. A set that belongs to a context besides its own is a row of
//! [`ALSO`], a context whose screen lies over [`super::rows::PAGES`] a row of [`OVER_PAGES`].

mod actions;
mod clash;
#[cfg(test)]
mod tests;

use super::rows::{ACT_LIST_FOLD, ACT_LIST_THERE, LIST_MARKED, PREFIXES, SETS};
use super::{Command, KeyMode, Keys, Prefix, Row, chord, lines::spell};
pub use actions::{Action, actions};
pub use clash::Clash;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Sets beside those of [`SETS`], each with the context that it belongs to.
const ALSO: &[(&str, &[Keys])] =
    &[("In a list", LIST_MARKED), ("In the list of acts", ACT_LIST_FOLD), ("In the list of acts", ACT_LIST_THERE)];

/// Contexts whose rows may hide none of those that lie below every page.
pub(super) const OVER_PAGES: &[&str] = &[
    "In a list",
    "On a record",
    "On the agenda",
    "In the tree of the settings",
    "On the general settings",
    "On the properties of an object",
    "On the objects of users",
];

/// The keys of each command by its name, where a row of [`SETS`] has it first.
static USUAL: LazyLock<BTreeMap<String, (Command, &'static str)>> = LazyLock::new(|| {
    let mut usual = BTreeMap::new();
    for binding in SETS.iter().flat_map(|(_, tables)| *tables).flat_map(|table| *table) {
        usual.entry(binding.command.name()).or_insert((binding.command, binding.keys));
    }
    usual
});

/// The command of a name, if it stands in a row that is there from the start.
pub fn command_named(name: &str) -> Option<Command> {
    USUAL.get(name).map(|(command, _)| *command)
}

/// Names of all commands that can be moved.
pub fn names() -> impl Iterator<Item = &'static str> {
    USUAL.keys().map(String::as_str)
}

/// The context of that title.
pub fn context_named(title: &str) -> Option<&'static str> {
    contexts().find(|known| *known == title)
}

pub fn contexts() -> impl Iterator<Item = &'static str> {
    SETS.iter().map(|(title, _)| *title)
}

fn usual(command: Command) -> Option<&'static str> {
    USUAL.get(&command.name()).map(|(_, keys)| *keys)
}

/// The default keys of a command in a context, where it has a row there.
pub fn default_keys(command: Command, context: Option<&str>) -> Option<&'static str> {
    let Some(context) = context else { return usual(command) };
    let sets = SETS.iter().chain(ALSO).filter(|(title, _)| *title == context);
    let mut rows = sets.flat_map(|(_, tables)| *tables).flat_map(|table| *table);
    rows.find(|row| row.command == command).map(|row| row.keys)
}

/// The contexts that a layer with these tables is in.
fn contexts_of(tables: &[Keys]) -> Vec<&'static str> {
    let is_in = |set: &[Keys]| set.iter().all(|table| tables.contains(table));
    SETS.iter().chain(ALSO).filter(|(_, set)| is_in(set)).map(|(title, _)| *title).collect()
}

/// Other keys for a command, in one context or wherever it has its usual ones. Without keys it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub context: Option<&'static str>,
    pub command: Command,
    /// As rows write them.
    pub keys: String,
}

/// All that was moved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remap {
    moves: Vec<Move>,
    /// Default keys of a prefix, and the new ones.
    prefixes: Vec<(&'static str, String)>,
}

impl Remap {
    pub fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.prefixes.is_empty()
    }

    /// What was moved before in the same context goes.
    pub fn put(&mut self, moved: Move) {
        self.forget(moved.command, moved.context);
        self.moves.push(moved);
    }

    pub fn forget(&mut self, command: Command, context: Option<&str>) {
        self.moves.retain(|before| (before.command, before.context) != (command, context));
    }

    pub fn put_prefix(&mut self, prefix: &'static str, keys: String) {
        self.prefixes.retain(|(before, _)| *before != prefix);
        self.prefixes.push((prefix, keys));
    }

    pub fn is_moved(&self, command: Command, context: Option<&str>) -> bool {
        self.find(command, context).is_some()
    }

    fn find(&self, command: Command, context: Option<&str>) -> Option<&Move> {
        self.moves.iter().find(|moved| (moved.command, moved.context) == (command, context))
    }

    /// The keys of a command in a context; none: wherever it has its usual ones.
    pub fn keys(&self, command: Command, context: Option<&str>) -> String {
        let default = default_keys(command, context).unwrap_or_default();
        let there = self.find(command, context).map(|moved| moved.keys.clone());
        there.or_else(|| self.usual_moved(command, default)).unwrap_or_else(|| self.prefixed(default).into_owned())
    }

    /// The rows of a layer with these tables, as they are in force.
    pub fn apply(&self, tables: &[Keys], mode: KeyMode, rows: &mut [Row]) {
        if self.is_empty() {
            return;
        }
        let has_contexts = self.moves.iter().any(|moved| moved.context.is_some());
        let contexts = if has_contexts { contexts_of(tables) } else { Vec::new() };
        let mut head_is_gone = false;
        for row in rows {
            let had_keys = !row.keys.is_empty();
            row.keys = self.keys_of(row, &contexts, mode).into();
            let is_head = !row.label.is_empty();
            let stands_alone = if is_head { false } else { head_is_gone || !had_keys };
            if stands_alone && !row.keys.is_empty() {
                row.label = begun_small(row.command.title()).into();
                head_is_gone = false;
            } else if is_head {
                head_is_gone = had_keys && row.keys.is_empty();
            }
        }
    }

    fn keys_of(&self, row: &Row, contexts: &[&str], mode: KeyMode) -> String {
        let in_context = contexts.iter().find_map(|context| self.find(row.command, Some(context)));
        let moved = in_context.map(|moved| moved.keys.clone()).or_else(|| self.usual_moved(row.command, &row.keys));
        let Some(moved) = moved else { return self.prefixed(&row.keys).into_owned() };
        if mode == KeyMode::Normal || moved.is_empty() {
            return moved;
        }
        // What types can't act where text is typed; there the command keeps a key.
        let acts = |keys: &&str| chord::parse(keys).is_ok_and(|found| found.iter().all(|keys| !chord::types(keys[0])));
        let left: Vec<&str> = moved.split(" | ").filter(acts).collect();
        if left.is_empty() { row.keys.to_string() } else { left.join(" | ") }
    }

    /// Keys among which are the usual ones of a command, with those it was moved to in their place.
    fn usual_moved(&self, command: Command, keys: &str) -> Option<String> {
        let moved = self.find(command, None)?;
        let usual: Vec<&str> = usual(command)?.split(" | ").collect();
        let all: Vec<&str> = keys.split(" | ").collect();
        if !usual.iter().all(|one| all.contains(one)) {
            return None;
        }
        let rest = all.into_iter().filter(|one| !usual.contains(one));
        let new = moved.keys.split(" | ").filter(|one| !one.is_empty());
        Some(new.chain(rest).collect::<Vec<_>>().join(" | "))
    }

    /// Keys with their prefix where that was moved.
    fn prefixed<'k>(&self, keys: &'k str) -> Cow<'k, str> {
        if self.prefixes.is_empty() {
            return Cow::Borrowed(keys);
        }
        let one = |keys: &str| {
            let moved = self.prefixes.iter().find_map(|(prefix, new)| {
                let rest = keys.strip_prefix(prefix)?.strip_prefix(' ')?;
                Some(format!("{new} {rest}"))
            });
            moved.unwrap_or_else(|| keys.to_owned())
        };
        Cow::Owned(keys.split(" | ").map(one).collect::<Vec<_>>().join(" | "))
    }

    /// The prefixes as they are in force.
    pub fn prefixes(&self) -> Vec<(Cow<'_, str>, &'static Prefix)> {
        let moved = |prefix: &Prefix| self.prefixes.iter().find(|(before, _)| *before == prefix.keys);
        PREFIXES
            .iter()
            .map(|prefix| (moved(prefix).map_or(prefix.keys.into(), |(_, keys)| keys.as_str().into()), prefix))
            .collect()
    }
}

/// A title as the label of a row.
fn begun_small(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// How keys that a sentence or a button names by default are called now.
#[derive(Debug, Default)]
pub struct Ways(BTreeMap<String, String>);

impl Ways {
    /// All keys as they are from the start.
    pub fn usual() -> &'static Ways {
        static USUAL: Ways = Ways(BTreeMap::new());
        &USUAL
    }

    /// From rows, of the highest layer first, as they are by default and as they are in force.
    pub fn between(plain: &[Row], rows: &[Row]) -> Ways {
        let mut ways = BTreeMap::new();
        for (plain, row) in plain.iter().zip(rows) {
            let now = row.keys.split(" | ").next().map(spell).unwrap_or_default();
            for (place, keys) in plain.keys.split(" | ").filter(|keys| !keys.is_empty()).enumerate() {
                let same = row.keys.split(" | ").nth(place).filter(|_| plain.keys == row.keys);
                ways.entry(spell(keys)).or_insert_with(|| same.map_or_else(|| now.clone(), spell));
            }
        }
        ways.retain(|before, now| before != now);
        Ways(ways)
    }

    /// `ctrl-s` or, of several keys, `j k`, as they are now.
    pub fn name<'k>(&self, keys: &'k str) -> Cow<'k, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(keys);
        }
        if let Some(now) = self.0.get(keys) {
            return Cow::Owned(now.clone());
        }
        let one = |keys: &str| self.0.get(keys).cloned().unwrap_or_else(|| keys.to_owned());
        let all: Vec<String> = keys.split(' ').map(one).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        Cow::Owned(all.join(" "))
    }
}
