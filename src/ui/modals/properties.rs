//! Any property of a record by its name, to be edited: those that the page has no room for, and those that are empty.

use crate::domain::fold::{fold, words};
use crate::domain::id::PropertyId;
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::keys::{Command, KeyMode, Keys, rows::PALETTE};
use crate::ui::cell;
use crate::ui::edit::obstacle;
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{
    Edit, FieldLook, Hint, Modal, RowState, TextField, Window, draw_left, draw_scrollbar, paint_row, row,
};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (64, 24);
/// Cells of the labels.
const LABELS: u16 = 22;

struct Entry {
    property: Property,
    value: Option<Value>,
    folded: String,
}

pub struct Properties {
    title: &'static str,
    name: String,
    entries: Vec<Entry>,
    field: TextField,
    found: Vec<usize>,
    window: Window,
    list: Rect,
    cursor: Option<Rect>,
}

fn entries(spec: &ObjectSpec, value: impl Fn(&Property) -> Option<Value>) -> Vec<Entry> {
    let can = spec.properties.iter().filter(|property| !property.hidden && obstacle(spec.object, property).is_none());
    let entry = |property: &Property| Entry {
        value: value(property),
        folded: fold(&property.label),
        property: property.clone(),
    };
    can.map(entry).collect()
}

impl Properties {
    pub fn of(record: &Record, cx: &Cx) -> Properties {
        let value = |property: &Property| record.get(property.id).map(std::borrow::Cow::into_owned);
        let spec = cx.settings.object(record.id.object);
        let entries = spec.map(|spec| entries(spec, value)).unwrap_or_default();
        Properties::new("Edit a property", record.name(), entries)
    }

    /// To be set on several records, which are named together.
    pub fn of_many(spec: &ObjectSpec, named: String) -> Properties {
        Properties::new("Set a property", named, entries(spec, |_| None))
    }

    fn new(title: &'static str, name: String, entries: Vec<Entry>) -> Properties {
        let mut properties = Properties {
            title,
            name,
            entries,
            field: TextField::default().limited(100),
            found: Vec::new(),
            window: Window::default(),
            list: Rect::ZERO,
            cursor: None,
        };
        properties.narrow();
        properties
    }

    fn narrow(&mut self) {
        let words = words(self.field.text());
        let holds = |at: &usize| words.iter().all(|word| self.entries[*at].folded.contains(word.as_str()));
        self.found = (0..self.entries.len()).filter(holds).collect();
        self.window.set_len(self.found.len());
        self.window.first();
    }

    fn choose(&self) -> Vec<Effect> {
        let chosen = self.window.cursor().map(|at| self.entries[self.found[at]].property.id);
        chosen.map(|id: PropertyId| Effect::Pop(Some(Answer::Property(id)))).into_iter().collect()
    }
}

impl Layer for Properties {
    fn name(&self, _: &Cx) -> String {
        "the properties".into()
    }

    fn keys(&self) -> &'static [Keys] {
        PALETTE
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
                        return Some(self.choose());
                    }
                }
                _ => return None,
            },
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let is_empty = command == Command::Open && self.window.is_empty();
        is_empty.then(|| "no property is called so, esc closes".into())
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::MoveDown => self.window.move_by(1),
            Command::MoveUp => self.window.move_by(-1),
            Command::PageDown => self.window.page(1),
            Command::PageUp => self.window.page(-1),
            Command::Open => return self.choose(),
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
        let hints = [Hint::new("enter", "edit")];
        let title = Line::from(vec![
            Span::styled(self.title, theme.title),
            Span::styled(format!(" of {}", clean(&self.name)), theme.dim),
        ]);
        let modal = Modal { title, escape: "close", size: SIZE, hints: &hints, ..Modal::default() };
        let area = modal.draw(buf, screen, cx.look);
        let prompt = Some(Span::styled(">", theme.accent));
        let caret = self.field.draw(buf, row(area, 0), &FieldLook { focused: true, prompt, placeholder: "" }, cx.look);
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        self.list = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        self.window.resize(usize::from(self.list.height));
        if self.found.is_empty() {
            draw_left(buf, self.list, &Line::styled("No property is called so.", theme.dim));
        }
        let words = words(self.field.text());
        for (y, at) in (0..self.list.height).zip(self.window.visible()) {
            let line = row(self.list, y);
            if self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let Entry { property, value, .. } = &self.entries[self.found[at]];
            let inside = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
            draw_left(buf, inside, &cell::text(&property.label, &words, LABELS, theme.text, cx));
            let rest = Rect { x: inside.x + LABELS + 1, width: inside.width.saturating_sub(LABELS + 1), ..inside };
            draw_left(buf, rest, &cell::detail(property, value.as_ref(), rest.width, theme.dim, cx));
        }
        draw_scrollbar(buf, self.list, &self.window, cx.look);
    }
}
