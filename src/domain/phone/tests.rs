//! Which phone numbers come in, and by which digits they are found.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[rstest]
#[case("+48 600 100 200", "", "+48600100200")]
#[case("0048 600-100-200", "PL", "+48600100200")]
#[case("600 100 200", "PL", "+48600100200")]
#[case("0600100200", "PL", "+48600100200")]
#[case("48 600 100 200", "PL", "+48600100200")]
#[case("(22) 123 45 67", "pl", "+48221234567")]
#[case("+44 (0)20 7946 0018", "PL", "+442079460018")]
#[case("+44 020 7946 0018", "PL", "+442079460018")]
#[case("020 7946 0018", "GB", "+442079460018")]
#[case("030/123456", "DE", "+4930123456")]
#[case("+49 (0) 30 123456", "PL", "+4930123456")]
#[case("+39 06 1234 5678", "DE", "+390612345678")]
#[case("06 1234 5678", "IT", "+390612345678")]
#[case("06 1 234 5678", "HU", "+3612345678")]
#[case("8 (495) 123-45-67", "RU", "+74951234567")]
#[case("(415) 293-3313", "US", "+14152933313")]
#[case("1-955-371-0847 x371", "US", "+19553710847")]
#[case("011 48 600 100 200", "US", "+48600100200")]
#[case("tel:+48-600-100-200", "", "+48600100200")]
#[case("+1 415 293 3313 ext. 12", "", "+14152933313")]
#[case("＋４８ ６００ １００ ２００", "", "+48600100200")]
#[case("+48\u{a0}600\u{2011}100\u{2011}200\u{202c}", "", "+48600100200")]
#[case("+290 12345", "", "+29012345")]
fn tells_the_country(#[case] text: &str, #[case] home: &str, #[case] e164: &str) {
    let phone = normalise(text, home).unwrap();
    assert_eq!(phone.e164.as_deref(), Some(e164));
    assert_eq!(phone.key(), &e164[1..]);
    assert_eq!(normalise(e164, "").unwrap().e164.as_deref(), Some(e164));
}

#[rstest]
#[case("1-955-371-0847 x371", "PL", "19553710847")]
#[case("(415) 293-3313", "PL", "4152933313")]
#[case("262.397.7937", "PL", "2623977937")]
#[case("555-1234", "US", "5551234")]
#[case("600 100 200", "", "600100200")]
#[case("600 100 200", "??", "600100200")]
fn keeps_numbers_from_elsewhere(#[case] text: &str, #[case] home: &str, #[case] digits: &str) {
    let phone = normalise(text, home).unwrap();
    assert_eq!((phone.e164.as_deref(), phone.key()), (None, digits));
    assert_eq!(phone.text, text);
    assert_eq!(key(text, home).as_deref(), Some(digits));
}

#[rstest]
#[case("1-955-371-0847 x371", "371")]
#[case("1-365-756-9410 x4781", "4781")]
#[case("+48 22 123 45 67 wew. 12", "12")]
#[case("+48 22 123 45 67, ext: 12", "12")]
#[case("+48 22 123 45 67 Extension 12", "12")]
#[case("+48221234567#9", "9")]
#[case("tel:+48221234567;ext=9", "9")]
fn keeps_the_extension_apart(#[case] text: &str, #[case] extension: &str) {
    assert_eq!(normalise(text, "").unwrap().extension.as_deref(), Some(extension));
}

#[test]
fn keeps_the_text_as_written() {
    assert_eq!(normalise("  (415)\t 293-3313\u{200b} ", "US").unwrap().text, "(415) 293-3313");
}

#[rstest]
#[case("+49 123", "", "Too short for Germany: 7 digits or more after +49.")]
#[case("12", "DE", "Too short for Germany: 7 digits or more after +49.")]
#[case("12", "", "Too short: a phone number has 5 digits or more.")]
#[case("+48 600 100 2000", "", "Too long for Poland: 9 digits at most after +48.")]
#[case("600 100 200 600 100 200", "PL", "Too long: 15 digits at most. Write one number a field.")]
#[case("+48600100200, +48600100201", "", "“,” is in no phone number. Write it like +48 600 100 200, ext. 12.")]
#[case(
    "+48600100200 +48600100201",
    "",
    "There is more than one + here. Write one number a field, like +48 600 100 200."
)]
#[case("unknown", "", "“u” is in no phone number. Write it like +48 600 100 200, ext. 12.")]
#[case("", "", "There is no phone number here. Write it like +48 600 100 200.")]
#[case("+", "", "Too short: 8 digits or more after the +.")]
fn says_what_is_wrong(#[case] text: &str, #[case] home: &str, #[case] sentence: &str) {
    assert_eq!(normalise(text, home).unwrap_err(), sentence);
}

#[test]
fn no_calling_code_hides_another() {
    for (at, row) in COUNTRIES.iter().enumerate() {
        assert!(row.least <= row.most && row.code.len() + row.most <= MOST, "{}", row.iso);
        for other in &COUNTRIES[..at] {
            assert_ne!(row.iso, other.iso);
            assert!(row.code == other.code || !row.code.starts_with(other.code) && !other.code.starts_with(row.code));
        }
    }
}

proptest! {
    #[test]
    fn never_panics(text in "[+0-9()x. /-]{0,20}|\\PC*", at in 0..COUNTRIES.len()) {
        if let Ok(phone) = normalise(&text, COUNTRIES[at].iso) {
            prop_assert!(phone.key().bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert_eq!(normalise(&phone.text, COUNTRIES[at].iso), Ok(phone));
        }
    }

    #[test]
    fn a_number_ends_alike_in_every_country(text in "(\\+|00|011)?[0-9]{1,3}( ?\\(0\\) ?| 0)?[0-9 /-]{1,12}( x12)?") {
        let keys = || COUNTRIES.iter().map(|row| row.iso).chain([""]).filter_map(|home| key(&text, home));
        if let Some(first) = keys().next() {
            for other in keys() {
                prop_assert_eq!(ending(&first), ending(&other), "{}", text);
            }
        }
    }
}
