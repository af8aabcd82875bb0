//! The rules of the house, held by looking at the source: who may import whom, and how large a room may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the crate's top and what of ours it may name. `main` and the top of the interface join the parts.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("delivery", &["domain"]),
    ("demo", &["domain"]),
    ("rules", &["domain"]),
    ("store", &["domain"]),
    ("exchange", &["domain"]),
    ("workspace", &["rules", "store", "exchange", "delivery", "demo", "domain"]),
    ("keys", &[]),
    ("glyphs", &[]),
    ("theme", &[]),
    ("ui", &["workspace", "domain", "keys", "theme", "glyphs"]),
    ("cli", &["workspace", "demo", "domain"]),
];

/// What the pure parts never touch: screens, disks, clocks.
const IMPURE: &[&str] =
    &["ratatui", "crossterm", "sled::", "bincode", "std::fs", "Utc::now", "Local::now", "Uuid::now_v7"];

const MOST_LINES: usize = 400;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches"] {
        sources(&root.join(folder), &mut found);
    }
    let named = |path: &PathBuf| path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (named(path), fs::read_to_string(path).expect("text"))).collect()
}

/// The module of the crate's top that a file belongs to: `src/store/codec.rs` to `store`.
fn module(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("src/")?;
    Some(rest.split(['/', '.']).next().unwrap_or(rest))
}

/// Tests inside the source may use what they like.
fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.starts_with("tests/")
}

/// The lines of a file up to its tests, without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    lines.filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn nobody_imports_what_lies_above() {
    let mut wrong = Vec::new();
    for (path, text) in all().iter().filter(|(path, _)| !is_test(path)) {
        let Some(module) = module(path) else { continue };
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else { continue };
        for line in code(text) {
            for (name, _) in MAY_IMPORT.iter().filter(|(name, _)| *name != module && !allowed.contains(name)) {
                if line.contains(&format!("crate::{name}::")) || line.contains(&format!("crate::{name};")) {
                    wrong.push(format!("{path}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these import what lies above them:\n{}", wrong.join("\n"));
}

#[test]
fn the_domain_and_the_rules_are_pure() {
    let mut wrong = Vec::new();
    for (path, text) in all().iter().filter(|(path, _)| !is_test(path)) {
        if !matches!(module(path), Some("domain" | "rules" | "demo")) {
            continue;
        }
        for line in code(text) {
            for name in IMPURE.iter().filter(|name| line.contains(**name)) {
                wrong.push(format!("{path} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_theme_names_colours() {
    let named = |(path, text): &&(String, String)| {
        module(path) == Some("ui") && !is_test(path) && code(text).any(|line| line.contains("Color::"))
    };
    let wrong: Vec<String> = all().iter().filter(named).map(|(path, _)| path.clone()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn no_room_is_larger_than_one_can_overlook() {
    // What follows is a table: one row after another, nothing to lose one's way in.
    let tables = ["src/domain/phone/countries.rs", "src/domain/number/currencies.rs"];
    let large = |(path, text): &&(String, String)| {
        path.starts_with("src/") && !tables.contains(&path.as_str()) && text.lines().count() > MOST_LINES
    };
    let wrong: Vec<String> =
        all().iter().filter(large).map(|(path, text)| format!("{path}: {} lines", text.lines().count())).collect();
    assert!(wrong.is_empty(), "more than {MOST_LINES} lines:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_lives_in_it() {
    let silent = |(path, text): &&(String, String)| !path.contains("/build/") && !text.starts_with("//!");
    let wrong: Vec<String> = all().iter().filter(silent).map(|(path, _)| path.clone()).collect();
    assert!(wrong.is_empty(), "no `//!` at the top of {wrong:?}");
}

#[test]
fn nothing_is_left_open_asleep_or_switched_off() {
    let here = "tests/architecture.rs";
    let marks = ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "todo".to_owned() + "!(", "#[ign".to_owned() + "ore"];
    let mut wrong = Vec::new();
    for (path, text) in all().iter().filter(|(path, _)| path != here) {
        wrong.extend(marks.iter().filter(|mark| text.contains(mark.as_str())).map(|mark| format!("{path}: {mark}")));
        if path.starts_with("tests/") && text.contains("thread::sleep") {
            wrong.push(format!("{path} sleeps"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
