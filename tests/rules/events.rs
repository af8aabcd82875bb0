//! What other programs tell (R4.1): whom an event finds, what becomes of one that finds nobody, and that it is no
//! activity.

use crate::world::{Kept, World};
use chrono::{DateTime, TimeDelta, Utc};
use lejek::domain::activity::{Activity, ActivityEdit, Details};
use lejek::domain::change::{Change, Done, Origin};
use lejek::domain::event::{EventRow, Written};
use lejek::domain::id::{ActivityId, Object, RecordId, Ref};
use lejek::domain::user::{Permissions, Reach, Viewer};
use rstest::rstest;

pub fn row(world: &World, kind: &str, whom: &str, id: Option<&str>) -> EventRow {
    let clock = world.store.settings().clock(world.workspace.now());
    let (email, domain) = if whom.contains('@') { (Some(whom), None) } else { (None, Some(whom)) };
    EventRow::of(1, &Written { kind, email, domain, id, ..Written::default() }, &clock).unwrap()
}

pub fn event(world: &World, kind: &str, whom: &str) -> Done {
    world.does(Change::Events { rows: vec![row(world, kind, whom, None)] })
}

/// The same at another time.
pub fn event_at(world: &World, kind: &str, whom: &str, at: DateTime<Utc>) -> Done {
    world.does(Change::Events { rows: vec![EventRow { at: Some(at), ..row(world, kind, whom, None) }] })
}

pub fn taken(done: &Done) -> ActivityId {
    match done.refs.first() {
        Some(Ref::Activity(id)) => *id,
        other => panic!("no event was taken in: {other:?}"),
    }
}

fn stands(world: &World, id: ActivityId) -> Activity {
    world.store.activity(id).unwrap().unwrap()
}

/// The records that an event is on, with their reasons.
fn on(world: &World, id: ActivityId) -> Vec<(RecordId, String)> {
    stands(world, id).targets.iter().map(|target| (target.record, target.why.sentence().to_owned())).collect()
}

fn awaited(world: &World) -> Vec<ActivityId> {
    world.workspace.awaited(0, 100).unwrap().rows.into_iter().map(|item| item.activity.id).collect()
}

pub fn jan(world: &World) -> RecordId {
    world.contact(&[
        ("first_name", "Jan"),
        ("last_name", "Kowalski"),
        ("email", "jan@acme.pl"),
        ("emails", "j@home.pl"),
    ])
}

pub fn acme(world: &World) -> RecordId {
    world.create(Object::COMPANY, &[("name", "Acme"), ("domain", "acme.pl"), ("domains", "acme.com")])
}

#[rstest]
fn r4_1_an_event_goes_to_its_contact_by_any_address_and_to_the_primary_company_of_the_moment(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (jan, acme) = (jan(&world), acme(&world));
    let before = taken(&event(&world, "page_viewed", "Jan@ACME.pl"));
    world.tie(jan, acme);
    let after = taken(&event(&world, "Pricing page viewed", "J@home.pl"));
    let (named, company) = ("the event names it".to_owned(), "primary company of its contact".to_owned());
    assert_eq!(on(&world, before), [(jan, named.clone())]);
    assert_eq!(on(&world, after), [(jan, named.clone()), (acme, company)]);
    let of_company = taken(&event(&world, "demo_requested", "www.acme.com"));
    assert_eq!(on(&world, of_company), [(acme, named)]);
    assert_eq!(stands(&world, after).subject, "Pricing page viewed");
    let timeline = world.store.entries(acme).unwrap();
    assert_eq!(timeline.len(), 2);
    assert!(awaited(&world).is_empty());
}

#[rstest]
fn r4_1_an_unknown_one_is_kept_and_shown_and_joins_whoever_gets_the_address(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let first = taken(&event_at(&world, "sign_up", "jan@acme.pl", world.workspace.now() - TimeDelta::days(2)));
    let other = taken(&event(&world, "sign_up", "j@home.pl"));
    let company = taken(&event(&world, "page_viewed", "acme.com"));
    assert_eq!(awaited(&world), [company, other, first]);
    let acme = acme(&world);
    assert_eq!((awaited(&world), on(&world, company).len()), (vec![other, first], 1));
    let values = world.values(Object::CONTACT, &[("first_name", "Jan"), ("email", "jan@acme.pl")]);
    let associate = vec![lejek::domain::association::Tying::new(acme)];
    let done = world.does(Change::Create { object: Object::CONTACT, values, associate });
    let jan = crate::world::made(&done);
    let why = "the event awaited this address".to_owned();
    assert_eq!(on(&world, first), [(jan, why.clone()), (acme, "primary company of its contact".to_owned())]);
    assert!(done.effects.iter().all(|effect| effect.rule.to_string() == "R4.1"), "{:?}", done.effects);
    world.set(jan, "emails", "j@home.pl").unwrap();
    assert_eq!(on(&world, other)[0], (jan, why));
    assert_eq!((awaited(&world), stands(&world, other).home()), (Vec::new(), jan));
    // Undoing that sends it back to those that are awaited.
    world.undo(world.store.last_act()).unwrap();
    assert_eq!(awaited(&world), [other]);
    world.undo(done.act).unwrap();
    assert_eq!(awaited(&world), [other, first]);
    check(&world);
}

#[rstest]
fn r4_1_whoever_comes_back_by_restore_or_by_merge_gets_what_came_meanwhile(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let jan = jan(&world);
    world.does(Change::Delete { what: vec![jan.into()] });
    let event = taken(&event(&world, "sign_up", "jan@acme.pl"));
    assert_eq!(awaited(&world), [event]);
    world.does(Change::Restore { what: vec![jan.into()], without: Vec::new() });
    assert_eq!(on(&world, event)[0].0, jan);
    let other = world.contact(&[("first_name", "Jan"), ("email", "jan@other.pl")]);
    world.does(Change::Merge { into: other, from: jan, take: Vec::new() });
    assert_eq!(on(&world, event)[0].0, other, "it goes along to the one that stays");
    let after = taken(&crate::events::event(&world, "page_viewed", "jan@acme.pl"));
    assert_eq!(on(&world, after)[0].0, other);
    // An awaited event that lay in the bin finds whoever is there by now.
    let late = taken(&crate::events::event(&world, "page_viewed", "ewa@acme.pl"));
    world.does(Change::Delete { what: vec![late.into()] });
    assert!(awaited(&world).is_empty());
    let ewa = world.contact(&[("first_name", "Ewa"), ("email", "ewa@acme.pl")]);
    world.does(Change::Restore { what: vec![late.into()], without: Vec::new() });
    assert_eq!(on(&world, late)[0].0, ewa);
    check(&world);
}

#[rstest]
fn r4_1_the_same_id_counts_once_also_when_it_lies_in_the_bin(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = jan(&world);
    let rows = |ids: &[&str]| Change::Events {
        rows: ids.iter().map(|id| row(&world, "sign_up", "jan@acme.pl", Some(id))).collect(),
    };
    let done = world.does(rows(&["e-1", "e-1", "e-2"]));
    assert_eq!((done.refs.len(), done.what.as_str()), (2, "Took in 2 events"));
    world.does(Change::Delete { what: vec![done.refs[0]] });
    assert_eq!(world.does(rows(&["e-1", "e-2"])).refs, []);
    assert_eq!(world.store.entries(jan).unwrap().len(), 1);
}

#[rstest]
fn r4_1_what_an_event_must_be_is_said_with_the_next_step(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let refused = |row: EventRow| world.refuses(Change::Events { rows: vec![row] }).to_string();
    let sentence = refused(row(&world, "webinar_attended", "jan@acme.pl", None));
    assert_eq!(
        sentence,
        "There is no kind of event “webinar_attended”. `lejek settings events.kinds webinar_attended` adds it, with a * \
         where it is of high value"
    );
    let ahead = |hours| Some(world.workspace.now() + TimeDelta::hours(hours));
    let late = EventRow { at: ahead(25), ..row(&world, "sign_up", "jan@acme.pl", None) };
    assert!(refused(late).contains("more than a day ahead"));
    let soon = EventRow { at: ahead(23), ..row(&world, "sign_up", "jan@acme.pl", None) };
    let soon = taken(&world.does(Change::Events { rows: vec![soon] }));
    assert_eq!(awaited(&world), [soon]);
    world.does(Change::Settings { values: vec![("events.kinds".into(), "webinar_attended*".into())] });
    assert_eq!(stands(&world, taken(&event(&world, "webinar_attended", "jan@acme.pl"))).subject, "Webinar attended");
    let shown = world.store.settings().shown("events.kinds").unwrap();
    assert_eq!(shown, "pricing_page_viewed*;demo_requested*;sign_up*;page_viewed;webinar_attended*");
    let wrong = Change::Settings { values: vec![("events.kinds".into(), "No Kind".into())] };
    assert!(world.refuses(wrong).to_string().contains("webinar_attended"));
}

#[rstest]
fn r4_1_of_several_each_is_judged_by_itself(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    jan(&world);
    let mut rows = vec![row(&world, "sign_up", "jan@acme.pl", None), row(&world, "nothing", "jan@acme.pl", None)];
    rows.push(row(&world, "sign_up", "ewa@acme.pl", None));
    assert_eq!(world.does(Change::Events { rows }).refs.len(), 2);
    assert_eq!(awaited(&world).len(), 1);
}

#[rstest]
fn r4_1_an_event_can_be_deleted_restored_and_erased_and_not_changed(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let jan = jan(&world);
    let id = taken(&event(&world, "sign_up", "jan@acme.pl"));
    let edit = Box::new(ActivityEdit { subject: Some("Else".into()), ..ActivityEdit::default() });
    let amend = |edit, detach| Change::Amend { activity: id, edit, attach: Vec::new(), detach };
    assert!(world.refuses(amend(edit, Vec::new())).to_string().contains("can't be changed"));
    assert!(world.refuses(amend(Box::default(), vec![jan])).to_string().contains("can't be changed"));
    assert!(world.refuses(Change::Pin { record: jan, activity: Some(id) }).to_string().contains("can't be pinned"));
    world.does(Change::Delete { what: vec![id.into()] });
    world.does(Change::Restore { what: vec![id.into()], without: Vec::new() });
    assert_eq!(on(&world, id)[0].0, jan);
    world.does(Change::Erase { what: vec![id.into()], confirmed: true });
    assert_eq!((world.store.activity(id).unwrap(), world.store.entries(jan).unwrap().len()), (None, 0));
    check(&world);
}

#[rstest]
fn r4_1_one_that_is_awaited_lies_in_the_bin_by_itself(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (jan(&world), acme(&world));
    let waits = taken(&event(&world, "sign_up", "ewa@acme.pl"));
    let of_jan = taken(&event(&world, "sign_up", "jan@acme.pl"));
    world.does(Change::Delete { what: vec![waits.into(), jan.into()] });
    let in_bin = || match world.workspace.ask(&lejek::workspace::request::Request::Bin(None)) {
        lejek::workspace::request::Reply::Bin(all) => all.iter().map(|one| one.of()).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert!(in_bin().contains(&waits.into()) && !in_bin().contains(&of_jan.into()), "that one went along");
    check(&world);
    world.does(Change::Restore { what: vec![waits.into()], without: Vec::new() });
    assert_eq!((awaited(&world), in_bin()), (vec![waits], vec![jan.into()]));
    // Undoing a deletion brings a contact back too, and what came for it meanwhile finds it.
    let deleted = world.does(Change::Delete { what: vec![acme.into()] });
    let meanwhile = taken(&event(&world, "page_viewed", "acme.pl"));
    let undone = world.undo(deleted.act).unwrap();
    assert_eq!(on(&world, meanwhile)[0].0, acme);
    world.undo(undone.act).unwrap();
    assert!(awaited(&world).contains(&meanwhile) && world.record(acme).is_none());
    check(&world);
}

#[rstest]
fn r4_1_what_an_event_carries_is_kept_as_it_was_given(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    jan(&world);
    let data = format!("{{\"long\": \"{}\"}}", "ł".repeat(30_000));
    let row = EventRow { data: data.clone(), ..row(&world, "sign_up", "jan@acme.pl", None) };
    let id = taken(&world.does(Change::Events { rows: vec![row] }));
    assert!(matches!(stands(&world, id).details, Details::Event { data: kept, .. } if kept == data));
    check(&world);
}

#[rstest]
fn r6_4_whoever_may_not_see_a_contact_neither_sees_its_events_nor_brings_one(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    jan(&world);
    event(&world, "sign_up", "jan@acme.pl");
    let id = taken(&event(&world, "sign_up", "nobody@acme.pl"));
    let narrow = world.add_user("Ola", |user| {
        let own = Permissions { view: Reach::Own, edit: Reach::Own, create: false, ..Permissions::ALL };
        user.permissions = [(Object::CONTACT.0, own), (Object::COMPANY.0, own)].into_iter().collect();
    });
    let ola = world.acting_as(narrow);
    assert_eq!(ola.awaited(0, 10).unwrap().matching, 0);
    assert!(!ola.sees_activity(&stands(&world, id)).unwrap());
    for whom in ["jan@acme.pl", "new@acme.pl"] {
        let rows = vec![row(&world, "sign_up", whom, None)];
        let refused = crate::world::refusal(ola.perform(&Change::Events { rows }, Origin::CommandLine));
        assert!(!refused.to_string().contains("Jan"), "{refused}");
    }
    let delete = Change::Delete { what: vec![id.into()] };
    crate::world::refusal(ola.perform(&delete, Origin::CommandLine));
}

#[rstest]
fn r4_1_with_an_erased_record_goes_every_event_that_names_it(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (jan(&world), acme(&world));
    world.tie(jan, acme);
    let on_both = taken(&event(&world, "sign_up", "jan@acme.pl"));
    let of_company = taken(&event(&world, "sign_up", "acme.pl"));
    world.does(Change::Delete { what: vec![jan.into()] });
    let waits = taken(&event(&world, "sign_up", "j@home.pl"));
    world.does(Change::Erase { what: vec![jan.into()], confirmed: true });
    let there = |id| world.store.activity(id).unwrap().is_some();
    assert_eq!([on_both, of_company, waits].map(there), [false, true, false]);
    check(&world);
}

#[rstest]
fn r4_1_an_event_is_no_activity(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = jan(&world);
    world.store.prepare(Object::CONTACT, world.workspace.now()).unwrap();
    let lead = crate::world::made(&world.does(Change::Create {
        object: Object::LEAD,
        values: world.values(Object::LEAD, &[("name", "Roof")]),
        associate: vec![lejek::domain::association::Tying::new(jan)],
    }));
    let on = |key: &str, value: &str| world.does(Change::Settings { values: vec![(key.into(), value.into())] });
    on("leads.sync_activities", "true");
    on("leads.stage_automation", "Leads=Attempting>Connected");
    on("activities.limits", "note>contact=1");
    let before = world.record(lead);
    event(&world, "sign_up", "jan@acme.pl");
    event_at(&world, "sign_up", "jan@acme.pl", world.workspace.now() + TimeDelta::hours(2));
    assert_eq!(world.record(lead), before, "R2.16: no lead moves on");
    assert!(world.store.entries(lead).unwrap().is_empty(), "R1.10: none comes to a lead");
    let now = world.workspace.now();
    let detail = world.store.detail(jan, &Viewer::EVERYTHING, now, 10).unwrap().unwrap();
    assert_eq!((detail.row.derived.last_activity, detail.row.derived.next_activity), (None, None));
    let query = lejek::domain::query::Query::all(Object::CONTACT, Viewer::EVERYTHING);
    let rows = world.store.page(&query, now, 0, 10).unwrap().rows;
    assert_eq!((rows[0].derived.last_activity, rows[0].derived.next_activity), (None, None));
    assert_eq!((detail.outreach, detail.activities), (lejek::domain::answer::Outreach::default(), 2));
    assert!(world.store.unassociated(&Viewer::EVERYTHING).unwrap().is_empty());
    event(&world, "sign_up", "nobody@acme.pl");
    assert!(world.store.unassociated(&Viewer::EVERYTHING).unwrap().is_empty(), "R3.16");
    let year = lejek::domain::logging::past::Timeframe::All;
    assert_eq!(lejek::rules::past(world.store.as_ref(), jan, year, now).unwrap(), [], "R3.17");
}

/// What the store holds is whole.
pub fn check(world: &World) {
    assert_eq!(world.store.check(true).unwrap().flaws, Vec::<String>::new());
}
