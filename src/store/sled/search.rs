//! Search over all objects, and what is almost called so, from the catalog.

use super::SledStore;
use crate::domain::answer::Row;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, RecordId};
use crate::domain::query::Query;
use crate::domain::search::{Hits, Search, Sought};
use crate::domain::user::Viewer;
use crate::store::{Store, read};
use chrono::{DateTime, Utc};

/// Similar records that filters are asked about.
const CANDIDATES: usize = 200;

impl SledStore {
    pub(super) fn search_all(
        &self,
        search: &Search,
        lately: &[RecordId],
        viewer: &Viewer,
        now: DateTime<Utc>,
    ) -> Read<Hits> {
        if Sought::of(&search.text).is_none() {
            let rows = self.rows_of(lately, search, viewer, now)?;
            return Ok(Hits { rows, ready: true });
        }
        let settings = self.settings();
        let (mut found, mut ready) = (Vec::new(), true);
        for object in self.in_scope(search) {
            let query = Query::all(object, viewer.clone());
            match self.catalog.ranked(&self.reading(), &query, search, lately, &settings, now)? {
                Some(placed) => found.extend(placed),
                None => ready = false,
            }
        }
        // Stable: within an object the newest stays first.
        found.sort_by_key(|(standing, _)| *standing);
        let ids: Vec<RecordId> = found.into_iter().map(|(_, id)| id).collect();
        let rows = self.rows_of(&ids, search, viewer, now)?;
        Ok(Hits { rows, ready })
    }

    pub(super) fn similar_anywhere(&self, search: &Search, viewer: &Viewer, now: DateTime<Utc>) -> Read<Vec<Row>> {
        let of = |object| self.catalog.similar(object, &search.text, viewer, search.limit);
        let mut near: Vec<(u32, RecordId)> = self.in_scope(search).into_iter().flat_map(of).collect();
        near.sort_by_key(|(mistakes, _)| *mistakes);
        let near: Vec<RecordId> = near.into_iter().map(|(_, id)| id).collect();
        self.rows_of(&near, search, viewer, now)
    }

    fn in_scope(&self, search: &Search) -> Vec<Object> {
        let settings = self.settings();
        let objects = settings.objects.iter().map(|spec| spec.object);
        objects.filter(|object| search.scope.is_none_or(|scope| scope == *object)).collect()
    }

    /// Of these records those that are there, in scope and in sight, at most as many as wanted.
    fn rows_of(&self, ids: &[RecordId], search: &Search, viewer: &Viewer, now: DateTime<Utc>) -> Read<Vec<Row>> {
        let mut rows = Vec::new();
        for id in ids.iter().filter(|id| search.scope.is_none_or(|scope| scope == id.object)) {
            if rows.len() == search.limit {
                break;
            }
            rows.extend(self.row(*id, viewer, now)?.filter(|row| read::sees(viewer, &row.record)));
        }
        Ok(rows)
    }

    pub(super) fn similar_to(&self, query: &Query, now: DateTime<Utc>, limit: usize) -> Read<Vec<Row>> {
        let near = self.catalog.similar(query.object, &query.search, &query.viewer, CANDIDATES);
        if near.is_empty() {
            return Ok(Vec::new());
        }
        let within = Some(near.into_iter().map(|(_, id)| id).collect());
        let among = Query { within, search: String::new(), sort: Vec::new(), ..query.clone() };
        Ok(self.page(&among, now, 0, limit)?.rows)
    }
}
