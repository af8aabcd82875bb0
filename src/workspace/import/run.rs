//! The import itself: file by file, batch by batch, one act. What rows name that comes later in the files is tied at
//! the end.

use super::activities::Logs;
use super::again;
use super::columns::Columns;
use super::left_out::LeftOut;
use super::lookup::Lookup;
use super::mails;
use super::matching::{Found, Matcher};
use super::reading::{Line, Reader, Sheets, Source};
use super::rows::{Named, Read};
use super::ties::Of;
use super::{Fault, ImportAsk, Imported, Mode};
use crate::domain::change::{Done, ImportRow, ImportTarget, Origin, Refusal, Verb};
use crate::domain::graph::Graph;
use crate::domain::id::{Object, RecordId};
use crate::domain::intent::Intent;
use crate::domain::record::Record;
use crate::domain::settings::Settings;
use crate::exchange::Rows;
use crate::rules::{ImportBatch, Rejected};
use crate::workspace::acts::LongAct;
use crate::workspace::{Failure, Watch, Workspace};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::thread;

/// Rows in one commit.
pub(super) const BATCH: usize = 1_000;
/// A file of at least this many bytes has all keys read into memory first.
const LARGE: u64 = 256 << 10;

pub(super) fn run(workspace: &Workspace, ask: &ImportAsk, watch: &mut dyn Watch) -> Result<Imported, Failure> {
    let names: Vec<String> = ask.files.iter().map(|path| file_name(path)).collect();
    let act = workspace.long_act(Origin::Import, Verb::Did, format!("Imported {}", names.join(", ")), 0);
    let intent = if ask.dry_run { Intent::Unknown } else { again::intent(ask) };
    Ok(read(workspace, ask, act, intent, watch)?.0)
}

/// Reads the files from behind what `intent` says is done.
pub(super) fn read(
    workspace: &Workspace,
    ask: &ImportAsk,
    act: LongAct,
    intent: Intent,
    watch: &mut dyn Watch,
) -> Result<(Imported, Done), Failure> {
    let settings = workspace.settings();
    let mut files = Vec::new();
    for path in &ask.files {
        let rows = open(path, ask)?;
        let columns = Columns::of(&file_name(path), rows.columns(), ask, &settings)?;
        let size = std::fs::metadata(path).map_or(u64::MAX, |meta| meta.len());
        files.push((path, rows, columns, size));
    }
    // Who is named by others comes first.
    files.sort_by_key(|(_, _, columns, _)| {
        let object = columns.object();
        (object == Object::ACTIVITY, !columns.is_ties, object != Object::COMPANY, object)
    });
    let done = match &intent {
        Intent::Import(import) if act.has_begun() => Some(import.done),
        _ => None,
    };
    let mut import = Import {
        workspace,
        ask,
        matcher: Matcher::new(),
        act,
        imported: Imported::default(),
        left_out: LeftOut::new(ask),
        batch: Vec::new(),
        made: HashMap::new(),
        waiting: Vec::new(),
        passed: HashSet::new(),
        logs: Logs::default(),
        sources: files.iter().map(|(_, _, columns, _)| columns.source).collect(),
        settings,
        intent,
        done,
        at: (0, 0),
    };
    for (place, (_, rows, columns, size)) in (0..).zip(files) {
        import.at = (place, 0);
        import.file(rows, columns, size, watch)?;
    }
    import.end(watch)
}

pub(super) fn open(path: &Path, ask: &ImportAsk) -> Result<Source, Failure> {
    let failed = |what: String| Failure::Refused(Refusal::Missing(format!("{}: {what}", file_name(path))));
    let source: Box<dyn std::io::Read + Send> = match path.to_str() {
        Some("-") => ask.input.open(),
        _ if path.is_dir() => return mails::folder(path).map_err(failed),
        _ => Box::new(File::open(path).map_err(|error| failed(error.to_string()))?),
    };
    Rows::open(source).map_err(|error| failed(error.to_string()))
}

pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if name == "-" { "standard input".to_owned() } else { name.into_owned() }
}

/// What the next batch of an act says of how far it is.
pub(super) fn set_out(act: &mut LongAct, intent: &mut Intent, at: (u32, u64), count: u64) {
    act.total += count;
    if let Intent::Import(import) = intent {
        import.done = at;
    }
    act.set_out(intent.clone());
}

/// A batch's row with what is needed to report it.
pub(super) struct Pending {
    pub row: ImportRow,
    pub cells: Vec<String>,
    /// Whether it was made on the way, as a company that only a cell names.
    pub besides: bool,
    /// The columns that name whom it is tied to.
    pub columns: Vec<(RecordId, String)>,
}

/// A tie that could not be made yet.
pub(super) struct Waiting {
    pub of: Of,
    pub named: Named,
    /// A company that the row also names by name, which it is tied to: the id of another program says no more then.
    pub is_named_too: bool,
}

pub(super) struct Import<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) ask: &'a ImportAsk,
    pub(super) matcher: Matcher,
    pub(super) act: LongAct<'a>,
    pub(super) imported: Imported,
    pub(super) left_out: LeftOut,
    pub(super) batch: Vec<Pending>,
    /// Records that rows of the batch make, with the places of those rows.
    pub(super) made: HashMap<RecordId, usize>,
    pub(super) waiting: Vec<Waiting>,
    /// Records of rows that were done when the import was broken off.
    pub(super) passed: HashSet<RecordId>,
    pub(super) logs: Logs,
    /// Whose ids the files of this call hold.
    pub(super) sources: BTreeSet<&'static str>,
    pub(super) intent: Intent,
    /// Place of the file and number of the row up to which all was done before.
    done: Option<(u32, u64)>,
    /// The row that is read.
    pub(super) at: (u32, u64),
    pub(super) settings: Arc<Settings>,
}

impl Import<'_> {
    fn file(&mut self, rows: Source, columns: Columns, size: u64, watch: &mut dyn Watch) -> Result<(), Failure> {
        let workspace = self.workspace;
        let notices = rows.notices().iter().map(|notice| Fault { row: 0, column: None, message: notice.clone() });
        self.imported.errors.extend(notices);
        self.imported.errors.extend(columns.left_out(0));
        if size >= LARGE {
            for object in columns.looked_for() {
                self.matcher.load(object, workspace.store().as_ref())?;
            }
        }
        let reader = Reader {
            rows,
            columns: Arc::new(columns),
            ask: self.ask,
            settings: Arc::clone(&self.settings),
            now: workspace.now(),
            me: workspace.user(),
            keeps_cells: self.left_out.keeps(),
        };
        let columns = Arc::clone(&reader.columns);
        thread::scope(|scope| self.sheets(reader.start(scope)?, columns, watch))
    }

    fn sheets(&mut self, sheets: Sheets, mut columns: Arc<Columns>, watch: &mut dyn Watch) -> Result<(), Failure> {
        'reading: while let Some(sheet) = sheets.next() {
            if self.is_stopped(watch) {
                break;
            }
            let known = columns.names.len();
            columns = sheet.columns;
            self.imported.errors.extend(columns.left_out(known));
            for line in sheet.lines {
                self.line(line, &columns)?;
                let is_full = self.logs.batch.len() >= BATCH || (self.batch.len() >= BATCH && !self.ask.dry_run);
                if is_full {
                    self.write(&columns)?;
                    watch.progress(self.imported.created + self.imported.updated + self.imported.unchanged, 0);
                    if self.is_stopped(watch) {
                        break 'reading;
                    }
                }
            }
            if self.ask.dry_run {
                watch.progress(self.at.1, 0);
            }
        }
        if sheets.end()? {
            let message = "Some characters don't belong to the file's encoding and were replaced by �".to_owned();
            self.imported.errors.push(Fault { row: 0, column: None, message });
        }
        self.write(&columns)
    }

    fn is_stopped(&mut self, watch: &dyn Watch) -> bool {
        self.imported.stopped |= watch.is_cancelled();
        self.imported.stopped
    }

    fn is_done(&self) -> bool {
        self.done.is_some_and(|done| self.at <= done)
    }

    fn line(&mut self, line: Line, columns: &Columns) -> Result<(), Failure> {
        let Line { read, cells } = line;
        if columns.is_ties {
            return match read {
                Ok(read) => {
                    self.belongs(read);
                    Ok(())
                }
                Err(fault) => self.refuse(fault, columns, &cells),
            };
        }
        self.at.1 = read.as_ref().map_or_else(|fault| fault.row, |read| read.number);
        if self.is_done() {
            self.logs.done = self.at;
            return read.map_or(Ok(()), |read| self.pass(read, columns));
        }
        let mut read = match read {
            Ok(read) => read,
            Err(fault) => return self.refuse(fault, columns, &cells),
        };
        if let Some(logged) = read.logged.take() {
            return self.activity(read, *logged, columns, cells);
        }
        let base = self.workspace.store().as_ref();
        let graph = Lookup { base, matcher: None, made: &self.made, batch: &self.batch };
        let found = match self.matcher.find(&read, columns, &graph) {
            Ok(found) => found,
            Err(Failure::Refused(refusal)) => {
                let fault = Fault { row: read.number, column: None, message: refusal.to_string() };
                return self.refuse(fault, columns, &cells);
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
        self.imported.errors.append(&mut read.remarks);
        self.take(read, found, cells, columns)
    }

    /// Puts a row into the batch, with the companies that it names and nobody has yet.
    fn take(&mut self, mut read: Read, found: Found, cells: Vec<String>, columns: &Columns) -> Result<(), Failure> {
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
        let of = Of { number, record: id, is_known: known.is_some(), source: columns.source };
        let ties = self.ties(of, named, company_name)?;
        let columns = ties.iter().map(|tied| (tied.tying.other, tied.column.clone())).collect();
        let associate = ties.into_iter().map(|tied| tied.tying).collect();
        self.put(Pending { row: ImportRow { number, target, values, associate }, cells, besides: false, columns });
        Ok(())
    }

    /// Puts a row into the batch; later rows find its record.
    pub(super) fn put(&mut self, pending: Pending) {
        match pending.row.target {
            ImportTarget::Create(id) => {
                self.matcher.add(id, &pending.row.values);
                self.made.insert(id, self.batch.len());
            }
            ImportTarget::Update(id) => self.matcher.add(id, &pending.row.values),
        }
        self.batch.push(pending);
    }

    /// The record as it is, or as an earlier row of this batch makes it.
    fn current(&self, id: RecordId) -> Result<Option<Record>, Failure> {
        let base = self.workspace.store().as_ref();
        Ok(Lookup { base, matcher: None, made: &self.made, batch: &self.batch }.record(id)?)
    }

    pub(super) fn refuse(&mut self, fault: Fault, columns: &Columns, cells: &[String]) -> Result<(), Failure> {
        self.imported.skipped += 1;
        self.left_out.add(&columns.names, cells, &fault, &mut self.imported.errors)?;
        self.imported.errors.push(fault);
        Ok(())
    }

    /// Writes the batch as one commit and counts what became of its rows.
    fn write(&mut self, columns: &Columns) -> Result<(), Failure> {
        // Contacts made for mails come before the mails.
        if !self.batch.is_empty() {
            self.write_records(columns)?;
        }
        if self.logs.batch.is_empty() { Ok(()) } else { self.write_activities(columns) }
    }

    fn write_records(&mut self, columns: &Columns) -> Result<(), Failure> {
        let batch = std::mem::take(&mut self.batch);
        let besides = batch.iter().filter(|pending| pending.besides).count() as u64;
        let mut told = HashMap::new();
        let mut rows = Vec::with_capacity(batch.len());
        for pending in batch {
            if !pending.besides {
                told.insert(pending.row.number, (pending.cells, pending.columns));
            }
            rows.push(pending.row);
        }
        let count = rows.len() as u64;
        let store = Arc::clone(self.workspace.store());
        let made = std::mem::take(&mut self.made);
        let graph = Lookup { base: store.as_ref(), matcher: Some(&self.matcher), made: &made, batch: &[] };
        let rows = ImportBatch::Records { rows, replace: self.ask.replace, create_leads: self.ask.create_leads };
        // Mails of the batch whose contacts these are come in with the next commit.
        let at = if self.logs.batch.is_empty() { self.at } else { self.logs.done };
        set_out(&mut self.act, &mut self.intent, at, count);
        let plan = match self.ask.dry_run {
            true => self.act.only_plan(rows, &graph)?,
            false => self.act.add_import(rows, &graph)?,
        };
        if self.ask.dry_run {
            self.logs.only_tried.extend(made.keys());
        }
        self.count(&plan, besides);
        for record in &plan.made {
            let values: Vec<_> = record.values.iter().map(|(id, value)| (id, value.clone())).collect();
            self.matcher.add(record.id, &values);
        }
        for Rejected { row, refusal, other } in plan.rejected {
            let (cells, tied) = told.remove(&row).unwrap_or_default();
            let column = match &refusal {
                Refusal::Rule { field: Some(field), .. } => columns.column_of(*field),
                _ => tied.into_iter().find(|(record, _)| Some(*record) == other).map(|(_, column)| column),
            };
            self.refuse(Fault { row, column, message: refusal.to_string() }, columns, &cells)?;
        }
        Ok(())
    }
}
