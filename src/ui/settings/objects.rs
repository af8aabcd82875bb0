//! The objects that users made: what they are called, how much they hold. Each change is done at once; the properties
//! of an object have a page of their own.

mod draw;

use super::object_form::ObjectNames;
use super::properties::RIGHT;
use super::{Page, lacking};
use crate::domain::change::Change;
use crate::domain::id::Object;
use crate::domain::object::ObjectSpec;
use crate::domain::query::Query;
use crate::keys::{Command, Keys, rows::SETTINGS_OBJECTS};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Tab, Window};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

#[derive(Default)]
pub struct Objects {
    found: Vec<Object>,
    /// How many records each has, once that is known; in the order in which it was asked.
    records: Vec<(Object, Option<usize>)>,
    window: Window,
    /// Where the rows were drawn.
    drawn: Rect,
}

impl Objects {
    fn spec<'c>(&self, cx: &'c Cx) -> Option<&'c ObjectSpec> {
        cx.settings.object(*self.found.get(self.window.cursor()?)?)
    }

    /// The objects as they are; the cursor stays on its own.
    fn look(&mut self, cx: &Cx) {
        let before = self.window.cursor().and_then(|at| self.found.get(at)).copied();
        self.found = cx.settings.objects.iter().filter(|spec| spec.is_custom()).map(|spec| spec.object).collect();
        self.window.set_len(self.found.len());
        self.go_to(before);
    }

    fn go_to(&mut self, object: Option<Object>) {
        if let Some(place) = self.found.iter().position(|found| Some(*found) == object) {
            self.window.go_to(place);
        }
    }

    fn records(&self, object: Object) -> Option<usize> {
        self.records.iter().find(|(of, _)| *of == object)?.1
    }

    fn rename(&self, cx: &Cx) -> Vec<Effect> {
        let form = self.spec(cx).map(|spec| ObjectNames::of(spec.object, &spec.into()));
        form.map(|form| Effect::Push(Box::new(form))).into_iter().collect()
    }

    fn delete(&self, cx: &Cx) -> Vec<Effect> {
        let delete = |spec: &ObjectSpec| Change::DeleteObject { object: spec.object, confirmed: false };
        self.spec(cx).map(|spec| Effect::Perform(0, delete(spec))).into_iter().collect()
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.scroll(3),
            MouseEventKind::ScrollUp => self.window.scroll(-3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let at = self.window.at(usize::from(mouse.row - self.drawn.y))?;
                self.window.go_to(at);
            }
            _ => return None,
        }
        Some(Vec::new())
    }
}

impl Page for Objects {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab::new("Objects").count(self.found.len().to_string())], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        SETTINGS_OBJECTS
    }

    fn renew(&mut self, cx: &Cx) {
        self.look(cx);
    }

    fn ask(&mut self, cx: &Cx) -> Vec<Effect> {
        self.records = self.found.iter().map(|object| (*object, self.records(*object))).collect();
        let all = |object: &Object| Query::all(*object, cx.settings.viewer(cx.user.id));
        match self.found.as_slice() {
            [] => Vec::new(),
            found => vec![Effect::Ask(0, Request::Counts(found.iter().map(all).collect()))],
        }
    }

    fn rows(&self, cx: &Cx) -> Vec<(String, String)> {
        let own = cx.settings.objects.iter().filter(|spec| spec.is_custom());
        own.map(|spec| (spec.name.clone(), spec.plural.clone())).collect()
    }

    fn go_to_row(&mut self, name: &str, cx: &Cx) {
        self.look(cx);
        self.go_to(cx.settings.objects.iter().find(|spec| spec.name == name).map(|spec| spec.object));
    }

    fn leads_to(&self, cx: &Cx) -> Option<Object> {
        self.spec(cx).map(|spec| spec.object)
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => self.mouse(*mouse),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        match command {
            C::NewObject | C::Edit | C::Delete => {}
            C::Open => return self.found.is_empty().then(|| "there is no object yet".into()),
            _ => return None,
        }
        let nothing = command != C::NewObject && self.found.is_empty();
        lacking(RIGHT, cx).or_else(|| nothing.then(|| "there is no object yet".into()))
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::NewObject => return Some(vec![Effect::Push(Box::new(ObjectNames::new()))]),
            Command::Edit => return Some(self.rename(cx)),
            Command::Delete => return Some(self.delete(cx)),
            Command::Escape => return None,
            movement => _ = self.window.run(movement, count),
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        if let Reply::Counts(counts) = reply {
            for ((_, records), count) in self.records.iter_mut().zip(counts) {
                *records = Some(count);
            }
            return Vec::new();
        }
        self.look(cx);
        done::told(&reply)
    }

    /// The cursor goes to the object that was made or renamed.
    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        if let Answer::Chosen(name) = answer {
            self.look(cx);
            self.go_to(cx.settings.object_called(&name).map(|spec| spec.object));
        }
        Vec::new()
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.paint(buf, area, focused, cx)
    }
}
