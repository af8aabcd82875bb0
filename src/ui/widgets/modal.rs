//! A box over the page: dims what lies behind, draws border, title and keys, and says where its content goes.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::{Block, Widget},
};

use super::footer::{hint_line, hint_places};
use super::{Hint, Look, NARROW, clear, draw_left, draw_right, row, width_of};
use crate::ui::text::width;

/// Cells between the box's edge and its content, border included.
const INSET: u16 = 3;

#[derive(Debug, Default)]
pub struct Modal<'a> {
    /// A bold verb or noun, and its object.
    pub title: Line<'a>,
    /// Below the title, dim.
    pub subtitle: Option<Line<'a>>,
    /// What esc does: `close` or `cancel`.
    pub escape: &'a str,
    /// Columns and rows it would like, border included.
    pub size: (u16, u16),
    pub hints: &'a [Hint<'a>],
    /// The one primary button and its key, or a dim remark.
    pub right: Option<Corner<'a>>,
}

/// What stands in the lower right corner.
#[derive(Debug)]
pub enum Corner<'a> {
    Button(&'a str, &'a str),
    Remark(&'a str),
}

impl Modal<'_> {
    /// Draws all but the content, whose place it gives.
    pub fn draw(&self, buf: &mut Buffer, screen: Rect, look: Look) -> Rect {
        look.theme.dim_behind(buf, screen);
        // A modal brings keys of its own, those of the page are not in force.
        let footer = row(screen, screen.height.saturating_sub(1));
        clear(buf, footer);
        // A theme that paints its page paints this row too.
        buf.set_style(footer, look.theme.page);
        let area = self.place(screen);
        draw_box(buf, area, look);
        let inner = Rect { x: area.x + INSET.min(area.width), width: area.width.saturating_sub(2 * INSET), ..area };
        let escape = Hint::new("esc", self.escape);
        let used = draw_right(buf, row(inner, 1), &Line::from(escape.spans(look).to_vec()));
        let title = Rect { width: inner.width.saturating_sub(used + 2), ..row(inner, 1) };
        draw_left(buf, title, &fitting(&self.title, title.width, look));
        if let Some(subtitle) = &self.subtitle {
            draw_left(buf, row(inner, 2), subtitle);
        }
        let has_keys = !self.hints.is_empty() || self.right.is_some();
        if has_keys {
            self.draw_keys(buf, row(inner, area.height.saturating_sub(2)), look);
        }
        let below = if has_keys { 3 } else { 1 };
        let top = if self.subtitle.is_some() { 4 } else { 3 };
        Rect { y: inner.y + top.min(inner.height), height: inner.height.saturating_sub(top + below), ..inner }
    }

    /// Where the button and the hints stand, and what closes it, each with the key that it is for.
    pub fn buttons(&self, screen: Rect, look: Look) -> Vec<(Rect, String)> {
        let area = self.place(screen);
        let inner = Rect { x: area.x + INSET.min(area.width), width: area.width.saturating_sub(2 * INSET), ..area };
        let from_right = |line: Rect, width: u16| {
            let width = width.min(line.width);
            Rect { x: line.right() - width, width, ..line }
        };
        let escape = Hint::new("esc", self.escape);
        let mut buttons = vec![(from_right(row(inner, 1), width_of(&escape.spans(look))), "esc".to_owned())];
        let line = row(inner, area.height.saturating_sub(2));
        let mut used = 0;
        match &self.right {
            Some(Corner::Button(word, key)) => {
                used = (width(word) + width(&look.ways.name(key))) as u16 + 5;
                buttons.push((from_right(line, used), (*key).to_owned()));
            }
            Some(Corner::Remark(text)) => used = width(text) as u16,
            None => {}
        }
        let room = line.width.saturating_sub(used + if used > 0 { 2 } else { 0 });
        for (place, hint) in hint_places(self.hints, Rect { width: room, ..line }, look).into_iter().zip(self.hints) {
            buttons.push((place, hint.keys.to_string()));
        }
        buttons
    }

    fn draw_keys(&self, buf: &mut Buffer, area: Rect, look: Look) {
        let theme = look.theme;
        let used = match &self.right {
            Some(Corner::Button(word, key)) => {
                let key = format!(" {}", look.ways.name(key));
                let spans = [Span::styled(format!("  {word}  "), theme.button), Span::styled(key, theme.accent)];
                draw_right(buf, area, &Line::from_iter(spans))
            }
            Some(Corner::Remark(text)) => draw_right(buf, area, &Line::styled(*text, theme.dim)),
            None => 0,
        };
        let room = area.width.saturating_sub(used + if used > 0 { 2 } else { 0 });
        draw_left(buf, area, &hint_line(self.hints, room, look));
    }

    /// In the middle, at most 85 of 100 of the screen; the whole width of a narrow one.
    pub fn place(&self, screen: Rect) -> Rect {
        let most = |cells: u16| cells - cells * 15 / 100;
        let (width, height) = if screen.width < NARROW {
            (screen.width, self.size.1.min(screen.height))
        } else {
            (self.size.0.min(most(screen.width)), self.size.1.min(most(screen.height)))
        };
        let (left, top) = ((screen.width - width) / 2, (screen.height - height) / 2);
        Rect { x: screen.x + left, y: screen.y + top, width, height }
    }
}

/// A bordered box on surface, blank inside.
pub fn draw_box(buf: &mut Buffer, area: Rect, look: Look) {
    clear(buf, area);
    Block::bordered()
        .border_set(look.glyphs.border)
        .border_style(look.theme.edge)
        .style(look.theme.page.patch(look.theme.surface))
        .render(area.intersection(buf.area), buf);
}

/// A title that is too long says so.
fn fitting<'t>(title: &Line<'t>, room: u16, look: Look) -> Line<'t> {
    let mut left = usize::from(room);
    let mut spans = Vec::with_capacity(title.spans.len());
    for span in &title.spans {
        let wide = width(&span.content);
        if wide > left {
            spans.push(Span::styled(look.fit(&span.content, left as u16).into_owned(), span.style));
            break;
        }
        left -= wide;
        spans.push(span.clone());
    }
    Line { spans, ..title.clone() }
}
