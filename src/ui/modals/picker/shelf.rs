//! The shelf of a picker: what is ticked and what was unticked stays in sight over all searches.

use super::Picker;
use super::picks::Pick;
use crate::domain::id::RecordId;
use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::{draw_left, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Where the chips begin, after their word and number.
const CHIPS_AT: u16 = 11;
/// Rows of what is ticked at most; what was unticked takes one.
const ROWS: u16 = 2;
/// Cells of one name at most.
const NAME: u16 = 26;

/// Chips in rows, and how many have no room.
struct Laid<'a> {
    rows: Vec<Vec<(&'a Pick, Line<'static>)>>,
    left: usize,
}

impl Picker {
    /// Rows that the shelf takes, its rule included; none while nothing is ticked.
    pub(super) fn shelf_rows(&self, width: u16, cx: &Cx) -> u16 {
        let (on, off) = self.laid(width, cx);
        let rows = (on.rows.len() + off.rows.len()) as u16;
        if rows > 0 { rows + 1 } else { 0 }
    }

    /// Draws it, and says where each record stands, for clicks.
    pub(super) fn paint_shelf(&self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Vec<(Rect, RecordId)> {
        let theme = cx.look.theme;
        let rule = cx.look.glyphs.rule.repeat(usize::from(area.width));
        draw_left(buf, row(area, 0), &Line::styled(rule, theme.line));
        let (on, off) = self.laid(area.width, cx);
        let (mut y, mut places) = (1, Vec::new());
        for (word, number, laid) in [("Ticked", self.picks.on().len(), on), ("Unticked", self.picks.off().len(), off)] {
            for (at, chips) in laid.rows.iter().enumerate() {
                let line = row(area, y);
                if at == 0 {
                    let count = format!(" {number}");
                    let head = [Span::styled(word, theme.title), Span::styled(count, theme.dim)];
                    draw_left(buf, line, &Line::from_iter(head));
                }
                let mut x = line.x + CHIPS_AT;
                for (pick, chip) in chips {
                    let place = Rect { x, width: line.right().saturating_sub(x), ..line };
                    let used = draw_left(buf, place, chip);
                    places.push((Rect { width: used, ..place }, pick.id));
                    x += used + 1;
                }
                if laid.left > 0 && at + 1 == laid.rows.len() {
                    let place = Rect { x, width: line.right().saturating_sub(x), ..line };
                    draw_left(buf, place, &Line::styled(format!("+{}", laid.left), theme.dim));
                }
                y += 1;
            }
        }
        places
    }

    fn laid(&self, width: u16, cx: &Cx) -> (Laid<'_>, Laid<'_>) {
        let room = width.saturating_sub(CHIPS_AT);
        let names: Vec<&str> = self.picks.on().iter().chain(self.picks.off()).map(|pick| pick.name.as_str()).collect();
        let on = self.picks.on().iter().map(|pick| (pick, self.chip(pick, false, &names, cx)));
        let off = self.picks.off().iter().map(|pick| (pick, self.chip(pick, true, &names, cx)));
        (lay(on.collect(), room, ROWS), lay(off.collect(), room, 1))
    }

    /// ` Jan Kowalski poczta.example × `.
    fn chip(&self, pick: &Pick, going: bool, names: &[&str], cx: &Cx) -> Line<'static> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let mut spans = vec![Span::raw(" ")];
        if going {
            spans.push(Span::styled("- ", theme.err));
        }
        let tone = if going { theme.dim } else { theme.text };
        let name = clean(&pick.name);
        spans.push(Span::styled(cx.look.fit(&name, NAME).into_owned(), tone));
        let has_namesake =
            self.offers.has_namesake(pick.id) || names.iter().filter(|name| **name == pick.name).count() > 1;
        if has_namesake && !pick.known_by.is_empty() {
            let known = clean(&pick.known_by);
            spans.push(Span::styled(format!(" {}", cx.look.fit(&known, NAME)), theme.dim));
        }
        if !going && self.picks.primary() == Some(pick.id) {
            spans.push(Span::styled(format!(" {}", glyphs.primary), theme.accent));
        }
        spans.push(Span::styled(format!(" {} ", glyphs.remove), theme.dim));
        spans.into_iter().map(|span| Span::styled(span.content, span.style.patch(theme.raised))).collect()
    }
}

fn lay<'p>(chips: Vec<(&'p Pick, Line<'static>)>, room: u16, most: u16) -> Laid<'p> {
    let mut laid = Laid { rows: Vec::new(), left: 0 };
    let mut x = 0;
    for (pick, chip) in chips {
        let width = chip.width() as u16;
        // The last row keeps room for the number of those that have none.
        let is_last = laid.rows.len() == usize::from(most);
        let end = room.saturating_sub(if is_last { 5 } else { 0 });
        if laid.left == 0 && x > 0 && x + width <= end {
            x += width + 1;
            if let Some(row) = laid.rows.last_mut() {
                row.push((pick, chip));
            }
        } else if laid.left == 0 && laid.rows.len() < usize::from(most) {
            x = width + 1;
            laid.rows.push(vec![(pick, chip)]);
        } else {
            laid.left += 1;
        }
    }
    laid
}
