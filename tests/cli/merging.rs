//! `merge`.

use crate::program::{Lejek, names};
use serde_json::json;

fn two_jans() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl city=Sopot");
    lejek.ok("new contact first_name=Jasiu last_name=Kowalski email=jan@b.pl city=Gdynia --associate company:acme.pl");
    lejek
}

#[test]
fn r5_11_the_first_stays_and_undo_parts_them() {
    let lejek = two_jans();
    let [first, second] = ["contact:jan@acme.pl", "contact:jan@b.pl"].map(|one| lejek.ok(&format!("show {one}")));
    let merged = lejek.ok("merge contact:jan@acme.pl contact:jan@b.pl city=second email=first");
    assert_eq!((&merged["id"], &merged["effects"]), (&first["id"], &json!([])));
    let shown = lejek.ok("show contact:jan@b.pl");
    assert_eq!(shown["id"], first["id"]);
    let wanted = [("name", "Jan Kowalski"), ("email", "jan@acme.pl"), ("city", "Gdynia")];
    for (name, value) in wanted {
        assert_eq!(shown["properties"][name], value);
    }
    assert_eq!(
        (shown["properties"]["emails"].clone(), names(&shown["associations"])),
        (json!(["jan@b.pl"]), vec!["Acme"])
    );

    let gone = lejek.fails(4, &format!("show {}", second["id"].as_str().unwrap()));
    assert!(gone["message"].as_str().unwrap().contains("was merged into Jan Kowalski"), "{gone}");
    let bin = lejek.ok("bin");
    assert_eq!((&bin[0]["id"], &bin[0]["merged_into"]), (&second["id"], &first["id"]));
    let refused = lejek.fails(3, &format!("restore {}", second["id"].as_str().unwrap()));
    assert_eq!(
        refused["message"],
        format!("Jasiu Kowalski was merged into Jan Kowalski. To part them, undo act {}", merged["act"])
    );

    lejek.ok("undo");
    assert_eq!(lejek.ok("show contact:jan@b.pl")["id"], second["id"]);
    assert_eq!(lejek.ok("count contact")["count"], 2);
    lejek.ok("redo");
    assert_eq!(lejek.ok("count contact")["count"], 1);
    assert_eq!(lejek.ok("check --deep")["flaws"].as_array().map_or(0, Vec::len), 0);
}

#[test]
fn r5_11_an_export_that_comes_in_again_finds_the_one_that_stayed() {
    let lejek = two_jans();
    lejek.ok("export contact --all -o all.csv");
    lejek.ok("merge contact:jan@acme.pl contact:jan@b.pl");
    let again = lejek.ok("import all.csv --object contact");
    assert_eq!((&again["created"], &again["errors"]), (&json!(0), &json!([])), "{again}");
    assert_eq!(lejek.ok("count contact")["count"], 1);
}

#[test]
fn a_dry_run_says_what_would_become_of_it() {
    let lejek = two_jans();
    let would = lejek.ok("merge contact:jan@acme.pl contact:jan@b.pl city=second --dry-run");
    let properties = json!({"last_name": "Kowalski", "emails": ["jan@b.pl"], "city": "Gdynia"});
    assert_eq!((&would["properties"], &would["moved"]), (&properties, &json!({"company": 1})));
    assert_eq!((&would["activities"], &would["skipped"]), (&json!(0), &json!([])));
    assert_eq!(lejek.ok("count contact")["count"], 2);
    let text = lejek.text("merge contact:jan@acme.pl contact:jan@b.pl --dry-run");
    assert!(text.contains("Jasiu Kowalski would go, 1 company, 0 activities would go over to Jan"), "{text}");
}

#[test]
fn what_cant_be_merged_says_why() {
    let lejek = two_jans();
    lejek.fails(2, "merge contact:jan@acme.pl contact:jan@b.pl city=third");
    lejek.fails(2, "merge contact:jan@acme.pl contact:jan@b.pl shoe_size=second");
    lejek.fails(2, "merge contact:jan@acme.pl");
    lejek.fails(3, "merge contact:jan@acme.pl company:acme.pl");
    lejek.fails(3, "merge contact:jan@acme.pl contact:jan@acme.pl");
    lejek.fails(3, "merge contact:jan@acme.pl contact:jan@b.pl created_at=second");
    lejek.fails(4, "merge contact:jan@acme.pl contact:nobody@acme.pl");
}
