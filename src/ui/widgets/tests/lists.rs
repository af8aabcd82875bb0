//! Columns, rows and the scrollbar.

use proptest::prelude::*;
use ratatui::style::Modifier;

use super::*;
use crate::theme::{Depth, Mode};

pub(super) fn columns() -> Vec<Column<'static>> {
    let column = |title: &'static str, min, ideal, gives_way| Column {
        title: title.into(),
        min,
        ideal,
        gives_way,
        ..Column::default()
    };
    vec![
        Column { flexible: true, ..column("Name", 20, 26, 0) },
        Column { flexible: true, ..column("Company", 20, 26, 3) },
        Column { short: Some(("Life".into(), 4)), ..column("Lifecycle stage", 21, 21, 2) },
        column("E-mail", 21, 21, 1),
        Column { align: Align::Right, ..column("Activity", 10, 11, 4) },
    ]
}

fn widths(width: u16) -> Vec<(usize, u16, bool)> {
    layout(&columns(), width).iter().map(|placed| (placed.column, placed.width, placed.short)).collect()
}

#[test]
fn columns_fill_the_width_and_give_way_in_order() {
    assert_eq!(widths(113), [(0, 26, false), (1, 26, false), (2, 21, false), (3, 21, false), (4, 11, false)]);
    assert_eq!(widths(90), [(0, 26, false), (1, 26, false), (2, 21, false), (4, 11, false)]);
    assert_eq!(widths(73), [(0, 26, false), (1, 26, false), (2, 4, true), (4, 11, false)]);
    assert_eq!(widths(50), [(0, 31, false), (2, 4, true), (4, 11, false)]);
    assert_eq!(widths(26), [(0, 20, false), (2, 4, true)]);
}

proptest! {
    #[test]
    fn columns_never_overlap_or_leave_the_row(width in 26u16..300) {
        let placed = layout(&columns(), width);
        for pair in placed.windows(2) {
            prop_assert_eq!(pair[0].x + pair[0].width + 2, pair[1].x);
        }
        let last = placed.last().unwrap();
        prop_assert_eq!(last.x + last.width, width, "numbers end on the edge");
    }
}

#[test]
fn heads_show_what_the_list_is_sorted_by() {
    let head = drawn(73, 1, |buf, area, look| {
        let columns = columns();
        let placed = layout(&columns, area.width);
        draw_head(buf, area, &columns, &placed, &[Sorted { column: 4, ascending: false }], look);
    });
    assert_eq!(head[0], "Name                        Company                     Life   Activity ↓");
}

#[test]
fn of_several_sort_keys_each_has_its_number() {
    let head = drawn(80, 1, |buf, area, look| {
        let columns = columns();
        let sorted = [Sorted { column: 4, ascending: false }, Sorted { column: 0, ascending: true }];
        draw_head(buf, area, &columns, &layout(&columns, area.width), &sorted, look);
    });
    assert!(head[0].starts_with("Name ↑2 ") && head[0].ends_with("Activity ↓1"), "{}", head[0]);
}

#[test]
fn a_cursor_row_reaches_one_cell_past_its_pane() {
    let theme = Theme::default();
    let buf = page(20, 4, |buf, _, look| {
        paint_row(buf, Rect::new(2, 0, 16, 1), RowState::Cursor { focused: true }, look);
        paint_row(buf, Rect::new(2, 1, 16, 1), RowState::Marked, look);
        paint_row(buf, Rect::new(2, 2, 16, 2), RowState::Unfolded { focused: false }, look);
    });
    let grounds = |y| (0..20).map(|x| buf[(x, y)].style().bg.unwrap()).collect::<Vec<_>>();
    for (y, style) in [(0, theme.sel), (1, theme.surface), (2, theme.selgrey), (3, theme.surface)] {
        let row = grounds(y);
        assert!(row[1..19].iter().all(|ground| Some(*ground) == style.bg), "row {y}");
        assert_ne!(Some(row[0]), style.bg, "row {y}");
        assert_ne!(Some(row[19]), style.bg, "row {y}");
    }
    let bars: Vec<&str> = (0..4).map(|y| buf[(1, y)].symbol()).collect();
    assert_eq!(bars, ["▌", " ", "▌", "▌"]);
    assert_eq!(buf[(1, 0)].style().fg, theme.accent.fg);
    assert_eq!(buf[(1, 2)].style().fg, theme.faint.fg);
}

#[test]
fn without_shades_the_cursor_row_is_one_even_bar() {
    let theme = Theme::new(Mode::Dark, Depth::Named, None);
    let look = Look::new(&theme, &glyphs::ASCII);
    let mut buf = Buffer::empty(Rect::new(0, 0, 12, 1));
    paint_row(&mut buf, Rect::new(1, 0, 10, 1), RowState::Cursor { focused: true }, look);
    draw_left(&mut buf, Rect::new(1, 0, 10, 1), &Line::styled("dim", theme.dim));
    let first = buf[(0, 0)].style();
    assert!(first.add_modifier.contains(Modifier::REVERSED));
    assert_eq!(buf[(1, 0)].style(), first);
}

#[test]
fn the_thumb_shows_where_one_is() {
    let thumb = |offset: isize| {
        let mut window = Window::new(148, 26);
        window.scroll(offset);
        let buf = page(12, 26, |buf, _, look| {
            draw_scrollbar(buf, Rect::new(1, 0, 10, 26), &window, look);
        });
        let rows: Vec<u16> = (0..26).filter(|y| buf[(11, *y)].symbol() == "▐").collect();
        (rows[0], rows.len())
    };
    assert_eq!(thumb(0), (0, 4));
    assert_eq!(thumb(999), (22, 4));
    assert_eq!(thumb(61), (11, 4));
    let all = page(12, 26, |buf, _, look| {
        draw_scrollbar(buf, Rect::new(1, 0, 10, 26), &Window::new(26, 26), look);
    });
    assert_eq!(all, page(12, 26, |_, _, _| ()), "no thumb while all is seen");
}
