//! The picker of a record (R5.6): adds existing records of an object, or creates one that is associated at once. What it
//! will save is in `picker/picks.rs`, its list in `picker/offers.rs`, how a candidate is told from others in
//! `picker/telling.rs`, its looks in `picker/draw.rs` and `picker/shelf.rs`, its keys in `picker/layer.rs`.

mod around;
pub(super) mod draw;
mod layer;
pub(super) mod offers;
mod picks;
mod shelf;
pub(super) mod telling;

use super::form::{self, Form};
use super::labels::labels;
use super::unsaved::AskUnsaved;
use crate::domain::answer::{Detail, Tie};
use crate::domain::association::has_primary;
use crate::domain::candidate::{Candidate, Picking};
use crate::domain::fold::words;
use crate::domain::id::{LabelId, Object, RecordId};
use crate::domain::search::FEW;
use crate::keys::Command;
use crate::ui::done;
use crate::ui::layer::{Cx, Effect, Slot};
use crate::ui::text::clean;
use crate::ui::widgets::TextField;
use crate::workspace::request::{Reply, Request};
use around::Around;
use offers::{Offers, Tick};
use picks::{Pick, Picks};
use ratatui::layout::Rect;
use std::collections::BTreeMap;

/// Above those of the form, whose questions are numbered by their fields.
const DETAIL: Slot = 0xfb;
const FOUND: Slot = 0xfc;
const SIMILAR: Slot = 0xfd;
const SAVE: Slot = 0xfe;

/// Candidates that are found at most.
const MOST: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Create,
    Existing,
}

pub struct Picker {
    one: RecordId,
    to: Object,
    around: Around,
    tab: Tab,
    /// The list has the focus instead of the box above it.
    in_list: bool,
    field: TextField,
    offers: Offers,
    picks: Picks,
    /// What is ticked, to be shown while nothing is searched.
    ticked: BTreeMap<RecordId, Candidate>,
    form: Form,
    /// Why it was not saved.
    refusal: Option<String>,
    saving: bool,
    /// Pressed before the answer came: it means what that brings.
    owed: Option<Command>,
    /// Whose labels are being chosen.
    labelled: Option<RecordId>,
    /// Where things were drawn last: the tabs, the box, the list, what stands on the shelf.
    tabs: Rect,
    line: Rect,
    list: Rect,
    chips: Vec<(Rect, RecordId)>,
    cursor: Option<Rect>,
}

impl Picker {
    /// Of records of `to` for the record whose page that is.
    pub fn new(detail: &Detail, to: Object, cx: &Cx) -> Picker {
        let record = &detail.row.record;
        let around = Around::of(detail, to, cx);
        Picker {
            one: record.id,
            to,
            form: Form::in_picker(to, record.id, &around.name, cx),
            around,
            tab: Tab::Existing,
            in_list: false,
            field: TextField::default().limited(200),
            offers: Offers::default(),
            picks: Picks::default(),
            ticked: BTreeMap::new(),
            refusal: None,
            saving: false,
            owed: None,
            labelled: None,
            tabs: Rect::ZERO,
            line: Rect::ZERO,
            list: Rect::ZERO,
            chips: Vec::new(),
            cursor: None,
        }
    }

    fn is_searching(&self) -> bool {
        !words(self.field.text()).is_empty()
    }

    fn may_create(&self, cx: &Cx) -> bool {
        cx.user.may(self.to).create
    }

    /// What is on the screen stays until the answer comes.
    fn ask(&mut self) -> Vec<Effect> {
        self.offers.awaits = true;
        vec![Effect::Ask(FOUND, self.question(false))]
    }

    fn question(&self, similar: bool) -> Request {
        let limit = if similar { FEW } else { MOST };
        let text = self.field.text().to_owned();
        Request::Candidates(Box::new(Picking { one: self.one, to: self.to, text, limit, similar }))
    }

    fn take_found(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        let Reply::Candidates(candidates) = reply else {
            self.offers.awaits = false;
            return Vec::new();
        };
        let mut effects = Vec::new();
        if slot == SIMILAR {
            self.offers.similar = candidates.rows;
        } else {
            let few = self.is_searching() && candidates.rows.len() < FEW;
            self.offers.take(candidates);
            if few {
                effects.push(Effect::Ask(SIMILAR, self.question(true)));
            }
        }
        self.arrange(cx);
        if let Some(command) = self.owed.take() {
            effects.extend(self.obey(command, cx));
        }
        effects
    }

    /// The list anew, after an answer or a tick.
    fn arrange(&mut self, cx: &Cx) {
        let ticked: Vec<Candidate> = self.picks.on().iter().filter_map(|p| self.ticked.get(&p.id)).cloned().collect();
        let ticked = if self.is_searching() { Vec::new() } else { ticked };
        let creates = self.may_create(cx);
        let words = words(self.field.text());
        self.offers.arrange(&self.around.ties, ticked, &words, creates, cx);
    }

    fn take_detail(&mut self, detail: &Detail, cx: &Cx) {
        self.around = Around::of(detail, self.to, cx);
        let ties = &self.around.ties;
        let is_tied = |id: RecordId| ties.iter().any(|tie| tie.link.other == id);
        self.picks.keep(|id| !is_tied(id));
        self.arrange(cx);
    }

    fn tie(&self, id: RecordId) -> Option<&Tie> {
        self.around.ties.iter().find(|tie| tie.link.other == id)
    }

    /// What ticking the candidate would do.
    fn tick_of(&self, candidate: &Candidate, cx: &Cx) -> Tick {
        let id = candidate.row.record.id;
        if self.picks.is_on(id) {
            return Tick::On;
        }
        if let Some(refused) = &self.around.refused {
            return Tick::Never(refused.clone());
        }
        if self.tie(id).is_some() {
            return if self.picks.is_off(id) { Tick::Going } else { Tick::Stands };
        }
        if id == self.one {
            return Tick::Never("it is the record itself".to_owned());
        }
        let associations = &cx.settings.associations;
        let full = associations.limit(self.to, self.one.object).filter(|_| !candidate.full.is_empty());
        let full = full.map(|most| offers::limit(self.to, self.one.object, most, cx));
        let own = associations.limit(self.one.object, self.to).filter(|most| self.held() >= *most);
        let own = own.map(|most| offers::limit(self.one.object, self.to, most, cx));
        full.or(own).map_or(Tick::Off, Tick::Full)
    }

    /// How many it will be associated with.
    fn held(&self) -> usize {
        (self.around.ties.len() + self.around.unseen + self.picks.on().len()).saturating_sub(self.picks.off().len())
    }

    fn tick(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(candidate) = self.offers.current() else { return self.create_called(cx) };
        let pick = pick_of(candidate, cx);
        match self.tick_of(candidate, cx) {
            Tick::On | Tick::Off => {
                self.ticked.insert(pick.id, candidate.clone());
                self.picks.toggle_on(pick);
            }
            Tick::Stands | Tick::Going => self.picks.toggle_off(pick),
            Tick::Full(_) | Tick::Never(_) => return Vec::new(),
        }
        self.refusal = None;
        self.offers.step_on();
        Vec::new()
    }

    /// Ticks one beyond a limit: what it takes the place of goes (R5.3).
    fn replace(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(candidate) = self.offers.current().cloned() else { return Vec::new() };
        let most = cx.settings.associations.limit(self.one.object, self.to);
        if most.is_some_and(|most| self.held() >= most) {
            let standing = self.around.ties.iter().filter(|tie| !self.picks.is_off(tie.link.other));
            let oldest = standing.min_by_key(|tie| (tie.link.since, tie.link.order));
            let oldest = oldest.map(|tie| (tie.link.other, tie.record.name()));
            if let Some((id, name)) = oldest {
                self.picks.toggle_off(Pick { id, name, known_by: String::new() });
            } else if let Some(first) = self.picks.on().first().map(|pick| pick.id) {
                self.picks.forget(first);
            }
        }
        let pick = pick_of(&candidate, cx);
        self.ticked.insert(pick.id, candidate.clone());
        if candidate.full.is_empty() {
            self.picks.toggle_on(pick);
        } else {
            self.picks.replace(pick);
        }
        self.refusal = None;
        Vec::new()
    }

    /// Saves what is ticked; where nothing is, the one under the cursor.
    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.offers.is_on_create() {
            return self.create_called(cx);
        }
        if self.picks.is_empty() {
            self.tick(cx);
        }
        self.perform()
    }

    fn perform(&mut self) -> Vec<Effect> {
        if self.picks.is_empty() {
            return Vec::new();
        }
        self.saving = true;
        self.refusal = None;
        vec![Effect::Perform(SAVE, self.picks.change(self.one))]
    }

    fn take_saved(&mut self, reply: &Reply) -> Vec<Effect> {
        match reply {
            Reply::Progress { .. } => return Vec::new(),
            Reply::Done(_) => {
                self.picks = Picks::default();
                let mut effects = vec![Effect::Pop(None)];
                effects.extend(done::told(reply));
                return effects;
            }
            Reply::Failed(failure) => self.refusal = Some(clean(&failure.to_string()).into_owned()),
            _ => {}
        }
        self.saving = false;
        Vec::new()
    }

    /// Turns to the form, with what was searched for as its name.
    fn create_called(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.offers.is_on_create() && self.may_create(cx) {
            let text = self.field.text().to_owned();
            self.form.call_it(&text);
            self.tab = Tab::Create;
        }
        Vec::new()
    }

    /// What the form created is associated already; with other ticks one goes on to those.
    fn take_created(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        if self.picks.is_empty() {
            return effects;
        }
        let (closes, rest): (Vec<_>, Vec<_>) = effects.into_iter().partition(|effect| matches!(effect, Effect::Pop(_)));
        if !closes.is_empty() {
            self.tab = Tab::Existing;
            self.field.set("");
        }
        rest
    }

    /// At the own limit: what the new one will take the place of, and whether that was agreed to.
    fn gives_way(&self, cx: &Cx) -> Option<String> {
        let most = cx.settings.associations.limit(self.one.object, self.to)?;
        let oldest = self.around.ties.iter().min_by_key(|tie| (tie.link.since, tie.link.order));
        (self.around.ties.len() + self.around.unseen >= most)
            .then(|| oldest.map_or_else(|| "one you may not see".to_owned(), |tie| tie.record.name()))
    }

    /// Of the form: the record that has the value already is meant.
    fn tick_holder(&mut self) -> Vec<Effect> {
        let Some((id, name)) = self.form.holder().cloned() else { return Vec::new() };
        if !self.picks.is_on(id) && self.tie(id).is_none() {
            self.picks.toggle_on(Pick { id, name: name.clone(), known_by: String::new() });
        }
        self.tab = Tab::Existing;
        self.field.set(&name);
        self.ask()
    }

    fn choose_labels(&mut self, cx: &Cx) -> Vec<Effect> {
        let (name, has) = if self.tab == Tab::Create {
            self.labelled = None;
            (format!("the new {}", offers::called(self.to, cx)), self.form.labels().to_vec())
        } else {
            let Some(candidate) = self.offers.current() else { return Vec::new() };
            let id = candidate.row.record.id;
            self.labelled = Some(id);
            (candidate.row.record.name(), self.labels_of(id).to_vec())
        };
        vec![Effect::Push(Box::new(labels(&name, self.one.object, self.to, &has, cx)))]
    }

    fn labels_of(&self, id: RecordId) -> &[LabelId] {
        let standing = || self.tie(id).map_or(&[][..], |tie| tie.link.labels.as_slice());
        self.picks.labels(id).unwrap_or_else(standing)
    }

    fn is_primary(&self, id: RecordId) -> bool {
        let standing = || self.tie(id).is_some_and(|tie| tie.link.primary) && !self.picks.is_off(id);
        self.picks.primary().map_or_else(standing, |primary| primary == id)
    }

    fn make_primary(&mut self) -> Vec<Effect> {
        if let Some(id) = self.offers.current().map(|candidate| candidate.row.record.id) {
            // What is primary already stays so by itself.
            let stands = self.tie(id).is_some_and(|tie| tie.link.primary);
            match self.picks.primary().filter(|_| stands) {
                Some(other) => self.picks.toggle_primary(other),
                None if stands => {}
                None => self.picks.toggle_primary(id),
            }
        }
        Vec::new()
    }

    fn close(&self) -> Vec<Effect> {
        if self.picks.is_empty() {
            return vec![Effect::Pop(None)];
        }
        vec![Effect::Push(Box::new(AskUnsaved::new(self.unsaved_words())))]
    }

    fn unsaved_words(&self) -> String {
        match self.picks.changes() {
            1 => "1 change is not saved".to_owned(),
            changes => format!("{changes} changes are not saved"),
        }
    }

    /// Why labels or the mark can't be given to the row under the cursor.
    fn unmarkable(&self, command: Command, cx: &Cx) -> Option<String> {
        let of = offers::called(self.one.object, cx);
        let to = offers::called(self.to, cx);
        if command == Command::MakePrimary && !has_primary(self.one.object, self.to) {
            return Some(format!("no {to} is the primary one of a {of}"));
        }
        let Some(candidate) = self.offers.current() else { return Some("the cursor is on no record".to_owned()) };
        match self.tick_of(candidate, cx) {
            Tick::On | Tick::Stands => None,
            Tick::Never(why) => Some(why),
            _ => Some("it is not ticked, ctrl-space ticks it".to_owned()),
        }
    }
}

fn pick_of(candidate: &Candidate, cx: &Cx) -> Pick {
    let row = &candidate.row;
    Pick { id: row.record.id, name: row.record.name(), known_by: telling::short(row, cx) }
}

/// The slot in which the form creates its record.
const CREATED: Slot = form::CREATE;
