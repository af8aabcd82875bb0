//! Copying and opening on a record page: what the record has, and the value under the cursor.

use super::places::Part;
use super::timeline::Under;
use super::{COPY, Cx, Effect, RecordPage};
use crate::domain::property::Property;
use crate::domain::value::{Value, shown};
use crate::keys::Command;
use crate::ui::copy::{self, Copied, Way};

impl RecordPage {
    /// Whether a command is one of copying and opening.
    pub(super) fn is_copying(command: Command) -> bool {
        command == Command::CopyValue || copy::is_of_record(command)
    }

    /// Why one of those does nothing now.
    pub(super) fn uncopied(&self, command: Command, cx: &Cx) -> Option<String> {
        let Some(detail) = self.detail.as_ref().filter(|_| !self.is_missing) else {
            return Some("there is no record to take it from".to_owned());
        };
        match command {
            Command::CopyValue if self.value_text(cx).is_none() => {
                Some("the cursor is on no value, tab turns to them".to_owned())
            }
            Command::CopyValue => None,
            Command::OpenLink if self.way(cx).is_some() => None,
            command => copy::blocked(command, &detail.row, cx),
        }
    }

    pub(super) fn copy(&self, command: Command, cx: &Cx) -> Vec<Effect> {
        let Some(detail) = &self.detail else { return Vec::new() };
        let columns = cx.settings.object(self.id.object).map_or(&[][..], |spec| &spec.columns);
        match (command, self.way(cx)) {
            (Command::CopyValue, _) => {
                let text = self.value_text(cx);
                text.map(|text| Effect::Copy(Copied::value(&text, cx))).into_iter().collect()
            }
            (Command::OpenLink, Some(way)) => vec![Effect::Open(way.link)],
            _ => copy::run(command, &detail.row, columns, COPY, cx),
        }
    }

    /// The value under the cursor, as it can be read elsewhere.
    fn value_text(&self, cx: &Cx) -> Option<String> {
        match self.focus {
            Part::About => self.value(cx).map(|(property, value)| shown(property, &value, cx.settings, cx.now)),
            Part::Timeline | Part::Associations => {
                let Under::Record(id) = self.under() else { return None };
                let mut ties = self.detail.as_ref()?.sections.iter().flat_map(|section| &section.ties);
                ties.find(|tie| tie.record.id == id).map(|tie| tie.record.name())
            }
        }
    }

    fn value<'c>(&self, cx: &Cx<'c>) -> Option<(&'c Property, Value)> {
        let id = self.about.property()?;
        let row = &self.detail.as_ref()?.row;
        cx.settings.object(row.record.id.object)?.property(id).zip(row.get(id))
    }

    /// What the value under the cursor opens.
    fn way(&self, cx: &Cx) -> Option<Way> {
        let (property, value) = self.value(cx).filter(|_| self.focus == Part::About)?;
        Way::of(property, &value, cx)
    }
}
