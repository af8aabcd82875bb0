//! The first start in an empty folder: who works here, asked on a screen of its own before there is any workspace.

use super::terminal::Input;
use super::text::{clean, wrap};
use super::widgets::{
    Breadcrumb, Corner, FieldLook, Hint, Look, MARGIN, Modal, TextField, draw_field, draw_left, draw_too_small,
    is_too_small, row,
};
use crate::domain::email;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (66, 15);
/// Cells of the labels.
const LABELS: u16 = 12;
/// Rows of a field, with those for what is wrong with it.
const FIELD: u16 = 3;

/// What has to be known of whoever makes a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founder {
    pub name: String,
    pub email: String,
}

/// What came of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Again,
    Answered(Founder),
    /// Nothing is to be made.
    Left,
}

/// A question: its label, and how an answer is checked.
struct Question {
    label: &'static str,
    check: fn(&str) -> Result<String, String>,
}

const QUESTIONS: [Question; 2] =
    [Question { label: "Your name", check: name }, Question { label: "Your e-mail", check: |text| email::parse(text) }];

fn name(text: &str) -> Result<String, String> {
    match clean(text).trim() {
        "" => Err("A name has one letter or more".to_owned()),
        name => Ok(name.to_owned()),
    }
}

/// The form.
pub struct FirstStart {
    /// Where the workspace will be.
    folder: String,
    fields: [TextField; 2],
    /// What is wrong; told when a field is left.
    wrong: [Option<String>; 2],
    at: usize,
}

impl FirstStart {
    /// `email`: what stands there at first.
    pub fn new(folder: &str, email: &str) -> FirstStart {
        let mut fields = [(); 2].map(|()| TextField::default().limited(200));
        fields[1].set(email);
        FirstStart { folder: folder.to_owned(), fields, wrong: [None, None], at: 0 }
    }

    pub fn input(&mut self, input: &Input) -> Asked {
        match input {
            Input::Key(key) => return self.key(*key),
            Input::Paste(text) => {
                self.fields[self.at].paste(text);
                self.wrong[self.at] = None;
            }
            Input::Gone => return Asked::Left,
            _ => {}
        }
        Asked::Again
    }

    fn key(&mut self, key: KeyEvent) -> Asked {
        match (key.code, key.modifiers) {
            (KeyCode::Esc, _) | (KeyCode::Char('c'), KeyModifiers::CONTROL) => return Asked::Left,
            (KeyCode::Enter, _) => return self.enter(),
            (KeyCode::Tab | KeyCode::Down, _) => self.leave_for((self.at + 1) % QUESTIONS.len()),
            (KeyCode::BackTab | KeyCode::Up, _) => self.leave_for((self.at + QUESTIONS.len() - 1) % QUESTIONS.len()),
            _ => {
                if self.fields[self.at].key(key).is_some() {
                    self.wrong[self.at] = None;
                }
            }
        }
        Asked::Again
    }

    fn answer(&self, at: usize) -> Result<String, String> {
        (QUESTIONS[at].check)(self.fields[at].text().trim())
    }

    fn leave_for(&mut self, next: usize) {
        // What is still empty is no mistake yet.
        let is_empty = self.fields[self.at].is_empty();
        self.wrong[self.at] = self.answer(self.at).err().filter(|_| !is_empty);
        self.at = next;
    }

    /// To the next field; from the last one on, to the first that is wrong.
    fn enter(&mut self) -> Asked {
        if let Err(sentence) = self.answer(self.at) {
            self.wrong[self.at] = Some(sentence);
            return Asked::Again;
        }
        if self.at + 1 < QUESTIONS.len() {
            self.leave_for(self.at + 1);
            return Asked::Again;
        }
        match (self.answer(0), self.answer(1)) {
            (Ok(name), Ok(email)) => Asked::Answered(Founder { name, email }),
            (name, email) => {
                let answers = [name.err(), email.err()];
                self.at = answers.iter().position(Option::is_some).unwrap_or(0);
                self.wrong = answers;
                Asked::Again
            }
        }
    }

    pub fn draw(&self, frame: &mut Frame, look: Look) {
        let screen = frame.area();
        let buf = frame.buffer_mut();
        buf.set_style(screen, look.theme.page);
        if is_too_small(screen) {
            draw_too_small(buf, screen, look);
            return;
        }
        let line = row(screen, 0);
        let line = Rect { x: line.x + MARGIN, width: line.width.saturating_sub(2 * MARGIN), ..line };
        Breadcrumb { parents: &[], last: "A new workspace", status: &[], user: "" }.draw(buf, line, look);
        let modal = Modal {
            title: Line::styled("Who works here", look.theme.title),
            subtitle: None,
            escape: "make nothing",
            size: SIZE,
            hints: &[Hint::new("tab", "next field")],
            right: Some(Corner::Button(if self.at == 0 { "Next" } else { "Start" }, "enter")),
        };
        let area = modal.draw(buf, screen, look);
        let folder = clean(&self.folder);
        let said = look.fit(&folder, area.width.saturating_sub(20));
        draw_left(buf, row(area, 0), &Line::styled(format!("Your data will be in {said}"), look.theme.dim));
        let mut caret = None;
        for at in 0..QUESTIONS.len() {
            let below = 2 + at as u16 * FIELD;
            caret = caret.or(self.draw_field(buf, area, below, at, look));
        }
        if let Some(caret) = caret {
            frame.set_cursor_position(caret);
        }
    }

    fn draw_field(&self, buf: &mut Buffer, area: Rect, y: u16, at: usize, look: Look) -> Option<Position> {
        let theme = look.theme;
        let focused = self.at == at;
        draw_field(buf, row(area, y), QUESTIONS[at].label, LABELS, &Line::default(), look);
        let beside = |y| {
            let line = row(area, y);
            Rect { x: line.x + LABELS.min(line.width), width: line.width.saturating_sub(LABELS), ..line }
        };
        let caret = self.fields[at].draw(buf, beside(y), &FieldLook { focused, ..FieldLook::default() }, look);
        let sentence = self.wrong[at].iter().flat_map(|sentence| wrap(sentence, usize::from(beside(y).width) - 3));
        for (line, below) in sentence.zip(1..FIELD) {
            let sign = if below == 1 { look.glyphs.error } else { " " };
            let spans = [Span::styled(format!(" {sign} "), theme.err), Span::styled(line, theme.text)];
            draw_left(buf, beside(y + below), &Line::from_iter(spans));
        }
        caret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(form: &mut FirstStart, code: KeyCode) -> Asked {
        form.input(&Input::Key(KeyEvent::new(code, KeyModifiers::NONE)))
    }

    fn type_in(form: &mut FirstStart, text: &str) {
        for c in text.chars() {
            assert_eq!(press(form, KeyCode::Char(c)), Asked::Again);
        }
    }

    #[test]
    fn r6_3_name_and_e_mail_are_enough() {
        let mut form = FirstStart::new("/somewhere", "");
        type_in(&mut form, "Łucja Kowalska");
        assert_eq!(press(&mut form, KeyCode::Enter), Asked::Again);
        type_in(&mut form, "lucja@example.com");
        let founder = Founder { name: "Łucja Kowalska".into(), email: "lucja@example.com".into() };
        assert_eq!(press(&mut form, KeyCode::Enter), Asked::Answered(founder));
    }

    #[test]
    fn a_wrong_answer_keeps_its_field() {
        let mut form = FirstStart::new("/somewhere", "");
        assert_eq!(press(&mut form, KeyCode::Enter), Asked::Again);
        assert_eq!((form.at, form.wrong[0].is_some()), (0, true));
        press(&mut form, KeyCode::Tab);
        type_in(&mut form, "nobody");
        press(&mut form, KeyCode::Enter);
        assert_eq!((form.at, form.wrong[1].is_some()), (1, true));
        type_in(&mut form, "@example.com");
        assert_eq!(form.wrong[1], None, "it is being mended");
        press(&mut form, KeyCode::Enter);
        assert_eq!(form.at, 0, "the name is still missing");
        form.input(&Input::Paste("J\x1b[31man\r\n".into()));
        press(&mut form, KeyCode::Down);
        assert!(matches!(press(&mut form, KeyCode::Enter), Asked::Answered(founder) if founder.name == "J[31man"));
    }

    #[test]
    fn escape_makes_nothing() {
        let mut form = FirstStart::new("/somewhere", "");
        type_in(&mut form, "Jan");
        assert_eq!(press(&mut form, KeyCode::Esc), Asked::Left);
        assert_eq!(form.input(&Input::Gone), Asked::Left);
    }
}
