//! Whom a record could be associated with (R5.6): who is likely meant, and who is found by words. Why somebody is likely
//! is in `candidates/near.rs`.

mod near;

use super::Workspace;
use crate::domain::answer::Row;
use crate::domain::candidate::{Candidate, Candidates, Near, Picking};
use crate::domain::graph::Read;
use crate::domain::id::{Object, RecordId};
use crate::domain::query::Query;
use crate::domain::search::{Search, Sought};
use crate::store::read::sees;
use near::Around;

/// Associated records that are listed before anything is typed.
const TIED_MOST: usize = 100;
/// With fewer to suggest, records of the object follow that have room, of so many that are looked at.
const FEW: usize = 8;
const LOOKED_AT: usize = 60;

impl Workspace {
    pub(super) fn candidates(&self, ask: &Picking) -> Read<Candidates> {
        let (store, viewer, now) = (self.store().as_ref(), self.viewer(), self.now());
        let all = Query::all(ask.to, viewer.clone());
        let of = store.page(&all, now, 0, 0)?.of;
        let around = Around::of(store, ask.one, &viewer)?;
        let search = Search { text: ask.text.clone(), scope: Some(ask.to), limit: ask.limit };
        if Sought::of(&ask.text).is_none() {
            let rows = self.unsearched(&all, &around, ask)?;
            return Ok(Candidates { rows, of, ready: true });
        }
        let (rows, ready) = if ask.similar {
            (store.similar_all(&search, &viewer, now)?, true)
        } else {
            let hits = store.search(&search, &self.viewed(None), &viewer, now)?;
            (hits.rows, hits.ready)
        };
        let rows = rows.into_iter().map(|row| Candidate { near: around.near(&row), ..plain(row) }).collect();
        Ok(Candidates { rows: self.with_room(rows, ask)?, of, ready })
    }

    /// Who is likely meant, and who is associated already.
    fn unsearched(&self, all: &Query, around: &Around, ask: &Picking) -> Read<Vec<Candidate>> {
        let mut rows = self.suggested(around, ask)?;
        let tied: Vec<RecordId> = around.tied_of(ask.to).take(TIED_MOST).collect();
        let tied: Vec<Candidate> = self.rows_of(ask.to, &tied)?.into_iter().map(plain).collect();
        let others = match rows.len() {
            0..FEW => self.first_of(all, &rows, around, ask)?,
            _ => Vec::new(),
        };
        // Without room for another one, what could give way comes before what would need it.
        let most = self.settings().associations.limit(ask.one.object, ask.to);
        let is_full = most.is_some_and(|most| tied.len() >= most);
        let rest = if is_full { [tied, others] } else { [others, tied] };
        rows.extend(rest.into_iter().flatten());
        Ok(rows)
    }

    fn suggested(&self, around: &Around, ask: &Picking) -> Read<Vec<Candidate>> {
        let near = around.suggestions(self, ask)?;
        let rows = self.rows_of(ask.to, &near.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
        let why = |row: &Row| near.iter().find(|(id, _)| *id == row.record.id).map(|(_, why)| why.clone());
        let rows = rows.into_iter().map(|row| Candidate { near: why(&row), ..plain(row) }).collect();
        let mut rows = self.with_room(rows, ask)?;
        // Who merely was at hand lately is no suggestion where there is no room for another one.
        let at_hand = |near: &Option<Near>| matches!(near, Some(Near::Viewed | Near::Associated));
        rows.retain(|candidate| candidate.full.is_empty() || !at_hand(&candidate.near));
        Ok(rows)
    }

    /// In a small workspace there is nobody to search for: the first few that have room are shown.
    fn first_of(&self, all: &Query, shown: &[Candidate], around: &Around, ask: &Picking) -> Read<Vec<Candidate>> {
        let page = self.store().page(all, self.now(), 0, LOOKED_AT)?;
        let is_new = |row: &Row| {
            let id = row.record.id;
            !around.holds(id) && shown.iter().all(|candidate| candidate.row.record.id != id)
        };
        let mut rows = self.with_room(page.rows.into_iter().filter(is_new).map(plain).collect(), ask)?;
        rows.retain(|candidate| candidate.full.is_empty());
        rows.truncate(FEW - shown.len());
        Ok(rows)
    }

    /// The rows of these records, in their order, of those that are there and in sight.
    fn rows_of(&self, object: Object, ids: &[RecordId]) -> Read<Vec<Row>> {
        let limit = ids.len();
        let search = Search { text: String::new(), scope: Some(object), limit };
        Ok(self.store().search(&search, ids, &self.viewer(), self.now())?.rows)
    }

    /// Says of each what stands where this one could.
    fn with_room(&self, mut rows: Vec<Candidate>, ask: &Picking) -> Read<Vec<Candidate>> {
        let Some(most) = self.settings().associations.limit(ask.to, ask.one.object) else { return Ok(rows) };
        let viewer = self.viewer();
        for candidate in &mut rows {
            // Where one has room for one company only, its row names it already.
            if let (Object::COMPANY, 1, Some((id, name))) = (ask.one.object, most, &candidate.row.derived.company) {
                candidate.full.extend((*id != ask.one).then(|| Some(name.clone())));
                continue;
            }
            let links = self.store().links(candidate.row.record.id, Some(ask.one.object))?;
            if links.len() < most || links.iter().any(|link| link.other == ask.one) {
                continue;
            }
            for link in links {
                let other = self.store().record(link.other)?.filter(|record| sees(&viewer, record));
                candidate.full.push(other.map(|record| record.name()));
            }
        }
        Ok(rows)
    }
}

fn plain(row: Row) -> Candidate {
    Candidate { row, near: None, full: Vec::new() }
}

impl Around {
    /// Why a found record is likely the one that is meant, as far as its row says it.
    fn near(&self, row: &Row) -> Option<Near> {
        if self.holds(row.record.id) {
            return None;
        }
        if self.shares_domain(&row.record) {
            return Some(Near::SameDomain);
        }
        let company = row.derived.company.as_ref().map(|(id, _)| *id);
        (company.is_some() && company == self.company).then_some(Near::SameCompany)
    }
}
