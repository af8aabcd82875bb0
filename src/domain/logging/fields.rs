//! The fields that each type of activity has of its own (R3.1), as they are written. To add one, add a row to
//! [`FIELDS`].

mod told;

use super::Logging;
use crate::domain::activity::{
    ActivityKind, Aspect, CallOutcome, Details, Direction, MeetingOutcome, Priority, TaskKind,
};
use crate::domain::email;
use crate::domain::fold::fold;
use crate::domain::settings::Settings;
use crate::domain::value::{Reading, Value, several};
use crate::domain::when;

/// Characters of a short text such as a queue's name.
const SHORT_MOST: usize = 200;

type Write = fn(&mut Logging, &str, &Reading) -> Result<(), String>;
type Read = fn(&Details) -> Option<Value>;

pub use told::{moment_written, shown};

pub struct Field {
    /// In scripts.
    pub name: &'static str,
    /// Which types have it.
    pub kinds: &'static [ActivityKind],
    write: Write,
    /// What the details say of it; of what stands beside them, such as the start of a meeting, nothing.
    read: Read,
}

pub const FIELDS: &[Field] = &[
    Field { name: "subject", kinds: ActivityKind::ALL, write: subject, read: told::beside },
    Field { name: "text", kinds: ActivityKind::ALL, write: text, read: told::beside },
    Field { name: "at", kinds: ActivityKind::ALL, write: at, read: told::beside },
    Field { name: "direction", kinds: ActivityKind::DIRECTED, write: direction, read: told::direction },
    Field { name: "from", kinds: ActivityKind::SENT, write: sender, read: told::sender },
    Field { name: "to", kinds: ActivityKind::SENT, write: recipients, read: told::recipients },
    Field { name: "thread", kinds: &[ActivityKind::Email], write: thread, read: told::thread },
    Field { name: "attendees", kinds: &[ActivityKind::Meeting], write: recipients, read: told::recipients },
    Field { name: "outcome", kinds: &[ActivityKind::Call, ActivityKind::Meeting], write: outcome, read: told::outcome },
    Field { name: "duration", kinds: &[ActivityKind::Call], write: duration, read: told::duration },
    Field { name: "start", kinds: &[ActivityKind::Meeting], write: start, read: told::beside },
    Field { name: "end", kinds: &[ActivityKind::Meeting], write: end, read: told::end },
    Field { name: "location", kinds: &[ActivityKind::Meeting], write: location, read: told::location },
    Field { name: "cc", kinds: &[ActivityKind::Email], write: copies, read: told::copies },
    Field { name: "due", kinds: &[ActivityKind::Task], write: due, read: told::beside },
    Field { name: "priority", kinds: &[ActivityKind::Task], write: priority, read: told::priority },
    Field { name: "queue", kinds: &[ActivityKind::Task], write: queue, read: told::queue },
    Field { name: "assignee", kinds: &[ActivityKind::Task], write: assignee, read: told::assignee },
    Field { name: "task_type", kinds: &[ActivityKind::Task], write: task_type, read: told::task_type },
];

impl Field {
    pub fn of(kind: ActivityKind, name: &str) -> Option<&'static Field> {
        FIELDS.iter().find(|field| field.name == name && field.kinds.contains(&kind))
    }

    /// The names of a type's fields.
    pub fn names(kind: ActivityKind) -> Vec<&'static str> {
        FIELDS.iter().filter(|field| field.kinds.contains(&kind)).map(|field| field.name).collect()
    }

    /// As it could have been written; empty where nothing is said.
    pub fn written(&self, details: &Details, settings: &Settings) -> String {
        (self.read)(details).map_or_else(String::new, |value| told::written(&value, settings))
    }

    /// Fills it in; blank text leaves it empty. The error is a sentence for the person who wrote it.
    pub fn write(&self, into: &mut Logging, text: &str, cx: &Reading) -> Result<(), String> {
        (self.write)(into, text.trim(), cx)
    }
}

/// What differs between two ways of one aspect of an activity, by the names of fields in scripts.
pub fn differences(from: &Aspect, to: &Aspect) -> Vec<(&'static str, Option<Value>, Option<Value>)> {
    match (from, to) {
        (Aspect::At(old), Aspect::At(new)) => vec![("at", Some(Value::Time(*old)), Some(Value::Time(*new)))],
        (Aspect::Subject(old), Aspect::Subject(new)) => vec![("subject", told::text(old), told::text(new))],
        (Aspect::Text(old), Aspect::Text(new)) => vec![("text", told::text(old), told::text(new))],
        (Aspect::Details(old), Aspect::Details(new)) => {
            let all = FIELDS.iter().map(|field| (field.name, (field.read)(old), (field.read)(new)));
            let done = ("done", told::done(old), told::done(new));
            all.chain([done]).filter(|(_, old, new)| old != new).collect()
        }
        _ => Vec::new(),
    }
}

fn subject(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    into.subject = short(text)?;
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "a row of the fields")]
fn text(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    text.clone_into(&mut into.text);
    Ok(())
}

fn direction(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    let way = optional(Direction::ROWS, text)?.unwrap_or(Direction::Out);
    match &mut into.details {
        Details::Call { direction, .. } | Details::Email { direction, .. } | Details::Message { direction, .. } => {
            *direction = way;
        }
        _ => {}
    }
    Ok(())
}

fn sender(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    match &mut into.details {
        Details::Email { from, .. } => *from = email::parse(text)?,
        Details::Message { from, .. } => *from = short(text)?,
        _ => {}
    }
    Ok(())
}

fn recipients(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    match &mut into.details {
        Details::Email { to, .. } => *to = several(text).map(email::parse).collect::<Result<_, _>>()?,
        Details::Message { to, .. } => *to = several(text).map(short).collect::<Result<_, _>>()?,
        Details::Meeting { attendees, .. } => *attendees = several(text).map(short).collect::<Result<_, _>>()?,
        _ => {}
    }
    Ok(())
}

fn thread(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    if let Details::Email { thread, .. } = &mut into.details {
        *thread = Some(short(text)?).filter(|thread| !thread.is_empty());
    }
    Ok(())
}

fn outcome(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    match &mut into.details {
        Details::Call { outcome, .. } => *outcome = optional(CallOutcome::ROWS, text)?,
        Details::Meeting { outcome, .. } => *outcome = optional(MeetingOutcome::ROWS, text)?,
        _ => {}
    }
    Ok(())
}

fn duration(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    if let Details::Call { duration, .. } = &mut into.details {
        *duration = if text.is_empty() { None } else { Some(seconds(text)?) };
    }
    Ok(())
}

fn at(into: &mut Logging, text: &str, cx: &Reading) -> Result<(), String> {
    if into.kind == ActivityKind::Task { due(into, text, cx) } else { start(into, text, cx) }
}

fn start(into: &mut Logging, text: &str, cx: &Reading) -> Result<(), String> {
    into.at = moment(text, cx)?;
    Ok(())
}

fn end(into: &mut Logging, text: &str, cx: &Reading) -> Result<(), String> {
    if let Details::Meeting { end, .. } = &mut into.details {
        *end = moment(text, cx)?;
    }
    Ok(())
}

fn location(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    if let Details::Meeting { location, .. } = &mut into.details {
        *location = short(text)?;
    }
    Ok(())
}

fn copies(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    if let Details::Email { cc, .. } = &mut into.details {
        *cc = several(text).map(email::parse).collect::<Result<_, _>>()?;
    }
    Ok(())
}

fn due(into: &mut Logging, text: &str, cx: &Reading) -> Result<(), String> {
    let at = moment(text, cx)?;
    if let Details::Task { has_due, .. } = &mut into.details {
        *has_due = at.is_some();
        into.at = at;
    }
    Ok(())
}

fn priority(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    if let Details::Task { priority, .. } = &mut into.details {
        *priority = optional(Priority::ROWS, text)?.unwrap_or(Priority::None);
    }
    Ok(())
}

fn queue(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    if let Details::Task { queue, .. } = &mut into.details {
        *queue = short(text)?;
    }
    Ok(())
}

fn assignee(into: &mut Logging, text: &str, cx: &Reading) -> Result<(), String> {
    let user = match text {
        "" => None,
        "me" => cx.me,
        text => match cx.settings.user_by_email(text) {
            Some(user) => Some(user.id),
            None => return Err(format!("“{text}” is no user; `lejek user list` names them")),
        },
    };
    if let Details::Task { assignee, .. } = &mut into.details {
        *assignee = user;
    }
    Ok(())
}

fn task_type(into: &mut Logging, text: &str, _: &Reading) -> Result<(), String> {
    if let Details::Task { task, .. } = &mut into.details {
        *task = optional(TaskKind::ROWS, text)?.unwrap_or(TaskKind::ToDo);
    }
    Ok(())
}

fn optional<T: Copy>(rows: &[(T, &str)], text: &str) -> Result<Option<T>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    // As on the screen or as in scripts: `Left voicemail`, `left_voicemail`.
    let plain = |text: &str| fold(text).replace(['_', '-'], " ");
    let wanted = plain(text);
    let found = rows.iter().find(|(_, label)| plain(label) == wanted);
    found.map(|(value, _)| Some(*value)).ok_or_else(|| {
        let labels: Vec<&str> = rows.iter().map(|(_, label)| *label).collect();
        format!("“{text}” is not one of: {}", labels.join(", "))
    })
}

fn moment(text: &str, cx: &Reading) -> Result<Option<chrono::DateTime<chrono::Utc>>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    when::parse_moment(text, &cx.clock()).map(|moment| Some(moment.at)).map_err(|error| error.to_string())
}

fn short(text: &str) -> Result<String, String> {
    if text.chars().count() > SHORT_MOST {
        return Err(format!("This is too long: {SHORT_MOST} characters at most"));
    }
    Ok(text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect())
}

/// Of `12m`, `1h 20m`, `45s`, `12:30` (minutes and seconds).
fn seconds(text: &str) -> Result<u32, String> {
    let no = || format!("“{text}” is not a duration. Write it like 12m, 1h 20m, 45s or 12:30");
    if let Some((minutes, seconds)) = text.split_once(':') {
        let (minutes, seconds) = (minutes.parse::<u32>().map_err(|_| no())?, seconds.parse::<u32>().map_err(|_| no())?);
        return if seconds < 60 { minutes.checked_mul(60).and_then(|m| m.checked_add(seconds)) } else { None }
            .ok_or_else(no);
    }
    let mut total = 0_u32;
    let mut digits = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let unit = match c {
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return Err(no()),
        };
        let count: u32 = digits.parse().map_err(|_| no())?;
        digits.clear();
        total = count.checked_mul(unit).and_then(|more| total.checked_add(more)).ok_or_else(no)?;
    }
    if digits.is_empty() && !text.is_empty() { Ok(total) } else { Err(no()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_says_its_unit() {
        for (written, wanted) in [("12m", 720), ("1h 20m", 4800), ("1h20m5s", 4805), ("45s", 45), ("12:30", 750)] {
            assert_eq!(seconds(written), Ok(wanted), "{written}");
        }
        for written in ["12", "m", "1d", "12:75", "99999999h", "-3m", "12m 5"] {
            assert!(seconds(written).is_err(), "{written}");
        }
    }

    #[test]
    fn outcomes_go_by_label_or_script_name() {
        assert_eq!(optional(CallOutcome::ROWS, "left_voicemail"), Ok(Some(CallOutcome::LeftVoicemail)));
        assert_eq!(optional(CallOutcome::ROWS, "No Answer"), Ok(Some(CallOutcome::NoAnswer)));
        assert!(optional(CallOutcome::ROWS, "Scheduled").unwrap_err().contains("Busy, Connected"));
    }
}
