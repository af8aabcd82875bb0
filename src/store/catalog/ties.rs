//! The records of one object that each record of another is associated with, both ways kept apart. Collected when a
//! filter first asks for them, then kept by commits.

use super::chunked::Chunked;
use std::slice;
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq, Default)]
enum Tied {
    #[default]
    None,
    One(u32),
    Many(Arc<Vec<u32>>),
}

#[derive(Clone)]
pub struct Ties {
    rows: Chunked<Tied>,
    /// Ties made (`true`) and undone since the scan began; `None` when it is over.
    waiting: Option<Vec<(u32, u32, bool)>>,
}

impl Ties {
    /// Of `rows` records, from pairs of a row and a row tied to it, in any order.
    pub fn of(rows: usize, mut pairs: Vec<(u32, u32)>) -> Ties {
        pairs.sort_unstable();
        pairs.dedup();
        let mut cells = vec![Tied::None; rows];
        for ties in pairs.chunk_by(|one, other| one.0 == other.0) {
            cells[ties[0].0 as usize] = match ties {
                [(_, other)] => Tied::One(*other),
                _ => Tied::Many(Arc::new(ties.iter().map(|(_, other)| *other).collect())),
            };
        }
        Ties { rows: Chunked::of(&cells), waiting: None }
    }

    pub fn waiting() -> Ties {
        Ties { rows: Chunked::default(), waiting: Some(Vec::new()) }
    }

    pub fn is_built(&self) -> bool {
        self.waiting.is_none()
    }

    pub fn get(&self, row: u32) -> &[u32] {
        match self.rows.get(row) {
            Tied::None => &[],
            Tied::One(other) => slice::from_ref(other),
            Tied::Many(others) => others,
        }
    }

    pub fn push_none(&mut self) {
        if self.is_built() {
            self.rows.push(Tied::None);
        }
    }

    /// Answers whether the tie was not so before, as far as that is known.
    pub fn put(&mut self, row: u32, other: u32, tied: bool) -> bool {
        if let Some(waiting) = &mut self.waiting {
            waiting.push((row, other, tied));
            return false;
        }
        let place = self.get(row).iter().position(|one| *one == other);
        if place.is_some() == tied {
            return false;
        }
        let cell = self.rows.cell(row);
        match (&mut *cell, place) {
            (Tied::Many(others), Some(place)) => {
                Arc::make_mut(others).swap_remove(place);
            }
            (Tied::Many(others), None) => Arc::make_mut(others).push(other),
            (Tied::One(_), Some(_)) => *cell = Tied::None,
            (Tied::One(one), None) => *cell = Tied::Many(Arc::new(vec![*one, other])),
            (Tied::None, _) => *cell = Tied::One(other),
        }
        true
    }

    /// Takes the scanned ties, and lays over them what commits did meanwhile. `rows`: how many there are by now.
    pub fn complete(&mut self, scanned: Ties, rows: usize) {
        let waited = self.waiting.take().unwrap_or_default();
        self.rows = scanned.rows;
        (self.rows.len()..rows).for_each(|_| self.rows.push(Tied::None));
        for (row, other, tied) in waited {
            self.put(row, other, tied);
        }
    }
}
