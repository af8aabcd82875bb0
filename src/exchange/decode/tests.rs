//! Encodings told apart, and files that are no text.

use std::io::Read;

use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// Gives a few bytes at a time, as pipes do.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.1.min(self.0.len()).min(out.len());
        out[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

fn decoded(bytes: &[u8]) -> (String, &'static str, bool) {
    let mut decoder = Decoder::new(Trickle(bytes, 3)).unwrap();
    let mut text = String::new();
    decoder.read_to_string(&mut text).unwrap();
    (text, decoder.encoding(), decoder.is_flawed())
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[rstest]
#[case::ascii(b"Jan", "Jan", "UTF-8")]
#[case::empty(b"", "", "UTF-8")]
#[case::utf8("Łódź 東京".as_bytes(), "Łódź 東京", "UTF-8")]
#[case::utf8_marked(b"\xef\xbb\xbfJ\xc3\xb3zef", "Józef", "UTF-8")]
#[case::cp1250(b"\xa3\xf3d\x9f, G\xeasia, M\xfcller", "Łódź, Gęsia, Müller", "windows-1250")]
#[case::cp1250_at_the_end(b"Jan \xb3", "Jan ł", "windows-1250")]
fn reads_eight_bits(#[case] bytes: &[u8], #[case] text: &str, #[case] encoding: &str) {
    assert_eq!(decoded(bytes), (text.to_owned(), encoding, false));
}

#[rstest]
#[case(u16::to_le_bytes, "UTF-16LE")]
#[case(u16::to_be_bytes, "UTF-16BE")]
fn reads_sixteen_bits(#[case] unit: fn(u16) -> [u8; 2], #[case] encoding: &str) {
    let text = "name;city\r\nZażółć;Łódź\r\nJan;Kraków, Poland\r\n";
    for marked in [text.to_owned(), format!("\u{feff}{text}")] {
        assert_eq!(decoded(&utf16(&marked, unit)), (text.to_owned(), encoding, false));
    }
}

#[test]
fn decides_by_what_comes_late_and_across_blocks() {
    let ascii = "x".repeat(3 * BLOCK - 1);
    let utf8 = format!("{ascii}ą{ascii}ę");
    assert_eq!(decoded(utf8.as_bytes()), (utf8.clone(), "UTF-8", false));
    let mut cp1250 = ascii.clone().into_bytes();
    cp1250.push(0xb9);
    assert_eq!(decoded(&cp1250), (format!("{ascii}ą"), "windows-1250", false));
}

#[test]
fn one_broken_character_does_not_garble_the_others() {
    let (text, encoding, flawed) = decoded(b"J\xc3\xb3zef \xff \xc5\x81\xc3\xb3d\xc5\xba");
    assert_eq!((text.as_str(), encoding, flawed), ("Józef \u{fffd} Łódź", "UTF-8", true));
}

#[rstest]
#[case(b"PK\x03\x04..[Content_Types].xml..xl/workbook.xml", "This is an Excel workbook: save it as CSV first.")]
#[case(b"PK\x03\x04..notes.txt", "This is a zip archive: unpack it first.")]
#[case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Excel workbook: save it as CSV first.")]
#[case(b"%PDF-1.7", "This is a PDF: export the data as CSV where it came from.")]
#[case(b"\x1f\x8b\x08", "This is a gzip archive: unpack it first.")]
#[case(b"ab\0\0\0\0cd\0\0\x01\x02\0\0", "This is not a text file: save the data as CSV or JSON lines first.")]
fn refuses_what_is_no_text(#[case] bytes: &[u8], #[case] sentence: &str) {
    let Err(error) = Decoder::new(bytes) else { panic!("taken for text") };
    assert_eq!(error.to_string(), sentence);
}

#[test]
fn says_when_the_disk_fails() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let Err(error) = Decoder::new(Broken) else { panic!("read from nothing") };
    assert_eq!(error.to_string(), "The file cannot be read: the disk is gone.");
}

proptest! {
    #[test]
    fn valid_text_comes_through(text in "[^\0]*", size in 1_usize..9) {
        let Ok(mut decoder) = Decoder::new(Trickle(text.as_bytes(), size)) else { return Ok(()) };
        let mut out = String::new();
        decoder.read_to_string(&mut out).unwrap();
        prop_assert_eq!(out, text.strip_prefix('\u{feff}').unwrap_or(&text));
    }

    #[test]
    fn any_bytes_become_text(bytes: Vec<u8>, size in 1_usize..9) {
        if let Ok(mut decoder) = Decoder::new(Trickle(&bytes, size)) {
            prop_assert!(decoder.read_to_string(&mut String::new()).is_ok());
        }
    }
}
