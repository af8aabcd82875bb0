//! Properties that are chosen and ordered: the form of a new record (R2.14), and **Preview customization** of the cards
//! and previews of leads (R2.15). A list is a row of what [`ChosenPage::form`] or [`ChosenPage::preview`] hold; all of a
//! page waits until it is saved.

mod draw;

use super::draft::Draft;
use super::{Page, lacking};
use crate::domain::answer::Row as Record;
use crate::domain::id::Object;
use crate::domain::object::is;
use crate::domain::property::Property;
use crate::domain::query::Query;
use crate::domain::settings::{CARD, NONE, PREVIEW, Spec, needs_name};
use crate::domain::user::Right;
use crate::keys::rows::{CHOSEN_FIELDS, CHOSEN_PROPERTIES};
use crate::keys::{Command, Keys};
use crate::ui::column::{Rows, Sizes, View, moved};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::terminal::Input;
use crate::ui::widgets::Tab;
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Stands after a field that is required.
const REQUIRED: char = '*';

pub const FORM_TITLE: &str = "Create form";
pub const PREVIEW_TITLE: &str = "Preview customization";

struct List {
    key: String,
    head: &'static str,
}

/// A property that was chosen, by its internal name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    name: String,
    required: bool,
}

fn read(text: &str) -> Vec<Field> {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty() && *part != NONE);
    let field = |part: &str| Field {
        name: part.trim_end_matches(REQUIRED).trim().to_owned(),
        required: part.ends_with(REQUIRED),
    };
    parts.map(field).collect()
}

fn written(fields: &[Field]) -> String {
    let one = |field: &Field| format!("{}{}", field.name, if field.required { "*" } else { "" });
    if fields.is_empty() { NONE.to_owned() } else { fields.iter().map(one).collect::<Vec<_>>().join(";") }
}

/// A list and a place in it; none: it is empty.
type At = (usize, Option<usize>);

pub struct ChosenPage {
    object: Object,
    /// It is a form, whose properties may be required.
    is_form: bool,
    lists: Vec<List>,
    rows: Vec<At>,
    sizes: Sizes,
    view: View<usize>,
    draft: Draft,
    /// A lead to show the choice on.
    sample: Option<Box<Record>>,
    drawn: Rect,
}

impl ChosenPage {
    /// What the form of a new record asks for.
    pub fn form(object: Object) -> ChosenPage {
        ChosenPage::new(object, true)
    }

    /// What cards and previews of leads show.
    pub fn preview() -> ChosenPage {
        let list = |key: &str, head| List { key: key.to_owned(), head };
        let lists = vec![list(CARD, "Board card"), list(PREVIEW, "Preview")];
        ChosenPage { lists, ..ChosenPage::new(Object::LEAD, false) }
    }

    fn new(object: Object, is_form: bool) -> ChosenPage {
        ChosenPage {
            object,
            is_form,
            lists: Vec::new(),
            rows: Vec::new(),
            sizes: Sizes::default(),
            view: View::default(),
            draft: Draft::default(),
            sample: None,
            drawn: Rect::ZERO,
        }
    }

    fn right(&self) -> Right {
        Right::to_shape(self.object)
    }

    fn property<'c>(&self, name: &str, cx: &'c Cx) -> Option<&'c Property> {
        cx.settings.object(self.object)?.named(name)
    }

    fn fields(&self, list: usize, cx: &Cx) -> Vec<Field> {
        self.lists.get(list).map(|list| read(&self.draft.value(&list.key, cx))).unwrap_or_default()
    }

    fn at(&self) -> Option<At> {
        self.rows.get(self.view.cursor()?).copied()
    }

    /// The property under the cursor.
    fn field(&self, cx: &Cx) -> Option<Field> {
        let (list, place) = self.at()?;
        self.fields(list, cx).get(place?).cloned()
    }

    /// Puts the rows together, with the cursor on this one.
    fn lay(&mut self, on: Option<At>, cx: &Cx) {
        self.rows.clear();
        let mut sizes = Vec::new();
        for (at, list) in self.lists.iter().enumerate() {
            let count = read(&self.draft.value(&list.key, cx)).len();
            let places = if count == 0 { vec![None] } else { (0..count).map(Some).collect() };
            for (first, place) in places.into_iter().enumerate() {
                let gap = if first > 0 { 0 } else { 1 + usize::from(!self.rows.is_empty()) };
                self.rows.push((at, place));
                sizes.push(Rows { gap, own: 1 });
            }
        }
        self.sizes = Sizes(sizes);
        let place = on.and_then(|(list, place)| {
            let own = |at: &&usize| self.rows[**at].0 == list;
            let all: Vec<usize> = (0..self.rows.len()).collect();
            let exact = all.iter().find(|at| self.rows[**at] == (list, place));
            exact.or_else(|| all.iter().rfind(own)).copied()
        });
        if let Some(at) = place {
            self.view.put_cursor(at);
        }
    }

    /// Takes a list as it is now into the draft.
    fn take(&mut self, list: usize, fields: &[Field], on: Option<usize>, cx: &Cx) {
        if let Some(of) = self.lists.get(list) {
            self.draft.take(&of.key, written(fields), cx);
        }
        self.lay(Some((list, on)), cx);
    }

    fn shift(&mut self, down: bool, cx: &Cx) {
        let Some((list, Some(at))) = self.at() else { return };
        let mut fields = self.fields(list, cx);
        let to = if down { at + 1 } else { at.wrapping_sub(1) };
        if to < fields.len() {
            fields.swap(at, to);
            self.take(list, &fields, Some(to), cx);
        }
    }

    fn delete(&mut self, cx: &Cx) {
        let Some((list, Some(at))) = self.at() else { return };
        let mut fields = self.fields(list, cx);
        fields.remove(at);
        self.take(list, &fields, Some(at.min(fields.len().saturating_sub(1))), cx);
    }

    fn require(&mut self, cx: &Cx) {
        let Some((list, Some(at))) = self.at() else { return };
        let mut fields = self.fields(list, cx);
        fields[at].required = !fields[at].required;
        self.take(list, &fields, Some(at), cx);
    }

    /// Properties that are not in a list yet.
    fn free<'c>(&self, list: usize, cx: &'c Cx) -> Vec<&'c Property> {
        let chosen = self.fields(list, cx);
        let can = |property: &&Property| {
            let is_there = chosen.iter().any(|field| field.name == property.name);
            let is_odd = if self.is_form { property.derived } else { property.id == is::NAME };
            !property.hidden && !is_there && !is_odd
        };
        let all = cx.settings.object(self.object).into_iter().flat_map(|spec| &spec.properties);
        all.filter(can).collect()
    }

    fn add(&self, cx: &Cx) -> Vec<Effect> {
        let Some((list, _)) = self.at() else { return Vec::new() };
        let choice = |property: &&Property| Choice::named(&property.name, &property.label, property.kind.label());
        let choices = self.free(list, cx).iter().map(choice).collect();
        let title = format!("Add to: {}", self.lists[list].head.to_lowercase());
        vec![Effect::Push(Box::new(Choose::new(title, "It comes below the one under the cursor.", choices, 0)))]
    }

    /// A click on a property goes to it.
    fn mouse(&mut self, mouse: MouseEvent) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.view.scroll(&self.sizes, 3),
            MouseEventKind::ScrollUp => self.view.scroll(&self.sizes, -3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let spot = self.view.at(&self.sizes, usize::from(mouse.row - self.drawn.y))?.spot;
                self.view.go_to(&self.sizes, spot);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Why a command does nothing now.
    fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        if [C::AddField, C::Require, C::Delete, C::OptionDown, C::OptionUp].contains(&command)
            && let Some(reason) = lacking(self.right(), cx)
        {
            return Some(reason);
        }
        let count = self.at().map_or(0, |(list, _)| self.fields(list, cx).len());
        let place = self.at().and_then(|(_, place)| place);
        let spec = cx.settings.object(self.object);
        let is_name = |field: Field| self.property(&field.name, cx).is_some_and(|property| property.id == is::NAME);
        let named = spec.filter(|spec| needs_name(spec) && self.is_form && self.field(cx).is_some_and(is_name));
        match command {
            C::AddField if self.at().is_some_and(|(list, _)| self.free(list, cx).is_empty()) => {
                Some("all properties are in it".into())
            }
            C::Require | C::Delete | C::OptionDown | C::OptionUp if place.is_none() => {
                Some("no property is here, n adds one".into())
            }
            C::Require | C::Delete if let Some(spec) = named => {
                Some(format!("{} need a name", spec.plural.to_lowercase()))
            }
            C::OptionDown if place.is_some_and(|at| at + 1 >= count) => Some("it is the last one".into()),
            C::OptionUp if place == Some(0) => Some("it is the first one".into()),
            C::Save | C::Discard if self.draft.is_empty() => Some("nothing was changed".into()),
            _ => None,
        }
    }
}

impl Page for ChosenPage {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (
            vec![Tab {
                changed: !self.draft.is_empty(),
                ..Tab::new(if self.is_form { FORM_TITLE } else { PREVIEW_TITLE })
            }],
            0,
        )
    }

    fn keys(&self) -> &'static [Keys] {
        if self.is_form { CHOSEN_FIELDS } else { CHOSEN_PROPERTIES }
    }

    fn renew(&mut self, cx: &Cx) {
        if self.is_form {
            self.lists = vec![List { key: cx.settings.form_key(self.object), head: "Fields of the form" }];
        }
        self.draft.renew(cx);
        self.lay(self.at(), cx);
    }

    fn ask(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.is_form {
            return Vec::new();
        }
        let query = Query::all(Object::LEAD, cx.settings.viewer(cx.user.id));
        vec![Effect::Ask(0, Request::Page { query, from: 0, limit: 1, around: None })]
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => self.mouse(*mouse),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.reason(command, cx)
    }

    fn rows(&self, _: &Cx) -> Vec<(String, String)> {
        let known = self.lists.iter().filter_map(|list| Some((&list.key, Spec::of(&list.key)?)));
        known.map(|(key, spec)| (key.clone(), spec.label.to_owned())).collect()
    }

    fn go_to_row(&mut self, name: &str, cx: &Cx) {
        if let Some(list) = self.lists.iter().position(|list| list.key == name) {
            self.lay(Some((list, Some(0))), cx);
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::AddField => return Some(self.add(cx)),
            Command::Require => self.require(cx),
            Command::Delete => self.delete(cx),
            Command::OptionDown => self.shift(true, cx),
            Command::OptionUp => self.shift(false, cx),
            Command::Save => return Some(self.draft.send()),
            Command::Discard => {
                self.draft.clear();
                self.lay(self.at(), cx);
            }
            Command::Escape => return None,
            movement => _ = moved(&mut self.view, &self.sizes, movement, count),
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match reply {
            Reply::Page(page) => self.sample = page.rows.into_iter().next().map(Box::new),
            reply => {
                if matches!(reply, Reply::Done(_)) {
                    self.draft.done(cx);
                }
                self.lay(self.at(), cx);
                return done::told(&reply);
            }
        }
        Vec::new()
    }

    /// Below the property under the cursor.
    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        if let (Answer::Chosen(name), Some((list, place))) = (answer, self.at()) {
            let mut fields = self.fields(list, cx);
            let at = place.map_or(0, |place| place + 1);
            fields.insert(at.min(fields.len()), Field { name, required: false });
            self.take(list, &fields, Some(at), cx);
        }
        Vec::new()
    }

    fn unsaved(&self) -> usize {
        self.draft.len()
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.paint(buf, area, focused, cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r2_14_a_star_requires_a_field() {
        let fields = read("name*; owner ;lead_label*");
        assert_eq!(fields.iter().map(|field| field.required).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(written(&fields), "name*;owner;lead_label*");
        assert_eq!(read("none"), []);
        assert_eq!(written(&[]), "none");
    }
}
