//! The settings: the tree, the draft of the general ones, properties and their options.

use crate::common::people;
use crate::common::pilot::{Pilot, dark, now};
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::property::form::{OptionForm, PropertyForm};
use lejek::domain::property::{Kind, Tint};
use lejek::domain::query::Query;
use lejek::domain::user::Viewer;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{CountedIds, FixedClock};
use std::sync::Arc;

#[track_caller]
fn assert_shows(pilot: &Pilot, text: &str) {
    assert!(pilot.shows(text), "`{text}` is not seen:\n{}", pilot.screen());
}

#[track_caller]
fn assert_hides(pilot: &Pilot, text: &str) {
    assert!(!pilot.shows(text), "`{text}` is seen:\n{}", pilot.screen());
}

/// Contacts have a size, which two of them hold.
pub fn sized() -> Arc<Workspace> {
    let workspace = people::workspace();
    let option = |label: &str, tint| OptionForm { id: None, label: label.into(), tint };
    let form = PropertyForm {
        label: "Company size".into(),
        options: vec![option("Small", Tint::Blue), option("Medium", Tint::Amber), option("Large", Tint::Red)],
        ..PropertyForm::new("size", Kind::Option)
    };
    people::perform(&workspace, &Change::AddProperty { object: Object::CONTACT, form: Box::new(form) });
    let spec = workspace.settings();
    let size = spec.object(Object::CONTACT).and_then(|spec| spec.named("size")).expect("it was made").clone();
    let store = workspace.store();
    let page = store.page(&Query::all(Object::CONTACT, Viewer::EVERYTHING), now(), 0, 2).expect("contacts");
    for row in page.rows {
        let values = vec![(size.id, Some(Value::Option(size.choices[2].id)))];
        people::perform(&workspace, &Change::Set { record: row.record.id, values });
    }
    workspace
}

fn at(workspace: &Arc<Workspace>, keys: &str) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("g s").press(keys);
    pilot
}

/// On the properties of contacts.
const CONTACTS: &str = "j j enter";

#[test]
fn the_tree_opens_pages() {
    let mut pilot = at(&people::workspace(), "");
    assert_shows(&pilot, "Settings › General");
    assert_shows(&pilot, "What an amount without a currency is in.");
    pilot.press("j");
    assert_shows(&pilot, "Settings › Appearance and keys");
    pilot.press("j");
    assert_shows(&pilot, "Settings › Objects › Contacts");
    assert_shows(&pilot, "Lifecycle stage");
    pilot.press("G");
    assert_shows(&pilot, "Settings › Notifications");
    pilot.press("k");
    assert_shows(&pilot, "Settings › People");
    pilot.press("k");
    assert_shows(&pilot, "Settings › Objects › Companies by e-mail");
    pilot.press("k");
    assert_shows(&pilot, "Settings › Objects › Associations");
    pilot.press("k");
    assert_shows(&pilot, "Settings › Objects › Custom");
    pilot.press("k");
    assert_shows(&pilot, "Settings › Objects › Activities");
    pilot.press("k");
    assert_shows(&pilot, "Settings › Objects › Leads");
    pilot.press("esc");
    assert_shows(&pilot, "My contacts");
}

#[test]
fn r2_3_a_setting_is_a_draft_until_it_is_saved() {
    let workspace = people::workspace();
    let mut pilot = at(&workspace, "enter j j enter");
    pilot.type_in("zlo").press("enter");
    assert_shows(&pilot, "was EUR, now PLN");
    assert_shows(&pilot, "1 unsaved change on General");
    assert_eq!(workspace.settings().general.currency.code(), "EUR");
    pilot.press("k enter").type_in("Nordhafen").press("enter");
    assert_shows(&pilot, "2 unsaved changes on General");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Changed 2 settings");
    assert_hides(&pilot, "unsaved");
    assert_eq!(workspace.settings().general.currency.code(), "PLN");
    pilot.press("u");
    assert_eq!(workspace.settings().general.currency.code(), "EUR", "both are one act");
    assert_eq!(workspace.settings().general.partner_account, "");
}

#[test]
fn r2_3_discard_drops_the_draft() {
    let mut pilot = at(&people::workspace(), "enter j enter");
    pilot.type_in("Nordhafen").press("enter");
    assert_shows(&pilot, "Nordhafen");
    pilot.press("D");
    assert_hides(&pilot, "Nordhafen");
    assert_hides(&pilot, "unsaved");
    pilot.press("D");
    assert_shows(&pilot, "Nothing was changed");
}

#[test]
fn r2_3_leaving_with_unsaved_changes_asks() {
    let workspace = people::workspace();
    let drafted = |leave: &str| {
        let mut pilot = at(&workspace, "enter j enter");
        pilot.type_in("Nordhafen").press("enter").press(leave);
        assert_shows(&pilot, "Save before you leave?");
        pilot
    };
    let mut pilot = drafted("g d");
    pilot.press("esc");
    assert_shows(&pilot, "1 unsaved change on General");
    assert_shows(pilot.press("g d s"), "Retrofit");
    assert_eq!(workspace.settings().general.partner_account, "Nordhafen");
    pilot.press("u");
    assert_eq!(workspace.settings().general.partner_account, "");
    for leave in ["q", "tab esc", "ctrl-o", "esc esc"] {
        let mut pilot = drafted(leave);
        pilot.press("d");
        assert_shows(&pilot, "My contacts");
        assert_eq!(workspace.settings().general.partner_account, "", "{leave}");
        pilot.press("g s");
        assert_hides(&pilot, "unsaved");
    }
}

#[test]
fn a_click_saves_and_discards() {
    let workspace = people::workspace();
    let drafted = |word: &str| {
        let mut pilot = at(&workspace, "enter j enter");
        pilot.type_in("Nordhafen").press("enter");
        let rows = pilot.rows();
        let line = rows.iter().position(|row| row.contains("1 unsaved change on General")).expect("the bar");
        let column = lejek::ui::text::width(&rows[line][..rows[line].find(word).expect("the button")]);
        pilot.click(column as u16, line as u16);
        pilot
    };
    assert_hides(&drafted("D Discard"), "unsaved");
    assert_eq!(workspace.settings().general.partner_account, "");
    assert_hides(&drafted("Save"), "unsaved");
    assert_eq!(workspace.settings().general.partner_account, "Nordhafen");
}

#[test]
fn a_search_over_all_settings_jumps_to_the_row() {
    let mut pilot = at(&people::workspace(), "/");
    assert_shows(&pilot, "All settings");
    pilot.type_in("time zone").press("enter");
    assert_shows(&pilot, "Settings › General");
    pilot.press("enter").type_in("Europe/Oslo").press("enter");
    assert_shows(&pilot, "was UTC, now Europe/Oslo");
    pilot.press("D /").type_in("amount").press("enter");
    assert_shows(&pilot, "Settings › Objects › Deals");
    assert!(pilot.rows().iter().any(|row| row.contains('▌') && row.contains("Amount")), "{}", pilot.screen());
    pilot.press("tab /").type_in("leads").press("enter");
    assert_shows(&pilot, "Settings › Objects › Leads");
}

#[test]
fn the_palette_opens_pages_and_settings() {
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    pilot.press(":");
    assert_hides(&pilot, "Settings: ");
    pilot.type_in("settings curr");
    assert_shows(&pilot, "Settings: Currency");
    pilot.press("enter enter");
    assert_shows(&pilot, "Settings › General");
    pilot.type_in("zlo").press("enter");
    assert_shows(&pilot, "was EUR, now PLN");
    pilot.press(":").type_in("settings: deals").press("enter");
    assert_shows(&pilot, "Settings › Objects › Deals");
}

#[test]
fn an_unsaved_page_is_kept_while_another_is_looked_at() {
    let mut pilot = at(&people::workspace(), "enter j enter");
    pilot.type_in("Nordhafen").press("enter tab j j");
    assert_shows(&pilot, "Changes here are done at once.");
    let general = pilot.rows().into_iter().find(|row| row.trim_start().starts_with("General")).expect("the tree");
    assert!(general.contains("General                1"), "{general}");
    pilot.press("k k enter");
    assert_shows(&pilot, "Nordhafen");
}

#[test]
fn a_property_is_made_by_a_form() {
    let workspace = people::workspace();
    let mut pilot = at(&workspace, CONTACTS);
    pilot.press("n").type_in("Größe des Schuhs");
    assert_shows(&pilot, "grosse_des_schuhs");
    pilot.press("tab tab enter").type_in("option").press("enter");
    assert_shows(&pilot, "Options *");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "It needs an option at least");
    pilot.type_in("S; M; L").press("tab enter ctrl-s");
    assert_shows(&pilot, "Added the property Größe des Schuhs");
    assert!(
        pilot.style_of("Größe des Schuhs").add_modifier.contains(ratatui::style::Modifier::BOLD),
        "the cursor is on it"
    );
    let settings = workspace.settings();
    let made = settings.object(Object::CONTACT).and_then(|spec| spec.named("grosse_des_schuhs")).expect("made");
    assert!(made.required);
    assert_eq!(made.choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(), ["S", "M", "L"]);
    pilot.press("u");
    assert_hides(&pilot, "Schuhs    ");
}

#[test]
fn a_property_is_changed_and_what_is_wrong_is_said_beside_it() {
    let workspace = sized();
    let mut pilot = at(&workspace, CONTACTS);
    pilot.press("e ctrl-u ctrl-s");
    assert_shows(&pilot, "A property needs a label");
    pilot.type_in("E-mail").press("ctrl-s");
    assert_shows(&pilot, "Contacts have a property “E-mail” already");
    pilot.press("ctrl-u").type_in("Headcount").press("esc");
    assert_shows(&pilot, "Unsaved changes of Company size");
    pilot.press("s");
    assert_shows(&pilot, "Changed the property Headcount");
    pilot.press("n").type_in("E-mail").press("tab ctrl-u").type_in("email").press("ctrl-s");
    assert_shows(&pilot, "Contacts have a property email already");
    pilot.press("esc d");
    assert_shows(&pilot, "Headcount");
}

#[test]
fn deleting_a_property_says_how_many_records_hold_it() {
    let workspace = sized();
    let mut pilot = at(&workspace, CONTACTS);
    pilot.press("x");
    assert_shows(&pilot, "2 records hold a value of it");
    pilot.press("esc");
    assert_shows(&pilot, "Company size");
    pilot.press("x y");
    assert_shows(&pilot, "Deleted the property Company size");
    pilot.press("u");
    assert_shows(&pilot, "Company size");
    pilot.press("j x");
    assert_shows(&pilot, "is built in and stays");
}

#[test]
fn options_are_named_ordered_and_coloured() {
    let workspace = sized();
    let labels = || {
        let settings = workspace.settings();
        let size = settings.object(Object::CONTACT).and_then(|spec| spec.named("size")).cloned().expect("it is there");
        size.choices
            .iter()
            .map(|choice| format!("{} {}", choice.label, choice.tint.name()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut pilot = at(&workspace, CONTACTS);
    pilot.press("o").press_at_once("J J t");
    assert_eq!(labels(), "Medium amber, Large red, Small green");
    pilot.press("K");
    assert_eq!(labels(), "Medium amber, Small green, Large red");
    pilot.press("e ctrl-u").type_in("Tiny").press("enter n").type_in("Huge").press("enter");
    assert_eq!(labels(), "Medium amber, Tiny green, Large red, Huge grey");
    pilot.press("n").type_in("Tiny").press("enter");
    assert_shows(&pilot, "Tiny is there already");
    pilot.press("esc g g K");
    assert_shows(&pilot, "It is the first one");
    pilot.press("x");
    assert_eq!(labels(), "Tiny green, Large red, Huge grey", "nobody held it");
    pilot.press("esc u");
    assert_eq!(labels(), "Medium amber, Tiny green, Large red, Huge grey", "each is one act");
}

#[test]
fn deleting_an_option_asks_what_takes_its_place() {
    let workspace = sized();
    let mut pilot = at(&workspace, CONTACTS);
    pilot.press("o G x");
    assert_shows(&pilot, "2 records hold Large");
    pilot.press("esc");
    assert_shows(&pilot, "Large");
    pilot.press("x down enter");
    assert_shows(&pilot, "Changed the property Company size");
    let store = workspace.store();
    let page = store.page(&Query::all(Object::CONTACT, Viewer::EVERYTHING), now(), 0, 2).expect("contacts");
    let settings = workspace.settings();
    let size = settings.object(Object::CONTACT).and_then(|spec| spec.named("size")).expect("it is there");
    for row in page.rows {
        assert_eq!(row.record.values.get(size.id), Some(&Value::Option(size.choices[1].id)));
    }
}

#[test]
fn the_values_of_an_option_are_shown_in_its_colour() {
    let workspace = sized();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("G");
    let theme = dark().theme;
    pilot.press("g s").press(CONTACTS).press("o");
    for (option, tint) in [("● Small", Tint::Blue), ("● Medium", Tint::Amber), ("● Large", Tint::Red)] {
        assert_eq!(pilot.style_of(option).fg, theme.tints[tint as usize].fg, "{option}");
    }
}

#[test]
fn properties_are_searched() {
    let mut pilot = at(&sized(), CONTACTS);
    pilot.press("/").type_in("mail");
    assert_shows(&pilot, "E-mail");
    assert_hides(&pilot, "Company size");
    pilot.press("enter esc");
    assert_shows(&pilot, "Company size");
    pilot.press("/").type_in("zzz");
    assert_shows(&pilot, "No property is called “zzz”.");
}

/// As somebody who may change no settings.
pub fn read_only() -> Arc<Workspace> {
    let workspace = sized();
    let settings = workspace.settings();
    let other = settings.users.iter().find(|user| !user.super_admin).expect("a second user").id;
    let (store, clock) = (Arc::clone(workspace.store()), Arc::new(FixedClock::at(now())));
    Arc::new(Workspace::new(store, clock, Box::new(CountedIds(9_000)), other))
}

#[test]
fn r1_4_who_may_not_change_settings_reads_who_can() {
    let workspace = read_only();
    let mut pilot = at(&workspace, "");
    assert_shows(&pilot, "⊘ Needs Super Admin. Maja Sikorska can change that.");
    pilot.press("enter enter");
    assert_shows(&pilot, "It needs Super Admin.");
    pilot.press("tab j j enter");
    assert_shows(&pilot, "⊘ Needs Super Admin or Edit property settings. Maja Sikorska can change that.");
    for key in ["n", "e", "o", "x"] {
        pilot.press(key);
        assert_shows(&pilot, "It needs Super Admin or Edit property settings.");
        pilot.wait(std::time::Duration::from_secs(10));
    }
    assert_hides(&pilot, "done at once");
}

#[test]
fn a_short_list_goes_by_letters_arrows_and_numbers() {
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    pilot.press("g s").type_in("/first day").press("enter enter");
    assert_shows(&pilot, "7 Sunday");
    assert_shows(&pilot, "▌1 Monday");
    assert_shows(pilot.press("j j down"), "▌4 Thursday");
    assert_shows(pilot.press("k up"), "▌2 Tuesday");
    assert_shows(pilot.press("9"), "▌2 Tuesday");
    pilot.press("7");
    assert_shows(&pilot, "Sunday");
    assert_hides(&pilot, "7 Sunday");
    assert_shows(&pilot, "1 unsaved change");
}
