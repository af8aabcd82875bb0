//! A record with a hundred thousand activities: its page, pieces of its timeline from all over, filters and words.
//! The middle time and the slowest but one in a hundred. `cargo bench --bench timeline`.

#[path = "common/filled.rs"]
mod filled;

use chrono::Duration as Span;
use filled::{Done, filled, print_times};
use lejek::domain::activity::{Activity, ActivityKind, Details, Direction, LoggedFrom, Target};
use lejek::domain::answer::TimelineFilter;
use lejek::domain::change::{Author, Change, Op, Origin, Reason};
use lejek::domain::id::{ActNo, ActivityId, Object, RecordId};
use lejek::domain::query::Query;
use lejek::domain::record::Stamp;
use lejek::domain::user::Viewer;
use lejek::workspace::Workspace;
use lejek::workspace::request::{Reply, Request, TimelineAsk};
use std::time::{Duration, Instant};
use uuid::Uuid;

const ACTIVITIES: usize = 100_000;
const TIMES: usize = 300;

fn main() -> Done {
    let (_folder, workspace, _) = filled(1_000)?;
    let page =
        Request::Page { query: Query::all(Object::CONTACT, Viewer::EVERYTHING), from: 0, limit: 1, around: None };
    let Reply::Page(page) = workspace.ask(&page) else { return Err("no page".into()) };
    let home = page.rows.first().ok_or("no contact")?.record.id;
    log_all(&workspace, home)?;
    let detail = Request::Detail { id: home, activities: 50 };
    print_times(ACTIVITIES, "record page, first", vec![asked(&workspace, &detail)?]);
    print_times(ACTIVITIES, "record page", (0..TIMES).map(|_| asked(&workspace, &detail)).collect::<Done<_>>()?);
    let piece = |from| Request::Timeline(TimelineAsk { from, ..TimelineAsk::first(home, 50) });
    let places = (0..TIMES).map(|place| place * 7_919 % ACTIVITIES);
    print_times(
        ACTIVITIES,
        "piece of 50, anywhere",
        places.map(|from| asked(&workspace, &piece(from))).collect::<Done<_>>()?,
    );
    let filtered = |filter| Request::Timeline(TimelineAsk { filter, ..TimelineAsk::first(home, 50) });
    let calls = TimelineFilter { kinds: vec![ActivityKind::Call], ..TimelineFilter::default() };
    print_times(ACTIVITIES, "only calls, first", vec![asked(&workspace, &filtered(calls))?]);
    for text in ["del", "deliv", "delivery 777"] {
        let words = TimelineFilter { text: text.to_owned(), ..TimelineFilter::default() };
        print_times(ACTIVITIES, &format!("search {text}"), vec![asked(&workspace, &filtered(words))?]);
    }
    Ok(())
}

fn asked(workspace: &Workspace, request: &Request) -> Done<Duration> {
    let start = Instant::now();
    match workspace.ask(request) {
        Reply::Failed(failure) => Err(failure.into()),
        _ => Ok(start.elapsed()),
    }
}

/// Calls and notes, one an hour, back from now.
fn log_all(workspace: &Workspace, home: RecordId) -> Done {
    let numbers: Vec<usize> = (0..ACTIVITIES).collect();
    for some in numbers.chunks(2_000) {
        let ops = some.iter().map(|number| Op::Log(Box::new(activity(workspace, home, *number)))).collect();
        workspace.perform(&Change::Seed { ops }, Origin::Demo)?;
    }
    Ok(())
}

fn activity(workspace: &Workspace, home: RecordId, number: usize) -> Activity {
    let at = workspace.now() - Span::hours(number as i64);
    let (kind, details) = match number % 3 {
        0 => (ActivityKind::Call, Details::empty(ActivityKind::Call, Direction::Out, None)),
        _ => (ActivityKind::Note, Details::Note),
    };
    Activity {
        id: ActivityId(Uuid::from_u64_pair(0x0190_0000_0000_7000, 1 << 63 | number as u64)),
        version: 1,
        kind,
        at,
        subject: format!("Delivery {number}"),
        text: "Asked for a quote on 40 panels, split over two sites.".to_owned(),
        details,
        logged_on: home,
        logged_from: LoggedFrom::RecordPage,
        stamp: Stamp { at, by: Author::User(workspace.user()), origin: Origin::Demo, act: ActNo(2) },
        targets: vec![Target { record: home, at, why: Reason::Asked }],
    }
}
