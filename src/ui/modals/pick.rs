//! One of several is chosen, by words or by the cursor; the layer below hears its place.

use crate::domain::fold::{fold, words};
use crate::keys::rows::{CHOICES, DELETABLE};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::text::{clean, width};
use crate::ui::widgets::{
    Edit, FieldLook, Hint, Modal, RowState, TextField, Window, draw_left, draw_right, draw_scrollbar, paint_row, row,
};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 64;
/// Rows of the box besides those of the list.
const AROUND: u16 = 9;

/// What can be chosen, with what is said of it at the right.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub label: String,
    pub note: String,
}

impl Choice {
    pub fn new(label: impl Into<String>, note: impl Into<String>) -> Choice {
        Choice { label: label.into(), note: note.into() }
    }
}

pub struct Pick {
    title: String,
    /// What enter does.
    verb: &'static str,
    choices: Vec<Choice>,
    /// They can be deleted from here.
    deletable: bool,
    field: TextField,
    /// Places of those that hold what is typed.
    found: Vec<usize>,
    window: Window,
    list: Rect,
    cursor: Option<Rect>,
}

impl Pick {
    /// `at`: where the cursor stands at first.
    pub fn new(title: impl Into<String>, verb: &'static str, choices: Vec<Choice>, at: usize) -> Pick {
        let field = TextField::default().limited(100);
        let (window, list) = (Window::default(), Rect::ZERO);
        let mut pick = Pick {
            title: title.into(),
            verb,
            choices,
            deletable: false,
            field,
            found: Vec::new(),
            window,
            list,
            cursor: None,
        };
        pick.narrow();
        pick.window.go_to(at);
        pick
    }

    #[must_use]
    pub fn deletable(self) -> Pick {
        Pick { deletable: true, ..self }
    }

    fn narrow(&mut self) {
        let words = words(self.field.text());
        let holds = |at: &usize| {
            let label = fold(&self.choices[*at].label);
            words.iter().all(|word| label.contains(word.as_str()))
        };
        self.found = (0..self.choices.len()).filter(holds).collect();
        self.window.set_len(self.found.len());
        self.window.first();
    }

    fn chosen(&self, answer: impl FnOnce(usize) -> Answer) -> Vec<Effect> {
        let chosen = self.window.cursor().map(|at| self.found[at]);
        chosen.map(|at| Effect::Pop(Some(answer(at)))).into_iter().collect()
    }

    fn paint_rows(&self, frame: &mut Frame, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        for (y, at) in (0..self.list.height).zip(self.window.visible()) {
            let line = row(self.list, y);
            if self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let choice = &self.choices[self.found[at]];
            let inside = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
            let label = clean(&choice.label);
            let label = cx.look.fit(&label, inside.width);
            let room = inside.width.saturating_sub(width(&label) as u16 + 2);
            let note = clean(&choice.note);
            draw_right(buf, inside, &Line::styled(cx.look.fit(&note, room), theme.dim));
            draw_left(buf, inside, &Line::styled(label, theme.text));
        }
        draw_scrollbar(buf, self.list, &self.window, cx.look);
    }
}

impl Layer for Pick {
    fn name(&self, _: &Cx) -> String {
        "the choice".into()
    }

    fn keys(&self) -> &'static [Keys] {
        if self.deletable { &[DELETABLE, CHOICES] } else { &[CHOICES] }
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
                    self.narrow();
                }
            }
            Input::Paste(text) => {
                self.field.paste(text);
                self.narrow();
            }
            Input::Mouse(mouse) => match mouse.kind {
                MouseEventKind::ScrollDown => self.window.move_by(1),
                MouseEventKind::ScrollUp => self.window.move_by(-1),
                MouseEventKind::Down(MouseButton::Left) if self.list.contains((mouse.column, mouse.row).into()) => {
                    if let Some(at) = self.window.at(usize::from(mouse.row - self.list.y)) {
                        self.window.go_to(at);
                        return Some(self.chosen(Answer::Picked));
                    }
                }
                _ => return None,
            },
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let needs_one = matches!(command, Command::Open | Command::Delete);
        (needs_one && self.window.is_empty()).then(|| "nothing is called so, esc closes".into())
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::MoveDown => self.window.move_by(1),
            Command::MoveUp => self.window.move_by(-1),
            Command::PageDown => self.window.page(1),
            Command::PageUp => self.window.page(-1),
            Command::Open => return self.chosen(Answer::Picked),
            Command::Delete => return self.chosen(Answer::Dropped),
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
        let mut hints = vec![Hint::new("enter", self.verb)];
        if self.deletable {
            hints.push(Hint::new("ctrl-x", "delete"));
        }
        let size = (WIDTH, AROUND + self.choices.len() as u16);
        let title = clean(&self.title);
        let title = Line::styled(cx.look.fit(&title, WIDTH.saturating_sub(20)), theme.title);
        let modal = Modal { title, escape: "close", size, hints: &hints, ..Modal::default() };
        let area = modal.draw(buf, screen, cx.look);
        let prompt = Some(Span::styled(">", theme.accent));
        let caret = self.field.draw(buf, row(area, 0), &FieldLook { focused: true, prompt, placeholder: "" }, cx.look);
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        self.list = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        self.window.resize(usize::from(self.list.height));
        if self.found.is_empty() {
            draw_left(buf, self.list, &Line::styled("Nothing is called so.", theme.dim));
        }
        self.paint_rows(frame, cx);
    }
}
