//! How forms are written, and what is refused.

use super::*;
use rstest::rstest;
use std::collections::BTreeMap;

fn settings() -> Settings {
    Settings::from_rows(BTreeMap::new())
}

#[rstest]
#[case(Object::LEAD, "owner;Name; lead_label*", "owner;name*;lead_label*", true)]
#[case(Object::LEAD, "default", "name*;pipeline;stage;lead_label;lead_type;lead_source;owner", false)]
#[case(Object::DEAL, "name; amount*;Close date*", "name*;amount*;close_date*", true)]
#[case(
    Object::DEAL,
    "name;pipeline;stage;amount;close_date;deal_type;owner",
    "name*;pipeline;stage;amount;close_date;deal_type;owner",
    false
)]
#[case(Object::TICKET, "name;priority*", "name*;priority*", true)]
#[case(Object::CONTACT, "email*;last_name", "email*;last_name", true)]
#[case(Object::COMPANY, "domain*", "domain*", true)]
fn r2_14_what_is_written_is_read_again(
    #[case] object: Object,
    #[case] text: &str,
    #[case] shown: &str,
    #[case] is_kept: bool,
) {
    let row = settings().read_form(object, text).unwrap();
    assert_eq!(row.is_some(), is_kept, "what is as from the start is no row");
    let kept = settings().with(&form_row(object), row.as_deref());
    assert_eq!(kept.shown(&kept.form_key(object)).as_deref(), Some(shown));
    assert_eq!(kept.read_form(object, shown).unwrap(), row, "and what is shown is read");
}

#[rstest]
#[case(Object::LEAD, "owner", "Leads need a name")]
#[case(Object::LEAD, "name;shoes", "no property “shoes”")]
#[case(Object::LEAD, "name;company", "made by the program")]
#[case(Object::DEAL, "amount", "Deals need a name")]
#[case(Object::CONTACT, "owner", "an e-mail or a phone number")]
#[case(Object::COMPANY, "city", "a name or a domain")]
fn r2_14_what_makes_no_sense_gets_a_sentence(#[case] object: Object, #[case] text: &str, #[case] words: &str) {
    let sentence = settings().read_form(object, text).unwrap_err();
    assert!(sentence.contains(words), "`{words}` is not in: {sentence}");
}

#[test]
fn r2_14_keys_of_forms_are_those_of_their_objects() {
    let settings = settings();
    assert_eq!(settings.form_key(Object::DEAL), "deals.create_form");
    assert_eq!(settings.object_of_form("companies.create_form"), Some(Object::COMPANY));
    assert_eq!(settings.object_of_form("boats.create_form"), None);
}
