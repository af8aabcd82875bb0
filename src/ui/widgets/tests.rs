//! Widgets as the cells they draw.

mod fields;
mod floating;
mod lists;

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::glyphs;

/// Draws on a page of this size and gives its rows without blanks at their ends.
fn drawn(width: u16, height: u16, draw: impl FnOnce(&mut Buffer, Rect, Look)) -> Vec<String> {
    let buf = page(width, height, draw);
    (0..height).map(|y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned()).collect()
}

fn page(width: u16, height: u16, draw: impl FnOnce(&mut Buffer, Rect, Look)) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let theme = Theme::default();
    draw(&mut buf, area, Look::new(&theme, &glyphs::UNICODE));
    buf
}

fn tabs(width: u16, active: usize, focused: bool) -> Vec<String> {
    let mut own = Tab::new("My contacts").count("148");
    own.changed = true;
    let tabs = [own, Tab::new("All contacts").count("2 148"), Tab::new("Recently created")];
    drawn(width, 2, |buf, area, look| {
        TabBar { tabs: &tabs, active, focused, gap: 3, signs: true, right: Line::from("A add") }.draw(buf, area, look);
    })
}

#[test]
fn tabs_stand_over_a_rule_with_a_heavy_piece() {
    assert_eq!(
        tabs(70, 1, true),
        [
            "My contacts * 148   All contacts 2 148   Recently created        A add",
            "────────────────────━━━━━━━━━━━━━━━━━━────────────────────────────────",
        ]
    );
    assert!(!tabs(70, 1, false)[1].contains('━'), "only the pane with the focus has it");
}

#[test]
fn the_active_tab_is_always_seen() {
    assert_eq!(tabs(44, 2, true)[0], "‹ Recently created                     A add");
    assert_eq!(tabs(50, 0, true)[0], "My contacts * 148   All contacts 2 148 ›     A add");
    assert_eq!(tabs(70, 0, true)[0], "My contacts * 148   All contacts 2 148   Recently created        A add");
    let tabs = [Tab::new("One"), Tab::new("Two")];
    let bar = TabBar { tabs: &tabs, active: 0, focused: true, gap: 3, signs: true, right: Line::default() };
    let area = Rect::new(2, 4, 30, 2);
    assert_eq!(bar.at(area, (9, 4)), Some(1));
    assert_eq!(bar.at(area, (6, 4)), None);
}

#[test]
fn the_status_drops_from_the_right() {
    let head = |width, last: &'static str| {
        drawn(width, 1, |buf, area, look| {
            let due = Status { sign: Span::raw("□"), count: "4".into(), word: "due" };
            let unread = Status { sign: Span::raw("●"), count: "3".into(), word: "" };
            Breadcrumb { parents: &["Contacts"], last, status: &[unread, due], user: "Maja Sikorska" }
                .draw(buf, area, look);
        })
        .remove(0)
    };
    let name = "Zofia Wierzbicka";
    assert!(head(116, name).starts_with("▽  Contacts › Zofia Wierzbicka  "));
    assert!(head(116, name).ends_with("●  3   □ 4 due   Maja Sikorska".replace("●  3", "● 3").as_str()));
    assert!(head(76, name).ends_with("  ● 3  □ 4  Maja S."));
    let long = "Małgorzata Iłżecka-Dąbrowska of the Zakłady Wierzba works, Łódź, who has a very long name indeed";
    assert!(head(116, long).ends_with("   ● 3   □ 4   Maja S."), "who acts is always named (R6.5)");
    assert!(head(116, long).contains('…'));
}

#[test]
fn the_footer_drops_whole_hints() {
    let hints = [Hint::new("enter", "open"), Hint::new("/", "search"), Hint::new("g", "go to")];
    let footer = |width, chip: Option<&'static str>| {
        drawn(width, 1, |buf, area, look| {
            Footer { chip: chip.map(Into::into), note: None, hints: &hints }.draw(buf, area, look);
        })
        .remove(0)
    };
    assert_eq!(footer(50, None), "enter open   / search   g go to             ? more");
    assert_eq!(footer(36, None), "enter open   / search         ? more");
    assert_eq!(footer(50, Some("3 selected")), " 3 selected    enter open   / search        ? more");
    let note = drawn(50, 1, |buf, area, look| {
        Footer { chip: Some("g".into()), note: Some("waiting for the second key".into()), hints: &[] }
            .draw(buf, area, look);
    });
    assert_eq!(note[0], " g  waiting for the second key");
}

#[test]
fn chips_without_room_are_counted() {
    let chip = |property: &'static str, test: &'static str| Chip::new(property, test).removable();
    let chips = [chip("Owner", "is me"), chip("Lifecycle", "is not Evangelist"), chip("Last activity", "within 30 d")];
    let line = |width| {
        drawn(width, 1, |buf, area, look| {
            ChipRow {
                chips: &chips,
                focus: None,
                hint: Some(Hint::new("f", "add filter")),
                count: Some(("148".into(), "of 2 148".into())),
            }
            .draw(buf, area, look);
        })
        .remove(0)
    };
    assert_eq!(
        line(116),
        " Owner is me ×   Lifecycle is not Evangelist ×   Last activity within 30 d ×   f add filter             148 of 2 148"
    );
    assert_eq!(line(70), " Owner is me ×   Lifecycle is not Evangelist ×  +1        148 of 2 148");
}

#[test]
fn a_chip_joins_its_parts_with_or_and_the_one_with_the_focus_is_seen() {
    let mut country = Chip::new("Country", "is Poland").removable();
    country.any.push(Part { property: "Country".into(), test: "is Germany".into() });
    country.any.push(Part { property: "City".into(), test: "is Wien".into() });
    let chips = [Chip::new("Owner", "is me").removable(), country];
    let line = |width, focus| {
        drawn(width, 1, |buf, area, look| {
            ChipRow { chips: &chips, focus, ..ChipRow::default() }.draw(buf, area, look);
        })
        .remove(0)
    };
    assert_eq!(line(90, None), " Owner is me ×   Country is Poland or is Germany or City is Wien ×");
    assert_eq!(line(50, None), " Owner is me ×  +1");
    assert_eq!(line(55, Some((1, 2))), "‹  Country is Poland or is Germany or City is Wien ×");
}

#[test]
fn sections_and_fields_keep_their_right_end() {
    let rows = drawn(30, 3, |buf, area, look| {
        SectionHead { unfolded: Some(true), title: "Deals", count: Some("3".into()), right: Some("92 400 €".into()) }
            .draw(buf, row(area, 0), look);
        SectionHead {
            unfolded: Some(false),
            title: "A very long title of a section",
            count: Some("12".into()),
            right: Some("7".into()),
        }
        .draw(buf, row(area, 1), look);
        draw_field(buf, row(area, 2), "E-mail", 12, &Line::from("z.wier…@nordhafe…"), look);
    });
    assert_eq!(
        rows,
        ["▾ Deals 3             92 400 €", "▸ A very long title of a… 12 7", "E-mail      z.wier…@nordhafe…"]
    );
}

#[test]
fn the_spinner_turns() {
    let theme = Theme::default();
    let look = Look::new(&theme, &glyphs::ASCII);
    let frames: String = (0..5).map(|n| look.spinner(Duration::from_millis(80 * n))).collect();
    assert_eq!(frames, r"|/-\|");
}

proptest! {
    #[test]
    fn nothing_panics_in_a_page_too_small_for_it(width in 0u16..40, height in 0u16..12) {
        let hints = [Hint::new("enter", "open"), Hint::new("/", "search")];
        let tabs = [Tab::new("My contacts").count("148"), Tab::new("花園光学")];
        let chips = [Chip::new("Owner", "is me").removable()];
        let mut toasts = Toasts::default();
        toasts.push(Toast::error("Could not save").text("The disk is full.").way("r", "try again"), Instant::now());
        page(width, height, |buf, area, look| {
            TabBar { tabs: &tabs, active: 1, focused: true, gap: 3, signs: true, right: Line::from("A add") }.draw(buf, area, look);
            Breadcrumb { parents: &["Contacts"], last: "花園光学", status: &[], user: "Maja" }.draw(buf, area, look);
            Footer { chip: Some("3 selected".into()), note: None, hints: &hints }.draw(buf, area, look);
            ChipRow { chips: &chips, focus: Some((0, 0)), hint: None, count: Some(("1".into(), "of 2".into())) }.draw(buf, area, look);
            SectionHead { unfolded: Some(true), title: "Deals", count: None, right: Some("92 400 €".into()) }.draw(buf, area, look);
            draw_field(buf, area, "E-mail", 12, &Line::from("x"), look);
            draw_head(buf, area, &lists::columns(), &layout(&lists::columns(), area.width), &[], look);
            paint_row(buf, area, RowState::Cursor { focused: true }, look);
            draw_scrollbar(buf, area, &Window::new(99, 5), look);
            let options = FieldLook { focused: true, prompt: Some(Span::raw("/")), placeholder: "name" };
            TextField::new("花園光学").draw(buf, area, &options, look);
            WhichKey { keys: "g", label: "go to…", next: &hints }.draw(buf, area, look);
            Confirm { question: "Erase?", detail: "All of it.", act: "erase", word: None }.draw(buf, area, look);
            EmptyState { sentence: "Nothing.", hints: &hints }.draw(buf, area, look);
            draw_too_small(buf, area, look);
            toasts.draw(buf, area, None, look);
        });
    }
}
