//! Properties edited on the page of their record: under the cursor, one after another by tab, or any one by its name.

use super::RecordPage;
use super::places::Part;
use super::timeline::Under;
use crate::domain::id::PropertyId;
use crate::keys::Command;
use crate::ui::edit::{Then, obstacle};
use crate::ui::layer::{Cx, Effect, Slot};
use crate::ui::modals::properties::Properties;
use crate::workspace::request::Reply;

/// Commands that are the field's while one is open.
pub fn is_of_fields(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::SaveField | C::NextField | C::PreviousField | C::Escape | C::MoveDown | C::MoveUp | C::Tick | C::EditOutside
    )
}

impl RecordPage {
    /// Edits what is under the cursor.
    pub(super) fn edit(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.focus == Part::About && self.under() == Under::More {
            return self.choose_property(cx);
        }
        let property = self.about.property().filter(|_| self.focus == Part::About);
        property.map_or_else(Vec::new, |property| self.edit_property(property, cx))
    }

    /// Edits a property, wherever the cursor is.
    pub(super) fn edit_property(&mut self, id: PropertyId, cx: &Cx) -> Vec<Effect> {
        let Some(detail) = &self.detail else { return Vec::new() };
        let record = &detail.row.record;
        if let Some(property) = cx.settings.object(record.id.object).and_then(|spec| spec.property(id)) {
            self.edits.begin(record, property, cx);
            self.look_at(Part::About);
        }
        Vec::new()
    }

    pub(super) fn choose_property(&self, cx: &Cx) -> Vec<Effect> {
        let Some(detail) = &self.detail else { return Vec::new() };
        vec![Effect::Push(Box::new(Properties::of(&detail.row.record, cx)))]
    }

    pub(super) fn run_edit(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let from = self.edits.at().map(|(_, property)| property);
        let (effects, then) = self.edits.run(command, count, cx);
        if matches!(then, Then::Next | Then::Previous) {
            let object = self.id.object;
            let spec = cx.settings.object(object);
            let can = |id: &PropertyId| {
                spec.and_then(|spec| spec.property(*id)).is_some_and(|property| obstacle(object, property).is_none())
            };
            let next = from.and_then(|from| self.about.beside(from, then == Then::Next, can));
            if let Some(next) = next {
                self.edit_property(next, cx);
            }
        }
        effects
    }

    /// What became of an edit; `None`: the answer is to something else.
    pub(super) fn take_edited(&mut self, slot: Slot, reply: &Reply) -> Option<Vec<Effect>> {
        let here = self.id;
        self.edits.reply(slot, reply, |record| record == here)
    }

    /// Why nothing is edited.
    pub(super) fn edit_obstacle(&self, cx: &Cx) -> Option<String> {
        if self.detail.is_none() {
            return Some("the record is still being read".to_owned());
        }
        if self.focus == Part::About && self.under() == Under::More {
            return None;
        }
        let Some(id) = self.about.property().filter(|_| self.focus == Part::About) else {
            return Some("the cursor is on no property, tab goes to them".to_owned());
        };
        let property = cx.settings.object(self.id.object).and_then(|spec| spec.property(id))?;
        obstacle(self.id.object, property)
    }
}
