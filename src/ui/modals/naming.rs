//! A view gets its name, and is private or for everyone.

use crate::domain::change::Change;
use crate::domain::view::{NAME_MOST, View};
use crate::keys::{Command, KeyMode, Keys, rows::NAMING};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::terminal::Input;
use crate::ui::text::wrap;
use crate::ui::widgets::{Corner, Edit, FieldLook, Hint, Modal, TextField, draw_field, draw_left, row};
use crate::workspace::request::Reply;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (62, 12);
/// Cells of the labels.
const LABELS: u16 = 12;
const SAVE: Slot = 0;

/// What becomes of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new one stands beside the one it was made from.
    SaveAs,
    Rename,
}

pub struct Naming {
    purpose: Purpose,
    view: View,
    name: TextField,
    /// Why it was not saved; stands until something is typed.
    refusal: Option<String>,
    cursor: Option<Rect>,
}

impl Naming {
    pub fn new(purpose: Purpose, view: View) -> Naming {
        let name = if purpose == Purpose::Rename { view.name.as_str() } else { "" };
        let name = TextField::default().limited(NAME_MOST).with(name);
        Naming { purpose, view, name, refusal: None, cursor: None }
    }

    fn save(&mut self) -> Vec<Effect> {
        let name = self.name.text().trim().to_owned();
        if name.is_empty() {
            self.refusal = Some("A view needs a name".to_owned());
            return Vec::new();
        }
        self.view.name = name;
        vec![Effect::Perform(SAVE, Change::SaveView { view: Box::new(self.view.clone()) })]
    }
}

impl Layer for Naming {
    fn name(&self, _: &Cx) -> String {
        "the view's name".into()
    }

    fn keys(&self) -> &'static [Keys] {
        NAMING
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
                if self.name.key(*key)? == Edit::Kept {
                    return Some(Vec::new());
                }
            }
            Input::Paste(text) => self.name.paste(text),
            _ => return None,
        }
        self.refusal = None;
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::Agree => return self.save(),
            Command::Tick => self.view.everyone = !self.view.everyone,
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match &reply {
            Reply::Failed(failure) => {
                self.refusal = Some(failure.to_string());
                Vec::new()
            }
            Reply::Done(_) => {
                let saved = (self.purpose == Purpose::SaveAs).then(|| Answer::Saved(self.view.name.clone()));
                let mut effects = done::told(&reply);
                effects.push(Effect::Pop(saved));
                effects
            }
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme, glyphs) = (frame.buffer_mut(), cx.look.theme, cx.look.glyphs);
        let (verb, button) = match self.purpose {
            Purpose::SaveAs => ("Save the view", "Save"),
            Purpose::Rename => ("Rename the view", "Rename"),
        };
        let modal = Modal {
            title: Line::styled(verb, theme.title),
            escape: "cancel",
            size: SIZE,
            hints: &[Hint::new("tab", if self.view.everyone { "only for you" } else { "for everyone" })],
            right: Some(Corner::Button(button, "enter")),
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        draw_field(buf, row(area, 0), "Name", LABELS, &Line::default(), cx.look);
        let field =
            Rect { x: area.x + LABELS.min(area.width), width: area.width.saturating_sub(LABELS), ..row(area, 0) };
        let look = FieldLook { focused: true, prompt: None, placeholder: "" };
        let caret = self.name.draw(buf, field, &look, cx.look);
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        let (sign, who) =
            if self.view.everyone { (glyphs.toggle_on, "for everyone") } else { (glyphs.toggle_off, "only for you") };
        let tone = if self.view.everyone { theme.accent } else { theme.dim };
        let seen = Line::from_iter([Span::styled(format!(" {sign} "), tone), Span::styled(who, theme.text)]);
        draw_field(buf, row(area, 2), "Seen", LABELS, &seen, cx.look);
        let Some(refusal) = &self.refusal else { return };
        for (y, line) in (3..).zip(wrap(&glyphs.spell(refusal), usize::from(field.width.saturating_sub(3)))) {
            let sign = if y == 3 { glyphs.error } else { " " };
            let spans = [Span::styled(format!(" {sign} "), theme.err), Span::styled(line, theme.text)];
            draw_left(buf, Rect { x: field.x, width: field.width, ..row(area, y) }, &Line::from_iter(spans));
        }
    }
}
