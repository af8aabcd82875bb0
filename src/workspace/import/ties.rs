//! Who a row is tied to: records that are there, companies that only a cell names, and those that come later in the
//! files.

use super::Fault;
use super::columns::Columns;
use super::lookup::Lookup;
use super::rows::Named;
use super::run::{BATCH, Import, Pending, Waiting};
use crate::domain::change::{ImportRow, ImportTarget};
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::value::Value;
use crate::exchange::headers::By;
use crate::workspace::{Failure, Watch};

impl Import<'_> {
    pub(super) fn ties(
        &mut self,
        number: u64,
        id: RecordId,
        named: Vec<Named>,
        company_name: Option<String>,
        is_known: bool,
        columns: &Columns,
    ) -> Result<Vec<(RecordId, bool)>, Failure> {
        let mut associate = Vec::new();
        let mut names_company = false;
        let has_company = is_known && !self.workspace.store().links(id, Some(Object::COMPANY))?.is_empty();
        for named in named {
            // A company's name alone never takes the place of one that is there.
            let by_name = named.object == Object::COMPANY && named.by == By::Name;
            if by_name && ((has_company && !self.ask.replace) || names_company) {
                continue;
            }
            match self.other(&named, columns.source)? {
                Some(other) => {
                    names_company |= named.object == Object::COMPANY;
                    associate.push((other, named.primary));
                }
                None if by_name => {
                    names_company = true;
                    associate.push((self.new_company(number, &named.text)?, false));
                }
                None => self.waiting.push(Waiting { number, record: id, named, source: columns.source }),
            }
        }
        if let Some(name) = company_name
            && !names_company
            && !has_company
        {
            let column = "Company".to_owned();
            let named = Named { object: Object::COMPANY, by: By::Name, text: name, primary: false, column };
            match self.other(&named, columns.source)? {
                Some(other) => associate.push((other, false)),
                None => associate.push((self.new_company(number, &named.text)?, false)),
            }
        }
        associate.dedup_by_key(|(other, _)| *other);
        Ok(associate)
    }

    pub(super) fn other(&mut self, named: &Named, source: &str) -> Result<Option<RecordId>, Failure> {
        let base = self.workspace.store().as_ref();
        let graph = Lookup { base, matcher: None, made: &self.made, batch: &self.batch };
        match self.matcher.other(named, source, &graph) {
            Err(Failure::Refused(refusal)) => {
                let (column, message) = (Some(named.column.clone()), refusal.to_string());
                self.imported.errors.push(Fault { row: 0, column, message });
                Ok(None)
            }
            found => found,
        }
    }

    fn new_company(&mut self, number: u64, name: &str) -> Result<RecordId, Failure> {
        let id = self.workspace.with_ids(|ids| ids.record(Object::COMPANY));
        let values = vec![(is::NAME, Value::text(name))];
        // The names must be known before the first company is added to them.
        self.matcher.named(Object::COMPANY, name, self.workspace.store().as_ref())?;
        let row = ImportRow { number, target: ImportTarget::Create(id), values, associate: Vec::new() };
        self.put(Pending { row, cells: Vec::new(), besides: true });
        Ok(id)
    }

    pub(super) fn tie_late(&mut self, rows: &[ImportRow], watch: &mut dyn Watch) -> Result<(), Failure> {
        let store = std::sync::Arc::clone(self.workspace.store());
        for part in rows.chunks(BATCH) {
            let plan = self.act.add_import(part.to_vec(), self.ask.replace, store.as_ref())?;
            self.imported.associated += plan.tied;
            for (row, refusal) in &plan.rejected {
                self.imported.errors.push(Fault { row: *row, column: None, message: refusal.to_string() });
            }
        }
        self.act.close(watch.is_cancelled())
    }
}
