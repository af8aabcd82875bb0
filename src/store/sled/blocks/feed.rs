//! The blocks of a span, fetched a few at a time. No lock is held between two fetches; when a batch was written
//! meanwhile, the next fetch looks the place up by the last row that was seen, so that each row comes once.

use std::collections::VecDeque;
use std::ops::Bound;

use ::sled::IVec;

use super::engine::{Engine, Entry};
use super::span::{Direction, Span, successor};
use super::{Blocks, Moment};
use crate::store::error::StoreError;

/// Blocks of the first fetch, for those who want one page, and of the later ones.
const FIRST: usize = 2;
const MOST: usize = 32;

#[derive(Debug)]
pub(super) struct Feed<'a> {
    blocks: &'a Blocks,
    /// What is still to come.
    span: Span,
    direction: Direction,
    ready: VecDeque<Entry>,
    moment: Moment,
    reached: Option<IVec>,
    amount: usize,
    exhausted: bool,
    /// Whether what is read is soon wanted no more.
    passing: bool,
}

impl<'a> Feed<'a> {
    pub(super) fn new(blocks: &'a Blocks, span: Span, direction: Direction) -> Self {
        Self {
            blocks,
            span,
            direction,
            ready: VecDeque::new(),
            moment: Moment::default(),
            reached: None,
            amount: FIRST,
            exhausted: false,
            passing: false,
        }
    }

    /// For those who read much, once.
    pub(super) fn passing(blocks: &'a Blocks, span: Span) -> Self {
        Self { passing: true, ..Self::new(blocks, span, Direction::Up) }
    }

    pub(super) fn blocks(&self) -> &'a Blocks {
        self.blocks
    }

    /// Rows outside of this are not to be shown: they were seen, or never asked for.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// When the block that `next` gave last was read.
    pub(super) fn moment(&self) -> Moment {
        self.moment
    }

    pub(super) fn next(&mut self) -> Result<Option<Entry>, StoreError> {
        if self.ready.is_empty() && !self.exhausted {
            self.fetch()?;
        }
        Ok(self.ready.pop_front())
    }

    /// All rows up to `key`, in the direction of the walk, are done with.
    pub(super) fn passed(&mut self, key: &[u8]) {
        match self.direction {
            Direction::Up => self.span.from = successor(key),
            Direction::Down => key.clone_into(&mut self.span.until),
        }
    }

    /// Starts anew in another span.
    pub(super) fn seek(&mut self, span: Span) {
        *self = Self::new(self.blocks, span, self.direction);
    }

    fn fetch(&mut self) -> Result<(), StoreError> {
        if self.span.is_empty() {
            self.exhausted = true;
            return Ok(());
        }
        let (span, amount, ready) = (&self.span, self.amount, &mut self.ready);
        let (before, reached) = (self.moment, self.reached.take());
        self.moment = self.blocks.read(|engine, now| {
            let reached = reached.as_deref().filter(|_| now == before);
            match self.direction {
                Direction::Up => {
                    let from = match reached {
                        Some(block) => Bound::Excluded(block.to_vec()),
                        None => Bound::Included(lowest(engine, span)?),
                    };
                    engine.upwards((bound(&from), Bound::Excluded(&span.until)), amount, ready)?;
                }
                Direction::Down => {
                    let until = reached.unwrap_or(&span.until);
                    let from = lowest(engine, span)?;
                    engine.downwards((Bound::Included(&from), Bound::Excluded(until)), amount, ready)?;
                }
            }
            Ok(now)
        })?;
        if self.passing {
            self.blocks.read(|engine, _| engine.pass(self.ready.iter().map(|(key, _)| key)))?;
        }
        self.exhausted = self.ready.len() < amount;
        self.reached = self.ready.back().map(|(key, _)| key.clone());
        self.amount = (amount * 2).min(MOST);
        Ok(())
    }
}

/// The key of the first block that may hold rows of the span.
fn lowest(engine: &Engine, span: &Span) -> Result<Vec<u8>, StoreError> {
    let before = engine.at_or_before(&span.from)?.filter(|(key, _)| key.first() == span.from.first());
    Ok(before.map_or_else(|| span.from.clone(), |(key, _)| key.to_vec()))
}

fn bound(key: &Bound<Vec<u8>>) -> Bound<&[u8]> {
    key.as_ref().map(Vec::as_slice)
}
