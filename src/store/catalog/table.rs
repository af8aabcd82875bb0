//! All records of one object, as columns. A table is a value: questions look at a snapshot of it, commits change the
//! current one and copy only what a snapshot still shares (see `chunked`).

use super::arena::Arena;
use super::bits::Bits;
use super::chunked::Chunked;
use super::column::{Cells, Column, Scratch};
use super::ids::Ids;
use super::moments::{Agenda, Moments, Timelines};
use super::searched::{Coming, searched_of, write_entry};
use super::ties::Ties;
use super::users::Users;
use crate::domain::association::has_primary;
use crate::domain::fold::collate;
use crate::domain::id::{Object, PropertyId, RecordId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::Kind;
use crate::store::codec::RecordView;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use uuid::Uuid;

/// No row: of a record without a primary one.
pub const NO_ROW: u32 = u32::MAX;
/// Changes that are remembered, so that an order or a set of rows is mended instead of made anew.
const REMEMBERED: usize = 1 << 15;

#[derive(Clone)]
pub struct Table {
    pub object: Object,
    /// Number of changes of rows so far.
    pub version: u64,
    /// Number of changes of names that other tables sort and filter by.
    pub renamed: u64,
    pub ids: Ids,
    /// Rows that are no longer, or not yet, records are not among them.
    pub alive: Bits,
    pub living: usize,
    pub arena: Arena,
    columns: Vec<Column>,
    /// Like last and next activity there from [`Table::finish`] on.
    primaries: Vec<(Object, Chunked<u32>)>,
    ties: BTreeMap<Object, Ties>,
    agenda: Arc<Agenda>,
    /// Searched properties, the name first.
    pub(super) searched: Arc<[PropertyId]>,
    /// What search looks through from soon on, while it is collected.
    pub(super) coming: Option<Coming>,
    /// Keys of what companies without a name are called.
    titles: Arc<BTreeMap<u32, Vec<u8>>>,
    changed: VecDeque<u32>,
}

/// The columns that every list needs and that records fill: those it shows and sorts by at first, as far as they take
/// little room.
fn first_columns(spec: &ObjectSpec) -> Vec<(PropertyId, Kind)> {
    let always = [is::NAME, is::OWNER, is::CREATED_AT, is::UPDATED_AT];
    let small =
        |kind| matches!(kind, Kind::Option | Kind::Stage | Kind::Pipeline | Kind::YesNo | Kind::Money | Kind::Date);
    let has = |id: &PropertyId| spec.property(*id).map(|property| (property.id, property.kind));
    let shown = spec.columns.iter().chain([&is::PIPELINE]).filter_map(has).filter(|(_, kind)| small(*kind));
    always.iter().filter_map(has).chain(shown).collect()
}

impl Table {
    pub fn empty(spec: &ObjectSpec) -> Table {
        let columns = first_columns(spec).into_iter().map(|(property, kind)| Column::blank(property, kind, 0));
        Table {
            object: spec.object,
            version: 0,
            renamed: 0,
            ids: Ids::default(),
            alive: Bits::default(),
            living: 0,
            arena: Arena::default(),
            columns: columns.collect(),
            primaries: Vec::new(),
            ties: BTreeMap::new(),
            agenda: Arc::default(),
            searched: searched_of(spec),
            coming: None,
            titles: Arc::default(),
            changed: VecDeque::new(),
        }
    }

    pub fn rows(&self) -> usize {
        self.ids.len()
    }

    pub fn id(&self, row: u32) -> RecordId {
        RecordId::new(self.object, self.ids.uuid(row))
    }

    /// A column that holds what the records do.
    pub fn column(&self, property: PropertyId) -> Option<&Column> {
        self.columns.iter().find(|column| column.property == property && column.built)
    }

    pub fn is_searched(&self, property: PropertyId) -> bool {
        self.searched.contains(&property)
    }

    pub fn primary(&self, to: Object) -> Option<&Chunked<u32>> {
        self.primaries.iter().find(|(object, _)| *object == to).map(|(_, rows)| rows)
    }

    /// Key of what the record is called by others: its name, else its domain, else its id's ending.
    pub fn title(&self, row: u32) -> Option<&[u8]> {
        if !self.alive.get(row) {
            return None;
        }
        let name = match self.column(is::NAME).map(|column| &column.cells) {
            Some(Cells::Texts(names)) => names.get(row),
            _ => None,
        };
        name.or_else(|| self.titles.get(&row).map(Vec::as_slice))
    }

    pub fn size(&self, property: PropertyId, row: u32) -> Option<i64> {
        self.column(property)?.size(row)
    }

    /// Row of an id; one that is not known yet gets one, without a record.
    pub fn row_of(&mut self, uuid: Uuid) -> u32 {
        self.ids.row(uuid).unwrap_or_else(|| {
            self.arena.push_none();
            self.coming.iter_mut().for_each(|coming| coming.arena.push_none());
            self.columns.iter_mut().for_each(Column::push_none);
            self.primaries.iter_mut().for_each(|(_, rows)| rows.push(NO_ROW));
            self.ties.values_mut().for_each(Ties::push_none);
            self.ids.push(uuid)
        })
    }

    /// The record as it is now.
    pub fn put(&mut self, uuid: Uuid, record: &RecordView, users: &Users, scratch: &mut Scratch) {
        let known = self.rows();
        let row = self.row_of(uuid);
        write_entry(&self.searched, record, scratch);
        self.arena.set(row, Some(&scratch.text));
        if let Some(coming) = &mut self.coming {
            coming.write(row, record, scratch);
        }
        let mut renamed = false;
        for column in &mut self.columns {
            renamed |= column.put(row, uuid, record, users, scratch) && column.property == is::NAME;
        }
        renamed |= self.object == Object::COMPANY && self.write_title(row, record);
        let revived = self.alive.set(row, true);
        self.living += usize::from(revived);
        if (renamed || revived) && (row as usize) < known {
            self.renamed += 1;
        }
        self.touch(row);
    }

    /// Answers whether a record without a name is called something else than before.
    fn write_title(&mut self, row: u32, record: &RecordView) -> bool {
        let named = [is::NAME, is::FIRST_NAME, is::LAST_NAME].iter().any(|id| record.text(*id).is_some());
        if named && !self.titles.contains_key(&row) {
            return false;
        }
        let titles = Arc::make_mut(&mut self.titles);
        if named {
            titles.remove(&row);
            return false;
        }
        let other = record.text(is::EMAIL).or_else(|| record.text(is::DOMAIN));
        let title = other.map_or_else(|| collate(&crate::domain::id::short(self.ids.uuid(row))), collate);
        titles.insert(row, title.clone()) != Some(title)
    }

    /// The record is in the bin, or erased.
    pub fn remove(&mut self, uuid: Uuid) {
        let Some(row) = self.ids.row(uuid).filter(|row| self.alive.get(*row)) else { return };
        self.alive.set(row, false);
        self.living -= 1;
        self.renamed += 1;
        self.arena.set(row, None);
        self.coming.iter_mut().for_each(|coming| coming.arena.set(row, None));
        for (_, rows) in &mut self.primaries {
            rows.set(row, NO_ROW);
        }
        self.put_moments(row, Moments::default());
        self.touch(row);
    }

    pub fn put_primary(&mut self, row: u32, to: Object, primary: u32) {
        let found = self.primaries.iter_mut().find(|(object, _)| *object == to);
        if found.is_some_and(|(_, rows)| rows.set(row, primary)) {
            self.touch(row);
        }
    }

    pub fn put_moments(&mut self, row: u32, moments: Moments) {
        self.write_moments(row, &moments);
        Arc::make_mut(&mut self.agenda).put(row, moments);
    }

    fn write_moments(&mut self, row: u32, moments: &Moments) {
        let mut changed = false;
        for (property, at) in [(is::LAST_ACTIVITY, moments.last), (is::NEXT_ACTIVITY, moments.next())] {
            let column = self.columns.iter_mut().find(|column| column.property == property);
            changed |= column.is_some_and(|column| column.set_size(row, at));
        }
        if changed {
            self.touch(row);
        }
    }

    pub fn is_due(&self, now: i64) -> bool {
        self.agenda.is_due(now)
    }

    /// Moves what has come due by `now` from next to last activity.
    pub fn advance(&mut self, now: i64) {
        for (row, moments) in Arc::make_mut(&mut self.agenda).advance(now) {
            self.write_moments(row, &moments);
        }
    }

    /// A change of the row that orders and sets of rows have to follow.
    pub fn touch(&mut self, row: u32) {
        self.version += 1;
        if self.changed.len() == REMEMBERED {
            self.changed.pop_front();
        }
        self.changed.push_back(row);
    }

    /// Every row is to be looked at anew, whatever was remembered of it.
    pub(super) fn forget_changes(&mut self) {
        self.version += REMEMBERED as u64 + 1;
        self.changed.clear();
    }

    /// The rows that changed after `version`, sorted; `None` when that is too long ago or still to come.
    pub fn changed_since(&self, version: u64) -> Option<Vec<u32>> {
        let count = usize::try_from(self.version.checked_sub(version)?).ok()?;
        let from = self.changed.len().checked_sub(count)?;
        let mut rows: Vec<u32> = self.changed.range(from..).copied().collect();
        rows.sort_unstable();
        rows.dedup();
        Some(rows)
    }

    /// A column that commits write to from now on, while a scan collects the rest.
    pub fn begin_column(&mut self, property: PropertyId, kind: Kind) {
        self.columns.retain(|column| column.property != property);
        self.columns.push(Column { built: false, ..Column::blank(property, kind, self.rows()) });
    }

    /// Puts the scanned column in place; what commits wrote since `version` stays. Answers whether that could be told.
    pub fn end_column(&mut self, mut scanned: Column, version: u64) -> bool {
        let Some(changed) = self.changed_since(version) else { return false };
        let Some(begun) = self.columns.iter_mut().find(|column| column.property == scanned.property) else {
            return false;
        };
        (scanned.rows()..self.ids.len()).for_each(|_| scanned.push_none());
        for row in changed {
            scanned.copy(row, begun);
        }
        *begun = scanned;
        true
    }

    /// The records that each record is associated with, or `None` before they were asked for.
    pub fn ties(&self, to: Object) -> Option<&Ties> {
        self.ties.get(&to).filter(|ties| ties.is_built())
    }

    /// From now on commits are remembered, while a scan collects the ties that stand.
    pub fn begin_ties(&mut self, to: Object) {
        self.ties.insert(to, Ties::waiting());
    }

    pub fn end_ties(&mut self, to: Object, scanned: Ties) {
        let rows = self.rows();
        if let Some(ties) = self.ties.get_mut(&to) {
            ties.complete(scanned, rows);
        }
    }

    pub fn put_tie(&mut self, row: u32, to: Object, other: u32, tied: bool) {
        if self.ties.get_mut(&to).is_some_and(|ties| ties.put(row, other, tied)) {
            self.touch(row);
        }
    }

    /// Appends the rows of a table whose ids are greater; used while both are being built.
    pub fn append(&mut self, other: &Table) {
        let offset = self.rows() as u32;
        self.ids.append(&other.ids);
        self.arena.append(&other.arena);
        for (mine, theirs) in self.columns.iter_mut().zip(&other.columns) {
            mine.append(theirs);
        }
        for row in 0..other.rows() as u32 {
            self.alive.set(offset + row, other.alive.get(row));
        }
        self.living += other.living;
        let titles = other.titles.iter().map(|(row, title)| (offset + row, title.clone()));
        Arc::make_mut(&mut self.titles).extend(titles);
    }

    /// For each object that the records have primary ones of, cells without any.
    pub fn blank_primaries(&self, rows: usize) -> Vec<(Object, Chunked<u32>)> {
        let to = [Object::COMPANY, Object::CONTACT].into_iter().filter(|to| has_primary(self.object, *to));
        to.map(|to| (to, Chunked::filled(&NO_ROW, rows))).collect()
    }

    /// Puts in place what scans of associations and timelines found; frees what growing reserved.
    pub fn finish(&mut self, primaries: Vec<(Object, Chunked<u32>)>, timelines: Timelines) {
        self.primaries = primaries;
        let (last, next, agenda) = timelines.into_columns();
        self.agenda = Arc::new(agenda);
        for (property, cells) in [(is::LAST_ACTIVITY, last), (is::NEXT_ACTIVITY, next)] {
            self.columns.push(Column { property, kind: Kind::DateTime, cells: Cells::Sizes(cells), built: true });
        }
        self.arena.shrink();
        self.columns.iter_mut().for_each(Column::shrink);
        self.changed = VecDeque::new();
    }
}
