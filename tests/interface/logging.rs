//! Activities logged in one line or in the form of their type (R3.1, R3.3, R3.6, R3.14), by keys alone.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use crate::screens::assert_picture;
use lejek::domain::answer::Item;
use lejek::domain::change::{Change, Reason};
use lejek::domain::id::{Object, OptionId, RecordId};
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use lejek::workspace::request::{Reply, Request};
use std::sync::Arc;

const LINE: &str = r#"call connected 12m "asked for a quote" tomorrow 10am: send the offer"#;

/// Zofia has six open deals, associated in their order.
fn with_deals() -> Arc<Workspace> {
    let workspace = people::workspace();
    let zofia = people::contact(&workspace, "Wierzbicka");
    for number in 1..=6 {
        let values = vec![
            (is::NAME, Value::text(format!("Deal {number}"))),
            (is::PIPELINE, Value::Option(OptionId(2))),
            (is::STAGE, Value::Option(OptionId(12))),
        ];
        people::perform(&workspace, &Change::Create { object: Object::DEAL, values, associate: Vec::new() });
        people::perform(&workspace, &Change::associate(zofia, people::deal(&workspace, &format!("Deal {number}"))));
    }
    workspace
}

fn activities(workspace: &Workspace, id: RecordId) -> Vec<Item> {
    let Reply::Detail(Some(detail)) = workspace.ask(&Request::Detail { id, activities: 50 }) else {
        panic!("the record is there")
    };
    detail.timeline.items
}

/// Subject or text of all on a timeline, and why each is there.
fn logged(workspace: &Workspace, id: RecordId) -> Vec<(String, String)> {
    let said = |item: Item| {
        let activity = item.activity;
        let target = activity.targets.iter().find(|target| target.record == id).expect("a target");
        let why = match &target.why {
            Reason::Asked => "added".to_owned(),
            Reason::Rule(_, sentence) => sentence.clone(),
        };
        (if activity.subject.is_empty() { activity.text.clone() } else { activity.subject.clone() }, why)
    };
    activities(workspace, id).into_iter().map(said).filter(|(text, _)| !text.starts_with("Connected, asked")).collect()
}

fn pair(text: &str, why: &str) -> (String, String) {
    (text.to_owned(), why.to_owned())
}

/// The contact's page, with nothing pressed yet.
fn page(workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("/").type_in("wierzbicka");
    pilot.press("enter enter");
    assert_shows(&pilot, "Contacts › Zofia Wierzbicka");
    pilot.presses = 0;
    pilot
}

#[test]
fn r3_14_a_call_and_what_follows_are_logged_in_one_line_with_six_presses_at_most() {
    let workspace = with_deals();
    let mut pilot = page(&workspace);
    pilot.press("a").type_in(LINE);
    for part in
        ["type", "outcome", "what was said", "then a task", "its title", "What will be", "Connected call · 12 min"]
    {
        assert_shows(&pilot, part);
    }
    for reason in ["logged here", "primary company", "open deal 1 of 5", "open deal 5 of 5"] {
        assert_shows(&pilot, reason);
    }
    assert_shows(&pilot, "7 of 7");
    assert_shows(&pilot, "✓ Fri 20 Nov 2026, 10:00 · tomorrow");
    assert_hides(&pilot, "Deal 1 ");
    pilot.press("tab j space");
    assert_shows(&pilot, "6 of 7");
    assert_shows(&pilot, "open deal 1 of 5, unticked");
    pilot.press("enter");
    assert!(pilot.presses <= 6, "{} presses", pilot.presses);
    assert_shows(&pilot, "Contacts › Zofia Wierzbicka");
    assert_shows(&pilot, "Logged a call");

    let zofia = people::contact(&workspace, "Wierzbicka");
    let both = |why: &str| vec![pair("send the offer", why), pair("asked for a quote", why)];
    assert_eq!(logged(&workspace, zofia), both("logged here"));
    let company = people::company(&workspace, "Nordhafen Energie GmbH");
    assert_eq!(logged(&workspace, company), both("primary company"));
    let deal = |number: usize| people::deal(&workspace, &format!("Deal {number}"));
    for (number, place) in [(5, 2), (4, 3), (3, 4), (2, 5)] {
        assert_eq!(logged(&workspace, deal(number)), both(&format!("open deal {place} of 5")), "Deal {number}");
    }
    assert_eq!(logged(&workspace, deal(6)), [], "it was unticked");
    assert_eq!(logged(&workspace, deal(1)), [], "five were associated later");

    pilot.press("u");
    for id in [zofia, company, deal(5)] {
        assert_eq!(logged(&workspace, id), [], "one undo takes all of it back");
    }
}

#[test]
fn r3_14_marked_records_each_get_their_own() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("space j space a").type_in("note met at the fair monday: send a card");
    assert_shows(&pilot, "Log on ◉ 2 contacts");
    assert_shows(&pilot, "log 4 activities");
    assert_shows(&pilot, "logged here, and 1 more by rule");
    pilot.press("enter");
    let both = [pair("send a card", "logged here"), pair("met at the fair", "logged here")];
    let two = [people::contact(&workspace, "Wierzbicka"), people::contact(&workspace, "Kowalski")];
    for id in two {
        assert_eq!(logged(&workspace, id), both, "{}", pilot.screen());
    }
    assert_hides(&pilot, "selected");
    pilot.press("u");
    for id in two {
        assert_eq!(logged(&workspace, id), []);
    }
}

#[test]
fn r3_14_where_marked_records_send_an_activity_is_unticked_one_by_one() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("space j space a").type_in("note met at the fair");
    assert_shows(&pilot, "Where it goes 4 of 4");
    pilot.press("tab G space");
    assert_shows(&pilot, "primary company, unticked");
    pilot.press("enter");
    let company = |contact: &str| {
        let detail = workspace.ask(&Request::Detail { id: people::contact(&workspace, contact), activities: 0 });
        let Reply::Detail(Some(detail)) = detail else { panic!("the record is there") };
        detail.row.derived.company.as_ref().map(|(id, _)| *id).expect("a primary company")
    };
    let on = |contact: &str| logged(&workspace, company(contact)).len();
    assert_eq!(on("Wierzbicka") + on("Kowalski"), 1, "one of the two companies was left out");
}

#[test]
fn polish_words_are_read_and_dates_said_as_understood() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace);
    pilot.press("a").type_in("telefon odebrała 12 min „prosi o ofertę” w przyszły piątek o 10: wyślij ofertę");
    assert_shows(&pilot, "Connected call · 12 min");
    assert_shows(&pilot, "✓ Fri 27 Nov 2026, 10:00 · in 8 days");
    pilot.press("enter");
    let zofia = people::contact(&workspace, "Wierzbicka");
    assert_eq!(logged(&workspace, zofia).len(), 2);
}

#[test]
fn what_cant_be_is_said_below_the_line_and_nothing_is_lost() {
    let workspace = people::workspace();
    let zofia = people::contact(&workspace, "Wierzbicka");
    let mut pilot = page(&workspace);
    pilot.press("a");
    for (line, why) in [
        ("call connected 31.2.2026: send it", "There is no 31 February 2026"),
        ("call connected 03/04/2026: send it", "may be 3 April 2026 or 4 March 2026"),
        ("meeting tomorrow 16:00-15:00 site walk", "The meeting ends before it starts"),
        ("task", "A task needs a title"),
    ] {
        pilot.press("ctrl-u").type_in(line);
        pilot.press("enter");
        assert_shows(&pilot, why);
        assert_shows(&pilot, line);
        assert_eq!(logged(&workspace, zofia), []);
    }
    pilot.press("ctrl-u").type_in("task send it friday");
    assert_shows(&pilot, "“friday” stays text");
}

#[test]
fn a_refusal_of_the_rules_leaves_the_line_as_it_was() {
    let workspace = people::workspace();
    let zofia = people::contact(&workspace, "Wierzbicka");
    let mut pilot = page(&workspace);
    pilot.press("a").type_in("note likes tea");
    people::perform(&workspace, &Change::Delete { what: vec![zofia.into()] });
    pilot.settled().press("enter");
    assert_shows(&pilot, "note likes tea");
    assert_shows(&pilot, "✕ ");
}

#[test]
fn a_line_is_kept_as_a_draft_of_its_record() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("a").type_in("call busy");
    pilot.press("esc");
    assert_hides(&pilot, "What will be");
    pilot.press("j a");
    assert_hides(&pilot, "call busy");
    pilot.press("esc k a");
    assert_shows(&pilot, "call busy");
    pilot.press("enter a");
    assert_hides(&pilot, "call busy");
    pilot.press("up");
    assert_shows(&pilot, "call busy");
    pilot.press("down");
    assert_hides(&pilot, "call busy");
}

#[test]
fn r3_14_another_record_is_added_and_says_so() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace);
    pilot.press("a").type_in("note met with the bank");
    pilot.press("tab A").type_in("alpenglas");
    pilot.press("enter");
    assert_shows(&pilot, "added");
    assert_shows(&pilot, "3 of 3");
    pilot.press("enter");
    let bank = people::company(&workspace, "Alpenglas AG");
    assert_eq!(logged(&workspace, bank), [pair("met with the bank", "added")]);
}

#[test]
fn r3_6_an_unknown_number_is_offered_as_a_new_contact() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace);
    pilot.press("a").type_in("call to +48 600 700 800 connected");
    assert_shows(&pilot, "nobody has +48 600 700 800");
    pilot.press("tab G k space");
    assert_shows(&pilot, "Create contact");
    pilot.type_in("Ewa").press("ctrl-s");
    assert_shows(&pilot, "called");
    assert_shows(&pilot, "Contacts › Zofia Wierzbicka");
    pilot.press("enter");
    let ewa = people::contact(&workspace, "Wierzbicka");
    assert_eq!(activities(&workspace, ewa)[0].activity.targets.len(), 3, "contact, company, Ewa");
}

#[test]
fn r3_3_the_form_takes_the_line_and_lets_one_choose_where_it_was_logged_from() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace);
    pilot.press("a").type_in("email to saeki@hanazono-optics.example subject: Terms \"as agreed\"");
    assert_shows(&pilot, "e-mailed");
    assert_shows(&pilot, "primary company");
    pilot.press("ctrl-e");
    assert_shows(&pilot, "Log an e-mail on");
    assert_shows(&pilot, "saeki@hanazono-optics.example");
    pilot.press("shift-tab shift-tab").type_in("mobile");
    pilot.press("enter");
    assert_shows(&pilot, "2 of 2");
    assert_hides(&pilot, "primary company");
    pilot.press("ctrl-s");
    assert_hides(&pilot, "Log an e-mail on");
    let company = people::company(&workspace, "Nordhafen Energie GmbH");
    assert_eq!(logged(&workspace, company), []);
    let zofia = people::contact(&workspace, "Wierzbicka");
    assert_eq!(logged(&workspace, zofia), [pair("Terms", "logged here")]);
    pilot.press("a");
    assert_hides(&pilot, "subject: Terms");
}

#[test]
fn r3_1_the_form_says_what_is_wrong_beside_its_field_and_keeps_the_rest() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace);
    pilot.press(":").type_in("log a meeting");
    pilot.press("enter").type_in("Site walk");
    pilot.press("tab tab").type_in("tomorrow 3pm");
    assert_shows(&pilot, "✓ Fri 20 Nov 2026, 15:00 tomorrow");
    pilot.press("tab").type_in("tomorrow 2pm");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "The meeting ends before it starts");
    assert_shows(&pilot, "Site walk");
    pilot.press("ctrl-u").type_in("tomorrow 4pm");
    pilot.press("ctrl-s");
    let zofia = people::contact(&workspace, "Wierzbicka");
    assert_eq!(logged(&workspace, zofia), [pair("Site walk", "logged here")]);
}

#[test]
fn a_form_that_is_left_keeps_its_draft() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace);
    pilot.press(":").type_in("create a task");
    pilot.press("enter").type_in("Send the offer");
    pilot.press("esc :").type_in("create a task");
    pilot.press("enter");
    assert_shows(&pilot, "Send the offer");
    assert_shows(&pilot, "Your draft from");
    pilot.press("ctrl-x");
    assert_hides(&pilot, "Send the offer");
}

#[test]
fn the_forms_of_activities_as_they_look() {
    let workspace = with_deals();
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        let sized = || {
            let mut pilot = Pilot::start(&workspace, width, height);
            pilot.press("/").type_in("wierzbicka").press("enter enter");
            pilot
        };
        let picture =
            |name: &str, pilot: &mut Pilot| assert_picture(&format!("{name}_{width}x{height}"), pilot.screen());
        picture("log_line", sized().press("a").type_in(LINE).press("tab j j space"));
        picture("log_meeting", sized().press(":").type_in("log a meeting").press("enter").type_in("Site walk"));
        picture("edit_call", sized().press("j e"));
    }
}
