//! The row of filters above a list, with the count of what is left.

use std::borrow::Cow;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use super::{Hint, Look, draw_left, draw_right, width_of};

/// One comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part<'a> {
    /// Dim.
    pub property: Cow<'a, str>,
    /// Operator and value.
    pub test: Cow<'a, str>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chip<'a> {
    /// Any of them holds: they are joined with `or`.
    pub any: Vec<Part<'a>>,
    /// Whether it ends in a `×`.
    pub removable: bool,
    /// It can't be asked any more.
    pub broken: bool,
}

impl<'a> Chip<'a> {
    pub fn new(property: impl Into<Cow<'a, str>>, test: impl Into<Cow<'a, str>>) -> Self {
        Self { any: vec![Part { property: property.into(), test: test.into() }], ..Self::default() }
    }

    #[must_use]
    pub fn removable(mut self) -> Self {
        self.removable = true;
        self
    }

    /// `focused`: which of its parts has the focus.
    fn spans(&self, focused: Option<usize>, look: Look) -> Vec<Span<'_>> {
        let theme = look.theme;
        let mut spans = Vec::new();
        for (at, part) in self.any.iter().enumerate() {
            let ground = if focused == Some(at) { theme.sel } else { theme.raised };
            if at > 0 {
                spans.push(Span::styled(" or", theme.dim.patch(theme.raised)));
            }
            let repeats = at > 0 && self.any[at - 1].property == part.property;
            let text = if self.broken { theme.warn } else { theme.text };
            let text = if focused == Some(at) { text.patch(theme.title) } else { text };
            // `Country is Poland or is Germany`: what is said once is known.
            let property = if repeats { "" } else { part.property.as_ref() };
            for (piece, style) in [(property, theme.dim), (part.test.as_ref(), text)] {
                if !piece.is_empty() {
                    spans.push(Span::styled(format!(" {piece}"), style.patch(ground)));
                }
            }
        }
        if self.removable {
            spans.push(Span::styled(format!(" {}", look.glyphs.remove), theme.dim.patch(theme.raised)));
        }
        spans.push(Span::styled(" ", theme.raised));
        spans
    }

    /// Draws it so that it ends at the right edge of `area`. Gives the cells used.
    pub fn draw_right(&self, buf: &mut Buffer, area: Rect, look: Look) -> u16 {
        draw_right(buf, area, &Line::from(self.spans(None, look)))
    }
}

#[derive(Debug, Default)]
pub struct ChipRow<'a> {
    pub chips: &'a [Chip<'a>],
    /// The chip with the focus, and which of its parts; it is always seen.
    pub focus: Option<(usize, usize)>,
    pub hint: Option<Hint<'a>>,
    /// `148` and `of 2 148`.
    pub count: Option<(Cow<'a, str>, Cow<'a, str>)>,
}

impl ChipRow<'_> {
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: Look) {
        let count = self.count_line(look);
        draw_right(buf, area, &count);
        let end = self.end(area, look);
        let places = self.places(area, look);
        let mut x = area.x;
        if let Some((first, place)) = places.first()
            && *first > 0
        {
            let before = Rect { x, width: place.x - x, ..area };
            draw_left(buf, before, &Line::styled(look.glyphs.previous, look.theme.dim));
        }
        for (index, place) in &places {
            draw_left(buf, *place, &Line::from(self.chips[*index].spans(self.part(*index), look)));
            x = place.right() + 1;
        }
        let hidden = self.chips.len() - places.last().map_or(0, |(last, _)| last + 1);
        if hidden > 0 {
            let rest = Line::styled(format!("+{hidden}"), look.theme.dim);
            draw_left(buf, Rect { x, width: end.saturating_sub(x), ..area }, &rest);
            return;
        }
        if let Some(hint) = &self.hint {
            let x = if self.chips.is_empty() { x } else { x + 1 };
            let spans = hint.spans(look);
            if x + width_of(&spans) <= end {
                draw_left(buf, Rect { x, width: end - x, ..area }, &Line::from(spans.to_vec()));
            }
        }
    }

    fn part(&self, chip: usize) -> Option<usize> {
        self.focus.filter(|(focused, _)| *focused == chip).map(|(_, part)| part)
    }

    fn count_line(&self, look: Look) -> Line<'_> {
        let spans = self.count.as_ref().map(|(count, all)| {
            [Span::styled(count.as_ref(), look.theme.title), Span::styled(format!(" {all}"), look.theme.dim)]
        });
        spans.into_iter().flatten().collect()
    }

    /// Cells that the count takes, with two blanks before it.
    pub fn counted(&self, look: Look) -> u16 {
        match self.count_line(look).width() as u16 {
            0 => 0,
            taken => taken + 2,
        }
    }

    /// Where the count begins, with two blanks before it.
    fn end(&self, area: Rect, look: Look) -> u16 {
        area.right().saturating_sub(self.counted(look))
    }

    /// The chips that have room, and where; the one with the focus is among them.
    pub fn places(&self, area: Rect, look: Look) -> Vec<(usize, Rect)> {
        let end = self.end(area, look);
        let focused = self.focus.map_or(0, |(chip, _)| chip);
        let from = |first: usize| self.places_from(first, Rect { width: end.saturating_sub(area.x), ..area }, look);
        let all = (0..self.chips.len()).map(from);
        all.into_iter().find(|places| places.iter().any(|(index, _)| *index == focused)).unwrap_or_default()
    }

    fn places_from(&self, first: usize, area: Rect, look: Look) -> Vec<(usize, Rect)> {
        let mut x = area.x + if first > 0 { 2 } else { 0 };
        let mut places = Vec::new();
        for (index, chip) in self.chips.iter().enumerate().skip(first) {
            let width = width_of(&chip.spans(None, look));
            // The last chip needs no room for the number of those that have none.
            let spare = if index + 1 < self.chips.len() { 5 } else { 0 };
            let left = area.right().saturating_sub(x);
            let is_only = places.is_empty() && self.focus.is_some_and(|(focused, _)| focused == index);
            if width + spare > left && !is_only {
                break;
            }
            places.push((index, Rect { x, width: width.min(left), height: 1, ..area }));
            x += width + 1;
        }
        places
    }
}
