//! Names that differ from a search by a letter or two: what stands under **Similar** when little was found. Distances
//! are counted for all letters of a word at once, in the bits of one number (Hyyrö 2003, with swapped neighbours).

use super::Catalog;
use super::arena::{FIELD, Words};
use super::bits::{Bits, WORTH_TWO, in_two};
use super::table::Table;
use crate::domain::fold::words;
use crate::domain::id::{Object, RecordId};
use crate::domain::user::Viewer;
use memchr::memchr;
use std::ops::Range;

/// Letters, and mistakes that are let pass in words of so many or more.
const MISTAKES: &[(usize, u32)] = &[(8, 2), (4, 1)];
const LONGEST: usize = 64;

/// A word that is looked for.
struct Pattern {
    /// For each letter its places in the word.
    places: [u64; 256],
    letters: u32,
    most: u32,
}

impl Pattern {
    /// `None` when the word is too short to be mistaken, or too long.
    fn of(word: &str) -> Option<Pattern> {
        let letters = word.chars().count();
        let most = MISTAKES.iter().find(|(least, _)| letters >= *least)?.1;
        if word.len() > LONGEST {
            return None;
        }
        let mut places = [0; 256];
        for (at, letter) in word.bytes().enumerate() {
            places[usize::from(letter)] |= 1 << at;
        }
        Some(Pattern { places, letters: word.len() as u32, most })
    }

    /// Fewest mistakes that lead to the start of a word of `name`; `None` when they are too many.
    fn distance(&self, name: &[u8]) -> Option<u32> {
        // A word that is shorter by more letters than may be missing can't be meant.
        let long = |word: &&[u8]| word.len() as u32 + self.most >= self.letters;
        let best = name.split(|byte| *byte == b' ').filter(long).map(|word| self.distance_to(word)).min()?;
        Some(best).filter(|best| *best <= self.most)
    }

    fn distance_to(&self, word: &[u8]) -> u32 {
        let last = 1 << (self.letters - 1);
        let (mut up, mut down, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let (mut score, mut best) = (self.letters, self.letters);
        for letter in word {
            let here = self.places[usize::from(*letter)];
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = (((here & up).wrapping_add(up)) ^ up) | here | down | swapped;
            let more = down | !(diagonal | up);
            let less = diagonal & up;
            score += u32::from(more & last != 0);
            score -= u32::from(less & last != 0);
            best = best.min(score);
            let more = more << 1 | 1;
            up = less << 1 | !(diagonal | more);
            down = more & diagonal;
            before = here;
        }
        best
    }
}

impl Catalog {
    /// At most `limit` records whose name has, for each word of `text`, one that starts almost like it; those that
    /// hold all words as they are aren't among them. Closest first, then newest, each with its mistakes.
    pub fn similar(&self, object: Object, text: &str, viewer: &Viewer, limit: usize) -> Vec<(u32, RecordId)> {
        let words = words(text);
        let patterns: Vec<Option<Pattern>> = words.iter().map(|word| Pattern::of(word)).collect();
        let slot = self.slot(object);
        let Some(table) = slot.table().filter(|_| patterns.iter().any(Option::is_some)) else { return Vec::new() };
        let seen = self.seen(&slot, &table, viewer);
        let part = |chunks: Range<usize>| near(&table, chunks, &words, &patterns, &seen.rows);
        let chunks = table.arena.chunks();
        let mut near = if table.rows() < WORTH_TWO {
            part(0..chunks)
        } else {
            let (mut one, other) = in_two(0..chunks, part);
            one.extend(other);
            one
        };
        let ages = table.ids.ages();
        near.sort_unstable_by_key(|(distance, row)| (*distance, ages.age(*row)));
        near.into_iter().take(limit).map(|(distance, row)| (distance, table.id(row))).collect()
    }
}

/// Rows of some chunks that are similar, with their distance.
fn near(
    table: &Table,
    chunks: Range<usize>,
    words: &[String],
    patterns: &[Option<Pattern>],
    seen: &Bits,
) -> Vec<(u32, u32)> {
    let whole: Vec<Words> = words.iter().map(|word| Words::new(std::slice::from_ref(word))).collect();
    let mut found = Vec::new();
    table.arena.visit(chunks, |row, entry| {
        let name = &entry[..memchr(FIELD as u8, entry).unwrap_or(entry.len())];
        let mut distance = 0;
        for (pattern, whole) in patterns.iter().zip(&whole) {
            match pattern.as_ref().and_then(|pattern| pattern.distance(name)) {
                Some(mistakes) => distance += mistakes,
                None if whole.are_in(entry) => {}
                None => return,
            }
        }
        if distance > 0 && seen.get(row) && !whole.iter().all(|word| word.are_in(entry)) {
            found.push((distance, row));
        }
    });
    found
}
