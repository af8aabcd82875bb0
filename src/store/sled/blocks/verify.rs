//! Whether all that a store holds is whole and agrees. A new thing to look at is a line in `Check::see` or `Check::end`.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, Stored};
use super::engine::Engine;
use super::tally::Tally;
use super::{Blocks, FENCES, FIRST_KIND, PARTS, Progress, TALLY, envelope, fences, lock, parts};
use crate::store::error::StoreError;

/// Flaws that are told; more are only counted.
const MOST_TOLD: usize = 50;

/// What `verify` found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub rows: u64,
    pub blocks: u64,
    /// Bytes of keys and values on disk.
    pub bytes: u64,
    /// Each a sentence; at most fifty.
    pub told: Vec<String>,
    pub flaws: u64,
}

impl Report {
    pub fn is_sound(&self) -> bool {
        self.flaws == 0
    }

    fn tell(&mut self, flaw: String) {
        self.flaws += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(flaw);
        }
    }
}

impl Blocks {
    /// Reads everything and compares. Writers wait meanwhile.
    pub fn verify(&self, progress: Progress) -> Result<Report, StoreError> {
        let _writer = lock(&self.writer);
        let gate = self.gate();
        let mut check = Check { engine: gate.engine()?, report: Report::default(), found: Found::default() };
        let read = check.engine.each(|key, value| {
            check.see(key, value);
            if check.report.blocks.is_multiple_of(64) && progress(check.report.rows).is_break() {
                return Err(StoreError::Cancelled);
            }
            Ok(())
        });
        match read {
            Err(StoreError::Damaged { what, .. }) => {
                check.report.tell(format!("Reading ended early: {what}."));
            }
            other => other?,
        }
        check.end(&gate.tally);
        Ok(check.report)
    }
}

struct Check<'a> {
    engine: &'a Engine,
    report: Report,
    found: Found,
}

#[derive(Default)]
struct Found {
    rows: BTreeMap<u8, u64>,
    last: Vec<u8>,
    parts: u64,
    parts_due: u64,
    posts: BTreeSet<Vec<u8>>,
    fences: BTreeSet<Vec<u8>>,
}

impl Check<'_> {
    fn see(&mut self, key: &[u8], value: &[u8]) {
        let kind = key.first().copied().unwrap_or(TALLY);
        if kind != TALLY {
            self.report.bytes += (key.len() + value.len()) as u64;
        }
        match kind {
            TALLY if key.len() == 1 => {}
            TALLY => self.report.tell("An entry does not belong to the store.".into()),
            PARTS => {
                self.found.parts += 1;
                if let Err(flaw) = envelope::unseal(key, value) {
                    self.report.tell(format!(
                        "In a part of a long value (rows of kind {}) {flaw}.",
                        key.get(1).unwrap_or(&PARTS)
                    ));
                }
            }
            FIRST_KIND..=FENCES => self.block(kind, key, value),
        }
    }

    fn block(&mut self, kind: u8, key: &[u8], value: &[u8]) {
        self.report.blocks += 1;
        if kind != FENCES && fences::is_post(key) {
            self.found.posts.insert(fences::key(key));
        }
        let rows = match Block::open(key, value).and_then(Block::to_rows) {
            Ok(rows) => rows,
            Err(flaw) => {
                return self.report.tell(format!("In a block (rows of kind {kind}) {flaw}."));
            }
        };
        if rows.first().is_none_or(|row| row.key != key) {
            self.report.tell(format!("A block (rows of kind {kind}) does not begin with its own key."));
        }
        for row in rows {
            if row.key <= self.found.last || row.key.first() != Some(&kind) {
                self.report.tell(format!("A row of kind {kind} is out of order."));
            }
            if let Stored::Parts(long) = row.value {
                self.found.parts_due += u64::from(long.count());
                if let Err(error) = parts::join(self.engine, &row.key, long) {
                    self.report.tell(format!("A long value of kind {kind} is not whole: {error}"));
                }
            }
            if kind == FENCES {
                self.found.fences.insert(row.key.clone());
            } else {
                self.report.rows += 1;
            }
            *self.found.rows.entry(kind).or_default() += 1;
            self.found.last = row.key;
        }
    }

    fn end(&mut self, tally: &Tally) {
        let Self { report, found, .. } = self;
        let kinds: BTreeSet<_> = tally.rows.keys().chain(found.rows.keys()).collect();
        for kind in kinds {
            let of = |rows: &BTreeMap<u8, u64>| rows.get(kind).copied().unwrap_or(0);
            let (kept, held) = (of(&tally.rows), of(&found.rows));
            if kept != held {
                report.tell(format!("There should be {kept} rows of kind {kind}, and there are {held}."));
            }
        }
        if found.parts != found.parts_due {
            report.tell(format!(
                "There should be {} parts of long values, and there are {}.",
                found.parts_due, found.parts
            ));
        }
        if tally.live != report.bytes {
            report.tell(format!("There should be {} bytes, and there are {}.", tally.live, report.bytes));
        }
        if found.posts != found.fences {
            report.tell("The sample of the blocks does not fit them.".into());
        }
    }
}
