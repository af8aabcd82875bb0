//! What becomes of a line: the activity, and the task that follows.

use super::{Line, Outcome, Then, ToDo};
use crate::domain::activity::{ActivityKind as Kind, Details, Direction, LoggedFrom};
use crate::domain::id::RecordId;
use crate::domain::logging::Logging;
use crate::domain::user::User;
use crate::domain::when::Moment;
use chrono::{DateTime, Duration, Utc};

impl Line {
    /// As it would be logged on `on` by `user`.
    pub fn logging(&self, on: RecordId, user: &User) -> Logging {
        let direction = self.direction.unwrap_or(Direction::Out);
        let mut details = Details::empty(self.kind, direction, Some(user.id));
        match &mut details {
            Details::Call { outcome, duration, .. } => {
                *duration = self.length;
                *outcome = self.outcome.and_then(|said| if let Outcome::Call(own) = said { Some(own) } else { None });
            }
            Details::Email { from, to, .. } | Details::Message { from, to, .. } => {
                let own = user.email.clone();
                (*from, *to) = match direction {
                    Direction::Out => (own, self.with.clone()),
                    Direction::In => (self.with.first().cloned().unwrap_or_default(), vec![own]),
                };
            }
            Details::Meeting { end, attendees, location, outcome } => {
                *end = self.end.or_else(|| self.ends());
                attendees.clone_from(&self.with);
                location.clone_from(&self.location);
                *outcome =
                    self.outcome.and_then(|said| if let Outcome::Meeting(own) = said { Some(own) } else { None });
            }
            Details::Task { .. } => details = task(&self.todo, self.at.is_some(), user),
            Details::Note | Details::Event { .. } => {}
        }
        let with = if self.kind == Kind::Meeting { Vec::new() } else { self.with.clone() };
        let (subject, text) = (self.subject.clone(), self.text.clone());
        Logging { subject, text, with, ..bare(self.kind, on, self.at, details) }
    }

    /// Of a meeting that is so long.
    fn ends(&self) -> Option<DateTime<Utc>> {
        let length = Duration::seconds(self.length?.into());
        self.at?.at.checked_add_signed(length)
    }
}

impl Then {
    /// The task as it would be logged.
    pub fn logging(&self, on: RecordId, user: &User) -> Logging {
        let details = task(&self.todo, true, user);
        Logging { subject: self.title.clone(), ..bare(Kind::Task, on, Some(self.due), details) }
    }
}

fn task(todo: &ToDo, has_due: bool, user: &User) -> Details {
    Details::Task {
        task: todo.task,
        has_due,
        done: None,
        priority: todo.priority,
        assignee: Some(user.id),
        queue: todo.queue.clone(),
    }
}

fn bare(kind: Kind, on: RecordId, at: Option<Moment>, details: Details) -> Logging {
    Logging {
        kind,
        on,
        from: LoggedFrom::RecordPage,
        at: at.map(|moment| moment.at),
        subject: String::new(),
        text: String::new(),
        details,
        with: Vec::new(),
        conversation: Vec::new(),
        also: Vec::new(),
        except: Vec::new(),
    }
}
