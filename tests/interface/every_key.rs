//! Every row of keys, pressed on every screen and modal there is: it does something that is seen, or says why not. A new
//! layer, or another state of one with rows of its own, is a row in [`STATIONS`].

use crate::common::people;
use crate::common::pilot::{Pilot, dark, moved_letter};
use crate::{
    bin, board, broken_off, bulk, limits, marks, merging, notifications, objects, partners, settings, timelines, today,
};
use lejek::config::Held;
use lejek::domain::change::Change;
use lejek::domain::id::{Object, OptionId, Seq};
use lejek::domain::mapping::Mapping;
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::domain::view::{View, ViewId};
use lejek::keys::remap::{Remap, actions};
use lejek::keys::rows::{EVERYWHERE, PREFIXES, SETS};
use lejek::keys::{Command, Row, rows_of};
use lejek::ui::app::Setup;
use lejek::workspace::Workspace;
use rstest::rstest;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::ptr;
use std::sync::Arc;
use tempfile::TempDir;

/// A layer in one of its states.
struct Station {
    /// Its type.
    layer: &'static str,
    world: fn() -> Arc<Workspace>,
    /// Ways to it; where a key has nothing to do at the end of the first one, it is pressed at the end of the next.
    ways: &'static [&'static str],
    /// What is seen there.
    shows: &'static str,
}

const fn at(layer: &'static str, ways: &'static [&'static str], shows: &'static str) -> Station {
    Station { layer, world: lived_in, ways, shows }
}

const fn amid(
    world: fn() -> Arc<Workspace>,
    layer: &'static str,
    ways: &'static [&'static str],
    shows: &'static str,
) -> Station {
    Station { layer, world, ways, shows }
}

const STATIONS: &[Station] = &[
    at("List", &["/ 'e' enter 8 j l", "4 j [ ["], "tabs"),
    at("List", &["/ 'e' down down"], "keep the search"),
    at(
        "List",
        &[
            "= 'email is known' down 'last_name is known' enter F",
            "= 'email is known' down 'last_name is known' enter F l",
        ],
        "remove",
    ),
    at("List", &["8 j space l"], "1 selected"),
    at("List", &["8 j e"], "keep the old value"),
    at("List", &["8 j l l e down"], "next, previous choice"),
    at("List", &["alt-5 8 j"], "15 of 30"),
    amid(board::of_leads, "Board", &["g b j", "g b l l j", "g b / 'e' enter j", "g b l l l l"], "In progress"),
    amid(board::of_leads, "Board", &["g b j space", "g b l l space"], "1 selected"),
    amid(board::of_leads, "Form", &["g b m q tab", "g b m q tab down down"], "Create deal of"),
    amid(board::of_leads, "Form", &["g b m q shift-tab", "g b m q shift-tab shift-tab"], "Add timeline activity"),
    amid(board::of_leads, "Disqualify", &["g b m d down", "g b m d"], "Why?"),
    at("RecordPage", &["enter j j enter", "enter j j j h", "enter ] j"], "Contacts › "),
    at("RecordPage", &["enter shift-tab j j", "enter shift-tab G", "enter shift-tab z R"], "Contacts › "),
    at("RecordPage", &["enter tab j j", "enter tab h", "enter tab j j ]"], "Contacts › "),
    at("RecordPage", &["8 j enter shift-tab j e"], "keep the old value"),
    at("RecordPage", &["g t enter : 'edit a prop' enter 'description' enter 'one' enter 'two'"], "edit in $EDITOR"),
    at(
        "RecordPage",
        &["g d enter : 'edit a prop' enter 'team' enter", "g d enter : 'edit a prop' enter 'team' enter down"],
        "tick",
    ),
    amid(today::planned, "Today", &["g a j j j", "g a G k", "g a 4 j", "g a ]"], "done"),
    amid(today::planned, "Today", &["g a j j j j space", "g a j j j space"], "1 selected"),
    amid(today::planned, "Letters", &["g a s j", "g a s"], "Snooze"),
    amid(today::planned, "Letters", &["g a 4 j m j", "g a 4 j m"], "Outcome"),
    amid(today::planned, "Reschedule", &["g a r 'fri'"], "Reschedule"),
    at("RecordPage", &["enter tab h", "enter tab h j"], "Contacts › "),
    at(
        "RecordPage",
        &["/ 'wierz' enter enter j enter j", "/ 'wierz' enter enter z M", "/ 'wierz' enter enter ]"],
        "Zofia Wierzbicka",
    ),
    at("RecordPage", &["/ 'wierz' enter enter / 'o' down", "/ 'wierz' enter enter / 'o'"], "keep the search"),
    at("Ticks", &["enter f j j", "enter f G"], "Filter the timeline"),
    at("Jump", &["enter d '3'"], "Go to a date"),
    at("LogForm", &["/ 'wierz' enter enter e shift-tab"], "Edit a call"),
    at(
        "TargetPicker",
        &["/ 'wierz' enter enter A", "/ 'wierz' enter enter A G", "/ 'wierz' enter enter A ] j"],
        "Associations of",
    ),
    at("TargetPicker", &["/ 'wierz' enter enter A / 'o' down", "/ 'wierz' enter enter A / 'o'"], "Associations of"),
    amid(
        timelines::alone,
        "Unassociated",
        &["ctrl-p 'unassociated' enter j", "ctrl-p 'unassociated' enter"],
        "without a record",
    ),
    at("Acts", &["g u 8 j", "g u"], "Acts"),
    at("Acts", &["g u 8 j enter"], "fold"),
    at("Acts", &["g u 8 j enter j"], "go there"),
    amid(bin::full, "Bin", &["g x / 'nr' enter 8 j"], "in the bin"),
    amid(bin::full, "Bin", &["g x / 'nr' down"], "keep the search"),
    at("Import", &["g i down", "g i"], "contacts.csv"),
    at("Import", &["g i 'contacts' enter j"], "Comes in as"),
    at("Import", &["g i 'contacts' enter ]", "g i 'contacts' enter ] j"], "left out"),
    at("Import", &["g i 'contacts' enter ] enter", "g i 'contacts' enter ] enter j"], "contacts-left-out.csv"),
    at("Settings", &["g s j j"], "Settings › Objects"),
    at("Settings", &["g s enter j j"], "Settings › General"),
    at("Settings", &["g s enter j enter 'x'"], "keep the old value"),
    at("Settings", &["g s j j enter j"], "done at once"),
    at("Settings", &["g s j j enter / 'e' down"], "keep the search"),
    at(
        "Settings",
        &["g s / 'create lead based' enter", "g s / 'create lead based' enter space j space enter"],
        "Setup",
    ),
    at(
        "Settings",
        &["g s / 'leads: pipeline' enter j j j", "g s / 'leads: pipeline' enter N 'Partners' enter j j"],
        "In progress",
    ),
    at("Settings", &["g s / 'leads: pipeline' enter j e"], "keep the old value"),
    at(
        "Settings",
        &["g s / 'deals: pipeline' enter j j j", "g s / 'deals: pipeline' enter N 'Partners' enter j j"],
        "likely",
    ),
    at("Settings", &["g s / 'properties of a card' enter j", "g s / 'properties of a card' enter j x"], "Board card"),
    at(
        "Settings",
        &["g s / 'create lead based' enter g g j enter j j", "g s / 'create lead based' enter g g j enter j j x"],
        "Fields of the form",
    ),
    at("RecordPage", &["g l G enter", "g l G enter shift-tab j j", "g l G enter ]"], "Leads › "),
    at("Settings", &["g s j enter j", "g s j enter G"], "Row height of timelines"),
    at("Settings", &["g s j enter ] j", "g s j enter ] G"], "Action                      Keys"),
    at("Settings", &["g s j enter ] / 'e' down"], "keep the search"),
    at("Bind", &["g s j enter ] j e", "g s j enter ] j e !"], "Other keys for"),
    at("Definition", &["g s j j enter e tab"], "Scripts rely on it"),
    at("Options", &["g s j j enter o j", "g s j j enter o"], "Medium"),
    at("Options", &["g s j j enter o e"], "keep the old name"),
    at("Choose", &["g s enter j j enter pagedown"], "Currency"),
    at("Choose", &["g i 'contacts' enter m", "g i 'contacts' enter m down"], "Saved mappings"),
    at("AskUnsaved", &["g s enter j enter 'x' enter g d"], "Save before you leave?"),
    at("Help", &["? j j", "? ] ] j"], "Keys of the contact list"),
    at("Palette", &[": 'a' down down", ": 'a'"], "Commands and records"),
    at("Anywhere", &["ctrl-k 'a' down down"], "the first 50"),
    at("FilterBox", &["f down", "f down down"], "Filter contacts"),
    at("FilterBox", &["f 'lifecycle' enter down"], "is any of"),
    at("FilterBox", &["f 'lifecycle' enter enter down", "f 'lifecycle' enter down down enter down"], "[ ] "),
    at("FilterBox", &["f 'last activity' enter enter 'today'"], "✓ "),
    at(
        "Expressions",
        &["= 'email is known' down 'last_name is known' up", "= 'email is known' down"],
        "Filters as expressions",
    ),
    at("Expressions", &["z e"], "The view as a call"),
    at("ColumnsBox", &["z c j j"], "Columns of All contacts"),
    at("Naming", &["s n z S 'Mine'"], "for everyone"),
    at("Properties", &["space p 'e' down"], "Set a property"),
    at("Properties", &["enter : 'edit a prop' enter down"], "Edit a property of"),
    at("Export", &["X"], "Export"),
    at("OpenWith", &["g o o j", "g o o"], "Open"),
    at("Why", &["8 j w"], "Why "),
    at("History", &["/ 'pym' enter W 5 j", "/ 'pym' enter W G"], "History of "),
    at("Form", &["c c 'Aaron' tab"], "Create contact"),
    at("Form", &["g c enter c d 'Aaron' tab down", "g c enter c d 'Aaron' tab down down"], "Create deal for"),
    at("Whom", &["c t 'Pump' shift-tab enter 'o'", "c t 'Pump' shift-tab enter 'o' down"], "Kowalski"),
    at("Form", &["c c tab tab 'saeki@hanazono-optics.example'"], "exists already"),
    at(
        "Form",
        &["c d 'Aaron' shift-tab shift-tab enter tab", "c d 'Aaron' shift-tab shift-tab enter tab down"],
        "Create deal",
    ),
    at("MappingName", &["g i 'contacts' enter M"], "mapping"),
    at("Picker", &["g d / 'service 2027' enter enter A down enter 'g' ctrl-space down down up"], "Add companies to"),
    at(
        "Picker",
        &["g d / 'service 2027' enter enter A down enter 'g' ctrl-space tab down down up"],
        "Add companies to",
    ),
    at("Picker", &["g d / 'service 2027' enter enter A down enter alt-1 'Lis' tab"], "Add companies to"),
    at(
        "Ticks",
        &[
            "g o / 'baltic' enter enter A pagedown enter 'nordhafen' ctrl-space ctrl-l down",
            "g o / 'baltic' enter enter A pagedown enter 'nordhafen' ctrl-space ctrl-l",
        ],
        "Labels of ",
    ),
    at("Anywhere", &["space A 'ko' down down", "space A 'ko'"], "Associate 1 contact with"),
    at("LogLine", &["enter a 'call busy'", "enter a"], "What will be"),
    at("LogLine", &["enter a 'call busy' tab j j", "enter a 'call busy' tab"], "Where it goes"),
    at("LogForm", &["enter : 'log a call' enter down", "enter : 'log a call' enter down down"], "Log a call on"),
    at("LogForm", &["enter : 'log a meeting' enter 'Site'", "enter : 'log a meeting' enter"], "Log a meeting on"),
    at("LogForm", &["enter : 'write a note' enter tab 'Tea'"], "Log a note on"),
    at(
        "LogForm",
        &["enter : 'log a call' enter shift-tab j j", "enter : 'log a call' enter shift-tab"],
        "Log a call on",
    ),
    at("Anywhere", &["enter a tab A 'ko' down down", "enter a tab A 'ko'"], "goes too"),
    amid(
        bulk::with_companies,
        "Pairing",
        &["ctrl-p 'associate by a rule' enter j j", "ctrl-p 'associate by a rule' enter"],
        "Associate by a rule",
    ),
    amid(merging::jans, "Twin", &["/ 'kowalski balticfreight' enter enter M 'a' down"], "Merge with "),
    amid(
        merging::jans,
        "Merge",
        &["/ 'kowalski' enter space space M j", "/ 'kowalski' enter space space M l"],
        "Merge 2 contacts",
    ),
    amid(
        people::workspace,
        "Settings",
        &["g s G k k k k k enter enter ctrl-u '2 deals' enter j", "g s G k k k k k enter enter ctrl-u '2 deals' enter"],
        "Settings › Objects › Activities",
    ),
    at(
        "Anywhere",
        &["g s G k k k k k enter t 'ko' down down", "g s G k k k k k enter t 'ko'"],
        "Where would an activity go",
    ),
    amid(limits::labelled, "Settings", &["g s G k k k enter enter '5' enter j"], "Settings › Objects › Associations"),
    amid(limits::labelled, "Labelling", &["g s G k k k enter n tab", "g s G k k k enter n"], "New label"),
    at("Settings", &["g s G k k enter", "g s G k k enter j"], "Create and associate companies"),
    at("Settings", &["g s G k k enter j e 'x'"], "keep the old value"),
    at("Settings", &["g s G k enter", "g s G k enter j", "g s G k enter ] n 'North' enter"], "Settings › People"),
    at("UserForm", &["g s G k enter e tab tab tab tab tab tab tab tab", "g s G k enter e 'x'"], "j.adler"),
    at("TeamName", &["g s G k enter ] n 'x'", "g s G k enter ] n"], "New team"),
    amid(notifications::much_told, "Notifications", &["g n ] j", "g n j"], "Outbox"),
    amid(notifications::much_told, "Notifications", &["g n / 'a' down", "g n / 'a'"], "keep the search"),
    amid(
        partners::many_waiting,
        "Awaited",
        &["ctrl-p 'events that wait' enter j", "ctrl-p 'events that wait' enter"],
        "without a contact",
    ),
    at("Settings", &["g s G enter j j", "g s G enter G k"], "Settings › Notifications"),
    amid(
        partners::co_selling,
        "Settings",
        &["g s / 'partners: registrations' enter j", "g s / 'partners: registrations' enter"],
        "no end",
    ),
    amid(
        partners::co_selling,
        "Settings",
        &["g s / 'partners: co-sold' enter j", "g s / 'partners: co-sold' enter"],
        "Partners, in order",
    ),
    amid(
        partners::co_selling,
        "PartnerForm",
        &["g s / 'partners: registrations' enter n 'wierz' enter tab"],
        "Register",
    ),
    at("RecordPage", &["enter tab / 'o' down", "enter tab / 'o'"], "keep the search"),
    amid(objects::several, "Settings", &["g s G k k k k enter j"], "Settings › Objects › Custom"),
    amid(objects::several, "ObjectNames", &["g s G k k k k enter j e tab"], "Scripts rely on it"),
    amid(bin::full, "Asked", &["g x X"], "for good?"),
    amid(bin::full, "Asked", &["g x ctrl-a X 'er'"], "Type erase"),
    amid(marks::limited, "LeftOut", &["ctrl-a l l e 'evan' enter", "ctrl-a l l e 'evan' enter G"], "Left out"),
    amid(broken_off::stopped, "Leftovers", &["", "j"], "broken off"),
    amid(people::empty, "Doors", &["j"], "Try the demo"),
];

/// A workspace in which all kinds of things were done.
fn lived_in() -> Arc<Workspace> {
    let workspace = settings::sized();
    let rosalind = people::contact(&workspace, "Pym");
    for number in 0..40 {
        people::set(&workspace, rosalind, is::JOB_TITLE, &format!("Head of {number}"));
    }
    let zofia = people::contact(&workspace, "Wierzbicka");
    people::call(&workspace, zofia, 12);
    for (name, _, _, _, _) in people::DEALS {
        let deal = people::deal(&workspace, name);
        people::perform(&workspace, &Change::associate(zofia, deal));
    }
    let view = View::new(ViewId::NEW, Object::CONTACT, None);
    let view = View { name: "Of mine".into(), filters: vec!["owner is me".into()], ..view };
    people::perform(&workspace, &Change::SaveView { view: Box::new(view) });
    let pairs = vec![("Email".to_owned(), "email".to_owned())];
    for name in ["Shop", "Fair"] {
        let mapping = Mapping { name: name.into(), object: Object::CONTACT, pairs: pairs.clone() };
        people::perform(&workspace, &Change::SaveMapping { mapping: Box::new(mapping) });
    }
    let ticket = vec![
        (is::NAME, Value::text("Broken pump")),
        (is::STAGE, Value::Option(OptionId(21))),
        (is::DESCRIPTION, Value::text("It drips.")),
    ];
    people::perform(&workspace, &Change::Create { object: Object::TICKET, values: ticket, associate: Vec::new() });
    let company = vec![
        (is::NAME, Value::text("Żuraw")),
        (is::DOMAIN, Value::text("zuraw.example")),
        (is::PHONE, Value::text("+48600100200")),
    ];
    people::perform(&workspace, &Change::Create { object: Object::COMPANY, values: company, associate: Vec::new() });
    workspace
}

impl Station {
    /// The same with a config.
    fn visit_with<T>(&self, way: &str, world: &Arc<Workspace>, config: &str, act: impl FnOnce(&mut Pilot) -> T) -> T {
        let folder = TempDir::new().expect("a folder");
        let rows = "First name,Last name,Email\nŁucja,Lis,lucja@example.com\nJan,Nowak,jan@\nHans,Bach,hans@\n";
        for file in ["contacts.csv", "fair.csv", "shop.csv"] {
            fs::write(folder.path().join(file), rows).expect("a folder");
        }
        let file = folder.path().join("config.toml");
        let held = if config.is_empty() {
            Held::default()
        } else {
            fs::write(&file, config).expect("a folder");
            Held::read(Some(file))
        };
        assert_eq!(held.faults, [], "the config is taken");
        let setup = Setup { here: folder.path().to_owned(), config: held, ..Setup::of(dark(), (120, 36)) };
        let mut pilot = Pilot::of(world, Setup { is_new: self.layer == "Doors", ..setup });
        if !config.is_empty() {
            pilot.letters_moved();
        }
        if self.layer == "Leftovers" {
            pilot.look_after();
        }
        pilot.go(way);
        assert!(pilot.shows(self.shows), "{}: `{way}` does not show `{}`:\n{}", self.layer, self.shows, pilot.screen());
        act(&mut pilot)
    }

    /// Goes there by one of its ways, lets `act` do something there, and gives back what came of it.
    fn visit<T>(&self, way: &str, world: &Arc<Workspace>, act: impl FnOnce(&mut Pilot) -> T) -> T {
        self.visit_with(way, world, "", act)
    }

    fn keys(&self, world: &Arc<Workspace>) -> Vec<Row> {
        self.visit(self.ways[0], world, |pilot| pilot.keys())
    }

    /// Its rows; of several stations of a layer only the first one has those that lie below all layers.
    fn own_keys(&self, world: &Arc<Workspace>) -> Vec<Row> {
        let is_first =
            STATIONS.iter().find(|other| other.layer == self.layer).is_some_and(|first| ptr::eq(first, self));
        let mut rows = self.keys(world);
        rows.retain(|row| is_first || rows_of(EVERYWHERE).all(|below| below != *row));
        rows
    }

    fn is_alive(&self, keys: &str, world: &mut World) -> bool {
        self.ways.iter().any(|way| {
            self.visit(way, &world.fresh(), |pilot| {
                let (before, orders) = (pilot.picture().clone(), pilot.orders.len());
                pilot.press(keys);
                *pilot.picture() != before || pilot.orders.len() > orders || pilot.exit().is_some()
            })
        })
    }

    /// The keys that do nothing.
    fn dead(&self) -> Vec<String> {
        let mut world = World::new(self.world);
        let mut dead = Vec::new();
        for row in self.own_keys(&world.fresh()) {
            for keys in row.keys.split(" | ").filter(|keys| !keys.is_empty()) {
                if !self.is_alive(keys, &mut world) {
                    dead.push(format!("{} after `{}`: `{keys}`", self.layer, self.ways[0]));
                }
            }
        }
        dead
    }
}

/// A workspace that is made anew when somebody changed it.
struct World {
    found: fn() -> Arc<Workspace>,
    workspace: Arc<Workspace>,
    seq: Seq,
}

impl World {
    fn new(found: fn() -> Arc<Workspace>) -> World {
        let workspace = found();
        World { found, seq: workspace.store().last_seq(), workspace }
    }

    fn fresh(&mut self) -> Arc<Workspace> {
        if self.workspace.store().last_seq() != self.seq {
            *self = World::new(self.found);
        }
        Arc::clone(&self.workspace)
    }
}

#[rstest]
fn every_row_of_every_layer_does_something_or_says_why_not(#[values(0, 1, 2, 3, 4, 5, 6, 7)] part: usize) {
    let dead: Vec<String> = STATIONS.iter().skip(part).step_by(8).flat_map(Station::dead).collect();
    assert!(dead.is_empty(), "these keys did nothing:\n{}", dead.join("\n"));
}

#[test]
fn every_set_of_rows_is_in_force_at_some_station() {
    let reached: Vec<Vec<Row>> = STATIONS.iter().map(|station| station.keys(&(station.world)())).collect();
    // What a row is called may depend on what is shown.
    let has = |rows: &[Row], row: &Row| rows.iter().any(|one| one.keys == row.keys && one.command == row.command);
    let is_reached = |tables| reached.iter().any(|rows| rows_of(tables).all(|row| has(rows, &row)));
    let missing: Vec<&str> = SETS.iter().filter(|(_, tables)| !is_reached(tables)).map(|(name, _)| *name).collect();
    assert!(missing.is_empty(), "no station has the rows of {missing:?}");
}

/// Keys as rows write them, with every letter that is a key of its own moved.
fn with_letters_moved(keys: &str) -> String {
    let one = |chord: &str| match chord.chars().collect::<Vec<_>>().as_slice() {
        [letter] => moved_letter(*letter).to_string(),
        _ => chord.to_owned(),
    };
    let sequence = |keys: &str| keys.split(' ').map(one).collect::<Vec<_>>().join(" ");
    keys.split(" | ").map(sequence).collect::<Vec<_>>().join(" | ")
}

/// A config that moves all of them.
fn all_letters_moved() -> String {
    let mut all = actions(&Remap::default());
    all.sort_by_key(|action| action.context);
    let mut text = "[keys.prefixes]\n".to_owned();
    for prefix in PREFIXES {
        let _ = writeln!(text, "{} = \"{}\"", prefix.keys, with_letters_moved(prefix.keys));
    }
    let mut table = None;
    for action in all {
        let keys = with_letters_moved(action.default);
        if table != Some(action.context) {
            table = Some(action.context);
            text += &action.context.map_or("[keys]\n".to_owned(), |context| format!("[keys.\"{context}\"]\n"));
        }
        if keys != action.default {
            let keys: Vec<String> = keys.split(" | ").map(|keys| format!("{keys:?}")).collect();
            let _ = writeln!(text, "{} = [{}]", action.command.name(), keys.join(", "));
        }
    }
    text
}

/// Its second key comes from a name, so that only the first one can be moved.
fn is_made_from_a_name(command: Command) -> bool {
    use Command as C;
    matches!(command, C::SortBy(_) | C::ThenSortBy(_) | C::MoveStage(_) | C::GoObject(_) | C::NewOf(_))
}

#[rstest]
fn with_all_letters_moved_every_station_is_reached_and_has_its_rows(#[values(0, 1, 2, 3)] part: usize) {
    let config = all_letters_moved();
    for station in STATIONS.iter().skip(part).step_by(4) {
        let world = (station.world)();
        let before = station.keys(&world);
        station.visit_with(station.ways[0], &(station.world)(), &config, |pilot| {
            let now = pilot.keys();
            assert_eq!(now.len(), before.len(), "{}", station.ways[0]);
            for (row, before) in now.iter().zip(&before).filter(|(row, _)| !is_made_from_a_name(row.command)) {
                let wanted = with_letters_moved(&before.keys);
                // Where text is typed, letters are no keys, and what has no other keeps the one that it had.
                let in_text: Vec<&str> =
                    wanted.split(" | ").filter(|keys| keys.chars().nth(1).is_some_and(|c| c != ' ')).collect();
                let fits = row.keys == wanted || row.keys == before.keys || row.keys == in_text.join(" | ");
                assert!(
                    fits,
                    "{} after `{}`: {} is on `{}`",
                    station.layer,
                    station.ways[0],
                    row.command.name(),
                    row.keys
                );
                let is_left = row.keys == before.keys && wanted != before.keys;
                assert!(!is_left || pilot.types(), "{}: {} did not move", station.ways[0], row.command.name());
            }
        });
    }
}

#[test]
fn every_layer_has_a_station() {
    fn layers(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                layers(&path, found);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let impls = text.lines().filter_map(|line| line.strip_prefix("impl Layer for "));
                found.extend(impls.map(|rest| rest.trim_end_matches(" {").to_owned()));
            }
        }
    }
    let mut found = BTreeSet::new();
    layers(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui"), &mut found);
    let walked: BTreeSet<String> = STATIONS.iter().map(|station| station.layer.to_owned()).collect();
    assert_eq!(walked, found);
}
