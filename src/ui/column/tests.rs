//! Columns of a few numbers, looked at from all sides.

use super::*;
use proptest::prelude::*;

fn sizes(own: &[usize]) -> Sizes {
    Sizes(own.iter().enumerate().map(|(at, own)| Rows { gap: usize::from(at > 0), own: *own }).collect())
}

fn view(column: &Sizes, height: usize) -> View<usize> {
    let mut view = View::default();
    view.settle(column, height);
    view
}

fn shown(view: &View<usize>, column: &Sizes) -> Vec<(usize, usize, usize)> {
    view.seen(column).iter().map(|seen| (seen.spot, seen.y, seen.rows)).collect()
}

#[test]
fn what_is_seen_stands_below_each_other_with_its_gaps() {
    let column = sizes(&[1, 2, 3, 2]);
    let view = view(&column, 7);
    assert_eq!(shown(&view, &column), [(0, 0, 1), (1, 2, 2), (2, 5, 2)]);
    assert_eq!(view.at(&column, 3).map(|seen| seen.spot), Some(1));
    assert_eq!(view.at(&column, 4), None, "a blank row is nobody's");
}

#[test]
fn the_view_follows_the_cursor_both_ways() {
    let column = sizes(&[2; 10]);
    let mut view = view(&column, 8);
    view.move_by(&column, 3);
    assert_eq!(shown(&view, &column).last(), Some(&(3, 6, 2)), "the whole spot is on the screen");
    view.last(&column);
    assert_eq!(shown(&view, &column).last(), Some(&(9, 6, 2)));
    view.move_by(&column, -9);
    assert_eq!(shown(&view, &column)[0], (0, 0, 2));
    view.move_by(&column, 99_999_999);
    assert_eq!(view.cursor(), Some(9));
}

#[test]
fn what_is_higher_than_the_screen_is_read_row_by_row() {
    let column = sizes(&[1, 10, 1]);
    let mut view = view(&column, 4);
    view.move_by(&column, 1);
    assert_eq!(shown(&view, &column), [(1, 0, 4)], "it begins at the top");
    view.move_by(&column, 3);
    assert_eq!((view.cursor(), view.seen(&column)[0].cut), (Some(1), 3));
    view.move_by(&column, 4);
    assert_eq!((view.cursor(), shown(&view, &column).last().copied()), (Some(2), Some((2, 3, 1))));
}

#[test]
fn pages_move_view_and_cursor() {
    let column = sizes(&[1; 40]);
    let mut view = view(&column, 10);
    view.half_page(&column, 1);
    assert_eq!((view.cursor(), view.offset(&column)), (Some(3), 5));
    view.page(&column, 100);
    assert_eq!(view.cursor(), Some(39));
    view.page(&column, -100);
    assert_eq!((view.cursor(), view.offset(&column)), (Some(0), 0));
}

#[test]
fn the_wheel_keeps_the_cursor_in_the_view() {
    let column = sizes(&[1; 40]);
    let mut view = view(&column, 10);
    view.scroll(&column, 3);
    assert_eq!((view.offset(&column), view.cursor()), (3, Some(2)));
    view.scroll(&column, 1_000);
    assert_eq!(view.seen(&column).last().map(|seen| seen.spot), Some(39));
    view.scroll(&column, -1_000);
    assert_eq!((view.offset(&column), view.cursor()), (0, Some(4)));
}

proptest! {
    #[test]
    fn the_cursor_is_always_seen(
        own in prop::collection::vec(1usize..8, 0..30), height in 2usize..12,
        acts in prop::collection::vec((0u8..7, -9isize..9), 0..20),
    ) {
        let mut column = sizes(&own);
        let mut view = view(&column, height);
        for (act, by) in acts {
            match act {
                0 => view.move_by(&column, by),
                1 => view.scroll(&column, by),
                2 => view.page(&column, by),
                3 => view.half_page(&column, by),
                4 => view.last(&column),
                5 => view.first(&column),
                _ => {
                    column.0.truncate(by.unsigned_abs());
                    view.settle(&column, height);
                }
            }
            let seen = view.seen(&column);
            prop_assert_eq!(view.cursor().is_some(), !column.0.is_empty());
            if let Some(cursor) = view.cursor() {
                let it = seen.iter().find(|seen| seen.spot == cursor);
                prop_assert!(it.is_some_and(|it| it.rows == column.rows(cursor).own.min(height) || it.rows > 0));
            }
            prop_assert!(seen.iter().all(|seen| seen.y + seen.rows <= height));
            let last = seen.last().map_or(0, |seen| seen.y + seen.rows);
            let all_above = view.offset(&column) == 0;
            prop_assert!(last + 1 >= height || all_above, "no room is left but for a blank row while rows are above");
        }
    }
}
