//! The import itself: file by file, batch by batch, one act. What rows name that comes later in the files is tied at
//! the end.

use super::columns::Columns;
use super::lookup::Lookup;
use super::matching::{Found, Matcher};
use super::rows::{Named, Read, read_row};
use super::{Fault, ImportAsk, Imported, Mode};
use crate::domain::change::{Change, ImportRow, ImportTarget, Origin, Refusal, Verb};
use crate::domain::id::{Object, PropertyId, RecordId};
use crate::domain::record::{Record, Values};
use crate::domain::value::{Reading, Value};
use crate::exchange::write::Report;
use crate::exchange::{Row, Rows};
use crate::rules::Plan;
use crate::workspace::acts::LongAct;
use crate::workspace::{Failure, Watch, Workspace};

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

/// Rows in one commit.
pub(super) const BATCH: usize = 1_000;
/// A file of at least this many bytes has all keys read into memory first.
const LARGE: u64 = 256 << 10;

pub(super) fn run(workspace: &Workspace, ask: &ImportAsk, watch: &mut dyn Watch) -> Result<Imported, Failure> {
    let settings = workspace.settings();
    let mut files = Vec::new();
    for path in &ask.files {
        let rows = open(path, ask)?;
        let columns = Columns::of(rows.columns(), ask, &settings)?;
        let size = std::fs::metadata(path).map_or(u64::MAX, |meta| meta.len());
        files.push((path, rows, columns, size));
    }
    // Who is named by others comes first.
    files.sort_by_key(|(_, _, columns, _)| (columns.object() != Object::COMPANY, columns.object()));
    let names: Vec<String> = ask.files.iter().map(|path| file_name(path)).collect();
    let act = workspace.long_act(Origin::Import, Verb::Did, format!("Imported {}", names.join(", ")), 0);
    let mut import = Import {
        workspace,
        ask,
        matcher: Matcher::new(),
        act,
        imported: Imported::default(),
        report: ask.report.as_deref().map(Report::new),
        batch: Vec::new(),
        made: HashMap::new(),
        waiting: Vec::new(),
        settings,
    };
    for (_, rows, columns, size) in files {
        import.file(rows, columns, size, watch)?;
    }
    import.end(watch)
}

type Source = Rows<Box<dyn std::io::Read>>;

fn open(path: &Path, ask: &ImportAsk) -> Result<Source, Failure> {
    let failed = |what: String| Failure::Refused(Refusal::Missing(format!("{}: {what}", file_name(path))));
    let source: Box<dyn std::io::Read> = match path.to_str() {
        Some("-") => ask.input.open(),
        _ => Box::new(File::open(path).map_err(|error| failed(error.to_string()))?),
    };
    Rows::open(source).map_err(|error| failed(error.to_string()))
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if name == "-" { "standard input".to_owned() } else { name.into_owned() }
}

/// A batch's row with what is needed to report it.
pub(super) struct Pending {
    pub row: ImportRow,
    pub cells: Vec<String>,
    /// Whether it was made on the way, as a company that only a cell names.
    pub besides: bool,
}

/// A tie that could not be made yet.
pub(super) struct Waiting {
    pub number: u64,
    pub record: RecordId,
    pub named: Named,
    pub source: &'static str,
}

pub(super) struct Import<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) ask: &'a ImportAsk,
    pub(super) matcher: Matcher,
    pub(super) act: LongAct<'a>,
    pub(super) imported: Imported,
    report: Option<Report>,
    pub(super) batch: Vec<Pending>,
    /// What rows of the batch make, as far as matching needs to know.
    pub(super) made: HashMap<RecordId, Record>,
    pub(super) waiting: Vec<Waiting>,
    settings: std::sync::Arc<crate::domain::settings::Settings>,
}

impl Import<'_> {
    fn file(
        &mut self,
        mut rows: Source,
        mut columns: Columns,
        size: u64,
        watch: &mut dyn Watch,
    ) -> Result<(), Failure> {
        let workspace = self.workspace;
        let notices = rows.notices().iter().map(|notice| Fault { row: 0, column: None, message: notice.clone() });
        self.imported.errors.extend(notices);
        self.imported.errors.extend(columns.left_out(0));
        if size >= LARGE {
            for object in [columns.object(), Object::COMPANY] {
                self.matcher.load(object, workspace.store().as_ref())?;
            }
        }
        let settings = std::sync::Arc::clone(&self.settings);
        let cx = Reading { settings: &settings, now: workspace.now(), me: Some(workspace.user()) };
        while let Some(next) = rows.next() {
            if watch.is_cancelled() {
                break;
            }
            if rows.columns().len() > columns.names.len() {
                let known = columns.names.len();
                columns.grow(rows.columns(), self.ask)?;
                self.imported.errors.extend(columns.left_out(known));
            }
            match next {
                Ok(row) => self.row(row, &columns, &cx)?,
                Err(error) => {
                    let fault = Fault { row: error.row, column: error.column, message: error.message };
                    self.refuse(fault, &columns, &error.cells)?;
                }
            }
            if self.batch.len() >= BATCH && !self.ask.dry_run {
                self.write(&columns, false)?;
                watch.progress(self.imported.created + self.imported.updated + self.imported.unchanged, 0);
            }
        }
        if rows.is_flawed() {
            let message = "Some characters don't belong to the file's encoding and were replaced by �".to_owned();
            self.imported.errors.push(Fault { row: 0, column: None, message });
        }
        self.write(&columns, false)
    }

    fn row(&mut self, row: Row, columns: &Columns, cx: &Reading) -> Result<(), Failure> {
        let read = match read_row(&row, columns, cx) {
            Ok(read) => read,
            Err(fault) => return self.refuse(fault, columns, &row.cells),
        };
        let workspace = self.workspace;
        let base = workspace.store().as_ref();
        let graph = Lookup { base, matcher: None, made: &self.made, shows_made: true };
        let found = match self.matcher.find(&read, columns, &graph) {
            Ok(found) => found,
            Err(Failure::Refused(refusal)) => {
                let fault = Fault { row: row.number, column: None, message: refusal.to_string() };
                return self.refuse(fault, columns, &row.cells);
            }
            Err(failure) => return Err(failure),
        };
        let is_new = matches!(found, Found::New(_));
        match (self.ask.mode, is_new) {
            (Mode::Create, false) | (Mode::Update, true) => {
                self.imported.skipped += 1;
                return Ok(());
            }
            _ => {}
        }
        let mut read = read;
        self.imported.errors.append(&mut read.remarks);
        self.take(read, found, row, columns)
    }

    /// Puts a row into the batch, with the companies that it names and nobody has yet.
    fn take(&mut self, mut read: Read, found: Found, row: Row, columns: &Columns) -> Result<(), Failure> {
        let workspace = self.workspace;
        let object = columns.object();
        let (target, known) = match found {
            Found::New(given) => {
                let id = given.map(|uuid| RecordId::new(object, uuid));
                (ImportTarget::Create(id.unwrap_or_else(|| workspace.with_ids(|ids| ids.record(object)))), None)
            }
            Found::ById(id) | Found::ByAddress(id) | Found::Same(id) => (ImportTarget::Update(id), self.current(id)?),
        };
        let id = match target {
            ImportTarget::Create(id) | ImportTarget::Update(id) => id,
        };
        let (named, company_name) = (std::mem::take(&mut read.ties), read.company_name.take());
        let number = read.number;
        let values = match (found, &known) {
            (Found::ByAddress(_), Some(record)) => read.values_added_to(record),
            (Found::ById(_), Some(record)) => {
                let known = record.external_ids().to_vec();
                if read.external_id.as_ref().is_some_and(|id| known.contains(id)) {
                    read.external_id = None;
                }
                read.values_as_said()
            }
            _ => read.values_as_said(),
        };
        let associate = self.ties(number, id, named, company_name, known.is_some(), columns)?;
        self.remember(target, &values);
        let row = Pending { row: ImportRow { number, target, values, associate }, cells: row.cells, besides: false };
        self.batch.push(row);
        Ok(())
    }

    /// Later rows find the record of this one.
    pub(super) fn remember(&mut self, target: ImportTarget, values: &[(PropertyId, Value)]) {
        match target {
            ImportTarget::Create(id) => {
                let record = preview(id, values);
                self.matcher.add(&record);
                self.made.insert(id, record);
            }
            ImportTarget::Update(id) => self.matcher.add(&preview(id, values)),
        }
    }

    /// The record as it is, or as an earlier row of this batch makes it.
    fn current(&self, id: RecordId) -> Result<Option<Record>, Failure> {
        Ok(match self.made.get(&id) {
            Some(record) => Some(record.clone()),
            None => self.workspace.store().record(id)?,
        })
    }

    fn refuse(&mut self, fault: Fault, columns: &Columns, cells: &[String]) -> Result<(), Failure> {
        self.imported.skipped += 1;
        if let Some(report) = &mut self.report {
            let written = report.add(&columns.names, cells, fault.column.as_deref(), &fault.message);
            written.map_err(|error| Failure::Failed(format!("The report could not be written: {error}")))?;
        }
        self.imported.errors.push(fault);
        Ok(())
    }

    /// Writes the batch as one commit and counts what became of its rows.
    fn write(&mut self, columns: &Columns, last: bool) -> Result<(), Failure> {
        if self.batch.is_empty() && !last {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        let besides = batch.iter().filter(|pending| pending.besides).count() as u64;
        let mut cells = HashMap::new();
        let mut rows = Vec::with_capacity(batch.len());
        for pending in batch {
            if !pending.besides {
                cells.insert(pending.row.number, pending.cells);
            }
            rows.push(pending.row);
        }
        let count = rows.len() as u64;
        let change = Change::Import { rows, replace: self.ask.replace };
        let store = std::sync::Arc::clone(self.workspace.store());
        let made = std::mem::take(&mut self.made);
        let graph = Lookup { base: store.as_ref(), matcher: Some(&self.matcher), made: &made, shows_made: false };
        self.act.total += count;
        let plan = match self.ask.dry_run {
            true => self.act.only_plan(&change, &graph)?,
            false => self.act.add_reading(&change, &graph, count, last)?,
        };
        self.count(&plan, besides);
        for (number, refusal) in &plan.rejected {
            let column = match refusal {
                Refusal::Rule { field: Some(field), .. } => columns.column_of(*field),
                _ => None,
            };
            let fault = Fault { row: *number, column, message: refusal.to_string() };
            self.refuse(fault, columns, cells.get(number).map_or(&[], Vec::as_slice))?;
        }
        Ok(())
    }

    fn count(&mut self, plan: &Plan, besides: u64) {
        self.imported.created += plan.created.saturating_sub(besides);
        self.imported.updated += plan.updated;
        self.imported.unchanged += plan.unchanged;
        self.imported.associated += plan.tied;
    }

    /// Ties what named somebody who came later in the files, and closes the act.
    fn end(mut self, watch: &mut dyn Watch) -> Result<Imported, Failure> {
        let mut rows: Vec<ImportRow> = Vec::new();
        for waiting in std::mem::take(&mut self.waiting) {
            if let Some(other) = self.other(&waiting.named, waiting.source)? {
                rows.push(ImportRow {
                    number: waiting.number,
                    target: ImportTarget::Update(waiting.record),
                    values: Vec::new(),
                    associate: vec![(other, waiting.named.primary)],
                });
            } else {
                let message = format!("{} names nobody here: the row came in without it", waiting.named.text);
                let column = Some(waiting.named.column);
                self.imported.errors.push(Fault { row: waiting.number, column, message });
            }
        }
        if !self.ask.dry_run {
            self.tie_late(&rows, watch)?;
        }
        if let Some(report) = self.report.take() {
            report.finish().map_err(|error| Failure::Failed(format!("The report could not be written: {error}")))?;
        }
        let mut imported = self.imported;
        imported.errors.sort_by_key(|fault| fault.row);
        if self.act.has_begun() {
            imported.act = Some(self.act.number());
        }
        Ok(imported)
    }
}

/// A record as a row will make it, as far as matching needs to know.
fn preview(id: RecordId, values: &[(PropertyId, Value)]) -> Record {
    use crate::domain::change::Author;
    use crate::domain::id::ActNo;
    let created = crate::domain::record::Stamp {
        at: chrono::DateTime::UNIX_EPOCH,
        by: Author::Program,
        origin: Origin::Import,
        act: ActNo(0),
    };
    Record {
        id,
        version: 0,
        created,
        updated: chrono::DateTime::UNIX_EPOCH,
        values: values.iter().cloned().collect::<Values>(),
    }
}
