//! The editor of one property, a field in the form that its kind asks for: a row of [`Shape::of`]. It knows nothing of
//! screens: whoever shows it gives it keys and a place, and takes its value. `edit/in_place.rs` is how pages and lists
//! do that where a value stands.

mod choices;
mod draw;
mod in_place;
mod message;
#[cfg(test)]
mod tests;
mod text_box;

use super::layer::Cx;
use super::terminal::Input;
use super::widgets::{Edit, TextField};
use crate::domain::id::{Object, OptionId};
use crate::domain::number::grouped;
use crate::domain::object::is;
use crate::domain::property::{Kind, Property};
use crate::domain::value::{LONG_TEXT_MOST, Reading, TEXT_MOST, Value, plain, read};
use crate::keys::{Command, Keys, rows};
use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Rect;

pub use choices::Choices;
pub use in_place::{InPlace, Then};
pub use message::{day_said, moment_said};
pub use text_box::TextBox;

/// Whose property it is, where its choices depend on that.
#[derive(Debug, Clone, Copy)]
pub struct Of {
    pub object: Object,
    /// Its stages only.
    pub pipeline: Option<OptionId>,
}

#[derive(Debug, Clone)]
enum Shape {
    Line(TextField),
    Long(TextBox),
    Choice(Choices),
}

/// A property in the making.
#[derive(Debug, Clone)]
pub struct FieldEditor {
    pub property: Property,
    before: Option<Value>,
    shape: Shape,
    touched: bool,
    /// Why the value was not taken; stands until something is typed.
    refusal: Option<String>,
    /// What is worth knowing while one types.
    note: Option<String>,
    /// Where it was drawn last, and its choices.
    drawn: Rect,
    dropped: Rect,
}

fn reading<'a>(cx: &'a Cx) -> Reading<'a> {
    Reading { settings: cx.settings, now: cx.now, me: Some(cx.user.id) }
}

/// Why nobody can write a property.
pub fn obstacle(object: Object, property: &Property) -> Option<String> {
    let is_split = object == Object::CONTACT && property.id == is::NAME;
    match property.id {
        is::COMPANY => Some("the company follows from the associations".to_owned()),
        _ if property.derived && !is_split => Some(format!("{} is worked out by lejek", property.label)),
        _ => None,
    }
}

/// The form in which a value is typed: what [`read`] takes back.
fn written(property: &Property, value: Option<&Value>, cx: &Cx) -> String {
    match value {
        None => String::new(),
        Some(Value::Time(at)) => at.with_timezone(&cx.settings.general.time_zone).format("%Y-%m-%d %H:%M").to_string(),
        Some(Value::Texts(texts)) => texts.join("; "),
        Some(value) => plain(property, value, cx.settings),
    }
}

impl Shape {
    fn of(property: &Property, value: Option<&Value>, of: Of, cx: &Cx) -> Shape {
        match property.kind {
            Kind::YesNo | Kind::Option | Kind::Options | Kind::User | Kind::Users | Kind::Pipeline | Kind::Stage => {
                Shape::Choice(Choices::new(property, value, of, cx))
            }
            Kind::LongText => Shape::Long(TextBox::new(&written(property, value, cx))),
            kind => {
                let most = if kind.is_several() { LONG_TEXT_MOST } else { TEXT_MOST };
                let mut field = TextField::default().limited(most);
                field.set(&written(property, value, cx));
                Shape::Line(field)
            }
        }
    }
}

impl FieldEditor {
    pub fn new(property: &Property, value: Option<&Value>, of: Of, cx: &Cx) -> FieldEditor {
        FieldEditor {
            shape: Shape::of(property, value, of, cx),
            property: property.clone(),
            before: value.cloned(),
            touched: false,
            refusal: None,
            note: None,
            drawn: Rect::ZERO,
            dropped: Rect::ZERO,
        }
    }

    /// Something was typed or chosen.
    pub fn is_touched(&self) -> bool {
        self.touched
    }

    /// It has several lines, so that enter is its own.
    pub fn is_long(&self) -> bool {
        matches!(self.shape, Shape::Long(_))
    }

    /// One is chosen of several.
    pub fn has_choices(&self) -> bool {
        matches!(self.shape, Shape::Choice(_))
    }

    /// Its choices are shown.
    pub fn is_dropped(&self) -> bool {
        matches!(&self.shape, Shape::Choice(choices) if choices.is_open())
    }

    /// The rows of a property that is edited where it stands, and those of one in a form.
    pub fn keys(&self) -> (&'static [Keys], &'static [Keys]) {
        match &self.shape {
            Shape::Line(_) => (rows::EDITING_LINE, rows::FORM_LINE),
            Shape::Long(_) => (rows::EDITING_LONG, rows::FORM_LONG),
            Shape::Choice(choices) if choices.is_several() => (rows::EDITING_TICKS, rows::FORM_TICKS),
            Shape::Choice(_) => (rows::EDITING_CHOICE, rows::FORM_CHOICE),
        }
    }

    /// What was typed or chosen, as a value; `None` is no value. What was not touched is what it was.
    pub fn value(&self, cx: &Cx) -> Result<Option<Value>, String> {
        if !self.touched {
            return Ok(self.before.clone());
        }
        match &self.shape {
            Shape::Line(field) => read(&self.property, field.text(), &reading(cx)),
            Shape::Long(text) => read(&self.property, text.text(), &reading(cx)),
            Shape::Choice(choices) => match choices.unknown() {
                // Nothing in the list is called so: the one parser knows more names, or says what there is.
                Some(typed) => match read(&self.property, typed, &reading(cx))? {
                    value if !choices.is_several() => Ok(value),
                    _ => Err(format!("“{typed}” is not in the list")),
                },
                None => Ok(choices.value()),
            },
        }
    }

    /// What it was before.
    pub fn before(&self) -> Option<&Value> {
        self.before.as_ref()
    }

    /// For a draft: what [`FieldEditor::set_text`] takes.
    pub fn text(&self) -> String {
        match &self.shape {
            Shape::Line(field) => field.text().to_owned(),
            Shape::Long(text) => text.text().to_owned(),
            Shape::Choice(choices) => choices.text(),
        }
    }

    /// As if it was typed.
    pub fn set_text(&mut self, text: &str) {
        match &mut self.shape {
            Shape::Line(field) => field.set(text),
            Shape::Long(long) => long.set(text),
            Shape::Choice(choices) => choices.set_text(text),
        }
        self.touch();
    }

    fn touch(&mut self) {
        self.touched = true;
        self.refusal = None;
        self.note = None;
    }

    /// Says beside the field why the value was not taken.
    pub fn refuse(&mut self, sentence: String) {
        self.refusal = Some(sentence);
    }

    pub fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    pub fn note(&mut self, sentence: Option<String>) {
        self.note = sentence;
    }

    /// A key that types. `None`: it is for whoever shows the field.
    pub fn key(&mut self, key: KeyEvent) -> Option<Edit> {
        let edit = match &mut self.shape {
            Shape::Line(field) => field.key(key)?,
            Shape::Long(text) => text.key(key)?,
            Shape::Choice(choices) => choices.key(key)?,
        };
        if edit == Edit::Changed {
            self.touch();
        }
        Some(edit)
    }

    /// Pasted text goes in whole or not at all.
    pub fn paste(&mut self, text: &str) -> Edit {
        let (free, most) = match &self.shape {
            Shape::Line(field) => (field.free(), field.limit()),
            Shape::Long(long) => (long.free(), LONG_TEXT_MOST),
            Shape::Choice(choices) => (choices.filter().free(), choices.filter().limit()),
        };
        let text = text.trim_end_matches(['\r', '\n']);
        let length = text.chars().count();
        if length > free {
            let (length, most) = (grouped(length as u64), grouped(most as u64));
            self.refuse(format!("Too long to paste: {length} characters, {most} are taken in all"));
            return Edit::Kept;
        }
        match &mut self.shape {
            Shape::Line(field) => field.paste(text),
            Shape::Long(long) => long.paste(text),
            Shape::Choice(choices) => choices.paste(text),
        }
        self.touch();
        if !self.is_long() && text.contains(['\n', '\r']) {
            self.note = Some("One line only: line breaks became blanks".to_owned());
        }
        Edit::Changed
    }

    /// What stands before the caret of a text of several lines.
    pub fn before_caret(&self) -> Option<&str> {
        match &self.shape {
            Shape::Long(long) => Some(long.before_caret()),
            Shape::Line(_) | Shape::Choice(_) => None,
        }
    }

    /// So many characters before that caret give way to `text`.
    pub fn replace_before(&mut self, back: usize, text: &str) {
        if let Shape::Long(long) = &mut self.shape {
            long.replace_before(back, text);
            self.touch();
        }
    }

    /// Moves among the choices, ticks one.
    pub fn run(&mut self, command: Command, count: Option<u32>) {
        let Shape::Choice(choices) = &mut self.shape else { return };
        let by = count.unwrap_or(1) as isize;
        match command {
            Command::MoveDown => choices.move_by(by),
            Command::MoveUp => choices.move_by(-by),
            Command::Tick if choices.tick() => self.touch(),
            _ => {}
        }
    }

    /// Shows the choices, if there are any.
    pub fn drop_down(&mut self) {
        if let Shape::Choice(choices) = &mut self.shape {
            choices.open();
        }
    }

    /// Enter: true if it was for the list of choices, false if the field is done with.
    pub fn enter(&mut self) -> bool {
        if let Shape::Choice(choices) = &mut self.shape
            && choices.is_several()
            && choices.is_filtered()
        {
            if choices.tick() {
                self.touch();
            }
            return true;
        }
        self.settle();
        false
    }

    /// Takes the choice that is lit and folds the list.
    pub fn settle(&mut self) {
        if let Shape::Choice(choices) = &mut self.shape
            && choices.settle()
        {
            self.touch();
        }
    }

    /// Folds the list of choices, which stays as it was. False: it was not open.
    pub fn fold(&mut self) -> bool {
        match &mut self.shape {
            Shape::Choice(choices) => choices.fold(),
            Shape::Line(_) | Shape::Long(_) => false,
        }
    }

    /// It has no place on the screen now.
    pub fn hide(&mut self) {
        self.drawn = Rect::ZERO;
        self.dropped = Rect::ZERO;
    }

    /// Whether it stands at a cell of the screen.
    pub fn is_at(&self, cell: (u16, u16)) -> bool {
        self.drawn.contains(cell.into())
    }

    /// A click or the wheel. `Some(true)`: a choice was taken.
    pub fn mouse(&mut self, mouse: MouseEvent) -> Option<bool> {
        use crossterm::event::{MouseButton, MouseEventKind};
        let at = (mouse.column, mouse.row).into();
        let dropped = self.dropped;
        let Shape::Choice(choices) = &mut self.shape else { return None };
        match mouse.kind {
            MouseEventKind::ScrollDown => choices.move_by(1),
            MouseEventKind::ScrollUp => choices.move_by(-1),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains(at) => choices.open(),
            MouseEventKind::Down(MouseButton::Left) if choices.is_open() && dropped.contains(at) => {
                if !choices.light(usize::from(mouse.row - dropped.y)) {
                    return None;
                }
                let is_several = choices.is_several();
                let is_new = if is_several { choices.tick() } else { choices.settle() };
                if is_new {
                    self.touch();
                }
                return Some(!is_several);
            }
            _ => return None,
        }
        Some(false)
    }

    /// Keys and paste in one.
    pub fn input(&mut self, input: &Input) -> Option<Edit> {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Paste(text) => Some(self.paste(text)),
            _ => None,
        }
    }
}
