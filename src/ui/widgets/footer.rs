//! The last row: keys and what they do, and before them what the keys will act on.

use std::borrow::Cow;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use super::{Look, blanks, draw_left, draw_right, width_of};
use crate::keys;

/// Never more than this at once.
const MOST: usize = 7;
const GAP: u16 = 3;

/// A key and its word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint<'a> {
    pub keys: Cow<'a, str>,
    pub word: Cow<'a, str>,
    /// The keys are those of now, and not those from the start.
    is_now: bool,
}

impl<'a> Hint<'a> {
    pub fn new(keys: impl Into<Cow<'a, str>>, word: impl Into<Cow<'a, str>>) -> Self {
        Self { keys: keys.into(), word: word.into(), is_now: false }
    }

    /// Of keys that are in force as they are written.
    pub fn now(keys: impl Into<Cow<'a, str>>, word: impl Into<Cow<'a, str>>) -> Self {
        Self { is_now: true, ..Self::new(keys, word) }
    }

    pub(super) fn name<'n>(&'n self, look: Look) -> Cow<'n, str> {
        if self.is_now { Cow::Borrowed(self.keys.as_ref()) } else { look.ways.name(&self.keys) }
    }

    pub(super) fn spans(&self, look: Look) -> [Span<'_>; 3] {
        [
            Span::styled(self.name(look), look.theme.accent),
            Span::raw(" "),
            Span::styled(self.word.as_ref(), look.theme.dim),
        ]
    }
}

impl<'a> From<&'a keys::Line> for Hint<'a> {
    fn from(line: &'a keys::Line) -> Self {
        Self::now(line.keys.as_str(), line.label.as_str())
    }
}

/// The hints that fit into `room` cells, whole ones only.
pub fn hint_line<'a>(hints: &'a [Hint<'a>], room: u16, look: Look) -> Line<'a> {
    let mut spans: Vec<Span> = Vec::new();
    for hint in hints {
        let gap = if spans.is_empty() { 0 } else { GAP };
        let next = hint.spans(look);
        if width_of(&spans) + gap + width_of(&next) > room {
            break;
        }
        spans.push(blanks(gap));
        spans.extend(next);
    }
    Line::from(spans)
}

/// Where the hints of that line stand.
pub fn hint_places(hints: &[Hint], line: Rect, look: Look) -> Vec<Rect> {
    let mut places = Vec::new();
    let mut x = 0;
    for hint in hints {
        let (gap, width) = (if x == 0 { 0 } else { GAP }, width_of(&hint.spans(look)));
        if x + gap + width > line.width {
            break;
        }
        places.push(Rect { x: line.x + x + gap, width, ..line });
        x += gap + width;
    }
    places
}

/// Draws the hints that fit into the first row of `area`. Gives the cells used.
pub fn draw_hints(buf: &mut Buffer, area: Rect, hints: &[Hint], look: Look) -> u16 {
    draw_left(buf, area, &hint_line(hints, area.width, look))
}

#[derive(Debug, Default)]
pub struct Footer<'a> {
    /// On accent, before the hints: `3 selected`, or the keys of a prefix.
    pub chip: Option<Cow<'a, str>>,
    /// Instead of hints, as `waiting for the second key`.
    pub note: Option<Cow<'a, str>>,
    pub hints: &'a [Hint<'a>],
}

impl Footer<'_> {
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: Look) {
        self.draw_with_help(buf, area, "?", look);
    }

    /// `help`: the key that shows all keys, which is another one while a text field has the focus.
    pub fn draw_with_help(&self, buf: &mut Buffer, area: Rect, help: &str, look: Look) {
        let mut free = area;
        if let Some(chip) = &self.chip {
            let used = draw_left(buf, free, &Line::styled(format!(" {chip} "), look.theme.button));
            free = after(free, used + if self.note.is_some() { 1 } else { GAP });
        }
        if let Some(note) = &self.note {
            draw_left(buf, free, &Line::styled(note.as_ref(), look.theme.dim));
            return;
        }
        let more = Hint::new(help, "more");
        let used = draw_right(buf, area, &Line::from(more.spans(look).to_vec()));
        free.width = free.width.saturating_sub(used + GAP);
        draw_hints(buf, free, &self.hints[..self.hints.len().min(MOST)], look);
    }
}

fn after(area: Rect, used: u16) -> Rect {
    let used = used.min(area.width);
    Rect { x: area.x + used, width: area.width - used, ..area }
}
