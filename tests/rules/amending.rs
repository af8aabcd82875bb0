//! Editing activities, putting them on records and taking them off, pinning (R3.15, R3.16, R3.18, R3.19), through both
//! stores.

use crate::world::{Kept, World};
use chrono::{DateTime, Duration, Utc};
use lejek::domain::activity::{
    Activity, ActivityEdit, ActivityKind, CallOutcome, Details, Direction, LoggedFrom, MeetingOutcome,
};
use lejek::domain::answer::HistoryWhat;
use lejek::domain::change::{Change, Done, Question, Refusal};
use lejek::domain::id::{ActivityId, Object, RecordId, Ref};
use lejek::domain::logging::Logging;
use lejek::domain::user::{Permissions, Reach, Viewer};
use lejek::store::history::history;
use rstest::rstest;

fn logging(kind: ActivityKind, on: RecordId) -> Logging {
    Logging::new(kind, on, LoggedFrom::RecordPage, Details::empty(kind, Direction::Out, None))
}

fn log(world: &World, asked: Logging) -> ActivityId {
    logged(&world.does(Change::log(asked)))
}

fn logged(done: &Done) -> ActivityId {
    match done.refs.as_slice() {
        [Ref::Activity(id)] => *id,
        other => panic!("{other:?}"),
    }
}

fn the(world: &World, id: ActivityId) -> Activity {
    world.store.activity(id).unwrap().unwrap()
}

fn edit(activity: ActivityId, edit: ActivityEdit) -> Change {
    Change::Amend { activity, edit: Box::new(edit), attach: Vec::new(), detach: Vec::new() }
}

fn detach(activity: ActivityId, record: RecordId) -> Change {
    Change::Amend { activity, edit: Box::default(), attach: Vec::new(), detach: vec![record] }
}

fn attach(activity: ActivityId, record: RecordId) -> Change {
    Change::Amend { activity, edit: Box::default(), attach: vec![record], detach: Vec::new() }
}

fn agreed(change: Change) -> Change {
    Change::Agreed(Box::new(change))
}

fn at(hours: i64) -> DateTime<Utc> {
    crate::world::noon() + Duration::hours(hours)
}

fn unassociated(world: &World) -> Vec<ActivityId> {
    world.store.unassociated(&Viewer::EVERYTHING).unwrap().into_iter().map(|activity| activity.id).collect()
}

fn times(world: &World, id: RecordId) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let row = world.store.detail(id, &Viewer::EVERYTHING, world.workspace.now(), 0).unwrap().unwrap().row;
    (row.derived.last_activity, row.derived.next_activity)
}

#[rstest]
fn r3_1_an_activity_is_edited_and_undone(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let call = log(&world, logging(ActivityKind::Call, jan));
    assert_eq!(times(&world, jan), (Some(at(0)), None));
    let details =
        Details::Call { direction: Direction::In, outcome: Some(CallOutcome::Connected), duration: Some(720) };
    let change = ActivityEdit {
        at: Some(at(-30)),
        subject: Some(" Quote ".to_owned()),
        text: None,
        details: Some(details.clone()),
        done: None,
    };
    let before = the(&world, call);
    let act = world.does(edit(call, change.clone())).act;
    let after = the(&world, call);
    assert_eq!((after.at, after.subject.as_str(), &after.details, after.version), (at(-30), "Quote", &details, 2));
    assert_eq!(times(&world, jan).0, Some(at(-30)), "a moved time moves the last activity");
    assert!(world.store.entries(jan).unwrap().iter().all(|entry| entry.at == at(-30)), "one line, at its new place");
    assert_eq!(world.does(edit(call, change)).refs, [Ref::Activity(call)]);
    assert_eq!(the(&world, call), after, "what is so already changes nothing");
    world.undo(act).unwrap();
    assert_eq!(the(&world, call), Activity { version: 3, ..before });
    assert_eq!(times(&world, jan).0, Some(at(0)));
}

#[rstest]
fn r7_1_an_undo_names_the_later_act_that_changed_an_activity(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let done = world.does(Change::log(logging(ActivityKind::Call, jan)));
    let call = logged(&done);
    let said = |subject: &str| ActivityEdit { subject: Some(subject.to_owned()), ..ActivityEdit::default() };
    let first = world.does(edit(call, said("One")));
    let second = world.does(edit(call, said("Two")));
    let text = world.does(edit(call, ActivityEdit { text: Some("T".to_owned()), ..ActivityEdit::default() }));
    for act in [done.act, first.act] {
        let sentence = world.undo(act).unwrap_err().to_string();
        assert!(sentence.contains(&format!("act {}", second.act)), "{sentence}");
    }
    // Another aspect is no obstacle, and what was undone is none any more.
    world.undo(second.act).unwrap();
    world.undo(first.act).unwrap();
    assert_eq!((the(&world, call).subject.as_str(), the(&world, call).text.as_str()), ("", "T"));
    world.undo(text.act).unwrap();
    world.undo(done.act).unwrap();
    assert_eq!(world.store.activity(call).unwrap(), None);
    world.redo(done.act).unwrap();
    assert_eq!(the(&world, call).id, call);
}

#[rstest]
fn r3_1_what_an_edit_can_not_make_is_refused(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let (call, meeting) =
        (log(&world, logging(ActivityKind::Call, jan)), log(&world, logging(ActivityKind::Meeting, jan)));
    let ends = Details::Meeting {
        end: Some(at(-1)),
        attendees: Vec::new(),
        location: String::new(),
        outcome: Some(MeetingOutcome::Completed),
    };
    let details = |details: &Details| ActivityEdit { details: Some(details.clone()), ..ActivityEdit::default() };
    let long = ActivityEdit { text: Some("x".repeat(1_000_001)), ..ActivityEdit::default() };
    let cases = [
        (call, details(&Details::Note), "not the fields of a call"),
        (call, details(&ends), "not the fields of a call"),
        (meeting, details(&ends), "ends before it starts"),
        (call, ActivityEdit::done(true), "Only tasks are done"),
        (call, long, "too long"),
    ];
    for (activity, change, sentence) in cases {
        let refused = world.refuses(edit(activity, change)).to_string();
        assert!(refused.contains(sentence), "{refused}");
    }
    let refused = world.refuses(detach(call, world.company("Acme"))).to_string();
    assert!(refused.contains("not associated with Acme"), "{refused}");
    world.does(Change::Delete { what: vec![call.into()] });
    let refused = world.refuses(edit(call, ActivityEdit::default())).to_string();
    assert!(refused.contains("in the bin"), "{refused}");
}

#[rstest]
fn r3_1_a_task_is_done_and_open_again(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let mut asked = logging(ActivityKind::Task, jan);
    asked.at = Some(at(24));
    if let Details::Task { has_due, .. } = &mut asked.details {
        *has_due = true;
    }
    let task = log(&world, asked);
    assert_eq!(times(&world, jan), (None, Some(at(24))));
    world.clock.set(at(25));
    let done = world.does(edit(task, ActivityEdit::done(true)));
    assert!(matches!(the(&world, task).details, Details::Task { done: Some(when), .. } if when == at(25)));
    assert_eq!(times(&world, jan), (Some(at(24)), None));
    assert!(!world.store.entries(jan).unwrap()[0].open_task);
    world.undo(done.act).unwrap();
    assert!(the(&world, task).is_open_task());
    // Without a due time it stands where it was made.
    let Details::Task { task: kind, done, priority, assignee, queue, .. } = the(&world, task).details else { panic!() };
    let free = Details::Task { task: kind, has_due: false, done, priority, assignee, queue };
    world.does(edit(task, ActivityEdit { details: Some(free), ..ActivityEdit::default() }));
    assert_eq!(the(&world, task).at, at(0));
}

#[rstest]
fn r3_7_an_edited_thread_moves_its_e_mail(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let mail = log(&world, logging(ActivityKind::Email, jan));
    let threaded = |id: Option<&str>| Details::Email {
        direction: Direction::Out,
        from: String::new(),
        to: Vec::new(),
        cc: Vec::new(),
        thread: id.map(str::to_owned),
    };
    let details = |id| ActivityEdit { details: Some(threaded(id)), ..ActivityEdit::default() };
    world.does(edit(mail, details(Some("t1"))));
    assert_eq!(world.store.thread("t1").unwrap(), [mail]);
    let moved = world.does(edit(mail, details(Some("t2"))));
    assert_eq!((world.store.thread("t1").unwrap(), world.store.thread("t2").unwrap()), (vec![], vec![mail]));
    world.undo(moved.act).unwrap();
    assert_eq!(world.store.thread("t1").unwrap(), [mail]);
}

#[rstest]
fn r6_4_an_activity_is_edited_by_its_author_or_whoever_may_edit_its_record(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let own = Permissions { edit: Reach::Own, ..Permissions::ALL };
    let adam = world.add_user("Adam", |user| {
        user.permissions.insert(Object::CONTACT.0, own);
    });
    let eve = world.add_user("Eve", |_| ());
    let call = log(&world, logging(ActivityKind::Call, jan));
    let said = || ActivityEdit { subject: Some("Mine".to_owned()), ..ActivityEdit::default() };
    let as_user = |user, change: Change| {
        world.acting_as(user).perform_long(&change, lejek::domain::change::Origin::CommandLine, &mut ())
    };
    assert!(as_user(adam, edit(call, said())).unwrap_err().to_string().contains("permission"));
    assert!(as_user(adam, Change::Pin { record: jan, activity: Some(call) }).is_err());
    assert!(as_user(eve, edit(call, said())).is_ok());
    // He logged one while he might, and may change it still.
    world.set(jan, "owner", "adam@lejek.example").unwrap();
    let his = logged(&as_user(adam, Change::log(logging(ActivityKind::Note, jan))).unwrap());
    world.set(jan, "owner", "").unwrap();
    assert!(as_user(adam, edit(his, said())).is_ok());
}

#[rstest]
fn r3_15_ticks_are_told_with_their_reason_and_r3_18_stay_in_the_history(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (jan, acme, roof) = (
        world.contact(&[("first_name", "Jan")]),
        world.company("Acme"),
        world.create(Object::DEAL, &[("name", "Roof")]),
    );
    world.tie(jan, acme);
    let call = log(&world, logging(ActivityKind::Call, jan));
    let on = |id: ActivityId| the(&world, id).targets.into_iter().map(|target| target.record).collect::<Vec<_>>();
    assert_eq!(on(call), [jan, acme]);
    world.clock.set(at(1));
    let both = Change::Amend { activity: call, edit: Box::default(), attach: vec![roof], detach: vec![acme] };
    let act = world.does(both).act;
    assert_eq!(on(call), [jan, roof]);
    assert!(world.store.entries(acme).unwrap().is_empty());
    assert_eq!(world.store.entries(roof).unwrap().len(), 1);
    world.clock.set(at(2));
    world.does(attach(call, acme));
    let told: Vec<(String, String)> = history(world.store.as_ref(), Ref::Activity(call))
        .unwrap()
        .into_iter()
        .map(|entry| {
            let name = |id: RecordId| world.record(id).unwrap().name();
            let what = match entry.what {
                HistoryWhat::Associated { with, .. } => format!("on {}", name(with)),
                HistoryWhat::Dissociated { from } => format!("off {}", name(from)),
                HistoryWhat::Created => "made".to_owned(),
                other => panic!("{other:?}"),
            };
            (format!("{} {what}", entry.act), entry.why.sentence().to_owned())
        })
        .collect();
    let first = the(&world, call).stamp.act;
    let asked = "asked for".to_owned();
    let mut wanted = vec![
        (format!("{} on Acme", act.0 + 1), asked.clone()),
        (format!("{act} on Roof"), asked.clone()),
        (format!("{act} off Acme"), asked.clone()),
        (format!("{first} on Acme"), "primary company".to_owned()),
        (format!("{first} on Jan"), "logged here".to_owned()),
        (format!("{first} made"), asked),
    ];
    let mut told = told;
    told.sort();
    wanted.sort();
    assert_eq!(told, wanted);
    world.undo(lejek::domain::id::ActNo(act.0 + 1)).unwrap();
    world.undo(act).unwrap();
    assert_eq!(on(call), [jan, acme]);
}

#[rstest]
fn r3_16_the_last_association_goes_with_a_yes_only(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    let call = log(&world, logging(ActivityKind::Call, jan));
    let refused = world.refuses(detach(call, jan));
    assert!(matches!(&refused, Refusal::Needs(Question::Unassociated { activity, .. }) if *activity == call));
    assert!(refused.to_string().contains("--yes"), "{refused}");
    // Whoever puts it elsewhere at once is not asked.
    let moved = Change::Amend { activity: call, edit: Box::default(), attach: vec![acme], detach: vec![jan] };
    let moved = world.does(moved);
    world.undo(moved.act).unwrap();
    let act = world.does(agreed(detach(call, jan))).act;
    assert_eq!((unassociated(&world), the(&world, call).targets.len()), (vec![call], 0));
    assert!(world.store.check(true).unwrap().flaws.is_empty());
    // In the bin it stands by itself, and comes back as it was.
    world.does(Change::Delete { what: vec![call.into()] });
    assert_eq!(unassociated(&world), []);
    let bin = crate::bin::bin_of(&world.workspace, None);
    assert_eq!(bin.iter().map(lejek::workspace::bin::InBin::of).collect::<Vec<_>>(), [Ref::Activity(call)]);
    let restored = world.does(Change::Restore { what: vec![call.into()], without: Vec::new() }).act;
    assert_eq!(unassociated(&world), [call]);
    world.undo(restored).unwrap();
    world.redo(restored).unwrap();
    // A new record takes it out of there, undo puts it back.
    let put = world.does(attach(call, acme)).act;
    assert_eq!(unassociated(&world), []);
    world.undo(put).unwrap();
    assert_eq!(unassociated(&world), [call]);
    world.undo(act).unwrap();
    assert_eq!((unassociated(&world), the(&world, call).targets.len()), (vec![], 1));
    world.does(agreed(detach(call, jan)));
    world.does(Change::Erase { what: vec![call.into()], confirmed: true });
    assert_eq!(unassociated(&world), []);
    assert!(world.store.check(true).unwrap().flaws.is_empty());
}

#[rstest]
fn r6_4_unassociated_activities_are_seen_by_who_sees_where_they_were_logged(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let call = log(&world, logging(ActivityKind::Call, jan));
    world.does(agreed(detach(call, jan)));
    let blind = Permissions { view: Reach::None, ..Permissions::ALL };
    let adam = world.add_user("Adam", |user| {
        user.permissions.insert(Object::CONTACT.0, blind);
    });
    let seen = |viewer: &Viewer| world.store.unassociated(viewer).unwrap().len();
    assert_eq!((seen(&world.acting_as(adam).viewer()), seen(&world.workspace.viewer())), (0, 1));
}

#[rstest]
fn r3_19_what_is_pinned_goes_with_its_activity(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    let (first, second) =
        (log(&world, logging(ActivityKind::Note, jan)), log(&world, logging(ActivityKind::Call, jan)));
    let pin = |record, activity| Change::Pin { record, activity };
    let pinned = |id| world.record(id).unwrap().pinned();
    world.does(pin(jan, Some(first)));
    let act = world.does(pin(jan, Some(second))).act;
    assert_eq!(pinned(jan), Some(second));
    world.undo(act).unwrap();
    assert_eq!(pinned(jan), Some(first));
    let told = history(world.store.as_ref(), jan.into()).unwrap();
    assert!(told.iter().any(|entry| entry.what == HistoryWhat::Pinned(Some(first))), "{told:?}");
    // Deleted or taken off, it is unpinned by itself, and undo pins it again.
    let deleted = world.does(Change::Delete { what: vec![first.into()] });
    assert_eq!((pinned(jan), deleted.effects.len()), (None, 1));
    world.undo(deleted.act).unwrap();
    assert_eq!(pinned(jan), Some(first));
    world.does(pin(acme, Some(first)));
    let off = world.does(detach(first, acme));
    assert_eq!((pinned(acme), pinned(jan)), (None, Some(first)));
    world.undo(off.act).unwrap();
    assert_eq!(pinned(acme), Some(first));
    world.does(pin(acme, None));
    assert_eq!(pinned(acme), None);
    // What is not on a timeline can't be on top of it.
    let beta = world.company("Beta");
    assert!(world.refuses(pin(beta, Some(first))).to_string().contains("not on the timeline of Beta"));
}

#[rstest]
fn r3_19_a_merged_record_keeps_its_pin_and_r3_18_its_activities(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, twin) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Janek")]));
    let (note, gone) = (log(&world, logging(ActivityKind::Note, twin)), log(&world, logging(ActivityKind::Call, twin)));
    world.does(Change::Pin { record: twin, activity: Some(note) });
    world.does(Change::Delete { what: vec![gone.into()] });
    let merged = world.does(Change::Merge { into: jan, from: twin, take: Vec::new() }).act;
    assert_eq!(world.record(jan).unwrap().pinned(), Some(note));
    // What was in the bin meanwhile follows the record when it comes back.
    let restored = world.does(Change::Restore { what: vec![gone.into()], without: Vec::new() }).act;
    assert_eq!(the(&world, gone).targets.iter().map(|target| target.record).collect::<Vec<_>>(), [jan]);
    world.undo(restored).unwrap();
    world.undo(merged).unwrap();
    assert_eq!((world.record(jan).unwrap().pinned(), world.record(twin).unwrap().pinned()), (None, Some(note)));
}

#[rstest]
fn r5_9_an_activity_comes_back_when_a_record_of_it_is_there(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let call = log(&world, logging(ActivityKind::Call, jan));
    let restore = |what: Ref| Change::Restore { what: vec![what], without: Vec::new() };
    world.does(Change::Delete { what: vec![call.into()] });
    world.does(Change::Delete { what: vec![jan.into()] });
    let refused = world.refuses(restore(call.into())).to_string();
    assert!(refused.contains("Jan") && refused.contains("Restore that first"), "{refused}");
    world.does(restore(jan.into()));
    world.does(restore(call.into()));
    assert_eq!(world.store.entries(jan).unwrap().len(), 1);
}
