//! Objects as rows: values as texts, broken lines reported, the rest going on.

use std::io::{self, Read};

use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// The columns, then each row as its cells tied by `|`, each error as `!` and its number.
fn rows(text: &str) -> (Vec<String>, Vec<String>) {
    let mut lines = Lines::open(text.as_bytes()).unwrap();
    let mut seen = Vec::new();
    for row in lines.by_ref() {
        seen.push(match row {
            Ok(row) => row.cells.join("|"),
            Err(error) => format!("!{}", error.row),
        });
    }
    (lines.columns().to_vec(), seen)
}

#[rstest]
#[case::lines("{\"a\": 1, \"b\": \"x\"}\n\n{\"b\": \"y\"}\r\n")]
#[case::array("[{\"a\": 1, \"b\": \"x\"},\n {\"b\": \"y\"}]\n")]
#[case::array_on_one_line("[{\"a\":1,\"b\":\"x\"},{\"b\":\"y\"}]")]
#[case::wrapped("{\n \"records\" : [\n {\"a\": 1, \"b\": \"x\"},\n {\"b\": \"y\"}\n ]\n}\n")]
#[case::spread("{\n  \"a\": 1,\n  \"b\": \"x\"\n}\n{\n  \"b\": \"y\"\n}\n")]
fn reads_every_layout(#[case] text: &str) {
    assert_eq!(rows(text), (vec!["a".to_owned(), "b".to_owned()], vec!["1|x".to_owned(), "|y".to_owned()]));
}

#[rstest]
#[case("\"Łódź \\u0142 \\\"x\\\"\\n\"", "Łódź ł \"x\"\n")]
#[case("1200", "1200")]
#[case("1200.00", "1200.00")]
#[case("12345678901234567890123", "12345678901234567890123")]
#[case("1.125", "1.1250")]
#[case("-0.5e3", "-0.5e3")]
#[case("true", "true")]
#[case("null", "")]
#[case("[]", "")]
#[case("[\"a\", \"b c\", null, 3]", "a;b c;3")]
#[case("{\"amount\": \"1200.00\", \"currency\": \"EUR\"}", "1200.00 EUR")]
#[case("{\"currency\": \"EUR\", \"amount\": 1.125}", "1.1250 EUR")]
#[case("{\"amount\": null, \"currency\": null}", "")]
fn values_become_texts(#[case] value: &str, #[case] cell: &str) {
    assert_eq!(rows(&format!("{{\"v\": {value}}}")).1, [cell]);
}

#[rstest]
#[case("{\"v\": {\"x\": 1}, \"w\": 2}", "“v” holds an object and was left out. Write its values as keys of their own.")]
#[case(
    "{\"v\": [[1]], \"w\": 2}",
    "“v” holds a list of objects or lists and was left out. Write its values as keys of their own."
)]
#[case("{\"w\": 1, \"w\": 2}", "“w” stands more than once. The last value was taken.")]
#[case("{\"w\": \"2\\u0000\"}", "NUL characters of “w” were left out.")]
fn what_is_left_out_is_told(#[case] text: &str, #[case] remark: &str) {
    let row = Lines::open(text.as_bytes()).unwrap().next().unwrap().unwrap();
    assert_eq!((row.cells.join("|").as_str(), row.remarks), ("2", vec![remark.to_owned()]));
}

#[rstest]
#[case("{\"a\": 1}\n{\"a\": oops}\n{\"a\": 3}\n", &["1", "!2", "3"])]
#[case("{\"a\": 1}\n{\"a\": \"x\n{\"a\": 3}", &["1", "!2", "3"])]
#[case("{\"a\": 1}\n[1, 2]\n7\n{\"a\": 3}", &["1", "!2", "!3", "3"])]
#[case("[{\"a\": 1}, {\"a\": oops}, 7, \"x\", {\"a\": 3}]", &["1", "!2", "!3", "!4", "3"])]
#[case("[{\"a\": 1}, {\"a\": 2", &["1", "!2"])]
#[case("[{\"a\": 1},\n", &["1", "!2"])]
#[case("[{\"a\": \"}]\"}]", &["}]"])]
#[case("[]", &[])]
fn a_broken_object_costs_itself_only(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(rows(text).1, expected);
}

#[rstest]
#[case("{\"a\": oops}", "The object is broken at character 7: expected value. Correct it there.")]
#[case("{\"a\": \"x", "The object is not closed. Close its braces and quotes, and write it on one line.")]
#[case("{\"a\":1}\nhello", "This is not a JSON object. Write each row like {\"name\": \"value\"}.")]
#[case(
    "{\"a\": [{\"b\": 1}]}",
    "Nothing of this object can be read. “a” holds a list of objects or lists and was left out. Write its values as keys of their own."
)]
#[case("[{\"a\": 1", "The file ends here, in the middle of its objects. Get the whole file and import it again.")]
fn says_what_is_broken(#[case] text: &str, #[case] message: &str) {
    let error = Lines::open(text.as_bytes()).unwrap().find_map(Result::err).unwrap();
    assert_eq!(error.message, message);
    assert_eq!(error.cells.len(), 1);
}

#[test]
fn columns_are_known_beforehand_and_may_grow() {
    let mut text = "{\"a\": 1}\n".repeat(150);
    text.insert_str(0, "{\"b\": 1}\n");
    text.push_str("{\"c\": 1}\n");
    let mut lines = Lines::open(text.as_bytes()).unwrap();
    assert_eq!(lines.columns(), ["b", "a"]);
    assert_eq!(lines.next().unwrap().unwrap().cells, ["1", ""]);
    let last = lines.by_ref().last().unwrap().unwrap();
    assert_eq!((last.number, last.cells.join("|")), (152, "||1".to_owned()));
    assert_eq!(lines.columns(), ["b", "a", "c"]);
}

#[test]
fn a_line_without_end_is_cut_off_and_the_rest_goes_on() {
    let endless = || io::repeat(b'x').take(9 << 20);
    let source = b"{\"a\": 1}\n{\"a\": \"".chain(endless()).chain(&b"\n{\"a\": 3}\n"[..]);
    let seen: Vec<_> =
        Lines::limited(Buffer::new(source), 1 << 20).unwrap().map(|row| row.map_err(|e| e.message)).collect();
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[1], Err("The object is longer than 1 MB. Shorten it.".to_owned()));
    assert_eq!(seen[2].as_ref().unwrap().cells, ["3"]);
    let source = b"[{\"a\": 1}, {\"a\": \"".chain(endless());
    assert_eq!(Lines::limited(Buffer::new(source), 1 << 20).unwrap().filter(Result::is_err).count(), 1);
}

#[rstest]
#[case("{\"a\": 1}", true)]
#[case(" \n[ {\"a\": 1}]", true)]
#[case("{}", true)]
#[case("[]", true)]
#[case("{name},city", false)]
#[case("[id],name", false)]
#[case("a,b", false)]
#[case("", false)]
fn tells_json_from_tables(#[case] text: &str, #[case] json: bool) {
    assert_eq!(looks_like_json(text.as_bytes()), json);
}

proptest! {
    #[test]
    fn any_bytes_end(text in "[\\[{]?[{}\\[\\]\",:a1 \\n\\\\]{0,60}", tail: Vec<u8>) {
        let bytes = [text.as_bytes(), &tail[..]].concat();
        if let Ok(mut lines) = Lines::open(&bytes[..]) {
            let _ = lines.by_ref().count();
        }
    }

    #[test]
    fn texts_come_through(values in prop::collection::vec("[^\0]*", 1..5)) {
        let line = |value: &String| serde_json::json!({ "v": value }).to_string();
        let lines = values.iter().map(line).collect::<Vec<_>>();
        for text in [lines.join("\n"), format!("[{}]", lines.join(","))] {
            let read: Vec<_> = Lines::open(text.as_bytes()).unwrap().map(|row| row.unwrap().cells.join("")).collect();
            prop_assert_eq!(&read, &values);
        }
    }
}

#[test]
fn a_tree_of_salesforce_names_its_records() {
    let tree = r#"{"records":[{"attributes":{"type":"Contact","referenceId":"Ann"},"LastName":"Lee"},
        {"attributes":{"type":"Task","url":"/x"},"Subject":"Call","WhoId":"@Ann"}]}"#;
    let (columns, rows) = rows(tree);
    assert_eq!(columns, ["referenceId", "LastName", "Subject", "WhoId"]);
    assert_eq!(rows, ["@Ann|Lee||", "||Call|@Ann"]);
    let mut own = Lines::open(&br#"{"attributes":{"size":1},"w":2}"#[..]).unwrap();
    assert_eq!(own.next().unwrap().unwrap().remarks.len(), 1, "an object of somebody else's is left out as before");
}
