//! Importing files: rows of text become changes. `columns` finds out what a column means, `matching` whose row it is,
//! `rows` reads the cells, `run` does it in batches.

mod columns;
mod lookup;
mod matching;
mod rows;
mod run;
mod ties;

use super::{Failure, Watch, Workspace};
use crate::domain::id::{ActNo, Object};
use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

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
pub struct StandardInput(Arc<dyn Fn() -> Box<dyn Read> + Send + Sync>);

impl StandardInput {
    pub fn new(open: impl Fn() -> Box<dyn Read> + Send + Sync + 'static) -> StandardInput {
        StandardInput(Arc::new(open))
    }

    fn open(&self) -> Box<dyn Read> {
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

/// Which rows are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    #[default]
    Both,
    /// Rows of records that are not there yet.
    Create,
    /// Rows of records that are there.
    Update,
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

impl Workspace {
    /// Imports files as one act. Bad rows are reported, good rows come in.
    pub fn import(&self, ask: &ImportAsk, watch: &mut dyn Watch) -> Result<Imported, Failure> {
        run::run(self, ask, watch)
    }
}
