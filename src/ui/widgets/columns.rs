//! The columns of a list: which have room, how wide they are, and their heads.

use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect, text::Line};

use super::{Look, draw_left, draw_right};
use crate::ui::text::{fit, width};

/// Blank cells between two columns.
const GAP: u16 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    /// Numbers, dates, ages.
    Right,
}

#[derive(Debug, Clone, Default)]
pub struct Column<'a> {
    pub title: Cow<'a, str>,
    /// Below this it is shortened or dropped.
    pub min: u16,
    /// What it grows to before anything else gets more.
    pub ideal: u16,
    /// Whether it takes what is left over.
    pub flexible: bool,
    pub align: Align,
    /// The order in which columns give way when there is no room, 1 first; 0 never.
    pub gives_way: u8,
    /// A narrower form, with its head, that stays instead of the column being dropped.
    pub short: Option<(Cow<'a, str>, u16)>,
}

/// Where a column stands, counted from the left edge of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub column: usize,
    pub x: u16,
    pub width: u16,
    /// It has its short form.
    pub short: bool,
}

impl Placed {
    pub fn rect(&self, row: Rect) -> Rect {
        let x = row.x + self.x.min(row.width);
        Rect { x, width: self.width.min(row.right() - x), height: row.height.min(1), ..row }
    }
}

/// The columns that have room in `width` cells, with what is over given to those that can use it.
pub fn layout(columns: &[Column], width: u16) -> Vec<Placed> {
    let mut shown = kept(columns, width);
    let used: u16 = total(&shown);
    let mut spare = width.saturating_sub(used);
    let short_of_ideal = |placed: &Placed| !placed.short && placed.width < columns[placed.column].ideal;
    grow(&mut shown, &mut spare, columns, short_of_ideal);
    grow(&mut shown, &mut spare, columns, |placed| !placed.short && columns[placed.column].flexible);
    let mut x = 0;
    for placed in &mut shown {
        placed.x = x;
        x += placed.width + GAP;
    }
    shown
}

/// All columns at their narrowest, without those that give way.
fn kept(columns: &[Column], width: u16) -> Vec<Placed> {
    let narrowest = |(column, spec): (usize, &Column)| Placed { column, x: 0, width: spec.min, short: false };
    let mut shown: Vec<Placed> = columns.iter().enumerate().map(narrowest).collect();
    let mut order: Vec<usize> = (0..columns.len()).filter(|column| columns[*column].gives_way > 0).collect();
    order.sort_by_key(|column| columns[*column].gives_way);
    for column in order {
        if total(&shown) <= width {
            break;
        }
        match &columns[column].short {
            Some((_, width)) => {
                for placed in shown.iter_mut().filter(|placed| placed.column == column) {
                    placed.width = *width;
                    placed.short = true;
                }
            }
            None => shown.retain(|placed| placed.column != column),
        }
    }
    shown
}

fn total(shown: &[Placed]) -> u16 {
    let gaps = shown.len().saturating_sub(1) as u16 * GAP;
    shown.iter().map(|placed| placed.width).sum::<u16>() + gaps
}

/// Gives the spare cells one by one to the column that has grown least.
fn grow(shown: &mut [Placed], spare: &mut u16, columns: &[Column], may: impl Fn(&Placed) -> bool) {
    while *spare > 0 {
        let growth = |placed: &&mut Placed| placed.width - columns[placed.column].min;
        let Some(placed) = shown.iter_mut().filter(|placed| may(placed)).min_by_key(growth) else {
            return;
        };
        placed.width += 1;
        *spare -= 1;
    }
}

/// A column that the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorted {
    pub column: usize,
    pub ascending: bool,
}

/// `sorted`: in the order in which they decide; of several each has its number.
pub fn draw_head(buf: &mut Buffer, row: Rect, columns: &[Column], placed: &[Placed], sorted: &[Sorted], look: Look) {
    for place in placed {
        let column = &columns[place.column];
        let title = match &column.short {
            Some((title, _)) if place.short => title,
            _ => &column.title,
        };
        let rank = sorted.iter().position(|sorted| sorted.column == place.column);
        let line = match rank {
            Some(rank) => {
                let arrow = if sorted[rank].ascending { look.glyphs.ascending } else { look.glyphs.descending };
                let number = if sorted.len() > 1 { (rank + 1).to_string() } else { String::new() };
                let room = place.width.saturating_sub(1 + number.len() as u16);
                // Rather than that a word is cut, the arrow stands close to it; a short form needs no sign of that.
                let blank = if width(title) < usize::from(room) { " " } else { "" };
                let mark = if place.short { "" } else { look.glyphs.ellipsis };
                Line::styled(format!("{}{blank}{arrow}{number}", fit(title, usize::from(room), mark)), look.theme.title)
            }
            None => Line::styled(look.fit(title, place.width), look.theme.dim),
        };
        draw_cell(buf, row, *place, column.align, &line);
    }
}

/// Draws a cell's content, which is cut hard if it is wider than its column: cut it with `…` before.
pub fn draw_cell(buf: &mut Buffer, row: Rect, placed: Placed, align: Align, line: &Line) {
    let area = placed.rect(row);
    match align {
        Align::Left => draw_left(buf, area, line),
        Align::Right => draw_right(buf, area, line),
    };
}
