//! How a timeline looks: only what is on the screen is put into words.

use super::super::column::{Column, Seen};
use super::super::entry;
use super::super::facts::{fitted, words};
use super::super::pane::{bar_down, draw_scroll, text_row};
use super::super::said;
use super::body::Spot;
use super::narrowed::Of;
use super::{TABS, Timeline};
use crate::domain::answer::Item;
use crate::domain::id::RecordId;
use crate::ui::Cx;
use crate::ui::cell::{self, glyph_of};
use crate::ui::widgets::{
    Chip, ChipRow, EmptyState, Hint, RowState, SectionHead, Tab, TabBar, draw_left, draw_right, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Blank rows between entries, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    Comfortable,
    Compact,
}

/// Where the glyph of an entry stands, and its text.
const GLYPH_AT: u16 = 1;
pub(super) const TEXT_AT: u16 = 4;
/// Where the text of a record below an unfolded entry begins, after its glyph.
const NAME_AT: u16 = 6;

/// How a pane is drawn.
#[derive(Clone, Copy)]
pub struct Pane<'a> {
    pub focused: bool,
    pub here: RecordId,
    pub cx: &'a Cx<'a>,
}

impl Timeline {
    /// The tabs of the pane: a row and the rule below it.
    pub fn draw_tabs(&self, buf: &mut Buffer, area: Rect, total: usize, pane: Pane) {
        let tabs = tabs(total);
        tab_bar(&tabs, self.tab(), area, pane).draw(buf, area, pane.cx.look);
    }

    /// The tab under a cell of the screen.
    pub fn tab_at(&self, area: Rect, total: usize, cell: (u16, u16), pane: Pane) -> Option<usize> {
        let tabs = tabs(total);
        tab_bar(&tabs, self.tab(), area, pane).at(area, cell)
    }

    /// Draws what is on the screen, of so many activities in all, and gives the cursor's row.
    pub fn draw(&mut self, buf: &mut Buffer, area: Rect, density: Density, of: usize, pane: Pane) -> Option<Rect> {
        let caret = self.draw_narrowed(buf, row(area, 0), of, pane);
        let above = if self.narrowed().has_chips() { 1 + u16::from(density == Density::Comfortable) } else { 0 };
        self.above = above.min(area.height);
        let area = Rect { y: area.y + self.above, height: area.height - self.above, ..area };
        let cursor = self.draw_column(buf, area, density, pane);
        caret.or(cursor)
    }

    /// The box of the search, or what the timeline is narrowed to; gives the caret.
    fn draw_narrowed(&mut self, buf: &mut Buffer, line: Rect, of: usize, pane: Pane) -> Option<Rect> {
        let cx = pane.cx;
        self.chips.clear();
        if !self.narrowed().has_chips() {
            return None;
        }
        let count =
            self.is_there.then(|| (said::count(self.body.matching()).into(), format!("of {}", said::count(of)).into()));
        let is_typing = self.is_typing() && pane.focused;
        let chips = if is_typing { Vec::new() } else { self.narrowed().chips(cx) };
        let (places, chips): (Vec<Of>, Vec<Chip>) = chips.into_iter().unzip();
        let bar = ChipRow { chips: &chips, focus: None, hint: None, count };
        bar.draw(buf, line, cx.look);
        let drawn = bar.places(line, cx.look);
        self.chips = drawn.into_iter().map(|(at, place)| (place, places[at])).collect();
        let field = Rect { width: line.width.saturating_sub(bar.counted(cx.look)), ..line };
        is_typing.then(|| self.narrowed().search.draw_field(buf, field, cx)).flatten()
    }

    fn draw_column(&mut self, buf: &mut Buffer, area: Rect, density: Density, pane: Pane) -> Option<Rect> {
        let text_width = area.width.saturating_sub(TEXT_AT);
        self.body.compact = density == Density::Compact;
        if self.body.text_width != text_width || std::mem::take(&mut self.reads_anew) {
            self.body.text_width = text_width;
            self.body.rewrap(pane.here, pane.cx);
        }
        self.view.settle(&self.body, usize::from(area.height));
        if self.body.months.is_empty() {
            self.draw_empty(buf, area, pane.cx);
            return None;
        }
        let mut cursor = None;
        for seen in self.view.seen(&self.body) {
            let place = Rect { y: area.y + seen.y as u16, height: seen.rows as u16, ..area };
            let under_cursor = pane.focused && self.view.cursor() == Some(seen.spot);
            self.draw_spot(buf, place, seen, under_cursor, pane);
            if self.view.cursor() == Some(seen.spot) {
                cursor = Some(row(place, 0));
            }
        }
        draw_scroll(buf, area, self.body.total(), self.view.offset(&self.body), pane.cx);
        cursor.filter(|_| pane.focused)
    }

    fn draw_empty(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        if !self.is_there {
            draw_left(buf, area, &Line::styled(cx.look.glyphs.skeleton, cx.look.theme.dim));
            return;
        }
        if self.narrowed().has_chips() {
            let hints = [Hint::new("F", "takes the filters off"), Hint::new("esc", "clears the search")];
            let hints = if self.narrowed().has_filters() { &hints[..1] } else { &hints[1..] };
            let sentence = "No activity of this record is like that.";
            EmptyState { sentence, hints }.draw(buf, area, cx.look);
            return;
        }
        let sentence = match self.tab() {
            0 => "Nothing has happened yet.".to_owned(),
            tab => format!("There are no {} yet.", TABS[tab].0.to_lowercase()),
        };
        let hints = [Hint::new("a", "logs one"), Hint::new("alt-1", "shows all types")];
        let hints = if self.tab() == 0 { &hints[..1] } else { &hints[..] };
        EmptyState { sentence: &sentence, hints }.draw(buf, area, cx.look);
    }

    fn draw_spot(&self, buf: &mut Buffer, area: Rect, seen: Seen<Spot>, under_cursor: bool, pane: Pane) {
        let state = if under_cursor { RowState::Cursor { focused: true } } else { RowState::Plain };
        let item = seen.spot.entry.map(|entry| self.body.item(entry));
        match (item, seen.spot.target) {
            (None, _) => {
                paint_row(buf, area, state, pane.cx.look);
                self.draw_head(buf, area, seen.spot.month, pane.cx);
            }
            (Some(None), _) => {
                paint_row(buf, area, state, pane.cx.look);
                let skeleton = Line::styled(pane.cx.look.glyphs.skeleton.repeat(6), pane.cx.look.theme.line);
                draw_left(buf, text_row(area, TEXT_AT, 0), &skeleton);
            }
            (Some(Some(item)), Some(target)) => {
                paint_row(buf, area, if under_cursor { state } else { RowState::Marked }, pane.cx.look);
                let of_cursor = Spot { target: None, ..seen.spot };
                if pane.focused && self.view.cursor() == Some(of_cursor) {
                    bar_down(buf, area, pane.cx);
                }
                draw_target(buf, area, item, target, pane.cx);
            }
            (Some(Some(item)), None) => self.draw_entry(buf, area, seen, item, under_cursor, pane),
        }
    }

    fn draw_head(&self, buf: &mut Buffer, area: Rect, month: usize, cx: &Cx) {
        let Some(head) = self.body.months.get(month) else { return };
        let head = SectionHead {
            unfolded: Some(self.body.is_open(month)),
            title: &said::period(head.period),
            count: None,
            right: Some(said::count(head.count)),
        };
        head.draw(buf, area, cx.look);
    }

    fn draw_entry(&self, buf: &mut Buffer, area: Rect, seen: Seen<Spot>, item: &Item, under_cursor: bool, pane: Pane) {
        let Pane { here, cx, .. } = pane;
        let unfolded = seen.spot.entry.and_then(|entry| self.body.unfolded_at(entry));
        let first = if seen.cut == 0 { row(area, 0) } else { Rect::ZERO };
        let rest = Rect { y: area.y + first.height, height: area.height - first.height, ..area };
        match (under_cursor, unfolded) {
            (true, _) if seen.cut == 0 => paint_row(buf, area, RowState::Unfolded { focused: true }, cx.look),
            (true, _) => {
                paint_row(buf, area, RowState::Marked, cx.look);
                bar_down(buf, area, cx);
            }
            (false, Some(_)) => paint_row(buf, area, RowState::Marked, cx.look),
            (false, None) => {}
        }
        draw_first(
            buf,
            first,
            item,
            &First { under_cursor, dated: self.body.is_pinned(seen.spot), found: &self.body.words },
            cx,
        );
        let lines = area.height - first.height;
        match unfolded {
            Some(unfolded) => {
                let from = seen.cut.saturating_sub(1);
                for (y, line) in (0..lines).zip(unfolded.lines.iter().skip(from)) {
                    draw_left(buf, text_row(rest, TEXT_AT, y), line);
                }
            }
            None if lines > 0 => {
                let place = text_row(rest, TEXT_AT, 0);
                let found = entry::excerpt(&item.activity, &self.body.words, place.width, cx);
                let line = found.unwrap_or_else(|| entry::below(item, here, place.width, cx));
                draw_left(buf, place, &line);
            }
            None => {}
        }
    }
}

fn tabs(total: usize) -> Vec<Tab<'static>> {
    let all = Tab::new(TABS[0].0).count(said::count(total));
    std::iter::once(all).chain(TABS[1..].iter().map(|(name, _)| Tab::new(*name))).collect()
}

/// With the number of the tabs that have no room at the right end.
fn tab_bar<'a>(tabs: &'a [Tab<'a>], active: usize, area: Rect, pane: Pane) -> TabBar<'a> {
    let mut bar = TabBar { tabs, active, focused: pane.focused, gap: 2, signs: false, right: Line::default() };
    if bar.shown(area) < tabs.len() {
        // The sign itself takes room, which may cost one more tab.
        bar.right = Line::styled("+1", pane.cx.look.theme.dim);
        let hidden = tabs.len() - bar.shown(area);
        bar.right = Line::styled(format!("+{hidden}"), pane.cx.look.theme.dim);
    }
    bar
}

/// How the first line of an entry is drawn.
struct First<'a> {
    under_cursor: bool,
    /// No head above says its month.
    dated: bool,
    /// What is searched.
    found: &'a [String],
}

fn draw_first(buf: &mut Buffer, area: Rect, item: &Item, first: &First, cx: &Cx) {
    let First { under_cursor, dated, found } = *first;
    if area.is_empty() {
        return;
    }
    let (activity, theme) = (&item.activity, cx.look.theme);
    let glyph_tone = if under_cursor { theme.accent } else { entry::glyph_tone(activity, cx) };
    draw_left(buf, text_row(area, GLYPH_AT, 0), &Line::styled(entry::glyph(activity, cx), glyph_tone));
    let time = entry::time(activity, dated, cx);
    let taken = draw_right(buf, area, &time);
    let direction = entry::direction(activity, cx).map(|word| format!(" {word}"));
    let wide = direction.as_ref().map_or(0, |word| Span::raw(word).width() as u16);
    let place = text_row(area, TEXT_AT, 0);
    let room = place.width.saturating_sub(taken + if taken > 0 { 2 } else { 0 });
    let tone = if under_cursor { theme.title } else { theme.text };
    let mut line = cell::text(&entry::title(activity), found, room.saturating_sub(wide), tone, cx);
    if let Some(direction) = direction {
        line.push_span(Span::styled(direction, theme.dim));
    }
    draw_left(buf, Rect { width: room, ..place }, &line);
}

/// A record that an unfolded entry is on, and why.
fn draw_target(buf: &mut Buffer, area: Rect, item: &Item, place: usize, cx: &Cx) {
    let theme = cx.look.theme;
    let Some(target) = entry::seen_targets(item).get(place).copied() else { return };
    let (target, name) = (&item.activity.targets[target], item.names[target].as_deref().unwrap_or_default());
    draw_left(
        buf,
        text_row(area, TEXT_AT, 0),
        &Line::styled(glyph_of(target.record.object, cx.look.glyphs), theme.dim),
    );
    let beside = text_row(area, NAME_AT, 0);
    let reason = fitted(words(entry::reason(&item.activity, target), theme.dim, cx), beside.width / 2, cx);
    let taken = draw_right(buf, beside, &reason);
    let room = beside.width.saturating_sub(taken + 2);
    draw_left(buf, beside, &cell::text(name, &[], room, theme.text, cx));
}
