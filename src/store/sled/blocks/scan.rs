//! Reading rows: one by its key, some in order, all as fast as they come.

use std::ops::ControlFlow;

use super::block::{Block, Long, Row, Stored};
use super::engine::Engine;
use super::feed::Feed;
use super::fences;
use super::span::{Direction, Span, successor};
use super::{Blocks, FENCES, Moment, damaged, parts};
use crate::store::error::StoreError;

/// A row's key and value.
pub type Pair = (Vec<u8>, Vec<u8>);

impl Blocks {
    pub fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.find(key, |stored, engine| match stored {
            Stored::Here(value) => Ok(value.to_vec()),
            Stored::Parts(long) => parts::join(engine, key, long),
        })
    }

    pub fn contains(&self, key: &[u8]) -> Result<bool, StoreError> {
        Ok(self.find(key, |_, _| Ok(()))?.is_some())
    }

    /// The rows of `span`, one by one. What is written meanwhile may or may not be among them; all else comes once.
    pub fn scan(&self, span: Span, direction: Direction) -> Scan<'_> {
        Scan { feed: Feed::new(self, span.clone(), direction), asked: span, direction, rows: Vec::new().into_iter() }
    }

    pub fn first(&self, span: Span) -> Result<Option<Pair>, StoreError> {
        self.scan(span, Direction::Up).next().transpose()
    }

    pub fn last(&self, span: Span) -> Result<Option<Pair>, StoreError> {
        self.scan(span, Direction::Down).next().transpose()
    }

    /// Shows every row of `span`, upwards, where it lies; for those who want many. `see` may read the store, not write it.
    pub fn scan_blocks(
        &self,
        span: Span,
        mut see: impl FnMut(&[u8], &[u8]) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut feed = Feed::passing(self, span);
        let mut key = Vec::new();
        while let Some((block_key, value)) = feed.next()? {
            let kind = block_key[0];
            let block = Block::open(&block_key, &value).map_err(damaged(kind))?;
            key.clear();
            key.extend(block.prefix());
            for row in block.rows() {
                let (rest, stored) = row.map_err(damaged(kind))?;
                key.truncate(block.prefix().len());
                key.extend(rest);
                if !feed.span().contains(&key) {
                    continue;
                }
                let seen = match stored {
                    Stored::Here(value) => see(&key, value),
                    Stored::Parts(long) => match self.joined(&key, long, feed.moment())? {
                        Some(value) => see(&key, &value),
                        None => ControlFlow::Continue(()),
                    },
                };
                if seen.is_break() {
                    return Ok(());
                }
            }
            feed.passed(&key);
        }
        Ok(())
    }

    /// Divides `span` into at most `parts` spans of about as many blocks each, without reading them.
    pub fn divide(&self, span: &Span, parts: usize) -> Result<Vec<Span>, StoreError> {
        let posts = Span { from: fences::key(&span.from), until: fences::key(&span.until) };
        let mut posts: Vec<_> = self
            .scan(posts, Direction::Up)
            .map(|row| row.map(|(key, _)| key[1..].to_vec()))
            .collect::<Result<_, _>>()?;
        posts.retain(|post| *post > span.from);
        let mut spans = Vec::with_capacity(parts);
        let mut rest = span.clone();
        for part in 1..parts {
            if let Some(post) = posts.get(part * posts.len() / parts).filter(|post| **post > rest.from) {
                spans.push(rest.clone().before(post));
                rest = rest.starting_at(post.clone());
            }
        }
        spans.push(rest);
        Ok(spans)
    }

    fn find<T>(
        &self,
        key: &[u8],
        found: impl Fn(Stored<&[u8]>, &Engine) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let Some(&kind) = key.first().filter(|&&kind| kind < FENCES) else {
            return Ok(None);
        };
        self.read(|engine, _| {
            let Some((block_key, value)) = engine.at_or_before(key)?.filter(|(block, _)| block.first() == Some(&kind))
            else {
                return Ok(None);
            };
            let block = Block::open(&block_key, &value).map_err(damaged(kind))?;
            block.find(key).map_err(damaged(kind))?.map(|stored| found(stored, engine)).transpose()
        })
    }

    /// A long value as it was at `moment`, or, if the store was written since, as it is now.
    fn joined(&self, key: &[u8], long: Long, moment: Moment) -> Result<Option<Vec<u8>>, StoreError> {
        let (value, now) = self.read(|engine, now| Ok((parts::join(engine, key, long), now)))?;
        match value {
            Err(StoreError::Damaged { .. }) if now != moment => self.get(key),
            other => other.map(Some),
        }
    }
}

/// Rows in order; ends for good after an error.
#[derive(Debug)]
pub struct Scan<'a> {
    feed: Feed<'a>,
    asked: Span,
    direction: Direction,
    rows: std::vec::IntoIter<Row>,
}

impl Scan<'_> {
    /// Goes on at `key`, back or forth: the next row is that of `key`, or the nearest one in the direction of the scan.
    pub fn seek(&mut self, key: &[u8]) {
        let asked = self.asked.clone();
        self.go(match self.direction {
            Direction::Up => asked.starting_at(key),
            Direction::Down => asked.before(&successor(key)),
        });
    }

    fn go(&mut self, span: Span) {
        self.rows = Vec::new().into_iter();
        self.feed.seek(span);
    }

    fn step(&mut self) -> Result<Option<Pair>, StoreError> {
        loop {
            let next = match self.direction {
                Direction::Up => self.rows.next(),
                Direction::Down => self.rows.next_back(),
            };
            match next {
                Some(Row { key, value: Stored::Here(value) }) => return Ok(Some((key, value))),
                Some(Row { key, value: Stored::Parts(long) }) => {
                    if let Some(value) = self.feed.blocks().joined(&key, long, self.feed.moment())? {
                        return Ok(Some((key, value)));
                    }
                }
                None if self.fill()? => {}
                None => return Ok(None),
            }
        }
    }

    fn fill(&mut self) -> Result<bool, StoreError> {
        let Some((key, value)) = self.feed.next()? else {
            return Ok(false);
        };
        let mut rows = Block::open(&key, &value).and_then(Block::to_rows).map_err(damaged(key[0]))?;
        let last = rows.last().map_or_else(|| key.to_vec(), |row| row.key.clone());
        rows.retain(|row| self.feed.span().contains(&row.key));
        self.rows = rows.into_iter();
        self.feed.passed(match self.direction {
            Direction::Up => &last,
            Direction::Down => &key,
        });
        Ok(true)
    }
}

impl Iterator for Scan<'_> {
    type Item = Result<Pair, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step();
        if step.is_err() {
            self.go(Span::range([], []));
        }
        step.transpose()
    }
}
