//! What leads do by themselves, by the command line (R1, R2): settings, answers, imports.

use crate::program::Lejek;
use serde_json::{Value as Json, json};

fn rules(answer: &Json) -> Vec<&str> {
    answer["effects"].as_array().unwrap().iter().map(|effect| effect["rule"].as_str().unwrap()).collect()
}

#[test]
fn r1_7_the_sync_of_owners_leaves_leads_unless_it_is_told() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan email=jan@acme.pl owner=ann@firma.pl");
    lejek.ok("new lead name=Roof --associate contact:jan@acme.pl");
    assert_eq!(rules(&lejek.ok("settings leads.sync_owner true")), Vec::<&str>::new());
    assert_eq!(lejek.ok("show lead:Roof")["properties"]["owner"], json!(null));
    let answer = lejek.ok("settings leads.sync_owner true --existing yes");
    assert_eq!(rules(&answer), ["R1.7"]);
    assert_eq!(lejek.ok("show lead:Roof")["properties"]["owner"], "ann@firma.pl");
    assert_eq!(lejek.ok("settings leads.sync_owner")["value"], "true");
    let why = lejek.ok("why lead:Roof owner").to_string();
    assert!(why.contains("R1.7") && why.contains("the owner of its contact"), "{why}");
    lejek.ok("new contact first_name=Ewa email=ewa@acme.pl");
    let error = lejek.fails(3, "new lead name=Wall --associate contact:ewa@acme.pl");
    assert_eq!(error["rule"], "R1.8");
    assert!(error["message"].as_str().unwrap().contains("Ewa has no owner"), "{error}");
    lejek.fails(2, "settings leads.sync_activities true --existing yes");
    let answer = lejek.ok("set contact:jan@acme.pl owner=");
    assert_eq!(answer["effects"][0]["rule"], "R1.6");
    assert_eq!(answer["effects"][0]["record"], lejek.ok("show lead:Roof")["id"]);
}

#[test]
fn r2_1_settings_are_read_as_they_are_written() {
    let lejek = Lejek::of_ann();
    for (key, from, to) in [
        ("leads.create_on_lifecycle", "off", "Lead;Customer"),
        ("leads.lifecycle_on_associate", "off", "Sales qualified lead"),
        ("leads.lifecycle_on_associate_back", "false", "true"),
        ("leads.stage_automation", "off", "Leads=Attempting>Connected"),
        ("lifecycle.sync", "false", "true"),
        ("leads.card", "company;last_activity;lead_label;owner", "owner"),
    ] {
        assert_eq!(lejek.ok(&format!("settings {key}"))["value"], from);
        lejek.ok(&format!("settings {key} '{to}'"));
        assert_eq!(lejek.ok(&format!("settings {key}"))["value"], to);
    }
    assert_eq!(lejek.fails(3, "settings leads.lifecycle_on_associate Other")["rule"], "R2.6");
    lejek.ok("new contact email=jan@acme.pl lifecycle_stage=Lead");
    assert_eq!(lejek.ok("count lead")["count"], 1);
    let answer = lejek.ok("log call --on contact:jan@acme.pl outcome=Connected");
    assert_eq!(rules(&answer), ["R2.16"]);
}

#[test]
fn r2_14_forms_of_every_object_are_read_set_and_obeyed() {
    let lejek = Lejek::of_ann();
    let from = "name*;pipeline;stage;amount;close_date;deal_type;owner";
    assert_eq!(lejek.ok("settings deals.create_form")["value"], from);
    lejek.ok("settings deals.create_form 'name;amount*'");
    let error = lejek.fails(3, "new deal name=Roof");
    assert_eq!(
        (&error["rule"], error["message"].as_str().unwrap().starts_with("Amount is needed")),
        (&json!("R2.14"), true)
    );
    lejek.ok("new deal name=Roof amount='1200 EUR'");
    lejek.ok("new contact email=jan@acme.pl");
    lejek.ok("new lead name=Wall --associate contact:jan@acme.pl");
    lejek.ok("settings leads.require_deal true");
    let error = lejek.fails(3, "move lead:Wall Qualified");
    assert!(error["message"].as_str().unwrap().contains("--deal amount="), "{error}");
    lejek.ok("move lead:Wall Qualified --deal amount=5");
    lejek.ok("settings deals.create_form default");
    assert_eq!(lejek.ok("settings deals.create_form")["value"], from);
    assert_eq!(lejek.fails(3, "settings tickets.create_form priority")["rule"], "R2.14");
    lejek.fails(2, "settings boat.create_form");
    lejek.fails(2, "settings boat.create_form name");
    lejek.ok("object add Boat plural=Boats");
    assert_eq!(lejek.ok("settings boat.create_form")["value"], "name*;owner");
    let keys = lejek.ok("settings");
    assert!(keys.as_array().unwrap().iter().any(|row| row["key"] == "boat.create_form"));
}

#[test]
fn r6_6_filters_and_times_go_by_the_general_settings() {
    let lejek = Lejek::of_ann();
    lejek.ok("new deal name=Euro amount='100 EUR'");
    lejek.ok("settings general.currency PLN");
    lejek.ok("new deal name=Bare amount=100");
    lejek.ok("new deal name=Zloty amount='200 PLN'");
    assert_eq!(lejek.ok("show deal:Bare")["properties"]["amount"], json!({ "amount": "100.00", "currency": "PLN" }));
    assert_eq!(lejek.ok("count deal --filter 'amount > 50'")["count"], 2, "a bare number means the workspace's");
    assert_eq!(lejek.ok("count deal --filter 'amount > 50 EUR'")["count"], 1);
    lejek.ok("settings general.time_zone Europe/Warsaw");
    lejek.ok("new contact email=jan@acme.pl");
    lejek.ok("log note --on contact:jan@acme.pl --at '2026-01-15 10:00' Hello");
    assert_eq!(lejek.ok("show contact:jan@acme.pl")["timeline"][0]["at"], "2026-01-15T09:00:00Z");
}

#[test]
fn r6_2_whoever_may_not_is_told_what_it_takes_on_every_way_of_leads() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact email=jan@acme.pl lifecycle_stage=Customer");
    lejek.ok("new lead name=Roof --associate contact:jan@acme.pl");
    lejek
        .ok("user add name=Ewa email=ewa@firma.pl lead.edit=none lead.create=false lead.delete=none deal.create=false");
    let before = lejek.ok("acts");
    for (line, permission) in [
        ("move lead:Roof Attempting", "edit leads"),
        ("move lead:Roof Qualified --deal amount=5", "edit leads"),
        ("move lead:Roof Disqualified --reason 'No budget'", "edit leads"),
        ("set lead:Roof stage=Connected", "edit leads"),
        ("set lead:Roof owner=ewa@firma.pl", "edit leads"),
        ("new lead name=Wall --associate contact:jan@acme.pl", "create leads"),
        ("delete lead:Roof", "delete leads"),
        ("settings leads.require_deal true", "a Sales seat"),
        ("settings leads.reasons 'A;B'", "a Sales seat"),
        ("settings leads.stage_automation 'Leads=Attempting>Connected'", "a Sales seat"),
        ("settings leads.create_form name", "a Sales seat"),
        ("settings leads.sync_owner true --existing yes", "Edit property settings"),
        ("settings leads.sync_activities true", "Edit property settings"),
        ("settings lifecycle.sync true", "a Sales seat"),
        ("stage delete Leads Attempting", "a Sales seat"),
        ("stage rename Leads Attempting Called", "a Sales seat"),
    ] {
        let error = lejek.fails(3, &format!("--as ewa@firma.pl {line}"));
        assert_eq!(error["rule"], "R6.2", "{line}: {error}");
        assert!(error["message"].as_str().unwrap().contains(permission), "{line}: {error}");
    }
    assert_eq!(lejek.ok("acts"), before, "and nothing was written");
    lejek.ok("settings leads.create_on_lifecycle Lead");
    lejek.ok("--as ewa@firma.pl set contact:jan@acme.pl lifecycle_stage=Lead");
    assert_eq!(lejek.ok("count lead")["count"], 1, "it has an open one");
    lejek.ok("--as ewa@firma.pl new contact email=iza@acme.pl lifecycle_stage=Lead");
    assert_eq!(lejek.ok("count lead")["count"], 2, "what rules make needs no permission (R6.4)");
}

#[test]
fn r2_16_stages_of_any_name_are_written_and_read() {
    let lejek = Lejek::of_ann();
    lejek.ok("stage rename Leads Attempting 'A;B=C>D'");
    let text = "Leads=\"A;B=C>D\">Connected";
    lejek.ok(&format!("settings leads.stage_automation '{text}'"));
    assert_eq!(lejek.ok("settings leads.stage_automation")["value"], text);
}

#[test]
fn r2_12_a_lead_is_shown_with_its_stages_and_what_was_done_to_reach_it() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact email=jan@acme.pl");
    lejek.ok("new lead name=Roof --associate contact:jan@acme.pl");
    lejek.ok("move lead:Roof Attempting");
    lejek.ok("log call --on lead:Roof");
    let shown = lejek.ok("show lead:Roof");
    let stages: Vec<&str> =
        shown["stages"].as_array().unwrap().iter().map(|visit| visit["stage"].as_str().unwrap()).collect();
    assert_eq!(stages, ["New", "Attempting"]);
    assert_eq!((&shown["reached"]["calls"], shown["reached"]["first"].is_string()), (&json!(1), true));
    let text = lejek.text("show lead:Roof");
    assert!(text.contains("Stages") && text.contains("Reached since"), "{text}");
    assert!(lejek.ok("show contact:jan@acme.pl").get("stages").is_none());
}
