//! Answers that any store puts together from the plain questions of [`Graph`]: record pages and timelines.

use super::TimelineAsk;
use crate::domain::activity::{Activity, ActivityKind, Direction, Entry};
use crate::domain::answer::{Derived, Detail, Item, Month, Outreach, Row, Section, Tie, TimelineFilter, TimelinePage};
use crate::domain::association::has_primary;
use crate::domain::change::Author;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{ActivityId, Object, RecordId};
use crate::domain::merge::successor;
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::user::Viewer;
use crate::domain::value::Value;
use chrono::{DateTime, Datelike, Duration, Utc};
use std::cmp::Reverse;
use std::collections::HashMap;

/// A record page.
pub fn detail(
    graph: &dyn Graph,
    id: RecordId,
    viewer: &Viewer,
    now: DateTime<Utc>,
    limit: usize,
) -> Read<Option<Detail>> {
    let Some(record) = graph.record(id)?.filter(|record| sees(viewer, record)) else { return Ok(None) };
    let ask = TimelineAsk { record: id, filter: TimelineFilter::default(), from: 0, limit };
    let timeline = timeline(graph, &ask, viewer, now)?;
    let sections = sections(graph, id, viewer)?;
    let entries = graph.entries(id)?;
    let derived = Derived { company: primary_company(graph, id, viewer)?, ..times(&entries, now) };
    let outreach = outreach(graph, &entries, now)?;
    Ok(Some(Detail { row: Row { record, derived }, sections, activities: entries.len(), timeline, outreach }))
}

/// Activities that are read for the outreach of one record at most.
const OUTREACH_MOST: usize = 500;

fn outreach(graph: &dyn Graph, entries: &[Entry], now: DateTime<Utc>) -> Read<Option<Outreach>> {
    let since = now - Duration::days(Outreach::DAYS);
    let counted = |entry: &&Entry| {
        !matches!(entry.kind, ActivityKind::Note | ActivityKind::Task) && entry.at > since && entry.at <= now
    };
    let recent: Vec<&Entry> = entries.iter().filter(counted).collect();
    if recent.len() > OUTREACH_MOST {
        return Ok(None);
    }
    let mut outreach = Outreach::default();
    for entry in recent {
        let place = match entry.kind {
            ActivityKind::Meeting => {
                outreach.meetings += 1;
                continue;
            }
            ActivityKind::Call => &mut outreach.calls,
            ActivityKind::Email => &mut outreach.emails,
            _ => &mut outreach.messages,
        };
        let went_out = graph.activity(entry.id)?.is_some_and(|a| a.direction() == Some(Direction::Out));
        *place += usize::from(went_out);
    }
    Ok(Some(outreach))
}

/// Whether the viewer may see the record (R6.4).
pub fn sees(viewer: &Viewer, record: &Record) -> bool {
    viewer.sees(record.id.object, record.values.get(is::OWNER).and_then(Value::as_user))
}

/// Whether the viewer may see the activity (R6.4): its author does, and whoever sees one of its records. One without
/// records is seen by whoever sees the record that it was logged on.
pub fn sees_activity(graph: &dyn Graph, viewer: &Viewer, activity: &Activity) -> Read<bool> {
    if viewer.user.is_none_or(|user| activity.stamp.by == Author::User(user)) {
        return Ok(true);
    }
    let home = Some(activity.logged_on).filter(|_| activity.targets.is_empty());
    for id in activity.targets.iter().map(|target| target.record).chain(home) {
        let binned = || graph.binned(id).map(|found| found.map(|binned| binned.record));
        let record = graph.record(id)?.map_or_else(binned, |record| Ok(Some(record)))?;
        if record.is_some_and(|record| sees(viewer, &record)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Those of them that the viewer may see, the last one first.
pub(super) fn those_seen(graph: &dyn Graph, viewer: &Viewer, found: Vec<Activity>) -> Read<Vec<Activity>> {
    let mut seen = Vec::new();
    for activity in found {
        if sees_activity(graph, viewer, &activity)? {
            seen.push(activity);
        }
    }
    seen.sort_by_key(|activity| Reverse((activity.at, activity.id)));
    Ok(seen)
}

/// Name and id of the primary company of a record, where its object has one (R5.4) and the viewer may see it.
pub fn primary_company(graph: &dyn Graph, id: RecordId, viewer: &Viewer) -> Read<Option<(RecordId, String)>> {
    if !has_primary(id.object, Object::COMPANY) {
        return Ok(None);
    }
    let links = graph.links(id, Some(Object::COMPANY))?;
    let Some(primary) = links.into_iter().find(|link| link.primary) else { return Ok(None) };
    let company = graph.record(primary.other)?.filter(|company| sees(viewer, company));
    Ok(company.map(|company| (company.id, company.name())))
}

/// When the last activity was and the next one is. Open tasks are ahead whatever their time.
pub fn times(entries: &[Entry], now: DateTime<Utc>) -> Derived {
    let ahead = |entry: &&Entry| entry.open_task || entry.at > now;
    Derived {
        company: None,
        last_activity: entries.iter().filter(|entry| !ahead(entry)).map(|entry| entry.at).max(),
        next_activity: entries.iter().filter(ahead).map(|entry| entry.at).min(),
    }
}

fn sections(graph: &dyn Graph, id: RecordId, viewer: &Viewer) -> Read<Vec<Section>> {
    let settings = graph.settings();
    let mut sections: Vec<Section> =
        settings.objects.iter().map(|spec| Section { object: spec.object, ties: Vec::new(), unseen: 0 }).collect();
    for link in graph.links(id, None)? {
        let Some(section) = sections.iter_mut().find(|s| s.object == link.other.object) else { continue };
        let Some(record) = graph.record(link.other)? else { continue };
        if !sees(viewer, &record) {
            section.unseen += 1;
            continue;
        }
        let company = primary_company(graph, link.other, viewer)?.map(|(_, name)| name);
        section.ties.push(Tie { link, record, company });
    }
    for section in &mut sections {
        section.ties.sort_by_key(|tie| (!tie.link.primary, tie.link.since, tie.link.order));
    }
    Ok(sections)
}

/// A piece of a timeline, with the months of all of it.
pub fn timeline(graph: &dyn Graph, ask: &TimelineAsk, viewer: &Viewer, now: DateTime<Utc>) -> Read<TimelinePage> {
    let mut entries = graph.entries(ask.record)?;
    entries.retain(|entry| ask.filter.kinds.is_empty() || ask.filter.kinds.contains(&entry.kind));
    arrange(&mut entries, now);
    let zone = graph.settings().general.time_zone;
    let mut page = TimelinePage {
        from: ask.from,
        matching: entries.len(),
        months: months(&entries, now, zone),
        items: Vec::new(),
    };
    let wanted = entries.iter().skip(ask.from).take(ask.limit).map(|entry| entry.id);
    page.items = items(graph, wanted, viewer)?;
    Ok(page)
}

/// Activities with the names of where they are.
pub fn items(graph: &dyn Graph, ids: impl Iterator<Item = ActivityId>, viewer: &Viewer) -> Read<Vec<Item>> {
    let mut names = Names { graph, viewer, known: HashMap::new() };
    let mut items = Vec::new();
    for id in ids {
        if let Some(mut activity) = graph.activity(id)? {
            follow_home(graph, &mut activity)?;
            let names = names.of(&activity)?;
            items.push(Item { activity, names });
        }
    }
    Ok(items)
}

/// Of a record that was merged, what was logged on it was logged on the one that it became part of.
fn follow_home(graph: &dyn Graph, activity: &mut Activity) -> Read<()> {
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

/// Upcoming first, the soonest on top; then what was, the newest on top.
fn arrange(entries: &mut [Entry], now: DateTime<Utc>) {
    let ahead = |entry: &Entry| entry.open_task || entry.at > now;
    entries.sort_by(|a, b| match (ahead(a), ahead(b)) {
        (true, true) => (a.at, a.id).cmp(&(b.at, b.id)),
        (false, false) => (b.at, b.id).cmp(&(a.at, a.id)),
        (one, _) => one.cmp(&false).reverse(),
    });
}

fn months(entries: &[Entry], now: DateTime<Utc>, zone: chrono_tz::Tz) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for entry in entries {
        let local = entry.at.with_timezone(&zone);
        let ahead = entry.open_task || entry.at > now;
        let month = (!ahead).then(|| (local.year(), local.month()));
        match months.last_mut() {
            Some(last) if last.month == month => last.count += 1,
            _ => months.push(Month { month, count: 1 }),
        }
    }
    months
}

/// Names of records for a viewer, each looked up once.
struct Names<'a> {
    graph: &'a dyn Graph,
    viewer: &'a Viewer,
    known: HashMap<RecordId, Option<String>>,
}

impl Names<'_> {
    fn of(&mut self, activity: &Activity) -> Read<Vec<Option<String>>> {
        activity.targets.iter().map(|target| self.name(target.record)).collect()
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
