//! What an object of a user is called, as a form: one of it, many of it, its internal name. Saving is one act.

use super::field::{FieldFrame, ROWS, WIDTH, bar, refused};
use crate::domain::change::Change;
use crate::domain::id::Object;
use crate::domain::object::custom::{ObjectForm, check_name};
use crate::domain::property::form::name_for;
use crate::keys::{Command, KeyMode, Keys, rows::OBJECT_FORM};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot, Unsaved};
use crate::ui::modals::unsaved::AskUnsaved;
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, Edit, FieldLook, Hint, Modal, TextField, draw_left};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Its fields: label, and what it means.
const FIELDS: [(&str, &str); 3] = [
    ("One", "What one record is called, such as Project."),
    ("Many", "What several are called, such as Projects."),
    ("Internal name", "For scripts and files; it stays for good."),
];
const ONE: usize = 0;
const MANY: usize = 1;
const NAME: usize = 2;

pub struct ObjectNames {
    /// The object that is renamed; none: a new one.
    before: Option<(Object, ObjectForm)>,
    texts: [TextField; 3],
    /// The internal name was typed and follows the other no more.
    is_named: bool,
    at: usize,
    /// Why it is not saved, and the field that is to be mended; none: all of it.
    refusal: Option<(Option<usize>, String)>,
    saving: bool,
    cursor: Option<Rect>,
    drawn: Vec<Rect>,
}

impl ObjectNames {
    pub fn new() -> ObjectNames {
        ObjectNames::with(None, &ObjectForm::default())
    }

    pub fn of(object: Object, form: &ObjectForm) -> ObjectNames {
        ObjectNames::with(Some((object, form.clone())), form)
    }

    fn with(before: Option<(Object, ObjectForm)>, form: &ObjectForm) -> ObjectNames {
        let text = |text: &str| TextField::default().limited(80).with(text);
        ObjectNames {
            texts: [text(&form.singular), text(&form.plural), text(&form.name)],
            is_named: before.is_some(),
            before,
            at: ONE,
            refusal: None,
            saving: false,
            cursor: None,
            drawn: Vec::new(),
        }
    }

    fn form(&self) -> ObjectForm {
        let text = |at: usize| self.texts[at].text().trim().to_owned();
        ObjectForm { name: text(NAME), singular: text(ONE), plural: text(MANY) }
    }

    fn is_touched(&self) -> bool {
        let before = self.before.as_ref().map(|(_, form)| form.clone()).unwrap_or_default();
        self.form() != before
    }

    /// The internal name of what is there already stays.
    fn fields(&self) -> usize {
        if self.before.is_some() { NAME } else { FIELDS.len() }
    }

    fn step(&mut self, by: isize) {
        self.at = (self.at as isize + by).rem_euclid(self.fields() as isize) as usize;
    }

    /// Something was typed: the internal name of a new object follows what one is called.
    fn typed(&mut self) {
        self.refusal = None;
        if self.at == NAME {
            self.is_named = !self.texts[NAME].is_empty();
        } else if self.at == ONE && !self.is_named {
            self.texts[NAME].set(&name_for(self.texts[ONE].text()));
        }
    }

    /// What is wrong without asking anybody.
    fn mistake(&self, cx: &Cx) -> Option<(Option<usize>, String)> {
        let form = self.form();
        if form.singular.is_empty() {
            return Some((Some(ONE), "An object needs a name".to_owned()));
        }
        if form.plural.is_empty() {
            return Some((Some(MANY), "It needs a plural, such as Projects".to_owned()));
        }
        let own = self.before.as_ref().map(|(object, _)| *object);
        if own.is_none()
            && let Err(sentence) = check_name(&form.name, &cx.settings.objects)
        {
            return Some((Some(NAME), sentence));
        }
        form.checked(own, &cx.settings.objects).err().map(|sentence| (None, sentence))
    }

    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        self.refusal = self.mistake(cx);
        if let Some((field, _)) = &self.refusal {
            self.at = field.unwrap_or(self.at);
            return Vec::new();
        }
        if self.saving {
            return Vec::new();
        }
        let form = Box::new(self.form());
        let change = match &self.before {
            Some((_, before)) if *form == *before => return vec![Effect::Pop(None)],
            Some((object, _)) => Change::SetObject { object: *object, form },
            None => Change::AddObject { form },
        };
        self.saving = true;
        vec![Effect::Perform(0, change)]
    }

    fn unsaved_text(&self) -> String {
        match &self.before {
            Some((_, form)) => format!("Unsaved changes of {}", form.plural),
            None => "The new object is not saved".to_owned(),
        }
    }

    fn click(&mut self, at: (u16, u16)) -> Option<Vec<Effect>> {
        let field = self.drawn.iter().position(|area| area.contains(at.into()))?;
        self.at = field.min(self.fields() - 1);
        Some(Vec::new())
    }
}

impl Layer for ObjectNames {
    fn name(&self, _: &Cx) -> String {
        "the object".into()
    }

    fn keys(&self) -> &'static [Keys] {
        OBJECT_FORM
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
                if self.texts[self.at].key(*key)? == Edit::Changed {
                    self.typed();
                }
            }
            Input::Paste(text) => {
                self.texts[self.at].paste(text);
                self.typed();
            }
            Input::Mouse(mouse) if mouse.kind == MouseEventKind::Down(MouseButton::Left) => {
                return self.click((mouse.column, mouse.row));
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::NextField | Command::Open => self.step(1),
            Command::PreviousField => self.step(-1),
            Command::Save => return self.save(cx),
            Command::Escape if self.is_touched() => {
                return vec![Effect::Push(Box::new(AskUnsaved::new(self.unsaved_text())))];
            }
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        self.saving = false;
        match reply {
            Reply::Done(done) => {
                let answer = Answer::Chosen(self.form().name);
                vec![Effect::Toast(done::toast(&done)), Effect::Pop(Some(answer))]
            }
            Reply::Failed(failure) => {
                self.refusal = Some((None, failure.to_string()));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Unsaved(Unsaved::Save) => self.save(cx),
            Answer::Unsaved(Unsaved::Discard) => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn unsaved(&self) -> Option<String> {
        self.is_touched().then(|| self.unsaved_text())
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (theme, buf) = (cx.look.theme, frame.buffer_mut());
        let title = self.before.as_ref().map_or("New object".into(), |(_, form)| clean(&form.plural).into_owned());
        let subtitle = match &self.refusal {
            Some((None, sentence)) => Some(refused(sentence, cx)),
            _ => None,
        };
        let around = if subtitle.is_some() { 7 } else { 6 };
        let modal = Modal {
            title: Line::styled(title, theme.title),
            subtitle,
            escape: "cancel",
            size: (WIDTH, FIELDS.len() as u16 * ROWS + around),
            hints: &[Hint::new("tab", "next")],
            right: Some(Corner::Button(if self.saving { "Saving" } else { "Save" }, "ctrl-s")),
        };
        let body = modal.draw(buf, screen, cx.look);
        self.drawn.clear();
        for (at, (label, help)) in FIELDS.into_iter().enumerate() {
            let (focused, is_open) = (at == self.at, at < self.fields());
            let said = match &self.refusal {
                Some((Some(of), sentence)) if *of == at => Err(sentence.as_str()),
                _ if !is_open => Ok("Scripts rely on it: it stays."),
                _ => Ok(if focused { help } else { "" }),
            };
            let frame = FieldFrame { label, required: is_open, focused, said };
            let (area, place) = frame.draw(buf, body, at as u16 * ROWS, cx);
            self.drawn.push(place);
            if is_open {
                let look = FieldLook { focused, ..FieldLook::default() };
                let caret = self.texts[at].draw(buf, area, &look, cx.look);
                if focused {
                    self.cursor = Some(caret.map_or(bar(area), |caret| Rect::new(caret.x, caret.y, 1, 1)));
                }
            } else {
                let inside = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
                let name = clean(self.texts[at].text());
                draw_left(buf, inside, &Line::styled(cx.look.fit(&name, inside.width), theme.dim));
            }
        }
    }
}
