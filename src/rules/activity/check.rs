//! What an activity must be to be logged (R3.1).

use crate::domain::activity::{ActivityKind, Details};
use crate::domain::change::Refusal;
use crate::domain::graph::Graph;
use crate::domain::logging::Logging;
use crate::rules::{Draft, Planned};
use chrono::{DateTime, Utc};

/// Addresses of one activity at most.
const ADDRESSES_MOST: usize = 1_000;

/// When it happened or will.
pub(super) fn checked(draft: &Draft, asked: &Logging) -> Planned<DateTime<Utc>> {
    let at = asked.at.unwrap_or(draft.asking.now);
    let no = |sentence: String| Err(Refusal::rule(3, 1, sentence).into());
    if !is_of(asked.kind, &asked.details) {
        return no(format!("These are not the fields of {}", asked.kind.row().one));
    }
    if let Details::Meeting { end: Some(end), .. } = &asked.details
        && *end < at
    {
        return no("The meeting ends before it starts. Give an end after its start".to_owned());
    }
    if let Details::Task { assignee: Some(user), .. } = &asked.details
        && draft.settings().user(*user).is_none()
    {
        return Err(Refusal::Missing("That user is not there".to_owned()).into());
    }
    let addresses = match &asked.details {
        Details::Email { to, cc, .. } => to.len() + cc.len(),
        Details::Message { to, .. } => to.len(),
        Details::Meeting { attendees, .. } => attendees.len(),
        _ => 0,
    };
    if addresses.max(asked.with.len()) > ADDRESSES_MOST {
        return no(format!("An activity has {ADDRESSES_MOST} addresses at most. Log it with the ones that matter"));
    }
    Ok(at)
}

fn is_of(kind: ActivityKind, details: &Details) -> bool {
    match details {
        Details::Call { .. } => kind == ActivityKind::Call,
        Details::Email { .. } => kind == ActivityKind::Email,
        Details::Meeting { .. } => kind == ActivityKind::Meeting,
        Details::Note => kind == ActivityKind::Note,
        Details::Task { .. } => kind == ActivityKind::Task,
        Details::Message { .. } => matches!(
            kind,
            ActivityKind::PostalMail | ActivityKind::LinkedIn | ActivityKind::Sms | ActivityKind::WhatsApp
        ),
    }
}
