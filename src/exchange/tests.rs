//! From bytes of any kind to rows.

use proptest::prelude::*;

use super::*;

#[test]
fn opens_what_it_is_given() {
    let csv = Rows::open(&b"\xef\xbb\xbfImi\xc4\x99;Miasto\r\nJan;\xc5\x81\xc3\xb3d\xc5\xba\r\n"[..]).unwrap();
    assert_eq!(csv.columns(), ["Imię", "Miasto"]);
    assert_eq!(csv.map(|row| row.unwrap().cells.join("|")).collect::<Vec<_>>(), ["Jan|Łódź"]);

    let cp1250 = Rows::open(&b"name,city\nJan,\xa3\xf3d\x9f\n"[..]).unwrap();
    assert_eq!(cp1250.map(|row| row.unwrap().cells.join("|")).collect::<Vec<_>>(), ["Jan|Łódź"]);

    let json = Rows::open(&b"{\"name\": \"Jan\"}"[..]).unwrap();
    assert!(matches!(json, Rows::Lines(_)));
    assert_eq!(json.columns(), ["name"]);
}

#[test]
fn what_is_replaced_is_told() {
    let mut rows = Rows::open(&b"name,city\nJ\xc3\xb3zef,\xc5\x81\xc3\xb3d\xff\n"[..]).unwrap();
    assert_eq!(rows.by_ref().map(|row| row.unwrap().cells.join("|")).collect::<Vec<_>>(), ["Józef|Łód\u{fffd}"]);
    assert!(rows.is_flawed());
}

#[test]
fn refusals_are_sentences() {
    let sentence = |bytes: &[u8]| Rows::open(bytes).err().unwrap().to_string();
    assert_eq!(sentence(b""), "The file is empty. Write a row of column names first, then one row a record.");
    assert_eq!(
        sentence(b"\xef\xbb\xbf\r\n"),
        "The file is empty. Write a row of column names first, then one row a record."
    );
    assert_eq!(sentence(b"PK\x03\x04xl/workbook.xml"), "This is an Excel workbook: save it as CSV first.");
}

proptest! {
    #[test]
    fn any_bytes_end(bytes: Vec<u8>) {
        if let Ok(mut rows) = Rows::open(&bytes[..]) {
            for row in rows.by_ref().flatten() {
                prop_assert!(row.number > 0);
            }
        }
    }
}
