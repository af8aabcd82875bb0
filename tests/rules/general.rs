//! **Settings > General** is what amounts, dates and phone numbers are read by (R6.6).

use crate::lead_sync::settings;
use crate::world::{Kept, World};
use lejek::domain::graph::Key;
use lejek::domain::id::Object;
use lejek::domain::phone;
use lejek::domain::value::{Currency, Value};
use rstest::rstest;

#[rstest]
fn r6_6_a_bare_amount_is_in_the_currency_of_the_workspace(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let amount = |written: &str| match world.values(Object::DEAL, &[("amount", written)]).remove(0).1 {
        Value::Money(money) => money.currency,
        other => panic!("{other:?}"),
    };
    assert_eq!(amount("1200"), Currency::EUR);
    world.does(settings("general.currency", "PLN"));
    assert_eq!(amount("1200").code(), "PLN");
    assert_eq!(amount("1200 USD").code(), "USD");
}

#[rstest]
#[case("Monday", "2026-11-16")]
#[case("Sunday", "2026-11-15")]
#[case("Saturday", "2026-11-14")]
fn r6_6_a_week_begins_with_the_day_that_was_chosen(
    #[case] first: &str,
    #[case] begins: &str,
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    world.does(settings("general.first_weekday", first));
    let day = |written| world.values(Object::DEAL, &[("close_date", written)]).remove(0).1;
    assert_eq!(day("this week"), day(begins));
}

#[rstest]
fn r6_6_a_number_without_a_prefix_is_of_the_country_that_was_chosen(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let found = |written: &str| {
        let key = phone::key(written, "PL").map(Key::Phone).unwrap();
        world.store.find(&key).unwrap()
    };
    let polish = world.contact(&[("phone", "600 123 456")]);
    assert_eq!(found("+48 600 123 456"), [polish]);
    world.does(settings("general.phone_country", "DE"));
    let german = world.contact(&[("phone", "040 123456")]);
    assert_eq!(found("+49 40 123456"), [german]);
}

#[rstest]
fn r6_6_a_change_of_country_finds_every_number_by_the_new_one(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let bare = world.contact(&[("phone", "600 123 456"), ("mobile", "0600 123 456")]);
    let polish = world.contact(&[("phone", "+48 600 123 456")]);
    let german = world.contact(&[("phone", "040 123456")]);
    let found = |digits: &str| world.store.find(&Key::Phone(digits.into())).unwrap();
    assert_eq!(found("48600123456"), [bare, polish]);
    world.does(settings("general.phone_country", "DE"));
    assert_eq!(found("48600123456"), [polish]);
    assert_eq!(found("49600123456"), [bare]);
    assert_eq!(found("4940123456"), [german]);

    world.set(bare, "mobile", "").unwrap();
    assert_eq!(found("49600123456"), [bare]);
    world.set(bare, "phone", "0 800 1234567").unwrap();
    assert!(found("49600123456").is_empty());
    world.does(settings("general.phone_country", "PL"));
    assert_eq!(found("48600123456"), [polish]);
}
