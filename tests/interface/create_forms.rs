//! What the forms of new records ask for, chosen in the settings (R2.14), and obeyed wherever a form opens.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::object::is;

#[test]
fn r2_14_the_form_of_deals_is_chosen_ordered_and_required_in_settings() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("g s / 'create deal form' enter");
    assert_shows(&pilot, "Settings › Objects › Deals");
    assert_shows(&pilot, "Fields of the form");
    pilot.press("x");
    assert_shows(&pilot, "Deals need a name");
    // The close date comes to stand above the amount, and is required; the type is left out.
    pilot.go("j j j j space K j j x");
    assert_shows(&pilot, "1 unsaved change");
    pilot.go("ctrl-s");
    assert_shows(&pilot, "Changed the setting Create deal form");
    let form = workspace.settings().form(Object::DEAL);
    let fields: Vec<_> = form.iter().map(|field| (field.property, field.required)).collect();
    assert_eq!(
        fields,
        [
            (is::NAME, true),
            (is::PIPELINE, false),
            (is::STAGE, false),
            (is::CLOSE_DATE, true),
            (is::AMOUNT, false),
            (is::OWNER, false)
        ]
    );

    pilot.go("g d c d 'Roof'");
    let rows = pilot.rows();
    let at = |text: &str| rows.iter().position(|row| row.contains(text));
    assert!(
        at("Close date *") < at("Amount        ") && at("Amount        ") < at("Owner         "),
        "{}",
        pilot.screen()
    );
    assert_hides(&pilot, "Deal type");
    pilot.go("ctrl-s");
    assert_shows(&pilot, "✕ Close date needs a value");
    pilot.go("'tomorrow' ctrl-s");
    assert_shows(&pilot, "Deals › Roof");
}

#[test]
fn r2_8_the_deal_of_a_lead_asks_what_its_form_insists_on() {
    let workspace = crate::board::of_leads();
    let form = vec![("deals.create_form".to_owned(), "name;close_date*".to_owned())];
    people::perform(&workspace, &Change::Settings { values: form });
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("g b m q enter");
    assert_shows(&pilot, "✕ Close date needs a value");
    assert_shows(&pilot, "Create deal of ▽ Hel");
    pilot.go("'tomorrow' enter");
    assert_eq!(crate::board::cards(&pilot, "Qualified"), ["Hel"]);
}

#[test]
fn r2_14_contacts_companies_and_objects_of_users_have_theirs() {
    let workspace = people::workspace();
    let boat = lejek::domain::object::custom::ObjectForm::new("Boat", "Boats");
    people::perform(&workspace, &Change::AddObject { form: Box::new(boat) });
    let mut pilot = Pilot::start(&workspace, 120, 36);
    for page in ["contacts: create form", "companies: create form", "tickets: create form", "boats: create form"] {
        pilot.go(&format!("g s / '{page}' enter"));
        assert_shows(&pilot, "Fields of the form");
    }
    assert_shows(&pilot, "Settings › Objects › Boats");
    pilot.go("j space ctrl-s");
    assert_shows(&pilot, "Changed the setting Create form");
    assert!(workspace.settings().form(Object::FIRST_CUSTOM).iter().all(|field| field.required));
}
