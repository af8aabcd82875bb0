//! What an act on many left out: a sentence for each.

use crate::domain::number::grouped;
use crate::keys::{Command, Keys, rows::LEFT_OUT};
use crate::ui::layer::{Cx, Effect, Layer};
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{Hint, Modal, Window, draw_left, draw_scrollbar, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 84;
/// Rows of the box besides its sentences.
const FRAME: u16 = 7;

pub struct LeftOut {
    sentences: Vec<String>,
    /// Of its first row; the rows are lines of wrapped sentences.
    window: Window,
    lines: Vec<String>,
}

impl LeftOut {
    pub fn new(sentences: &[String]) -> LeftOut {
        let sentences = sentences.iter().map(|sentence| clean(sentence).into_owned()).collect();
        LeftOut { sentences, window: Window::default(), lines: Vec::new() }
    }

    fn scroll(&mut self, rows: isize) -> Vec<Effect> {
        self.window.scroll(rows);
        Vec::new()
    }
}

impl Layer for LeftOut {
    fn name(&self, _: &Cx) -> String {
        "what was left out".into()
    }

    fn keys(&self) -> &'static [Keys] {
        LEFT_OUT
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        let page = self.window.height().max(1) as isize;
        match command {
            Command::MoveDown => self.scroll(times),
            Command::MoveUp => self.scroll(-times),
            Command::HalfPageDown => self.scroll(times * page / 2),
            Command::HalfPageUp => self.scroll(-times * page / 2),
            Command::PageDown => self.scroll(times * page),
            Command::PageUp => self.scroll(-times * page),
            Command::First => self.scroll(isize::MIN),
            Command::Last => self.scroll(isize::MAX),
            Command::Open | Command::Escape => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let inside = usize::from(WIDTH.min(screen.width).saturating_sub(9));
        self.lines = self.sentences.iter().flat_map(|sentence| wrap(sentence, inside)).collect();
        let count = format!(" {}", grouped(self.sentences.len() as u64));
        let title = Line::from(vec![Span::styled("Left out", theme.title), Span::styled(count, theme.dim)]);
        let subtitle = Some(Line::styled("All the others were done.", theme.dim));
        let hints = [Hint::new("enter", "close")];
        let height = u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(FRAME);
        let modal =
            Modal { title, subtitle, escape: "close", size: (WIDTH, height), hints: &hints, ..Modal::default() };
        let area = modal.draw(buf, screen, cx.look);
        self.window.set_len(self.lines.len());
        self.window.resize(usize::from(area.height));
        for (y, at) in (0..area.height).zip(self.window.visible()) {
            draw_left(buf, row(area, y), &Line::styled(self.lines[at].as_str(), theme.text));
        }
        draw_scrollbar(buf, area, &self.window, cx.look);
    }
}
