//! Properties edited where they stand: on the page of their record and in a list.

use crate::common::people;
use crate::common::pilot::Pilot;
use lejek::ui::app::Order;
use lejek::ui::terminal::Input;
use rstest::rstest;

fn contacts() -> Pilot {
    Pilot::start(&people::workspace(), 120, 36)
}

/// The page of Zofia Wierzbicka, the cursor on her e-mail.
fn zofia() -> Pilot {
    let mut pilot = contacts();
    pilot.press("enter shift-tab");
    pilot
}

/// The page of a deal, the cursor on its amount.
fn deal() -> Pilot {
    let mut pilot = contacts();
    pilot.press("g d");
    while !pilot.cursor_row().starts_with("Retrofit") {
        pilot.press("j");
    }
    pilot.press("enter shift-tab");
    pilot
}

#[track_caller]
fn assert_shows(pilot: &Pilot, text: &str) {
    assert!(pilot.shows(text), "`{text}` is not seen:\n{}", pilot.screen());
}

#[track_caller]
fn assert_hides(pilot: &Pilot, text: &str) {
    assert!(!pilot.shows(text), "`{text}` is seen:\n{}", pilot.screen());
}

#[test]
fn an_e_mail_is_edited_where_it_stands() {
    let mut pilot = zofia();
    pilot.press("e ctrl-u").type_in("zofia@hafen.example");
    pilot.press("enter");
    assert_shows(&pilot, "zofia@hafen.exam");
    assert_shows(&pilot, "Changed Zofia Wierzbicka");
    pilot.press("u");
    assert_hides(&pilot, "zofia@hafen.exam");
}

#[test]
fn an_amount_says_what_was_understood() {
    let mut pilot = deal();
    pilot.press("e ctrl-u").type_in("12,5k usd");
    assert_shows(&pilot, "✓ 12 500 $");
    pilot.press("enter");
    assert_shows(&pilot, "Amount      12 500 $");
}

#[test]
fn a_date_is_read_in_words() {
    let mut pilot = deal();
    pilot.press("j j e ctrl-u").type_in("in two weeks");
    assert_shows(&pilot, "✓ Thu 3 Dec 2026 in 14 days");
    pilot.press("enter");
    assert_shows(&pilot, "Thu 3 Dec");
    pilot.press("e ctrl-u").type_in("3/4/2027");
    assert_shows(&pilot, "! ");
    pilot.press("enter");
    assert_shows(&pilot, "✕ ");
    assert_shows(&pilot, "3/4/2027");
    pilot.press("esc");
    assert_shows(&pilot, "Thu 3 Dec");
    assert_hides(&pilot, "3/4/2027");
}

#[test]
fn a_list_of_options_narrows_while_one_types() {
    let mut pilot = zofia();
    pilot.press("j j j j");
    assert_shows(pilot.press("e"), "Evangelist");
    pilot.type_in("evan");
    assert_hides(&pilot, "Subscriber");
    pilot.press("enter");
    assert_shows(&pilot, "Lifecycle   ━━━ Evangelist");
    pilot.press("e").type_in("wizard");
    assert_shows(&pilot, "Nothing is called so");
    pilot.press("enter");
    assert_shows(&pilot, "“wizard” is no lifecycle stage");
    assert_shows(pilot.press("esc"), "Lifecycle   ━━━ Evangelist");
    pilot.press("e backspace enter");
    assert_shows(&pilot, "Lifecycle   –");
}

#[test]
fn an_owner_is_found_by_name() {
    let mut pilot = zofia();
    pilot.press("j j j e").type_in("j.adler@");
    assert_shows(&pilot, "▌  Jürgen Adler");
    assert_shows(pilot.press("enter"), "Owner       Jürgen Adler");
}

#[test]
fn several_are_ticked() {
    let mut pilot = deal();
    pilot.press(":").type_in("edit a property");
    pilot.press("enter").type_in("team");
    pilot.press("enter").type_in("jur");
    pilot.press("enter down ctrl-space");
    assert_shows(&pilot, "[✓] Jürgen Adler");
    assert_shows(&pilot, "[✓] Maja Sikorska");
    pilot.press("enter");
    assert_shows(&pilot, "Jürgen Adler, Ma");
}

#[test]
fn tab_saves_and_goes_on_and_esc_keeps_the_old_value() {
    let mut pilot = zofia();
    pilot.press("e tab").type_in("+48 600 100 200");
    pilot.press("tab").type_in("Head of purchase");
    pilot.press("tab down enter");
    assert_shows(&pilot, "Phone       +48 600 100 200");
    assert_shows(&pilot, "Job title   Head of purchase");
    pilot.press("k e").type_in(" and sales");
    pilot.press("esc");
    assert_shows(&pilot, "Job title   Head of purchase ");
    pilot.press("e ctrl-u shift-tab ctrl-u").type_in("+48 600 100 201");
    pilot.press("enter");
    assert_shows(&pilot, "Phone       +48 600 100 201");
    assert_shows(&pilot, "Job title   –");
}

#[test]
fn keys_that_come_at_once_lose_nothing() {
    let mut pilot = zofia();
    pilot.press_at_once("e tab 6 0 0 1 0 0 2 0 0 tab c h i e f enter");
    assert_shows(&pilot, "Job title   chief");
    assert_shows(&pilot, "600100200");
}

#[test]
fn a_refusal_stands_beside_the_field_and_the_text_stays() {
    let mut pilot = zofia();
    let taken = "saeki@hanazono-optics.example";
    pilot.press("e ctrl-u").type_in(taken);
    pilot.press("enter");
    assert_shows(&pilot, "✕ 佐伯 美咲 has");
    assert_shows(&pilot, taken);
    pilot.press("ctrl-u").type_in("not an address");
    assert_hides(&pilot, "✕");
    pilot.press("enter");
    assert_shows(&pilot, "✕ ");
    assert_shows(&pilot, "not an address");
    pilot.press("esc");
    assert_hides(&pilot, "not an address");
    assert_shows(&pilot, "z.wier");
}

#[test]
fn what_is_refused_later_comes_back() {
    let mut pilot = zofia();
    pilot.press("e ctrl-u").type_in("saeki@hanazono-optics.example");
    pilot.press_at_once("tab 6 0");
    assert_shows(&pilot, "✕ 佐伯 美咲 has");
    pilot.press("esc");
    assert_shows(&pilot, " 60");
    assert_shows(&pilot, "z.wier");
}

#[test]
fn a_name_that_is_required_stays() {
    let mut pilot = deal();
    pilot.press(":").type_in("edit a property");
    pilot.press("enter enter ctrl-u enter");
    assert_shows(&pilot, "✕ Name needs a value");
    pilot.press("esc");
    assert_shows(&pilot, "Deals › Retrofit Gdańsk");
}

#[rstest]
#[case("a".repeat(10_000_000), "Too long to paste: 10 000 000 characters")]
#[case("two\nlines".to_owned(), "line breaks became blanks")]
fn bad_pastes_are_told(#[case] text: String, #[case] said: &str) {
    let mut pilot = zofia();
    pilot.press("j j e").type_in("Chief");
    pilot.input(Input::Paste(text));
    assert_shows(&pilot, said);
    assert_shows(&pilot, "Chief");
    pilot.press("esc");
    assert_shows(&pilot, "Job title   –");
}

#[test]
fn a_long_text_has_a_box_and_the_editor_of_the_user() {
    let mut pilot = zofia();
    pilot.press(":").type_in("edit a property");
    pilot.press("enter").type_in("notes");
    pilot.press("enter").type_in("first");
    pilot.press("enter").type_in("second");
    pilot.press("ctrl-e");
    assert_eq!(pilot.orders.pop(), Some(Order::Edit("first\nsecond".into())));
    pilot.edited(Ok(None));
    assert_shows(&pilot, "second");
    pilot.edited(Ok(Some("not asked for".into())));
    assert_hides(&pilot, "not asked for");
    pilot.press("ctrl-e").edited(Err("vi ended with an error.".into()));
    assert_shows(&pilot, "vi ended with an error.");
    pilot.press("ctrl-e").edited(Ok(Some("first\nthird".into())));
    pilot.press("ctrl-s");
    assert_shows(&pilot, "third");
    assert_hides(&pilot, "second");
}

#[test]
fn a_cell_of_a_list_is_edited_over_its_row() {
    let mut pilot = contacts();
    pilot.press("l l e").type_in("subs");
    pilot.press("enter");
    assert!(pilot.cursor_row().contains("Subscriber"), "{}", pilot.screen());
    pilot.press("h h e ctrl-u").type_in("Zofia Maria Nowak");
    assert_shows(&pilot, "✓ Zofia Maria and last name Nowak");
    pilot.press("enter");
    assert!(pilot.cursor_row().starts_with("Zofia Maria Nowak"), "{}", pilot.screen());
    pilot.press("l e");
    assert_shows(&pilot, "The company follows from the associations.");
}

#[test]
fn tab_goes_along_the_cells() {
    let mut pilot = contacts();
    pilot.press("e tab tab ctrl-u").type_in("zofia@nordhafen.example");
    pilot.press("tab").type_in("jur");
    pilot.press("enter");
    assert!(pilot.cursor_row().contains("zofia@nordhafen"), "{}", pilot.screen());
    assert!(pilot.cursor_row().contains("Jürgen A"), "{}", pilot.screen());
}

#[test]
fn a_refused_cell_takes_the_cursor_back() {
    let mut pilot = contacts();
    pilot.press("l l l e ctrl-u").type_in("saeki@hanazono-optics.example");
    pilot.press_at_once("enter j j j");
    assert_shows(&pilot, "✕ 佐伯 美咲 has");
    assert!(pilot.cursor_row().starts_with("Zofia"), "{}", pilot.screen());
    pilot.press("esc");
    assert_shows(&pilot, "z.wier");
}

#[test]
fn what_was_typed_survives_the_end_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = people::workspace();
    let start = || Pilot::kept(&workspace, folder.path().join("state.json"), 120, 36);
    let mut pilot = start();
    pilot.press("enter shift-tab j j e").type_in("Head of");
    drop(pilot);
    let mut pilot = start();
    assert_shows(&pilot, "Not saved last time: Job title of Zofia Wierzbicka");
    pilot.press("enter shift-tab j j e");
    assert_shows(&pilot, "Head of");
    assert_shows(&pilot, "You typed this at 14:20");
    pilot.press("esc e");
    assert_hides(&pilot, "Head of");
    drop(pilot);
    assert_hides(&start(), "Not saved last time");
}
