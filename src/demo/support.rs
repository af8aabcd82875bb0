//! Tickets: what customers, and a few others, want help with.

use super::case::Case;
use super::pen::{Pen, choice};
use super::sales::{pipeline, stage};
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::pipeline::Group;
use crate::domain::record::Values;
use crate::domain::value::Value;
use chrono::{DateTime, Utc};

pub struct Ticket {
    pub id: RecordId,
    pub at: DateTime<Utc>,
    pub owner: Option<usize>,
    pub person: usize,
}

/// How the seed files write the categories.
const CATEGORIES: &[(&str, &str)] = &[
    ("product", "Product issue"),
    ("billing", "Billing issue"),
    ("feature", "Feature request"),
    ("inquiry", "General inquiry"),
];

pub fn tickets(case: &mut Case, pen: &mut Pen) {
    let chance = if case.has_won() { 16 } else { 3 };
    for person in 0..case.people.len() {
        if pen.rng.percent(chance) {
            let ticket = draw(case, person, pen);
            case.tickets.push(ticket);
        }
    }
}

fn draw(case: &Case, person: usize, pen: &mut Pen) -> Ticket {
    let calendar = &case.demo.calendar;
    let progress = case.demo.progress(case.people[person].number, 0.5);
    let (at, id) = pen.record_id(Object::TICKET, calendar.came(progress, 0.6));
    let owner = match pen.rng.below(100) {
        0..55 => Some(case.demo.staff.support()),
        55..85 => case.people[person].owner,
        _ => None,
    };
    let ticket = Ticket { id, at, owner, person };
    let values = values(case, &ticket, pen);
    pen.create(id, at, case.demo.staff.id(owner.unwrap_or(0)), values);
    ticket
}

fn values(case: &Case, ticket: &Ticket, pen: &mut Pen) -> Values {
    let open = match case.demo.calendar.days_since(ticket.at) {
        ..30 => 85,
        30..120 => 45,
        _ => 6,
    };
    let group = if pen.rng.percent(open) { Group::Open } else { Group::Closed };
    let (stage, _) = stage(pipeline(Object::TICKET), group, &mut pen.rng);
    let language = case.land.language.or_english(pen.rng.percent(50));
    let written = *pen.rng.pick(&language.phrases().tickets);
    let (category, text) = written.split_once(' ').unwrap_or(("inquiry", written));
    let (subject, description) = text.split_once('|').unwrap_or((text, text));
    let category = CATEGORIES.iter().find(|row| row.0 == category).map_or("General inquiry", |row| row.1);
    let priority = ["Low", "Medium", "High", "Urgent"][pen.rng.weighted(&[30, 45, 19, 6])];
    let filling = case.filling(ticket.person, language, ticket.owner.unwrap_or(0), ticket.at, pen);
    let values = [
        (is::NAME, Value::Text(filling.fill(subject))),
        (is::PIPELINE, Value::Option(pipeline(Object::TICKET).id)),
        (is::STAGE, Value::Option(stage.id)),
        (is::PRIORITY, choice(is::TICKET_ROWS, is::PRIORITY, priority)),
        (is::CATEGORY, choice(is::TICKET_ROWS, is::CATEGORY, category)),
        (is::DESCRIPTION, Value::Text(filling.fill(description))),
    ];
    let owner = ticket.owner.map(|owner| (is::OWNER, Value::User(case.demo.staff.id(owner))));
    values.into_iter().chain(owner).collect()
}
