//! `acts undo redo`.

use crate::program::Lejek;
use lejek::workspace::import::ImportAsk;
use lejek::workspace::{Watch, open};
use serde_json::{Value as Json, json};

#[test]
fn acts_say_who_did_what_when_and_whether_it_can_be_undone() {
    let lejek = Lejek::of_ann();
    let made = lejek.ok("new deal name=Roof amount=10");
    lejek.ok("set deal:roof amount=20");
    let acts = lejek.ok("acts --limit 2");
    let (last, before) = (&acts[0], &acts[1]);
    assert_eq!(
        (&last["what"], &last["by"], &last["origin"]),
        (&json!("Changed Roof"), &json!("ann@firma.pl"), &json!("command_line"))
    );
    assert_eq!((&last["can_undo"], &last["why_not"], &last["effects"]), (&json!(true), &Json::Null, &json!([])));
    assert!(last["at"].as_str().unwrap().ends_with('Z'));
    assert_eq!((&before["act"], &before["effects"]), (&made["act"], &made["effects"]));
    assert_eq!(before["can_undo"], false);
    let why = before["why_not"].as_str().unwrap();
    assert!(why.contains("changed since") && why.contains(&format!("act {}", last["act"])), "{why}");
    assert_eq!(acts.as_array().unwrap().len(), 2);
}

#[test]
fn r7_2_undo_goes_back_one_act_after_the_other_and_redo_forth() {
    let lejek = Lejek::of_ann();
    lejek.ok("new deal name=Roof amount=1");
    for amount in ["2", "3"] {
        lejek.ok(&format!("set deal:roof amount={amount}"));
    }
    let amount = || lejek.property("deal:roof", "amount")["amount"].as_str().unwrap().to_owned();
    lejek.ok("undo");
    assert_eq!(amount(), "2.00");
    lejek.ok("undo");
    assert_eq!(amount(), "1.00");
    lejek.ok("redo");
    assert_eq!(amount(), "2.00");
    lejek.ok("redo");
    assert_eq!(amount(), "3.00");
    lejek.fails(4, "redo");
    lejek.ok("undo");
    assert_eq!(amount(), "2.00");
}

#[test]
fn r7_1_an_act_in_the_way_is_named() {
    let lejek = Lejek::of_ann();
    lejek.ok("new deal name=Roof amount=1");
    let two = lejek.ok("set deal:roof amount=2")["act"].clone();
    let three = lejek.ok("set deal:roof amount=3")["act"].clone();
    let error = lejek.fails(3, &format!("undo {two}"));
    assert_eq!(error["rule"], "R7.1");
    assert!(error["message"].as_str().unwrap().contains(&format!("act {three}")), "{error}");
    lejek.ok(&format!("undo {three}"));
    lejek.ok(&format!("undo {two}"));
    lejek.fails(3, &format!("undo {two}"));
    lejek.ok(&format!("redo {two}"));
    assert_eq!(lejek.property("deal:roof", "amount")["amount"], "2.00");
    lejek.fails(3, &format!("redo {two}"));
}

#[test]
fn undo_is_of_ones_own_acts() {
    let mut lejek = Lejek::of_ann();
    lejek.ok("user add name=Bob email=bob@firma.pl");
    lejek.ok("new deal name=Roof");
    lejek.act_as("bob@firma.pl");
    lejek.fails(4, "undo");
    lejek.ok("new deal name=Barn");
    lejek.ok("undo");
    assert_eq!(lejek.ok("count deal")["count"], 1);
    lejek.act_as("ann@firma.pl");
    lejek.fails(4, "redo");
    lejek.ok("undo");
    assert_eq!(lejek.ok("count deal")["count"], 0);
}

#[test]
fn what_is_no_act_cannot_be_undone() {
    let lejek = Lejek::of_ann();
    lejek.fails(4, "undo 4711");
    lejek.fails(4, "redo 4711");
    lejek.fails(2, "undo first");
    assert_eq!(lejek.fails(3, "undo 1")["rule"], "R7.1", "the act that made the workspace");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl");
    lejek.ok("erase contact:jan@acme.pl --yes");
    assert_eq!(lejek.fails(3, "undo")["rule"], "R5.9");
}

/// A call that is stopped when it is half way through, as a crash would.
#[test]
fn r7_3_an_act_that_was_broken_off_is_named_and_continued() {
    let lejek = Lejek::of_ann();
    lejek.fails(4, "resume");
    let (path, act) = broken_off_import(&lejek);
    let acts = lejek.ok("acts --limit 1");
    assert_eq!(
        (&acts[0]["finished"], &acts[0]["can_resume"], &acts[0]["done"]),
        (&json!(false), &json!(true), &json!(1000))
    );
    let text = lejek.text("acts");
    let offer = format!("1000 done: `lejek resume {act}` continues, `lejek undo {act}` takes it back");
    assert!(text.contains("broken off") && text.contains(&offer), "{text}");

    let rows = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, rows.replace("Łódź", "Lodz")).unwrap();
    assert_eq!(lejek.ok("acts --limit 1")[0]["can_resume"], false);
    let error = lejek.fails(3, &format!("resume {act}"));
    assert_eq!(error["rule"], "R7.3");
    assert!(error["message"].as_str().unwrap().contains("was changed since"), "{error}");
    std::fs::write(&path, rows).unwrap();

    assert_eq!(lejek.ok("resume")["act"], act);
    assert_eq!(lejek.ok("count contact")["count"], 2500);
    assert_eq!(lejek.ok("acts --limit 1")[0]["finished"], true);
    lejek.fails(3, &format!("resume {act}"));
    lejek.ok(&format!("undo {act}"));
    assert_eq!(lejek.ok("count contact")["count"], 0);
}

/// Imports the first batch of a file, in this process, and leaves it at that.
fn broken_off_import(lejek: &Lejek) -> (std::path::PathBuf, u64) {
    struct Once(bool);
    impl Watch for Once {
        fn progress(&mut self, _: u64, _: u64) {
            self.0 = true;
        }
        fn is_cancelled(&self) -> bool {
            self.0
        }
    }
    let rows: Vec<String> = (0..2500).map(|n| format!("N{n},n{n}@firma.pl,Łódź")).collect();
    let path = lejek.write("people.csv", &format!("First Name,Email,City\n{}\n", rows.join("\n")));
    let workspace = open::open(&lejek.data()).unwrap().as_user(None).unwrap();
    let ask = ImportAsk { files: vec![path.clone()], ..ImportAsk::default() };
    let act = workspace.import(&ask, &mut Once(false)).unwrap().act.unwrap();
    (path, act.0)
}
