//! A property that is edited where it stands, on a page or in a list: saved by enter or tab, kept as a draft at each key,
//! back with its refusal and the typed text when it was not taken. Whoever shows it says where.

use super::{FieldEditor, Of};
use crate::domain::change::Change;
use crate::domain::id::{PropertyId, RecordId};
use crate::domain::number::grouped;
use crate::domain::object::is;
use crate::domain::property::Property;
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::domain::when;
use crate::keys::{Command, Keys};
use crate::ui::done;
use crate::ui::kept::{self, Draft};
use crate::ui::layer::{Cx, Effect, Slot};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Edit, clear, draw_left, row};
use crate::workspace::request::Reply;
use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The slots of what is being saved.
const FIRST_SLOT: Slot = 0x40;
const SLOTS: Slot = 16;
/// Cells of a field at least.
const LEAST: u16 = 34;

/// Cells of what is said below it at most, if it is wider than the field.
const WIDEST: u16 = 60;

/// What becomes of the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Stay,
    Closed,
    /// It was saved, and the next one is wanted, or the one before.
    Next,
    Previous,
}

#[derive(Debug, Clone)]
struct Open {
    record: RecordId,
    /// What the record is called.
    name: String,
    editor: FieldEditor,
    /// All that are to have the same value; none: only the record itself.
    many: Vec<RecordId>,
}

/// Handed to the rules, and not seen in an answer yet.
#[derive(Debug, Clone)]
struct Saving {
    slot: Slot,
    open: Open,
    value: Option<Value>,
    is_done: bool,
}

#[derive(Debug, Default)]
pub struct InPlace {
    open: Option<Open>,
    /// Begun, and left when one that was refused came back.
    aside: Vec<Open>,
    saving: Vec<Saving>,
    slot: Slot,
}

impl Open {
    fn key(&self) -> String {
        format!("edit {}/{}", self.record, self.editor.property.name)
    }

    /// What is set on many is no draft: nobody would look for it on one of them.
    fn keep(&self, cx: &Cx) -> Vec<Effect> {
        if !self.many.is_empty() {
            return Vec::new();
        }
        let of = format!("{} of {}", self.editor.property.label, self.name);
        let texts = [(self.editor.property.name.clone(), self.editor.text())];
        let (key, draft) = (self.key(), kept::draft(cx.now, of, texts));
        vec![Effect::Keep(Box::new(move |kept| kept.keep_draft(&key, draft)))]
    }

    fn discard(&self) -> Vec<Effect> {
        if !self.many.is_empty() {
            return Vec::new();
        }
        let key = self.key();
        vec![Effect::Keep(Box::new(move |kept| kept.keep_draft(&key, Draft::new())))]
    }

    /// Nothing would be changed by this value.
    fn is_unchanged(&self, value: Option<&Value>) -> bool {
        if self.many.is_empty() { value == self.editor.before() } else { !self.editor.is_touched() }
    }

    fn change(&self, value: Option<Value>) -> Change {
        let values = vec![(self.editor.property.id, value)];
        match &self.many[..] {
            [] => Change::Set { record: self.record, values },
            many => Change::SetMany { what: many.to_vec(), values },
        }
    }

    /// What saving it will do, where that is more than is seen.
    fn scope(&self) -> Option<String> {
        let clears = self.editor.is_touched() && self.editor.text().is_empty();
        let verb = if clears { "clears" } else { "sets" };
        let count = grouped(self.many.len() as u64);
        let records = if self.many.len() == 1 { "record" } else { "records" };
        let label = clean(&self.editor.property.label);
        let how = if self.editor.is_touched() { "" } else { ", backspace clears it" };
        (!self.many.is_empty()).then(|| format!("{verb} {label} on {count} {records}{how}"))
    }
}

impl InPlace {
    /// Opens the editor of a property, with what was typed into it when the program was broken off.
    pub fn begin(&mut self, record: &Record, property: &Property, cx: &Cx) {
        let value = match self.pending(record.id, property.id) {
            Some(pending) => pending.cloned(),
            None => record.get(property.id).map(std::borrow::Cow::into_owned),
        };
        let pipeline = record.values.get(is::PIPELINE).and_then(Value::as_option);
        let of = Of { object: record.id.object, pipeline };
        let mut editor = FieldEditor::new(property, value.as_ref(), of, cx);
        editor.drop_down();
        let mut open = Open { record: record.id, name: record.name(), editor, many: Vec::new() };
        if let Some(draft) = cx.kept.drafts.get(&open.key())
            && let Some(text) = draft.get(&property.name)
        {
            open.editor.set_text(text);
            let clock = cx.settings.clock(cx.now);
            let at = kept::begun(draft).map(|at| format!(" at {}", when::time_of_day(at, &clock)));
            let note = format!("You typed this{}. enter saves it, esc keeps the old value", at.unwrap_or_default());
            open.editor.note(Some(note));
        }
        self.open = Some(open);
    }

    /// Opens an empty editor over a record, for the value that all of these will have.
    pub fn begin_many(&mut self, record: &Record, property: &Property, many: Vec<RecordId>, cx: &Cx) {
        let pipeline = record.values.get(is::PIPELINE).and_then(Value::as_option);
        let of = Of { object: record.id.object, pipeline };
        let mut editor = FieldEditor::new(property, None, of, cx);
        editor.drop_down();
        self.open = Some(Open { record: record.id, name: record.name(), editor, many });
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// What is being edited.
    pub fn at(&self) -> Option<(RecordId, PropertyId)> {
        self.open.as_ref().map(|open| (open.record, open.editor.property.id))
    }

    pub fn keys(&self) -> Option<&'static [Keys]> {
        self.open.as_ref().map(|open| open.editor.keys().0)
    }

    /// The value that is on its way to the disk, if there is one: none, for one that is cleared.
    pub fn pending(&self, record: RecordId, property: PropertyId) -> Option<Option<&Value>> {
        let of = |saving: &&Saving| {
            let open = &saving.open;
            open.many.is_empty() && open.record == record && open.editor.property.id == property
        };
        self.saving.iter().rev().find(of).map(|saving| saving.value.as_ref())
    }

    pub fn is_saving(&self) -> bool {
        self.saving.iter().any(|saving| !saving.is_done)
    }

    /// Data has come that holds what is saved.
    pub fn refreshed(&mut self) {
        self.saving.retain(|saving| !saving.is_done);
    }

    /// Keys that type, paste, mouse, while a property is edited.
    pub fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        let open = self.open.as_mut()?;
        let erases = matches!(input, Input::Key(key) if key.code == KeyCode::Backspace);
        if erases && !open.many.is_empty() && open.editor.text().is_empty() {
            // None of it is seen here, but others of them may have a value.
            open.editor.touch();
        }
        let edit = match input {
            Input::Mouse(mouse) => {
                let chosen = open.editor.mouse(*mouse) == Some(true);
                return Some(if chosen { self.run(Command::SaveField, None, cx).0 } else { Vec::new() });
            }
            input => open.editor.input(input)?,
        };
        Some(if edit == Edit::Changed { open.keep(cx) } else { Vec::new() })
    }

    /// A command of the rows that [`InPlace::keys`] gives.
    pub fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> (Vec<Effect>, Then) {
        let Some(open) = &mut self.open else { return (Vec::new(), Then::Closed) };
        let then = match command {
            Command::SaveField if open.editor.enter() => return (open.keep(cx), Then::Stay),
            Command::SaveField => Then::Closed,
            Command::NextField => Then::Next,
            Command::PreviousField => Then::Previous,
            Command::Escape => {
                let discard = open.discard();
                self.open = self.aside.pop();
                return (discard, Then::Closed);
            }
            Command::EditOutside => return (vec![Effect::EditOutside(open.editor.text())], Then::Stay),
            command => {
                let before = open.editor.text();
                open.editor.run(command, count);
                let is_changed = open.editor.text() != before;
                return (if is_changed { open.keep(cx) } else { Vec::new() }, Then::Stay);
            }
        };
        match self.save(cx) {
            Some(effects) => (effects, if self.is_open() { Then::Stay } else { then }),
            None => (Vec::new(), Then::Stay),
        }
    }

    /// Hands the value to the rules; `None`: it is none.
    fn save(&mut self, cx: &Cx) -> Option<Vec<Effect>> {
        let open = self.open.as_mut()?;
        open.editor.settle();
        let value = match open.editor.value(cx) {
            Ok(value) => value,
            Err(sentence) => {
                open.editor.refuse(sentence);
                return None;
            }
        };
        let open = std::mem::replace(&mut self.open, self.aside.pop())?;
        if open.is_unchanged(value.as_ref()) {
            return Some(open.discard());
        }
        let slot = FIRST_SLOT + self.slot;
        self.slot = (self.slot + 1) % SLOTS;
        let change = open.change(value.clone());
        self.saving.push(Saving { slot, open, value, is_done: false });
        Some(vec![Effect::Perform(slot, change)])
    }

    /// What became of a value; `None`: the answer is to something else. `is_shown`: whether a record's value has a
    /// place where it can come back to.
    pub fn reply(&mut self, slot: Slot, reply: &Reply, is_shown: impl Fn(RecordId) -> bool) -> Option<Vec<Effect>> {
        let at = self.saving.iter().position(|saving| saving.slot == slot && !saving.is_done)?;
        match reply {
            Reply::Done(_) => {
                self.saving[at].is_done = true;
                let mut effects = self.saving[at].open.discard();
                effects.extend(done::told(reply));
                Some(effects)
            }
            Reply::Failed(failure) => {
                let mut refused = self.saving.remove(at).open;
                if !is_shown(refused.record) {
                    let toast = done::refused(failure);
                    let kept = if refused.many.is_empty() { " Your text is kept as a draft." } else { "" };
                    let text = format!("{}{kept}", sentence(&toast.text));
                    return Some(vec![Effect::Toast(toast.text(text))]);
                }
                refused.editor.refuse(clean(&failure.to_string()).into_owned());
                self.come_back(refused);
                Some(Vec::new())
            }
            Reply::Withdrawn => {
                let open = self.saving.remove(at).open;
                self.come_back(open);
                Some(Vec::new())
            }
            _ => Some(Vec::new()),
        }
    }

    fn come_back(&mut self, open: Open) {
        let before = self.open.replace(open);
        self.aside.extend(before.filter(|open| open.editor.is_touched()));
    }

    /// What was written in the editor of the user.
    pub fn edited(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        let Some(open) = &mut self.open else { return Vec::new() };
        open.editor.set_text(text);
        open.keep(cx)
    }

    /// Draws the field from `place` on, over what stands there, and all that belongs to it within `bounds`. The caret.
    pub fn draw(&mut self, buf: &mut Buffer, place: Rect, bounds: Rect, cx: &Cx) -> Option<Rect> {
        let open = self.open.as_mut()?;
        let scope = open.scope();
        let editor = &mut open.editor;
        let width = place.width.max(LEAST).min(bounds.width);
        let x = place.x.min(bounds.right().saturating_sub(width));
        let height = editor.height().min(bounds.height);
        let y = place.y.min(bounds.bottom().saturating_sub(height));
        let area = Rect { x, y, width, height };
        clear(buf, Rect { x: x.saturating_sub(1), width: width + 2, ..area });
        buf.set_style(area.intersection(buf.area), cx.look.theme.page);
        let caret = editor.draw(buf, area, true, cx);
        let mut said = editor.message(width.max(WIDEST).min(bounds.right().saturating_sub(x + 2)), cx);
        said.extend(scope.map(|scope| Line::styled(scope, cx.look.theme.title)));
        let lines = said.len() as u16;
        let longest = said.iter().map(Line::width).max().unwrap_or(0) as u16;
        let below = area.bottom() + lines <= bounds.bottom();
        let top = if below { area.bottom() } else { area.y.saturating_sub(lines) };
        let strip = Rect { y: top, height: lines, width: width.max(longest + 2), ..area };
        clear(buf, strip);
        buf.set_style(strip.intersection(buf.area), cx.look.theme.page.patch(cx.look.theme.surface));
        for (y, line) in (0..lines).zip(&said) {
            let inside = Rect { x: x + 1, width: longest, ..row(strip, y) };
            draw_left(buf, inside, line);
        }
        editor.draw_choices(buf, area.bottom() + if below { lines } else { 0 }, bounds, cx);
        caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 })
    }
}

fn sentence(text: &str) -> String {
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}
