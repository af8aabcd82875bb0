//! A mapping of an import gets its name.

use crate::domain::change::Change;
use crate::domain::mapping::{Mapping, NAME_MOST};
use crate::keys::{Command, KeyMode, Keys, rows::NAME};
use crate::ui::done;
use crate::ui::layer::{Cx, Effect, Layer, Slot};
use crate::ui::terminal::Input;
use crate::ui::text::wrap;
use crate::ui::widgets::{Corner, FieldLook, Modal, TextField, draw_field, draw_left, row};
use crate::workspace::request::Reply;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (62, 10);
/// Cells of the label.
const LABEL: u16 = 8;
const SAVE: Slot = 0;

pub struct MappingName {
    mapping: Mapping,
    name: TextField,
    /// Why it was not saved; stands until something is typed.
    refusal: Option<String>,
    cursor: Option<Rect>,
}

impl MappingName {
    /// `mapping` has the name that is offered.
    pub fn new(mapping: Mapping) -> MappingName {
        let mut name = TextField::default().limited(NAME_MOST);
        name.set(&mapping.name);
        MappingName { mapping, name, refusal: None, cursor: None }
    }
}

impl Layer for MappingName {
    fn name(&self, _: &Cx) -> String {
        "the mapping's name".into()
    }

    fn keys(&self) -> &'static [Keys] {
        NAME
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => _ = self.name.key(*key)?,
            Input::Paste(text) => self.name.paste(text),
            _ => return None,
        }
        self.refusal = None;
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::Agree => {
                let mapping = Mapping { name: self.name.text().to_owned(), ..self.mapping.clone() };
                vec![Effect::Perform(SAVE, Change::SaveMapping { mapping: Box::new(mapping) })]
            }
            Command::Escape => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match &reply {
            Reply::Failed(failure) => {
                self.refusal = Some(failure.to_string());
                Vec::new()
            }
            Reply::Done(_) => done::told(&reply).into_iter().chain([Effect::Pop(None)]).collect(),
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let modal = Modal {
            title: Line::styled("Save the mapping", theme.title),
            escape: "cancel",
            size: SIZE,
            right: Some(Corner::Button("Save", "enter")),
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        draw_field(buf, row(area, 0), "Name", LABEL, &Line::default(), cx.look);
        let field = Rect { x: area.x + LABEL.min(area.width), width: area.width.saturating_sub(LABEL), ..row(area, 0) };
        let caret = self.name.draw(buf, field, &FieldLook { focused: true, ..FieldLook::default() }, cx.look);
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        let Some(refusal) = &self.refusal else { return };
        for (y, line) in (1..).zip(wrap(refusal, usize::from(field.width.saturating_sub(3)))) {
            let sign = if y == 1 { cx.look.glyphs.error } else { " " };
            let spans = [Span::styled(format!(" {sign} "), theme.err), Span::styled(line, theme.text)];
            draw_left(buf, Rect { x: field.x, width: field.width, ..row(area, y) }, &Line::from_iter(spans));
        }
    }
}
