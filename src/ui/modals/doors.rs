//! What to begin with in a workspace that was just made. To open another door, add a row to [`DOORS`].

use crate::keys::{Command, Keys, rows};
use crate::ui::layer::{Cx, Effect, Layer, Place};
use crate::ui::terminal::Input;
use crate::ui::text::wrap;
use crate::ui::widgets::{Corner, Hint, Modal, RowState, Window, draw_left, paint_row, row};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

const WIDTH: u16 = 66;
/// Rows of a door, without the blank one below it.
const HEIGHT: u16 = 3;

/// What it is called, what is said of it, where it goes.
struct Door {
    title: &'static str,
    text: &'static str,
    open: fn() -> Vec<Effect>,
}

const DOORS: &[Door] = &[
    Door {
        title: "Import a file",
        text: "Contacts, companies, deals as HubSpot, Google, Outlook or Salesforce export them, or any table.",
        open: || vec![Effect::Pop(None), Effect::Go(Place::Import)],
    },
    Door {
        title: "Try the demo",
        text: "Made-up people in a workspace of its own, which is gone when you leave it. `lejek` brings you back here.",
        open: || vec![Effect::TryDemo],
    },
    Door {
        title: "Start empty",
        text: "The list of contacts. `g i` imports a file at any time.",
        open: || vec![Effect::Pop(None)],
    },
];

#[derive(Default)]
pub struct Doors {
    window: Window,
    /// Where the doors were drawn last.
    list: Rect,
    /// Rows from one door to the next.
    step: u16,
    cursor: Option<Rect>,
}

impl Doors {
    fn open(&self) -> Vec<Effect> {
        self.window.cursor().map(|at| (DOORS[at].open)()).unwrap_or_default()
    }
}

impl Layer for Doors {
    fn name(&self, _: &Cx) -> String {
        "the first start".into()
    }

    fn keys(&self) -> &'static [Keys] {
        rows::DOORS
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        let is_click = mouse.kind == MouseEventKind::Down(MouseButton::Left);
        if !is_click || !self.list.contains((mouse.column, mouse.row).into()) {
            return None;
        }
        self.window.go_to(usize::from((mouse.row - self.list.y) / self.step.max(1)));
        Some(self.open())
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::MoveDown => self.window.move_by(1),
            Command::MoveUp => self.window.move_by(-1),
            Command::Open => return self.open(),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let count = DOORS.len() as u16;
        let modal = Modal {
            title: Line::styled("What to begin with", theme.title),
            escape: "start empty",
            size: (WIDTH, 6 + count * (HEIGHT + 1)),
            hints: &[Hint::new("j k", "down, up")],
            right: Some(Corner::Button("Go on", "enter")),
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        self.list = area;
        self.step = if area.height > count * HEIGHT { HEIGHT + 1 } else { HEIGHT };
        self.window.set_len(DOORS.len());
        self.window.resize(DOORS.len());
        self.cursor = None;
        for (place, door) in DOORS.iter().enumerate() {
            let y = place as u16 * self.step;
            let block = Rect { height: HEIGHT, ..row(area, y) };
            let is_at = self.window.cursor() == Some(place);
            if is_at {
                paint_row(buf, block, RowState::Cursor { focused: true }, cx.look);
                self.cursor = Some(row(area, y));
            }
            let inside = Rect { x: block.x + 1, width: block.width.saturating_sub(2), ..block };
            let style = if is_at { theme.title } else { theme.text };
            draw_left(buf, inside, &Line::styled(door.title, style));
            let text = cx.look.glyphs.spell(door.text);
            for (y, line) in (1..HEIGHT).zip(wrap(&text, usize::from(inside.width))) {
                draw_left(buf, row(inside, y), &Line::styled(line, theme.dim));
            }
        }
    }
}
