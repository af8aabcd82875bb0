//! `delete restore erase bin`.

use crate::program::{Lejek, names};
use chrono::{Duration, Utc};
use lejek::domain::change::{Change, Origin};
use lejek::domain::graph::Graph;
use lejek::domain::id::{Object, RecordId};
use lejek::store::sled::SledStore;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{FixedClock, SystemIds};
use serde_json::{Value as Json, json};
use std::sync::Arc;

fn jan_at_acme() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl --associate company:acme.pl");
    lejek
}

#[test]
fn r5_9_restore_brings_the_record_and_its_associations_back() {
    let lejek = jan_at_acme();
    let id = lejek.ok("show contact:jan@acme.pl")["id"].clone();
    let deleted = lejek.ok("delete contact:jan@acme.pl");
    assert_eq!(deleted["id"], id);
    assert_eq!(lejek.ok("count contact")["count"], 0);
    let bin = lejek.ok("bin");
    assert_eq!((&bin[0]["id"], &bin[0]["name"], &bin[0]["object"]), (&id, &json!("Jan"), &json!("contact")));
    assert_eq!((&bin[0]["by"], &bin[0]["act"]), (&json!("ann@firma.pl"), &deleted["act"]));

    lejek.ok("restore contact:jan@acme.pl");
    assert_eq!(lejek.ok("bin"), json!([]));
    assert_eq!(names(&lejek.ok("show contact:jan@acme.pl")["associations"]), ["Acme"]);
}

#[test]
fn several_go_and_come_back_as_one_act() {
    let lejek = jan_at_acme();
    let deleted = lejek.ok("delete contact:jan@acme.pl company:acme.pl contact:jan");
    assert_eq!(deleted["ids"].as_array().unwrap().len(), 2, "the same one twice counts once");
    let restored = lejek.ok("restore contact:jan company:acme.pl");
    assert_eq!(restored["ids"].as_array().unwrap().len(), 2);
    assert_eq!(names(&lejek.ok("show company:acme.pl")["associations"]), ["Jan"]);
}

#[test]
fn r5_9_a_restore_names_what_it_skipped() {
    let lejek = jan_at_acme();
    lejek.ok("delete contact:jan@acme.pl");
    lejek.ok("delete company:acme.pl");
    let restored = lejek.ok("restore contact:jan@acme.pl");
    let skipped = restored["skipped"][0].as_str().unwrap();
    assert!(skipped.contains("Acme") && skipped.contains("bin"), "{skipped}");
}

#[test]
fn r5_9_a_taken_address_is_left_out_on_request() {
    let lejek = jan_at_acme();
    lejek.ok("delete contact:jan@acme.pl");
    lejek.ok("new contact first_name=Johann email=jan@acme.pl");
    let error = lejek.fails(3, "restore contact:jan@acme.pl");
    assert_eq!(error["rule"], "R5.9");
    assert!(error["message"].as_str().unwrap().contains("--without email"), "{error}");
    lejek.fails(2, "restore contact:jan@acme.pl --without shoe_size");
    lejek.ok("restore contact:jan@acme.pl --without email");
    assert_eq!(lejek.ok("show contact:jan")["properties"].get("email"), None);
}

#[test]
fn r5_9_erase_needs_yes_and_leaves_nothing() {
    let lejek = Lejek::of_ann();
    let id = lejek.new_id("contact first_name=Zdzisława last_name=Przybyszewska email=zp@acme.pl");
    lejek.ok("set contact:zp@acme.pl city=Grójec");
    let error = lejek.fails(3, "erase contact:zp@acme.pl");
    assert_eq!(error["rule"], "R5.9");
    assert!(error["message"].as_str().unwrap().contains("--yes"));
    lejek.ok("show contact:zp@acme.pl");

    assert_eq!(lejek.ok("erase contact:zp@acme.pl --yes")["rewritten"], true);
    for line in ["show", "history", "why", "restore"] {
        lejek.fails(4, &format!("{line} {id}"));
    }
    assert!(!lejek.ok("acts").to_string().contains("Przybyszewska"));
    let held = holds(&lejek.data(), &["Przybyszewska", "zp@acme.pl", "Grójec"]);
    assert_eq!(held, Vec::<String>::new(), "nothing of it is left in any file");
}

#[test]
fn erase_takes_what_is_in_the_bin() {
    let lejek = jan_at_acme();
    lejek.ok("delete contact:jan@acme.pl");
    lejek.ok("erase contact:jan@acme.pl --yes");
    assert_eq!(lejek.ok("bin"), json!([]));
    lejek.fails(2, "erase --yes");
    lejek.fails(4, "erase contact:jan@acme.pl --yes");
}

#[test]
fn r5_9_erase_names_the_daily_backups_that_still_hold_it() {
    let lejek = jan_at_acme();
    let folder = lejek.data().join("backups");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("2026-11-19.lejek-backup"), "as if").unwrap();
    let answer = lejek.ok("erase contact:jan@acme.pl --yes");
    assert_eq!(answer["remains"], json!({ "backups": 1, "folder": folder.to_str().unwrap() }));
}

/// A record that was deleted 90 days ago: by this process, whose clock is set back.
#[test]
fn r5_9_after_90_days_in_the_bin_it_is_gone_with_the_next_act() {
    let lejek = Lejek::of_ann();
    let id = lejek.new_id("contact first_name=Zdzisława email=zp@acme.pl");
    {
        let store = Arc::new(SledStore::open(&lejek.data()).unwrap());
        let first = store.settings().users[0].id;
        let clock = FixedClock::at(Utc::now() - Duration::days(91));
        let workspace = Workspace::new(store, Arc::new(clock), Box::new(SystemIds), first);
        let jan = RecordId::new(Object::CONTACT, id.parse().unwrap());
        let change = Change::Delete { what: vec![jan.into()] };
        workspace.perform(&change, Origin::CommandLine).unwrap();
        // Today the bin was looked through already, when the record was made.
        workspace.store().set_mark("bin_looked_through", 0).unwrap();
    }
    assert_eq!(lejek.ok("bin")[0]["id"], json!(id), "a question erases nothing");
    lejek.ok("new deal name=Roof");
    assert_eq!(lejek.ok("bin"), json!([]));
    let acts = lejek.ok("acts --limit 1");
    assert_eq!(
        (&acts[0]["by"], &acts[0]["what"]),
        (&Json::Null, &json!("Erased one record or activity after 90 days in the bin"))
    );
    assert!(lejek.text("acts").contains("lejek"), "the program itself");
    assert_eq!(holds(&lejek.data(), &["Zdzisława", "zp@acme.pl"]), Vec::<String>::new());
}

/// Which of the texts stand in any file of a folder.
fn holds(folder: &std::path::Path, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holds(&path, texts));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let stands = |text: &&&str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        found.extend(texts.iter().filter(stands).map(|text| format!("{text} in {}", path.display())));
    }
    found
}

#[test]
fn r5_9_an_activity_in_the_bin_is_listed_and_comes_back() {
    let lejek = Lejek::new();
    lejek.ok("demo --no-ui --contacts 30");
    let contacts = lejek.ok("list contact");
    let activity = contacts.as_array().unwrap().iter().find_map(|contact| {
        let shown = lejek.ok(&format!("show {}", contact["id"].as_str().unwrap()));
        shown["timeline"][0]["id"].as_str().map(str::to_owned)
    });
    let activity = activity.unwrap();
    let deleted = lejek.ok(&format!("delete {activity}"));
    let bin = lejek.ok("bin");
    assert_eq!(
        (&bin[0]["id"], &bin[0]["object"], &bin[0]["act"]),
        (&json!(activity), &json!("activity"), &deleted["act"])
    );
    assert!(bin[0]["by"].is_string() && bin[0]["at"].is_string());
    lejek.ok(&format!("restore {activity}"));
    assert_eq!(lejek.ok("bin"), json!([]));
}
