//! Answers that any store puts together from the plain questions of [`Graph`]: record pages, and timelines in
//! `read/timeline.rs`.

mod timeline;

use super::TimelineAsk;
use crate::domain::activity::{Activity, ActivityKind, Direction, Entry};
use crate::domain::answer::{Derived, Detail, Outreach, Reached, Row, Section, Tie};
use crate::domain::association::has_primary;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, OptionId, RecordId};
use crate::domain::pipeline::Group;
use crate::domain::record::Record;
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
    let derived = of_company(graph, id, viewer, times(&entries, now))?;
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

/// What is derived of a record, with its primary company, where its object has one (R5.4), as the viewer sees it.
pub fn of_company(graph: &dyn Graph, id: RecordId, viewer: &Viewer, mut derived: Derived) -> Read<Derived> {
    let found = company_of(graph, id)?;
    derived.unseen_company = found.as_ref().is_some_and(|company| !sees(viewer, company));
    derived.company = found.filter(|_| !derived.unseen_company).map(|company| (company.id, company.name()));
    Ok(derived)
}

fn company_of(graph: &dyn Graph, id: RecordId) -> Read<Option<Record>> {
    if !has_primary(id.object, Object::COMPANY) {
        return Ok(None);
    }
    let links = graph.links(id, Some(Object::COMPANY))?;
    let primary = links.into_iter().find(|link| link.primary);
    primary.map_or(Ok(None), |primary| graph.record(primary.other))
}

/// When the last activity was and the next one is. Open tasks are ahead whatever their time.
pub fn times(entries: &[Entry], now: DateTime<Utc>) -> Derived {
    let ahead = |entry: &&Entry| entry.open_task || entry.at > now;
    let activities = || entries.iter().filter(|entry| entry.kind != ActivityKind::Event);
    Derived {
        last_activity: activities().filter(|entry| !ahead(entry)).map(|entry| entry.at).max(),
        next_activity: activities().filter(ahead).map(|entry| entry.at).min(),
        ..Derived::default()
    }
}

/// Tells of cards in a stage which leads were qualified with a deal.
pub fn tell_deals(graph: &dyn Graph, viewer: &Viewer, stage: OptionId, cards: &mut [Row]) -> Read<()> {
    let is_qualified = graph.settings().stage(stage).is_some_and(|(_, stage)| stage.group == Group::Qualified);
    for card in cards.iter_mut().filter(|_| is_qualified) {
        for link in graph.links(card.record.id, Some(Object::DEAL))? {
            card.derived.has_deal |= graph.record(link.other)?.is_some_and(|deal| sees(viewer, &deal));
        }
    }
    Ok(())
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
        let company = company_of(graph, link.other)?.filter(|company| sees(viewer, company));
        let company = company.map(|company| company.name());
        section.ties.push(Tie { link, record, company });
    }
    for section in &mut sections {
        section.ties.sort_by_key(|tie| (!tie.link.primary, tie.link.since, tie.link.order));
    }
    Ok(sections)
}

#[cfg(test)]
mod tests;
