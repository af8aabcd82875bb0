//! What an activity must be to be logged (R3.1).

use crate::domain::activity::{ActivityKind, Details};
use crate::domain::change::Refusal;
use crate::domain::graph::Graph;
use crate::domain::logging::Logging;
use crate::domain::value::TEXT_MOST;
use crate::rules::{Draft, Planned};
use chrono::{DateTime, Utc};

/// Addresses of one activity at most.
const ADDRESSES_MOST: usize = 1_000;
/// Characters of a text at most: a long mail has room.
const LONG_MOST: usize = 1_000_000;

/// When it happened or will.
pub(super) fn asked(draft: &Draft, asked: &Logging) -> Planned<DateTime<Utc>> {
    let at = asked.at.unwrap_or(draft.asking.now);
    content(draft, asked.kind, at, &asked.details)?;
    few(asked.with.len())?;
    texts(&asked.subject, &asked.text)?;
    Ok(at)
}

/// Whether an activity of this type can be so.
pub(super) fn content(draft: &Draft, kind: ActivityKind, at: DateTime<Utc>, details: &Details) -> Planned {
    let no = |sentence: String| Err(Refusal::rule(3, 1, sentence).into());
    if !is_of(kind, details) {
        return no(format!("These are not the fields of {}", kind.row().one));
    }
    if let Details::Meeting { end: Some(end), .. } = details
        && *end < at
    {
        return no("The meeting ends before it starts. Give an end after its start".to_owned());
    }
    if let Details::Task { assignee: Some(user), .. } = details
        && draft.settings().user(*user).is_none()
    {
        return Err(Refusal::Missing("That user is not there".to_owned()).into());
    }
    Ok(few(match details {
        Details::Email { to, cc, .. } => to.len() + cc.len(),
        Details::Message { to, .. } => to.len(),
        Details::Meeting { attendees, .. } => attendees.len(),
        _ => 0,
    })?)
}

pub(super) fn texts(subject: &str, text: &str) -> Result<(), Refusal> {
    for (what, text, most) in [("subject", subject, TEXT_MOST), ("text", text, LONG_MOST)] {
        if text.len() > most && text.chars().count() > most {
            return Err(Refusal::rule(3, 1, format!("The {what} is too long: {most} characters at most")));
        }
    }
    Ok(())
}

fn few(addresses: usize) -> Result<(), Refusal> {
    if addresses <= ADDRESSES_MOST {
        return Ok(());
    }
    let sentence = format!("An activity has {ADDRESSES_MOST} addresses at most. Log it with the ones that matter");
    Err(Refusal::rule(3, 1, sentence))
}

fn is_of(kind: ActivityKind, details: &Details) -> bool {
    match details {
        Details::Call { .. } => kind == ActivityKind::Call,
        Details::Email { .. } => kind == ActivityKind::Email,
        Details::Meeting { .. } => kind == ActivityKind::Meeting,
        Details::Note => kind == ActivityKind::Note,
        Details::Task { .. } => kind == ActivityKind::Task,
        // Nobody logs or edits one by hand (R4.1).
        Details::Event { .. } => false,
        Details::Message { .. } => matches!(
            kind,
            ActivityKind::PostalMail | ActivityKind::LinkedIn | ActivityKind::Sms | ActivityKind::WhatsApp
        ),
    }
}
