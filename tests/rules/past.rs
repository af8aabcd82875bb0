//! Past activities onto a new deal or ticket (R3.17), limits (R3.20), the table as it is set (R3.13), through both
//! stores.

use crate::resume::StopsAfter;
use crate::world::{Kept, World, made};
use chrono::Duration;
use lejek::domain::activity::{Activity, ActivityKind, Details, Direction, LoggedFrom, Target};
use lejek::domain::association::Tying;
use lejek::domain::change::{Author, Change, Done, Op, Origin, Reason};
use lejek::domain::id::{ActNo, ActivityId, Object, RecordId};
use lejek::domain::logging::Logging;
use lejek::domain::logging::past::Timeframe;
use lejek::domain::moving::{Given, Move};
use lejek::domain::object::custom::ObjectForm;
use lejek::domain::record::Stamp;
use lejek::workspace::request::{Reply, Request};
use rstest::rstest;

fn logging(kind: ActivityKind, on: RecordId, from: LoggedFrom) -> Logging {
    Logging::new(kind, on, from, Details::empty(kind, Direction::Out, None))
}

fn on_day(kind: ActivityKind, on: RecordId, days_ago: i64) -> Logging {
    let at = Some(crate::world::noon() - Duration::days(days_ago));
    Logging { at, ..logging(kind, on, LoggedFrom::RecordPage) }
}

fn new(world: &World, object: Object, name: &str, past: &[(RecordId, Timeframe)]) -> Change {
    let tying = |(other, timeframe): &(RecordId, Timeframe)| Tying { past: Some(*timeframe), ..Tying::new(*other) };
    let values = world.values(object, &[("name", name)]);
    Change::Create { object, values, associate: past.iter().map(tying).collect() }
}

fn asked(world: &World, past: &[(RecordId, Timeframe)]) -> Vec<usize> {
    match world.workspace.ask(&Request::PastActivities(past.to_vec())) {
        Reply::PastActivities(counts) => counts,
        other => panic!("{other:?}"),
    }
}

fn whys(world: &World, on: RecordId) -> Vec<(String, String)> {
    let entries = world.store.entries(on).unwrap();
    let activities = entries.into_iter().map(|entry| world.store.activity(entry.id).unwrap().unwrap());
    let why = |activity: Activity| {
        let target = activity.targets.into_iter().find(|target| target.record == on).unwrap();
        (activity.kind.row().name.to_owned(), target.why.sentence().to_owned())
    };
    let mut whys: Vec<_> = activities.map(why).collect();
    whys.sort();
    whys
}

fn set(world: &World, key: &str, value: &str) -> Done {
    world.does(Change::Settings { values: vec![(key.to_owned(), value.to_owned())] })
}

/// Names of where it goes, besides where it is logged.
fn aims(world: &World, asked: &Logging) -> Vec<String> {
    let aims = world.workspace.aims(asked).unwrap();
    aims.records.iter().map(|aimed| world.record(aimed.record).unwrap().name()).collect()
}

#[rstest]
fn r3_17_past_activities_come_along_by_type_and_time(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    for kind in ActivityKind::ALL {
        world.does(Change::log(on_day(*kind, jan, 10)));
    }
    world.does(Change::log(on_day(ActivityKind::Note, acme, 20)));
    world.does(Change::log(on_day(ActivityKind::Call, jan, 40)));
    world.does(Change::log(on_day(ActivityKind::Call, jan, 80)));
    world.does(Change::log(on_day(ActivityKind::Call, jan, 300)));
    world.does(Change::log(on_day(ActivityKind::Call, jan, 400)));
    world.does(Change::log(on_day(ActivityKind::Meeting, jan, -3)));
    let day = |ago: i64| (crate::world::noon() - Duration::days(ago)).date_naive();
    let counts = [
        (Timeframe::Days(30), 5),
        (Timeframe::Days(60), 6),
        (Timeframe::Days(90), 7),
        (Timeframe::Year, 8),
        (Timeframe::All, 10),
        (Timeframe::Between(day(40), day(40)), 1),
        (Timeframe::Between(day(9), day(0)), 0),
    ];
    for (timeframe, count) in counts {
        assert_eq!(asked(&world, &[(jan, timeframe)]), [count], "{timeframe:?}");
    }
    // What both have comes once.
    let both = [(jan, Timeframe::Days(30)), (acme, Timeframe::Days(30))];
    assert_eq!(asked(&world, &both), [5, 6]);
    let done = world.does(new(&world, Object::DEAL, "Roof", &both));
    assert_eq!(done.what, "Created Roof with 6 past activities");
    let roof = made(&done);
    let of = |name: &str, from: &str| (name.to_owned(), format!("past activity of its {from}, the last 30 days"));
    let jans = ["call", "email", "meeting", "note", "task"].map(|name| of(name, "contact"));
    let mut wanted: Vec<_> = jans.into_iter().chain([of("note", "company")]).collect();
    wanted.sort();
    assert_eq!(whys(&world, roof), wanted);
    world.undo(done.act).unwrap();
    assert!(world.record(roof).is_none() && world.store.entries(roof).unwrap().is_empty(), "one undo takes it back");
    assert_eq!(world.store.entries(jan).unwrap().len(), 14);
    world.redo(done.act).unwrap();
    assert_eq!(whys(&world, roof).len(), 6);
    let ticket = made(&world.does(new(&world, Object::TICKET, "Leak", &[(jan, Timeframe::Year)])));
    assert_eq!(whys(&world, ticket).len(), 8);
}

#[rstest]
fn r3_17_only_onto_deals_and_tickets(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, roof) = (world.contact(&[("first_name", "Jan")]), world.create(Object::DEAL, &[("name", "Roof")]));
    for change in [
        new(&world, Object::LEAD, "Lead", &[(jan, Timeframe::All)]),
        new(&world, Object::DEAL, "Deal", &[(roof, Timeframe::All)]),
    ] {
        let refused = world.refuses(change);
        assert_eq!(refused.rule_id().map(|rule| rule.to_string()), Some("R3.17".to_owned()), "{refused}");
    }
}

#[rstest]
fn r3_17_ten_thousand_come_along_in_one_act(#[values(Kept::OnDisk)] kept: Kept) {
    const MANY: u128 = 10_000;
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let at = world.workspace.now();
    let call = |n: u128| {
        Op::Log(Box::new(Activity {
            id: ActivityId(uuid::Uuid::from_u128(u128::MAX - n)),
            version: 1,
            kind: ActivityKind::Call,
            at: at - Duration::minutes(n as i64),
            subject: String::new(),
            text: "asked for a quote".to_owned(),
            details: Details::empty(ActivityKind::Call, Direction::Out, None),
            logged_on: jan,
            logged_from: LoggedFrom::Import,
            stamp: Stamp { at, by: Author::Program, origin: Origin::Demo, act: ActNo(2) },
            targets: vec![Target { record: jan, at, why: Reason::rule(3, 2, "logged here") }],
        }))
    };
    world.does(Change::Seed { ops: (0..MANY).map(call).collect() });
    let done = world.does(new(&world, Object::DEAL, "Roof", &[(jan, Timeframe::All)]));
    assert_eq!(done.what, "Created Roof with 10000 past activities");
    assert_eq!(done.refs.len(), 1, "{:?}", done.refs);
    assert_eq!(world.store.entries(made(&done)).unwrap().len(), MANY as usize);
    let head = world.store.act(done.act).unwrap().unwrap();
    assert_eq!(head.last.0 - head.first.0, 50, "no commit has more than 200");
    world.undo(done.act).unwrap();
    assert_eq!(world.store.entries(made(&done)).unwrap().len(), 0);
}

#[rstest]
fn r3_13_the_table_is_set_by_super_admins_and_the_most_specific_row_wins(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    let deals: Vec<RecordId> = (0..7).map(|n| world.create(Object::DEAL, &[("name", &format!("D{n}"))])).collect();
    world.tie(jan, acme);
    for deal in &deals {
        world.clock.set(world.workspace.now() + Duration::minutes(1));
        world.tie(jan, *deal);
    }
    world.does(Change::AddObject { form: Box::new(ObjectForm::new("Project", "Projects")) });
    let project = world.create(Object::FIRST_CUSTOM, &[("name", "House")]);
    world.tie(project, deals[0]);
    let call = |from| logging(ActivityKind::Call, jan, from);
    assert_eq!(aims(&world, &call(LoggedFrom::RecordPage)), ["Acme", "D6", "D5", "D4", "D3", "D2"]);
    let rows = "contact,any,any=7 deals; contact,call,any=primary company; contact,any,mobile=none; \
                contact,call,mobile=1 deal; project,any,any=5 deals";
    let act = set(&world, "activities.table", rows).act;
    assert_eq!(aims(&world, &call(LoggedFrom::RecordPage)), ["Acme"]);
    assert_eq!(aims(&world, &call(LoggedFrom::Mobile)), ["D6"]);
    assert_eq!(aims(&world, &logging(ActivityKind::Note, jan, LoggedFrom::Mobile)), [] as [&str; 0]);
    assert_eq!(aims(&world, &logging(ActivityKind::Note, jan, LoggedFrom::Import)).len(), 7);
    assert_eq!(aims(&world, &logging(ActivityKind::Note, project, LoggedFrom::Import)), ["D0"]);
    world.undo(act).unwrap();
    assert_eq!(aims(&world, &call(LoggedFrom::Mobile)), ["Acme", "D6", "D5", "D4", "D3", "D2"]);
    world.redo(act).unwrap();
    set(&world, "activities.table", "default");
    assert_eq!(aims(&world, &logging(ActivityKind::Note, project, LoggedFrom::Import)), [] as [&str; 0]);
    let refused = world.refuses(Change::Settings {
        values: vec![("activities.table".to_owned(), "contact,call,any=21 deals".to_owned())],
    });
    assert_eq!(refused.rule_id().map(|rule| rule.to_string()), Some("R3.13".to_owned()));
    let adam = world.add_user("Adam", |user| user.edit_property_settings = true);
    let change = Change::Settings { values: vec![("activities.table".to_owned(), "default".to_owned())] };
    assert!(world.acting_as(adam).perform_long(&change, Origin::CommandLine, &mut ()).is_err());
}

#[rstest]
fn r3_13_a_reply_follows_the_rows_of_e_mails_where_none_is_about_replies(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (leak, acme) = (world.create(Object::TICKET, &[("name", "Leak")]), world.company("Acme"));
    world.tie(leak, acme);
    let mut mail = logging(ActivityKind::Email, leak, LoggedFrom::RecordPage);
    if let Details::Email { thread, .. } = &mut mail.details {
        *thread = Some("t".to_owned());
    }
    world.does(Change::log(mail.clone()));
    assert_eq!(aims(&world, &mail), ["Acme"]);
    set(&world, "activities.table", "ticket,email,any=none");
    assert_eq!(aims(&world, &mail), [] as [&str; 0]);
}

#[rstest]
fn r3_20_rules_stop_at_the_limit_and_a_tick_beyond_it_is_refused(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let deals: Vec<RecordId> = (0..4).map(|n| world.create(Object::DEAL, &[("name", &format!("D{n}"))])).collect();
    for deal in &deals[..3] {
        world.clock.set(world.workspace.now() + Duration::minutes(1));
        world.tie(jan, *deal);
    }
    let before = world.does(Change::log(logging(ActivityKind::Call, jan, LoggedFrom::RecordPage)));
    let lejek::domain::id::Ref::Activity(before) = before.refs[0] else { panic!() };
    set(&world, "activities.limits", "call>deal=2;call>contact=1");
    let targets = |id| world.store.activity(id).unwrap().unwrap().targets.len();
    assert_eq!(targets(before), 4, "what is there stays");
    let call = logging(ActivityKind::Call, jan, LoggedFrom::RecordPage);
    assert_eq!(aims(&world, &call), ["D2", "D1"]);
    let left: Vec<_> = world.workspace.aims(&call).unwrap().left_out.into_iter().map(|aimed| aimed.record).collect();
    assert_eq!(left, [deals[0]]);
    let done = world.does(Change::log(call.clone()));
    assert_eq!(done.skipped, ["D0: a call may have 2 deals at most"]);
    assert_eq!(aims(&world, &logging(ActivityKind::Note, jan, LoggedFrom::RecordPage)).len(), 3, "of calls only");
    // One that is left out makes room for a tick.
    let ticked = Logging { also: vec![deals[3]], ..call.clone() };
    let refused = world.refuses(Change::log(ticked.clone()));
    assert_eq!(refused.rule_id().map(|rule| rule.to_string()), Some("R3.20".to_owned()));
    assert!(refused.to_string().contains("a call may have 2 deals at most"), "{refused}");
    let excepted = Logging { except: vec![deals[1], deals[0]], ..ticked };
    assert_eq!(aims(&world, &excepted), ["D2", "D3"]);
    // Later ticks, and new deals that bring past activities, meet it as well.
    let attach = Change::Amend { activity: before, edit: Box::default(), attach: vec![deals[3]], detach: Vec::new() };
    assert_eq!(world.refuses(attach).rule_id().map(|rule| rule.to_string()), Some("R3.20".to_owned()));
    let done = world.does(new(&world, Object::DEAL, "New", &[(jan, Timeframe::All)]));
    let new = made(&done);
    assert!(whys(&world, new).is_empty());
    assert_eq!(done.skipped, ["2 past activities have as many records as the limits let them (R3.20)"]);
    // The record that it is logged on is one of its contacts.
    let ewa = world.contact(&[("first_name", "Ewa"), ("email", "ewa@x.example")]);
    assert!(world.refuses(Change::log(Logging { also: vec![ewa], ..call.clone() })).to_string().contains("1 contact"));
    let called = Logging { with: vec!["ewa@x.example".to_owned()], except: [deals, vec![new]].concat(), ..call };
    assert_eq!(aims(&world, &called), [] as [&str; 0]);
}

#[rstest]
fn r3_14_a_call_and_its_follow_up_are_one_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    let activities = vec![
        logging(ActivityKind::Call, jan, LoggedFrom::RecordPage),
        logging(ActivityKind::Task, jan, LoggedFrom::RecordPage),
    ];
    let done = world.does(Change::Log { activities: activities.clone() });
    assert_eq!((done.what.as_str(), done.refs.len()), ("Logged a call and a task on Jan", 2));
    assert_eq!((done.effects.len(), world.store.entries(acme).unwrap().len()), (2, 2));
    world.undo(done.act).unwrap();
    assert!(world.store.entries(jan).unwrap().is_empty() && world.store.entries(acme).unwrap().is_empty());
    // One that can't be logged keeps the others from being logged too.
    let wrong = Logging { details: Details::Note, ..activities[1].clone() };
    world.refuses(Change::Log { activities: vec![activities[0].clone(), wrong] });
    assert!(world.store.entries(jan).unwrap().is_empty());
    assert!(world.refuses(Change::Log { activities: Vec::new() }).to_string().contains("nothing to log"));
}

#[rstest]
fn r3_17_past_activities_come_along_onto_the_deal_of_a_qualified_lead(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    let stranger = world.contact(&[("first_name", "Ewa")]);
    world.tie(jan, acme);
    world.does(Change::log(on_day(ActivityKind::Call, jan, 10)));
    world.does(Change::log(on_day(ActivityKind::Sms, jan, 10)));
    world.does(Change::log(on_day(ActivityKind::Note, acme, 50)));
    let lead = |name: &str| {
        let (values, associate) = (world.values(Object::LEAD, &[("name", name)]), vec![Tying::new(jan)]);
        made(&world.does(Change::Create { object: Object::LEAD, values, associate }))
    };
    let (roof, wall) = (lead("Roof"), lead("Wall"));
    let qualify = |what: &[RecordId], stage: &str, past: &[(RecordId, Timeframe)]| {
        let stage = crate::pipelines::id(&world, Object::LEAD, stage);
        let moving = Move { deal: Given::This(Vec::new()), ..Move::to(what.to_vec(), stage) };
        Change::Qualify { moving: Box::new(moving), past: past.to_vec() }
    };
    let month = |of: RecordId| (of, Timeframe::Days(30));
    for (change, sentence) in [
        (qualify(&[roof, wall], "Qualified", &[month(jan)]), "one lead at a time"),
        (qualify(&[roof], "Qualified", &[month(stranger)]), "Ewa is no contact of the lead"),
    ] {
        let refused = world.refuses(change).to_string();
        assert!(refused.contains(sentence), "{refused}");
    }
    let skipped = Move { deal: Given::Skip, ..Move::to(vec![roof], crate::pipelines::id(&world, Object::LEAD, "New")) };
    let none = world.refuses(Change::Qualify { moving: Box::new(skipped), past: vec![month(jan)] }).to_string();
    assert!(none.contains("none is made"), "{none}");
    let both = [(jan, Timeframe::Days(30)), (acme, Timeframe::Days(60))];
    let done = world.does(qualify(&[roof], "Qualified", &both));
    assert_eq!(done.what, "Moved Roof to Qualified, its deal with 2 past activities");
    let mut deals = Vec::new();
    world.store.each(Object::DEAL, &mut |record| deals.push(record.id)).unwrap();
    let of = |name: &str, why: &str| (name.to_owned(), format!("past activity of its {why}"));
    assert_eq!(
        whys(&world, deals[0]),
        [of("call", "contact, the last 30 days"), of("note", "company, the last 60 days")]
    );
    world.undo(done.act).unwrap();
    assert!(world.record(deals[0]).is_none(), "one undo takes all of it back");
    assert_eq!(world.text(roof, "stage").unwrap(), "New");
}

/// Two contacts have 250 notes each, one of them 30 with the other.
fn busy(world: &World) -> [RecordId; 2] {
    let both = ["Jan", "Ewa"].map(|name| world.contact(&[("first_name", name)]));
    for at in 0..2 {
        let note = |n: i64| {
            let also = if at == 0 && n < 30 { vec![both[1]] } else { Vec::new() };
            Logging { also, ..on_day(ActivityKind::Note, both[at], n % 20) }
        };
        world.does(Change::Log { activities: (0..if at == 0 { 250 } else { 220 }).map(note).collect() });
    }
    both
}

#[rstest]
fn r3_17_many_past_activities_are_one_act_that_goes_on_and_is_undone(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let past = busy(&world).map(|of| (of, Timeframe::All));
    assert_eq!(asked(&world, &past), [250, 250], "30 of them both have");
    let deal = new(&world, Object::DEAL, "Roof, north", &past);
    let stopped = world.workspace.perform_long(&deal, Origin::CommandLine, &mut StopsAfter(1)).unwrap();
    assert_eq!(stopped.what, "Created Roof, north, 200 of 470 past activities so far");
    let roof = made(&stopped);
    assert_eq!(world.store.entries(roof).unwrap().len(), 200);
    let done = world.does(Change::Resume { act: stopped.act });
    assert_eq!((done.act, done.what.as_str()), (stopped.act, "Created Roof, north with 470 past activities"));
    assert_eq!(world.store.entries(roof).unwrap().len(), 470);
    world.undo(done.act).unwrap();
    assert!(world.record(roof).is_none() && world.store.entries(roof).unwrap().is_empty());
    let refused = world.refuses(new(&world, Object::LEAD, "Lead", &past));
    assert_eq!(refused.rule_id().map(|rule| rule.to_string()), Some("R3.17".to_owned()), "before anything is made");
    set(&world, "activities.limits", "note>deal=1");
    let other = world.create(Object::DEAL, &[("name", "Other")]);
    let first = world.store.entries(past[0].0).unwrap()[0].id;
    world.does(Change::Amend { activity: first, edit: Box::default(), attach: vec![other], detach: Vec::new() });
    let done = world.does(new(&world, Object::DEAL, "Roof", &past));
    assert_eq!(done.what, "Created Roof with 469 past activities");
    assert_eq!(done.skipped.len(), 1, "{:?}", done.skipped);
}

#[rstest]
fn r3_1_logging_on_many_records_is_one_act_of_many_commits(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let on: Vec<RecordId> = (0..300).map(|n| world.contact(&[("first_name", &format!("N{n}"))])).collect();
    let gone = on[40];
    world.does(Change::Delete { what: vec![gone.into()] });
    let both = |on: &RecordId| {
        let call = Logging { text: "asked".to_owned(), ..on_day(ActivityKind::Call, *on, 0) };
        [call, on_day(ActivityKind::Task, *on, -1)]
    };
    let log = Change::Log { activities: on.iter().flat_map(both).collect() };
    let stopped = world.workspace.perform_long(&log, Origin::CommandLine, &mut StopsAfter(2)).unwrap();
    assert!(stopped.what.starts_with("Logged a call and a task on 300 contacts, "), "{}", stopped.what);
    let done = world.does(Change::Resume { act: stopped.act });
    assert_eq!((done.act, done.what.as_str()), (stopped.act, "Logged a call and a task on 300 contacts"));
    let each = on.iter().filter(|id| **id != gone).map(|id| world.store.entries(*id).unwrap().len());
    assert!(each.eq(std::iter::repeat_n(2, 299)));
    let whole = world.does(Change::Log { activities: on.iter().flat_map(both).collect() });
    assert_eq!(whole.skipped.len(), 1, "the one in the bin is named once: {:?}", whole.skipped);
    let head = world.store.act(whole.act).unwrap().unwrap();
    assert_eq!((head.last.0 - head.first.0 + 1, head.act.done), (3, 600));
    world.undo(whole.act).unwrap();
    world.undo(done.act).unwrap();
    assert!(on.iter().all(|id| world.store.entries(*id).unwrap().is_empty()));
}

#[rstest]
fn r3_1_on_several_records_those_that_refuse_are_named(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let [jan, ewa] = ["Jan", "Ewa"].map(|name| world.contact(&[("first_name", name)]));
    world.does(Change::Delete { what: vec![ewa.into()] });
    let note = |on| Logging { text: "Hello".to_owned(), ..on_day(ActivityKind::Note, on, 0) };
    let done = world.does(Change::Log { activities: vec![note(jan), note(ewa)] });
    assert_eq!((done.what.as_str(), done.skipped.len()), ("Logged a note on Jan", 1));
    assert!(done.skipped[0].contains("Ewa is in the bin"), "{:?}", done.skipped);
}
