//! A column of cells in chunks that snapshots share: a commit copies only the chunks it writes to, and only while a
//! question still looks at the old ones.

use std::sync::Arc;

const SHIFT: u32 = 13;
/// Rows of a chunk.
pub const ROWS: usize = 1 << SHIFT;

/// Chunk of a row and its place there.
pub fn split(row: u32) -> (usize, usize) {
    ((row >> SHIFT) as usize, row as usize & (ROWS - 1))
}

#[derive(Debug, Clone)]
pub struct Chunked<T> {
    chunks: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T> Default for Chunked<T> {
    fn default() -> Self {
        Chunked { chunks: Vec::new(), len: 0 }
    }
}

impl<T: Clone + PartialEq> Chunked<T> {
    /// `len` times the same; equal chunks are one until they are written to.
    pub fn filled(cell: &T, len: usize) -> Chunked<T> {
        let whole = Arc::new(vec![cell.clone(); ROWS.min(len)]);
        let mut chunks = vec![whole; len / ROWS];
        if !len.is_multiple_of(ROWS) {
            chunks.push(Arc::new(vec![cell.clone(); len % ROWS]));
        }
        Chunked { chunks, len }
    }

    pub fn of(cells: &[T]) -> Chunked<T> {
        Chunked { chunks: cells.chunks(ROWS).map(|cells| Arc::new(cells.to_vec())).collect(), len: cells.len() }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn get(&self, row: u32) -> &T {
        let (chunk, at) = split(row);
        &self.chunks[chunk][at]
    }

    pub fn chunks(&self) -> impl ExactSizeIterator<Item = &[T]> {
        self.chunks.iter().map(|chunk| chunk.as_slice())
    }

    pub fn chunk(&self, at: usize) -> &[T] {
        &self.chunks[at]
    }

    /// Answers whether the cell was another one before; an equal one copies nothing.
    pub fn set(&mut self, row: u32, cell: T) -> bool {
        let (chunk, at) = split(row);
        if self.chunks[chunk][at] == cell {
            return false;
        }
        Arc::make_mut(&mut self.chunks[chunk])[at] = cell;
        true
    }

    pub fn cell(&mut self, row: u32) -> &mut T {
        let (chunk, at) = split(row);
        &mut Arc::make_mut(&mut self.chunks[chunk])[at]
    }

    pub fn push(&mut self, cell: T) {
        if self.len.is_multiple_of(ROWS) {
            // The first chunk of a small object stays small.
            let room = if self.len == 0 { 0 } else { ROWS };
            self.chunks.push(Arc::new(Vec::with_capacity(room)));
        }
        let last = self.chunks.len() - 1;
        Arc::make_mut(&mut self.chunks[last]).push(cell);
        self.len += 1;
    }

    pub fn append(&mut self, other: &Chunked<T>) {
        for mut cells in other.chunks() {
            while !cells.is_empty() {
                let room = ROWS - self.len % ROWS;
                let (now, later) = cells.split_at(room.min(cells.len()));
                if room == ROWS {
                    self.chunks.push(Arc::new(Vec::with_capacity(ROWS)));
                }
                let last = self.chunks.len() - 1;
                Arc::make_mut(&mut self.chunks[last]).extend_from_slice(now);
                self.len += now.len();
                cells = later;
            }
        }
    }

    /// Takes over the cells of `other`, a column of the same length, that aren't `blank`. Both were filled by scans of
    /// different parts of the rows, so that hardly a chunk has cells of both.
    pub fn merge(&mut self, other: &Chunked<T>, blank: &T) {
        let is_blank = |cells: &[T]| cells.iter().all(|cell| cell == blank);
        for (mine, theirs) in self.chunks.iter_mut().zip(&other.chunks) {
            if is_blank(theirs) {
                continue;
            }
            if is_blank(mine) {
                *mine = Arc::clone(theirs);
                continue;
            }
            for (cell, other) in Arc::make_mut(mine).iter_mut().zip(theirs.iter()) {
                if other != blank {
                    *cell = other.clone();
                }
            }
        }
    }
}
