//! What stands where nothing is: the funnel with a sentence and the way out, and the card of a window too small.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use super::{Hint, Look, draw_centred, footer::hint_line, row};
use crate::ui::text::wrap;

/// The smallest window a page can be drawn in.
const LEAST: (u16, u16) = (60, 15);

/// Cells of a line of the sentence.
const WIDEST: u16 = 76;

#[derive(Debug)]
pub struct EmptyState<'a> {
    pub sentence: &'a str,
    pub hints: &'a [Hint<'a>],
}

impl EmptyState<'_> {
    /// Where there is no room for the drawing, the sentence stands alone.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: Look) {
        let drawing = if area.height >= 11 { funnel(look) } else { Vec::new() };
        let sentence = wrap(self.sentence, usize::from(area.width.min(WIDEST)));
        let said = sentence.len() as u16;
        let height = drawing.len() as u16 + said + 2;
        let mut y = area.height.saturating_sub(height) / 3;
        for line in &drawing {
            draw_centred(buf, row(area, y), line);
            y += 1;
        }
        for (y, line) in (y..).zip(&sentence) {
            draw_centred(buf, row(area, y), &Line::styled(line.as_str(), look.theme.title));
        }
        draw_centred(buf, row(area, y + said + 1), &hint_line(self.hints, area.width, look));
    }
}

/// The funnel and a blank row.
fn funnel(look: Look) -> Vec<Line<'static>> {
    let glyphs = look.glyphs;
    let sides = (0..4usize).map(|step| format!("{}{}{}", glyphs.falling, " ".repeat(8 - 2 * step), glyphs.rising));
    let spout = glyphs.upright.repeat(2);
    sides.chain([spout, String::new()]).map(|line| Line::styled(line, look.theme.edge)).collect()
}

pub fn is_too_small(screen: Rect) -> bool {
    screen.width < LEAST.0 || screen.height < LEAST.1
}

pub fn draw_too_small(buf: &mut Buffer, screen: Rect, look: Look) {
    let theme = look.theme;
    let times = look.glyphs.times;
    let need = format!("Need {}{times}{}, have {}{times}{}", LEAST.0, LEAST.1, screen.width, screen.height);
    let hints = [Hint::new("q", "back"), Hint::new("ctrl-c", "quit")];
    let lines = [
        Line::styled(look.glyphs.lejek, theme.accent),
        Line::default(),
        Line::styled(need, theme.title),
        Line::from(Span::styled("Make the window larger: nothing is lost.", theme.dim)),
        Line::default(),
        hint_line(&hints, screen.width, look),
    ];
    let top = screen.height.saturating_sub(4) / 2;
    for (y, line) in (top.min(screen.height.saturating_sub(6))..).zip(&lines) {
        draw_centred(buf, row(screen, y), line);
    }
}
