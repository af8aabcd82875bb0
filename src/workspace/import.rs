//! Importing files: rows of text become changes. `look` reads the beginning of a file, `columns` finds out
//! what a column means, `matching` whose row it is, `rows` reads the cells, `reading` does that ahead of `run`, which
//! brings them in in batches; `logged` and `activities` do the same for activities, `mails` for what only mails have; `left_out` keeps those that don't
//! come in, `again` goes on with an import that was broken off.

mod activities;
mod again;
mod columns;
mod end;
mod left_out;
mod logged;
mod look;
mod lookup;
mod mails;
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
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

pub use crate::domain::intent::Mode;
pub use crate::exchange::headers::MAIL;
pub use look::{Look, LookedAt, Means};

/// What to import, and how.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportAsk {
    /// `-` is standard input.
    #[serde(with = "paths")]
    pub files: Vec<PathBuf>,
    #[serde(skip)]
    pub input: StandardInput,
    /// Without it, found out from the columns.
    pub object: Option<Object>,
    /// Columns of the file with the properties that they are, by name.
    pub map: Vec<(String, String)>,
    pub mode: Mode,
    /// An association takes the place of the one at its limit (R5.3).
    pub replace: bool,
    /// Contacts that come to a chosen lifecycle stage get a lead (R2.4).
    pub create_leads: bool,
    /// Contacts are made for the addresses of mails that nobody has.
    pub create_contacts: bool,
    pub dry_run: bool,
    /// Where the rows go that did not come in.
    pub report: ReportTo,
}

/// Where the rows go that did not come in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportTo {
    #[default]
    Nowhere,
    File(PathBuf),
    /// Into a new file beside the one that is imported.
    Beside,
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

/// What is asked is the same, wherever it comes from.
impl PartialEq for StandardInput {
    fn eq(&self, _: &StandardInput) -> bool {
        true
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Leads that lifecycle stages make (R2.4), or would make if the import was to.
    pub leads: u64,
    pub errors: Vec<Fault>,
    /// The file with the rows that did not come in.
    pub report: Option<OsString>,
    /// It was ended before its files were.
    pub stopped: bool,
}

/// What was wrong with a row, or (row 0) with a column or a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub row: u64,
    pub column: Option<String>,
    pub message: String,
}

/// A name of a file need not be text.
mod paths {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::ffi::OsString;
    use std::path::PathBuf;

    pub fn serialize<S: Serializer>(paths: &[PathBuf], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(paths.iter().map(|path| path.as_os_str()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
        Vec::<OsString>::deserialize(from).map(|paths| paths.into_iter().map(PathBuf::from).collect())
    }
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
