//! What a question needs before it can be answered: tables, rare columns, ties; and the snapshots it then looks at.

use super::table::Table;
use super::{Catalog, Slot, Source, searched};
use crate::domain::association::has_primary;
use crate::domain::graph::Read;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::is;
use crate::domain::query::{Path, Query};
use crate::domain::settings::Settings;
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// Tables as they were at one moment.
pub struct World {
    tables: Vec<(Arc<Slot>, Arc<Table>)>,
}

impl World {
    pub fn only(slot: Arc<Slot>, table: Arc<Table>) -> World {
        World { tables: vec![(slot, table)] }
    }

    pub fn of(&self, object: Object) -> Option<(&Slot, &Table)> {
        let (slot, table) = self.tables.iter().find(|(_, table)| table.object == object)?;
        Some((slot, table))
    }

    pub fn table(&self, object: Object) -> Option<&Table> {
        self.of(object).map(|(_, table)| table)
    }

    /// Objects with their versions: equal ones give equal answers.
    pub fn versions(&self) -> Vec<(Object, u64)> {
        self.tables.iter().map(|(_, table)| (table.object, table.version)).collect()
    }
}

/// In the order in which snapshots are taken: a table comes before those whose rows it names.
#[derive(Default)]
struct Needs {
    objects: Vec<Object>,
    columns: Vec<(Object, PropertyId)>,
    ties: Vec<(Object, Object)>,
}

impl Needs {
    fn of(query: &Query) -> Needs {
        let mut needs = Needs { objects: vec![query.object], ..Needs::default() };
        query.sort.iter().for_each(|sort| needs.property(query.object, sort.property));
        for test in query.filters.iter().flat_map(|filter| &filter.any) {
            match test.of {
                Path::Own(property) => needs.property(query.object, property),
                Path::Associated(object, property) => {
                    needs.object(object);
                    needs.ties.push((query.object, object));
                    needs.property(object, property);
                }
                Path::Activity => {}
            }
        }
        if let Some(at) = needs.objects[1..].iter().position(|object| *object == Object::COMPANY) {
            let company = needs.objects.remove(at + 1);
            needs.objects.push(company);
        }
        needs
    }

    fn object(&mut self, object: Object) {
        if !self.objects.contains(&object) {
            self.objects.push(object);
        }
    }

    fn property(&mut self, object: Object, property: PropertyId) {
        if property != is::COMPANY {
            self.columns.push((object, property));
            return;
        }
        self.columns.push((object, is::COMPANY_NAME));
        if has_primary(object, Object::COMPANY) {
            self.object(Object::COMPANY);
        }
    }
}

impl Catalog {
    /// The tables that a query looks at, with all columns that it names; `None` while one of them is being built.
    pub(super) fn world(
        &self,
        source: &dyn Source,
        query: &Query,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Read<Option<World>> {
        let needs = Needs::of(query);
        if !needs.objects.iter().all(|object| self.is_ready(*object)) {
            return Ok(None);
        }
        for spec in needs.objects.iter().filter_map(|object| settings.object(*object)) {
            searched::follow(source, &self.slot(spec.object), spec)?;
        }
        for (object, property) in needs.columns {
            if let Some(property) = settings.object(object).and_then(|spec| spec.property(property)) {
                self.build_column(source, &self.slot(object), property.id, property.kind)?;
            }
        }
        for (object, to) in needs.ties {
            self.build_ties(source, &self.slot(object), to)?;
        }
        let snapshot = |object: &Object| {
            let slot = self.slot(*object);
            let table = slot.table_at(now)?;
            Some((slot, table))
        };
        Ok(needs.objects.iter().map(snapshot).collect::<Option<Vec<_>>>().map(|tables| World { tables }))
    }
}
