//! Which properties a page shows first, in which order and under which short label. To show another one early, add it
//! to its object's groups; all others follow by themselves when they have a value.

use crate::domain::id::{Object, PropertyId};
use crate::domain::object::is;

/// A property in its place.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub id: PropertyId,
    /// Empty: the property's own.
    pub label: &'static str,
    /// Shown as `–` when it is empty.
    pub always: bool,
}

const fn main(id: PropertyId) -> Place {
    Place { id, label: "", always: true }
}

const fn called(id: PropertyId, label: &'static str) -> Place {
    Place { id, label, always: true }
}

const fn more(id: PropertyId) -> Place {
    Place { id, label: "", always: false }
}

const fn called_if(id: PropertyId, label: &'static str) -> Place {
    Place { id, label, always: false }
}

type Groups = [&'static [Place]; 2];

const CONTACT: Groups = [
    &[
        main(is::EMAIL),
        called_if(is::EMAILS, "Further"),
        main(is::PHONE),
        more(is::MOBILE),
        main(is::JOB_TITLE),
        more(is::STREET),
        more(is::POSTAL_CODE),
        more(is::CITY),
        called_if(is::STATE, "Region"),
        more(is::COUNTRY),
        more(is::WEBSITE),
    ],
    &[
        main(is::OWNER),
        called(is::LIFECYCLE_STAGE, "Lifecycle"),
        main(is::LEAD_STATUS),
        called_if(is::LEAD_SOURCE, "Source"),
    ],
];

const COMPANY: Groups = [
    &[
        main(is::DOMAIN),
        called_if(is::DOMAINS, "Further"),
        main(is::PHONE),
        main(is::INDUSTRY),
        more(is::EMPLOYEES),
        called_if(is::ANNUAL_REVENUE, "Revenue"),
        more(is::STREET),
        more(is::POSTAL_CODE),
        main(is::CITY),
        called_if(is::STATE, "Region"),
        more(is::COUNTRY),
        more(is::WEBSITE),
    ],
    &[main(is::OWNER), called(is::LIFECYCLE_STAGE, "Lifecycle")],
];

const DEAL: Groups = [
    &[main(is::AMOUNT), main(is::STAGE), main(is::CLOSE_DATE), main(is::PIPELINE), called_if(is::DEAL_TYPE, "Type")],
    &[main(is::OWNER), more(is::DEAL_TEAM), more(is::CO_SOLD), more(is::PARTNERS)],
];

const TICKET: Groups =
    [&[main(is::STAGE), main(is::PRIORITY), main(is::CATEGORY), main(is::PIPELINE)], &[main(is::OWNER)]];

const LEAD: Groups = [
    &[main(is::LEAD_LABEL), main(is::STAGE), main(is::PIPELINE), called_if(is::LEAD_TYPE, "Type")],
    &[
        called(is::OWNER, "Owner"),
        called_if(is::LEAD_SOURCE, "Source"),
        called_if(is::DISQUALIFICATION_REASON, "Reason"),
    ],
];

const CUSTOM: Groups = [&[], &[main(is::OWNER)]];

/// Below them all.
pub const TIMES: &[Place] =
    &[called(is::CREATED_AT, "Created"), called(is::LAST_ACTIVITY, "Last"), called(is::NEXT_ACTIVITY, "Next")];

/// What stands elsewhere on the page: in the breadcrumb, in the line below it, on the timeline.
pub const ELSEWHERE: &[PropertyId] =
    &[is::NAME, is::FIRST_NAME, is::LAST_NAME, is::COMPANY, is::UPDATED_AT, is::STAGE_ENTERED];

pub fn groups(object: Object) -> Groups {
    match object {
        Object::CONTACT => CONTACT,
        Object::COMPANY => COMPANY,
        Object::DEAL => DEAL,
        Object::TICKET => TICKET,
        Object::LEAD => LEAD,
        _ => CUSTOM,
    }
}
