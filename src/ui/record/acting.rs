//! What is done with an activity on the timeline of a record's page: edited, pinned, put on other records, deleted.

use super::places::Part;
use super::{ACTIVITY, RecordPage};
use crate::domain::activity::ActivityEdit;
use crate::domain::answer::Item;
use crate::domain::change::Change;
use crate::domain::id::{RecordId, Ref};
use crate::keys::Command;
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::log::form::LogForm;
use crate::ui::modals::targets::TargetPicker;

impl RecordPage {
    /// The activity under the cursor, and the record of it that is.
    fn activity_here(&self) -> Option<(&Item, Option<RecordId>)> {
        let (item, target) = self.timeline.current().filter(|_| self.focus == Part::Timeline)?;
        Some((item, target.and_then(|place| Some(item.activity.targets.get(place)?.record))))
    }

    /// Why a command about an activity can't be done now.
    pub(super) fn act_obstacle(&self, command: Command) -> Option<String> {
        use Command as C;
        let is_meant = match command {
            C::DeleteActivity | C::EditText | C::Pin => true,
            C::Edit => self.focus == Part::Timeline,
            _ => false,
        };
        let none = || "the cursor is on no activity, j goes to one".to_owned();
        let here = self.activity_here();
        let changes = matches!(command, C::Edit | C::EditText | C::Associate) && self.focus == Part::Timeline;
        if changes && here.is_some_and(|(item, _)| item.activity.is_event()) {
            return Some("an event stays as it was told".to_owned());
        }
        (is_meant && here.is_none()).then(none)
    }

    /// Commands about the activity under the cursor; `None`: it is another one.
    pub(super) fn run_acting(&mut self, command: Command, cx: &Cx) -> Option<Vec<Effect>> {
        let (item, target) = self.activity_here()?;
        let id = item.activity.id;
        let change = match (command, target) {
            (Command::Associate, _) => return Some(vec![Effect::Push(Box::new(TargetPicker::new(id)))]),
            (Command::Edit, _) => return Some(vec![Effect::Push(Box::new(LogForm::of_activity(item, cx)))]),
            (Command::EditText, _) => {
                let text = item.activity.text.clone();
                self.text_of = Some(id);
                return Some(vec![Effect::EditOutside(text)]);
            }
            (Command::Pin, _) => {
                let record = &self.detail.as_ref()?.row.record;
                let activity = (record.pinned() != Some(id)).then_some(id);
                Change::Pin { record: record.id, activity }
            }
            (Command::DeleteActivity, _) => Change::Delete { what: vec![Ref::Activity(id)] },
            (Command::TakeOff, Some(record)) => {
                let edit = Box::new(ActivityEdit::default());
                Change::Amend { activity: id, edit, attach: Vec::new(), detach: vec![record] }
            }
            _ => return None,
        };
        Some(vec![Effect::Perform(ACTIVITY, change)])
    }

    /// What came back from the editor, if it was the text of an activity.
    pub(super) fn take_text(&mut self, text: &str) -> Option<Vec<Effect>> {
        let activity = self.text_of.take().filter(|_| !self.edits.is_open())?;
        let edit = Box::new(ActivityEdit { text: Some(text.to_owned()), ..ActivityEdit::default() });
        let change = Change::Amend { activity, edit, attach: Vec::new(), detach: Vec::new() };
        Some(vec![Effect::Perform(ACTIVITY, change)])
    }
}
