//! `lejek notifications`: the notification centre of whoever acts (R4.9).

use super::Call;
use super::out::Table;
use super::session::Session;
use super::shape;
use super::trouble::{Kind, Trouble};
use crate::domain::id::{UserId, short};
use crate::domain::notification::{InboxAsk, InboxFilter, Notification, Way, WayState};
use crate::domain::when::moment_long;
use crate::workspace::request::{Reply, Request};
use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

#[derive(Debug, Args)]
pub struct Notifications {
    #[command(subcommand)]
    what: Option<What>,
    /// Only those that are not read
    #[arg(long)]
    unread: bool,
    /// At most so many, newest first
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Marks notifications as read: each by its id or the ending of it, or all of them
    Read {
        #[arg(required = true, value_name = "REF|all")]
        which: Vec<String>,
    },
}

impl Notifications {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match self.what {
            Some(What::Read { which }) => read(&Session::writing(call)?, &which),
            None => list(&Session::reading(call)?, self.unread, self.limit),
        }
    }
}

fn inbox(session: &Session, unread: bool, limit: usize) -> Result<Vec<Notification>, Trouble> {
    let filter = InboxFilter { unread, topic: None };
    match session.ask(&Request::Inbox(InboxAsk { filter, from: 0, limit })) {
        Reply::Inbox(page) => Ok(page.items),
        Reply::Failed(failure) => Err(failure.into()),
        _ => Ok(Vec::new()),
    }
}

fn list(session: &Session, unread: bool, limit: usize) -> Result<(), Trouble> {
    let items = inbox(session, unread, limit)?;
    if session.out.json {
        return session.out.value(&items.iter().map(|one| object(session, one)).collect::<Json>());
    }
    if items.is_empty() {
        return session.out.text(if unread { "Everything is read" } else { "There are no notifications" });
    }
    let clock = session.settings.clock(session.now);
    let rows = items.iter().map(|one| {
        let mark = if one.read { "" } else { "unread" };
        let about = one.about.map(|about| short(about.uuid())).unwrap_or_default();
        vec![short(one.id.0), mark.to_owned(), moment_long(one.at, &clock), one.headline(), about]
    });
    Table::print(&session.out, &["Id", "", "When", "What", "About"], &rows.collect::<Vec<_>>())
}

pub fn object(session: &Session, one: &Notification) -> Json {
    json!({
        "id": one.id.to_string(),
        "topic": one.topic.row().name,
        "to": session.settings.user(one.to).map(|user| user.email.clone()),
        "at": shape::time(one.at),
        "title": one.headline(),
        "text": one.body,
        "todo": one.todo,
        "why": one.why,
        "record": one.about.map(|about| about.to_string()),
        "count": one.count,
        "act": one.act.0,
        "read": one.read,
        "withdrawn": one.withdrawn,
        "ways": one.ways.iter().map(way).collect::<Json>(),
    })
}

fn way(way: &Way) -> Json {
    let mut told = state(&way.state);
    told["channel"] = way.channel.name().into();
    told
}

pub fn state(state: &WayState) -> Json {
    match state {
        WayState::Due { at, tries, last_error, .. } => {
            json!({ "state": "due", "at": shape::time(*at), "tries": tries, "error": last_error })
        }
        WayState::Delivered { at } => json!({ "state": "delivered", "at": shape::time(*at) }),
        WayState::GivenUp { at, why } => json!({ "state": "given_up", "at": shape::time(*at), "error": why }),
        WayState::Off => json!({ "state": "off" }),
    }
}

fn read(session: &Session, which: &[String]) -> Result<(), Trouble> {
    let request = match which {
        [all] if all == "all" => Request::AllRead,
        which => {
            let all = inbox(session, false, usize::MAX)?;
            let ids = which.iter().map(|text| named(&all, text));
            Request::MarkRead { ids: ids.collect::<Result<_, _>>()?, read: true }
        }
    };
    match session.ask(&request) {
        Reply::Unread(unread) => session.out.answer(
            || json!({ "unread": unread }),
            || match unread {
                0 => "Everything is read".to_owned(),
                1 => "1 is unread".to_owned(),
                many => format!("{many} are unread"),
            },
        ),
        Reply::Failed(failure) => Err(failure.into()),
        _ => Ok(()),
    }
}

/// By its id, or the ending of it.
fn named(all: &[Notification], text: &str) -> Result<crate::domain::notification::NotificationId, Trouble> {
    let digits = text.replace('-', "").to_lowercase();
    let is_it = |one: &&Notification| digits.len() >= 8 && one.id.0.simple().to_string().ends_with(&digits);
    let found: Vec<&Notification> = all.iter().filter(is_it).collect();
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Trouble::not_found(format!("You have no notification “{text}”; `lejek notifications` lists them"))),
        _ => Err(Trouble { kind: Kind::Ambiguous, ..Trouble::not_found(format!("Several end with “{text}”")) }),
    }
}

/// The e-mail of a user, for tables.
pub fn email(session: &Session, user: UserId) -> String {
    session.settings.user(user).map(|user| user.email.clone()).unwrap_or_default()
}
