//! Getting anywhere, coming back, copying and opening.

use crate::common::people;
use crate::common::pilot::Pilot;
use lejek::domain::id::PropertyId;
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::ui::app::{Event, Order};
use ratatui::style::Modifier;
use std::time::Duration;

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

/// The rows of the open box, without its edges.
fn inside(pilot: &Pilot) -> Vec<String> {
    let rows = pilot.rows();
    let boxed = rows.iter().filter_map(|row| row.split('│').nth(1));
    boxed.map(|row| row.trim().trim_start_matches('▌').trim().to_owned()).filter(|row| !row.is_empty()).collect()
}

#[track_caller]
fn assert_order(pilot: &Pilot, names: &[&str]) {
    let rows = inside(pilot);
    let places: Vec<_> = names.iter().map(|name| rows.iter().position(|row| row.contains(name))).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "not in this order: {names:?}\n{}",
        pilot.screen()
    );
}

/// One contact with these values, and its list.
fn one(values: &[(PropertyId, &str)]) -> Pilot {
    let values = values.iter().map(|(id, text)| (*id, Value::text(*text))).collect();
    Pilot::start(&people::one(values), 120, 36)
}

fn copied(pilot: &Pilot) -> Vec<&str> {
    let texts = pilot.orders.iter().filter_map(|order| match order {
        Order::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

fn opened(pilot: &Pilot) -> Vec<&str> {
    let links = pilot.orders.iter().filter_map(|order| match order {
        Order::Open(link) => Some(link.as_str()),
        _ => None,
    });
    links.collect()
}

#[test]
fn any_record_is_found_from_anywhere_by_its_name_first() {
    let mut pilot = contacts();
    pilot.press("g d ctrl-k").type_in("ko");
    // A word of the name begins so, then a part of it, whatever was last.
    assert_order(&pilot, &["◉ Jan Kowalski", "◉ Edgar Kowen", "◉ Dorota Nowakowska"]);
    pilot.press("ctrl-u").type_in("ba");
    // Both names begin so; one has an activity.
    assert_order(&pilot, &["◉ Bartłomiej Cieśla", "▦ Baltic Freight", "Jan Kowalski  Baltic Freight"]);
    pilot.press("ctrl-u").type_in("kowalski");
    assert_order(
        &pilot,
        &["3 records", "Jan Kowalski  Baltic Freight", "Jan Kowalski  Hanse Logistik KG", "kowalski.jan@poczta"],
    );
    assert!(pilot.marked(Modifier::UNDERLINED).to_lowercase().starts_with("kowalski"));
    pilot.press("ctrl-u").type_in("baltic");
    assert_shows(pilot.press("enter"), "Companies › Baltic Freight");
    pilot.press("ctrl-k").type_in("retro");
    assert_shows(&pilot, "◈ Retrofit Gdańsk  48 000 €");
    assert_shows(pilot.press("enter"), "Deals › Retrofit Gdańsk");
}

#[test]
fn enter_means_the_first_record_that_comes_however_fast_it_is() {
    let mut pilot = contacts();
    pilot.press("ctrl-k").press_at_once("w i e r z b i c k a enter");
    assert_shows(&pilot, "Contacts › Zofia Wierzbicka");
    pilot.press("ctrl-k").press_at_once("x y z z y enter");
    assert_shows(&pilot, "No record holds these words.");
    assert_shows(pilot.press("enter"), "No record is found, esc closes.");
}

#[test]
fn tab_turns_what_is_looked_through() {
    let mut pilot = contacts();
    pilot.press("ctrl-k").type_in("baltic");
    assert_shows(&pilot, "3 records");
    pilot.press("tab");
    assert_shows(&pilot, "2 records");
    pilot.press("tab");
    assert_shows(&pilot, "1 record");
    assert_shows(&pilot, "▦ Baltic Freight");
    pilot.press("shift-tab shift-tab shift-tab");
    assert_shows(&pilot, "No lead holds these words.");
    pilot.press("tab");
    assert_shows(&pilot, "3 records");
}

#[test]
fn without_a_word_the_latest_views_stand_there_and_they_rise_with_one() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    assert_shows(pilot.press("ctrl-k"), "No record was viewed yet.");
    pilot.press("esc 1 0 j enter J esc g o j enter");
    pilot.press("ctrl-k");
    assert_order(&pilot, &["Viewed lately", "▦ Steinbrecher Kälte", "◉ Owen Pritchard", "◉ Jan Kowalski  Hanse"]);
    pilot.type_in("kowalski");
    assert_order(&pilot, &["Jan Kowalski  Hanse", "Jan Kowalski  Baltic"]);
    // What is gone is passed over.
    pilot.press("esc g c x").wait(Duration::from_secs(5)).press("ctrl-k");
    assert_order(&pilot, &["▦ Steinbrecher Kälte", "◉ Jan Kowalski  Hanse"]);
    assert!(!inside(&pilot).iter().any(|row| row.contains("Owen")), "{}", pilot.screen());
}

#[test]
fn when_little_is_found_similar_ones_follow() {
    let mut pilot = contacts();
    pilot.press("ctrl-k").type_in("kowalksi");
    assert_order(&pilot, &["0 records", "Similar", "Jan Kowalski"]);
    assert_shows(pilot.press("enter"), "Contacts › Jan Kowalski");
    pilot.press("esc ctrl-p").type_in("@kowalksi");
    assert_order(&pilot, &["Similar", "Jan Kowalski"]);
}

#[test]
fn a_list_that_finds_little_shows_similar_ones_below() {
    let mut pilot = contacts();
    pilot.press("/").type_in("kowalksi");
    assert_shows(&pilot, "0 of 30");
    assert_shows(&pilot, "No contact holds “kowalksi”.");
    assert_shows(&pilot, "Similar");
    assert!(pilot.cursor_row().starts_with("Jan Kowalski"), "{}", pilot.screen());
    pilot.press("enter enter");
    assert_shows(&pilot, "Contacts › Jan Kowalski");
    assert_shows(&pilot, "1 of 3");
    pilot.press("J esc");
    assert!(pilot.cursor_row().starts_with("Jan Kowalski"), "{}", pilot.screen());
    pilot.press("esc");
    assert_hides(&pilot, "Similar");
    assert_shows(&pilot, "30 contacts");
}

#[test]
fn the_cursor_leaps_over_the_gap_and_counts_stay_those_of_the_search() {
    let workspace = people::named(&["Kowalska", "Kowalski", "Kovalska", "Nowak"]);
    let mut pilot = Pilot::start(&workspace, 80, 24);
    pilot.press("/").type_in("kowalska");
    assert_shows(&pilot, "1 of 4");
    assert!(pilot.cursor_row().starts_with("Kowalska"));
    pilot.press("down");
    assert!(pilot.cursor_row().starts_with("Kovalska"), "{}", pilot.screen());
    pilot.press("up");
    assert!(pilot.cursor_row().starts_with("Kowalska"), "{}", pilot.screen());
    pilot.press("enter G g g j j");
    assert!(pilot.cursor_row().starts_with("Kowalski"), "{}", pilot.screen());
    pilot.press("x");
    assert_shows(&pilot, "Deleted Kowalski");
    assert_hides(pilot.wait(Duration::from_secs(5)), "Kowalski");
    assert_shows(&pilot, "Kovalska");
    // A list of 20 or more needs no help.
    let many: Vec<String> = (0..20).map(|n| format!("Kowalska {n:02}")).chain(["Kovalska".into()]).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut pilot = Pilot::start(&people::named(&many), 120, 40);
    pilot.press("/").type_in("kowalska");
    assert_shows(&pilot, "20 of 21");
    assert_hides(&pilot, "Similar");
}

#[test]
fn similar_ones_pass_the_filters_of_the_tab() {
    let mut pilot = contacts();
    pilot.press("[ /").type_in("kowalksi");
    let rows = pilot.rows().iter().filter(|row| row.contains("Jan Kowalski")).count();
    assert_eq!(rows, 2, "the third is not mine:\n{}", pilot.screen());
}

#[test]
fn back_and_forward_lead_over_all_places() {
    let mut pilot = contacts();
    pilot.press("2 j enter").press("ctrl-k").type_in("retro");
    pilot.press("enter g o");
    let crumbs = |pilot: &Pilot| pilot.rows()[0].trim_start_matches([' ', '▽']).trim().to_owned();
    let mut back = Vec::new();
    for _ in 0..3 {
        back.push(crumbs(pilot.press("ctrl-o")));
    }
    let is = |crumbs: &str, place: &str| assert!(crumbs.starts_with(place), "{crumbs}");
    is(&back[0], "Deals › Retrofit Gdańsk");
    is(&back[1], "Contacts › Jan Kowalski");
    is(&back[2], "Contacts ");
    assert_shows(pilot.press("alt-left"), "Nothing was open before this.");
    is(&crumbs(pilot.press("alt-right")), "Contacts › Jan Kowalski");
    is(&crumbs(pilot.press("alt-right alt-right")), "Companies ");
    pilot.press("?");
    let all = pilot.press("]").screen() + &pilot.press("G").screen();
    assert!(all.contains("back, forward") && all.contains("any record, by words"), "{all}");
}

#[test]
fn what_a_row_has_is_copied() {
    let mut pilot = contacts();
    pilot.press("j j y e");
    assert_shows(&pilot, "Copied j.kowalski@balticfreight.example");
    pilot.press("y n y y");
    assert_shows(&pilot, "Copied the row of Jan Kowalski");
    let texts = copied(&pilot);
    assert_eq!(texts[..2], ["j.kowalski@balticfreight.example", "Jan Kowalski"]);
    let cells: Vec<&str> = texts[2].split('\t').collect();
    assert_eq!(
        cells[..5],
        [
            "Jan Kowalski",
            "Baltic Freight",
            "Marketing qualified lead",
            "j.kowalski@balticfreight.example",
            "Maja Sikorska"
        ],
        "{texts:?}"
    );
    pilot.press("y c y i");
    assert_shows(&pilot, "Copied 1 row as CSV");
    let texts = copied(&pilot);
    let lines: Vec<&str> = texts[3].lines().collect();
    assert!(lines[0].starts_with("id,first_name,last_name,company"), "{lines:?}");
    assert!(lines[1].contains(",Jan,Kowalski,Baltic Freight,"), "{lines:?}");
    assert!(lines[1].starts_with(texts[4]) && lines.len() == 2, "{lines:?}");
    assert_shows(pilot.press("y p"), "It has no phone number.");
    assert_shows(pilot.press("y l"), "It has no link or domain.");
    assert_shows(pilot.press("G y e"), "It has no e-mail.");
    assert_eq!(copied(&pilot).len(), 5);
    pilot.press("g o y l");
    assert_eq!(copied(&pilot).last(), Some(&"https://farrowlisle.example"));
}

#[test]
fn a_page_copies_its_record_and_the_value_under_the_cursor() {
    let mut pilot = contacts();
    pilot.press("2 j enter y e y n");
    assert_eq!(copied(&pilot), ["j.kowalski@balticfreight.example", "Jan Kowalski"]);
    assert_shows(pilot.press("y v"), "The cursor is on no value, tab turns to them.");
    pilot.press("tab j y v");
    assert_eq!(copied(&pilot).last(), Some(&"Baltic Freight"));
    pilot.press("tab y v");
    assert_eq!(copied(&pilot).last(), Some(&"j.kowalski@balticfreight.example"));
    pilot.press("y c");
    assert_shows(&pilot, "Copied 1 row as CSV");
}

#[test]
fn one_link_opens_at_once_and_of_several_one_is_chosen() {
    let mut pilot = one(&[(is::LAST_NAME, "Nowak"), (is::EMAIL, "nowak@example.com")]);
    pilot.press("o");
    assert_eq!(opened(&pilot), ["mailto:nowak@example.com"]);
    let values = [
        (is::LAST_NAME, "Nowak"),
        (is::EMAIL, "nowak@example.com"),
        (is::WEBSITE, "nowak.example/about"),
        (is::PHONE, "600 100 200"),
    ];
    let mut pilot = one(&values);
    pilot.press("o");
    assert_order(
        &pilot,
        &["Open  Nowak", "Link    nowak.example/about", "E-mail  nowak@example.com", "Phone   600 100 200"],
    );
    pilot.press("j enter o p o l");
    assert_eq!(opened(&pilot), ["mailto:nowak@example.com", "tel:+48600100200", "https://nowak.example/about"]);
    // On its page the value under the cursor goes first.
    pilot.press("enter shift-tab o");
    assert_eq!(opened(&pilot).last(), Some(&"mailto:nowak@example.com"));
    pilot.press("j o");
    assert_eq!(opened(&pilot).last(), Some(&"tel:+48600100200"));
    let mut pilot = contacts();
    assert_shows(pilot.press("G o"), "It has no link, e-mail or phone that can be opened.");
}

#[test]
fn values_that_mean_harm_are_neither_opened_nor_copied_as_they_are() {
    let values = [
        (is::LAST_NAME, "No\x1b]52;c;eA==\x07wak\u{202e}"),
        (is::EMAIL, "a@b.example\x1b[2J\r\n"),
        (is::WEBSITE, "javascript:alert(document.domain)"),
        (is::PHONE, "-rf /"),
    ];
    let mut pilot = one(&values);
    pilot.press("y e y l y p y n y y y c enter y e y y tab tab y v");
    assert!(copied(&pilot).len() >= 8, "{:?}", pilot.orders);
    for text in copied(&pilot) {
        let is_harmless = |c: char| matches!(c, '\t' | '\n') || !(c.is_control() || c == '\u{202e}');
        assert!(text.chars().all(is_harmless), "{text:?}");
    }
    pilot.press("esc o esc");
    for (id, text) in [
        (is::WEBSITE, "file:///etc/passwd"),
        (is::WEBSITE, "--incognito"),
        (is::WEBSITE, "smb://host.example/x"),
        (is::DOMAIN, "-oProxyCommand=x"),
        (is::EMAIL, "--attach=/etc/passwd"),
    ] {
        let mut pilot = one(&[(is::LAST_NAME, "Nowak"), (id, text)]);
        pilot.press("o enter");
        assert!(opened(&pilot).is_empty(), "{text}: {:?}", pilot.orders);
    }
    for link in opened(&pilot) {
        assert!(["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme)), "{link}");
        assert!(link.bytes().all(|byte| byte.is_ascii_graphic()), "{link:?}");
    }
}

#[test]
fn what_could_not_be_opened_is_said_and_stays() {
    let mut pilot = contacts();
    pilot.event(Event::Unopened("`xdg-open` is not installed, which opens links here. `y` copies instead.".into()));
    assert_shows(&pilot, "That could not be opened");
    assert_shows(pilot.wait(Duration::from_mins(1)), "is not installed");
    assert_hides(pilot.press("esc"), "That could not be opened");
}
