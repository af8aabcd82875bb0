//! What holds of every demo. The seed files' own tests stand in `tests/seeds.rs`.

mod seeds;

use super::{BATCH_MOST, Batch, Demo};
use crate::domain::activity::{Activity, ActivityKind, Details};
use crate::domain::association::has_primary;
use crate::domain::change::Op;
use crate::domain::id::{ActNo, Object, RecordId};
use crate::domain::object::{BUILT_IN, ObjectSpec, is};
use crate::domain::pipeline::{Group, defaults};
use crate::domain::property::Kind;
use crate::domain::record::Record;
use crate::domain::value::{LONG_TEXT_MOST, TEXT_MOST, Value};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use std::collections::{HashMap, HashSet};
use std::mem::discriminant;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 18, 9, 30, 0).unwrap()
}

fn demo(contacts: u64) -> Demo {
    Demo::new(contacts, now(), None)
}

fn ops(contacts: u64) -> Vec<Op> {
    demo(contacts).batches(ActNo(1)).flat_map(|batch| batch.ops).collect()
}

fn records(ops: &[Op]) -> impl Iterator<Item = &Record> {
    ops.iter().filter_map(|op| if let Op::Create(record) = op { Some(&**record) } else { None })
}

fn activities(ops: &[Op]) -> impl Iterator<Item = &Activity> {
    ops.iter().filter_map(|op| if let Op::Log(activity) = op { Some(&**activity) } else { None })
}

fn many(ops: &[Op], object: Object) -> usize {
    records(ops).filter(|record| record.id.object == object).count()
}

fn won() -> Value {
    let pipelines = defaults();
    let stages = pipelines.iter().flat_map(|pipeline| &pipeline.stages);
    Value::Option(stages.into_iter().find(|stage| stage.group == Group::Won).unwrap().id)
}

#[test]
fn is_the_same_every_time() {
    assert!(demo(300).batches(ActNo(1)).eq(demo(300).batches(ActNo(1))));
    assert_eq!(demo(300).users(), demo(300).users());
    let later_that_day = Demo::new(300, now() + TimeDelta::hours(9), None);
    assert!(later_that_day.batches(ActNo(1)).eq(demo(300).batches(ActNo(1))));
}

#[test]
fn has_as_many_contacts_as_asked_for() {
    for wanted in [0, 1, 2, 3, 7, 50, 1_234] {
        assert_eq!(many(&ops(wanted), Object::CONTACT), wanted.max(1) as usize);
    }
}

#[test]
fn a_single_contact_comes_with_a_bit_of_everything() {
    let ops = ops(1);
    assert_eq!(many(&ops, Object::COMPANY), 1);
    assert_eq!(many(&ops, Object::DEAL), 1);
    assert!(activities(&ops).any(Activity::is_open_task));
    assert!(activities(&ops).any(|activity| activity.kind == ActivityKind::Call));
}

#[test]
fn is_in_proportion() {
    let ops = ops(20_000);
    let per_contact = |count: usize| count as f64 / 20_000.0;
    let near = |what: &str, count: usize, wanted: f64| {
        let found = per_contact(count);
        assert!((0.85..1.15).contains(&(found / wanted)), "{what}: {found} per contact, not {wanted}");
    };
    near("companies", many(&ops, Object::COMPANY), 1.0 / 6.0);
    near("deals", many(&ops, Object::DEAL), 1.0 / 7.0);
    near("tickets", many(&ops, Object::TICKET), 1.0 / 12.0);
    near("leads", many(&ops, Object::LEAD), 1.0 / 8.0);
    near("activities", activities(&ops).count(), 2.0);
}

#[test]
fn batches_are_bounded_and_in_order() {
    let rank = |op: &Op| match op {
        Op::Create(_) => 0,
        Op::Link(_) => 1,
        Op::Log(_) => 2,
        other => panic!("no {other:?} in a demo"),
    };
    let batches: Vec<Batch> = demo(20_000).batches(ActNo(1)).collect();
    for batch in &batches {
        assert!((1..=BATCH_MOST).contains(&batch.ops.len()));
        assert!(batch.ops.is_sorted_by_key(rank));
    }
    assert!(batches.is_sorted_by_key(|batch| batch.contacts));
    assert_eq!(batches.last().unwrap().contacts, 20_000);
}

#[test]
fn ids_grow_per_object_and_carry_the_time() {
    for contacts in [30, 20_000] {
        let ops = ops(contacts);
        let mut last: HashMap<Object, RecordId> = HashMap::new();
        for record in records(&ops) {
            let (seconds, nanos) = record.id.uuid.get_timestamp().unwrap().to_unix();
            let in_id = seconds as i64 * 1_000 + i64::from(nanos / 1_000_000);
            assert_eq!(in_id, record.created.at.timestamp_millis());
            assert!(last.insert(record.id.object, record.id).is_none_or(|before| before < record.id));
        }
        let ids: Vec<_> = activities(&ops).map(|activity| activity.id).collect();
        assert!(ids.is_sorted_by(|one, other| one < other));
    }
}

#[test]
fn associations_tie_what_is_there() {
    let ops = ops(3_000);
    let ids: HashSet<RecordId> = records(&ops).map(|record| record.id).collect();
    let made: HashMap<RecordId, DateTime<Utc>> = records(&ops).map(|record| (record.id, record.created.at)).collect();
    let mut pairs = HashSet::new();
    let mut primaries = HashSet::new();
    for op in &ops {
        let Op::Link(link) = op else { continue };
        assert!(link.a < link.b && ids.contains(&link.a) && ids.contains(&link.b));
        assert!(link.since >= made[&link.a] && link.since >= made[&link.b]);
        assert!(pairs.insert((link.a, link.b)), "tied twice");
        for (end, other, primary) in
            [(link.a, link.b, link.ends.b_primary_for_a), (link.b, link.a, link.ends.a_primary_for_b)]
        {
            assert_eq!(primary, has_primary(end.object, other.object), "{end:?} {other:?}");
            assert!(!primary || primaries.insert((end, other.object)), "two primary ones");
        }
    }
    for activity in activities(&ops) {
        assert_eq!(activity.targets[0].record, activity.logged_on);
        assert!((1..=4).contains(&activity.targets.len()));
        assert!(activity.targets.iter().all(|target| ids.contains(&target.record)));
        let distinct: HashSet<_> = activity.targets.iter().map(|target| target.record).collect();
        assert_eq!(distinct.len(), activity.targets.len());
    }
}

#[test]
fn emails_and_domains_belong_to_one_record_each() {
    let ops = ops(20_000);
    let mut seen = HashSet::new();
    for record in records(&ops) {
        for text in record.emails().chain(record.domains()) {
            assert!(text.ends_with(".example") && text.is_ascii() && !text.contains(' '), "{text}");
            assert!(seen.insert(text.to_owned()), "{text} is there twice");
        }
    }
}

#[test]
fn every_stage_has_records() {
    let ops = ops(2_000);
    for pipeline in defaults() {
        for stage in &pipeline.stages {
            let here = |record: &&Record| record.values.get(is::STAGE) == Some(&Value::Option(stage.id));
            let mut found = records(&ops).filter(here);
            assert!(found.any(|record| record.id.object == pipeline.object), "nothing in {}", stage.name);
        }
    }
}

#[test]
fn values_are_of_their_properties_kind() {
    let specs: Vec<ObjectSpec> = BUILT_IN.iter().map(ObjectSpec::from).collect();
    let pipelines = defaults();
    for record in records(&ops(3_000)) {
        let spec = specs.iter().find(|spec| spec.object == record.id.object).unwrap();
        for (id, value) in record.values.iter() {
            let property = spec.property(id).unwrap_or_else(|| panic!("{} has no {id:?}", spec.name));
            assert!(!property.derived);
            let fits = match (property.kind, value) {
                (Kind::Option, Value::Option(option)) => property.choice(*option).is_some(),
                (Kind::Pipeline, Value::Option(option)) => {
                    pipelines.iter().any(|pipeline| pipeline.id == *option && pipeline.object == spec.object)
                }
                (Kind::Stage, Value::Option(option)) => {
                    pipelines.iter().any(|pipeline| pipeline.object == spec.object && pipeline.stage(*option).is_some())
                }
                (Kind::User, Value::User(user)) => demo(1).users().iter().any(|known| known.id == *user),
                (Kind::Users, Value::Users(users)) => !users.is_empty(),
                (Kind::LongText, Value::Text(text)) => !text.is_empty() && text.len() < LONG_TEXT_MOST,
                (Kind::Text | Kind::Email | Kind::Phone | Kind::Url | Kind::Domain, Value::Text(text)) => {
                    !text.is_empty() && text.len() < TEXT_MOST && text.trim() == text
                }
                (Kind::Texts | Kind::Emails | Kind::Domains, Value::Texts(texts)) => !texts.is_empty(),
                (Kind::Number, Value::Number(number)) => number.0.is_finite(),
                (Kind::Money, Value::Money(money)) => money.minor > 0,
                (Kind::Date, Value::Date(_)) | (Kind::YesNo, Value::YesNo(_)) => true,
                _ => false,
            };
            assert!(fits, "{}.{}: {value:?}", spec.name, property.name);
        }
        for property in spec.properties.iter().filter(|property| property.required) {
            assert!(record.get(property.id).is_some(), "{} without {}", spec.name, property.name);
        }
        assert!(!record.name().is_empty());
    }
}

#[test]
fn customers_have_bought_something() {
    let ops = ops(3_000);
    let stage = |record: &Record| match record.values.get(is::LIFECYCLE_STAGE) {
        Some(Value::Option(option)) => is::LIFECYCLE_STAGES[usize::from(option.0) - 1],
        _ => "",
    };
    let bought: HashSet<RecordId> =
        records(&ops).filter(|record| record.values.get(is::STAGE) == Some(&won())).map(|record| record.id).collect();
    let mut with_us = HashSet::new();
    for op in &ops {
        if let Op::Link(link) = op
            && bought.contains(&link.b)
        {
            with_us.insert(link.a);
        }
    }
    for record in records(&ops).filter(|record| record.id.object.0 <= 2) {
        let customer = ["Customer", "Evangelist"].contains(&stage(record));
        assert_eq!(customer, with_us.contains(&record.id), "{}", record.name());
    }
    let stages: HashSet<&str> = records(&ops).map(stage).collect();
    assert_eq!(stages.len(), is::LIFECYCLE_STAGES.len() + 1);
}

#[test]
fn disqualified_leads_have_a_reason() {
    let ops = ops(2_000);
    let lost: Vec<_> =
        defaults().iter().flat_map(|p| p.stages.clone()).filter(|s| s.group == Group::Disqualified).collect();
    for record in records(&ops).filter(|record| record.id.object == Object::LEAD) {
        let stage = record.values.get(is::STAGE).and_then(Value::as_option);
        let is_lost = lost.iter().any(|lost| Some(lost.id) == stage);
        assert_eq!(record.values.get(is::DISQUALIFICATION_REASON).is_some(), is_lost);
    }
}

#[test]
fn the_past_is_past_and_plans_are_ahead() {
    let midnight = now().date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc();
    let day = TimeDelta::days(1);
    let ops = ops(2_000);
    let made: HashMap<RecordId, DateTime<Utc>> = records(&ops).map(|record| (record.id, record.created.at)).collect();
    assert!(made.values().all(|at| *at < midnight && *at > midnight - day * 1_100));
    let mut open: Vec<DateTime<Utc>> = Vec::new();
    for activity in activities(&ops) {
        assert!(activity.stamp.at < midnight, "logged before the day began");
        assert!(activity.at >= made[&activity.logged_on], "before its record");
        match &activity.details {
            Details::Task { done: None, has_due: true, .. } => open.push(activity.at),
            Details::Meeting { .. } => assert!(activity.at < midnight + day * 25),
            _ => assert!(activity.at < midnight, "{activity:?}"),
        }
    }
    let within = |from: i64, to: i64| {
        open.iter().filter(|at| **at >= midnight + day * from as i32 && **at < midnight + day * to as i32).count()
    };
    for (from, to) in [(-21, 0), (0, 1), (1, 2), (2, 8), (8, 60)] {
        assert!(within(from, to) > 0, "no open task between day {from} and day {to}");
    }
}

#[test]
fn some_people_are_talked_with_a_lot_and_most_are_not() {
    let ops = ops(20_000);
    let mut timelines: HashMap<RecordId, usize> = HashMap::new();
    for target in activities(&ops).flat_map(|activity| &activity.targets) {
        *timelines.entry(target.record).or_default() += usize::from(target.record.object == Object::CONTACT);
    }
    let quiet = 20_000 - timelines.values().filter(|count| **count > 1).count();
    assert!(timelines.values().filter(|count| (30..=70).contains(*count)).count() > 20);
    assert!(quiet > 10_000, "{quiet}");
}

#[test]
fn threads_go_to_and_fro() {
    let ops = ops(2_000);
    let mut threads: HashMap<&str, Vec<&Activity>> = HashMap::new();
    for activity in activities(&ops) {
        if let Details::Email { thread: Some(thread), .. } = &activity.details {
            threads.entry(thread).or_default().push(activity);
        }
    }
    assert!(threads.values().any(|thread| thread.len() >= 5));
    for thread in threads.values() {
        assert!(thread.is_sorted_by(|one, other| one.at < other.at));
        for reply in &thread[1..] {
            assert_eq!(reply.subject, format!("Re: {}", thread[0].subject));
        }
        let directions = thread.iter().map(|mail| discriminant(&mail.direction().unwrap()));
        assert!(thread.len() == 1 || directions.collect::<HashSet<_>>().len() == 2);
    }
    assert!(threads.values().filter(|thread| thread.len() > 1).count() > 50);
}

#[test]
fn every_type_of_activity_is_there() {
    let ops = ops(2_000);
    let kinds: HashSet<ActivityKind> = activities(&ops).map(|activity| activity.kind).collect();
    assert_eq!(kinds.len(), ActivityKind::ALL.len());
}

#[test]
fn three_are_called_jan_kowalski() {
    let ops = ops(300);
    assert!(records(&ops).filter(|record| record.name() == "Jan Kowalski").count() >= 3);
}

#[test]
fn the_first_user_owns_a_fair_share() {
    let given = Some(("Ola Nowicka", "ola@firma.example"));
    let demo = Demo::new(2_000, now(), given);
    let users = demo.users();
    assert_eq!((users[0].name.as_str(), users[0].email.as_str()), ("Ola Nowicka", "ola@firma.example"));
    assert!(users[0].super_admin && users.iter().filter(|user| user.super_admin).count() == 1);
    assert_eq!(users.iter().filter(|user| !user.active).count(), 1);
    let ops: Vec<Op> = demo.batches(ActNo(1)).flat_map(|batch| batch.ops).collect();
    let share =
        |owner| records(&ops).filter(|record| record.values.get(is::OWNER).and_then(Value::as_user) == owner).count();
    let all = records(&ops).count();
    assert!((all / 8..all / 3).contains(&share(Some(users[0].id))));
    assert!(share(None) > all / 20);
    for user in &users {
        assert!(share(Some(user.id)) > 0, "{} owns nothing", user.name);
    }
}

#[test]
fn who_is_given_takes_the_chair_of_a_colleague() {
    let given = Some(("Annika Vogt", "Annika.Vogt@latarnia.example"));
    let users = Demo::new(1, now(), given).users();
    assert_eq!(users.iter().filter(|user| user.name == "Annika Vogt").count(), 1);
    assert_eq!(users.len() + 1, demo(1).users().len());
}
