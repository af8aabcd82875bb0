//! `import --object activity`: several files in one call, the report, and what is corrected in it.

use crate::program::Lejek;
use serde_json::{Value as Json, json};

fn lejek() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.write("contacts.csv", "Record ID,First Name,Email\n501,Jan,jan@acme.pl\n502,Ewa,ewa@acme.pl\n");
    lejek.write(
        "calls.csv",
        "Record ID,Call Title,Call notes,Activity date,Call outcome,Activity assigned to,Associated Contact IDs\n\
         9001,Intro,<p>asked for a <b>quote</b></p>,2026-11-18 14:20,Connected,ann@firma.pl,501;502\n\
         9002,Again,,03/04/2026,Busy,ann@firma.pl,501\n\
         9003,Wrong,,2026-11-17,Connected,nobody@firma.pl,502\n",
    );
    lejek
}

fn counts(done: &Json) -> [u64; 4] {
    ["created", "updated", "unchanged", "skipped"].map(|name| done[name].as_u64().unwrap())
}

#[test]
fn files_of_one_call_are_told_apart_and_resolve_each_other() {
    let lejek = lejek();
    let tried = lejek.ok("import @calls.csv @contacts.csv --dry-run");
    assert_eq!((counts(&tried), &tried["act"]), ([4, 0, 0, 1], &Json::Null));
    let done = lejek.ok("import @calls.csv @contacts.csv --report @bad.csv");
    assert_eq!((counts(&done), &done["associated"]), ([4, 0, 0, 1], &json!(3)), "{done}");
    let faults: Vec<_> = done["errors"].as_array().unwrap().iter().map(|e| (&e["row"], &e["column"])).collect();
    assert_eq!(faults, [(&json!(2), &json!("Activity date")), (&json!(3), &json!("Activity assigned to"))]);
    let call = &lejek.ok("show contact:jan@acme.pl")["timeline"][0];
    assert_eq!(
        (&call["type"], &call["subject"], &call["text"]),
        (&json!("call"), &json!("Intro"), &json!("asked for a quote"))
    );
    assert_eq!((&call["logged_from"], &call["by"]), (&json!("import"), &json!("ann@firma.pl")));
    assert_eq!(call["properties"]["outcome"], "Connected");
    assert_eq!(call["associations"].as_array().unwrap().len(), 2);

    lejek.write("mended calls.csv", &lejek.read("bad.csv").replace("03/04/2026", "3.04.2026"));
    assert_eq!(counts(&lejek.ok("import '@mended calls.csv'")), [1, 0, 0, 0]);
    assert_eq!(lejek.ok("show contact:jan@acme.pl")["timeline"].as_array().unwrap().len(), 2);
    assert_eq!(counts(&lejek.ok("import @calls.csv @contacts.csv")), [0, 0, 4, 1]);
    lejek.ok("undo");
    lejek.ok("undo");
    assert_eq!(lejek.ok("count contact")["count"], 0);
}

#[test]
fn a_file_that_nobody_knows_is_refused_by_its_name_and_nothing_comes_in() {
    let lejek = lejek();
    lejek.write("odd.csv", "a,b\n1,2\n");
    let refused = lejek.fails(4, "import @contacts.csv @odd.csv");
    assert!(refused.to_string().contains("odd.csv"), "{refused}");
    assert_eq!(lejek.ok("count contact")["count"], 0);
    let wrong = lejek.fails(2, "import @odd.csv --object actvity");
    assert!(wrong.to_string().contains("activity"), "{wrong}");
}

#[test]
fn json_lines_and_a_mapping_name_what_the_rows_are() {
    let lejek = lejek();
    lejek.ok("import @contacts.csv");
    lejek.write(
        "rows.jsonl",
        "{\"Art\": \"note\", \"Wann\": 1795011600000, \"Was\": \"called\\nback\", \"Wer\": [\"jan@acme.pl\", \"ewa@acme.pl\"]}\n",
    );
    let line = "import @rows.jsonl --object activity --map Art=type --map Wann=time --map Was=text --map Wer=records \
                --save-mapping Notes";
    assert_eq!(counts(&lejek.ok(line)), [1, 0, 0, 0]);
    assert_eq!(counts(&lejek.ok("import @rows.jsonl --mapping notes")), [0, 0, 1, 0]);
    let note = &lejek.ok("show contact:ewa@acme.pl")["timeline"][0];
    assert_eq!((&note["text"], &note["at"]), (&json!("called\nback"), &json!("2026-11-18T14:20:00Z")));
    let no = lejek.fails(2, "import @rows.jsonl --object activity --map Art=amount");
    assert!(no.to_string().contains("no field “amount”"), "{no}");
}

#[test]
fn r6_1_activities_need_the_right_to_import_what_they_are_logged_on() {
    let mut lejek = lejek();
    lejek.ok("import @contacts.csv");
    lejek.ok("user add name=Ben email=ben@firma.pl contact.import=false");
    lejek.act_as("ben@firma.pl");
    let done = lejek.ok("import @calls.csv");
    assert_eq!(counts(&done), [0, 0, 0, 3], "{done}");
    assert!(done["errors"].to_string().contains("permission to import contacts"), "{done}");
    lejek.act_as("ann@firma.pl");
    for object in ["company", "deal", "ticket", "lead"] {
        lejek.ok(&format!("user set ben@firma.pl {object}.import=false"));
    }
    lejek.act_as("ben@firma.pl");
    let refused = lejek.fails(3, "import @calls.csv --object activity");
    assert!(refused.to_string().contains("permission to import activities"), "{refused}");
}
