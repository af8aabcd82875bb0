//! The corners of CSV: what comes in, what is reported, and that the rest goes on.

use std::io::{self, Read};

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn table(text: &str) -> Table<&[u8]> {
    Table::open(text.as_bytes()).unwrap()
}

/// Each row as its cells tied by `|`, each error as `!` and its number.
fn rows(text: &str) -> Vec<String> {
    let read = |row: Result<Row, RowError>| match row {
        Ok(row) => row.cells.join("|"),
        Err(error) => format!("!{}", error.row),
    };
    table(text).map(read).collect()
}

#[rstest]
#[case::plain("a,b\n1,2\n3,4\n", &["1|2", "3|4"])]
#[case::no_last_line_end("a,b\n1,2", &["1|2"])]
#[case::windows("a,b\r\n1,2\r\n", &["1|2"])]
#[case::old_mac("a,b\r1,2\r\"x\ry\",4\r", &["1|2", "x\ry|4"])]
#[case::empty_cells("a,b,c\n1,\"\",\"\"\n,,\n", &["1||", "||"])]
#[case::empty_lines("\n\na,b\n\n1,2\n\r\n3,4\n\n", &["1|2", "3|4"])]
#[case::comma_in_quotes("a,b\nJan,\"ul. Długa 5, m. 3\"\n", &["Jan|ul. Długa 5, m. 3"])]
#[case::doubled_quotes("a,b\n1,\"ha \"\"ha\"\" ha\"\n", &["1|ha \"ha\" ha"])]
#[case::only_quotes("a,b\n\"\"\"\",\"\"\"\"\"\"\n", &["\"|\"\""])]
#[case::line_in_quotes("a,b\n\"x\r\ny\",2\n3,\"4\n\"\n", &["x\r\ny|2", "3|4\n"])]
#[case::quotes_at_the_end("a,b\n1,\"2\"", &["1|2"])]
#[case::blank_behind_quotes("a,b\n\"1\" ,\"2\" \r\n", &["1|2"])]
#[case::quote_within("a,b\n5\" pipe,it\"s\n", &["5\" pipe|it\"s"])]
#[case::json_in_quotes("a,b\n1,\"{\"\"k\"\": [1, 2]}\"\n", &["1|{\"k\": [1, 2]}"])]
#[case::blanks_stay("a,b\n 1 ,2 \n", &[" 1 |2 "])]
#[case::too_few("a,b,c\n1\n2,3\n", &["1||", "2|3|"])]
#[case::one_column("name\nJan\n\"\"\nEwa; Adam\n", &["Jan", "", "Ewa; Adam"])]
#[case::header_only("a,b\n", &[])]
fn reads(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(rows(text), expected);
}

#[rstest]
#[case("a;b\n1;2\n", ';')]
#[case("a\tb\n1\t2\n", '\t')]
#[case("name;amount\nA;1,5\nB;2,5\n", ';')]
#[case("a;b,c\n1;2,3\n4;5\n", ';')]
#[case("\"a;b\",c\n\"x;y\",z\n", ',')]
#[case("\"a,x\";c\n1;2\n", ';')]
#[case("sep=;\na;b,c\n1;2\n", ';')]
#[case("name\nx\n", ',')]
fn finds_the_separator(#[case] text: &str, #[case] separator: char) {
    assert_eq!(table(text).separator(), separator);
}

#[test]
fn columns_have_different_names() {
    let table = table("\u{feff}E-mail, Phone ,Phone,,Phone (2),E-mail\n");
    assert_eq!(table.columns(), ["E-mail", "Phone", "Phone (2)", "Column 4", "Phone (2) (2)", "E-mail (2)"]);
    assert_eq!(table.notices()[0], "The header has “Phone” more than once. Column 3 is called “Phone (2)” here.");
    assert_eq!(table.notices().len(), 3);
}

#[test]
fn cells_beyond_the_header_are_told() {
    let read: Vec<_> = table("a,b\n1,2,3,x y\n4,5,, \n").map(Result::unwrap).collect();
    let remark = "The row has 4 cells, the header 2: “3”, “x y” was left out. Quote cells that hold the separator.";
    assert_eq!((&read[0].cells, &read[0].remarks), (&vec!["1".to_owned(), "2".to_owned()], &vec![remark.to_owned()]));
    assert_eq!((read[1].cells.join("|"), read[1].remarks.is_empty()), ("4|5".to_owned(), true));
}

#[test]
fn nul_characters_go_and_are_told() {
    let row = table("a,b\nJ\0an,2\n").next().unwrap().unwrap();
    assert_eq!((row.cells[0].as_str(), row.remarks[0].as_str()), ("Jan", "NUL characters were left out."));
}

#[rstest]
#[case::to_the_end("a,b\n1,\"x\n2,y\n3,z\n", &["!1", "2|y", "3|z"])]
#[case::to_the_next_quote("a,b\n1,\"x\n2,\"y\"\n3,z\n", &["!1", "2|y", "3|z"])]
#[case::on_every_row("a,b\n1,\"x\n2,\"y\n3,\"z\n", &["!1", "!2", "!3"])]
#[case::not_doubled("a,b\n1,\"he said \"hi\" twice\"\n2,y\n", &["!1", "2|y"])]
#[case::in_the_last_row("a,b\n1,2\n3,\"", &["1|2", "!2"])]
#[case::among_pairs("a,b\n1,\"x\n2,\"\"\n\"3\",z\n", &["!1", "2|", "3|z"])]
fn a_stray_quote_costs_its_row_only(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(rows(text), expected);
}

#[test]
fn a_broken_row_names_its_column_and_keeps_its_cells() {
    let error = table("name,note\nJan,\"he said \"hi\"\"\n").next().unwrap().unwrap_err();
    assert_eq!(error.column.as_deref(), Some("note"));
    assert_eq!(
        error.message,
        "The quotes in the cell of the column “note” do not match. Double each quote inside a quoted cell."
    );
    assert_eq!(error.cells, ["Jan", "he said \"hi"]);
    let error = table("name,note\n\"Jan,x\n").next().unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "Row 1: A quote opens the cell of the column “name” and is never closed. Close it or take it away."
    );
}

#[test]
fn a_file_without_a_header_is_refused() {
    let sentence = |text: &str| Table::open(text.as_bytes()).err().unwrap().to_string();
    assert_eq!(
        sentence("\n \n".trim()),
        "The file is empty. Write a row of column names first, then one row a record."
    );
    assert!(
        sentence("\"a,b\n1,2\n").starts_with("The first row, which names the columns, cannot be read. A quote opens")
    );
}

/// A table with small limits over `head`, then `count` times `filler`, then `tail`.
fn long(head: &str, filler: u8, count: u64, tail: &str) -> Vec<String> {
    let source = head.as_bytes().chain(io::repeat(filler).take(count)).chain(tail.as_bytes());
    let mut table = Table::limited(Buffer::new(source), 1024 * 1024).unwrap();
    let mut seen = Vec::new();
    while let Some(row) = table.next() {
        seen.push(match row {
            Ok(row) => row.cells.iter().map(|cell| cell.len().to_string()).collect::<Vec<_>>().join("|"),
            Err(error) => format!("!{} {} {}", error.row, error.column.unwrap_or_default(), error.message),
        });
        assert!(table.buffer.bytes().len() <= 4 * 1024 * 1024);
    }
    seen
}

#[test]
fn a_cell_without_end_is_cut_off_and_the_rest_goes_on() {
    let message = "The cell of the column “b” is longer than 1 MB. Close its quote or shorten it.";
    assert_eq!(long("a,b\n1,2\n1,", b'x', 9 << 20, "\n3,4\n"), ["1|1", &format!("!2 b {message}"), "1|1"]);
    assert_eq!(long("a,b\n1,\"", b'x', 9 << 20, "\n3,4\n"), [&format!("!1 b {message}"), "1|1"]);
    let lines = long("a,b\n1,\"x\n", b'\n', 9 << 20, "3,4\n");
    assert_eq!(lines, [&format!("!1 b {message}"), "1|1"]);
}

#[test]
fn a_long_cell_within_the_limit_comes_in() {
    assert_eq!(long("a,b\n1,\"", b'x', 900_000, "\"\n3,4\n"), ["1|900000", "1|1"]);
}

#[test]
fn a_disk_that_fails_ends_the_rows_with_a_sentence() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let long = format!("a,b\n{}3,", "1,2\n".repeat(200_000));
    let mut table = Table::open(long.as_bytes().chain(Broken)).unwrap();
    let last = table.find_map(Result::err).unwrap();
    assert_eq!(last.message, "The file cannot be read further: the disk is gone. The rows before this one were read.");
    assert!(table.next().is_none());
}

#[test]
fn a_row_is_used_again() {
    let mut table = table("a,b\nlong text,2,3\n4\n");
    let mut row = Row::default();
    assert!(table.read(&mut row).unwrap().is_ok());
    assert!(table.read(&mut row).unwrap().is_ok());
    assert_eq!(row, Row { number: 2, cells: vec!["4".to_owned(), String::new()], remarks: Vec::new() });
    assert!(table.read(&mut row).is_none());
}

proptest! {
    #[test]
    fn reads_what_the_csv_crate_writes(
        cells in prop::collection::vec(prop::collection::vec("[a-c,;\"\\r\\n \t]{0,6}|Łódź", 3), 0..6),
        separator in prop::sample::select(&b",;\t"[..]),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        writer.write_record(["x", "y", "z"]).unwrap();
        for row in &cells {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let hinted = [b"sep=", &[separator][..], b"\n", &bytes[..]].concat();
        let read: Vec<_> = Table::open(&hinted[..]).unwrap().map(|row| row.unwrap().cells).collect();
        prop_assert_eq!(read, cells);
    }

    #[test]
    fn any_bytes_end(bytes in "[a,;\"\\r\\n\0\t]{0,80}|\\PC*", tail: Vec<u8>) {
        let bytes = [bytes.as_bytes(), &tail[..]].concat();
        if let Ok(table) = Table::open(&bytes[..]) {
            let width = table.columns().len();
            for row in table.flatten() {
                prop_assert_eq!(row.cells.len(), width);
            }
        }
    }
}
