//! What was said and done with people, and what is planned: how much with whom, and where it goes (R3.4). Each way of
//! talking is a function in `talk/`; how often it comes is a row of [`WAYS`].

mod day;
mod desk;
mod mail;
mod spoken;

use super::calendar::date;
use super::case::Case;
use super::pen::Pen;
use super::people::Person;
use super::phrases::Language;
use crate::domain::activity::{Activity, ActivityKind, Details, LoggedFrom, Target};
use crate::domain::change::Reason;
use crate::domain::id::RecordId;
use chrono::{DateTime, TimeDelta, Utc};
use std::cell::Cell;

/// One person, to be talked with.
struct Talk<'a> {
    case: &'a Case<'a>,
    place: usize,
    person: &'a Person,
    /// When the ids of its activities are from; see `demo.rs`.
    wanted: i64,
    /// Where each list goes on, so that nobody hears the same twice before they have heard all.
    turns: [Cell<usize>; 6],
}

/// The lists that are gone through in turns.
#[derive(Clone, Copy)]
enum Turn {
    Threads,
    Singles,
    Calls,
    Meetings,
    Notes,
    Tasks,
}

/// An activity without what the pen adds.
struct Entry {
    kind: ActivityKind,
    at: DateTime<Utc>,
    logged: DateTime<Utc>,
    subject: String,
    text: String,
    details: Details,
    from: LoggedFrom,
    user: usize,
    targets: Vec<Target>,
}

/// Makes one episode of at most that many activities; answers how many it made.
type Way = fn(&Talk, usize, &mut Pen) -> usize;

/// Of a hundred episodes, how many are of that kind.
const WAYS: &[(usize, Way)] = &[
    (25, mail::thread),
    (12, mail::single),
    (25, spoken::call),
    (10, spoken::meeting),
    (12, desk::note),
    (10, desk::task_done),
    (6, spoken::message),
];

/// How many activities people have, from and to, and how many of a thousand people have so many: of those we are in
/// business with, and of others.
const BUSY: &[(i64, i64, usize, usize)] =
    &[(0, 0, 118, 650), (1, 1, 270, 230), (2, 3, 270, 85), (3, 7, 240, 29), (8, 14, 80, 5), (30, 60, 22, 1)];

pub fn activities(case: &Case, pen: &mut Pen) {
    let ways: Vec<usize> = WAYS.iter().map(|way| way.0).collect();
    for (place, person) in case.people.iter().enumerate() {
        let wanted = case.demo.calendar.came(case.demo.progress(person.number, 0.5), 0.5);
        let turns = std::array::from_fn(|_| Cell::new(pen.rng.below(1_000)));
        let talk = Talk { case, place, person, wanted, turns };
        let column = usize::from(!talk.is_business());
        let weights: [usize; 6] = std::array::from_fn(|row| [BUSY[row].2, BUSY[row].3][column]);
        let busy = &BUSY[pen.rng.weighted(&weights)];
        let mut left = pen.rng.between(busy.0, busy.1) as usize;
        while left > 0 {
            let way = WAYS[pen.rng.weighted(&ways)].1;
            left = left.saturating_sub(way(&talk, left, pen));
        }
        talk.plans(pen);
    }
}

impl Talk<'_> {
    /// They are on a deal, a lead or a ticket.
    fn is_business(&self) -> bool {
        let here = |place: usize| place == self.place;
        let led = self.case.leads.iter().any(|lead| here(lead.person));
        led || !self.person.deals.is_empty() || self.case.tickets.iter().any(|ticket| here(ticket.person))
    }

    /// They are on a deal or lead that is open today.
    fn is_open(&self) -> bool {
        let lead = self.case.leads.iter().any(|lead| lead.person == self.place && lead.stage.group.is_open());
        lead || self.person.deals.iter().any(|deal| self.case.deals[*deal].stage.group.is_open())
    }

    /// What is planned with those with whom something is open.
    fn plans(&self, pen: &mut Pen) {
        let first = self.case.is_first() && self.place == 0;
        if !first && self.owner() == Some(0) {
            return day::plan(self, pen);
        }
        if first {
            spoken::call(self, 1, pen);
        }
        if first || self.is_open() && pen.rng.percent(34) {
            desk::task_open(self, first, pen);
        }
        if self.is_open() && pen.rng.percent(9) {
            spoken::meeting_ahead(self, pen);
        }
    }

    /// A working hour between their coming and today, rather lately than long ago.
    fn past(&self, pen: &mut Pen) -> DateTime<Utc> {
        let calendar = &self.case.demo.calendar;
        let age = calendar.days_since(self.person.at) as f64;
        let back = 1 + (age * pen.rng.unit() * pen.rng.unit()) as i64;
        let soonest = self.person.at + TimeDelta::minutes(pen.rng.between(6, 45));
        calendar.hour_of(-back, &mut pen.rng).max(soonest)
    }

    /// Within the last two weeks before the day `offset` days from today, not before their coming.
    fn lately(&self, offset: i64, pen: &mut Pen) -> DateTime<Utc> {
        let back = pen.rng.between(1, 12);
        let at = self.case.demo.calendar.hour_of(offset.min(0) - back, &mut pen.rng);
        at.max(self.person.at + TimeDelta::minutes(4))
    }

    fn turn<'b, T>(&self, turn: Turn, of: &'b [T]) -> &'b T {
        let turns = &self.turns[turn as usize];
        turns.set(turns.get() + 1);
        &of[turns.get() % of.len()]
    }

    fn owner(&self) -> Option<usize> {
        self.person.owner.or(self.case.company.as_ref().and_then(|company| company.owner))
    }

    /// Who of us talks with them: their owner, the company's, or whoever sells there.
    fn user(&self, at: DateTime<Utc>, pen: &mut Pen) -> usize {
        let (staff, age) = (&self.case.demo.staff, self.case.demo.calendar.days_since(at));
        let still_here = self.owner().filter(|owner| staff.users[*owner].active);
        still_here.unwrap_or_else(|| staff.seller(self.case.land, age, &mut pen.rng))
    }

    /// Their own language in some of a hundred cases, else English.
    fn language(&self, own: usize, pen: &mut Pen) -> Language {
        self.case.land.language.or_english(pen.rng.percent(own))
    }

    /// Where something first logged on the contact goes.
    fn targets(&self, at: DateTime<Utc>) -> Vec<Target> {
        let mut targets = Vec::with_capacity(4);
        targets.push(target(self.person.id, at, 2, "logged here"));
        if let Some(company) = &self.case.company {
            targets.push(target(company.id, at, 4, "primary company"));
        }
        let deals = &self.case.deals;
        let open = || self.person.deals.iter().map(|place| &deals[*place]).rev().filter(|deal| deal.was_open(at));
        let many = open().count();
        for (deal, number) in open().zip(1..) {
            targets.push(target(deal.id, at, 4, &format!("open deal {number} of {many}")));
        }
        targets
    }

    /// Where something goes that was first logged on another record of the case; `reached`: why it is on the contact too.
    fn targets_of(&self, home: RecordId, reached: Option<&str>, at: DateTime<Utc>) -> Vec<Target> {
        let mut targets = vec![target(home, at, 2, "logged here")];
        if let Some(company) = &self.case.company {
            targets.push(target(company.id, at, 4, "primary company"));
        }
        targets.extend(reached.map(|why| target(self.person.id, at, 6, why)));
        targets
    }

    /// A deal or ticket of theirs that was there by then, for some of a hundred activities.
    fn elsewhere(&self, chance: usize, at: DateTime<Utc>, pen: &mut Pen) -> Option<RecordId> {
        if !pen.rng.percent(chance) {
            return None;
        }
        let deals = self.person.deals.iter().map(|place| &self.case.deals[*place]);
        let deal = deals.filter(|deal| deal.at <= at).map(|deal| deal.id).next_back();
        let mut tickets = self.case.tickets.iter().filter(|ticket| ticket.person == self.place && ticket.at <= at);
        deal.or_else(|| tickets.next().map(|ticket| ticket.id))
    }

    fn log(&self, entry: Entry, pen: &mut Pen) {
        let Some(home) = entry.targets.first() else { return };
        let activity = Activity {
            id: pen.activity_id(self.wanted),
            version: 1,
            kind: entry.kind,
            at: entry.at,
            subject: entry.subject,
            text: entry.text,
            details: entry.details,
            logged_on: home.record,
            logged_from: entry.from,
            stamp: pen.stamp(entry.logged, self.case.demo.staff.id(entry.user)),
            targets: entry.targets,
        };
        pen.log(activity);
    }
}

/// A record with the rule of chapter 3 that put the activity there.
fn target(record: RecordId, at: DateTime<Utc>, rule: u8, why: &str) -> Target {
    Target { record, at, why: Reason::rule(3, rule, why) }
}

/// A little after it happened, and before that day ended.
fn soon_after(at: DateTime<Utc>, pen: &mut Pen) -> DateTime<Utc> {
    let later = at + TimeDelta::minutes(pen.rng.between(1, 50));
    if date(later) == date(at) { later } else { at }
}
