//! What `w` and `W` ask about on a record's page: the value, association or activity under the cursor, else the record.

use super::RecordPage;
use super::entry;
use super::places::Part;
use crate::domain::answer::Detail;
use crate::domain::id::{PropertyId, Ref};
use crate::domain::value::shown;
use crate::ui::Cx;
use crate::ui::matter::Matter;
use crate::workspace::why::About;

impl RecordPage {
    pub(super) fn matter(&self, cx: &Cx) -> Option<Matter> {
        let detail = self.detail.as_deref().filter(|_| !self.is_missing)?;
        let found = match self.focus {
            Part::About => self.about.property().and_then(|id| value(detail, id, cx)),
            Part::Timeline => self.activity(detail),
            Part::Associations => self.associations.current().map(|tie| {
                let record = &detail.row.record;
                let subject = format!("{} with {}", record.name(), tie.record.name());
                Matter { of: record.id.into(), about: About::With(tie.record.id), subject, value: None }
            }),
        };
        let whole = || {
            let record = &detail.row.record;
            Matter { of: record.id.into(), about: About::Itself, subject: record.name(), value: None }
        };
        Some(found.unwrap_or_else(whole))
    }

    /// On an activity why it is on this timeline, on one of its records why it is there.
    fn activity(&self, detail: &Detail) -> Option<Matter> {
        let (item, target) = self.timeline.current()?;
        let title = entry::title(&item.activity);
        let (record, name) = match target {
            Some(place) => (item.activity.targets.get(place)?.record, item.names.get(place)?.clone()?),
            None => (detail.row.record.id, detail.row.record.name()),
        };
        let subject = format!("{title} on {name}");
        Some(Matter { of: Ref::Activity(item.activity.id), about: About::With(record), subject, value: None })
    }
}

fn value(detail: &Detail, id: PropertyId, cx: &Cx) -> Option<Matter> {
    let record = &detail.row.record;
    let property = cx.settings.object(record.id.object)?.property(id)?;
    let value = detail.row.get(id).map(|value| shown(property, &value, cx.settings, cx.now));
    let subject = format!("{} of {}", property.label, record.name());
    Some(Matter { of: record.id.into(), about: About::Value(id), subject, value })
}
