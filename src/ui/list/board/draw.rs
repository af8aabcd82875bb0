//! The board as it looks: the title of its list, stages in their groups with what they come to, cards. In a narrow window
//! one stage at a time, with the stages as tabs.

use super::Board;
use super::stack::Stack;
use crate::domain::board::Sum;
use crate::domain::id::Object;
use crate::domain::number::{self, grouped};
use crate::domain::object::is;
use crate::domain::value::{Money, Value};
use crate::ui::cell;
use crate::ui::layer::{Cx, page_area};
use crate::ui::text::{clean, width};
use crate::ui::widgets::{EmptyState, NARROW, Tab, TabBar, draw_left, draw_right, row};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::ops::Range;

const LEAST: u16 = 20;
const GAP: u16 = 4;
/// Currencies of which a head tells the sums.
const CURRENCIES: usize = 4;
const CURRENCIES_TIGHT: usize = 1;
/// Below so many rows of the screen blank ones are saved.
const LOW: u16 = 30;

/// Where what stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Layout {
    pub heads: Rect,
    pub cards: Rect,
    pub card_rows: u16,
    /// One stage at a time.
    pub is_narrow: bool,
    /// Nothing is blank above the cards.
    pub is_tight: bool,
    width: u16,
    shown: usize,
    sums: u16,
}

impl Layout {
    fn of(screen: Rect, heads: Rect, stages: usize, sums: u16) -> Layout {
        let is_narrow = screen.width < NARROW;
        let is_tight = screen.height < LOW && !is_narrow;
        let fits = usize::from((heads.width + GAP) / (LEAST + GAP));
        let shown = if is_narrow { 1 } else { fits.clamp(1, stages.max(1)) };
        let above = if is_narrow { 3 } else { 3 + sums + u16::from(!is_tight) };
        let cards = Rect { y: heads.y + above.min(heads.height), height: heads.height.saturating_sub(above), ..heads };
        let width = (heads.width + GAP) / shown as u16 - GAP;
        Layout { heads, cards, card_rows: if is_narrow { 2 } else { 3 }, is_narrow, is_tight, width, shown, sums }
    }

    /// The stages that have room.
    pub fn seen(&self, first: usize) -> Range<usize> {
        first..first + self.shown
    }

    /// The cells of the `nth` stage that has room.
    pub fn column(&self, nth: usize, rows: Rect) -> Rect {
        Rect { x: rows.x + nth as u16 * (self.width + GAP), width: self.width, ..rows }
    }

    /// Cards of a stage that have room, with a row for how many more there are where no tab tells it.
    fn height(&self) -> usize {
        let rows = if self.is_narrow { self.cards.height + 1 } else { self.cards.height.saturating_sub(1) };
        usize::from(rows / (self.card_rows + 1))
    }
}

impl Board {
    pub(super) fn measure(&mut self, cx: &Cx) {
        self.list.measure(cx);
        let area = page_area(cx.screen);
        let geometry = &mut self.list.geometry;
        let is_narrow = cx.screen.width < NARROW;
        if is_narrow {
            geometry.filters = Some(row(area, 2));
        }
        let top = if is_narrow { area.y } else { geometry.head.y };
        let heads = Rect { y: top, height: area.bottom().saturating_sub(top), ..area };
        let most = if cx.screen.height < LOW { CURRENCIES_TIGHT } else { CURRENCIES };
        let currencies = self.stacks.iter().map(|stack| stack.sums.len()).max().unwrap_or(0).min(most);
        self.layout = Layout::of(cx.screen, heads, self.stacks.len(), currencies as u16);
        self.first = self.first.min(self.at).max((self.at + 1).saturating_sub(self.layout.shown));
        self.first = self.first.min(self.stacks.len().saturating_sub(self.layout.shown));
        let height = self.layout.height();
        self.stacks.iter_mut().for_each(|stack| stack.window.resize(height));
    }

    pub(super) fn paint(&mut self, frame: &mut Frame, cx: &Cx) {
        self.measure(cx);
        let buf = frame.buffer_mut();
        let mut caret = None;
        if self.layout.is_narrow {
            self.paint_tabs(buf, cx);
            caret = self.paint_summary(buf, cx);
        } else {
            caret = caret.or(self.list.paint_title(buf, cx));
            self.draw_beside_tabs(buf, cx);
        }
        let is_empty = self.list.is_sorted() && self.stacks.iter().all(|stack| stack.count() == 0 && !stack.awaits);
        if self.list.trouble.is_some() || is_empty {
            self.paint_nothing(buf, cx);
        } else {
            for (nth, at) in self.layout.seen(self.first).enumerate() {
                if !self.layout.is_narrow {
                    self.paint_head(buf, nth, at, cx);
                }
                self.paint_stack(buf, at, self.layout.column(nth, self.layout.cards), cx);
            }
        }
        self.cursor = caret.or_else(|| self.list.focused_place(cx)).or(self.card_place());
        self.paint_editor(buf, cx);
    }

    /// The cells of the card with the focus.
    pub(super) fn card_place(&self) -> Option<Rect> {
        let line = self.stack()?.window.screen_row()?;
        let nth = self.at.checked_sub(self.first)?;
        let cards = self.layout.column(nth, self.layout.cards);
        let rows = self.layout.card_rows;
        Some(Rect { x: cards.x.saturating_sub(1), y: cards.y + line as u16 * (rows + 1), height: rows, ..cards })
    }

    fn paint_editor(&mut self, buf: &mut Buffer, cx: &Cx) {
        self.list.caret = None;
        let is_here = self.list.edits.at().is_some_and(|(id, _)| self.card_id() == Some(id));
        let Some(place) = self.card_place().filter(|_| is_here) else { return };
        let place = Rect { x: place.x + 1, height: 1, ..place };
        self.list.caret = self.list.edits.draw(buf, place, self.layout.cards, cx);
    }

    fn paint_nothing(&self, buf: &mut Buffer, cx: &Cx) {
        let Some((sentence, hints)) = self.list.emptiness(cx) else { return };
        let sentence = cx.look.glyphs.spell(&sentence);
        let area = if self.layout.is_narrow { self.layout.cards } else { self.layout.heads };
        EmptyState { sentence: &sentence, hints: &hints }.draw(buf, area, cx.look);
    }

    /// One stage: its group above the first one of it, its name and count, and what its deals come to.
    fn paint_head(&self, buf: &mut Buffer, nth: usize, at: usize, cx: &Cx) {
        let Some(stack) = self.stacks.get(at) else { return };
        let theme = cx.look.theme;
        let head = self.layout.column(nth, self.layout.heads);
        let group = stack.stage.group;
        let is_of_group = |at: usize| self.stacks.get(at).is_some_and(|other| other.stage.group == group);
        let mut room = head.width;
        if at + 1 == self.stacks.len() || !is_of_group(at + 1) {
            let all: Vec<&Stack> = self.stacks.iter().filter(|other| other.stage.group == group).collect();
            let is_alone = all.len() == 1;
            let label = if nth == 0 || at == 0 || !is_of_group(at - 1) { group.label().len() as u16 + 2 } else { 0 };
            let total = self.total(&all, head.width.saturating_sub(label), cx);
            let taken = if is_alone { 0 } else { draw_right(buf, row(head, 0), &total) };
            room = room.saturating_sub(taken + u16::from(taken > 0) * 2);
        }
        if nth == 0 || at == 0 || !is_of_group(at - 1) {
            let label = cx.look.fit(group.label(), room);
            draw_left(buf, row(head, 0), &Line::styled(label.into_owned(), theme.dim));
        }
        let is_over = self.drag.as_ref().and_then(|drag| drag.over).map_or(at == self.at, |(over, _)| over == at);
        let count = grouped(stack.count() as u64);
        let name = clean(&stack.stage.name);
        let name = cx.look.fit(&name, head.width.saturating_sub(count.len() as u16 + 1)).into_owned();
        let count = if stack.is_read || stack.count() > 0 || !stack.awaits { Some(count.into()) } else { None };
        let tabs = [Tab { label: name.into(), count, changed: false }];
        let focused = is_over && self.list.chip.is_none() && !self.list.typing;
        let bar = TabBar { tabs: &tabs, active: 0, focused, gap: 3, signs: false, right: Line::default() };
        bar.draw(buf, Rect { y: head.y + 1, height: 2, ..head }, cx.look);
        for (line, sum) in (0..self.layout.sums).zip(&stack.sums) {
            paint_sum(buf, row(Rect { y: head.y + 3, ..head }, line), sum, stack.stage.probability, cx);
        }
        self.paint_ends(buf, nth, at, cx);
    }

    /// That there are more stages on a side.
    fn paint_ends(&self, buf: &mut Buffer, nth: usize, at: usize, cx: &Cx) {
        let y = self.layout.heads.y + 1;
        let (glyphs, dim) = (cx.look.glyphs, cx.look.theme.dim);
        let sign = |x: u16| Rect { x, y, width: 1, height: 1 };
        if nth == 0 && at > 0 {
            draw_left(buf, sign(self.layout.heads.x.saturating_sub(2)), &Line::styled(glyphs.previous, dim));
        }
        if nth + 1 == self.layout.shown && at + 1 < self.stacks.len() {
            draw_left(buf, sign(self.layout.heads.right() + 1), &Line::styled(glyphs.next, dim));
        }
    }

    /// `29 leads · 234 550 €`, as far as there is room.
    fn total(&self, stacks: &[&Stack], room: u16, cx: &Cx) -> Line<'static> {
        let count: usize = stacks.iter().map(|stack| stack.count()).sum();
        let counted = self.list.spec(cx).map_or_else(String::new, |spec| {
            let noun = if count == 1 { &spec.singular } else { &spec.plural };
            format!("{} {}", grouped(count as u64), clean(noun).to_lowercase())
        });
        let mut currencies: Vec<&Sum> = stacks.iter().flat_map(|stack| &stack.sums).collect();
        currencies.sort_by_key(|sum| sum.currency);
        let sums = currencies.chunk_by(|one, other| one.currency == other.currency);
        let totals = sums.filter_map(|sums| {
            let minor = sums.iter().fold(0_i64, |all, sum| all.saturating_add(sum.minor));
            Some(amount(minor, sums.first()?))
        });
        let dot = format!(" {} ", cx.look.glyphs.dot);
        let whole = std::iter::once(counted.clone()).chain(totals).collect::<Vec<_>>().join(&dot);
        let fits = |text: &str| width(text) <= usize::from(room);
        let text = [whole, counted].into_iter().find(|text| fits(text)).unwrap_or_default();
        Line::styled(text, cx.look.theme.dim)
    }

    /// The stages as tabs, in a narrow window.
    fn paint_tabs(&self, buf: &mut Buffer, cx: &Cx) {
        let tabs: Vec<Tab> = self
            .stacks
            .iter()
            .map(|stack| Tab::new(clean(&stack.stage.name)).count(grouped(stack.count() as u64)))
            .collect();
        let (glyphs, theme) = (cx.look.glyphs, cx.look.theme);
        let place = format!(" {}/{} ", self.at + 1, tabs.len());
        let right = Line::from(vec![
            Span::styled(glyphs.previous, theme.accent),
            Span::styled(place, theme.dim),
            Span::styled(glyphs.next, theme.accent),
        ]);
        let focused = self.list.chip.is_none() && !self.list.typing;
        let bar = TabBar { tabs: &tabs, active: self.at, focused, gap: 3, signs: false, right };
        bar.draw(buf, self.layout.heads, cx.look);
    }

    /// Which view it is, the stage's group, and what its deals come to; the box or the filters while one is there.
    fn paint_summary(&self, buf: &mut Buffer, cx: &Cx) -> Option<Rect> {
        let line = row(self.layout.heads, 2);
        if self.list.typing {
            return self.list.paint_box(buf, line, cx);
        }
        if self.list.chip.is_some() {
            self.list.chip_row(cx, |chips| chips.draw(buf, line, cx.look));
            return None;
        }
        let theme = cx.look.theme;
        let mut facts = Vec::new();
        if let Some(tab) = self.list.views.open() {
            let changed = if tab.is_changed() { " *" } else { "" };
            facts.push(Span::styled(format!("{}{changed}", clean(&tab.saved.name)), theme.dim));
        }
        facts.extend(self.stage().map(|stage| Span::styled(stage.group.label(), theme.dim)));
        let sums = self.stack().map_or(&[][..], |stack| &stack.sums);
        facts.extend(sums.iter().take(CURRENCIES).map(|sum| Span::styled(amount(sum.minor, sum), theme.text)));
        for chip in self.list.chips(cx) {
            let any: Vec<String> = chip.any.iter().map(|part| format!("{} {}", part.property, part.test)).collect();
            facts.push(Span::styled(any.join(" or "), theme.dim));
        }
        let dot = || Span::styled(format!(" {} ", cx.look.glyphs.dot), theme.dim);
        let mut shown = Line::default();
        for fact in facts {
            if !shown.spans.is_empty() {
                shown.push_span(dot());
            }
            shown.push_span(fact);
        }
        draw_left(buf, line, &shown);
        None
    }

    /// The pipelines, where there are several.
    fn draw_beside_tabs(&self, buf: &mut Buffer, cx: &Cx) {
        let line = row(self.list.geometry.pane, 0);
        let shown = self.pipelines(cx);
        let room = self.list.tab_bar(cx, |bar| bar.free(line));
        if self.list.geometry.filters.is_some() && shown.width() as u16 <= room {
            draw_right(buf, line, &shown);
        }
    }

    fn pipelines(&self, cx: &Cx) -> Line<'static> {
        let pipelines: Vec<_> = cx.settings.pipelines_of(self.list.object).collect();
        let mut shown = Line::default();
        for pipeline in pipelines.iter().filter(|_| pipelines.len() > 1) {
            let tone = if pipeline.id == self.pipeline { cx.look.theme.title } else { cx.look.theme.dim };
            if !shown.spans.is_empty() {
                shown.push_span(Span::raw("   "));
            }
            shown.push_span(Span::styled(clean(&pipeline.name).into_owned(), tone));
        }
        shown
    }
}

fn amount(minor: i64, sum: &Sum) -> String {
    let code = sum.currency.code();
    number::currency(code).map_or_else(|| format!("{minor} {code}"), |currency| number::money(minor, currency))
}

/// `96 400 €` and `20% 19 280 €`, which is how much of it is likely to come.
fn paint_sum(buf: &mut Buffer, line: Rect, sum: &Sum, probability: Option<u8>, cx: &Cx) {
    let theme = cx.look.theme;
    let money = |minor, room, tone| {
        let value = Value::Money(Money { minor, currency: sum.currency });
        let spec = cx.settings.object(Object::DEAL);
        let amount = spec.and_then(|spec| spec.property(is::AMOUNT));
        amount.map_or_else(Line::default, |property| cell::cell(property, Some(&value), room, tone, cx))
    };
    let half = line.width / 2;
    let all = money(sum.minor, half.saturating_sub(1), theme.text);
    let taken = draw_left(buf, line, &all);
    let Some(probability) = probability else { return };
    let share = format!("{probability}% ");
    let room = line.width.saturating_sub(taken + share.len() as u16 + 1);
    let mut likely = Line::styled(share, theme.dim);
    likely.extend(money(sum.weighted, room, theme.dim));
    draw_right(buf, line, &likely);
}
