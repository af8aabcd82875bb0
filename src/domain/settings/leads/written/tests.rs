//! How the settings of leads are written, and what is refused.

use super::*;
use rstest::rstest;
use std::collections::BTreeMap;

fn settings() -> Settings {
    Settings::from_rows(BTreeMap::new())
}

#[rstest]
#[case(CREATE_ON_LIFECYCLE, "lead; Customer;Lead", "Lead;Customer", true)]
#[case(CREATE_ON_LIFECYCLE, "Off", "off", false)]
#[case(LIFECYCLE_ON_ASSOCIATE, "sales qualified lead", "Sales qualified lead", true)]
#[case(LIFECYCLE_ON_ASSOCIATE, "off", "off", false)]
#[case(STAGE_AUTOMATION, "leads = attempting > connected", "Leads=Attempting>Connected", true)]
#[case(STAGE_AUTOMATION, "off", "off", false)]
#[case(CARD, "Lead owner;company;owner", "owner;company", true)]
#[case(CARD, "none", "none", true)]
#[case(CARD, "default", "company;last_activity;lead_label;owner", false)]
#[case(PREVIEW, "stage", "stage", true)]
fn r2_1_what_is_written_is_read_again(
    #[case] key: &str,
    #[case] text: &str,
    #[case] shown: &str,
    #[case] is_kept: bool,
) {
    let row = settings().read_of_leads(key, text).unwrap();
    assert_eq!(row.is_some(), is_kept, "what is as from the start is no row");
    let kept = settings().with(key, row.as_deref());
    assert_eq!(kept.shown(key).as_deref(), Some(shown));
    assert_eq!(kept.read_of_leads(key, shown).unwrap(), row, "and what is shown is read");
}

#[rstest]
#[case(CREATE_ON_LIFECYCLE, "Boss", (2, 4), "no lifecycle stage “Boss”")]
#[case(CREATE_ON_LIFECYCLE, "", (2, 4), "`off` turns it off")]
#[case(LIFECYCLE_ON_ASSOCIATE, "Lead;Customer", (2, 6), "takes one")]
#[case(LIFECYCLE_ON_ASSOCIATE, "Other", (2, 6), "outside the order")]
#[case(STAGE_AUTOMATION, "Attempting>Connected", (2, 16), "Written so")]
#[case(STAGE_AUTOMATION, "Leads=Attempting", (2, 16), "Written so")]
#[case(STAGE_AUTOMATION, "Boats=Attempting>Connected", (2, 16), "There are: Leads")]
#[case(STAGE_AUTOMATION, "Leads=Attempting>Qualified", (2, 16), "no stage “Qualified” in progress")]
#[case(STAGE_AUTOMATION, "Leads=Connected>Attempting", (2, 16), "forwards")]
#[case(STAGE_AUTOMATION, "Leads=New>Connected", (2, 16), "forwards")]
#[case(STAGE_AUTOMATION, "Leads=Attempting>Connected;leads=Attempting>Connected", (2, 16), "twice")]
#[case(CARD, "board_place", (2, 15), "no property")]
fn r2_1_what_makes_no_sense_gets_a_sentence(
    #[case] key: &str,
    #[case] text: &str,
    #[case] rule: (u8, u8),
    #[case] words: &str,
) {
    let (refused, sentence) = settings().read_of_leads(key, text).unwrap_err();
    assert_eq!(refused, Rule(rule.0, rule.1));
    assert!(sentence.contains(words), "`{words}` is not in: {sentence}");
}

#[test]
fn r2_16_a_stage_that_is_closed_or_gone_takes_nobody() {
    let settings = settings();
    let row = settings.read_of_leads(STAGE_AUTOMATION, "Leads=Attempting>Connected").unwrap();
    let on = settings.with(STAGE_AUTOMATION, row.as_deref());
    let leads = on.pipelines_of(Object::LEAD).next().unwrap();
    let moving = on.moving_on(leads.id).unwrap();
    assert_eq!((moving.outreach.name.as_str(), moving.answer.name.as_str()), ("Attempting", "Connected"));
    let mut without = leads.clone();
    without.retired.extend(without.stages.extract_if(.., |stage| stage.name == "Connected"));
    let key = crate::domain::pipeline::pipeline_key(leads.id);
    let gone = on.with(&key, Some(&serde_json::to_string(&without).unwrap()));
    assert!(gone.moving_on(leads.id).is_none());
    assert_eq!(gone.shown(STAGE_AUTOMATION).as_deref(), Some("off"), "it names no stage that is gone");
}
