//! The associations of a case: everyone with their company, deals, tickets and leads with company and contacts.

use super::case::Case;
use super::pen::Pen;
use crate::domain::id::RecordId;
use chrono::{DateTime, Utc};

const FIRST_COMPANY: Option<&str> = Some("first company");
const FIRST_CONTACT: Option<&str> = Some("first contact");

pub fn links(case: &Case, pen: &mut Pen) {
    for person in &case.people {
        company(case, person.id, person.at, person.owner, pen);
    }
    for deal in &case.deals {
        company(case, deal.id, deal.at, deal.owner, pen);
        for place in &deal.people {
            contact(case, *place, deal.id, None, deal.at, deal.owner, pen);
        }
    }
    for ticket in &case.tickets {
        company(case, ticket.id, ticket.at, ticket.owner, pen);
        contact(case, ticket.person, ticket.id, None, ticket.at, ticket.owner, pen);
    }
    for lead in &case.leads {
        company(case, lead.id, lead.at, lead.owner, pen);
        contact(case, lead.person, lead.id, FIRST_CONTACT, lead.at, lead.owner, pen);
    }
}

fn company(case: &Case, record: RecordId, at: DateTime<Utc>, owner: Option<usize>, pen: &mut Pen) {
    if let Some(company) = &case.company {
        pen.link(record, company.id, FIRST_COMPANY, at, case.demo.staff.id(owner.unwrap_or(0)));
    }
}

/// A colleague may have come to us after the deal: then the association is as old as the colleague.
fn contact(
    case: &Case,
    place: usize,
    record: RecordId,
    primary: Option<&str>,
    at: DateTime<Utc>,
    owner: Option<usize>,
    pen: &mut Pen,
) {
    let person = &case.people[place];
    pen.link(record, person.id, primary, at.max(person.at), case.demo.staff.id(owner.unwrap_or(0)));
}
