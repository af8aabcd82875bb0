//! Activities of a file: whom each happened with, whether it is there already, and the batches that they come in with.
//! What only another file says of them, as HubSpot's tables of associations do, is read before.

use super::Fault;
use super::columns::Columns;
use super::logged::Logged;
use super::lookup::Lookup;
use super::mails::Letter;
use super::rows::{Named, Read};
use super::run::{Import, set_out};
use crate::domain::activity::ActivityKind;
use crate::domain::change::Refusal;
use crate::domain::id::{ActivityId, Object, RecordId};
use crate::domain::logging::import::ImportActivity;
use crate::rules::{ImportBatch, Rejected};
use crate::workspace::Failure;
use crate::workspace::import::Mode;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Whose ids those are of rows that have none: the same row is the same activity.
const ROWS: &str = "row";
/// How often an activity may be imported anew while the ones before lie in the bin.
const AGAIN_MOST: u8 = 50;

/// What an import of activities keeps in mind.
#[derive(Default)]
pub(super) struct Logs {
    pub batch: Vec<PendingActivity>,
    /// Records by the foreign id of an activity, from files that only say so.
    belongs: HashMap<String, Vec<Named>>,
    /// Records that a dry run would make, and activities.
    pub only_tried: HashSet<RecordId>,
    /// Threads by the Message-IDs of the mails of this import.
    pub threads: HashMap<String, String>,
    /// Contacts made for addresses that nobody had.
    pub newcomers: u64,
    tried: HashSet<ActivityId>,
    /// The row up to which all activities are written.
    pub done: (u32, u64),
}

pub(super) struct PendingActivity {
    row: ImportActivity,
    cells: Vec<String>,
}

/// Whether an activity is there.
enum Known {
    Stands,
    New,
}

impl Import<'_> {
    /// Keeps in mind which records an activity belongs to.
    pub(super) fn belongs(&mut self, read: Read) {
        if let Some(id) = read.external_id {
            self.logs.belongs.entry(foreign(&id).1.to_owned()).or_default().extend(read.ties);
        }
    }

    pub(super) fn activity(
        &mut self,
        mut read: Read,
        mut logged: Logged,
        columns: &Columns,
        cells: Vec<String>,
    ) -> Result<(), Failure> {
        let number = read.number;
        let mut named = std::mem::take(&mut read.ties);
        let foreign_id = read.external_id.as_deref().map(foreign);
        named.extend(foreign_id.and_then(|(_, id)| self.logs.belongs.get(id)).into_iter().flatten().cloned());
        let errors = self.imported.errors.len();
        named.extend(self.letter(&mut logged, foreign_id.map(|(_, id)| id), number)?);
        let is_whole = logged.home.is_some();
        let first = logged.home.as_ref().or(named.first()).cloned();
        let records = self.whom(logged.home, named, number, columns.source)?;
        let Some((on, also)) = records.split_first() else {
            self.imported.errors.truncate(errors);
            let fault = match &logged.letter {
                Some(letter) => stranger(number, letter),
                None => nobody(number, first),
            };
            return self.refuse(fault, columns, &cells);
        };
        let mut logging = logged.logging;
        (logging.on, logging.also) = (*on, also.to_vec());
        let text = || format!("{:?}\u{1f}{on}\u{1f}{}\u{1f}{}", logging.at, logging.subject, logging.text);
        let found = match (read.lejek_id, foreign_id) {
            (Some(id), _) => self.given(ActivityId(id))?,
            (None, Some((source, id))) => self.brought(logging.kind, source, id)?,
            (None, None) => self.brought(logging.kind, ROWS, &text())?,
        };
        let (id, known) = match found {
            Ok(found) => found,
            Err(refusal) => {
                let fault = Fault { row: number, column: None, message: refusal.to_string() };
                return self.refuse(fault, columns, &cells);
            }
        };
        match (self.ask.mode, &known) {
            (Mode::Create, Known::Stands) | (Mode::Update, Known::New) => {
                self.imported.skipped += 1;
                return Ok(());
            }
            _ => {}
        }
        self.imported.errors.append(&mut read.remarks);
        let is_row = read.lejek_id.is_none() && read.external_id.is_none();
        let is_there = matches!(known, Known::Stands) && is_row;
        let is_tried = self.ask.dry_run && !self.logs.tried.insert(id);
        if is_there || is_tried {
            self.imported.unchanged += 1;
            return Ok(());
        }
        if records.iter().any(|record| self.is_only_tried(*record)) {
            self.imported.created += 1;
            self.imported.associated += records.len() as u64;
            return Ok(());
        }
        let (says_direction, author) = (logged.says_direction, logged.author);
        let row = ImportActivity { number, id, logging, says_direction, author, is_whole };
        self.logs.batch.push(PendingActivity { row, cells });
        Ok(())
    }

    /// The records that are named, the one it was logged on first: of several a contact (R3.3).
    fn whom(
        &mut self,
        home: Option<Named>,
        named: Vec<Named>,
        row: u64,
        source: &'static str,
    ) -> Result<Vec<RecordId>, Failure> {
        let mut records: Vec<RecordId> = Vec::new();
        let is_said = home.is_some();
        for named in home.into_iter().chain(named) {
            let whole = self.anyone(&named, source)?;
            let parts = if whole.is_empty() { named.parts() } else { Vec::new() };
            let found = match parts.len() {
                0 | 1 => vec![(named, whole)],
                _ => parts
                    .into_iter()
                    .map(|part| Ok((part.clone(), self.anyone(&part, source)?)))
                    .collect::<Result<_, Failure>>()?,
            };
            for (named, found) in found {
                match found.as_slice() {
                    [one] if records.contains(one) => {}
                    [one] => records.push(*one),
                    [] => self.say(row, &named, format!("{} names nobody here: it came in without", named.text)),
                    several => self.say_unclear(several.len(), row, &named),
                }
            }
        }
        if !is_said {
            records.sort_by_key(|record| record.object != Object::CONTACT);
        }
        Ok(records)
    }

    /// Who a cell may mean.
    fn anyone(&mut self, named: &Named, source: &'static str) -> Result<Vec<RecordId>, Failure> {
        if named.object != Object::ACTIVITY {
            return self.meant(named, source);
        }
        let objects: Vec<Object> = self.settings.objects.iter().map(|spec| spec.object).collect();
        for object in objects {
            let found = self.meant(&Named { object, ..named.clone() }, source)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// An activity by the id that the file gives, which becomes its id where it is not there.
    fn given(&self, id: ActivityId) -> Result<Result<(ActivityId, Known), Refusal>, Failure> {
        let store = self.workspace.store();
        if store.activity(id)?.is_some() {
            return Ok(Ok((id, Known::Stands)));
        }
        if store.binned_activity(id)?.is_some() {
            return Ok(Err(Refusal::rule(5, 11, "The activity is in the bin. Restore it, or leave the id empty")));
        }
        Ok(Ok((id, Known::New)))
    }

    /// An activity by the id that another program gave. What is in the bin does not match.
    fn brought(
        &self,
        kind: ActivityKind,
        source: &str,
        text: &str,
    ) -> Result<Result<(ActivityId, Known), Refusal>, Failure> {
        for again in 0..AGAIN_MOST {
            if let Ok(found) = self.given(ActivityId::brought(kind, source, text, again))? {
                return Ok(Ok(found));
            }
        }
        Ok(Err(Refusal::rule(5, 11, format!("It is in the bin {AGAIN_MOST} times. Erase it there first"))))
    }

    /// Writes the batch as one commit and counts what became of its rows.
    pub(super) fn write_activities(&mut self, columns: &Columns) -> Result<(), Failure> {
        let batch = std::mem::take(&mut self.logs.batch);
        let mut cells = HashMap::new();
        let mut rows = Vec::with_capacity(batch.len());
        for pending in batch {
            if self.left_out.keeps() {
                cells.insert(pending.row.number, pending.cells);
            }
            rows.push(pending.row);
        }
        let store = Arc::clone(self.workspace.store());
        let made = HashMap::new();
        let graph = Lookup { base: store.as_ref(), matcher: Some(&self.matcher), made: &made, batch: &[] };
        set_out(&mut self.act, &mut self.intent, self.at, rows.len() as u64);
        let rows = ImportBatch::Activities(rows);
        let plan = match self.ask.dry_run {
            true => self.act.only_plan(rows, &graph)?,
            false => self.act.add_import(rows, &graph)?,
        };
        self.count(&plan, 0);
        self.logs.done = self.at;
        for Rejected { row, refusal, .. } in plan.rejected {
            let fault = Fault { row, column: None, message: refusal.to_string() };
            self.refuse(fault, columns, cells.get(&row).map_or(&[], Vec::as_slice))?;
        }
        Ok(())
    }
}

/// The program and its id, of the form that records keep them in.
fn foreign(id: &str) -> (&str, &str) {
    id.split_once(':').unwrap_or((ROWS, id))
}

/// Of a mail nobody of which is a contact.
fn stranger(row: u64, letter: &Letter) -> Fault {
    let message = match letter.parties.split_first() {
        None => "The mail is between users, and with nobody else".to_owned(),
        Some((one, [])) => format!("{one} is no contact here, and an activity belongs to somebody. {NEWCOMERS}"),
        Some((one, rest)) => {
            let several = rest.len();
            format!("{one} and {several} more are no contacts here, and an activity belongs to somebody. {NEWCOMERS}")
        }
    };
    Fault { row, column: None, message }
}

const NEWCOMERS: &str = "--create-contacts makes contacts of them";

fn nobody(row: u64, named: Option<Named>) -> Fault {
    let Some(named) = named else {
        let message = "Nothing says whom this happened with: a column contact, company_id or records names them";
        return Fault { row, column: None, message: message.to_owned() };
    };
    let message = format!("{} names nobody here, and an activity belongs to somebody: import them first", named.text);
    Fault { row, column: Some(named.column), message }
}
