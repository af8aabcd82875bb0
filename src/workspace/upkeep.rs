//! What the program does by itself: erasing what lay in the bin for 90 days (R5.9), a backup a day, and rewriting the
//! file after an erase. On the interface's lane of upkeep when nobody does anything, on the command line after an act.

use super::{BATCH, Failure, Workspace, commit};
use crate::domain::change::{Author, Change, Op, Origin, Reason, Remains};
use crate::domain::id::Ref;
use crate::rules::{self, Asking};
use crate::store::{GoesOn, Traces};
use chrono::{DateTime, Days, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How long the bin keeps what lies in it.
pub const DAYS_IN_BIN: u64 = 90;
/// Daily backups that are kept, where, and how they end.
const BACKUPS: usize = 7;
const FOLDER: &str = "backups";
const ENDING: &str = ".lejek-backup";
/// How a file begins that is still being written.
const DRAFT: &str = ".lejek-";

/// The day on which the bin was last looked through, and the commit that the last backup ends with.
const LOOKED: &str = "bin_looked_through";
const BACKED_UP: &str = "backed_up";
/// When something was last erased, in seconds since 1970.
pub(super) const ERASED: &str = "erased";

/// What it came to, for whoever is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// Erased after 90 days in the bin.
    Expired(Vec<Ref>),
    /// The file is being rewritten: it may still hold what was erased.
    Rewriting,
    /// Nothing of what was erased is left in the file.
    Rewritten,
    /// A sentence on what could not be done.
    Failed(String),
}

impl Workspace {
    /// Erases what lay in the bin for 90 days; looks only once a day. Answers what is gone.
    pub fn expire_bin(&self, origin: Origin) -> Result<Vec<Ref>, Failure> {
        let (now, store) = (self.now(), self.store());
        let today = now.timestamp().div_euclid(86_400);
        if store.mark(LOOKED)? == Some(today.unsigned_abs()) {
            return Ok(Vec::new());
        }
        let expired = self.expired(now)?;
        for part in expired.chunks(BATCH) {
            self.expire(part, origin)?;
        }
        store.set_mark(LOOKED, today.unsigned_abs())?;
        Ok(expired)
    }

    fn expired(&self, now: DateTime<Utc>) -> Result<Vec<Ref>, Failure> {
        let Some(since) = now.checked_sub_days(Days::new(DAYS_IN_BIN)) else { return Ok(Vec::new()) };
        let mut records = Vec::new();
        self.store().each_binned(None, &mut |binned| {
            if binned.at <= since {
                records.push((Reverse((binned.at, binned.record.id)), binned.record.id));
            }
        })?;
        records.sort_unstable_by_key(|(last, _)| *last);
        let mut expired: Vec<Ref> = records.into_iter().map(|(_, id)| id.into()).collect();
        for binned in self.store().binned_activities()? {
            if binned.at <= since && !self.went_along(&binned)? {
                expired.push(Ref::Activity(binned.activity.id));
            }
        }
        Ok(expired)
    }

    /// An act of the program itself.
    fn expire(&self, what: &[Ref], origin: Origin) -> Result<(), Failure> {
        let mut ids = self.ids.lock();
        let asking = Asking { by: Author::Program, ..self.asking(origin) };
        let change = Change::Erase { what: what.to_vec(), confirmed: true };
        let mut plan = rules::plan(&change, self.store.as_ref(), asking, ids.as_mut())?;
        plan.what = format!("{} after {DAYS_IN_BIN} days in the bin", plan.what);
        let commit = commit(&mut plan, asking, ids.as_mut());
        self.apply(&commit)?;
        Ok(())
    }

    /// Writes today's backup beside the workspace if there is none yet and something changed since the last one.
    /// `goes_on` is asked now and then; when it says no, there is no backup.
    pub fn daily_backup(&self, goes_on: &dyn Fn() -> bool) -> Result<Option<PathBuf>, Failure> {
        let Some(folder) = self.store().folder().map(|folder| folder.join(FOLDER)) else { return Ok(None) };
        let file = folder.join(format!("{}{ENDING}", self.now().format("%Y-%m-%d")));
        let last = self.store().last_seq().0;
        let kept = backups(&folder);
        if file.exists() || (!kept.is_empty() && self.store().mark(BACKED_UP)? == Some(last)) {
            return Ok(None);
        }
        let failed = |error: io::Error| Failure::Failed(format!("{} could not be written: {error}", file.display()));
        private_folder(&folder).map_err(failed)?;
        clear_drafts(&folder).map_err(failed)?;
        self.write_backup(&file, goes_on)?;
        self.store().set_mark(BACKED_UP, last)?;
        let kept = backups(&folder);
        for old in kept.iter().take(kept.len().saturating_sub(BACKUPS)) {
            fs::remove_file(old).map_err(failed)?;
        }
        Ok(Some(file))
    }

    /// Where else than in the file stands what these erase.
    pub(super) fn remains(&self, ops: &[(Op, Reason)]) -> Option<Remains> {
        let folder = self.store().folder().filter(|_| erases(ops))?.join(FOLDER);
        let backups = backups(&folder).len();
        (backups > 0).then(|| Remains { backups, folder: folder.display().to_string() })
    }

    /// Rewrites the file if it holds traces of what was erased, or much that is dead. Says what it does. When it does
    /// not go on, that is done at the next start.
    pub fn rewrite(&self, goes_on: GoesOn, tell: &mut dyn FnMut(News)) {
        let erased = match self.store().traces() {
            Ok(Traces::None) => return,
            Ok(traces) => traces == Traces::Erased,
            Err(unreadable) => return tell(News::Failed(unreadable.to_string())),
        };
        if erased {
            tell(News::Rewriting);
        }
        match self.store().tidy(goes_on) {
            Ok(_) if erased => tell(News::Rewritten),
            Ok(_) => {}
            Err(_) if !goes_on() => {}
            Err(unreadable) => tell(News::Failed(format!(
                "The file could not be rewritten; that is tried again at the next start. {unreadable}"
            ))),
        }
    }
}

/// Whether something is gone for good by these.
pub(super) fn erases(ops: &[(Op, Reason)]) -> bool {
    ops.iter().any(|(op, _)| matches!(op, Op::Erase(_)))
}

/// Takes away backups that were broken off: whoever holds the workspace writes the only one.
fn clear_drafts(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(DRAFT) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The daily backups in a folder, the oldest first.
fn backups(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_backup = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ENDING));
    let mut found: Vec<PathBuf> = entries.filter(is_backup).collect();
    found.sort();
    found
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}
