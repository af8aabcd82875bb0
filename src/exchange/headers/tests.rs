//! Columns by their names, and what may be said that they are.

use super::*;
use crate::domain::activity::ActivityKind;
use crate::domain::object::BUILT_IN;
use crate::domain::object::custom::ObjectForm;
use rstest::rstest;

const BOAT: Object = Object::FIRST_CUSTOM;

fn specs() -> Vec<ObjectSpec> {
    let boat = ObjectSpec::custom(BOAT, ObjectForm::new("Sail boat", "Sail boats"));
    BUILT_IN.iter().map(ObjectSpec::from).chain([boat]).collect()
}

fn activities() -> ObjectSpec {
    Settings::from_rows(std::collections::BTreeMap::new()).importable_as(Object::ACTIVITY).unwrap().clone()
}

#[rstest]
// HubSpot, Google, Outlook, Salesforce, lejek
#[case("First Name", Some(p(is::FIRST_NAME)))]
#[case("Given Name", Some(p(is::FIRST_NAME)))]
#[case("E-mail 1 - Value", Some(Role::Email))]
#[case("E-mail Address", Some(Role::Email))]
#[case("Organization 1 - Name", Some(Role::CompanyName))]
#[case("Company name", Some(Role::CompanyName))]
#[case("company_name", Some(p(is::COMPANY_NAME)))]
#[case("company", Some(Role::Tie(Object::COMPANY, By::Name)))]
#[case("Associated Company IDs (Primary)", Some(Role::Tie(Object::COMPANY, By::Ids(true))))]
#[case("Record ID", Some(Role::Id))]
#[case("Contact owner", Some(p(is::OWNER)))]
#[case("Create Date", Some(Role::Derived))]
#[case("name", Some(p(is::NAME)))]
#[case("associated_sail_boat_ids", Some(Role::Tie(BOAT, By::Ids(false))))]
#[case("Associated sail boats", Some(Role::Tie(BOAT, By::Name)))]
#[case("Associated sail", None)]
#[case("Shoe size", None)]
fn a_column_is_known_by_its_name(#[case] header: &str, #[case] expected: Option<Role>) {
    assert_eq!(role(header, &specs()[0], &specs()), expected);
}

#[rstest]
#[case("a.csv", &["First Name", "Email"], "contact")]
#[case("a.csv", &["First Name", "Email", "Notes", "Create Date", "Type"], "contact")]
#[case("a.csv", &["Name", "Company Domain Name", "Industry"], "company")]
#[case("a.csv", &["Deal Name", "Deal Stage", "Amount", "Close Date"], "deal")]
#[case("a.csv", &["Ticket name", "Ticket status", "Priority"], "ticket")]
#[case("a.csv", &["Subject", "Status", "Priority", "Description", "Due date", "Type"], "ticket")]
#[case("a.csv", &["name", "stage", "lead_label"], "lead")]
#[case("notes.csv", &["contact", "date", "text"], "activity")]
#[case("a.csv", &["Record ID", "Call Title", "Call notes", "Activity date", "Associated Contact IDs"], "activity")]
#[case("a.csv", &["property_hs_email_subject", "property_hs_timestamp", "type"], "activity")]
#[case("a.csv", &["Id", "WhoId", "WhatId", "Subject", "ActivityDate", "Status"], "activity")]
#[case("a.csv", &["contact_id", "engagement_id", "engagement_type"], "activity")]
#[case("a.csv", &["type", "time", "logged_on", "text"], "activity")]
fn the_object_is_found_out_from_the_columns(#[case] file: &str, #[case] columns: &[&str], #[case] expected: &str) {
    let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
    assert_eq!(
        likely_object(file, &columns, &Settings::from_rows(std::collections::BTreeMap::new())).unwrap().name,
        expected
    );
}

#[rstest]
#[case("calls.csv", &["subject"], Some(ActivityKind::Call))]
#[case("engagement_meeting_data.csv", &["title", "body"], Some(ActivityKind::Meeting))]
#[case("notes and tasks.csv", &["text"], None)]
#[case("a.csv", &["property_hs_note_body"], Some(ActivityKind::Note))]
#[case("a.csv", &["Call notes", "Email subject"], None)]
fn r3_1_the_type_is_found_out_from_the_file(
    #[case] file: &str,
    #[case] columns: &[&str],
    #[case] expected: Option<ActivityKind>,
) {
    let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
    assert_eq!(kind_of(file, &columns), expected);
}

#[test]
fn what_is_offered_is_understood_and_named_back() {
    for spec in specs().into_iter().chain([activities()]) {
        let offers = offers(&spec, &specs());
        for offer in &offers {
            let role = role(&offer.name, &spec, &specs()).unwrap();
            assert_eq!(offer_of(role, &offers), Some(offer), "{}: {}", spec.name, offer.name);
        }
        let known = tables(spec.object).iter().copied().flatten();
        for (names, _) in known {
            let name = names.split_whitespace().next().unwrap();
            let role = role(name, &spec, &specs()).filter(|role| *role != Role::Derived);
            assert!(role.is_none_or(|role| offer_of(role, &offers).is_some() || name == "externalids"), "{name}");
        }
    }
}
