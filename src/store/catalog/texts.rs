//! A column of texts, kept as the keys they sort by (`fold::collate`). The text itself stands at the end of its key.

use super::chunked::{ROWS, split};
use crate::domain::fold::collate_into;
use memchr::memchr;
use std::sync::Arc;

/// Ends a cell; no byte of a key, like [`AND`].
const END: u8 = 0xff;
/// Stands between the keys of a cell that holds several.
const AND: u8 = 0xfe;
const NONE: u32 = u32::MAX;

#[derive(Clone, Default)]
struct Chunk {
    bytes: Vec<u8>,
    /// Where the cell of each row starts.
    starts: Vec<u32>,
    /// Bytes of cells that were replaced.
    dead: usize,
}

#[derive(Clone, Default)]
pub struct Texts {
    chunks: Vec<Arc<Chunk>>,
    len: usize,
}

/// Writes the keys of a cell's texts, in their order.
pub fn write_keys<'t>(texts: impl IntoIterator<Item = &'t str>, keys: &mut Vec<u8>) {
    for (at, text) in texts.into_iter().enumerate() {
        if at > 0 {
            keys.push(AND);
        }
        collate_into(text, keys);
    }
}

/// The text that a key was made of.
pub fn text_of(key: &[u8]) -> &str {
    let start = memchr(0, key).map_or(0, |zero| zero + 1);
    std::str::from_utf8(&key[start..]).unwrap_or_default()
}

impl Texts {
    /// `len` rows without a text.
    pub fn blank(len: usize) -> Texts {
        let chunk = |rows: usize| Arc::new(Chunk { starts: vec![NONE; rows], ..Chunk::default() });
        let mut chunks = vec![chunk(ROWS.min(len)); len / ROWS];
        if !len.is_multiple_of(ROWS) {
            chunks.push(chunk(len % ROWS));
        }
        Texts { chunks, len }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// The keys of a row's texts, several with a byte between them.
    pub fn get(&self, row: u32) -> Option<&[u8]> {
        let (chunk, at) = split(row);
        self.chunks[chunk].get(at)
    }

    pub fn is_known(&self, row: u32) -> bool {
        let (chunk, at) = split(row);
        self.chunks[chunk].starts[at] != NONE
    }

    /// The key that a row is sorted by.
    pub fn first(&self, row: u32) -> Option<&[u8]> {
        let keys = self.get(row)?;
        let key = &keys[..memchr(AND, keys).unwrap_or(keys.len())];
        if key.is_empty() { None } else { Some(key) }
    }

    /// The texts of a row, as they were written.
    pub fn texts(&self, row: u32) -> impl Iterator<Item = &str> {
        let keys = self.get(row).filter(|keys| !keys.is_empty());
        keys.into_iter().flat_map(|keys| keys.split(|byte| *byte == AND)).map(text_of)
    }

    pub fn push_none(&mut self) {
        if self.len.is_multiple_of(ROWS) {
            let next = self.chunks.last_mut().and_then(Arc::get_mut).map(Chunk::next);
            self.chunks.push(Arc::new(next.unwrap_or_default()));
        }
        let last = self.chunks.len() - 1;
        Arc::make_mut(&mut self.chunks[last]).starts.push(NONE);
        self.len += 1;
    }

    /// Answers whether the cell was another one before.
    pub fn set(&mut self, row: u32, keys: Option<&[u8]>) -> bool {
        let (chunk, at) = split(row);
        let chunk = &mut self.chunks[chunk];
        if chunk.get(at) == keys {
            return false;
        }
        Arc::make_mut(chunk).set(at, keys);
        true
    }

    pub fn append(&mut self, other: &Texts) {
        for row in 0..other.len as u32 {
            self.push_none();
            self.set(self.len as u32 - 1, other.get(row));
        }
    }

    /// Takes over what `other`, a column of the same length, has a text for (see `Chunked::merge`).
    pub fn merge(&mut self, other: &Texts) {
        for (at, (mine, theirs)) in self.chunks.iter_mut().zip(&other.chunks).enumerate() {
            if mine.bytes.is_empty() {
                *mine = Arc::clone(theirs);
                continue;
            }
            let mine = Arc::make_mut(mine);
            for row in 0..mine.starts.len() {
                if let Some(keys) = other.get((at * ROWS + row) as u32) {
                    mine.set(row, Some(keys));
                }
            }
        }
    }

    /// Room that the texts take, replaced ones too.
    #[cfg(test)]
    pub fn bytes(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.bytes.len()).sum()
    }

    /// Frees what growing reserved.
    pub fn shrink(&mut self) {
        for chunk in &mut self.chunks {
            if let Some(chunk) = Arc::get_mut(chunk) {
                chunk.shrink();
            }
        }
    }
}

impl Chunk {
    /// As in `arena`.
    fn next(&mut self) -> Chunk {
        self.shrink();
        let room = self.bytes.len() + self.bytes.len() / 16;
        Chunk { bytes: Vec::with_capacity(room), starts: Vec::with_capacity(ROWS), dead: 0 }
    }

    fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    fn get(&self, at: usize) -> Option<&[u8]> {
        let start = self.starts[at];
        if start == NONE {
            return None;
        }
        let cell = &self.bytes[start as usize..];
        Some(&cell[..memchr(END, cell).unwrap_or(cell.len())])
    }

    fn set(&mut self, at: usize, keys: Option<&[u8]>) {
        self.dead += self.get(at).map_or(0, |old| old.len() + 1);
        self.starts[at] = NONE;
        if let Some(keys) = keys {
            self.starts[at] = self.bytes.len() as u32;
            self.bytes.extend_from_slice(keys);
            self.bytes.push(END);
        }
        if self.dead * 5 > self.bytes.len() {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let mut kept = Chunk { bytes: Vec::with_capacity(self.bytes.len() - self.dead), ..Chunk::default() };
        for at in 0..self.starts.len() {
            let start = kept.bytes.len() as u32;
            let cell = self.get(at);
            kept.starts.push(if cell.is_some() { start } else { NONE });
            if let Some(keys) = cell {
                kept.bytes.extend_from_slice(keys);
                kept.bytes.push(END);
            }
        }
        *self = kept;
    }
}
