//! Values that want to break the screen, and windows that are no windows.

use crate::common::people;
use crate::common::pilot::Pilot;

#[test]
fn values_cannot_leave_their_cells() {
    let endless = "Endless ".repeat(1_250);
    let marks = format!("Mark{}", "\u{301}".repeat(10_000));
    let names = [
        "Esc \x1b[2J\x1b]0;owned\x07 ape",
        "Bidi \u{202E}gpj.exe\u{2066}",
        "Line\nbreak\tand\u{2028}more",
        "Zero\u{200B}width\u{FEFF} and \u{00AD}shy",
        "Family 👨\u{200D}👩\u{200D}👧 👍🏽 \u{FE0F}",
        endless.as_str(),
        marks.as_str(),
        "ไทย ཀྵ ﷽ 𝕏 \u{1F1F5}\u{1F1F1}",
    ];
    let workspace = people::named(&names);
    for (width, height) in [(80, 24), (160, 45), (60, 15)] {
        let mut pilot = Pilot::start(&workspace, width, height);
        for keys in ["j", "G", "k k", "s n", "enter", "esc", ":", "esc", "/ e", "enter"] {
            pilot.press(keys);
            for row in pilot.rows() {
                let is_harmless = |c: char| {
                    !c.is_control()
                        && !matches!(c, '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
                };
                assert!(row.chars().all(is_harmless), "{row:?}");
                let columns = lejek::ui::text::width(&row);
                assert!(columns <= usize::from(width), "{columns} cells in {width}: {row}");
            }
        }
    }
}

#[test]
fn every_row_ends_where_it_should() {
    let names = ["Plain", "佐伯 美咲 花園光学 花園光学 花園光学 花園光学", "e\u{301}e\u{301} Combining", "Wide 👍 one"];
    let pilot = Pilot::start(&people::named(&names), 100, 30);
    let ages = ["just now", "1 min ago", "2 min ago", "3 min ago"];
    let rows = pilot.rows();
    for age in ages {
        let row = rows.iter().find(|row| row.contains(age)).unwrap();
        assert_eq!(lejek::ui::text::width(row), 98, "{row}");
    }
}

#[test]
fn no_wide_letter_reaches_into_a_box() {
    let workspace = people::named(&["花園光学花園光学花園光学花園光学花園光学花園光学花園光学花園光学花園光学"; 20]);
    for width in 80..84 {
        let mut pilot = Pilot::start(&workspace, width, 30);
        pilot.press("s");
        let borders = pilot.rows().iter().filter(|row| row.contains('│')).count();
        assert!(borders > 5, "every row of the box has its left border:\n{}", pilot.screen());
        let edge = pilot
            .rows()
            .iter()
            .find(|row| row.contains('╭'))
            .map(|row| row.split('╭').next().map(lejek::ui::text::width));
        for row in pilot.rows().iter().filter(|row| row.contains('│')) {
            assert_eq!(Some(row.split('│').next().map(lejek::ui::text::width)), edge, "{row}");
        }
    }
}

#[test]
fn a_search_for_anything_is_only_a_search() {
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    for text in ["\\", "(*", "%s%n", "ß", "ﷺ", "  ", "\u{301}"] {
        pilot.press("/ ctrl-u").type_in(text);
        pilot.press("enter j k esc");
    }
    assert!(pilot.shows("30 contacts"), "{}", pilot.screen());
}

#[test]
fn no_size_of_the_window_is_too_much() {
    let workspace = people::workspace();
    let sizes =
        [(1, 1), (20, 5), (59, 15), (60, 14), (60, 15), (61, 29), (99, 30), (100, 30), (140, 15), (300, 90), (2, 200)];
    let mut pilot = Pilot::start(&workspace, 120, 36);
    for keys in ["j", "/", "esc", "s", "esc", ":", "esc", "?", "esc", "enter", "esc", "g t", "g c"] {
        pilot.press(keys);
        for (width, height) in sizes {
            pilot.resize(width, height);
        }
        pilot.resize(120, 36);
    }
    assert!(pilot.shows("佐伯 美咲"), "{}", pilot.screen());
}
