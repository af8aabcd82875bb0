//! Rows, sequences and modes, over the sets that screens use.

use std::collections::HashSet;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use proptest::prelude::*;

use super::{rows::*, *};

fn event(keys: &str) -> KeyEvent {
    let chord = chord::parse(keys).unwrap()[0][0];
    KeyEvent::new(*chord.codes.first(), chord.modifiers)
}

/// Every layer's rows with what lies below them.
fn layers() -> Vec<(&'static str, Vec<Row>)> {
    SETS.iter()
        .chain([&("help", HELP)])
        .map(|(name, tables)| {
            let below = if tables.as_ptr() == EVERYWHERE.as_ptr() { &[] } else { EVERYWHERE };
            (*name, rows_of(tables).chain(rows_of(below)).collect())
        })
        .collect()
}

fn list() -> Keymap {
    let columns = sort_rows(["Name", "Company", "Lifecycle stage", "E-mail", "Activity"]);
    columns.into_iter().chain(rows_of(LIST)).chain(rows_of(EVERYWHERE)).collect()
}

fn press(keymap: &Keymap, keys: &[&str]) -> Option<(Command, Option<u32>)> {
    let mut pending = Pending::default();
    let mut last = None;
    for key in keys {
        last = match keymap.press(&mut pending, event(key), KeyMode::Normal) {
            Match::Command { command, count } => Some((command, count)),
            _ => None,
        };
    }
    last
}

#[test]
fn every_chord_parses() {
    for (layer, rows) in layers() {
        for row in rows {
            assert!(chord::parse(&row.keys).is_ok(), "{layer}: {}", row.keys);
        }
    }
}

#[test]
fn no_sequence_stands_twice_in_a_set_or_hides_another() {
    for (layer, tables) in SETS.iter().chain([&("help", HELP)]) {
        let sequences: Vec<Vec<Chord>> = rows_of(tables).flat_map(|row| chord::parse(&row.keys).unwrap()).collect();
        for (place, sequence) in sequences.iter().enumerate() {
            let clash =
                sequences[place + 1..].iter().any(|other| other.starts_with(sequence) || sequence.starts_with(other));
            assert!(!clash, "{layer}: {sequence:?}");
        }
    }
}

#[test]
fn no_screen_hides_a_row_that_lies_below_it() {
    for (layer, tables) in SETS.iter().filter(|(name, _)| remap::OVER_PAGES.contains(name)) {
        let own: HashSet<_> = rows_of(tables).flat_map(|row| chord::parse(&row.keys).unwrap()).collect();
        for row in rows_of(EVERYWHERE) {
            for sequence in chord::parse(&row.keys).unwrap() {
                assert!(!own.contains(&sequence[..]), "{layer} hides {}", row.keys);
            }
        }
    }
}

#[test]
fn every_command_stands_in_a_row() {
    let bound: HashSet<_> = layers().into_iter().flat_map(|(_, rows)| rows).map(|row| row.command.id()).collect();
    for command in Command::ALL {
        let made_while_running = matches!(
            command,
            Command::SortBy(_)
                | Command::ThenSortBy(_)
                | Command::GoObject(_)
                | Command::NewOf(_)
                | Command::MoveStage(_)
        );
        assert!(made_while_running || bound.contains(command.id()), "{command:?}");
    }
}

#[test]
fn ids_are_unique() {
    let ids: HashSet<_> = Command::ALL.iter().map(|command| command.id()).collect();
    assert_eq!(ids.len(), Command::ALL.len());
}

proptest! {
    #[test]
    fn nothing_that_types_is_a_command_while_text_has_the_focus(c in any::<char>().prop_filter("terminals send control characters as keys", |c| !c.is_control()), shift: bool) {
        let modifiers = if shift { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
        for (_, rows) in layers() {
            let keymap: Keymap = rows.into_iter().collect();
            let mut pending = Pending::default();
            let found = keymap.press(&mut pending, KeyEvent::new(KeyCode::Char(c), modifiers), KeyMode::Text);
            prop_assert_eq!(found, Match::None);
            prop_assert!(pending.is_empty());
        }
    }
}

#[test]
fn in_text_control_keys_still_act() {
    let keymap: Keymap = rows_of(&[SEARCH_BOX]).chain(rows_of(EVERYWHERE)).collect();
    let mut pending = Pending::default();
    for (key, command) in [
        ("esc", Command::Escape),
        ("enter", Command::KeepSearch),
        ("down", Command::MoveDown),
        ("ctrl-p", Command::MoveUp),
        ("f1", Command::Help),
        ("ctrl-c", Command::Interrupt),
    ] {
        let found = keymap.press(&mut pending, event(key), KeyMode::Text);
        assert_eq!(found, Match::Command { command, count: None }, "{key}");
    }
    let home = KeyEvent::new(KeyCode::Home, KeyModifiers::NONE);
    assert_eq!(keymap.press(&mut pending, home, KeyMode::Text), Match::None, "home is the field's");
}

#[test]
fn sequences_and_counts_make_commands() {
    let keymap = list();
    assert_eq!(press(&keymap, &["j"]), Some((Command::MoveDown, None)));
    assert_eq!(press(&keymap, &["1", "0", "j"]), Some((Command::MoveDown, Some(10))));
    assert_eq!(press(&keymap, &["g", "g"]), Some((Command::First, None)));
    assert_eq!(press(&keymap, &["5", "g", "g"]), Some((Command::First, Some(5))));
    assert_eq!(press(&keymap, &["G"]), Some((Command::Last, None)));
    assert_eq!(press(&keymap, &["g", "c"]), Some((Command::GoContacts, None)));
    assert_eq!(press(&keymap, &["s", "n"]), Some((Command::SortBy(0), None)));
    assert_eq!(press(&keymap, &["alt-3"]), Some((Command::SelectTab(3), None)));
    assert_eq!(press(&keymap, &["g", "esc"]), None, "escape only forgets the prefix");
    assert_eq!(press(&keymap, &["0"]), None);
    assert_eq!(
        press(&keymap, &["9"; 30].iter().copied().chain(["j"]).collect::<Vec<_>>()),
        Some((Command::MoveDown, Some(99_999_999)))
    );
}

#[test]
fn a_prefix_says_what_may_follow() {
    let keymap = list();
    let mut pending = Pending::default();
    let Match::Prefix(next) = keymap.press(&mut pending, event("s"), KeyMode::Normal) else {
        panic!("s is a prefix");
    };
    let shown: Vec<_> = next.iter().map(|next| format!("{} {}", next.keys, next.word)).collect();
    assert_eq!(shown, ["n Name", "c Company", "l Lifecycle stage", "e E-mail", "a Activity", "s reverse the order"]);
    assert_eq!(pending.label(), "s");
    let mut after_g = Pending::default();
    let Match::Prefix(next) = keymap.press(&mut after_g, event("g"), KeyMode::Normal) else {
        panic!("g is a prefix");
    };
    let first = next.iter().find(|next| next.keys == "g").unwrap();
    assert_eq!(first.word, "First row", "the label `first, last` is about two rows");
    assert_eq!(keymap.press(&mut pending, event("x"), KeyMode::Normal), Match::None);
    assert!(pending.is_empty());
}

#[test]
fn a_higher_layer_wins() {
    let keymap: Keymap = rows_of(&[SEARCH_BOX]).chain(rows_of(LIST)).chain(rows_of(EVERYWHERE)).collect();
    assert_eq!(press(&keymap, &["enter"]), Some((Command::KeepSearch, None)));
    assert_eq!(press(&keymap, &["ctrl-p"]), Some((Command::MoveUp, None)));
}

#[test]
fn columns_without_a_free_letter_of_their_own_still_get_one() {
    let rows = sort_rows(["Stage", "Source", "花", "Sss"]);
    let keys: Vec<_> = rows.iter().map(|row| row.keys.as_ref()).collect();
    assert_eq!(keys, ["s t", "s o", "s a", "s b", "S t", "S o", "S a", "S b"]);
}

#[test]
fn what_is_shown_can_be_written_in_a_row() {
    for (_, rows) in layers() {
        for sequence in rows.iter().flat_map(|row| chord::parse(&row.keys).unwrap()) {
            let shown: Vec<_> = sequence.iter().map(|chord| chord::show(*chord)).collect();
            assert_eq!(chord::parse(&shown.join(" ")), Ok(vec![sequence]));
        }
    }
}

#[test]
fn the_terminals_dialects_are_one() {
    let plain = |code, modifiers| chord::normalise(KeyEvent::new(code, modifiers)).map(chord::of);
    let same = |code, modifiers, keys: &str| {
        assert_eq!(plain(code, modifiers), Some(chord::parse(keys).unwrap()[0][0]), "{keys}");
    };
    let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
    same(KeyCode::Char('G'), KeyModifiers::SHIFT, "G");
    same(KeyCode::Char('G'), KeyModifiers::NONE, "G");
    same(KeyCode::Char('g'), KeyModifiers::SHIFT, "shift-g");
    same(KeyCode::Char('?'), KeyModifiers::SHIFT, "?");
    same(KeyCode::Char('?'), KeyModifiers::NONE, "?");
    same(KeyCode::Tab, KeyModifiers::SHIFT, "shift-tab");
    same(KeyCode::BackTab, KeyModifiers::NONE, "shift-tab");
    same(KeyCode::Char('@'), alt_gr, "@");
    same(KeyCode::Char('a'), alt_gr, "ctrl-alt-a");
    assert_eq!(
        chord::normalise(KeyEvent::new(KeyCode::Char('ą'), alt_gr)),
        Some(KeyEvent::new(KeyCode::Char('ą'), KeyModifiers::NONE)),
    );
    let release = KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Release);
    assert_eq!(chord::normalise(release), None);
}

#[test]
fn a_wrong_key_is_named() {
    assert_eq!(chord::parse("ctrl-nope"), Err(ChordError("ctrl-nope".into())));
    assert_eq!(chord::parse(" "), Err(ChordError(String::new())));
    assert_eq!(chord::parse(""), Ok(Vec::new()), "a row of the palette only");
}

#[test]
fn lines_show_pairs_together() {
    let rows: Vec<Row> = rows_of(&[MOVEMENT, TABS, FOLDS, PANES]).collect();
    let shown: Vec<_> = lines(&rows).iter().map(|line| format!("{} | {}", line.keys, line.label)).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    j k | down, up
    g g  G | first, last
    ctrl-d u | half a page
    pagedown pageup | a page
    [ ] | tabs
    alt-1…9 | tab by its number
    z a | fold or unfold
    h l | fold, unfold
    z R  z M | unfold, fold all
    tab | next pane
    shift-tab | previous pane
    ");
}

#[test]
fn the_footer_hints_are_in_the_order_of_the_rows() {
    let keymap = list();
    let shown: Vec<_> = hints(keymap.rows(), &remap::Remap::default().prefixes())
        .iter()
        .map(|line| format!("{} {}", line.keys, line.label))
        .collect();
    insta::assert_snapshot!(shown.join("   "), @"enter open   e edit   a log   / search   f filter   [ ] tabs   s sort by   c create   g go to");
}

#[test]
fn help_is_grouped() {
    let groups = help(list().rows());
    let titles: Vec<_> = groups.iter().map(|(group, _)| group.title()).collect();
    assert_eq!(
        titles,
        ["Move", "Find", "Act on the row", "Mark", "Look", "Create", "Go to", "Panes and tabs", "Program"]
    );
}

#[test]
fn the_readme_table_has_all_alternatives() {
    insta::assert_snapshot!(markdown(&[("In a list", &[OPEN, MOVEMENT, TABS])]), @r"
    **In a list**

    | keys | what they do |
    |---|---|
    | `enter` | Open |
    | `j` `down` `k` `up` | Down, up |
    | `g g` `home` `G` `end` | First, last |
    | `ctrl-d` `ctrl-u` | Half a page |
    | `pagedown` `pageup` | A page |
    | `[` `]` | Tabs |
    | `alt-1…9` | Tab by its number |
    ");
}

#[test]
fn the_letters_of_the_other_objects_stay_when_one_is_deleted() {
    let keys = |is_deleted| -> Vec<String> {
        let own = [("Project", "Projects"), ("Product", "Products"), ("Site", "Sites")];
        let own = own.iter().zip(20..).map(|((one, many), number)| Own {
            number,
            one,
            many,
            is_deleted: is_deleted && number == 20,
        });
        object_rows(own).iter().map(|row| row.keys.to_string()).collect()
    };
    assert_eq!(keys(true), keys(false)[2..]);
}
