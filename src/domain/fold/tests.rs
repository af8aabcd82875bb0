//! What search finds and how names sort.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[rstest]
#[case("Łódź", "lodz")]
#[case("Zażółć gęślą jaźń", "zazolc gesla jazn")]
#[case("Straße", "strasse")]
#[case("GROẞ", "gross")]
#[case("Ærø Œuvre Þór Ðað", "aero oeuvre thor dad")]
#[case("Diyarbakır İstanbul", "diyarbakir istanbul")]
#[case("  a \t\n b  ", "a b")]
#[case("a\u{200b}b\u{202e}c\u{7}", "abc")]
#[case("a \u{200b} b", "a b")]
#[case("\u{200b} a", "a")]
#[case("Cafe\u{301}", "cafe")]
#[case("ＡＢＣ　１２", "abc 12")]
#[case("ﾊﾞｰ", "ハー")]
#[case("ﬁn", "fin")]
#[case("Ὀδυσσεύς", "οδυσσευσ")]
#[case("Ёлка", "елка")]
#[case("東京", "東京")]
#[case("한국", "한국")]
#[case("कीर्ति", "कीर्ति")]
#[case("❤\u{fe0f}", "❤")]
#[case("￣", "")]
#[case("", "")]
fn folds(#[case] text: &str, #[case] folded: &str) {
    assert_eq!(fold(text), folded);
}

#[test]
fn appends_without_a_blank_before() {
    let mut out = "x".to_owned();
    fold_into(" Ą ", &mut out);
    assert_eq!(out, "xa");
}

#[test]
fn a_query_is_its_folded_words() {
    assert_eq!(words("  Jan   KOWALSKI "), ["jan", "kowalski"]);
    assert!(words(" \u{200b}").is_empty());
}

#[rstest]
#[case("Anna Löwe", "lo", Some("Lö"))]
#[case("Anna Lo\u{308}we", "lo", Some("Lo\u{308}"))]
#[case("Großmann", "s", Some("ß"))]
#[case("Jan  \u{200b} Nowak", "n n", Some("n  \u{200b} N"))]
#[case("Müller", "x", None)]
#[case("Müller", "", None)]
#[case("", "a", None)]
fn finds_where_it_is_written(#[case] text: &str, #[case] needle: &str, #[case] found: Option<&str>) {
    assert_eq!(find_folded(text, needle).map(|range| &text[range]), found);
}

#[test]
fn hits_are_sorted_and_merged() {
    let text = "Łolo Olo";
    assert_eq!(all_hits(text, &["olo", "lol"]), [0..5, 6..9]);
    assert!(all_hits(text, &words("")).is_empty());
}

fn sorted<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let mut names = names.to_vec();
    names.reverse();
    names.sort_by_cached_key(|name| collate(name));
    names
}

#[rstest]
#[case::polish(&["ara", "azyl", "ąa", "bar", "cez", "ćma", "dom", "el", "ęa", "lz", "łan", "ma", "nz", "ńa", "oz", "ósmy", "pa", "sz", "śa", "ta", "zz", "źrebię", "żaba"])]
#[case::german(&["Abt", "Azur", "Ärger", "Bach", "Otto", "Ozean", "Öl", "Straf", "Straße", "Strauß", "Uz", "Übel"])]
#[case::japanese(&["Zz", "あい", "うえ", "サトウ", "田中", "鈴木"])]
#[case::case_aside(&["anna", "Bert", "carl", "Dora"])]
#[case::kinds(&[" x", "-x", "1x", "9", "a", "z", "б"])]
#[case::short_before_long(&["Jan", "Jan Kot", "Jana"])]
#[case::french(&["ez", "èa", "éa", "f"])]
#[case::wide(&["a", "Ａb", "b"])]
#[case::ties(&["JAN", "Jan", "jan"])]
#[case::quotes(&["“x", "1", "a"])]
fn sorts(#[case] names: &[&str]) {
    assert_eq!(sorted(names), names);
}

#[test]
fn composed_and_decomposed_stand_together() {
    assert_eq!(sorted(&["łz", "s\u{301}a", "śb", "t"]), ["łz", "s\u{301}a", "śb", "t"]);
    assert_eq!(sorted(&["Иван", "Й", "И\u{306}а"]), ["Иван", "Й", "И\u{306}а"]);
}

#[test]
fn a_blank_in_disguise_is_one() {
    assert_eq!(fold("a\u{ffe3}\u{ffe3} b\u{ffe3}"), "a b");
    assert!(words("\u{ffe3}").is_empty());
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC*") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn a_hit_is_a_slice_of_the_text(text in "[a-zß łŁóŹ\u{301}\u{200b}ﬁ]{0,12}", needle in "[a-z ]{1,2}") {
        if let Some(range) = find_folded(&text, &needle) {
            let found = &text[range];
            prop_assert!(fold(&format!("x{found}x")).contains(&needle), "{found:?}");
        } else {
            prop_assert!(!fold(&text).contains(&needle));
        }
    }

    #[test]
    fn different_texts_have_different_keys(a in "\\PC{0,6}", b in "\\PC{0,6}") {
        prop_assert_eq!(collate(&a) == collate(&b), a == b);
    }
}
