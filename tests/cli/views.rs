//! `view`, and `--view` of `list`, `count` and `export`.

use crate::program::{Lejek, names};
use serde_json::json;

/// Three people, one of them Ann's, and a view of those in Łódź.
fn some() -> Lejek {
    let lejek = Lejek::of_ann();
    for (name, city, owner) in [("Jan", "Łódź", "me"), ("Ewa", "Gdynia", ""), ("Ala", "Łódź", "")] {
        lejek.ok(&format!("new contact first_name={name} city={city} owner={owner}"));
    }
    lejek.ok("view add contact 'In Łódź' --filter 'city is Łódź' --sort name --columns name:24,city --group city");
    lejek
}

#[test]
fn views_are_listed_with_what_they_ask() {
    let lejek = some();
    let views = lejek.ok("view list contact");
    assert_eq!(names(&views), ["My contacts", "All contacts", "Recently created", "Recently viewed", "In Łódź"]);
    let own = &views[4];
    for (key, value) in [
        ("object", json!("contact")),
        ("owner", json!("ann@firma.pl")),
        ("everyone", json!(false)),
        ("built_in", json!(false)),
        ("filters", json!(["city is Łódź"])),
        ("sort", json!(["name"])),
        ("columns", json!(["name:24", "city"])),
        ("group", json!("city")),
        ("trouble", json!(null)),
    ] {
        assert_eq!(own[key], value, "{key}");
    }
    assert_eq!((&views[0]["filters"], &views[0]["built_in"]), (&json!(["owner is me"]), &json!(true)));
    assert_eq!(lejek.ok("view list").as_array().unwrap().len(), 5 * 4 + 1);
    let text = lejek.text("view list contact");
    assert!(text.contains("In Łódź") && text.contains("city is Łódź"), "{text}");
}

#[test]
fn a_view_is_listed_counted_and_exported() {
    let lejek = some();
    let rows = lejek.ok("list contact --view 'in lodz'");
    assert_eq!(names(&rows), ["Ala", "Jan"]);
    assert_eq!(rows[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["city", "id", "name"]);
    assert_eq!(lejek.ok("count contact --view 'My contacts'")["count"], 1);
    assert_eq!(lejek.ok("count contact --view 'Recently viewed'")["count"], 0);
    // What is said besides: filters are added, order and columns take the place of its own.
    let rows = lejek.ok("list contact --view 'In Łódź' --filter 'owner is unknown' --sort -name --columns owner");
    assert_eq!((names(&rows), &rows[0]["owner"]), (vec!["Ala"], &json!(null)));
    assert_eq!(names(&lejek.ok("list contact --view 'In Łódź' --sort -name")), ["Jan", "Ala"]);
    lejek.ok("export contact --view 'In Łódź' -o out.csv");
    let file = lejek.read("out.csv");
    assert!(file.starts_with("id,first_name,last_name,city\n") && file.lines().count() == 3, "{file}");
}

#[test]
fn a_view_is_changed_and_deleted() {
    let lejek = some();
    let id = lejek.ok("view list contact")[4]["id"].clone();
    assert_eq!(lejek.ok("view set 'In Łódź' --name Lodz --search jan --group '' --columns ''")["id"], id);
    let view = lejek.ok("view list contact")[4].clone();
    assert_eq!((&view["name"], &view["search"], &view["group"]), (&json!("Lodz"), &json!("jan"), &json!(null)));
    assert_eq!(view["filters"], json!(["city is Łódź"]), "what is not told stays");
    assert_eq!(names(&lejek.ok("list contact --view Lodz")), ["Jan"]);
    assert_eq!(lejek.ok("view set Lodz --filter ''")["id"], id);
    assert_eq!(lejek.ok("view list contact")[4]["filters"], json!([]));
    assert_eq!(lejek.ok("view delete Lodz")["id"], id);
    assert_eq!(lejek.ok("view list contact").as_array().unwrap().len(), 4);
    lejek.ok("undo");
    assert_eq!(names(&lejek.ok("view list contact"))[4], "Lodz");
}

#[test]
fn others_see_what_is_for_everyone() {
    let mut lejek = some();
    lejek.ok("user add name=Bob email=bob@firma.pl");
    lejek.ok("view add contact Shared --everyone");
    lejek.act_as("bob@firma.pl");
    assert_eq!(names(&lejek.ok("view list contact"))[4..], ["Shared"]);
    assert_eq!(lejek.ok("count contact --view Shared")["count"], 3);
    assert_eq!(lejek.ok("count contact --view 'My contacts'")["count"], 0, "my is Bob's here");
    assert_eq!(lejek.fails(3, "view delete Shared")["rule"], "R6.2");
    lejek.fails(3, "view set Shared --private");
    lejek.fails(4, "list contact --view 'In Łódź'");
    lejek.fails(4, "view delete 'In Łódź'");
}

#[test]
fn what_is_wrong_is_told_apart() {
    let lejek = some();
    lejek.ok("view add deal 'In Łódź'");
    let error = lejek.fails(4, "view delete 'In Łódź'");
    assert_eq!((&error["kind"], error["candidates"].as_array().unwrap().len()), (&json!("ambiguous"), 2));
    lejek.ok("view delete 'In Łódź' --object deal");
    for (code, line) in [
        (2, "view add boat Fast"),
        (2, "view add contact Odd --sort shoe_size"),
        (2, "view add contact Odd --columns name:wide"),
        (2, "view add contact Odd --group shoe_size"),
        (2, "view add contact Odd --everyone --private"),
        (3, "view add contact Odd --filter 'shoe_size is 42'"),
        (3, "view add contact Odd --filter 'city > 5'"),
        (3, "view add contact 'in łódź'"),
        (3, "view add contact ''"),
        (3, "view set 'My contacts' --object contact --search x"),
        (3, "view delete 'My contacts'"),
        (4, "view delete Odd"),
        (4, "list contact --view Odd"),
        (4, "list deal --view 'In Łódź'"),
    ] {
        lejek.fails(code, line);
    }
}
