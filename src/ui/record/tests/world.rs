//! A small made-up workspace that answers a record page: to show another case, add a record to [`World::new`].

use crate::domain::activity::{
    Activity, ActivityKind, CallOutcome, Details, Direction, LoggedFrom, Priority, Target, TaskKind,
};
use crate::domain::answer::{Derived, Detail, Item, Month, Outreach, Period, Reached, Row, Section, Tie, TimelinePage};
use crate::domain::association::Link;
use crate::domain::change::{Author, Origin, Reason};
use crate::domain::id::{ActNo, ActivityId, Object, OptionId, PropertyId, RecordId, UserId};
use crate::domain::object::is;
use crate::domain::record::{Record, Stamp, Values};
use crate::domain::settings::{Settings, user_key};
use crate::domain::user::User;
use crate::domain::value::{Currency, Money, Number, Value};
use crate::workspace::request::TimelineAsk;
use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

pub struct World {
    pub settings: Arc<Settings>,
    pub user: User,
    pub now: DateTime<Utc>,
    pub records: BTreeMap<RecordId, Record>,
    /// Of whom, with whom, primary, unseen.
    ties: Vec<(RecordId, RecordId, bool)>,
    unseen: Vec<(RecordId, Object, usize)>,
    pub activities: Vec<Activity>,
}

pub fn id(object: Object, number: u64) -> RecordId {
    RecordId::new(object, Uuid::from_u64_pair(0x0190_0000_0000_7000, 1 << 63 | number))
}

pub const ZOFIA: u64 = 1;
pub const EMPTY: u64 = 2;
pub const HOSTILE: u64 = 3;
pub const LONG: u64 = 4;
pub const RETROFIT: u64 = 20;
pub const INVOICE: u64 = 30;
pub const SECOND_SITE: u64 = 40;
pub const NORDHAFEN: u64 = 10;
pub const MINATO: u64 = 11;

const MAJA: UserId = UserId(Uuid::from_u128(7));

fn stamp(at: DateTime<Utc>) -> Stamp {
    Stamp { at, by: Author::User(MAJA), origin: Origin::Interface, act: ActNo(1) }
}

fn at(month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, month, day, hour, minute, 0).unwrap()
}

fn text(text: &str) -> Value {
    Value::text(text)
}

fn option(number: u16) -> Value {
    Value::Option(OptionId(number))
}

fn euros(whole: i64) -> Value {
    Value::Money(Money { minor: whole * 100, currency: Currency::EUR })
}

fn date(year: i32, month: u32, day: u32) -> Value {
    Value::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

impl World {
    pub fn new() -> World {
        let user = User { super_admin: true, ..User::new(MAJA, "Maja Sikorska", "maja@lejek.example") };
        let rows = BTreeMap::from([(user_key(MAJA), serde_json::to_string(&user).unwrap())]);
        let mut world = World {
            settings: Arc::new(Settings::from_rows(rows)),
            user,
            now: at(11, 19, 15, 0),
            records: BTreeMap::new(),
            ties: Vec::new(),
            unseen: Vec::new(),
            activities: Vec::new(),
        };
        world.contacts();
        world.others();
        world.tie_all();
        world.log_all();
        world.edge_cases();
        world
    }

    fn record(&mut self, object: Object, number: u64, values: Vec<(PropertyId, Value)>) -> RecordId {
        let id = id(object, number);
        let values: Values = values.into_iter().collect();
        let record = Record { id, version: 1, created: stamp(at(2, 3, 9, 20)), updated: self.now, values };
        self.records.insert(id, record);
        id
    }

    fn contacts(&mut self) {
        self.record(
            Object::CONTACT,
            ZOFIA,
            vec![
                (is::FIRST_NAME, text("Zofia")),
                (is::LAST_NAME, text("Wierzbicka")),
                (is::EMAIL, text("z.wierzbicka@nordhafen-energie.example")),
                (is::PHONE, text("+48 58 555 02 17")),
                (is::MOBILE, text("+48 601 555 930")),
                (is::JOB_TITLE, text("Head of Purchase")),
                (is::CITY, text("Gdańsk")),
                (is::COUNTRY, text("Poland")),
                (is::WEBSITE, text("nordhafen.example")),
                (is::OWNER, Value::User(MAJA)),
                (is::LIFECYCLE_STAGE, option(5)),
                (is::LEAD_STATUS, option(7)),
                (is::LEAD_SOURCE, text("Poznań fair")),
                (is::NOTES, text("Prefers calls before ten.\nSpeaks German and Polish, buys for both sites.")),
            ],
        );
        for (number, first, last, job, city) in [
            (5, "Heike", "Löwenthal", "Managing Director", "Hamburg"),
            (6, "田辺", "健", "調達部長", "Minato"),
            (7, "Jan", "Kowalski", "", "Gdynia"),
        ] {
            let mut values = vec![(is::FIRST_NAME, text(first)), (is::LAST_NAME, text(last)), (is::CITY, text(city))];
            if !job.is_empty() {
                values.push((is::JOB_TITLE, text(job)));
            }
            self.record(Object::CONTACT, number, values);
        }
    }

    fn others(&mut self) {
        for (number, name, city, people) in [
            (NORDHAFEN, "Nordhafen Energie GmbH", "Hamburg", 240.0),
            (MINATO, "株式会社みなと Minato", "東京", 1_200.0),
        ] {
            self.record(
                Object::COMPANY,
                number,
                vec![
                    (is::NAME, text(name)),
                    (is::CITY, text(city)),
                    (is::EMPLOYEES, Value::Number(Number(people))),
                    (is::DOMAIN, text("nordhafen.example")),
                    (is::INDUSTRY, text("Energy")),
                ],
            );
        }
        for (number, name, stage, amount, close) in [
            (RETROFIT, "Retrofit Gdańsk", 13, 48_000, date(2026, 12, 12)),
            (21, "Service 2027", 12, 9_400, date(2027, 1, 31)),
            (22, "Switchgear, Danzig yard", 16, 35_000, date(2026, 9, 4)),
        ] {
            let name = text(name);
            let values = vec![
                (is::NAME, name),
                (is::PIPELINE, option(2)),
                (is::STAGE, option(stage)),
                (is::AMOUNT, euros(amount)),
                (is::CLOSE_DATE, close),
                (is::OWNER, Value::User(MAJA)),
            ];
            self.record(Object::DEAL, number, values);
        }
        for (number, name, stage) in [(INVOICE, "Invoice address", 22), (31, "Meter reads 0", 24)] {
            let values = vec![
                (is::NAME, text(name)),
                (is::PIPELINE, option(3)),
                (is::STAGE, option(stage)),
                (is::PRIORITY, option(3)),
                (is::DESCRIPTION, text("Since the update the second counter shows nothing.")),
            ];
            self.record(Object::TICKET, number, values);
        }
        let lead = vec![
            (is::NAME, text("Second site, Elbląg")),
            (is::PIPELINE, option(1)),
            (is::STAGE, option(2)),
            (is::LEAD_LABEL, option(1)),
            (is::LEAD_TYPE, option(1)),
        ];
        self.record(Object::LEAD, SECOND_SITE, lead);
    }

    fn tie(&mut self, one: RecordId, other: RecordId, primary: bool) {
        self.ties.push((one, other, primary));
        self.ties.push((other, one, false));
    }

    fn tie_all(&mut self) {
        let zofia = id(Object::CONTACT, ZOFIA);
        self.tie(zofia, id(Object::COMPANY, NORDHAFEN), true);
        for deal in [RETROFIT, 21, 22] {
            self.tie(zofia, id(Object::DEAL, deal), false);
            self.tie(id(Object::DEAL, deal), id(Object::COMPANY, NORDHAFEN), true);
        }
        self.tie(zofia, id(Object::LEAD, SECOND_SITE), false);
        self.tie(id(Object::LEAD, SECOND_SITE), id(Object::COMPANY, NORDHAFEN), true);
        for contact in [5, 6] {
            self.tie(zofia, id(Object::CONTACT, contact), false);
        }
        self.tie(id(Object::CONTACT, 6), id(Object::COMPANY, MINATO), true);
        for ticket in [INVOICE, 31] {
            self.tie(zofia, id(Object::TICKET, ticket), false);
        }
        self.unseen.push((zofia, Object::DEAL, 2));
    }

    fn log(&mut self, when: DateTime<Utc>, subject: &str, body: &str, details: Details, on: &[(RecordId, &str)]) {
        let kind = match &details {
            Details::Call { .. } => ActivityKind::Call,
            Details::Email { .. } => ActivityKind::Email,
            Details::Meeting { .. } => ActivityKind::Meeting,
            Details::Note => ActivityKind::Note,
            Details::Task { .. } => ActivityKind::Task,
            Details::Message { .. } => ActivityKind::WhatsApp,
            Details::Event { .. } => ActivityKind::Event,
        };
        let targets = on.iter().enumerate().map(|(place, (record, why))| Target {
            record: *record,
            at: when,
            why: if place == 0 { Reason::Asked } else { Reason::rule(3, 4, *why) },
        });
        self.activities.push(Activity {
            id: ActivityId(Uuid::from_u128(1_000 + self.activities.len() as u128)),
            version: 1,
            kind,
            at: when,
            subject: subject.to_owned(),
            text: body.to_owned(),
            details,
            logged_on: on[0].0,
            logged_from: LoggedFrom::RecordPage,
            stamp: stamp(when),
            targets: targets.collect(),
        });
    }

    fn log_all(&mut self) {
        let (zofia, company) = (id(Object::CONTACT, ZOFIA), id(Object::COMPANY, NORDHAFEN));
        let (retrofit, service) = (id(Object::DEAL, RETROFIT), id(Object::DEAL, 21));
        let here =
            [(zofia, ""), (company, "primary company"), (retrofit, "open deal 1 of 2"), (service, "open deal 2 of 2")];
        let task = |priority| Details::Task {
            task: TaskKind::ToDo,
            has_due: true,
            done: None,
            priority,
            assignee: Some(MAJA),
            queue: String::new(),
        };
        let meeting = Details::Meeting {
            end: Some(at(11, 24, 11, 0)),
            attendees: vec!["z.wierzbicka@nordhafen-energie.example".into()],
            location: "Elbląg, gate 2".into(),
            outcome: None,
        };
        let call = |direction| Details::Call { direction, outcome: Some(CallOutcome::Connected), duration: Some(720) };
        let mail = Details::Email {
            direction: Direction::In,
            from: "z.wierzbicka@nordhafen-energie.example".into(),
            to: vec!["maja@lejek.example".into()],
            cc: Vec::new(),
            thread: None,
        };
        self.log(at(11, 20, 10, 0), "Send the revised offer", "", task(Priority::High), &here);
        let there = [here[0], (id(Object::CONTACT, 5), "attended"), (id(Object::CONTACT, 6), "attended"), here[1]];
        self.log(at(11, 24, 9, 30), "Site walk, Elbląg", "", meeting, &there);
        let quote = "Asked for a quote on 40 panels, delivery split over two sites. Wants the price by Friday.";
        self.log(at(11, 19, 14, 5), "", quote, call(Direction::Out), &here);
        let mailed = [(retrofit, ""), (zofia, "e-mailed"), (company, "primary company"), (service, "same thread")];
        self.log(at(11, 16, 9, 12), "Frame agreement, draft 2", "See attached.\n\nZofia", mail, &mailed);
        let noted = [(retrofit, ""), (zofia, "added by Maja")];
        self.log(at(10, 27, 11, 0), "Budget approved to 60 000 €", "", Details::Note, &noted);
        let message = Details::Message { direction: Direction::In, from: "+48 601 555 930".into(), to: Vec::new() };
        self.log(at(10, 12, 8, 40), "", "Can we move it to Friday?", message, &here[..1]);
        for day in 1..=28 {
            self.log(at(9, day, 9, 0), "Reminder sent", "", call(Direction::Out), &here[..2]);
        }
        self.log(at(8, 3, 16, 20), "", "Met at the fair.", Details::Note, &here[..1]);
    }

    fn edge_cases(&mut self) {
        self.record(Object::CONTACT, EMPTY, vec![]);
        let long = "Wissenschaftlich-technisches Beschaffungsamt für Hochspannungsanlagen ".repeat(3);
        let wide = self.record(
            Object::CONTACT,
            LONG,
            vec![
                (is::FIRST_NAME, text("寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処")),
                (is::EMAIL, text("a.very.long.address.of.a.person@and-a-domain-that-never-ends.example")),
                (is::JOB_TITLE, text(&long)),
                (is::CITY, text("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch")),
                (is::LIFECYCLE_STAGE, option(4)),
                (is::NOTES, text(&long)),
            ],
        );
        self.log(at(11, 2, 9, 0), &long, &long, Details::Note, &[(wide, "")]);
        let hostile = "\u{1b}[31mred\u{1b}[0m \u{202e}evil\u{202c} \u{7}bell\r\ntwo\tlines";
        let bad = self.record(
            Object::CONTACT,
            HOSTILE,
            vec![
                (is::FIRST_NAME, text(hostile)),
                (is::EMAIL, text("\u{1b}]0;owned\u{7}@x.example")),
                (is::JOB_TITLE, text(hostile)),
                (is::COMPANY_NAME, text(hostile)),
                (is::CITY, text(hostile)),
                (is::NOTES, text(hostile)),
            ],
        );
        self.tie(bad, wide, false);
        self.log(at(11, 3, 9, 0), hostile, hostile, Details::Note, &[(bad, ""), (wide, hostile)]);
    }

    pub fn detail(&self, id: RecordId, activities: usize) -> Option<Detail> {
        let record = self.records.get(&id)?.clone();
        let company = self.ties.iter().find(|tie| tie.0 == id && tie.2);
        let timeline = self.timeline(&TimelineAsk::first(id, activities));
        let on = self.activities.iter().filter(|a| a.targets.iter().any(|target| target.record == id));
        let (past, ahead): (Vec<&Activity>, Vec<&Activity>) = on.partition(|a| !a.is_open_task() && a.at <= self.now);
        let derived = Derived {
            company: company.map(|tie| (tie.1, self.records[&tie.1].name())),
            last_activity: past.iter().map(|a| a.at).max(),
            next_activity: ahead.iter().map(|a| a.at).min(),
        };
        let sections = self.settings.objects.iter().map(|spec| self.section(id, spec.object)).collect();
        let outreach = Outreach { calls: 9, emails: 14, meetings: 3, messages: 4 };
        let outreach = if past.is_empty() { Outreach::default() } else { outreach };
        let reached = Reached { first: past.iter().map(|a| a.at).min(), outreach };
        let activities = timeline.matching;
        Some(Detail { row: Row { record, derived }, sections, activities, timeline, outreach, reached })
    }

    fn section(&self, of: RecordId, object: Object) -> Section {
        let ties = self.ties.iter().filter(|tie| tie.0 == of && tie.1.object == object).map(|(_, other, primary)| {
            let link = Link {
                other: *other,
                labels: Vec::new(),
                primary: *primary,
                since: self.now,
                order: 0,
                by: Author::User(MAJA),
                act: ActNo(1),
                why: Reason::Asked,
            };
            let company = self.ties.iter().find(|tie| tie.0 == *other && tie.2).map(|tie| self.records[&tie.1].name());
            Tie { link, record: self.records[other].clone(), company }
        });
        let unseen =
            self.unseen.iter().find(|unseen| (unseen.0, unseen.1) == (of, object)).map_or(0, |unseen| unseen.2);
        Section { object, ties: ties.collect(), unseen }
    }

    pub fn timeline(&self, ask: &TimelineAsk) -> TimelinePage {
        let kinds = &ask.filter.kinds;
        let on = self.activities.iter().filter(|a| a.targets.iter().any(|target| target.record == ask.record));
        let wanted = on.filter(|a| kinds.is_empty() || kinds.contains(&a.kind));
        let (mut ahead, mut past): (Vec<&Activity>, Vec<&Activity>) =
            wanted.partition(|a| a.is_open_task() || a.at > self.now);
        ahead.sort_by_key(|a| a.at);
        past.sort_by_key(|a| std::cmp::Reverse(a.at));
        let mut months = Vec::new();
        for (activity, is_ahead) in ahead.iter().map(|a| (a, true)).chain(past.iter().map(|a| (a, false))) {
            let period = Period::Month(activity.at.year(), activity.at.month());
            count_in(&mut months, if is_ahead { Period::Upcoming } else { period });
        }
        let items = ahead.into_iter().chain(past).skip(ask.from).take(ask.limit);
        TimelinePage {
            from: ask.from,
            matching: months.iter().map(|month: &Month| month.count).sum(),
            items: items.map(|activity| self.item(activity)).collect(),
            months,
        }
    }

    pub fn item(&self, activity: &Activity) -> Item {
        let name = |target: &Target| self.records.get(&target.record).map(Record::name);
        Item { activity: activity.clone(), names: activity.targets.iter().map(name).collect() }
    }
}

pub fn count_in(months: &mut Vec<Month>, period: Period) {
    match months.last_mut() {
        Some(last) if last.period == period => last.count += 1,
        _ => months.push(Month { period, count: 1 }),
    }
}
