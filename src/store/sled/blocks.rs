//! Ordered rows of bytes on sled: blocked, checksummed, durable. Knows nothing of what the rows mean.
//!
//! A row is a key and a value; the first byte of the key is its kind. Neighbouring rows of one kind stand together in
//! a block (`block`), long values in parts (`parts`). A batch becomes one atomic batch of sled (`merge`). To keep
//! something new besides the rows, take a kind above `LAST_KIND`.

mod afresh;
mod backup;
mod batch;
mod block;
mod engine;
mod envelope;
mod feed;
mod fences;
mod merge;
mod pack;
mod parts;
mod pile;
mod quiet;
mod scan;
mod span;
mod tally;
mod verify;
mod write;

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use self::engine::Engine;
use self::tally::Tally;
use self::write::Writer;
use super::files::{self, Home};
use crate::store::error::{OpenError, StoreError};

pub use self::afresh::Progress;
pub use self::backup::{Existing, load, look_through};
pub use self::batch::Batch;
pub use self::scan::{Pair, Scan};
pub use self::span::{Direction, Span};
pub use self::verify::Report;

/// The kinds that rows may have.
pub const FIRST_KIND: u8 = 1;
pub const LAST_KIND: u8 = 0xfd;
/// The longest key, in bytes.
pub const MOST_KEY: usize = 255;

const TALLY: u8 = 0;
const FENCES: u8 = 0xfe;
const PARTS: u8 = 0xff;

/// A file this small is not worth rewriting.
const SMALL_FILE: u64 = 32 << 20;
const BLOATED: u64 = 4;

/// An open store, held by this process alone. Any number may read while one writes.
#[derive(Debug)]
pub struct Blocks {
    gate: RwLock<Gate>,
    writer: Mutex<Writer>,
    /// Held by the one backup or rewrite that may run at a time.
    copying: Mutex<()>,
    /// The saves there were when the store was opened.
    sealed: u64,
    home: Home,
}

/// Which state of the store was read: two equal moments saw the same rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Moment(u64);

#[derive(Debug)]
struct Gate {
    /// Or why there is none.
    engine: Result<Engine, String>,
    tally: Tally,
    now: Moment,
}

impl Blocks {
    /// Opens the store in `folder`, or makes one there.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let home = Home::claim(folder)?;
        home.check_format()?;
        let (engine, tally) = match open_engine(&home) {
            Err(OpenError::Full { .. }) if home.drop_ballast() => open_engine(&home),
            opened => opened,
        }?;
        home.keep_ballast();
        home.write_format().map_err(|source| files::refusal(folder, source))?;
        let sealed = tally.saves;
        Ok(Self {
            gate: RwLock::new(Gate { engine: Ok(engine), tally, now: Moment(1) }),
            writer: Mutex::new(Writer::default()),
            sealed,
            copying: Mutex::new(()),
            home,
        })
    }

    pub fn folder(&self) -> &Path {
        self.home.folder()
    }

    /// Rows of one kind.
    pub fn count(&self, kind: u8) -> u64 {
        self.gate().tally.rows.get(&kind).copied().unwrap_or(0)
    }

    /// Batches saved so far; grows by one with each.
    pub fn saves(&self) -> u64 {
        self.gate().tally.saves
    }

    /// Bytes that the rows need on disk, packed as they are.
    pub fn live_bytes(&self) -> u64 {
        self.gate().tally.live
    }

    /// Bytes that sled's files take.
    pub fn file_bytes(&self) -> Result<u64, StoreError> {
        files::size_of(&self.home.db()).map_err(|source| StoreError::Io { doing: "Measuring the data folder", source })
    }

    /// True if rewriting the file afresh would free most of it.
    pub fn is_bloated(&self) -> Result<bool, StoreError> {
        Ok(is_bloated(self.file_bytes()?, self.live_bytes()))
    }

    /// Closes sled, lets `change` work on the folder, and opens what stands there then.
    fn exchange(
        &self,
        writer: &mut Writer,
        change: impl FnOnce(&Home) -> std::io::Result<()>,
    ) -> Result<(), OpenError> {
        let mut gate = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        gate.engine = Err("it is being opened again".into());
        let changed = change(&self.home).map_err(|source| files::refusal(self.folder(), source));
        match open_engine(&self.home) {
            Ok((engine, tally)) => {
                (gate.engine, gate.tally) = (Ok(engine), tally);
                gate.now.0 += 1;
                writer.stopped = None;
                changed
            }
            Err(error) => {
                gate.engine = Err(format!("it could not be opened again ({error})"));
                Err(error)
            }
        }
    }

    fn gate(&self) -> std::sync::RwLockReadGuard<'_, Gate> {
        self.gate.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, mut question: impl FnMut(&Engine, Moment) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut ask = || {
            let gate = self.gate();
            question(gate.engine()?, gate.now)
        };
        match ask() {
            // sled tidies up, and so writes, even while it is read.
            Err(StoreError::Full { .. }) if self.rescue() => ask(),
            answer => answer,
        }
    }
}

impl Drop for Blocks {
    /// Leaves a note of how much was saved, so that a store that lost its tail is noticed.
    fn drop(&mut self) {
        let saves = self.saves();
        let whole = lock(&self.writer).stopped.is_none() && saves > self.sealed;
        if whole && self.read(|engine, _| engine.sync()).is_ok() {
            // Without the note the store opens all the same.
            let _ = self.home.seal(saves);
        }
    }
}

impl Gate {
    fn engine(&self) -> Result<&Engine, StoreError> {
        self.engine.as_ref().map_err(|why| StoreError::Closed { why: why.clone() })
    }
}

fn is_bloated(file: u64, live: u64) -> bool {
    file > SMALL_FILE.max(live.saturating_mul(BLOATED))
}

/// Opens sled's folder and reads the tally; what was sealed must be there.
fn open_engine(home: &Home) -> Result<(Engine, Tally), OpenError> {
    let engine = Engine::open(home.folder(), &home.db())?;
    let tally = Tally::read(&engine).map_err(|error| refused(home, error))?;
    if let Some(sealed) = home.sealed_at().filter(|sealed| *sealed > tally.saves) {
        let what = format!("the last {} of {sealed} saves are missing", sealed - tally.saves);
        return Err(OpenError::Damaged { folder: home.folder().to_owned(), what });
    }
    Ok((engine, tally))
}

fn refused(home: &Home, error: StoreError) -> OpenError {
    let folder: PathBuf = home.folder().to_owned();
    match error {
        StoreError::Full { free, total } => OpenError::Full { free, total },
        StoreError::Io { source, .. } => files::refusal(&folder, source),
        StoreError::Damaged { what, .. } => OpenError::Damaged { folder, what },
        other => OpenError::Damaged { folder, what: other.to_string() },
    }
}

/// Says of which kind the rows are that a flaw was met in.
fn damaged<E: Display>(kind: u8) -> impl Fn(E) -> StoreError {
    move |what| StoreError::Damaged { kind, what: what.to_string() }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
