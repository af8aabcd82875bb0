//! A text of several lines in a box: it breaks at blanks, the caret moves by the lines that are seen.

use crate::domain::value::LONG_TEXT_MOST;
use crate::ui::text::{clean, width};
use crate::ui::widgets::{Edit, Look, draw_left, row};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

#[derive(Debug, Clone)]
pub struct TextBox {
    text: String,
    /// Of the caret, in bytes.
    at: usize,
    /// What was cut out last.
    cut: String,
    /// Lines and cells as it was drawn last.
    size: (usize, usize),
    top: usize,
}

/// The lines that are seen of a text, in bytes; the blank at which one breaks belongs to it.
fn broken(text: &str, room: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut begin = 0;
    for line in text.split('\n') {
        break_line(line, begin, room.max(1), &mut lines);
        begin += line.len() + 1;
    }
    lines
}

fn break_line(line: &str, begin: usize, room: usize, lines: &mut Vec<Range<usize>>) {
    let (mut start, mut used, mut blank) = (0, 0, None);
    for (at, grapheme) in line.grapheme_indices(true) {
        let cells = width(grapheme);
        if used + cells > room && at > start {
            let cut = blank.unwrap_or(at);
            lines.push(begin + start..begin + cut);
            start = cut;
            used = width(&line[cut..at]);
            blank = None;
        }
        used += cells;
        if grapheme == " " {
            blank = Some(at + 1);
        }
    }
    lines.push(begin + start..begin + line.len());
}

/// As it may be shown and kept: line by line.
fn cleaned(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| clean(line.trim_end_matches('\r'))).collect();
    lines.join("\n")
}

impl TextBox {
    pub fn new(text: &str) -> TextBox {
        let text = cleaned(text);
        TextBox { at: text.len(), text, cut: String::new(), size: (6, 60), top: 0 }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn set(&mut self, text: &str) {
        self.text = cleaned(text);
        self.at = self.text.len();
    }

    /// Characters that it still takes.
    pub fn free(&self) -> usize {
        LONG_TEXT_MOST.saturating_sub(self.text.chars().count())
    }

    pub fn paste(&mut self, text: &str) {
        self.insert(&cleaned(&text.replace("\r\n", "\n").replace('\r', "\n")));
    }

    fn insert(&mut self, text: &str) {
        self.text.insert_str(self.at, text);
        self.at += text.len();
    }

    /// What stands before the caret.
    pub fn before_caret(&self) -> &str {
        &self.text[..self.at]
    }

    /// So many characters before the caret give way to `text`.
    pub fn replace_before(&mut self, back: usize, text: &str) {
        let from = match back {
            0 => self.at,
            back => self.text[..self.at].char_indices().rev().nth(back - 1).map_or(0, |(at, _)| at),
        };
        if text.chars().count() <= self.free() + back {
            self.text.drain(from..self.at);
            self.at = from;
            self.insert(&cleaned(text));
        }
    }

    /// Takes a key that types, edits or moves; `None` for all others.
    pub fn key(&mut self, key: KeyEvent) -> Option<Edit> {
        use KeyCode as Code;
        const NONE: KeyModifiers = KeyModifiers::NONE;
        const CTRL: KeyModifiers = KeyModifiers::CONTROL;
        const ALT: KeyModifiers = KeyModifiers::ALT;
        let rows = self.size.0 as isize;
        match (key.code, key.modifiers) {
            (Code::Char(c), NONE | KeyModifiers::SHIFT) => return Some(self.type_in(c)),
            (Code::Enter, NONE) => return Some(self.type_in('\n')),
            (Code::Backspace, CTRL | ALT) | (Code::Char('w'), CTRL) => {
                return Some(self.cut_out(self.word_before()..self.at));
            }
            (Code::Backspace, _) | (Code::Char('h'), CTRL) => return Some(self.drop(self.before()..self.at)),
            (Code::Delete, CTRL) | (Code::Char('d'), ALT) => return Some(self.cut_out(self.at..self.word_after())),
            (Code::Delete, _) => return Some(self.drop(self.at..self.after())),
            (Code::Char('u'), CTRL) => return Some(self.cut_out(self.line().start..self.at)),
            (Code::Char('k'), CTRL) => return Some(self.cut_out(self.at..self.line().end)),
            (Code::Char('y'), CTRL) => {
                let cut = self.cut.clone();
                let fits = cut.chars().count() <= self.free();
                self.insert(if fits { &cut } else { "" });
                return Some(if fits && !cut.is_empty() { Edit::Changed } else { Edit::Kept });
            }
            (Code::Left, CTRL) | (Code::Char('b'), ALT) => self.at = self.word_before(),
            (Code::Right, CTRL) | (Code::Char('f'), ALT) => self.at = self.word_after(),
            (Code::Left, NONE) | (Code::Char('b'), CTRL) => self.at = self.before(),
            (Code::Right, NONE) | (Code::Char('f'), CTRL) => self.at = self.after(),
            (Code::Home, NONE) | (Code::Char('a'), CTRL) => self.at = self.line().start,
            (Code::End, NONE) => self.at = self.line().end,
            (Code::Home, CTRL) => self.at = 0,
            (Code::End, CTRL) => self.at = self.text.len(),
            (Code::Up, NONE) => self.move_lines(-1),
            (Code::Down, NONE) => self.move_lines(1),
            (Code::PageUp, NONE) => self.move_lines(-rows),
            (Code::PageDown, NONE) => self.move_lines(rows),
            _ => return None,
        }
        Some(Edit::Kept)
    }

    fn type_in(&mut self, c: char) -> Edit {
        let is_shown = c == '\n' || !clean(c.encode_utf8(&mut [0; 4])).is_empty();
        if !is_shown || self.free() == 0 {
            return Edit::Kept;
        }
        self.insert(c.encode_utf8(&mut [0; 4]));
        Edit::Changed
    }

    fn drop(&mut self, range: Range<usize>) -> Edit {
        if range.is_empty() {
            return Edit::Kept;
        }
        self.at = range.start;
        self.text.drain(range);
        Edit::Changed
    }

    fn cut_out(&mut self, range: Range<usize>) -> Edit {
        if !range.is_empty() {
            self.text[range.clone()].clone_into(&mut self.cut);
        }
        self.drop(range)
    }

    fn before(&self) -> usize {
        self.text[..self.at].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.at + self.text[self.at..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let words = self.text[..self.at].split_word_bound_indices();
        words.rev().find(|(_, word)| !word.trim().is_empty()).map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        let mut words = self.text[self.at..].split_word_bound_indices();
        let found = words.find(|(_, word)| !word.trim().is_empty());
        found.map_or(self.text.len(), |(at, word)| self.at + at + word.len())
    }

    /// Of the text, not of the screen.
    fn line(&self) -> Range<usize> {
        let start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[self.at..].find('\n').map_or(self.text.len(), |at| self.at + at);
        start..end
    }

    fn move_lines(&mut self, by: isize) {
        let lines = broken(&self.text, self.size.1);
        let here = line_of(&lines, self.at);
        let cells = width(&self.text[lines[here].start..self.at]);
        let to = lines[here.saturating_add_signed(by).min(lines.len() - 1)].clone();
        if line_of(&lines, to.start) == here {
            self.at = if by < 0 { to.start } else { to.end };
            return;
        }
        let mut used = 0;
        let line = &self.text[to.clone()];
        let stop = line.grapheme_indices(true).find(|(_, grapheme)| {
            used += width(grapheme);
            used > cells
        });
        let end = if self.text[to.end..].starts_with('\n') || to.end == self.text.len() {
            line.len()
        } else {
            line.trim_end_matches(' ').len()
        };
        self.at = to.start + stop.map_or(end, |(at, _)| at.min(end));
    }

    /// Draws what fits into `area` around the caret, and gives the caret's cell.
    pub fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, look: Look) -> Option<Position> {
        buf.set_style(area.intersection(buf.area), look.theme.input);
        let inside = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
        let (height, room) = (usize::from(inside.height), usize::from(inside.width));
        if height == 0 || room == 0 {
            return None;
        }
        self.size = (height, room);
        let lines = broken(&self.text, room);
        let here = line_of(&lines, self.at);
        self.top = self.top.min(here).max((here + 1).saturating_sub(height));
        for (y, line) in (0..inside.height).zip(&lines[self.top..]) {
            draw_left(buf, row(inside, y), &Line::styled(&self.text[line.clone()], look.theme.text));
        }
        let caret = Position {
            x: inside.x + (width(&self.text[lines[here].start..self.at]) as u16).min(inside.width),
            y: inside.y + (here - self.top) as u16,
        };
        if !focused || !buf.area.contains(caret) {
            return None;
        }
        buf[caret].set_style(look.theme.caret);
        Some(caret)
    }
}

fn line_of(lines: &[Range<usize>], at: usize) -> usize {
    lines.iter().rposition(|line| line.start <= at).unwrap_or(0)
}
