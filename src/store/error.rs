//! What can go wrong with a store, each with its sentence and next step. A new failure is a new variant.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A size as people read it: `3.2 GB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(pub u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
        if self.0 < 1000 {
            return write!(f, "{} bytes", self.0);
        }
        let mut size = self.0 as f64 / 1000.0;
        let mut unit = 0;
        while size >= 999.95 && unit + 1 < UNITS.len() {
            size /= 1000.0;
            unit += 1;
        }
        write!(f, "{size:.1} {}", UNITS[unit])
    }
}

/// Why a store did not open. Nothing was changed on disk.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{} is open in another lejek{}. Close it, or end that process.", folder.display(), process(*pid))]
    Held { folder: PathBuf, pid: Option<u32> },
    #[error("The disk is full: {free} of {total} free. Nothing was lost; free some space and start again.")]
    Full { free: Bytes, total: Bytes },
    #[error("{} was written by a newer lejek (format {found}, this one knows {known}). Update lejek.", folder.display())]
    Newer { folder: PathBuf, found: u32, known: u32 },
    #[error(
        "{} is damaged: {what}. `lejek restore-backup FILE` with your newest backup brings the data back.", 
        folder.display()
    )]
    Damaged { folder: PathBuf, what: String },
    #[error("{} is not a folder. Choose another one with --data.", folder.display())]
    NotAFolder { folder: PathBuf },
    #[error("{} may not be read and written by this user. Change its permissions, or choose another one with --data.", folder.display())]
    Denied { folder: PathBuf },
    #[error("{} could not be opened: {source}. Check the disk and start again.", folder.display())]
    Io { folder: PathBuf, source: io::Error },
}

fn process(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

/// Why an open store did not answer or did not save. A batch that failed is not saved in part.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("The disk is full: {free} of {total} free. Nothing new can be saved; free some space and try again.")]
    Full { free: Bytes, total: Bytes },
    #[error("Nothing can be saved since {why}. What was saved before is kept; close lejek and start it again.")]
    Stopped { why: String },
    #[error("The store is closed since {why}. What was saved before is kept; close lejek and start it again.")]
    Closed { why: String },
    /// `kind` is the first byte of the rows' keys.
    #[error(
        "The store is damaged: {what} (rows of kind {kind}). `lejek check` says how much; `lejek restore-backup FILE` brings a backup back."
    )]
    Damaged { kind: u8, what: String },
    #[error("{doing} failed: {source}. Check the disk and try again.")]
    Io { doing: &'static str, source: io::Error },
    /// A key the layer does not take: empty, longer than `MOST_KEY`, or of a reserved kind.
    #[error("A row could not be saved: its key does not fit ({len} bytes, kind {kind}). Please report this.")]
    Key { len: usize, kind: u8 },
    #[error("Cancelled. Nothing was changed.")]
    Cancelled,
}

/// Why a backup was not brought back. The folder holds what it held before.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{} already holds data. Choose an empty folder, or say that it may be replaced.", folder.display())]
    NotEmpty { folder: PathBuf },
    #[error("This file is not a backup of lejek. Choose another one.")]
    NotABackup,
    #[error("This backup was written by a newer lejek (format {found}, this one knows {known}). Update lejek.")]
    Newer { found: u32, known: u32 },
    #[error("The backup ends too early: part of it is missing. Choose another one.")]
    Cut,
    #[error("The backup is damaged: {what}. Choose another one.")]
    Damaged { what: String },
    #[error("The backup could not be read: {0}. Check the disk and try again.")]
    Read(io::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "0 bytes")]
    #[case(999, "999 bytes")]
    #[case(1000, "1.0 kB")]
    #[case(3_240_000_000, "3.2 GB")]
    #[case(999_960, "1.0 MB")]
    #[case(u64::MAX, "18446.7 PB")]
    fn bytes_read_as_people_say_them(#[case] bytes: u64, #[case] said: &str) {
        assert_eq!(Bytes(bytes).to_string(), said);
    }

    #[test]
    fn a_held_folder_names_its_process() {
        let held = OpenError::Held { folder: "/data".into(), pid: Some(42) };
        assert_eq!(held.to_string(), "/data is open in another lejek (process 42). Close it, or end that process.");
        let unknown = OpenError::Held { folder: "/data".into(), pid: None };
        assert_eq!(unknown.to_string(), "/data is open in another lejek. Close it, or end that process.");
    }
}
