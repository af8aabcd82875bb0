//! The rows in force now, as lookup and as footer, and what which-key shows after a prefix.

use crate::keys::rows::PREFIXES;
use crate::keys::{KeyMode, Keymap, Line, Next, Pending, Row, hints};

/// Made anew only when the rows differ, which a move of the cursor never does.
#[derive(Default)]
pub struct Bindings {
    pub keymap: Keymap,
    hints: Vec<Line>,
}

impl Bindings {
    /// `own` of the rows are the top layer's; only those and their prefixes stand in the footer.
    pub fn refresh(&mut self, rows: Vec<Row>, mode: KeyMode) {
        if self.keymap.rows() == rows {
            return;
        }
        let prefixes = if mode == KeyMode::Text { &[] } else { PREFIXES };
        self.hints = hints(&rows, prefixes);
        self.keymap = rows.into_iter().collect();
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
    pub fn new(pending: &Pending, next: &[Next]) -> Prefixed {
        let keys = pending.prefix().unwrap_or_default();
        let label = PREFIXES.iter().find(|prefix| prefix.keys == keys).map_or("", |prefix| prefix.label);
        let next = next.iter().map(|next| (next.keys.clone(), next.word.to_owned()));
        Prefixed { label: label.to_owned(), next: next.collect(), keys }
    }
}
