//! Two windows on one workspace: what is done in one is seen in the other.

use crate::common::people;
use crate::common::pilot::{Pilot, now};
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::workspace::clock::FixedClock;
use lejek::workspace::export::{ExportFile, Wanted};
use lejek::workspace::request::{Reply, Request};
use lejek::workspace::socket::PATIENCE;
use lejek::workspace::socket::errand::{Errand, Streams};
use lejek::workspace::socket::far::Far;
use lejek::workspace::socket::server::Server;
use lejek::workspace::window::Window;
use lejek::workspace::{Watch, Workspace};
use std::sync::Arc;

fn nobody(_: &Arc<Workspace>, _: &Errand, _: &Arc<dyn Streams>) -> u8 {
    1
}

/// What a window does: the first contact that is called so gets another last name.
fn rename(window: &Window, first: &str, last: &str) {
    let query = lejek::domain::query::Query::all(Object::CONTACT, window.settings().viewer(window.user()));
    let Reply::Page(page) = window.ask(&Request::Page { query, from: 0, limit: 100, around: None }) else {
        panic!("no page")
    };
    let found = page.rows.iter().find(|row| row.record.name().starts_with(first)).expect("that contact");
    let values = vec![(is::LAST_NAME, Some(Value::text(last)))];
    window.perform(&Change::Set { record: found.record.id, values }, &mut ()).expect("it is done");
}

#[test]
fn two_windows_on_one_workspace_see_each_others_changes() {
    let workspace = people::workspace();
    let mut one = Pilot::start(&workspace, 120, 36);
    let mut other = Pilot::start(&workspace, 120, 36);
    other.press("enter");
    assert!(other.settled().shows("Zofia Wierzbicka"));
    rename(&Window::from(&workspace), "Zofia", "Nowakówna");
    assert!(one.settled().shows("Zofia Nowakówna"), "{}", one.screen());
    assert!(other.settled().shows("Zofia Nowakówna"), "{}", other.screen());
}

#[test]
fn a_window_on_the_workspace_of_another_process_shows_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let workspace = people::workspace();
    let server = Server::start(&workspace, folder.path(), nobody).expect("a socket");
    let email = workspace.settings().user(workspace.user()).expect("who acts").email.clone();
    let far = || {
        let far = Far::enter(folder.path(), Some(&email), PATIENCE).expect("it is served");
        Window::entered(far, Arc::new(FixedClock::at(now())), nobody)
    };
    let mut near = Pilot::start(&workspace, 120, 36);
    let mut second = Pilot::start(far(), 120, 36);
    for keys in ["j j", "enter", "q", "g d", "g c", "/"] {
        near.press(keys);
        second.press(keys);
        assert_eq!(second.wait_until_it_shows(&near.screen()).screen(), near.screen());
    }
    near.press("esc");
    second.press("esc");
    rename(&far(), "Zofia", "Nowakówna");
    assert!(near.wait_until_it_shows("Zofia Nowakówna").shows("Zofia Nowakówna"));
    assert!(second.wait_until_it_shows("Zofia Nowakówna").shows("Zofia Nowakówna"));
    drop(second);
    drop(server);
}

#[test]
fn a_window_on_the_workspace_of_another_process_imports_and_stops() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<String> = (0..5_000).map(|n| format!("Nr {n},p{n}@example.com")).collect();
    std::fs::write(folder.path().join("long.csv"), format!("Last name,Email\n{}\n", rows.join("\n"))).expect("a file");
    let workspace = people::empty();
    let server = Server::start(&workspace, folder.path(), nobody).expect("a socket");
    let far = Far::enter(folder.path(), None, PATIENCE).expect("it is served");
    let window = Window::entered(far, Arc::new(FixedClock::at(now())), nobody);
    let mut pilot = Pilot::start_in(folder.path(), window, 120, 36);
    pilot.press("g i").type_in("long").press("enter ]");
    assert!(pilot.shows("5 000 created"), "{}", pilot.screen());
    pilot.press("enter");
    assert!(pilot.settled().shows("Imported 5 000 contacts"), "{}", pilot.screen());
    pilot.press("u");
    assert!(pilot.settled().shows("Undid"), "{}", pilot.screen());
    drop(pilot);
    drop(server);
}

/// Counts what it is told and stops after so often.
struct Stops {
    after: usize,
    told: usize,
}

impl Watch for Stops {
    fn progress(&mut self, _: u64, total: u64) {
        assert_eq!(total, 1_700);
        self.told += 1;
    }

    fn is_cancelled(&self) -> bool {
        self.told >= self.after
    }
}

#[test]
fn an_export_tells_how_far_it_is_and_stops_in_the_first_and_in_a_second_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let names: Vec<String> = (0..1_700).map(|number| format!("Nr {number:04}")).collect();
    let workspace = people::named(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let server = Server::start(&workspace, folder.path(), nobody).expect("a socket");
    let far = Far::enter(folder.path(), None, PATIENCE).expect("it is served");
    let second = Window::entered(far, Arc::new(FixedClock::at(now())), nobody);
    for window in [Window::from(&workspace), second] {
        let file = folder.path().join("all.csv");
        let query = lejek::domain::query::Query::all(Object::CONTACT, window.settings().viewer(window.user()));
        let asked = ExportFile { query, wanted: Wanted::All, file: file.clone() };
        let mut stops = Stops { after: 2, told: 0 };
        let reply = window.export(&asked, &mut stops);
        assert!(matches!(reply, Reply::Withdrawn), "{reply:?}");
        assert!(!file.exists());
        let mut watch = Stops { after: usize::MAX, told: 0 };
        let reply = window.export(&asked, &mut watch);
        assert!(matches!(reply, Reply::Exported { rows: 1_700, .. }), "{reply:?}");
        assert_eq!(watch.told, 4);
        std::fs::remove_file(file).expect("it is there");
    }
    drop(server);
}
