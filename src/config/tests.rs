//! Reading and writing the file: what it takes, what it refuses and where, what stays as it was written.

use super::edit::{Edit, edited};
use super::*;
use crate::keys::Command;
use crate::keys::remap::{actions, command_named, context_named};
use proptest::prelude::*;

fn read(text: &str) -> Config {
    Config::read(text, &[]).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn faults(text: &str) -> Vec<String> {
    Config::read(text, &[]).expect_err("it is wrong").iter().map(ToString::to_string).collect()
}

#[test]
fn an_empty_file_is_as_none() {
    assert_eq!(read(""), Config::default());
}

#[test]
fn all_of_it_is_taken() {
    let config = read(
        r#"
        theme = { light = "paper", dark = "nord" }
        glyphs = "ascii"
        density = "compact"
        mouse = false
        footer = false
        reduced_motion = true

        [keys]
        list.move_down = ["ctrl-n", "down"]
        find.search = ""

        [keys.go]
        contacts = "g p"

        [keys."In the palette"]
        list.move_up = "ctrl-y"

        [keys.prefixes]
        z = ","
        "#,
    );
    assert_eq!(config.theme, ThemeChoice::Both { light: "paper".into(), dark: "nord".into() });
    assert_eq!((config.glyphs, config.density), (GlyphChoice::Ascii, DensityChoice::Compact));
    assert!(!config.mouse && !config.footer && config.reduced_motion);
    let keys = |name, context| config.remap.keys(command_named(name).unwrap(), context);
    assert_eq!(keys("list.move_down", None), "ctrl-n | down");
    assert_eq!(keys("find.search", None), "");
    assert_eq!(keys("go.contacts", None), "g p");
    assert_eq!(keys("list.move_up", Some("In the palette")), "ctrl-y");
    assert_eq!(keys("list.move_up", None), "k | up");
    assert_eq!(keys("view.save", None), ", s");
}

#[test]
fn a_mistake_says_its_line_and_what_to_do() {
    let cases = [
        ("\nthem = \"dark\"", "Line 2: there is no `them` to set. Did you mean `theme`?"),
        (
            "theme = \"drak\"",
            "Line 1: no theme is called `drak`. There are auto, dark, light, contrast, gruvbox, nord, paper",
        ),
        ("mouse = \"no\"", "Line 1: `mouse` is text here. Write `mouse = true` or `mouse = false`"),
        ("glyphs = \"emoji\"", "Line 1: `glyphs` is one of \"auto\", \"unicode\", \"ascii\""),
        ("[keys]\nlist.move_dwn = \"t\"", "Line 2: there is no action `list.move_dwn`. Did you mean `list.move_down`?"),
        (
            "[keys]\nact.merge = \"ctrl-nope\"",
            "Line 2: `ctrl-nope` is not a key. Keys are written as `j`, `G`, `ctrl-d`, `alt-left`, `f1`, `space` or `g c`",
        ),
        ("[keys]\nact.merge = 3", "Line 2: a key is text, such as \"ctrl-x\" or \"g c\""),
        ("[keys]\n\napp.escape = \"\"", "Line 3: `app.escape` is a way out and needs a key. Give it another one"),
        ("[keys.\"In the bin\"]\nact.merge = \"m\"", "Line 2: `act.merge` does nothing in the bin. Take the line out"),
        (
            "[keys.\"In the bim\"]\nact.why = \"m\"",
            "Line 1: there is no context `In the bim`. Did you mean `In the bin`? Settings > Keys names them all",
        ),
        (
            "[keys]\nsort.by = \"o\"",
            "Line 2: `sort.by` gets its letters from names. Its prefix can be moved in [keys.prefixes]",
        ),
        ("[keys]\ntab.select = \"o\"", "Line 2: `tab.select` is several, each with a number: `tab.select.1`"),
        ("[keys.prefixes]\nq = \"o\"", "Line 2: no keys begin with `q`. There are s, S, c, g, m, y, z"),
        ("theme = dark", "Line 1: this is not TOML"),
    ];
    for (text, wanted) in cases {
        let said = faults(text);
        assert!(said[0].starts_with(wanted), "{text}\n{said:?}");
    }
}

#[test]
fn two_actions_on_one_key_in_one_context_are_a_mistake_of_the_later_line() {
    let said = faults("[keys]\n# mine\nact.merge = \"x\"\n");
    assert_eq!(
        said,
        ["Line 3: `x` of act.merge is act.delete too, in a list. Give one of them another key, or none (\"\"); \
          [keys.\"In a list\"] is about that place only"]
    );
    read("[keys]\nact.merge = \"!\"");
    read("[keys]\nfind.next = \"N\"\nfind.previous = \"n\"");
    read("[keys.\"In a list\"]\nact.merge = \"x\"\nact.delete = \"\"");
}

#[test]
fn every_mistake_is_told() {
    assert_eq!(faults("mouse = 1\nfooter = 2\n[keys]\nact.nope = \"x\"").len(), 3);
}

#[test]
fn a_theme_of_ones_own_is_a_name_to_choose() {
    let own = [("dusk".to_owned(), "base = \"dark\"\n[colours]\naccent = \"#ffcc00\"".to_owned())];
    let config = Config::read("theme = \"dusk\"", &own).unwrap();
    assert_eq!(config.theme(&Ground::default()).cursor_colour(), Some(crate::theme::Rgb::hex(0xff_cc00)));
    let wrong = [("dusk".to_owned(), "base = \"red\"".to_owned())];
    let said = Config::read("", &wrong).unwrap_err()[0].to_string();
    assert_eq!(said, "Line 1: in themes/dusk.toml, `base` is \"dark\" or \"light\"");
}

#[test]
fn a_theme_for_light_and_one_for_dark_follow_the_terminal() {
    let config = read("theme = { light = \"paper\", dark = \"nord\" }");
    let over = |colour| config.theme(&Ground { background: Some(crate::theme::Rgb::hex(colour)), ..Ground::default() });
    assert_eq!(over(0xff_ffff).mode, Mode::Light);
    assert_eq!(over(0x10_1010).mode, Mode::Dark);
}

#[test]
fn the_readme_shows_a_config_that_works() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```toml\n").expect("a config");
    let (text, _) = rest.split_once("```").expect("its end");
    assert_ne!(read(text), Config::default());
}

/// A file as people keep them.
const KEPT: &str = r#"# My lejek.
theme = "nord" # the office is dark

# The pointer gets in the way.
mouse = false

[keys] # as in my editor
# down is t on this keyboard
list.move_down = ["t", "ctrl-j"] # not j
go.contacts = "g p"

# Elsewhere
[keys."In the palette"]
list.move_up = "ctrl-y" # up
"#;

#[test]
fn what_is_set_changes_its_line_and_no_other() {
    let after = edited(KEPT, &Edit::Text("theme", "paper".into())).unwrap();
    assert_eq!(after, KEPT.replace("\"nord\" #", "\"paper\" #"));
    let down = command_named("list.move_down").unwrap();
    let keys = |keys: Option<&str>| Edit::Keys { command: down, context: None, keys: keys.map(str::to_owned) };
    assert_eq!(edited(KEPT, &keys(Some("n | ctrl-j"))).unwrap(), KEPT.replace("[\"t\"", "[\"n\""));
    let without = edited(KEPT, &keys(None)).unwrap();
    assert!(!without.contains("move_down") && without.contains("go.contacts = \"g p\""), "{without}");
    let fresh = edited("", &keys(Some("t"))).unwrap();
    assert_eq!(fresh, "[keys]\nlist.move_down = \"t\"\n");
    let there = Edit::Keys { command: down, context: context_named("In the palette"), keys: Some("ctrl-j".into()) };
    assert_eq!(edited("", &there).unwrap(), "[keys.\"In the palette\"]\nlist.move_down = \"ctrl-j\"\n");
    let grouped = "[keys.list]\n# down\nmove_down = \"t\"\n";
    assert_eq!(edited(grouped, &keys(Some("n"))).unwrap(), grouped.replace("\"t\"", "\"n\""));
    let numbered = Edit::Keys { command: Command::SelectTab(3), context: None, keys: Some("ctrl-3".into()) };
    assert_eq!(edited("", &numbered).unwrap(), "[keys]\ntab.select.3 = \"ctrl-3\"\n");
}

#[test]
fn all_keys_go_back_at_once_and_the_rest_stays() {
    let after = edited(KEPT, &Edit::ResetKeys).unwrap();
    let config = read(&after);
    assert!(config.remap.is_empty());
    assert!(!config.mouse && after.contains("# The pointer gets in the way."), "{after}");
}

#[test]
fn a_file_that_is_no_toml_is_not_written() {
    let said = edited("theme = \n", &Edit::Switch("mouse", true)).unwrap_err();
    assert!(said.starts_with("Line 1 of the file is not TOML, so nothing was written."), "{said}");
}

fn edits() -> impl Strategy<Value = Edit> {
    let all = actions(&Remap::default());
    let keys = prop_oneof![Just("f5"), Just("ctrl-b | alt-b"), Just("g 7"), Just("")];
    let key = (proptest::sample::select(all), proptest::option::of(keys)).prop_map(|(action, keys)| Edit::Keys {
        command: action.command,
        context: action.context,
        keys: keys.map(str::to_owned),
    });
    prop_oneof![
        6 => key,
        1 => any::<bool>().prop_map(|on| Edit::Switch("mouse", on)),
        1 => proptest::sample::select(vec!["auto", "dark", "paper"]).prop_map(|name| Edit::Text("theme", name.into())),
    ]
}

/// The lines of a comment of their own, which no edit is about.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with('#')).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn comments_and_what_is_not_meant_stay_over_any_edits(edits in prop::collection::vec(edits(), 1..12)) {
        let mut text = KEPT.to_owned();
        for edit in &edits {
            let after = edited(&text, edit).unwrap();
            let lost: Vec<&str> = comments(&text).into_iter().filter(|line| !after.contains(line)).collect();
            let is_of_a_line_taken_out = matches!(edit, Edit::Keys { keys: None, .. });
            prop_assert!(lost.is_empty() || is_of_a_line_taken_out, "{edit:?} took {lost:?} out of\n{text}\n{after}");
            prop_assert!(after.contains("# My lejek."));
            prop_assert_eq!(&edited(&after, edit).unwrap(), &after, "again changes nothing");
            if let Edit::Keys { command, context, keys: Some(keys) } = edit {
                let document: toml_edit::DocumentMut = after.parse().unwrap();
                let mut item = document.get("keys");
                let name = command.name();
                for step in context.iter().copied().chain(name.split('.')) {
                    item = item.and_then(|item| item.get(step));
                }
                let found = item.and_then(|item| item.as_str().map(str::to_owned)).or_else(|| {
                    let all = item?.as_array()?.iter().filter_map(|value| value.as_str());
                    Some(all.collect::<Vec<_>>().join(" | "))
                });
                prop_assert_eq!(found.as_ref(), Some(keys), "{}", after);
            }
            text = after;
        }
    }
}
