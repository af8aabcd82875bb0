//! Titles in headers.

use super::*;

#[test]
fn a_title_of_ascii_stands_as_it_is() {
    assert_eq!(encoded("Deal moved: Closed won"), "Deal moved: Closed won");
}

#[test]
fn other_letters_travel_in_encoded_words_that_are_cut_between_letters() {
    assert_eq!(encoded("Łódź"), "=?UTF-8?B?xYHDs2TFug==?=");
    let words = encoded(&"ż".repeat(100));
    assert!(words.is_ascii());
    for word in words.split(' ') {
        assert!(word.len() <= 75, "{word}");
        let inner = word.strip_prefix("=?UTF-8?B?").and_then(|word| word.strip_suffix("?=")).unwrap();
        assert!(String::from_utf8(STANDARD.decode(inner).unwrap()).unwrap().chars().all(|c| c == 'ż'));
    }
}

#[test]
fn what_looks_encoded_is_encoded() {
    assert!(encoded("=?UTF-8?B?eA==?=").starts_with("=?UTF-8?B?PT9V"));
}

#[test]
fn a_long_text_is_cut_between_letters() {
    let text = cut(format!("a{}", "ż".repeat(5_000)));
    assert!(text.len() <= LONGEST && text.len() > LONGEST - 8 && text.ends_with("ż…"));
}
