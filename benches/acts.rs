//! Acts on much at once, durable, and their undo: a property on 10,000 records with pages of the list asked for
//! meanwhile, and a record with 20,000 activities that is merged and deleted. `cargo bench --bench acts`; a million
//! contacts where `LEJEK_MILLION` is set.

#[path = "common/filled.rs"]
mod filled;

use filled::{Done, filled, print_times, sizes};
use lejek::domain::activity::{Activity, ActivityKind, Details, Direction, LoggedFrom, Target};
use lejek::domain::change::{Author, Change, Op, Origin, Reason};
use lejek::domain::id::{ActNo, ActivityId, Object, RecordId};
use lejek::domain::object::is;
use lejek::domain::query::{Query, Sort};
use lejek::domain::record::Stamp;
use lejek::domain::user::Viewer;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use lejek::workspace::request::{Reply, Request};
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

const MANY: usize = 10_000;
const ACTIVITIES: u128 = 20_000;
const TIMES: usize = 3;

fn main() -> Done {
    for size in sizes() {
        let (_folder, workspace, _) = filled(size)?;
        workspace.store().prepare(Object::CONTACT, workspace.now())?;
        let Reply::Ids(ids) = workspace.ask(&Request::Ids(by_name())) else { return Err("no ids".into()) };
        many(&workspace, size, ids.ids())?;
        busy(&workspace, size, ids.ids())?;
    }
    Ok(())
}

fn by_name() -> Query {
    let sort = vec![Sort { property: is::NAME, descending: false }];
    Query { sort, ..Query::all(Object::CONTACT, Viewer::EVERYTHING) }
}

/// A property on many records at once and back again, those as far apart as they can be.
fn many(workspace: &Arc<Workspace>, size: usize, ids: &[RecordId]) -> Done {
    let what: Vec<RecordId> = ids.iter().step_by((size / MANY).max(1)).copied().collect();
    let (mut there, mut back, mut pages) = (Vec::new(), Vec::new(), Vec::new());
    for time in 0..TIMES {
        let values = vec![(is::JOB_TITLE, Some(Value::text(format!("One of many, {time}"))))];
        let (took, meanwhile) = performed(workspace, &Change::SetMany { what: what.clone(), values }, size / 2)?;
        there.push(took);
        pages.extend(meanwhile);
        let (took, meanwhile) = performed(workspace, &undo(workspace), size / 2)?;
        back.push(took);
        pages.extend(meanwhile);
    }
    print_times(size, &format!("set on {MANY}"), there);
    print_times(size, "its undo", back);
    print_times(size, "page of 50 by name meanwhile", pages);
    Ok(())
}

/// A record with very many activities, merged into another, and deleted.
fn busy(workspace: &Arc<Workspace>, size: usize, ids: &[RecordId]) -> Done {
    let [busy, other, ..] = ids else { return Err("too few".into()) };
    let logged: Vec<Op> = (1..=ACTIVITIES).map(|number| Op::Log(Box::new(note(*busy, number, workspace)))).collect();
    for ops in logged.chunks(500) {
        workspace.perform(&Change::Seed { ops: ops.to_vec() }, Origin::Demo)?;
    }
    let merge = Change::Merge { into: *other, from: *busy, take: Vec::new() };
    let delete = Change::Delete { what: vec![(*busy).into()] };
    for (what, change) in [("merge with 20,000 activities", merge), ("delete with 20,000 activities", delete)] {
        let start = Instant::now();
        workspace.perform_long(&change, Origin::Interface, &mut ())?;
        print_times(size, what, vec![start.elapsed()]);
        let change = undo(workspace);
        let start = Instant::now();
        workspace.perform_long(&change, Origin::Interface, &mut ())?;
        print_times(size, "its undo", vec![start.elapsed()]);
    }
    Ok(())
}

fn undo(workspace: &Workspace) -> Change {
    Change::Undo { act: workspace.store().last_act() }
}

fn note(record: RecordId, number: u128, workspace: &Workspace) -> Activity {
    let at = workspace.now();
    let by = Author::User(workspace.user());
    Activity {
        id: ActivityId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)),
        version: 1,
        kind: ActivityKind::Note,
        at: at - Duration::from_secs(60 * number as u64),
        subject: format!("Note {number}"),
        text: "Talked about the order, which comes next week.".to_owned(),
        details: Details::empty(ActivityKind::Note, Direction::Out, None),
        logged_on: record,
        logged_from: LoggedFrom::RecordPage,
        stamp: Stamp { at, by, origin: Origin::Demo, act: ActNo(0) },
        targets: vec![Target { record, at, why: Reason::Asked }],
    }
}

/// How long an act takes, and each of the pages that are asked for while it runs.
fn performed(workspace: &Arc<Workspace>, change: &Change, from: usize) -> Done<(Duration, Vec<Duration>)> {
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let start = Instant::now();
            workspace.perform_long(change, Origin::Interface, &mut ()).map(|_| start.elapsed())
        });
        let mut meanwhile = Vec::new();
        while !writing.is_finished() {
            let start = Instant::now();
            let page = workspace.ask(&Request::Page { query: by_name(), from, limit: 50, around: None });
            if let Reply::Failed(failure) = page {
                return Err(failure.into());
            }
            meanwhile.push(start.elapsed());
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok((writing.join().map_err(|_| "the writer failed")??, meanwhile))
    })
}
