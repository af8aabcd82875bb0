//! The picker as it looks: tabs, the box, candidates in two rows each, the shelf, and the one button.

use super::offers::{Offer, Tick, called, is_narrow, limit, plural};
use super::telling::toned;
use super::{Picker, Tab};
use crate::domain::fold::words;
use crate::domain::number::grouped;
use crate::domain::when;
use crate::ui::cell::{self, glyph_of};
use crate::ui::layer::Cx;
use crate::ui::pane::draw_scroll;
use crate::ui::record::facts::{Fact, joined};
use crate::ui::text::{clean, width};
use crate::ui::widgets::{
    Corner, FieldLook, Hint, Modal, NARROW, RowState, Tab as Title, TabBar, draw_left, draw_right, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::time::Duration;

const SIZE: (u16, u16) = (90, 34);
/// Where a row's name begins, and cells of it beside its facts.
const NAME_AT: u16 = 6;
const NAME: u16 = 25;

/// How a candidate is drawn.
struct Row<'a> {
    /// What is searched.
    words: &'a [String],
    is_cursor: bool,
    room: u16,
}

impl Picker {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let hints = if self.tab == Tab::Create { self.form_hints(cx) } else { self.hints(cx) };
        let (button, key) = match self.tab {
            Tab::Create => (if self.form.is_creating() { "Creating" } else { "Create" }.to_owned(), "ctrl-s"),
            Tab::Existing => self.button(cx),
        };
        let modal = Modal {
            title: self.title(cx),
            subtitle: self.subtitle(cx),
            escape: "close",
            size: SIZE,
            hints: &hints,
            right: Some(Corner::Button(&button, key)),
        };
        let area = modal.draw(buf, screen, cx.look);
        let blank = u16::from(screen.height >= 30);
        self.tabs = Rect { height: area.height.min(2), ..area };
        self.tab_bar(cx, |bar| bar.draw(buf, self.tabs, cx.look));
        let below = |y: u16| Rect { y: area.y + y.min(area.height), height: area.height.saturating_sub(y), ..area };
        self.chips.clear();
        if self.tab == Tab::Create {
            self.form.paint_fields(buf, below(2 + blank), cx);
            self.cursor = crate::ui::Layer::cursor(&self.form);
            return;
        }
        self.paint_box(buf, row(area, 2 + blank), cx);
        let body = below(3 + 2 * blank);
        let taken = self.shelf_rows(body.width, cx);
        let gap = if taken > 0 { blank } else { 0 };
        self.list = Rect { height: body.height.saturating_sub(taken + gap), ..body };
        self.paint_list(buf, cx);
        if taken > 0 {
            let place = Rect { y: self.list.bottom() + gap, height: taken, ..body };
            self.chips = self.paint_shelf(buf, place, cx);
        }
    }

    fn title(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        Line::from_iter([
            Span::styled(format!("Add {}", plural(self.to, cx)), theme.title),
            Span::styled(format!(" to {} ", glyph_of(self.one.object, cx.look.glyphs)), theme.dim),
            Span::styled(clean(&self.around.name).into_owned(), theme.text),
        ])
    }

    fn subtitle(&self, cx: &Cx) -> Option<Line<'static>> {
        let refusal = self.refusal.as_ref();
        let said = refusal.map(|why| Line::styled(format!("{} {why}", cx.look.glyphs.error), cx.look.theme.err));
        let of_form = || self.form.refused_line(cx).or_else(|| self.replaced(cx)).or_else(|| self.form.subtitle(cx));
        said.or_else(|| if self.tab == Tab::Create { of_form() } else { None })
    }

    /// What the new record takes the place of, before it is created.
    fn replaced(&self, cx: &Cx) -> Option<Line<'static>> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let gone = clean(&self.gives_way(cx)?).into_owned();
        if self.form.is_replacing() {
            return Some(Line::styled(format!("{} replaces {gone}", glyphs.warning), theme.warn));
        }
        let most = cx.settings.associations.limit(self.one.object, self.to)?;
        let why = limit(self.one.object, self.to, most, cx);
        Some(Line::from_iter([
            Span::styled(format!("{} {why}, {gone}. ", glyphs.warning), theme.warn),
            Span::styled("ctrl-r", theme.accent),
            Span::styled(" replaces it", theme.dim),
        ]))
    }

    pub(super) fn tab_bar<R>(&self, cx: &Cx, act: impl FnOnce(&TabBar) -> R) -> R {
        let one = called(self.to, cx);
        let create = Title::new(format!("Create new {one}"));
        let existing = Title::new(format!("Add existing {one}"));
        let existing = if self.offers.of() > 0 { existing.count(grouped(self.offers.of() as u64)) } else { existing };
        let gap = if cx.screen.width < NARROW { 2 } else { 3 };
        let active = usize::from(self.tab == Tab::Existing);
        act(&TabBar { tabs: &[create, existing], active, focused: true, gap, signs: false, right: Line::default() })
    }

    fn hints(&self, cx: &Cx) -> Vec<Hint<'static>> {
        let tick = if self.in_list { "space" } else { "ctrl-space" };
        let mut hints = vec![Hint::new(tick, "tick")];
        let state = self.offers.current().map(|one| self.tick_of(one, cx));
        if matches!(state, Some(Tick::Full(_))) && self.picks.changes() > 0 {
            hints.push(Hint::new("ctrl-r", "replace"));
        }
        if !cx.settings.labels_for(self.one.object, self.to).is_empty() {
            hints.push(Hint::new("ctrl-l", "label"));
        }
        if crate::domain::association::has_primary(self.one.object, self.to) {
            hints.push(Hint::new("ctrl-b", "primary"));
        }
        hints.push(if self.in_list { Hint::new("/", "search") } else { Hint::new("tab", "list") });
        hints.extend(self.may_create(cx).then(|| Hint::new("alt-1", "create new")));
        hints
    }

    fn form_hints(&self, cx: &Cx) -> Vec<Hint<'static>> {
        let mut hints = self.form.hints();
        if !cx.settings.labels_for(self.one.object, self.to).is_empty() {
            hints.insert(1, Hint::new("ctrl-l", "label"));
        }
        hints.push(Hint::new("alt-2", "add existing"));
        hints
    }

    /// What it says, and its key.
    fn button(&self, cx: &Cx) -> (String, &'static str) {
        let full = || matches!(self.offers.current().map(|one| self.tick_of(one, cx)), Some(Tick::Full(_)));
        let said = match self.picks.changes() {
            _ if self.saving => "Saving".to_owned(),
            _ if self.offers.is_on_create() => "Create".to_owned(),
            0 if full() => return ("Replace".to_owned(), "ctrl-r"),
            0 => "Add this one".to_owned(),
            1 => "Save 1 change".to_owned(),
            changes => format!("Save {changes} changes"),
        };
        (said, "enter")
    }

    fn paint_box(&mut self, buf: &mut Buffer, line: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        self.line = line;
        let prompt = Some(Span::styled("/", theme.accent));
        let placeholder = "a name, an e-mail, a domain, a phone number";
        let look = FieldLook { focused: !self.in_list, prompt, placeholder };
        let caret = self.field.draw(buf, line, &look, cx.look);
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        let count = self.count(cx);
        let typed = if self.field.text().is_empty() { width(placeholder) } else { width(self.field.text()) };
        if typed + width(&count) + 8 < usize::from(line.width) {
            let right = Rect { width: line.width.saturating_sub(1), ..line };
            draw_right(buf, right, &Line::styled(count, theme.dim.patch(theme.input)));
        }
    }

    fn count(&self, cx: &Cx) -> String {
        if self.offers.is_coming() {
            let since = Duration::from_millis(cx.now.timestamp_millis().unsigned_abs());
            return format!("{} search is coming", cx.look.spinner(since));
        }
        let of = grouped(self.offers.of() as u64);
        match self.offers.found() {
            _ if !self.is_searching() => String::new(),
            found if found >= super::MOST => format!("the first {} of {of}", super::MOST),
            found => format!("{} of {of}", grouped(found as u64)),
        }
    }

    fn paint_list(&mut self, buf: &mut Buffer, cx: &Cx) {
        let (area, theme) = (self.list, cx.look.theme);
        let seen = self.offers.seen(area.height, cx);
        let words = words(self.field.text());
        if self.offers.is_empty() && !self.offers.awaits && !self.offers.is_on_create() {
            draw_left(buf, area, &Line::styled(self.nothing(cx), theme.dim));
        }
        for place in seen {
            let rows = Rect { y: area.y + place.y as u16, height: place.rows as u16, ..area };
            let is_cursor = self.offers.cursor() == Some(place.spot);
            let head = self.offers.get(place.spot).and_then(|offer| offer.group.head());
            if let Some(head) = head.filter(|_| self.offers.is_first(place.spot) && place.y > 0 && place.cut == 0) {
                draw_left(buf, Rect { y: rows.y - 1, height: 1, ..area }, &Line::styled(head, theme.dim));
            }
            if is_cursor {
                paint_row(buf, rows, RowState::Cursor { focused: true }, cx.look);
                if self.in_list {
                    self.cursor = Some(row(rows, 0));
                }
            }
            match self.offers.get(place.spot) {
                Some(offer) => {
                    let inside = Rect { x: rows.x + 1, width: rows.width.saturating_sub(2), ..rows };
                    let lines = self.lines(offer, &Row { words: &words, is_cursor, room: inside.width }, cx);
                    paint_lines(buf, inside, &lines[place.cut.min(2)..]);
                }
                None => self.paint_create(buf, rows, is_cursor, cx),
            }
        }
        let (total, offset) = self.offers.extent();
        draw_scroll(buf, area, total, offset, cx);
    }

    fn nothing(&self, cx: &Cx) -> String {
        if self.offers.is_coming() {
            return "Search is being got ready.".to_owned();
        }
        format!("No {} holds these words.", called(self.to, cx))
    }

    fn paint_create(&self, buf: &mut Buffer, rows: Rect, is_cursor: bool, cx: &Cx) {
        let theme = cx.look.theme;
        let tone = if is_cursor { theme.title } else { theme.text };
        let mut spans = vec![
            Span::styled("  +   ", theme.accent),
            Span::styled(format!("Create new {}", called(self.to, cx)), tone),
        ];
        let text = clean(self.field.text().trim()).into_owned();
        if !text.is_empty() {
            let text = cx.look.glyphs.spell(&format!(" “{text}”")).into_owned();
            spans.push(Span::styled(text, theme.dim));
        }
        draw_left(buf, row(rows, 0), &Line::from(spans));
    }

    /// What stands left and right in both rows of a candidate.
    fn lines(&self, offer: &Offer, row: &Row, cx: &Cx) -> [(Line<'static>, Line<'static>); 2] {
        let Row { words, is_cursor, room } = *row;
        let state = &self.tick_of(&offer.candidate, cx);
        let theme = cx.look.theme;
        let right = [self.age(offer, cx), self.status(offer, state, cx)];
        let left_of = |line: &Line| room.saturating_sub(line.width() as u16 + 2);
        let (sign, sign_tone) = sign(state, cx);
        let mut first = Line::from(vec![Span::styled(sign, sign_tone), Span::raw("  ")]);
        let tone = match state {
            Tick::Full(_) | Tick::Never(_) => theme.dim,
            _ if is_cursor => theme.title,
            _ => theme.text,
        };
        let facts = |line: u8| toned(&offer.facts, &offer.bright, line, cx);
        let mut second = Line::raw(" ".repeat(usize::from(NAME_AT - 1)));
        let said = self.said(offer, state, cx);
        if is_narrow(cx) {
            let name_room = left_of(&right[0]).saturating_sub(NAME_AT - 1);
            first.extend(cell::text(&offer.candidate.row.record.name(), words, name_room, tone, cx));
            let free = left_of(&right[1]).saturating_sub(NAME_AT - 1);
            let all = said.unwrap_or_else(|| facts(0).into_iter().chain(facts(1)).collect());
            second.extend(joined(all, free, cx));
        } else {
            let name = cell::text(&offer.candidate.row.record.name(), words, NAME - 1, tone, cx);
            let pad = usize::from(NAME).saturating_sub(name.width());
            first.extend(name);
            first.push_span(Span::raw(" ".repeat(pad)));
            let at = first.width() as u16;
            first.extend(joined(facts(0), left_of(&right[0]).saturating_sub(at), cx));
            second.push_span(Span::raw(" ".repeat(usize::from(NAME))));
            let all = said.unwrap_or_else(|| facts(1));
            second.extend(joined(all, left_of(&right[1]).saturating_sub(at), cx));
        }
        let [age, status] = right;
        [(first, age), (second, status)]
    }

    /// What is to be said of a row instead of its second row of facts, and before it.
    fn said(&self, offer: &Offer, state: &Tick, cx: &Cx) -> Option<Vec<Fact>> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let id = offer.candidate.row.record.id;
        // Below the name stands first what tells it from its namesakes.
        let is_told = is_narrow(cx) && self.offers.has_namesake(id);
        let telling = if is_told { telling(offer, cx) } else { Vec::new() };
        match state {
            Tick::Full(why) => {
                let why = Line::styled(format!("{} {why}", glyphs.warning), theme.warn);
                let way = [Span::styled("ctrl-r", theme.accent), Span::styled(" replaces it", theme.dim)];
                return Some(telling.into_iter().chain([why, Line::from_iter(way)]).collect());
            }
            Tick::Never(why) => {
                let why = Line::styled(format!("{} {why}", glyphs.no_right), theme.warn);
                return Some(telling.into_iter().chain([why]).collect());
            }
            _ => {}
        }
        let mut facts = Vec::new();
        if self.picks.is_replacing(id) {
            let gone = offer.candidate.full.first().and_then(Option::as_deref).unwrap_or("one you may not see");
            facts.push(Line::styled(format!("{} replaces {}", glyphs.warning, clean(gone)), theme.warn));
        }
        let labels = self.labels_of(id).iter().filter_map(|label| cx.settings.label_name(*label));
        let labels: Vec<String> = labels.map(|label| clean(label).into_owned()).collect();
        if !labels.is_empty() {
            facts.push(Line::styled(labels.join(", "), theme.accent));
        }
        if facts.is_empty() {
            return None;
        }
        let rest = if is_narrow(cx) {
            toned(&offer.facts, &offer.bright, 0, cx)
        } else {
            toned(&offer.facts, &offer.bright, 1, cx)
        };
        Some(facts.into_iter().chain(rest).collect())
    }

    /// When something happened with it last.
    fn age(&self, offer: &Offer, cx: &Cx) -> Line<'static> {
        let row = &offer.candidate.row;
        let mut spans = Vec::new();
        if self.is_primary(row.record.id) {
            spans.push(Span::styled(format!("{} ", cx.look.glyphs.primary), cx.look.theme.accent));
        }
        let last = row.derived.last_activity.map(|at| when::ago(at, &cx.settings.clock(cx.now)));
        spans.extend(last.map(|last| Span::styled(last, cx.look.theme.dim)));
        Line::from(spans)
    }

    fn status(&self, offer: &Offer, state: &Tick, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        match state {
            Tick::On => Line::styled("+ new", theme.accent),
            Tick::Going => Line::styled("- taken off", theme.err),
            Tick::Stands if self.picks.labels(offer.candidate.row.record.id).is_some() => {
                Line::styled("changed", theme.accent)
            }
            Tick::Stands => Line::styled("associated", theme.dim),
            _ => Line::default(),
        }
    }
}

/// The tick box.
pub fn sign(state: &Tick, cx: &Cx) -> (&'static str, Style) {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    match state {
        Tick::On => (glyphs.box_on, theme.accent),
        Tick::Stands => (glyphs.box_on, theme.dim),
        Tick::Off => (glyphs.box_off, theme.dim),
        Tick::Going => (glyphs.box_going, theme.err),
        Tick::Full(_) | Tick::Never(_) => (glyphs.box_never, theme.dim),
    }
}

fn paint_lines(buf: &mut Buffer, area: Rect, lines: &[(Line, Line)]) {
    for (y, (left, right)) in (0..area.height).zip(lines) {
        draw_right(buf, row(area, y), right);
        draw_left(buf, row(area, y), left);
    }
}

/// Only what tells it from its namesakes.
fn telling(offer: &Offer, cx: &Cx) -> Vec<Fact> {
    let both = toned(&offer.facts, &offer.bright, 0, cx).into_iter().chain(toned(&offer.facts, &offer.bright, 1, cx));
    both.zip(&offer.bright).filter(|(_, bright)| **bright).map(|(fact, _)| fact).collect()
}
