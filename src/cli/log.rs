//! `lejek log`: logs an activity on a record; the rules say where else it goes (R3).

use super::Call;
use super::answer;
use super::session::{Session, parted};
use super::trouble::Trouble;
use crate::domain::activity::{ActivityKind, Details, Direction, LoggedFrom};
use crate::domain::change::{Change, Reason};
use crate::domain::id::RecordId;
use crate::domain::logging::fields::Field;
use crate::domain::logging::{Aimed, Aims, Logging};
use crate::domain::when;
use crate::workspace::permit::Verb;
use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

#[derive(Debug, Args)]
pub struct Log {
    /// call, email, meeting, note, task, `postal_mail`, linkedin, sms or whatsapp
    #[arg(value_name = "TYPE")]
    kind: String,
    /// The record that it is logged on
    #[arg(long, value_name = "REF")]
    on: String,
    /// Where it comes from, such as `record_page`, mobile or sequence
    #[arg(long, value_name = "SOURCE", default_value = "command_line")]
    from: String,
    /// Whether it went out or came in
    #[arg(long, value_enum, default_value_t = Way::Out)]
    direction: Way,
    /// An e-mail address or phone number of somebody who was reached
    #[arg(long, value_name = "ADDRESS")]
    with: Vec<String>,
    /// What it is about
    #[arg(long)]
    subject: Option<String>,
    /// The thread of an e-mail: the first with an ID starts it, later ones are replies
    #[arg(long, value_name = "ID")]
    thread: Option<String>,
    /// A record of the conversation it came out of
    #[arg(long, value_name = "REF")]
    conversation: Vec<String>,
    /// When it happened or will [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// A further record to associate it with
    #[arg(long, value_name = "REF")]
    also: Vec<String>,
    /// A record to leave out though a rule names it
    #[arg(long, value_name = "REF")]
    except: Vec<String>,
    /// Only says where it would go, and why
    #[arg(long)]
    dry_run: bool,
    /// Fields such as outcome=Connected duration=12m, then the text
    #[arg(value_name = "FIELD=VALUE or TEXT")]
    rest: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Way {
    Out,
    In,
}

impl Log {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = if self.dry_run { Session::reading(call)? } else { Session::writing(call)? };
        let on = session.record(&self.on)?;
        session.permit(Verb::Edit, on)?;
        let logging = self.logging(&session, on)?;
        if self.dry_run {
            return preview(&session, &logging, &session.aims(&logging)?);
        }
        let performed = session.perform_now(&Change::log(logging))?;
        answer::act(&session, &performed, &[])
    }

    fn logging(&self, session: &Session, on: RecordId) -> Result<Logging, Trouble> {
        let kind = ActivityKind::named(&self.kind).ok_or_else(|| {
            let names: Vec<&str> = ActivityKind::rows().map(|row| row.name).collect();
            Trouble::usage(format!("There is no activity type “{}”. There are: {}", self.kind, names.join(", ")))
        })?;
        let from = LoggedFrom::named(&self.from).ok_or_else(|| {
            let names: Vec<&str> = LoggedFrom::ROWS.iter().map(|row| row.1).collect();
            Trouble::usage(format!("There is no source “{}”. There are: {}", self.from, names.join(", ")))
        })?;
        let direction = match self.direction {
            Way::Out => Direction::Out,
            Way::In => Direction::In,
        };
        let records = |texts: &[String]| texts.iter().map(|text| session.record(text)).collect::<Result<Vec<_>, _>>();
        let (fields, text) = parts(&self.rest);
        let at = self.at.as_ref().map(|at| when::parse_moment(at, &session.cx().clock()));
        let mut logging = Logging {
            kind,
            on,
            from,
            at: at.transpose().map_err(|error| Trouble::refused(error.to_string()))?.map(|moment| moment.at),
            subject: self.subject.clone().unwrap_or_default(),
            text,
            details: Details::empty(kind, direction, Some(session.user())),
            with: self.with.clone(),
            conversation: records(&self.conversation)?,
            also: records(&self.also)?,
            except: records(&self.except)?,
        };
        self.addresses(session, &mut logging)?;
        for field in fields {
            let (name, value) = parted(field)?;
            let known = Field::of(kind, name).ok_or_else(|| no_field(kind, name))?;
            known
                .write(&mut logging, value, &session.cx())
                .map_err(|why| Trouble::refused(format!("{name}: {why}")))?;
        }
        Ok(logging)
    }

    /// Sender and recipients follow from the direction and who was reached.
    fn addresses(&self, session: &Session, logging: &mut Logging) -> Result<(), Trouble> {
        let own = session.settings.user(session.user()).map(|user| user.email.clone()).unwrap_or_default();
        let with = self.with.clone();
        let (sender, recipients) = match self.direction {
            Way::Out => (own, with),
            Way::In => (with.first().cloned().unwrap_or_default(), vec![own]),
        };
        match &mut logging.details {
            Details::Email { from, to, thread, .. } => {
                (*from, *to) = (sender, recipients);
                thread.clone_from(&self.thread);
            }
            Details::Message { from, to, .. } => (*from, *to) = (sender, recipients),
            Details::Meeting { attendees, .. } => attendees.clone_from(&self.with),
            _ => {}
        }
        match (&self.thread, logging.kind) {
            (Some(_), kind) if kind != ActivityKind::Email => Err(Trouble::usage("Only e-mails have a thread")),
            _ => Ok(()),
        }
    }
}

/// Fields, and the text: what does not begin with a name and `=`.
fn parts(rest: &[String]) -> (Vec<&String>, String) {
    let is_field = |part: &&String| {
        let name = part.split_once('=').map(|(name, _)| name);
        name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    };
    let (fields, words): (Vec<&String>, Vec<&String>) = rest.iter().partition(is_field);
    (fields, words.into_iter().map(String::as_str).collect::<Vec<_>>().join(" "))
}

pub(super) fn no_field(kind: ActivityKind, name: &str) -> Trouble {
    let names = Field::names(kind);
    let label = kind.row().label;
    Trouble::usage(if names.is_empty() {
        format!("{label} has no field “{name}”. It takes a text only")
    } else {
        format!("{label} has no field “{name}”. There are: {}", names.join(", "))
    })
}

/// `{"associations": [{"id", "object", "name", "why"}], "left_out": […], "unknown": [ADDRESS]}`.
fn preview(session: &Session, logging: &Logging, aims: &Aims) -> Result<(), Trouble> {
    let shown = |all: &[Aimed]| {
        let mut shown = Vec::new();
        for Aimed { record, why } in all {
            if let Some(name) = session.name_of(*record)? {
                let mut one = session.head(*record, &name);
                one.insert("why".to_owned(), why.sentence().into());
                shown.push(Json::Object(one));
            }
        }
        Ok::<_, Trouble>(shown)
    };
    let mut associations = shown(&[Aimed { record: logging.on, why: Reason::rule(3, 2, "logged here") }])?;
    associations.extend(shown(&aims.records)?);
    let left_out = shown(&aims.left_out)?;
    let lines = || {
        let line =
            |one: &Json| format!("  {}  {}", one["name"].as_str().unwrap_or(""), one["why"].as_str().unwrap_or(""));
        let mut lines = vec!["It would go to".to_owned()];
        lines.extend(associations.iter().map(line));
        lines.extend(left_out.iter().map(|one| format!("Not {}", line(one).trim_start())));
        lines.extend(aims.unknown.iter().map(|address| format!("Nobody has {address}")));
        lines.join("\n")
    };
    let answer = || json!({ "associations": associations, "left_out": left_out, "unknown": aims.unknown });
    session.out.answer(answer, lines)
}
