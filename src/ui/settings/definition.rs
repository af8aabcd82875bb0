//! One property as a form: what it is called, its type, what is asked of it. Saving is one act.

mod draw;
mod fields;

use crate::domain::change::Change;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::ObjectSpec;
use crate::domain::property::form::{Instead, OptionForm, PropertyForm, check_name, name_for};
use crate::domain::property::{Kind, Property, Tint};
use crate::domain::value::several;
use crate::keys::{Command, KeyMode, Keys, rows::PROPERTY_FORM};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot, Unsaved};
use crate::ui::modals::button_at;
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::modals::unsaved::AskUnsaved;
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TextField};
use crate::workspace::request::Reply;
use fields::Field;
use ratatui::Frame;
use ratatui::layout::Rect;

pub struct Definition {
    object: Object,
    /// The property that is changed; none: a new one.
    before: Option<(PropertyId, PropertyForm)>,
    label: TextField,
    name: TextField,
    /// The name was typed and follows the label no more.
    is_named: bool,
    kind: Kind,
    /// Of a new one: `Small; Medium; Large`.
    options: TextField,
    required: bool,
    searched: bool,
    at: Field,
    /// Why it is not saved, and what is to be mended; no field: all of it.
    refusal: Option<(Option<Field>, String)>,
    saving: bool,
    cursor: Option<Rect>,
    drawn: Vec<(Field, Rect)>,
    /// Where its buttons and hints were drawn, each with its key.
    buttons: Vec<(Rect, String)>,
}

impl Definition {
    pub fn new(object: Object) -> Definition {
        Definition::with(object, None, &PropertyForm::new("", Kind::Text))
    }

    pub fn of(object: Object, property: &Property) -> Definition {
        let form = PropertyForm::from(property);
        Definition::with(object, Some((property.id, form.clone())), &form)
    }

    fn with(object: Object, before: Option<(PropertyId, PropertyForm)>, form: &PropertyForm) -> Definition {
        let field = |text: &str, most| {
            let mut field = TextField::default().limited(most);
            field.set(text);
            field
        };
        Definition {
            object,
            label: field(&form.label, 80),
            name: field(&form.name, 80),
            is_named: before.is_some(),
            kind: form.kind,
            options: field("", 4_000),
            required: form.required,
            searched: form.searched,
            before,
            at: Field::Label,
            refusal: None,
            saving: false,
            cursor: None,
            drawn: Vec::new(),
            buttons: Vec::new(),
        }
    }

    fn spec<'c>(&self, cx: &'c Cx) -> Option<&'c ObjectSpec> {
        cx.settings.object(self.object)
    }

    fn text_field(&mut self) -> Option<&mut TextField> {
        match self.at {
            Field::Label => Some(&mut self.label),
            Field::Name => Some(&mut self.name),
            Field::Options => Some(&mut self.options),
            Field::Kind | Field::Required | Field::Searched => None,
        }
    }

    /// The property as the form says.
    fn form(&self) -> PropertyForm {
        let new = |label: &str| OptionForm { id: None, label: label.to_owned(), tint: Tint::default() };
        let options = match &self.before {
            Some((_, form)) => form.options.clone(),
            None if self.kind.has_options() => several(self.options.text()).map(new).collect(),
            None => Vec::new(),
        };
        PropertyForm {
            name: self.name.text().trim().to_owned(),
            label: self.label.text().trim().to_owned(),
            kind: self.kind,
            options,
            required: self.required,
            searched: self.searched && self.kind.is_text(),
        }
    }

    fn is_touched(&self) -> bool {
        match &self.before {
            Some((_, form)) => self.form() != *form,
            None => !self.label.is_empty() || !self.options.is_empty(),
        }
    }

    /// Something was typed: the name of a new property follows its label.
    fn typed(&mut self) {
        self.refusal = None;
        if self.at == Field::Name {
            self.is_named = !self.name.is_empty();
        } else if self.at == Field::Label && !self.is_named {
            self.name.set(&name_for(self.label.text()));
        }
    }

    /// What is wrong without asking anybody.
    fn mistake(&self, cx: &Cx) -> Option<(Option<Field>, String)> {
        if self.label.text().trim().is_empty() {
            return Some((Some(Field::Label), "A property needs a label".to_owned()));
        }
        let form = self.form();
        if self.before.is_some() {
            return None;
        }
        if let Err(sentence) = self.spec(cx).map_or(Ok(()), |spec| check_name(&form.name, spec)) {
            return Some((Some(Field::Name), sentence));
        }
        let needs_options = self.kind.has_options() && form.options.is_empty();
        needs_options.then(|| (Some(Field::Options), "It needs an option at least, such as Small; Medium".to_owned()))
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
        let (object, form) = (self.object, Box::new(self.form()));
        let change = match &self.before {
            Some((_, before)) if *form == *before => return vec![Effect::Pop(None)],
            Some((id, _)) => Change::SetProperty { object, id: *id, form, instead: Instead::Ask },
            None => Change::AddProperty { object, form },
        };
        self.saving = true;
        vec![Effect::Perform(0, change)]
    }

    fn turn(&mut self) -> Vec<Effect> {
        match self.at {
            Field::Kind if self.before.is_none() => return self.choose_kind(),
            Field::Kind => {
                let is_text = self.kind == Kind::Text;
                self.kind = if is_text { Kind::LongText } else { Kind::Text };
            }
            Field::Required => self.required = !self.required,
            Field::Searched => self.searched = !self.searched,
            Field::Label | Field::Name | Field::Options => self.step(1),
        }
        Vec::new()
    }

    fn choose_kind(&self) -> Vec<Effect> {
        let kinds = || Kind::ROWS.iter().filter(|(kind, ..)| kind.can_be_custom());
        let at = kinds().position(|(kind, ..)| *kind == self.kind).unwrap_or(0);
        let choices = kinds().map(|(_, name, label)| Choice::named(name, label, name)).collect();
        vec![Effect::Push(Box::new(Choose::new("Type", "It stays as it is once the property is made.", choices, at)))]
    }

    fn escape(&self) -> Vec<Effect> {
        if !self.is_touched() {
            return vec![Effect::Pop(None)];
        }
        vec![Effect::Push(Box::new(AskUnsaved::new(self.unsaved_text())))]
    }

    fn unsaved_text(&self) -> String {
        match &self.before {
            Some((_, form)) => format!("Unsaved changes of {}", form.label),
            None => "The new property is not saved".to_owned(),
        }
    }
}

impl Layer for Definition {
    fn name(&self, _: &Cx) -> String {
        "the property".into()
    }

    fn keys(&self) -> &'static [Keys] {
        PROPERTY_FORM
    }

    fn mode(&self) -> KeyMode {
        if self.at.is_typed() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => {
                if self.text_field()?.key(*key)? == Edit::Changed {
                    self.typed();
                }
                Some(Vec::new())
            }
            Input::Paste(text) => {
                self.text_field()?.paste(text);
                self.typed();
                Some(Vec::new())
            }
            Input::Mouse(mouse) => match button_at(&self.buttons, PROPERTY_FORM, *mouse) {
                Some(command) => Some(self.run(command, None, cx)),
                None => self.mouse(*mouse),
            },
            _ => None,
        }
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::NextField => self.step(1),
            Command::PreviousField => self.step(-1),
            Command::Open => return self.turn(),
            Command::Save => return self.save(cx),
            Command::Escape => return self.escape(),
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
            Answer::Chosen(name) => {
                self.kind = Kind::named(&name).unwrap_or(self.kind);
                self.refusal = None;
                Vec::new()
            }
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
        self.paint(frame.buffer_mut(), screen, cx);
    }
}
