//! What stands over or instead of a page.

use std::time::Instant;

use super::*;

#[test]
fn toasts_stand_above_the_footer_and_make_way() {
    let now = Instant::now();
    let mut toasts = Toasts::default();
    toasts.push(Toast::ok("12 deals moved to the bin").way("u", "undoes"), now);
    let rows = drawn(60, 24, |buf, area, look| toasts.draw(buf, area, None, look));
    assert_eq!(rows[17].trim_start(), "▌");
    assert_eq!(rows[18], format!("{}▌ ✓ 12 deals moved to the bin", " ".repeat(26)));
    assert_eq!(rows[19].trim_start(), "▌   u undoes");
    assert_eq!(&rows[21..], ["", "", ""]);
    let cursor = Rect::new(0, 19, 60, 1);
    let rows = drawn(60, 24, |buf, area, look| {
        toasts.draw(buf, area, Some(cursor), look);
    });
    assert!(rows[5].contains("12 deals"), "not over the cursor's row");
}

#[test]
fn errors_stay_and_the_rest_goes() {
    let start = Instant::now();
    let mut toasts = Toasts::default();
    toasts.push(Toast::error("Could not save"), start);
    for title in ["one", "two", "three"] {
        toasts.push(Toast::info(title), start);
    }
    let rows = drawn(60, 24, |buf, area, look| toasts.draw(buf, area, None, look)).join("\n");
    assert!(rows.contains("Could not save") && rows.contains("three") && !rows.contains("one"));
    assert_eq!(toasts.next_expiry(), Some(start + Duration::from_secs(4)));
    assert!(!toasts.expire(start + Duration::from_millis(3_999)));
    assert!(toasts.expire(start + Duration::from_secs(4)));
    assert_eq!(toasts.newest().map(|toast| toast.title.as_str()), Some("Could not save"));
    assert_eq!(toasts.next_expiry(), None);
    assert!(toasts.dismiss() && !toasts.dismiss());
}

#[test]
fn a_modal_says_where_its_content_goes() {
    let hints = [Hint::new("enter", "run")];
    let modal = Modal {
        title: Line::from("Commands and records"),
        escape: "close",
        size: (76, 26),
        hints: &hints,
        right: Some(Corner::Button("Create", "ctrl-s")),
        ..Modal::default()
    };
    let mut body = Rect::ZERO;
    let rows = drawn(120, 36, |buf, area, look| {
        body = modal.draw(buf, area, look);
    });
    assert_eq!(body, Rect::new(25, 8, 70, 20));
    assert_eq!(rows[5].trim(), format!("╭{}╮", "─".repeat(74)));
    assert!(rows[6].contains("│  Commands and records") && rows[6].ends_with("esc close  │"));
    assert!(rows[29].contains("│  enter run") && rows[29].ends_with("  Create   ctrl-s  │"));
    assert_eq!(modal.place(Rect::new(0, 0, 80, 24)), Rect::new(0, 0, 80, 24), "narrow: the whole width");
    let large = Modal { size: (200, 200), ..Modal::default() };
    assert_eq!(large.place(Rect::new(0, 0, 120, 36)).as_size(), (102, 31).into());
}

#[test]
fn what_may_follow_a_prefix_stands_in_two_columns() {
    let next = [("c", "Contacts"), ("o", "Companies"), ("d", "Deals"), ("t", "Tickets"), ("l", "Leads")];
    let next: Vec<Hint> = next.into_iter().map(|(keys, word)| Hint::new(keys, word)).collect();
    let rows = drawn(120, 36, |buf, area, look| {
        WhichKey { keys: "g", label: "go to…", next: &next }.draw(buf, area, look);
    });
    let box_rows: Vec<&str> = rows[26..34].iter().map(|row| row.trim()).collect();
    assert_eq!(
        box_rows,
        [
            "╭────────────────────────────────────────────────────────╮",
            "│  g go to…                                  esc cancel  │",
            "│                                                        │",
            "│   c  Contacts               t  Tickets                 │",
            "│   o  Companies              l  Leads                   │",
            "│   d  Deals                                             │",
            "│                                                        │",
            "╰────────────────────────────────────────────────────────╯",
        ]
    );
}

#[test]
fn emptiness_has_a_sentence_and_a_way_out() {
    let rows = drawn(40, 14, |buf, area, look| {
        EmptyState { sentence: "No deal was won this week.", hints: &[Hint::new("esc", "clears the filters")] }
            .draw(buf, area, look);
    });
    assert_eq!(
        rows[..10],
        [
            "",
            "               ╲        ╱",
            "                ╲      ╱",
            "                 ╲    ╱",
            "                  ╲  ╱",
            "                   ││",
            "",
            "       No deal was won this week.",
            "",
            "         esc clears the filters",
        ]
    );
    let low = drawn(40, 5, |buf, area, look| {
        EmptyState { sentence: "No deal was won this week.", hints: &[] }.draw(buf, area, look);
    });
    assert_eq!(low[0].trim(), "No deal was won this week.");
}

#[test]
fn a_small_window_says_what_it_needs() {
    assert!(is_too_small(Rect::new(0, 0, 59, 15)) && is_too_small(Rect::new(0, 0, 60, 14)));
    assert!(!is_too_small(Rect::new(0, 0, 60, 15)));
    let rows = drawn(48, 12, draw_too_small);
    assert_eq!(
        rows[4..10],
        [
            "                       ▽",
            "",
            "             Need 60×15, have 48×12",
            "    Make the window larger: nothing is lost.",
            "",
            "              q back   ctrl-c quit",
        ]
    );
}

#[test]
fn the_irreversible_asks_with_its_numbers() {
    let rows = drawn(100, 20, |buf, area, look| {
        let detail =
            "Jan Kowalski, Zofia Wierzbicka and Miles Ashdown. Their names and 41 activities can't be brought back.";
        Confirm { question: "Erase 3 contacts for good?", detail, act: "erase 3 contacts", word: None }
            .draw(buf, area, look);
    });
    let text = rows.join("\n");
    assert!(text.contains("Erase 3 contacts for good?") && text.contains("41 activities can't be brought back."));
    assert!(text.contains("y erase 3 contacts") && text.contains("Cancel"));
}
