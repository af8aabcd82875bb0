//! Filter expressions: what is written reads back as what was meant, for every kind of property and every operator.

use super::operators::{Class, OPERATORS, Takes, Verb, leading};
use super::parse::{FilterError, filter, phrases};
use super::phrase::{Phrase, Subject, written};
use super::{Check, Path, Range, Test};
use crate::domain::id::{Object, OptionId, PropertyId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::{Choice, Kind, Property, Tint};
use crate::domain::settings::{Settings, user_key};
use crate::domain::user::User;
use crate::domain::value::Reading;
use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;
use rstest::rstest;
use std::collections::BTreeMap;

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 12, 0, 0).unwrap()
}

fn settings() -> Settings {
    let me = User::new(crate::domain::id::UserId(uuid::Uuid::from_u128(7)), "Ann and Bob", "ann@firma.pl");
    Settings::from_rows(BTreeMap::from([(user_key(me.id), serde_json::to_string(&me).unwrap())]))
}

fn cx(settings: &Settings) -> Reading<'_> {
    Reading { settings, now: noon(), me: settings.users.first().map(|user| user.id) }
}

const LABELS: [&str; 5] = ["Plain", "not known", "a and b", "Żółta; łódź || \"x\"", "見積もり"];

/// Contacts with a property of every kind besides their own.
fn spec() -> ObjectSpec {
    let settings = settings();
    let mut spec = settings.object(Object::CONTACT).unwrap().clone();
    let choices = (1..).zip(LABELS);
    let choices = choices.map(|(n, label)| Choice {
        id: OptionId(n),
        name: format!("o{n}"),
        label: label.into(),
        tint: Tint::default(),
    });
    let choices: Vec<Choice> = choices.collect();
    for ((kind, name, label), number) in Kind::ROWS.iter().zip(2_000..) {
        spec.properties.push(Property {
            // Stages are read for the one property that has them.
            id: if *kind == Kind::Stage { is::STAGE } else { PropertyId(number) },
            name: format!("my_{name}_ł本"),
            label: (*label).to_owned(),
            kind: *kind,
            choices: choices.clone(),
            retired: Vec::new(),
            deleted: false,
            derived: false,
            hidden: false,
            required: false,
            searched: false,
        });
    }
    spec
}

const WORDS: &[&str] = &[
    "is", "not", "known", "and", "||", ";", "\"", "", " ", "łódź", "東京", "5\"", "next", "any of", "=", ">", "a\u{a0}",
];

fn any_text() -> impl Strategy<Value = String> {
    let made_of_words = prop::collection::vec(prop::sample::select(WORDS), 1..5).prop_map(|words| words.join(" "));
    prop_oneof![made_of_words, "\\PC{1,12}", "[\"|; a]{1,6}"]
        .prop_filter("says something", |text| !text.trim().is_empty())
}

/// Something that a property takes.
fn value(property: &Property) -> BoxedStrategy<String> {
    let of = |texts: &'static [&'static str]| prop::sample::select(texts).prop_map(str::to_owned).boxed();
    match property.kind {
        Kind::Number => of(&["5", "-3.5", "1 200", "1e3"][..3]),
        Kind::Money => of(&["1200", "12,50 EUR", "7 PLN"]),
        Kind::Date => of(&["2026-11-30", "tomorrow", "3 days ago"]),
        Kind::DateTime => of(&["2026-11-30", "tomorrow 3pm", "2026-11-30T10:00:00Z", "30d"]),
        Kind::YesNo => of(&["yes", "no"]),
        Kind::User | Kind::Users => of(&["me", "ann@firma.pl", "Ann and Bob"]),
        Kind::Pipeline => of(&["Leads", "Sales"]),
        Kind::Stage => of(&["New", "Closed won", "Appointment scheduled"]),
        Kind::Option | Kind::Options => {
            let labels: Vec<String> = property.choices.iter().map(|choice| choice.label.clone()).collect();
            prop::sample::select(labels).boxed()
        }
        _ => any_text().boxed(),
    }
}

/// All that can be compared, with its property and what it can be asked.
fn subjects() -> Vec<(Subject, Option<Property>, Class)> {
    let (spec, settings) = (spec(), settings());
    let company = settings.object(Object::COMPANY).unwrap();
    let own = spec.properties.iter().map(|property| Subject::Own(property.id));
    let others = company.properties.iter().map(|property| Subject::Associated(Object::COMPANY, property.id));
    let bare = [Subject::Tied(Object::COMPANY), Subject::Tied(Object::DEAL), Subject::Activity];
    let with_class = |of: Subject| (of, of.property(&spec, &settings).cloned(), of.class(&spec, &settings).unwrap());
    own.chain(others).chain(bare).map(with_class).collect()
}

fn phrase() -> impl Strategy<Value = Phrase> {
    prop::sample::select(subjects()).prop_flat_map(|(of, property, class)| {
        let rows: Vec<_> = class.operators().collect();
        prop::sample::select(rows).prop_flat_map(move |operator| {
            let value = || property.as_ref().map_or_else(|| any_text().boxed(), value);
            let with = match operator.takes {
                Takes::Nothing => Just(Vec::new()).boxed(),
                Takes::Text => any_text().prop_map(|text| vec![text]).boxed(),
                Takes::Value => value().prop_map(|text| vec![text]).boxed(),
                Takes::Values => prop::collection::vec(value(), 1..4).boxed(),
                Takes::Two => prop::collection::vec(value(), 2).boxed(),
                Takes::Span => prop::sample::select(&["30d", "2 weeks", "3 months", "1y"][..])
                    .prop_map(|text| vec![text.to_owned()])
                    .boxed(),
            };
            with.prop_map(move |with| Phrase { of, operator, with })
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn an_expression_reads_back_as_what_was_meant(any in prop::collection::vec(phrase(), 1..4)) {
        let (spec, settings) = (spec(), settings());
        let text = written(&any, &spec, &settings).unwrap();
        let read = phrases(&text, &spec, &settings);
        prop_assert_eq!(read.as_ref(), Ok(&any), "{}", text);
        // Two amounts in two currencies can't be compared; everything else means something.
        match filter(&text, &spec, &cx(&settings)) {
            Ok(filter) => prop_assert_eq!(filter.any.len(), any.len()),
            Err(error) => prop_assert!(error.to_string().contains("can't be compared"), "{}: {}", text, error),
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in "(name|email|owner|activity|company\\.city|deal) ?(is|contains|>|within)? ?\\PC{0,12}") {
        let (spec, settings) = (spec(), settings());
        if let Ok(read) = phrases(&text, &spec, &settings) {
            let again = written(&read, &spec, &settings).unwrap();
            prop_assert_eq!(phrases(&again, &spec, &settings), Ok(read), "{}", again);
        }
    }
}

fn read(text: &str) -> Result<Vec<Test>, FilterError> {
    let settings = settings();
    filter(text, &spec(), &cx(&settings)).map(|filter| filter.any)
}

/// The same, written in two ways.
#[rstest]
#[case("city is \"a;b\"", "city is any of \"a;b\"")]
#[case("city is a;b", "city is any of a;b")]
#[case("city is not a;b", "city is none of a;b")]
#[case("city = a", "city is a")]
#[case("City IS a", "city is a")]
#[case("city is empty", "city is unknown")]
#[case("city is not empty", "city is known")]
#[case("city not contains x", "city does not contain x")]
#[case("last_activity > 2026-11-01", "last_activity after 2026-11-01")]
#[case("last_activity is before 30d", "last_activity before 30d")]
#[case("created_at within 30d", "created_at within last 30d")]
#[case("company.employees > 5", "company.employees is more than 5")]
#[case("activity any 30d", "activity within 30d")]
#[case("activity none for 30d", "activity none 30d")]
#[case("deal is known", "deal.id is known")]
#[case("ticket is unknown", "ticket.id is unknown")]
fn two_ways_to_write_it(#[case] one: &str, #[case] other: &str) {
    assert_eq!(read(one), read(other));
    assert!(read(one).is_ok(), "{one}: {:?}", read(one));
}

#[rstest]
#[case("city is known for tea", "known for tea")]
#[case("city is \"not here\"", "not here")]
#[case("city is \"say \"\"hi\"\"\"", "say \"hi\"")]
#[case("job_title is a 5\" pipe || city is x", "a 5\" pipe")]
fn what_is_compared_with(#[case] text: &str, #[case] with: &str) {
    let (spec, settings) = (spec(), settings());
    assert_eq!(phrases(text, &spec, &settings).unwrap()[0].with, [with]);
}

#[rstest]
#[case("shoe_size is 42", "Contacts have no property “shoe_size”")]
#[case("boat.name is Ark", "There is no object “boat”")]
#[case("company.shoe_size is 42", "Companies have no property “shoe_size”")]
#[case("name", "has no operator")]
#[case("name ~ jan", "has no operator")]
#[case("name contains", "nothing to compare with")]
#[case("name is \"\"", "nothing to compare with")]
#[case("name > 5", "It takes: is, is not")]
#[case("lifecycle_stage contains Lea", "It takes: is, is not")]
#[case("deal is Big", "deal.name contains")]
#[case("activity sometimes", "Written so: activity none 30d")]
#[case("activity none whenever", "Written so: activity none 30d")]
#[case("created_at within 5 parsecs", "is no span")]
#[case("company.employees between 5", "between 1000 and 2000")]
fn what_is_wrong_is_said(#[case] text: &str, #[case] sentence: &str) {
    let error = read(text).unwrap_err().to_string();
    assert!(error.contains(sentence), "{error}");
}

#[test]
fn spans_reach_from_now_to_either_side() {
    let at = |day| Utc.with_ymd_and_hms(2026, 11, day, 12, 0, 0).unwrap().timestamp_millis() as f64;
    for (text, from, to) in [("last 7d", 12, 19), ("next 7d", 19, 26)] {
        let range = Range { from: Some(at(from)), to: Some(at(to)), currency: None };
        let test = Test { of: Path::Own(is::NEXT_ACTIVITY), check: Check::Within(range), negated: false };
        assert_eq!(read(&format!("next_activity within {text}")), Ok(vec![test]));
    }
}

#[test]
fn every_written_form_means_its_own_row() {
    for class in [
        Class::Text,
        Class::Number,
        Class::Day,
        Class::Moment,
        Class::YesNo,
        Class::Choice,
        Class::Tie,
        Class::Activity,
    ] {
        for operator in class.operators() {
            for form in [operator.written].iter().chain(operator.also) {
                let text = if operator.takes == Takes::Nothing { (*form).to_owned() } else { format!("{form} 5") };
                assert_eq!(leading(&text, class).map(|(found, _)| found), Some(operator), "{form} of {class:?}");
            }
        }
        let labels: Vec<&str> = class.operators().map(|operator| operator.label).collect();
        assert!(!labels.is_empty(), "{class:?} can be asked nothing");
        assert!(labels.iter().all(|label| labels.iter().filter(|other| *other == label).count() == 1), "{labels:?}");
    }
    assert!(OPERATORS.iter().all(|row| row.verb != Verb::HadNone || row.fits == [Class::Activity]));
}
