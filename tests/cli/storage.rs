//! The folder: made, held, damaged, backed up and brought back.

use crate::program::{Lejek, names};
use lejek::workspace::open;
use serde_json::json;
use std::fs;

#[test]
fn a_question_makes_no_workspace() {
    let lejek = Lejek::new();
    for line in
        ["list contact", "count deal", "show contact:x", "acts", "bin", "settings", "user list", "check", "undo"]
    {
        let error = lejek.fails(4, line);
        assert!(error["message"].as_str().unwrap().contains("no workspace"), "{line}: {error}");
        assert!(!lejek.data().exists(), "{line}");
    }
    fs::create_dir(lejek.data()).unwrap();
    lejek.fails(4, "list contact");
    assert_eq!(fs::read_dir(lejek.data()).unwrap().count(), 0);
}

#[test]
fn a_change_makes_the_workspace_of_whoever_asks() {
    let lejek = Lejek::new();
    lejek.ok("new contact first_name=Jan");
    let user = &lejek.ok("user list")[0];
    assert_eq!((&user["name"], &user["super_admin"]), (&json!("tester"), &json!(true)));
    assert_eq!(user["email"], "tester@localhost.localdomain");

    let mut other = Lejek::new();
    other.act_as("Ann.Nowak@Firma.pl");
    other.ok("new contact first_name=Jan");
    let user = &other.ok("user list")[0];
    assert_eq!((&user["name"], &user["email"]), (&json!("Ann.Nowak"), &json!("Ann.Nowak@firma.pl")));

    let mut nobody = Lejek::new();
    nobody.act_as("nobody");
    nobody.fails(3, "new contact first_name=Jan");
}

#[test]
fn a_folder_that_another_lejek_holds_is_busy() {
    let lejek = Lejek::of_ann();
    let held = open::open(&lejek.data()).unwrap();
    lejek.write("x", "");
    let lines =
        ["list contact", "new contact first_name=Jan", "check", "backup @all.lejek", "restore-backup @x --replace"];
    let fails = |line: &str| {
        let error = lejek.fails(5, line);
        let said = error["message"].as_str().unwrap();
        assert!(said.contains("open in another lejek (process "), "{line}: {said}");
    };
    // Each of them looks for five seconds whether the folder is free or served.
    std::thread::scope(|scope| lines.map(|line| scope.spawn(move || fails(line))).map(|one| one.join().unwrap()));
    drop(held);
    lejek.ok("list contact");
}

#[test]
fn a_folder_that_cannot_be_read_fails_with_a_next_step() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan");
    lejek.ok("backup @all.lejek");
    fs::write(lejek.data().join("format"), "lejek 99\n").unwrap();
    assert!(lejek.fails(1, "list contact")["message"].as_str().unwrap().contains("Update lejek"));
    fs::write(lejek.data().join("format"), "\u{0}\u{1}\u{2}").unwrap();
    for line in ["list contact", "new contact first_name=Jan", "check"] {
        let error = lejek.fails(1, line);
        assert!(error["message"].as_str().unwrap().contains("restore-backup"), "{line}: {error}");
    }
    lejek.ok("restore-backup @all.lejek --replace");
    assert_eq!(names(&lejek.ok("list contact")), ["Jan"]);
}

#[test]
fn damaged_bytes_are_noticed() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Zdzisława last_name=Przybyszewska");
    lejek.ok("backup @all.lejek");
    let file = lejek.data().join("db/db");
    let mut bytes = fs::read(&file).unwrap();
    let name = "Przybyszewska".as_bytes();
    let places: Vec<usize> = (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(name)).collect();
    assert!(!places.is_empty(), "the name stands in the file as it is");
    for at in places {
        bytes[at] ^= 1;
    }
    fs::write(&file, bytes).unwrap();
    let run = lejek.run("--json check --deep");
    let error = run.fails(1);
    assert!(!error["message"].as_str().unwrap().contains("panicked"), "{error}");
    lejek.ok("restore-backup @all.lejek --replace");
    assert_eq!(lejek.ok("check --deep")["flaws"], json!([]));
}

#[test]
fn a_folder_that_is_a_file_is_none() {
    let lejek = Lejek::new();
    fs::write(lejek.data(), "").unwrap();
    lejek.fails(4, "list contact");
    assert!(lejek.fails(1, "new contact first_name=Jan")["message"].as_str().unwrap().contains("not a folder"));
}

#[test]
fn a_backup_is_verified_and_comes_back() {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl --associate company:acme.pl");
    let made = lejek.ok("backup @all.lejek");
    assert_eq!(made["verified"], true);
    #[cfg(unix)]
    assert_eq!(crate::program::mode(&lejek.file("all.lejek")), 0o600);
    let beside: Vec<String> = fs::read_dir(lejek.file(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".lejek-"))
        .collect();
    assert_eq!(beside, Vec::<String>::new());

    let other = Lejek::new();
    fs::copy(lejek.file("all.lejek"), other.file("all.lejek")).unwrap();
    assert_eq!(other.ok("restore-backup @all.lejek")["rows"], made["rows"]);
    assert_eq!(names(&other.ok("show contact:jan@acme.pl")["associations"]), ["Acme"]);
    assert_eq!(other.ok("acts"), lejek.ok("acts"));
    assert_eq!(other.ok("check --deep")["flaws"], json!([]));

    other.ok("new contact first_name=Later");
    let error = other.fails(3, "restore-backup @all.lejek");
    assert!(error["message"].as_str().unwrap().contains("--replace"));
    assert_eq!(other.ok("count contact")["count"], 2);
    other.ok("restore-backup @all.lejek --replace");
    assert_eq!(other.ok("count contact")["count"], 1);
}

#[test]
fn what_is_no_backup_changes_nothing() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan");
    lejek.ok("backup @all.lejek");
    let whole = fs::read(lejek.file("all.lejek")).unwrap();
    fs::write(lejek.file("cut.lejek"), &whole[..whole.len() / 2]).unwrap();
    lejek.write("no.lejek", "first_name,last_name\n");
    for file in ["@cut.lejek", "@no.lejek", "@nowhere.lejek"] {
        lejek.fails(1, &format!("restore-backup {file} --replace"));
    }
    assert_eq!(names(&lejek.ok("list contact")), ["Jan"]);
    lejek.fails(1, "backup @no/such/folder/all.lejek");
    lejek.fails(1, "backup @data");
}

#[test]
fn check_finds_a_sound_folder_sound() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan");
    for line in ["check", "check --deep"] {
        let checked = lejek.ok(line);
        assert!(checked["rows"].as_u64().unwrap() > 3);
        assert_eq!(checked["flaws"], json!([]));
    }
    assert!(lejek.text("check").contains("all is well"));
}
