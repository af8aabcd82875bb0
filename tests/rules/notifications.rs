//! Who is told what (R4.12, R4.14), what the centre and the outbox hold of it (R4.9 to R4.11), and what undo and erase
//! make of it.

use crate::lead_sync::settings;
use crate::world::{Kept, World, noon, refusal};
use chrono::TimeDelta;
use lejek::domain::activity::{ActivityEdit, ActivityKind, Details, Direction, LoggedFrom};
use lejek::domain::change::{Change, Done, Origin, Rule};
use lejek::domain::id::{ActivityId, Object, RecordId, Ref, UserId};
use lejek::domain::logging::Logging;
use lejek::domain::notification::{
    ChannelKind, InboxAsk, InboxFilter, InboxPage, Notification, Settling, Topic, WayState,
};
use lejek::domain::object::is;
use lejek::domain::user::{Permissions, Reach};
use lejek::domain::value::Value;
use lejek::workspace::import::ImportAsk;
use lejek::workspace::request::{Reply, Request};
use lejek::workspace::{Delivered, Deliverer, Waiting, Workspace};
use rstest::rstest;

const BOTH: [Kept; 2] = [Kept::InMemory, Kept::OnDisk];

fn page(workspace: &Workspace, filter: InboxFilter) -> InboxPage {
    match workspace.ask(&Request::Inbox(InboxAsk { filter, from: 0, limit: 100 })) {
        Reply::Inbox(page) => page,
        other => panic!("{other:?}"),
    }
}

/// The centre of a user, newest first.
fn centre(world: &World, user: UserId) -> Vec<Notification> {
    page(&world.acting_as(user), InboxFilter::default()).items
}

fn titles(world: &World, user: UserId) -> Vec<String> {
    centre(world, user).iter().map(Notification::headline).collect()
}

fn outbox(workspace: &Workspace) -> Vec<Waiting> {
    match workspace.ask(&Request::Outbox) {
        Reply::Outbox(waiting) => waiting,
        other => panic!("{other:?}"),
    }
}

fn own(world: &World, record: RecordId, owner: &str) -> Done {
    world.set(record, "owner", owner).unwrap()
}

/// `user` is told of `topic` by e-mail.
fn tick(world: &World, user: UserId, topic: Topic, on: bool) {
    let key = format!("notifications.{}.email", topic.row().name);
    world.acting_as(user).perform(&settings(&key, &on.to_string()), Origin::CommandLine).unwrap();
}

fn note(world: &World, on: RecordId, text: &str) -> ActivityId {
    let from = LoggedFrom::RecordPage;
    let logging = Logging { text: text.to_owned(), ..Logging::new(ActivityKind::Note, on, from, Details::Note) };
    logged(&world.does(Change::log(logging)))
}

fn task(world: &World, on: RecordId, whose: UserId, subject: &str, due: TimeDelta) -> ActivityId {
    let from = LoggedFrom::RecordPage;
    let mut details = Details::empty(ActivityKind::Task, Direction::Out, Some(whose));
    if let Details::Task { has_due, .. } = &mut details {
        *has_due = true;
    }
    let logging = Logging {
        subject: subject.to_owned(),
        at: Some(world.workspace.now() + due),
        ..Logging::new(ActivityKind::Task, on, from, details)
    };
    logged(&world.does(Change::log(logging)))
}

fn logged(done: &Done) -> ActivityId {
    match done.refs.first() {
        Some(Ref::Activity(id)) => *id,
        other => panic!("nothing was logged: {other:?}"),
    }
}

#[rstest]
fn r4_12_whoever_is_assigned_a_record_is_told_but_not_of_their_own_acts(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (ola, maja) = (world.add_user("Ola", |_| {}), world.workspace.user());
    let jan = world.contact(&[("first_name", "Jan"), ("owner", "ola@lejek.example")]);
    assert_eq!(titles(&world, ola), ["Maja Sikorska assigned you the contact Jan"]);
    let told = &centre(&world, ola)[0];
    assert_eq!((told.topic, told.about, told.read), (Topic::RecordAssigned, Some(jan.into()), false));
    let done = own(&world, jan, "maja@lejek.example");
    assert_eq!((done.effects.len(), titles(&world, maja)), (0, Vec::new()), "one's own act");
    let done = own(&world, jan, "ola@lejek.example");
    let effect = &done.effects[0];
    assert_eq!(
        (effect.rule, effect.record, effect.what.as_str()),
        (Rule(4, 12), Some(jan.into()), "Ola was told: assigned a record")
    );
    assert_eq!(titles(&world, ola).len(), 2, "each act tells");
    world.set(jan, "city", "Łódź").unwrap();
    assert_eq!(titles(&world, ola).len(), 2);
}

#[rstest]
fn r4_12_several_of_one_act_are_one_with_a_count(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    tick(&world, ola, Topic::RecordAssigned, true);
    let what: Vec<RecordId> = (0..450).map(|n| world.contact(&[("first_name", &format!("N{n:03}"))])).collect();
    let values = vec![(is::OWNER, Some(Value::User(ola)))];
    let done = world.does(Change::SetMany { what, values });
    assert_eq!(titles(&world, ola), ["Maja Sikorska assigned you the contact N000 and 449 more"]);
    assert_eq!(centre(&world, ola)[0].body.lines().count(), 5, "the first ones by name");
    assert_eq!(outbox(&world.workspace).len(), 1, "one delivery");
    world.undo(done.act).unwrap();
    assert_eq!((titles(&world, ola).len(), outbox(&world.workspace).len()), (0, 0));
}

#[rstest]
fn r4_12_an_import_tells_the_owners_and_whoever_imported(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    std::fs::write(&file, "first_name,owner\nJan,ola@lejek.example\nEwa,ola@lejek.example\nBad,nobody@x.pl\n").unwrap();
    let ask = ImportAsk { object: Some(Object::CONTACT), files: vec![file], ..ImportAsk::default() };
    world.workspace.import(&ask, &mut ()).unwrap();
    assert_eq!(titles(&world, ola), ["Maja Sikorska assigned you the contact Jan and 1 more"]);
    let own = centre(&world, world.workspace.user());
    assert_eq!(
        (own.len(), own[0].topic, own[0].title.as_str()),
        (1, Topic::ImportFinished, "Import finished: people.csv")
    );
    assert!(own[0].body.contains("3 created"), "{}", own[0].body);
    let dry = ImportAsk { dry_run: true, ..ask };
    world.workspace.import(&dry, &mut ()).unwrap();
    assert_eq!(centre(&world, world.workspace.user()).len(), 1);
}

#[rstest]
fn r4_12_whoever_is_given_a_task_is_told(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (ola, maja) = (world.add_user("Ola", |_| {}), world.workspace.user());
    let jan = world.contact(&[("first_name", "Jan")]);
    let call = task(&world, jan, ola, "Call him", TimeDelta::days(1));
    assert_eq!(titles(&world, ola), ["Maja Sikorska gave you the task Call him"]);
    assert_eq!(centre(&world, ola)[0].about, Some(jan.into()), "a jump leads to its record");
    let done = |done| Change::Amend {
        activity: call,
        edit: Box::new(ActivityEdit::done(done)),
        attach: Vec::new(),
        detach: Vec::new(),
    };
    world.does(done(true));
    world.does(done(false));
    assert_eq!(titles(&world, ola).len(), 1, "it was theirs before");
    task(&world, jan, maja, "Mine", TimeDelta::days(1));
    assert_eq!(titles(&world, maja), Vec::<String>::new());
}

#[rstest]
fn r4_12_a_task_that_falls_due_is_told_once_for_each_time(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let maja = world.workspace.user();
    let jan = world.contact(&[("first_name", "Jan")]);
    let call = task(&world, jan, maja, "Call him", TimeDelta::hours(1));
    task(&world, jan, maja, "Long ago", TimeDelta::hours(-5));
    let look = || world.workspace.fall_due(Origin::Interface).unwrap();
    look();
    assert_eq!(titles(&world, maja), Vec::<String>::new(), "what was over when it was asked for fell due by no clock");
    // Nobody was there at that moment: it is told at the next start.
    world.clock.set(noon() + TimeDelta::hours(3));
    look();
    look();
    assert_eq!(titles(&world, maja), ["Due now: Call him"]);
    assert_eq!(world.store.acts(None, 1).unwrap()[0].act.what, "Told of a task that fell due");
    let edit = ActivityEdit { at: Some(noon() + TimeDelta::hours(5)), ..ActivityEdit::default() };
    world.does(Change::Amend { activity: call, edit: Box::new(edit), attach: Vec::new(), detach: Vec::new() });
    world.clock.set(noon() + TimeDelta::hours(6));
    look();
    look();
    assert_eq!(titles(&world, maja).len(), 2, "it is due at another time");
    let refused = world.refuses(Change::Due { tasks: vec![call] });
    assert!(refused.to_string().contains("by the program itself"), "{refused}");
}

#[rstest]
fn r4_12_owner_and_followers_hear_of_a_stage_once_each(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (ola, ewa) = (world.add_user("Ola", |_| {}), world.add_user("Ewa", |_| {}));
    let roof = world.create(Object::DEAL, &[("name", "Roof"), ("owner", "ola@lejek.example")]);
    for user in [ola, ewa] {
        let follow = Change::Follow { record: roof, follow: true };
        world.acting_as(user).perform(&follow, Origin::Interface).unwrap();
    }
    let before = titles(&world, ola).len();
    world.clock.set(noon() + TimeDelta::minutes(1));
    world.set(roof, "stage", "Contract sent").unwrap();
    assert_eq!(titles(&world, ewa), ["Moved to Contract sent: Roof"]);
    assert_eq!(titles(&world, ola).len(), before + 1, "owner and follower at once is told once");
    let (of_ola, of_ewa) = (centre(&world, ola).remove(0), centre(&world, ewa).remove(0));
    assert_eq!((of_ola.why.as_str(), of_ewa.why.as_str()), ("You own it.", "You follow it."));
    assert!(of_ola.body.contains("from Appointment scheduled to Contract sent, by Maja"), "{}", of_ola.body);
    let unfollow = Change::Follow { record: roof, follow: false };
    world.acting_as(ewa).perform(&unfollow, Origin::Interface).unwrap();
    world.set(roof, "stage", "Closed won").unwrap();
    assert_eq!(titles(&world, ewa).len(), 1);
}

#[rstest]
fn r4_14_a_note_tells_whom_it_mentions_and_an_edit_only_who_is_new(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (ola, ewa) = (world.add_user("Ola", |_| {}), world.add_user("Ewa", |_| {}));
    let jan = world.contact(&[("first_name", "Jan")]);
    let said = note(&world, jan, "Ask @ola about the roof, not @nobody and not @maja");
    assert_eq!(titles(&world, ola), ["Maja Sikorska mentioned you on Jan"]);
    assert_eq!(centre(&world, world.workspace.user()).len(), 0, "oneself");
    let edit = ActivityEdit { text: Some("Ask @ola and @ewa@lejek.example".into()), ..ActivityEdit::default() };
    world.does(Change::Amend { activity: said, edit: Box::new(edit), attach: Vec::new(), detach: Vec::new() });
    assert_eq!((titles(&world, ola).len(), titles(&world, ewa).len()), (1, 1));
    assert_eq!(centre(&world, ewa)[0].body, "Ask @ola and @ewa@lejek.example");
}

#[rstest]
fn r6_4_nobody_is_told_of_what_they_may_not_see_or_after_they_left(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let own = Permissions { view: Reach::Own, ..Permissions::ALL };
    let ola = world.add_user("Ola", |user| {
        user.permissions.insert(Object::CONTACT.0, own);
    });
    let ewa = world.add_user("Ewa", |user| user.active = false);
    let jan = world.contact(&[("first_name", "Jan")]);
    note(&world, jan, "@ola @ewa");
    assert_eq!((titles(&world, ola).len(), titles(&world, ewa).len()), (0, 0));
    let follow = Change::Follow { record: jan, follow: true };
    refusal(world.acting_as(ola).perform(&follow, Origin::Interface));
    self::own(&world, jan, "ola@lejek.example");
    assert_eq!(titles(&world, ola).len(), 1);
    self::own(&world, jan, "maja@lejek.example");
    let veiled = centre(&world, ola).remove(0);
    assert_eq!(
        (veiled.title.as_str(), veiled.about, veiled.body.as_str()),
        ("About one that you may not see", None, "")
    );
}

#[rstest]
fn r4_14_following_is_undone_merged_and_no_change_of_the_record(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { edit: Reach::None, ..Permissions::ALL });
    });
    let (jan, other) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jan")]));
    let updated = world.record(jan).unwrap().updated;
    world.clock.set(noon() + TimeDelta::hours(1));
    let follow = |record| Change::Follow { record, follow: true };
    let as_ola = world.acting_as(ola);
    let done = as_ola.perform(&follow(other), Origin::Interface).unwrap();
    assert_eq!(as_ola.perform(&follow(other), Origin::Interface).unwrap().act.0, 0, "it was so already");
    as_ola.perform(&Change::Undo { act: done.act }, Origin::Interface).unwrap();
    assert_eq!(world.record(other).unwrap().followers(), []);
    as_ola.perform(&Change::Redo { act: done.act }, Origin::Interface).unwrap();
    world.does(follow(jan));
    assert_eq!(world.record(jan).unwrap().updated, updated);
    let merged = world.does(Change::Merge { into: jan, from: other, take: Vec::new() });
    assert_eq!(world.record(jan).unwrap().followers(), [world.workspace.user(), ola]);
    world.undo(merged.act).unwrap();
    assert_eq!(world.record(jan).unwrap().followers(), [world.workspace.user()]);
}

#[rstest]
fn r4_9_the_centre_is_read_filtered_and_read_to_the_end(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    let as_ola = world.acting_as(ola);
    for (minute, name) in (0..).zip(["A", "B", "C"]) {
        world.clock.set(noon() + TimeDelta::minutes(minute));
        let one = world.contact(&[("first_name", name), ("owner", "ola@lejek.example")]);
        note(&world, one, "@ola");
    }
    let topic = InboxFilter { topic: Some(Topic::Mention), unread: false };
    assert_eq!((page(&as_ola, topic).matching, page(&as_ola, topic).unread), (3, 6));
    assert!(page(&as_ola, topic).items[0].title.ends_with("on C"), "newest first");
    let ids: Vec<_> = page(&as_ola, topic).items.iter().map(|one| one.id).collect();
    let unread = |reply| if let Reply::Unread(count) = reply { count } else { panic!("{reply:?}") };
    assert_eq!(unread(as_ola.ask(&Request::MarkRead { ids: ids.clone(), read: true })), 3);
    assert_eq!(unread(world.workspace.ask(&Request::MarkRead { ids: ids.clone(), read: false })), 0);
    assert_eq!(unread(as_ola.ask(&Request::Unread)), 3, "nobody else marks them");
    assert_eq!(page(&as_ola, InboxFilter { unread: true, topic: None }).matching, 3);
    assert_eq!(unread(as_ola.ask(&Request::MarkRead { ids: vec![ids[0]], read: false })), 4);
    assert_eq!(unread(as_ola.ask(&Request::AllRead)), 0);
    let acts = world.store.last_act();
    as_ola.ask(&Request::AllRead);
    assert_eq!(world.store.last_act(), acts, "reading is no act");
}

#[rstest]
fn r7_1_undo_withdraws_what_was_not_tried(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    tick(&world, ola, Topic::RecordAssigned, true);
    let jan = world.contact(&[("first_name", "Jan")]);
    let done = own(&world, jan, "ola@lejek.example");
    assert_eq!(outbox(&world.workspace).len(), 1);
    world.undo(done.act).unwrap();
    assert_eq!((titles(&world, ola).len(), outbox(&world.workspace).len()), (0, 0));
    world.redo(done.act).unwrap();
    assert_eq!((titles(&world, ola).len(), outbox(&world.workspace).len()), (1, 1), "told again, once");
    let one = centre(&world, ola).remove(0);
    let state = WayState::Delivered { at: noon() };
    world.store.settle_notifications(&[Settling::Tried { id: one.id, channel: ChannelKind::Email, state }]).unwrap();
    world.undo(done.act).unwrap();
    let stays = centre(&world, ola).remove(0);
    assert!(stays.withdrawn, "what was sent stays, marked");
    world.redo(done.act).unwrap();
    assert!(!centre(&world, ola)[0].withdrawn && outbox(&world.workspace).is_empty(), "not sent twice");
    assert_eq!(world.text(jan, "owner").as_deref(), Some("ola@lejek.example"));
}

#[rstest]
fn r5_9_what_is_erased_is_gone_from_the_centre_and_the_outbox(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    tick(&world, ola, Topic::Mention, true);
    let (jan, ewa) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Ewa")]));
    let said = note(&world, jan, "@ola: his number is 123");
    note(&world, ewa, "@ola: hers is 321");
    world.does(Change::Erase { what: vec![said.into()], confirmed: true });
    assert_eq!(titles(&world, ola), ["Maja Sikorska mentioned you on Ewa"]);
    world.does(Change::Erase { what: vec![ewa.into()], confirmed: true });
    assert_eq!((titles(&world, ola).len(), outbox(&world.workspace).len()), (0, 0));
    assert_eq!(world.store.check(true).unwrap().flaws, Vec::<String>::new());
}

#[rstest]
fn r4_11_what_is_ticked_no_more_is_not_sent(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    let jan = world.contact(&[("first_name", "Jan")]);
    own(&world, jan, "ola@lejek.example");
    assert!(outbox(&world.workspace).is_empty(), "nothing is ticked at first");
    tick(&world, ola, Topic::RecordAssigned, true);
    own(&world, jan, "maja@lejek.example");
    own(&world, jan, "ola@lejek.example");
    assert_eq!(outbox(&world.workspace).len(), 1);
    tick(&world, ola, Topic::RecordAssigned, false);
    let by = |channel| Deliverer { workspace: &world.workspace, channel, goes_on: &|| true }.round().unwrap();
    assert_eq!(by(ChannelKind::Email), Delivered { off: 1, ..Delivered::default() });
    assert_eq!((outbox(&world.workspace).len(), titles(&world, ola).len()), (0, 2), "the centre depends on none");
}

#[rstest]
fn r4_10_what_cannot_be_sent_is_tried_later_and_later_and_given_up_after_a_day(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    tick(&world, ola, Topic::RecordAssigned, true);
    let jan = world.contact(&[("first_name", "Jan"), ("owner", "ola@lejek.example")]);
    let round = || {
        let deliverer = Deliverer { workspace: &world.workspace, channel: ChannelKind::Email, goes_on: &|| true };
        deliverer.round().unwrap()
    };
    let mut waits = Vec::new();
    while let Some(due) = world.store.next_due(ChannelKind::Email).unwrap() {
        waits.push(due - world.workspace.now());
        world.clock.set(due);
        let came_to = round();
        assert_eq!(came_to.delivered + came_to.off, 0);
        assert_eq!(round(), Delivered::default(), "not before its time");
    }
    assert!(waits.len() > 20 && waits[1] < TimeDelta::seconds(31) && waits[10] > TimeDelta::minutes(20), "{waits:?}");
    assert_eq!(world.workspace.now(), noon() + TimeDelta::days(1));
    let WayState::GivenUp { why, .. } = outbox(&world.workspace).remove(0).state else { panic!("it is given up") };
    assert!(why.contains("smtp.host"), "{why}");
    let Reply::Outbox(again) = world.workspace.ask(&Request::Retry) else { panic!() };
    assert!(matches!(&again[0].state, WayState::Due { at, .. } if *at == world.workspace.now()));
    assert_eq!(round().failed, 1, "a day begins anew");
    let Reply::Channels(stands) = world.acting_as(ola).ask(&Request::Channels) else { panic!() };
    assert_eq!((stands[0].waiting, stands[0].leads.is_err()), (1, true));
    assert!(stands[0].last.as_ref().unwrap().error.as_ref().unwrap().contains("smtp.host"));
    assert_eq!(centre(&world, ola)[0].about, Some(jan.into()));
}

#[rstest]
fn r4_8_desktop_notices_go_to_one_window_of_their_user(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    let key = "notifications.record_assigned.desktop";
    world.acting_as(ola).perform(&settings(key, "true"), Origin::CommandLine).unwrap();
    world.contact(&[("first_name", "Jan"), ("owner", "ola@lejek.example")]);
    let of = |user: UserId, request: &Request| match world.workspace.acting_as(user).ask(request) {
        Reply::Popups(shown) => shown.into_iter().map(|one| one.id).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(of(world.workspace.user(), &Request::Popups), []);
    let shown = of(ola, &Request::Popups);
    assert_eq!((shown.len(), of(ola, &Request::Popups).len()), (1, 0), "another window is not given it");
    assert_eq!(of(ola, &Request::PopupsShown(shown)), []);
    assert!(outbox(&world.workspace).is_empty());
    world.contact(&[("first_name", "Ewa"), ("owner", "ola@lejek.example")]);
    world.clock.set(noon() + TimeDelta::days(2));
    assert_eq!(of(ola, &Request::Popups), [], "nobody wants to hear of it two days later");
    assert!(matches!(outbox(&world.workspace)[0].state, WayState::GivenUp { .. }));
}

#[test]
fn r4_10_both_stores_answer_alike_about_the_outbox() {
    let told = BOTH.map(|kept| {
        let world = World::new(kept);
        let ola = world.add_user("Ola", |_| {});
        tick(&world, ola, Topic::RecordAssigned, true);
        for n in 0..12 {
            world.clock.set(noon() + TimeDelta::minutes(n % 5));
            world.contact(&[("first_name", &format!("N{n}")), ("owner", "ola@lejek.example")]);
        }
        let ids: Vec<_> = centre(&world, ola).iter().map(|one| one.id).collect();
        let (channel, at) = (ChannelKind::Email, noon() + TimeDelta::minutes(2));
        let given_up = WayState::GivenUp { at, why: "no".into() };
        let late = WayState::Due { at: at + TimeDelta::days(1), since: at, tries: 2, last_error: None };
        world
            .store
            .settle_notifications(&[
                Settling::Tried { id: ids[0], channel, state: WayState::Delivered { at } },
                Settling::Tried { id: ids[1], channel, state: given_up.clone() },
                Settling::Tried { id: ids[2], channel, state: late },
                Settling::Tried { id: ids[3], channel, state: given_up },
                Settling::DueNow { id: ids[3], channel, at },
                Settling::Read { id: ids[4], read: true },
            ])
            .unwrap();
        assert_eq!(world.store.check(true).unwrap().flaws, Vec::<String>::new());
        let page = InboxAsk { filter: InboxFilter { unread: true, topic: None }, from: 3, limit: 4 };
        format!(
            "{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
            world.store.outbox(channel, 100).unwrap(),
            world.store.outbox_due(channel, at, 3).unwrap(),
            world.store.next_due(channel).unwrap(),
            world.store.inbox(ola, &page).unwrap(),
            world.store.unread_ids(ola).unwrap(),
        )
    });
    assert_eq!(told[0], told[1]);
}

#[rstest]
fn r4_7_boxes_are_each_users_own_and_all_off_at_first(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (ola, maja) = (world.add_user("Ola", |_| {}), world.workspace.user());
    let key = "notifications.mention.mobile";
    let shown = |user| world.store.settings().shown_to(key, user).unwrap();
    assert_eq!((shown(ola), shown(maja)), ("false".to_owned(), "false".to_owned()));
    let done = world.acting_as(ola).perform(&settings(key, "on"), Origin::CommandLine).unwrap();
    assert_eq!((shown(ola), shown(maja)), ("true".to_owned(), "false".to_owned()));
    world.acting_as(ola).perform(&Change::Undo { act: done.act }, Origin::CommandLine).unwrap();
    assert_eq!(shown(ola), "false", "whoever ticked it unticks it");
    let refused = refusal(world.acting_as(ola).perform(&settings("smtp.host", "x.example"), Origin::CommandLine));
    assert_eq!(refused.rule_id(), Some(Rule(6, 2)));
}
