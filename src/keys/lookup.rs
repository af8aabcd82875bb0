//! From key presses to commands: sequences, counts, and what may follow a prefix.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Chord, Command, Row, chord};

/// Whether a text field has the focus: then keys that type are its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMode {
    Normal,
    Text,
}

/// The keys pressed so far that have not made a command yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    chords: Vec<Chord>,
    count: Option<u32>,
}

impl Pending {
    pub fn is_empty(&self) -> bool {
        self.chords.is_empty() && self.count.is_none()
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// As the footer shows it: `g`, `5`, `5 g`.
    pub fn label(&self) -> String {
        let count = self.count.map(|count| count.to_string());
        count.into_iter().chain(self.prefix()).collect::<Vec<_>>().join(" ")
    }

    /// The keys without the count; none before the first.
    pub fn prefix(&self) -> Option<String> {
        let keys: Vec<_> = self.chords.iter().map(|chord| chord::show(*chord)).collect();
        (!keys.is_empty()).then(|| keys.join(" "))
    }
}

#[derive(Debug, PartialEq, Eq)]
pub enum Match<'a> {
    Command {
        command: Command,
        /// Of `5j`.
        count: Option<u32>,
    },
    /// More keys may follow: these.
    Prefix(Vec<Next<'a>>),
    /// A digit of a count.
    Count(u32),
    /// Nothing has these keys; what was pending is forgotten.
    None,
}

/// What may follow a prefix.
#[derive(Debug, PartialEq, Eq)]
pub struct Next<'a> {
    pub keys: String,
    pub word: &'a str,
    pub row: &'a Row,
}

/// A count stays below what any list can hold.
const MOST: u32 = 99_999_999;

/// All rows in force, highest precedence first. Building it takes microseconds, so it is built anew when rows change.
#[derive(Debug, Default)]
pub struct Keymap {
    rows: Vec<Row>,
    /// Every alternative of every row, with the row's place.
    sequences: Vec<(Vec<Chord>, usize)>,
}

impl FromIterator<Row> for Keymap {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        let rows: Vec<Row> = rows.into_iter().collect();
        let sequences = rows
            .iter()
            .enumerate()
            .flat_map(|(place, row)| {
                let alternatives = chord::parse(&row.keys).unwrap_or_default();
                alternatives.into_iter().map(move |chords| (chords, place))
            })
            .collect();
        Self { rows, sequences }
    }
}

impl Keymap {
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Takes one key. In `KeyMode::Text` a key that types is `None` and leaves `pending` alone.
    pub fn press(&self, pending: &mut Pending, key: KeyEvent, mode: KeyMode) -> Match<'_> {
        let chord = chord::of(key);
        if mode == KeyMode::Text && chord::types(chord) {
            return Match::None;
        }
        if let Some(count) = self.count(pending, chord, mode) {
            pending.count = Some(count);
            return Match::Count(count);
        }
        pending.chords.push(chord);
        match self.first(&pending.chords) {
            None => {
                pending.clear();
                Match::None
            }
            Some((sequence, place)) if sequence.len() == pending.chords.len() => {
                let count = pending.count;
                pending.clear();
                Match::Command { command: self.rows[*place].command, count }
            }
            Some(_) => Match::Prefix(self.following(&pending.chords)),
        }
    }

    /// The highest row that these keys begin.
    fn first(&self, chords: &[Chord]) -> Option<&(Vec<Chord>, usize)> {
        self.sequences.iter().find(|(sequence, _)| sequence.starts_with(chords))
    }

    fn following(&self, chords: &[Chord]) -> Vec<Next<'_>> {
        let mut found: Vec<Next> = Vec::new();
        for (sequence, place) in &self.sequences {
            let Some(rest @ [_, ..]) = sequence.strip_prefix(chords) else {
                continue;
            };
            let keys = rest.iter().map(|chord| chord::show(*chord)).collect::<Vec<_>>().join(" ");
            // A lower layer's row that a higher one hides can't be reached.
            if found.iter().all(|next| next.keys != keys) {
                found.push(Next { keys, word: self.word(*place), row: &self.rows[*place] });
            }
        }
        found
    }

    /// What a row alone does: the label of one that is shown with others is about all of them.
    fn word(&self, place: usize) -> &str {
        let row = &self.rows[place];
        let is_shared = self.rows.get(place + 1).is_some_and(|next| next.label.is_empty());
        if is_shared { row.command.title() } else { row.word() }
    }

    /// The count that a digit makes, unless it is a key of its own or belongs to a sequence.
    fn count(&self, pending: &Pending, chord: Chord, mode: KeyMode) -> Option<u32> {
        let KeyCode::Char(c) = chord.codes.first() else {
            return None;
        };
        let digit = c.to_digit(10)?;
        let plain = chord.modifiers == KeyModifiers::NONE && mode == KeyMode::Normal;
        let starts = pending.count.is_some() || (digit != 0 && self.first(&[chord]).is_none());
        (plain && pending.chords.is_empty() && starts)
            .then(|| pending.count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(MOST))
    }
}
