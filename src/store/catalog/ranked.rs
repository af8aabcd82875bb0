//! The best of what a search finds in one object. Names are looked through first; the rest of the texts only when the
//! names give too little, since what is found there stands below.

use super::arena::{FIELD, Words};
use super::bits::{Bits, WORTH_TWO, in_two};
use super::column::Column;
use super::condition::Condition;
use super::table::Table;
use super::{Catalog, Source};
use crate::domain::graph::Read;
use crate::domain::id::RecordId;
use crate::domain::object::is;
use crate::domain::query::Query;
use crate::domain::search::{Rank, Search, Sought, Standing, standing};
use crate::domain::settings::Settings;
use chrono::{DateTime, Utc};
use memchr::memchr;
use std::collections::HashMap;
use std::ops::Range;

/// Letters from which on words are looked for in whole texts first: then few rows hold them, and a letter more looks
/// only at those.
const TELLING: usize = 3;

/// A record with its place among those of all objects.
pub type Placed = (Standing, RecordId);

/// What rows are held against.
struct Held<'a> {
    table: &'a Table,
    sought: &'a Sought,
    seen: &'a Bits,
    /// Rows that were viewed, with their place.
    viewed: HashMap<u32, usize>,
    /// When the last activity was.
    last: Option<&'a Column>,
}

impl Catalog {
    /// Of all that `query` takes in at most `search.limit` records, the best first; `None` while they can't be searched.
    pub fn ranked(
        &self,
        source: &dyn Source,
        query: &Query,
        search: &Search,
        lately: &[RecordId],
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Read<Option<Vec<Placed>>> {
        let object = query.object;
        let (Some(world), Some(sought)) = (self.world(source, query, settings, now)?, Sought::of(&search.text)) else {
            return Ok(None);
        };
        let Some(table) = world.table(object) else { return Ok(None) };
        let seen = self.seen_in(&world, table, &query.viewer);
        let own = lately.iter().enumerate().filter(|(_, id)| id.object == object);
        let known = own.filter_map(|(place, id)| Some((table.ids.row(id.uuid)?, place))).collect();
        let held =
            Held { table, sought: &sought, seen: &seen.rows, viewed: known, last: table.column(is::LAST_ACTIVITY) };
        let texts = || self.rows(&world, object, &Condition::Words(sought.words.clone())).rows();
        let letters: usize = sought.words.iter().map(String::len).sum();
        let found = if letters >= TELLING { held.ranked(&texts()) } else { held.few_letters(search.limit, &texts) };
        let found = held.best(found, search.limit);
        let ages = table.ids.ages();
        let mut placed: Vec<(Standing, u32, u32)> =
            found.into_iter().map(|(rank, row)| (held.standing(rank, row), ages.age(row), row)).collect();
        if placed.len() > search.limit && search.limit > 0 {
            placed.select_nth_unstable(search.limit - 1);
        }
        placed.truncate(search.limit);
        placed.sort_unstable();
        Ok(Some(placed.into_iter().map(|(standing, _, row)| (standing, table.id(row))).collect()))
    }
}

impl Held<'_> {
    /// Many rows hold a letter or two: a look at more than the beginnings of their names is only worth it where those
    /// don't suffice, and one at their texts where their names don't.
    fn few_letters(&self, limit: usize, texts: &dyn Fn() -> Vec<u32>) -> Vec<(Rank, u32)> {
        let mut found = self.by_name(|entry| self.sought.begins(entry).then(|| self.rank(entry)));
        if found.len() >= limit {
            found.extend(self.viewed_below(Rank::Beginning));
            return found;
        }
        found = self.by_name(|entry| Some(self.rank(entry)).filter(|rank| *rank < Rank::Part));
        if found.len() >= limit {
            found.extend(self.viewed_below(Rank::Words));
            return found;
        }
        found.extend(self.ranked(&texts()).into_iter().filter(|(rank, _)| *rank == Rank::Part));
        found
    }

    /// Rows in sight whose name alone has a rank.
    fn by_name(&self, rank: impl Fn(&[u8]) -> Option<Rank> + Sync) -> Vec<(Rank, u32)> {
        let part = |chunks: Range<usize>| {
            let mut found = Vec::new();
            self.table.arena.visit(chunks, |row, entry| {
                if let Some(rank) = rank(entry).filter(|_| self.seen.get(row)) {
                    found.push((rank, row));
                }
            });
            found
        };
        let chunks = self.table.arena.chunks();
        if self.table.rows() < WORTH_TWO {
            return part(0..chunks);
        }
        let (mut one, other) = in_two(0..chunks, part);
        one.extend(other);
        one
    }

    /// Of rows that hold all words those in sight.
    fn ranked(&self, rows: &[u32]) -> Vec<(Rank, u32)> {
        let part = |range: Range<usize>| -> Vec<(Rank, u32)> {
            let seen = rows[range].iter().copied().filter(|row| self.seen.get(*row));
            seen.filter_map(|row| Some((self.rank(self.table.arena.get(row)?), row))).collect()
        };
        if rows.len() < WORTH_TWO {
            return part(0..rows.len());
        }
        let (mut one, other) = in_two(0..rows.len(), part);
        one.extend(other);
        one
    }

    /// Viewed rows that hold all words and are of a worse rank.
    fn viewed_below(&self, worst: Rank) -> Vec<(Rank, u32)> {
        let words = Words::new(&self.sought.words);
        let rows = self.viewed.keys().copied().filter(|row| self.table.arena.holds(*row, &words));
        self.ranked(&rows.collect::<Vec<_>>()).into_iter().filter(|(rank, _)| *rank > worst).collect()
    }

    /// Without those that can't be among the best, whatever else is known of them.
    fn best(&self, mut found: Vec<(Rank, u32)>, limit: usize) -> Vec<(Rank, u32)> {
        let up_to = |worst: Rank| found.iter().filter(|(rank, _)| *rank <= worst).count();
        let worst = [Rank::Exact, Rank::Beginning, Rank::Words].into_iter().find(|rank| up_to(*rank) >= limit);
        if let Some(worst) = worst {
            found.retain(|(rank, row)| *rank <= worst || self.viewed.contains_key(row));
        }
        found
    }

    fn rank(&self, entry: &[u8]) -> Rank {
        self.sought.rank(&entry[..memchr(FIELD as u8, entry).unwrap_or(entry.len())])
    }

    fn standing(&self, rank: Rank, row: u32) -> Standing {
        let last = self.last.and_then(|column| column.size(row)).and_then(DateTime::from_timestamp_millis);
        standing(rank, self.viewed.get(&row).copied(), last)
    }
}
