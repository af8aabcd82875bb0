//! A card: what it is called, what one recognises it by, how long nothing happened. To show another property of an
//! object, change its row in [`FIELDS`]; of leads the settings say it (R2.15).

use super::Board;
use crate::domain::answer::Row;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::is;
use crate::domain::pipeline::{Group, Stage};
use crate::domain::value::Value;
use crate::ui::cell;
use crate::ui::layer::Cx;
use crate::ui::widgets::{RowState, draw_left, draw_right, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Below the name, below that, and at the right end of the last row.
const FIELDS: &[(Object, [PropertyId; 3])] = &[
    (Object::DEAL, [is::COMPANY, is::CLOSE_DATE, is::AMOUNT]),
    (Object::TICKET, [is::COMPANY, is::PRIORITY, is::OWNER]),
];
const USUAL: [PropertyId; 3] = [is::COMPANY, is::STAGE_ENTERED, is::OWNER];
/// Of a hundred cells of a wide card, where its second fact begins.
const SECOND_AT: u16 = 55;

/// Cells below which the last fact is left out.
const LAST_LEAST: u16 = 7;

/// A card in its surroundings.
pub struct Card<'a> {
    pub row: &'a Row,
    pub stage: &'a Stage,
    pub has_focus: bool,
    pub is_marked: bool,
    pub is_moving: bool,
}

impl Card<'_> {
    /// On two rows where it is wide, else on three.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, words: &[String], cx: &Cx) {
        let theme = cx.look.theme;
        let state = if self.has_focus { RowState::Cursor { focused: true } } else { RowState::Marked };
        paint_row(buf, area, state, cx.look);
        let mut title = row(area, 0);
        if self.is_marked {
            draw_left(buf, title, &Line::styled(cx.look.glyphs.marked, theme.accent));
            title = Rect { x: title.x + 2, width: title.width.saturating_sub(2), ..title };
        }
        let tone = match (self.is_moving, self.has_focus) {
            (true, _) => theme.dim,
            (false, true) => theme.title,
            (false, false) => theme.text,
        };
        let name = |room| cell::text(&self.row.record.name(), words, room, tone, cx);
        if area.height > 2 {
            draw_left(buf, title, &name(title.width));
            self.draw_in_three(buf, area, cx);
        } else {
            let last = self.last(title.width / 3, cx);
            let taken = draw_right(buf, title, &last);
            draw_left(buf, title, &name(title.width.saturating_sub(taken + 2)));
            self.draw_second(buf, row(area, 1), cx);
        }
    }

    fn draw_in_three(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let (second, third) = (row(area, 1), row(area, 2));
        let idle = self.idle("", cx);
        let taken = draw_right(buf, second, &idle);
        let room = second.width.saturating_sub(taken + u16::from(taken > 0));
        draw_left(buf, second, &self.first(room, cx));
        if self.is_moving {
            draw_left(buf, third, &moving(cx));
            return;
        }
        // An amount is never cut, a person's name says less than how it ended.
        let state = self.state(third.width, cx);
        let is_amount = self.row.record.id.object == Object::DEAL;
        let left = third.width.saturating_sub(state.width() as u16 + 1);
        let room = if is_amount { left.max(third.width / 2) } else { left };
        let taken = if room < LAST_LEAST { 0 } else { draw_right(buf, third, &self.last(room, cx)) };
        draw_left(buf, third, &self.state(third.width.saturating_sub(taken + u16::from(taken > 0)), cx));
    }

    fn draw_second(&self, buf: &mut Buffer, line: Rect, cx: &Cx) {
        let half = line.width * SECOND_AT / 100;
        let rest = Rect { x: line.x + half, width: line.width - half, ..line };
        let room = half.saturating_sub(2);
        draw_left(buf, line, &self.first(room, cx));
        if self.is_moving {
            draw_left(buf, rest, &moving(cx));
            return;
        }
        let taken = draw_right(buf, rest, &self.idle(" idle", cx));
        draw_left(buf, rest, &self.state(rest.width.saturating_sub(taken + 1), cx));
    }

    /// Below the name, below that, at the right end of the last row, and what joins the first one.
    fn facts(&self, cx: &Cx) -> Vec<PropertyId> {
        let object = self.row.record.id.object;
        if object == Object::LEAD {
            return cx.settings.leads.card.iter().copied().filter(|id| *id != is::LAST_ACTIVITY).collect();
        }
        FIELDS.iter().find(|(of, _)| *of == object).map_or(USUAL, |(_, fields)| *fields).to_vec()
    }

    /// The last activity of a lead stands on its card as the days that it is idle for.
    fn tells_idle(&self, cx: &Cx) -> bool {
        self.row.record.id.object != Object::LEAD || cx.settings.leads.card.contains(&is::LAST_ACTIVITY)
    }

    fn first(&self, room: u16, cx: &Cx) -> Line<'static> {
        let facts = self.facts(cx);
        let mut line = Line::default();
        for id in facts.iter().take(1).chain(facts.iter().skip(3)) {
            let gap = if line.spans.is_empty() { "" } else { " · " };
            let left = room.saturating_sub((line.width() + gap.chars().count()) as u16);
            let fact = self.field(*id, left, cx);
            if left > 0 && !fact.spans.is_empty() {
                line.push_span(Span::styled(gap, cx.look.theme.dim));
                line.extend(fact);
            }
        }
        line
    }

    /// Nothing where it has no value.
    fn field(&self, id: PropertyId, room: u16, cx: &Cx) -> Line<'static> {
        let property = cx.settings.object(self.row.record.id.object).and_then(|spec| spec.property(id));
        match (property, self.row.get(id)) {
            (Some(property), Some(value)) => cell::cell(property, Some(&value), room, cx.look.theme.dim, cx),
            _ => Line::default(),
        }
    }

    fn last(&self, room: u16, cx: &Cx) -> Line<'static> {
        self.facts(cx).get(2).map_or_else(Line::default, |id| self.field(*id, room, cx))
    }

    /// How it ended, once it did; its second fact till then.
    fn state(&self, room: u16, cx: &Cx) -> Line<'static> {
        let (glyphs, theme) = (cx.look.glyphs, cx.look.theme);
        let ended = |sign, style, word: Line<'static>| {
            let mut line = Line::from(vec![Span::styled(sign, style), Span::raw(" ")]);
            line.extend(word);
            line
        };
        let group = self.stage.group;
        let word = |room: u16| cell::text(&group.label().to_lowercase(), &[], room, cx.look.theme.dim, cx);
        let second = self.facts(cx).get(1).copied();
        let left = room.saturating_sub(2);
        match group {
            Group::Disqualified => {
                let reason = self.field(is::DISQUALIFICATION_REASON, left, cx);
                let reason =
                    if reason.spans.is_empty() { Line::styled("no reason", cx.look.theme.dim) } else { reason };
                ended(glyphs.closed_badly, theme.err, reason)
            }
            Group::Qualified if self.row.derived.has_deal => {
                ended(glyphs.closed_well, theme.ok, cell::text("deal made", &[], left, theme.dim, cx))
            }
            Group::Lost => ended(glyphs.closed_badly, theme.err, word(left)),
            Group::Qualified | Group::Won | Group::Closed => ended(glyphs.closed_well, theme.ok, word(left)),
            Group::InProgress | Group::Open
                if second == Some(is::LEAD_LABEL) && self.row.get(is::LEAD_LABEL).is_none() =>
            {
                Line::styled(glyphs.unlabelled, cx.look.theme.dim)
            }
            Group::InProgress | Group::Open => second.map_or_else(Line::default, |id| self.field(id, room, cx)),
        }
    }

    /// `◌ 9 d`, of what is open and had no activity for long, nor came to its stage since.
    fn idle(&self, word: &str, cx: &Cx) -> Line<'static> {
        let most = i64::from(cx.settings.leads.idle_days);
        if !self.stage.group.is_open() || most == 0 || !self.tells_idle(cx) {
            return Line::default();
        }
        let entered = match self.row.record.get(is::STAGE_ENTERED).as_deref() {
            Some(Value::Time(at)) => Some(*at),
            _ => None,
        };
        let since = self.row.derived.last_activity.max(entered).unwrap_or(self.row.record.created.at);
        let days = (cx.now - since).num_days();
        if days <= most {
            return Line::default();
        }
        Line::styled(format!("{} {days} d{word}", cx.look.glyphs.idle), cx.look.theme.warn)
    }
}

fn moving(cx: &Cx) -> Line<'static> {
    let since = std::time::Duration::from_millis(cx.now.timestamp_millis().unsigned_abs());
    Line::styled(format!("{} moving{}", cx.look.spinner(since), cx.look.glyphs.ellipsis), cx.look.theme.accent)
}

impl Board {
    /// The cards of a stage that are seen, and how many more there are.
    pub(super) fn paint_stack(&self, buf: &mut Buffer, at: usize, area: Rect, cx: &Cx) {
        let Some(stack) = self.stacks.get(at) else { return };
        let words = crate::domain::fold::words(self.list.search.text());
        let (rows, dim) = (self.layout.card_rows, cx.look.theme.dim);
        for (nth, place) in (0u16..).zip(stack.window.visible()) {
            let line = Rect { y: area.y + nth * (rows + 1), height: rows, ..area };
            let has_focus = at == self.at && stack.window.cursor() == Some(place);
            let Some(card) = stack.cache.get(place) else {
                paint_row(buf, line, RowState::Marked, cx.look);
                draw_left(buf, line, &Line::styled(cx.look.glyphs.skeleton, dim));
                continue;
            };
            let id = card.record.id;
            let (is_marked, is_moving) = (self.list.marks.contains(id), self.is_moving(id));
            Card { row: card, stage: &stack.stage, has_focus, is_marked, is_moving }.draw(buf, line, &words, cx);
        }
        let seen = stack.window.visible();
        let grouped = |count: usize| crate::domain::number::grouped(count as u64);
        let below = stack.count() - seen.end;
        let y = area.y + seen.len() as u16 * (rows + 1);
        if below > 0 && y < area.bottom() {
            draw_left(buf, Rect { y, height: 1, ..area }, &Line::styled(format!("{} more", grouped(below)), dim));
        }
        if seen.start > 0 && !self.layout.is_tight {
            let y = area.y.saturating_sub(1);
            let above = format!("{} above", grouped(seen.start));
            draw_left(buf, Rect { y, height: 1, ..area }, &Line::styled(above, dim));
        }
    }
}
