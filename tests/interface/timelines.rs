//! The timeline of a record's page by keys: filters, search, dates (R3.19), what is done with an activity, and its picker
//! (R3.15, R3.16).

use crate::common::people::{self, perform};
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::activity::{ActivityEdit, ActivityKind, Details, Direction, LoggedFrom};
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{ActivityId, RecordId, Ref};
use lejek::domain::logging::Logging;
use lejek::ui::app::Order;
use lejek::workspace::Workspace;
use ratatui::style::Modifier;
use std::sync::Arc;
use tempfile::TempDir;

fn note(on: RecordId, subject: &str, text: &str) -> Logging {
    let note = Logging::new(ActivityKind::Note, on, LoggedFrom::RecordPage, Details::Note);
    Logging { subject: subject.to_owned(), text: text.to_owned(), ..note }
}

fn log(workspace: &Workspace, activity: Logging) -> ActivityId {
    let done = workspace.perform(&Change::log(activity), Origin::Interface).expect("the change is granted");
    let [Ref::Activity(id)] = done.refs.as_slice() else { panic!("{done:?}") };
    *id
}

/// Zofia has two open deals, a closed one, a call of today and a note that came by mail.
fn sale() -> Arc<Workspace> {
    let workspace = people::workspace();
    let zofia = people::contact(&workspace, "Wierzbicka");
    for name in ["Switchgear, Danzig yard", "Service 2027", "Retrofit Gdańsk"] {
        perform(&workspace, &Change::associate(zofia, people::deal(&workspace, name)));
    }
    let details = Details::empty(ActivityKind::Call, Direction::Out, None);
    let call = Logging::new(ActivityKind::Call, zofia, LoggedFrom::Mobile, details);
    log(&workspace, Logging { subject: "Price by Friday".to_owned(), ..call });
    log(&workspace, note(zofia, "Fair in Poznań", "They saw our panels there.\nThe quote waits for the Lagerhalle."));
    workspace
}

/// On Zofia's page, the cursor on her newest activity.
fn page(workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.go("/ 'wierzbicka' enter enter");
    assert_shows(&pilot, "Contacts › Zofia Wierzbicka");
    pilot
}

/// Activities that stand without a record.
pub fn alone() -> Arc<Workspace> {
    let workspace = sale();
    let zofia = people::contact(&workspace, "Wierzbicka");
    for number in 1..=3 {
        let table = note(zofia, &format!("Lost note {number}"), "Whose is it?");
        let activity = log(&workspace, table);
        let targets = workspace.store().activity(activity).expect("readable").expect("it is there").targets;
        let detach = targets.iter().map(|target| target.record).collect();
        let edit = Box::new(ActivityEdit::default());
        let off = Change::Amend { activity, edit, attach: Vec::new(), detach };
        perform(&workspace, &Change::Agreed(Box::new(off)));
    }
    workspace
}

#[test]
fn r3_19_filters_stand_as_chips_with_the_count_and_are_remembered() {
    let (workspace, folder) = (sale(), TempDir::new().expect("a folder"));
    let file = folder.path().join("state.json");
    {
        let mut pilot = Pilot::resumed(&workspace, &file, 120, 36);
        pilot.go("/ 'wierzbicka' enter enter f");
        assert_shows(&pilot, "Filter the timeline");
        pilot.go("3 j space enter");
        assert_shows(&pilot, " Type Note × ");
        assert_shows(&pilot, "1 of 3");
        assert_shows(&pilot, "Fair in Poznań");
        assert_hides(&pilot, "Price by Friday");
    }
    let mut pilot = Pilot::resumed(&workspace, &file, 120, 36);
    pilot.press("enter");
    assert_shows(&pilot, " Type Note × ");
    assert_hides(&pilot, "Price by Friday");
    pilot.press("F");
    assert_hides(&pilot, "Type Note");
    assert_shows(&pilot, "Price by Friday");
    pilot.press("f G k k space enter");
    assert_shows(&pilot, " From mail extension × ");
    assert_shows(&pilot, "No activity of this record is like that.");
}

#[test]
fn r3_19_a_search_marks_what_it_found_and_shows_the_words_around_it() {
    let workspace = sale();
    let mut pilot = page(&workspace);
    pilot.go("/ 'lagerh'");
    assert_shows(&pilot, "Fair in Poznań");
    assert_shows(&pilot, "…for the Lagerhalle.");
    assert!(pilot.marked(Modifier::UNDERLINED).contains("Lagerh"), "{}", pilot.marked(Modifier::UNDERLINED));
    assert_hides(&pilot, "Price by Friday");
    pilot.press("enter");
    assert_shows(&pilot, " Search lagerh × ");
    assert_shows(&pilot, "1 of 3");
    pilot.press("esc");
    assert_shows(&pilot, "Price by Friday");
    pilot.go("/ 'quote' enter n");
    assert_shows(&pilot, "2 of 3");
    assert!(pilot.rows().iter().any(|row| row.contains('▌') && row.contains("Connected, asked")), "{}", pilot.screen());
}

#[test]
fn r3_19_a_date_in_words_is_gone_to() {
    let workspace = sale();
    people::call(&workspace, people::contact(&workspace, "Wierzbicka"), 60);
    let mut pilot = page(&workspace);
    pilot.go("d '60 days ago'");
    assert_shows(&pilot, "Sun 20 Sep");
    pilot.press("enter");
    let under = pilot.rows().into_iter().find(|row| row.contains('▌')).unwrap_or_default();
    assert!(under.contains("Sun 20"), "{under}\n{}", pilot.screen());
    assert_shows(&pilot, "September 2026");
}

#[test]
fn r3_19_one_activity_is_pinned_on_top() {
    let workspace = sale();
    let mut pilot = page(&workspace);
    pilot.press("j j p");
    assert_shows(&pilot, "▾ Pinned");
    assert_shows(&pilot, "Thu 19 Nov, 14:05");
    pilot.press("g g j p");
    assert_hides(&pilot, "▾ Pinned");
}

#[test]
fn activities_are_edited_by_fields_and_in_the_editor() {
    let workspace = sale();
    let mut pilot = page(&workspace);
    pilot.go("e ctrl-u 'nonsense' tab");
    assert_shows(&pilot, "is not a date");
    pilot.go("shift-tab ctrl-u '2026-11-18 09:30' tab end ', told' ctrl-s");
    assert_shows(&pilot, ", told");
    assert_shows(&pilot, "Wed 18, 09:30");
    pilot.press("E");
    let asked = pilot.orders.iter().any(|order| matches!(order, Order::Edit(_)));
    assert!(asked, "the editor was not asked for");
    pilot.edited(Ok(Some("Quite another text.".to_owned())));
    pilot.press("/").type_in("another text");
    assert_shows(&pilot, "Quite another text.");
}

#[test]
fn r3_1_an_activity_is_edited_in_the_form_that_it_is_logged_by() {
    let workspace = sale();
    let mut pilot = page(&workspace);
    pilot.go("j j e");
    assert_shows(&pilot, "Edit a call");
    assert_shows(&pilot, "Where it is 1");
    pilot.go("'in' enter esc e");
    assert_shows(&pilot, "Your draft from");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "← in");
    pilot.press("u");
    assert_hides(&pilot, "← in");
    pilot.go("e tab tab tab '90m' ctrl-x ctrl-s");
    assert_hides(&pilot, "Edit a call");
    assert_hides(&pilot, "1 h 30 min");
}

#[test]
fn r3_15_the_form_of_an_activity_leads_to_its_associations() {
    let workspace = sale();
    let mut pilot = page(&workspace);
    pilot.go("j e shift-tab");
    assert_shows(&pilot, "Where it is 4");
    pilot.press("enter j space esc");
    assert_shows(&pilot, "Where it is 3");
}

#[test]
fn r3_15_a_click_on_the_associations_opens_the_picker() {
    let workspace = sale();
    let mut pilot = page(&workspace);
    let (row, line) = pilot
        .rows()
        .into_iter()
        .enumerate()
        .find(|(_, row)| row.contains("4 associations"))
        .expect("it is on four records");
    let column = line[..line.find("4 associations").expect("it is there")].chars().count();
    pilot.click(column as u16 + 3, row as u16);
    assert_shows(&pilot, "Associations of");
}

#[test]
fn an_activity_is_deleted_and_comes_back() {
    let workspace = sale();
    let mut pilot = page(&workspace);
    assert_shows(&pilot, "Timeline 3");
    pilot.press("x");
    assert_shows(&pilot, "Timeline 2");
    assert_shows(&pilot, "Deleted");
    pilot.press("u");
    assert_shows(&pilot, "Timeline 3");
}

#[test]
fn r3_15_ticks_of_the_picker_act_at_once_and_the_timeline_follows() {
    let workspace = sale();
    let mut pilot = page(&workspace);
    pilot.press("j enter");
    assert_shows(&pilot, "4 associations");
    pilot.press("A");
    assert_shows(&pilot, "Associations of");
    assert_shows(&pilot, "Associations 4");
    for (name, why) in [
        ("Zofia Wierzbicka", "logged here"),
        ("Nordhafen Energie GmbH", "primary company"),
        ("Retrofit Gdańsk", "open deal 2 of 2"),
        ("Service 2027", "open deal 1 of 2"),
        ("Switchgear, Danzig yard", "deal is closed"),
    ] {
        let fits = |row: &String| row.contains('│') && row.contains(name) && row.contains(why);
        assert!(pilot.rows().iter().any(fits), "{name}: {why}\n{}", pilot.screen());
    }
    assert_shows(&pilot, "Not associated");
    pilot.press("j space");
    assert_shows(&pilot, "Associations 3");
    assert_shows(&pilot, "taken off by Maja Sikorska");
    pilot.press("u");
    assert_shows(&pilot, "Associations 4");
    // A record of another object, by its name.
    pilot.go("] / 'lowenthal' tab space");
    assert_shows(&pilot, "Associations 5");
    pilot.press("esc esc");
    assert_shows(&pilot, "5 associations");
    assert_shows(&pilot, "Heike Löwenthal");
}

#[test]
fn r3_16_the_last_association_goes_only_after_a_yes() {
    let workspace = sale();
    let mut pilot = page(&workspace);
    // The call of the mobile goes to nobody else; it is the third.
    pilot.press("j j A");
    assert_shows(&pilot, "Associations 1");
    pilot.press("space");
    assert_shows(&pilot, "Take it off its last record?");
    pilot.press("n");
    assert_shows(&pilot, "Associations 1");
    pilot.press("space y");
    assert_shows(&pilot, "Associations 0");
    pilot.press("esc");
    assert_shows(&pilot, "Timeline 2");
    pilot.go("ctrl-p 'unassociated' enter");
    assert_shows(&pilot, "1 without a record");
    assert_shows(&pilot, "Connected, asked for a quote");
    pilot.go("enter alt-2 / 'lowenthal' tab space esc esc");
    assert_shows(&pilot, "Every activity stands with a record.");
}

#[test]
fn what_stands_without_a_record_is_deleted_there() {
    let workspace = alone();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("ctrl-p 'unassociated' enter");
    assert_shows(&pilot, "3 without a record");
    pilot.press("x");
    assert_shows(&pilot, "2 without a record");
    pilot.press("u");
    assert_shows(&pilot, "3 without a record");
}

#[test]
fn an_empty_timeline_names_the_key_that_logs() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("g o / 'nordhafen' enter enter");
    assert_shows(&pilot, "Nothing has happened yet.");
    assert_shows(&pilot, "a logs one");
    pilot.go("alt-2");
    assert_shows(&pilot, "There are no calls yet.");
    assert_shows(&pilot, "a logs one   alt-1 shows all types");
    pilot.go("a 'call connected' enter");
    assert_shows(&pilot, "Connected call");
}
