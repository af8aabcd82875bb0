//! A line of text that is typed: readline's keys, a caret in accent, paste, and a limit.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    text::{Line, Span},
};
use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use super::{Look, draw_left};
use crate::ui::text::{clean, width};

/// What the help says of every text field.
pub const EDITING_KEYS: &[(&str, &str)] = &[
    ("ctrl-a  ctrl-e", "start, end"),
    ("alt-b  alt-f", "a word left, right"),
    ("ctrl-w", "delete the word before"),
    ("ctrl-u  ctrl-k", "delete to the start, to the end"),
    ("ctrl-y", "bring back what was deleted"),
];

/// What a key did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Changed,
    /// Only the caret moved, or nothing could.
    Kept,
}

#[derive(Debug, Clone)]
pub struct TextField {
    input: Input,
    /// In characters.
    limit: usize,
}

impl Default for TextField {
    fn default() -> Self {
        Self { input: Input::default(), limit: 1_000 }
    }
}

/// How a field is drawn.
#[derive(Debug, Default)]
pub struct FieldLook<'a> {
    pub focused: bool,
    /// Before the text, as the `/` of a search.
    pub prompt: Option<Span<'a>>,
    /// Dim, while the field is empty.
    pub placeholder: &'a str,
}

impl TextField {
    pub fn new(text: &str) -> Self {
        let mut field = Self::default();
        field.set(text);
        field
    }

    #[must_use]
    pub fn limited(mut self, characters: usize) -> Self {
        self.limit = characters;
        let text = self.text().to_owned();
        self.set(&text);
        self
    }

    #[must_use]
    pub fn with(mut self, text: &str) -> Self {
        self.set(text);
        self
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Characters that it takes in all, and still.
    pub fn limit(&self) -> usize {
        self.limit
    }

    pub fn free(&self) -> usize {
        self.limit.saturating_sub(self.text().chars().count())
    }

    /// Replaces the text; the caret goes to its end.
    pub fn set(&mut self, text: &str) {
        let text = clean(text).chars().take(self.limit).collect::<String>();
        self.input = std::mem::take(&mut self.input).with_value(text);
    }

    /// Takes a key that types or edits; None for all others.
    pub fn key(&mut self, key: KeyEvent) -> Option<Edit> {
        let request = request(key)?;
        if let InputRequest::InsertChar(c) = request {
            let is_shown = !clean(c.encode_utf8(&mut [0; 4])).is_empty();
            if !is_shown || self.text().chars().count() >= self.limit {
                return Some(Edit::Kept);
            }
        }
        let changed = self.input.handle(request).is_some_and(|state| state.value);
        if changed && self.text().chars().count() > self.limit {
            let text = self.text().to_owned();
            self.set(&text);
        }
        Some(if changed { Edit::Changed } else { Edit::Kept })
    }

    /// Inserts pasted text, its line breaks as blanks.
    pub fn paste(&mut self, text: &str) {
        let free = self.free();
        let at = self.input.cursor();
        let more: String = clean(text.trim_end_matches(['\r', '\n'])).chars().take(free).collect();
        let mut whole: String = self.text().chars().take(at).collect();
        whole.push_str(&more);
        whole.extend(self.text().chars().skip(at));
        let caret = at + more.chars().count();
        self.input = std::mem::take(&mut self.input).with_value(whole).with_cursor(caret);
    }

    /// What stands before the caret.
    pub fn before_caret(&self) -> &str {
        let text = self.text();
        let at = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(at, _)| at);
        &text[..at]
    }

    /// So many characters before the caret give way to `text`.
    pub fn replace_before(&mut self, back: usize, text: &str) {
        let at = self.input.cursor();
        let from = at.saturating_sub(back);
        let more = clean(text);
        let letters = || self.text().chars();
        let whole: String = letters().take(from).chain(more.chars()).chain(letters().skip(at)).collect();
        if whole.chars().count() <= self.limit {
            let caret = from + more.chars().count();
            self.input = std::mem::take(&mut self.input).with_value(whole).with_cursor(caret);
        }
    }

    /// Draws the field over the whole row of `area` and gives the caret's cell.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, options: &FieldLook, look: Look) -> Option<Position> {
        let area = area.intersection(buf.area);
        let theme = look.theme;
        buf.set_style(area, theme.input);
        let prompt = options.prompt.as_ref().map_or(0, |prompt| prompt.width() as u16 + 1);
        if let Some(prompt) = &options.prompt {
            draw_left(buf, inside(area, 1), &Line::from(prompt.clone()));
        }
        let text_area = inside(area, 1 + prompt);
        let (seen, before) = self.seen(usize::from(text_area.width));
        let line = match (self.is_empty(), options.placeholder) {
            (true, placeholder) => Line::styled(placeholder, theme.dim),
            _ => Line::styled(seen, theme.text),
        };
        draw_left(buf, text_area, &line);
        if !options.focused || text_area.is_empty() {
            return None;
        }
        let caret = Position::new(text_area.x + before as u16, area.y);
        buf[caret].set_style(theme.caret);
        Some(caret)
    }

    /// Where the byte at `at` of the text is drawn in the first row of `area`, if it is seen there.
    pub fn column(&self, area: Rect, at: usize) -> Option<u16> {
        let area = inside(area, 1);
        let (seen, _) = self.seen(usize::from(area.width));
        let hidden = self.text().len() - seen.len();
        let before = width(seen.get(..at.checked_sub(hidden)?)?) as u16;
        (before <= area.width).then_some(area.x + before)
    }

    /// The part of the text that fits into `room` cells, and the caret's place in it.
    fn seen(&self, room: usize) -> (&str, usize) {
        let text = self.text();
        let at = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(at, _)| at);
        let mut start = 0;
        let mut before = width(&text[..at]);
        for grapheme in text[..at].graphemes(true) {
            // The caret needs a cell of its own after the last letter.
            if before < room.max(1) {
                break;
            }
            start += grapheme.len();
            before = width(&text[start..at]);
        }
        (&text[start..], before)
    }
}

/// Within the field, which has a blank cell at its right end too.
fn inside(area: Rect, x: u16) -> Rect {
    Rect { x: area.x + x.min(area.width), width: area.width.saturating_sub(x + 1), ..area }
}

fn request(key: KeyEvent) -> Option<InputRequest> {
    use InputRequest as Ask;
    const CTRL: KeyModifiers = KeyModifiers::CONTROL;
    const ALT: KeyModifiers = KeyModifiers::ALT;
    Some(match (key.code, key.modifiers) {
        (KeyCode::Char(c), KeyModifiers::NONE | KeyModifiers::SHIFT) => Ask::InsertChar(c),
        (KeyCode::Left, KeyModifiers::NONE) | (KeyCode::Char('b'), CTRL) => Ask::GoToPrevChar,
        (KeyCode::Right, KeyModifiers::NONE) | (KeyCode::Char('f'), CTRL) => Ask::GoToNextChar,
        (KeyCode::Left, CTRL) | (KeyCode::Char('b'), ALT) => Ask::GoToPrevWord,
        (KeyCode::Right, CTRL) | (KeyCode::Char('f'), ALT) => Ask::GoToNextWord,
        (KeyCode::Home, _) | (KeyCode::Char('a'), CTRL) => Ask::GoToStart,
        (KeyCode::End, _) | (KeyCode::Char('e'), CTRL) => Ask::GoToEnd,
        (KeyCode::Backspace, CTRL | ALT) | (KeyCode::Char('w'), CTRL) => Ask::DeletePrevWord,
        (KeyCode::Backspace, _) | (KeyCode::Char('h'), CTRL) => Ask::DeletePrevChar,
        (KeyCode::Delete, CTRL) | (KeyCode::Char('d'), ALT) => Ask::DeleteNextWord,
        (KeyCode::Delete, _) => Ask::DeleteNextChar,
        (KeyCode::Char('u'), CTRL) => Ask::DeleteFromStart,
        (KeyCode::Char('k'), CTRL) => Ask::DeleteTillEnd,
        (KeyCode::Char('y'), CTRL) => Ask::Yank,
        _ => return None,
    })
}
