//! `lejek backup` and `lejek restore-backup`: the whole workspace as one file, and back.

use super::Call;
use super::session::Session;
use super::trouble::Trouble;
use crate::workspace::Watch;
use crate::workspace::backup::{Existing, restore};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Backup {
    /// Where to write it
    pub file: PathBuf,
}

impl Backup {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let made = session.back_up(&call.path(&self.file))?;
        let file = self.file.display().to_string();
        session.out.answer(
            || json!({ "file": file, "rows": made.rows, "bytes": made.bytes, "verified": true }),
            || format!("Backed up to {file}: {} rows, {} bytes, verified", made.rows, made.bytes),
        )
    }
}

#[derive(Debug, Args)]
pub struct RestoreBackup {
    /// A file that `lejek backup` wrote
    pub file: PathBuf,
    /// Replaces what is in the folder; it can't be brought back
    #[arg(long)]
    pub replace: bool,
}

impl RestoreBackup {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let folder = call.folder()?;
        let existing = if self.replace { Existing::Replace } else { Existing::Keep };
        let mut bar = call.out.bar();
        let restored = restore(&folder, &call.path(&self.file), existing, &mut |rows| bar.progress(rows, 0))?;
        let (rows, folder) = (restored.rows, folder.display().to_string());
        let older = "\nIt is older than what was erased since, so that is back too. `lejek erase` erases it again";
        let older = if restored.undoes_erase { older } else { "" };
        call.out.answer(
            || json!({ "folder": folder, "rows": rows, "undoes_erase": restored.undoes_erase }),
            || format!("The backup is back in {folder}: {rows} rows{older}"),
        )
    }
}
