//! A whole first day by keys alone, from an empty folder to one that is opened again. Only the screen is read.

use crate::common::pilot::{Pilot, assert_hides, assert_shows, dark, now};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use lejek::domain::change::Origin;
use lejek::domain::id::{Ids, UserId};
use lejek::domain::user::User;
use lejek::store::sled::SledStore;
use lejek::ui::app::Setup;
use lejek::ui::first_start::{Asked, FirstStart, Founder};
use lejek::ui::terminal::Input;
use lejek::ui::widgets::Look;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{CountedIds, FixedClock};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// The folder of the workspace, the one the program is started in, and what the interface remembers.
struct Desk {
    home: TempDir,
    user: UserId,
}

impl Desk {
    fn new() -> Desk {
        let home = TempDir::new().expect("a folder");
        fs::write(home.path().join("hubspot-contacts.csv"), hubspot()).expect("a folder");
        Desk { home, user: UserId(CountedIds(0).next()) }
    }

    fn store(&self) -> Arc<SledStore> {
        Arc::new(SledStore::open(&self.home.path().join("data")).expect("a folder of one's own"))
    }

    fn kept(&self) -> PathBuf {
        self.home.path().join("state.json")
    }

    fn sit_down(&self, workspace: Workspace, is_new: bool) -> Pilot {
        let here = self.home.path().to_owned();
        let setup = Setup { kept: Some(self.kept()), here, is_new, ..Setup::of(dark(), (160, 45)) };
        Pilot::of(&Arc::new(workspace), setup)
    }

    /// The first start in the empty folder.
    fn found(&self) -> Pilot {
        let Founder { name, email } = who_works_here(&self.home.path().join("data"));
        let user = User::new(self.user, name, email);
        let clock = Arc::new(FixedClock::at(now()));
        let workspace = Workspace::found(self.store(), clock, Box::new(CountedIds(1)), user, Origin::Interface)
            .expect("a new workspace");
        self.sit_down(workspace, true)
    }

    /// Any later start.
    fn come_back(&self) -> Pilot {
        let clock = Arc::new(FixedClock::at(now()));
        let ids = Box::new(CountedIds(1 << 40));
        self.sit_down(Workspace::new(self.store(), clock, ids, self.user), false)
    }
}

/// As HubSpot exports them: 120 contacts, every sixth of them from Elbląg, of 40 companies.
fn hubspot() -> String {
    let head = "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,City,Associated Company,\
                Create Date";
    let row = |n: u32| {
        let city = if n % 6 == 5 { "Elbląg" } else { "Gdynia" };
        let company = if n.is_multiple_of(3) { String::new() } else { format!("Zakład nr {:02}", n % 40) };
        let (id, day) = (70_000 + n, n % 9 + 1);
        format!(
            "{id},Łucja,Nowak {n:03},lucja.{n:03}@example.com,,maja@example.com,Lead,{city},{company},2024-03-0{day}"
        )
    };
    let rows: Vec<String> = std::iter::once(head.to_owned()).chain((0..120).map(row)).collect();
    rows.join("\n")
}

/// Answers the form of the first start.
fn who_works_here(folder: &Path) -> Founder {
    let mut form = FirstStart::new(&folder.display().to_string(), "");
    let mut terminal = Terminal::new(TestBackend::new(160, 45)).unwrap();
    let theme = dark().theme;
    let mut seen = |form: &mut FirstStart| {
        let look = Look::new(&theme, &lejek::glyphs::UNICODE);
        terminal.draw(|frame| form.draw(frame, look)).unwrap();
        terminal.backend().to_string()
    };
    assert!(seen(&mut form).contains("Who works here"));
    let enter = |form: &mut FirstStart, text: &str| {
        for c in text.chars() {
            form.input(&Input::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        }
        form.input(&Input::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)))
    };
    assert_eq!(enter(&mut form, "Maja Sikorska"), Asked::Again);
    assert_eq!(enter(&mut form, "maja"), Asked::Again);
    assert!(seen(&mut form).contains("✕"), "an address is more than a name");
    match enter(&mut form, "@example.com") {
        Asked::Answered(founder) => founder,
        asked => panic!("{asked:?}"),
    }
}

/// Goes a way, and sees that this follows from it.
#[track_caller]
fn go(pilot: &mut Pilot, way: &str, shown: &[&str]) {
    pilot.go(way);
    for text in shown {
        assert_shows(pilot, text);
    }
}

/// What five edits and one of a hundred records left on the screens, before and after.
const VALUES: [(&str, &[&str], &[&str]); 3] = [
    ("g d enter", &["12 500 €", "Tue 1 Dec"], &["48 000 $", "Thu 3 Dec"]),
    ("g c g g enter", &["lucja.000@example.com"], &["l.nowak@example.com", "Head of purchase", "Customer"]),
    ("g c G enter shift-tab z R", &[], &["Fair 2026"]),
];

#[track_caller]
fn assert_values(pilot: &mut Pilot, edited: bool) {
    for (way, before, after) in VALUES {
        pilot.go(way);
        let (seen, gone) = if edited { (after, before) } else { (before, after) };
        for text in seen {
            assert_shows(pilot, text);
        }
        for text in gone {
            assert_hides(pilot, text);
        }
    }
    pilot.go("g c");
}

fn import(pilot: &mut Pilot) {
    go(pilot, "enter", &["hubspot-contacts.csv"]);
    go(pilot, "'hub' enter", &["Associated Company", "Zakład nr 01, Zakład nr 02", "lejek works it out"]);
    go(pilot, "]", &["120 created", "0 left out", "80 associated", "import 120 rows"]);
    go(pilot, "enter", &["All contacts 120", "lucja."]);
}

fn save_a_view(pilot: &mut Pilot) {
    go(pilot, "f 'city' enter 'is' enter 'Gdynia' enter", &["City is Gdynia ×", "100 of 120"]);
    go(pilot, "f 'owner' enter 'is' enter 'me' enter", &["Owner is me ×", "100 of 120", "All contacts *"]);
    go(pilot, "s n z s 'From Gdynia' enter", &["Saved the view From Gdynia", "Name ↑", "From Gdynia 100"]);
    assert!(pilot.cursor_row().starts_with("Łucja Nowak"), "{}", pilot.screen());
}

fn create_a_deal(pilot: &mut Pilot) {
    go(pilot, "g g enter", &["Contacts › Łucja Nowak 000"]);
    go(pilot, "c d 'Retrofit' tab tab '12500' tab '1 Dec 2026' ctrl-s", &["Created Retrofit", "◈ Retrofit"]);
}

/// Five edits of five types, each where its value stands.
fn edit(pilot: &mut Pilot) {
    go(pilot, "g d enter shift-tab e ctrl-u '48k usd' enter", &["48 000 $"]);
    go(pilot, "j j e ctrl-u 'in two weeks' enter", &["Thu 3 Dec"]);
    go(pilot, "g c g g enter shift-tab e ctrl-u 'l.nowak@example.com' enter", &["l.nowak@example.com"]);
    go(pilot, "j j e 'Head of purchase' enter", &["Head of purchase"]);
    go(pilot, "j j j e 'cust' enter", &["Customer"]);
}

#[test]
fn a_first_day_from_an_empty_folder_by_keys_alone() {
    let desk = Desk::new();
    let mut pilot = desk.found();
    assert_shows(&pilot, "Import a file");
    import(&mut pilot);
    save_a_view(&mut pilot);
    create_a_deal(&mut pilot);
    assert_values(&mut pilot, false);

    edit(&mut pilot);
    go(&mut pilot, "g c ctrl-a", &["100 selected"]);
    go(&mut pilot, "p 'lead source' enter", &["sets Lead source on 100 records"]);
    go(&mut pilot, "'Fair 2026' enter", &["Changed Łucja Nowak 000 and 99 more"]);
    assert_values(pilot.go("esc"), true);
    for _ in 0..6 {
        go(&mut pilot, "u", &["Undid: Changed "]);
    }
    assert_values(&mut pilot, false);
    for _ in 0..6 {
        pilot.press("ctrl-r");
    }
    assert_values(&mut pilot, true);

    go(&mut pilot, "g g j x", &["Deleted Łucja Nowak 001", "99 of 119"]);
    go(&mut pilot, "g x", &["Łucja Nowak 001", "1 in the bin"]);
    go(&mut pilot, "enter", &["Restored Łucja Nowak 001", "The bin is empty."]);
    go(&mut pilot, "g c", &["100 of 120"]);

    let screens = |pilot: &mut Pilot| -> Vec<String> {
        let ways = ["g g", "g g enter", "g o", "g d enter", "g u", "g x", "g c"];
        ways.iter().map(|way| pilot.wait(Duration::from_secs(9)).go(way).screen()).collect()
    };
    let before = screens(&mut pilot);
    let name = |pilot: &Pilot| pilot.cursor_row().split("  ").next().map(str::to_owned);
    let row = name(pilot.press("4 0 j"));
    drop(pilot);
    let mut pilot = desk.come_back();
    assert_shows(&pilot, "From Gdynia 100");
    assert_eq!(name(&pilot), row, "{}", pilot.screen());
    let after = screens(&mut pilot);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after, "{before}\n{after}");
    }
    assert_values(&mut pilot, true);
    go(&mut pilot, "u", &["Undid: Restored Łucja Nowak 001"]);
}
