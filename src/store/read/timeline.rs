//! A record's timeline: arranged once, and read in pieces for as long as nothing of it changes.

mod kept;

use super::super::TimelineAsk;
use super::sees;
use crate::domain::activity::{Activity, Entry};
use crate::domain::answer::{Item, Month, Period, TimelineFilter, TimelinePage};
use crate::domain::fold::words;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{ActivityId, RecordId};
use crate::domain::merge::successor;
use crate::domain::user::Viewer;
use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

pub use kept::Timelines;

/// A piece of a timeline, with the months of all of it.
pub fn timeline(
    graph: &dyn Graph,
    timelines: &Timelines,
    ask: &TimelineAsk,
    viewer: &Viewer,
    now: DateTime<Utc>,
) -> Read<TimelinePage> {
    let pinned = graph.record(ask.record)?.and_then(|record| record.pinned());
    let arranged = timelines.arranged(graph, &Sought { record: ask.record, filter: &ask.filter, pinned }, now)?;
    let from = ask.until.map_or(ask.from, |until| arranged.place(until));
    let mut page =
        TimelinePage { from, matching: arranged.order.len(), months: arranged.months.clone(), items: Vec::new() };
    let mut names = Names { graph, viewer, known: HashMap::new() };
    for entry in arranged.entries().skip(from).take(ask.limit) {
        if let Some(activity) = graph.activity(entry.id)? {
            page.items.push(names.item(activity)?);
        }
    }
    Ok(page)
}

/// An activity with the names of its records.
pub fn item(graph: &dyn Graph, viewer: &Viewer, activity: Activity) -> Read<Item> {
    Names { graph, viewer, known: HashMap::new() }.item(activity)
}

/// Of a record that was merged, what was logged on it was logged on the one that it became part of.
fn follow_home(graph: &dyn Graph, activity: &mut Activity) -> Read<()> {
    activity.logged_on = activity.home();
    let home = activity.logged_on;
    if activity.targets.iter().any(|target| target.record == home) {
        return Ok(());
    }
    if let Some(into) = successor(graph, home)? {
        activity.logged_on = into;
        activity.targets.sort_by_key(|target| target.record != into);
    }
    Ok(())
}

/// Which timeline is wanted.
struct Sought<'a> {
    record: RecordId,
    filter: &'a TimelineFilter,
    /// On top.
    pinned: Option<ActivityId>,
}

/// What of a record's entries passes a filter, as it stands on the page: what is pinned first; what is upcoming, the
/// soonest on top; then what was, the newest on top.
struct Arranged {
    record: RecordId,
    filter: TimelineFilter,
    pinned: Option<ActivityId>,
    zone: Tz,
    /// It stands like this from then on, until the first upcoming one has been.
    since: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    all: Arc<Vec<Entry>>,
    /// Places in `all`.
    order: Vec<u32>,
    /// How many of them are not of the past.
    above: usize,
    months: Vec<Month>,
}

impl Arranged {
    fn of(all: Arc<Vec<Entry>>, passing: Vec<u32>, sought: &Sought, zone: Tz, now: DateTime<Utc>) -> Arranged {
        let entry = |at: &u32| &all[*at as usize];
        let is_ahead = |at: &u32| entry(at).open_task || entry(at).at > now;
        let (mut order, rest): (Vec<u32>, Vec<u32>) =
            passing.into_iter().partition(|at| Some(entry(at).id) == sought.pinned);
        let pinned = order.len();
        let (mut ahead, mut past): (Vec<u32>, Vec<u32>) = rest.into_iter().partition(is_ahead);
        ahead.sort_by_key(|at| (entry(at).at, entry(at).id));
        past.sort_by_key(|at| Reverse((entry(at).at, entry(at).id)));
        let until = ahead.iter().map(entry).filter(|entry| !entry.open_task).map(|entry| entry.at).min();
        let above = [(Period::Pinned, pinned), (Period::Upcoming, ahead.len())];
        let mut months: Vec<Month> =
            above.into_iter().filter(|(_, count)| *count > 0).map(|(period, count)| Month { period, count }).collect();
        push_months(&mut months, past.iter().map(|at| entry(at).at), zone);
        order.extend(ahead);
        let above = order.len();
        order.extend(past);
        let Sought { record, filter, pinned } = *sought;
        Arranged { record, filter: filter.clone(), pinned, zone, since: now, until, order, above, months, all }
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.order.iter().map(|at| &self.all[*at as usize])
    }

    /// Whether it stands like this at `now` too.
    fn stands_at(&self, now: DateTime<Utc>) -> bool {
        now >= self.since && self.until.is_none_or(|until| now < until)
    }

    /// The place of the newest one of what was until then; of the oldest where nothing was.
    fn place(&self, until: DateTime<Utc>) -> usize {
        let past = &self.order[self.above..];
        let place = self.above + past.partition_point(|at| self.all[*at as usize].at > until);
        place.min(self.order.len().saturating_sub(1))
    }
}

/// The heads of times that go back.
fn push_months(months: &mut Vec<Month>, past: impl Iterator<Item = DateTime<Utc>>, zone: Tz) {
    // Where a month begins is worked out once, not for each of a hundred thousand times.
    let mut begins = None;
    for at in past {
        match (months.last_mut(), begins) {
            (Some(last), Some(begins)) if at >= begins => last.count += 1,
            _ => {
                let local = at.with_timezone(&zone);
                months.push(Month { period: Period::Month(local.year(), local.month()), count: 1 });
                let first = local.date_naive().with_day(1).and_then(|day| day.and_hms_opt(0, 0, 0));
                let first = first.and_then(|first| first.and_local_timezone(zone).earliest());
                begins = Some(first.map_or(at, |first| first.with_timezone(&Utc)));
            }
        }
    }
}

/// Which entries pass, by their places; words are looked for in what passes the rest.
fn passing(graph: &dyn Graph, all: &[Entry], among: Option<&[u32]>, filter: &TimelineFilter) -> Read<Vec<u32>> {
    let words = words(&filter.text);
    let mut passing = match among {
        Some(among) => among.to_vec(),
        None => (0..all.len() as u32).collect(),
    };
    passing.retain(|at| filter.takes_in(&all[*at as usize]));
    if words.is_empty() {
        return Ok(passing);
    }
    let mut found = Vec::new();
    for at in passing {
        let activity = graph.activity(all[at as usize].id)?;
        if activity.is_some_and(|activity| TimelineFilter::holds(&words, &activity)) {
            found.push(at);
        }
    }
    Ok(found)
}

/// Names of records for a viewer, each looked up once.
struct Names<'a> {
    graph: &'a dyn Graph,
    viewer: &'a Viewer,
    known: HashMap<RecordId, Option<String>>,
}

impl Names<'_> {
    fn item(&mut self, mut activity: Activity) -> Read<Item> {
        follow_home(self.graph, &mut activity)?;
        let names = activity.targets.iter().map(|target| self.name(target.record)).collect::<Read<_>>()?;
        Ok(Item { activity, names })
    }

    fn name(&mut self, id: RecordId) -> Read<Option<String>> {
        if let Some(name) = self.known.get(&id) {
            return Ok(name.clone());
        }
        let name = self.graph.record(id)?.filter(|record| sees(self.viewer, record)).map(|record| record.name());
        self.known.insert(id, name.clone());
        Ok(name)
    }
}

#[cfg(test)]
mod tests;
