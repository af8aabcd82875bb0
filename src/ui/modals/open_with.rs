//! Which of a record's link, e-mail and phone is opened, where it has several.

use crate::keys::{Command, Keys, rows::TAKE_ONE};
use crate::ui::copy::Way;
use crate::ui::layer::{Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Hint, Modal, RowState, Window, draw_left, draw_right, paint_row, row};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 62;
/// Rows around those of the choice.
const FRAME: u16 = 7;
const LABEL: u16 = 8;

pub struct OpenWith {
    of: String,
    ways: Vec<Way>,
    window: Window,
    drawn: Rect,
}

impl OpenWith {
    pub fn new(of: String, ways: Vec<Way>) -> OpenWith {
        let window = Window::new(ways.len(), ways.len());
        OpenWith { of, ways, window, drawn: Rect::ZERO }
    }

    fn way(&self, command: Command) -> Option<&Way> {
        self.ways.iter().find(|way| way.command == command)
    }

    fn chosen(&self) -> Option<&Way> {
        self.ways.get(self.window.cursor()?)
    }
}

fn take(way: Option<&Way>) -> Vec<Effect> {
    way.map(|way| vec![Effect::Pop(None), Effect::Open(way.link.clone())]).unwrap_or_default()
}

impl Layer for OpenWith {
    fn name(&self, _: &Cx) -> String {
        "the choice of what to open".into()
    }

    fn keys(&self) -> &'static [Keys] {
        &[TAKE_ONE]
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
        let again = self.window.cursor() == Some(usize::from(at.y - self.drawn.y));
        self.window.go_to(usize::from(at.y - self.drawn.y));
        Some(if again { take(self.chosen()) } else { Vec::new() })
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let is_missing = |command| self.way(command).is_none();
        match command {
            Command::TakeLink if is_missing(command) => Some("it has no link or domain".into()),
            Command::TakeEmail if is_missing(command) => Some("it has no e-mail".into()),
            Command::TakePhone if is_missing(command) => Some("it has no phone number".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::MoveDown => self.window.move_by(times),
            Command::MoveUp => self.window.move_by(-times),
            Command::Open => return take(self.chosen()),
            Command::TakeLink | Command::TakeEmail | Command::TakePhone => return take(self.way(command)),
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
        let title =
            Line::from(vec![Span::styled("Open", theme.title), Span::styled(format!("  {}", self.of), theme.dim)]);
        let hints = [Hint::new("enter", "open")];
        let size = (WIDTH, self.ways.len() as u16 + FRAME);
        let area = Modal { title, escape: "close", size, hints: &hints, ..Modal::default() }.draw(buf, screen, cx.look);
        self.drawn = Rect { height: area.height.min(self.ways.len() as u16), ..area };
        self.window.resize(usize::from(self.drawn.height));
        for (y, at) in (0..self.drawn.height).zip(self.window.visible()) {
            let (line, way) = (row(self.drawn, y), &self.ways[at]);
            if self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let key = TAKE_ONE.iter().find(|binding| binding.command == way.command).map_or("", |binding| binding.keys);
            let taken = draw_right(buf, line, &Line::styled(key, theme.accent));
            draw_left(buf, line, &Line::styled(way.label, theme.dim));
            let x = LABEL.min(line.width);
            let room = line.width.saturating_sub(x + taken + 2);
            let text = cx.look.fit(&way.text, room);
            draw_left(buf, Rect { x: line.x + x, width: room, ..line }, &Line::styled(text, theme.text));
        }
    }
}
