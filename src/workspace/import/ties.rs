//! Who a row is tied to: records that are there, companies that only a cell names, and those that come later in the
//! files.

use super::Fault;
use super::lookup::Lookup;
use super::rows::Named;
use super::run::{BATCH, Import, Pending, Waiting};
use crate::domain::association::{Labelling, Tying};
use crate::domain::change::{ImportRow, ImportTarget};
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::value::Value;
use crate::exchange::headers::By;
use crate::rules::{ImportBatch, Rejected};
use crate::workspace::Failure;
use uuid::Uuid;

/// A row whose ties are looked for.
#[derive(Clone, Copy)]
pub(super) struct Of {
    pub number: u64,
    pub record: RecordId,
    /// The record was there before the row.
    pub is_known: bool,
    /// Whose ids stand in its file.
    pub source: &'static str,
}

/// A tie of a row, and the column that says so.
pub(super) struct Tied {
    pub tying: Tying,
    pub column: String,
}

impl Import<'_> {
    pub(super) fn ties(
        &mut self,
        of: Of,
        mut named: Vec<Named>,
        company_name: Option<String>,
    ) -> Result<Vec<Tied>, Failure> {
        let has_company = of.is_known && !self.workspace.store().links(of.record, Some(Object::COMPANY))?.is_empty();
        let (mut ties, waited) = (Vec::new(), self.waiting.len());
        // Ids and addresses say who is meant: a company's name beside them says no more.
        named.sort_by_key(|named| named.by == By::Name);
        for named in named {
            let has_one = has(&ties, Object::COMPANY);
            if has_one && named.object == Object::COMPANY && named.by == By::Name {
                continue;
            }
            let parts = named.parts();
            let is_whole = parts.len() < 2 || !self.meant(&named, of.source)?.is_empty();
            for part in if is_whole { vec![named] } else { parts } {
                self.tie(part, of, has_company, &mut ties)?;
            }
        }
        let is_tied = has(&ties, Object::COMPANY);
        for waiting in &mut self.waiting[waited..] {
            waiting.is_named_too = is_tied && waiting.named.object == Object::COMPANY;
        }
        let has_company = has_company || is_tied;
        if let Some(text) = company_name
            && !has_company
        {
            let (object, by, column) = (Object::COMPANY, By::Name, "Company".to_owned());
            self.tie(Named { object, by, text, label: None, primary: false, column }, of, false, &mut ties)?;
        }
        Ok(ties)
    }

    fn tie(&mut self, named: Named, of: Of, has_company: bool, ties: &mut Vec<Tied>) -> Result<(), Failure> {
        let is_new_company = named.object == Object::COMPANY
            && named.by == By::Name
            && (!has_company || self.ask.replace)
            && Uuid::try_parse(&named.text).is_err();
        let other = match self.other(&named, of)?.as_slice() {
            [one] => *one,
            [] if is_new_company => self.new_company(of, &named.text)?,
            [] => {
                self.waiting.push(Waiting { of, named, is_named_too: false });
                return Ok(());
            }
            several => {
                self.say_unclear(several.len(), of.number, &named);
                return Ok(());
            }
        };
        let tying = self.tying(&named, other, of);
        match ties.iter_mut().find(|known| known.tying.other == other) {
            Some(known) => join(&mut known.tying, tying),
            None => ties.push(Tied { tying, column: named.column }),
        }
        Ok(())
    }

    /// With the label that the cell names.
    pub(super) fn tying(&mut self, named: &Named, other: RecordId, of: Of) -> Tying {
        let label = named.label.as_deref().filter(|label| !label.is_empty());
        let known = label.and_then(|label| self.settings.label_called(of.record.object, other.object, label));
        if let (Some(label), None) = (label, known) {
            self.say(of.number, named, format!("There is no label {label} for these records: it was left out"));
        }
        let labels = known.map_or(Labelling::Keep, |label| Labelling::Add(vec![label]));
        Tying { labels, primary: named.primary, ..Tying::new(other) }
    }

    /// Who a cell means; of several of one name the one that the record is tied to already.
    pub(super) fn other(&mut self, named: &Named, of: Of) -> Result<Vec<RecordId>, Failure> {
        let meant = self.meant(named, of.source)?;
        if meant.len() > 1 && of.is_known {
            for other in &meant {
                if self.workspace.store().link(of.record, *other)?.is_some() {
                    return Ok(vec![*other]);
                }
            }
        }
        Ok(meant)
    }

    /// By the ids of its own file's program, then by those of the other files of the call.
    pub(super) fn meant(&mut self, named: &Named, source: &'static str) -> Result<Vec<RecordId>, Failure> {
        let base = self.workspace.store().as_ref();
        let graph = Lookup { base, matcher: None, made: &self.made, batch: &self.batch };
        let others = self.sources.iter().copied().filter(|other| *other != source);
        for source in std::iter::once(source).chain(others) {
            let meant = self.matcher.meant(named, source, &graph)?;
            if !meant.is_empty() {
                return Ok(meant);
            }
        }
        Ok(Vec::new())
    }

    /// Says of a row what was wrong without its being refused.
    pub(super) fn say(&mut self, row: u64, named: &Named, message: String) {
        self.imported.errors.push(Fault { row, column: Some(named.column.clone()), message });
    }

    pub(super) fn say_unclear(&mut self, several: usize, row: u64, named: &Named) {
        self.say(row, named, format!("{several} records are called {}: name the one meant by its id", named.text));
    }

    /// What its row calls it by another program's id, it is called by.
    fn new_company(&mut self, of: Of, name: &str) -> Result<RecordId, Failure> {
        let id = self.workspace.with_ids(|ids| ids.record(Object::COMPANY));
        let mut values = vec![(is::NAME, Value::text(name))];
        values.extend(self.foreign_company(of).map(|id| (is::EXTERNAL_IDS, Value::Texts(vec![id]))));
        // The names must be known before the first company is added to them.
        self.matcher.named(Object::COMPANY, name, self.workspace.store().as_ref())?;
        let row = ImportRow { number: of.number, target: ImportTarget::Create(id), values, associate: Vec::new() };
        self.put(Pending { row, cells: Vec::new(), besides: true, columns: Vec::new() });
        Ok(id)
    }

    /// The one id of another program by which the row calls a company that is not here.
    fn foreign_company(&self, of: Of) -> Option<String> {
        let of_row = self.waiting.iter().rev().take_while(|waiting| waiting.of.record == of.record);
        let named = of_row.map(|waiting| &waiting.named);
        let mut ids = named.filter(|named| named.object == Object::COMPANY && matches!(named.by, By::Ids(_)));
        let (id, None) = (ids.next()?, ids.next()) else { return None };
        let is_address = Uuid::try_parse(&id.text).is_ok() || id.text.contains(['.', '@']);
        (!is_address).then(|| format!("{}:{}", of.source, id.text))
    }

    /// The ties to what came later in the files, as rows of their own.
    pub(super) fn late(&mut self) -> Result<Vec<(ImportRow, String)>, Failure> {
        let mut rows = Vec::new();
        for Waiting { of, named, is_named_too } in std::mem::take(&mut self.waiting) {
            match self.other(&named, of)?.as_slice() {
                [other] => {
                    let associate = vec![self.tying(&named, *other, of)];
                    let target = ImportTarget::Update(of.record);
                    let row = ImportRow { number: of.number, target, values: Vec::new(), associate };
                    rows.push((row, named.column));
                }
                [] if is_named_too => {}
                [] => {
                    let message = format!("{} names nobody here: the row came in without it", named.text);
                    self.say(of.number, &named, message);
                }
                several => self.say_unclear(several.len(), of.number, &named),
            }
        }
        Ok(rows)
    }

    pub(super) fn tie_late(&mut self, rows: &[(ImportRow, String)]) -> Result<(), Failure> {
        let store = std::sync::Arc::clone(self.workspace.store());
        for part in rows.chunks(BATCH) {
            let rows = ImportBatch::Records {
                rows: part.iter().map(|(row, _)| row.clone()).collect(),
                replace: self.ask.replace,
                create_leads: self.ask.create_leads,
            };
            let plan = self.act.add_import(rows, store.as_ref())?;
            self.imported.associated += plan.tied;
            for Rejected { row, refusal, other } in plan.rejected {
                let is_it = |late: &ImportRow| {
                    late.number == row && late.associate.iter().any(|tying| Some(tying.other) == other)
                };
                let column = part.iter().find(|(late, _)| is_it(late)).map(|(_, column)| column.clone());
                self.imported.errors.push(Fault { row, column, message: refusal.to_string() });
            }
        }
        Ok(())
    }
}

fn has(ties: &[Tied], object: Object) -> bool {
    ties.iter().any(|tied| tied.tying.other.object == object)
}

/// The same record named twice: with all that is said of it.
fn join(known: &mut Tying, said: Tying) {
    known.primary |= said.primary;
    match (&mut known.labels, said.labels) {
        (Labelling::Add(labels), Labelling::Add(more)) => labels.extend(more),
        (labels, more @ Labelling::Add(_)) => *labels = more,
        _ => {}
    }
}
