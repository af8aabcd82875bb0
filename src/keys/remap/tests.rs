//! Moved keys: what they are where, what they hide, what is left where text is typed.

use super::*;
use crate::keys::rows::{CHOICES, EVERYWHERE, GLOBAL, LIST, MOVEMENT, SORTING, sort_rows};
use crate::keys::{Keymap, Match, Pending, hints, lines, rows_of};
use crossterm::event::KeyEvent;

fn moved(moves: &[(Option<&'static str>, &str, &str)]) -> Remap {
    let mut remap = Remap::default();
    for (context, name, keys) in moves {
        let command = command_named(name).unwrap();
        remap.put(Move { context: *context, command, keys: (*keys).to_owned() });
    }
    remap
}

fn in_force(remap: &Remap, tables: &[Keys], mode: KeyMode) -> Vec<Row> {
    let mut rows: Vec<Row> = rows_of(tables).collect();
    remap.apply(tables, mode, &mut rows);
    rows
}

fn press(rows: Vec<Row>, keys: &str) -> Option<Command> {
    let keymap: Keymap = rows.into_iter().collect();
    let mut pending = Pending::default();
    let mut last = None;
    for chord in chord::parse(keys).unwrap().concat() {
        let key = KeyEvent::new(*chord.codes.first(), chord.modifiers);
        last = match keymap.press(&mut pending, key, KeyMode::Normal) {
            Match::Command { command, .. } => Some(command),
            _ => None,
        };
    }
    last
}

#[test]
fn a_moved_command_has_its_new_keys_and_no_old_one() {
    let remap = moved(&[(None, "list.move_down", "t | ctrl-j")]);
    let rows = || in_force(&remap, LIST, KeyMode::Normal);
    assert_eq!(press(rows(), "t"), Some(Command::MoveDown));
    assert_eq!(press(rows(), "ctrl-j"), Some(Command::MoveDown));
    assert_eq!(press(rows(), "j"), None);
    assert_eq!(press(rows(), "k"), Some(Command::MoveUp));
}

#[test]
fn where_a_command_has_other_keys_it_keeps_them_unless_they_are_moved_there() {
    let usual = moved(&[(None, "list.move_down", "t")]);
    assert_eq!(press(in_force(&usual, &[CHOICES], KeyMode::Text), "ctrl-n"), Some(Command::MoveDown));
    let there = moved(&[(Some("In the palette"), "list.move_down", "ctrl-j")]);
    assert_eq!(press(in_force(&there, &[CHOICES], KeyMode::Text), "ctrl-j"), Some(Command::MoveDown));
    assert_eq!(press(in_force(&there, &[CHOICES], KeyMode::Text), "ctrl-n"), None);
    assert_eq!(press(in_force(&there, LIST, KeyMode::Normal), "j"), Some(Command::MoveDown));
}

#[test]
fn keys_beside_the_usual_ones_stay() {
    let remap = moved(&[(None, "list.open", "o")]);
    assert_eq!(remap.keys(Command::Open, Some("In the tree of the settings")), "o | l | right");
    assert_eq!(remap.keys(Command::Open, Some("In a list")), "o");
}

#[test]
fn a_context_goes_before_the_usual_keys_and_holds_while_rows_are_marked() {
    let remap = moved(&[(None, "find.search", "ctrl-f"), (Some("In a list"), "find.search", "!")]);
    for tables in [LIST, LIST_MARKED] {
        assert_eq!(press(in_force(&remap, tables, KeyMode::Normal), "!"), Some(Command::Search));
        assert_eq!(press(in_force(&remap, tables, KeyMode::Normal), "ctrl-f"), None);
    }
    assert_eq!(remap.keys(Command::Search, None), "ctrl-f");
}

#[test]
fn what_types_is_no_key_where_text_is_typed() {
    let remap = moved(&[(None, "list.open", "o"), (None, "app.escape", "X | ctrl-g")]);
    let rows = in_force(&remap, &[CHOICES], KeyMode::Text);
    let keys = |command| rows.iter().find(|row| row.command == command).unwrap().keys.clone();
    assert_eq!(keys(Command::Open), "enter", "none of its keys could act, so it keeps its own");
    assert_eq!(keys(Command::Escape), "ctrl-g");
}

#[test]
fn a_prefix_takes_all_its_keys_along_even_those_made_while_running() {
    let mut remap = Remap::default();
    remap.put_prefix("g", "ctrl-g".into());
    remap.put_prefix("s", "O".into());
    assert_eq!(press(in_force(&remap, LIST, KeyMode::Normal), "ctrl-g g"), Some(Command::First));
    assert_eq!(press(in_force(&remap, EVERYWHERE, KeyMode::Normal), "ctrl-g c"), Some(Command::GoContacts));
    assert_eq!(press(in_force(&remap, EVERYWHERE, KeyMode::Normal), "g c"), None);
    let mut sorting: Vec<Row> = sort_rows(["Name"]).into_iter().chain(rows_of(&[SORTING])).collect();
    remap.apply(&[SORTING], KeyMode::Normal, &mut sorting);
    let shown: Vec<_> = hints(&sorting, &remap.prefixes()).iter().map(|line| line.keys.clone()).collect();
    assert_eq!(shown, ["O"], "the footer offers it by its new key");
    assert_eq!(press(sorting.clone(), "O n"), Some(Command::SortBy(0)));
    assert_eq!(press(sorting, "S n"), Some(Command::ThenSortBy(0)), "that is another prefix");
}

#[test]
fn of_two_shown_together_one_may_go() {
    let remap = moved(&[(None, "list.move_down", "")]);
    let rows = in_force(&remap, &[MOVEMENT], KeyMode::Normal);
    let shown: Vec<_> = lines(&rows).iter().take(2).map(|line| format!("{} {}", line.keys, line.label)).collect();
    assert_eq!(shown, ["k move up", "g g  G first, last"]);
}

#[test]
fn what_stood_in_the_palette_only_gets_a_line_of_its_own() {
    let remap = moved(&[(None, "go.deal_board", "g B")]);
    let rows = in_force(&remap, EVERYWHERE, KeyMode::Normal);
    let shown: Vec<_> = lines(&rows).iter().map(|line| format!("{} {}", line.keys, line.label)).collect();
    assert!(shown.contains(&"g B go to the board of deals".to_owned()), "{shown:?}");
    assert!(shown.contains(&"g b Board of leads".to_owned()), "{shown:?}");
}

#[test]
fn nothing_clashes_from_the_start_and_a_swap_does_not() {
    assert_eq!(Remap::default().clashes(), []);
    assert_eq!(moved(&[(None, "find.next", "N"), (None, "find.previous", "n")]).clashes(), []);
}

#[test]
fn two_commands_on_one_key_clash_where_both_are_in_force() {
    let clash = |remap: &Remap| remap.clashes().into_iter().find(|clash| clash.context == "In a list").unwrap();
    let found = clash(&moved(&[(None, "act.merge", "x")]));
    assert_eq!((found.moved, found.other, found.keys.as_str()), (Command::Merge, Command::Delete, "x"));
    let found = clash(&moved(&[(None, "act.merge", "g")]));
    assert_eq!(found.moved, Command::Merge, "`g` begins `g c`, which lies below every page");
    let apart = moved(&[(Some("In a list"), "act.merge", "D"), (Some("In the bin"), "bin.erase", "D")]);
    assert_eq!(apart.clashes(), [], "they never meet");
}

#[test]
fn every_action_is_a_line_and_its_default_is_its_own() {
    let all = actions(&Remap::default());
    let named = |name: &str| all.iter().filter(|action| action.command.name() == name).collect::<Vec<_>>();
    let down = named("list.move_down");
    assert_eq!((down[0].context, down[0].default), (None, "j | down"));
    assert!(down.iter().any(|action| action.context == Some("In the palette") && action.default == "down | ctrl-n"));
    assert_eq!(named("tab.select.3")[0].default, "alt-3");
    for action in &all {
        assert_eq!(action.keys(&Remap::default()), action.default, "{action:?}");
    }
    let there = moved(&[(Some("In the bin"), "find.search", "!")]);
    let line = |action: &&Action| action.command == Command::Search && action.context == Some("In the bin");
    assert_eq!(actions(&there).iter().find(line).unwrap().keys(&there), "!");
}

#[test]
fn sentences_name_keys_as_they_are_now() {
    let remap = moved(&[(None, "list.move_down", "t"), (None, "act.delete", "")]);
    let tables: Vec<Keys> = [LIST, &[GLOBAL]].concat();
    let plain: Vec<Row> = rows_of(&tables).collect();
    let ways = Ways::between(&plain, &in_force(&remap, LIST, KeyMode::Normal));
    assert_eq!(ways.name("j k"), "t k");
    assert_eq!(ways.name("down"), "t");
    assert_eq!(ways.name("g g"), "g g");
    assert_eq!(ways.name("x"), "");
}
