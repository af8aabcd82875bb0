//! What the side panel does to associations: opens the picker, takes one off, makes it primary, labels it; and the search
//! within the panel.

use super::RecordPage;
use super::places::Part;
use super::timeline::Under;
use crate::domain::association::{Labelling, Tying, has_primary};
use crate::domain::change::Change;
use crate::domain::id::{LabelId, Object, RecordId};
use crate::keys::{Command, Keys, Row, rows, rows_of};
use crate::ui::layer::{Cx, Effect, Slot};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::modals::labels::{labels, unlabelled};
use crate::ui::modals::picker::Picker;
use crate::ui::text::clean;

/// What becomes of a change to an association.
pub(super) const TIES: Slot = 6;

impl RecordPage {
    /// The rows of the panel, where they are others than those of the page.
    pub(super) fn panel_keys(&self) -> Option<&'static [Keys]> {
        if self.associations.is_typing() {
            return Some(&[rows::SEARCH_BOX]);
        }
        let is_tie = self.focus == Part::Associations && matches!(self.under(), Under::Record(_));
        is_tie.then_some(rows::RECORD_TIE)
    }

    /// The panel is searched wherever the cursor is in it.
    pub(super) fn panel_rows(&self) -> Vec<Row> {
        let is_panel = self.focus == Part::Associations && self.panel_keys().is_none() && !self.edits.is_open();
        if is_panel { rows_of(&[rows::PANEL]).collect() } else { Vec::new() }
    }

    /// Why a command of the panel can't be done now.
    pub(super) fn tie_obstacle(&self, command: Command, cx: &Cx) -> Option<String> {
        match command {
            Command::Associate | Command::Search if self.detail.is_none() => {
                Some("the record is still being read".to_owned())
            }
            Command::TakeOff if self.focus != Part::Timeline => self.no_tie(),
            Command::MakePrimary => self.no_tie().or_else(|| self.no_primary(cx)),
            Command::Labels => self.no_tie().or_else(|| unlabelled(self.id.object, self.associations.object()?, cx)),
            _ => None,
        }
    }

    fn no_tie(&self) -> Option<String> {
        let is_tie = self.focus == Part::Associations && self.associations.current().is_some();
        (!is_tie).then(|| "the cursor is on no associated record, tab goes to them".to_owned())
    }

    fn no_primary(&self, cx: &Cx) -> Option<String> {
        let tie = self.associations.current()?;
        let named = |object| {
            let singular = cx.settings.object(object).map_or("record", |spec| spec.singular.as_str());
            clean(singular).to_lowercase()
        };
        let (of, to) = (self.id.object, tie.record.id.object);
        if !has_primary(of, to) {
            return Some(format!("a {} has no primary {}", named(of), named(to)));
        }
        tie.link.primary.then(|| "it is the primary one already".to_owned())
    }

    /// Commands of the panel; `None`: it is for the page.
    pub(super) fn run_ties(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        if self.associations.is_typing() {
            match command {
                Command::KeepSearch => self.associations.end_search(true),
                Command::Escape => self.associations.end_search(false),
                movement => _ = self.associations.run(movement, count),
            }
            return Some(Vec::new());
        }
        let tie = self.associations.current().map(|tie| (tie.record.id, tie.record.name(), tie.link.labels.clone()));
        match (command, tie) {
            (Command::Associate, _) => Some(self.associate(cx)),
            (Command::Search, _) if self.focus == Part::Associations => {
                self.look_at(Part::Associations);
                self.associations.begin_search();
                Some(Vec::new())
            }
            (Command::Escape, _) if self.associations.is_searched() => {
                self.associations.end_search(false);
                Some(Vec::new())
            }
            (Command::TakeOff, Some((other, ..))) => {
                Some(vec![Effect::Perform(TIES, Change::dissociate(self.id, other))])
            }
            (Command::MakePrimary, Some((other, ..))) => Some(self.retie(Tying { primary: true, ..Tying::new(other) })),
            (Command::Labels, Some((other, name, has))) => {
                self.associations.labelled = Some(other);
                let choice = labels(&name, self.id.object, other.object, &has, cx);
                Some(vec![Effect::Push(Box::new(choice))])
            }
            _ => None,
        }
    }

    fn retie(&self, tying: Tying) -> Vec<Effect> {
        vec![Effect::Perform(TIES, Change::Associate { one: self.id, ties: vec![tying], off: Vec::new() })]
    }

    /// The labels that were chosen, unless they are what they were.
    pub(super) fn relabel(&mut self, mut labels: Vec<LabelId>) -> Vec<Effect> {
        let Some(other) = self.associations.labelled.take() else { return Vec::new() };
        labels.sort_unstable();
        let stands = |id: RecordId| {
            let sections = self.detail.iter().flat_map(|detail| &detail.sections);
            sections.flat_map(|section| &section.ties).find(|tie| tie.link.other == id).map(|tie| &tie.link.labels)
        };
        if stands(other) == Some(&labels) {
            return Vec::new();
        }
        self.retie(Tying { labels: Labelling::Exactly(labels), ..Tying::new(other) })
    }

    /// The picker for the section under the cursor; elsewhere one says first of what.
    fn associate(&mut self, cx: &Cx) -> Vec<Effect> {
        let under = self.associations.object().filter(|_| self.focus == Part::Associations);
        if let Some(object) = under {
            return self.pick(object, cx);
        }
        let own = self.id.object;
        // What a record has with its own kind is rarely what one looks for.
        let objects = cx.settings.objects.iter().map(|spec| (spec.object == own, spec));
        let mut objects: Vec<_> = objects.filter(|(is_own, _)| !(*is_own && own == Object::LEAD)).collect();
        objects.sort_by_key(|(is_own, _)| *is_own);
        let choice = |(_, spec): (bool, &crate::domain::object::ObjectSpec)| {
            let count = self.associations.count_of(spec.object);
            let aside = if count > 0 { format!("{count} so far") } else { String::new() };
            Choice::named(&spec.object.0.to_string(), &spec.plural, &aside)
        };
        let name = self.detail.as_ref().map(|detail| detail.row.record.name()).unwrap_or_default();
        let choices = objects.into_iter().map(choice).collect();
        vec![Effect::Push(Box::new(Choose::new(format!("Associate {}", clean(&name)), "", choices, 0)))]
    }

    /// Of which object, as it was chosen.
    pub(super) fn picked(&mut self, chosen: &str, cx: &Cx) -> Vec<Effect> {
        chosen.parse().map_or_else(|_| Vec::new(), |number| self.pick(Object(number), cx))
    }

    fn pick(&self, object: Object, cx: &Cx) -> Vec<Effect> {
        let picker = self.detail.as_deref().map(|detail| Picker::new(detail, object, cx));
        picker.map(|picker| Effect::Push(Box::new(picker))).into_iter().collect()
    }
}
