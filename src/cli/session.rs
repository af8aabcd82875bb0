//! One call on one workspace: opened or made, as somebody, with what a call names in it.

use super::Call;
use super::out::{Out, clean};
use super::trouble::Trouble;
use crate::domain::change::{Change, Done, Origin, Rule};
use crate::domain::email;
use crate::domain::id::{ActNo, LabelId, Object, PropertyId, RecordId, Ref, UserId};
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::query::Query;
use crate::domain::settings::Settings;
use crate::domain::user::{Right, Sight};
use crate::domain::value::{Reading, Value, read};
use crate::workspace::find::{Among, Named};
use crate::workspace::open::{self, Opened};
use crate::workspace::upkeep::DAYS_IN_BIN;
use crate::workspace::{Failure, Workspace};
use chrono::{DateTime, Utc};
use std::io::{self, Write};
use std::ops::Deref;
use std::sync::Arc;
use tempfile::TempDir;

/// The open workspace of a call.
pub struct Session {
    workspace: Workspace,
    /// The folder of a trial, which goes when the workspace is closed.
    _trial: Option<TempDir>,
    pub settings: Arc<Settings>,
    pub now: DateTime<Utc>,
    pub out: Out,
}

/// What a change did; `act` is `None` when everything was so already.
pub struct Performed {
    pub done: Done,
    pub changed: bool,
}

/// Properties with what they are to be; `None` clears one.
pub type Pairs = Vec<(PropertyId, Option<Value>)>;

impl Deref for Session {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

impl Session {
    /// For a question: there must be a workspace.
    pub fn reading(call: &Call) -> Result<Session, Trouble> {
        if let Some(open) = &call.held {
            return Session::at(call, open);
        }
        let folder = call.folder()?;
        let nothing = || {
            Trouble::not_found(format!(
                "There is no workspace in {} yet. Start `lejek`, import a file, or name another folder with --data",
                folder.display()
            ))
        };
        if !open::is_there(&folder) {
            return Err(nothing());
        }
        let opened = open::open(&folder)?;
        if opened.is_new() {
            return Err(nothing());
        }
        Ok(Session::of(call, opened.as_user(call.email.as_deref())?))
    }

    /// For a change: a new folder becomes a workspace.
    pub fn writing(call: &Call) -> Result<Session, Trouble> {
        if let Some(open) = &call.held {
            return Session::at(call, open);
        }
        let opened = open::open(&call.folder()?)?;
        let workspace = if opened.is_new() { found(call, opened)? } else { opened.as_user(call.email.as_deref())? };
        Ok(Session::of(call, workspace))
    }

    /// For a dry run: in a new folder, on a workspace that goes again.
    pub fn trying(call: &Call) -> Result<Session, Trouble> {
        if call.held.is_some() || open::is_there(&call.folder()?) {
            return Session::reading(call);
        }
        let unmade = |error| Trouble::failed(format!("A temporary folder could not be made: {error}"));
        let trial = tempfile::tempdir().map_err(unmade)?;
        let workspace = found(call, open::open(trial.path())?)?;
        Ok(Session { _trial: Some(trial), ..Session::of(call, workspace) })
    }

    /// On a workspace that is open here, as whom the call names.
    fn at(call: &Call, open: &Workspace) -> Result<Session, Trouble> {
        Ok(Session::of(call, open.acting(call.email.as_deref())?))
    }

    fn of(call: &Call, workspace: Workspace) -> Session {
        let (settings, now) = (workspace.settings(), workspace.now());
        Session { workspace, _trial: None, settings, now, out: call.out.clone() }
    }

    /// The object of that name.
    pub fn spec(&self, name: &str) -> Result<ObjectSpec, Trouble> {
        self.settings.object_called(name).cloned().ok_or_else(|| {
            let names: Vec<&str> = self.settings.objects.iter().map(|spec| spec.name.as_str()).collect();
            Trouble::usage(format!("There is no object “{name}”. There are: {}", names.join(", ")))
        })
    }

    /// The object of that name, for somebody who may change its pipelines and properties: whether they may comes first.
    pub fn spec_to_shape(&self, name: &str) -> Result<ObjectSpec, Trouble> {
        let object = self.settings.object_called(name).map(|spec| spec.object);
        self.permit_right(object.map_or(Right::PropertySettings, Right::to_shape))?;
        self.spec(name)
    }

    /// The object of a record, which may be in the bin because that was deleted.
    pub fn spec_of(&self, id: RecordId) -> Result<ObjectSpec, Trouble> {
        let gone = || Trouble::not_found("The object of this record is not there any more");
        self.settings.object_ever(id.object).cloned().ok_or_else(gone)
    }

    pub fn record(&self, text: &str) -> Result<RecordId, Trouble> {
        match self.find(text, Among::Standing)? {
            Named::Record(id) => Ok(id),
            Named::Activity(_) => Err(Trouble::usage(format!("“{text}” is an activity; this takes a record"))),
            Named::User(_) => Err(Trouble::usage(format!("“{text}” is a user; this takes a record"))),
        }
    }

    /// A record or an activity.
    pub fn thing(&self, text: &str, among: Among) -> Result<Ref, Trouble> {
        match self.find(text, among)? {
            Named::Record(id) => Ok(Ref::Record(id)),
            Named::Activity(id) => Ok(Ref::Activity(id)),
            Named::User(_) => Err(Trouble::usage(format!("“{text}” is a user; this takes a record or an activity"))),
        }
    }

    pub fn things(&self, texts: &[String], among: Among) -> Result<Vec<Ref>, Trouble> {
        let mut things = Vec::with_capacity(texts.len());
        for text in texts {
            let thing = self.thing(text, among)?;
            if !things.contains(&thing) {
                things.push(thing);
            }
        }
        Ok(things)
    }

    /// A user by e-mail, or as any reference.
    pub fn user_named(&self, text: &str) -> Result<UserId, Trouble> {
        if let Some(user) = self.settings.user_by_email(text.trim()) {
            return Ok(user.id);
        }
        match self.find(text, Among::Standing)? {
            Named::User(id) => Ok(id),
            _ => Err(Trouble::usage(format!("“{text}” is no user; `lejek user list` names them"))),
        }
    }

    /// A label by name, as it reads for a record of `of` about one of `about`; where the two objects differ, also as it
    /// reads the other way.
    pub fn label(&self, of: Object, about: Object, name: &str) -> Result<LabelId, Trouble> {
        let settings = &self.settings;
        let there = settings.label_called(of, about, name);
        let back = || settings.label_called(about, of, name).filter(|_| of != about).map(LabelId::other_way);
        there.or_else(back).ok_or_else(|| {
            let names: Vec<&str> = settings.labels_for(of, about).into_iter().map(|(_, name)| name).collect();
            let there_are = match names.as_slice() {
                [] => "There are none yet; `lejek label add` makes one".to_owned(),
                names => format!("There are: {}", names.join(", ")),
            };
            let rule = Some(Rule(5, 5));
            Trouble { rule, ..Trouble::refused(format!("There is no label “{name}” for these two. {there_are}")) }
        })
    }

    /// What values are read by.
    pub fn cx(&self) -> Reading<'_> {
        Reading { settings: &self.settings, now: self.now, me: Some(self.user()) }
    }

    /// `p=v`, one by one; `p=` is no value.
    pub fn values(&self, spec: &ObjectSpec, pairs: &[String]) -> Result<Pairs, Trouble> {
        let value = |pair: &String| {
            let (name, text) = parted(pair)?;
            let property = property(spec, name)?;
            let value = read(property, text, &self.cx());
            Ok((property.id, value.map_err(|why| Trouble::refused(format!("{}: {why}", property.label)))?))
        };
        pairs.iter().map(value).collect()
    }

    /// How many records a query takes in. Of a plain one that is known without building what search needs.
    pub fn matching(&self, query: &Query) -> Result<usize, Failure> {
        if !query.is_plain() || *query.viewer.sight(query.object) != Sight::All {
            self.prepare(query)?;
        }
        Ok(self.store().page(query, self.now, 0, 0)?.matching)
    }

    pub fn perform_now(&self, change: &Change) -> Result<Performed, Trouble> {
        let done = self.perform_long(change, Origin::CommandLine, &mut self.out.bar())?;
        let changed = done.act != ActNo::NONE;
        Ok(Performed { done, changed })
    }

    /// Erased things are gone from the file too once it is rewritten (R5.9); says whether it was.
    pub fn tidy(&self) -> Result<bool, Failure> {
        Ok(self.store().tidy(&|| true)?)
    }

    /// After an act, once a day: what lay in the bin for 90 days goes. The act stands whatever comes of it.
    pub fn look_after(&self) {
        let gone = self.expire_bin(Origin::CommandLine);
        if gone.as_ref().is_ok_and(Vec::is_empty) {
            return;
        }
        if let Err(failure) = gone.and_then(|_| self.tidy()) {
            let line = format!("What lay in the bin for {DAYS_IN_BIN} days could not be erased: {failure}");
            // Who does not listen is not told.
            drop(writeln!(io::stderr(), "{}", clean(&line)));
        }
    }
}

/// `name=value`.
pub fn parted(pair: &str) -> Result<(&str, &str), Trouble> {
    pair.split_once('=')
        .map(|(name, value)| (name.trim(), value))
        .ok_or_else(|| Trouble::usage(format!("“{pair}” has no =. Written so: email=jan@firma.pl")))
}

pub fn property<'a>(spec: &'a ObjectSpec, name: &str) -> Result<&'a Property, Trouble> {
    spec.property_called(name).ok_or_else(|| {
        let names: Vec<&str> = spec.properties.iter().filter(|p| !p.hidden).map(|p| p.name.as_str()).collect();
        Trouble::usage(format!("{} have no property “{name}”. There are: {}", spec.plural, names.join(", ")))
    })
}

/// A new workspace: its first user is the one of `--as`, else the one who is logged in.
fn found(call: &Call, opened: Opened) -> Result<Workspace, Trouble> {
    let (name, email) = match &call.email {
        Some(email) => {
            let email = email::parse(email).map_err(Trouble::refused)?;
            (email.split('@').next().unwrap_or_default().to_owned(), email)
        }
        None => logged_in(),
    };
    Ok(opened.found(&name, &email, Origin::CommandLine)?)
}

/// Name and e-mail made of `$USER`: an address needs a domain, and `localhost` has none.
pub fn logged_in() -> (String, String) {
    let name = ["USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let name = name.unwrap_or_else(|| "user".to_owned());
    let local: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    let email = email::parse(&format!("{local}@localhost.localdomain"));
    (name, email.unwrap_or_else(|_| "user@localhost.localdomain".to_owned()))
}
