//! A file's rows, cut and read on a thread of their own a little ahead of the one that matches and writes them.

use super::columns::Columns;
use super::rows::{Read, read_row};
use super::{Fault, ImportAsk};
use crate::domain::id::UserId;
use crate::domain::settings::Settings;
use crate::domain::value::Reading;
use crate::exchange::{Row, Rows};
use crate::workspace::Failure;
use chrono::{DateTime, Utc};
use std::io;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, Scope, ScopedJoinHandle};

pub(super) type Source = Rows<Box<dyn io::Read + Send>>;

/// Rows that go over at once, and how many times that many wait at most.
const SHEET: usize = 256;
const AHEAD: usize = 4;

/// A file that is open, with what its rows are read by.
pub(super) struct Reader<'a> {
    pub rows: Source,
    pub columns: Arc<Columns>,
    pub ask: &'a ImportAsk,
    pub settings: Arc<Settings>,
    pub now: DateTime<Utc>,
    pub me: UserId,
    /// Whether the cells are wanted too, for the report.
    pub keeps_cells: bool,
}

/// Some rows, all read by the same columns.
pub(super) struct Sheet {
    pub columns: Arc<Columns>,
    pub lines: Vec<Line>,
}

/// A row as it was read, or what is wrong with it; its cells where they are wanted.
pub(super) struct Line {
    pub read: Result<Read, Fault>,
    pub cells: Vec<String>,
}

/// The sheets as they come.
pub(super) struct Sheets<'scope> {
    coming: Receiver<Sheet>,
    thread: ScopedJoinHandle<'scope, Result<bool, Failure>>,
}

impl Sheets<'_> {
    pub fn next(&self) -> Option<Sheet> {
        self.coming.recv().ok()
    }

    /// Ends the reading where it is; whether characters had to be replaced.
    pub fn end(self) -> Result<bool, Failure> {
        drop(self.coming);
        self.thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

impl<'a> Reader<'a> {
    pub fn start<'scope>(self, scope: &'scope Scope<'scope, 'a>) -> Result<Sheets<'scope>, Failure> {
        let (sender, coming) = sync_channel(AHEAD);
        let thread = thread::Builder::new().name("import".to_owned()).spawn_scoped(scope, move || self.run(&sender));
        let thread = thread.map_err(|error| Failure::Failed(format!("The import could not be started: {error}")))?;
        Ok(Sheets { coming, thread })
    }

    /// Reads to the end, or until nobody waits for more.
    fn run(mut self, to: &SyncSender<Sheet>) -> Result<bool, Failure> {
        let settings = Arc::clone(&self.settings);
        let cx = Reading { settings: &settings, now: self.now, me: Some(self.me) };
        let mut row = Row::default();
        let mut lines = Vec::with_capacity(SHEET);
        while let Some(next) = self.rows.read(&mut row) {
            if self.rows.columns().len() > self.columns.names.len() {
                let before = std::mem::take(&mut lines);
                if to.send(Sheet { columns: Arc::clone(&self.columns), lines: before }).is_err() {
                    break;
                }
                Arc::make_mut(&mut self.columns).grow(self.rows.columns(), self.ask)?;
            }
            lines.push(match next {
                Ok(()) => self.line(&mut row, &cx),
                Err(error) => {
                    let fault = Fault { row: error.row, column: error.column, message: error.message };
                    Line { read: Err(fault), cells: error.cells }
                }
            });
            if lines.len() == SHEET {
                let lines = std::mem::replace(&mut lines, Vec::with_capacity(SHEET));
                if to.send(Sheet { columns: Arc::clone(&self.columns), lines }).is_err() {
                    break;
                }
            }
        }
        // Whoever stopped the import waits for no more rows.
        let _ = to.send(Sheet { columns: self.columns, lines });
        Ok(self.rows.is_flawed())
    }

    fn line(&self, row: &mut Row, cx: &Reading) -> Line {
        let read = read_row(row, &self.columns, cx);
        let cells = if self.keeps_cells { std::mem::take(&mut row.cells) } else { Vec::new() };
        Line { read, cells }
    }
}
