//! The JSON that answers are made of: authors, times, records by their heads, activities.

use super::session::Session;
use super::trouble::Trouble;
use crate::domain::activity::{Activity, CallOutcome, Details, Direction, MeetingOutcome};
use crate::domain::change::{Author, Origin, Reason};
use crate::domain::event::Whom;
use crate::domain::id::{RecordId, UserId};
use crate::domain::registration::Registration;
use crate::domain::value::rfc3339;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};

impl Session {
    /// A user's e-mail; `null`: the program itself.
    pub fn author(&self, by: Author) -> Json {
        self.email_of(by).into()
    }

    pub fn email_of(&self, by: Author) -> Option<String> {
        match by {
            Author::User(id) => self.settings.user(id).map(|user| user.email.clone()),
            Author::Program => None,
        }
    }

    /// The internal name of a record's object.
    pub fn object_name(&self, id: RecordId) -> &str {
        self.settings.object_ever(id.object).map_or("record", |spec| spec.name.as_str())
    }

    /// `{"id", "object", "name"}`.
    pub fn head(&self, id: RecordId, name: &str) -> Map<String, Json> {
        let pairs = [("id", id.to_string()), ("object", self.object_name(id).to_owned()), ("name", name.to_owned())];
        pairs.into_iter().map(|(key, text)| (key.to_owned(), Json::from(text))).collect()
    }

    /// An activity with the records that it is associated with, as far as the user sees them.
    pub fn activity(&self, activity: &Activity) -> Result<Json, Trouble> {
        let mut associations = Vec::new();
        for target in &activity.targets {
            if let Some(name) = self.name_of(target.record)? {
                let mut one = self.head(target.record, &name);
                one.insert("why".to_owned(), target.why.sentence().into());
                associations.push(Json::Object(one));
            }
        }
        Ok(json!({
            "id": activity.id.0.to_string(),
            "type": activity.kind.row().name,
            "at": time(activity.at),
            "subject": activity.subject,
            "text": activity.text,
            "logged_on": activity.home().to_string(),
            "logged_from": activity.logged_from.name(),
            "by": self.author(activity.stamp.by),
            "properties": self.details(&activity.details, activity.at),
            "associations": associations,
        }))
    }

    /// What the type of an activity has of its own; absent when empty.
    fn details(&self, details: &Details, at: DateTime<Utc>) -> Json {
        let way = |direction: &Direction| match direction {
            Direction::Out => "out",
            Direction::In => "in",
        };
        let user = |id: Option<UserId>| id.and_then(|id| self.email_of(Author::User(id)));
        let mut all = match details {
            Details::Call { direction, outcome, duration } => json!({
                "direction": way(direction), "outcome": outcome.map(CallOutcome::label), "duration": duration,
            }),
            Details::Email { direction, from, to, cc, thread } => json!({
                "direction": way(direction), "from": from, "to": to, "cc": cc, "thread": thread,
            }),
            Details::Meeting { end, attendees, location, outcome } => json!({
                "start": time(at), "end": end.map(time), "attendees": attendees, "location": location,
                "outcome": outcome.map(MeetingOutcome::label),
            }),
            Details::Note => json!({}),
            Details::Task { task, has_due, done, priority, assignee, queue } => json!({
                "task_type": task.label(), "due": has_due.then(|| time(at)), "done": done.map(time),
                "priority": priority.label(), "assignee": user(*assignee), "queue": queue,
            }),
            Details::Message { direction, from, to } => json!({
                "direction": way(direction), "from": from, "to": to,
            }),
            Details::Event { kind, whom, data } => {
                let (email, domain) = match whom {
                    Whom::Email(email) => (Some(email), None),
                    Whom::Domain(domain) => (None, Some(domain)),
                };
                json!({ "kind": kind, "email": email, "domain": domain, "data": given(data) })
            }
        };
        let is_empty = |value: &Json| value.is_null() || value == "" || value.as_array().is_some_and(Vec::is_empty);
        if let Some(all) = all.as_object_mut() {
            all.retain(|_, value| !is_empty(value));
        }
        all
    }
}

/// What an event carries, as it was given.
fn given(data: &str) -> Json {
    serde_json::from_str(data).unwrap_or_default()
}

/// RFC 3339 in UTC.
pub fn time(at: DateTime<Utc>) -> Json {
    rfc3339(at).into()
}

/// Who claims a record, from when until when.
pub fn registration(one: &Registration) -> Map<String, Json> {
    let pairs = [
        ("partner", one.partner.as_str().into()),
        ("from", time(one.from)),
        ("until", one.until.map_or(Json::Null, time)),
    ];
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// `command_line`, `interface`.
pub fn origin(origin: Origin) -> Json {
    origin.label().replace(' ', "_").into()
}

/// The rule's number; `null`: it was asked for.
pub fn rule(why: &Reason) -> Json {
    match why {
        Reason::Asked => Json::Null,
        Reason::Rule(rule, _) => rule.to_string().into(),
    }
}
