//! Rows to bytes and back: a contact written, looked at without copies, read; a call written and read.
//! `cargo bench --bench codec`.

use chrono::{DateTime, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use lejek::domain::activity::{Activity, ActivityKind, Details, Direction, LoggedFrom, Target};
use lejek::domain::change::{Author, Origin, Reason};
use lejek::domain::id::{ActNo, ActivityId, Object, OptionId, RecordId, UserId};
use lejek::domain::object::is;
use lejek::domain::record::{Record, Stamp};
use lejek::domain::value::Value;
use lejek::store::codec::{decode_activity, decode_record, encode_activity, encode_record, view_record};
use std::hint::black_box;
use std::time::Duration;
use uuid::Uuid;

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_800_000_000_000).expect("a time of this century")
}

fn stamp() -> Stamp {
    Stamp { at: at(), by: Author::User(UserId(Uuid::from_u128(7))), origin: Origin::Import, act: ActNo(3) }
}

fn contact() -> Record {
    let values = [
        (is::FIRST_NAME, Value::text("Małgorzata")),
        (is::LAST_NAME, Value::text("Iłżecka-Dąbrowska")),
        (is::EMAIL, Value::text("m.ilzecka@zaklady-wierzba.example")),
        (is::PHONE, Value::text("+48 600 000 000")),
        (is::JOB_TITLE, Value::text("Head of Purchase")),
        (is::CITY, Value::text("Łódź")),
        (is::OWNER, Value::User(UserId(Uuid::from_u128(9)))),
        (is::LIFECYCLE_STAGE, Value::Option(OptionId(3))),
        (is::EXTERNAL_IDS, Value::Texts(vec!["hubspot:51000001".to_owned()])),
    ];
    let id = RecordId::new(Object::CONTACT, Uuid::from_u128(1 << 90));
    Record { id, version: 1, created: stamp(), updated: at(), values: values.into_iter().collect() }
}

fn call(on: RecordId) -> Activity {
    Activity {
        id: ActivityId(Uuid::from_u128(1 << 91)),
        version: 1,
        kind: ActivityKind::Call,
        at: at(),
        subject: "Connected, asked for a quote".to_owned(),
        text: "Asked for a quote on 40 panels, delivery split over two sites.".to_owned(),
        details: Details::Call { direction: Direction::Out, outcome: None, duration: Some(720) },
        logged_on: on,
        logged_from: LoggedFrom::RecordPage,
        stamp: stamp(),
        targets: vec![Target { record: on, at: at(), why: Reason::Asked }],
    }
}

fn codec(c: &mut Criterion) {
    let (record, activity) = (contact(), call(contact().id));
    let (row, line) = (encode_record(&record), encode_activity(&activity));
    println!("a contact takes {} bytes, a call {}", row.len(), line.len());
    let mut group = c.benchmark_group("codec");
    group.sample_size(30).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    group.bench_function("record/encode", |b| b.iter(|| encode_record(black_box(&record))));
    group.bench_function("record/view", |b| b.iter(|| view_record(black_box(&row)).map(black_box).is_ok()));
    group.bench_function("record/decode", |b| b.iter(|| decode_record(record.id, black_box(&row))));
    group.bench_function("activity/encode", |b| b.iter(|| encode_activity(black_box(&activity))));
    group.bench_function("activity/decode", |b| b.iter(|| decode_activity(activity.id, black_box(&line))));
    group.finish();
}

criterion_group!(benches, codec);
criterion_main!(benches);
