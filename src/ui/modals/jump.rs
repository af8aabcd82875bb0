//! A date in words to go to. Whoever pushes it gets the last moment of it as [`Answer::Moment`].

use crate::domain::when::{self, parse_past};
use crate::keys::{Command, KeyMode, Keys, rows::JUMPING};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{Corner, FieldLook, Modal, TextField, draw_left, row};
use chrono::{DateTime, Days, Duration, Utc};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (62, 9);

pub struct Jump {
    field: TextField,
    cursor: Option<Rect>,
}

impl Jump {
    pub fn new() -> Jump {
        Jump { field: TextField::default().limited(40), cursor: None }
    }

    /// The last moment of what is written, of a day its end, and how it reads.
    fn moment(&self, cx: &Cx) -> Result<(DateTime<Utc>, String), String> {
        let clock = cx.settings.clock(cx.now);
        let moment = parse_past(self.field.text(), &clock).map_err(|error| error.to_string())?;
        if moment.has_time {
            return Ok((moment.at, when::moment_long(moment.at, &clock)));
        }
        let day = clock.day_of(moment.at);
        let next = day.checked_add_days(Days::new(1)).map(|next| clock.start_of(next) - Duration::milliseconds(1));
        Ok((next.unwrap_or(moment.at), when::day_long(day, &clock)))
    }
}

impl Layer for Jump {
    fn name(&self, _: &Cx) -> String {
        "the date".into()
    }

    fn keys(&self) -> &'static [Keys] {
        JUMPING
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => drop(self.field.key(*key)?),
            Input::Paste(text) => self.field.paste(text),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.moment(cx).err().filter(|_| command == Command::Open)
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Open => self.moment(cx).map(|(at, _)| Effect::Pop(Some(Answer::Moment(at)))).into_iter().collect(),
            Command::Escape => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme, glyphs) = (frame.buffer_mut(), cx.look.theme, cx.look.glyphs);
        let modal = Modal {
            title: Line::styled("Go to a date", theme.title),
            escape: "cancel",
            size: SIZE,
            right: Some(Corner::Button("Go there", "enter")),
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        let look = FieldLook { focused: true, prompt: None, placeholder: "3 months ago, last monday, 12 Mar 2026" };
        let caret = self.field.draw(buf, row(area, 0), &look, cx.look);
        self.cursor = caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1));
        if self.field.text().trim().is_empty() {
            return;
        }
        let (sign, tone, said) = match self.moment(cx) {
            Ok((_, said)) => (glyphs.done, theme.ok, said),
            Err(sentence) => (glyphs.warning, theme.warn, sentence),
        };
        let lines = wrap(&clean(&glyphs.spell(&said)), usize::from(area.width.saturating_sub(3)));
        for (y, line) in (1..area.height).zip(lines) {
            let sign = if y == 1 { sign } else { " " };
            let spans = [Span::styled(format!(" {sign} "), tone), Span::styled(line, theme.text)];
            draw_left(buf, row(area, y), &Line::from_iter(spans));
        }
    }
}
