//! A small made-up workspace: contacts like those of the pictures, their companies, deals, tickets and leads.

use super::pilot::now;
use chrono::{DateTime, Duration, Utc};
use lejek::domain::activity::{Activity, ActivityKind, Details, Direction, LoggedFrom, Target};
use lejek::domain::association::{Association, Ends};
use lejek::domain::change::{Author, Change, Op, Origin, Reason};
use lejek::domain::id::{ActNo, ActivityId, Ids, Object, OptionId, PropertyId, RecordId, UserId};
use lejek::domain::object::is;
use lejek::domain::record::{Record, Stamp};
use lejek::domain::user::User;
use lejek::domain::value::{Currency, Money, Value};
use lejek::store::memory::Memory;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{CountedIds, FixedClock};
use std::sync::Arc;
use uuid::Uuid;

/// First name, last name, company, lifecycle stage, e-mail, minutes since the last activity.
type Person = (&'static str, &'static str, &'static str, u16, &'static str, i64);

const DAY: i64 = 24 * 60;

#[rustfmt::skip]
const PEOPLE: &[Person] = &[
    ("Zofia", "Wierzbicka", "Nordhafen Energie GmbH", 5, "z.wierzbicka@nordhafen-energie.example", 15),
    ("佐伯", "美咲", "花園光学 Hanazono Optics", 4, "saeki@hanazono-optics.example", 125),
    ("Jan", "Kowalski", "Baltic Freight", 3, "j.kowalski@balticfreight.example", 190),
    ("Harriet", "Thornbury", "Thornbury Mills", 5, "harriet@thornburymills.example", DAY),
    ("Jürgen", "Kessler", "Kessler & Söhne", 4, "j.kessler@kessler-soehne.example", DAY + 20),
    ("Łukasz", "Śnieżka", "Cukiernia Pod Lipą", 2, "lukasz@podlipa.example", DAY + 90),
    ("Miles", "Ashdown", "Ashdown & Vane Surveyors", 3, "miles.ashdown@ashdownvane.example", 2 * DAY),
    ("Anneliese", "Groß", "Alpenglas AG", 6, "a.gross@alpenglas.example", 2 * DAY + 10),
    ("高瀬", "悠", "高瀬計測 Takase Keisoku", 2, "takase.yu@takase-keisoku.example", 3 * DAY),
    ("Małgorzata", "Iłżecka-Dąbrowska", "Zakłady Wierzba", 4, "m.ilzecka@zaklady-wierzba.example", 3 * DAY + 10),
    ("Jan", "Kowalski", "Hanse Logistik KG", 2, "jan.kowalski@hanse-logistik.example", 4 * DAY),
    ("Owen", "Pritchard", "Carreg Quarries", 3, "owen@carregquarries.example", 5 * DAY),
    ("Heike", "Löwenthal", "Nordhafen Energie GmbH", 5, "h.loewenthal@nordhafen-energie.example", 5 * DAY + 10),
    ("Tadeusz", "Gołąb", "Młyn Gołąb i Synowie", 2, "tadeusz@mlyngolab.example", 6 * DAY),
    ("田辺", "健", "株式会社みなと Minato", 4, "tanabe@minato-kk.example", 8 * DAY),
    ("Agnieszka", "Żurawska", "Baltic Freight", 5, "a.zurawska@balticfreight.example", 9 * DAY),
    ("Rosalind", "Pym", "Pym Instruments", 6, "rosalind@pyminstruments.example", 11 * DAY),
    ("Kacper", "Świerk", "Tartak Świerk", 1, "biuro@tartakswierk.example", 12 * DAY),
    ("Ingrid", "Maßmann", "Maßmann Pumpen", 3, "massmann@massmann-pumpen.example", 13 * DAY),
    ("水沢", "遥", "水沢製紙 Mizusawa Paper", 2, "mizusawa@mizusawa-paper.example", 15 * DAY),
    ("Nathaniel", "Goss", "Goss Harbour Supplies", 3, "nat@gossharbour.example", 18 * DAY),
    ("Wiesława", "Pióro", "Drukarnia Pióro", 2, "wieslawa@drukarniapioro.example", 21 * DAY),
    ("Elke", "Steinbrecher", "Steinbrecher Kälte", 4, "e.steinbrecher@steinbrecher-kaelte.example", 22 * DAY),
    ("Jan", "Kowalski", "", 1, "kowalski.jan@poczta.example", 26 * DAY),
    ("Bartłomiej", "Cieśla", "Zakłady Wierzba", 2, "b.ciesla@zaklady-wierzba.example", 27 * DAY),
    ("Imogen", "Farrow", "Farrow & Lisle", 1, "imogen@farrowlisle.example", 29 * DAY),
    ("Dorota", "Nowakowska", "Tartak Świerk", 2, "dorota@tartakswierk.example", 40 * DAY),
    ("Edgar", "Kowen", "Carreg Quarries", 7, "edgar@carregquarries.example", 130 * DAY),
    ("", "", "", 8, "nobody@nowhere.example", 400 * DAY),
    ("Róża", "Sikowska", "", 1, "", 500 * DAY),
];

/// Name, company, stage, amount in cents, days until it closes.
pub const DEALS: &[(&str, &str, u16, i64, i64)] = &[
    ("Retrofit Gdańsk", "Nordhafen Energie GmbH", 14, 4_800_000, 23),
    ("Second depot, racking", "Baltic Freight", 15, 6_200_000, 9),
    ("Service 2027", "Baltic Freight", 12, 940_000, 60),
    ("Switchgear, Danzig yard", "Nordhafen Energie GmbH", 16, 3_500_000, -76),
    ("Furnace lining", "Alpenglas AG", 17, 12_000_000, -10),
];

struct Seed {
    next: u64,
    ops: Vec<Op>,
    users: [UserId; 2],
}

impl Seed {
    fn uuid(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u64_pair(0x0190_0000_0000_7000, 1 << 63 | self.next.wrapping_mul(0x9e37_79b9) | self.next)
    }

    fn create(&mut self, object: Object, days: i64, values: Vec<(PropertyId, Value)>) -> RecordId {
        let id = RecordId::new(object, self.uuid());
        let at = now() - Duration::days(days);
        let stamp = Stamp { at, by: Author::Program, origin: Origin::Demo, act: ActNo(2) };
        let record = Record { id, version: 1, created: stamp, updated: at, values: values.into_iter().collect() };
        self.ops.push(Op::Create(Box::new(record)));
        id
    }

    fn link(&mut self, record: RecordId, company: RecordId) {
        let mut ends = Ends::default();
        ends.set_primary(record, company, true);
        let (a, b) = if record < company { (record, company) } else { (company, record) };
        let tie = Association {
            a,
            b,
            ends,
            since: now() - Duration::days(30),
            order: 0,
            by: Author::Program,
            act: ActNo(2),
            why: Reason::Asked,
        };
        self.ops.push(Op::Link(Box::new(tie)));
    }

    fn log(&mut self, on: RecordId, at: DateTime<Utc>) {
        let activity = Activity {
            id: ActivityId(self.uuid()),
            version: 1,
            kind: ActivityKind::Call,
            at,
            subject: "Connected, asked for a quote".into(),
            text: "Asked for a quote on 40 panels, delivery split over two sites.".into(),
            details: Details::Call { direction: Direction::Out, outcome: None, duration: Some(720) },
            logged_on: on,
            logged_from: LoggedFrom::RecordPage,
            stamp: Stamp { at, by: Author::Program, origin: Origin::Demo, act: ActNo(2) },
            targets: vec![Target { record: on, at, why: Reason::Asked }],
        };
        self.ops.push(Op::Log(Box::new(activity)));
    }

    fn people(&mut self, companies: &[(&str, RecordId)]) {
        for (number, (first, last, company, stage, email, minutes)) in PEOPLE.iter().enumerate() {
            let mut values = vec![(is::LIFECYCLE_STAGE, Value::Option(OptionId(*stage)))];
            let texts = [(is::FIRST_NAME, first), (is::LAST_NAME, last), (is::EMAIL, email)];
            values.extend(
                texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(id, text)| (id, Value::text(*text))),
            );
            if number % 4 != 3 {
                values.push((is::OWNER, Value::User(self.users[number % 2])));
            }
            let id = self.create(Object::CONTACT, 600 - number as i64, values);
            if let Some((_, company)) = companies.iter().find(|(name, _)| name == company) {
                self.link(id, *company);
            }
            self.log(id, now() - Duration::minutes(*minutes));
        }
    }

    fn deals(&mut self, companies: &[(&str, RecordId)]) {
        for (name, company, stage, minor, days) in DEALS {
            let values = vec![
                (is::NAME, Value::text(*name)),
                (is::PIPELINE, Value::Option(OptionId(2))),
                (is::STAGE, Value::Option(OptionId(*stage))),
                (is::AMOUNT, Value::Money(Money { minor: *minor, currency: Currency::EUR })),
                (is::CLOSE_DATE, Value::Date((now() + Duration::days(*days)).date_naive())),
                (is::OWNER, Value::User(self.users[0])),
            ];
            let id = self.create(Object::DEAL, 90, values);
            if let Some((_, company)) = companies.iter().find(|(found, _)| found == company) {
                self.link(id, *company);
            }
        }
    }

    fn leads(&mut self) {
        for (number, label) in (1..=3).enumerate() {
            let values = vec![
                (is::NAME, Value::text(format!("Second site, Elbląg {label}"))),
                (is::PIPELINE, Value::Option(OptionId(1))),
                (is::STAGE, Value::Option(OptionId([1, 3, 5][number]))),
                (is::LEAD_LABEL, Value::Option(OptionId(label))),
            ];
            self.create(Object::LEAD, 20, values);
        }
    }
}

/// No record, one user.
pub fn empty() -> Arc<Workspace> {
    let store = Arc::new(Memory::new());
    let clock = Arc::new(FixedClock::at(now()));
    let mut ids = CountedIds(0);
    let first = User::new(UserId(ids.next()), "Maja Sikorska", "maja@example.com");
    let workspace = Workspace::found(store, clock, Box::new(ids), first, Origin::Demo);
    Arc::new(workspace.expect("a new workspace"))
}

/// Thirty contacts and what belongs to them, two users. There are no tickets.
pub fn workspace() -> Arc<Workspace> {
    let workspace = empty();
    let other = User::new(UserId(Uuid::from_u128(77)), "Jürgen Adler", "j.adler@example.com");
    let users = [workspace.user(), other.id];
    perform(&workspace, &Change::AddUser { user: Box::new(other) });
    let mut seed = Seed { next: 0, ops: Vec::new(), users };
    let mut companies: Vec<(&str, RecordId)> = Vec::new();
    for (_, _, name, stage, email, _) in PEOPLE.iter().filter(|person| !person.2.is_empty()) {
        if companies.iter().all(|(known, _)| known != name) {
            let domain = email.split('@').nth(1).expect("an address");
            let values = vec![
                (is::NAME, Value::text(*name)),
                (is::DOMAIN, Value::text(domain)),
                (is::LIFECYCLE_STAGE, Value::Option(OptionId(*stage))),
                (is::CITY, Value::text("Gdynia")),
            ];
            let id = seed.create(Object::COMPANY, 700, values);
            companies.push((name, id));
        }
    }
    seed.people(&companies);
    seed.deals(&companies);
    seed.leads();
    perform(&workspace, &Change::Seed { ops: seed.ops });
    workspace
}

/// So many calls with a record, one every third day.
pub fn call(workspace: &Workspace, record: RecordId, count: i64) {
    let mut seed = Seed { next: 1 << 32, ops: Vec::new(), users: [workspace.user(); 2] };
    for number in 1..=count {
        seed.log(record, now() - Duration::days(3 * number));
    }
    perform(workspace, &Change::Seed { ops: seed.ops });
}

/// Contacts of these names only, the first one with the newest activity.
pub fn named(names: &[&str]) -> Arc<Workspace> {
    let workspace = empty();
    let mut seed = Seed { next: 0, ops: Vec::new(), users: [workspace.user(); 2] };
    for (number, name) in (0..).zip(names) {
        let id = seed.create(Object::CONTACT, number, vec![(is::LAST_NAME, Value::text(*name))]);
        seed.log(id, now() - Duration::minutes(number));
    }
    perform(&workspace, &Change::Seed { ops: seed.ops });
    workspace
}

/// One contact with these values, whatever is in them.
pub fn one(values: Vec<(PropertyId, Value)>) -> Arc<Workspace> {
    let workspace = empty();
    let mut seed = Seed { next: 0, ops: Vec::new(), users: [workspace.user(); 2] };
    seed.create(Object::CONTACT, 0, values);
    perform(&workspace, &Change::Seed { ops: seed.ops });
    workspace
}

pub fn perform(workspace: &Workspace, change: &Change) {
    workspace.perform(change, Origin::Demo).expect("the change is granted");
}

/// A contact by its last name.
pub fn contact(workspace: &Workspace, last_name: &str) -> RecordId {
    first(workspace, Object::CONTACT, is::LAST_NAME, last_name)
}

pub fn company(workspace: &Workspace, name: &str) -> RecordId {
    first(workspace, Object::COMPANY, is::NAME, name)
}

pub fn deal(workspace: &Workspace, name: &str) -> RecordId {
    first(workspace, Object::DEAL, is::NAME, name)
}

fn first(workspace: &Workspace, object: Object, property: PropertyId, text: &str) -> RecordId {
    let mut found = None;
    let mut look = |record: Record| {
        if record.text(property) == Some(text) {
            found = found.or(Some(record.id));
        }
    };
    workspace.store().each(object, &mut look).expect("readable");
    found.expect("one of that name")
}

/// Changes a text of a record, in the interface.
pub fn set(workspace: &Workspace, record: RecordId, property: PropertyId, text: &str) {
    let values = vec![(property, Some(Value::text(text)))];
    workspace.perform(&Change::Set { record, values }, Origin::Interface).expect("the change is granted");
}
