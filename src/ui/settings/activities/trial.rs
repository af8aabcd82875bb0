//! Where an activity would go that is logged on a chosen record, by the row under the cursor, as the settings are saved.

use super::Line;
use crate::domain::activity::{ActivityKind, Details, Direction, LoggedFrom};
use crate::domain::change::Reason;
use crate::domain::id::RecordId;
use crate::domain::logging::{Logging, Sort};
use crate::ui::cell::{self, glyph_of};
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::anywhere::Anywhere;
use crate::ui::text::clean;
use crate::ui::widgets::{draw_left, draw_right, row};
use crate::workspace::Failure;
use crate::workspace::aiming::Aiming;
use crate::workspace::request::Request;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line as Text, Span};

#[derive(Default)]
pub struct Trial {
    on: Option<RecordId>,
    /// What was asked about, so that it is asked once.
    asked: Option<Logging>,
    told: Option<Result<Aiming, Failure>>,
}

/// The record is chosen.
pub fn choose() -> Vec<Effect> {
    vec![Effect::Push(Box::new(Anywhere::to_try()))]
}

impl Trial {
    pub fn of(&mut self, on: RecordId) {
        (self.on, self.told) = (Some(on), None);
    }

    pub fn outdated(&mut self) {
        self.asked = None;
    }

    /// Asks by the row under the cursor.
    pub fn ask(&mut self, line: Option<Line>, cx: &Cx) -> Vec<Effect> {
        let (Some(on), Some(Line::Row((_, sort, from)))) = (self.on, line) else { return Vec::new() };
        let kind = match sort {
            None => ActivityKind::Note,
            Some(Sort::Reply) => ActivityKind::Email,
            Some(Sort::Of(kind)) => kind,
        };
        let details = Details::empty(kind, Direction::Out, Some(cx.user.id));
        let logging = Logging::new(kind, on, from.unwrap_or(LoggedFrom::RecordPage), details);
        if self.asked.as_ref() == Some(&logging) {
            return Vec::new();
        }
        self.asked = Some(logging.clone());
        vec![Effect::Ask(0, Request::Aims(vec![logging]))]
    }

    pub fn take(&mut self, answers: Vec<Result<Aiming, Failure>>) {
        self.told = answers.into_iter().next();
    }

    /// Rows that it would like.
    pub fn height(&self) -> u16 {
        match &self.told {
            Some(Ok(aiming)) => 2 + (aiming.goals.len() + usize::from(aiming.unseen > 0)).max(1) as u16,
            _ => 2,
        }
    }

    pub fn paint(&self, buf: &mut Buffer, area: Rect, is_saved: bool, cx: &Cx) {
        let theme = cx.look.theme;
        let rule = cx.look.glyphs.rule.repeat(usize::from(area.width));
        draw_left(buf, row(area, 0), &Text::styled(rule, theme.line));
        let (Some(asked), Some(told)) = (&self.asked, &self.told) else {
            let words = [cx.look.key("t"), Span::styled(" shows where one would go from a record", theme.dim)];
            draw_left(buf, row(area, 1), &Text::from_iter(words));
            return;
        };
        let aiming = match told {
            Ok(aiming) => aiming,
            Err(why) => {
                let said = format!("{} {}", cx.look.glyphs.error, clean(&why.to_string()));
                draw_left(buf, row(area, 1), &Text::styled(cx.look.fit(&said, area.width).into_owned(), theme.err));
                return;
            }
        };
        let what = asked.kind.row().one;
        let what = format!("{}{}", what[..1].to_uppercase(), &what[1..]);
        let when = if is_saved { "" } else { ", as it is saved now," };
        let head = [
            Span::styled(format!("{what} from {}, logged on ", asked.from.label()), theme.dim),
            Span::styled(format!("{} ", glyph_of(asked.on.object, cx.look.glyphs)), theme.dim),
            Span::styled(clean(&aiming.home).into_owned(), theme.text),
            Span::styled(format!("{when} goes to"), theme.dim),
        ];
        draw_left(buf, row(area, 1), &Text::from_iter(head));
        paint_goals(buf, Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }, aiming, cx);
    }
}

fn paint_goals(buf: &mut Buffer, area: Rect, aiming: &Aiming, cx: &Cx) {
    let theme = cx.look.theme;
    if aiming.goals.is_empty() && aiming.unseen == 0 {
        draw_left(buf, row(area, 0), &Text::styled("no other record", theme.dim));
    }
    let shown = usize::from(area.height).saturating_sub(usize::from(aiming.goals.len() > usize::from(area.height)));
    for (y, goal) in (0..area.height).zip(aiming.goals.iter().take(shown)) {
        let line = row(area, y);
        let why = match &goal.why {
            Reason::Rule(_, sentence) => sentence.as_str(),
            Reason::Asked => "",
        };
        let taken = draw_right(buf, line, &Text::styled(clean(why).into_owned(), theme.dim));
        draw_left(buf, line, &Text::styled(glyph_of(goal.record.object, cx.look.glyphs), theme.dim));
        let name = Rect { x: line.x + 2.min(line.width), width: line.width.saturating_sub(taken + 4), ..line };
        draw_left(buf, name, &cell::text(&goal.name, &[], name.width, theme.text, cx));
    }
    let more = aiming.goals.len() - shown.min(aiming.goals.len()) + aiming.unseen;
    if more > 0 && area.height > 0 {
        let y = (aiming.goals.len().min(shown) as u16).min(area.height - 1);
        draw_left(buf, row(area, y), &Text::styled(format!("and {more} more"), theme.dim));
    }
}
