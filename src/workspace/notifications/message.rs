//! What goes out of a notification: short, plain, with the key facts of its record as the recipient may see them, and
//! what to do next.

use crate::delivery::Message;
use crate::domain::graph::Read;
use crate::domain::id::{PropertyId, RecordId, Ref};
use crate::domain::notification::{ChannelKind, Notification};
use crate::domain::object::is;
use crate::domain::user::User;
use crate::domain::value::shown;
use crate::store::Store;
use chrono::{DateTime, Utc};
use std::fmt::Write;
use uuid::Uuid;

/// What is told of a record besides its name, as far as it has it.
const FACTS: &[PropertyId] = &[
    is::COMPANY,
    is::JOB_TITLE,
    is::EMAIL,
    is::PHONE,
    is::DOMAIN,
    is::STAGE,
    is::LIFECYCLE_STAGE,
    is::AMOUNT,
    is::CLOSE_DATE,
    is::PRIORITY,
    is::OWNER,
];

pub(super) fn of(store: &dyn Store, one: &Notification, to: &User, now: DateTime<Utc>) -> Read<Message> {
    let mut text = one.body.clone();
    let mut link = None;
    if let Some(Ref::Record(id)) = one.about {
        let facts = facts(store, id, to, one, now)?;
        if !facts.is_empty() {
            let _ = write!(text, "\n\n{facts}");
        }
        link = Some(format!("lejek show {}", id.short()));
    }
    for (label, said) in [("Next", &one.todo), ("Why you are told", &one.why)] {
        if !said.is_empty() {
            let _ = write!(text, "\n\n{label}: {said}");
        }
    }
    Ok(Message { id: one.id.0, to: to.email.clone(), subject: one.headline(), text: text.trim().to_owned(), link })
}

/// A line for each that is not said yet.
fn facts(store: &dyn Store, id: RecordId, to: &User, one: &Notification, now: DateTime<Utc>) -> Read<String> {
    let settings = store.settings();
    let Some(detail) = store.detail(id, &settings.viewer(to.id), now, 0)? else { return Ok(String::new()) };
    let Some(spec) = settings.object(id.object) else { return Ok(String::new()) };
    let mut lines = vec![format!("{}: {}", spec.singular, detail.row.record.name())];
    for property in FACTS.iter().filter_map(|id| spec.property(*id)) {
        if let Some(value) = detail.row.get(property.id) {
            let value = shown(property, &value, &settings, now);
            if !one.body.contains(&value) {
                lines.push(format!("{}: {value}", property.label));
            }
        }
    }
    Ok(lines.join("\n"))
}

pub(super) fn test(id: Uuid, to: &User, channel: ChannelKind) -> Message {
    Message {
        id,
        to: to.email.clone(),
        subject: "A test from lejek".to_owned(),
        text: format!("Notifications reach {} by this way: {}.", to.name, channel.label().to_lowercase()),
        link: None,
    }
}
