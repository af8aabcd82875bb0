//! The form of one type of activity: all its fields (R3.1), where it was logged from (R3.3), where it goes, what follows.
//! An activity that was logged is edited in the same form. Which fields a type has is in `form/fields.rs`, how it looks in
//! `form/draw.rs`, its keys in `form/layer.rs`, what an edit changes in `form/edits.rs`.

mod draw;
mod edits;
mod fields;
mod layer;

use super::goals::Goals;
use super::{AIMS, SAVE, TYPED, draft_key, logged};
use crate::domain::activity::ActivityKind as Kind;
use crate::domain::answer::Item;
use crate::domain::change::Change;
use crate::domain::id::RecordId;
use crate::domain::logging::Logging;
use crate::ui::done;
use crate::ui::kept::{self, Draft};
use crate::ui::layer::{Cx, Effect};
use crate::ui::mention::Mention;
use crate::ui::record::entry;
use crate::ui::text::clean;
use crate::workspace::request::Reply;
use chrono::{DateTime, Utc};
use edits::Edits;
use fields::{Field, fields, fill, fill_then, written};
use ratatui::layout::Rect;

pub struct LogForm {
    kind: Kind,
    named: String,
    fields: Vec<Field>,
    /// The field with the focus; one past the last is the list of records.
    at: usize,
    goals: Goals,
    /// The activity that is edited; none: one is logged.
    edits: Option<Edits>,
    /// When the draft that was found was typed.
    draft: Option<DateTime<Utc>>,
    /// What could not be put beside a field.
    refusal: Option<String>,
    saving: bool,
    /// First row of the content that is seen.
    from: usize,
    cursor: Option<Rect>,
    /// Where its buttons and hints were drawn, each with its key.
    buttons: Vec<(Rect, String)>,
    /// Names that are offered in a note.
    mention: Mention,
}

impl LogForm {
    pub fn new(kind: Kind, on: Vec<RecordId>, named: &str, cx: &Cx) -> LogForm {
        LogForm::with(kind, Goals::new(on), named, cx).drafted(cx)
    }

    /// As it was logged.
    pub fn of_activity(item: &Item, cx: &Cx) -> LogForm {
        let activity = &item.activity;
        let mut form = LogForm::with(activity.kind, Goals::new(Vec::new()), &entry::title(activity), cx);
        form.fields = fields(activity.kind, true, cx);
        form.edits = Some(Edits::of(item, &mut form.fields, cx));
        form.drafted(cx)
    }

    /// With what was typed before.
    fn drafted(mut self, cx: &Cx) -> LogForm {
        let draft = cx.kept.drafts.get(&self.key_of_draft());
        for field in &mut self.fields {
            if let Some(text) = draft.and_then(|draft| draft.get(field.name)) {
                field.editor.set_text(text);
            }
        }
        self.draft = draft.and_then(kept::begun);
        self
    }

    /// With what a line says.
    pub fn of_line(first: &Logging, then: Option<&Logging>, goals: Goals, named: &str, cx: &Cx) -> LogForm {
        let mut form = LogForm::with(first.kind, goals, named, cx);
        form.goals.outdated();
        for field in &mut form.fields {
            if let Some(text) = written(field.name, first, then, cx) {
                field.editor.set_text(&text);
            }
        }
        form
    }

    fn with(kind: Kind, goals: Goals, named: &str, cx: &Cx) -> LogForm {
        LogForm {
            kind,
            named: clean(named).into_owned(),
            fields: fields(kind, false, cx),
            at: 0,
            goals,
            edits: None,
            draft: None,
            refusal: None,
            saving: false,
            from: 0,
            cursor: None,
            buttons: Vec::new(),
            mention: Mention::default(),
        }
    }

    fn key_of_draft(&self) -> String {
        match &self.edits {
            Some(edits) => format!("edit {}", edits.item.activity.id.0),
            None => draft_key(self.kind.row().name, &self.goals),
        }
    }

    /// The fields in which something was typed.
    fn touched(&self) -> Vec<&Field> {
        match &self.edits {
            Some(edits) => edits.changed(&self.fields).collect(),
            None => self.fields.iter().filter(|field| field.editor.is_touched()).collect(),
        }
    }

    fn is_touched(&self) -> bool {
        !self.touched().is_empty()
    }

    fn keep(&self, cx: &Cx) -> Effect {
        let texts: Vec<_> =
            self.touched().into_iter().map(|field| (field.name.to_owned(), field.editor.text())).collect();
        let kind = self.kind.row().label.to_lowercase();
        let of = match &self.edits {
            Some(_) => format!("{kind} {}", self.named),
            None => format!("{kind} on {}", self.named),
        };
        let is_empty = self.edits.is_none() && texts.iter().all(|(_, text)| text.is_empty());
        let draft = if is_empty || texts.is_empty() { Draft::new() } else { kept::draft(cx.now, of, texts) };
        let key = self.key_of_draft();
        Effect::Keep(Box::new(move |kept| kept.keep_draft(&key, draft)))
    }

    /// Of the line that it may have come from as well.
    fn discard(&self) -> Effect {
        let line = self.edits.is_none().then(|| draft_key(TYPED, &self.goals));
        let keys: Vec<String> = [self.key_of_draft()].into_iter().chain(line).collect();
        Effect::Keep(Box::new(move |kept| keys.iter().for_each(|key| kept.keep_draft(key, Draft::new()))))
    }

    fn begin_anew(&mut self, cx: &Cx) {
        match &self.edits {
            Some(edits) => edits.take_back(&mut self.fields),
            None => self.fields = fields(self.kind, false, cx),
        }
        (self.at, self.draft, self.refusal) = (0, None, None);
    }

    /// The record that it is, or is to be, logged on.
    fn on(&self) -> Option<RecordId> {
        self.edits.as_ref().map(|edits| edits.item.activity.logged_on).or(self.goals.first())
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    fn in_list(&self) -> bool {
        self.at == self.fields.len()
    }

    /// The field loses the focus: what it says is checked.
    fn leave(&mut self, cx: &Cx) {
        let (kind, on, at) = (self.kind, self.on(), self.at);
        let (Some(on), Some(field)) = (on, self.fields.get_mut(at)) else { return };
        field.editor.settle();
        if field.editor.is_touched()
            && let Err(sentence) = fill(&mut fields::bare(kind, on, cx), field, cx)
        {
            field.editor.refuse(sentence);
        }
    }

    fn turn(&mut self, by: isize, cx: &Cx) -> Vec<Effect> {
        self.leave(cx);
        let stops = self.fields.len() as isize + 1;
        self.at = (self.at as isize + by).rem_euclid(stops) as usize;
        if self.in_list() && self.edits.is_none() {
            self.goals.enter();
        }
        self.changed(cx)
    }

    fn changed(&mut self, cx: &Cx) -> Vec<Effect> {
        self.refusal = None;
        let mut effects = vec![self.keep(cx)];
        effects.extend(self.ask(cx));
        effects
    }

    /// Asks where it would go, as far as it can be read.
    fn ask(&mut self, cx: &Cx) -> Option<Effect> {
        if self.edits.is_some() {
            return None;
        }
        let on = self.goals.first()?;
        let mut logging = fields::bare(self.kind, on, cx);
        for field in &self.fields {
            // What can't be read yet says nothing of where it goes.
            let _ = fill(&mut logging, field, cx);
        }
        self.goals.ask(&logging, None).map(|request| Effect::Ask(AIMS, request))
    }

    /// The activity and what follows; none: what is wrong stands beside its field, the first of which has the focus.
    fn loggings(&mut self, on: RecordId, cx: &Cx) -> Option<(Logging, Option<Logging>)> {
        let mut logging = fields::bare(self.kind, on, cx);
        let mut wrong = None;
        for (at, field) in self.fields.iter_mut().enumerate() {
            if let Err(sentence) = fill(&mut logging, field, cx) {
                field.editor.refuse(sentence);
                wrong = wrong.or(Some(at));
            }
        }
        let then = match fill_then(&self.fields, on, cx) {
            Ok(then) => then,
            Err((name, sentence)) => {
                let at = self.fields.iter().position(|field| field.name == name)?;
                self.fields[at].editor.refuse(sentence);
                wrong = wrong.or(Some(at));
                None
            }
        };
        if let Some((name, sentence)) = fields::missing(&logging)
            && let Some(at) = self.fields.iter().position(|field| field.name == name)
        {
            self.fields[at].editor.refuse(sentence.to_owned());
            wrong = wrong.or(Some(at));
        }
        if let Some(at) = wrong {
            self.at = at;
            return None;
        }
        Some((logging, then))
    }

    /// Saves what is written otherwise than it was.
    fn amend(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(edits) = self.edits.as_ref().filter(|_| !self.saving) else { return Vec::new() };
        if !self.is_touched() {
            return vec![self.discard(), Effect::Pop(None)];
        }
        match edits.edit(&self.fields, cx) {
            Ok(edit) => {
                let (activity, attach, detach) = (edits.item.activity.id, Vec::new(), Vec::new());
                (self.saving, self.refusal) = (true, None);
                vec![Effect::Perform(SAVE, Change::Amend { activity, edit: Box::new(edit), attach, detach })]
            }
            Err((name, sentence)) => {
                if let Some(at) = self.fields.iter().position(|field| field.name == name) {
                    self.fields[at].editor.refuse(sentence);
                    self.at = at;
                }
                Vec::new()
            }
        }
    }

    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        self.leave(cx);
        if self.edits.is_some() {
            return self.amend(cx);
        }
        let Some(on) = self.goals.first().filter(|_| !self.saving) else { return Vec::new() };
        let Some((first, then)) = self.loggings(on, cx) else { return Vec::new() };
        if self.goals.homes() == 0 {
            self.refusal = Some("No record is ticked to log it on".to_owned());
            return Vec::new();
        }
        self.saving = true;
        self.refusal = None;
        vec![Effect::Perform(SAVE, Change::Log { activities: self.goals.loggings(&first, then.as_ref()) })]
    }

    fn take_saved(&mut self, reply: &Reply) -> Vec<Effect> {
        match reply {
            Reply::Progress { .. } => return Vec::new(),
            Reply::Done(_) if self.edits.is_some() => {
                let mut effects = vec![self.discard(), Effect::Pop(None)];
                effects.extend(done::told(reply));
                return effects;
            }
            Reply::Done(_) => return logged(reply, self.discard()),
            Reply::Failed(failure) => self.refusal = Some(clean(&failure.to_string()).into_owned()),
            _ => {}
        }
        self.saving = false;
        Vec::new()
    }
}
