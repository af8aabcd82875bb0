//! The made-up workspace of `lejek demo`: people, companies, deals, tickets, leads and what was said, made in a stream,
//! so that a million contacts need no more memory than a thousand. Seed words are text files in `assets/demo`.
//!
//! The same number of contacts, first user and day give the same data, ids included. Times are counted from the day
//! on which it is made, so that there is always something overdue, due today and due next week; everything that has
//! happened happened before that day began. Each object's ids grow over the stream, and carry the time of creation.
//! Those of activities only grow: what happened with a company stays together, whenever it was, and the stamp says
//! when it was logged.

mod calendar;
mod case;
mod company;
mod pen;
mod people;
mod phrases;
mod random;
mod sales;
mod staff;
mod stream;
mod support;
mod talk;
#[cfg(test)]
mod tests;
mod ties;
mod words;

pub use stream::Batches;

use crate::domain::change::Op;
use crate::domain::id::ActNo;
use crate::domain::user::User;
use calendar::Calendar;
use chrono::{DateTime, Utc};
use staff::Staff;

/// Ops of one batch at most.
pub const BATCH_MOST: usize = 2_000;

/// A made-up workspace of a size.
#[derive(Debug, Clone)]
pub struct Demo {
    contacts: u64,
    calendar: Calendar,
    staff: Staff,
}

/// A piece of the stream, to be committed whole: records, then associations, then activities.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    pub ops: Vec<Op>,
    /// Contacts made so far, of all that are wanted.
    pub contacts: u64,
}

impl Demo {
    /// At least one contact. Of `now` only the day matters. `first_user`: name and e-mail of who owns the workspace.
    pub fn new(contacts: u64, now: DateTime<Utc>, first_user: Option<(&str, &str)>) -> Demo {
        let calendar = Calendar::new(now);
        let staff = Staff::new(first_user, &calendar);
        Demo { contacts: contacts.max(1), calendar, staff }
    }

    /// The first one is Super Admin and author of most.
    pub fn users(&self) -> Vec<User> {
        self.staff.users.clone()
    }

    /// Everything but the users, as made by the act `act`.
    pub fn batches(&self, act: ActNo) -> Batches {
        Batches::new(self.clone(), act)
    }

    /// How far the stream is when it has come to that contact, 0 to 1.
    fn progress(&self, contact: u64, part: f64) -> f64 {
        ((contact as f64 + part) / self.contacts as f64).min(1.0)
    }
}
