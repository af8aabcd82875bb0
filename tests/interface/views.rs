//! Views as one uses them: filters put together by keys, several sort keys, columns, saving, coming back.

use crate::common::people;
use crate::common::pilot::{Pilot, now, plain};
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{Object, UserId};
use lejek::domain::property::Kind;
use lejek::domain::property::form::PropertyForm;
use lejek::domain::view::{View, ViewId};
use lejek::glyphs;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{CountedIds, FixedClock};
use lejek::workspace::request::Reply;
use ratatui::style::Modifier;
use std::sync::Arc;
use uuid::Uuid;

fn contacts() -> Pilot {
    Pilot::start(&people::workspace(), 120, 36)
}

#[track_caller]
fn shows(pilot: &Pilot, text: &str) {
    assert!(pilot.shows(text), "`{text}` is not seen:\n{}", pilot.screen());
}

#[track_caller]
fn hides(pilot: &Pilot, text: &str) {
    assert!(!pilot.shows(text), "`{text}` is seen:\n{}", pilot.screen());
}

/// Types and takes each step of a filter.
fn take<'p>(pilot: &'p mut Pilot, steps: &[&str]) -> &'p mut Pilot {
    for step in steps {
        pilot.type_in(step).press("enter");
    }
    pilot
}

/// Presses `f`, then types and takes each step.
fn filter<'p>(pilot: &'p mut Pilot, steps: &[&str]) -> &'p mut Pilot {
    pilot.press("f");
    take(pilot, steps)
}

#[test]
fn a_filter_is_built_without_a_syntax() {
    let mut pilot = contacts();
    pilot.press("f");
    shows(&pilot, "Filter contacts");
    shows(&pilot, "date and time");
    pilot.type_in("life");
    pilot.press("enter");
    shows(&pilot, "is any of");
    shows(pilot.press("down down enter"), "[ ] Customer");
    pilot.type_in("cust").press("tab");
    pilot.press("backspace backspace backspace backspace").type_in("oppo").press("tab");
    shows(&pilot, "2 ticked");
    pilot.press("enter");
    shows(&pilot, "Lifecycle stage is any of Customer, Opportunity ×");
    shows(&pilot, "All contacts * 30");
    hides(&pilot, "Evangelist");
    let matching = pilot.rows().iter().filter(|row| row.contains("Customer") || row.contains("Opportunity")).count();
    shows(&pilot, &format!("{} of 30", matching - 1));
}

#[test]
fn is_becomes_is_any_of_with_a_second_value() {
    let mut pilot = contacts();
    filter(&mut pilot, &["lifecycle", "is"]);
    pilot.type_in("lead").press("tab").press("enter");
    shows(&pilot, "Lifecycle stage is any of Lead ×");
}

#[test]
fn filters_ask_associated_records_and_activity() {
    let mut pilot = contacts();
    filter(&mut pilot, &["company city", "is", "gdynia"]);
    shows(&pilot, "Company › City is gdynia ×");
    shows(&pilot, "27 of 30");
    filter(&mut pilot, &["activity", "none", "30d"]);
    shows(&pilot, "Activity none for 30 days ×");
    shows(&pilot, "2 of 30");
    shows(&pilot, "Dorota Nowakowska");
    pilot.press("F x");
    shows(&pilot, "4 of 30");
}

#[test]
fn the_properties_of_an_associated_object_are_one_step_further() {
    let mut pilot = contacts();
    pilot.press("f");
    while !pilot.marked_row().contains("Company ›") {
        pilot.press("down");
    }
    pilot.press("enter");
    shows(&pilot, "by a property of an associated company");
    shows(&pilot, "whether there is one");
    pilot.press("enter");
    pilot.type_in("unknown").press("enter");
    shows(&pilot, "Company is unknown ×");
    shows(&pilot, "3 of 30");
}

#[test]
fn a_day_in_words_is_understood_while_one_types() {
    let mut pilot = contacts();
    filter(&mut pilot, &["last activity", "before"]);
    pilot.type_in("last m");
    shows(&pilot, "✕ ");
    pilot.press("ctrl-u").type_in("30d");
    shows(&pilot, "✓ Tue 20 Oct");
    pilot.press("ctrl-u").type_in("yesterdei").press("enter");
    shows(&pilot, "✕ ");
    shows(&pilot, "Filter contacts");
    pilot.press("ctrl-u").type_in("30d").press("enter");
    shows(&pilot, "Last activity is before 30d ×");
    shows(&pilot, "4 of 30");
}

#[test]
fn steps_go_back() {
    let mut pilot = contacts();
    filter(&mut pilot, &["lifecycle", "is"]);
    shows(&pilot, "[ ] Customer");
    shows(pilot.press("backspace"), "is none of");
    shows(pilot.press("esc"), "by a property, by what is associated, or by activity");
    hides(pilot.press("esc"), "Filter contacts");
    hides(&pilot, "All contacts *");
}

#[test]
fn chips_are_changed_removed_and_given_alternatives() {
    let mut pilot = contacts();
    filter(&mut pilot, &["lifecycle", "is", "customer"]);
    shows(&pilot, "2 of 30");
    pilot.press("F o");
    shows(&pilot, "Or else: filter contacts");
    take(&mut pilot, &["lifecycle", "is", "evangelist"]);
    shows(&pilot, "Lifecycle stage is Customer or is Evangelist ×");
    shows(&pilot, "3 of 30");
    pilot.press("l enter");
    shows(&pilot, "Change the filter of contacts");
    pilot.type_in("other").press("enter");
    shows(&pilot, "Lifecycle stage is Customer or is Other ×");
    shows(&pilot, "enter change");
    shows(pilot.press("l"), "This is the last one.");
    pilot.press("x");
    shows(&pilot, "Lifecycle stage is Customer ×");
    shows(pilot.press("backspace"), "30 contacts");
    hides(&pilot, "All contacts *");
    shows(pilot.press("F"), "There are no filters, f adds one.");
}

#[test]
fn a_value_of_a_filter_is_typed_as_its_property_is_edited() {
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    pilot.press("g d");
    filter(&mut pilot, &["close date", "on or before"]);
    shows(&pilot, "2026-11-30, tomorrow");
    pilot.type_in("30.11.2026");
    shows(&pilot, "Mon 30 Nov 2026 in 11 days");
    pilot.press("ctrl-u").type_in("30d ago");
    shows(&pilot, "✓ ");
    pilot.press("ctrl-u").type_in("30.11.2026");
    pilot.press("enter");
    shows(&pilot, "Close date is on or before");
    filter(&mut pilot, &["amount", "is more than"]);
    pilot.type_in("1000");
    shows(&pilot, "✓ 1");
    pilot.press("ctrl-u").type_in("lots").press("enter");
    shows(&pilot, "✕ ");
    pilot.press("ctrl-u backspace");
    shows(&pilot, "is less than");
}

#[test]
fn a_click_on_a_cross_removes_a_filter() {
    let mut pilot = contacts();
    filter(&mut pilot, &["lifecycle", "is", "customer"]);
    let row = pilot.rows()[5].clone();
    let cross = lejek::ui::text::width(row.split('×').next().unwrap()) as u16;
    pilot.click(4, 5);
    shows(&pilot, "enter change");
    shows(pilot.click(cross, 5), "30 contacts");
}

#[test]
fn filters_are_edited_as_expressions_with_what_is_wrong() {
    let mut pilot = contacts();
    filter(&mut pilot, &["lifecycle", "is", "customer"]);
    pilot.press("=");
    shows(&pilot, "lifecycle_stage is Customer");
    shows(&pilot, "lejek list contact --filter 'lifecycle_stage is Customer' --sort=-last_activity");
    pilot.press("down").type_in("company.contry is Poland");
    shows(&pilot, "✕ Companies have no property “contry”");
    pilot.press("enter");
    shows(&pilot, "Filters as expressions");
    pilot.press("ctrl-u").type_in("company.city is Gdynia || owner is me");
    pilot.press("enter");
    shows(&pilot, "Company › City is Gdynia or Owner is me ×");
    pilot.press("= ctrl-u enter");
    hides(&pilot, "Lifecycle stage is Customer");
    shows(&pilot, "Company › City is Gdynia or Owner is me ×");
}

#[test]
fn several_columns_sort() {
    let mut pilot = contacts();
    pilot.press("s l");
    shows(&pilot, "Lifecycle stage ↑");
    pilot.press("S");
    shows(&pilot, "then sort by…");
    pilot.press("n");
    shows(&pilot, "Lifecycle stage ↑1");
    shows(&pilot, "Name ↑2");
    let first: Vec<String> = pilot.rows()[8..12].to_vec();
    assert!(first[0].contains("Imogen") && first[1].contains("Jan Kowalski"), "{first:?}");
    pilot.press("S n");
    shows(&pilot, "Name ↓2");
    assert!(pilot.rows()[8].contains("Róża Sikowska"), "{}", pilot.screen());
    pilot.press("s n");
    hides(&pilot, "Lifecycle stage ↑1");
}

#[test]
fn a_view_is_saved_changed_dropped_and_there_after_a_restart() {
    let (workspace, folder) = (people::workspace(), tempfile::tempdir().unwrap());
    let kept = folder.path().join("state.json");
    let mut pilot = Pilot::resumed(&workspace, &kept, 120, 36);
    filter(&mut pilot, &["lifecycle", "is any of", "lead"]);
    filter(&mut pilot, &["company", "known"]);
    pilot.press("s n S l z s");
    shows(&pilot, "Save the view");
    shows(pilot.press("enter"), "A view needs a name");
    pilot.type_in("All contacts").press("enter");
    shows(&pilot, "There is a view “All contacts” already");
    pilot.press("ctrl-u").type_in("Leads of companies").press("enter");
    shows(&pilot, "Saved the view Leads of companies");
    hides(&pilot, "Save the view");
    shows(&pilot, "Leads of companies ");
    hides(&pilot, "*");
    pilot.press("j j");
    let record = pilot.cursor_row();
    pilot.press("s a");
    shows(&pilot, "Leads of companies *");
    pilot.press("/").type_in("wier");
    pilot.press("enter");
    drop(pilot);

    let mut pilot = Pilot::resumed(&workspace, &kept, 120, 36);
    shows(&pilot, "Leads of companies *");
    shows(&pilot, "Search wier ×");
    shows(&pilot, "Activity ↓");
    pilot.press("z z");
    hides(&pilot, "*");
    shows(&pilot, "Name ↑1");
    shows(&pilot, "Lifecycle stage ↑2");
    shows(&pilot, "Lifecycle stage is any of Lead ×");
    while pilot.cursor_row() != record {
        pilot.press("j");
    }
    drop(pilot);

    let pilot = Pilot::resumed(&workspace, &kept, 120, 36);
    assert_eq!(pilot.cursor_row(), record, "{}", pilot.screen());
    drop(pilot);
    let mut pilot = Pilot::resumed_asleep(&workspace, &kept, 120, 36);
    assert_eq!(pilot.wake().cursor_row(), record, "{}", pilot.screen());
}

#[test]
fn one_lands_on_the_list_of_last_time_and_what_cant_be_read_is_passed_over() {
    let (workspace, folder) = (people::workspace(), tempfile::tempdir().unwrap());
    let kept = folder.path().join("state.json");
    let mut pilot = Pilot::resumed(&workspace, &kept, 160, 45);
    shows(&pilot, "Contacts");
    pilot.press("z p g d ]");
    drop(pilot);
    let mut pilot = Pilot::resumed(&workspace, &kept, 160, 45);
    shows(&pilot, "▽  Deals");
    assert!(pilot.rows()[3].starts_with("  ──"), "another tab than the first is open:\n{}", pilot.screen());
    hides(&pilot, "Preview");
    pilot.press("g c");
    hides(&pilot, "Preview");
    drop(pilot);
    std::fs::write(&kept, "{").unwrap();
    let pilot = Pilot::resumed(&workspace, &kept, 160, 45);
    shows(&pilot, "▽  Contacts");
    shows(&pilot, "Preview");
}

#[test]
fn a_view_is_renamed_deleted_and_brought_back() {
    let mut pilot = contacts();
    shows(pilot.press("z n"), "It comes with lejek, z S saves one of your own.");
    pilot.press("z x");
    hides(&pilot, "Deleted");
    filter(&mut pilot, &["lifecycle", "is", "lead"]).press("z S").type_in("Leads").press("tab enter");
    shows(&pilot, "Leads");
    pilot.press("z n ctrl-u").type_in("New leads").press("enter");
    shows(&pilot, "New leads");
    pilot.press("s n z s");
    hides(&pilot, "*");
    shows(&pilot, "Changed the view New leads");
    pilot.press("z x");
    shows(&pilot, "Deleted the view New leads");
    hides(&pilot, "New leads 8");
    shows(pilot.press("u alt-5"), "Lifecycle stage is Lead ×");
}

#[test]
fn views_of_others_are_seen_only_if_they_are_for_everyone() {
    let workspace = people::workspace();
    let (clock, ids) = (Arc::new(FixedClock::at(now())), Box::new(CountedIds(900)));
    let other = Workspace::new(Arc::clone(workspace.store()), clock, ids, UserId(Uuid::from_u128(77)));
    let view = |name: &str, everyone| View {
        name: name.into(),
        everyone,
        filters: vec!["lifecycle_stage is Lead".into()],
        ..View::new(ViewId::NEW, Object::CONTACT, None)
    };
    for (name, everyone) in [("Mine alone", false), ("For all of us", true)] {
        other.perform(&Change::SaveView { view: Box::new(view(name, everyone)) }, Origin::Interface).unwrap();
    }
    let mut pilot = Pilot::start(&workspace, 120, 36);
    shows(&pilot, "For all of us");
    hides(&pilot, "Mine alone");
    shows(pilot.press("alt-5"), "Lifecycle stage is Lead ×");
}

#[test]
fn columns_are_chosen_moved_sized_and_rows_grouped() {
    let mut pilot = contacts();
    pilot.press("z c");
    shows(&pilot, "Columns of All contacts");
    shows(&pilot, "[✓] Name");
    // The list behind follows at once.
    pilot.press("j j j space");
    shows(&pilot, "5 shown");
    pilot.press("esc");
    hides(&pilot, "balticfreight");
    shows(&pilot, "All contacts *");
    pilot.press("z c j J esc");
    let head = pilot.rows()[7].clone();
    assert!(head.find("Lifecycle stage") < head.find("Company"), "{head}");
    pilot.press("z c > > > > esc");
    let wider = pilot.rows()[7].clone();
    assert!(wider.find("Lifecycle stage") > head.find("Lifecycle stage"), "{head}\n{wider}");
    pilot.press("z c j g esc");
    shows(&pilot, "Lifecycle stage ↑1");
    let leads = pilot.rows()[8..].iter().filter(|row| row.contains("━──  Lead")).count();
    assert_eq!(leads, 1, "{}", pilot.screen());
    pilot.press("z z");
    hides(&pilot, "All contacts *");
    assert_eq!(pilot.rows()[7], contacts().rows()[7]);
}

#[test]
fn a_view_whose_property_was_deleted_says_so() {
    let workspace = people::workspace();
    let form = PropertyForm {
        name: "region".into(),
        label: "Region".into(),
        kind: Kind::Text,
        options: Vec::new(),
        required: false,
        searched: false,
    };
    people::perform(&workspace, &Change::AddProperty { object: Object::CONTACT, form: Box::new(form) });
    let mut pilot = Pilot::start(&workspace, 120, 36);
    filter(&mut pilot, &["region", "is unknown"]).press("z s").type_in("No region").press("enter");
    shows(&pilot, "30 contacts");
    let settings = workspace.settings();
    let region = settings.object(Object::CONTACT).unwrap().named("region").unwrap().id;
    let delete = Change::DeleteProperty { object: Object::CONTACT, id: region, confirmed: true };
    people::perform(&workspace, &delete);
    pilot.tell(Reply::Changed(Vec::new()));
    shows(&pilot, "The view “No region” can't be asked any more");
    hides(&pilot, "There are:");
    shows(&pilot, "= edits its filters");
    shows(&pilot, "region is unknown ×");
    pilot.press("= ctrl-u enter");
    shows(&pilot, "30 contacts");
    shows(&pilot, "No region *");
}

#[test]
fn what_was_looked_at_is_a_view() {
    let mut pilot = contacts();
    pilot.press("alt-4");
    shows(&pilot, "You have not looked at any contact lately.");
    pilot.press("alt-2 j j enter esc k enter esc alt-4");
    let rows = pilot.rows();
    assert!(rows[8].contains("佐伯") && rows[9].contains("Jan Kowalski"), "{}", pilot.screen());
    pilot.press("j enter esc");
    assert!(pilot.rows()[8].contains("Jan Kowalski"), "{}", pilot.screen());
    assert!(pilot.cursor_row().starts_with("Jan Kowalski"), "{}", pilot.screen());
}

#[test]
fn going_on_to_the_next_record_is_looking_at_it() {
    let mut pilot = contacts();
    pilot.press("enter J J esc alt-4");
    let names = ["Jan Kowalski", "佐伯 美咲", "Zofia Wierzbicka"];
    assert!(pilot.rows()[8..11].iter().zip(names).all(|(row, name)| row.contains(name)), "{}", pilot.screen());
    pilot.press("alt-2 G enter K esc ctrl-k");
    let first = pilot.marked_row();
    assert!(first.contains("nobody@nowhere.example"), "{first}");
    // Of a record that is not there any more nobody has seen anything.
    pilot.press("enter shift-tab x esc ctrl-k");
    assert!(pilot.marked_row().contains("Róża Sikowska"), "{}", pilot.screen());
}

#[test]
fn a_view_shows_its_expression() {
    let mut pilot = contacts();
    pilot.press("[ S n z e");
    shows(&pilot, "The view as a call of My contacts");
    shows(&pilot, "lejek list contact --filter 'owner is me' --sort=-last_activity --sort=name");
    hides(pilot.press("esc"), "lejek list");
}

#[test]
fn tabs_that_have_no_room_are_told_by_a_sign() {
    let workspace = people::workspace();
    for number in 1..=6 {
        let view = View::new(ViewId::NEW, Object::CONTACT, None);
        let view = View { name: format!("A view with number {number}"), ..view };
        people::perform(&workspace, &Change::SaveView { view: Box::new(view) });
    }
    let mut pilot = Pilot::start(&workspace, 80, 24);
    assert!(pilot.rows()[2].contains(" ›"), "{}", pilot.screen());
    pilot.press("[ [");
    let row = pilot.rows()[2].clone();
    assert!(row.starts_with("  ‹ ") && row.contains("number 6"), "{}", pilot.screen());
}

#[test]
fn in_a_low_window_filters_fold_and_unfold() {
    let mut pilot = Pilot::start(&people::workspace(), 80, 24);
    filter(&mut pilot, &["lifecycle", "is", "lead"]);
    filter(&mut pilot, &["company", "known"]);
    shows(&pilot, " 2 filters ");
    hides(&pilot, "is Lead ×");
    shows(pilot.press("F"), "Lifecycle stage is Lead ×");
    shows(pilot.press("esc"), " 2 filters ");
}

#[test]
fn a_search_goes_along_and_a_view_keeps_one() {
    let mut pilot = contacts();
    pilot.press("/").type_in("kow");
    pilot.press("enter [");
    shows(&pilot, "Search kow ×");
    pilot.press("]");
    hides(pilot.press("z S").type_in("Kow").press("enter"), "*");
    pilot.press("esc");
    shows(&pilot, "Search kow ×");
    hides(pilot.press("F x esc esc"), "Search kow");
    shows(&pilot, "Kow *");
    shows(pilot.press("z z"), "Search kow ×");
}

#[test]
fn filters_are_told_in_ascii() {
    let mut pilot = Pilot::with(&people::named(&["Nowak"]), plain(&glyphs::ASCII), 120, 36);
    for keys in ["f", "enter enter", "esc esc esc", "=", "esc", "z c", "esc", "z S", "enter", "esc", "z e", "esc"] {
        assert!(pilot.press(keys).screen().is_ascii(), "{keys}: {}", pilot.screen());
    }
    pilot.press("= x y enter");
    assert!(pilot.screen().is_ascii(), "{}", pilot.screen());
    pilot.press("ctrl-u").type_in("company.city is known || activity none 3 months");
    pilot.press("enter F l");
    shows(&pilot, "Company > City is known or Activity none for 3 months");
    assert!(pilot.screen().is_ascii(), "{}", pilot.screen());
    let reversed = pilot.marked(Modifier::REVERSED);
    assert_eq!(reversed.replace(' ', ""), "Activitynonefor3months", "the focus is seen without colours");
}
