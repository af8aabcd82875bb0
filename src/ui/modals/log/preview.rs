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
use chrono::{DateTime, Utc};
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

    /// Draws it in up to three rows; gives how many it took.
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
        draw_left(buf, text(y), &self.below(&activity, text(y).width, cx));
        y + 1
    }

    fn tone(&self, activity: &Activity, cx: &Cx) -> ratatui::style::Style {
        entry::due(activity).map_or(cx.look.theme.accent, |at| said::due_tone(self.due(at, cx), cx))
    }

    /// What is due on a day is so until its end.
    fn due(&self, at: DateTime<Utc>, cx: &Cx) -> DateTime<Utc> {
        if self.has_time { at } else { at.max(cx.now) }
    }

    fn when(&self, activity: &Activity, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let tone = match entry::due(activity) {
            Some(at) => said::due_tone(self.due(at, cx), cx),
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

    /// Who, what else is said of it, and the date as understood.
    fn below(&self, activity: &Activity, room: u16, cx: &Cx) -> Line<'static> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let mut line = Line::default();
        if let Some(at) = self.logging.at {
            let (day, away) =
                if self.has_time { moment_said(at, cx) } else { day_said(cx.settings.clock(cx.now).day_of(at), cx) };
            line.push_span(Span::styled(format!("{} ", glyphs.done), theme.ok));
            line.push_span(Span::styled(day, theme.text));
            line.push_span(Span::styled(format!(" {} {away}", glyphs.dot), theme.dim));
        }
        let mut facts: Vec<String> = match &activity.details {
            Details::Task { task, priority, assignee, queue, .. } => {
                let name = assignee.and_then(|id| cx.settings.user(id)).map(|user| clean(&user.name).into_owned());
                let whose = name.map(|name| format!(" for {}", said::first_name(&name)));
                let high = (*priority != Priority::None).then(|| priority.label().to_lowercase());
                let queue = (!queue.is_empty()).then(|| format!("queue {}", clean(queue)));
                [Some(format!("{}{}", task.label(), whose.unwrap_or_default())), high, queue]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Details::Meeting { end, attendees, location, .. } => {
                let clock = cx.settings.clock(cx.now);
                let until = end.map(|end| format!("until {}", when::time_of_day(end, &clock)));
                let place = (!location.is_empty()).then(|| clean(location).into_owned());
                let with = (!attendees.is_empty()).then(|| format!("with {}", clean(&attendees.join(", "))));
                [until, place, with].into_iter().flatten().collect()
            }
            _ if self.logging.at.is_some() && !self.logging.with.is_empty() => Vec::new(),
            _ => vec![clean(&cx.user.name).into_owned()],
        };
        facts.extend((!self.logging.with.is_empty()).then(|| format!("with {}", clean(&self.logging.with.join(", ")))));
        facts.extend(self.aside.map(str::to_owned));
        let dot = format!(" {} ", glyphs.dot);
        let before = if line.spans.is_empty() { "" } else { dot.as_str() };
        let facts = format!("{before}{}", facts.join(&dot));
        let left = room.saturating_sub(line.width() as u16);
        line.push_span(Span::styled(cx.look.fit(&facts, left).into_owned(), theme.dim));
        line
    }
}
