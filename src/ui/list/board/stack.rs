//! One stage of a board: the cards around what is seen of it, and what all of them come to.

use crate::domain::answer::Row;
use crate::domain::board::{Column, Piece, Sum};
use crate::domain::id::RecordId;
use crate::domain::pipeline::Stage;
use crate::ui::cache::Cache;
use crate::ui::widgets::Window;

pub struct Stack {
    pub stage: Stage,
    pub cache: Cache<Row>,
    pub window: Window,
    pub sums: Vec<Sum>,
    /// An answer has come.
    pub is_read: bool,
    /// An answer is on its way.
    pub awaits: bool,
}

impl Stack {
    pub fn new(stage: Stage) -> Stack {
        let (cache, window) = (Cache::default(), Window::default());
        Stack { stage, cache, window, sums: Vec::new(), is_read: false, awaits: false }
    }

    pub fn called(self, stage: &Stage) -> Stack {
        Stack { stage: stage.clone(), ..self }
    }

    pub fn count(&self) -> usize {
        self.window.len()
    }

    /// What is to be asked now: all of it anew, or what is missing of what is seen.
    pub fn wants(&self, is_seen: bool, anew: bool, around: Option<RecordId>) -> Option<Piece> {
        let seen = self.window.visible();
        let height = self.window.height().max(1);
        let from = seen.start.saturating_sub(height);
        let limit = if is_seen { 3 * height } else { 0 };
        let piece = Piece { stage: self.stage.id, from, limit, around };
        if anew || self.awaits || is_seen && !self.is_read {
            return Some(piece);
        }
        let missing = self.cache.wanted(&seen, self.count()).filter(|_| is_seen)?;
        Some(Piece { from: missing.start, limit: missing.len(), ..piece })
    }

    pub fn ask(&mut self, piece: &Piece) {
        self.awaits = true;
        self.cache.ask(piece.from..piece.from + piece.limit);
    }

    /// A stage that has no room gets no cards, and keeps those that it had.
    pub fn take(&mut self, column: Column, is_seen: bool) {
        self.awaits = false;
        self.window.set_len(column.count);
        self.sums = column.sums;
        if is_seen || !column.rows.is_empty() {
            self.is_read = true;
            self.cache.take(column.from, column.rows);
        } else {
            self.is_read = false;
            self.cache.take(0, Vec::new());
        }
    }

    pub fn lift(&mut self, id: RecordId) -> Option<Row> {
        let row = self.cache.remove(id)?;
        self.window.set_len(self.count().saturating_sub(1));
        Some(row)
    }

    pub fn lay(&mut self, at: usize, row: Row) {
        self.cache.insert(at, row);
        self.window.set_len(self.count() + 1);
    }
}
