//! `log`: an activity in one line, where it goes and why (R3).

use crate::program::{Lejek, names};
use serde_json::json;

fn sale() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl phone=600100200 --associate company:acme.pl");
    lejek.ok("new contact first_name=Ewa email=ewa@acme.pl");
    lejek.ok("new deal name=Roof --associate contact:jan@acme.pl");
    lejek
}

#[test]
fn r3_4_a_call_lands_on_the_company_and_the_open_deals_with_their_reasons() {
    let lejek = sale();
    let done = lejek.ok("log call --on contact:jan@acme.pl outcome=Connected duration=12m 'asked for a quote'");
    let rules: Vec<&str> = done["effects"].as_array().unwrap().iter().map(|e| e["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["R3.4", "R3.4"]);
    let call = &lejek.ok("show contact:jan@acme.pl")["timeline"][0];
    assert_eq!(call["id"], done["id"]);
    assert_eq!((&call["type"], &call["text"]), (&json!("call"), &json!("asked for a quote")));
    assert_eq!((&call["logged_from"], &call["by"]), (&json!("command_line"), &json!("ann@firma.pl")));
    assert_eq!(call["properties"], json!({"direction": "out", "outcome": "Connected", "duration": 720}));
    let why: Vec<&str> = call["associations"].as_array().unwrap().iter().map(|a| a["why"].as_str().unwrap()).collect();
    assert_eq!(why, ["logged here", "primary company", "open deal 1 of 1"]);
    assert_eq!(lejek.ok("show deal:roof")["timeline"][0]["id"], done["id"]);
    lejek.ok("undo");
    assert_eq!(lejek.ok("show deal:roof")["timeline"], json!([]));
    lejek.ok("redo");
    assert_eq!(lejek.ok("show contact:jan@acme.pl")["timeline"][0]["associations"].as_array().unwrap().len(), 3);
}

#[test]
fn r3_14_a_dry_run_says_where_it_would_go_and_logs_nothing() {
    let lejek = sale();
    let line = "log email --on contact:jan@acme.pl --with ewa@acme.pl --with new@beta.pl --except deal:roof --dry-run";
    let would = lejek.ok(line);
    assert_eq!(names(&would["associations"]), ["Jan", "Acme", "Ewa"]);
    let why: Vec<&str> = would["associations"].as_array().unwrap().iter().map(|a| a["why"].as_str().unwrap()).collect();
    assert_eq!(why, ["logged here", "primary company", "e-mailed"]);
    assert_eq!(would["unknown"], json!(["new@beta.pl"]));
    assert_eq!(lejek.ok("show contact:jan@acme.pl")["timeline"], json!([]));
}

#[test]
fn r3_7_a_thread_on_the_command_line() {
    let lejek = sale();
    lejek.ok("log email --on contact:jan@acme.pl --thread t1 --subject Offer 'Our offer'");
    lejek.ok("log email --on contact:ewa@acme.pl --thread t1 --direction in --with ewa@acme.pl --subject Re");
    let reply = &lejek.ok("show contact:ewa@acme.pl")["timeline"][0];
    assert_eq!(names(&reply["associations"]), ["Ewa", "Jan", "Acme", "Roof"]);
    assert_eq!(reply["properties"]["from"], "ewa@acme.pl");
    assert_eq!(reply["properties"]["to"], json!(["ann@firma.pl"]));
    lejek.fails(2, "log call --on contact:jan@acme.pl --thread t1");
}

#[test]
fn r3_1_each_type_takes_its_own_fields() {
    let lejek = sale();
    lejek.ok(
        "log meeting --on deal:roof start='2026-12-01 10:00' end='2026-12-01 11:00' location=Łódź outcome=Scheduled",
    );
    lejek.ok("log task --on deal:roof due=2026-12-02 priority=High queue=Calls assignee=me task_type=call 'call back'");
    lejek.ok("log note --on deal:roof 'a note, with = in it'");
    for kind in ["postal_mail", "linkedin", "sms", "whatsapp"] {
        lejek.ok(&format!("log {kind} --on deal:roof --from integration hello"));
    }
    let timeline = lejek.ok("show deal:roof")["timeline"].clone();
    let of = |kind: &str| timeline.as_array().unwrap().iter().find(|one| one["type"] == kind).unwrap().clone();
    assert_eq!(of("meeting")["properties"]["outcome"], "Scheduled");
    assert_eq!(of("task")["properties"]["task_type"], "Call");
    assert_eq!(of("task")["properties"]["assignee"], "ann@firma.pl");
    assert_eq!(of("note")["text"], "a note, with = in it");
    assert_eq!(timeline.as_array().unwrap().len(), 7);
}

#[test]
fn what_cannot_be_logged_is_said() {
    let lejek = sale();
    for line in [
        "log fax --on deal:roof",
        "log call --on deal:roof --from fridge",
        "log call --on deal:roof due=tomorrow",
        "log note --on deal:roof outcome=Busy",
        "log call",
    ] {
        lejek.fails(2, line);
    }
    for line in [
        "log call --on deal:roof outcome=Scheduled",
        "log call --on deal:roof duration=12",
        "log call --on deal:roof --at 'the day after never'",
        "log meeting --on deal:roof start='2026-12-01 10:00' end='2026-12-01 09:00'",
        "log call --on deal:roof --except deal:roof",
    ] {
        lejek.fails(3, line);
    }
    lejek.fails(4, "log call --on deal:nothing");
    assert_eq!(lejek.ok("show deal:roof")["timeline"], json!([]));
}

#[test]
fn r6_2_whoever_may_not_edit_a_record_logs_nothing_on_it() {
    let lejek = sale();
    lejek.ok("user add name=Bo email=bo@firma.pl deal.edit=none");
    assert_eq!(lejek.fails(3, "--as bo@firma.pl log call --on deal:roof")["rule"], "R6.2");
}
