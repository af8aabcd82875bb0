//! Whom a new record is associated with, and for each, where it is a deal or a ticket, the box that brings its past
//! activities along (R3.17). Others are chosen in `form/whom.rs`.

use super::Form;
use crate::domain::association::{Labelling, Tying};
use crate::domain::id::{Object, RecordId};
use crate::domain::logging::past::{FROM, ONTO, Timeframe};
use crate::keys::Command;
use crate::ui::layer::{Cx, Effect, Slot};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TextField};
use crate::workspace::request::Request;
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::layout::Rect;

/// Above the questions of the fields, below those of the picker that the form may stand in.
pub const PAST: Slot = 0xfa;

/// Where the focus may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    Field(usize),
    /// The row that unfolds the other fields.
    More,
    With(usize),
    /// The row that associates another record.
    Add,
}

/// A record that the new one will be associated with.
pub struct With {
    pub id: RecordId,
    pub name: String,
    /// What one tells it from its namesakes by.
    pub known_by: String,
    /// The new one is created from its page, or in its picker.
    pub is_home: bool,
    /// Its past activities can come along.
    pub has_past: bool,
    /// Its past activities come along.
    pub brings: bool,
    /// The timeframe among those that are offered; past the last one it is said by two dates.
    at: usize,
    pub dates: TextField,
    /// How many activities that brings, and within which timeframe they were counted.
    counted: Option<(Timeframe, Option<usize>)>,
    /// Where it was drawn last.
    pub drawn: Rect,
}

impl With {
    /// One that a new record of `onto` will be associated with.
    pub fn new(id: RecordId, name: String, onto: Object) -> With {
        With {
            id,
            name,
            known_by: String::new(),
            is_home: false,
            has_past: FROM.contains(&id.object) && ONTO.contains(&onto),
            brings: false,
            at: 0,
            dates: TextField::default().limited(60),
            counted: None,
            drawn: Rect::ZERO,
        }
    }

    pub fn home(id: RecordId, name: String, onto: Object) -> With {
        With { is_home: true, ..With::new(id, name, onto) }
    }

    pub fn by_dates(&self) -> bool {
        self.at == Timeframe::OFFERED.len()
    }

    /// As the box names it.
    pub fn words(&self) -> &'static str {
        Timeframe::OFFERED.get(self.at).map_or("dates", |(_, _, words)| *words)
    }

    pub fn timeframe(&self, cx: &Cx) -> Result<Timeframe, String> {
        match Timeframe::OFFERED.get(self.at) {
            Some((timeframe, ..)) => Ok(*timeframe),
            None if self.dates.text().trim().is_empty() => Err("Write two dates: 2026-01-01..2026-03-31".to_owned()),
            None => Timeframe::parse(self.dates.text(), &cx.settings.clock(cx.now)),
        }
    }

    /// How many activities the timeframe takes in, as far as that is known.
    pub fn count(&self, cx: &Cx) -> Option<usize> {
        let (of, count) = self.counted?;
        count.filter(|_| self.timeframe(cx) == Ok(of))
    }

    fn turn(&mut self, by: isize) {
        let all = Timeframe::OFFERED.len() as isize + 1;
        self.at = (self.at as isize + by).rem_euclid(all) as usize;
    }
}

impl Form {
    /// Whether it asks whom the new record is associated with; the deal of a lead goes to the lead's own (R2.9).
    pub(super) fn asks_whom(&self) -> bool {
        let is_beside = self.in_picker || self.stays;
        self.qualifying.is_none() && (ONTO.contains(&self.object) || !is_beside)
    }

    /// Whether it says whom.
    fn has_ties(&self) -> bool {
        self.asks_whom() || self.qualifying.is_some()
    }

    /// Where the first of them stands.
    fn first_tie(&self) -> usize {
        self.asked() + usize::from(self.asked() < self.fields.len())
    }

    pub(super) fn stop(&self, at: usize) -> Stop {
        let asked = self.asked();
        let more = usize::from(asked < self.fields.len());
        match at.checked_sub(asked) {
            None => Stop::Field(at),
            Some(0) if more == 1 => Stop::More,
            Some(past) if past - more < self.with.len() && self.has_ties() => Stop::With(past - more),
            Some(_) => Stop::Add,
        }
    }

    pub(super) fn stops(&self) -> usize {
        let ties = if self.has_ties() { self.with.len() } else { 0 };
        self.first_tie() + ties + usize::from(self.asks_whom())
    }

    /// The record whose row has the focus.
    pub(super) fn with_here(&mut self) -> Option<&mut With> {
        let Stop::With(at) = self.stop(self.at) else { return None };
        self.with.get_mut(at)
    }

    /// The record from whose page it was opened.
    pub(super) fn home(&self) -> Option<&With> {
        self.with.iter().find(|with| with.is_home)
    }

    /// Which one would be left out: that with the focus, else the one it was opened from.
    pub(super) fn left_out(&self) -> Option<usize> {
        match self.stop(self.at) {
            Stop::With(at) => Some(at),
            _ => self.with.iter().position(|with| with.is_home),
        }
    }

    pub(super) fn leave_out(&mut self) {
        if let Some(at) = self.left_out() {
            let was_here = matches!(self.stop(self.at), Stop::With(_));
            self.with.remove(at);
            self.at = if was_here { self.at } else { self.at.min(self.stops().saturating_sub(1)) };
        }
    }

    pub(super) fn add(&mut self, id: RecordId, name: String, known_by: String) {
        if self.with.iter().all(|with| with.id != id) {
            self.with.push(With { known_by, ..With::new(id, name, self.object) });
        }
        let at = self.with.iter().position(|with| with.id == id).unwrap_or_default();
        self.at = self.first_tie() + at;
    }

    /// Asks how many activities would come along, where that is not known.
    pub(super) fn ask_past(&mut self, cx: &Cx) -> Option<Effect> {
        let (asks, here) = (self.has_ties(), self.stop(self.at));
        let wanted = self
            .with
            .iter_mut()
            .enumerate()
            .filter(|(at, with)| asks && with.has_past && (with.brings || here == Stop::With(*at)));
        let mut asked = Vec::new();
        let mut is_new = false;
        for (_, with) in wanted {
            let Ok(timeframe) = with.timeframe(cx) else { continue };
            if with.counted.is_none_or(|(of, _)| of != timeframe) {
                with.counted = Some((timeframe, None));
                is_new = true;
            }
            asked.push((with.id, timeframe));
        }
        is_new.then(|| Effect::Ask(PAST, Request::PastActivities(asked)))
    }

    /// The counts of what was asked last, in its order.
    pub(super) fn take_past(&mut self, counts: &[usize]) {
        let counted = self.with.iter_mut().filter_map(|with| with.counted.as_mut());
        for ((_, of), count) in counted.zip(counts) {
            *of = Some(*count);
        }
    }

    /// What is typed on the row of an associated record: a blank ticks, letters belong to its dates.
    pub(super) fn on_with(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        let with = self.with_here()?;
        let key = match input {
            Input::Key(key) => *key,
            Input::Paste(text) if with.by_dates() && with.brings => {
                with.dates.paste(text);
                return Some(self.ask_past(cx).into_iter().collect());
            }
            _ => return Some(Vec::new()),
        };
        if with.by_dates() && with.brings && with.dates.key(key) == Some(Edit::Changed) {
            return Some(self.ask_past(cx).into_iter().collect());
        }
        let is_letter =
            matches!(key.code, KeyCode::Char(_)) && key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        if is_letter && key.code == KeyCode::Char(' ') {
            return Some(self.run_with(Command::Tick, cx));
        }
        is_letter.then(Vec::new)
    }

    /// Ticks the row with the focus, or takes another timeframe.
    pub(super) fn run_with(&mut self, command: Command, cx: &Cx) -> Vec<Effect> {
        self.refusal = None;
        let Some(with) = self.with_here().filter(|with| with.has_past) else { return Vec::new() };
        match command {
            Command::Tick => with.brings = !with.brings,
            Command::MoveDown => with.turn(1),
            Command::MoveUp => with.turn(-1),
            _ => {}
        }
        self.ask_past(cx).into_iter().collect()
    }

    /// Whether it is a lead of nobody: it needs a contact or a company (R2.13).
    pub(super) fn lacks_whom(&self) -> bool {
        self.object == Object::LEAD && !self.with.iter().any(|with| FROM.contains(&with.id.object))
    }

    /// All ties of the new record; none: the dates of one are not understood, and it has the focus.
    pub(super) fn ties(&mut self, cx: &Cx) -> Option<Vec<Tying>> {
        // They say what the new one is to the other; a tie is read from the record that asks, which is the new one.
        let labels = Labelling::Add(self.labels.iter().map(|label| label.other_way()).collect());
        let mut ties = Vec::new();
        for (at, with) in self.with.iter().enumerate() {
            let past = with.brings.then(|| with.timeframe(cx)).transpose();
            let Ok(past) = past else {
                self.at = self.first_tie() + at;
                return None;
            };
            let labels = if with.is_home { labels.clone() } else { Labelling::Keep };
            ties.push(Tying { labels, replace: self.replaces, past, ..Tying::new(with.id) });
        }
        Some(ties)
    }
}

/// What the new record is called in the words of its box.
pub fn onto(object: Object, cx: &Cx) -> String {
    cx.settings.object(object).map_or_else(|| "record".to_owned(), |spec| spec.singular.to_lowercase())
}
