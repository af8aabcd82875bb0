//! The filters of a view as text: the same expressions as on the command line, one a line, with what is wrong below the
//! line that it is about, and the whole view as a call at the end.

use crate::domain::id::Object;
use crate::domain::query::parse::filter;
use crate::keys::{Command, KeyMode, Keys, rows::CALL, rows::EXPRESSIONS};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{Edit, FieldLook, Hint, Modal, TextField, draw_left, row};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 90;
/// Rows of what is wrong with a line.
const WRONG: usize = 5;
/// Bytes of one expression that a view takes.
const MOST: usize = 2_000;

pub struct Expressions {
    object: Option<Object>,
    name: String,
    /// The last one is empty: one more filter is begun there.
    lines: Vec<TextField>,
    at: usize,
    /// The call of the command line that gives the same list, as the view was when this was opened.
    call: String,
    /// The line that kept the rest from being taken.
    refused: Option<usize>,
    cursor: Option<Rect>,
}

impl Expressions {
    pub fn new(object: Object, name: &str, filters: &[String], call: String) -> Expressions {
        let line = |text: &str| TextField::default().limited(MOST).with(text);
        let lines = filters.iter().map(String::as_str).chain([""]).map(line).collect();
        Expressions { object: Some(object), lines, ..Expressions::told(name, call) }
    }

    /// Only the call, with nothing to edit.
    pub fn told(name: &str, call: String) -> Expressions {
        Expressions { object: None, name: name.to_owned(), lines: Vec::new(), at: 0, call, refused: None, cursor: None }
    }

    /// What is wrong with a line.
    fn trouble(&self, line: usize, cx: &Cx) -> Option<String> {
        let text = self.lines.get(line)?.text().trim();
        let spec = cx.settings.object(self.object?)?;
        if text.is_empty() {
            return None;
        }
        filter(text, spec, &cx.reading()).err().map(|error| error.to_string())
    }

    fn take(&mut self, cx: &Cx) -> Vec<Effect> {
        self.refused = (0..self.lines.len()).find(|line| self.trouble(*line, cx).is_some());
        if let Some(line) = self.refused {
            self.at = line;
            return Vec::new();
        }
        let said = self.lines.iter().map(|line| line.text().trim().to_owned()).filter(|text| !text.is_empty());
        vec![Effect::Pop(Some(Answer::Filters(said.collect())))]
    }

    fn typed(&mut self) {
        self.refused = None;
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(TextField::default().limited(MOST));
        }
    }

    fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
    }

    /// Rows of the box: the lines with what is wrong with the one that is edited, the call, and what stands around.
    fn height(&self, call: &[String], cx: &Cx) -> u16 {
        let wrong = self.trouble(self.at, cx).map_or(0, |sentence| wrap(&sentence, 80).len().min(WRONG));
        (2 * self.lines.len() + wrong.max(2) + call.len() + 7) as u16
    }

    /// Draws the lines from the top of `area`. Gives the rows used.
    fn paint_lines(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) -> u16 {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let mut y = 0;
        // So that the line with the caret is seen.
        let room = usize::from(area.height / 2).max(1);
        let from = (self.at + 1).saturating_sub(room);
        for (at, line) in self.lines.iter().enumerate().skip(from) {
            let place = row(area, y);
            let has_focus = at == self.at;
            let placeholder = if at == 0 { "lifecycle_stage is Lead || owner is me" } else { "and another one" };
            let look = FieldLook { focused: has_focus, prompt: None, placeholder };
            let caret = line.draw(buf, place, &look, cx.look);
            if has_focus {
                self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
            }
            y += 1;
            // While one types, what is not said yet is no mistake in the other lines.
            let is_told = has_focus || self.refused == Some(at);
            if let Some(sentence) = self.trouble(at, cx).filter(|_| is_told) {
                let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
                for (number, text) in wrap(&glyphs.spell(&sentence), usize::from(inside.width.saturating_sub(2)))
                    .iter()
                    .take(WRONG)
                    .enumerate()
                {
                    let sign = if number == 0 { glyphs.error } else { " " };
                    let spans = [Span::styled(format!("{sign} "), theme.err), Span::styled(text.clone(), theme.text)];
                    draw_left(buf, row(inside, y), &Line::from_iter(spans));
                    y += 1;
                }
            }
            y += 1;
        }
        y
    }
}

impl Layer for Expressions {
    fn name(&self, _: &Cx) -> String {
        "the expressions".into()
    }

    fn keys(&self) -> &'static [Keys] {
        if self.lines.is_empty() { CALL } else { EXPRESSIONS }
    }

    fn mode(&self) -> KeyMode {
        if self.lines.is_empty() { KeyMode::Normal } else { KeyMode::Text }
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let line = self.lines.get_mut(self.at)?;
        match input {
            Input::Key(key) => {
                if line.key(*key)? == Edit::Changed {
                    self.typed();
                }
            }
            Input::Paste(text) => {
                line.paste(text);
                self.typed();
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::MoveDown => self.step(1),
            Command::MoveUp => self.step(-1),
            Command::Agree => return self.take(cx),
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
        let call = wrap(&self.call, usize::from(WIDTH.min(screen.width).saturating_sub(6)));
        let edits = !self.lines.is_empty();
        let edit_hints = [Hint::new("enter", "take them"), Hint::new("down", "next line")];
        let said = clean(&self.name).into_owned();
        let title = if edits { "Filters as expressions" } else { "The view as a call" };
        let height = if edits { self.height(&call, cx) } else { call.len() as u16 + 5 };
        let modal = Modal {
            title: Line::from_iter([Span::styled(title, theme.title), Span::styled(format!(" of {said}"), theme.dim)]),
            escape: if edits { "cancel" } else { "close" },
            size: (WIDTH, height),
            hints: if edits { &edit_hints } else { &[] },
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        let used = self.paint_lines(buf, area, cx);
        let rest = area.height.saturating_sub(used);
        let top = area.height.saturating_sub((call.len() as u16).min(rest));
        for (y, line) in (top..area.height).zip(&call) {
            draw_left(buf, row(area, y), &Line::styled(line.as_str(), if edits { theme.dim } else { theme.text }));
        }
    }
}
