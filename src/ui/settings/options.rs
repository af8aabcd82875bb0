//! The options of a property: their order, names and colours. Each change is done at once, and shown before it is: the
//! list sent is always the whole one, so that keys pressed fast follow each other.

mod draw;

use crate::domain::change::Change;
use crate::domain::id::{Object, PropertyId};
use crate::domain::property::form::{Instead, OptionForm, PropertyForm};
use crate::domain::property::{Property, Tint};
use crate::keys::rows::{PROPERTY_OPTION, PROPERTY_OPTIONS};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::done;
use crate::ui::layer::{Cx, Effect, Layer, Slot};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Edit, TextField, Window};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

pub struct Options {
    object: Object,
    property: PropertyId,
    label: String,
    /// In their order, as it was changed last.
    list: Vec<OptionForm>,
    window: Window,
    naming: Option<Naming>,
    /// Changes that are not answered yet.
    waits: usize,
    drawn: Rect,
    cursor: Option<Rect>,
}

/// The option under the cursor, which is being named.
struct Naming {
    field: TextField,
    /// It is not there yet.
    is_new: bool,
    refusal: Option<String>,
}

impl Options {
    pub fn of(object: Object, property: &Property) -> Options {
        let form = PropertyForm::from(property);
        Options {
            object,
            property: property.id,
            label: property.label.clone(),
            window: Window::new(form.options.len(), form.options.len()),
            list: form.options,
            naming: None,
            waits: 0,
            drawn: Rect::ZERO,
            cursor: None,
        }
    }

    fn defined<'c>(&self, cx: &'c Cx) -> Option<&'c Property> {
        cx.settings.object(self.object)?.property(self.property)
    }

    /// As they are kept.
    fn renew(&mut self, cx: &Cx) {
        if let Some(property) = self.defined(cx).filter(|_| self.waits == 0) {
            self.list = PropertyForm::from(property).options;
            self.window.set_len(self.list.len() + usize::from(self.is_adding()));
        }
    }

    fn is_adding(&self) -> bool {
        self.naming.as_ref().is_some_and(|naming| naming.is_new)
    }

    fn at(&self) -> usize {
        self.window.cursor().unwrap_or(0)
    }

    /// Sends the list as it is now.
    fn send(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(property) = self.defined(cx) else { return Vec::new() };
        let form = PropertyForm { options: self.list.clone(), ..PropertyForm::from(property) };
        let change =
            Change::SetProperty { object: self.object, id: self.property, form: Box::new(form), instead: Instead::Ask };
        self.waits += 1;
        vec![Effect::Perform(0, change)]
    }

    fn move_option(&mut self, down: bool, cx: &Cx) -> Vec<Effect> {
        let at = self.at();
        let to = if down { at + 1 } else { at.wrapping_sub(1) };
        self.list.swap(at, to);
        self.window.go_to(to);
        self.send(cx)
    }

    fn colour(&mut self, cx: &Cx) -> Vec<Effect> {
        let at = self.at();
        let option = &mut self.list[at];
        option.tint = Tint::ROWS[(option.tint as usize + 1) % Tint::ROWS.len()].0;
        self.send(cx)
    }

    fn delete(&mut self, cx: &Cx) -> Vec<Effect> {
        self.list.remove(self.at());
        self.window.set_len(self.list.len());
        self.send(cx)
    }

    fn begin(&mut self, is_new: bool) {
        let label = if is_new { "" } else { self.list[self.at()].label.as_str() };
        let field = TextField::default().limited(80);
        self.naming = Some(Naming { field, is_new, refusal: None });
        if let Some(naming) = &mut self.naming {
            naming.field.set(label);
        }
        if is_new {
            self.window.set_len(self.list.len() + 1);
            self.window.last();
        }
    }

    /// What was typed becomes the option's name; a new one goes to the end.
    fn name_it(&mut self, cx: &Cx) -> Vec<Effect> {
        let at = self.at();
        let Some(naming) = &mut self.naming else { return Vec::new() };
        let label = naming.field.text().trim().to_owned();
        let is_same = self.list.get(at).is_some_and(|option| option.label == label);
        if label.is_empty() || is_same {
            self.stop_naming();
            return Vec::new();
        }
        if let Some(other) = self.list.iter().position(|option| option.label == label) {
            naming.refusal = Some(format!("{label} is there already, as number {}", other + 1));
            return Vec::new();
        }
        if label.contains(';') {
            naming.refusal = Some("A ; parts options from each other and can't be part of one".to_owned());
            return Vec::new();
        }
        match self.list.get_mut(at) {
            Some(option) => option.label = label,
            None => self.list.push(OptionForm { id: None, label, tint: Tint::default() }),
        }
        self.stop_naming();
        self.send(cx)
    }

    fn stop_naming(&mut self) {
        self.naming = None;
        self.window.set_len(self.list.len());
    }

    fn reason(&self, command: Command) -> Option<String> {
        use Command as C;
        let is_last = self.at() + 1 >= self.list.len();
        match command {
            C::RenameOption | C::OptionDown | C::OptionUp | C::ColourOption | C::Delete if self.list.is_empty() => {
                Some("there are no options".into())
            }
            C::OptionDown if is_last => Some("it is the last one".into()),
            C::OptionUp if self.at() == 0 => Some("it is the first one".into()),
            C::Delete if self.list.len() == 1 => Some("a property needs an option at least".into()),
            _ => None,
        }
    }
}

impl Layer for Options {
    fn name(&self, _: &Cx) -> String {
        "the options".into()
    }

    fn keys(&self) -> &'static [Keys] {
        if self.naming.is_some() { PROPERTY_OPTION } else { PROPERTY_OPTIONS }
    }

    fn mode(&self) -> KeyMode {
        if self.naming.is_some() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match (input, &mut self.naming) {
            (Input::Key(key), Some(naming)) => {
                if naming.field.key(*key)? == Edit::Changed {
                    naming.refusal = None;
                }
            }
            (Input::Paste(text), Some(naming)) => naming.field.paste(text),
            (Input::Mouse(mouse), None) => match mouse.kind {
                MouseEventKind::ScrollDown => self.window.scroll(1),
                MouseEventKind::ScrollUp => self.window.scroll(-1),
                MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                    let at = self.window.at(usize::from(mouse.row - self.drawn.y))?;
                    self.window.go_to(at);
                }
                _ => return None,
            },
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        self.reason(command)
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::NewOption => self.begin(true),
            Command::RenameOption => self.begin(false),
            Command::SaveField => return self.name_it(cx),
            Command::OptionDown => return self.move_option(true, cx),
            Command::OptionUp => return self.move_option(false, cx),
            Command::ColourOption => return self.colour(cx),
            Command::Delete => return self.delete(cx),
            Command::Escape if self.naming.is_some() => self.stop_naming(),
            Command::Escape => return vec![Effect::Pop(None)],
            movement => _ = self.window.run(movement, count),
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        if matches!(reply, Reply::Done(_) | Reply::Failed(_) | Reply::Withdrawn) {
            self.waits = self.waits.saturating_sub(1);
        }
        self.renew(cx);
        done::told(&reply)
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        if matches!(notice, Reply::Changed(_)) {
            self.renew(cx);
        }
        Vec::new()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}

/// What the title says.
fn title(label: &str) -> String {
    format!("Options of {}", clean(label))
}
