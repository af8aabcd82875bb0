//! The config file and its page in the settings: keys that are moved, looks that are changed, a file that is read again.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use crate::screens::assert_picture;
use lejek::ui::app::Order;
use lejek::ui::terminal::Input;
use ratatui::style::Color;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const KEYS: &str = "g s j enter ]";

fn folder(config: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("config.toml");
    if !config.is_empty() {
        fs::write(&file, config).expect("a folder");
    }
    (folder, file)
}

fn pilot(file: &std::path::Path) -> Pilot {
    Pilot::configured(&people::workspace(), file, 120, 36)
}

#[test]
fn a_moved_key_works_and_is_called_so_everywhere() {
    let (_folder, file) = folder("[keys]\nfilter.add = \"f5\"\ngo.companies = \"g 9\"\n\n[keys.prefixes]\ns = \"O\"\n");
    let mut pilot = pilot(&file);
    assert_shows(&pilot, "F5 filter");
    assert_shows(&pilot, "O sort by");
    pilot.press("f");
    assert_hides(&pilot, "Filter contacts");
    pilot.press("f5");
    assert_shows(&pilot, "Filter contacts");
    pilot.press("esc g");
    assert_shows(&pilot, "9      Companies");
    pilot.press("9");
    assert_shows(&pilot, "Companies");
    pilot.press("g c O");
    assert_shows(&pilot, "O sort by…");
    pilot.press("esc ?");
    assert_shows(&pilot, "F5 ");
    pilot.press("esc :").type_in("add a filter");
    assert_shows(&pilot, "F5");
}

#[test]
fn letters_type_even_where_they_are_keys_now() {
    let (_folder, file) = folder("[keys]\nlist.open = [\"!\", \"enter\"]\napp.palette = \"!\"\n");
    assert!(pilot(&file).shows("config.toml is not in force"), "`!` cannot be both");
    let (_folder, file) = folder("[keys]\napp.help = \"!\"\n");
    let mut pilot = pilot(&file);
    pilot.press("/").type_in("ko!");
    assert_shows(&pilot, "/ ko!");
    pilot.press("esc esc !");
    assert_shows(&pilot, "Keys of the contact list");
}

#[test]
fn keys_are_given_by_pressing_them() {
    let (_folder, file) = folder("# mine\nmouse = false # never\n");
    let mut pilot = pilot(&file);
    pilot.press(KEYS).press("/").type_in("act.merge").press("enter e");
    assert_shows(&pilot, "Other keys for Merge with another record…");
    pilot.press("x");
    assert_shows(&pilot, "x  Delete  In a list and 2 more");
    assert_shows(&pilot, "Enter takes it away from these");
    pilot.press("backspace !");
    assert_hides(&pilot, "x  Delete");
    pilot.press("enter");
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written, "# mine\nmouse = false # never\n\n[keys]\nact.merge = \"!\"\n");
    assert_shows(&pilot, "* !");
    pilot.press("g c j !");
    assert_shows(&pilot, "Merge with ");
    pilot.press("esc g s r");
    assert_eq!(fs::read_to_string(&file).unwrap(), "# mine\nmouse = false # never\n\n[keys]\n");
}

#[test]
fn what_has_the_keys_already_gives_them_up_in_those_places_only() {
    let (_folder, file) = folder("");
    let mut pilot = pilot(&file);
    pilot.press(KEYS).press("/").type_in("bin.erase").press("enter e w enter");
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        "[keys]\nbin.erase = \"w\"\n\n[keys.\"In the bin\"]\nact.why = \"\"\n"
    );
    pilot.press("g c w");
    assert_shows(&pilot, "Why ");
}

#[test]
fn keys_that_begin_others_are_not_taken() {
    let (_folder, file) = folder("");
    let mut pilot = pilot(&file);
    pilot.press(KEYS).press("/").type_in("act.merge").press("enter e g");
    assert_shows(&pilot, "These begin alike");
    pilot.press("enter");
    assert_shows(&pilot, "Other keys for");
    assert!(!file.exists());
}

#[test]
fn all_keys_go_back_at_once() {
    let (_folder, file) = folder("theme = \"nord\"\n[keys]\nact.merge = \"!\"\nact.why = \"\"\n");
    let mut pilot = pilot(&file);
    pilot.press(KEYS).press("R down enter");
    assert_eq!(fs::read_to_string(&file).unwrap(), "theme = \"nord\"\n[keys]\n");
    pilot.press("R");
    assert_shows(&pilot, "All keys are as they were");
}

#[test]
fn a_theme_is_seen_before_it_is_chosen() {
    let (_folder, file) = folder("");
    let mut pilot = pilot(&file);
    let page = |pilot: &Pilot| pilot.picture()[(1, 1)].style().bg;
    pilot.press("g s j enter");
    assert_eq!(page(&pilot), Some(Color::Reset));
    pilot.press("enter").press("down down down down down");
    let before = page(&pilot);
    assert_ne!(before, Some(Color::Reset), "the cursor is on it");
    pilot.press("esc");
    assert_eq!(page(&pilot), Some(Color::Reset));
    assert!(!file.exists());
    pilot.press("enter down down down down down enter");
    assert_eq!(fs::read_to_string(&file).unwrap(), "theme = \"nord\"\n");
    assert_eq!(page(&pilot), Some(Color::Rgb(0x2e, 0x34, 0x40)));
}

#[test]
fn switches_act_at_once() {
    let (_folder, file) = folder("");
    let mut pilot = pilot(&file);
    pilot.press("g s j enter G k space");
    assert_hides(&pilot, "? more");
    pilot.press("k space");
    assert_eq!(fs::read_to_string(&file).unwrap(), "footer = false\nmouse = false\n");
    assert!(pilot.orders.contains(&Order::SetMouse(false)));
    pilot.press("j space");
    assert_shows(&pilot, "? more");
}

#[test]
fn the_file_is_read_again_when_the_window_gets_the_focus_and_by_a_command() {
    let (_folder, file) = folder("[keys]\napp.help = \"f5\"\n");
    let mut pilot = pilot(&file);
    fs::write(&file, "[keys]\napp.help = \"f6\"\n").unwrap();
    pilot.input(Input::Focus(true)).press("f6");
    assert_shows(&pilot, "Keys of the contact list");
    pilot.press("esc");
    fs::write(&file, "[keys]\n\napp.hlep = \"f7\"\n").unwrap();
    pilot.input(Input::Focus(true));
    assert_shows(&pilot, "config.toml is not in force");
    assert_shows(&pilot, "Line 3: there is no action `app.hlep`. Did you mean");
    pilot.press("esc f6");
    assert_shows(&pilot, "Keys of the contact list");
    fs::write(&file, "[keys]\napp.help = \"f7\"\n").unwrap();
    pilot.press("esc :").type_in("read the config").press("enter");
    assert_shows(&pilot, "The config is in force");
    pilot.press("f7");
    assert_shows(&pilot, "Keys of the contact list");
}

#[test]
fn what_is_wrong_at_the_start_is_said_and_nothing_is_written_over_it() {
    let (_folder, file) = folder("theme = \"drak\"\n");
    let mut pilot = pilot(&file);
    assert_shows(&pilot, "Line 1: no theme is called `drak`");
    pilot.press("esc g s j enter G space");
    assert_shows(&pilot, "That could not be saved");
    assert_eq!(fs::read_to_string(&file).unwrap(), "theme = \"drak\"\n");
}

#[test]
fn motion_can_be_kept_still() {
    let (_folder, file) = folder("reduced_motion = true\nglyphs = \"ascii\"\n");
    let mut pilot = pilot(&file);
    fs::write(&file, "reduced_motion = true\nglyphs = \"unicode\"\n").unwrap();
    pilot.input(Input::Focus(true));
    assert_shows(&pilot, "▽");
}

#[test]
fn the_pages_in_three_sizes() {
    let picture = |way: &str, width, height| {
        let (_folder, file) = folder("theme = \"auto\"\n[keys]\nact.merge = \"!\"\n");
        let mut pilot = Pilot::configured(&people::workspace(), &file, width, height);
        let screen = pilot.go(way).screen();
        let folder = file.parent().unwrap().display().to_string();
        screen
            .lines()
            .map(|line| if line.contains(&folder) { "  (the file)" } else { line })
            .collect::<Vec<_>>()
            .join("\n")
    };
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        assert_picture(&format!("appearance_{width}x{height}"), picture("g s j enter", width, height));
        assert_picture(&format!("keys_{width}x{height}"), picture("g s j enter ] / 'merge' enter", width, height));
    }
    assert_picture("binding_120x36", picture("g s j enter ] / 'act.merge' enter e x", 120, 36));
    assert_picture("binding_80x24", picture("g s j enter ] / 'act.merge' enter e x", 80, 24));
}
