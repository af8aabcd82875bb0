//! `lejek event`: takes in what other programs tell, one event or a stream of them, and lists those that nobody has yet.

use super::out::{Out, Table};
use super::session::Session;
use super::trouble::Trouble;
use super::{Call, answer, held};
use crate::domain::activity::Details;
use crate::domain::answer::Item;
use crate::domain::change::{Change, Refusal};
use crate::domain::event::{EventRow, Whom, Written};
use crate::domain::id::{ActivityId, short};
use crate::domain::when::moment_long;
use crate::workspace::events::{Flow, TakenIn};
use crate::workspace::socket::server::Server;
use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Event {
    #[command(subcommand)]
    pub list: Option<Awaited>,
    /// What happened, such as sign_up: a kind of the setting events.kinds
    #[arg(long, value_name = "KIND", required_unless_present = "from", conflicts_with = "from")]
    pub kind: Option<String>,
    /// The contact it happened with
    #[arg(long = "email", value_name = "E-MAIL", required_unless_present_any = ["from", "domain"])]
    #[arg(conflicts_with_all = ["from", "domain"])]
    pub contact: Option<String>,
    /// The company it happened with
    #[arg(long, value_name = "DOMAIN", conflicts_with = "from")]
    pub domain: Option<String>,
    /// What the other program calls it: the same twice counts once
    #[arg(long, value_name = "ID", conflicts_with = "from")]
    pub id: Option<String>,
    /// When it happened [default: now]
    #[arg(long, value_name = "TIME", conflicts_with = "from")]
    pub at: Option<String>,
    /// What else there is to know of it
    #[arg(long, value_name = "JSON", conflicts_with = "from")]
    pub details: Option<String>,
    /// JSON lines with kind, email or domain, id, at, data; - is standard input, which may stay open
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Awaited {
    /// Lists the events whose contact or company is not there yet, the last one first
    List {
        /// So many of them
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
        /// Passing over so many
        #[arg(long, value_name = "N", default_value_t = 0)]
        offset: usize,
    },
}

impl Event {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match (&self.list, &self.from) {
            (Some(Awaited::List { limit, offset }), _) => list(&Session::reading(call)?, *offset, *limit),
            (None, Some(from)) => stream(call, from),
            (None, None) => self.one(call),
        }
    }

    fn one(&self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let data = self.details.as_deref();
        if data.is_some_and(|data| serde_json::from_str::<serde::de::IgnoredAny>(data).is_err()) {
            return Err(Trouble::usage("--details is no JSON. Written so: '{\"page\": \"/pricing\"}'"));
        }
        let written = Written {
            kind: self.kind.as_deref().unwrap_or_default(),
            email: self.contact.as_deref(),
            domain: self.domain.as_deref(),
            id: self.id.as_deref(),
            at: self.at.as_deref(),
            data,
        };
        let refused = |sentence| Trouble::from(Refusal::rule(4, 1, sentence));
        let row = EventRow::of(1, &written, &session.cx().clock()).map_err(refused)?;
        let id = row.id.as_deref().map(ActivityId::of_event);
        let whom = row.whom.clone();
        let done = session.perform_now(&Change::Events { rows: vec![row] })?;
        let id = done.done.refs.first().map(|of| ActivityId(of.uuid())).or(id);
        let event = id.map_or(Ok(None), |id| session.store().activity(id))?;
        let awaited = event.is_some_and(|event| event.awaits().is_some());
        let line = if awaited {
            format!("  Nobody has {} yet: it waits for whoever gets it", whom.text())
        } else {
            String::new()
        };
        let id = id.map(|id| id.0.to_string());
        answer::act(&session, &done, &[("id", id.into(), String::new()), ("awaited", awaited.into(), line)])
    }
}

fn stream(call: &Call, from: &Path) -> Result<(), Trouble> {
    let from = call.path(from);
    let is_input = from == Path::new("-");
    let unread = |error| Trouble::failed(format!("{} could not be read: {error}", from.display()));
    let (source, flow): (Box<dyn Read + Send>, Flow) = if is_input {
        (Box::new(call.out.reader()), Flow::GoesOn)
    } else {
        let file = File::open(&from).map_err(unread)?;
        let is_file = file.metadata().map_err(unread)?.is_file();
        (Box::new(file), if is_file { Flow::Ends } else { Flow::GoesOn })
    };
    let session = Session::writing(call)?;
    // Whoever else wants to work here meanwhile is let in.
    let _server = match (&call.held, flow) {
        (None, Flow::GoesOn) => serve(&session, &call.folder()?),
        _ => None,
    };
    let mut errors = Vec::new();
    let out = call.out.clone();
    let mut tell = |line: u64, sentence: &str| {
        // JSON names them in its answer.
        if !out.json {
            out.remark(&format!("Line {line}: {sentence}"));
        }
        if errors.len() < NAMED_AT_MOST {
            errors.push(json!({ "row": line, "message": sentence }));
        }
    };
    let taken = session.take_in(source, flow, &mut tell)?;
    session.out.answer(|| object(&taken, errors), || sentence(&taken))?;
    session.look_after();
    Ok(())
}

/// Lines that were refused and that JSON names.
const NAMED_AT_MOST: usize = 1_000;

fn serve(session: &Session, folder: &Path) -> Option<Server> {
    let workspace = Arc::new(session.acting_as(session.user()));
    Server::start(&workspace, folder, held::on_behalf).ok()
}

fn object(taken: &TakenIn, errors: Vec<Json>) -> Json {
    json!({
        "act": taken.act.map(|act| act.0),
        "acts": taken.acts,
        "taken": taken.taken,
        "awaited": taken.awaited,
        "unchanged": taken.doubles,
        "refused": taken.refused,
        "effects": taken.effects.iter().map(answer::effect).collect::<Json>(),
        "errors": errors,
    })
}

fn sentence(taken: &TakenIn) -> String {
    let TakenIn { awaited, doubles, refused, .. } = taken;
    let mut facts = vec![format!("{} events taken in", taken.taken)];
    facts.extend((*awaited > 0).then(|| format!("{awaited} of them for nobody yet (`lejek event list`)")));
    facts.extend((*doubles > 0).then(|| format!("{doubles} there already")));
    facts.extend((*refused > 0).then(|| format!("{refused} refused")));
    facts.join(", ")
}

fn list(session: &Session, offset: usize, limit: usize) -> Result<(), Trouble> {
    let found = session.awaited(offset, limit)?;
    if session.out.json {
        let events = found.rows.iter().map(|item| session.activity(&item.activity)).collect::<Result<Vec<_>, _>>()?;
        return session.out.value(&events.into());
    }
    let clock = session.settings.clock(session.now);
    let row = |item: &Item| {
        let event = &item.activity;
        let whom = event.whom().map_or("", Whom::text).to_owned();
        vec![short(event.id.0), moment_long(event.at, &clock), whom, event.subject.clone(), kind(&event.details)]
    };
    let rows: Vec<_> = found.rows.iter().map(row).collect();
    Table::print(&session.out, &["Id", "When", "Whom", "Event", "Kind"], &rows)?;
    more(&session.out, found.matching, offset + rows.len())
}

fn kind(details: &Details) -> String {
    match details {
        Details::Event { kind, .. } => kind.clone(),
        _ => String::new(),
    }
}

/// Says how many there are besides.
pub fn more(out: &Out, all: usize, shown: usize) -> Result<(), Trouble> {
    match all.saturating_sub(shown) {
        0 => Ok(()),
        more => out.text(&format!("and {more} more")),
    }
}
