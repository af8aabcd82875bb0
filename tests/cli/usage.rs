//! Wrong usage, help, completions, the manual, and where answers go.

use crate::program::Lejek;
use std::process::Stdio;

pub const SUBCOMMANDS: &[&str] = &[
    "demo",
    "event",
    "listen",
    "partner",
    "new",
    "set",
    "show",
    "history",
    "why",
    "list",
    "count",
    "move",
    "pipeline",
    "stage",
    "merge",
    "delete",
    "restore",
    "erase",
    "bin",
    "undo",
    "redo",
    "acts",
    "associate",
    "associate-by",
    "dissociate",
    "log",
    "activity",
    "follow",
    "unfollow",
    "notifications",
    "outbox",
    "deliver",
    "settings",
    "user",
    "object",
    "property",
    "view",
    "resume",
    "import",
    "export",
    "backup",
    "restore-backup",
    "check",
    "completions",
    "man",
];

#[test]
fn wrong_usage_is_2_with_and_without_json() {
    let lejek = Lejek::of_ann();
    for line in [
        "paint",
        "list",
        "list contact --colour",
        "new",
        "new contact first_name",
        "new contact shoe_size=42",
        "new boat name=Ark",
        "set contact:jan",
        "show",
        "user",
        "completions cobol",
        "demo --contacts 0",
        "list contact --color sometimes",
        "undo 1 2",
    ] {
        let error = lejek.fails(2, line);
        assert!(!error["message"].as_str().unwrap().starts_with("error"), "{error}");
        let run = lejek.run(line);
        assert_eq!(run.code, 2, "{line}");
        assert!(run.out.is_empty() && !run.err.is_empty(), "{line}: stdout holds the answer only");
    }
    let words = lejek.run("new contact first_name=x -- --json paint");
    assert!(words.code == 2 && words.out.is_empty(), "what follows -- is no option");
}

#[test]
fn a_failure_is_a_sentence_on_stderr_without_json() {
    let lejek = Lejek::of_ann();
    let run = lejek.run("show contact:nobody@acme.pl");
    assert_eq!((run.code, run.out.as_str()), (4, ""));
    assert_eq!(run.err.lines().count(), 1);
}

#[test]
fn every_subcommand_has_help_completions_and_a_page_in_the_manual() {
    let lejek = Lejek::new();
    let (help, man) = (lejek.text("--help"), lejek.text("man"));
    for subcommand in SUBCOMMANDS {
        assert!(help.contains(&format!("\n  {subcommand} ")), "{subcommand} is not in the help");
        assert!(lejek.text(&format!("{subcommand} --help")).contains("Usage"), "{subcommand}");
        let page = format!(".TH lejek-{subcommand} ");
        assert!(man.contains(&page.replace('-', "\\-")) || man.contains(&page), "{subcommand} has no page");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = lejek.text(&format!("completions {shell}"));
        assert!(script.contains("restore-backup"), "{shell}");
    }
    assert!(lejek.text("--version").starts_with("lejek "));
    assert!(!lejek.data().exists(), "none of that needs a workspace");
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let lejek = Lejek::new();
    lejek.ok("demo --contacts 300 --no-ui");
    for line in ["list contact", "list contact --json", "export contact --all", "man"] {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("lejek"));
        command.env_clear().env("HOME", lejek.file("")).env("LEJEK_DATA", lejek.data()).args(line.split(' '));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{line}");
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan");
    assert!(!lejek.text("list contact").contains('\u{1b}'));
    assert!(lejek.text("list contact --color always").contains('\u{1b}'));
    assert!(!lejek.text("list contact --color always --json").contains('\u{1b}'));
}

#[test]
fn the_folder_of_data_wins_over_the_environment() {
    let lejek = Lejek::of_ann();
    lejek.ok("--data @other new contact first_name=Jan");
    assert_eq!(lejek.ok("count contact")["count"], 0);
    assert_eq!(lejek.ok("count contact --data @other")["count"], 1);
}

#[test]
fn the_log_is_a_file_without_names() {
    let lejek = Lejek::of_ann();
    let mut command = assert_cmd::Command::cargo_bin("lejek").unwrap();
    command.env_clear().env("HOME", lejek.file("")).env("LEJEK_DATA", lejek.data()).env("LEJEK_LOG", "debug");
    let output = command.args(["new", "contact", "first_name=Zdzisława"]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    let log = std::fs::read_to_string(lejek.file(".local/state/lejek/lejek.log")).unwrap();
    assert!(!log.is_empty() && !log.contains("Zdzisława"), "{log}");
}
