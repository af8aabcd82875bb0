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

fn logged(lejek: &Lejek, line: &str) -> String {
    lejek.ok(line)["id"].as_str().unwrap().to_owned()
}

#[test]
fn r3_1_an_activity_is_edited_field_by_field() {
    let lejek = sale();
    let call = logged(&lejek, "log call --on contact:jan@acme.pl 'asked for a quote'");
    lejek.ok(&format!("activity {call} outcome=Connected duration=12m 'subject=Quote' direction=in"));
    let shown = lejek.ok(&format!("show {call}"));
    assert_eq!(shown["properties"], json!({"direction": "in", "outcome": "Connected", "duration": 720}));
    assert_eq!((&shown["subject"], &shown["text"]), (&json!("Quote"), &json!("asked for a quote")));
    let told = lejek.ok(&format!("history {call}"));
    let of = |what: &str| told.as_array().unwrap().iter().find(|one| one["what"] == what).cloned().unwrap();
    assert_eq!((&of("outcome")["old"], &of("outcome")["new"]), (&json!(null), &json!("Connected")));
    assert_eq!(of("duration")["new"], 720);
    assert_eq!((&of("direction")["old"], &of("direction")["new"]), (&json!("Out"), &json!("In")));
    let again = lejek.ok(&format!("activity {call} outcome=Connected"));
    assert_eq!(again["act"], json!(null), "it was so already");
    for (code, fields) in [
        (2, "queue=Hot"),
        (2, "Connected"),
        (2, ""),
        (3, "outcome=Scheduled"),
        (3, "duration=long"),
        (3, "at=30.02.2026"),
        (3, "--done"),
    ] {
        lejek.fails(code, &format!("activity {call} {fields}"));
    }
    lejek.fails(2, "activity contact:jan@acme.pl --done");
    lejek.fails(4, "activity 00000000 --done");
    let meeting =
        logged(&lejek, "log meeting --on contact:jan@acme.pl 'start=2026-11-30 10:00' 'end=2026-11-30 11:00'");
    lejek.fails(3, &format!("activity {meeting} 'end=2026-11-30 09:00'"));
    let task = logged(&lejek, "log task --on contact:jan@acme.pl due=2026-11-30 --subject Send");
    lejek.ok(&format!("activity {task} --done"));
    assert!(lejek.ok(&format!("show {task}"))["properties"]["done"].is_string());
    lejek.ok(&format!("activity {task} --not-done due=2026-12-01"));
    assert_eq!(lejek.ok(&format!("show {task}"))["properties"]["done"], json!(null));
}

#[test]
fn r3_15_an_activity_is_put_on_records_and_taken_off_and_r3_18_says_why() {
    let lejek = sale();
    let call = logged(&lejek, "log call --on contact:jan@acme.pl --except deal:roof");
    lejek.ok(&format!("activity {call} --associate contact:ewa@acme.pl --dissociate company:acme.pl"));
    assert_eq!(names(&lejek.ok(&format!("show {call}"))["associations"]), ["Jan", "Ewa"]);
    let why = lejek.ok(&format!("why {call} company:acme.pl"));
    assert_eq!((&why["what"], &why["why"]), (&json!("dissociated"), &json!("asked for")));
    assert_eq!(lejek.ok(&format!("why {call} contact:jan@acme.pl"))["why"], "logged here");
    let told = lejek.ok(&format!("history {call}"));
    let acme: Vec<(&str, &str)> = told
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["new"]["name"] == "Acme" || one["old"]["name"] == "Acme")
        .map(|one| (one["what"].as_str().unwrap(), one["rule"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(acme, [("dissociated", ""), ("associated", "R3.4")]);
    lejek.fails(4, &format!("activity {call} --dissociate company:acme.pl"));
}

#[test]
fn r3_16_the_last_association_goes_with_yes() {
    let lejek = sale();
    let note = logged(&lejek, "log note --on contact:ewa@acme.pl Hello");
    let refused = lejek.fails(3, &format!("activity {note} --dissociate contact:ewa@acme.pl"));
    assert_eq!(refused["rule"], "R3.16");
    assert!(refused["message"].as_str().unwrap().contains("--yes"));
    lejek.ok(&format!("activity {note} --dissociate contact:ewa@acme.pl --yes"));
    assert_eq!(lejek.ok("activity --unassociated")[0]["id"], *note);
    lejek.ok(&format!("delete {note}"));
    assert_eq!(lejek.ok("activity --unassociated"), json!([]));
    lejek.ok(&format!("restore {note}"));
    assert_eq!(lejek.ok("activity --unassociated")[0]["id"], *note);
    lejek.ok(&format!("erase {note} --yes"));
    assert_eq!(lejek.ok("activity --unassociated"), json!([]));
    lejek.ok("check --deep");
}

#[test]
fn r3_19_one_activity_is_pinned() {
    let lejek = sale();
    let note = logged(&lejek, "log note --on contact:jan@acme.pl Hello");
    lejek.ok(&format!("activity {note} --pin contact:jan@acme.pl"));
    let told = lejek.ok("history contact:jan@acme.pl");
    assert!(told.as_array().unwrap().iter().any(|one| one["what"] == "pinned" && one["new"] == *note), "{told}");
    let shown = lejek.ok("show contact:jan@acme.pl");
    assert!(!shown["properties"].to_string().contains(&note), "what is pinned is no property");
    lejek.fails(3, &format!("activity {note} --pin contact:ewa@acme.pl"));
    lejek.ok(&format!("activity {note} --unpin contact:jan@acme.pl"));
    lejek.fails(3, &format!("activity {note} --unpin contact:jan@acme.pl"));
}

#[test]
fn r3_19_what_is_changed_and_pinned_in_one_call_is_one_act() {
    let lejek = sale();
    let note = logged(&lejek, "log note --on contact:jan@acme.pl Hello");
    let shown = || lejek.ok("show contact:jan@acme.pl")["timeline"][0].clone();
    let before = shown();
    let both = lejek
        .ok(&format!("activity {note} subject=Greeting --associate contact:ewa@acme.pl --pin contact:ewa@acme.pl"));
    assert_eq!(both["id"], *note);
    let pinned = || {
        let told = lejek.ok("history contact:ewa@acme.pl");
        told.as_array().unwrap().iter().filter(|one| one["what"] == "pinned").count()
    };
    assert_eq!((pinned(), &shown()["subject"]), (1, &json!("Greeting")));
    lejek.ok("undo");
    assert_eq!(shown(), before, "one undo takes both back");
    lejek.fails(3, &format!("activity {note} subject=Other --pin contact:ewa@acme.pl"));
    assert_eq!(shown(), before, "what can't be pinned is not changed either");
}

#[test]
fn r3_17_past_activities_come_along_onto_a_new_deal() {
    let lejek = sale();
    lejek.ok("log call --on contact:jan@acme.pl --at 2020-01-05 Long ago");
    lejek.ok("log note --on contact:jan@acme.pl Now");
    lejek.ok("log sms --on contact:jan@acme.pl Never");
    let texts = |deal: &str| {
        let shown = lejek.ok(&format!("show deal:{deal}"));
        let all = shown["timeline"].as_array().unwrap().iter();
        all.map(|one| one["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    lejek.ok("new deal name=Month --associate contact:jan@acme.pl --past-activities contact:jan@acme.pl=30d");
    assert_eq!(texts("month"), ["Now"]);
    lejek.ok("new deal name=Ever --past-activities contact:jan@acme.pl=all");
    assert_eq!(texts("ever"), ["Now", "Long ago"]);
    assert_eq!(names(&lejek.ok("show deal:ever")["associations"]), ["Jan"]);
    lejek.ok("new deal name=Days --past-activities contact:jan@acme.pl=2020-01-01..2020-01-31");
    assert_eq!(texts("days"), ["Long ago"]);
    let why = &lejek.ok("show deal:days")["timeline"][0]["associations"];
    assert!(why.to_string().contains("past activity of its contact, 2020-01-01 to 2020-01-31"), "{why}");
    for (code, past) in [
        (3, "contact:jan@acme.pl=soon"),
        (3, "contact:jan@acme.pl=2020-02-01..2020-01-01"),
        (4, "contact:no@acme.pl=30d"),
    ] {
        lejek.fails(code, &format!("new deal name=Not --past-activities {past}"));
    }
    assert_eq!(lejek.fails(3, "new contact first_name=Ola --past-activities company:acme.pl=all")["rule"], "R3.17");
}

#[test]
fn r3_13_and_r3_20_are_set_on_the_command_line() {
    let lejek = sale();
    let would = || {
        let would = lejek.ok("log task --on contact:jan@acme.pl --from sequence --dry-run");
        names(&would["associations"]).join(" ")
    };
    assert_eq!(would(), "Jan");
    lejek.ok("settings activities.table 'contact,task,sequence=primary company'");
    assert_eq!(would(), "Jan Acme");
    let table = lejek.ok("settings activities.table")["value"].as_str().unwrap().to_owned();
    assert!(table.lines().any(|row| row == "contact,task,sequence=primary company"), "{table}");
    lejek.ok("settings activities.table default");
    assert_eq!(would(), "Jan");
    lejek.ok("settings activities.limits 'call>deal=1;call>company=1'");
    lejek.ok("new deal name=Wall --associate contact:jan@acme.pl");
    let would = lejek.ok("log call --on contact:jan@acme.pl --dry-run");
    assert_eq!(names(&would["associations"]), ["Jan", "Acme", "Wall"]);
    assert_eq!(
        (&would["left_out"][0]["name"], &would["left_out"][0]["why"]),
        (&json!("Roof"), &json!("a call may have 1 deal at most"))
    );
    assert_eq!(lejek.fails(3, "log call --on contact:jan@acme.pl --also deal:roof")["rule"], "R3.20");
    lejek.fails(3, "settings activities.limits 'fax>deal=1'");
    lejek.fails(3, "settings activities.table 'contact,call,any=99 deals'");
}
