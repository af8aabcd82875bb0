//! Importing files: rows of text become changes. `columns` finds out what a column means, `matching` whose row it is,
//! `rows` reads the cells, `reading` does that ahead of `run`, which brings them in in batches; `again` goes on with an
//! import that was broken off.

mod again;
mod columns;
mod lookup;
mod matching;
mod reading;
mod rows;
mod run;
mod ties;

use super::acts::LongAct;
use super::{Failure, Watch, Workspace};
use crate::domain::change::Done;
use crate::domain::id::{ActNo, Object};
use crate::domain::intent::{ImportIntent, Intent};
use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

pub use crate::domain::intent::Mode;

/// What to import, and how.
#[derive(Debug, Clone, Default)]
pub struct ImportAsk {
    /// `-` is standard input.
    pub files: Vec<PathBuf>,
    pub input: StandardInput,
    /// Without it, found out from the columns.
    pub object: Option<Object>,
    /// Columns of the file with the properties that they are, by name.
    pub map: Vec<(String, String)>,
    pub mode: Mode,
    /// An association takes the place of the one at its limit (R5.3).
    pub replace: bool,
    pub dry_run: bool,
    /// Where the rows go that did not come in.
    pub report: Option<PathBuf>,
}

/// Where standard input comes from: it may be that of another process.
#[derive(Clone)]
pub struct StandardInput(Arc<dyn Fn() -> Box<dyn Read + Send> + Send + Sync>);

impl StandardInput {
    pub fn new(open: impl Fn() -> Box<dyn Read + Send> + Send + Sync + 'static) -> StandardInput {
        StandardInput(Arc::new(open))
    }

    fn open(&self) -> Box<dyn Read + Send> {
        (self.0)()
    }
}

impl Default for StandardInput {
    /// That of this process.
    fn default() -> StandardInput {
        StandardInput::new(|| Box::new(io::stdin()))
    }
}

impl fmt::Debug for StandardInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StandardInput")
    }
}

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// None when nothing changed.
    pub act: Option<ActNo>,
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    /// Refused, unreadable, or not wanted by the mode.
    pub skipped: u64,
    /// Associations made; companies made and tied on the way count here only.
    pub associated: u64,
    pub errors: Vec<Fault>,
}

/// What was wrong with a row, or (row 0) with a column or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub row: u64,
    pub column: Option<String>,
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.row > 0 {
            write!(f, "Row {}: ", self.row)?;
        }
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl Workspace {
    /// Imports files as one act. Bad rows are reported, good rows come in.
    pub fn import(&self, ask: &ImportAsk, watch: &mut dyn Watch) -> Result<Imported, Failure> {
        run::run(self, ask, watch)
    }
}

/// Whether the files of an import that was broken off are there as they were.
pub(super) fn is_unchanged(import: &ImportIntent) -> Result<(), String> {
    again::check(import)
}

/// Does the rest of an import that was broken off. Rows that don't come in are named among what was skipped.
pub(super) fn go_on(
    workspace: &Workspace,
    act: LongAct,
    import: &ImportIntent,
    watch: &mut dyn Watch,
) -> Result<Done, Failure> {
    let (imported, mut done) =
        run::read(workspace, &again::ask(import), act, Intent::Import(Box::new(import.clone())), watch)?;
    done.skipped.extend(imported.errors.iter().map(Fault::to_string));
    Ok(done)
}
