//! Importing activities (R3.3, R5.11): whom they belong to, what they are, the same twice is once.

use crate::import::import;
use crate::world::{Kept, World};
use lejek::domain::activity::{Activity, ActivityKind, CallOutcome, Details, Direction, LoggedFrom, Priority};
use lejek::domain::change::Author;
use lejek::domain::id::{Object, RecordId};
use lejek::workspace::import::{ImportAsk, Imported, Mode};
use rstest::rstest;
use std::path::PathBuf;
use tempfile::TempDir;

struct Files(TempDir);

impl Files {
    fn new() -> Files {
        Files(TempDir::new().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

/// The timeline of a record, newest first, open tasks on top.
fn timeline(world: &World, record: RecordId) -> Vec<Activity> {
    let entries = world.store.entries(record).unwrap();
    entries.iter().map(|entry| world.store.activity(entry.id).unwrap().unwrap()).collect()
}

fn named(world: &World, object: Object, name: &str) -> RecordId {
    world.store.named(object, name).unwrap()[0]
}

fn names(world: &World, activity: &Activity) -> Vec<String> {
    activity.targets.iter().map(|target| world.record(target.record).unwrap().name()).collect()
}

fn counts(imported: &Imported) -> (u64, u64, u64, u64) {
    (imported.created, imported.updated, imported.unchanged, imported.skipped)
}

fn faults(imported: &Imported) -> Vec<(u64, Option<&str>)> {
    imported.errors.iter().map(|fault| (fault.row, fault.column.as_deref())).collect()
}

fn jan_of_acme(world: &World) -> (RecordId, RecordId) {
    let jan = world.contact(&[("first_name", "Jan"), ("last_name", "Kowalski"), ("email", "jan@acme.example")]);
    let acme = world.create(Object::COMPANY, &[("name", "Acme"), ("domain", "acme.example")]);
    world.tie(jan, acme);
    (jan, acme)
}

#[rstest]
fn r3_3_imported_activities_go_where_a_record_page_would_send_them(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let (jan, acme) = jan_of_acme(&world);
    let deal = world.create(Object::DEAL, &[("name", "Fleet")]);
    world.tie(jan, deal);
    let path = files.write(
        "calls.csv",
        "id,time,subject,notes,contact,outcome,direction,duration\n\
         c1,2026-11-18T09:30:00Z,Intro,asked for a quote,JAN@acme.example,Left voicemail,inbound,12m\n",
    );
    let imported = import(&world, std::slice::from_ref(&path));
    assert_eq!((counts(&imported), imported.associated), ((1, 0, 0, 0), 3), "{:?}", imported.errors);
    let [call] = timeline(&world, jan).try_into().unwrap();
    assert_eq!(names(&world, &call), ["Jan Kowalski", "Acme", "Fleet"]);
    assert_eq!(call.targets[1].why.sentence(), "primary company");
    assert_eq!((call.logged_on, call.logged_from, call.kind), (jan, LoggedFrom::Import, ActivityKind::Call));
    assert_eq!((call.subject.as_str(), call.text.as_str()), ("Intro", "asked for a quote"));
    assert_eq!(call.at.to_rfc3339(), "2026-11-18T09:30:00+00:00");
    let (direction, outcome) = (Direction::In, Some(CallOutcome::LeftVoicemail));
    assert_eq!(call.details, Details::Call { direction, outcome, duration: Some(720) });
    assert_eq!(timeline(&world, acme).len(), 1);
    world.undo(imported.act.unwrap()).unwrap();
    assert!(timeline(&world, jan).is_empty() && timeline(&world, deal).is_empty());
    // What undo put into the bin does not match: it comes in anew.
    assert_eq!(counts(&import(&world, &[path])), (1, 0, 0, 0));
    assert_eq!(timeline(&world, jan).len(), 1);
}

#[rstest]
fn r5_11_the_same_activity_twice_is_once(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let (jan, acme) = jan_of_acme(&world);
    let own = "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
    let text = format!(
        "id,type,time,subject,text,contact\n\
         h1,note,2026-11-18,One,first,jan@acme.example\n\
         {own},call,2026-11-17,Two,second,jan@acme.example\n\
         ,task,2026-11-16,Three,third,jan@acme.example\n\
         ,task,2026-11-16,Three,third,jan@acme.example\n"
    );
    let path = files.write("activities.csv", &text);
    let first = import(&world, std::slice::from_ref(&path));
    assert_eq!(counts(&first), (3, 0, 1, 0), "{:?}", first.errors);
    assert!(timeline(&world, jan).iter().any(|activity| activity.id.0.to_string() == own));
    let again = import(&world, &[path]);
    assert_eq!((counts(&again), again.act), ((0, 0, 4, 0), None));
    let more = files.write("more activities.csv", "id,type,company\nh1,note,acme.example\nh1,call,acme.example\n");
    let imported = import(&world, &[more]);
    assert_eq!(counts(&imported), (1, 0, 1, 0), "the note is tied there already: {:?}", imported.errors);
    assert_eq!(timeline(&world, acme).len(), 4);
    let ask = |mode| ImportAsk {
        files: vec![files.write(
            "new activities.csv",
            "id,type,subject,contact\nh1,note,Uno,jan@acme.example\nh9,note,Nine,jan@acme.example\n",
        )],
        mode,
        ..ImportAsk::default()
    };
    let updated = world.workspace.import(&ask(Mode::Update), &mut ()).unwrap();
    assert_eq!(counts(&updated), (0, 1, 0, 1), "{:?}", updated.errors);
    assert_eq!(counts(&world.workspace.import(&ask(Mode::Create), &mut ()).unwrap()), (1, 0, 0, 1));
    assert!(timeline(&world, jan).iter().any(|activity| activity.subject == "Uno" && activity.text == "first"));
}

#[rstest]
fn r3_3_a_file_that_says_where_they_were_logged_names_all_their_records(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let (world, files) = (World::new(kept), Files::new());
    let (jan, acme) = jan_of_acme(&world);
    let deal = world.create(Object::DEAL, &[("name", "Fleet")]);
    let text = format!(
        "type,time,logged_on,records,text\nnote,2026-11-18,{jan},{deal},on two\nnote,2026-11-17,{jan},,on one\n"
    );
    let imported = import(&world, &[files.write("own.csv", &text)]);
    assert_eq!(counts(&imported), (2, 0, 0, 0), "{:?}", imported.errors);
    let seen: Vec<_> = timeline(&world, jan).iter().map(|note| names(&world, note)).collect();
    assert_eq!(seen, [vec!["Jan Kowalski".to_owned(), "Fleet".to_owned()], vec!["Jan Kowalski".to_owned()]]);
    assert!(timeline(&world, acme).is_empty());
}

#[rstest]
fn r5_11_hubspots_tables_of_one_call_resolve_each_other(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let maja = world.workspace.user();
    let paths = [
        files.write(
            "engagement_call_data.csv",
            "engagement_id,property_hs_timestamp,property_hs_call_body,property_hs_call_disposition,property_hs_call_duration,type,property_hubspot_owner_id\n\
             19732910159,2014-08-27 20:50:44.778000,<p>Hello <b>there</b></p>,f240bbac-87c9-4f6e-bf70-924b57d47db7,83000,CALL,maja@lejek.example\n\
             19732910160,1409172644778,never tied,,,CALL,32779820\n",
        ),
        files.write(
            "engagement_task_data.csv",
            "engagement_id,property_hs_timestamp,property_hs_task_subject,property_hs_task_type,property_hs_task_status,property_hs_task_priority,type\n\
             31479928586,2023-03-08 02:30:00.000000,Send offer,TO\x44O,NOT_STARTED,HIGH,TASK\n",
        ),
        files.write(
            "engagement_contact_data.csv",
            "contact_id,engagement_id,engagement_type,type_id,category\n501,19732910159,CALL,194,HUBSPOT_DEFINED\n501,31479928586,TASK,204,HUBSPOT_DEFINED\n",
        ),
        files.write("engagement_company_data.csv", "company_id,engagement_id,engagement_type\n77,31479928586,TASK\n"),
        files.write("contacts.csv", "Record ID,First Name,Email\n501,Zofia,zofia@nordhafen.example\n"),
        files.write("companies.csv", "Record ID,Name,Company Domain Name\n77,Nordhafen,nordhafen.example\n"),
    ];
    let imported = import(&world, &paths);
    assert_eq!(counts(&imported), (4, 0, 0, 1), "{:?}", imported.errors);
    let messages: Vec<String> = imported.errors.iter().map(ToString::to_string).collect();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].contains("Nothing says whom"), "{messages:?}");
    let zofia = named(&world, Object::CONTACT, "Zofia");
    let [task, call] = timeline(&world, zofia).try_into().unwrap();
    assert_eq!((call.text.as_str(), call.stamp.by), ("Hello there", Author::User(maja)));
    assert_eq!(call.at.to_rfc3339(), "2014-08-27T20:50:44+00:00");
    let Details::Call { outcome: Some(CallOutcome::Connected), duration: Some(83), .. } = call.details else {
        panic!("{:?}", call.details)
    };
    let Details::Task { has_due: true, done: None, priority: Priority::High, .. } = task.details else {
        panic!("{:?}", task.details)
    };
    assert_eq!((task.subject.as_str(), names(&world, &task)), ("Send offer", vec!["Zofia".into(), "Nordhafen".into()]));
    assert_eq!(counts(&import(&world, &paths)), (0, 0, 4, 1));
}

#[rstest]
fn r3_3_salesforces_tasks_and_events_come_in(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let paths = [
        files.write("Contact.csv", "Id,FirstName,LastName,AccountId\n0038d00000AAAAA,Ewa,Nowak,0018d00000BBBBB\n"),
        files.write("Account.csv", "Id,Account Name,Industry\n0018d00000BBBBB,Zielona,\n"),
        files.write(
            "Task.csv",
            "Id,WhoId,WhatId,Subject,ActivityDate,Status,Priority,Description,TaskSubtype,CallDurationInSeconds,CallType\n\
             00T8d00000CCCCC,0038d00000AAAAA,0018d00000BBBBB,Call back,2026-11-10,Completed,Normal,went well,Call,65,Outbound\n\
             00T8d00000CCCCD,0038d00000AAAAA,,Send papers,2026-12-01,Not Started,High,,Task,,\n",
        ),
        files.write(
            "Event.csv",
            "Id,WhoId,WhatId,Subject,StartDateTime,DurationInMinutes,Location\n\
             00U8d00000DDDDD,0038d00000AAAAA,,Demo,2026-11-12T10:00:00.000Z,90,Łódź\n",
        ),
    ];
    let imported = import(&world, &paths);
    assert_eq!((counts(&imported), imported.errors.len()), ((5, 0, 0, 0), 0), "{:?}", imported.errors);
    let [task, demo, call] = timeline(&world, named(&world, Object::CONTACT, "Ewa Nowak")).try_into().unwrap();
    assert_eq!((task.subject.as_str(), task.kind), ("Send papers", ActivityKind::Task));
    assert_eq!((call.kind, call.targets.len(), call.text.as_str()), (ActivityKind::Call, 2, "went well"));
    let Details::Meeting { end: Some(end), location, .. } = demo.details else { panic!("{:?}", demo.details) };
    assert_eq!((end.to_rfc3339().as_str(), location.as_str()), ("2026-11-12T11:30:00+00:00", "Łódź"));
}

#[rstest]
#[case("type,time,contact,text\nfax,2026-11-18,jan@acme.example,x\n", Some("type"), "no activity type “fax”")]
#[case("type,time,contact,text\ncall,03/04/2026,jan@acme.example,x\n", Some("time"), "2026-04-03")]
#[case("type,time,contact,text\ncall,31.02.2026,jan@acme.example,x\n", Some("time"), "February")]
#[case("type,time,contact,text\ncall,2026-11-18,nobody@acme.example,x\n", Some("contact"), "names nobody here")]
#[case("type,time,contact,text\ncall,2026-11-18,,x\n", None, "Nothing says whom")]
#[case("type,time,contact,outcome\ncall,2026-11-18,jan@acme.example,Scheduled\n", Some("outcome"), "Busy, Connected")]
#[case("type,time,contact,duration\ncall,2026-11-18,jan@acme.example,12\n", Some("duration"), "no unit")]
#[case(
    "type,time,contact,end\nmeeting,2026-11-18 14:00,jan@acme.example,2026-11-18 13:00\n",
    None,
    "ends before it starts"
)]
#[case("type,time,contact,direction\ncall,2026-11-18,jan@acme.example,up\n", Some("direction"), "Write in or out")]
#[case("type,time,contact,status\ntask,2026-11-18,jan@acme.example,purple\n", Some("status"), "neither done nor open")]
fn r3_1_a_row_that_makes_no_sense_is_named_and_the_others_come_in(
    #[case] rows: &str,
    #[case] column: Option<&str>,
    #[case] says: &str,
) {
    let (world, files) = (World::new(Kept::InMemory), Files::new());
    let (jan, _) = jan_of_acme(&world);
    let good = rows.lines().next().unwrap().split(',').map(|column| match column {
        "type" => "note",
        "time" => "2026-11-18 14:20",
        "contact" => "jan@acme.example",
        "text" => "good",
        _ => "",
    });
    let text = format!("{rows}{}\n", good.collect::<Vec<_>>().join(","));
    let ask = ImportAsk {
        files: vec![files.write("rows.csv", &text)],
        object: Some(Object::ACTIVITY),
        ..ImportAsk::default()
    };
    let imported = world.workspace.import(&ask, &mut ()).unwrap();
    assert_eq!(counts(&imported), (1, 0, 0, 1), "{:?}", imported.errors);
    assert_eq!(faults(&imported), [(1, column)]);
    assert!(imported.errors[0].message.contains(says), "{}", imported.errors[0].message);
    let dry = world.workspace.import(&ImportAsk { dry_run: true, ..ask }, &mut ()).unwrap();
    assert_eq!((counts(&dry), dry.act), ((0, 0, 1, 1), None));
    assert_eq!(timeline(&world, jan).len(), 1);
}

#[rstest]
fn r7_1_many_batches_of_activities_are_one_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let (jan, _) = jan_of_acme(&world);
    let mut text = "id,time,subject,contact\n".to_owned();
    for n in 0..2_500 {
        text += &format!("n{n},2026-11-18,Note {n},jan@acme.example\n");
    }
    let path = files.write("notes.csv", &text);
    let dry = ImportAsk { files: vec![path.clone()], dry_run: true, ..ImportAsk::default() };
    assert_eq!(counts(&world.workspace.import(&dry, &mut ()).unwrap()), (2_500, 0, 0, 0));
    let imported = import(&world, &[path]);
    assert_eq!((counts(&imported), timeline(&world, jan).len()), ((2_500, 0, 0, 0), 2_500));
    world.undo(imported.act.unwrap()).unwrap();
    assert!(timeline(&world, jan).is_empty());
    world.redo(imported.act.unwrap()).unwrap();
    assert_eq!(timeline(&world, jan).len(), 2_500);
}
