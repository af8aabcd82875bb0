//! Where the panes of a record page stand: three beside each other from 116 columns, two from 100, below that one.

use super::pane::text_row;
use crate::ui::widgets::{MARGIN, NARROW, PANE_GAP, row};
use ratatui::layout::Rect;

/// Columns of the screen from which on all three panes have room.
const THREE_FROM: u16 = 116;
/// Rows of the screen below which blank ones are saved.
pub const LOW: u16 = 30;
/// What the outer panes take of the three: so many parts, and never more cells than that.
const PARTS: u32 = 110;
const ABOUT: (u32, u16) = (29, 44);
const ASSOCIATIONS: (u32, u16) = (30, 48);
/// The same beside the timeline alone.
const SIDE: (u32, u16) = (40, 40);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    About,
    #[default]
    Timeline,
    Associations,
}

impl Part {
    pub const ALL: [Part; 3] = [Part::About, Part::Timeline, Part::Associations];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    #[default]
    Three,
    /// The timeline, and one of the others with both as tabs.
    Two,
    /// All as tabs.
    One,
}

/// A pane: tabs with their rule, and what is below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub part: Part,
    pub title: Rect,
    pub body: Rect,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    pub form: Form,
    pub header: Rect,
    pub panes: Vec<Placed>,
}

impl Places {
    /// `area` is the page without its margins. `focus` has the focus, `side` stands beside the timeline.
    pub fn of(area: Rect, screen: Rect, focus: Part, side: Part) -> Places {
        let low = screen.height < LOW;
        let width = area.width + 2 * MARGIN;
        let form = match width {
            THREE_FROM.. => Form::Three,
            NARROW.. => Form::Two,
            _ => Form::One,
        };
        let columns = match form {
            Form::Three => three(area),
            Form::Two => two(area, side),
            Form::One => vec![(focus, area)],
        };
        let pane = |(part, column): (Part, Rect)| {
            let (title, body) = if low { (1, 3) } else { (2, 5) };
            let below =
                |y: u16| Rect { y: column.y + y.min(column.height), height: column.height.saturating_sub(y), ..column };
            Placed { part, title: Rect { height: below(title).height.min(2), ..below(title) }, body: below(body) }
        };
        // On a low screen the header takes the blank row below the breadcrumb.
        let header = Rect { y: area.y.saturating_sub(u16::from(low)), ..row(area, 0) };
        Places { form, header, panes: columns.into_iter().map(pane).collect() }
    }

    /// The pane at a cell of the screen; its ground reaches a cell past it on both sides.
    pub fn at(&self, (x, y): (u16, u16)) -> Option<Placed> {
        let within = |pane: &&Placed| {
            (pane.title.x.saturating_sub(1)..=pane.title.right()).contains(&x)
                && (pane.title.y..pane.body.bottom()).contains(&y)
        };
        self.panes.iter().find(within).copied()
    }
}

fn share(free: u16, (parts, most): (u32, u16)) -> u16 {
    ((u32::from(free) * parts / PARTS) as u16).min(most)
}

fn three(area: Rect) -> Vec<(Part, Rect)> {
    let free = area.width.saturating_sub(2 * PANE_GAP);
    let (about, associations) = (share(free, ABOUT), share(free, ASSOCIATIONS));
    let timeline = free.saturating_sub(about + associations);
    let mut x = 0;
    let widths = [(Part::About, about), (Part::Timeline, timeline), (Part::Associations, associations)];
    widths
        .map(|(part, width)| {
            let column = Rect { width, ..text_row_of(area, x) };
            x += width + PANE_GAP;
            (part, column)
        })
        .into()
}

fn two(area: Rect, side: Part) -> Vec<(Part, Rect)> {
    let free = area.width.saturating_sub(PANE_GAP);
    let beside = share(free, SIDE);
    let timeline = Rect { width: free - beside, ..area };
    let side = (side, Rect { width: beside, ..text_row_of(area, timeline.width + PANE_GAP) });
    vec![(Part::Timeline, timeline), side]
}

/// `area` from its column `x` on.
fn text_row_of(area: Rect, x: u16) -> Rect {
    Rect { height: area.height, ..text_row(area, x, 0) }
}
