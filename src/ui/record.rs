//! The page of one record: its properties, its timeline, its associations (R5.2). Each pane is a file beside this one;
//! what one recognises a record by is in `record/facts.rs`, how an activity reads in `record/entry.rs`.

mod about;
mod acting;
mod among;
mod asked;
mod associations;
mod copying;
mod draw;
mod edit;
pub(super) mod entry;
pub(super) mod facts;
pub(super) mod following;
mod lead;
mod narrowing;
mod panes;
mod places;
mod pointer;
pub(super) mod said;
#[cfg(test)]
mod tests;
mod timeline;
mod tying;

use super::edit::InPlace;
use super::layer::{Among, Answer, Cx, Effect, Layer, Place, Slot};
use super::modals::{history::History, log, twin::Twin, why::Why};
use super::terminal::Input;
use super::text::clean;
use super::{column, copy, done, pane};
use crate::config::DensityChoice;
use crate::domain::answer::Detail;
use crate::domain::change::Change;
use crate::domain::id::{ActivityId, RecordId, Ref};
use crate::keys::{Command, KeyMode, Keys, Row, rows};
use crate::workspace::request::{Reply, Request};
use about::About;
use associations::Associations;
pub(super) use edit::is_of_fields;
use places::{Part, Places};
use ratatui::Frame;
use ratatui::layout::Rect;
use timeline::{Density, PIECE, Timeline, Under};
use tying::TIES;

const DETAIL: Slot = 0;
const TIMELINE: Slot = 1;
/// Where the record stands in its list.
const STANDING: Slot = 2;
/// The record before or after it.
const NEIGHBOUR: Slot = 3;
const DELETE: Slot = 4;
const COPY: Slot = 5;
/// What becomes of a change to an activity, or of a lead that moves.
const ACTIVITY: Slot = 7;

pub struct RecordPage {
    /// The record that is wanted; until its answer is there, the one before stays on the screen.
    id: RecordId,
    among: Option<Among>,
    /// Records of the list, once that is known.
    total: Option<usize>,
    detail: Option<Box<Detail>>,
    is_missing: bool,
    focus: Part,
    /// What stands beside the timeline where there is room for two.
    side: Part,
    density: Option<Density>,
    about: About,
    timeline: Timeline,
    associations: Associations,
    edits: InPlace,
    /// Of which activity the text is in the user's editor.
    text_of: Option<ActivityId>,
    /// As they were drawn last.
    places: Places,
    screen_height: u16,
    cursor: Option<Rect>,
}

impl RecordPage {
    /// `among` is the list that the record stands in, for the next and previous one.
    pub fn new(id: RecordId, among: Option<Among>) -> RecordPage {
        RecordPage {
            id,
            among,
            total: None,
            detail: None,
            is_missing: false,
            focus: Part::Timeline,
            side: Part::About,
            density: None,
            about: About::default(),
            timeline: Timeline::default(),
            associations: Associations::default(),
            edits: InPlace::default(),
            text_of: None,
            places: Places::default(),
            screen_height: 0,
            cursor: None,
        }
    }

    fn ask(&self) -> Vec<Effect> {
        let activities = if self.timeline.is_whole() { PIECE } else { 0 };
        let mut effects = vec![Effect::Ask(DETAIL, Request::Detail { id: self.id, activities })];
        if let Some(Among { query, at }) = &self.among {
            let around = Some(self.id);
            let page = Request::Page { query: query.clone(), from: *at, limit: 1, around };
            effects.push(Effect::Ask(STANDING, page));
        }
        effects
    }

    fn ask_timeline(&mut self) -> Vec<Effect> {
        let Some(detail) = &self.detail else { return Vec::new() };
        let request = self.timeline.ask(detail.row.record.id);
        request.map(|request| Effect::Ask(TIMELINE, request)).into_iter().collect()
    }

    fn take(&mut self, mut detail: Box<Detail>, cx: &Cx) -> Vec<Effect> {
        let id = detail.row.record.id;
        let is_another = self.detail.as_ref().is_none_or(|shown| shown.row.record.id != id);
        if is_another {
            self.about.reset();
            self.timeline.reset();
            self.associations.reset();
        }
        self.timeline.take_first(std::mem::take(&mut detail.timeline));
        self.associations.take(&detail, cx);
        self.edits.refreshed();
        self.detail = Some(detail);
        self.is_missing = false;
        let mut effects = self.ask_timeline();
        effects.extend(is_another.then_some(Effect::Saw(id)));
        effects
    }

    /// What is under the cursor opens: a record, or a fold.
    fn open(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.under() {
            Under::Record(id) if id != self.id => return vec![Effect::Go(Place::Record(id))],
            Under::Foldable { unfolded } => self.set_fold(!unfolded, cx),
            Under::Property(_) | Under::More => return self.edit(cx),
            Under::Record(_) | Under::Nothing => {}
        }
        Vec::new()
    }

    fn select_tab(&mut self, tab: usize) {
        self.timeline.select_tab(tab);
        self.look_at(Part::Timeline);
    }

    fn density(&self, cx: &Cx) -> Density {
        let set = match cx.config.density {
            DensityChoice::Auto if self.screen_height < places::LOW => Density::Compact,
            DensityChoice::Auto | DensityChoice::Comfortable => Density::Comfortable,
            DensityChoice::Compact => Density::Compact,
        };
        self.density.unwrap_or(set)
    }

    /// Whether a change touches what is shown.
    fn concerns(&self, what: &Ref) -> bool {
        let ties = || self.detail.iter().flat_map(|detail| &detail.sections).flat_map(|section| &section.ties);
        match what {
            Ref::Record(id) => *id == self.id || ties().any(|tie| tie.record.id == *id),
            // On which records an activity is, its id does not say.
            Ref::Activity(_) => true,
        }
    }

    fn plural<'a>(&self, cx: &'a Cx) -> &'a str {
        cx.settings.object(self.id.object).map_or("Records", |spec| spec.plural.as_str())
    }
}

impl Layer for RecordPage {
    fn place(&self) -> Option<Place> {
        Some(Place::Record(self.id))
    }

    fn name(&self, cx: &Cx) -> String {
        let singular = cx.settings.object(self.id.object).map_or("record", |spec| spec.singular.as_str());
        format!("the {} page", singular.to_lowercase())
    }

    fn crumbs(&self, cx: &Cx) -> Vec<String> {
        let name = self.detail.as_ref().map(|detail| clean(&detail.row.record.name()).into_owned());
        let gone = || if self.is_missing { "not there" } else { cx.look.glyphs.ellipsis }.to_owned();
        vec![self.plural(cx).to_owned(), name.filter(|_| !self.is_missing).unwrap_or_else(gone)]
    }

    fn keys(&self) -> &'static [Keys] {
        if let Some(keys) = self.edits.keys() {
            return keys;
        }
        if let Some(keys) = self.panel_keys().or_else(|| self.timeline_keys()) {
            return keys;
        }
        match self.under() {
            Under::Property(_) | Under::More => rows::RECORD_EDIT,
            Under::Foldable { unfolded: true } => rows::RECORD_FOLD,
            Under::Foldable { unfolded: false } => rows::RECORD_UNFOLD,
            Under::Record(_) | Under::Nothing => rows::RECORD,
        }
    }

    fn more_keys(&self, _: &Cx) -> Vec<Row> {
        self.lead_rows().chain(self.panel_rows()).collect()
    }

    fn mode(&self) -> KeyMode {
        if self.edits.is_open() || self.associations.is_typing() || self.timeline.is_typing() {
            KeyMode::Text
        } else {
            KeyMode::Normal
        }
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        self.remember(cx);
        self.ask()
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        if let Some(effects) = self.edits.input(input, cx).or_else(|| self.associations.type_in(input)) {
            return Some(effects);
        }
        match input {
            _ if self.timeline.type_in(input) => Some(self.ask_timeline()),
            Input::Mouse(event) => self.point(*event, cx),
            Input::Resize { .. } => Some(self.ask_timeline()),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        if self.edits.is_open() {
            return None;
        }
        let on_timeline = self.act_obstacle(command).or_else(|| self.narrow_obstacle(command));
        let on_timeline = on_timeline.or_else(|| self.lead_obstacle(command, cx));
        if let Some(obstacle) = on_timeline.or_else(|| self.tie_obstacle(command, cx)) {
            return Some(obstacle);
        }
        if (command == Command::Edit && self.focus != Part::Timeline)
            || (command == Command::Open && matches!(self.under(), Under::Property(_)))
        {
            return self.edit_obstacle(cx);
        }
        if Self::is_copying(command) {
            return self.uncopied(command, cx);
        }
        self.obstacle(command).map(str::to_owned)
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        if self.edits.is_open() && is_of_fields(command) {
            return self.run_edit(command, count, cx);
        }
        let on_timeline = self.run_acting(command, cx).or_else(|| self.run_narrowing(command, count, cx));
        if let Some(effects) = on_timeline.or_else(|| self.run_ties(command, count, cx)) {
            return effects;
        }
        let times = count.unwrap_or(1).max(1) as isize;
        match command {
            Command::Edit => return self.edit(cx),
            Command::EditProperty => return self.choose_property(cx),
            Command::Qualify | Command::Disqualify | Command::Reopen => return self.move_lead(command, cx),
            Command::Open => {
                let mut effects = self.open(cx);
                effects.extend(self.ask_timeline());
                return effects;
            }
            Command::ToggleFold => {
                let unfolded = matches!(self.under(), Under::Foldable { unfolded: true });
                self.set_fold(!unfolded, cx);
            }
            Command::Fold => self.set_fold(false, cx),
            Command::Unfold => self.set_fold(true, cx),
            Command::FoldAll => self.fold_all(false),
            Command::UnfoldAll => self.fold_all(true),
            Command::NextPane => self.turn(true),
            Command::PreviousPane => self.turn(false),
            Command::NextTab => self.select_tab((self.timeline.tab() + 1) % Timeline::tabs()),
            Command::PreviousTab => self.select_tab((self.timeline.tab() + Timeline::tabs() - 1) % Timeline::tabs()),
            Command::SelectTab(number) => self.select_tab(usize::from(number).saturating_sub(1)),
            Command::ToggleDensity => {
                self.density = Some(match self.density(cx) {
                    Density::Comfortable => Density::Compact,
                    Density::Compact => Density::Comfortable,
                });
            }
            Command::Delete => {
                return vec![Effect::Perform(DELETE, Change::Delete { what: vec![self.id.into()] })];
            }
            Command::ToggleFollow => return self.toggle_follow(cx),
            Command::Merge => {
                let twin = self.detail.as_ref().map(|detail| Twin::new(self.id, &detail.row.record.name()));
                return twin.map(|twin| Effect::Push(Box::new(twin) as Box<dyn Layer>)).into_iter().collect();
            }
            command if log::is_logging(command) => {
                let name = self.detail.as_ref().map(|detail| detail.row.record.name()).unwrap_or_default();
                return log::open(command, vec![self.id], &name, cx);
            }
            Command::Why => return Why::about(self.matter(cx)),
            Command::History => return History::about(self.matter(cx)),
            Command::NextRecord => return self.ask_neighbour(times),
            Command::PreviousRecord => return self.ask_neighbour(-times),
            Command::Escape => return vec![Effect::Back],
            command if Self::is_copying(command) => return self.copy(command, cx),
            movement => {
                self.move_cursor(movement, count);
            }
        }
        self.ask_timeline()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        if let Some(effects) = self.take_edited(slot, &reply) {
            return effects;
        }
        match (slot, reply) {
            (DETAIL, Reply::Detail(Some(detail))) => self.take(detail, cx),
            (DETAIL, Reply::Detail(None)) => {
                self.is_missing = true;
                Vec::new()
            }
            (TIMELINE, Reply::Timeline(page)) => {
                self.timeline.take(page);
                self.ask_timeline()
            }
            (TIMELINE, Reply::Failed(_)) => {
                self.timeline.failed();
                Vec::new()
            }
            (STANDING, Reply::Page(page)) => {
                self.stand(&page);
                Vec::new()
            }
            (DELETE, reply) => {
                let mut effects = done::told(&reply);
                // There is nothing left to be looked at.
                effects.extend(matches!(reply, Reply::Done(_)).then_some(Effect::Back));
                effects
            }
            (TIES | ACTIVITY, reply) => done::told(&reply),
            (COPY, reply) => copy::told(&reply),
            (NEIGHBOUR, Reply::Page(page)) => self.go_to_neighbour(&page),
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, reply: &Reply, _: &Cx) -> Vec<Effect> {
        match reply {
            // None named: anything may be different.
            Reply::Changed(refs) if refs.is_empty() || refs.iter().any(|what| self.concerns(what)) => {
                self.timeline.outdated();
                self.ask()
            }
            _ => Vec::new(),
        }
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Property(property) => self.edit_property(property, cx),
            Answer::Edited(text) => self.take_text(&text).unwrap_or_else(|| self.edits.edited(&text, cx)),
            Answer::Merged(id) => self.turn_to(id),
            Answer::Labels(labels) => self.relabel(labels),
            Answer::Chosen(object) => self.picked(&object, cx),
            Answer::Narrowed(filters) => self.narrow(filters),
            Answer::Moment(at) => {
                self.timeline.jump(at);
                self.ask_timeline()
            }
            _ => Vec::new(),
        }
    }

    fn spins(&self) -> bool {
        self.edits.is_saving()
    }

    fn cursor(&self) -> Option<Rect> {
        if self.edits.is_open() {
            return self.cursor;
        }
        // From the bar on.
        self.cursor.map(|row| Rect { x: row.x.saturating_sub(1), width: row.width + 2, ..row })
    }

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &Cx) {
        self.draw_page(frame.buffer_mut(), area, cx);
    }
}
