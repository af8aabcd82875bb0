//! Objects of one's own: from `object add` on they are what every subcommand takes.

use crate::program::{Lejek, names};
use serde_json::{Value as Json, json};

fn with_projects() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("object add Project plural=Projects");
    lejek.ok("property add project budget type=money");
    lejek.ok("property add project phase type=option options=Plan;Build;Done");
    lejek
}

fn row(lejek: &Lejek, name: &str) -> Json {
    let rows = lejek.ok("object list");
    rows.as_array().unwrap().iter().find(|row| row["name"] == *name).cloned().unwrap_or_default()
}

#[test]
fn r5_1_an_object_is_listed_added_changed_and_deleted() {
    let lejek = Lejek::of_ann();
    let added = lejek.ok("object add 'Sail boat' plural='Sail boats'");
    assert_eq!((&added["id"], added["act"].is_u64()), (&json!(100), true));
    let boat = json!({
        "id": 100, "name": "sail_boat", "singular": "Sail boat", "plural": "Sail boats",
        "records": 0, "properties": 7, "custom": true,
    });
    assert_eq!(row(&lejek, "sail_boat"), boat);
    assert_eq!(row(&lejek, "contact")["custom"], json!(false));
    assert_eq!(lejek.ok("object set sail_boat singular=Yacht plural=Yachts")["id"], 100);
    assert_eq!(row(&lejek, "sail_boat")["plural"], "Yachts");
    lejek.new_id("yacht name=Ark");
    let asked = lejek.fails(3, "object delete yachts");
    assert_eq!(asked["rule"], "R5.1");
    let said = "Yachts hold 1 record. The records go to the bin. --yes deletes all of it, and undo brings it back";
    assert_eq!(asked["message"], said);
    assert_eq!(lejek.ok("object delete yachts --yes")["id"], 100);
    lejek.fails(2, "list yacht");
    assert_eq!(lejek.ok("bin")[0]["object"], "sail_boat");
    assert_eq!(lejek.fails(3, "restore sail_boat:Ark")["rule"], "R5.9");
    lejek.ok("undo");
    assert_eq!(names(&lejek.ok("list yacht")), ["Ark"]);
}

#[test]
fn r5_1_what_an_object_can_not_be_called() {
    let lejek = Lejek::of_ann();
    for line in
        ["object add Deal plural=Bargains", "object add Bargain plural=Deals", "object add Activity plural=Doings"]
    {
        assert_eq!(lejek.fails(3, line)["rule"], "R5.1", "{line}");
    }
    for line in
        ["object add Boat", "object add Boat color=red plural=Boats", "object delete boat", "object set boat plural=B"]
    {
        lejek.fails(2, line);
    }
    lejek.fails(3, "object set contact plural=People");
    lejek.fails(3, "object delete contact --yes");
    lejek.ok("user add name=Ewa email=ewa@firma.pl");
    lejek.fails(3, "--as ewa@firma.pl object add Boat plural=Boats");
}

#[test]
fn r5_1_every_subcommand_takes_it() {
    let lejek = with_projects();
    lejek.ok("new company name=Acme domain=acme.pl");
    let roof = lejek.new_id("project name='Roof in Łódź' budget='1200 EUR' phase=Build --associate company:acme.pl");
    lejek.new_id("project name=Barn budget='300 EUR' owner=ann@firma.pl");
    let shown = lejek.ok("show 'project:roof in lodz'");
    assert_eq!((&shown["id"], &shown["object"]), (&json!(roof), &json!("project")));
    assert_eq!(shown["properties"]["budget"], json!({"amount": "1200.00", "currency": "EUR"}));
    assert_eq!(shown["associations"][0]["name"], "Acme");
    assert_eq!(lejek.ok("show company:acme.pl")["associations"][0]["object"], "project");
    assert_eq!(names(&lejek.ok("list projects --filter 'phase is Build' --columns budget")), ["Roof in Łódź"]);
    assert_eq!(names(&lejek.ok("list company --filter 'project.budget > 1000'")), ["Acme"]);
    assert_eq!(lejek.ok("count project --search lodz")["count"], 1);
    assert_eq!(names(&lejek.ok("list project --sort budget")), ["Barn", "Roof in Łódź"]);
    lejek.ok("set project:barn phase=Done");
    lejek.ok("associate project:barn 'project:roof in lodz'");
    lejek.ok("view add project Built --filter 'phase is Build'");
    assert_eq!(lejek.ok("count project --view Built")["count"], 1);
    lejek.ok("delete project:barn");
    lejek.ok("restore project:barn");
    assert!(lejek.ok("why project:barn phase").is_object());
    assert!(!lejek.ok("history project:barn").as_array().unwrap().is_empty());

    lejek.ok("user add name=Ewa email=ewa@firma.pl project.view=own project.create=false");
    let users = lejek.ok("user list");
    assert_eq!((&users[1]["project.view"], &users[0]["project.view"]), (&json!("own"), &json!("all")));
    assert_eq!(lejek.ok("--as ewa@firma.pl count project")["count"], 0);
    lejek.fails(3, "--as ewa@firma.pl new project name=Own");
    assert_eq!(lejek.ok("check --deep")["flaws"], json!([]));
}

/// Everything of a project, as a script reads it, without what a change leaves behind.
fn told(lejek: &Lejek, of: &str) -> Json {
    let mut shown = lejek.ok(&format!("show {of}"));
    shown["properties"].as_object_mut().unwrap().retain(|name, _| !name.ends_with("_at"));
    for tie in shown["associations"].as_array_mut().unwrap() {
        tie.as_object_mut().unwrap().retain(|key, _| ["id", "object", "name", "primary"].contains(&key.as_str()));
    }
    shown["timeline"] = json!([]);
    shown
}

#[test]
fn r5_1_what_is_exported_comes_in_again_unchanged() {
    let (lejek, other) = (with_projects(), with_projects());
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl");
    lejek.ok("new project name=Barn notes='Two\nlines; and more' phase=Done");
    lejek.ok("new project name=Roof budget='1200 EUR' --associate company:acme.pl --associate contact:jan@acme.pl --associate project:barn");
    for format in ["csv", "jsonl"] {
        for object in ["company", "contact", "project"] {
            lejek.ok(&format!("export {object} --all -o {object}.{format}"));
            let again = lejek.ok(&format!("import @{object}.{format} --object {object}"));
            let rows = if object == "project" { 2 } else { 1 };
            assert_eq!(
                (&again["unchanged"], &again["errors"]),
                (&json!(rows), &json!([])),
                "{object}.{format}: {again}"
            );
        }
    }
    for object in ["company", "contact", "project"] {
        other.write(&format!("{object}.csv"), &lejek.read(&format!("{object}.csv")));
    }
    // In one call: those that come later in the files are waited for.
    for object in ["company", "contact", "project"] {
        let come = other.ok(&format!("import @{object}.csv"));
        let late = come["errors"].as_array().unwrap().len();
        assert!(late == 0 || object != "project", "{come}");
    }
    for of in ["project:Roof", "project:Barn", "company:acme.pl"] {
        assert_eq!(told(&other, of), told(&lejek, of), "{of}");
    }
    lejek.ok("backup all.lejek");
    let third = Lejek::new();
    std::fs::copy(lejek.file("all.lejek"), third.file("all.lejek")).unwrap();
    third.ok("restore-backup all.lejek");
    assert_eq!(
        (told(&third, "project:Roof"), row(&third, "project")),
        (told(&lejek, "project:Roof"), row(&lejek, "project"))
    );
    other.write("calls.csv", "name,Associated project\nSecond,Roof\n");
    other.ok("import calls.csv --object deal");
    assert_eq!(other.ok("show deal:Second")["associations"][0]["name"], "Roof");
}
