//! The lines of a page of the settings: its cursor stands on some of them only.

use crate::keys::Command;
use crate::ui::widgets::Window;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

/// A line of such a page.
pub trait Stop: Copy + PartialEq {
    /// The cursor may stand on it.
    fn is_stop(self) -> bool;
}

/// Lines that one turn of the wheel moves.
const WHEEL: isize = 3;

pub struct Lines<L> {
    all: Vec<L>,
    pub window: Window,
}

impl<L> Default for Lines<L> {
    fn default() -> Lines<L> {
        Lines { all: Vec::new(), window: Window::default() }
    }
}

impl<L: Stop> Lines<L> {
    pub fn all(&self) -> &[L] {
        &self.all
    }

    pub fn line(&self) -> Option<L> {
        self.all.get(self.window.cursor()?).copied()
    }

    /// Puts other lines in their place; the cursor stays on its line, or near it where that is gone.
    pub fn put(&mut self, all: Vec<L>) {
        let before = self.line();
        self.all = all;
        self.window.set_len(self.all.len());
        if let Some(before) = before {
            self.go_to(|line| line == before);
        }
        self.moved(false, |_| ());
    }

    /// To the first line of which that is so, if there is one.
    pub fn go_to(&mut self, is_it: impl Fn(L) -> bool) {
        if let Some(at) = self.all.iter().position(|line| is_it(*line)) {
            self.window.go_to(at);
        }
    }

    /// The cursor goes on the way it came to the next stop, or back where there is none.
    fn moved(&mut self, down: bool, act: impl FnOnce(&mut Window)) {
        act(&mut self.window);
        let Some(at) = self.window.cursor() else { return };
        let below = self.all.iter().enumerate().skip(at).find(|(_, line)| line.is_stop());
        let above = self.all.iter().enumerate().take(at + 1).rfind(|(_, line)| line.is_stop());
        let found = if down { below.or(above) } else { above.or(below) };
        if let Some((row, _)) = found {
            self.window.go_to(row);
        }
    }

    fn by_stops(&mut self, times: isize) {
        for _ in 0..times.unsigned_abs() {
            self.moved(times > 0, |window| window.move_by(times.signum()));
        }
    }

    /// Moves the cursor; a command that is no movement does nothing.
    pub fn run(&mut self, movement: Command, count: Option<u32>) {
        let times = count.unwrap_or(1) as isize;
        let line = count.map(|count| (count as usize).saturating_sub(1));
        match movement {
            Command::MoveDown => self.by_stops(times),
            Command::MoveUp => self.by_stops(-times),
            Command::HalfPageDown => self.moved(true, |window| window.half_page(times)),
            Command::HalfPageUp => self.moved(false, |window| window.half_page(-times)),
            Command::PageDown => self.moved(true, |window| window.page(times)),
            Command::PageUp => self.moved(false, |window| window.page(-times)),
            Command::First => self.moved(true, |window| window.go_to(line.unwrap_or(0))),
            Command::Last => self.moved(false, |window| window.go_to(line.unwrap_or(usize::MAX))),
            _ => {}
        }
    }

    /// The wheel moves, a click goes to a line; true: it was clicked on the one with the cursor.
    pub fn mouse(&mut self, mouse: MouseEvent, drawn: Rect) -> Option<bool> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.by_stops(WHEEL),
            MouseEventKind::ScrollUp => self.by_stops(-WHEEL),
            MouseEventKind::Down(MouseButton::Left) if drawn.contains((mouse.column, mouse.row).into()) => {
                let at = self.window.at(usize::from(mouse.row - drawn.y))?;
                if self.window.cursor() == Some(at) {
                    return Some(true);
                }
                self.moved(true, |window| window.go_to(at));
            }
            _ => return None,
        }
        Some(false)
    }
}
