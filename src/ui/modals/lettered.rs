//! One of a few things, each of which has its letter. Whoever pushes it says what each choice answers, and gives the
//! rows: the letters are those of [`Command::Take`].

use super::reschedule::Reschedule;
use crate::keys::{Command, Keys, rows_of};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::text::{clean, width};
use crate::ui::widgets::{Hint, Modal, RowState, Window, draw_left, draw_right, paint_row, row};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 62;
/// Rows around those of the choice.
const FRAME: u16 = 7;
/// Where a choice stands beside its letter.
const LABEL_AT: u16 = 3;

pub struct Lettered {
    pub label: &'static str,
    /// At the right, dim.
    pub aside: String,
    pub answer: Answer,
}

pub struct Letters {
    title: &'static str,
    subject: String,
    rows: &'static [Keys],
    choices: Vec<Lettered>,
    /// What takes its place when none of them is meant.
    instead: Option<Reschedule>,
    window: Window,
    drawn: Rect,
}

impl Letters {
    pub fn new(title: &'static str, subject: String, rows: &'static [Keys], choices: Vec<Lettered>) -> Letters {
        let window = Window::new(choices.len(), choices.len());
        Letters { title, subject, rows, choices, instead: None, window, drawn: Rect::ZERO }
    }

    /// Another time, in words.
    #[must_use]
    pub fn or_reschedule(self, reschedule: Reschedule) -> Letters {
        Letters { instead: Some(reschedule), ..self }
    }

    fn take(&self, at: Option<usize>) -> Vec<Effect> {
        let choice = at.and_then(|at| self.choices.get(at));
        choice.map(|choice| Effect::Pop(Some(choice.answer.clone()))).into_iter().collect()
    }

    /// The letter of a choice.
    fn letter(&self, at: usize) -> String {
        let taken = |command| matches!(command, Command::Take(number) if usize::from(number) == at);
        let row = rows_of(self.rows).find(|row| taken(row.command));
        row.and_then(|row| row.keys.split(" | ").next().map(str::to_owned)).unwrap_or_default()
    }
}

impl Layer for Letters {
    fn name(&self, _: &Cx) -> String {
        format!("the choice: {}", self.title.to_lowercase())
    }

    fn keys(&self) -> &'static [Keys] {
        self.rows
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        let at = (mouse.column, mouse.row).into();
        if mouse.kind != MouseEventKind::Down(MouseButton::Left) || !self.drawn.contains(at) {
            return None;
        }
        let place = usize::from(at.y - self.drawn.y);
        let again = self.window.cursor() == Some(place);
        self.window.go_to(place);
        Some(if again { self.take(Some(place)) } else { Vec::new() })
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::MoveDown => self.window.move_by(times),
            Command::MoveUp => self.window.move_by(-times),
            Command::Open => return self.take(self.window.cursor()),
            Command::Take(number) => return self.take(Some(usize::from(number))),
            Command::Reschedule => {
                let next = self.instead.take().map(|layer| Effect::Push(Box::new(layer)));
                return std::iter::once(Effect::Pop(None)).chain(next).collect();
            }
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn cursor(&self) -> Option<Rect> {
        let at = self.window.cursor()?;
        Some(Rect { height: 1, ..row(self.drawn, at as u16) })
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let subject = clean(&self.subject);
        let room = WIDTH.saturating_sub(width(self.title) as u16 + 24);
        let subject = format!("  {}", cx.look.fit(&subject, room));
        let title = Line::from(vec![Span::styled(self.title, theme.title), Span::styled(subject, theme.dim)]);
        let mut hints = vec![Hint::new("enter", "choose")];
        if self.instead.is_some() {
            hints.push(Hint::new("r", "another day, in words"));
        }
        let size = (WIDTH, self.choices.len() as u16 + FRAME);
        let area =
            Modal { title, escape: "cancel", size, hints: &hints, ..Modal::default() }.draw(buf, screen, cx.look);
        self.drawn = Rect { height: area.height.min(self.choices.len() as u16), ..area };
        self.window.resize(usize::from(self.drawn.height));
        for (y, at) in (0..self.drawn.height).zip(self.window.visible()) {
            let (line, choice) = (row(self.drawn, y), &self.choices[at]);
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            draw_left(buf, line, &Line::styled(self.letter(at), theme.accent));
            let x = LABEL_AT.min(line.width);
            let label = Rect { x: line.x + x, width: line.width - x, ..line };
            let taken = draw_right(buf, line, &Line::styled(choice.aside.as_str(), theme.dim));
            let tone = if is_cursor { theme.title } else { theme.text };
            let room = label.width.saturating_sub(taken + 2);
            draw_left(buf, label, &Line::styled(cx.look.fit(choice.label, room), tone));
        }
    }
}
