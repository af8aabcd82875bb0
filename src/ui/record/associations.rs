//! The side panel: the associated records of each object, with what one recognises them by (R5.2).

use super::column::{Column, Rows, Sizes, View, moved};
use super::facts::{self, Fact, joined};
use super::pane::{draw_scroll, text_row};
use super::said;
use super::timeline::{Pane, Under};
use crate::domain::answer::{Detail, Section, Tie};
use crate::domain::id::Object;
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::Kind;
use crate::domain::value::{Currency, Money, Value, shown};
use crate::keys::Command;
use crate::ui::Cx;
use crate::ui::cell;
use crate::ui::cell::glyph_of;
use crate::ui::widgets::{RowState, SectionHead, draw_left, draw_right, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Records of a section that are shown before it is unfolded whole.
const AT_FIRST: usize = 8;
/// Where the glyph of a record stands, and its text.
const GLYPH_AT: u16 = 2;
const TEXT_AT: u16 = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    Head(usize),
    Tie(usize, usize),
    /// The rest of a long section.
    More(usize, usize),
    Unseen(usize),
}

#[derive(Default)]
pub struct Associations {
    sections: Vec<Section>,
    /// Sections that were folded or unfolded by hand.
    folds: HashMap<Object, bool>,
    /// Long sections that are shown whole.
    whole: HashSet<Object>,
    spots: Vec<Spot>,
    sizes: Sizes,
    view: View<usize>,
}

impl Associations {
    /// Takes what an answer says; the cursor stays on its record.
    pub fn take(&mut self, detail: &Detail, cx: &Cx) {
        let kept = self.current().map(|tie| tie.record.id);
        let own = detail.row.record.id.object;
        self.sections = detail.sections.iter().filter(|s| !s.ties.is_empty() || s.unseen > 0).cloned().collect();
        // What a record has with its own kind is rarely what one looks for.
        self.sections.sort_by_key(|section| section.object == own);
        for section in &self.sections {
            let nothing_open = section.object == Object::TICKET && open(section, cx) == 0;
            self.folds.entry(section.object).or_insert(!nothing_open);
        }
        self.rebuild();
        let again =
            kept.and_then(|id| self.spots.iter().position(|spot| self.tie(*spot).is_some_and(|t| t.record.id == id)));
        // At first on a record, since its head says nothing by itself.
        if let Some(spot) = again.or((kept.is_none() && self.view.cursor().is_none()).then_some(1)) {
            self.view.put_cursor(spot);
        }
    }

    /// For another record: nothing is known yet.
    pub fn reset(&mut self) {
        *self = Associations::default();
    }

    /// Records that are seen.
    pub fn count(&self) -> usize {
        self.sections.iter().map(|section| section.ties.len()).sum()
    }

    fn rebuild(&mut self) {
        let (mut spots, mut sizes) = (Vec::new(), Vec::new());
        let mut after_folded = true;
        for (at, section) in self.sections.iter().enumerate() {
            let is_open = self.is_open(section.object);
            let gap = usize::from(at > 0 && (is_open || !after_folded));
            after_folded = !is_open;
            spots.push(Spot::Head(at));
            sizes.push(Rows { gap, own: 1 });
            if !is_open {
                continue;
            }
            let all = section.ties.len();
            let is_cut = all > AT_FIRST + 1 && !self.whole.contains(&section.object);
            let shown = if is_cut { AT_FIRST } else { all };
            spots.extend((0..shown).map(|tie| Spot::Tie(at, tie)));
            sizes.extend((0..shown).map(|_| Rows { gap: 0, own: 2 }));
            let more = is_cut.then_some(Spot::More(at, all - shown));
            let unseen = (section.unseen > 0).then_some(Spot::Unseen(at));
            for spot in more.into_iter().chain(unseen) {
                spots.push(spot);
                sizes.push(Rows { gap: 0, own: 1 });
            }
        }
        self.spots = spots;
        self.sizes = Sizes(sizes);
    }

    fn is_open(&self, object: Object) -> bool {
        self.folds.get(&object).copied().unwrap_or(true)
    }

    fn tie(&self, spot: Spot) -> Option<&Tie> {
        match spot {
            Spot::Tie(section, tie) => self.sections.get(section)?.ties.get(tie),
            _ => None,
        }
    }

    fn spot(&self) -> Option<Spot> {
        self.spots.get(self.view.cursor()?).copied()
    }

    /// The associated record under the cursor.
    pub fn current(&self) -> Option<&Tie> {
        self.tie(self.spot()?)
    }

    pub fn under(&self) -> Under {
        match self.spot() {
            None | Some(Spot::Unseen(_)) => Under::Nothing,
            Some(Spot::Head(at)) => {
                let object = self.sections.get(at).map(|section| section.object);
                Under::Foldable { unfolded: object.is_some_and(|object| self.is_open(object)) }
            }
            Some(Spot::More(..)) => Under::Foldable { unfolded: false },
            Some(spot) => self.tie(spot).map_or(Under::Nothing, |tie| Under::Record(tie.record.id)),
        }
    }

    pub fn run(&mut self, command: Command, count: Option<u32>) -> bool {
        moved(&mut self.view, &self.sizes, command, count)
    }

    pub fn scroll(&mut self, rows: isize) {
        self.view.scroll(&self.sizes, rows);
    }

    /// Puts the cursor where was clicked; true if it was there already.
    pub fn click(&mut self, row: usize) -> Option<bool> {
        let spot = self.view.at(&self.sizes, row)?.spot;
        let again = self.view.cursor() == Some(spot);
        self.view.go_to(&self.sizes, spot);
        Some(again)
    }

    /// Folds or unfolds the section under the cursor, which goes to its head.
    pub fn set_fold(&mut self, unfold: bool) {
        let Some(spot) = self.spot() else { return };
        let (Spot::Head(at) | Spot::Tie(at, _) | Spot::More(at, _) | Spot::Unseen(at)) = spot;
        let Some(object) = self.sections.get(at).map(|section| section.object) else { return };
        match spot {
            Spot::More(..) if unfold => {
                self.whole.insert(object);
            }
            Spot::Head(_) => {
                self.folds.insert(object, unfold);
            }
            _ if unfold => {}
            _ => {
                self.folds.insert(object, false);
            }
        }
        self.rebuild();
        if !unfold {
            let head = self.spots.iter().position(|spot| *spot == Spot::Head(at)).unwrap_or(0);
            self.view.put_cursor(head);
        }
        self.view.settle(&self.sizes, self.view.height());
    }

    pub fn fold_all(&mut self, unfold: bool) {
        for section in &self.sections {
            self.folds.insert(section.object, unfold);
        }
        self.rebuild();
        self.view.settle(&self.sizes, self.view.height());
    }

    /// Draws what is on the screen, and gives the cursor's row. `company` is that which the page names already.
    pub fn draw(&mut self, buf: &mut Buffer, area: Rect, company: Option<&str>, pane: Pane) -> Option<Rect> {
        let cx = pane.cx;
        self.view.settle(&self.sizes, usize::from(area.height));
        if self.spots.is_empty() {
            draw_left(buf, area, &Line::styled("Nothing is associated yet.", cx.look.theme.dim));
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

fn open(section: &Section, cx: &Cx) -> usize {
    section.ties.iter().filter(|tie| facts::is_open(&tie.record, cx)).count()
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
        let facts = facts::beneath(&tie.record, tie.company.as_deref(), beside.company, cx);
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
