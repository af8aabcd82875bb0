//! Cells that are changed after they were drawn: the page behind a modal, and text on a reversed row.

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Rect,
    style::{Color, Modifier},
};

use super::{Rgb, Theme};

/// What is left of a colour over its ground, and of a ground over the page.
const TEXT_LEFT: f32 = 0.42;
const GROUND_LEFT: f32 = 0.45;

impl Theme {
    /// Dims what was drawn in `area`, before a modal is drawn over it.
    pub fn dim_behind(&self, buf: &mut Buffer, area: Rect) {
        for position in area.intersection(buf.area).positions() {
            let cell = &mut buf[position];
            cell.modifier.remove(Modifier::BOLD);
            if self.has_shades() {
                self.fade(cell);
            } else {
                cell.modifier.insert(Modifier::DIM);
            }
        }
    }

    fn fade(&self, cell: &mut Cell) {
        let page = self.palette.bg;
        let ground = rgb(cell.bg).map(|bg| bg.over(page, GROUND_LEFT));
        let text = rgb(cell.fg).unwrap_or(self.palette.text);
        cell.fg = self.depth.colour(text.over(ground.unwrap_or(page), TEXT_LEFT));
        if let Some(ground) = ground {
            cell.bg = self.depth.colour(ground);
        }
    }
}

/// Makes one even bar of a reversed row, where text in a colour would leave a patch of that colour.
pub fn even_out(buf: &mut Buffer, area: Rect) {
    for position in area.intersection(buf.area).positions() {
        let cell = &mut buf[position];
        cell.fg = Color::Reset;
        cell.modifier.remove(Modifier::DIM);
    }
}

fn rgb(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Rgb(r, g, b) => Some(Rgb(r, g, b)),
        Color::Indexed(index) => Some(Rgb::of_index(index)),
        _ => None,
    }
}
