//! Past activities that come along onto a new deal or ticket (R3.17), and whom that is associated with, by keys alone.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use crate::screens::assert_picture;
use chrono::Duration;
use lejek::domain::activity::{Activity, ActivityKind, Details, Direction, LoggedFrom, Target};
use lejek::domain::association::Tying;
use lejek::domain::change::{Author, Change, Op, Origin, Reason};
use lejek::domain::id::{ActNo, ActivityId, Object, RecordId};
use lejek::domain::object::is;
use lejek::domain::record::Stamp;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use std::sync::Arc;
use uuid::Uuid;

/// Zofia has a call of today, one of each type of 40 days ago, and a note of 400 days ago.
fn workspace() -> Arc<Workspace> {
    let workspace = people::workspace();
    let zofia = people::contact(&workspace, "Wierzbicka");
    let old = ActivityKind::rows().map(|row| (row.kind, 40)).chain([(ActivityKind::Note, 400)]);
    let ops = (1..).zip(old).map(|(number, (kind, days))| {
        let at = crate::common::pilot::now() - Duration::days(days);
        Op::Log(Box::new(Activity {
            id: ActivityId(Uuid::from_u64_pair(0x0190_0000_0001_7000, 1 << 63 | number)),
            version: 1,
            kind,
            at,
            subject: format!("{} of {days} days ago", kind.row().name),
            text: String::new(),
            details: Details::empty(kind, Direction::Out, None),
            logged_on: zofia,
            logged_from: LoggedFrom::RecordPage,
            stamp: Stamp { at, by: Author::Program, origin: Origin::Demo, act: ActNo(2) },
            targets: vec![Target { record: zofia, at, why: Reason::Asked }],
        }))
    });
    people::perform(&workspace, &Change::Seed { ops: ops.collect() });
    workspace
}

fn page(workspace: &Arc<Workspace>, width: u16, height: u16) -> Pilot {
    let mut pilot = Pilot::start(workspace, width, height);
    pilot.press("/").type_in("wierzbicka").press("enter enter");
    pilot
}

fn brought(workspace: &Workspace, deal: &str) -> usize {
    workspace.store().entries(people::deal(workspace, deal)).expect("a timeline").len()
}

fn ties(workspace: &Workspace, deal: &str) -> Vec<RecordId> {
    let links = workspace.store().links(people::deal(workspace, deal), None).expect("associations");
    links.into_iter().map(|link| link.other).collect()
}

#[test]
fn r3_17_a_new_deal_brings_past_activities_of_its_contact() {
    let workspace = workspace();
    let mut pilot = page(&workspace, 120, 36);
    pilot.press("c d").type_in("Roof");
    assert_shows(&pilot, "Associate with");
    assert_shows(&pilot, "[ ] Add timeline activity from Zofia Wierzbicka to this deal");
    assert_hides(&pilot, "30 days");
    assert_shows(&pilot, "+ another company or contact");
    pilot.press("shift-tab shift-tab");
    assert_shows(&pilot, "‹ 30 days ›  1 activity");
    pilot.press("space");
    assert_shows(&pilot, "[✓] Add timeline activity from Zofia Wierzbicka to this deal");
    pilot.press("down");
    assert_shows(&pilot, "‹ 60 days ›  6 activities");
    assert_picture("form_past_120x36", pilot.screen());
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Created Roof with 6 past activities");
    assert_eq!(brought(&workspace, "Roof"), 6, "calls, e-mails, notes, meetings and tasks only");
    pilot.press("u");
    assert_shows(&pilot, "Undid");
}

#[test]
fn r3_17_the_time_may_be_two_dates_that_are_never_guessed() {
    let workspace = workspace();
    let mut pilot = page(&workspace, 120, 36);
    pilot.press("c d").type_in("Roof");
    pilot.press("shift-tab shift-tab space up");
    assert_shows(&pilot, "‹ dates ›");
    assert_shows(&pilot, "✕ Write two dates");
    pilot.type_in("2025-01-01..2025-12-32");
    assert_shows(&pilot, "✕ ");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Create deal");
    pilot.press("backspace").type_in("1");
    assert_shows(&pilot, "1 activity");
    assert_hides(&pilot, "✕ ");
    pilot.press("ctrl-s");
    assert_eq!(brought(&workspace, "Roof"), 1);
}

#[test]
fn r3_17_others_are_looked_for_and_namesakes_told_apart() {
    let workspace = workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("c t").type_in("Broken pump");
    pilot.press("shift-tab");
    assert_shows(&pilot, "+ a company or contact  enter looks for one");
    pilot.press("enter").type_in("nordhafen");
    assert_shows(&pilot, "Associate with the new ticket");
    pilot.press("enter");
    assert_shows(&pilot, "[ ] Add timeline activity from Nordhafen Energie… to this ticket");
    pilot.press("tab enter tab").type_in("kowalski");
    for fact in ["Baltic Freight", "Hanse Logistik KG", "kowalski.jan@poczta.example"] {
        assert_shows(&pilot, fact);
    }
    assert_picture("form_whom_120x36", pilot.screen());
    pilot.press("down enter space ctrl-s");
    assert_shows(&pilot, "Tickets › Broken pump");
    assert_shows(&pilot, "Created Broken pump");
    assert_shows(&pilot, "Nordhafen Energie GmbH");
    assert_shows(&pilot, "Jan Kowalski");
}

#[test]
fn r3_17_what_was_added_can_be_left_out() {
    let workspace = workspace();
    let mut pilot = page(&workspace, 80, 24);
    pilot.press("c d").type_in("Roof");
    pilot.press("shift-tab enter").type_in("baltic");
    pilot.press("enter ctrl-r");
    assert_hides(&pilot, "Baltic Freight");
    pilot.press("ctrl-s");
    assert_eq!(ties(&workspace, "Roof"), [people::contact(&workspace, "Wierzbicka")]);
}

#[test]
fn r3_17_the_picker_that_creates_a_deal_has_the_box_too() {
    let workspace = workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    // She has no company, so that nothing says what is to be added.
    pilot.press("/").type_in("sikowska").press("enter enter shift-tab A down");
    assert_shows(pilot.press("enter"), "Add deals to ◉ Róża Sikowska");
    pilot.press("alt-1").type_in("Roof");
    pilot.press("shift-tab shift-tab space up up");
    assert_shows(&pilot, "[✓] Add timeline activity from Róża Sikowska to this deal");
    assert_shows(&pilot, "‹ all time ›  1 activity");
    pilot.press("ctrl-s");
    assert_eq!(brought(&workspace, "Roof"), 1);
}

/// Zofia's company has a lead whose deal is asked for.
fn qualifying(width: u16, height: u16) -> (Arc<Workspace>, Pilot) {
    let workspace = workspace();
    let values = vec![(is::NAME, Value::text("New hall"))];
    let associate = vec![Tying::new(people::contact(&workspace, "Wierzbicka"))];
    people::perform(&workspace, &Change::Create { object: Object::LEAD, values, associate });
    let mut pilot = Pilot::start(&workspace, width, height);
    pilot.press("g b m q");
    assert_shows(&pilot, "Create deal of ▽ New hall");
    (workspace, pilot)
}

#[test]
fn r3_17_the_deal_of_a_qualified_lead_has_the_boxes_too() {
    let (workspace, mut pilot) = qualifying(120, 36);
    assert_shows(&pilot, "[ ] Add timeline activity from Zofia Wierzbicka to this deal");
    assert_shows(&pilot, "[ ] Add timeline activity from Nordhafen Energie Gm… to this deal");
    assert_hides(&pilot, "another company or contact");
    pilot.press("shift-tab shift-tab space down");
    assert_shows(&pilot, "‹ 60 days ›  6 activities");
    assert_picture("qualifying_past_120x36", pilot.screen());
    pilot.press("enter");
    assert_shows(&pilot, "Moved New hall to Qualified, its deal with 6 past activities");
    assert_eq!(brought(&workspace, "New hall"), 6);
    pilot.press("u");
    assert_shows(&pilot, "Undid: Moved New hall");
    pilot.press("m q enter");
    assert_shows(&pilot, "Moved New hall to Qualified");
    assert_eq!(brought(&workspace, "New hall"), 0, "nothing is ticked at first");
}

#[test]
fn r3_17_dates_that_are_not_understood_keep_the_lead_where_it_is() {
    let (workspace, mut pilot) = qualifying(80, 24);
    pilot.press("shift-tab space up");
    assert_picture("qualifying_past_80x24", pilot.screen());
    pilot.press("enter");
    assert_shows(&pilot, "✕ Write two dates");
    pilot.type_in("2025-01-01..2025-12-31").press("enter");
    assert_shows(&pilot, "Moved New hall to Qualified");
    assert_eq!(brought(&workspace, "New hall"), 0, "the company has none of that year");
}

#[test]
fn the_box_as_it_looks_where_it_is_narrow() {
    let mut pilot = page(&workspace(), 80, 24);
    pilot.press("c d").type_in("Roof");
    assert_picture("form_past_80x24", pilot.press("shift-tab shift-tab space").screen());
}
