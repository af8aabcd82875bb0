//! What will be: each activity as its timeline will show it, with the date as it was understood.

use crate::domain::activity::{Activity, Details, Priority};
use crate::domain::change::{Author, Origin};
use crate::domain::id::{ActNo, ActivityId};
use crate::domain::logging::Logging;
use crate::domain::record::Stamp;
use crate::domain::when;
use crate::ui::cell;
use crate::ui::edit::{day_said, moment_said};
use crate::ui::layer::Cx;
use crate::ui::record::{entry, said};
use crate::ui::text::clean;
use crate::ui::widgets::{draw_left, draw_right, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use uuid::Uuid;

/// One of them.
pub struct Shown<'a> {
    pub logging: &'a Logging,
    /// A time of day was said.
    pub has_time: bool,
    /// Beside who does it.
    pub aside: Option<&'a str>,
    /// The date as it was understood has a row of its own.
    pub parted: bool,
}

/// Cells before the text.
const INDENT: u16 = 4;

impl Shown<'_> {
    /// As if it was logged now.
    fn activity(&self, cx: &Cx) -> Activity {
        let logging = self.logging;
        Activity {
            id: ActivityId(Uuid::nil()),
            version: 1,
            kind: logging.kind,
            at: logging.at.unwrap_or(cx.now),
            subject: logging.subject.clone(),
            text: logging.text.clone(),
            details: logging.details.clone(),
            logged_on: logging.on,
            logged_from: logging.from,
            stamp: Stamp { at: cx.now, by: Author::User(cx.user.id), origin: Origin::Interface, act: ActNo::NONE },
            targets: Vec::new(),
        }
    }

    /// Draws it in up to four rows; gives how many it took.
    pub fn paint(&self, buf: &mut Buffer, area: Rect, cx: &Cx) -> u16 {
        let (theme, activity) = (cx.look.theme, self.activity(cx));
        let first = row(area, 0);
        let glyph = Line::styled(entry::glyph(&activity, cx), self.tone(&activity, cx));
        draw_left(buf, Rect { x: first.x + 1, width: first.width.saturating_sub(1), ..first }, &glyph);
        let taken = draw_right(buf, first, &self.when(&activity, cx));
        let text = |y: u16| {
            let line = row(area, y);
            Rect { x: line.x + INDENT, width: line.width.saturating_sub(INDENT), ..line }
        };
        let direction = entry::direction(&activity, cx).map(|word| format!(" {word}")).unwrap_or_default();
        let room = text(0).width.saturating_sub(taken + 2 + direction.chars().count() as u16);
        let title = entry::title(&activity);
        let mut line = cell::text(&title, &[], room, theme.title, cx);
        line.push_span(Span::styled(direction, theme.dim));
        draw_left(buf, Rect { width: text(0).width.saturating_sub(taken), ..text(0) }, &line);
        let mut y = 1;
        let body = activity.text.trim();
        if !body.is_empty() && !title.contains(clean(body).as_ref()) {
            draw_left(buf, text(y), &cell::text(body, &[], text(y).width, theme.text, cx));
            y += 1;
        }
        let (when, facts) = (self.understood(cx), self.facts(&activity, cx));
        let facts = Line::from(Span::styled(facts, theme.dim));
        let mut lines = match when {
            Some(mut when) if !self.parted => {
                if facts.width() > 0 {
                    when.push_span(Span::styled(format!(" {} ", cx.look.glyphs.dot), theme.dim));
                    when.extend(facts);
                }
                vec![when]
            }
            Some(when) => vec![when, facts],
            None => vec![facts],
        };
        lines.retain(|line| line.width() > 0);
        for line in lines {
            draw_left(buf, text(y), &line);
            y += 1;
        }
        y
    }

    fn tone(&self, activity: &Activity, cx: &Cx) -> ratatui::style::Style {
        entry::due(activity).map_or(cx.look.theme.accent, |at| said::due_tone(at, cx))
    }

    fn when(&self, activity: &Activity, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let tone = match entry::due(activity) {
            Some(at) => said::due_tone(at, cx),
            None => theme.text,
        };
        let Some(at) = self.logging.at else {
            let is_task = activity.is_open_task();
            return Line::styled(if is_task { "no date" } else { "now" }, if is_task { theme.dim } else { theme.text });
        };
        let clock = cx.settings.clock(cx.now);
        let day = when::day_long(clock.day_of(at), &clock);
        let time = if self.has_time { format!(", {}", when::time_of_day(at, &clock)) } else { String::new() };
        Line::styled(format!("{day}{time}"), tone)
    }

    /// `✓ Thu 3 Dec 2026, 15:00 · in 14 days`.
    fn understood(&self, cx: &Cx) -> Option<Line<'static>> {
        let (theme, glyphs, at) = (cx.look.theme, cx.look.glyphs, self.logging.at?);
        let day = || day_said(cx.settings.clock(cx.now).day_of(at), cx);
        let (day, away) = if self.has_time { moment_said(at, cx) } else { day() };
        Some(Line::from_iter([
            Span::styled(format!("{} ", glyphs.done), theme.ok),
            Span::styled(day, theme.text),
            Span::styled(format!(" {} {away}", glyphs.dot), theme.dim),
        ]))
    }

    /// Who, and what else is said of it.
    fn facts(&self, activity: &Activity, cx: &Cx) -> String {
        let clock = cx.settings.clock(cx.now);
        let named = |word: &str, text: &str| (!text.is_empty()).then(|| format!("{word}{}", clean(text)));
        let mut facts: Vec<Option<String>> = match &activity.details {
            Details::Task { task, priority, assignee, queue, .. } => {
                let name = assignee.and_then(|id| cx.settings.user(id)).map(|user| clean(&user.name));
                let whose = name.map(|name| format!(" for {}", said::first_name(&name))).unwrap_or_default();
                let urgency = (*priority != Priority::None).then(|| priority.label().to_lowercase());
                vec![Some(format!("{}{whose}", task.label())), urgency, named("queue ", queue)]
            }
            Details::Meeting { end, attendees, location, .. } => {
                let until = end.map(|end| format!("until {}", when::time_of_day(end, &clock)));
                vec![until, named("", location), named("with ", &attendees.join(", "))]
            }
            _ => vec![named("", &cx.user.name)],
        };
        facts.push(named("with ", &self.logging.with.join(", ")));
        facts.push(self.aside.map(str::to_owned));
        let dot = format!(" {} ", cx.look.glyphs.dot);
        facts.into_iter().flatten().collect::<Vec<_>>().join(&dot)
    }
}
