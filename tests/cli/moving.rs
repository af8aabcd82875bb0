//! Moving through stages, pipelines and their stages (R2.2, R2.7 to R2.13) from the command line.

use crate::program::Lejek;
use serde_json::json;

fn with_leads(names: &[&str]) -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl --associate company:acme.pl");
    for name in names {
        lejek.ok(&format!("new lead name={name} --associate contact:jan@acme.pl"));
    }
    lejek
}

#[test]
fn r2_8_a_lead_is_qualified_with_a_deal() {
    let lejek = with_leads(&["Roof", "Wall"]);
    lejek.ok("move lead:Wall Qualified");
    assert_eq!(lejek.ok("count deal")["count"], 0, "none is required");
    lejek.ok("settings leads.require_deal true");
    let done = lejek.ok("move lead:Roof qualified --deal 'amount=1200 EUR' --deal close_date=2026-12-24");
    let created = |effect: &serde_json::Value| effect["rule"] == "R2.8" && effect["what"] == "Created the deal Roof";
    assert!(done["effects"].as_array().unwrap().iter().any(created), "{done}");
    let deal = lejek.ok("show deal:Roof");
    assert_eq!(deal["properties"]["amount"], json!({"amount": "1200.00", "currency": "EUR"}));
    let mut ties: Vec<_> = deal["associations"].as_array().unwrap().iter().map(|tie| tie["name"].clone()).collect();
    ties.sort_by_key(ToString::to_string);
    assert_eq!(ties, ["Acme", "Jan", "Roof"]);
    assert_eq!(lejek.ok("why deal:Roof lead:Roof")["rule"], "R2.9");
    lejek.ok("undo");
    assert_eq!(
        (lejek.property("lead:Roof", "stage"), lejek.ok("count deal")["count"].clone()),
        (json!("New"), json!(0))
    );
    lejek.ok("property add deal budget type=money required=true");
    let refused = lejek.fails(3, "move lead:Roof Qualified");
    assert_eq!(refused["rule"], "R2.8");
    assert!(refused["message"].as_str().unwrap().contains("--deal budget="), "{refused}");
    lejek.ok("set lead:Roof stage=Connected");
    assert_eq!(lejek.fails(3, "set lead:Roof stage=Qualified")["rule"], "R2.8");
    lejek.ok("move lead:Roof Qualified --deal 'budget=5 EUR'");
}

#[test]
fn r3_17_past_activities_come_along_onto_the_deal_of_a_lead() {
    let lejek = with_leads(&["Roof", "Wall"]);
    lejek.ok("log note --on contact:jan@acme.pl Hello");
    lejek.fails(3, "move lead:Roof lead:Wall Qualified --past-activities contact:jan@acme.pl");
    lejek.fails(2, "move lead:Roof Qualified --past-activities");
    lejek.fails(3, "move lead:Roof Qualified --past-activities contact:jan@acme.pl=soon");
    lejek.ok("move lead:Roof Qualified --past-activities contact:jan@acme.pl=all");
    let along = lejek.ok("show deal:Roof")["timeline"].as_array().unwrap().len();
    assert_eq!(along, 1);
    lejek.ok("undo");
    assert_eq!(lejek.ok("count deal")["count"], 0);
}

#[test]
fn r2_10_leads_are_disqualified_for_a_reason() {
    let lejek = with_leads(&["Roof", "Wall"]);
    lejek.ok("settings leads.require_reason true");
    assert_eq!(lejek.fails(3, "move lead:Roof lead:Wall Disqualified")["rule"], "R2.10");
    assert_eq!(lejek.fails(3, "set lead:Roof stage=Disqualified")["rule"], "R2.10");
    lejek.fails(3, "move lead:Roof Disqualified --reason Weather");
    let done = lejek.ok("move lead:Roof lead:Wall Disqualified --reason 'no budget' --note 'Next year'");
    assert_eq!(done["ids"].as_array().unwrap().len(), 2);
    assert_eq!(lejek.property("lead:Wall", "disqualification_reason"), "No budget");
    lejek.ok("settings leads.reasons 'Too far;Bad timing'");
    assert_eq!(lejek.property("lead:Wall", "disqualification_reason"), "No budget", "R2.11");
    assert_eq!(lejek.fails(3, "move lead:Wall New --reason 'Bad timing'")["rule"], "R2.10");
    lejek.ok("move lead:Wall New");
    assert!(lejek.property("lead:Wall", "disqualification_reason").is_null());
    assert_eq!(lejek.ok("list lead --filter 'stage is Disqualified' --columns stage_entered")[0]["name"], "Roof");
}

#[test]
fn r2_7_pipelines_and_stages_are_changed() {
    let lejek = with_leads(&["Roof"]);
    let id = lejek.ok("stage add Leads Nurturing --group in_progress")["id"].clone();
    let names = |lejek: &Lejek, pipeline: &str| -> Vec<serde_json::Value> {
        let stages = lejek.ok(&format!("stage list {pipeline}"));
        stages.as_array().unwrap().iter().map(|stage| stage["name"].clone()).collect()
    };
    assert_eq!(names(&lejek, "Leads"), ["New", "Attempting", "Connected", "Nurturing", "Qualified", "Disqualified"]);
    lejek.ok("stage reorder Leads Nurturing New");
    assert_eq!(names(&lejek, "Leads")[..2], ["Nurturing", "New"]);
    assert_eq!(lejek.ok("stage rename Leads Nurturing 'In touch'")["id"], id);
    lejek.ok("move lead:Roof 'In touch'");
    let refused = lejek.fails(3, "stage delete Leads 'In touch'");
    assert_eq!(refused["rule"], "R2.7");
    assert!(refused["message"].as_str().unwrap().contains("--move-to"), "{refused}");
    lejek.ok("stage delete Leads 'In touch' --move-to Connected");
    assert_eq!(lejek.property("lead:Roof", "stage"), "Connected");
    let history = lejek.ok("history lead:Roof");
    let told = |old: &str, new: &str| {
        history.as_array().unwrap().iter().any(|entry| entry["old"] == old && entry["new"] == new)
    };
    assert!(told("In touch", "Connected"), "a stage that is gone stays readable: {history}");
    lejek.ok("undo");
    assert_eq!(lejek.property("lead:Roof", "stage"), "In touch");

    lejek.ok("pipeline add deal Shop");
    assert_eq!(names(&lejek, "Shop"), names(&lejek, "Sales"));
    lejek.ok("stage set Shop 'Contract sent' probability=95");
    lejek.ok("pipeline reorder deal Shop");
    let deal = lejek.ok("new deal name=Shoes")["id"].clone();
    assert_eq!(lejek.property("deal:Shoes", "pipeline"), "Shop");
    assert_eq!(lejek.fails(3, "pipeline delete Shop")["rule"], "R2.7");
    lejek.ok("pipeline delete Shop --move-to Sales");
    assert_eq!(lejek.property("deal:Shoes", "pipeline"), "Sales");
    lejek.ok("pipeline rename Sales Selling");
    assert_eq!(
        lejek.ok("list deal --columns pipeline")[0],
        json!({"id": deal, "name": "Shoes", "pipeline": "Selling"})
    );
}

#[test]
fn r2_2_bad_input_gets_a_sentence() {
    let lejek = with_leads(&["Roof"]);
    for (code, line, words) in [
        (3, "stage add Leads new --group in_progress", "two stages called"),
        (3, "stage add Leads Won --group won", "in_progress, qualified, disqualified"),
        (3, "stage add Leads Won --group nowhere", "no group"),
        (3, "stage add Sales Demo --group open --probability 140", "0 to 100"),
        (3, "stage delete Leads Qualified", "each group has one at least"),
        (3, "stage delete Leads Nowhere", "There are: New"),
        (3, "pipeline delete Leads", "One pipeline at least"),
        (4, "pipeline rename Nothing Other", "There are: Sales"),
        (3, "pipeline add contact People", "Only leads, deals and tickets"),
        (3, "move lead:Roof 'Closed won'", "There are: New"),
        (3, "move contact:jan@acme.pl New", "Only leads, deals and tickets"),
        (3, "new lead name=Alone", "contact or a company"),
        (2, "stage set Leads New colour=red", "There are: group, probability"),
        (2, "move lead:Roof", "required"),
    ] {
        let error = lejek.fails(code, line);
        assert!(error["message"].as_str().unwrap().contains(words) || code == 2, "{line}: {error}");
    }
}

#[test]
fn r2_13_an_imported_lead_without_a_contact_or_company_is_reported() {
    let lejek = with_leads(&[]);
    lejek.write("leads.csv", "name,stage,Associated contact\nRoof,Connected,jan@acme.pl\nAlone,,\n");
    let done = lejek.ok("import leads.csv --object lead");
    assert_eq!((done["created"].clone(), done["skipped"].clone()), (json!(1), json!(1)), "{done}");
    assert!(done["errors"][0]["message"].as_str().unwrap().contains("contact or a company"), "{done}");
    assert_eq!(lejek.property("lead:Roof", "stage"), "Connected", "an import takes stages as they are");
}
