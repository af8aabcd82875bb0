//! Tasks and meetings (R3.1): where they stand on the agenda of a day, and what is done with them there.

use crate::world::{Kept, World, noon};
use chrono::{DateTime, Duration, TimeZone, Utc};
use lejek::domain::activity::{ActivityKind, Details, Direction, LoggedFrom, MeetingOutcome, TaskKind};
use lejek::domain::agenda::{AgendaAsk, AgendaPage, DueNow, Part, PlannedKind, Queue, Snooze, Tending, Whose};
use lejek::domain::change::{Change, Done, Question, Refusal};
use lejek::domain::id::{ActivityId, RecordId, Ref, UserId};
use lejek::domain::logging::Logging;
use lejek::domain::user::{Permissions, Reach};
use lejek::store::agenda::{agenda, due_now};
use rstest::rstest;

fn logging(world: &World, on: RecordId, kind: ActivityKind, subject: &str, at: Option<DateTime<Utc>>) -> Logging {
    Logging {
        kind,
        on,
        from: LoggedFrom::RecordPage,
        at,
        subject: subject.to_owned(),
        text: String::new(),
        details: Details::empty(kind, Direction::Out, Some(world.workspace.user())),
        with: Vec::new(),
        conversation: Vec::new(),
        also: Vec::new(),
        except: Vec::new(),
    }
}

fn activity(done: &Done) -> ActivityId {
    match done.refs.first() {
        Some(Ref::Activity(id)) => *id,
        other => panic!("no activity was made: {other:?}"),
    }
}

/// A task that is due then, or has no date.
pub fn task(world: &World, on: RecordId, subject: &str, at: Option<DateTime<Utc>>) -> ActivityId {
    let mut asked = logging(world, on, ActivityKind::Task, subject, at);
    if let Details::Task { has_due, task, .. } = &mut asked.details {
        (*has_due, *task) = (at.is_some(), TaskKind::Call);
    }
    activity(&world.does(Change::log(asked)))
}

fn meeting(world: &World, on: RecordId, subject: &str, at: DateTime<Utc>) -> ActivityId {
    let mut asked = logging(world, on, ActivityKind::Meeting, subject, Some(at));
    if let Details::Meeting { end, .. } = &mut asked.details {
        *end = Some(at + Duration::hours(1));
    }
    activity(&world.does(Change::log(asked)))
}

fn tend(world: &World, what: &[ActivityId], how: Tending) -> Done {
    world.does(Change::Tend { what: what.to_vec(), how })
}

pub fn page(world: &World, queue: Queue) -> AgendaPage {
    let parts = Part::ROWS.iter().map(|(part, _)| *part).collect();
    let ask = AgendaAsk { queue, parts, from: 0, limit: 100 };
    agenda(world.store.as_ref(), &ask, &world.workspace.viewer(), world.workspace.now()).unwrap()
}

/// The subjects below the head of each part that has any.
fn shown(world: &World, queue: Queue) -> Vec<String> {
    let page = page(world, queue);
    let mut items = page.items.iter();
    let mut told = Vec::new();
    for (part, label) in Part::ROWS {
        let subjects: Vec<_> =
            items.by_ref().take(page.count(*part)).map(|item| item.activity.subject.as_str()).collect();
        if !subjects.is_empty() {
            told.push(format!("{label}: {}", subjects.join(", ")));
        }
    }
    told
}

fn due(world: &World) -> DueNow {
    due_now(world.store.as_ref(), &world.workspace.viewer(), world.workspace.now()).unwrap()
}

fn at(day: u32, hour: u32) -> Option<DateTime<Utc>> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).single()
}

fn of_world(kept: Kept) -> (World, RecordId) {
    let world = World::new(kept);
    let jan = world.contact(&[("last_name", "Kowalski")]);
    (world, jan)
}

#[rstest]
fn r3_1_tasks_stand_under_the_day_that_they_are_due(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, jan) = of_world(kept);
    task(&world, jan, "late", at(17, 10));
    task(&world, jan, "later", at(18, 23));
    task(&world, jan, "morning", at(19, 9));
    task(&world, jan, "evening", at(19, 20));
    task(&world, jan, "tomorrow", at(20, 8));
    task(&world, jan, "some day", None);
    meeting(&world, jan, "visit", at(19, 15).unwrap());
    let done = task(&world, jan, "done", at(1, 8));
    tend(&world, &[done], Tending::Done(true));
    assert_eq!(
        shown(&world, Queue::default()),
        [
            "Overdue: late, later",
            "Today: morning, visit, evening",
            "Upcoming: tomorrow",
            "No date: some day",
            "Done today: done"
        ]
    );
    let told = due(&world);
    assert_eq!((told.due, told.has_open, told.until), (3, true, at(19, 20)), "a meeting is no task");
    world.clock.set(at(20, 7).unwrap());
    assert_eq!(
        shown(&world, Queue::default()),
        ["Overdue: late, later, morning, visit, evening", "Today: tomorrow", "No date: some day"]
    );
}

#[rstest]
fn r3_1_an_agenda_follows_whatever_becomes_of_an_activity(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, jan) = of_world(kept);
    let call = task(&world, jan, "call", at(19, 16));
    let is_shown = |wanted: &[&str], why: &str| assert_eq!(shown(&world, Queue::default()), wanted, "{why}");
    let today = ["Today: call"];
    is_shown(&today, "logged");
    let done = tend(&world, &[call], Tending::Done(true));
    is_shown(&["Done today: call"], "done");
    world.undo(done.act).unwrap();
    is_shown(&today, "undone");
    world.redo(done.act).unwrap();
    is_shown(&["Done today: call"], "redone");
    tend(&world, &[call], Tending::Done(false));
    is_shown(&today, "open again");
    world.does(Change::Delete { what: vec![call.into()] });
    is_shown(&[], "deleted");
    world.does(Change::Restore { what: vec![call.into()], without: Vec::new() });
    is_shown(&today, "restored");
    let other = world.contact(&[("last_name", "Kowalsky")]);
    world.does(Change::Merge { into: other, from: jan, take: Vec::new() });
    is_shown(&today, "its record was merged");
    world.does(Change::Delete { what: vec![other.into()] });
    is_shown(&[], "it went along with its record");
    world.does(Change::Restore { what: vec![other.into()], without: Vec::new() });
    is_shown(&today, "and came back with it");
    assert_eq!(world.store.check(true).unwrap().flaws, Vec::<String>::new());
    world.does(Change::Erase { what: vec![call.into()], confirmed: true });
    is_shown(&[], "erased");
    assert_eq!(world.store.check(true).unwrap().flaws, Vec::<String>::new());
    assert_eq!(due(&world), DueNow::default());
}

#[rstest]
fn r3_1_a_queue_narrows_by_whose_type_and_name(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, jan) = of_world(kept);
    task(&world, jan, "mine", at(19, 16));
    meeting(&world, jan, "visit", at(19, 15).unwrap());
    let adler = world.add_user("Adler", |_| ());
    for (subject, whose, name) in
        [("his", Some(adler), ""), ("offer", Some(world.workspace.user()), "Offers"), ("nobody's", None, "")]
    {
        let mut asked = logging(&world, jan, ActivityKind::Task, subject, at(19, 18));
        if let Details::Task { assignee, queue, has_due, .. } = &mut asked.details {
            (*assignee, *has_due) = (whose, true);
            name.clone_into(queue);
        }
        world.does(Change::log(asked));
    }
    let of = |whose, kind, name: Option<&str>| Queue { whose, kind, name: name.map(str::to_owned) };
    for (queue, wanted) in [
        (of(Whose::Mine, None, None), "Today: visit, mine, offer"),
        (of(Whose::Mine, Some(PlannedKind::Call), None), "Today: mine"),
        (of(Whose::Mine, Some(PlannedKind::Meeting), None), "Today: visit"),
        (of(Whose::Mine, None, Some("Offers")), "Today: offer"),
        (of(Whose::Nobodys, None, None), "Today: nobody's"),
        (of(Whose::Everybodys, Some(PlannedKind::ToDo), None), "Today: his, offer, nobody's"),
    ] {
        assert_eq!(shown(&world, queue.clone()), [wanted], "{queue:?}");
        assert_eq!(
            page(&world, queue).queues.len(),
            usize::from(wanted.contains("offer") || wanted.contains("mine") || wanted.contains("visit"))
        );
    }
}

#[rstest]
fn r6_4_tasks_of_records_that_one_may_not_view_are_on_no_agenda(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, jan) = of_world(kept);
    let narrow = |user: &mut lejek::domain::user::User| {
        user.permissions.insert(jan.object.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    };
    let adler: UserId = world.add_user("Adler", narrow);
    for subject in ["seen", "unseen"] {
        let on = world.contact(&[("last_name", subject)]);
        if subject == "seen" {
            world.set(on, "owner", "adler@lejek.example").unwrap();
        }
        let mut asked = logging(&world, on, ActivityKind::Task, subject, at(19, 9));
        if let Details::Task { assignee, has_due, .. } = &mut asked.details {
            (*assignee, *has_due) = (Some(adler), true);
        }
        world.does(Change::log(asked));
    }
    let theirs = world.acting_as(adler);
    let ask = AgendaAsk { queue: Queue::default(), parts: vec![Part::Today], from: 0, limit: 9 };
    let page = agenda(world.store.as_ref(), &ask, &theirs.viewer(), noon()).unwrap();
    assert_eq!(page.items.iter().map(|item| item.activity.subject.as_str()).collect::<Vec<_>>(), ["seen"]);
    assert_eq!(page.count(Part::Today), 1);
    assert_eq!(due_now(world.store.as_ref(), &theirs.viewer(), noon()).unwrap().due, 1);
}

#[rstest]
fn r3_1_what_is_put_off_keeps_its_time_of_day(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, jan) = of_world(kept);
    let call = task(&world, jan, "call", at(17, 16));
    let undated = task(&world, jan, "undated", None);
    let visit = meeting(&world, jan, "visit", at(19, 15).unwrap());
    let clock = world.store.settings().clock(noon());
    let done = tend(&world, &[call, undated, visit], Snooze::Tomorrow.tending(&clock));
    assert_eq!(done.what, "Moved call and 2 more to Fri 20 Nov");
    let now = |id| world.store.activity(id).unwrap().unwrap();
    assert_eq!((now(call).at, now(visit).at), (at(20, 16).unwrap(), at(20, 15).unwrap()));
    assert!(matches!(now(visit).details, Details::Meeting { end, .. } if end == at(20, 16)));
    assert_eq!(now(undated).at, at(20, 0).unwrap(), "a day alone");
    assert!(matches!(now(undated).details, Details::Task { has_due: true, .. }));
    tend(&world, &[call], Snooze::NextWeek.tending(&clock));
    assert_eq!(now(call).at, at(23, 16).unwrap(), "Monday");
    tend(&world, &[call], Snooze::Hour.tending(&clock));
    assert_eq!(now(call).at, at(19, 13).unwrap());
    world.undo(done.act).unwrap_err();
}

#[rstest]
fn r3_1_meetings_have_outcomes_and_tasks_are_done(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, jan) = of_world(kept);
    let call = task(&world, jan, "call", at(19, 16));
    let visit = meeting(&world, jan, "visit", at(19, 15).unwrap());
    let refused = world.refuses(Change::Tend { what: vec![call], how: Tending::Outcome(MeetingOutcome::NoShow) });
    assert!(refused.to_string().contains("A task has no outcome"), "{refused}");
    let done = tend(&world, &[call, visit], Tending::Outcome(MeetingOutcome::NoShow));
    assert_eq!((done.what.as_str(), done.skipped.len()), ("Set visit to No show", 1));
    assert_eq!(shown(&world, Queue::default()), ["Today: call", "Done today: visit"]);
    tend(&world, &[visit], Tending::Done(false));
    assert_eq!(shown(&world, Queue::default()), ["Today: visit, call"]);
    let mut note = logging(&world, jan, ActivityKind::Note, "n", None);
    note.text = "Something".to_owned();
    let note = activity(&world.does(Change::log(note)));
    let refused = world.refuses(Change::Tend { what: vec![note], how: Tending::Done(true) });
    assert!(matches!(&refused, Refusal::Rule { .. }) && refused.to_string().contains("only tasks and meetings"));
    assert!(!matches!(refused, Refusal::Needs(Question::Erase { .. })));
}

#[rstest]
fn r7_1_many_tasks_are_one_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, jan) = of_world(kept);
    let all: Vec<ActivityId> = (0..450).map(|number| task(&world, jan, &format!("t{number}"), at(19, 16))).collect();
    let done = tend(&world, &all, Tending::Done(true));
    assert_eq!(done.what, "Finished 450 tasks");
    assert_eq!(page(&world, Queue::default()).count(Part::DoneToday), 450);
    world.undo(done.act).unwrap();
    assert_eq!(page(&world, Queue::default()).count(Part::Today), 450);
    assert_eq!(world.store.check(true).unwrap().flaws, Vec::<String>::new());
}

#[rstest]
fn r3_1_meetings_that_nobody_spoke_of_in_a_week_are_let_be(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, jan) = of_world(kept);
    meeting(&world, jan, "visit", at(20, 10).unwrap());
    meeting(&world, jan, "held and logged", at(18, 10).unwrap());
    assert_eq!(shown(&world, Queue::default()), ["Upcoming: visit"]);
    world.clock.set(at(25, 12).unwrap());
    assert_eq!(shown(&world, Queue::default()), ["Overdue: visit"]);
    world.clock.set(at(28, 12).unwrap());
    assert!(shown(&world, Queue::default()).is_empty());
}
