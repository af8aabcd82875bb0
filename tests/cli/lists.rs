//! `list` and `count`: search, filters, order, columns, pages.

use crate::program::{Lejek, names};
use serde_json::{Value as Json, json};

/// Three people, two firms and four deals.
fn some() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl country=Poland");
    lejek.ok("new company 'name=Łódź Stal' domain=lodz-stal.pl country=Germany");
    lejek.ok("new contact first_name=Jan last_name=Kowalski email=jan@acme.pl lifecycle_stage=Lead owner=me --associate company:acme.pl");
    lejek.ok("new contact first_name=Łucja last_name=Żak email=lucja@lodz-stal.pl lifecycle_stage=Customer --associate company:lodz-stal.pl");
    lejek.ok("new contact first_name=Adam last_name=Nowak city=Gdynia");
    for (name, amount) in [("Roof", "1200"), ("Bridge", "90000"), ("Shed", "300"), ("Barn", "")] {
        lejek.ok(&format!("new deal name={name} amount={amount}"));
    }
    lejek
}

/// Object, filter, names in order.
const FILTERS: &[(&str, &str, &[&str])] = &[
    ("contact", "lifecycle_stage is Lead", &["Jan Kowalski"]),
    ("contact", "lifecycle_stage is Lead;Customer", &["Jan Kowalski", "Łucja Żak"]),
    ("contact", "lifecycle_stage is not Lead", &["Adam Nowak", "Łucja Żak"]),
    ("contact", "owner is me", &["Jan Kowalski"]),
    ("contact", "email is unknown", &["Adam Nowak"]),
    ("contact", "email is known", &["Jan Kowalski", "Łucja Żak"]),
    ("contact", "name contains \"ucja\"", &["Łucja Żak"]),
    ("contact", "name contains \"żak\"", &["Łucja Żak"]),
    ("contact", "company.country is Poland", &["Jan Kowalski"]),
    ("contact", "company contains lodz", &["Łucja Żak"]),
    ("contact", "city is Gdynia || lifecycle_stage is Customer", &["Adam Nowak", "Łucja Żak"]),
    ("contact", "activity none 30d", &["Adam Nowak", "Jan Kowalski", "Łucja Żak"]),
    ("contact", "last_activity before 30d", &[]),
    ("contact", "created_at after yesterday", &["Adam Nowak", "Jan Kowalski", "Łucja Żak"]),
    ("company", "name contains \"łódź\"", &["Łódź Stal"]),
    ("deal", "amount > 1000", &["Bridge", "Roof"]),
    ("deal", "amount >= 300", &["Bridge", "Roof", "Shed"]),
    ("deal", "amount between 300 and 1200", &["Roof", "Shed"]),
    ("deal", "amount is unknown", &["Barn"]),
    ("deal", "stage is Appointment scheduled", &["Barn", "Bridge", "Roof", "Shed"]),
];

#[test]
fn filters() {
    let lejek = some();
    for (object, filter, expected) in FILTERS {
        let found = lejek.ok(&format!("list {object} --filter '{filter}' --sort name"));
        assert_eq!(names(&found), *expected, "{filter}");
        assert_eq!(lejek.ok(&format!("count {object} --filter '{filter}'"))["count"], expected.len(), "{filter}");
    }
}

#[test]
fn several_filters_are_and() {
    let lejek = some();
    let both = "--filter 'email is known' --filter 'lifecycle_stage is Lead'";
    assert_eq!(names(&lejek.ok(&format!("list contact {both}"))), ["Jan Kowalski"]);
}

#[test]
fn sorts_with_the_empty_ones_last() {
    let lejek = some();
    for (sort, expected) in [
        ("name", &["Barn", "Bridge", "Roof", "Shed"]),
        ("-name", &["Shed", "Roof", "Bridge", "Barn"]),
        ("amount", &["Shed", "Roof", "Bridge", "Barn"]),
        ("-amount", &["Bridge", "Roof", "Shed", "Barn"]),
    ] {
        assert_eq!(names(&lejek.ok(&format!("list deal --sort {sort}"))), *expected, "{sort}");
    }
}

#[test]
fn searches_every_word_accents_aside() {
    let lejek = some();
    assert_eq!(names(&lejek.ok("list contact --search 'zak lucja'")), ["Łucja Żak"]);
    assert_eq!(names(&lejek.ok("list company --search lodz")), ["Łódź Stal"]);
    assert_eq!(lejek.ok("list contact --search 'zak jan'"), json!([]));
    assert_eq!(lejek.ok("count contact --search ACME.pl")["count"], 1);
}

#[test]
fn rows_have_id_name_and_the_columns() {
    let lejek = some();
    let found = lejek.ok("list contact --columns email,company,owner --sort name");
    let jan = &found[1];
    assert_eq!(jan["id"], lejek.ok("show contact:jan@acme.pl")["id"]);
    assert_eq!(
        (&jan["email"], &jan["company"], &jan["owner"]),
        (&json!("jan@acme.pl"), &json!("Acme"), &json!("ann@firma.pl"))
    );
    assert_eq!(jan.as_object().unwrap().len(), 5);
    assert_eq!(found[0]["email"], Json::Null, "an empty column is there and null");
    assert!(lejek.ok("list deal --limit 1")[0].as_object().unwrap().contains_key("stage"));
}

#[test]
fn pages() {
    let lejek = some();
    assert_eq!(names(&lejek.ok("list deal --sort name --limit 2")), ["Barn", "Bridge"]);
    assert_eq!(names(&lejek.ok("list deal --sort name --limit 2 --offset 3")), ["Shed"]);
    assert_eq!(lejek.ok("list deal --offset 10"), json!([]));
    assert_eq!(lejek.ok("list deal --limit 0"), json!([]));
    assert_eq!(lejek.ok("count deal --limit 1")["count"], 4);
}

#[test]
fn text_is_a_table_under_each_other() {
    let text = some().text("list deal --sort name --columns name,amount");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 5);
    assert!(lines[0].starts_with("Id") && lines[0].contains("Name") && lines[0].ends_with("Amount"));
    let end = |line: &str| line.chars().count();
    assert_eq!(end(lines[2]), end(lines[4]), "amounts stand at the right: {text}");
}

#[test]
fn what_is_not_there_is_wrong_usage_and_a_wrong_value_is_refused() {
    let lejek = some();
    for line in [
        "list boat",
        "count boat",
        "list contact --filter 'shoe_size is 42'",
        "list contact --filter 'company.shoe_size is 42'",
        "list contact --filter 'boat.name is Ark'",
        "list contact --filter 'name'",
        "list contact --filter 'name ~ jan'",
        "list contact --filter 'activity sometimes'",
        "list contact --sort shoe_size",
        "list contact --columns name,shoe_size",
        "count contact --columns shoe_size",
        "list contact --limit many",
    ] {
        lejek.fails(2, line);
    }
    for filter in ["lifecycle_stage is Nonsense", "stage is Nonsense", "name > 5"] {
        lejek.fails(if filter.starts_with("stage") { 2 } else { 3 }, &format!("list contact --filter '{filter}'"));
    }
    lejek.fails(3, "list deal --filter 'amount > lots'");
    lejek.fails(3, "list deal --filter 'stage is Nonsense'");
}
