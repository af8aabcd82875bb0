//! The board: cards in their stages, moved by keys and mouse; what is asked on the way; and all of it undone.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use crate::screens::assert_picture;
use crossterm::event::{MouseButton, MouseEventKind};
use lejek::domain::association::Tying;
use lejek::domain::change::Change;
use lejek::domain::id::{Object, OptionId};
use lejek::domain::object::is;
use lejek::domain::pipeline::form::{PipelineForm, Pipelines};
use lejek::domain::value::Value;
use lejek::theme::{Depth, Mode, Theme};
use lejek::workspace::Workspace;
use std::sync::Arc;

/// Three leads of one contact in New, the last one on top, beside those that everybody has.
pub fn of_leads() -> Arc<Workspace> {
    let workspace = people::workspace();
    let kessler = people::contact(&workspace, "Kessler");
    for (name, label) in [("Gdynia", 1), ("Sopot", 2), ("Hel", 3)] {
        let values = vec![(is::NAME, Value::text(name)), (is::LEAD_LABEL, Value::Option(OptionId(label)))];
        let associate = vec![Tying::new(kessler)];
        people::perform(&workspace, &Change::Create { object: Object::LEAD, values, associate });
    }
    workspace
}

fn on_leads(width: u16, height: u16) -> Pilot {
    let mut pilot = Pilot::start(&of_leads(), width, height);
    pilot.press("g b");
    pilot
}

/// The column of the screen where a stage's head begins, by its name.
fn column(pilot: &Pilot, stage: &str) -> u16 {
    let rows = pilot.rows();
    let head = rows.iter().find_map(|row| row.find(&format!("{stage} ")).map(|at| row[..at].chars().count()));
    head.unwrap_or_else(|| panic!("no stage {stage}:\n{}", pilot.screen())) as u16
}

/// Names of cards in a stage, from the top.
#[track_caller]
pub fn cards(pilot: &Pilot, stage: &str) -> Vec<String> {
    let x = usize::from(column(pilot, stage));
    let names = pilot.rows().into_iter().skip(11).step_by(4);
    let name = |row: String| row.chars().skip(x).take(20).collect::<String>().trim().to_owned();
    names.map(name).take_while(|name| !name.is_empty() && !name.ends_with("more") && !name.contains('▌')).collect()
}

#[test]
fn a_card_moves_a_stage_and_the_focus_follows_it() {
    let mut pilot = on_leads(120, 36);
    assert_eq!(cards(&pilot, "New"), ["Hel", "Sopot", "Gdynia", "Second site, Elbląg…"]);
    pilot.press("j L");
    assert_eq!(cards(&pilot, "New"), ["Hel", "Gdynia", "Second site, Elbląg…"]);
    assert_eq!(cards(&pilot, "Attempting"), ["Sopot"]);
    assert_shows(&pilot, "Moved Sopot to Attempting");
    pilot.press("L");
    assert_eq!(cards(&pilot, "Connected"), ["Sopot", "Second site, Elbląg…"]);
    pilot.press("H H H");
    assert_shows(&pilot, "This is the first stage");
    assert_eq!(cards(&pilot, "New")[0], "Sopot", "it comes to lie on top");
    pilot.press("u u u u");
    assert_eq!(cards(&pilot, "New"), ["Hel", "Sopot", "Gdynia", "Second site, Elbląg…"]);
}

#[test]
fn a_card_moves_within_its_stage_and_stays_there() {
    let mut pilot = on_leads(120, 36);
    pilot.press("J");
    assert_eq!(cards(&pilot, "New")[..3], ["Sopot", "Hel", "Gdynia"]);
    pilot.press("J");
    assert_eq!(cards(&pilot, "New")[..3], ["Sopot", "Gdynia", "Hel"]);
    pilot.press("K K K");
    assert_eq!(cards(&pilot, "New")[..3], ["Hel", "Sopot", "Gdynia"]);
    assert_shows(&pilot, "It is the first one already");
    pilot.press("G J");
    assert_shows(&pilot, "It is the last one already");
}

#[test]
fn a_letter_names_the_stage_and_marks_move_together() {
    let mut pilot = on_leads(120, 36);
    pilot.press("space space");
    assert_shows(&pilot, "2 selected");
    pilot.press("m");
    assert_shows(&pilot, "Connected");
    pilot.press("c");
    assert_eq!(cards(&pilot, "Connected"), ["Hel", "Sopot", "Second site, Elbląg…"]);
    assert_hides(&pilot, "selected");
    pilot.press("u");
    assert_eq!(cards(&pilot, "New")[..3], ["Hel", "Sopot", "Gdynia"]);
}

#[test]
fn r2_8_qualifying_opens_the_deal_filled_in_and_esc_leaves_the_lead() {
    let mut pilot = on_leads(120, 36);
    pilot.press("m q");
    assert_shows(&pilot, "Create deal of ▽ Hel");
    assert_shows(&pilot, "With ");
    assert_shows(&pilot, "Kessler");
    pilot.press("esc");
    assert_eq!(cards(&pilot, "New")[0], "Hel", "it stays");
    pilot.press("m q").type_in(" harbour");
    pilot.press("tab tab").type_in("12000 EUR");
    pilot.press("enter");
    assert_eq!(cards(&pilot, "Qualified"), ["Hel"]);
    assert_eq!(cards(&pilot, "New")[0], "Sopot");
    pilot.press("g d");
    assert_shows(&pilot, "Hel harbour");
    assert_shows(&pilot, "12 000 €");
    pilot.press("u");
    assert_hides(&pilot, "Hel harbour");
    pilot.press("g b");
    assert_eq!(cards(&pilot, "New")[0], "Hel", "one undo takes both back");
}

#[test]
fn r2_8_the_deal_can_be_skipped_unless_it_is_required() {
    let workspace = of_leads();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g b m q ctrl-r");
    assert_eq!(cards(&pilot, "Qualified"), ["Hel"]);
    pilot.press("g d");
    assert_shows(&pilot, "My deals 5");
    let required = vec![("leads.require_deal".to_owned(), "true".to_owned())];
    people::perform(&workspace, &Change::Settings { values: required });
    pilot.press("g b h h h m q ctrl-r");
    assert_shows(&pilot, "A qualified lead needs a deal");
    pilot.press("enter");
    assert_eq!(cards(&pilot, "Qualified"), ["Sopot", "Hel"]);
}

#[test]
fn r2_10_disqualifying_asks_for_the_reason_and_takes_a_note() {
    let mut pilot = on_leads(120, 36);
    pilot.press("m d");
    assert_shows(&pilot, "Disqualify ▽ Hel");
    assert_shows(&pilot, "No reason");
    pilot.press("esc");
    assert_eq!(cards(&pilot, "New")[0], "Hel");
    pilot.press("m d 2 tab").type_in("ask in March");
    pilot.press("enter");
    assert_eq!(cards(&pilot, "Disqualified")[0], "Hel");
    assert_shows(&pilot, "✕ No budget");
    pilot.press("l l l l enter");
    assert_shows(&pilot, "Hel");
    assert_shows(&pilot, "ask in March");
    pilot.press("g b u");
    assert_eq!(cards(&pilot, "New")[0], "Hel");
}

#[test]
fn r2_10_one_reason_serves_all_that_are_marked() {
    let mut pilot = on_leads(120, 36);
    pilot.press("space space m d");
    assert_shows(&pilot, "Disqualify 2 leads");
    pilot.press("j j enter");
    assert_eq!(cards(&pilot, "Disqualified")[..2], ["Hel", "Sopot"]);
    assert_eq!(pilot.screen().matches("✕ No decision").count(), 2);
}

#[test]
fn a_card_is_dragged_to_its_place() {
    let mut pilot = on_leads(120, 36);
    let (from, to) = (column(&pilot, "New"), column(&pilot, "Connected"));
    pilot.mouse(MouseEventKind::Down(MouseButton::Left), from + 2, 15);
    pilot.mouse(MouseEventKind::Drag(MouseButton::Left), to + 2, 15);
    pilot.mouse(MouseEventKind::Up(MouseButton::Left), to + 2, 15);
    assert_eq!(cards(&pilot, "Connected"), ["Second site, Elbląg…", "Sopot"]);
    pilot.mouse(MouseEventKind::Down(MouseButton::Left), from + 2, 11);
    pilot.mouse(MouseEventKind::Drag(MouseButton::Left), from + 2, 15);
    pilot.mouse(MouseEventKind::Up(MouseButton::Left), from + 2, 15);
    assert_eq!(cards(&pilot, "New")[..2], ["Gdynia", "Hel"]);
    pilot.click(from + 2, 11).mouse(MouseEventKind::Up(MouseButton::Left), from + 2, 11);
    pilot.click(from + 2, 11).mouse(MouseEventKind::Up(MouseButton::Left), from + 2, 11);
    assert_shows(&pilot, "Leads › Gdynia");
}

#[test]
fn views_filters_and_search_are_those_of_the_list() {
    let mut pilot = on_leads(120, 36);
    pilot.press("/").type_in("sopot");
    pilot.press("enter");
    assert_eq!(cards(&pilot, "New"), ["Sopot"]);
    assert_shows(&pilot, "1 of 6");
    pilot.press("z b");
    assert_shows(&pilot, "1 of 6");
    assert_hides(&pilot, "Attempting");
    pilot.press("esc z b");
    assert_eq!(cards(&pilot, "New").len(), 4, "what is searched goes along both ways");
    pilot.press("=").type_in("lead_label is Hot");
    pilot.press("enter");
    assert_eq!(cards(&pilot, "New"), ["Gdynia", "Second site, Elbląg…"]);
    assert_shows(&pilot, "Label is Hot");
}

#[test]
fn the_card_is_edited_deleted_and_logged_on() {
    let mut pilot = on_leads(120, 36);
    pilot.press("e").type_in("name");
    pilot.press("enter").type_in(" pier");
    pilot.press("enter");
    assert_eq!(cards(&pilot, "New")[0], "Hel pier");
    pilot.press("a").type_in("call busy");
    assert_shows(&pilot, "What will be");
    pilot.press("esc x");
    assert_eq!(cards(&pilot, "New")[0], "Sopot");
    pilot.press("u u");
    assert_eq!(cards(&pilot, "New")[0], "Hel");
}

#[test]
fn deals_say_what_they_come_to() {
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    pilot.press("g d z b");
    assert_shows(&pilot, "48 000 €");
    assert_shows(&pilot, "80% 38.4k €");
    pilot.press("4 l");
    assert_shows(&pilot, "90% 55.8k €");
    pilot.press("l l");
    assert_shows(&pilot, "✕ lost");
    assert_hides(&pilot, "Appointment");
}

#[test]
fn pipelines_are_turned_by_tab() {
    let workspace = of_leads();
    let mut draft = Pipelines::of(Object::LEAD, &workspace.settings().pipelines);
    let mut second: PipelineForm = draft.forms[0].clone();
    second.id = None;
    "Partners".clone_into(&mut second.name);
    second.stages.iter_mut().for_each(|stage| stage.id = None);
    draft.forms.push(second);
    people::perform(&workspace, &Change::SetPipelines(Box::new(draft)));
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g b");
    assert_shows(&pilot, "Leads   Partners");
    pilot.press("tab");
    assert_hides(&pilot, "Sopot");
    pilot.press("tab");
    assert_shows(&pilot, "Sopot");
}

#[test]
fn a_narrow_window_shows_one_stage_at_a_time() {
    let mut pilot = on_leads(80, 24);
    assert_shows(&pilot, "‹ 1/5 ›");
    assert_shows(&pilot, "Hel");
    pilot.press("L");
    assert_shows(&pilot, "‹ 2/5 ›");
    assert_hides(&pilot, "Sopot");
    pilot.press("h");
    assert_shows(&pilot, "Sopot");
}

#[test]
fn idle_cards_say_how_long_nothing_happened() {
    let workspace = of_leads();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g b");
    assert_shows(&pilot, "◌ 20 d");
    let off = vec![("leads.idle_days".to_owned(), "20".to_owned())];
    people::perform(&workspace, &Change::Settings { values: off });
    pilot.settled();
    assert_hides(&pilot, "◌");
}

#[test]
fn the_board_in_three_sizes_and_the_light() {
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        assert_picture(&format!("board_{width}x{height}"), on_leads(width, height).press("j space").screen());
    }
    let deals = |width, height| Pilot::start(&people::workspace(), width, height).press("g d z b 3 l").screen();
    assert_picture("board_of_deals_120x36", deals(120, 36));
    assert_picture("qualifying_120x36", on_leads(120, 36).press("m q").screen());
    assert_picture("disqualifying_120x36", on_leads(120, 36).press("m d j").screen());
    assert_picture("disqualifying_80x24", on_leads(80, 24).press("m d tab").screen());
    let light = Theme::new(Mode::Light, Depth::TrueColour, None);
    let mut pilot = Pilot::with(&of_leads(), looks(light), 120, 36);
    assert_shows(pilot.press("g b"), "Sopot");
}

fn looks(theme: Theme) -> lejek::ui::app::Appearance {
    lejek::ui::app::Appearance { theme, ..crate::common::pilot::dark() }
}
