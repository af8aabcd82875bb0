//! What a team is called. Saving is one act.

use crate::domain::change::Change;
use crate::domain::user::team::team_name;
use crate::keys::{Command, KeyMode, Keys, rows::SETTINGS_FIELD};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::settings::field::{FieldFrame, ROWS, WIDTH, bar};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, Edit, FieldLook, Modal, TextField};
use crate::workspace::request::Reply;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

pub struct TeamName {
    /// The team that is renamed; none: a new one.
    before: Option<String>,
    name: TextField,
    refusal: Option<String>,
    saving: bool,
    cursor: Option<Rect>,
}

impl TeamName {
    pub fn new() -> TeamName {
        TeamName::with(None, "")
    }

    pub fn of(name: &str) -> TeamName {
        TeamName::with(Some(name.to_owned()), name)
    }

    fn with(before: Option<String>, name: &str) -> TeamName {
        let name = TextField::default().limited(60).with(name);
        TeamName { before, name, refusal: None, saving: false, cursor: None }
    }

    fn save(&mut self) -> Vec<Effect> {
        let to = match team_name(self.name.text()) {
            Ok(name) => name,
            Err(sentence) => {
                self.refusal = Some(sentence);
                return Vec::new();
            }
        };
        let change = match &self.before {
            _ if self.saving => return Vec::new(),
            Some(before) if *before == to => return vec![Effect::Pop(None)],
            Some(before) => Change::RenameTeam { name: before.clone(), to },
            None => Change::AddTeam { name: to },
        };
        self.saving = true;
        vec![Effect::Perform(0, change)]
    }
}

impl Layer for TeamName {
    fn name(&self, _: &Cx) -> String {
        "the team".into()
    }

    fn keys(&self) -> &'static [Keys] {
        SETTINGS_FIELD
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
                if self.name.key(*key)? == Edit::Changed {
                    self.refusal = None;
                }
            }
            Input::Paste(text) => self.name.paste(text),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::SaveField | Command::Save => self.save(),
            Command::Escape => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        self.saving = false;
        match reply {
            Reply::Done(done) => {
                let name = self.name.text().trim().to_owned();
                vec![Effect::Toast(done::toast(&done)), Effect::Pop(Some(Answer::Chosen(name)))]
            }
            Reply::Failed(failure) => {
                self.refusal = Some(failure.to_string());
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (theme, buf) = (cx.look.theme, frame.buffer_mut());
        let title = self.before.as_deref().map_or("New team".into(), clean);
        let modal = Modal {
            title: Line::styled(title, theme.title),
            escape: "cancel",
            size: (WIDTH, ROWS + 6),
            right: Some(Corner::Button(if self.saving { "Saving" } else { "Save" }, "enter")),
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, cx.look);
        let said = self.refusal.as_deref().map_or(Ok("Its members reach each other's records where they may."), Err);
        let frame = FieldFrame { label: "Name", required: true, focused: true, said };
        let (area, _) = frame.draw(buf, body, 0, cx);
        let caret = self.name.draw(buf, area, &FieldLook { focused: true, ..FieldLook::default() }, cx.look);
        self.cursor = Some(caret.map_or(bar(area), |caret| Rect::new(caret.x, caret.y, 1, 1)));
    }
}
