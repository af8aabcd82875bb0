//! The form that creates a record. Which fields it has is in `form/fields.rs`, how it looks in `form/draw.rs`, what its
//! keys do in `form/layer.rs`. What is typed is kept as a draft at each change, until it is saved or discarded.

mod draw;
mod fields;
mod layer;
mod picked;
mod qualifying;
mod ties;
mod whom;
mod with;

use crate::domain::change::{Change, Refusal};
use crate::domain::graph::Key;
use crate::domain::id::{LabelId, Object, PropertyId, RecordId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::phone;
use crate::domain::property::Kind;
use crate::domain::value::Value;
use crate::keys::Command;
use crate::ui::done;
use crate::ui::kept::{self, Draft};
use crate::ui::layer::{Cx, Effect, Place, Slot};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::workspace::Failure;
use crate::workspace::request::{Reply, Request};
use chrono::{DateTime, Utc};
use fields::{Field, fields, stage_of};
use qualifying::Qualifying;
use ratatui::layout::Rect;
use with::With;

pub(super) const CREATE: Slot = 0xff;

enum Waiting {
    Input(Input),
    Run(Command, Option<u32>),
}

pub struct Form {
    object: Object,
    fields: Vec<Field>,
    /// How many of them are asked for at once; the rest when it is unfolded.
    at_once: usize,
    unfolded: bool,
    /// The field with the focus; one past the last is the row that unfolds the others.
    at: usize,
    with: Vec<With>,
    /// What the new one is to the record that it was opened from.
    labels: Vec<LabelId>,
    /// At the limit of that it takes the place of the oldest (R5.3).
    replaces: bool,
    /// It stands in a picker, where the record that has a value already can be ticked instead.
    in_picker: bool,
    /// What it makes is not opened.
    stays: bool,
    /// What it makes is the deal of a lead that is moved.
    qualifying: Option<Box<Qualifying>>,
    /// When the draft that was found was typed.
    draft: Option<DateTime<Utc>>,
    /// What could not be put beside a field.
    refusal: Option<String>,
    /// It is being created, and whether another one follows.
    creating: Option<bool>,
    /// What was pressed meanwhile.
    waiting: Vec<Waiting>,
    /// First row of the content that is seen.
    from: usize,
    cursor: Option<Rect>,
    /// Where its buttons and hints were drawn, each with its key.
    buttons: Vec<(Rect, String)>,
}

impl Form {
    pub fn new(object: Object, with: Option<(RecordId, String)>, cx: &Cx) -> Form {
        let mut form = Form::blank(object, with, cx);
        form.take_draft(cx);
        form
    }

    /// With what is known of it already.
    pub fn filled(object: Object, known: &[(PropertyId, &str)], cx: &Cx) -> Form {
        let mut form = Form::blank(object, None, cx);
        for (id, text) in known {
            if let Some(field) = form.fields.iter_mut().find(|field| field.editor.property.id == *id) {
                field.editor.set_text(text);
            }
        }
        form
    }

    fn blank(object: Object, with: Option<(RecordId, String)>, cx: &Cx) -> Form {
        let about = with.as_ref().map(|(_, name)| name.as_str());
        let (fields, at_once) = cx.settings.object(object).map_or((Vec::new(), 0), |spec| fields(spec, about, cx));
        Form {
            object,
            fields,
            at_once,
            unfolded: false,
            at: 0,
            with: with.map(|(id, name)| With::home(id, name, object)).into_iter().collect(),
            labels: Vec::new(),
            replaces: false,
            in_picker: false,
            stays: false,
            qualifying: None,
            draft: None,
            refusal: None,
            creating: None,
            waiting: Vec::new(),
            from: 0,
            cursor: None,
            buttons: Vec::new(),
        }
    }

    fn spec<'c>(&self, cx: &'c Cx) -> Option<&'c ObjectSpec> {
        cx.settings.object(self.object)
    }

    fn key_of_draft(&self, cx: &Cx) -> String {
        let anew = || format!("new {}", self.spec(cx).map_or("record", |spec| spec.name.as_str()));
        self.qualifying.as_ref().map_or_else(anew, |qualifying| qualifying.key_of_draft())
    }

    fn take_draft(&mut self, cx: &Cx) {
        let Some(draft) = cx.kept.drafts.get(&self.key_of_draft(cx)) else { return };
        for (at, field) in self.fields.iter_mut().enumerate() {
            if let Some(text) = draft.get(&field.editor.property.name) {
                field.editor.set_text(text);
                self.unfolded |= at >= self.at_once;
            }
        }
        self.follow_pipeline(cx);
        self.draft = kept::begun(draft);
    }

    /// Something was typed since it was opened or created.
    fn is_touched(&self) -> bool {
        self.fields.iter().any(|field| field.editor.is_touched())
    }

    fn keep(&self, cx: &Cx) -> Effect {
        let touched = self.fields.iter().map(|field| &field.editor).filter(|editor| editor.is_touched());
        let texts: Vec<_> = touched.map(|editor| (editor.property.name.clone(), editor.text())).collect();
        let of = format!("new {}", self.spec(cx).map_or_else(String::new, |spec| spec.singular.to_lowercase()));
        let is_empty = texts.iter().all(|(_, text)| text.is_empty());
        let draft = if is_empty { Draft::new() } else { kept::draft(cx.now, of, texts) };
        let key = self.key_of_draft(cx);
        Effect::Keep(Box::new(move |kept| kept.keep_draft(&key, draft)))
    }

    fn discard(&self, cx: &Cx) -> Effect {
        let key = self.key_of_draft(cx);
        Effect::Keep(Box::new(move |kept| kept.keep_draft(&key, Draft::new())))
    }

    /// As it was first opened, without a draft; the association stays.
    fn begin_anew(&mut self, cx: &Cx) {
        let unfolded = self.unfolded;
        let (fields, at_once) = self.spec(cx).map_or((Vec::new(), 0), |spec| fields(spec, None, cx));
        *self = Form {
            object: self.object,
            fields,
            at_once,
            unfolded,
            at: 0,
            with: std::mem::take(&mut self.with),
            labels: std::mem::take(&mut self.labels),
            replaces: false,
            in_picker: self.in_picker,
            stays: self.stays,
            qualifying: self.qualifying.take(),
            draft: None,
            refusal: None,
            creating: None,
            waiting: std::mem::take(&mut self.waiting),
            from: 0,
            cursor: None,
            buttons: Vec::new(),
        };
    }

    /// Fields that are seen.
    fn asked(&self) -> usize {
        if self.unfolded { self.fields.len() } else { self.at_once }
    }

    fn field(&mut self) -> Option<&mut Field> {
        let shown = self.asked();
        self.fields[..shown].get_mut(self.at)
    }

    /// The field loses the focus: what it says is checked.
    fn leave(&mut self, cx: &Cx) {
        if let Some(field) = self.field() {
            field.editor.settle();
            if field.editor.is_touched()
                && let Err(sentence) = field.editor.value(cx)
            {
                field.editor.refuse(sentence);
            }
        }
        self.follow_pipeline(cx);
    }

    fn focus(&mut self, at: usize) {
        self.at = at;
    }

    /// The stages are those of the pipeline that is chosen.
    fn follow_pipeline(&mut self, cx: &Cx) {
        let place = |kind| self.fields.iter().position(|field| field.editor.property.kind == kind);
        let (Some(from), Some(to)) = (place(Kind::Pipeline), place(Kind::Stage)) else { return };
        let Ok(Some(pipeline)) = self.fields[from].editor.value(cx) else { return };
        let stage = &self.fields[to].editor;
        let of = |value: Option<Value>| {
            value
                .and_then(|value| value.as_option())
                .and_then(|id| cx.settings.stage(id))
                .map(|(pipeline, _)| pipeline.id)
        };
        if of(stage.value(cx).ok().flatten()) != pipeline.as_option() {
            let was = stage.text();
            self.fields[to].editor = stage_of(&stage.property.clone(), self.object, &pipeline, &was, cx);
        }
    }

    /// After each change: the draft, and who has the value already.
    fn changed(&mut self, cx: &Cx) -> Vec<Effect> {
        self.refusal = None;
        let mut effects = vec![self.keep(cx)];
        let at = self.at;
        if let Some(field) = self.field() {
            let keys = keys_of(&field.editor, cx);
            if keys.is_empty() {
                field.holder = None;
            } else {
                effects.push(Effect::Ask(at as Slot, Request::Holders(keys)));
            }
        }
        effects
    }

    fn take_holders(&mut self, slot: Slot, holders: &[(RecordId, String)], cx: &Cx) {
        let Some(field) = self.fields.get_mut(usize::from(slot)) else { return };
        // An answer to what was cleared since says nothing.
        let is_asked = !keys_of(&field.editor, cx).is_empty();
        field.holder = holders.first().filter(|_| is_asked).cloned();
        let way = if self.in_picker {
            "has it already. ctrl-t ticks that one instead"
        } else {
            "exists already: enter opens it, the draft is kept"
        };
        let note = field.holder.as_ref().map(|(_, name)| format!("{} {way}", clean(name)));
        field.editor.note(note);
    }

    /// All values, or false: what is wrong stands beside its field, the first of which has the focus.
    fn values(&mut self, cx: &Cx) -> Option<Vec<(PropertyId, Value)>> {
        let has_domain = self.fields.iter().any(|f| f.editor.property.id == is::DOMAIN && !f.editor.text().is_empty());
        let (mut values, mut wrong) = (Vec::new(), None);
        for (at, field) in self.fields.iter_mut().enumerate() {
            let property = &field.editor.property;
            let needed = property.required && !(property.id == is::NAME && has_domain);
            let sentence = match field.editor.value(cx) {
                Ok(Some(value)) => {
                    values.push((property.id, value));
                    continue;
                }
                Ok(None) if needed => format!("{} needs a value", property.label),
                Ok(None) => continue,
                Err(sentence) => sentence,
            };
            field.editor.refuse(sentence);
            wrong = wrong.or(Some(at));
        }
        if let Some(at) = wrong {
            self.unfolded |= at >= self.at_once;
            self.focus(at);
            return None;
        }
        Some(values)
    }

    fn create(&mut self, another: bool, cx: &Cx) -> Vec<Effect> {
        self.leave(cx);
        let Some(values) = self.values(cx) else { return Vec::new() };
        if self.lacks_whom() && self.asks_whom() {
            self.focus(self.stops() - 1);
            return self.look_for();
        }
        let Some(associate) = self.ties(cx) else { return Vec::new() };
        self.creating = Some(another);
        self.refusal = None;
        vec![Effect::Perform(CREATE, Change::Create { object: self.object, values, associate })]
    }

    fn take_created(&mut self, reply: &Reply, cx: &Cx) -> Vec<Effect> {
        let another = match reply {
            Reply::Progress { .. } => return Vec::new(),
            _ => self.creating.take().unwrap_or(false),
        };
        match reply {
            Reply::Done(done) => {
                let mut effects = vec![self.discard(cx)];
                let made = done.refs.first().copied();
                if another {
                    self.begin_anew(cx);
                    effects.extend(self.take_waiting(cx));
                } else {
                    effects.push(Effect::Pop(None));
                    // Who creates from a record stays there and sees it among its associations.
                    if let (Some(crate::domain::id::Ref::Record(id)), None, false) = (made, self.home(), self.stays) {
                        effects.push(Effect::Go(Place::Record(id)));
                    }
                }
                effects.extend(done::told(reply));
                effects
            }
            Reply::Failed(failure) => {
                // It was meant for the form after this one.
                self.waiting.clear();
                self.refused(failure);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn refused(&mut self, failure: &Failure) {
        let sentence = clean(&failure.to_string()).into_owned();
        let place = match failure {
            Failure::Refused(Refusal::Rule { field: Some(id), .. }) => {
                self.fields.iter().position(|field| field.editor.property.id == *id)
            }
            _ => None,
        };
        match place {
            Some(at) => {
                self.unfolded |= at >= self.at_once;
                self.fields[at].editor.refuse(sentence);
                self.focus(at);
            }
            None => self.refusal = Some(sentence),
        }
    }
}

/// What a record is found by that has the same e-mail, domain or phone.
fn keys_of(editor: &crate::ui::edit::FieldEditor, cx: &Cx) -> Vec<Key> {
    let kind = editor.property.kind;
    if !matches!(kind, Kind::Email | Kind::Emails | Kind::Domain | Kind::Domains | Kind::Phone) {
        return Vec::new();
    }
    let Ok(Some(value)) = editor.value(cx) else { return Vec::new() };
    let texts = value.as_text().map(str::to_owned).into_iter().chain(value.as_texts().iter().cloned());
    let country = &cx.settings.general.phone_country;
    let key = |text: String| match kind {
        Kind::Phone => phone::key(&text, country).map(Key::Phone),
        Kind::Domain | Kind::Domains => Some(Key::domain(&text)),
        _ => Some(Key::email(&text)),
    };
    texts.filter_map(key).collect()
}
