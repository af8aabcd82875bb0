//! The rows in force now, as lookup and as footer, and what which-key shows after a prefix.

use crate::keys::remap::Remap;
use crate::keys::{KeyMode, Keymap, Line, Next, Pending, Row, hints};

/// Made anew only when the rows differ, which a move of the cursor never does.
#[derive(Default)]
pub struct Bindings {
    pub keymap: Keymap,
    hints: Vec<Line>,
}

impl Bindings {
    /// Takes the rows in force. False: they are as they were.
    pub fn refresh(&mut self, rows: Vec<Row>, mode: KeyMode, remap: &Remap) -> bool {
        if self.keymap.rows() == rows {
            return false;
        }
        let prefixes = if mode == KeyMode::Text { Vec::new() } else { remap.prefixes() };
        self.hints = hints(&rows, &prefixes);
        self.keymap = rows.into_iter().collect();
        true
    }

    /// Most likely first.
    pub fn hints(&self) -> &[Line] {
        &self.hints
    }
}

/// A prefix that was pressed, and what may follow.
pub struct Prefixed {
    pub keys: String,
    pub label: String,
    /// Keys and words.
    pub next: Vec<(String, String)>,
}

impl Prefixed {
    pub fn new(pending: &Pending, next: &[Next], remap: &Remap) -> Prefixed {
        let keys = pending.prefix().unwrap_or_default();
        let label = remap.prefixes().iter().find(|(now, _)| *now == keys).map_or("", |(_, prefix)| prefix.label);
        let next = next.iter().map(|next| (next.keys.clone(), next.word.to_owned()));
        Prefixed { label: label.to_owned(), next: next.collect(), keys }
    }
}
