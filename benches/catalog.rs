//! The catalog at 10,000, 100,000 and a million contacts: building, searching, sorting, filtering, following edits.
//! `cargo bench --bench catalog`, or with a part of a name: `cargo bench --bench catalog 1000000/first/search`.

use chrono::{DateTime, Utc};
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use lejek::domain::change::{Author, Origin};
use lejek::domain::fold::fold;
use lejek::domain::graph::{Read, Unreadable};
use lejek::domain::id::{ActNo, Object, OptionId, PropertyId, RecordId, UserId};
use lejek::domain::object::is;
use lejek::domain::query::{Check, Filter, Path, Query, Range, Sort, Test};
use lejek::domain::record::{Record, Stamp};
use lejek::domain::settings::Settings;
use lejek::domain::user::Viewer;
use lejek::domain::value::Value;
use lejek::store::catalog::{Catalog, Fact, Part, Source};
use lejek::store::codec::{RecordView, encode_record, view_record};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};
use uuid::Uuid;

const SIZES: &[usize] = &[10_000, 100_000, 1_000_000];
const NOW: i64 = 1_800_000_000_000;
const FIRST: &str = "Anna Jan Piotr Katarzyna Małgorzata Łukasz Zofia Stanisław Agnieszka Michał Ewa Tomasz Paweł Marta \
    Krzysztof Joanna Jürgen François Grzegorz Elżbieta Hanna Oliver Mateusz Wojciech Żaneta Aleksander Natalia Bartosz";
const START: &str = "Kowal Nowa Wiśniew Wójc Kamiń Lewandow Zieliń Szymań Woźnia Dąbrow Kozłow Mazur Krawczy Piotrow \
    Grabow Pawłow Michal Król Wieczor Jabłoń Wróble Majew Olszew Stępn Malinow Jawor Adamcz Dud Nowick Pawla Sikor \
    Walcza Rutkow Baran Szewczy Ostrow Tomasze Pietrza Zalew Wróblew Jasiń Sadow Bąk Chmielew Włodarczy Borkow";
const END: &str = "ski icz owicz ak ek czyk owska arz a iak ewski ko";
const FIRMS: &str = "Alfa Beta Hut Bud Trans Inter Pol Tech Nord Agro Medi Info Eko Stal Auto Foto Elektro Mebel Dom";

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

/// Rows as they lie on the disk.
struct Rows {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Rows {
    fn of(records: impl Iterator<Item = Record>) -> Rows {
        let mut rows = Rows { bytes: Vec::new(), ends: vec![0] };
        for record in records {
            rows.bytes.extend(encode_record(&record));
            rows.ends.push(rows.bytes.len());
        }
        rows
    }

    fn len(&self) -> usize {
        self.ends.len() - 1
    }
}

struct Disk {
    contacts: Rows,
    companies: Rows,
}

fn uuid(number: usize) -> Uuid {
    let time = 1_700_000_000_000 + number as u128;
    Uuid::from_u128(time << 80 | 0x7000 << 64 | 0x8000_0000_0000_0000 | (number as u128).wrapping_mul(0x9e37_79b9))
}

fn number(uuid: Uuid) -> usize {
    (uuid.as_u128() >> 80) as usize - 1_700_000_000_000
}

fn record(object: Object, number: usize, values: impl IntoIterator<Item = (PropertyId, Value)>) -> Record {
    let time = |millis| DateTime::from_timestamp_millis(millis).expect("a time of this century");
    let at = 1_700_000_000_000 + number as i64 * 40_000;
    let by = Author::User(UserId(uuid(0)));
    Record {
        id: RecordId::new(object, uuid(number)),
        version: 1,
        created: Stamp { at: time(at), by, origin: Origin::Import, act: ActNo(1) },
        updated: time(at + (number as i64 * 7_919) % 5_000_000),
        values: values.into_iter().collect(),
    }
}

fn contact(number: usize) -> Record {
    let [first, start, end, firms] = [FIRST, START, END, FIRMS].map(|text| text.split_whitespace().collect::<Vec<_>>());
    let mut dice = Dice(number as u64 * 77 + 5);
    let (first, last) = (dice.pick(&first), format!("{}{}", dice.pick(&start), dice.pick(&end)));
    let mail = fold(&format!("{first}.{last}{}@{}.example", dice.roll(1_000), dice.pick(&firms)));
    let phone = format!("+48 {} {:03} {:03}", 500 + dice.roll(300), dice.roll(1_000), dice.roll(1_000));
    let mut values = vec![
        (is::FIRST_NAME, Value::text(first)),
        (is::LAST_NAME, Value::text(last)),
        (is::EMAIL, Value::text(mail)),
        (is::PHONE, Value::text(phone)),
        (is::JOB_TITLE, Value::text(dice.pick(&["Buyer", "Owner", "Engineer", "Accountant"]))),
        (is::CITY, Value::text(dice.pick(&["Łódź", "Warszawa", "Kraków", "Gdańsk", "Poznań"]))),
        (is::OWNER, Value::User(UserId(uuid(dice.roll(20))))),
    ];
    if dice.roll(4) > 0 {
        values.push((is::LIFECYCLE_STAGE, Value::Option(OptionId(1 + dice.roll(8) as u16))));
    }
    if dice.roll(3) == 0 {
        values.push((is::COMPANY_NAME, Value::text(format!("{}{} SA", dice.pick(&firms), dice.pick(&end)))));
    }
    record(Object::CONTACT, number, values)
}

fn company(number: usize) -> Record {
    let firms: Vec<&str> = FIRMS.split_whitespace().collect();
    let mut dice = Dice(number as u64 * 31 + 1);
    let name = format!("{}{} {number}", dice.pick(&firms), dice.pick(&firms).to_lowercase());
    record(Object::COMPANY, number, [(is::NAME, Value::text(name))])
}

impl Disk {
    fn of(contacts: usize) -> Disk {
        let companies = contacts / 20;
        Disk { contacts: Rows::of((0..contacts).map(contact)), companies: Rows::of((0..companies).map(company)) }
    }

    fn rows(&self, object: Object) -> Option<&Rows> {
        match object {
            Object::CONTACT => Some(&self.contacts),
            Object::COMPANY => Some(&self.companies),
            _ => None,
        }
    }
}

impl Source for Disk {
    fn split(&self, object: Object, parts: usize) -> Read<Vec<Uuid>> {
        let rows = self.rows(object).map_or(0, Rows::len);
        Ok((1..parts).map(|part| uuid(rows * part / parts)).collect())
    }

    fn records(&self, object: Object, part: Part, visit: &mut dyn FnMut(Uuid, &RecordView)) -> Read<()> {
        let Some(rows) = self.rows(object) else { return Ok(()) };
        let from = part.from.map_or(0, number);
        for number in from..part.before.map_or(rows.len(), number) {
            let bytes = &rows.bytes[rows.ends[number]..rows.ends[number + 1]];
            visit(uuid(number), &view_record(bytes).map_err(|error| Unreadable(error.to_string()))?);
        }
        Ok(())
    }

    fn primaries(&self, object: Object, visit: &mut dyn FnMut(Uuid, RecordId)) -> Read<()> {
        if object == Object::CONTACT {
            let company = |number| RecordId::new(Object::COMPANY, uuid(number * 7 % self.companies.len()));
            let some = (0..self.contacts.len()).filter(|number| number % 10 != 0);
            some.for_each(|number| visit(uuid(number), company(number)));
        }
        Ok(())
    }

    fn activity_times(&self, object: Object, visit: &mut dyn FnMut(Uuid, i64, bool)) -> Read<()> {
        if object == Object::CONTACT {
            for number in 0..self.contacts.len() {
                let mut dice = Dice(number as u64);
                for _ in 0..dice.roll(5) {
                    visit(uuid(number), NOW - 60_000 * dice.roll(500_000) as i64, false);
                }
                if dice.roll(20) == 0 {
                    visit(uuid(number), NOW + 60_000 * dice.roll(50_000) as i64, dice.roll(2) == 0);
                }
            }
        }
        Ok(())
    }

    fn links(&self, object: Object, to: Object, visit: &mut dyn FnMut(Uuid, Uuid)) -> Read<()> {
        self.primaries(object, &mut |uuid, other| {
            if other.object == to {
                visit(uuid, other.uuid);
            }
        })
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(NOW).expect("a time of this century")
}

fn built(disk: &Disk, settings: &Settings) -> Catalog {
    let catalog = Catalog::default();
    catalog.build(disk, settings, Object::CONTACT, now()).expect("rows that were just written");
    catalog
}

fn contacts() -> Query {
    Query::all(Object::CONTACT, Viewer::EVERYTHING)
}

fn sorted_by(property: PropertyId, descending: bool) -> Query {
    Query { sort: vec![Sort { property, descending }], ..contacts() }
}

fn filtered(of: Path, check: Check) -> Query {
    let filter = Filter { any: vec![Test { of, check, negated: false }], text: String::new() };
    Query { filters: vec![filter], ..sorted_by(is::LAST_ACTIVITY, true) }
}

/// Resident megabytes, where the system tells.
fn resident() -> Option<usize> {
    let pages: usize = std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4 / 1_024)
}

struct Bench {
    size: usize,
    disk: Disk,
    settings: Settings,
}

impl Bench {
    fn find(&self, catalog: &Catalog, query: &Query) -> usize {
        let found = catalog.find(&self.disk, query, &self.settings, now()).expect("a source that can be read");
        let found = found.expect("a table that stands");
        black_box(found.ids(0, 60));
        found.matching()
    }

    /// A question to a catalog that was asked nothing but for its usual list before.
    fn first_time(&self, c: &mut Criterion, name: &str, query: &Query) {
        let mut group = c.benchmark_group(format!("{}/first", self.size));
        // Each question costs a catalog of its own, which isn't counted: so few of them.
        let (warm_up, measured) = (Duration::from_millis(1), Duration::from_millis(10));
        group.sample_size(10).sampling_mode(SamplingMode::Flat).warm_up_time(warm_up).measurement_time(measured);
        group.bench_function(name, |b| {
            b.iter_custom(|times| {
                let once = || {
                    let catalog = built(&self.disk, &self.settings);
                    self.find(&catalog, &sorted_by(is::LAST_ACTIVITY, true));
                    let start = Instant::now();
                    black_box(self.find(&catalog, query));
                    start.elapsed()
                };
                (0..times).map(|_| once()).sum()
            });
        });
        group.finish();
    }

    fn first_times(&self, c: &mut Criterion) {
        for search in ["k", "ko", "kow", "kowa", "kowal", "kowal jan"] {
            let query = Query { search: search.to_owned(), ..sorted_by(is::LAST_ACTIVITY, true) };
            self.first_time(c, &format!("search {search}"), &query);
        }
        self.first_time(c, "sort by name", &sorted_by(is::NAME, false));
        self.first_time(c, "sort by next activity", &sorted_by(is::NEXT_ACTIVITY, false));
        self.first_time(c, "sort by stage", &sorted_by(is::LIFECYCLE_STAGE, false));
        self.first_time(c, "sort by company, column included", &sorted_by(is::COMPANY, false));
        self.first_time(c, "sort by e-mail, column included", &sorted_by(is::EMAIL, false));
        let part = |text: &str| Check::Contains(text.to_owned());
        let stage = Check::OneOf(vec![Value::Option(OptionId(3))]);
        self.first_time(c, "filter by stage", &filtered(Path::Own(is::LIFECYCLE_STAGE), stage));
        let week = Range { from: Some(now().timestamp_millis() as f64 - 7.0 * 864e5), to: None, currency: None };
        self.first_time(c, "filter by last activity", &filtered(Path::Own(is::LAST_ACTIVITY), Check::Within(week)));
        self.first_time(c, "filter by name", &filtered(Path::Own(is::NAME), part("kowal")));
        self.first_time(c, "filter by city, column included", &filtered(Path::Own(is::CITY), part("lodz")));
        let lodz = Check::OneOf(vec![Value::text("Łódź")]);
        self.first_time(c, "filter by the whole city, column included", &filtered(Path::Own(is::CITY), lodz));
        let companies = Path::Associated(Object::COMPANY, is::NAME);
        self.first_time(c, "filter by companies, ties included", &filtered(companies, part("alfa")));
    }

    fn updates(&self, c: &mut Criterion, catalog: &Catalog) {
        let mut group = c.benchmark_group(format!("{}/update", self.size));
        group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        let mut turn = 0;
        let mut edit = || {
            turn += 7_919;
            let mut record = contact(turn % self.size);
            record.values.put(is::LAST_NAME, Some(Value::text(format!("Edited {turn}"))));
            catalog.apply([(record.id, Fact::Stands(Cow::Owned(record)))], now());
        };
        group.bench_function("edit", |b| b.iter(&mut edit));
        self.find(catalog, &sorted_by(is::NAME, false));
        group.bench_function("edit and list by name", |b| {
            b.iter(|| {
                edit();
                self.find(catalog, &sorted_by(is::NAME, false))
            });
        });
        group.finish();
    }
}

fn catalog(c: &mut Criterion) {
    for size in SIZES {
        let bench = Bench { size: *size, disk: Disk::of(*size), settings: Settings::from_rows(BTreeMap::new()) };
        let before = resident();
        let catalog = built(&bench.disk, &bench.settings);
        if let (Some(before), Some(after)) = (before, resident()) {
            println!("{size} contacts take {} MB", after - before);
        }
        let mut group = c.benchmark_group(format!("{size}/build"));
        group.sample_size(10).warm_up_time(Duration::from_millis(100)).measurement_time(Duration::from_secs(3));
        group.bench_function("contacts", |b| b.iter(|| built(&bench.disk, &bench.settings)));
        group.finish();
        bench.first_times(c);
        bench.updates(c, &catalog);
        let mut group = c.benchmark_group(format!("{size}/similar"));
        group.sample_size(10).measurement_time(Duration::from_secs(2));
        group.bench_function("kowalsik", |b| {
            b.iter(|| catalog.similar(Object::CONTACT, "kowalsik", &Viewer::EVERYTHING, 20));
        });
        group.finish();
    }
}

criterion_group!(benches, catalog);
criterion_main!(benches);
