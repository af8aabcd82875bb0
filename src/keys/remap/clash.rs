//! Two commands on the same keys where both are in force.

use super::{ALSO, OVER_PAGES, Remap};
use crate::keys::rows::{EVERYWHERE, SETS};
use crate::keys::{Chord, Command, KeyMode, Keys, Row, chord, rows_of};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub context: &'static str,
    /// What was moved there.
    pub moved: Command,
    /// As rows write them.
    pub keys: String,
    pub other: Command,
    /// The same keys, or such as begin with them or begin them.
    pub other_keys: String,
}

/// The sequences of a row by default and now.
struct Sequences {
    command: Command,
    before: Vec<Sequence>,
    now: Vec<Sequence>,
}

impl Sequences {
    fn is_moved(&self) -> bool {
        self.before != self.now
    }
}

type Sequence = Vec<Chord>;

/// Keys of the one that are those of the other one, begin them or begin with them, and those.
fn meeting<'s>(some: &'s [Sequence], others: &'s [Sequence]) -> Option<(&'s Sequence, &'s Sequence)> {
    let pairs = some.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    pairs.into_iter().find(|(one, other)| other.starts_with(one) || one.starts_with(other))
}

fn shown(keys: &Sequence) -> String {
    keys.iter().map(|chord| chord::show(*chord)).collect::<Vec<_>>().join(" ")
}

impl Remap {
    /// Every pair of commands that came to the same keys by being moved.
    pub fn clashes(&self) -> Vec<Clash> {
        if self.is_empty() {
            return Vec::new();
        }
        SETS.iter().chain(ALSO).flat_map(|(title, tables)| self.clashes_in(title, tables)).collect()
    }

    fn sequences(&self, tables: &[Keys]) -> Vec<Sequences> {
        let plain: Vec<Row> = rows_of(tables).collect();
        let mut rows = plain.clone();
        self.apply(tables, KeyMode::Normal, &mut rows);
        let parsed = |row: &Row| chord::parse(&row.keys).unwrap_or_default();
        let pairs = plain.iter().zip(&rows);
        pairs.map(|(plain, row)| Sequences { command: row.command, before: parsed(plain), now: parsed(row) }).collect()
    }

    fn clashes_in(&self, context: &'static str, tables: &'static [Keys]) -> Vec<Clash> {
        let own = self.sequences(tables);
        let below = if OVER_PAGES.contains(&context) { self.sequences(EVERYWHERE) } else { Vec::new() };
        let mut clashes: Vec<Clash> = Vec::new();
        let all = || own.iter().chain(&below);
        let ways = own.iter().flat_map(|one| all().map(move |other| (one, other)));
        for (one, other) in ways.filter(|(one, other)| one.command != other.command) {
            let (one, other) = if one.is_moved() { (one, other) } else { (other, one) };
            let was_so = meeting(&one.before, &other.before).is_some();
            let is_known = |clash: &&Clash| {
                [(clash.moved, clash.other), (clash.other, clash.moved)].contains(&(one.command, other.command))
            };
            if !one.is_moved() || was_so || clashes.iter().any(|clash| is_known(&clash)) {
                continue;
            }
            if let Some((keys, others)) = meeting(&one.now, &other.now) {
                let (keys, other_keys) = (shown(keys), shown(others));
                clashes.push(Clash { context, moved: one.command, keys, other: other.command, other_keys });
            }
        }
        clashes
    }
}
