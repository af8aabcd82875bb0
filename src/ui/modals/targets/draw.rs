//! The picker of an activity as it looks: tabs, the box, a row for each record with its reason, and its history.

use super::super::picker::draw::sign;
use super::super::picker::offers::{self, Tick};
use super::super::picker::telling::toned;
use super::TargetPicker;
use super::lines::{Line as Record, Stand};
use crate::domain::answer::HistoryWhat;
use crate::domain::fold::words;
use crate::domain::id::Object;
use crate::domain::number::grouped;
use crate::domain::when;
use crate::ui::cell::{self, glyph_of};
use crate::ui::layer::Cx;
use crate::ui::pane::draw_scroll;
use crate::ui::record::facts::{fitted, joined};
use crate::ui::record::{entry, said};
use crate::ui::text::clean;
use crate::ui::widgets::{
    Corner, FieldLook, Hint, Modal, NARROW, RowState, Tab, TabBar, draw_left, draw_right, paint_row, row,
};
use crate::workspace::why::Told;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (90, 30);
/// Where the glyph of a row stands, its name, and what one recognises it by.
const GLYPH_AT: u16 = 5;
const NAME_AT: u16 = 7;
const FACTS_AT: u16 = 34;
/// Lines of the history, and where who and what stand in them.
const HISTORY: usize = 4;
const WHO_AT: u16 = 15;
const WHAT_AT: u16 = 34;

/// Whether facts stand below the name instead of beside it.
pub fn is_narrow(cx: &Cx) -> bool {
    cx.screen.width < NARROW
}

impl TargetPicker {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let tick = if self.in_box { "ctrl-space" } else { "space" };
        let mut hints = vec![Hint::new(tick, "tick")];
        hints.push(if self.in_box { Hint::new("tab", "list") } else { Hint::new("enter", "go there") });
        if !self.in_box {
            hints.extend([Hint::new("[ ]", "tabs"), Hint::new("u", "undo")]);
        }
        let saved = if self.saving.is_some() { "saving" } else { "each tick is saved at once" };
        let saved = format!("{} {saved}", cx.look.glyphs.done);
        let modal = Modal {
            title: self.title(cx),
            subtitle: None,
            escape: "close",
            size: SIZE,
            hints: &hints,
            right: Some(Corner::Remark(&saved)),
        };
        let area = modal.draw(buf, screen, cx.look);
        let blank = u16::from(screen.height >= 30);
        self.tabs = Rect { height: area.height.min(2), ..area };
        self.tab_bar(cx, |bar| bar.draw(buf, self.tabs, cx.look));
        self.cursor = None;
        self.paint_box(buf, row(area, 2 + blank), cx);
        let top = (3 + 2 * blank).min(area.height);
        let body = Rect { y: area.y + top, height: area.height - top, ..area };
        let history = self.history(cx);
        let taken = if history.is_empty() { 0 } else { history.len() as u16 + 1 };
        // The list comes first; what is left is for its history.
        let (rows, free) = (self.lines.rows() as u16, body.height);
        let taken = if rows + taken + blank < free { taken } else { taken.min(free / 4) };
        let gap = if taken > 0 { 1 } else { 0 };
        self.list = Rect { height: free.saturating_sub(taken + gap).min(rows.max(1)), ..body };
        self.paint_list(buf, cx);
        if taken > 1 {
            let below = Rect { y: self.list.bottom() + gap, height: taken, ..body };
            draw_left(buf, row(below, 0), &Line::styled("History", cx.look.theme.title));
            for (y, told) in (1..taken).zip(&history) {
                draw_history(buf, row(below, y), told, cx);
            }
        }
    }

    fn title(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let mut spans = vec![Span::styled("Associations", theme.title)];
        if let Some(known) = &self.known {
            let activity = &known.item.activity;
            let at = when::moment_long(activity.at, &cx.settings.clock(cx.now));
            spans.push(Span::styled(format!(" of {} ", entry::glyph(activity, cx)), theme.dim));
            let room = SIZE.0.min(cx.screen.width * 85 / 100).saturating_sub(52);
            spans.extend(cell::text(&entry::title(activity), &[], room, theme.text, cx));
            spans.push(Span::styled(format!(", {at}"), theme.dim));
        }
        Line::from(spans)
    }

    pub(super) fn tab_bar<R>(&self, cx: &Cx, act: impl FnOnce(&TabBar) -> R) -> R {
        let targets = || self.known.iter().flat_map(|known| &known.item.activity.targets);
        let count = |of: Option<Object>| {
            let count = targets().filter(|target| of.is_none_or(|of| target.record.object == of)).count();
            grouped(count as u64)
        };
        let all = Tab::new("Associations").count(count(None));
        let objects = cx.settings.objects.iter();
        let of = objects.map(|spec| Tab::new(clean(&spec.plural).into_owned()).count(count(Some(spec.object))));
        let tabs: Vec<Tab> = std::iter::once(all).chain(of).collect();
        let gap = if is_narrow(cx) { 2 } else { 3 };
        act(&TabBar { tabs: &tabs, active: self.tab, focused: true, gap, signs: true, right: Line::default() })
    }

    fn paint_box(&mut self, buf: &mut Buffer, line: Rect, cx: &Cx) {
        self.line = line;
        let prompt = Some(Span::styled("/", cx.look.theme.accent));
        let of = self.object(cx).map_or_else(|| "associations".to_owned(), |object| offers::plural(object, cx));
        let placeholder = format!("Search {of}");
        let look = FieldLook { focused: self.in_box, prompt, placeholder: &placeholder };
        let caret = self.field.draw(buf, line, &look, cx.look).filter(|_| self.in_box);
        self.cursor = caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1));
    }

    fn paint_list(&mut self, buf: &mut Buffer, cx: &Cx) {
        let (area, theme) = (self.list, cx.look.theme);
        if self.lines.is_empty() {
            draw_left(buf, area, &Line::styled(self.nothing(cx), theme.dim));
            return;
        }
        for seen in self.lines.seen(area.height, cx) {
            let rows = Rect { y: area.y + seen.y as u16, height: seen.rows as u16, ..area };
            if let Some((head, note)) = self.lines.head(seen.spot).filter(|_| seen.y > 0 && seen.cut == 0) {
                let head = [Span::styled(head, theme.title), Span::styled(format!("   {note}"), theme.dim)];
                draw_left(buf, Rect { y: rows.y - 1, height: 1, ..area }, &Line::from_iter(head));
            }
            let is_cursor = self.lines.cursor() == Some(seen.spot);
            if is_cursor {
                paint_row(buf, rows, RowState::Cursor { focused: true }, cx.look);
                self.cursor = self.cursor.or(Some(row(rows, 0)));
            }
            if let Some(line) = self.lines.get(seen.spot) {
                self.paint_line(buf, rows, line, is_cursor, cx);
            }
        }
        draw_scroll(buf, area, self.lines.rows(), self.lines.offset(), cx);
    }

    fn nothing(&self, cx: &Cx) -> String {
        match (&self.known, self.object(cx)) {
            (None, _) => cx.look.glyphs.skeleton.to_owned(),
            _ if !self.field.text().trim().is_empty() => "Nothing is called so.".to_owned(),
            (_, Some(object)) => format!("There is no {} to add.", offers::called(object, cx)),
            _ => "It is on no record. The tabs of the objects add one.".to_owned(),
        }
    }

    fn paint_line(&self, buf: &mut Buffer, area: Rect, line: &Record, is_cursor: bool, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let record = &line.row.record;
        let refused = self.refused.get(&record.id);
        let tick = match (refused, &line.stand) {
            (Some(why), _) => Tick::Never(why.clone()),
            (None, Stand::On(_)) => Tick::On,
            (None, _) => Tick::Off,
        };
        let (word, tone) = match (refused, &line.stand) {
            (Some(why), _) => (format!("{} {why}", glyphs.warning), theme.warn),
            (None, Stand::On(why) | Stand::Apart(why)) => (why.clone(), theme.dim),
            (None, Stand::Found) => (String::new(), theme.dim),
        };
        let first = row(area, 0);
        let at = |x: u16, of: Rect| Rect { x: of.x + x.min(of.width), width: of.width.saturating_sub(x), ..of };
        let right = Rect { width: first.width.saturating_sub(1), ..first };
        let (sign, sign_tone) = sign(&tick, cx);
        draw_left(buf, at(1, first), &Line::styled(sign, sign_tone));
        draw_left(buf, at(GLYPH_AT, first), &Line::styled(glyph_of(record.id.object, glyphs), theme.dim));
        let tone_of_name = match (refused, is_cursor) {
            (Some(_), _) => theme.dim,
            (None, true) => theme.title,
            (None, false) => theme.text,
        };
        let words = words(self.field.text());
        let facts = toned(&line.facts, &line.bright, 0, cx);
        let wide = right.width / if refused.is_some() { 2 } else { 3 };
        let reason = fitted(cell::text(&word, &[], wide, tone, cx), wide, cx);
        let taken = draw_right(buf, right, &reason);
        if is_narrow(cx) {
            let place = at(NAME_AT, first);
            let room = place.width.saturating_sub(taken + 3);
            draw_left(buf, place, &cell::text(&record.name(), &words, room, tone_of_name, cx));
            if area.height > 1 {
                let below = at(NAME_AT, row(area, 1));
                draw_left(buf, below, &joined(facts, below.width, cx));
            }
            return;
        }
        let name = cell::text(&record.name(), &words, FACTS_AT - NAME_AT - 2, tone_of_name, cx);
        draw_left(buf, at(NAME_AT, first), &name);
        let beside = at(FACTS_AT, first);
        draw_left(buf, beside, &joined(facts, beside.width.saturating_sub(taken + 3), cx));
    }

    /// What was added and taken off, act by act, as sentences.
    fn history(&self, cx: &Cx) -> Vec<(String, String, String)> {
        let told = self.known.iter().flat_map(|known| &known.history);
        let mut acts: Vec<Vec<&Told>> = Vec::new();
        for told in told {
            match acts.last_mut() {
                Some(act) if act[0].entry.act == told.entry.act => act.push(told),
                _ => acts.push(vec![told]),
            }
        }
        let said = |act: &Vec<&Told>| {
            let entry = &act[0].entry;
            (said::moment(entry.at, WHO_AT, cx), clean(&said::author(entry.by, cx)).into_owned(), what(act, cx))
        };
        acts.iter().take(HISTORY).map(said).collect()
    }
}

/// `added Zofia and 3 more, by rules`, `took off Second site`.
fn what(act: &[&Told], cx: &Cx) -> String {
    let of = |added: bool| -> Vec<String> {
        let is = |told: &&&Told| matches!(told.entry.what, HistoryWhat::Associated { .. }) == added;
        let name = |told: &&Told| {
            let (HistoryWhat::Associated { with: id, .. } | HistoryWhat::Dissociated { from: id }) = &told.entry.what
            else {
                return String::new();
            };
            let name = told.other.as_deref().unwrap_or("(erased)");
            format!("{} {}", glyph_of(id.object, cx.look.glyphs), clean(name))
        };
        act.iter().filter(is).map(name).collect()
    };
    let listed = |verb: &str, names: Vec<String>| match names.as_slice() {
        [] => None,
        [one] => Some(format!("{verb} {one}")),
        [one, rest @ ..] => Some(format!("{verb} {one} and {} more", rest.len())),
    };
    [listed("added", of(true)), listed("took off", of(false))].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn draw_history(buf: &mut Buffer, line: Rect, (at, who, what): &(String, String, String), cx: &Cx) {
    let dim = cx.look.theme.dim;
    for (x, text, room) in [(1, at, WHO_AT - 2), (WHO_AT, who, WHAT_AT - WHO_AT - 2), (WHAT_AT, what, line.width)] {
        let place = Rect { x: line.x + x.min(line.width), width: line.width.saturating_sub(x), ..line };
        draw_left(buf, place, &Line::styled(cx.look.fit(text, room.min(place.width)).into_owned(), dim));
    }
}
