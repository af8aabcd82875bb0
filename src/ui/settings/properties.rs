//! The properties of an object: those that users made and those that are built in. Each change is done at once.

mod draw;

use super::definition::Definition;
use super::options::Options;
use super::{Page, lacking};
use crate::domain::change::Change;
use crate::domain::fold::{fold, words};
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::{ObjectSpec, has_open_options};
use crate::domain::property::Property;
use crate::domain::user::Right;
use crate::keys::rows::{SEARCH_BOX, SETTINGS_PROPERTIES};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, Tab, TextField, Window};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub const RIGHT: Right = Right::PropertySettings;

pub struct Properties {
    object: Object,
    search: TextField,
    /// The caret is in the search box.
    typing: bool,
    /// What the search leaves, those that users made first.
    found: Vec<PropertyId>,
    window: Window,
    /// Where the rows were drawn.
    drawn: Rect,
}

impl Properties {
    pub fn new(object: Object) -> Properties {
        Properties {
            object,
            search: TextField::default().limited(80),
            typing: false,
            found: Vec::new(),
            window: Window::default(),
            drawn: Rect::ZERO,
        }
    }

    fn spec<'c>(&self, cx: &'c Cx) -> Option<&'c ObjectSpec> {
        cx.settings.object(self.object)
    }

    fn property<'c>(&self, cx: &'c Cx) -> Option<&'c Property> {
        self.spec(cx)?.property(*self.found.get(self.window.cursor()?)?)
    }

    /// Looks through the properties; the cursor stays on its own.
    fn look(&mut self, cx: &Cx) {
        let before = self.window.cursor().and_then(|at| self.found.get(at)).copied();
        let words = words(self.search.text());
        let holds = |property: &&Property| {
            let text = fold(&format!("{} {} {}", property.label, property.name, property.kind.label()));
            !property.hidden && words.iter().all(|word| text.contains(word.as_str()))
        };
        let mut found: Vec<&Property> =
            self.spec(cx).map(|spec| spec.properties.iter().filter(holds).collect()).unwrap_or_default();
        found.sort_by_key(|property| !property.is_custom());
        self.found = found.into_iter().map(|property| property.id).collect();
        self.window.set_len(self.found.len());
        self.go_to(before);
    }

    fn go_to(&mut self, id: Option<PropertyId>) {
        if let Some(place) = self.found.iter().position(|found| Some(*found) == id) {
            self.window.go_to(place);
        }
    }

    fn edit(&self, cx: &Cx) -> Vec<Effect> {
        match self.property(cx) {
            Some(property) if property.is_custom() => {
                vec![Effect::Push(Box::new(Definition::of(self.object, property)))]
            }
            _ => self.edit_options(cx),
        }
    }

    fn edit_options(&self, cx: &Cx) -> Vec<Effect> {
        let property = self.property(cx);
        let options = property.map(|property| Effect::Push(Box::new(Options::of(self.object, property))));
        options.into_iter().collect()
    }

    fn delete(&self, cx: &Cx) -> Vec<Effect> {
        let delete =
            |property: &Property| Change::DeleteProperty { object: self.object, id: property.id, confirmed: false };
        self.property(cx).map(|property| Effect::Perform(0, delete(property))).into_iter().collect()
    }

    /// Something else is searched: the cursor goes to the first hit.
    fn look_anew(&mut self, cx: &Cx) {
        self.found.clear();
        self.window.first();
        self.look(cx);
    }

    fn escape(&mut self, cx: &Cx) -> Option<Vec<Effect>> {
        if !std::mem::take(&mut self.typing) {
            if self.search.is_empty() {
                return None;
            }
            self.search.set("");
            self.look(cx);
        }
        Some(Vec::new())
    }

    /// A second click on a row opens it.
    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.scroll(3),
            MouseEventKind::ScrollUp => self.window.scroll(-3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let at = self.window.at(usize::from(mouse.row - self.drawn.y))?;
                if self.window.cursor() == Some(at) && self.reason(Command::Edit, cx).is_none() {
                    return Some(self.edit(cx));
                }
                self.window.go_to(at);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Why a command does nothing now.
    fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        if !matches!(command, C::NewProperty | C::Edit | C::EditOptions | C::Delete) {
            return None;
        }
        if let Some(reason) = lacking(RIGHT, cx) {
            return Some(reason);
        }
        if command == C::NewProperty {
            return None;
        }
        let Some(property) = self.property(cx) else { return Some("no property is here".into()) };
        let label = &property.label;
        match command {
            C::Delete if !property.is_custom() => Some(format!("{label} is built in and stays")),
            C::EditOptions if !property.kind.has_options() => Some(format!("{label} has no options")),
            C::Edit | C::EditOptions if !property.is_custom() && !has_open_options(property.id) => {
                Some(format!("{label} is built in and can't be changed"))
            }
            _ => None,
        }
    }
}

impl Page for Properties {
    fn tabs(&self, cx: &Cx) -> (Vec<Tab<'static>>, usize) {
        let count = self.spec(cx).map_or(0, |spec| spec.properties.iter().filter(|property| !property.hidden).count());
        (vec![Tab::new("Properties").count(count.to_string())], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        if self.typing { &[SEARCH_BOX] } else { SETTINGS_PROPERTIES }
    }

    fn mode(&self) -> KeyMode {
        if self.typing { KeyMode::Text } else { KeyMode::Normal }
    }

    fn renew(&mut self, cx: &Cx) {
        self.look(cx);
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => return self.mouse(*mouse, cx),
            Input::Key(key) if self.typing => {
                if self.search.key(*key)? == Edit::Changed {
                    self.look_anew(cx);
                }
            }
            Input::Paste(text) if self.typing => {
                self.search.paste(text);
                self.look_anew(cx);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.reason(command, cx)
    }

    fn rows(&self, cx: &Cx) -> Vec<(String, String)> {
        let properties = self.spec(cx).into_iter().flat_map(|spec| &spec.properties);
        let shown = properties.filter(|property| !property.hidden);
        shown.map(|property| (property.name.clone(), property.label.clone())).collect()
    }

    fn go_to_row(&mut self, name: &str, cx: &Cx) {
        self.search.set("");
        self.typing = false;
        self.look(cx);
        let id = self.spec(cx).and_then(|spec| spec.named(name)).map(|property| property.id);
        self.go_to(id);
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::Search => self.typing = true,
            Command::KeepSearch => self.typing = false,
            Command::NewProperty => return Some(vec![Effect::Push(Box::new(Definition::new(self.object)))]),
            Command::Edit => return Some(self.edit(cx)),
            Command::EditOptions => return Some(self.edit_options(cx)),
            Command::Delete => return Some(self.delete(cx)),
            Command::Escape => return self.escape(cx),
            movement => _ = self.window.run(movement, count),
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        self.look(cx);
        done::told(&reply)
    }

    /// The cursor goes to the property that was made or changed.
    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        if let Answer::Chosen(name) = answer {
            self.look(cx);
            let id = self.spec(cx).and_then(|spec| spec.named(&name)).map(|property| property.id);
            self.go_to(id);
        }
        Vec::new()
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.paint(buf, area, focused, cx)
    }
}
