//! Rows that bring the names of their columns along, as JSON lines and vCards do: each name is a column, and there may be
//! more of them as rows are read.

use std::collections::VecDeque;

use super::{Row, RowError};

/// So many rows, or bytes, are read in advance to learn the columns.
const AHEAD_ROWS: usize = 100;
const AHEAD_BYTES: usize = 1024 * 1024;

/// A row as it is cut, each name once.
pub(super) struct Named {
    pub(super) number: u64,
    pub(super) cells: Vec<(String, String)>,
    pub(super) remarks: Vec<String>,
}

/// Whatever gives such rows one after the other.
pub(super) trait Cut {
    /// The next row and the length of its text; nothing at the end.
    fn cut(&mut self) -> Option<(Result<Named, RowError>, usize)>;
}

pub(super) struct Keyed<C> {
    source: C,
    columns: Vec<String>,
    ahead: VecDeque<Result<Row, RowError>>,
}

impl<C: Cut> Keyed<C> {
    pub(super) fn new(source: C) -> Self {
        let mut keyed = Self { source, columns: Vec::new(), ahead: VecDeque::new() };
        let mut bytes = 0;
        while keyed.ahead.len() < AHEAD_ROWS && bytes < AHEAD_BYTES {
            let Some((row, length)) = keyed.read() else {
                break;
            };
            bytes += length;
            keyed.ahead.push_back(row);
        }
        keyed
    }

    /// The names so far, in the order in which they came.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    pub(super) fn source(&self) -> &C {
        &self.source
    }

    fn read(&mut self) -> Option<(Result<Row, RowError>, usize)> {
        let (row, length) = self.source.cut()?;
        Some((row.map(|named| self.place(named)), length))
    }

    fn place(&mut self, named: Named) -> Row {
        let mut row =
            Row { number: named.number, cells: vec![String::new(); self.columns.len()], remarks: named.remarks };
        for (name, cell) in named.cells {
            let known = self.columns.iter().position(|column| *column == name);
            let at = known.unwrap_or_else(|| {
                self.columns.push(name);
                row.cells.push(String::new());
                self.columns.len() - 1
            });
            row.cells[at] = cell;
        }
        row
    }
}

impl<C: Cut> Iterator for Keyed<C> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = match self.ahead.pop_front() {
            Some(row) => row,
            None => self.read()?.0,
        };
        Some(next.map(|mut row| {
            row.cells.resize_with(self.columns.len(), String::new);
            row
        }))
    }
}
