//! Search over all objects by walking through all records; similar names by the plain table of distances.

use super::{Memory, searched};
use crate::domain::answer::Row;
use crate::domain::fold::{fold, words};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::RecordId;
use crate::domain::object::is;
use crate::domain::query::Query;
use crate::domain::record::Record;
use crate::domain::search::{Hits, Search, Sought, standing};
use crate::domain::settings::Settings;
use crate::domain::user::Viewer;
use crate::store::read;
use chrono::{DateTime, Utc};
use std::cmp::Reverse;

impl Memory {
    pub(super) fn search_all(
        &self,
        search: &Search,
        lately: &[RecordId],
        viewer: &Viewer,
        now: DateTime<Utc>,
    ) -> Read<Hits> {
        let settings = self.settings();
        let mut rows = self.in_sight(search, viewer, now)?;
        let place = |row: &Row| lately.iter().position(|id| *id == row.record.id);
        if let Some(sought) = Sought::of(&search.text) {
            rows.retain(|row| holds(row, &sought.words, &settings));
            rows.sort_by_cached_key(|row| {
                let rank = sought.rank(own_name(&row.record).as_bytes());
                let standing = standing(rank, place(row), row.derived.last_activity);
                (standing, object(row, &settings), Reverse(row.record.id))
            });
        } else {
            rows.retain(|row| place(row).is_some());
            rows.sort_by_key(place);
        }
        rows.truncate(search.limit);
        Ok(Hits { rows, ready: true })
    }

    pub(super) fn similar_anywhere(&self, search: &Search, viewer: &Viewer, now: DateTime<Utc>) -> Read<Vec<Row>> {
        let (settings, words) = (self.settings(), words(&search.text));
        let mut rows = self.in_sight(search, viewer, now)?;
        rows.retain(|row| !holds(row, &words, &settings) && distance(&row.record, &words, &settings).is_some());
        rows.sort_by_cached_key(|row| {
            (distance(&row.record, &words, &settings), object(row, &settings), Reverse(row.record.id))
        });
        rows.truncate(search.limit);
        Ok(rows)
    }

    pub(super) fn similar_to(&self, query: &Query, now: DateTime<Utc>, limit: usize) -> Read<Vec<Row>> {
        let (settings, words) = (self.settings(), query.words());
        let all = Query { search: String::new(), ..query.clone() };
        let (mut rows, _) = self.matching(&all, now)?;
        rows.retain(|row| !holds(row, &words, &settings) && distance(&row.record, &words, &settings).is_some());
        rows.sort_by_cached_key(|row| (distance(&row.record, &words, &settings), Reverse(row.record.id)));
        rows.truncate(limit);
        Ok(rows)
    }

    fn in_sight(&self, search: &Search, viewer: &Viewer, now: DateTime<Utc>) -> Read<Vec<Row>> {
        let is_wanted = |record: &Record| search.scope.is_none_or(|scope| scope == record.id.object);
        let records: Vec<Record> =
            self.state().records.values().filter(|r| is_wanted(r) && read::sees(viewer, r)).cloned().collect();
        records.into_iter().map(|record| self.row(record, viewer, now)).collect()
    }
}

fn holds(row: &Row, words: &[String], settings: &Settings) -> bool {
    let text = searched(&row.record, settings);
    words.iter().all(|word| text.contains(word.as_str()))
}

/// The place of a row's object among all.
fn object(row: &Row, settings: &Settings) -> Option<usize> {
    settings.objects.iter().position(|spec| spec.object == row.record.id.object)
}

/// Folded; nothing where a record is called by its e-mail.
fn own_name(record: &Record) -> String {
    record.get(is::NAME).and_then(|name| name.as_text().map(fold)).unwrap_or_default()
}

/// Mistakes in all words together; `None`: too many in one of them.
fn distance(record: &Record, sought: &[String], settings: &Settings) -> Option<usize> {
    let (name, text) = (own_name(record), searched(record, settings));
    let of_word = |word: &String| {
        let most = match word.chars().count() {
            8.. => 2,
            4.. => 1,
            _ => 0,
        };
        let near = words(&name).iter().map(|own| to_start(word.as_bytes(), own.as_bytes())).min();
        near.filter(|near| *near <= most && most > 0).or(text.contains(word.as_str()).then_some(0))
    };
    let mistakes: usize = sought.iter().map(of_word).sum::<Option<usize>>()?;
    Some(mistakes).filter(|mistakes| *mistakes > 0)
}

/// Letters to be changed, added, left out or swapped with their neighbour until `word` begins `name`.
fn to_start(word: &[u8], name: &[u8]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=name.len()).collect()];
    for (i, letter) in word.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in name.iter().enumerate() {
            let above = &rows[i];
            let mut best = (above[j] + usize::from(letter != other)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && word[i - 1] == *other && *letter == name[j - 1] {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[word.len()].iter().copied().min().unwrap_or(word.len())
}
