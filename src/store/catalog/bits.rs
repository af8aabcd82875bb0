//! A set of row numbers, one bit each, and the two threads that long passes over rows are shared by.

use std::ops::Range;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// None of `rows` rows.
    pub fn none(rows: usize) -> Bits {
        Bits { words: vec![0; rows.div_ceil(64)] }
    }

    pub fn from_words(words: Vec<u64>) -> Bits {
        Bits { words }
    }

    pub fn get(&self, row: u32) -> bool {
        self.words.get(row as usize / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Grows as it needs to; answers whether it changed something.
    pub fn set(&mut self, row: u32, on: bool) -> bool {
        let at = row as usize / 64;
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        let before = self.words[at];
        let bit = 1 << (row % 64);
        self.words[at] = if on { before | bit } else { before & !bit };
        self.words[at] != before
    }

    /// Whether both hold the same rows, whatever number they were made for.
    pub fn is_same(&self, other: &Bits) -> bool {
        let (short, long) = if self.words.len() < other.words.len() {
            (&self.words, &other.words)
        } else {
            (&other.words, &self.words)
        };
        let (same, rest) = long.split_at(short.len());
        short == same && rest.iter().all(|word| *word == 0)
    }

    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Keeps what is in `other` too, or, turned round, what isn't.
    pub fn keep(&mut self, other: &Bits, negated: bool) {
        let turn = if negated { u64::MAX } else { 0 };
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0) ^ turn;
        }
    }

    /// Takes in what is in `other`, or, turned round, what isn't.
    pub fn add(&mut self, other: &Bits, negated: bool) {
        let turn = if negated { u64::MAX } else { 0 };
        for (at, word) in self.words.iter_mut().enumerate() {
            *word |= other.words.get(at).copied().unwrap_or(0) ^ turn;
        }
    }

    /// The rows, in rising order.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows = Vec::with_capacity(self.count());
        for (at, word) in self.words.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                rows.push(at as u32 * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
        rows
    }
}

/// Does `work` on the halves of `range`, each on its own thread. For passes of some milliseconds: a thread costs about
/// 30 µs.
pub fn in_two<R: Send>(range: Range<usize>, work: impl Fn(Range<usize>) -> R + Sync) -> (R, R) {
    let middle = range.start + range.len() / 2;
    std::thread::scope(|scope| {
        let second = scope.spawn(|| work(middle..range.end));
        let first = work(range.start..middle);
        (first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Rows from which on a second thread pays.
pub const WORTH_TWO: usize = 1 << 16;

/// The rows for which `holds` is true, of `rows` or only of those in `among`. Each thread hands its own scratch to
/// `holds`.
pub fn pick(rows: usize, among: Option<&Bits>, holds: &(dyn Fn(u32, &mut String) -> bool + Sync)) -> Bits {
    let word = |at: usize, scratch: &mut String| {
        let all = u64::MAX >> (64 - (rows - at * 64).min(64));
        let mut left = among.map_or(all, |among| among.words.get(at).copied().unwrap_or(0) & all);
        let mut held = 0;
        while left != 0 {
            let bit = left.trailing_zeros();
            held |= u64::from(holds(at as u32 * 64 + bit, scratch)) << bit;
            left &= left - 1;
        }
        held
    };
    let part = |range: Range<usize>| -> Vec<u64> {
        let mut scratch = String::new();
        range.map(|at| word(at, &mut scratch)).collect()
    };
    let words = rows.div_ceil(64);
    if among.map_or(rows, Bits::count) < WORTH_TWO {
        return Bits { words: part(0..words) };
    }
    let (mut first, second) = in_two(0..words, part);
    first.extend(second);
    Bits { words: first }
}
