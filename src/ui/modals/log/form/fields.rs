//! The fields of each type's form. To add one, add its row to [`ROWS`], what it fills to [`fill`], and how it reads of a
//! line to [`written`].

use crate::domain::activity::{
    ActivityKind as Kind, CallOutcome, Details, Direction, LoggedFrom, MeetingOutcome, Priority, TaskKind,
};
use crate::domain::email;
use crate::domain::id::{Object, OptionId, PropertyId, RecordId};
use crate::domain::logging::Logging;
use crate::domain::logging::fields as of_type;
use crate::domain::logging::line::{Then, ToDo};
use crate::domain::property::{Choice, Kind as Shape, Property, Tint, internal_name};
use crate::domain::value::{Value, several};
use crate::domain::{phone, when};
use crate::ui::edit::{FieldEditor, Of};
use crate::ui::layer::Cx;
use chrono::{DateTime, Utc};

pub struct Field {
    pub name: &'static str,
    pub editor: FieldEditor,
}

struct Row {
    name: &'static str,
    label: &'static str,
    shape: Shape,
    kinds: &'static [Kind],
}

const fn row(name: &'static str, label: &'static str, shape: Shape, kinds: &'static [Kind]) -> Row {
    Row { name, label, shape, kinds }
}

const ADDRESSED: &[Kind] = &[Kind::Email, Kind::PostalMail, Kind::LinkedIn, Kind::Sms, Kind::WhatsApp];
const DIRECTED: &[Kind] = &[Kind::Call, Kind::Email, Kind::PostalMail, Kind::LinkedIn, Kind::Sms, Kind::WhatsApp];
const TITLED: &[Kind] = &[Kind::Meeting, Kind::Task];
const UNTIMED: &[Kind] =
    &[Kind::Call, Kind::Email, Kind::Note, Kind::PostalMail, Kind::LinkedIn, Kind::Sms, Kind::WhatsApp];
const ALL: &[Kind] = &[
    Kind::Call,
    Kind::Email,
    Kind::Meeting,
    Kind::Note,
    Kind::Task,
    Kind::PostalMail,
    Kind::LinkedIn,
    Kind::Sms,
    Kind::WhatsApp,
];
const LED_ON: &[Kind] =
    &[Kind::Call, Kind::Email, Kind::Meeting, Kind::Note, Kind::PostalMail, Kind::LinkedIn, Kind::Sms, Kind::WhatsApp];

/// In their order on the form.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("title",     "Title",          Shape::Text,     TITLED),
    row("direction", "Direction",      Shape::Option,   DIRECTED),
    row("outcome",   "Outcome",        Shape::Option,   &[Kind::Call, Kind::Meeting]),
    row("at",        "When",           Shape::DateTime, UNTIMED),
    row("start",     "Start",          Shape::DateTime, &[Kind::Meeting]),
    row("end",       "End",            Shape::DateTime, &[Kind::Meeting]),
    row("due",       "Due",            Shape::DateTime, &[Kind::Task]),
    row("duration",  "Duration",       Shape::Text,     &[Kind::Call]),
    row("with",      "Number or e-mail", Shape::Texts,  &[Kind::Call]),
    row("attendees", "Attendees",      Shape::Texts,    &[Kind::Meeting]),
    row("location",  "Location",       Shape::Text,     &[Kind::Meeting]),
    row("from",      "From",           Shape::Text,     ADDRESSED),
    row("to",        "To",             Shape::Texts,    ADDRESSED),
    row("cc",        "Cc",             Shape::Emails,   &[Kind::Email]),
    row("subject",   "Subject",        Shape::Text,     UNTIMED),
    row("text",      "Text",           Shape::LongText, ALL),
    row("thread",    "Thread",         Shape::Text,     &[Kind::Email]),
    row("task_type", "Type",           Shape::Option,   &[Kind::Task]),
    row("priority",  "Priority",       Shape::Option,   &[Kind::Task]),
    row("queue",     "Queue",          Shape::Text,     &[Kind::Task]),
    row("assignee",  "Assignee",       Shape::User,     &[Kind::Task]),
    row("then_due",  "Then, due",      Shape::DateTime, LED_ON),
    row("then",      "A task follows", Shape::Text,     LED_ON),
    row("logged_from", "Logged from",  Shape::Option,   ALL),
];

/// The labels of the choices of a field, in the order of their numbers.
fn choices(name: &str, kind: Kind) -> Vec<&'static str> {
    match (name, kind) {
        ("direction", _) => Direction::ROWS.iter().map(|row| row.1).collect(),
        ("outcome", Kind::Call) => CallOutcome::ROWS.iter().map(|row| row.1).collect(),
        ("outcome", _) => MeetingOutcome::ROWS.iter().map(|row| row.1).collect(),
        ("task_type", _) => TaskKind::ROWS.iter().map(|row| row.1).collect(),
        ("priority", _) => Priority::ROWS.iter().map(|row| row.1).collect(),
        ("logged_from", _) => LoggedFrom::ROWS.iter().map(|row| row.2).collect(),
        _ => Vec::new(),
    }
}

/// What a field holds from the start.
fn preset(name: &str, cx: &Cx) -> Option<Value> {
    match name {
        "direction" | "priority" | "logged_from" => Some(Value::Option(OptionId(1))),
        "task_type" => Some(Value::Option(OptionId(TaskKind::ROWS.len() as u16))),
        "assignee" => Some(Value::User(cx.user.id)),
        _ => None,
    }
}

/// What an activity that was logged has no field for any more: whom it reached, what followed, where it came from.
const LOGGED_ONCE: &[&str] = &["with", "then", "then_due", "logged_from"];

/// Whether a form that logs, or edits, has that field. Few types are logged with a subject, all may have got one.
fn has(row: &Row, kind: Kind, edits: bool) -> bool {
    let is_rare = row.name == "subject" && !matches!(kind, Kind::Email | Kind::Call);
    row.kinds.contains(&kind) && if edits { !LOGGED_ONCE.contains(&row.name) } else { !is_rare }
}

pub fn fields(kind: Kind, edits: bool, cx: &Cx) -> Vec<Field> {
    let of = Of { object: Object::CONTACT, pipeline: None };
    let field = |row: &Row| {
        let choice = |(label, number): (&str, u16)| Choice {
            id: OptionId(number),
            name: internal_name(label),
            label: label.to_owned(),
            tint: Tint::default(),
        };
        let property = Property {
            // Not of any record: it is never stored.
            id: PropertyId(0),
            name: row.name.to_owned(),
            label: row.label.to_owned(),
            kind: row.shape,
            choices: choices(row.name, kind).into_iter().zip(1..).map(choice).collect(),
            retired: Vec::new(),
            derived: false,
            hidden: false,
            required: TITLED.contains(&kind) && row.name == "title" || kind == Kind::Note && row.name == "text",
            searched: false,
            deleted: false,
        };
        Field { name: row.name, editor: FieldEditor::new(&property, preset(row.name, cx).as_ref(), of, cx) }
    };
    ROWS.iter().filter(|row| has(row, kind, edits)).map(field).collect()
}

/// An activity with nothing filled in.
pub fn bare(kind: Kind, on: RecordId, cx: &Cx) -> Logging {
    Logging {
        kind,
        on,
        from: LoggedFrom::RecordPage,
        at: None,
        subject: String::new(),
        text: String::new(),
        details: Details::empty(kind, Direction::Out, Some(cx.user.id)),
        with: Vec::new(),
        conversation: Vec::new(),
        also: Vec::new(),
        except: Vec::new(),
    }
}

/// Puts what a field says where it belongs; the error is a sentence for whoever typed it.
pub fn fill(into: &mut Logging, field: &Field, cx: &Cx) -> Result<(), String> {
    let value = field.editor.value(cx)?;
    let text = field.editor.text();
    let chosen = value.as_ref().and_then(Value::as_option).map(|id| usize::from(id.0.saturating_sub(1)));
    match field.name {
        "direction" => direct(&mut into.details, chosen == Some(1)),
        "logged_from" => into.from = chosen.and_then(|at| LoggedFrom::ROWS.get(at)).map_or(into.from, |row| row.0),
        "at" => into.at = moment(value.as_ref()),
        "title" | "subject" => text.trim().clone_into(&mut into.subject),
        "text" => text.trim().clone_into(&mut into.text),
        "with" => into.with = addresses(&text, cx)?,
        "attendees" | "from" | "to" | "thread" => address(into, field.name, &text, cx)?,
        "assignee" => {
            if let Details::Task { assignee, .. } = &mut into.details {
                *assignee = value.as_ref().and_then(Value::as_user);
            }
        }
        name => {
            let Some(known) = of_type::Field::of(into.kind, name) else { return Ok(()) };
            let label = value.as_ref().and_then(Value::as_option).and_then(|id| field.editor.property.choice(id));
            known.write(into, label.map_or(&text, |choice| &choice.label), &cx.reading())?;
        }
    }
    Ok(())
}

fn direct(details: &mut Details, is_in: bool) {
    if let Details::Call { direction, .. } | Details::Email { direction, .. } | Details::Message { direction, .. } =
        details
    {
        *direction = if is_in { Direction::In } else { Direction::Out };
    }
}

fn address(into: &mut Logging, name: &str, text: &str, cx: &Cx) -> Result<(), String> {
    let text = text.trim();
    match (&mut into.details, name) {
        (Details::Email { from, .. } | Details::Message { from, .. }, "from") => {
            let sender = addresses(text, cx)?;
            if sender.len() > 1 {
                return Err("It comes from one address".to_owned());
            }
            *from = sender.into_iter().next().unwrap_or_default();
            // Who wrote was reached (R3.6), as was who was written to; one's own address counts for nobody.
            into.with.extend((!from.is_empty()).then(|| from.clone()));
        }
        (Details::Email { to, .. } | Details::Message { to, .. }, "to") => *to = addresses(text, cx)?,
        (Details::Meeting { attendees, .. }, "attendees") => *attendees = addresses(text, cx)?,
        (Details::Email { thread, .. }, "thread") => *thread = (!text.is_empty()).then(|| text.to_owned()),
        _ => {}
    }
    Ok(())
}

/// E-mail addresses and phone numbers, parted by `;`.
fn addresses(text: &str, cx: &Cx) -> Result<Vec<String>, String> {
    let country = &cx.settings.general.phone_country;
    let one = |text: &str| match text.contains('@') {
        true => email::parse(text),
        false if phone::key(text, country).is_some() => Ok(text.to_owned()),
        false => Err(format!("“{text}” is no e-mail address and no phone number")),
    };
    several(text).map(one).collect()
}

fn moment(value: Option<&Value>) -> Option<DateTime<Utc>> {
    if let Some(Value::Time(at)) = value { Some(*at) } else { None }
}

/// What follows, if that was said; the error comes with the name of its field.
pub fn fill_then(fields: &[Field], on: RecordId, cx: &Cx) -> Result<Option<Logging>, (&'static str, String)> {
    let text = |name| fields.iter().find(|field| field.name == name).map(|field| field.editor.text().trim().to_owned());
    let (Some(title), Some(due)) = (text("then"), text("then_due")) else { return Ok(None) };
    if title.is_empty() && due.is_empty() {
        return Ok(None);
    }
    if title.is_empty() {
        return Err(("then", "The task that follows needs a title".to_owned()));
    }
    if due.is_empty() {
        return Err(("then_due", "Say when the task is due".to_owned()));
    }
    let clock = cx.settings.clock(cx.now);
    let due = when::parse_moment(&due, &clock).map_err(|error| ("then_due", error.to_string()))?;
    Ok(Some(Then { due, title, todo: ToDo::default() }.logging(on, cx.user)))
}

/// What a type can't do without: the field and a sentence.
pub fn missing(logging: &Logging) -> Option<(&'static str, &'static str)> {
    match logging.kind {
        Kind::Task if logging.subject.is_empty() => Some(("title", "A task needs a title")),
        Kind::Note if logging.text.is_empty() => Some(("text", "A note needs a text")),
        Kind::Meeting if ends_early(logging) => Some(("end", "The meeting ends before it starts")),
        _ => None,
    }
}

fn ends_early(logging: &Logging) -> bool {
    let Details::Meeting { end: Some(end), .. } = &logging.details else { return false };
    logging.at.is_some_and(|start| *end < start)
}

/// How a field reads of what a line, or an activity, says.
pub fn written(name: &str, first: &Logging, then: Option<&Logging>, cx: &Cx) -> Option<String> {
    let at = |at: DateTime<Utc>| of_type::moment_written(at, cx.settings);
    let text = match (name, &first.details) {
        ("title" | "subject", _) => first.subject.clone(),
        ("text", _) => first.text.clone(),
        ("at" | "start" | "due", _) => first.at.map(at)?,
        ("with", _) => first.with.join("; "),
        ("then", _) => then?.subject.clone(),
        ("then_due", _) => then?.at.map(at)?,
        ("cc", Details::Email { cc, .. }) => cc.join("; "),
        ("assignee", Details::Task { assignee, .. }) => cx.settings.user((*assignee)?)?.name.clone(),
        ("attendees", Details::Meeting { attendees, .. }) => attendees.join("; "),
        ("to", Details::Email { to, .. } | Details::Message { to, .. }) => to.join("; "),
        _ => of_type::Field::of(first.kind, name)?.written(&first.details, cx.settings),
    };
    (!text.is_empty()).then_some(text)
}
