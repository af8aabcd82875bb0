//! The cells of one row of activities, read. What another program calls a type, an outcome or a direction is a row of
//! the tables at the end.

use super::Fault;
use super::columns::Columns;
use super::mails::Letter;
use super::rows::{Named, Read, fault};
use crate::domain::activity::{ActivityKind, Details, Direction, LoggedFrom};
use crate::domain::fold::fold;
use crate::domain::id::{Object, RecordId, UserId};
use crate::domain::logging::Logging;
use crate::domain::logging::fields::Field as Own;
use crate::domain::value::{self, Reading, several};
use crate::domain::{email, when};
use crate::exchange::headers::{By, Field, MAIL, Role, Unit};
use crate::exchange::html;
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

/// What a row says of an activity; whom it happened with stands among the ties of the row.
#[derive(Debug)]
pub(super) struct Logged {
    /// On nobody yet.
    pub logging: Logging,
    pub says_direction: bool,
    pub author: Option<UserId>,
    /// The record that it was logged on, in lejek's own files.
    pub home: Option<Named>,
    /// Of a mail.
    pub letter: Option<Letter>,
}

/// One cell with what its column says.
type Cell<'a> = (Field, &'a str, &'a String);

/// Reads what the roles of records leave; the fault refuses the row.
pub(super) fn read_logged(cells: &[String], columns: &Columns, cx: &Reading, into: &mut Read) -> Result<(), Fault> {
    let all = cells.iter().zip(&columns.roles).zip(&columns.names);
    let said: Vec<Cell> = all
        .filter_map(|((cell, role), name)| match role {
            Some(Role::Activity(field)) if !cell.trim().is_empty() => Some((*field, cell.trim(), name)),
            _ => None,
        })
        .collect();
    for (_, cell, name) in said.iter().filter(|(field, _, _)| *field == Field::Records) {
        into.ties.extend(several(cell).map(|text| anyone(text, name)));
    }
    if columns.is_ties {
        return Ok(());
    }
    let number = into.number;
    let kind = kind(&said, columns).map_err(|(name, message)| fault(number, name, message))?;
    let mut row = Row { logged: Logged::blank(kind), remarks: Vec::new(), cx };
    if said.iter().any(|(field, cell, _)| *field == Field::Kind && squeezed(cell) == "incomingemail") {
        row.direction(Direction::In);
    }
    for (field, cell, name) in &said {
        row.cell(*field, cell).map_err(|message| fault(number, Some(name), message))?;
        into.remarks.extend(row.remarks.drain(..).map(|message| fault(number, Some(name), message)));
        if *field == Field::LoggedOn {
            row.logged.home = Some(anyone(cell, name));
        }
    }
    row.finish(&said, columns).map_err(|(name, message)| fault(number, name, message))?;
    into.logged = Some(Box::new(row.logged));
    Ok(())
}

/// Somebody of any object, by an id, an e-mail or a domain.
fn anyone(text: &str, column: &str) -> Named {
    let (text, column) = (text.to_owned(), column.to_owned());
    Named { object: Object::ACTIVITY, by: By::Ids(false), text, label: None, primary: false, column }
}

impl Logged {
    fn blank(kind: ActivityKind) -> Logged {
        let logging = Logging {
            kind,
            on: RecordId::new(Object::ACTIVITY, Uuid::nil()),
            from: LoggedFrom::Import,
            at: None,
            subject: String::new(),
            text: String::new(),
            details: Details::empty(kind, Direction::Out, None),
            with: Vec::new(),
            conversation: Vec::new(),
            also: Vec::new(),
            except: Vec::new(),
        };
        Logged { logging, says_direction: false, author: None, home: None, letter: None }
    }
}

/// A row as it is read.
struct Row<'a> {
    logged: Logged,
    remarks: Vec<String>,
    cx: &'a Reading<'a>,
}

impl Row<'_> {
    fn cell(&mut self, field: Field, cell: &str) -> Result<(), String> {
        let logging = &mut self.logged.logging;
        let kind = logging.kind;
        match field {
            Field::Subject => add(&mut logging.subject, &value::line(cell)?, ": "),
            Field::Text => add(&mut logging.text, &value::long(&html::plain(cell))?, "\n\n"),
            Field::Owner | Field::Author => self.user(field, cell),
            Field::Outcome => self.own("outcome", outcome(cell))?,
            Field::Direction => {
                self.direction(way(cell).ok_or_else(|| format!("“{cell}” is no direction. Write in or out"))?);
            }
            Field::Duration(unit) if kind == ActivityKind::Call => self.own("duration", &length(cell, unit)?)?,
            Field::End => self.own("end", cell)?,
            Field::Due => self.own("due", cell)?,
            Field::Priority => self.own("priority", if fold(cell) == "normal" { "Medium" } else { cell })?,
            Field::Queue => self.own("queue", cell)?,
            Field::TaskType => self.own("task_type", if squeezed(cell) == "todo" { "To-do" } else { cell })?,
            Field::Location => self.own("location", cell)?,
            Field::Thread => {
                if let Details::Email { thread, .. } = &mut logging.details {
                    *thread = Some(value::line(cell)?);
                }
            }
            Field::References => {
                let references = cell.split_whitespace().map(str::to_owned).collect();
                self.logged.letter = Some(Letter { references, ..Letter::default() });
            }
            _ => {}
        }
        Ok(())
    }

    /// A field that lejek's own form has; of a type that lacks it nothing is taken.
    fn own(&mut self, name: &str, text: &str) -> Result<(), String> {
        match Own::of(self.logged.logging.kind, name) {
            Some(field) => field.write(&mut self.logged.logging, text, self.cx),
            None => Ok(()),
        }
    }

    fn direction(&mut self, way: Direction) {
        self.logged.says_direction = true;
        match &mut self.logged.logging.details {
            Details::Call { direction, .. } | Details::Email { direction, .. } | Details::Message { direction, .. } => {
                *direction = way;
            }
            _ => {}
        }
    }

    /// An unknown user is reported, and the activity comes in without (R5.11).
    fn user(&mut self, field: Field, cell: &str) {
        match value::user(cell, self.cx) {
            Ok(user) => {
                let is_first = field == Field::Author || self.logged.author.is_none();
                self.logged.author = if is_first { Some(user) } else { self.logged.author };
                if let (Field::Owner, Details::Task { assignee, .. }) = (field, &mut self.logged.logging.details) {
                    *assignee = Some(user);
                }
            }
            Err(message) => self.remarks.push(message),
        }
    }

    /// What rests on several cells.
    fn finish<'c>(&mut self, said: &[Cell<'c>], columns: &Columns) -> Result<(), (Option<&'c String>, String)> {
        let of = |wanted: Field| said.iter().find(|(field, _, _)| *field == wanted);
        if let Some((_, cell, name)) = of(Field::OtherText).filter(|_| self.logged.logging.text.is_empty()) {
            self.logged.logging.text = value::long(&html::plain(cell)).map_err(|message| (Some(*name), message))?;
        }
        self.time(said, columns)?;
        for (_, cell, name) in said.iter().filter(|(field, _, _)| matches!(field, Field::Status | Field::Done)) {
            self.done(cell).map_err(|message| (Some(*name), message))?;
        }
        self.addresses(said);
        if columns.source == MAIL {
            let ends = [Field::From, Field::To, Field::Cc].into_iter().filter_map(of);
            let written: Vec<&str> = ends.flat_map(|(_, cell, _)| several(cell)).collect();
            self.logged.post(&written, &self.cx.settings.users);
        }
        Ok(())
    }

    /// When it happened: its time, of a task its due time, else when it was written down.
    fn time<'c>(&mut self, said: &[Cell<'c>], columns: &Columns) -> Result<(), (Option<&'c String>, String)> {
        let at = |wanted: Field| match said.iter().find(|(field, _, _)| *field == wanted) {
            Some((_, cell, name)) => moment(cell, self.cx).map(Some).map_err(|message| (Some(*name), message)),
            None => Ok(None),
        };
        let (time, created) = (at(Field::At)?, at(Field::Created)?);
        let has_due_column = columns.roles.contains(&Some(Role::Activity(Field::Due)));
        let logging = &mut self.logged.logging;
        if let Details::Task { has_due, .. } = &mut logging.details {
            // HubSpot and Salesforce keep the due time of a task where other activities have their time.
            *has_due |= time.is_some() && !has_due_column;
        }
        logging.at = logging.at.or(time).or(created);
        if let (Details::Meeting { end: end @ None, .. }, Some(start)) = (&mut logging.details, logging.at) {
            let length = said.iter().find_map(|(field, cell, _)| match field {
                Field::Duration(Unit::Minutes) => cell.parse::<u32>().ok(),
                _ => None,
            });
            *end = length.and_then(|minutes| start.checked_add_signed(Duration::minutes(minutes.into())));
        }
        Ok(())
    }

    fn done(&mut self, cell: &str) -> Result<(), String> {
        let (at, now) = (self.logged.logging.at, self.cx.now);
        if let Details::Task { done, .. } = &mut self.logged.logging.details {
            match squeezed(cell).as_str() {
                "completed" | "done" | "closed" | "yes" | "true" | "1" => {
                    *done = done.or(at.filter(|at| *at < now)).or(Some(now));
                }
                "notstarted"
                | "inprogress"
                | "waiting"
                | "waitingonsomeoneelse"
                | "deferred"
                | "open"
                | "no"
                | "false"
                | "0" => {}
                _ => *done = Some(moment(cell, self.cx).map_err(|_| format!("“{cell}” says neither done nor open"))?),
            }
        }
        Ok(())
    }

    /// Who sent it and who got it; an address that is none is left out with a word about it.
    fn addresses(&mut self, said: &[Cell]) {
        let parts = |wanted: Field| -> Vec<String> {
            let cells = said.iter().filter(|(field, _, _)| *field == wanted);
            cells
                .flat_map(|(_, cell, _)| cell.split([';', ',']))
                .map(|part| part.trim().to_owned())
                .filter(|part| !part.is_empty())
                .collect()
        };
        let (sender, recipients, copies) = (parts(Field::From), parts(Field::To), parts(Field::Cc));
        let remarks = &mut self.remarks;
        let mut mails = |texts: Vec<String>| -> Vec<String> {
            let read = |text: String| email::parse(&text).map_err(|message| remarks.push(message)).ok();
            texts.into_iter().filter_map(read).collect()
        };
        let Logging { details, with, .. } = &mut self.logged.logging;
        match details {
            Details::Email { direction, from, to, cc, .. } => {
                (*from, *to, *cc) =
                    (mails(sender).into_iter().next().unwrap_or_default(), mails(recipients), mails(copies));
                if *direction == Direction::In && !from.is_empty() {
                    *with = vec![from.clone()];
                }
            }
            Details::Message { from, to, .. } => {
                (*from, *to) = (sender.into_iter().next().unwrap_or_default(), recipients);
            }
            Details::Meeting { attendees, .. } => *attendees = recipients,
            Details::Call { direction: Direction::In, .. } => *with = sender,
            Details::Call { .. } => *with = recipients,
            Details::Note | Details::Task { .. } | Details::Event { .. } => {}
        }
    }
}

fn add(to: &mut String, more: &str, between: &str) {
    if to.is_empty() {
        more.clone_into(to);
    } else if !to.contains(more) {
        to.push_str(between);
        to.push_str(more);
    }
}

fn moment(text: &str, cx: &Reading) -> Result<DateTime<Utc>, String> {
    let at = when::parse_moment(text, &cx.clock()).map_err(|error| error.to_string())?.at;
    DateTime::from_timestamp_millis(at.timestamp_millis()).ok_or_else(|| format!("“{text}” is too far away"))
}

/// As the form of a call reads it: `12m`, `45s`.
fn length(cell: &str, unit: Unit) -> Result<String, String> {
    if let [hours, minutes, seconds] = cell.split(':').collect::<Vec<_>>().as_slice() {
        return Ok(format!("{hours}h {minutes}m {seconds}s"));
    }
    let Ok(count) = cell.split('.').next().unwrap_or(cell).parse::<u64>() else { return Ok(cell.to_owned()) };
    Ok(match unit {
        Unit::Unsaid => return Err(format!("“{cell}” says no unit. Write it like 12m, 1h 20m, 45s or 12:30")),
        Unit::Seconds => format!("{count}s"),
        Unit::Minutes => format!("{count}m"),
        Unit::Milliseconds => format!("{}s", count / 1_000),
    })
}

/// Letters and digits, folded.
fn squeezed(cell: &str) -> String {
    fold(cell).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn in_table<T: Copy>(rows: &[(&str, T)], cell: &str) -> Option<T> {
    let cell = squeezed(cell);
    rows.iter().find(|(names, _)| names.split_whitespace().any(|name| name == cell)).map(|(_, value)| *value)
}

fn kind<'c>(said: &[Cell<'c>], columns: &Columns) -> Result<ActivityKind, (Option<&'c String>, String)> {
    let of = |wanted: Field| said.iter().find(|(field, _, _)| *field == wanted);
    let finer = of(Field::FinerKind).and_then(|(_, cell, _)| in_table(KINDS, cell));
    let plain = of(Field::Kind);
    let known = finer.or_else(|| plain.and_then(|(_, cell, _)| in_table(KINDS, cell))).or(columns.kind);
    known.ok_or_else(|| {
        let names: Vec<&str> = ActivityKind::rows().map(|row| row.name).collect();
        let names = names.join(", ");
        match plain {
            Some((_, cell, name)) => (Some(*name), format!("There is no activity type “{cell}”. There are: {names}")),
            None => (
                None,
                format!(
                    "Nothing says what type this is. A column type names it ({names}), or the file does: calls.csv"
                ),
            ),
        }
    })
}

fn way(cell: &str) -> Option<Direction> {
    in_table(WAYS, cell)
}

fn outcome(cell: &str) -> &str {
    OUTCOMES.iter().find(|(id, _)| id.eq_ignore_ascii_case(cell)).map_or(cell, |(_, label)| label)
}

const KINDS: &[(&str, ActivityKind)] = &[
    ("call calls phonecall", ActivityKind::Call),
    ("email emails mail incomingemail outgoingemail forwardedemail listemail", ActivityKind::Email),
    ("meeting meetings event events appointment", ActivityKind::Meeting),
    ("note notes", ActivityKind::Note),
    ("task tasks todo", ActivityKind::Task),
    ("postalmail letter", ActivityKind::PostalMail),
    ("linkedin linkedinmessage linkedinmail", ActivityKind::LinkedIn),
    ("sms text textmessage", ActivityKind::Sms),
    ("whatsapp whatsappmessage", ActivityKind::WhatsApp),
];

const WAYS: &[(&str, Direction)] = &[
    ("in inbound incoming incomingemail received", Direction::In),
    ("out outbound outgoing outgoingemail email forwardedemail sent internal", Direction::Out),
];

/// HubSpot writes the outcomes of calls as ids.
const OUTCOMES: &[(&str, &str)] = &[
    ("9d9162e7-6cf3-4944-bf63-4dff82258764", "Busy"),
    ("f240bbac-87c9-4f6e-bf70-924b57d47db7", "Connected"),
    ("a4c4c377-d246-4b32-a13b-75a56a4cd0ff", "Left live message"),
    ("b2cf5968-551e-4856-9783-52b3da59a7d0", "Left voicemail"),
    ("73a0d17f-1163-4015-bdd5-ec830791da20", "No answer"),
    ("17b47fee-58de-441e-a44c-c6300d46f273", "Wrong number"),
];
