//! Why leads are disqualified (R2.10): one of the reasons, by number or arrow, and a note. It answers the change that
//! asked, with both.

use crate::domain::change::Change;
use crate::domain::id::{Object, OptionId};
use crate::domain::moving::{Disqualifying, Given, Move};
use crate::domain::number::grouped;
use crate::domain::object::is;
use crate::domain::query::{Check, Filter, Path, Query, Test};
use crate::domain::value::Value;
use crate::keys::rows::DISQUALIFYING;
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::edit::TextBox;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::modals::{button_at, numbered};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{
    Corner, Hint, Modal, RowState, Window, draw_left, draw_right, draw_scrollbar, paint_row, row,
};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 62;
const NOTE_ROWS: u16 = 3;
/// Rows of the box that are no reasons.
const FRAME: u16 = 6 + 1 + 3 + NOTE_ROWS;

pub struct Disqualify {
    asked: Disqualifying,
    change: Change,
    /// Each with its label; the last one is none, where none is needed.
    reasons: Vec<(Option<OptionId>, String)>,
    /// How many leads have each, once that is known.
    counts: Vec<usize>,
    window: Window,
    note: TextBox,
    in_note: bool,
    drawn: Rect,
    note_drawn: Rect,
    cursor: Option<Rect>,
    buttons: Vec<(Rect, String)>,
}

impl Disqualify {
    /// None: the change has no answer to it.
    pub fn new(asked: &Disqualifying, change: &Change, cx: &Cx) -> Option<Disqualify> {
        let has_answer = matches!(change, Change::Move(_) | Change::Set { .. });
        let choices = cx.settings.reasons().filter(|_| has_answer)?.choices.iter();
        let mut reasons: Vec<_> = choices.map(|choice| (Some(choice.id), choice.label.clone())).collect();
        if !asked.required {
            reasons.push((None, "No reason".to_owned()));
        }
        Some(Disqualify {
            asked: asked.clone(),
            change: change.clone(),
            window: Window::new(reasons.len(), reasons.len()),
            reasons,
            counts: Vec::new(),
            note: TextBox::new(""),
            in_note: false,
            drawn: Rect::ZERO,
            note_drawn: Rect::ZERO,
            cursor: None,
            buttons: Vec::new(),
        })
    }

    /// The change with what was chosen.
    fn answered(&self) -> Option<Change> {
        let (reason, _) = self.reasons.get(self.window.cursor()?)?;
        let note = Some(self.note.text().trim().to_owned()).filter(|note| !note.is_empty());
        match &self.change {
            Change::Move(asked) => {
                let reason = reason.map_or(Given::Skip, Given::This);
                let note = note.or_else(|| asked.note.clone());
                Some(Change::Move(Box::new(Move { reason, note, ..*asked.clone() })))
            }
            Change::Set { record, values } => {
                let mut values = values.clone();
                values.extend(reason.map(|reason| (is::DISQUALIFICATION_REASON, Some(Value::Option(reason)))));
                values.extend(note.map(|note| (is::DISQUALIFICATION_NOTE, Some(Value::Text(note)))));
                Some(Change::Set { record: *record, values })
            }
            _ => None,
        }
    }

    fn agree(&self) -> Vec<Effect> {
        let change = self.answered().map(|change| Effect::Pop(Some(Answer::Perform(Box::new(change)))));
        change.into_iter().collect()
    }

    /// In the list `j` and `k` move and numbers choose; in the note they type.
    fn key(&mut self, key: KeyEvent) -> Option<Vec<Effect>> {
        if self.in_note {
            let is_own = !matches!(key.code, KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab);
            return is_own.then(|| self.note.key(key))?.map(|_| Vec::new());
        }
        match key.code {
            KeyCode::Char('j') => self.window.move_by(1),
            KeyCode::Char('k') => self.window.move_by(-1),
            KeyCode::Char('1'..='9') => {
                if let Some(at) = numbered(key, self.reasons.len()) {
                    self.window.go_to(at);
                }
            }
            // Whoever types writes the note.
            KeyCode::Char(_) if key.modifiers.difference(KeyModifiers::SHIFT).is_empty() => {
                self.in_note = true;
                self.note.key(key)?;
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        match button_at(&self.buttons, self.keys(), mouse) {
            Some(Command::Agree) => return self.agree(),
            Some(Command::Escape) => return vec![Effect::Pop(None)],
            _ => {}
        }
        let at = (mouse.column, mouse.row).into();
        if mouse.kind == MouseEventKind::Down(MouseButton::Left) {
            let clicked = self.window.at(usize::from(mouse.row.saturating_sub(self.drawn.y)));
            if let Some(clicked) = clicked.filter(|_| self.drawn.contains(at)) {
                self.window.go_to(clicked);
                self.in_note = false;
            }
            self.in_note |= self.note_drawn.contains(at);
        }
        Vec::new()
    }

    fn paint_reasons(&self, buf: &mut Buffer, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        for (y, at) in (0..self.drawn.height).zip(self.window.visible()) {
            let line = row(self.drawn, y);
            let is_chosen = self.window.cursor() == Some(at);
            if is_chosen {
                paint_row(buf, line, RowState::Cursor { focused: !self.in_note }, cx.look);
            }
            let number = if at < 9 { format!("{} ", at + 1) } else { "  ".to_owned() };
            let (sign, style) = if is_chosen { (glyphs.radio_on, theme.accent) } else { (glyphs.radio_off, theme.dim) };
            let tone = if is_chosen { theme.title } else { theme.text };
            let label = clean(&self.reasons[at].1).into_owned();
            let count = self.counts.get(at).map(|count| grouped(*count as u64)).unwrap_or_default();
            let taken = draw_right(buf, line, &Line::styled(count, theme.dim));
            let shown = Line::from(vec![
                Span::styled(format!(" {number}"), theme.accent),
                Span::styled(format!(" {sign}  "), style),
                Span::styled(cx.look.fit(&label, line.width.saturating_sub(taken + 9)).into_owned(), tone),
            ]);
            draw_left(buf, line, &shown);
        }
        draw_scrollbar(buf, self.drawn, &self.window, cx.look);
    }

    fn modal<'a>(&self, hints: &'a [Hint<'a>], cx: &Cx) -> Modal<'a> {
        let theme = cx.look.theme;
        let who = match &self.asked.name {
            Some(name) => format!("{} {}", cx.look.glyphs.lead, clean(name)),
            None => format!("{} leads", grouped(self.asked.count as u64)),
        };
        Modal {
            title: Line::from(vec![Span::styled("Disqualify ", theme.title), Span::styled(who, theme.text)]),
            subtitle: None,
            escape: "cancel",
            size: (WIDTH, self.reasons.len() as u16 + FRAME),
            hints,
            right: Some(Corner::Button("Disqualify", "enter")),
        }
    }
}

impl Layer for Disqualify {
    fn name(&self, _: &Cx) -> String {
        "the reason".into()
    }

    fn keys(&self) -> &'static [Keys] {
        DISQUALIFYING
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    /// How often each reason was given is worth knowing before one more is.
    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        let known = self.reasons.iter().filter_map(|(reason, _)| *reason);
        let query = |reason: OptionId| {
            let check = Check::OneOf(vec![Value::Option(reason)]);
            let test = Test { of: Path::Own(is::DISQUALIFICATION_REASON), check, negated: false };
            let filters = vec![Filter { any: vec![test], text: String::new() }];
            Query { filters, ..Query::all(Object::LEAD, cx.settings.viewer(cx.user.id)) }
        };
        vec![Effect::Ask(0, Request::Counts(known.map(query).collect()))]
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Paste(text) if self.in_note => {
                self.note.paste(text);
                Some(Vec::new())
            }
            Input::Mouse(mouse) => Some(self.mouse(*mouse)),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::Agree => return self.agree(),
            Command::NextField => self.in_note = !self.in_note,
            Command::MoveDown => self.window.move_by(times),
            Command::MoveUp => self.window.move_by(-times),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        if let Reply::Counts(counts) = reply {
            self.counts = counts;
        }
        Vec::new()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let hints = [Hint::new("1-9", "choose"), Hint::new("tab", if self.in_note { "reasons" } else { "note" })];
        let modal = self.modal(&hints, cx);
        let area = modal.draw(buf, screen, cx.look);
        self.buttons = modal.buttons(screen, cx.look);
        draw_left(buf, row(area, 0), &Line::styled("Why?", theme.title));
        let rule = if self.asked.required { "a reason is required" } else { "optional" };
        draw_right(buf, row(area, 0), &Line::styled(rule, theme.dim));
        let below = 2 + NOTE_ROWS;
        let height = (self.reasons.len() as u16).min(area.height.saturating_sub(1 + below));
        self.drawn = Rect { y: area.y + 1, height, ..area };
        self.window.resize(usize::from(height));
        self.paint_reasons(buf, cx);
        let head = Rect { y: self.drawn.bottom() + 1, height: 1, ..area };
        draw_left(buf, head, &Line::styled("Note", theme.title));
        draw_right(buf, head, &Line::styled("optional", theme.dim));
        self.note_drawn = Rect { y: head.y + 1, height: NOTE_ROWS, ..area };
        let caret = self.note.draw(buf, self.note_drawn, self.in_note, cx.look);
        let chosen = self.window.screen_row().map(|line| row(self.drawn, line as u16));
        let caret = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        self.cursor = if self.in_note { caret } else { chosen };
    }
}
