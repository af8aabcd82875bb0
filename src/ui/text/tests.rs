//! Cleaning, cutting and wrapping.

use proptest::prelude::*;
use ratatui::style::{Modifier, Style};

use super::*;

#[test]
fn dangerous_characters_are_taken_out() {
    assert_eq!(clean("Zofia"), "Zofia");
    assert!(matches!(clean("plain ASCII"), Cow::Borrowed(_)));
    assert_eq!(clean("a\x1b[31mb\x07\u{9b}c"), "a[31mbc");
    assert_eq!(clean("one\ntwo\tthree\r\n"), "one two three ");
    assert_eq!(clean("inv\u{202E}fdp.exe\u{2066}\u{200F}"), "invfdp.exe");
    assert_eq!(clean("ad\u{200B}min\u{FEFF}\u{00AD}"), "admin");
    assert_eq!(clean("❤\u{FE0F}"), "❤");
    assert_eq!(clean("👨\u{200D}👩\u{200D}👧"), "👨👩👧");
    assert_eq!(clean("क्\u{200D}ष"), "क्\u{200D}ष", "a joiner inside a word is writing");
    assert_eq!(clean("e\u{301}Łódź"), "e\u{301}Łódź");
    assert_eq!(clean(&format!("z{}a", "\u{300}".repeat(40))), format!("z{}a", "\u{300}".repeat(4)));
}

#[test]
fn text_is_cut_by_cells() {
    assert_eq!(fit("Małgorzata Iłżecka-Dąbrowska", 26, "…"), "Małgorzata Iłżecka-Dąbrow…");
    assert_eq!(fit("花園光学", 8, "…"), "花園光学");
    assert_eq!(fit("花園光学", 7, "…"), "花園光…");
    assert_eq!(fit("花園光学", 6, "…"), "花園…", "a wide character is not cut in half");
    assert_eq!(fit("Jan Kowalski", 5, "…"), "Jan…", "no blank before the mark");
    assert_eq!(fit("Jan", 1, "…"), "…");
    assert_eq!(fit("Jan", 0, "…"), "");
    assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2, "…"), "e\u{301}…");
}

#[test]
fn an_email_shows_person_and_company() {
    let cut = |email, room| fit_email(email, room, "…").into_owned();
    assert_eq!(cut("z.wierzbicka@nordhafen-energie.example", 21), "z.wierzb…@nordhafen-…");
    assert_eq!(cut("z.wierzbicka@nordhafen-energie.example", 17), "z.wier…@nordhafe…");
    assert_eq!(cut("saeki@hanazono-optics.example", 21), "saeki@hanazono-optic…");
    assert_eq!(cut("a.very.long.person@x.pl", 20), "a.very.long.pe…@x.pl");
    assert_eq!(cut("a@b.pl", 20), "a@b.pl");
    assert_eq!(cut("not an address at all", 10), "not an ad…");
}

#[test]
fn padding_counts_cells() {
    assert_eq!(pad("花", 4), "花  ");
    assert_eq!(pad_left("2 d ago", 9), "  2 d ago");
    assert_eq!(pad("too long", 3), "too long");
}

#[test]
fn hits_are_marked_where_they_are_seen() {
    let (base, hit) = (Style::new(), Style::new().add_modifier(Modifier::UNDERLINED));
    let spans = |text: &'static str, hits: Range<usize>, room| -> Vec<(String, bool)> {
        hit_spans(text, std::slice::from_ref(&hits), room, "…", [base, hit])
            .into_iter()
            .map(|span| (span.content.into_owned(), span.style == hit))
            .collect()
    };
    let piece = |text: &str, is_hit| (text.to_owned(), is_hit);
    assert_eq!(
        spans("Dorota Nowakowska", 11..14, 40),
        [piece("Dorota Nowa", false), piece("kow", true), piece("ska", false)]
    );
    assert_eq!(spans("Nowakowska", 4..7, 6), [piece("Nowa", false), piece("k", true), piece("…", false)]);
    assert_eq!(spans("Löwenthal", 0..2, 40), [piece("Lö", true), piece("wenthal", false)], "half a letter is a letter");
    assert_eq!(spans("Jan", 0..9, 40), [piece("Jan", true)]);
    assert_eq!(spans("Jan", 0..0, 2), [piece("J", false), piece("…", false)]);
}

#[test]
fn long_text_is_wrapped_at_blanks() {
    let text = "Asked for a quote on 40 panels, delivery split over two sites.";
    assert_eq!(wrap(text, 46), ["Asked for a quote on 40 panels, delivery split", "over two sites."]);
    assert_eq!(wrap("one\n\ntwo", 10), ["one", "", "two"]);
    assert_eq!(wrap("Donaudampfschiff", 6), ["Donaud", "ampfsc", "hiff"]);
    assert_eq!(wrap("花園光学", 5), ["花園", "光学"]);
    assert_eq!(wrap("", 5), Vec::<String>::new());
}

proptest! {
    #[test]
    fn what_is_cut_fits(text in "\\PC{0,40}", room in 0usize..30) {
        let text = clean(&text).into_owned();
        prop_assert!(fit(&text, room, "…").width() <= room);
        prop_assert!(fit_email(&text, room, "…").width() <= room);
        for line in wrap(&text, room.max(2)) {
            let single = line.graphemes(true).count() == 1;
            prop_assert!(line.width() <= room.max(2) || single, "{line}");
        }
    }

    #[test]
    fn what_is_cleaned_is_clean(text in any::<String>()) {
        let once = clean(&text).into_owned();
        prop_assert!(!once.chars().any(char::is_control));
        prop_assert_eq!(clean(&once), once.as_str());
    }
}

#[test]
fn punctuation_stays_with_its_word() {
    assert_eq!(wrap("on Thu 19 Nov, by import.", 13), ["on Thu 19", "Nov, by", "import."]);
    assert_eq!(wrap("(so) it is", 4), ["(so)", "it", "is"]);
}
