//! The whole workspace as one file, and back. A backup is read in again before it takes its name.

use super::open::is_there;
use super::permit::Whole;
use super::upkeep::ERASED;
use super::{Failure, Workspace};
use crate::domain::change::Refusal;
use crate::domain::user::Sight;
use crate::store::Store;
use crate::store::sled::{SledStore, blocks, files};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use crate::store::error::{LoadError, OpenError};
pub use crate::store::sled::blocks::Existing;

/// A backup that was written and read in again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    pub rows: u64,
    pub bytes: u64,
}

impl Workspace {
    /// Writes all of the workspace to `file`. It appears whole and verified, or not at all.
    pub fn back_up(&self, file: &Path) -> Result<BackedUp, Failure> {
        self.permit_backup()?;
        self.write_backup(file, &|| true)
    }

    /// The same, for the program itself, and only while it `goes_on`.
    pub(super) fn write_backup(&self, file: &Path, goes_on: &dyn Fn() -> bool) -> Result<BackedUp, Failure> {
        if file.exists() && !file.is_file() {
            return Err(Failure::Failed(format!("{} is no file. Write the name of a file", file.display())));
        }
        let failed = |error: io::Error| Failure::Failed(format!("{} could not be written: {error}", file.display()));
        let folder = folder_of(file);
        let mut draft = tempfile::Builder::new().prefix(".lejek-").tempfile_in(&folder).map_err(failed)?;
        let mut out = BufWriter::new(Stoppable { to: draft.as_file_mut(), goes_on });
        let rows = self.store().backup(&mut out)?;
        out.flush().map_err(failed)?;
        drop(out);
        draft.as_file().sync_all().map_err(failed)?;
        verify(draft.path(), rows, goes_on).map_err(|why| {
            Failure::Failed(format!("The backup could not be read in again, so it was not kept: {why}"))
        })?;
        let bytes = draft.as_file().metadata().map_err(failed)?.len();
        draft.persist(file).map_err(|error| failed(error.error))?;
        files::sync_folder(&folder).map_err(failed)?;
        Ok(BackedUp { rows, bytes })
    }

    /// A backup holds everything, so it is for those who see and may export everything.
    fn permit_backup(&self) -> Result<(), Failure> {
        let (settings, viewer) = (self.settings(), self.viewer());
        for spec in &settings.objects {
            self.permit_whole(Whole::Export, spec.object)?;
            if *viewer.sight(spec.object) != Sight::All {
                let sentence =
                    format!("A backup holds all {}, also those you may not view", spec.plural.to_lowercase());
                return Err(Failure::Refused(Refusal::rule(6, 2, sentence)));
            }
        }
        Ok(())
    }
}

/// A backup that is back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub rows: u64,
    /// In what it replaced something had been erased since: that is back too (R5.9).
    pub undoes_erase: bool,
}

/// Brings a backup back into `folder`.
pub fn restore(
    folder: &Path,
    file: &Path,
    existing: Existing,
    watch: &mut dyn FnMut(u64),
) -> Result<Restored, LoadError> {
    let from = BufReader::new(File::open(file).map_err(LoadError::Read)?);
    let before = if existing == Existing::Replace { last_erase(folder) } else { None };
    let rows = blocks::load(folder, from, existing, &mut |rows| {
        watch(rows);
        ControlFlow::Continue(())
    })?;
    Ok(Restored { rows, undoes_erase: before.is_some() && before > last_erase(folder) })
}

/// When something was last erased in the workspace of a folder, if it can be read.
fn last_erase(folder: &Path) -> Option<u64> {
    if !is_there(folder) {
        return None;
    }
    SledStore::open(folder).ok()?.mark(ERASED).ok().flatten()
}

/// Reads all of it in again.
fn verify(file: &Path, rows: u64, goes_on: &dyn Fn() -> bool) -> Result<(), String> {
    let open = || Ok(BufReader::new(Stoppable { to: File::open(file)?, goes_on }));
    let read = blocks::look_through(open).map_err(|error| error.to_string())?;
    if read == rows { Ok(()) } else { Err(format!("{read} of {rows} rows came back")) }
}

/// A file that fails as soon as it is not to go on.
struct Stoppable<'a, T> {
    to: T,
    goes_on: &'a dyn Fn() -> bool,
}

impl<T> Stoppable<'_, T> {
    fn check(&self) -> io::Result<()> {
        if (self.goes_on)() { Ok(()) } else { Err(io::Error::other("the program ends")) }
    }
}

impl<T: Write> Write for Stoppable<'_, T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.check()?;
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<T: Read> Read for Stoppable<'_, T> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.check()?;
        self.to.read(bytes)
    }
}

fn folder_of(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}
