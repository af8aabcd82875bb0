//! Settings > People: users, what they may do, the teams that they are in.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows, now};
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::object::is;
use lejek::domain::user::{Permissions, Reach, User};
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{CountedIds, FixedClock};
use std::sync::Arc;

fn page(workspace: &Arc<Workspace>, width: u16, height: u16) -> Pilot {
    let mut pilot = Pilot::start(workspace, width, height);
    pilot.press("g s G k enter");
    pilot
}

/// With a team, and a second user of narrow rights.
pub fn staffed() -> Arc<Workspace> {
    let workspace = people::workspace();
    let adler = adler(&workspace);
    let view = Permissions { view: Reach::Team, edit: Reach::Own, export: false, ..Permissions::ALL };
    let user = User { permissions: [(Object::CONTACT.0, view)].into(), team: Some("Sales North".into()), ..adler };
    people::perform(
        &workspace,
        &Change::SetUser { user: Box::new(user), heir: lejek::domain::user::leaving::Heir::default() },
    );
    workspace
}

fn adler(workspace: &Workspace) -> User {
    workspace.settings().users.iter().find(|user| !user.super_admin).expect("a second user").clone()
}

#[test]
fn r6_1_a_user_is_added_and_given_rights_in_a_form() {
    let workspace = staffed();
    let mut pilot = page(&workspace, 120, 36);
    assert_shows(&pilot, "Settings › People");
    pilot.press("n ctrl-s");
    assert_shows(&pilot, "A user needs a name");
    pilot.type_in("Ewa Lis").press("tab").type_in("nobody").press("ctrl-s");
    assert_shows(&pilot, "nobody");
    assert_eq!(workspace.settings().users.len(), 2, "a draft until it is saved");
    pilot.press("backspace backspace backspace backspace backspace backspace").type_in("ewa@example.com");
    pilot.press("tab enter up enter tab enter");
    // The table: contacts, from view to delete, one further.
    pilot.press("tab tab tab tab tab enter enter right right enter ctrl-s");
    assert_shows(&pilot, "Added the user Ewa Lis");
    let settings = workspace.settings();
    let ewa = settings.user_by_email("ewa@example.com").expect("she was added");
    assert_eq!(ewa.team.as_deref(), Some("Sales North"));
    let may = ewa.may(Object::CONTACT);
    assert_eq!((may.view, may.edit, may.delete), (Reach::Own, Reach::All, Reach::Team));
    assert_eq!(ewa.may(Object::COMPANY), Permissions::ALL);
    assert_shows(&pilot, "What Ewa Lis may do");
    pilot.press("u");
    assert!(workspace.settings().user_by_email("ewa@example.com").is_none());
}

#[test]
fn r6_1_leaving_the_form_asks_about_what_is_not_saved() {
    let workspace = staffed();
    let mut pilot = page(&workspace, 120, 36);
    pilot.press("e").type_in("x").press("esc");
    assert_shows(&pilot, "Unsaved changes of Jürgen Adler");
    pilot.press("d");
    assert_eq!(adler(&workspace).name, "Jürgen Adler");
    assert_hides(&pilot, "Unsaved changes");
}

#[test]
fn r6_1_deactivating_a_user_asks_who_takes_over() {
    let workspace = staffed();
    let (maja, adler_id) = (workspace.user(), adler(&workspace).id);
    let owned = |who| {
        let mut count = 0;
        let owner = Some(Value::User(who));
        let each = &mut |record: lejek::domain::record::Record| {
            count += usize::from(record.values.get(is::OWNER).cloned() == owner);
        };
        workspace.store().each(Object::CONTACT, each).expect("contacts");
        count
    };
    let (his, hers) = (owned(adler_id), owned(maja));
    assert!(his > 0);
    let mut pilot = page(&workspace, 120, 36);
    pilot.press("x");
    assert_shows(&pilot, "Who takes over from Jürgen Adler?");
    assert_shows(&pilot, &format!("{his} contacts"));
    pilot.press("esc");
    assert!(adler(&workspace).active);
    pilot.press("e tab tab tab tab enter ctrl-s");
    assert_shows(&pilot, "Who takes over from Jürgen Adler?");
    pilot.press("enter");
    assert_shows(&pilot, "Deactivated Jürgen Adler");
    assert_eq!((owned(adler_id), owned(maja)), (0, his + hers));
    assert_shows(&pilot, "not active");
    pilot.press("u");
    assert!(adler(&workspace).active);
    assert_eq!(owned(adler_id), his);
}

#[test]
fn r6_1_teams_are_made_named_anew_and_deleted() {
    let workspace = staffed();
    let mut pilot = page(&workspace, 120, 36);
    pilot.press("] n").type_in("sales north").press("enter");
    assert_shows(&pilot, "There is a team called Sales North already");
    pilot.press("esc n").type_in("East").press("enter");
    assert_shows(&pilot, "Added the team East");
    pilot.press("j e").type_in("ern").press("enter");
    assert_eq!(adler(&workspace).team.as_deref(), Some("Sales Northern"));
    pilot.press("x");
    assert_shows(&pilot, "Jürgen Adler is in no team now");
    assert_eq!(adler(&workspace).team, None);
}

#[test]
fn r6_2_others_read_people_and_who_can_change_them() {
    let workspace = staffed();
    let (store, clock) = (Arc::clone(workspace.store()), Arc::new(FixedClock::at(now())));
    let as_adler = Workspace::new(store, clock, Box::new(CountedIds(9_000)), adler(&workspace).id);
    let mut pilot = page(&Arc::new(as_adler), 120, 36);
    assert_shows(&pilot, "Needs Super Admin. Maja Sikorska can change that.");
    assert_shows(&pilot, "What Jürgen Adler may do");
    assert_shows(&pilot, "team");
    for key in ["e", "n", "x"] {
        pilot.press(key);
        assert_shows(&pilot, "It needs Super Admin");
        assert_hides(&pilot, "esc cancel");
    }
}
