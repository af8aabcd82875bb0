//! When else something is to be done, in words; what is understood stands below.

use crate::domain::activity::Activity;
use crate::domain::agenda::{Tending, is_all_day};
use crate::domain::change::Change;
use crate::domain::id::ActivityId;
use crate::domain::when::{self, Clock, WhenError};
use crate::keys::{Command, KeyMode, Keys, rows::RESCHEDULING};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::text::{clean, width, wrap};
use crate::ui::widgets::{Corner, Edit, FieldLook, Modal, TextField, draw_field, draw_left, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (62, 11);
/// Cells of the label.
const LABEL: u16 = 8;
/// Longer than any date.
const MOST: usize = 60;

pub struct Reschedule {
    subject: String,
    /// The only one, whose time of day is known.
    one: Option<Activity>,
    what: Vec<ActivityId>,
    field: TextField,
    /// It was to be taken as it is: from then on a fault is told.
    tried: bool,
    cursor: Option<Rect>,
}

impl Reschedule {
    pub fn new(subject: String, one: Option<Activity>, what: Vec<ActivityId>) -> Reschedule {
        let field = TextField::default().limited(MOST);
        Reschedule { subject, one, what, field, tried: false, cursor: None }
    }

    /// A day alone leaves each its time of day.
    fn understood(&self, clock: &Clock) -> Result<Tending, WhenError> {
        let moment = when::parse_moment(self.field.text(), clock)?;
        Ok(if moment.has_time { Tending::At(moment.at) } else { Tending::On(clock.day_of(moment.at)) })
    }

    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        self.tried = true;
        let how = self.understood(&cx.settings.clock(cx.now)).ok();
        let change = how.map(|how| Box::new(Change::Tend { what: self.what.clone(), how }));
        change.map(|change| Effect::Pop(Some(Answer::Do(change)))).into_iter().collect()
    }

    /// `Fri 20 Nov, 16:00 · tomorrow`.
    fn words(&self, how: Tending, clock: &Clock) -> String {
        let due = self.one.as_ref().and_then(|activity| Some((activity, how.due(activity, clock)?)));
        match (due, how) {
            (Some((activity, at)), _) if is_all_day(activity, at, clock) => when::day_long(clock.day_of(at), clock),
            (Some((_, at)), _) | (None, Tending::At(at)) => when::moment_long(at, clock),
            (None, Tending::On(day)) => format!("{}, each at its own time", when::day_long(day, clock)),
            (None, _) => String::new(),
        }
    }
}

fn day_of(how: Tending, clock: &Clock) -> Option<chrono::NaiveDate> {
    match how {
        Tending::At(at) => Some(clock.day_of(at)),
        Tending::On(day) => Some(day),
        Tending::Done(_) | Tending::Outcome(_) => None,
    }
}

impl Layer for Reschedule {
    fn name(&self, _: &Cx) -> String {
        "the day to do it".into()
    }

    fn keys(&self) -> &'static [Keys] {
        RESCHEDULING
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => {
                if self.field.key(*key)? == Edit::Changed {
                    self.tried = false;
                }
            }
            Input::Paste(text) => self.field.paste(text),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Agree => self.save(cx),
            Command::Escape => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme, glyphs) = (frame.buffer_mut(), cx.look.theme, cx.look.glyphs);
        let room = SIZE.0.saturating_sub(width("Reschedule") as u16 + 24);
        let subject = clean(&self.subject);
        let subject = format!("  {}", cx.look.fit(&subject, room));
        let modal = Modal {
            title: Line::from(vec![Span::styled("Reschedule", theme.title), Span::styled(subject, theme.dim)]),
            escape: "cancel",
            size: SIZE,
            right: Some(Corner::Button("Reschedule", "enter")),
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        draw_field(buf, row(area, 0), "When", LABEL, &Line::default(), cx.look);
        let x = LABEL.min(area.width);
        let field = Rect { x: area.x + x, width: area.width - x, ..row(area, 0) };
        let look = FieldLook { focused: true, prompt: None, placeholder: "friday 10am, in 3 days, jutro" };
        let caret = self.field.draw(buf, field, &look, cx.look);
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        let clock = cx.settings.clock(cx.now);
        let (sign, tone, said) = match self.understood(&clock) {
            Ok(how) => {
                let ago = day_of(how, &clock).map(|day| when::ago_day(day, &clock)).unwrap_or_default();
                let words = self.words(how, &clock);
                (glyphs.task_done, theme.ok, format!("{words} {} {ago}", glyphs.dot))
            }
            Err(error) if self.tried || !matches!(error, WhenError::Empty | WhenError::NotADate(_)) => {
                (glyphs.error, theme.err, error.to_string())
            }
            Err(_) => return,
        };
        for (y, line) in (1..).zip(wrap(&glyphs.spell(&said), usize::from(field.width.saturating_sub(3)))) {
            let sign = if y == 1 { sign } else { " " };
            let spans = [Span::styled(format!(" {sign} "), tone), Span::styled(line, theme.text)];
            draw_left(buf, Rect { x: field.x, width: field.width, ..row(area, y) }, &Line::from_iter(spans));
        }
    }
}
