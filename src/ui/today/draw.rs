//! The agenda as it looks: tabs, how far one is, and below each head the tasks with whom they are for.

use super::lines::Spot;
use super::{TABS, Today, beside, home, queue};
use crate::domain::activity::ActivityKind;
use crate::domain::agenda::{Part, Planned, PlannedKind, Stand, Whose, is_all_day};
use crate::domain::answer::Item;
use crate::domain::id::Object;
use crate::domain::number::grouped;
use crate::domain::when;
use crate::ui::Cx;
use crate::ui::cell::{self, glyph_of};
use crate::ui::record::facts::{Fact, joined, words};
use crate::ui::record::{entry, said};
use crate::ui::widgets::{
    EmptyState, Hint, NARROW, PANE_GAP, RowState, SectionHead, Tab, TabBar, draw_left, draw_mark, draw_right,
    draw_scrollbar, paint_row, row,
};
use chrono::Duration;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Below so many rows of the screen a task takes one.
const LOW: u16 = 30;
/// Cells of the line that says how far one is.
const METER: u16 = 18;
/// Where the sign and the title of a row stand.
const SIGN_AT: u16 = 1;
const TITLE_AT: u16 = 4;
/// Where whom it is for stands, beside the sign of what is to be done.
const WHOM_AT: u16 = 3;
/// What is due within this time is warned of.
const SOON: Duration = Duration::hours(2);

/// Where what stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Panes {
    list: Rect,
    progress: Rect,
    pub rows: Rect,
    beside: Option<Rect>,
    is_low: bool,
}

impl Panes {
    pub fn of(page: Rect, screen: Rect) -> Panes {
        let is_low = screen.height < LOW;
        let beside = (screen.width >= NARROW).then(|| (page.width - PANE_GAP) * 43 / 100);
        let width = page.width - beside.map_or(0, |width| width + PANE_GAP);
        let list = Rect { width, ..page };
        let above = if is_low { 3 } else { 5 };
        let rows = Rect { y: list.y + above.min(list.height), height: list.height.saturating_sub(above), ..list };
        let beside = beside.map(|width| Rect { x: page.right() - width, width, ..page });
        Panes { list, progress: row(list, if is_low { 2 } else { 3 }), rows, beside, is_low }
    }

    /// With nothing to stand beside.
    #[must_use]
    pub fn alone(self, page: Rect) -> Panes {
        let wide = |area: Rect| Rect { width: page.width, ..area };
        Panes { list: wide(self.list), progress: wide(self.progress), rows: wide(self.rows), beside: None, ..self }
    }

    pub fn row_height(&self) -> usize {
        if self.is_low { 1 } else { 2 }
    }
}

impl Today {
    fn tabs(&self) -> Vec<Tab<'static>> {
        let tab = |(label, parts): &(&'static str, &[Part])| {
            // What is overdue has a tab of its own.
            let open = parts.iter().filter(|part| !matches!(part, Part::DoneToday));
            let counted =
                if parts.len() > 1 { open.copied().find(|part| *part == Part::Today) } else { parts.first().copied() };
            let count = counted.map(|part| self.count(part)).filter(|_| self.told.is_some());
            Tab { count: count.map(|count| said::count(count).into()), ..Tab::new(*label) }
        };
        TABS.iter().map(tab).collect()
    }

    fn bar<'a>(&self, tabs: &'a [Tab<'a>], cx: &Cx) -> TabBar<'a> {
        let clock = cx.settings.clock(cx.now);
        let day = Line::styled(clock.today().format("%a %-d %b").to_string(), cx.look.theme.dim);
        let right = if self.place.list.width >= NARROW / 2 { day } else { Line::default() };
        TabBar { tabs, active: self.tab, focused: true, gap: 3, signs: true, right }
    }

    pub(super) fn tab_at(&self, cell: (u16, u16), cx: &Cx) -> Option<usize> {
        let tabs = self.tabs();
        self.bar(&tabs, cx).at(self.place.list, cell)
    }

    pub(super) fn paint(&mut self, buf: &mut Buffer, cx: &Cx) {
        self.measure(cx);
        self.cursor = None;
        let tabs = self.tabs();
        self.bar(&tabs, cx).draw(buf, self.place.list, cx.look);
        if self.told.is_none() {
            return;
        }
        self.paint_progress(buf, cx);
        if self.lines.rows() == 0 {
            return self.paint_empty(buf, cx);
        }
        self.paint_rows(buf, cx);
        if let Some(area) = self.place.beside {
            beside::draw(self, buf, area, cx);
        }
    }

    /// `3 of 9 done ━━━─── queue: mine, all types`.
    fn paint_progress(&self, buf: &mut Buffer, cx: &Cx) {
        let (theme, glyphs, area) = (cx.look.theme, cx.look.glyphs, self.place.progress);
        let done = self.count(Part::DoneToday);
        let all = done + self.count(Part::Overdue) + self.count(Part::Today);
        let mut spans = Vec::new();
        if all > 0 {
            spans.push(Span::styled(grouped(done as u64), theme.title));
            spans.push(Span::styled(format!(" of {} done   ", grouped(all as u64)), theme.dim));
            let full = done * usize::from(METER) / all;
            spans.push(Span::styled(glyphs.rule_heavy.repeat(full), theme.ok));
            spans.push(Span::styled(glyphs.rule.repeat(usize::from(METER) - full), theme.line));
        } else {
            spans.push(Span::styled("Nothing for today", theme.dim));
        }
        let left = Line::from(spans);
        let room = area.width.saturating_sub(left.width() as u16 + 2);
        draw_left(buf, area, &left);
        let label = format!("queue: {}", queue::label(&self.queue));
        draw_right(buf, area, &Line::styled(cx.look.fit(&label, room), theme.dim));
    }

    fn paint_rows(&mut self, buf: &mut Buffer, cx: &Cx) {
        let rows = self.place.rows;
        for (y, line) in (0..rows.height).zip(self.window.visible()) {
            let area = row(rows, y);
            match self.lines.at(line) {
                Spot::Blank => {}
                Spot::Head(part, count) => paint_head(buf, area, part, count, cx),
                Spot::Row(at, within) => {
                    let is_cursor = at == self.row;
                    if is_cursor {
                        paint_row(buf, area, RowState::Cursor { focused: true }, cx.look);
                        if within == 0 {
                            self.cursor = Some(Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area });
                        }
                    }
                    let Some(item) = self.cache.get(at) else {
                        let skeleton = Line::styled(cx.look.glyphs.skeleton, cx.look.theme.dim);
                        draw_left(buf, from(area, TITLE_AT), &skeleton);
                        continue;
                    };
                    let is_marked = self.marks.contains(item.activity.id);
                    if is_marked && !is_cursor {
                        paint_row(buf, area, RowState::Marked, cx.look);
                    }
                    if within == 0 {
                        let part = self.lines.part_of(at).unwrap_or(Part::Today);
                        paint_first(buf, area, item, part, is_cursor, self.place.is_low, cx);
                        if is_marked {
                            let sign = Rect { width: TITLE_AT, ..area };
                            draw_mark_sign(buf, sign, cx);
                        }
                    } else {
                        paint_second(buf, from(area, TITLE_AT), item, cx);
                    }
                }
            }
        }
        draw_scrollbar(buf, rows, &self.window, cx.look);
    }

    fn paint_empty(&self, buf: &mut Buffer, cx: &Cx) {
        let (label, _) = TABS[self.tab];
        let is_narrowed = self.queue.kind.is_some() || self.queue.name.is_some() || self.queue.whose == Whose::Nobodys;
        let has_any = Part::ROWS.iter().any(|(part, _)| self.count(*part) > 0);
        let (sentence, hints) = match (is_narrowed, has_any) {
            (true, _) => {
                let sentence = format!("Nothing of the queue “{}” stands here.", queue::label(&self.queue));
                (sentence, vec![Hint::new("f", "another queue"), Hint::new("[ ]", "other tabs")])
            }
            (false, true) => {
                let sentence = match label {
                    "Today" => "Nothing is left for today, and nothing is overdue.",
                    "Overdue" => "Nothing is overdue.",
                    "Upcoming" => "Nothing is planned for later.",
                    _ => "Every task has a date.",
                };
                (sentence.to_owned(), vec![Hint::new("[ ]", "other tabs"), Hint::new("esc", "goes back")])
            }
            (false, false) => {
                let sentence = "No task is open. One that is logged on a record stands here.";
                (sentence.to_owned(), vec![Hint::new("g c", "contacts"), Hint::new("esc", "goes back")])
            }
        };
        let sentence = cx.look.glyphs.spell(&sentence);
        EmptyState { sentence: &sentence, hints: &hints }.draw(buf, self.place.rows, cx.look);
    }
}

fn from(area: Rect, x: u16) -> Rect {
    let x = x.min(area.width);
    Rect { x: area.x + x, width: area.width - x, ..area }
}

fn paint_head(buf: &mut Buffer, area: Rect, part: Part, count: usize, cx: &Cx) {
    let right = Some(said::count(count));
    SectionHead { title: part.label(), right, ..SectionHead::default() }.draw(buf, area, cx.look);
    if part == Part::Overdue {
        let label = Rect { width: (part.label().len() as u16).min(area.width), ..area };
        buf.set_style(label, cx.look.theme.err);
    }
}

/// The sign of a marked row in the place of its own.
fn draw_mark_sign(buf: &mut Buffer, area: Rect, cx: &Cx) {
    let sign = Rect { width: 1, ..from(area, SIGN_AT) };
    draw_mark(buf, Rect { x: sign.x - 1, ..sign }, true, cx.look);
    draw_left(buf, sign, &Line::styled(cx.look.glyphs.marked, cx.look.theme.accent));
}

/// Sign, title, and when.
fn paint_first(buf: &mut Buffer, area: Rect, item: &Item, part: Part, is_cursor: bool, is_low: bool, cx: &Cx) {
    let theme = cx.look.theme;
    let planned = Planned::of(&item.activity);
    let stand = planned.as_ref().map(|planned| planned.stand);
    let tone = stand.map_or(theme.dim, |stand| tone(stand, part, item, cx));
    let (sign, sign_tone) = match (stand, planned.as_ref().map(|planned| planned.kind)) {
        (Some(Stand::Done(_)), _) => (cx.look.glyphs.task_done, theme.ok),
        (_, Some(PlannedKind::Meeting)) => (cx.look.glyphs.meeting, tone),
        _ => (cx.look.glyphs.task, tone),
    };
    draw_left(buf, from(area, SIGN_AT), &Line::styled(sign, sign_tone));
    let taken = draw_right(buf, area, &Line::styled(time(stand, part, item, cx), tone));
    let title_tone = match stand {
        _ if is_cursor => theme.title,
        Some(Stand::Done(_)) => theme.dim,
        _ => theme.text,
    };
    let title = from(area, TITLE_AT);
    let room = title.width.saturating_sub(taken + 2);
    let mut line = cell::text(&entry::title(&item.activity), &[], room, title_tone, cx);
    if is_low {
        let left = room.saturating_sub(line.width() as u16);
        let whom = whom(item, left.saturating_sub(3), cx);
        if whom.width() > 0 {
            line.push_span(Span::styled(format!(" {} ", cx.look.glyphs.dot), theme.dim));
            line.extend(whom);
        }
    }
    draw_left(buf, title, &line);
}

/// What is to be done, and for whom.
fn paint_second(buf: &mut Buffer, area: Rect, item: &Item, cx: &Cx) {
    let sign = match Planned::of(&item.activity).map(|planned| planned.kind) {
        Some(PlannedKind::Call) => entry::sign(ActivityKind::Call, cx),
        Some(PlannedKind::Email) => entry::sign(ActivityKind::Email, cx),
        _ => home(item).map_or(" ", |id| glyph_of(id.object, cx.look.glyphs)),
    };
    draw_left(buf, area, &Line::styled(sign, cx.look.theme.dim));
    let area = from(area, WHOM_AT);
    draw_left(buf, area, &whom(item, area.width, cx));
}

/// `Jan Kowalski · Baltic Freight`.
fn whom(item: &Item, room: u16, cx: &Cx) -> Fact {
    let home = home(item);
    let targets = || item.activity.targets.iter().zip(&item.names);
    let at_home = targets().find(|(target, _)| Some(target.record) == home);
    let company = targets().find(|(target, _)| target.record.object == Object::COMPANY && Some(target.record) != home);
    let seen = at_home.into_iter().chain(company).filter_map(|(_, name)| name.as_deref());
    joined(seen.map(|name| words(name, cx.look.theme.dim, cx)), room, cx)
}

fn time(stand: Option<Stand>, part: Part, item: &Item, cx: &Cx) -> String {
    let clock = cx.settings.clock(cx.now);
    match (stand, part) {
        (Some(Stand::Due(at)), Part::Overdue) => late(clock.today() - clock.day_of(at)),
        (Some(Stand::Due(at)), Part::Today) if is_all_day(&item.activity, at, &clock) => "any time".to_owned(),
        (Some(Stand::Due(at) | Stand::Done(at)), Part::Today | Part::DoneToday) => when::time_of_day(at, &clock),
        (Some(Stand::Due(at)), _) if is_all_day(&item.activity, at, &clock) => when::day_long(clock.day_of(at), &clock),
        (Some(Stand::Due(at)), _) => said::moment(at, u16::MAX, cx),
        _ => String::new(),
    }
}

/// `2 d late`.
pub(super) fn late(by: Duration) -> String {
    match by.num_days() {
        days @ ..30 => format!("{days} d late"),
        days @ 30..365 => format!("{} mo late", days / 30),
        days => format!("{} y late", days / 365),
    }
}

fn tone(stand: Stand, part: Part, item: &Item, cx: &Cx) -> Style {
    let (theme, clock) = (cx.look.theme, cx.settings.clock(cx.now));
    match (stand, part) {
        (Stand::Due(_), Part::Overdue) => theme.err,
        (Stand::Due(at), Part::Today) if is_all_day(&item.activity, at, &clock) => theme.dim,
        (Stand::Due(at), Part::Today) if at < cx.now => theme.err,
        (Stand::Due(at), Part::Today) if at < cx.now + SOON => theme.warn,
        _ => theme.dim,
    }
}
