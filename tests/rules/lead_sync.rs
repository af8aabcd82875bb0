//! Whose leads are, and which activities come to them (R1).

use crate::world::{Kept, World, made, refusal};
use chrono::TimeDelta;
use lejek::domain::activity::{Activity, ActivityEdit, ActivityKind, Details, Direction, LoggedFrom};
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Done, Origin, Question, Refusal, Rule};
use lejek::domain::id::{ActivityId, Object, RecordId, Ref, UserId};
use lejek::domain::logging::Logging;
use lejek::domain::user::{Permissions, Reach, Seat};
use lejek::workspace::import::ImportAsk;
use rstest::rstest;
use tempfile::TempDir;

const BOTH: [Kept; 2] = [Kept::InMemory, Kept::OnDisk];

pub fn settings(key: &str, value: &str) -> Change {
    Change::Settings { values: vec![(key.into(), value.into())] }
}

/// What rules did, but for whom they told.
pub fn effects(done: &Done) -> Vec<String> {
    let others = done.effects.iter().filter(|effect| effect.rule.0 != 4);
    others.map(|effect| format!("{} {}", effect.rule, effect.what)).collect()
}

pub fn lead(world: &World, name: &str, of: &[RecordId]) -> RecordId {
    made(&world.does(new_lead(world, name, of)))
}

fn new_lead(world: &World, name: &str, of: &[RecordId]) -> Change {
    let values = world.values(Object::LEAD, &[("name", name)]);
    Change::Create { object: Object::LEAD, values, associate: of.iter().map(|id| Tying::new(*id)).collect() }
}

pub fn call(on: RecordId) -> Logging {
    let details = Details::empty(ActivityKind::Call, Direction::Out, None);
    Logging::new(ActivityKind::Call, on, LoggedFrom::RecordPage, details)
}

pub fn logged(done: &Done) -> ActivityId {
    match done.refs.first() {
        Some(Ref::Activity(id)) => *id,
        other => panic!("nothing was logged: {other:?}"),
    }
}

/// The names of the leads that an activity is on.
fn on_leads(world: &World, id: ActivityId) -> Vec<String> {
    let activity: Activity = world.store.activity(id).unwrap().unwrap();
    let leads = activity.targets.iter().filter(|target| target.record.object == Object::LEAD);
    let mut names: Vec<String> = leads.map(|target| world.record(target.record).unwrap().name()).collect();
    names.sort();
    names
}

pub fn owner(world: &World, id: RecordId) -> Option<String> {
    world.text(id, "owner")
}

/// Two users besides the first, who may do everything.
fn team(world: &World) -> (UserId, UserId) {
    (world.add_user("Ola", |_| {}), world.add_user("Piotr", |_| {}))
}

const OLA: &str = "ola@lejek.example";
const PIOTR: &str = "piotr@lejek.example";
const MAJA: &str = "maja@lejek.example";

fn disqualify(world: &World, id: RecordId) {
    world.set(id, "stage", "Disqualified").unwrap();
}

#[rstest]
fn r1_1_a_lead_has_an_owner_who_is_a_user(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    team(&world);
    let roof = lead(&world, "Roof", &[world.contact(&[("first_name", "Jan")])]);
    assert_eq!(owner(&world, roof), None, "a new one has none");
    world.set(roof, "owner", OLA).unwrap();
    assert_eq!(owner(&world, roof).as_deref(), Some(OLA));
    assert_eq!(world.property(Object::LEAD, "owner"), lejek::domain::object::is::OWNER);
    let spec = world.store.settings().object(Object::LEAD).unwrap().clone();
    assert_eq!(spec.property(lejek::domain::object::is::OWNER).unwrap().kind, lejek::domain::property::Kind::User);
}

#[rstest]
fn r1_3_by_default_activities_do_not_reach_the_lead(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    lead(&world, "Roof", &[jan, acme]);
    for on in [jan, acme] {
        assert_eq!(on_leads(&world, logged(&world.does(Change::log(call(on))))), Vec::<String>::new());
    }
}

#[rstest]
fn r1_11_off_stops_both_and_undoes_nothing(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (ola, _) = team(&world);
    let jan = world.contact(&[("first_name", "Jan"), ("owner", OLA)]);
    world.does(settings("leads.sync_activities", "true"));
    world.does(Change::SyncOwner { existing: false });
    let by_maja = new_lead(&world, "Roof", &[jan]);
    assert_eq!(world.refuses(by_maja.clone()).rule_id(), Some(Rule(1, 8)));
    world.acting_as(ola).perform(&by_maja, Origin::CommandLine).unwrap();
    let before = logged(&world.does(Change::log(call(jan))));
    assert_eq!(on_leads(&world, before), ["Roof"]);

    world.does(settings("leads.sync_owner", "false"));
    world.does(settings("leads.sync_activities", "false"));
    let mut leads = Vec::new();
    world.store.each(Object::LEAD, &mut |record| leads.push(record.id)).unwrap();
    assert_eq!((on_leads(&world, before), owner(&world, leads[0]).as_deref()), (vec!["Roof".into()], Some(OLA)));
    world.set(jan, "owner", PIOTR).unwrap();
    assert_eq!(owner(&world, leads[0]).as_deref(), Some(OLA), "it goes its own way again");
    assert_eq!(on_leads(&world, logged(&world.does(Change::log(call(jan))))), Vec::<String>::new());
    world.does(by_maja);
}

#[rstest]
fn r1_2_by_default_a_lead_goes_its_own_way(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    team(&world);
    let jan = world.contact(&[("first_name", "Jan")]);
    let roof = lead(&world, "Roof", &[jan]);
    let done = world.set(jan, "owner", OLA).unwrap();
    assert_eq!((owner(&world, roof), effects(&done)), (None, Vec::new()));
    assert_eq!(on_leads(&world, logged(&world.does(Change::log(call(jan))))), Vec::<String>::new());
}

#[rstest]
fn r1_4_only_two_kinds_of_users_change_the_sync(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let rep = world.add_user("Ola", |user| user.seat = Seat::Sales);
    let editor = world.add_user("Piotr", |user| user.edit_property_settings = true);
    let nobody = world.add_user("Ewa", |_| {});
    for change in [
        settings("leads.sync_owner", "true"),
        Change::SyncOwner { existing: true },
        Change::TakeOwners { what: Vec::new() },
        settings("leads.sync_activities", "true"),
    ] {
        for user in [rep, nobody] {
            let acting = world.acting_as(user);
            let no = refusal(acting.perform_long(&change, Origin::CommandLine, &mut ()));
            assert_eq!(no.rule_id(), Some(Rule(6, 2)), "{no}");
            assert!(no.to_string().contains("Super Admin or Edit property settings. Maja Sikorska can"), "{no}");
        }
    }
    for key in ["leads.require_deal", "lifecycle.sync", "leads.lifecycle_on_associate_back"] {
        refusal(world.acting_as(nobody).perform(&settings(key, "true"), Origin::CommandLine));
        world.acting_as(rep).perform(&settings(key, "true"), Origin::CommandLine).unwrap();
    }
    world.acting_as(editor).perform(&Change::SyncOwner { existing: false }, Origin::CommandLine).unwrap();
    world.acting_as(editor).perform(&settings("leads.sync_activities", "true"), Origin::CommandLine).unwrap();
    let leads = &world.store.settings().leads;
    assert!(leads.sync_owner && leads.sync_activities && leads.require_deal);
}

#[rstest]
fn r1_6_an_open_lead_follows_its_contact_or_company(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    team(&world);
    let jan = world.contact(&[("first_name", "Jan"), ("owner", MAJA)]);
    let ewa = world.contact(&[("first_name", "Ewa"), ("owner", PIOTR)]);
    let acme = world.create(Object::COMPANY, &[("name", "Acme"), ("owner", MAJA)]);
    world.does(Change::SyncOwner { existing: false });
    let (roof, wall) = (lead(&world, "Roof", &[jan, acme]), lead(&world, "Wall", &[acme]));
    assert_eq!(owner(&world, roof).as_deref(), Some(MAJA), "from the moment it is made");

    let done = world.set(jan, "owner", OLA).unwrap();
    assert_eq!(effects(&done), ["R1.6 the lead has the owner of its contact"]);
    assert_eq!(done.effects[0].record, Some(Ref::Record(roof)));
    let done = world.set(acme, "owner", OLA).unwrap();
    assert_eq!(effects(&done), ["R1.6 the lead has the owner of its company"], "of the lead without a contact only");
    assert_eq!((owner(&world, roof).as_deref(), owner(&world, wall).as_deref()), (Some(OLA), Some(OLA)));

    world.set(roof, "owner", PIOTR).unwrap();
    world.set(jan, "city", "Łódź").unwrap();
    world.tie(roof, ewa);
    world.does(Change::dissociate(roof, acme));
    assert_eq!(owner(&world, roof).as_deref(), Some(PIOTR), "by hand, until what it follows changes");
    let primary = Tying { primary: true, ..Tying::new(ewa) };
    world.does(Change::Associate { one: roof, ties: vec![primary], off: Vec::new() });
    assert_eq!(owner(&world, roof).as_deref(), Some(PIOTR), "Ewa is Piotr's");
    let done = world.set(ewa, "owner", "").unwrap();
    assert_eq!(effects(&done), ["R1.6 the lead has no owner, as its contact has none"]);
    assert_eq!(owner(&world, roof), None);
    world.does(Change::Delete { what: vec![ewa.into()] });
    assert_eq!(owner(&world, roof).as_deref(), Some(OLA), "Jan takes over");
    world.tie(wall, jan);
    assert_eq!(owner(&world, wall).as_deref(), Some(OLA));
    world.set(jan, "owner", MAJA).unwrap();
    assert_eq!(owner(&world, wall).as_deref(), Some(MAJA), "it has a contact now");
    world.does(Change::dissociate(wall, jan));
    assert_eq!(owner(&world, wall).as_deref(), Some(OLA), "and its company's owner again");
}

#[rstest]
fn r1_7_turning_it_on_asks_about_the_leads_that_are_there(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    team(&world);
    let jan = world.contact(&[("first_name", "Jan"), ("owner", OLA)]);
    let leads: Vec<RecordId> = (0..4).map(|n| lead(&world, &format!("Lead {n}"), &[jan])).collect();
    world.set(leads[0], "owner", OLA).unwrap();
    disqualify(&world, leads[3]);
    let no = world.refuses(settings("leads.sync_owner", "yes"));
    assert_eq!(no, Refusal::Needs(Question::ExistingLeads { count: 2 }), "one has him already, one is closed");
    assert!(no.to_string().contains("2 open leads have another owner"), "{no}");
    assert!(!world.store.settings().leads.sync_owner, "Esc leaves it off");

    let done = world.does(Change::SyncOwner { existing: false });
    assert_eq!((owner(&world, leads[1]), effects(&done).len()), (None, 0));
    assert!(world.store.settings().leads.sync_owner);
    world.undo(done.act).unwrap();
    assert!(!world.store.settings().leads.sync_owner);

    let done = world.does(Change::SyncOwner { existing: true });
    assert_eq!(effects(&done), ["R1.7 the lead has the owner of its contact"; 2]);
    assert_eq!(done.what, "Turned on the sync of lead owners and gave 2 open leads their owner");
    assert_eq!((owner(&world, leads[1]).as_deref(), owner(&world, leads[3])), (Some(OLA), None));
    assert_eq!(world.does(settings("leads.sync_owner", "true")).act.0, 0, "it is on already: nothing to ask");
    world.undo(done.act).unwrap();
    assert_eq!((owner(&world, leads[1]), world.store.settings().leads.sync_owner), (None, false));
    world.redo(done.act).unwrap();
    assert_eq!(owner(&world, leads[2]).as_deref(), Some(OLA));
}

#[rstest]
fn r1_7_many_leads_are_one_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    team(&world);
    let jan = world.contact(&[("first_name", "Jan"), ("owner", OLA)]);
    let leads: Vec<RecordId> = (0..450).map(|n| lead(&world, &format!("Lead {n}"), &[jan])).collect();
    let done = world.does(Change::SyncOwner { existing: true });
    assert_eq!(effects(&done).len(), 450);
    assert_eq!(done.what, "Turned on the sync of lead owners and gave 450 open leads their owner");
    assert!(leads.iter().all(|lead| owner(&world, *lead).as_deref() == Some(OLA)));
    assert!(world.store.intents().unwrap().is_empty(), "it is whole");
    world.undo(done.act).unwrap();
    assert!(leads.iter().all(|lead| owner(&world, *lead).is_none()) && !world.store.settings().leads.sync_owner);
}

#[rstest]
fn r1_8_leads_come_from_ones_own_contacts(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    team(&world);
    let (hers, mine, nobodys) = (
        world.contact(&[("first_name", "Jan"), ("owner", OLA)]),
        world.contact(&[("first_name", "Ewa"), ("owner", MAJA)]),
        world.contact(&[("first_name", "Iza")]),
    );
    let acme = world.create(Object::COMPANY, &[("name", "Acme"), ("owner", OLA)]);
    let act = world.does(Change::SyncOwner { existing: false });
    let refuses = |of: &[RecordId], words: &str| {
        let no = world.refuses(new_lead(&world, "Roof", of));
        assert_eq!(no.rule_id(), Some(Rule(1, 8)), "{no}");
        assert!(no.to_string().contains(words), "`{words}` is not in: {no}");
    };
    refuses(&[hers], "Jan belongs to Ola");
    refuses(&[nobodys], "Iza has no owner");
    refuses(&[acme], "Acme belongs to Ola");
    refuses(&[hers, mine], "Jan belongs to Ola");
    lead(&world, "Of mine", &[acme, mine]);
    let values = world.values(Object::LEAD, &[("name", "Second is primary")]);
    let associate = vec![Tying::new(hers), Tying { primary: true, ..Tying::new(mine) }];
    world.does(Change::Create { object: Object::LEAD, values, associate });
    world.does(settings("leads.sync_owner", "false"));
    lead(&world, "Lifted", &[hers]);
    assert_ne!(act.act.0, 0);
}

#[test]
fn r1_8_an_import_is_refused_row_by_row() {
    for kept in BOTH {
        let (world, folder) = (World::new(kept), TempDir::new().unwrap());
        team(&world);
        world.contact(&[("email", "jan@x.example"), ("owner", OLA)]);
        world.contact(&[("email", "ewa@x.example"), ("owner", MAJA)]);
        world.does(Change::SyncOwner { existing: false });
        let path = folder.path().join("leads.csv");
        std::fs::write(&path, "Lead name,Associated Contact\nRoof,jan@x.example\nWall,ewa@x.example\n").unwrap();
        let ask = ImportAsk { files: vec![path], object: Some(Object::LEAD), ..ImportAsk::default() };
        let imported = world.workspace.import(&ask, &mut ()).unwrap();
        assert_eq!((imported.created, imported.skipped), (1, 1), "{:?}", imported.errors);
        let said = imported.errors.iter().find(|fault| fault.row == 1).unwrap();
        assert!(said.message.contains("belongs to Ola"), "{}", said.message);
    }
}

#[rstest]
fn r1_9_a_closed_lead_keeps_its_owner_until_it_is_open_again(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    team(&world);
    let jan = world.contact(&[("first_name", "Jan"), ("owner", MAJA)]);
    world.does(Change::SyncOwner { existing: false });
    let roof = lead(&world, "Roof", &[jan]);
    disqualify(&world, roof);
    let done = world.set(jan, "owner", OLA).unwrap();
    assert_eq!((owner(&world, roof).as_deref(), effects(&done).len()), (Some(MAJA), 0));
    world.set(roof, "stage", "Qualified").unwrap();
    assert_eq!(owner(&world, roof).as_deref(), Some(MAJA), "still closed");
    let done = world.set(roof, "stage", "New").unwrap();
    assert!(effects(&done).contains(&"R1.6 the lead has the owner of its contact".to_owned()), "{done:?}");
    assert_eq!(owner(&world, roof).as_deref(), Some(OLA));
    world.undo(done.act).unwrap();
    assert_eq!(owner(&world, roof).as_deref(), Some(MAJA));
}

#[rstest]
fn r1_10_activities_of_a_contact_come_to_its_open_leads(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, ewa) = (world.contact(&[("email", "jan@x.example")]), world.contact(&[("first_name", "Ewa")]));
    let acme = world.company("Acme");
    world.tie(jan, acme);
    for name in ["A", "B", "C"] {
        lead(&world, name, &[jan]);
    }
    disqualify(&world, lead(&world, "Closed", &[jan]));
    lead(&world, "Ewa's", &[ewa]);
    lead(&world, "Company's", &[acme]);
    world.does(settings("leads.sync_activities", "true"));
    let done = world.does(Change::log(call(jan)));
    assert_eq!(on_leads(&world, logged(&done)), ["A", "B", "C"], "three open leads, not the closed one");
    let whys = effects(&done);
    assert_eq!(whys.iter().filter(|why| why.starts_with("R1.10 ")).count(), 3, "{whys:?}");

    let of_company = logged(&world.does(Change::log(call(acme))));
    assert_eq!(on_leads(&world, of_company), Vec::<String>::new(), "only with a company: it reaches no lead");
    let amend = |id, attach: &[RecordId], detach: &[RecordId]| {
        let edit = Box::new(ActivityEdit::default());
        world.does(Change::Amend { activity: id, edit, attach: attach.to_vec(), detach: detach.to_vec() })
    };
    amend(of_company, &[ewa], &[]);
    assert_eq!(on_leads(&world, of_company), ["Ewa's"], "by hand too");

    let mut mail = call(ewa);
    (mail.kind, mail.from) = (ActivityKind::Email, LoggedFrom::Mobile);
    mail.details = Details::empty(ActivityKind::Email, Direction::Out, None);
    mail.with.push("jan@x.example".to_owned());
    let mail = logged(&world.does(Change::log(mail)));
    assert_eq!(on_leads(&world, mail), ["A", "B", "C", "Ewa's"], "after R3.8 too");
    let task = Details::empty(ActivityKind::Task, Direction::Out, None);
    let task = Logging::new(ActivityKind::Task, jan, LoggedFrom::Sequence, task);
    assert_eq!(on_leads(&world, logged(&world.does(Change::log(task)))), ["A", "B", "C"], "and after R3.11");
    world.does(settings("leads.sync_activities", "false"));
    assert_eq!(on_leads(&world, logged(&world.does(Change::log(call(jan))))).len(), 0, "R1.11");
    assert_eq!(on_leads(&world, mail).len(), 4, "and nothing is undone");
}

#[rstest]
fn r3_15_a_lead_that_was_taken_off_stays_off(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, ewa) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Ewa")]));
    let roof = lead(&world, "Roof", &[jan, ewa]);
    world.does(settings("leads.sync_activities", "true"));
    let id = logged(&world.does(Change::log(call(jan))));
    let amend = |attach: &[RecordId], detach: &[RecordId]| {
        world.clock.set(world.workspace.now() + TimeDelta::minutes(1));
        let edit = Box::new(ActivityEdit::default());
        world.does(Change::Amend { activity: id, edit, attach: attach.to_vec(), detach: detach.to_vec() })
    };
    amend(&[], &[roof]);
    let with_ewa = amend(&[ewa], &[]);
    assert_eq!(on_leads(&world, id).len(), 0, "taken off by hand before");
    world.undo(with_ewa.act).unwrap();
    amend(&[roof], &[]);
    amend(&[ewa], &[roof]);
    assert_eq!(on_leads(&world, id).len(), 0, "taken off in the same act");
    amend(&[roof], &[]);
    assert_eq!(on_leads(&world, id), ["Roof"]);
    let except = Logging { except: vec![roof], ..call(jan) };
    assert_eq!(on_leads(&world, logged(&world.does(Change::log(except)))).len(), 0, "unticked before it was saved");

    let company = world.company("Beta");
    let plain = logged(&world.does(Change::log(call(company))));
    let on = |attach: &[RecordId]| {
        let edit = Box::new(ActivityEdit::default());
        world.does(Change::Amend { activity: plain, edit, attach: attach.to_vec(), detach: Vec::new() })
    };
    let done = on(&[jan]);
    assert_eq!(on_leads(&world, plain), ["Roof"]);
    world.undo(done.act).unwrap();
    assert_eq!(on_leads(&world, plain).len(), 0, "undo takes the effect back");
    on(&[jan]);
    assert_eq!(on_leads(&world, plain), ["Roof"], "nobody had taken it off");
}

#[rstest]
fn r3_20_leads_come_along_as_far_as_there_is_room(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, ewa) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Ewa")]));
    for name in ["A", "B", "C"] {
        lead(&world, name, &[jan]);
    }
    lead(&world, "D", &[ewa]);
    world.does(settings("leads.sync_activities", "true"));
    world.does(settings("activities.limits", "call>lead=2"));
    let done = world.does(Change::log(call(jan)));
    assert_eq!(on_leads(&world, logged(&done)), ["A", "B"]);
    assert_eq!(done.skipped, ["C: a call may have 2 leads at most"]);
    let edit = Box::new(ActivityEdit::default());
    world.does(Change::Amend { activity: logged(&done), edit, attach: vec![ewa], detach: Vec::new() });
    assert_eq!(on_leads(&world, logged(&done)), ["A", "B"], "no room for D");
}

#[rstest]
fn r6_4_effects_need_no_permission(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let rep = world.add_user("Ola", |user| {
        let none = Permissions { view: Reach::None, edit: Reach::None, create: false, ..Permissions::ALL };
        user.permissions.insert(Object::LEAD.0, none);
    });
    let jan = world.contact(&[("first_name", "Jan"), ("owner", MAJA)]);
    world.does(Change::SyncOwner { existing: false });
    world.does(settings("leads.sync_activities", "true"));
    world.does(settings("leads.create_on_lifecycle", "Lead"));
    let roof = lead(&world, "Roof", &[jan]);
    let acting = world.acting_as(rep);
    let values = world.values(Object::CONTACT, &[("owner", OLA)]).into_iter().map(|(id, value)| (id, Some(value)));
    acting.perform(&Change::Set { record: jan, values: values.collect() }, Origin::CommandLine).unwrap();
    assert_eq!(owner(&world, roof).as_deref(), Some(OLA));
    let done = acting.perform(&Change::log(call(jan)), Origin::CommandLine).unwrap();
    assert_eq!(on_leads(&world, logged(&done)), ["Roof"]);
    let values = world.values(Object::CONTACT, &[("first_name", "Ewa"), ("lifecycle_stage", "Lead")]);
    let create = Change::Create { object: Object::CONTACT, values, associate: Vec::new() };
    let done = acting.perform(&create, Origin::CommandLine).unwrap();
    assert!(effects(&done)[0].starts_with("R2.4"), "{done:?}");
    refusal(acting.perform(&new_lead(&world, "By hand", &[jan]), Origin::CommandLine));
}
