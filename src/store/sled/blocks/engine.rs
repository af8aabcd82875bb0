//! One open sled: its entries by key, batches, and what makes them durable. The only file that calls sled.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use ::sled::{Db, IVec};

use super::quiet::quietly;
use crate::store::error::{OpenError, StoreError};
use crate::store::sled::files::{self, Room};

/// Measured: with more, nothing gets faster; sled's own default is a gigabyte. Each of its 256 shards keeps a page of
/// some 50 KB whatever this says.
const CACHE: u64 = 16 << 20;
/// Looks at each entry that a scan passes (see [`Engine::pass`]). Of a million contacts: none leave a process of 650 MB,
/// one 364, two 355, and more cost time; of 100,000, 108, 80 and 69.
const LOOKS: usize = 2;
/// sled's threads may keep its lock for a moment after it was dropped.
const PATIENCE: u32 = 200;
const BREATH: Duration = Duration::from_millis(5);

pub(super) type Entry = (IVec, IVec);

#[derive(Debug)]
pub(super) struct Engine {
    db: Db,
    file: File,
    folder: PathBuf,
}

/// What sled's errors come down to.
#[derive(Debug)]
enum Fault {
    Held,
    Damaged(String),
    Io(io::Error),
}

impl Engine {
    /// `home` is what the sentences name, `folder` where sled's files are.
    pub(super) fn open(home: &Path, folder: &Path) -> Result<Self, OpenError> {
        let opened = start(folder).and_then(|db| {
            let file = File::open(folder.join("db")).map_err(Fault::Io)?;
            files::keep_private(folder).map_err(Fault::Io)?;
            if !db.was_recovered() {
                files::sync_folder(folder).and_then(|()| files::sync_folder(home)).map_err(Fault::Io)?;
            }
            Ok(Self { db, file, folder: folder.to_owned() })
        });
        opened.map_err(|fault| match fault {
            Fault::Held => OpenError::Held { folder: home.to_owned(), pid: None },
            Fault::Damaged(what) => OpenError::Damaged { folder: home.to_owned(), what },
            Fault::Io(source) => files::refusal(home, source),
        })
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<IVec>, StoreError> {
        self.ask(key, || self.db.get(key))
    }

    /// The entry with the greatest key that is not above `key`.
    pub(super) fn at_or_before(&self, key: &[u8]) -> Result<Option<Entry>, StoreError> {
        self.ask(key, || self.db.range::<&[u8], _>(..=key).next_back().transpose())
    }

    pub(super) fn after(&self, key: &[u8]) -> Result<Option<Entry>, StoreError> {
        self.ask(key, || self.db.get_gt(key))
    }

    /// Adds at most `most` entries from the lower end of the range, upwards.
    pub(super) fn upwards(
        &self,
        range: (Bound<&[u8]>, Bound<&[u8]>),
        most: usize,
        into: &mut impl Extend<Entry>,
    ) -> Result<(), StoreError> {
        self.gather(edge(&range), self.range(range).take(most), into)
    }

    /// Adds at most `most` entries from the upper end of the range, downwards.
    pub(super) fn downwards(
        &self,
        range: (Bound<&[u8]>, Bound<&[u8]>),
        most: usize,
        into: &mut impl Extend<Entry>,
    ) -> Result<(), StoreError> {
        self.gather(edge(&range), self.range(range).rev().take(most), into)
    }

    /// All entries that sled holds, ours and others'.
    pub(super) fn each(&self, mut see: impl FnMut(&[u8], &[u8]) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut entries = self.db.iter();
        while let Some((key, value)) = self.ask(&[0], || entries.next().transpose())? {
            see(&key, &value)?;
        }
        Ok(())
    }

    /// All of the batch or, after a crash, nothing of it. Not durable before `sync`.
    pub(super) fn apply(&self, batch: ::sled::Batch) -> Result<(), StoreError> {
        self.ask(&[0], || self.db.apply_batch(batch))
    }

    pub(super) fn sync(&self) -> Result<(), StoreError> {
        self.ask(&[0], || self.db.flush())?;
        // sled's flush is sync_file_range on Linux, which a power cut can undo: the file's own fdatasync is what makes "saved" true.
        self.file.sync_data().map_err(|source| self.failure(0, Fault::Io(source)))
    }

    /// Looks once more at entries that were just read and won't be again soon, so that sled lets go of earlier ones.
    ///
    /// sled counts a page against its cache only when 64 looks at pages of its shard, one in 256, have come together.
    /// A scan that looks at each page of 50 KB twice leaves 400 MB uncounted; with these looks it is 27 at most.
    pub(super) fn pass<'k>(&self, keys: impl Iterator<Item = &'k IVec>) -> Result<(), StoreError> {
        for key in keys {
            for _ in 0..LOOKS {
                self.ask(key, || self.db.contains_key(key))?;
            }
        }
        Ok(())
    }

    fn range(&self, range: (Bound<&[u8]>, Bound<&[u8]>)) -> ::sled::Iter {
        self.db.range::<&[u8], _>(range)
    }

    fn gather(
        &self,
        kind: u8,
        entries: impl Iterator<Item = ::sled::Result<Entry>>,
        into: &mut impl Extend<Entry>,
    ) -> Result<(), StoreError> {
        let found = self.ask(&[kind], || entries.collect::<Result<Vec<_>, _>>())?;
        into.extend(found);
        Ok(())
    }

    fn ask<T>(&self, key: &[u8], question: impl FnOnce() -> ::sled::Result<T>) -> Result<T, StoreError> {
        let kind = key.first().copied().unwrap_or(0);
        match quietly(question) {
            Ok(answer) => answer.map_err(|error| self.failure(kind, fault(error))),
            Err(panic) => Err(self.failure(kind, Fault::Damaged(format!("sled gave up ({panic})")))),
        }
    }

    fn failure(&self, kind: u8, fault: Fault) -> StoreError {
        match fault {
            Fault::Io(source) if matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => {
                let Room { free, total } = files::room(&self.folder);
                StoreError::Full { free, total }
            }
            Fault::Io(source) => StoreError::Io { doing: "Using the data folder", source },
            Fault::Held => StoreError::Damaged { kind, what: "another program holds its file".into() },
            Fault::Damaged(what) => StoreError::Damaged { kind, what },
        }
    }
}

fn start(folder: &Path) -> Result<Db, Fault> {
    let mut left = PATIENCE;
    loop {
        // LowSpace, sled's default mode, and its default segments: larger ones make opening four times slower.
        let config = ::sled::Config::new().path(folder).cache_capacity(CACHE).flush_every_ms(None);
        let opened = match quietly(|| config.open()) {
            Ok(opened) => opened.map_err(fault),
            Err(panic) => Err(Fault::Damaged(format!("its file cannot be replayed ({panic})"))),
        };
        match opened {
            Err(Fault::Held) if left > 0 => {
                left -= 1;
                thread::sleep(BREATH);
            }
            other => return other,
        }
    }
}

fn fault(error: ::sled::Error) -> Fault {
    match error {
        // fs2's lock failure reaches us as text only.
        ::sled::Error::Io(source)
            if source.kind() == ErrorKind::Other && source.to_string().starts_with("could not acquire lock") =>
        {
            Fault::Held
        }
        ::sled::Error::Io(source) if source.kind() == ErrorKind::UnexpectedEof => {
            Fault::Damaged("its file ends too early".into())
        }
        ::sled::Error::Io(source) => Fault::Io(source),
        ::sled::Error::Corruption { .. } => Fault::Damaged("a checksum of its file does not fit".into()),
        ::sled::Error::Unsupported(_) => Fault::Damaged("its settings file does not fit".into()),
        ::sled::Error::ReportableBug(what) => Fault::Damaged(format!("sled gave up ({what})")),
        ::sled::Error::CollectionNotFound(_) => Fault::Damaged("its tree is missing".into()),
    }
}

fn edge(range: &(Bound<&[u8]>, Bound<&[u8]>)) -> u8 {
    match range.0 {
        Bound::Included(key) | Bound::Excluded(key) => key.first().copied().unwrap_or(0),
        Bound::Unbounded => 0,
    }
}
