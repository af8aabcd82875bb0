//! `demo`.

use crate::program::Lejek;
use serde_json::json;

#[test]
fn the_demo_fills_an_empty_folder_and_stays() {
    let lejek = Lejek::new();
    let filled = lejek.ok("demo --contacts 60 --no-ui");
    assert_eq!(filled["contacts"], 60);
    assert_eq!(lejek.ok("count contact")["count"], 60);
    for object in ["company", "deal", "ticket", "lead"] {
        assert!(lejek.ok(&format!("count {object}"))["count"].as_u64().unwrap() > 0, "{object}");
    }
    assert!(lejek.ok("count contact --filter 'owner is me'")["count"].as_u64().unwrap() > 0);
    assert!(lejek.ok("count contact --filter 'last_activity is known'")["count"].as_u64().unwrap() > 0);
    assert_eq!(lejek.ok("user list")[0]["super_admin"], true);
    assert_eq!(lejek.ok("check --deep")["flaws"], json!([]));
    lejek.fails(3, "demo --contacts 60 --no-ui");
}

#[test]
fn the_demo_is_the_same_every_time_and_belongs_to_who_asks() {
    let (one, mut other) = (Lejek::new(), Lejek::new());
    other.act_as("ann@firma.pl");
    one.ok("demo --contacts 60 --no-ui");
    other.ok("demo --contacts 60 --no-ui");
    let line = "list contact --columns email,city --sort name --limit 20";
    assert_eq!(one.ok(line), other.ok(line));
    assert_eq!(other.ok("user list")[0]["email"], "ann@firma.pl");
}

#[test]
fn only_filling_needs_a_folder_that_stays() {
    let lejek = Lejek::new();
    let mut command = assert_cmd::Command::cargo_bin("lejek").unwrap();
    let output = command.env_clear().env("HOME", lejek.file("")).args(["demo", "--no-ui"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_timeline_is_shown_newest_first() {
    let lejek = Lejek::new();
    lejek.ok("demo --contacts 60 --no-ui");
    let busy = lejek.ok("list contact --sort -last_activity --limit 1")[0]["id"].as_str().unwrap().to_owned();
    let shown = lejek.ok(&format!("show {busy}"));
    let timeline = shown["timeline"].as_array().unwrap();
    assert!(!timeline.is_empty());
    let times: Vec<&str> = timeline.iter().map(|item| item["at"].as_str().unwrap()).collect();
    assert!(times.iter().rev().is_sorted(), "{times:?}");
    let item = &timeline[0];
    for key in ["id", "type", "at", "subject", "text", "logged_on", "logged_from", "by", "associations"] {
        assert!(item.get(key).is_some(), "{key}: {item}");
    }
    assert!(item["associations"].as_array().unwrap().iter().any(|one| one["id"] == busy && one["why"].is_string()));
    assert_eq!(lejek.ok(&format!("show {busy} --activities 1"))["timeline"].as_array().unwrap().len(), 1);

    let id = item["id"].as_str().unwrap();
    let alone = lejek.ok(&format!("show {id}"));
    assert_eq!((&alone["object"], &alone["associations"]), (&json!("activity"), &item["associations"]));
    lejek.ok(&format!("why {id} {busy}"));
    lejek.ok(&format!("why {busy} last_activity"));
    lejek.fails(2, &format!("set {id} subject=x"));
    lejek.ok(&format!("delete {id}"));
    lejek.fails(4, &format!("show {id}"));
    lejek.ok(&format!("restore {id}"));
    assert_eq!(lejek.ok(&format!("show {id}")), alone);
}
