//! Records created with a form.

use crate::common::people;
use crate::common::pilot::Pilot;
use crate::screens::assert_picture;
use rstest::rstest;

fn contacts() -> Pilot {
    Pilot::start(&people::workspace(), 120, 36)
}

#[track_caller]
fn assert_shows(pilot: &Pilot, text: &str) {
    assert!(pilot.shows(text), "`{text}` is not seen:\n{}", pilot.screen());
}

#[track_caller]
fn assert_hides(pilot: &Pilot, text: &str) {
    assert!(!pilot.shows(text), "`{text}` is seen:\n{}", pilot.screen());
}

#[rstest]
#[case("c c", "Create contact", "Contacts › Aaron")]
#[case("c o", "Create company", "Companies › Aaron")]
#[case("c d", "Create deal", "Deals › Aaron")]
#[case("c t", "Create ticket", "Tickets › Aaron")]
fn every_object_has_a_form(#[case] keys: &str, #[case] title: &str, #[case] page: &str) {
    let mut pilot = contacts();
    assert_shows(pilot.press(keys), title);
    pilot.type_in("Aaron");
    pilot.press("ctrl-s");
    assert_shows(&pilot, page);
    assert_shows(&pilot, "Created Aaron");
    pilot.press("u");
    assert_shows(&pilot, "Undid");
}

#[test]
fn r2_13_a_lead_of_nobody_is_asked_whom_it_is_about() {
    let mut pilot = contacts();
    assert_shows(pilot.press("c l"), "Create lead");
    assert_shows(&pilot, "+ a company or contact");
    pilot.type_in("Aaron");
    assert_shows(pilot.press("ctrl-s"), "Associate with the new lead");
    assert_shows(pilot.press("esc"), "Create lead");
    pilot.press("ctrl-s tab").type_in("kessler");
    pilot.press("enter");
    assert_shows(&pilot, "◉ Jürgen Kessler");
    assert_hides(&pilot, "Add timeline activity");
    assert_shows(pilot.press("ctrl-s"), "Leads › Aaron");
    assert_shows(&pilot, "Jürgen Kessler");
}

#[test]
fn r2_13_a_lead_is_made_of_the_row_of_a_list() {
    let mut pilot = contacts();
    pilot.press("j j c L");
    assert_shows(&pilot, "Create lead for ◉ Jan Kowalski");
    pilot.press("ctrl-u").type_in("New hall").press("ctrl-s");
    assert_shows(&pilot, "Created New hall");
    pilot.press("enter");
    assert_shows(&pilot, "▽ New hall");
    pilot.press("g d c L");
    assert_shows(&pilot, "Leads are made of contacts and companies");
}

#[rstest]
#[case("c c", "Contacts › Aaron", "tab")]
#[case("c o", "Companies › Aaron", "")]
fn every_form_asks_whom_the_new_one_is_associated_with(#[case] keys: &str, #[case] page: &str, #[case] to: &str) {
    let mut pilot = contacts();
    pilot.press(keys).type_in("Aaron");
    pilot.press("shift-tab enter");
    assert_shows(&pilot, "Associate with the new");
    if to.is_empty() {
        pilot.press("tab").type_in("sikowska").press("enter");
        assert_shows(&pilot, "◉ Róża Sikowska");
    } else {
        pilot.type_in("baltic").press("enter");
        assert_shows(&pilot, "▦ Baltic Freight");
    }
    pilot.press("ctrl-s");
    assert_shows(&pilot, page);
    assert_shows(&pilot, "Associations 1");
}

#[test]
fn a_new_record_has_the_defaults_of_the_rules() {
    let mut pilot = contacts();
    pilot.press("c d").type_in("Aaron");
    assert_shows(&pilot, "Appointment scheduled");
    pilot.press("tab").type_in("contract");
    pilot.press("enter").type_in("1200");
    pilot.press("enter").type_in("tomorrow");
    assert_shows(&pilot, "✓ Fri 20 Nov 2026 tomorrow");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Contract sent");
    assert_shows(&pilot, "1 200 €");
    assert_shows(&pilot, "Owner       –");
}

#[test]
fn all_that_is_wrong_is_said_and_the_first_has_the_focus() {
    let mut pilot = contacts();
    pilot.press("c d tab tab").type_in("lots");
    pilot.press("tab").type_in("some day");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "✕ Name needs a value");
    assert_shows(&pilot, "✕ “lots”");
    assert_shows(&pilot, "some day");
    pilot.type_in("Aaron");
    assert_shows(&pilot, "Aaron");
    assert_hides(&pilot, "Name needs a value");
    pilot.press("esc g c");
    assert_shows(&pilot, "30 contacts");
}

#[test]
fn a_field_is_checked_when_it_is_left() {
    let mut pilot = contacts();
    pilot.press("c c tab tab").type_in("nobody");
    assert_hides(&pilot, "✕");
    pilot.press("tab");
    assert_shows(&pilot, "✕");
    assert_shows(&pilot, "nobody");
}

#[test]
fn r5_11_who_has_the_e_mail_already_is_said_while_one_types() {
    let mut pilot = contacts();
    pilot.press("c c tab tab").type_in("saeki@hanazono-optics.exampl");
    assert_hides(&pilot, "exists already");
    pilot.type_in("e");
    assert_shows(&pilot, "! 佐伯 美咲 exists already: enter opens it, the draft is kept");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "✕ 佐伯 美咲 has");
    assert_shows(&pilot, "saeki@hanazono-optics.example");
    for keys in ["ctrl-o", "tab tab enter"] {
        pilot.press(keys);
        assert_shows(&pilot, "Contacts › 佐伯 美咲");
        pilot.press("esc c c");
        assert_shows(&pilot, "Your draft from 14:20 is here.");
        assert_shows(&pilot, "saeki@hanazono-optics.example");
        // The hint comes with what is typed.
        pilot.press("tab tab backspace").type_in("e");
        assert_shows(&pilot, "exists already");
        pilot.press("shift-tab shift-tab");
    }
}

#[test]
fn enter_goes_to_the_next_field_where_nothing_exists_already() {
    let mut pilot = contacts();
    pilot.press("c c tab tab").type_in("saeki@hanazono-optics.example");
    pilot.press("backspace enter").type_in("600 100 200");
    assert_shows(&pilot, "Create contact");
    assert_shows(&pilot, "600 100 200");
}

#[test]
fn the_buttons_of_the_form_are_clicked() {
    let mut pilot = contacts();
    pilot.press("c c").type_in("Aaron");
    click(&mut pilot, "create and add another");
    assert_shows(&pilot, "Created Aaron");
    assert_shows(&pilot, "Create contact");
    pilot.type_in("Berta");
    click(&mut pilot, "  Create  ");
    assert_shows(&pilot, "Contacts › Berta");
    pilot.press("c c");
    click(&mut pilot, "esc close");
    assert_hides(&pilot, "Create contact");
}

/// On the first cell of a text of the screen.
fn click(pilot: &mut Pilot, text: &str) {
    let rows = pilot.rows();
    let found = rows.iter().enumerate().rev().find_map(|(y, row)| Some((y, row.find(text)?)));
    let (y, at) = found.unwrap_or_else(|| panic!("`{text}` is not on the screen:\n{}", pilot.screen()));
    let x = lejek::ui::text::width(&rows[y][..at]);
    pilot.click(x as u16 + 2, y as u16);
}

#[test]
fn companies_are_known_by_domain_and_phone() {
    let mut pilot = contacts();
    pilot.press("c o tab").type_in("https://www.balticfreight.example/");
    assert_shows(&pilot, "! Baltic Freight exists already");
    pilot.press("tab").type_in("+48 600 100 200");
    pilot.press("ctrl-s esc");
    pilot.press("c o ctrl-x").type_in("Aaron");
    pilot.press("tab tab").type_in("+48 600 100 200");
    pilot.press("alt-enter tab tab").type_in("600 100 200");
    assert_shows(&pilot, "! Aaron exists already");
}

#[test]
fn create_and_add_another() {
    let mut pilot = contacts();
    pilot.press("c c").type_in("Aaron");
    pilot.press("alt-enter");
    assert_shows(&pilot, "Created Aaron");
    assert_shows(&pilot, "Create contact");
    pilot.type_in("Berta");
    pilot.press("ctrl-g");
    assert_shows(&pilot, "Created Berta");
    pilot.press_at_once("C tab z alt-enter D tab w ctrl-s");
    assert_shows(&pilot, "Contacts › D w");
    pilot.press("esc");
    assert_shows(&pilot, "All contacts 34");
}

#[test]
fn from_the_page_of_a_record_it_belongs_to_that() {
    let mut pilot = contacts();
    pilot.press("enter c d");
    assert_shows(&pilot, "Create deal for ◉ Zofia Wierzbicka");
    pilot.type_in("Aaron");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Contacts › Zofia Wierzbicka");
    assert_shows(&pilot, "◈ Aaron");
    pilot.press("c d ctrl-r");
    assert_hides(&pilot, "for ◉ Zofia");
    pilot.type_in("Berta");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Deals › Berta");
}

#[test]
fn a_draft_survives_a_closed_form_and_the_end_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = people::workspace();
    let start = || Pilot::kept(&workspace, folder.path().join("state.json"), 120, 36);
    let mut pilot = start();
    pilot.press("c d").type_in("Aaron");
    pilot.press("tab").type_in("contract");
    pilot.press("tab").type_in("12");
    drop(pilot);
    let mut pilot = start();
    pilot.press("c d");
    for text in ["Your draft from 14:20 is here.", "Aaron", "Contract sent", " 12 "] {
        assert_shows(&pilot, text);
    }
    pilot.press("esc c d");
    assert_shows(&pilot, "Aaron");
    pilot.press("ctrl-x");
    assert_hides(&pilot, "Aaron");
    assert_hides(&pilot, "Your draft");
    pilot.type_in("Berta");
    pilot.press("ctrl-s");
    drop(pilot);
    let mut pilot = start();
    assert_hides(pilot.press("c d"), "Your draft");
}

#[test]
fn the_rest_of_the_fields_unfolds() {
    let mut pilot = contacts();
    pilot.press("c c shift-tab shift-tab");
    assert_shows(&pilot, "more fields");
    assert_hides(&pilot, "Website");
    pilot.press("enter");
    assert_hides(&pilot, "more fields");
    assert_shows(&pilot, "Further e-mails");
    for _ in 0..9 {
        pilot.press("shift-tab");
    }
    assert_shows(&pilot, "Notes");
}

#[test]
fn the_form_as_it_looks() {
    let fill = |width, height| {
        let mut pilot = Pilot::start(&people::workspace(), width, height);
        pilot.press("g o enter c c").type_in("Łucja");
        pilot.press("tab").type_in("Kowalska-Brandt");
        pilot.press("tab tab").type_in("+49 40 5");
        pilot.press("shift-tab").type_in("saeki@hanazono-optics.example");
        pilot.screen()
    };
    assert_picture("form_120x36", fill(120, 36));
    assert_picture("form_80x24", fill(80, 24));
    assert_picture("form_choices_120x36", contacts().press("c t tab tab").type_in("u").screen());
    assert_picture("edit_choices_120x36", contacts().press("enter shift-tab j j j j e").type_in("l").screen());
    assert_picture("edit_cell_80x24", Pilot::start(&people::workspace(), 80, 24).press("j l l e").screen());
}
