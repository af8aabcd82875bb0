//! The notification centre as it looks: tabs, and below the head of each day what was told on it, unread in bold.

use super::{Notifications, Shown, TABS, Told, beside};
use crate::domain::id::Ref;
use crate::domain::notification::{ChannelKind, Topic, WayState};
use crate::domain::when;
use crate::ui::Cx;
use crate::ui::cell::{self, glyph_of};
use crate::ui::layer::page_area;
use crate::ui::pane::{draw_scroll, text_row};
use crate::ui::record::said;
use crate::ui::text::clean;
use crate::ui::widgets::{
    EmptyState, Hint, NARROW, PANE_GAP, RowState, Tab, TabBar, draw_left, draw_right, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Below so many rows of the screen a notification takes one.
const LOW: u16 = 30;
const GLYPH_AT: u16 = 2;
const TITLE_AT: u16 = 5;

/// Where what stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Panes {
    list: Rect,
    pub rows: Rect,
    beside: Option<Rect>,
    is_low: bool,
}

impl Panes {
    pub fn of(screen: Rect, is_alone: bool) -> Panes {
        let page = page_area(screen);
        let is_low = screen.height < LOW;
        let has_two = screen.width >= NARROW && !is_alone;
        let beside = has_two.then(|| (page.width - PANE_GAP) * 39 / 100);
        let list = Rect { width: page.width - beside.map_or(0, |width| width + PANE_GAP), ..page };
        let above = if is_low { 2 } else { 3 }.min(list.height);
        let rows = Rect { y: list.y + above, height: list.height - above, ..list };
        let beside = beside.map(|width| Rect { x: page.right() - width, width, ..page });
        Panes { list, rows, beside, is_low }
    }

    pub fn row_height(&self) -> usize {
        if self.is_low { 1 } else { 2 }
    }
}

/// The sign of what it tells.
fn sign(told: &Told, cx: &Cx) -> (&'static str, Style) {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    let of_object = || match told.one.about {
        Some(Ref::Record(id)) => glyph_of(id.object, glyphs),
        _ => glyphs.dot,
    };
    match told.one.topic {
        Topic::PartnerLead | Topic::PartnerCoSelling => (glyphs.event, theme.warn),
        Topic::RecordAssigned | Topic::StageChanged => (of_object(), theme.dim),
        Topic::TaskAssigned | Topic::TaskDue => (glyphs.task, theme.dim),
        Topic::Mention => (glyphs.email, theme.dim),
        Topic::ImportFinished => (glyphs.descending, theme.dim),
    }
}

/// `E-mail · 429 Too Many Requests · try 3, again 14:24`.
pub fn stand(state: &WayState, cx: &Cx) -> String {
    let clock = cx.settings.clock(cx.now);
    let at = |at| {
        let is_today = clock.day_of(at) == clock.today();
        if is_today { when::time_of_day(at, &clock) } else { when::moment_long(at, &clock) }
    };
    match state {
        WayState::Due { tries: 0, .. } => "waits to be sent".to_owned(),
        WayState::Due { at: next, tries, last_error, .. } => {
            let why = last_error.as_deref().map(|why| format!("{} ", clean(why))).unwrap_or_default();
            format!("{why}Try {tries}, again at {}", at(*next))
        }
        WayState::Delivered { at: done } => at(*done),
        WayState::GivenUp { at: done, why } => format!("given up at {}: {}", at(*done), clean(why)),
        WayState::Off => "off".to_owned(),
    }
}

impl Notifications {
    fn tabs(&self) -> Vec<Tab<'static>> {
        let tab = |(at, (label, shown)): (usize, &(&'static str, Shown))| {
            let count = match shown {
                Shown::Unread => Some(self.unread),
                Shown::Outbox => Some(self.undelivered).filter(|count| *count > 0),
                _ => Some(self.matching).filter(|_| at == self.tab && self.all.is_some()),
            };
            Tab { count: count.map(|count| said::count(count).into()), ..Tab::new(*label) }
        };
        TABS.iter().enumerate().map(tab).collect()
    }

    fn bar<'a>(&self, tabs: &'a [Tab<'a>]) -> TabBar<'a> {
        TabBar { tabs, active: self.tab, focused: true, gap: 2, signs: true, right: Line::default() }
    }

    pub(super) fn tab_at(&self, cell: (u16, u16), _: &Cx) -> Option<usize> {
        let tabs = self.tabs();
        self.bar(&tabs).at(self.panes.list, cell)
    }

    pub(super) fn paint(&mut self, buf: &mut Buffer, cx: &Cx) {
        self.lay(cx);
        self.cursor = None;
        if self.search.typing {
            let list = self.panes.list;
            TabBar { tabs: &[], ..self.bar(&[]) }.draw(buf, list, cx.look);
            self.cursor = self.search.draw_field(buf, Rect { width: list.width.min(40), ..row(list, 0) }, cx);
        } else {
            let tabs = self.tabs();
            self.bar(&tabs).draw(buf, self.panes.list, cx.look);
        }
        if self.all.is_none() {
            draw_left(buf, self.panes.rows, &Line::styled(cx.look.glyphs.skeleton, cx.look.theme.dim));
        } else if self.found.is_empty() {
            self.paint_empty(buf, cx);
        } else {
            self.paint_rows(buf, cx);
            if let Some(area) = self.panes.beside {
                beside::draw(self, buf, area, cx);
            }
        }
    }

    fn paint_rows(&mut self, buf: &mut Buffer, cx: &Cx) {
        let rows = self.panes.rows;
        let all = self.all.as_deref().unwrap_or_default();
        let clock = cx.settings.clock(cx.now);
        for seen in self.view.seen(&self.sizes) {
            let place = Rect { y: rows.y + seen.y as u16, height: seen.rows as u16, ..rows };
            let told = &all[self.found[seen.spot]];
            if self.sizes.0[seen.spot].gap > 0 && seen.y > 0 && seen.cut == 0 {
                let day = match (clock.today() - clock.day_of(told.one.at)).num_days() {
                    0 => "Today".to_owned(),
                    1 => "Yesterday".to_owned(),
                    _ => when::day_long(clock.day_of(told.one.at), &clock),
                };
                draw_left(buf, Rect { y: place.y - 1, height: 1, ..rows }, &Line::styled(day, cx.look.theme.title));
            }
            let is_cursor = self.view.cursor() == Some(seen.spot);
            if is_cursor {
                paint_row(buf, place, RowState::Cursor { focused: true }, cx.look);
                let line = row(place, 0);
                let bar = Rect { x: line.x.saturating_sub(1), width: line.width + 2, ..line };
                self.cursor = self.cursor.or(Some(bar));
            }
            if seen.cut == 0 {
                paint_first(buf, row(place, 0), told, is_cursor, self.panes.is_low, cx);
            }
            if let Some(y) = 1usize.checked_sub(seen.cut).filter(|y| *y < seen.rows) {
                let below = text_row(place, TITLE_AT, y as u16);
                draw_left(buf, below, &cell::text(&second(told, cx), &[], below.width, cx.look.theme.dim, cx));
            }
        }
        draw_scroll(buf, rows, self.sizes.0.iter().map(|rows| rows.all()).sum(), self.view.offset(&self.sizes), cx);
    }

    fn paint_empty(&self, buf: &mut Buffer, cx: &Cx) {
        let searched = format!("No notification holds “{}”.", self.search.text());
        let (sentence, hints) = match self.of_tab() {
            _ if self.search.is_on() => (searched.as_str(), vec![Hint::new("esc", "clears the search")]),
            Shown::Unread => ("You have read everything.", vec![Hint::new("[ ]", "other tabs")]),
            Shown::Outbox => ("Everything is delivered.", vec![Hint::new("[ ]", "other tabs")]),
            Shown::All => (
                "Nobody told you anything yet. What others do with your records stands here.",
                vec![Hint::new("g s", "by which ways it comes"), Hint::new("esc", "goes back")],
            ),
            Shown::Of(_) => ("Nothing of this was told yet.", vec![Hint::new("[ ]", "other tabs")]),
        };
        let sentence = cx.look.glyphs.spell(sentence);
        EmptyState { sentence: &sentence, hints: &hints }.draw(buf, self.panes.rows, cx.look);
    }
}

/// Dot, sign, title, and when.
fn paint_first(buf: &mut Buffer, area: Rect, told: &Told, is_cursor: bool, is_low: bool, cx: &Cx) {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    let is_unread = !told.one.read && told.waiting.is_none();
    if is_unread {
        draw_left(buf, area, &Line::styled(glyphs.unread, theme.accent));
    }
    let (sign, tone) = sign(told, cx);
    let tone = if is_unread { tone } else { theme.dim };
    draw_left(buf, text_row(area, GLYPH_AT, 0), &Line::styled(sign, tone));
    let clock = cx.settings.clock(cx.now);
    let is_today = clock.day_of(told.one.at) == clock.today();
    let when = if is_today { when::ago(told.one.at, &clock) } else { when::time_of_day(told.one.at, &clock) };
    let taken = draw_right(buf, area, &Line::styled(when, theme.dim));
    let title = text_row(area, TITLE_AT, 0);
    let room = title.width.saturating_sub(taken + 2);
    let tone = if is_unread || is_cursor { theme.title } else { theme.dim };
    let mut line = cell::text(&told.one.headline(), &[], room, tone, cx);
    let left = room.saturating_sub(line.width() as u16);
    let besides = if told.one.withdrawn { "undone".to_owned() } else { second(told, cx) };
    if (is_low || told.one.withdrawn) && left > 6 && !besides.is_empty() {
        line.push_span(Span::styled(format!(" {} ", glyphs.dot), theme.dim));
        line.extend(cell::text(&besides, &[], left - 3, theme.dim, cx));
    }
    draw_left(buf, title, &line);
}

/// What happened in one line; of what waits, for whom and why.
fn second(told: &Told, cx: &Cx) -> String {
    let first = || told.one.body.lines().next().unwrap_or_default().to_owned();
    match &told.waiting {
        None => first(),
        Some((channel, state)) => {
            let to = cx.settings.user(told.one.to).filter(|user| user.id != cx.user.id);
            let to = to.map(|user| format!("to {} ", user.name)).unwrap_or_default();
            format!("{to}by {}: {}", way(*channel), stand(state, cx))
        }
    }
}

/// A way in the middle of a sentence.
fn way(channel: ChannelKind) -> String {
    channel.label().to_lowercase()
}
