//! The record that another one is merged with: those that may be the same, each with what speaks for it, while nothing
//! is typed; else what a search finds.

use super::finding::{Finding, Taken, line as found};
use super::merge::Merge;
use crate::domain::answer::Row;
use crate::domain::fold::words;
use crate::domain::id::RecordId;
use crate::domain::merge::Lookalike;
use crate::keys::{Command, KeyMode, Keys, rows::TWIN};
use crate::ui::layer::{Cx, Effect, Layer, Slot};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{
    Edit, FieldLook, Hint, Modal, RowState, TextField, Window, draw_left, draw_right, draw_scrollbar, paint_row, row,
};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Apart from the slots of a finding.
const LOOKALIKES: Slot = 7;
/// Records that are shown at most.
const MOST: usize = 50;
const SIZE: (u16, u16) = (84, 22);

pub struct Twin {
    /// The one that stays.
    of: RecordId,
    name: String,
    field: TextField,
    lookalikes: Option<Vec<Lookalike>>,
    finding: Finding,
    window: Window,
    drawn: Rect,
    cursor: Option<Rect>,
}

impl Twin {
    pub fn new(of: RecordId, name: &str) -> Twin {
        Twin {
            of,
            name: name.to_owned(),
            field: TextField::default().limited(200),
            lookalikes: None,
            finding: Finding::default(),
            window: Window::default(),
            drawn: Rect::ZERO,
            cursor: None,
        }
    }

    fn is_searching(&self) -> bool {
        !words(self.field.text()).is_empty()
    }

    /// What can be chosen, with what speaks for it.
    fn offers(&self) -> Vec<(&Row, String)> {
        if self.is_searching() {
            let found = (0..self.finding.len()).filter_map(|at| self.finding.get(at));
            return found.filter(|row| row.record.id != self.of).map(|row| (row, String::new())).collect();
        }
        let why = |one: &Lookalike| one.why.iter().map(|why| why.label()).collect::<Vec<_>>().join(", ");
        self.lookalikes.iter().flatten().map(|one| (&one.row, why(one))).collect()
    }

    fn typed(&mut self) -> Vec<Effect> {
        self.window.first();
        if self.is_searching() {
            return self.finding.ask(self.field.text(), Some(self.of.object), MOST);
        }
        self.finding.forget();
        self.count();
        Vec::new()
    }

    fn count(&mut self) {
        self.window.set_len(self.offers().len());
    }

    fn choose(&mut self) -> Vec<Effect> {
        if self.is_searching() && self.finding.is_awaited() {
            self.finding.owe();
            return Vec::new();
        }
        let chosen = self.window.cursor().and_then(|at| self.offers().get(at).map(|(row, _)| row.record.id));
        let merge = |from| vec![Effect::Pop(None), Effect::Push(Box::new(Merge::new(self.of, from)))];
        chosen.map(merge).unwrap_or_default()
    }

    fn nothing(&self, cx: &Cx) -> String {
        let one = cx.settings.object(self.of.object).map_or("record", |spec| spec.singular.as_str());
        let one = clean(one).to_lowercase();
        match (&self.lookalikes, self.is_searching()) {
            (_, true) if self.finding.is_awaited() => String::new(),
            (_, true) => format!("No other {one} holds these words."),
            (None, false) => cx.look.glyphs.skeleton.to_owned(),
            (Some(_), false) => format!("No {one} looks like it. Type a few letters of the other one's name."),
        }
    }

    fn paint_offers(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let (offers, words) = (self.offers(), words(self.field.text()));
        if offers.is_empty() {
            draw_left(buf, area, &Line::styled(self.nothing(cx), theme.dim));
        }
        for (y, at) in (0..area.height).zip(self.window.visible()) {
            let line = row(area, y);
            if self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let Some((record, why)) = offers.get(at) else { continue };
            let taken = draw_right(buf, line, &Line::styled(why.as_str(), theme.dim));
            let inside = Rect { x: line.x + 1, width: line.width.saturating_sub(taken + 3), ..line };
            draw_left(buf, inside, &found(record, &words, inside, cx));
        }
        draw_scrollbar(buf, area, &self.window, cx.look);
    }
}

impl Layer for Twin {
    fn name(&self, _: &Cx) -> String {
        "the record to merge with".into()
    }

    fn keys(&self) -> &'static [Keys] {
        TWIN
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn shown(&mut self, _: &Cx) -> Vec<Effect> {
        vec![Effect::Ask(LOOKALIKES, Request::Lookalikes(self.of))]
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => match self.field.key(*key)? {
                Edit::Changed => Some(self.typed()),
                Edit::Kept => Some(Vec::new()),
            },
            Input::Paste(text) => {
                self.field.paste(text);
                Some(self.typed())
            }
            Input::Mouse(mouse) => match mouse.kind {
                MouseEventKind::ScrollDown => Some(self.moved(1)),
                MouseEventKind::ScrollUp => Some(self.moved(-1)),
                MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                    self.window.go_to(self.window.at(usize::from(mouse.row - self.drawn.y))?);
                    Some(self.choose())
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let is_waiting = self.is_searching() && self.finding.is_awaited();
        (command == Command::Open && self.window.is_empty() && !is_waiting)
            .then(|| "type a few letters, esc closes".into())
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::MoveDown => self.moved(times),
            Command::MoveUp => self.moved(-times),
            Command::PageDown => self.moved(self.window.height() as isize),
            Command::PageUp => self.moved(-(self.window.height() as isize)),
            Command::Open => self.choose(),
            Command::Escape => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, slot: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        if slot == LOOKALIKES {
            self.lookalikes = Some(if let Reply::Lookalikes(found) = reply { found } else { Vec::new() });
            self.count();
            return Vec::new();
        }
        let Taken { mut effects, pays } = self.finding.take(slot, reply);
        self.count();
        if pays {
            effects.extend(self.choose());
        }
        effects
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Sorted(_) | Reply::Changed(_) => {
                let mut effects = self.shown(cx);
                if self.is_searching() {
                    effects.extend(self.finding.ask(self.field.text(), Some(self.of.object), MOST));
                }
                effects
            }
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (theme, buf) = (cx.look.theme, frame.buffer_mut());
        let hints = [Hint::new("enter", "lay them side by side"), Hint::new("down up", "next, previous")];
        let modal = Modal {
            title: Line::from_iter([
                Span::styled("Merge with ", theme.title),
                Span::styled(clean(&self.name).into_owned(), theme.text),
            ]),
            escape: "cancel",
            size: SIZE,
            hints: &hints,
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        let prompt = Some(Span::styled("/", theme.accent));
        let look = FieldLook { focused: true, prompt, placeholder: "the other one's name, e-mail or phone number" };
        let caret = self.field.draw(buf, row(area, 0), &look, cx.look);
        self.cursor = caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1));
        let has_head = !self.is_searching() && !self.window.is_empty();
        if has_head {
            draw_left(buf, row(area, 2), &Line::styled("May be the same", theme.dim));
        }
        let above = (if has_head { 3 } else { 2 }).min(area.height);
        let list =
            Rect { x: area.x + 1, y: area.y + above, width: area.width.saturating_sub(2), height: area.height - above };
        self.drawn = list;
        self.window.resize(usize::from(list.height));
        self.paint_offers(buf, list, cx);
    }
}

impl Twin {
    fn moved(&mut self, by: isize) -> Vec<Effect> {
        self.window.move_by(by);
        Vec::new()
    }
}
