//! Cards of every age and program as rows, and that what is written is read again.

use std::io::{self, Read};

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::exchange::Rows;

/// Each card as `column=cell` by `|`, its remarks behind `!`; each error as `!` and its sentence.
fn read(bytes: &[u8]) -> Vec<String> {
    let mut rows = Rows::open(bytes).unwrap();
    let all: Vec<_> = rows.by_ref().collect();
    let columns = rows.columns();
    let told = |row: Result<Row, RowError>| match row {
        Err(error) => format!("!{error}"),
        Ok(row) => {
            let filled = columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
            let cells = filled.map(|(column, cell)| format!("{column}={cell}"));
            cells.chain(row.remarks.iter().map(|remark| format!("!{remark}"))).collect::<Vec<_>>().join("|")
        }
    };
    all.into_iter().map(told).collect()
}

/// What one card with these properties comes in as.
fn card(properties: &[u8]) -> String {
    let whole = [b"BEGIN:VCARD\r\nVERSION:3.0\r\n", properties, b"\r\nEND:VCARD\r\n"].concat();
    let rows = read(&whole);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.into_iter().next().unwrap()
}

#[rstest]
#[case::name("N:Kowalski;Jan;;dr;", "first_name=Jan|last_name=Kowalski")]
#[case::middle_names("N:Rokita;Jan;Maria,Władysław;;", "first_name=Jan Maria Władysław|last_name=Rokita")]
#[case::no_parts("FN:Jan Maria Rokita\nN:;;;;", "name=Jan Maria Rokita")]
#[case::name_is_the_address("FN:jan@acme.pl\nEMAIL:jan@acme.pl", "email=jan@acme.pl")]
#[case::name_is_the_company("FN:Acme\nORG:Acme\nEMAIL:info@acme.pl", "email=info@acme.pl|Organization=Acme")]
#[case::preferred_first("EMAIL:b@acme.pl\nEMAIL;TYPE=pref:a@acme.pl", "email=a@acme.pl;b@acme.pl")]
#[case::by_rank("EMAIL;PREF=2:b@acme.pl\nEMAIL;PREF=1:a@acme.pl", "email=a@acme.pl;b@acme.pl")]
#[case::old_preferred("EMAIL;INTERNET:b@acme.pl\nEMAIL;PREF;INTERNET:a@acme.pl", "email=a@acme.pl;b@acme.pl")]
#[case::group("item1.EMAIL;type=INTERNET:a@acme.pl\nitem1.X-ABLabel:work", "email=a@acme.pl")]
#[case::address_twice("EMAIL:a@acme.pl\nEMAIL:A@ACME.PL", "email=a@acme.pl")]
#[case::bad_address("FN:Jan\nEMAIL:jan", "name=Jan|!“jan” has no @. Write it like name@example.com. It was left out.")]
#[case::numbers_by_type("TEL;TYPE=CELL:600100200\nTEL;TYPE=WORK,VOICE:221002000", "phone=221002000|mobile=600100200")]
#[case::old_types("TEL;CELL;VOICE:600100200\nTEL;WORK:221002000", "phone=221002000|mobile=600100200")]
#[case::quoted_types("TEL;VALUE=uri;TYPE=\"work,cell\":tel:+48-600-100-200", "mobile=+48-600-100-200")]
#[case::fax_is_no_phone(
    "TEL;TYPE=FAX:221002000\nTEL;TYPE=HOME:600100200",
    "phone=600100200|!A contact has one phone and one mobile. Left out: 221002000."
)]
#[case::company("FN:Jan\nORG:Acme\\, Inc.;Sales", "name=Jan|Organization=Acme, Inc.")]
#[case::place(
    "FN:Jan\nADR;TYPE=WORK:;p. 2;Długa 1;Łódź;;90-001;Polska",
    "name=Jan|street=Długa 1, p. 2|postal_code=90-001|city=Łódź|country=Polska"
)]
#[case::work_place_first("FN:Jan\nADR;TYPE=HOME:;;;Kraków\nADR;TYPE=WORK:;;;Łódź", "name=Jan|city=Łódź")]
#[case::note("FN:Jan\nNOTE:One\\, two\\nthree\\; \\\\", "name=Jan|notes=One, two\nthree; \\")]
#[case::folded("FN:Jan\nNOTE:one\n  two\n\tthree", "name=Jan|notes=one twothree")]
#[case::web("FN:Jan\nURL:http\\://acme.pl", "name=Jan|website=http://acme.pl")]
#[case::foreign_id(
    "FN:Jan\nUID:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "name=Jan|uid=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
)]
#[case::upper_and_lower("fn:Jan\ntitle:Boss", "name=Jan|job_title=Boss")]
#[case::rest_is_ignored("FN:Jan\nCATEGORIES:a,b\nBDAY:1980-01-01\nX-FOO:bar", "name=Jan")]
fn a_property_comes_in_as_what_it_is(#[case] properties: &str, #[case] row: &str) {
    assert_eq!(card(properties.as_bytes()), row);
}

#[rstest]
#[case::utf8(b"N:\xc5\x81uk;Ewa", "first_name=Ewa|last_name=Łuk")]
#[case::cp1250(b"N:\xa3uk;Ewa", "first_name=Ewa|last_name=Łuk")]
#[case::named(b"N;CHARSET=ISO-8859-1:Mu\xf1oz;Eva", "first_name=Eva|last_name=Muñoz")]
#[case::quoted(b"N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C5=81uk;Ewa", "first_name=Ewa|last_name=Łuk")]
#[case::quoted_unnamed(b"N;ENCODING=QUOTED-PRINTABLE:=C5=81uk;Ewa", "first_name=Ewa|last_name=Łuk")]
#[case::quoted_cp1250(b"N;QUOTED-PRINTABLE:=A3uk;Ewa", "first_name=Ewa|last_name=Łuk")]
#[case::quoted_unknown(b"N;QUOTED-PRINTABLE;CHARSET=klingon:=C5=81uk;Ewa", "first_name=Ewa|last_name=Łuk")]
#[case::soft_breaks(
    b"FN:Ewa\r\nNOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\ntwo: =\r\nthree",
    "name=Ewa|notes=one\r\ntwo: three"
)]
#[case::fold_within_a_letter(b"N:\xc5\r\n \x81uk;Ewa", "first_name=Ewa|last_name=Łuk")]
fn every_set_of_characters(#[case] properties: &[u8], #[case] row: &str) {
    assert_eq!(card(properties), row);
}

#[test]
fn a_file_may_be_utf_16_or_of_an_old_mac() {
    let text = "BEGIN:VCARD\nFN:Łucja\nEND:VCARD\n";
    let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&wide), ["name=Łucja"]);
    assert_eq!(read(text.replace('\n', "\r").as_bytes()), ["name=Łucja"]);
    assert_eq!(read(&[b"\xef\xbb\xbf\r\n", text.as_bytes()].concat()), ["name=Łucja"]);
}

#[test]
fn a_card_within_a_card_is_no_row() {
    let agent = "BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Help\nBEGIN:VCARD\nEND:VCARD\nEMAIL:help@acme.pl\nEND:VCARD\n\
                 EMAIL:boss@acme.pl\nEND:VCARD\nBEGIN:VCARD\nFN:Next\nEND:VCARD\n";
    assert_eq!(read(agent.as_bytes()), ["name=Boss|email=boss@acme.pl", "name=Next"]);
    assert_eq!(card(b"FN:Boss\nAGENT:BEGIN:VCARD\\nFN:Help\\nEND:VCARD"), "name=Boss");
}

#[test]
fn a_broken_card_costs_one_row() {
    let text = "BEGIN:VCARD\nFN:First\nBEGIN:VCARD\nFN:Second\nEND:VCARD\nrubbish\n\nBEGIN:VCARD\nNOTE:\nEND:VCARD\n\
                BEGIN:VCARD\nFN:Last\n";
    assert_eq!(
        read(text.as_bytes()),
        [
            "!Row 1: The card has no END:VCARD. Write one behind its last line.",
            "name=Second",
            "!Row 3: The card names nobody: it has no name, address or number. Write an FN or EMAIL into it.",
            "!Row 4: The file ends here, in the middle of a card. Get the whole file and import it again.",
        ]
    );
}

#[rstest]
#[case("KIND:group\nFN:Friends\nMEMBER:urn:uuid:1", "no person, but a list")]
#[case("KIND:org\nFN:Acme", "is a company's")]
#[case("X-ABShowAs:COMPANY\nORG:Acme\nFN:Acme", "is a company's")]
fn cards_of_no_person_are_told(#[case] properties: &str, #[case] why: &str) {
    assert!(card(properties.as_bytes()).contains(why));
}

/// A picture of `left` bytes on one line.
struct Picture {
    left: usize,
}

impl Read for Picture {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = out.len().min(self.left);
        out[..count].fill(b'A');
        self.left -= count;
        Ok(count)
    }
}

#[test]
fn a_picture_is_passed_over_however_large() {
    let before = &b"BEGIN:VCARD\nFN:Jan\nPHOTO;ENCODING=b;TYPE=JPEG:"[..];
    let source = before.chain(Picture { left: 64 << 20 }).chain(&b"\nEMAIL:jan@acme.pl\nEND:VCARD\n"[..]);
    let mut cards = Cards::open(source).unwrap();
    assert_eq!(cards.next().unwrap().unwrap().cells, ["Jan", "jan@acme.pl"]);
    assert!(cards.next().is_none());
}

#[test]
fn a_picture_may_stand_in_lines_of_any_indent() {
    for lines in ["\n AAAA\n BBBB\n\n", "\nAAAA\nBBBB==\n\n", "AAAA\r\n\r\n"] {
        assert_eq!(card(format!("PHOTO;BASE64:{lines}FN:Jan").as_bytes()), "name=Jan");
    }
}

#[test]
fn too_much_text_is_refused_and_the_rest_goes_on() {
    let note = "x".repeat(3 << 20);
    for note in [note.clone(), note.as_bytes().chunks(70).map(|_| "x".repeat(70)).collect::<Vec<_>>().join("\n ")] {
        let text = format!("BEGIN:VCARD\nFN:Jan\nNOTE:{note}\nEND:VCARD\nBEGIN:VCARD\nFN:Ewa\nEND:VCARD\n");
        let rows = read(text.as_bytes());
        assert_eq!(rows, ["!Row 1: The card holds more than 1 MB of text. Shorten its note.", "name=Ewa"]);
    }
}

#[test]
fn lines_are_folded_as_the_standard_asks() {
    let mut writer = CardWriter::new(Vec::new());
    writer.row(&[("notes".to_owned(), "zażółć ".repeat(40))]).unwrap();
    let text = String::from_utf8(writer.finish().unwrap()).unwrap();
    assert!(text.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n") && text.ends_with("END:VCARD\r\n"), "{text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
}

proptest! {
    #[test]
    fn any_bytes_end(properties in "[NTEORG:;,\\\\=\"\r\n A-Z0-9.@]{0,80}", tail: Vec<u8>) {
        let bytes = [b"BEGIN:VCARD\r\n", properties.as_bytes(), b"\r\nEND:VCARD\nBEGIN:VCARD\n", &tail[..]].concat();
        let _ = Rows::open(&bytes[..]).unwrap().count();
    }

    #[test]
    fn what_goes_out_comes_in_again(
        names in ("[^\\p{C}\\s][^\\p{C}\\s]{0,8}", "[,;:\\\\=\"a-ząćę]{1,8}"),
        emails in prop::collection::vec("[a-z]{1,8}@[a-z]{1,8}\\.pl", 0..3),
        notes in "[^\\p{C}\\s][^\\p{Cc}]{0,80}(\n[,;:\\\\a-zł\"]{1,9}){0,3}",
        city in "[^\\p{C}\\s]{0,20}",
        own in "[^\\p{C}\\s]{0,20}",
        company in "[^\\p{C}\\s]{1,20}",
    ) {
        let mut main = emails.clone();
        main.dedup();
        let mut cells = vec![
            ("id", "0193a1b2-0000-7000-8000-000000000001".to_owned()),
            ("first_name", names.0),
            ("last_name", names.1),
            ("email", main.first().cloned().unwrap_or_default()),
            ("emails", main.get(1..).unwrap_or_default().join(";")),
            ("city", city),
            ("notes", notes.trim().to_owned()),
            ("rozmiar_łyżki", own),
            ("company", company),
        ];
        let mut writer = CardWriter::new(Vec::new());
        let row: Vec<(String, String)> = cells.iter().map(|(column, cell)| ((*column).to_owned(), cell.clone())).collect();
        writer.row(&row).unwrap();
        let written = writer.finish().unwrap();
        let mut cards = Cards::open(&written[..]).unwrap();
        let read = cards.next().unwrap().unwrap();
        prop_assert!(read.remarks.is_empty(), "{:?}", read.remarks);
        prop_assert!(cards.next().is_none());
        let cell = |column: &str| cards.columns().iter().position(|known| known == column).map_or("", |at| read.cells[at].as_str());
        let mut distinct: Vec<String> = Vec::new();
        for address in main {
            if !distinct.contains(&address) { distinct.push(address); }
        }
        cells.retain(|(column, _)| !column.starts_with("email"));
        cells.push(("email", distinct.join(";")));
        for (column, expected) in cells {
            prop_assert_eq!(cell(column), expected, "{}", column);
        }
    }
}
