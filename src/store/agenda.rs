//! The agenda of a user, put together from what any store says is planned.

use super::{Store, read};
use crate::domain::agenda::{AgendaAsk, AgendaPage, Day, DueNow, Part, Planned, Stand, Whose};
use crate::domain::graph::Read;
use crate::domain::id::{ActivityId, UserId};
use crate::domain::user::Viewer;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// A piece of an agenda, with the counts of all of it.
pub fn agenda(store: &dyn Store, ask: &AgendaAsk, viewer: &Viewer, now: DateTime<Utc>) -> Read<AgendaPage> {
    let day = Day::of(&store.settings().clock(now));
    let mut parts: [Vec<Planned>; Part::ROWS.len()] = Default::default();
    let mut queues = BTreeSet::new();
    for planned in planned(store, ask.queue.whose, &day, viewer)? {
        let Some(part) = day.part(&planned) else { continue };
        if part != Part::DoneToday && !planned.queue.is_empty() && !queues.contains(&planned.queue) {
            queues.insert(planned.queue.clone());
        }
        if ask.queue.takes_in(&planned) {
            parts[part as usize].push(planned);
        }
    }
    // What may be done at any time of the day comes after what has its hour.
    let is_any_time = |planned: &Planned| planned.kind.is_task() && planned.stand == Stand::Due(day.start);
    for part in &mut parts {
        part.sort_by_key(|planned| (is_any_time(planned), planned.stand, planned.id));
    }
    let counts = parts.each_ref().map(Vec::len);
    let wanted = ask.parts.iter().flat_map(|part| &parts[*part as usize]).skip(ask.from).take(ask.limit);
    let mut items = Vec::new();
    for planned in wanted {
        if let Some(activity) = store.activity(planned.id)? {
            items.push(read::item(store, viewer, activity)?);
        }
    }
    Ok(AgendaPage { from: ask.from, items, counts, queues: queues.into_iter().collect() })
}

/// All that may be on the agenda of a day, without what the viewer may not see (R6.4).
fn planned(store: &dyn Store, whose: Whose, day: &Day, viewer: &Viewer) -> Read<Vec<Planned>> {
    let users: Vec<Option<UserId>> = match whose {
        Whose::Mine => vec![viewer.user],
        Whose::Nobodys => vec![None],
        Whose::Everybodys => store.settings().users.iter().map(|user| Some(user.id)).chain([None]).collect(),
    };
    let ever = DateTime::<Utc>::MIN_UTC;
    let mut found = Vec::new();
    for whose in users {
        for from in [Stand::Due(ever), Stand::Undated(ever), Stand::Done(day.start)] {
            store.each_planned(whose, from, &mut |planned| {
                if matches!(planned.stand, Stand::Done(at) if at >= day.end) {
                    return ControlFlow::Break(());
                }
                found.push(planned);
                ControlFlow::Continue(())
            })?;
        }
    }
    let mut seen = Vec::with_capacity(found.len());
    for planned in found {
        if is_seen(store, &planned, viewer)? {
            seen.push(planned);
        }
    }
    Ok(seen)
}

fn is_seen(store: &dyn Store, planned: &Planned, viewer: &Viewer) -> Read<bool> {
    if viewer.sees_all() {
        return Ok(true);
    }
    match store.activity(planned.id)? {
        Some(activity) => read::sees_activity(store, viewer, &activity),
        None => Ok(false),
    }
}

/// The tasks of a user that are not done.
pub(super) fn open_tasks(store: &dyn Store, of: UserId) -> Read<Vec<ActivityId>> {
    let ever = DateTime::<Utc>::MIN_UTC;
    let mut found = Vec::new();
    for from in [Stand::Due(ever), Stand::Undated(ever)] {
        store.each_planned(Some(of), from, &mut |planned| {
            if planned.kind.is_task() {
                found.push(planned.id);
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(found)
}

/// How the viewer stands.
pub fn due_now(store: &dyn Store, viewer: &Viewer, now: DateTime<Utc>) -> Read<DueNow> {
    let day = Day::of(&store.settings().clock(now));
    let ever = DateTime::<Utc>::MIN_UTC;
    let (mut told, mut failed) = (DueNow::default(), None);
    for from in [Stand::Due(ever), Stand::Undated(ever)] {
        store.each_planned(viewer.user, from, &mut |planned| {
            if !planned.kind.is_task() {
                return ControlFlow::Continue(());
            }
            match is_seen(store, &planned, viewer) {
                Ok(true) => told.has_open = true,
                Ok(false) => return ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
            match planned.stand {
                Stand::Due(at) if at <= now => {
                    told.due += 1;
                    ControlFlow::Continue(())
                }
                Stand::Due(at) => {
                    told.until = Some(at.min(day.end));
                    ControlFlow::Break(())
                }
                Stand::Undated(_) | Stand::Done(_) => ControlFlow::Break(()),
            }
        })?;
    }
    if told.due > 0 {
        // What was due today is overdue tomorrow.
        told.until = Some(told.until.map_or(day.end, |until| until.min(day.end)));
    }
    failed.map_or(Ok(told), Err)
}
