//! Objects of one's own: defined in the settings, from then on like any others.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows, now};
use assert_cmd::Command;
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::Object;
use lejek::domain::object::custom::ObjectForm;
use lejek::domain::property::Kind;
use lejek::domain::property::form::PropertyForm;
use lejek::domain::value::Value;
use lejek::workspace::clock::{CountedIds, FixedClock};
use lejek::workspace::{Workspace, open};
use std::path::Path;
use std::sync::Arc;

const PROJECT: Object = Object::FIRST_CUSTOM;

/// People, and two projects with a budget.
pub fn projects() -> Arc<Workspace> {
    let workspace = people::workspace();
    people::perform(&workspace, &Change::AddObject { form: Box::new(ObjectForm::new("Project", "Projects")) });
    let form = Box::new(PropertyForm::new("phase", Kind::Text));
    people::perform(&workspace, &Change::AddProperty { object: PROJECT, form });
    let settings = workspace.settings();
    let spec = settings.object(PROJECT).expect("it was made");
    let id = |name: &str| spec.named(name).expect("a property").id;
    for (name, phase) in [("Roof", "Plan"), ("Barn", "Build")] {
        let values = vec![(id("name"), Value::text(name)), (id("phase"), Value::text(phase))];
        people::perform(&workspace, &Change::Create { object: PROJECT, values, associate: Vec::new() });
    }
    workspace
}

/// Projects, and two objects more without a record.
pub fn several() -> Arc<Workspace> {
    let workspace = projects();
    for (one, many) in [("Boat", "Boats"), ("Ship", "Ships")] {
        people::perform(&workspace, &Change::AddObject { form: Box::new(ObjectForm::new(one, many)) });
    }
    workspace
}

/// On the page of the settings.
pub fn page(workspace: &Arc<Workspace>, width: u16, height: u16) -> Pilot {
    let mut pilot = Pilot::start(workspace, width, height);
    pilot.press("g s G k k k k enter");
    pilot
}

/// Arguments parted by blanks; `~` stands for a blank in one.
fn run(folder: &Path, line: &str) -> String {
    let mut command = Command::cargo_bin("lejek").expect("the program");
    command.env_clear().env("USER", "tester").env("LEJEK_DATA", folder.join("data")).current_dir(folder);
    let output = command.args(line.split(' ').map(|word| word.replace('~', " "))).output().expect("it runs");
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn r5_1_from_an_empty_folder_to_an_export_that_comes_in_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = open::open(&folder.path().join("data")).expect("an empty one");
    let workspace = Arc::new(opened.found("Maja", "maja@lejek.example", Origin::Interface).expect("a workspace"));
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g s G k k k k");
    assert_shows(&pilot, "Settings › Objects › Custom");
    assert_shows(pilot.press("enter"), "makes one, such as Projects");
    pilot.press("n").type_in("Project").press("tab").type_in("Projects");
    assert_shows(&pilot, "project ");
    assert_shows(pilot.press("ctrl-s"), "Added the object Projects");
    assert_shows(pilot.press("enter"), "Settings › Objects › Projects");
    pilot.press("n").type_in("Budget").press("tab tab enter").type_in("money").press("enter ctrl-s");
    assert_shows(&pilot, "Added the property Budget");

    pilot.press("c o").type_in("Acme").press("ctrl-s g o enter");
    assert_shows(&pilot, "Companies › Acme");
    pilot.press("c p").type_in("Roof in Łódź").press("tab").type_in("1200 EUR").press("ctrl-s");
    assert_shows(&pilot, "Created Roof in Łódź");
    pilot.press("g o enter");
    assert_shows(&pilot, "▾ Projects");
    assert_shows(&pilot, "⬡ Roof in Łódź");

    pilot.press("g p");
    assert_shows(&pilot, "All projects");
    assert_shows(&pilot, "1 200 €");
    pilot.press("ctrl-k").type_in("lodz");
    assert_shows(&pilot, "⬡ Roof in Łódź");
    assert_shows(pilot.press("enter"), "Projects › Roof in Łódź");
    assert_shows(&pilot, "▾ Companies");
    drop((pilot, workspace));

    let before = run(folder.path(), "--json list project --columns name,budget,owner");
    for object in ["project", "company"] {
        run(folder.path(), &format!("export {object} --all -o {object}.csv"));
        let again = run(folder.path(), &format!("--json import {object}.csv --object {object}"));
        let again: serde_json::Value = serde_json::from_str(&again).expect("JSON");
        assert_eq!((&again["unchanged"], &again["errors"]), (&serde_json::json!(1), &serde_json::json!([])));
    }
    assert_eq!(run(folder.path(), "--json list project --columns name,budget,owner"), before);
    assert!(run(folder.path(), "show project:roof~in~lodz").contains("Acme"));
}

#[test]
fn an_object_is_renamed_and_deleted_and_comes_back() {
    let workspace = projects();
    let mut pilot = page(&workspace, 120, 36);
    assert_shows(&pilot, "project                     2           8");
    pilot.press("e ctrl-u").type_in("Deal").press("ctrl-s");
    assert_shows(&pilot, "There are Deals already (deal)");
    pilot.press("ctrl-u").type_in("Site").press("tab ctrl-u").type_in("Sites").press("ctrl-s");
    assert_shows(&pilot, "Changed the object Sites");
    assert_shows(&pilot, "  Sites");
    pilot.press("x");
    assert_shows(&pilot, "Delete Sites?");
    assert_shows(&pilot, "2 records and 1 property: the records go to the bin.");
    assert_shows(pilot.press("y"), "Deleted the object Sites");
    assert_shows(&pilot, "makes one, such as Projects");
    pilot.press("g x");
    assert_shows(&pilot, "Sites 2");
    assert_shows(&pilot, "Roof");
    pilot.press("r");
    assert_shows(&pilot, "The object Sites was deleted.");
    pilot.press("esc g s u");
    assert_shows(&pilot, "  Sites");
    assert_shows(pilot.press("esc g p"), "Sites");
    let store = workspace.store();
    assert!(store.bin(None).expect("the bin").is_empty());
}

#[test]
fn what_is_not_saved_is_asked_about() {
    let mut pilot = page(&projects(), 120, 36);
    pilot.press("n").type_in("Boat").press("esc");
    assert_shows(&pilot, "The new object is not saved");
    pilot.press("s");
    assert_shows(&pilot, "It needs a plural, such as Projects");
    pilot.type_in("Boats").press("ctrl-s");
    assert_shows(&pilot, "Added the object Boats");
    pilot.press("esc").press("ctrl-p").type_in("boat");
    assert_shows(&pilot, "Create a boat");
    pilot.press("down enter");
    assert_shows(&pilot, "All boats");
}

#[test]
fn its_list_goes_when_it_is_deleted_while_one_looks_at_it() {
    let workspace = projects();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g p enter");
    assert_shows(&pilot, "Projects › Barn");
    people::perform(&workspace, &Change::DeleteObject { object: PROJECT, confirmed: true });
    pilot.press("j q");
    assert_shows(&pilot, "The object Projects was deleted, and what it held lies in the bin.");
    pilot.press("j / r esc esc s n space X e");
    assert_hides(&pilot, "Barn");
    pilot.press("g c");
    assert_shows(&pilot, "Zofia Wierzbicka");
}

#[test]
fn the_palette_and_the_prefixes_know_it() {
    let mut pilot = Pilot::start(&projects(), 120, 36);
    pilot.press("g");
    assert_shows(&pilot, "Projects");
    assert_shows(pilot.press("p"), "2 projects");
    assert_shows(pilot.press("?"), "Projects");
    pilot.press("esc g c").press("ctrl-p").type_in("proj");
    assert_shows(&pilot, "g p");
    pilot.press("esc c");
    assert_shows(&pilot, "create a project");
}

#[test]
fn its_files_are_known_and_can_be_chosen_on_import() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("sheds.csv"), "name,phase\nShed,Plan\nRoof,Plan\n").expect("a file");
    let workspace = projects();
    let mut pilot = Pilot::start_in(folder.path(), &workspace, 120, 36);
    pilot.press("g i").type_in("sheds").press("enter");
    assert_shows(&pilot, "Phase");
    assert_shows(pilot.press("o"), "Projects");
    pilot.press("esc ]");
    assert_shows(&pilot, "1 created");
    assert_shows(pilot.press("enter"), "Shed");
    assert_eq!(workspace.store().named(PROJECT, "Shed").expect("records").len(), 1);
    assert_eq!(workspace.store().named(PROJECT, "Roof").expect("records").len(), 1, "it was there");
}

#[test]
fn r6_2_who_may_not_change_objects_reads_who_can() {
    let workspace = projects();
    let settings = workspace.settings();
    let other = settings.users.iter().find(|user| !user.super_admin).expect("a second user").id;
    let (store, clock) = (Arc::clone(workspace.store()), Arc::new(FixedClock::at(now())));
    let pilot = &mut page(&Arc::new(Workspace::new(store, clock, Box::new(CountedIds(9_000)), other)), 120, 36);
    assert_shows(pilot, "⊘ Needs Super Admin or Edit property settings. Maja Sikorska can change that.");
    for key in ["n", "e", "x"] {
        pilot.press(key);
        assert_shows(pilot, "It needs Super Admin or Edit property settings.");
        pilot.wait(std::time::Duration::from_secs(10));
    }
}
