//! Today: landing there, going through what is due, and doing something with it.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows, dark, now};
use crate::screens::assert_picture;
use chrono::{DateTime, Duration, Utc};
use lejek::domain::activity::{ActivityKind, Details, Direction, LoggedFrom, Priority, TaskKind};
use lejek::domain::agenda::Tending;
use lejek::domain::change::Change;
use lejek::domain::id::{ActivityId, Object, RecordId, Ref};
use lejek::domain::logging::Logging;
use lejek::domain::object::is;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{CountedIds, FixedClock};
use std::sync::Arc;
use tempfile::TempDir;

/// Nine things to do: two are late, four are for today, three are done.
pub fn planned() -> Arc<Workspace> {
    let workspace = people::workspace();
    people::set(&workspace, people::contact(&workspace, "Kowalski"), is::PHONE, "+48 58 555 01 44");
    let day = Duration::days(1);
    let at = |hour: i64, minutes: i64| now() + Duration::minutes((hour - 14) * 60 + minutes - 20);
    task(&workspace, "Goss", TaskKind::Call, "Call back about the crane parts", Some(at(11, 0) - day * 2));
    task(&workspace, "Pióro", TaskKind::Email, "Answer the complaint on label glue", Some(at(16, 0) - day));
    let pallets = task(&workspace, "Kowalski", TaskKind::Call, "Send the pallet offer, then call", Some(at(16, 0)));
    let edit = lejek::domain::activity::ActivityEdit {
        text: Some("Two variants, with and without mezzanine. He leaves at five and likes figures first.".into()),
        ..Default::default()
    };
    let amend = Change::Amend { activity: pallets, edit: Box::new(edit), attach: Vec::new(), detach: Vec::new() };
    people::perform(&workspace, &amend);
    task(&workspace, "Pym", TaskKind::Email, "Confirm the bench dimensions", Some(at(17, 0)));
    meeting(&workspace, "Thornbury", "Loom retrofit, second walk", at(17, 30));
    task(&workspace, "悠", TaskKind::Call, "Ask for the budget date", Some(at(0, 0)));
    for (name, kind, subject) in [
        ("Wierzbicka", TaskKind::Email, "Thank-you note after the fair"),
        ("Pritchard", TaskKind::Call, "Check the delivery window"),
        ("美咲", TaskKind::ToDo, "Answer the message"),
    ] {
        let id = task(&workspace, name, kind, subject, Some(at(9, 0)));
        people::perform(&workspace, &Change::Tend { what: vec![id], how: Tending::Done(true) });
    }
    task(&workspace, "Golab", TaskKind::ToDo, "Look at the mill again", None);
    task(&workspace, "Kessler", TaskKind::Call, "Ask how the pumps run", Some(at(10, 0) + day * 4));
    workspace
}

fn logging(on: RecordId, kind: ActivityKind, subject: &str, at: Option<DateTime<Utc>>, details: Details) -> Logging {
    Logging {
        kind,
        on,
        from: LoggedFrom::RecordPage,
        at,
        subject: subject.to_owned(),
        text: String::new(),
        details,
        with: Vec::new(),
        conversation: Vec::new(),
        also: Vec::new(),
        except: Vec::new(),
    }
}

fn log(workspace: &Workspace, logging: Logging) -> ActivityId {
    let done = workspace.perform(&Change::log(logging), lejek::domain::change::Origin::Demo).expect("it is granted");
    match done.refs.first() {
        Some(Ref::Activity(id)) => *id,
        other => panic!("no activity: {other:?}"),
    }
}

fn task(
    workspace: &Workspace,
    last_name: &str,
    kind: TaskKind,
    subject: &str,
    at: Option<DateTime<Utc>>,
) -> ActivityId {
    let last_name = if last_name == "Golab" { "Gołąb" } else { last_name };
    let details = Details::Task {
        task: kind,
        has_due: at.is_some(),
        done: None,
        priority: Priority::None,
        assignee: Some(workspace.user()),
        queue: String::new(),
    };
    log(workspace, logging(people::contact(workspace, last_name), ActivityKind::Task, subject, at, details))
}

fn meeting(workspace: &Workspace, last_name: &str, subject: &str, at: DateTime<Utc>) -> ActivityId {
    let details = Details::empty(ActivityKind::Meeting, Direction::Out, None);
    log(workspace, logging(people::contact(workspace, last_name), ActivityKind::Meeting, subject, Some(at), details))
}

fn today(workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("g a");
    assert_shows(&pilot, "3 of 9 done");
    pilot
}

fn today_of(workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("g a");
    pilot
}

#[test]
fn r3_1_a_day_is_gone_through_by_one_key_each() {
    let mut pilot = today(&planned());
    let before = pilot.presses;
    assert!(pilot.cursor_row().contains("Call back about the crane parts"));
    pilot.press("d");
    assert_shows(&pilot, "Finished Call back about the crane parts");
    assert_shows(&pilot, "4 of 9 done");
    assert!(pilot.cursor_row().contains("Answer the complaint"), "the next one:\n{}", pilot.screen());
    pilot.press("s t");
    assert_shows(&pilot, "Moved Answer the complaint on label glue to Fri 20 Nov");
    assert!(pilot.cursor_row().contains("Send the pallet offer"), "{}", pilot.screen());
    pilot.press("r");
    pilot.type_in("monday 9:00");
    assert_shows(&pilot, "Mon 23 Nov, 09:00 · in 4 d");
    pilot.press("enter");
    assert_shows(&pilot, "Moved Send the pallet offer, then call to Mon 23 Nov, 09:00");
    assert_eq!(pilot.presses - before, 5, "besides the text");
    pilot.press("] ]");
    assert_shows(&pilot, "Upcoming 3");
    assert_shows(&pilot, "Fri 20 Nov, 16:00");
    pilot.press("u u u [ [");
    assert_shows(&pilot, "3 of 9 done");
}

#[test]
fn r3_1_what_was_done_is_logged_and_the_next_one_is_at_hand() {
    let mut pilot = today(&planned());
    pilot.press("a");
    assert_shows(&pilot, "Log on ◉ Nathaniel Goss");
    pilot.type_in("connected 5m \"parts are on the way\"").press("enter");
    assert_shows(&pilot, "Finished Call back about the crane parts");
    assert_shows(&pilot, "4 of 9 done");
    assert!(pilot.cursor_row().contains("Answer the complaint"), "the next one:\n{}", pilot.screen());
    pilot.press("k u u g g");
    assert_shows(&pilot, "3 of 9 done");
    pilot.press("a esc");
    assert_shows(&pilot, "3 of 9 done");
    pilot.press("G a").type_in("thanks").press("enter");
    assert_shows(&pilot, "3 of 9 done");
}

#[test]
fn r3_1_a_meeting_that_is_ahead_stays_so_when_something_is_logged() {
    let mut pilot = today(&planned());
    pilot.press("4 j");
    assert!(pilot.cursor_row().contains("Loom retrofit"), "{}", pilot.screen());
    pilot.press("a ctrl-u").type_in("note \"brings his son\"").press("enter");
    assert_shows(&pilot, "3 of 9 done");
}

#[test]
fn r3_1_what_is_due_on_a_day_is_due_until_its_end() {
    let workspace = people::workspace();
    let start = now() - Duration::minutes(14 * 60 + 20);
    task(&workspace, "Goss", TaskKind::ToDo, "Whenever you like", Some(start));
    let pilot = today_of(&workspace);
    assert_shows(&pilot, "any time");
    assert_hides(&pilot, "late");
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("/").type_in("goss").press("enter enter");
    assert_shows(&pilot, "Thu 19 Nov");
    assert_hides(&pilot, "00:00");
    assert_eq!(pilot.style_of("Thu 19 Nov").fg, dark().theme.warn.fg);
}

#[test]
fn r3_1_what_is_done_is_opened_again_and_what_is_deleted_comes_back() {
    let mut pilot = today(&planned());
    pilot.press("G d");
    assert_shows(&pilot, "2 of 9 done");
    pilot.press("g g x");
    assert_shows(&pilot, "2 of 8 done");
    assert!(pilot.cursor_row().contains("Answer the complaint"), "{}", pilot.screen());
    pilot.press("u");
    assert_shows(&pilot, "2 of 9 done");
    pilot.press("G s");
    assert_shows(&pilot, "It is done, d opens it again.");
}

#[test]
fn r3_1_the_outcome_of_a_meeting_is_a_letter() {
    let mut pilot = today(&planned());
    pilot.press("m");
    assert_shows(&pilot, "Only meetings have an outcome");
    pilot.press("j j j j");
    assert!(pilot.cursor_row().contains("Loom retrofit"), "{}", pilot.screen());
    assert_shows(&pilot, "This meeting");
    assert_shows(pilot.press("m"), "No show");
    pilot.press("n");
    assert_shows(&pilot, "Set Loom retrofit, second walk to No show");
    assert_shows(&pilot, "4 of 9 done");
}

#[test]
fn r7_1_marked_tasks_are_one_act() {
    let mut pilot = today(&planned());
    pilot.press("space space v j");
    assert_shows(&pilot, "4 selected");
    pilot.press("s w");
    assert_shows(&pilot, "Moved Call back about the crane parts and 3 more to Mon 23 Nov");
    assert_shows(&pilot, "3 of 5 done");
    assert_shows(pilot.press("u"), "3 of 9 done");
    pilot.press("ctrl-a d");
    assert_shows(&pilot, "9 of 9 done");
    assert_shows(pilot.press("u"), "3 of 9 done");
}

#[test]
fn the_record_beside_follows_and_opens() {
    let mut pilot = today(&planned());
    pilot.press("j j");
    assert_shows(&pilot, "Jan Kowalski   Timeline");
    assert_shows(&pilot, "Two variants, with and without mezzanine.");
    assert!(
        pilot.style_of("+48 58 555 01 44").add_modifier.contains(ratatui::style::Modifier::BOLD),
        "the next thing is to call"
    );
    assert_shows(&pilot, "After this");
    pilot.press("enter");
    assert_shows(&pilot, "Contacts › Jan Kowalski");
    pilot.press("ctrl-o");
    assert!(pilot.cursor_row().contains("pallet offer"));
    pilot.press("o");
    assert_shows(&pilot, "Open  Jan Kowalski");
}

#[test]
fn a_queue_is_chosen_and_remembered() {
    let workspace = planned();
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("state.json");
    let mut pilot = Pilot::resumed(&workspace, &file, 120, 36);
    pilot.press("g a f").type_in("e-mails").press("enter");
    assert_shows(&pilot, "queue: mine, e-mails");
    assert_shows(&pilot, "1 of 3 done");
    assert_hides(&pilot, "crane parts");
    drop(pilot);
    let mut pilot = Pilot::resumed(&workspace, &file, 120, 36);
    assert_shows(&pilot, "queue: mine, e-mails");
    pilot.press("f").type_in("nobody").press("enter");
    assert_shows(&pilot, "Nothing of the queue “nobody's, e-mails” stands here.");
}

#[test]
fn one_lands_on_today_when_a_task_is_open_and_on_the_list_when_none_is() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("state.json");
    let workspace = planned();
    let mut pilot = Pilot::resumed(&workspace, &file, 120, 36);
    assert_shows(&pilot, "30 contacts");
    pilot.press("g d");
    drop(pilot);
    let mut pilot = Pilot::resumed(&workspace, &file, 120, 36);
    assert_shows(&pilot, "3 of 9 done");
    assert_shows(pilot.press("esc"), "5 deals");
    drop(pilot);
    let idle = people::workspace();
    assert_hides(&Pilot::resumed(&idle, &file, 120, 36), "done");
}

#[test]
fn r3_1_what_is_due_stands_in_the_first_row_of_every_page() {
    let workspace = planned();
    let clock = Arc::new(FixedClock::at(now()));
    let store = Arc::clone(workspace.store());
    let ids = Box::new(CountedIds(1 << 40));
    let workspace = Arc::new(Workspace::new(store, clock.clone(), ids, workspace.user()));
    let mut pilot = Pilot::start(&workspace, 120, 36);
    assert_shows(&pilot, "□ 3 due");
    clock.set(now() + Duration::minutes(99));
    pilot.wait(std::time::Duration::from_mins(1));
    assert_shows(&pilot, "□ 3 due");
    clock.set(now() + Duration::minutes(100));
    pilot.wait(std::time::Duration::from_mins(1));
    assert_shows(&pilot, "□ 4 due");
    pilot.press("g a d");
    assert_shows(&pilot, "□ 3 due");
    clock.set(now() + Duration::hours(11));
    pilot.wait(std::time::Duration::from_mins(1));
    assert_shows(&pilot, "0 of 5 done");
}

#[test]
fn a_date_that_is_none_is_told_and_the_text_stays() {
    let mut pilot = today(&planned());
    pilot.press("r").type_in("31.02.2027");
    assert_shows(&pilot, "There is no 31 February");
    pilot.press("enter");
    assert_shows(&pilot, "31.02.2027");
    pilot.press("ctrl-u").type_in("soon").press("enter");
    assert_shows(&pilot, "“soon” is not a date.");
    pilot.press("esc");
    assert_hides(&pilot, "soon");
}

#[test]
fn the_agenda_in_three_sizes() {
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        let mut pilot = Pilot::start(&planned(), width, height);
        pilot.press("g a 2 j");
        assert_picture(&format!("today_{width}x{height}"), pilot.screen());
    }
    for (name, keys) in [("snooze", "s"), ("reschedule", "r f r i"), ("outcome", "j j m"), ("queue", "f")] {
        let mut pilot = Pilot::start(&planned(), 80, 24);
        pilot.press("g a 2 j").press(keys);
        assert_picture(&format!("{name}_80x24"), pilot.screen());
    }
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    assert_picture("today_empty_120x36", pilot.press("g a").screen());
}

#[test]
fn hundreds_of_tasks_are_scrolled_through() {
    let workspace = people::workspace();
    let company = people::company(&workspace, "Baltic Freight");
    assert_eq!(company.object, Object::COMPANY);
    for number in 0..300 {
        let details = Details::Task {
            task: TaskKind::ToDo,
            has_due: true,
            done: None,
            priority: Priority::None,
            assignee: Some(workspace.user()),
            queue: String::new(),
        };
        let at = Some(now() - Duration::days(400) + Duration::hours(number));
        log(&workspace, logging(company, ActivityKind::Task, &format!("Task {number}"), at, details));
    }
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g a G");
    assert!(pilot.cursor_row().contains("Task 299"), "{}", pilot.screen());
    pilot.press("ctrl-u ctrl-u k");
    assert!(pilot.cursor_row().contains("Task 2"), "{}", pilot.screen());
    assert!(!pilot.cursor_row().contains("Task 299"));
    pilot.press("g g pagedown");
    assert!(pilot.cursor_row().contains("Task 1"), "{}", pilot.screen());
}

#[test]
fn r3_1_an_outcome_is_taken_by_its_number_too() {
    let mut pilot = today(&planned());
    pilot.press("j j j j m 4");
    assert_shows(&pilot, "Set Loom retrofit, second walk to No show");
    pilot.press("u");
    assert_shows(&pilot, "Undid: Set Loom retrofit, second walk to No show");
    assert_shows(&pilot, "ctrl-r redoes");
}

#[test]
fn what_comes_after_is_said_as_its_row_says_it() {
    let mut pilot = today(&planned());
    let after = |pilot: &Pilot| {
        let rows = pilot.rows();
        let at = rows.iter().position(|row| row.contains("After this")).expect("something follows");
        rows[at + 1].clone()
    };
    assert!(after(&pilot).trim_end().ends_with("1 d late"), "{}", after(&pilot));
    pilot.press("j");
    assert!(after(&pilot).trim_end().ends_with("16:00"), "{}", after(&pilot));
}
