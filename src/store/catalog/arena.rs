//! The folded text that search looks through: one entry a row, fields parted by `\x1f`, entries by `\n`, in chunks
//! of rows. An edit appends a new entry and leaves the old one dead until a fifth of the chunk is.

use super::bits::{Bits, WORTH_TWO, in_two};
use super::chunked::{ROWS, split};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::Arc;

/// Parts the fields of an entry.
pub const FIELD: char = '\x1f';
const ENTRY: u8 = b'\n';
/// Of an entry without a row, of a row without an entry.
const DEAD: u16 = u16::MAX;

#[derive(Clone, Default)]
struct Chunk {
    bytes: Vec<u8>,
    /// Where each entry starts.
    starts: Vec<u32>,
    /// The row, within the chunk, of each entry.
    rows: Vec<u16>,
    /// The entry of each row.
    entries: Vec<u16>,
    /// Bytes of dead entries.
    dead: usize,
}

#[derive(Clone, Default)]
pub struct Arena {
    chunks: Vec<Arc<Chunk>>,
    len: usize,
}

/// The words of a search, the longest first.
pub struct Words<'w> {
    finders: Vec<Finder<'w>>,
}

impl<'w> Words<'w> {
    pub fn new(words: &'w [String]) -> Words<'w> {
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Words { finders: words.into_iter().map(|word| Finder::new(word.as_bytes())).collect() }
    }

    pub fn are_in(&self, text: &[u8]) -> bool {
        self.finders.iter().all(|word| word.find(text).is_some())
    }
}

impl Arena {
    pub fn push_none(&mut self) {
        if self.len.is_multiple_of(ROWS) {
            let next = self.chunks.last_mut().and_then(Arc::get_mut).map(Chunk::next);
            self.chunks.push(Arc::new(next.unwrap_or_default()));
        }
        let last = self.chunks.len() - 1;
        Arc::make_mut(&mut self.chunks[last]).entries.push(DEAD);
        self.len += 1;
    }

    /// The entry of a row, without the byte that ends it.
    pub fn get(&self, row: u32) -> Option<&[u8]> {
        let (chunk, at) = split(row);
        self.chunks[chunk].get(at)
    }

    pub fn set(&mut self, row: u32, text: Option<&str>) {
        let (chunk, at) = split(row);
        let chunk = &mut self.chunks[chunk];
        if chunk.get(at) != text.map(str::as_bytes) {
            Arc::make_mut(chunk).set(at, text.map(str::as_bytes));
        }
    }

    pub fn append(&mut self, other: &Arena) {
        for row in 0..other.len as u32 {
            self.push_none();
            if let Some(text) = other.get(row) {
                let (chunk, at) = split(self.len as u32 - 1);
                Arc::make_mut(&mut self.chunks[chunk]).set(at, Some(text));
            }
        }
    }

    /// Frees what growing reserved.
    pub fn shrink(&mut self) {
        for chunk in &mut self.chunks {
            if let Some(chunk) = Arc::get_mut(chunk) {
                chunk.shrink();
            }
        }
    }

    /// The rows whose entry holds every one of `words`.
    pub fn search(&self, words: &Words) -> Bits {
        let part = |chunks: Range<usize>| -> Vec<u64> {
            let mut found = vec![0; chunks.len() * (ROWS / 64)];
            for (chunk, found) in self.chunks[chunks].iter().zip(found.chunks_mut(ROWS / 64)) {
                chunk.search(words, found);
            }
            found
        };
        let mut found = if self.len < WORTH_TWO {
            part(0..self.chunks.len())
        } else {
            let (mut first, second) = in_two(0..self.chunks.len(), part);
            first.extend(second);
            first
        };
        found.truncate(self.len.div_ceil(64));
        Bits::from_words(found)
    }

    pub fn holds(&self, row: u32, words: &Words) -> bool {
        self.get(row).is_some_and(|text| words.are_in(text))
    }

    /// Visits the entries of some chunks' rows.
    pub fn visit(&self, chunks: Range<usize>, mut visit: impl FnMut(u32, &[u8])) {
        for at in chunks {
            let chunk = &self.chunks[at];
            for (entry, row) in chunk.rows.iter().enumerate().filter(|(_, row)| **row != DEAD) {
                visit((at * ROWS) as u32 + u32::from(*row), chunk.text(entry));
            }
        }
    }

    /// Room that the texts take, dead ones too.
    #[cfg(test)]
    pub fn bytes(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.bytes.len()).sum()
    }

    pub fn chunks(&self) -> usize {
        self.chunks.len()
    }
}

impl Chunk {
    /// Frees what growing a full chunk reserved; gives the one after it, with the room that this one needed.
    fn next(&mut self) -> Chunk {
        self.shrink();
        Chunk {
            bytes: Vec::with_capacity(self.bytes.len() + self.bytes.len() / 16),
            starts: Vec::with_capacity(ROWS),
            rows: Vec::with_capacity(ROWS),
            entries: Vec::with_capacity(ROWS),
            dead: 0,
        }
    }

    fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.rows.shrink_to_fit();
        self.entries.shrink_to_fit();
    }

    fn end(&self, entry: usize) -> usize {
        self.starts.get(entry + 1).map_or(self.bytes.len(), |start| *start as usize)
    }

    fn text(&self, entry: usize) -> &[u8] {
        &self.bytes[self.starts[entry] as usize..self.end(entry) - 1]
    }

    fn get(&self, row: usize) -> Option<&[u8]> {
        match self.entries[row] {
            DEAD => None,
            entry => Some(self.text(usize::from(entry))),
        }
    }

    fn set(&mut self, row: usize, text: Option<&[u8]>) {
        if self.entries[row] != DEAD {
            let old = usize::from(self.entries[row]);
            self.dead += self.end(old) - self.starts[old] as usize;
            self.rows[old] = DEAD;
            self.entries[row] = DEAD;
        }
        // Empty entries weigh nothing, but a `u16` has to count them too.
        if self.dead * 5 > self.bytes.len() || self.rows.len() >= 2 * ROWS {
            self.compact();
        }
        if let Some(text) = text {
            self.push(row, text);
        }
    }

    fn push(&mut self, row: usize, text: &[u8]) {
        self.entries[row] = self.rows.len() as u16;
        self.rows.push(row as u16);
        self.starts.push(self.bytes.len() as u32);
        self.bytes.extend_from_slice(text);
        self.bytes.push(ENTRY);
    }

    fn compact(&mut self) {
        let mut kept = Chunk { entries: vec![DEAD; self.entries.len()], ..Chunk::default() };
        kept.bytes.reserve(self.bytes.len() - self.dead);
        for row in 0..self.entries.len() {
            if let Some(text) = self.get(row) {
                kept.push(row, text);
            }
        }
        *self = kept;
    }

    /// Looks for the longest word over all entries at once, for the others only in entries that have it.
    fn search(&self, words: &Words, found: &mut [u64]) {
        let Some((longest, others)) = words.finders.split_first() else { return };
        let (mut at, mut entry) = (0, 0);
        while let Some(hit) = longest.find(&self.bytes[at..]) {
            entry = self.entry_at(at + hit, entry);
            let row = self.rows[entry];
            if row != DEAD && (others.is_empty() || others.iter().all(|word| word.find(self.text(entry)).is_some())) {
                found[usize::from(row) / 64] |= 1 << (row % 64);
            }
            at = self.end(entry);
            entry += 1;
        }
    }

    /// The entry that a byte belongs to, at or after entry `from`.
    fn entry_at(&self, byte: usize, from: usize) -> usize {
        let mut step = 1;
        while self.starts.get(from + step).is_some_and(|start| *start as usize <= byte) {
            step *= 2;
        }
        let end = self.starts.len().min(from + step);
        let start = from + step / 2;
        start + self.starts[start..end].partition_point(|start| *start as usize <= byte) - 1
    }
}
