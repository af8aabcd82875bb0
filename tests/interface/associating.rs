//! Associating by keys: the picker of a record, and what the side panel does (R5).

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows, dark};
use crate::screens::assert_picture;
use lejek::domain::change::{Change, Op};
use lejek::domain::id::{LabelId, Object};
use lejek::domain::label::{Label, label_key};
use lejek::workspace::Workspace;
use std::sync::Arc;

/// On the page of a record, found by `words` in the list that `list` opens.
fn page(workspace: &Arc<Workspace>, list: &str, words: &str) -> Pilot {
    let mut pilot = Pilot::with(workspace, dark(), 120, 36);
    open(&mut pilot, list, words);
    pilot
}

fn open(pilot: &mut Pilot, list: &str, words: &str) {
    pilot.press(list).press("/ ctrl-u").type_in(words);
    pilot.press("enter enter");
}

/// The row of the screen that holds a text, and the one below it.
fn rows_at(pilot: &Pilot, text: &str) -> (usize, String) {
    let rows = pilot.rows();
    let at = rows.iter().position(|row| row.contains(text)).unwrap_or_else(|| panic!("{text}:\n{}", pilot.screen()));
    (at, format!("{}\n{}", rows[at], rows[at + 1]))
}

#[track_caller]
fn assert_row(pilot: &Pilot, name: &str, parts: &[&str]) {
    let (_, row) = rows_at(pilot, name);
    for part in parts {
        assert!(row.contains(part), "`{part}` is not beside `{name}`:\n{}", pilot.screen());
    }
}

#[test]
fn r5_6_what_is_ticked_stays_over_searches_and_is_saved_as_one_act() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g d", "furnace");
    pilot.press("A");
    assert_shows(&pilot, "Associate Furnace lining");
    pilot.press("enter");
    assert_shows(&pilot, "Add contacts to ◈ Furnace lining");
    assert_shows(&pilot, "Add existing contact 30");
    assert_row(&pilot, "Anneliese Groß", &["[ ]", "same company"]);
    pilot.press("ctrl-space");
    assert_row(&pilot, "Anneliese Groß", &["[✓]", "+ new"]);
    pilot.type_in("sniezka");
    assert_row(&pilot, "Łukasz Śnieżka", &["[ ]", "Cukiernia Pod Lipą", "lukasz@podlipa.example"]);
    pilot.press("ctrl-space ctrl-u").type_in("tanabe");
    pilot.press("ctrl-space");
    assert_shows(&pilot, "Ticked 3");
    assert_shows(&pilot, "Łukasz Śnieżka ×");
    assert_shows(&pilot, "Save 3 changes");
    pilot.press("enter");
    assert_shows(&pilot, "Associated Furnace lining with Anneliese Groß and 2 more");
    assert_shows(&pilot, "Contacts 3");
    pilot.press("u");
    assert_hides(&pilot, "Contacts 3");
    assert_hides(&pilot, "Śnieżka");
}

#[test]
fn three_of_the_same_name_are_told_apart() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g d", "furnace");
    pilot.press("A enter").type_in("jan kow");
    let kowalskis = pilot.rows().iter().filter(|row| row.contains("Jan Kowalski")).count();
    assert_eq!(kowalskis, 3, "{}", pilot.screen());
    let text = pilot.style_of("Hanse Logistik KG").fg;
    for telling in ["Baltic Freight", "no company yet"] {
        assert_eq!(pilot.style_of(telling).fg, text, "{telling}");
    }
    for common in ["j.kowalski@", "kowalski.jan@", "created"] {
        assert_ne!(pilot.style_of(common).fg, text, "{common} does not tell them apart");
    }
    assert_shows(&pilot, "3 of 30");
}

#[test]
fn r5_3_at_the_limit_of_the_other_one_it_can_be_replaced() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g o", "nordhafen");
    pilot.press("A enter").type_in("hanse");
    assert_row(&pilot, "Jan Kowalski", &["[–]", "! a contact has one company · ctrl-r replaces it"]);
    pilot.press("ctrl-space");
    assert_shows(&pilot, "A contact has one company, ctrl-r replaces it.");
    assert_hides(&pilot, "Ticked");
    pilot.press("ctrl-r");
    assert_row(&pilot, "Jan Kowalski", &["[✓]", "! replaces Hanse Logistik KG"]);
    pilot.press("enter");
    assert_shows(&pilot, "Contacts 3");
    open(&mut pilot, "g o", "hanse");
    assert_shows(&pilot, "Nothing is associated yet.");
    pilot.press("u");
    assert_shows(&pilot, "◉ Jan Kowalski");
}

#[test]
fn r5_3_at_the_own_limit_the_shelf_shows_what_goes() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g o g c", "wierzbicka");
    pilot.press("g g A enter");
    assert_shows(&pilot, "Add companies to ◉ Zofia Wierzbicka");
    pilot.type_in("baltic");
    pilot.press("ctrl-r");
    assert_shows(&pilot, "Unticked 1");
    assert_shows(&pilot, "- Nordhafen Energie GmbH ×");
    assert_shows(&pilot, "Save 2 changes");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "▦ Baltic Freight");
    assert_hides(&pilot, "▦ Nordhafen");
    pilot.press("u");
    assert_shows(&pilot, "▦ Nordhafen Energie GmbH");
    assert_hides(&pilot, "▦ Baltic Freight");
}

#[test]
fn r5_3_at_the_own_limit_what_could_give_way_stands_first() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g o g c", "wierzbicka");
    pilot.press("g g A enter");
    let (associated, _) = rows_at(&pilot, "Associated");
    let (others, _) = rows_at(&pilot, "Others");
    assert!(associated < others, "{}", pilot.screen());
    pilot.press("down");
    assert_shows(&pilot, " Replace   ctrl-r");
    pilot.press("ctrl-r");
    assert_shows(&pilot, " Save 2 changes   enter");
}

#[test]
fn r5_6_unticking_takes_off_and_leaves_both() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g o", "nordhafen");
    pilot.press("A enter").type_in("heike");
    assert_row(&pilot, "Heike Löwenthal", &["[✓]", "associated"]);
    pilot.press("ctrl-space");
    assert_row(&pilot, "Heike Löwenthal", &["[-]", "taken off"]);
    pilot.press("enter");
    assert_shows(&pilot, "Contacts 1");
    open(&mut pilot, "g c", "heike");
    assert_shows(&pilot, "Contacts › Heike Löwenthal");
}

#[test]
fn r5_5_labels_are_given_in_the_picker_and_changed_in_the_panel() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g o", "baltic");
    pilot.press("A pagedown enter").type_in("nordhafen");
    pilot.press("ctrl-space ctrl-l");
    assert_shows(&pilot, "Labels of Nordhafen Energie GmbH");
    assert_shows(&pilot, "Child company the other way");
    pilot.press("space enter");
    assert_row(&pilot, "[✓]  Nordhafen Energie GmbH", &["Parent company"]);
    pilot.press("enter");
    assert_row(&pilot, "▦ Nordhafen Energie GmbH", &["Parent company"]);
    pilot.press("tab G L space enter");
    assert_hides(&pilot, "Parent company");
    pilot.press("u");
    assert_row(&pilot, "▦ Nordhafen Energie GmbH", &["Parent company"]);
    // What was done is said over the lower end of the panel.
    pilot.press("enter").wait(std::time::Duration::from_secs(10));
    assert_row(&pilot, "▦ Baltic Freight", &["Child company"]);
}

#[test]
fn r5_5_what_is_created_in_the_picker_has_its_label_both_ways() {
    let workspace = people::workspace();
    let manager = Label {
        id: LabelId(0x8000 + 200),
        from: Object::CONTACT,
        to: Object::CONTACT,
        name: "Manager".into(),
        inverse: Some("Report".into()),
        deleted: false,
    };
    let to = Some(serde_json::to_string(&manager).unwrap());
    let ops = vec![Op::Setting { key: label_key(manager.id), from: None, to }];
    people::perform(&workspace, &Change::Seed { ops });
    let mut pilot = page(&workspace, "g c", "heike");
    pilot.press("g g A pagedown enter").type_in("Ewa Nowak");
    pilot.press("enter ctrl-l space enter ctrl-s");
    assert_row(&pilot, "◉ Ewa Nowak", &["Manager"]);
    open(&mut pilot, "g c", "ewa");
    assert_row(&pilot, "◉ Heike Löwenthal", &["Report"]);
}

#[test]
fn r5_4_the_primary_one_is_chosen_in_the_picker_and_in_the_panel() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g d", "service 2027");
    pilot.press("A down enter").type_in("alpen");
    pilot.press("ctrl-space ctrl-b");
    assert_row(&pilot, "[✓]  Alpenglas AG", &["★"]);
    pilot.press("enter");
    assert_row(&pilot, "▦ Alpenglas AG", &["★"]);
    pilot.press("tab G");
    assert!(pilot.rows().iter().any(|row| row.contains("▌") && row.contains("▦ Baltic Freight")), "{}", pilot.screen());
    pilot.press("b");
    assert_row(&pilot, "▦ Baltic Freight", &["★"]);
    pilot.press("u");
    assert_row(&pilot, "▦ Alpenglas AG", &["★"]);
}

#[test]
fn r5_6_creating_makes_and_associates_in_one_act() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g d", "furnace");
    pilot.press("A enter").type_in("Ewa Nowak");
    assert_shows(&pilot, "+   Create new contact “Ewa Nowak”");
    pilot.press("enter");
    for text in ["Create new contact", " Ewa ", " Nowak "] {
        assert_shows(&pilot, text);
    }
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Deals › Furnace lining");
    assert_shows(&pilot, "◉ Ewa Nowak");
    pilot.press("u");
    assert_hides(&pilot, "◉ Ewa Nowak");
    open(&mut pilot, "g c", "ewa nowak");
    assert_hides(&pilot, "Contacts › Ewa Nowak");
}

#[test]
fn r5_11_who_exists_already_is_ticked_instead() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g d", "furnace");
    pilot.press("A enter alt-1 tab tab").type_in("saeki@hanazono-optics.example");
    assert_shows(&pilot, "! 佐伯 美咲 has it already. ctrl-t ticks that one instead");
    pilot.press("ctrl-t");
    assert_row(&pilot, "[✓]  佐伯 美咲", &["+ new"]);
    assert_shows(&pilot, "Ticked 1");
    pilot.press("enter");
    assert_shows(&pilot, "◉ 佐伯 美咲");
}

#[test]
fn r5_3_a_new_one_replaces_at_the_limit_when_that_is_asked() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g o g c", "wierzbicka");
    pilot.press("g g A enter").type_in("Yardworks");
    pilot.press("enter");
    assert_shows(&pilot, "! a contact has one company, Nordhafen Energie GmbH. ctrl-r replaces it");
    pilot.press("ctrl-r");
    assert_shows(&pilot, "! replaces Nordhafen Energie GmbH");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "▦ Yardworks");
    assert_hides(&pilot, "▦ Nordhafen");
    pilot.press("u");
    assert_shows(&pilot, "▦ Nordhafen Energie GmbH");
}

#[test]
fn other_ticks_are_kept_while_one_is_created() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g d", "furnace");
    pilot.press("A enter ctrl-space").type_in("Ewa Nowak");
    pilot.press("end enter ctrl-s");
    assert_shows(&pilot, "Ticked 1");
    assert_shows(&pilot, "Anneliese Groß ×");
    pilot.press("enter");
    assert_shows(&pilot, "Contacts 2");
}

#[test]
fn a_refusal_stays_in_the_picker_and_nothing_is_lost() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g d", "furnace");
    pilot.press("A enter").type_in("heike");
    pilot.press("ctrl-space");
    let heike = people::contact(&workspace, "Löwenthal");
    people::perform(&workspace, &Change::Delete { what: vec![heike.into()] });
    pilot.press("enter");
    assert_shows(&pilot, "Add contacts to ◈ Furnace lining");
    assert_shows(&pilot, "✕");
    assert_shows(&pilot, "Ticked 1");
    assert_shows(&pilot, "/ heike");
    pilot.press("esc");
    assert_shows(&pilot, "1 change is not saved");
    pilot.press("esc");
    assert_shows(&pilot, "Ticked 1");
    pilot.press("esc d");
    assert_hides(&pilot, "Add contacts");
}

#[test]
fn a_record_is_not_associated_with_itself() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g c", "heike");
    pilot.press("g g A pagedown enter").type_in("heike");
    assert_row(&pilot, "[–]  Heike Löwenthal", &["it is the record itself"]);
}

#[test]
fn a_click_ticks_and_a_click_on_the_shelf_takes_it_back() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g d", "furnace");
    pilot.press("A enter").type_in("kow");
    let (at, _) = rows_at(&pilot, "Edgar Kowen");
    pilot.click(30, at as u16);
    assert_row(&pilot, "[✓]  Edgar Kowen", &["+ new"]);
    let (shelf, _) = rows_at(&pilot, "Ticked 1");
    pilot.click(32, shelf as u16);
    assert_hides(&pilot, "Ticked 1");
}

#[test]
fn r5_8_the_panel_takes_one_off_and_undo_brings_it_back() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g o", "nordhafen");
    pilot.press("tab");
    assert_shows(&pilot, "x take off");
    pilot.press("x");
    assert_shows(&pilot, "Contacts 1");
    pilot.press("u");
    assert_shows(&pilot, "Contacts 2");
    pilot.press("b");
    assert_shows(&pilot, "A company has no primary contact.");
}

#[test]
fn the_panel_is_searched() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "g o", "nordhafen");
    pilot.press("tab /").type_in("lowen");
    assert_shows(&pilot, "◉ Heike Löwenthal");
    assert_hides(&pilot, "◉ Zofia Wierzbicka");
    assert_hides(&pilot, "Retrofit");
    pilot.press("enter enter");
    assert_shows(&pilot, "Contacts › Heike Löwenthal");
    pilot.press("ctrl-o esc");
    assert_shows(&pilot, "Companies › Nordhafen Energie GmbH");
    assert_shows(&pilot, "◉ Zofia Wierzbicka");
}

/// R5.10 from an empty folder: every key counts but those that type a name.
#[test]
fn r5_10_a_deal_with_three_contacts_and_their_company() {
    let mut pilot = Pilot::start(&people::empty(), 120, 36);
    pilot.press("c o").type_in("Nordhafen");
    pilot.press("ctrl-s A enter enter");
    for (first, last, then) in
        [("Jan", "Kowalski", "alt-enter"), ("Ewa", "Nowak", "alt-enter"), ("Piotr", "Zając", "ctrl-s")]
    {
        pilot.type_in(first).press("tab").type_in(last).press(then);
    }
    assert_shows(&pilot, "Contacts 3");
    pilot.press("c d").type_in("Retrofit");
    pilot.press("ctrl-s tab G enter");
    assert_shows(&pilot, "Deals › Retrofit");
    pilot.press("A enter");
    assert_shows(&pilot, "same company");
    pilot.press("ctrl-space ctrl-space ctrl-space enter");
    for text in ["Contacts 3", "◉ Jan Kowalski", "◉ Ewa Nowak", "◉ Piotr Zając", "Companies 1", "▦ Nordhafen"]
    {
        assert_shows(&pilot, text);
    }
    assert!(pilot.presses < 40, "{} keys", pilot.presses);
    let before = pilot.presses;
    pilot.press("c t").type_in("Fuses");
    pilot.press("ctrl-s tab G enter");
    assert_shows(&pilot, "Tickets › Fuses");
    pilot.press("A enter");
    assert_shows(&pilot, "with Retrofit");
    pilot.press("ctrl-space ctrl-space enter");
    for text in ["Contacts 2", "Deals 1", "◈ Retrofit"] {
        assert_shows(&pilot, text);
    }
    assert!(pilot.presses - before < 20, "{} keys", pilot.presses - before);
}

#[test]
fn the_picker_as_it_looks() {
    let shown = |width, height, keys: &str| {
        let workspace = people::workspace();
        let mut pilot = Pilot::start(&workspace, width, height);
        open(&mut pilot, "g o", "nordhafen");
        pilot.press("A enter").type_in("saeki");
        pilot.press("ctrl-r ctrl-u").type_in("heike");
        pilot.press("ctrl-space ctrl-u").type_in("kow");
        pilot.press(keys).screen()
    };
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        assert_picture(&format!("picker_{width}x{height}"), shown(width, height, ""));
    }
    assert_picture("picker_create_120x36", shown(120, 36, "alt-1"));
    assert_picture("picker_create_80x24", shown(80, 24, "alt-1"));
    let suggested = |width, height| {
        let mut pilot = Pilot::start(&people::workspace(), width, height);
        open(&mut pilot, "g d", "switchgear");
        pilot.press("A enter ctrl-space").screen()
    };
    assert_picture("picker_suggested_120x36", suggested(120, 36));
    assert_picture("picker_suggested_80x24", suggested(80, 24));
}

#[test]
fn the_panel_as_it_looks() {
    let shown = |width, height, keys: &str| {
        let mut pilot = Pilot::start(&people::workspace(), width, height);
        open(&mut pilot, "g o", "nordhafen");
        pilot.press(keys).screen()
    };
    assert_picture("panel_80x24", shown(80, 24, "tab"));
    assert_picture("panel_120x36", shown(120, 36, "tab j"));
    assert_picture("panel_160x45", shown(160, 45, "tab / h e i"));
    assert_picture("panel_choice_120x36", shown(120, 36, "A"));
}
