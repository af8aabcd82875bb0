//! Answers that any store puts together from the plain questions of [`Graph`]: record pages, and timelines in
//! `read/timeline.rs`.

mod timeline;

use super::TimelineAsk;
use crate::domain::activity::{Activity, ActivityKind, Direction, Entry};
use crate::domain::answer::{Derived, Detail, Outreach, Reached, Row, Section, Tie};
use crate::domain::association::has_primary;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, RecordId};
use crate::domain::user::Viewer;
use chrono::{DateTime, Duration, Utc};
use std::cmp::Reverse;

pub use crate::domain::sight::{sees, sees_activity};
pub use timeline::{Timelines, item, timeline};

/// A record page.
pub fn detail(
    graph: &dyn Graph,
    timelines: &Timelines,
    id: RecordId,
    viewer: &Viewer,
    now: DateTime<Utc>,
    limit: usize,
) -> Read<Option<Detail>> {
    let Some(record) = graph.record(id)?.filter(|record| sees(viewer, record)) else { return Ok(None) };
    let timeline = timeline(graph, timelines, &TimelineAsk::first(id, limit), viewer, now)?;
    let sections = sections(graph, id, viewer)?;
    let entries = timelines.entries(graph, id)?;
    let derived = Derived { company: primary_company(graph, id, viewer)?, ..times(&entries, now) };
    let (outreach, reached) = outreach(&entries, now);
    let activities = entries.len();
    Ok(Some(Detail { row: Row { record, derived }, sections, activities, timeline, outreach, reached }))
}

/// What was done lately, and what ever was, read off the entries that a page holds anyway.
fn outreach(entries: &[Entry], now: DateTime<Utc>) -> (Outreach, Reached) {
    let since = now - Duration::days(Outreach::DAYS);
    let (mut lately, mut ever) = (Outreach::default(), Reached::default());
    for entry in entries.iter().filter(|entry| entry.at <= now && reaches(entry)) {
        ever.first = Some(ever.first.map_or(entry.at, |first| first.min(entry.at)));
        *place(&mut ever.outreach, entry.kind) += 1;
        *place(&mut lately, entry.kind) += usize::from(entry.at > since);
    }
    (lately, ever)
}

/// Meetings, and what goes out.
fn reaches(entry: &Entry) -> bool {
    match entry.kind {
        ActivityKind::Note | ActivityKind::Task | ActivityKind::Event => false,
        ActivityKind::Meeting => true,
        _ => entry.direction == Some(Direction::Out),
    }
}

fn place(outreach: &mut Outreach, kind: ActivityKind) -> &mut usize {
    match kind {
        ActivityKind::Meeting => &mut outreach.meetings,
        ActivityKind::Call => &mut outreach.calls,
        ActivityKind::Email => &mut outreach.emails,
        _ => &mut outreach.messages,
    }
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
    let activities = || entries.iter().filter(|entry| entry.kind != ActivityKind::Event);
    Derived {
        company: None,
        last_activity: activities().filter(|entry| !ahead(entry)).map(|entry| entry.at).max(),
        next_activity: activities().filter(ahead).map(|entry| entry.at).min(),
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

#[cfg(test)]
mod tests;
