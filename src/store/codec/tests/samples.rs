//! One row of every type, with something in every field. A new row type gets a sample here and its bytes in `tests.rs`.

use crate::domain::activity::{
    Activity, ActivityKind, Aspect, CallOutcome, Details, Direction, LoggedFrom, MeetingOutcome, Priority, Target,
    TaskKind,
};
use crate::domain::agenda::Tending;
use crate::domain::association::{Association, Ends, Link};
use crate::domain::change::{Act, ActHead, Author, Op, Origin, Reason, Verb};
use crate::domain::event::Whom;
use crate::domain::graph::LoggedOp;
use crate::domain::id::{ActNo, ActivityId, LabelId, Object, OptionId, PropertyId, RecordId, Seq, UserId};
use crate::domain::intent::{ImportIntent, Intent, Mode, SourceFile};
use crate::domain::moving::place::Place;
use crate::domain::moving::{Given, Move};
use crate::domain::notification::{ChannelKind, LastTry, Notification, NotificationId, Topic, Way, WayState};
use crate::domain::pipeline::form::{PipelineForm, Pipelines};
use crate::domain::property::Kind;
use crate::domain::property::form::{Instead, PropertyForm};
use crate::domain::record::{Binned, BinnedActivity, Record, Stamp};
use crate::domain::user::User;
use crate::domain::user::leaving::Heir;
use crate::domain::value::{Currency, Money, Number, Value};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use uuid::Uuid;

pub fn uuid(n: u8) -> Uuid {
    Uuid::from_bytes([n; 16])
}

pub fn contact() -> RecordId {
    RecordId::new(Object::CONTACT, uuid(0x11))
}

pub fn company() -> RecordId {
    RecordId::new(Object::COMPANY, uuid(0x22))
}

pub fn activity_id() -> ActivityId {
    ActivityId(uuid(0x33))
}

fn user(n: u8) -> UserId {
    UserId(uuid(n))
}

fn at(second: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 12, 0, second).unwrap() + chrono::TimeDelta::milliseconds(7)
}

fn reason() -> Reason {
    Reason::rule(5, 4, "the only company")
}

/// One value of each kind.
pub fn values() -> Vec<Value> {
    vec![
        Value::text("Łódź"),
        Value::Number(Number(-1.5)),
        Value::Money(Money { minor: -120_050, currency: Currency::EUR }),
        Value::Date(NaiveDate::from_ymd_opt(1969, 12, 30).unwrap()),
        Value::Time(at(1)),
        Value::YesNo(true),
        Value::Option(OptionId(300)),
        Value::Options(vec![OptionId(1), OptionId(2)]),
        Value::User(user(0xa1)),
        Value::Users(vec![user(0xa1), user(0xa2)]),
        Value::Texts(vec!["a@b.pl".into(), String::new()]),
    ]
}

pub fn record() -> Record {
    Record {
        id: contact(),
        version: 3,
        created: Stamp { at: at(2), by: Author::User(user(0xa1)), origin: Origin::Import, act: ActNo(70_000) },
        updated: at(3),
        values: values().into_iter().zip(1u16..).map(|(value, n)| (PropertyId(n * 100), value)).collect(),
    }
}

pub fn binned() -> Binned {
    let record = Record { values: [(PropertyId(1), Value::text("Jan"))].into_iter().collect(), ..record() };
    Binned { record, at: at(4), by: Author::Program, act: ActNo(9) }
}

pub fn binned_activity() -> BinnedActivity {
    let activity = Activity { text: String::new(), targets: Vec::new(), ..activities().remove(3) };
    BinnedActivity { activity, at: at(4), by: Author::Program, act: ActNo(9) }
}

pub fn link() -> Link {
    Link {
        other: company(),
        labels: vec![LabelId(4), LabelId(400)],
        primary: true,
        since: at(5),
        order: 2,
        by: Author::User(user(0xa1)),
        act: ActNo(8),
        why: reason(),
    }
}

fn target() -> Target {
    Target { record: company(), at: at(6), why: reason() }
}

/// An activity of every form that details have.
pub fn activities() -> Vec<Activity> {
    let forms = [
        (
            ActivityKind::Call,
            Details::Call { direction: Direction::In, outcome: Some(CallOutcome::WrongNumber), duration: Some(61) },
        ),
        (
            ActivityKind::Email,
            Details::Email {
                direction: Direction::Out,
                from: "a@b.pl".into(),
                to: vec!["c@d.pl".into()],
                cc: vec!["e@f.pl".into()],
                thread: Some("t".into()),
            },
        ),
        (
            ActivityKind::Meeting,
            Details::Meeting {
                end: Some(at(7)),
                attendees: vec!["c@d.pl".into()],
                location: "Room 2".into(),
                outcome: Some(MeetingOutcome::Canceled),
            },
        ),
        (ActivityKind::Note, Details::Note),
        (
            ActivityKind::Task,
            Details::Task {
                task: TaskKind::ToDo,
                has_due: true,
                done: Some(at(8)),
                priority: Priority::High,
                assignee: Some(user(0xa2)),
                queue: "Q".into(),
            },
        ),
        (
            ActivityKind::WhatsApp,
            Details::Message { direction: Direction::In, from: "+48 1".into(), to: vec!["+48 2".into()] },
        ),
        (
            ActivityKind::Event,
            Details::Event { kind: "sign_up".into(), whom: Whom::Domain("b.pl".into()), data: "{}".into() },
        ),
    ];
    forms.into_iter().map(|(kind, details)| activity(kind, details)).collect()
}

fn activity(kind: ActivityKind, details: Details) -> Activity {
    Activity {
        id: activity_id(),
        version: 1,
        kind,
        at: at(9),
        subject: "S".into(),
        text: "two\nlines".into(),
        details,
        logged_on: contact(),
        logged_from: LoggedFrom::CommandLine,
        stamp: Stamp { at: at(10), by: Author::Program, origin: Origin::Demo, act: ActNo(1) },
        targets: vec![Target { record: contact(), at: at(9), why: Reason::Asked }, target()],
    }
}

fn ends() -> Ends {
    Ends { labels: vec![LabelId(4)], b_primary_for_a: true, a_primary_for_b: false }
}

fn tie() -> Box<Association> {
    Box::new(Association {
        a: contact(),
        b: company(),
        ends: ends(),
        since: at(11),
        order: 1,
        by: Author::User(user(0xa1)),
        act: ActNo(8),
        why: Reason::Asked,
    })
}

/// Every op that the log keeps.
pub fn logged() -> Vec<LoggedOp> {
    let (record, property) = (contact(), PropertyId(7));
    let set = |from, to| Op::Set { record, property, from, to };
    let edit = |from, to| Op::Edit { activity: activity_id(), from: Box::new(from), to: Box::new(to) };
    let wholes = [
        set(None, Some(Value::text("a"))),
        set(Some(Value::YesNo(false)), None),
        Op::Unlink(tie()),
        Op::Relabel { a: record, b: company(), from: ends(), to: Ends::default() },
        Op::Detach { activity: activity_id(), target: Box::new(target()) },
        Op::Bin(record.into()),
        Op::Unbin(activity_id().into()),
        Op::Link(tie()),
        Op::Attach { activity: activity_id(), target: Box::new(target()) },
        Op::Erase(record.into()),
        Op::Setting { key: "k".into(), from: None, to: Some("1".into()) },
        edit(Aspect::At(at(1)), Aspect::At(at(2))),
        edit(Aspect::Subject(String::new()), Aspect::Subject("ł".into())),
        edit(Aspect::Text("a".into()), Aspect::Text("b".into())),
        edit(Aspect::Details(Details::Note), Aspect::Details(Details::Note)),
    ];
    let made = [
        LoggedOp::Created(record),
        LoggedOp::Linked(record, company()),
        LoggedOp::Logged(activity_id()),
        LoggedOp::Erased,
    ];
    let told = [LoggedOp::Notified(notification_id()), LoggedOp::Withdrawn(notification_id())];
    made.into_iter().chain(wholes.map(LoggedOp::Whole)).chain(told).collect()
}

pub fn notification_id() -> NotificationId {
    NotificationId(uuid(0x44))
}

/// With a way of every state.
pub fn notification() -> Notification {
    let states = [
        WayState::Due { at: at(2), since: at(1), tries: 3, last_error: Some("no answer".into()) },
        WayState::GivenUp { at: at(3), why: "a day".into() },
        WayState::Delivered { at: at(4) },
        WayState::Off,
    ];
    Notification {
        id: notification_id(),
        to: user(0xa2),
        topic: Topic::StageChanged,
        about: Some(contact().into()),
        also: vec![activity_id().into()],
        title: "Moved to Ł: Roof".into(),
        body: "Roof".into(),
        todo: "Open it".into(),
        why: "You own it.".into(),
        at: at(5),
        act: ActNo(70_000),
        count: 300,
        ways: ChannelKind::ROWS.iter().zip(states).map(|(row, state)| Way { channel: row.0, state }).collect(),
        read: true,
        withdrawn: true,
    }
}

pub fn last_tries() -> [LastTry; 2] {
    [LastTry { at: at(1), error: None }, LastTry { at: at(1), error: Some("no".into()) }]
}

/// Acts of every verb.
pub fn acts() -> Vec<ActHead> {
    let head = |verb, undone_by| ActHead {
        act: Act {
            no: ActNo(5),
            by: Author::User(user(0xa1)),
            at: at(12),
            origin: Origin::Interface,
            verb,
            what: "Deleted 500 records".into(),
            done: 200,
            total: 500,
            finished: false,
        },
        first: Seq(6),
        last: Seq(300),
        effects: 2,
        undone_by,
        erased: true,
    };
    vec![head(Verb::Did, Some(ActNo(7))), head(Verb::Undid(ActNo(4)), None), head(Verb::Redid(ActNo(4)), None)]
}

/// What long acts set out to do, every kind.
pub fn intents() -> Vec<Intent> {
    let what = vec![contact().into(), activity_id().into()];
    let file = |path: &str, bytes| SourceFile { path: path.into(), bytes, crc32: 0xcafe_f00d };
    vec![
        Intent::Unknown,
        Intent::Delete { what: what.clone() },
        Intent::Restore { what: what.clone(), without: vec![PropertyId(7)] },
        Intent::Erase { what },
        Intent::SetBack { act: ActNo(5), next: Seq(299) },
        Intent::Import(Box::new(ImportIntent {
            files: vec![file("/home/maja/people.csv", 70_000), file("/tmp/ł.jsonl", 1)],
            object: Some(Object::CONTACT),
            map: vec![("Ort".into(), "city".into())],
            mode: Mode::Update,
            replace: true,
            create_contacts: true,
            create_leads: false,
            done: (1, 2_000),
        })),
        Intent::Set {
            what: vec![contact()],
            values: vec![(PropertyId(7), Some(Value::text("ł"))), (PropertyId(8), None)],
        },
        Intent::SetProperty {
            object: Object::CONTACT,
            id: PropertyId(40),
            form: Box::new(PropertyForm::new("size", Kind::Text)),
            instead: Instead::Option(OptionId(3)),
        },
        Intent::DeleteObject { object: Object::FIRST_CUSTOM },
        Intent::Associate { pairs: vec![(contact(), company())], labels: vec![LabelId(0x8065)], replace: true },
        Intent::Move(Box::new(Move {
            what: vec![contact()],
            stage: OptionId(5),
            place: Place::Between { above: Some(contact()), below: None },
            reason: Given::This(OptionId(2)),
            note: Some("Later".into()),
            deal: Given::This(vec![(PropertyId(1), Some(Value::text("Roof"))), (PropertyId(2), None)]),
        })),
        Intent::SetPipelines(Box::new(Pipelines {
            object: Object::LEAD,
            forms: vec![PipelineForm { id: Some(OptionId(1)), name: "Leads".into(), stages: Vec::new() }],
            moves: vec![(OptionId(3), OptionId(2))],
        })),
        Intent::Tend { what: vec![activity_id()], how: Tending::Done(true) },
        Intent::TakeOwners { what: vec![contact()] },
        Intent::SetUser { user: Box::new(User::new(user(1), "Ola", "ola@x.example")), heir: Heir::User(user(2)) },
        Intent::Import(Box::new(ImportIntent {
            files: vec![file("/m", 5)],
            object: None,
            map: Vec::new(),
            mode: Mode::Both,
            replace: false,
            create_contacts: false,
            create_leads: true,
            done: (0, 1),
        })),
    ]
}
