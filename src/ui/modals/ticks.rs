//! Several of a short list, ticked: labels of an association, filters of a timeline. Whoever pushes it says what the
//! ticked ones answer.

use crate::keys::{Command, Keys, rows::TICKS};
use crate::ui::column::{Rows, Sizes, View, moved};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::pane::draw_scroll;
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, Hint, Modal, RowState, draw_left, draw_right, paint_row, row};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 62;
const SEEN: u16 = 24;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    pub label: String,
    /// At the right, dim.
    pub aside: String,
    pub on: bool,
    /// What stands above the first of several; empty: nothing.
    pub group: &'static str,
}

/// What the places of the ticked ones answer.
type Ticked = Box<dyn Fn(&[usize]) -> Answer>;

pub struct Ticks {
    /// Dim, then in full.
    title: (&'static str, String),
    button: &'static str,
    ticks: Vec<Tick>,
    answer: Ticked,
    sizes: Sizes,
    view: View<usize>,
    drawn: Rect,
    cursor: Option<Rect>,
}

impl Ticks {
    pub fn new(title: (&'static str, String), button: &'static str, ticks: Vec<Tick>, answer: Ticked) -> Ticks {
        let mut before = "";
        let mut sizes = Vec::new();
        for tick in &ticks {
            let is_new = std::mem::replace(&mut before, tick.group) != tick.group;
            let gap = if is_new { 1 + usize::from(!sizes.is_empty()) } else { 0 };
            sizes.push(Rows { gap, own: 1 });
        }
        let (sizes, view) = (Sizes(sizes), View::default());
        Ticks { title, button, ticks, answer, sizes, view, drawn: Rect::ZERO, cursor: None }
    }

    fn tick(&mut self) -> Vec<Effect> {
        if let Some(tick) = self.view.cursor().and_then(|at| self.ticks.get_mut(at)) {
            tick.on = !tick.on;
        }
        Vec::new()
    }

    fn save(&self) -> Vec<Effect> {
        let ticked: Vec<usize> = (0..self.ticks.len()).filter(|at| self.ticks[*at].on).collect();
        vec![Effect::Pop(Some((self.answer)(&ticked)))]
    }

    fn paint(&mut self, buf: &mut Buffer, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        self.view.settle(&self.sizes, usize::from(self.drawn.height));
        self.cursor = None;
        for seen in self.view.seen(&self.sizes) {
            let line = row(self.drawn, seen.y as u16);
            let Tick { label, aside, on, group } = &self.ticks[seen.spot];
            let is_first = seen.spot == 0 || self.ticks[seen.spot - 1].group != *group;
            if is_first && seen.y > 0 {
                draw_left(buf, Rect { y: line.y - 1, ..line }, &Line::styled(*group, theme.dim));
            }
            if self.view.cursor() == Some(seen.spot) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
                self.cursor = Some(line);
            }
            let (sign, tone) = if *on { (glyphs.box_on, theme.accent) } else { (glyphs.box_off, theme.dim) };
            let inner = Rect { width: line.width.saturating_sub(1), ..line };
            draw_right(buf, inner, &Line::styled(clean(aside), theme.dim));
            let shown = [Span::styled(format!("{sign} "), tone), Span::styled(clean(label), theme.text)];
            draw_left(buf, inner, &Line::from_iter(shown));
        }
        draw_scroll(
            buf,
            self.drawn,
            self.sizes.0.iter().map(|rows| rows.all()).sum(),
            self.view.offset(&self.sizes),
            cx,
        );
    }
}

impl Layer for Ticks {
    fn name(&self, _: &Cx) -> String {
        format!("the {}", self.title.0.split(' ').next().unwrap_or_default().to_lowercase())
    }

    fn keys(&self) -> &'static [Keys] {
        TICKS
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        match mouse.kind {
            MouseEventKind::ScrollDown => self.view.scroll(&self.sizes, 1),
            MouseEventKind::ScrollUp => self.view.scroll(&self.sizes, -1),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let spot = self.view.at(&self.sizes, usize::from(mouse.row - self.drawn.y))?.spot;
                self.view.go_to(&self.sizes, spot);
                return Some(self.tick());
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::Tick => return self.tick(),
            Command::SaveTies => return self.save(),
            Command::Escape => return vec![Effect::Pop(None)],
            movement => _ = moved(&mut self.view, &self.sizes, movement, count),
        }
        Vec::new()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (theme, buf) = (cx.look.theme, frame.buffer_mut());
        let title = [Span::styled(self.title.0, theme.dim), Span::styled(clean(&self.title.1), theme.title)];
        let rows = self.sizes.0.iter().map(|rows| rows.all()).sum::<usize>() as u16;
        let modal = Modal {
            title: Line::from_iter(title),
            escape: "cancel",
            size: (WIDTH, rows.clamp(1, SEEN) + 6),
            hints: &[Hint::new("space", "tick"), Hint::new("j k", "next, previous")],
            right: Some(Corner::Button(self.button, "enter")),
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, cx.look);
        self.drawn = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
        self.paint(buf, cx);
    }
}
