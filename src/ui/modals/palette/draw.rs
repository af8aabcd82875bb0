//! The palette as it looks: a box with the field, sections below, the keys of each command at the right.

use super::super::finding::line;
use super::{Palette, Scope};
use crate::domain::answer;
use crate::domain::fold::words;
use crate::domain::number::grouped;
use crate::ui::cell;
use crate::ui::layer::Cx;
use crate::ui::text::width;
use crate::ui::widgets::{FieldLook, Hint, Modal, RowState, draw_left, draw_right, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (76, 26);
const INDENT: u16 = 2;

/// One line of the list.
enum Piece<'a> {
    Blank,
    Head(&'static str),
    /// Its place among all choices.
    Command(usize),
    Record(usize, &'a answer::Row),
}

impl Palette {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let hints = [Hint::new("enter", "run"), Hint::new(">", "commands only"), Hint::new("@", "records only")];
        let modal = Modal {
            title: Line::styled("Commands and records", theme.title),
            escape: "close",
            size: SIZE,
            hints: &hints,
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        let prompt = Some(Span::styled(">", theme.accent));
        let field = FieldLook { focused: true, prompt, placeholder: "" };
        let counts = self.counts();
        let line = row(area, 0);
        let caret = self.field.draw(buf, line, &field, cx.look);
        let right = Rect { width: line.width.saturating_sub(1), ..line };
        let has_room = width(self.field.text()) + width(&counts) + 8 < usize::from(line.width);
        if has_room {
            draw_right(buf, right, &Line::styled(counts, theme.dim));
        }
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        let list = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        self.drawn = (list, self.paint_list(buf, list, cx));
    }

    fn counts(&self) -> String {
        let counted = |count: usize, one: &str| {
            let ending = if count == 1 { "" } else { "s" };
            format!("{} {one}{ending}", grouped(count as u64))
        };
        let (commands, records) = (self.commands.len(), self.finding.rows().len());
        match self.typed().0 {
            Scope::Commands => counted(commands, "command"),
            Scope::Records => counted(records, "record"),
            Scope::All if self.field.is_empty() => counted(commands, "command"),
            Scope::All => format!("{}, {}", counted(commands, "command"), counted(records, "record")),
        }
    }

    /// Which choice stands on which line.
    fn paint_list(&self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Vec<Option<usize>> {
        let pieces = self.pieces();
        let cursor = self.window.cursor();
        let at = |piece: &Piece| match piece {
            Piece::Command(choice) | Piece::Record(choice, _) => Some(*choice),
            Piece::Blank | Piece::Head(_) => None,
        };
        let line_of_cursor = pieces.iter().position(|piece| at(piece) == cursor && cursor.is_some());
        let height = usize::from(area.height);
        // The head of the first section stays in sight.
        let from = line_of_cursor.map_or(0, |line| (line + 2).saturating_sub(height));
        let from = from.min(pieces.len().saturating_sub(height));
        let mut lines = Vec::new();
        for (y, piece) in (0..area.height).zip(&pieces[from..]) {
            let line = row(area, y);
            if at(piece) == cursor && cursor.is_some() {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            self.paint_piece(buf, line, piece, cx);
            lines.push(at(piece));
        }
        if pieces.is_empty() {
            let nothing = Line::styled("Nothing is called so, and no record holds these words.", cx.look.theme.dim);
            draw_left(buf, area, &nothing);
        }
        lines
    }

    fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut section = "";
        let mut head = |pieces: &mut Vec<Piece>, name: &'static str| {
            if section != name {
                if !pieces.is_empty() {
                    pieces.push(Piece::Blank);
                }
                pieces.push(Piece::Head(name));
                section = name;
            }
        };
        for (choice, at) in self.commands.iter().enumerate() {
            head(&mut pieces, self.entries[*at].section);
            pieces.push(Piece::Command(choice));
        }
        let records = self.finding.rows().iter().map(|row| ("Records", row));
        let similar = self.finding.similar().iter().map(|row| ("Similar", row));
        for (choice, (name, row)) in (self.commands.len()..).zip(records.chain(similar)) {
            head(&mut pieces, name);
            pieces.push(Piece::Record(choice, row));
        }
        pieces
    }

    fn paint_piece(&self, buf: &mut Buffer, line: Rect, piece: &Piece, cx: &Cx) {
        let theme = cx.look.theme;
        let inside = Rect { x: line.x + INDENT.min(line.width), width: line.width.saturating_sub(INDENT + 1), ..line };
        match piece {
            Piece::Blank => {}
            Piece::Head(name) => _ = draw_left(buf, line, &Line::styled(*name, theme.dim)),
            Piece::Command(choice) => self.paint_command(buf, inside, *choice, cx),
            Piece::Record(_, row) => self.paint_record(buf, inside, row, cx),
        }
    }

    fn paint_command(&self, buf: &mut Buffer, line: Rect, choice: usize, cx: &Cx) {
        let theme = cx.look.theme;
        let entry = &self.entries[self.commands[choice]];
        let (tone, keys) = match entry.reason {
            Some(_) => (theme.dim, theme.dim),
            None => (theme.text, theme.accent),
        };
        let taken = draw_right(buf, line, &Line::styled(entry.keys.as_str(), keys));
        let room = line.width.saturating_sub(taken + 2);
        let words = words(self.typed().1);
        let words: &[String] = if entry.reason.is_none() { &words } else { &[] };
        let mut shown = cell::text(&entry.title, words, room, tone, cx);
        if let Some(reason) = &entry.reason {
            let left = room.saturating_sub(shown.width() as u16 + 4);
            shown.push_span(Span::styled(format!("  {} ", cx.look.glyphs.warning), theme.warn));
            shown.push_span(Span::styled(cx.look.fit(reason, left), theme.warn));
        }
        draw_left(buf, Rect { width: room, ..line }, &shown);
    }

    fn paint_record(&self, buf: &mut Buffer, area: Rect, row: &answer::Row, cx: &Cx) {
        draw_left(buf, area, &line(row, &words(self.typed().1), area, cx));
    }
}
