//! What becomes of values.

use super::*;
use crate::domain::change::{Author, Origin};
use crate::domain::id::ActNo;
use crate::domain::object::BUILT_IN;
use crate::domain::record::{Stamp, Values};
use chrono::DateTime;

fn record(number: u128, values: &[(PropertyId, Value)]) -> Record {
    let stamp = Stamp { at: DateTime::UNIX_EPOCH, by: Author::Program, origin: Origin::CommandLine, act: ActNo(1) };
    let id = RecordId::new(Object::CONTACT, Uuid::from_u128(number));
    let values: Values = values.iter().cloned().collect();
    Record { id, version: 1, created: stamp.clone(), updated: stamp.at, values }
}

fn merged(into: &[(PropertyId, Value)], from: &[(PropertyId, Value)], take: &[PropertyId]) -> Vec<(PropertyId, Value)> {
    let spec = ObjectSpec::from(&BUILT_IN[0]);
    let take = taken(&spec, take).unwrap();
    let mut values = united(&spec, &record(1, into), &record(2, from), &take);
    values.retain(|(id, _)| *id != is::EXTERNAL_IDS);
    values
}

fn texts(texts: &[&str]) -> Value {
    Value::Texts(texts.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn r5_11_blanks_are_filled_and_values_stay_unless_taken() {
    let into = [(is::FIRST_NAME, Value::text("Jan")), (is::NOTES, Value::text("tall"))];
    let from = [(is::FIRST_NAME, Value::text("Jasiu")), (is::CITY, Value::text("Łódź")), (is::NOTES, Value::text("x"))];
    assert_eq!(merged(&into, &from, &[]), [(is::CITY, Value::text("Łódź"))]);
    let taken = merged(&into, &from, &[is::NAME, is::NOTES]);
    assert_eq!(taken[0], (is::FIRST_NAME, Value::text("Jasiu")));
    assert!(taken.contains(&(is::NOTES, Value::text("x"))));
    // A blank takes the place of nothing.
    assert_eq!(merged(&into, &[], &[is::NOTES]), []);
}

#[test]
fn r5_11_addresses_of_both_are_kept_and_the_main_one_is_the_firsts() {
    let into = [(is::EMAIL, Value::text("jan@a.pl")), (is::EMAILS, texts(&["j@a.pl"]))];
    let from = [(is::EMAIL, Value::text("J@a.pl")), (is::EMAILS, texts(&["jan@b.pl"]))];
    assert_eq!(merged(&into, &from, &[]), [(is::EMAILS, texts(&["j@a.pl", "jan@b.pl"]))]);
    let taken = merged(&into, &from, &[is::EMAIL]);
    assert_eq!(taken, [(is::EMAIL, Value::text("J@a.pl")), (is::EMAILS, texts(&["jan@a.pl", "jan@b.pl"]))]);
    let filled = merged(&[], &from, &[]);
    assert_eq!(filled, [(is::EMAIL, Value::text("J@a.pl")), (is::EMAILS, texts(&["jan@b.pl"]))]);
}

#[test]
fn r5_11_the_second_is_found_by_its_ids_afterwards() {
    let spec = ObjectSpec::from(&BUILT_IN[0]);
    let (into, from) = (record(1, &[]), record(2, &[(is::EXTERNAL_IDS, texts(&["hubspot:7"]))]));
    let values = united(&spec, &into, &from, &[]);
    assert_eq!(values, [(is::EXTERNAL_IDS, texts(&["hubspot:7", &former_id(from.id)]))]);
    let merged = record(1, &values);
    assert_eq!(former_ids(&merged).collect::<Vec<_>>(), [from.id]);
}

#[test]
fn what_lejek_works_out_is_not_chosen_and_a_stage_comes_with_its_pipeline() {
    let contact = ObjectSpec::from(&BUILT_IN[0]);
    let sentence = taken(&contact, &[is::LAST_ACTIVITY]).unwrap_err().to_string();
    assert_eq!(sentence, "Last activity is worked out by lejek and can't be chosen");
    assert_eq!(taken(&contact, &[is::AMOUNT]).unwrap_err().to_string(), "Contacts have no such property");
    let deal = ObjectSpec::from(&BUILT_IN[2]);
    assert_eq!(taken(&deal, &[is::STAGE]).unwrap(), [is::PIPELINE, is::STAGE]);
}
