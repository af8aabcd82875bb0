//! What is written, and that it comes in again.

use std::fs;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::exchange::Rows;

fn csv(columns: &[&str], rows: &[Vec<String>]) -> String {
    let mut writer = CsvWriter::new(Vec::new(), columns).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

#[rstest]
#[case("Jan", "Jan")]
#[case("a,b", "\"a,b\"")]
#[case("a;b", "\"a;b\"")]
#[case("ha \"ha\"", "\"ha \"\"ha\"\"\"")]
#[case("x\ny", "\"x\ny\"")]
#[case(" x", "\" x\"")]
#[case("=1+2", "=1+2")]
#[case("@handle", "@handle")]
#[case("-5", "-5")]
#[case("+48 600 100 200", "+48 600 100 200")]
#[case("", "")]
fn quotes_only_what_must_be(#[case] cell: &str, #[case] written: &str) {
    assert_eq!(csv(&["a", "b"], &[vec![cell.to_owned(), String::new()]]), format!("a,b\n{written},\n"));
}

#[test]
fn an_empty_cell_alone_is_no_empty_line() {
    assert_eq!(csv(&["a"], &[vec![String::new()]]), "a\n\"\"\n");
}

#[test]
fn json_lines_are_one_value_a_line() {
    let mut writer = JsonlWriter::new(Vec::new());
    writer.row(&serde_json::json!({"name": "Łódź\n"})).unwrap();
    writer.row(&[1, 2]).unwrap();
    assert_eq!(writer.finish().unwrap(), "{\"name\":\"Łódź\\n\"}\n[1,2]\n".as_bytes());
}

#[test]
fn a_file_is_there_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    let mut file = AtomicFile::create(&path).unwrap();
    file.write_all(b"half").unwrap();
    assert!(!path.exists());
    drop(file);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

    fs::write(&path, "old").unwrap();
    let mut file = AtomicFile::create(&path).unwrap();
    file.write_all(b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"old");
    file.commit().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_file_is_for_its_owner_and_a_device_stays_one() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    AtomicFile::create(&path).unwrap().commit().unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(AtomicFile::create(folder.path()).is_err());

    let null = std::path::Path::new("/dev/null");
    let mut file = AtomicFile::create(null).unwrap();
    file.write_all(b"gone").unwrap();
    file.commit().unwrap();
    assert!(fs::metadata(null).unwrap().file_type().is_char_device());
}

#[test]
fn a_report_holds_the_rows_as_they_came_and_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("errors.csv");
    let text = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let columns = text(&["name", "error", "phone"]);
    let mut report = Report::new(&path);
    report.add(&columns, &text(&["Jan, jr.", "from before", "12"]), Some("phone"), "Too short.").unwrap();
    report.add(&columns, &text(&["Ewa"]), None, "Who is that.").unwrap();
    assert_eq!(report.finish().unwrap(), Some(path.clone()));
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written, "name,phone,error\n\"Jan, jr.\",12,phone: Too short.\nEwa,,Who is that.\n");
}

#[test]
fn nothing_to_report_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("errors.csv");
    assert_eq!(Report::new(&path).finish().unwrap(), None);
    assert!(!path.exists());
}

proptest! {
    #[test]
    fn what_goes_out_comes_in_again(
        rows in prop::collection::vec(prop::collection::vec("[a-c,;\"\\r\\n \t=@+-]{0,8}|[^\0]{0,6}", 1..4), 1..6),
    ) {
        let width = rows[0].len();
        let rows: Vec<Vec<String>> = rows.into_iter().map(|mut row| { row.resize(width, String::new()); row }).collect();
        let columns = &["name", "notes; more", "city"][..width];
        let text = csv(columns, &rows);
        let read = Rows::open(text.as_bytes()).unwrap();
        prop_assert_eq!(read.columns(), columns);
        let read: Vec<Vec<String>> = read.map(|row| row.unwrap().cells).collect();
        prop_assert_eq!(read, rows);
    }
}
