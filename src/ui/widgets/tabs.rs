//! A pane's title: a row of tabs over a rule, whose heavy piece says which is open and where the focus is.

use std::borrow::Cow;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::{Look, draw_left, draw_right, row, width_of};

#[derive(Debug, Clone, Default)]
pub struct Tab<'a> {
    pub label: Cow<'a, str>,
    pub count: Option<Cow<'a, str>>,
    /// It differs from what is saved: `*`.
    pub changed: bool,
}

impl<'a> Tab<'a> {
    pub fn new(label: impl Into<Cow<'a, str>>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    #[must_use]
    pub fn count(mut self, count: impl Into<Cow<'a, str>>) -> Self {
        self.count = Some(count.into());
        self
    }
}

/// Cells of the sign that there are more tabs on a side, with its blank.
const SIGN: u16 = 2;

/// Two rows: tabs, rule.
#[derive(Debug)]
pub struct TabBar<'a> {
    pub tabs: &'a [Tab<'a>],
    pub active: usize,
    pub focused: bool,
    /// Blank cells between tabs: 3, in narrow panes 2.
    pub gap: u16,
    /// Whether `‹` and `›` tell of tabs that have no room.
    pub signs: bool,
    /// What stands at the right end.
    pub right: Line<'a>,
}

impl TabBar<'_> {
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: Look) {
        let (titles, rule) = (row(area, 0), row(area, 1));
        let glyphs = look.glyphs;
        let whole = Line::styled(glyphs.rule.repeat(usize::from(area.width)), look.theme.line);
        draw_left(buf, rule, &whole);
        draw_right(buf, titles, &self.right);
        let places = self.places(area);
        self.draw_ends(buf, titles, &places, look);
        for (index, place) in places {
            let active = index == self.active;
            draw_left(buf, place, &Line::from(self.spans(index, look)));
            if active {
                let (piece, style) =
                    if self.focused { (glyphs.rule_heavy, look.theme.accent) } else { (glyphs.rule, look.theme.faint) };
                let under = Rect { width: place.width, x: place.x, ..rule };
                draw_left(buf, under, &Line::styled(piece.repeat(usize::from(place.width)), style));
            }
        }
    }

    /// `‹` and `›` where tabs have no room.
    fn draw_ends(&self, buf: &mut Buffer, area: Rect, places: &[(usize, Rect)], look: Look) {
        let (Some((first, start)), Some((last, end))) = (places.first(), places.last()) else { return };
        let sign = |x: u16| Rect { x, width: 1, ..area }.intersection(area);
        if *first > 0 && start.x > area.x {
            draw_left(buf, sign(area.x), &Line::styled(look.glyphs.previous, look.theme.dim));
        }
        if self.signs && last + 1 < self.tabs.len() {
            draw_left(buf, sign(end.right() + SIGN - 1), &Line::styled(look.glyphs.next, look.theme.dim));
        }
    }

    /// The tab under a cell of the screen.
    pub fn at(&self, area: Rect, (column, line): (u16, u16)) -> Option<usize> {
        let mut places = self.places(area).into_iter();
        places.find(|(_, place)| place.contains((column, line).into())).map(|(index, _)| index)
    }

    /// Cells of the row that no tab takes, beside the gap after the last one.
    pub fn free(&self, area: Rect) -> u16 {
        let end = self.places(area).last().map_or(area.x, |(_, place)| place.right() + self.gap);
        area.right().saturating_sub(end)
    }

    /// How many tabs have room.
    pub fn shown(&self, area: Rect) -> usize {
        self.places(area).len()
    }

    /// Where the tabs stand; those that have no room are left out, the active one never.
    fn places(&self, area: Rect) -> Vec<(usize, Rect)> {
        let right = self.right.width() as u16;
        let taken = if right > 0 { right + self.gap } else { 0 };
        let widths: Vec<u16> = (0..self.tabs.len()).map(|index| self.width(index)).collect();
        let all = widths.iter().map(|width| width + self.gap).sum::<u16>().saturating_sub(self.gap);
        let free = area.width.saturating_sub(taken);
        // The signs of what is left out stand in the room of the tabs.
        let sign = if self.signs && all > free { SIGN } else { 0 };
        let room = |first: usize| free.saturating_sub(sign + if first > 0 { sign } else { 0 });
        let reaches = |first: usize| {
            widths.get(first..=self.active).map_or(0, |shown| shown.iter().map(|width| width + self.gap).sum::<u16>())
        };
        let first = (0..=self.active).find(|first| reaches(*first) <= room(*first) + self.gap).unwrap_or(self.active);
        let mut x = area.x + if first > 0 { sign } else { 0 };
        let end = x + room(first);
        let mut places = Vec::new();
        for (index, width) in widths.into_iter().enumerate().skip(first) {
            let left = end.saturating_sub(x);
            if left < width && index > self.active || left == 0 {
                break;
            }
            places.push((index, Rect { x, width: width.min(left), height: 1, ..area }));
            x += width + self.gap;
        }
        places
    }

    fn width(&self, index: usize) -> u16 {
        let plain = Style::new();
        width_of(&self.styled(index, plain, plain))
    }

    fn spans(&self, index: usize, look: Look) -> Vec<Span<'_>> {
        let theme = look.theme;
        let label = match (index == self.active, self.focused) {
            (true, true) => theme.strong_accent,
            (true, false) => theme.title,
            (false, _) => theme.dim,
        };
        self.styled(index, label, theme.dim)
    }

    fn styled(&self, index: usize, label: Style, count: Style) -> Vec<Span<'_>> {
        let tab = &self.tabs[index];
        let mut spans = vec![Span::styled(tab.label.as_ref(), label)];
        if tab.changed {
            spans.push(Span::styled(" *", label));
        }
        if let Some(number) = &tab.count {
            spans.push(Span::styled(format!(" {number}"), count));
        }
        spans
    }
}
