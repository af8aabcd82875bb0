//! Mails among the activities of an import: which way each went, whom outside it was with, and which thread it is part
//! of.

use super::Fault;
use super::logged::Logged;
use super::reading::Source;
use super::rows::Named;
use super::run::{Import, Pending};
use crate::domain::activity::{ActivityKind, Details, Direction};
use crate::domain::change::{ImportRow, ImportTarget};
use crate::domain::email;
use crate::domain::id::{ActivityId, Object, RecordId};
use crate::domain::object::is;
use crate::domain::record::split_name;
use crate::domain::user::User;
use crate::domain::value::Value;
use crate::exchange::Rows;
use crate::exchange::headers::{By, MAIL};
use crate::exchange::mail::{Mails, Paths};
use crate::workspace::Failure;
use std::path::Path;

/// What a row says of a mail besides its activity.
#[derive(Debug, Default)]
pub(super) struct Letter {
    /// Message-IDs of its thread, the first one first.
    pub references: Vec<String>,
    /// Those outside whom it was with: `Jan Kowalski <jan@acme.pl>`, the other end first.
    pub parties: Vec<String>,
}

impl Logged {
    /// From a user it went out, else it came in; everybody else's address is one outside.
    pub fn post(&mut self, written: &[&str], users: &[User]) {
        let key = |text: &str| email::parse(text).ok().map(|address| email::key(&address));
        let user_of = |key: &str| users.iter().find(|user| email::key(&user.email) == *key);
        let Details::Email { direction, from, .. } = &mut self.logging.details else { return };
        let sender = user_of(&email::key(from));
        *direction = if sender.is_some() { Direction::Out } else { Direction::In };
        self.says_direction = true;
        self.author = sender.map(|user| user.id);
        let mut letter = self.letter.take().unwrap_or_default();
        let mut known: Vec<String> = Vec::new();
        for (text, key) in written.iter().filter_map(|text| Some((text, key(text)?))) {
            if user_of(&key).is_none() && !known.contains(&key) {
                letter.parties.push((*text).to_owned());
                known.push(key);
            }
        }
        self.logging.with = letter.parties.iter().filter_map(|party| email::parse(party).ok()).collect();
        self.letter = Some(letter);
    }
}

impl Import<'_> {
    /// Puts a mail into its thread; answers whom it is logged on, if it is one.
    pub(super) fn letter(&mut self, logged: &mut Logged, own: Option<&str>, row: u64) -> Result<Vec<Named>, Failure> {
        let Some(letter) = &logged.letter else { return Ok(Vec::new()) };
        let whole = self.thread_of(letter, own)?;
        if let Details::Email { thread, .. } = &mut logged.logging.details {
            *thread = whole;
        }
        self.addressee(letter, row)
    }

    /// The first known contact among those outside (R3.3); the unknown ones are made where that is wanted, else named.
    fn addressee(&mut self, letter: &Letter, row: u64) -> Result<Vec<Named>, Failure> {
        let mut first = None;
        for party in &letter.parties {
            let column = "address".to_owned();
            let (object, by, text) = (Object::CONTACT, By::Address, party.clone());
            let named = Named { object, by, text, label: None, primary: false, column };
            if !self.meant(&named, MAIL)?.is_empty() {
                first = first.or(Some(named));
            } else if self.ask.create_contacts {
                self.new_contact(row, party);
                first = first.or(Some(named));
            } else {
                let message = format!("{party} is no contact here: the mail came in without");
                self.imported.errors.push(Fault { row, column: Some(named.column), message });
            }
        }
        Ok(first.into_iter().collect())
    }

    fn new_contact(&mut self, number: u64, party: &str) {
        let id = self.workspace.with_ids(|ids| ids.record(Object::CONTACT));
        let called = party.split_once('<').map_or("", |(name, _)| name.trim());
        let called = if called.contains('@') { "" } else { called };
        let (first, last) = split_name(called);
        let address = email::parse(party).unwrap_or_default();
        let texts = [(is::FIRST_NAME, first), (is::LAST_NAME, last), (is::EMAIL, address.as_str())];
        let filled = texts.into_iter().filter(|(_, text)| !text.is_empty());
        let values = filled.map(|(property, text)| (property, Value::text(text))).collect();
        let row = ImportRow { number, target: ImportTarget::Create(id), values, associate: Vec::new() };
        self.logs.newcomers += 1;
        self.put(Pending { row, cells: Vec::new(), besides: true, columns: Vec::new() });
    }

    /// The thread of the first mail that is known of those it refers to; else they are of one that begins with the first.
    fn thread_of(&mut self, letter: &Letter, own: Option<&str>) -> Result<Option<String>, Failure> {
        let mut thread = None;
        for id in &letter.references {
            thread = self.logs.threads.get(id).cloned();
            if thread.is_none() {
                let mail = ActivityId::brought(ActivityKind::Email, MAIL, id, 0);
                thread = self.workspace.store().activity(mail)?.and_then(|mail| mail.thread().map(str::to_owned));
            }
            if thread.is_some() {
                break;
            }
        }
        let thread = thread.or_else(|| letter.references.first().cloned()).or_else(|| own.map(str::to_owned));
        if let (Some(thread), Some(own)) = (&thread, own) {
            self.logs.threads.insert(own.to_owned(), thread.clone());
        }
        Ok(thread)
    }

    /// Whether a record is one that this import would only make.
    pub(super) fn is_only_tried(&self, record: RecordId) -> bool {
        self.logs.only_tried.contains(&record) || (self.ask.dry_run && self.made.contains_key(&record))
    }

    /// How many contacts were made on the way.
    pub(super) fn say_newcomers(&mut self) {
        let message = match self.logs.newcomers {
            0 => return,
            1 => "1 contact for an address that nobody had".to_owned(),
            count => format!("{count} contacts for addresses that nobody had"),
        };
        let would = if self.ask.dry_run { "It would make" } else { "It made" };
        self.imported.errors.push(Fault { row: 0, column: None, message: format!("{would} {message}") });
    }
}

/// The mails of a folder.
pub(super) fn folder(path: &Path) -> Result<Source, String> {
    let paths = Paths::of(path).map_err(|error| error.to_string())?;
    if paths.is_empty() {
        return Err("there are no mails in this folder: neither .eml files nor a maildir".to_owned());
    }
    Ok(Rows::Mails(Mails::of_folder(paths)))
}
