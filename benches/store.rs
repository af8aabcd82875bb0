//! What every day asks of the store: a saved change through the writer's lane, a page, a record, opening the folder.
//! The middle time and the slowest but one in a hundred. `cargo bench --bench store`; a million where `LEJEK_MILLION`
//! is set.

#[path = "common/filled.rs"]
mod filled;

use filled::{Done, filled, print_times, sizes};
use lejek::domain::activity::{ActivityKind, Details, Direction, LoggedFrom};
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{ActNo, Object, PropertyId, RecordId};
use lejek::domain::logging::Logging;
use lejek::domain::object::is;
use lejek::domain::query::{Query, Sort};
use lejek::domain::value::Value;
use lejek::workspace::lanes::{Lanes, Ticket};
use lejek::workspace::request::{Reply, Request};
use lejek::workspace::window::Window;
use lejek::workspace::{Workspace, open};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

const TIMES: usize = 500;
const MANY: usize = 10_000;

fn main() -> Done {
    for size in sizes() {
        let (folder, workspace, took) = filled(size)?;
        print_times(size, "import", vec![took]);
        let data = folder.path().join("data");
        drop(workspace);
        let start = Instant::now();
        let workspace = Arc::new(open::open(&data)?.as_user(None)?);
        print_times(size, "open", vec![start.elapsed()]);
        let first = page(None, 0, 50);
        print_times(size, "first page before the catalog", vec![asked(&workspace, &first)?]);
        let start = Instant::now();
        workspace.store().prepare(Object::CONTACT, workspace.now())?;
        print_times(size, "catalog", vec![start.elapsed()]);
        let ids = everywhere(&workspace, size)?;
        pages(&workspace, size)?;
        details(&workspace, size, &ids)?;
        changes(&workspace, size, &ids)?;
        many(&workspace, size)?;
    }
    Ok(())
}

fn page(by: Option<PropertyId>, from: usize, limit: usize) -> Request {
    let sort = by.into_iter().map(|property| Sort { property, descending: false }).collect();
    let query = Query { sort, ..Query::all(Object::CONTACT, lejek::domain::user::Viewer::EVERYTHING) };
    Request::Page { query, from, limit, around: None }
}

fn asked(workspace: &Workspace, request: &Request) -> Done<Duration> {
    let start = Instant::now();
    let reply = workspace.ask(request);
    let took = start.elapsed();
    match reply {
        Reply::Failed(failure) => Err(failure.into()),
        _ => Ok(took),
    }
}

/// A property on many records at once and back again, with pages of the list asked for meanwhile.
fn many(workspace: &Arc<Workspace>, size: usize) -> Done {
    let Request::Page { query, .. } = page(Some(is::NAME), 0, 50) else { return Err("no page".into()) };
    let start = Instant::now();
    let Reply::Ids(ids) = workspace.ask(&Request::Ids(query)) else { return Err("no ids".into()) };
    print_times(size, "ids of all", vec![start.elapsed()]);
    // As far apart as they can be.
    let what: Vec<RecordId> = ids.ids().iter().step_by((size / MANY).max(1)).copied().collect();
    let values = vec![(is::JOB_TITLE, Some(Value::text("One of many")))];
    let perform = |change: &Change| -> Done<(Duration, Vec<Duration>)> {
        std::thread::scope(|scope| {
            let writing = scope.spawn(|| {
                let start = Instant::now();
                workspace.perform_long(change, Origin::Interface, &mut ()).map(|_| start.elapsed())
            });
            let mut meanwhile = Vec::new();
            while !writing.is_finished() {
                meanwhile.push(asked(workspace, &page(Some(is::NAME), size / 2, 50))?);
            }
            Ok((writing.join().map_err(|_| "the writer failed")??, meanwhile))
        })
    };
    let act = ActNo(workspace.store().last_act().0 + 1);
    for (name, change) in [("set", Change::SetMany { what, values }), ("undo", Change::Undo { act })] {
        let (took, meanwhile) = perform(&change)?;
        print_times(size, &format!("{name} on {MANY}, durable"), vec![took]);
        print_times(size, "page of 50 by name meanwhile", meanwhile);
    }
    Ok(())
}

/// Contacts from all over the store.
fn everywhere(workspace: &Workspace, size: usize) -> Done<Vec<RecordId>> {
    let mut ids = Vec::new();
    for place in 0..TIMES {
        // A step that meets no pattern of the values.
        let reply = workspace.ask(&page(None, place * 7_919_317 % size, 1));
        let Reply::Page(page) = reply else { return Err(format!("{reply:?}").into()) };
        ids.extend(page.rows.iter().map(|row| row.record.id));
    }
    Ok(ids)
}

fn pages(workspace: &Workspace, size: usize) -> Done {
    for (name, by) in [("by name", is::NAME), ("by e-mail", is::EMAIL)] {
        print_times(size, &format!("first page of 50 {name}"), vec![asked(workspace, &page(Some(by), 0, 50))?]);
        let places = (0..TIMES).map(|place| place * 7_919_317 % size);
        let times = places.map(|from| asked(workspace, &page(Some(by), from, 50))).collect::<Done<_>>()?;
        print_times(size, &format!("page of 50 {name}, anywhere"), times);
    }
    Ok(())
}

fn details(workspace: &Workspace, size: usize, ids: &[RecordId]) -> Done {
    let detail = |id: &RecordId| asked(workspace, &Request::Detail { id: *id, activities: 50 });
    print_times(size, "detail", ids.iter().map(detail).collect::<Done<_>>()?);
    Ok(())
}

fn changes(workspace: &Arc<Workspace>, size: usize, ids: &[RecordId]) -> Done {
    durable(workspace, size, ids, "a change, durable", |nth, record| {
        let values = vec![(is::JOB_TITLE, Some(Value::text(format!("Head of purchase {nth}"))))];
        Change::Set { record, values }
    })?;
    // With its follow-up, on the records that the rules name besides.
    durable(workspace, size, ids, "a call and a task logged, durable", |_, record| {
        let logging = |kind| {
            let details = Details::empty(kind, Direction::Out, Some(workspace.user()));
            Logging::new(kind, record, LoggedFrom::RecordPage, details)
        };
        Change::Log { activities: vec![logging(ActivityKind::Call), logging(ActivityKind::Task)] }
    })
}

/// From the key press to the answer that the change is on the disk.
fn durable(
    workspace: &Arc<Workspace>,
    size: usize,
    ids: &[RecordId],
    name: &str,
    change: impl Fn(usize, RecordId) -> Change,
) -> Done {
    let (sender, answers) = channel();
    let answer = move |ticket, reply| drop(sender.send((ticket, reply)));
    let lanes = Lanes::start(&Arc::new(Window::from(workspace)), Arc::new(answer));
    let mut times = Vec::new();
    for (generation, id) in ids.iter().enumerate() {
        let change = change(generation, *id);
        let ticket = Ticket { place: 1, generation: generation as u64 };
        let start = Instant::now();
        lanes.perform(ticket, change);
        loop {
            match answers.recv()? {
                (Some(done), Reply::Done(_)) if done == ticket => break,
                (_, Reply::Failed(failure)) => return Err(failure.into()),
                _ => {}
            }
        }
        times.push(start.elapsed());
    }
    print_times(size, name, times);
    Ok(())
}
