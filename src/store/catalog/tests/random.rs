//! Random records, changes and questions: the catalog and the model agree on ids, order and counts at each step.

use super::model::{Pair, USERS, id, record, time};
use crate::domain::fold::fold;
use crate::domain::id::{Object, OptionId, PropertyId, RecordId};
use crate::domain::object::is;
use crate::domain::property::Kind;
use crate::domain::query::{Check, Filter, Path, Query, Range, Sort, Test};
use crate::domain::user::{Permissions, Reach, Viewer};
use crate::domain::value::{Currency, Money, Number, Value};
use proptest::prelude::*;

const RECORDS: u32 = 6;
const OBJECTS: [Object; 5] = [Object::CONTACT, Object::COMPANY, Object::DEAL, Object::TICKET, Object::LEAD];

/// What a step does; objects and properties by their place, so that any number means one.
#[derive(Debug, Clone)]
enum Step {
    Put { object: usize, number: u32, values: Vec<(usize, u8)> },
    Remove { object: usize, number: u32 },
    Tie { one: (usize, u32), other: (usize, u32), primary: bool },
    Untie { one: (usize, u32), other: (usize, u32) },
    Timeline { of: (usize, u32), times: Vec<(i64, bool)> },
    Wait(i64),
    Ask(Asked),
}

#[derive(Debug, Clone)]
struct Asked {
    object: usize,
    search: String,
    filters: Vec<Vec<Tested>>,
    sort: Vec<(usize, bool)>,
    within: Option<Vec<u32>>,
    viewer: u8,
}

#[derive(Debug, Clone)]
struct Tested {
    path: u8,
    other: usize,
    property: usize,
    check: u8,
    values: Vec<u8>,
    negated: bool,
}

const TEXTS: &[&str] = &[
    "Łódź",
    "lodz",
    "Lódz Fabryczna",
    "anna",
    "Anna  Nowak",
    "ANNA",
    "a",
    "jan@x.pl",
    "Jan Kowalski",
    "kowalska",
    "12 34",
    "Jan Kowalski 2",
    "Jan Kowalski the elder of the two",
    "Jan Kowalski the younger of the two",
    "żaba",
    "ß",
];

fn text(seed: u8) -> &'static str {
    TEXTS[usize::from(seed) % TEXTS.len()]
}

pub fn value(kind: Kind, seed: u8) -> Value {
    let several = || (0..=seed % 3).map(move |n| seed.wrapping_add(n * 7));
    let option = |seed: u8| OptionId(u16::from(seed % 6) + 1);
    let user = |seed: u8| USERS[usize::from(seed % 3)];
    match kind {
        Kind::Number => Value::Number(Number(f64::from(seed) - 100.5)),
        Kind::Money => Value::Money(Money {
            minor: i64::from(seed % 8) * 100 - 300,
            currency: if seed.is_multiple_of(2) { Currency::EUR } else { Currency(*b"PLN") },
        }),
        Kind::Date => Value::Date(chrono::NaiveDate::default() + chrono::Days::new(u64::from(seed % 8))),
        Kind::DateTime => Value::Time(time(i64::from(seed) * 9_000)),
        Kind::YesNo => Value::YesNo(seed.is_multiple_of(2)),
        Kind::Option | Kind::Pipeline => Value::Option(option(seed)),
        Kind::Stage => Value::Option([OptionId(1), OptionId(3), OptionId(12), OptionId(99)][usize::from(seed % 4)]),
        Kind::Options => Value::Options(several().map(option).collect()),
        Kind::User => Value::User(user(seed)),
        Kind::Users => Value::Users(several().map(user).collect()),
        Kind::Emails | Kind::Domains | Kind::Texts => Value::Texts(several().map(|s| text(s).to_owned()).collect()),
        Kind::Text | Kind::LongText | Kind::Email | Kind::Phone | Kind::Url | Kind::Domain => Value::text(text(seed)),
    }
}

fn property(pair: &Pair, object: Object, seed: usize) -> (PropertyId, Kind) {
    let properties = &pair.settings.object(object).unwrap().properties;
    let property = &properties[seed % properties.len()];
    (property.id, property.kind)
}

fn named((object, number): (usize, u32)) -> RecordId {
    id(OBJECTS[object % OBJECTS.len()], number)
}

fn check(kind: Kind, tested: &Tested) -> Check {
    let seed = tested.values.first().copied().unwrap_or(0);
    let size = |seed: u8| crate::domain::query::measure(&value(kind, seed));
    match tested.check % 6 {
        0 => Check::Known,
        1 => Check::OneOf(
            tested
                .values
                .iter()
                .map(|seed| match value(kind, *seed) {
                    Value::Texts(texts) => Value::text(texts[0].clone()),
                    Value::Options(ids) => Value::Option(ids[0]),
                    Value::Users(ids) => Value::User(ids[0]),
                    value => value,
                })
                .collect(),
        ),
        2 => Check::Contains(fold(text(seed)).chars().take(3).collect()),
        3 => Check::StartsWith(fold(text(seed)).chars().take(3).collect()),
        4 => Check::EndsWith(fold(text(seed)).chars().skip(2).collect()),
        _ => Check::Within(Range {
            from: size(seed),
            to: tested.values.get(1).and_then(|seed| size(*seed)),
            currency: seed.is_multiple_of(3).then_some(Currency::EUR),
        }),
    }
}

fn test(pair: &Pair, object: Object, tested: &Tested) -> Test {
    let other = OBJECTS[tested.other % OBJECTS.len()];
    let (of, kind) = match tested.path % 6 {
        0 => {
            let since = time(pair.now - i64::from(tested.check) * 1_000);
            return Test { of: Path::Activity, check: Check::ActiveSince(since), negated: tested.negated };
        }
        1 => {
            let (id, kind) = property(pair, other, tested.property);
            (Path::Associated(other, id), kind)
        }
        2 => (Path::Own(is::COMPANY), Kind::Text),
        _ => {
            let (id, kind) = property(pair, object, tested.property);
            (Path::Own(id), kind)
        }
    };
    Test { of, check: check(kind, tested), negated: tested.negated }
}

fn viewer(pair: &Pair, seed: u8) -> Viewer {
    let reach = match seed % 4 {
        0 => Reach::Own,
        1 => Reach::None,
        _ => return Viewer::EVERYTHING,
    };
    let mut user = pair.settings.users[usize::from(seed / 4) % 3].clone();
    let may = Permissions { view: reach, ..Permissions::ALL };
    user.permissions = OBJECTS.iter().map(|object| (object.0, may)).collect();
    Viewer::of(&user, &pair.settings.users)
}

fn query(pair: &Pair, asked: &Asked) -> Query {
    let object = OBJECTS[asked.object % OBJECTS.len()];
    let filter = |tests: &Vec<Tested>| Filter {
        any: tests.iter().map(|tested| test(pair, object, tested)).collect(),
        text: String::new(),
    };
    let sort = |(seed, descending): &(usize, bool)| Sort {
        property: property(pair, object, *seed).0,
        descending: *descending,
    };
    Query {
        object,
        within: asked.within.as_ref().map(|numbers| numbers.iter().map(|number| id(object, *number)).collect()),
        search: asked.search.clone(),
        filters: asked.filters.iter().map(filter).collect(),
        sort: asked.sort.iter().map(sort).collect(),
        viewer: viewer(pair, asked.viewer),
    }
}

fn take(pair: &mut Pair, step: &Step) {
    match step {
        Step::Put { object, number, values } => {
            let object = OBJECTS[object % OBJECTS.len()];
            let values = values.iter().filter_map(|(seed, content)| {
                let (id, kind) = property(pair, object, *seed);
                let derived = pair.settings.object(object)?.property(id)?.derived;
                (!derived).then(|| (id, value(kind, *content)))
            });
            let values: Vec<_> = values.collect();
            pair.put(record(id(object, *number), i64::from(*number) * 1_000, values));
        }
        Step::Remove { object, number } => pair.remove(named((*object, *number))),
        Step::Tie { one, other, primary } if named(*one) != named(*other) => {
            let both = [named(*one), named(*other)];
            if both.iter().all(|id| pair.model.records.contains_key(id)) {
                pair.tie(both[0], both[1], *primary);
            }
        }
        Step::Tie { .. } => {}
        Step::Untie { one, other } => pair.untie(named(*one), named(*other)),
        Step::Timeline { of, times } => {
            if pair.model.records.contains_key(&named(*of)) {
                let times: Vec<(i64, bool)> = times.iter().map(|(at, open)| (pair.now + at, *open)).collect();
                pair.timeline(named(*of), &times);
            }
        }
        Step::Wait(millis) => pair.now += millis,
        Step::Ask(asked) => pair.agree(&query(pair, asked)),
    }
}

fn reference() -> impl Strategy<Value = (usize, u32)> {
    (0..OBJECTS.len(), 0..RECORDS)
}

fn tested() -> impl Strategy<Value = Tested> {
    (any::<u8>(), 0..OBJECTS.len(), 0_usize..40, any::<u8>(), prop::collection::vec(any::<u8>(), 1..4), any::<bool>())
        .prop_map(|(path, other, property, check, values, negated)| Tested {
            path,
            other,
            property,
            check,
            values,
            negated,
        })
}

fn asked() -> impl Strategy<Value = Asked> {
    let search = prop_oneof![3 => Just(String::new()), 1 => "[a-kŁó ]{0,3}", 1 => "(Jan|kow|nowak|łodz|two)( [a-z])?"];
    let filters = prop::collection::vec(prop::collection::vec(tested(), 1..3), 0..3);
    let sort = prop::collection::vec((0_usize..40, any::<bool>()), 0..3);
    let within = prop_oneof![2 => Just(None), 1 => prop::collection::vec(0..RECORDS, 0..6).prop_map(Some)];
    (0..OBJECTS.len(), search, filters, sort, within, any::<u8>()).prop_map(
        |(object, search, filters, sort, within, viewer)| Asked { object, search, filters, sort, within, viewer },
    )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..OBJECTS.len(), 0..RECORDS, prop::collection::vec((0_usize..40, any::<u8>()), 0..12))
            .prop_map(|(object, number, values)| Step::Put { object, number, values }),
        1 => (0..OBJECTS.len(), 0..RECORDS).prop_map(|(object, number)| Step::Remove { object, number }),
        3 => (reference(), reference(), any::<bool>())
            .prop_map(|(one, other, primary)| Step::Tie { one, other, primary }),
        1 => (reference(), reference()).prop_map(|(one, other)| Step::Untie { one, other }),
        2 => (reference(), prop::collection::vec((-20_000_i64..20_000, any::<bool>()), 0..4))
            .prop_map(|(of, times)| Step::Timeline { of, times }),
        1 => (0_i64..15_000).prop_map(Step::Wait),
        4 => asked().prop_map(Step::Ask),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_the_model(
        before in prop::collection::vec(step(), 0..60),
        after in prop::collection::vec(step(), 1..60),
    ) {
        let mut pair = Pair::new(super::model::Model::default());
        for step in &before {
            take(&mut pair, step);
        }
        // What a scan finds is what commits told.
        let mut rebuilt = Pair { catalog: crate::store::catalog::Catalog::default(), ..pair };
        rebuilt.build();
        for step in &after {
            take(&mut rebuilt, step);
        }
        for object in OBJECTS {
            rebuilt.agree(&Query::all(object, Viewer::EVERYTHING));
            for number in 0..RECORDS {
                let id = id(object, number);
                let expected = rebuilt.model.records.contains_key(&id).then(|| rebuilt.model.derived(id, rebuilt.now));
                prop_assert_eq!(rebuilt.catalog.derived(id, time(rebuilt.now)), expected);
            }
        }
    }
}
