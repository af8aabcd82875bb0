//! The side panel as it looks: sections with counts and sums, two rows for each record.

use super::super::column::Column;
use super::super::facts::{self, Fact, joined};
use super::super::pane::{draw_scroll, text_row};
use super::super::said;
use super::super::timeline::Pane;
use super::{Associations, Spot, open};
use crate::domain::answer::{Section, Tie};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::Kind;
use crate::domain::value::{Currency, Money, Value, shown};
use crate::ui::Cx;
use crate::ui::cell;
use crate::ui::cell::glyph_of;
use crate::ui::widgets::{FieldLook, RowState, SectionHead, draw_left, draw_right, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::collections::BTreeMap;

/// Where the glyph of a record stands, and its text.
const GLYPH_AT: u16 = 2;
const TEXT_AT: u16 = 4;

impl Associations {
    /// Draws what is on the screen, and gives the cursor's row. `company` is that which the page names already.
    pub fn draw(&mut self, buf: &mut Buffer, area: Rect, company: Option<&str>, pane: Pane) -> Option<Rect> {
        if self.is_searched() {
            return self.draw_searched(buf, area, company, pane);
        }
        self.draw_spots(buf, area, company, pane)
    }

    /// The box above what it finds.
    fn draw_searched(&mut self, buf: &mut Buffer, area: Rect, company: Option<&str>, pane: Pane) -> Option<Rect> {
        let cx = pane.cx;
        let prompt = Some(Span::styled("/", cx.look.theme.accent));
        let look = FieldLook { focused: self.typing, prompt, placeholder: "" };
        let caret = self.search.draw(buf, row(area, 0), &look, cx.look);
        let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        let cursor = self.draw_spots(buf, below, company, pane);
        caret.filter(|_| self.typing).map(|at| Rect::new(at.x, at.y, 1, 1)).or(cursor)
    }

    fn draw_spots(&mut self, buf: &mut Buffer, area: Rect, company: Option<&str>, pane: Pane) -> Option<Rect> {
        let cx = pane.cx;
        self.above = area.y;
        self.view.settle(&self.sizes, usize::from(area.height));
        if self.spots.is_empty() {
            draw_left(buf, area, &self.nothing(cx));
            return None;
        }
        let mut cursor = None;
        for seen in self.view.seen(&self.sizes) {
            let place = Rect { y: area.y + seen.y as u16, height: seen.rows as u16, ..area };
            let under_cursor = pane.focused && self.view.cursor() == Some(seen.spot);
            if under_cursor {
                let state = if seen.cut == 0 { RowState::Unfolded { focused: true } } else { RowState::Marked };
                paint_row(buf, place, state, cx.look);
                cursor = Some(row(place, 0));
            }
            match self.spots[seen.spot] {
                Spot::Head(at) => self.draw_head(buf, place, &self.sections[at], cx),
                Spot::Tie(at, tie) => {
                    let tie = &self.sections[at].ties[tie];
                    draw_tie(buf, place, seen.cut as u16, tie, Beside { company, under_cursor }, cx);
                }
                Spot::More(_, number) => draw_note(buf, place, &format!("{} more", said::count(number)), cx),
                Spot::Unseen(at) => {
                    let note = format!("{} more you may not see", said::count(self.sections[at].unseen));
                    draw_note(buf, place, &note, cx);
                }
            }
        }
        draw_scroll(buf, area, self.sizes.total(), self.view.offset(&self.sizes), cx);
        cursor
    }

    fn nothing(&self, cx: &Cx) -> Line<'static> {
        let searched = self.is_searched();
        let sentence = if searched { "No associated record holds this." } else { "Nothing is associated yet." };
        Line::styled(sentence, cx.look.theme.dim)
    }

    fn draw_head(&self, buf: &mut Buffer, area: Rect, section: &Section, cx: &Cx) {
        let is_open = self.is_open(section.object);
        let title = cx.settings.object(section.object).map_or("Records", |spec| spec.plural.as_str());
        let right = match section.object {
            _ if cx.settings.object(section.object).is_some_and(|spec| spec.has(is::AMOUNT)) => sums(section, cx),
            object if !is_open && cx.settings.object(object).is_some_and(ObjectSpec::is_staged) => {
                Some(format!("{} open", open(section, cx)))
            }
            _ => None,
        };
        let count = Some(said::count(section.ties.len()));
        SectionHead { unfolded: Some(is_open), title, count, right }.draw(buf, area, cx.look);
    }
}

/// What the amounts of a section come to, currency by currency.
fn sums(section: &Section, cx: &Cx) -> Option<String> {
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for tie in &section.ties {
        if let Some(Value::Money(money)) = tie.record.values.get(is::AMOUNT) {
            let sum = sums.entry(money.currency).or_default();
            *sum = sum.saturating_add(money.minor);
        }
    }
    let property = cx.settings.object(section.object)?.property(is::AMOUNT).filter(|p| p.kind == Kind::Money)?;
    let said = sums
        .into_iter()
        .map(|(currency, minor)| shown(property, &Value::Money(Money { minor, currency }), cx.settings, cx.now));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(&format!(" {} ", cx.look.glyphs.dot)))
}

fn draw_note(buf: &mut Buffer, area: Rect, note: &str, cx: &Cx) {
    draw_left(buf, text_row(area, TEXT_AT, 0), &Line::styled(note, cx.look.theme.dim));
}

/// What a row is drawn beside: the page's own company, the cursor.
#[derive(Clone, Copy)]
struct Beside<'a> {
    company: Option<&'a str>,
    under_cursor: bool,
}

fn draw_tie(buf: &mut Buffer, area: Rect, cut: u16, tie: &Tie, beside: Beside, cx: &Cx) {
    let theme = cx.look.theme;
    if cut == 0 {
        let glyph = Line::styled(glyph_of(tie.record.id.object, cx.look.glyphs), theme.text);
        draw_left(buf, text_row(area, GLYPH_AT, 0), &glyph);
        let place = text_row(area, TEXT_AT, 0);
        let taken = draw_right(buf, place, &figure(tie, cx));
        let room = place.width.saturating_sub(taken + u16::from(taken > 0));
        let tone = if beside.under_cursor { theme.title } else { theme.text };
        draw_left(buf, place, &cell::text(&tie.record.name(), &[], room, tone, cx));
    }
    let below = text_row(area, TEXT_AT, 1 - cut.min(1));
    if area.height + cut > 1 {
        let labels = tie.link.labels.iter().filter_map(|label| cx.settings.label_name(*label));
        let labels = labels.map(|label| facts::words(label, theme.dim, cx)).collect::<Vec<_>>();
        let known_by = facts::beneath(&tie.record, tie.company.as_deref(), beside.company, cx);
        let facts = labels.into_iter().chain(known_by);
        draw_left(buf, below, &joined(facts, below.width, cx));
    }
}

/// The key figure of an associated record, and `★` for the primary one.
fn figure(tie: &Tie, cx: &Cx) -> Fact {
    let mut line = facts::figure(&tie.record, cx).unwrap_or_default();
    if tie.link.primary {
        if !line.spans.is_empty() {
            line.push_span(Span::raw(" "));
        }
        line.push_span(Span::styled(cx.look.glyphs.primary, cx.look.theme.accent));
    }
    line
}
