//! One of several things, chosen from a list that narrows while one types. Whoever pushes it says what each choice
//! answers.

use crate::domain::fold::{fold, words};
use crate::domain::property::Tint;
use crate::keys::rows::{DELETABLE, PICKING};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::cell::{text, tint};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::modals::numbered;
use crate::ui::terminal::Input;
use crate::ui::text::{clean, width};
use crate::ui::widgets::{
    Edit, FieldLook, Hint, Modal, RowState, TextField, Window, draw_left, draw_right, draw_scrollbar, paint_row, row,
};
use crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 62;
/// Choices that are seen at once, at most.
const SEEN: u16 = 12;
/// From so many on there is a field to narrow them.
const MANY: usize = 8;

#[derive(Debug, Clone)]
pub struct Choice {
    pub label: String,
    /// At the right, dim.
    pub aside: String,
    /// Of an option.
    pub tint: Option<Tint>,
    pub answer: Answer,
}

impl Choice {
    pub fn named(name: &str, label: &str, aside: &str) -> Choice {
        Choice { label: label.into(), aside: aside.into(), tint: None, answer: Answer::Chosen(name.into()) }
    }

    /// Answers its place among all.
    pub fn placed(at: usize, label: &str, aside: impl Into<String>) -> Choice {
        Choice { label: label.into(), aside: aside.into(), tint: None, answer: Answer::Picked(at) }
    }
}

pub struct Choose {
    title: String,
    detail: String,
    choices: Vec<Choice>,
    /// They can be deleted from here; whoever asked hears the place.
    deletable: bool,
    /// Whoever asked hears of each move of the cursor.
    tells: bool,
    field: TextField,
    /// Places in `choices` that the words leave.
    found: Vec<usize>,
    window: Window,
    drawn: Rect,
    cursor: Option<Rect>,
}

impl Choose {
    /// With the cursor on choice `at`.
    pub fn new(title: impl Into<String>, detail: impl Into<String>, choices: Vec<Choice>, at: usize) -> Choose {
        let mut window = Window::new(choices.len(), usize::from(SEEN));
        window.go_to(at);
        Choose {
            title: title.into(),
            detail: detail.into(),
            found: (0..choices.len()).collect(),
            choices,
            deletable: false,
            tells: false,
            field: TextField::default().limited(80),
            window,
            drawn: Rect::ZERO,
            cursor: None,
        }
    }

    #[must_use]
    pub fn deletable(self) -> Choose {
        Choose { deletable: true, ..self }
    }

    /// What the cursor is on is told as [`Answer::Picked`] while it moves.
    #[must_use]
    pub fn telling(self) -> Choose {
        Choose { tells: true, ..self }
    }

    fn told(&self) -> Vec<Effect> {
        let at = self.window.cursor().and_then(|at| self.found.get(at)).filter(|_| self.tells);
        at.map(|at| Effect::Tell(Answer::Picked(*at))).into_iter().collect()
    }

    /// Those that hold all words, those that begin with them first.
    fn narrow(&mut self) {
        let words = words(self.field.text());
        let folded = |at: &usize| fold(&format!("{} {}", self.choices[*at].label, self.choices[*at].aside));
        let holds = |at: &usize| words.iter().all(|word| folded(at).contains(word.as_str()));
        let mut found: Vec<usize> = (0..self.choices.len()).filter(holds).collect();
        if let Some(first) = words.first() {
            found.sort_by_key(|at| !folded(at).starts_with(first.as_str()));
        }
        self.found = found;
        self.window.set_len(self.found.len());
        self.window.first();
    }

    fn choose(&self) -> Vec<Effect> {
        self.close_with(|at| self.choices[at].answer.clone())
    }

    fn close_with(&self, answer: impl FnOnce(usize) -> Answer) -> Vec<Effect> {
        let chosen = self.window.cursor().and_then(|at| self.found.get(at));
        chosen.map(|at| Effect::Pop(Some(answer(*at)))).into_iter().collect()
    }

    fn has_field(&self) -> bool {
        self.choices.len() >= MANY
    }

    fn paint_choices(&self, buf: &mut ratatui::buffer::Buffer, area: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        for (y, at) in (0..area.height).zip(self.window.visible()) {
            let line = row(area, y);
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let choice = &self.choices[self.found[at]];
            // The scrollbar stands right of the list.
            let inner = Rect { width: line.width.saturating_sub(1), ..line };
            let taken = draw_right(buf, inner, &Line::styled(clean(&choice.aside), theme.dim));
            let tone = if is_cursor { theme.title } else { theme.text };
            let mut shown = Line::default();
            if !self.has_field() {
                shown.push_span(Span::styled(format!("{} ", at + 1), theme.accent));
            }
            if let Some(colour) = choice.tint {
                shown.push_span(Span::styled(format!("{} ", cx.look.glyphs.option), tint(colour, cx)));
            }
            let room = inner.width.saturating_sub(shown.width() as u16 + taken + u16::from(taken > 0) * 2);
            shown.extend(text(&choice.label, &words(self.field.text()), room, tone, cx));
            draw_left(buf, line, &shown);
        }
        draw_scrollbar(buf, area, &self.window, cx.look);
    }
}

impl Layer for Choose {
    fn name(&self, _: &Cx) -> String {
        "the choice".into()
    }

    fn keys(&self) -> &'static [Keys] {
        if self.deletable { &[DELETABLE, PICKING] } else { &[PICKING] }
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) if !self.has_field() => self.key(*key),
            Input::Key(key) => {
                if self.field.key(*key)? == Edit::Changed {
                    self.narrow();
                    return Some(self.told());
                }
                Some(Vec::new())
            }
            Input::Paste(text) if self.has_field() => {
                self.field.paste(text);
                self.narrow();
                Some(self.told())
            }
            Input::Mouse(mouse) => match mouse.kind {
                MouseEventKind::ScrollDown => Some(self.run_moved(1)),
                MouseEventKind::ScrollUp => Some(self.run_moved(-1)),
                MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                    let at = self.window.at(usize::from(mouse.row - self.drawn.y))?;
                    self.window.go_to(at);
                    Some(self.choose())
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let needs_one = matches!(command, Command::Open | Command::Delete);
        (needs_one && self.window.is_empty()).then(|| "nothing is called so, esc closes".into())
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::Open => self.choose(),
            Command::Delete => self.close_with(Answer::Dropped),
            Command::MoveDown => self.run_moved(times),
            Command::MoveUp => self.run_moved(-times),
            Command::PageDown => {
                self.window.page(times);
                self.told()
            }
            Command::PageUp => {
                self.window.page(-times);
                self.told()
            }
            Command::Escape => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (theme, buf) = (cx.look.theme, frame.buffer_mut());
        let above = if self.has_field() { 2 } else { 0 };
        let seen = (self.choices.len() as u16).clamp(1, SEEN);
        let detail = clean(&self.detail);
        let several = format!("1-{}", self.choices.len());
        let mut hints = vec![Hint::new("enter", "choose")];
        hints.push(match self.choices.len() {
            0 | MANY.. => Hint::new("down up", "next, previous"),
            1 => Hint::new("1", "takes it"),
            _ => Hint::new(&several, "takes that one"),
        });
        hints.extend(self.deletable.then(|| Hint::new("ctrl-x", "delete")));
        let modal = Modal {
            title: Line::styled(clean(&self.title), theme.title),
            subtitle: (!detail.is_empty()).then(|| Line::styled(detail.as_ref(), theme.dim)),
            escape: "cancel",
            size: (WIDTH.max(width(&detail) as u16 + 6), seen + above + if detail.is_empty() { 6 } else { 7 }),
            hints: &hints,
            right: None,
        };
        let body = modal.draw(buf, screen, cx.look);
        let prompt = Some(Span::styled("/", theme.accent));
        self.cursor = None;
        if self.has_field() {
            let look = FieldLook { focused: true, prompt, placeholder: "" };
            let caret = self.field.draw(buf, row(body, 0), &look, cx.look);
            self.cursor = caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1));
        }
        let inside = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
        self.drawn = Rect { y: body.y + above, height: body.height.saturating_sub(above), ..inside };
        self.window.resize(usize::from(self.drawn.height));
        if self.found.is_empty() {
            let none = format!("Nothing is called “{}”.", self.field.text().trim());
            draw_left(buf, row(self.drawn, 0), &Line::styled(cx.look.glyphs.spell(&none), theme.dim));
        }
        self.paint_choices(buf, self.drawn, cx);
        let chosen = self.window.screen_row().map(|line| row(self.drawn, line as u16));
        self.cursor = self.cursor.or(chosen);
    }
}

impl Choose {
    /// Where nothing is typed, `j` and `k` move and a number takes the choice that has it.
    fn key(&mut self, key: KeyEvent) -> Option<Vec<Effect>> {
        match key.code {
            KeyCode::Char('j') => Some(self.run_moved(1)),
            KeyCode::Char('k') => Some(self.run_moved(-1)),
            _ => {
                self.window.go_to(numbered(key, self.choices.len())?);
                Some(self.choose())
            }
        }
    }

    fn run_moved(&mut self, by: isize) -> Vec<Effect> {
        self.window.move_by(by);
        self.told()
    }
}
