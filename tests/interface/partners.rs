//! Partners (R4.2 to R4.6) and what is told of leads, from the settings to the mail.

use crate::common::people::{self, perform};
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::{Change, Origin};
use lejek::domain::event::{EventRow, Whom};
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Takes one mail, whose lines come out at the end.
fn mail_server() -> (u16, Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    let (sender, mails) = channel();
    thread::spawn(move || {
        let (stream, _) = listener.accept().expect("somebody comes");
        let mut answers = stream.try_clone().expect("a stream");
        let mut say = |text: &str| write!(answers, "{text}\r\n").expect("somebody listens");
        let (mut mail, mut in_mail) = (Vec::new(), false);
        say("220 here");
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            match line.as_str() {
                "." if in_mail => {
                    in_mail = false;
                    say("250 taken");
                    sender.send(std::mem::take(&mut mail)).expect("the test waits");
                }
                _ if in_mail => mail.push(line),
                "DATA" => {
                    in_mail = true;
                    say("354 go on");
                }
                "QUIT" => return say("221 bye"),
                _ => say("250 yes"),
            }
        }
    });
    (port, mails)
}

fn event(workspace: &Workspace, id: &str, kind: &str, email: &str) {
    let row = EventRow {
        number: 1,
        kind: kind.to_owned(),
        whom: Whom::Email(email.to_owned()),
        id: Some(id.to_owned()),
        at: None,
        data: r#"{"page": "/pricing", "minutes": 4}"#.to_owned(),
    };
    workspace.perform(&Change::Events { rows: vec![row] }, Origin::CommandLine).expect("the event is taken");
}

/// A partner's workspace, with its own account.
fn partner() -> Arc<Workspace> {
    let workspace = people::workspace();
    let set = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let values = vec![set("general.account_type", "Partner"), set("general.partner_account", "Nordlys")];
    perform(&workspace, &Change::Settings { values });
    workspace
}

/// The same with registrations and co-sold deals.
pub fn co_selling() -> Arc<Workspace> {
    let workspace = partner();
    for name in ["Wierzbicka", "Thornbury", "Ashdown"] {
        let record = people::contact(&workspace, name);
        perform(&workspace, &Change::Register { record, partner: "Nordlys".into(), from: None, until: None });
    }
    for name in ["Furnace lining", "Retrofit Gdańsk", "Service 2027"] {
        let deal = people::deal(&workspace, name);
        perform(&workspace, &Change::Set { record: deal, values: vec![(is::CO_SOLD, Some(Value::YesNo(true)))] });
        for partner in ["Acme", "Nordlys"] {
            perform(&workspace, &Change::Share { deal, partner: partner.into(), share: true });
        }
    }
    workspace
}

/// An event waits for somebody.
pub fn waiting() -> Arc<Workspace> {
    let workspace = people::workspace();
    event(&workspace, "1", "demo_requested", "ola.nowa@example.com");
    workspace
}

/// Several wait.
pub fn many_waiting() -> Arc<Workspace> {
    let workspace = waiting();
    for number in 2..5 {
        event(&workspace, &number.to_string(), "page_viewed", &format!("nr{number}@example.com"));
    }
    workspace
}

#[test]
fn r4_3_a_registered_leads_visit_reaches_the_recipient_by_mail_and_the_centre_leads_to_it() {
    let (port, mails) = mail_server();
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("g s enter enter down enter j enter 'Nordlys' enter ctrl-s");
    assert_shows(&pilot, "Partners");
    pilot.go("/ 'choose a notification' enter enter up enter k enter up enter ctrl-s");
    assert_shows(&pilot, "recipient       Maja Sikorska");
    let server =
        format!("/ 'mail server' enter enter '127.0.0.1' enter j enter ctrl-u '{port}' enter j enter down down enter");
    pilot.go(&server).go("j j enter 'lejek@firma.example' enter ctrl-s");
    assert_shows(&pilot, "It goes to through 127.0.0.1");
    pilot.go("/ 'partners: registrations' enter n 'wierz' enter");
    assert_shows(&pilot, "Register Zofia Wierzbicka");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Nordlys");

    event(&workspace, "visit 7", "pricing_page_viewed", "z.wierzbicka@nordhafen-energie.example");
    let mail = mails.recv().expect("a mail").join("\n");
    assert!(mail.contains("maja@example.com"), "{mail}");
    assert!(mail.contains("Zofia Wierzbicka"), "{mail}");
    pilot.wait(Duration::from_secs(5));
    assert_shows(&pilot, "● 1");
    pilot.press("g n");
    assert_shows(&pilot, "Unread 1");
    assert_shows(&pilot, "accepted by the server");
    pilot.press("enter");
    assert_shows(&pilot, "Contacts › Zofia Wierzbicka");
    assert_shows(&pilot, "↯  Pricing page viewed");
    assert_hides(&pilot, "● 1");
    pilot.press("ctrl-o");
    assert_shows(&pilot, "Notifications");
}

#[test]
fn r4_1_an_event_that_waits_joins_the_contact_that_is_created_from_it() {
    let workspace = waiting();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("ctrl-p 'events that wait' enter");
    assert_shows(&pilot, "ola.nowa@example.com");
    assert_shows(&pilot, "page: /pricing");
    pilot.go("enter 'Ola' ctrl-s");
    assert_shows(&pilot, "Contacts › Ola");
    assert_shows(&pilot, "↯  Demo requested");
    assert_hides(&pilot, "● 1");
}

#[test]
fn r4_1_an_event_on_a_timeline_unfolds_and_is_not_edited() {
    let workspace = people::workspace();
    event(&workspace, "1", "sign_up", "z.wierzbicka@nordhafen-energie.example");
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("/ 'wierz' enter enter enter");
    assert_shows(&pilot, "minutes: 4");
    pilot.press("e");
    assert_shows(&pilot, "An event stays as it was told");
}

#[test]
fn r4_4_registrations_are_listed_searched_and_ended() {
    let workspace = co_selling();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("g s / 'partners: registrations' enter");
    assert_shows(&pilot, "Harriet Thornbury");
    assert_shows(&pilot, "no end");
    pilot.go("/ 'zofia' enter");
    assert_hides(&pilot, "Harriet");
    pilot.press("x");
    assert_shows(&pilot, "Ended the registration");
    assert_shows(&pilot, "No registration holds “zofia”");
    pilot.press("esc");
    assert_shows(&pilot, "Harriet Thornbury");
    assert_hides(&pilot, "Zofia Wierzbicka  ");
}

#[test]
fn r4_13_a_co_sold_deal_has_a_team_and_partners_in_order() {
    let workspace = co_selling();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("g s / 'partners: co-sold' enter");
    assert_shows(&pilot, "1 Acme  2 Nordlys");
    pilot.go("f down enter");
    assert_shows(&pilot, "1 Nordlys  2 Acme");
    pilot.go("x down enter n ctrl-u 'Zenith' ctrl-s");
    assert_shows(&pilot, "1 Nordlys  2 Zenith");
    pilot.go("t space enter");
    assert_shows(&pilot, "Maja Sikorska");
}

#[test]
fn r4_2_the_area_stands_in_the_settings_only_where_the_account_is_a_partners() {
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    pilot.press("g s G");
    assert_shows(&pilot, "Settings › Notifications");
    let mut pilot = Pilot::start(&partner(), 120, 36);
    pilot.press("g s G");
    assert_shows(&pilot, "Settings › Partners");
}
