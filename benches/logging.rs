//! Logging a call with what follows from it, to durable and to shown, in a workspace full of activities: on contacts from
//! all over, each write synced to the disk. The middle time and the slowest but one in a hundred.
//! `cargo bench --bench logging`; a million contacts with two million activities where `LEJEK_MILLION` is set.

#[path = "common/timing.rs"]
mod timing;

use chrono::TimeDelta;
use lejek::demo::Demo;
use lejek::domain::activity::{ActivityKind, Details, Direction, LoggedFrom, TaskKind};
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{Object, RecordId};
use lejek::domain::logging::Logging;
use lejek::domain::query::Query;
use lejek::domain::user::Viewer;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{Clock, SystemClock};
use lejek::workspace::open;
use lejek::workspace::request::{Reply, Request};
use std::time::{Duration, Instant};
use timing::{Done, print_times, sizes};

const TIMES: usize = 500;

fn main() -> Done {
    sizes().into_iter().try_for_each(measured)
}

fn measured(contacts: usize) -> Done {
    let folder = tempfile::tempdir_in(std::env::var_os("DIR").unwrap_or_else(|| ".".into()))?;
    let data = folder.path().join("data");
    let demo = Demo::new(contacts as u64, SystemClock.now(), None);
    let owner = demo.users().into_iter().next().ok_or("no users")?;
    let filled = open::open(&data)?.found_as(owner, Origin::Demo)?;
    filled.fill(&demo, contacts as u64, &mut ())?;
    // What was loaded in bulk is faster after it was closed and opened once.
    drop(filled);
    let workspace = open::open(&data)?.as_user(None)?;
    workspace.store().prepare(Object::CONTACT, workspace.now())?;
    let all = Query::all(Object::CONTACT, Viewer::EVERYTHING);
    let Reply::Ids(ids) = workspace.ask(&Request::Ids(all)) else { return Err("no ids".into()) };
    let ids = ids.ids();
    let (mut durable, mut shown) = (Vec::with_capacity(TIMES), Vec::with_capacity(TIMES));
    for time in 0..TIMES {
        // A step that shares no divisor with the count.
        let on = ids[time * 7_919 % ids.len()];
        let (written, seen) = logged(&workspace, on)?;
        durable.push(written);
        shown.push(seen);
    }
    print_times(contacts, "call and task, durable", durable);
    print_times(contacts, "the same, with the page anew", shown);
    Ok(())
}

/// How long it took until it was on the disk, and until the record's page was read again.
fn logged(workspace: &Workspace, on: RecordId) -> Done<(Duration, Duration)> {
    let details = Details::empty(ActivityKind::Call, Direction::Out, None);
    let call = Logging {
        text: "Asked for a quote on 40 panels, split over two sites.".to_owned(),
        ..Logging::new(ActivityKind::Call, on, LoggedFrom::RecordPage, details)
    };
    let mut then = Logging {
        subject: "Send the quote".to_owned(),
        at: Some(workspace.now() + TimeDelta::days(1)),
        ..Logging::new(
            ActivityKind::Task,
            on,
            LoggedFrom::RecordPage,
            Details::empty(ActivityKind::Task, Direction::Out, None),
        )
    };
    if let Details::Task { task, has_due, .. } = &mut then.details {
        (*task, *has_due) = (TaskKind::Email, true);
    }
    let start = Instant::now();
    workspace.perform(&Change::Log { activities: vec![call, then] }, Origin::Interface)?;
    let durable = start.elapsed();
    match workspace.ask(&Request::Detail { id: on, activities: 50 }) {
        Reply::Failed(failure) => Err(failure.into()),
        _ => Ok((durable, start.elapsed())),
    }
}
