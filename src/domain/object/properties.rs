//! The built-in properties. To add one: a number that was never used, and a row in each object that has it.
//! Numbers are stored: never reuse one, never change a kind; a choice is added at the end of its list.

use crate::domain::id::PropertyId;
use crate::domain::property::{Kind, Row, Traits};

macro_rules! numbers {
    ($($name:ident = $number:literal),* $(,)?) => { $(pub const $name: PropertyId = PropertyId($number);)* };
}

// In no table: `MERGED_INTO` stands on records in the bin only, and says which record they became part of; `PINNED` says
// which activity is on top of the timeline (R3.19), `FOLLOWERS` who is told what becomes of it (R4.14),
// `REGISTRATIONS` which partners claimed the record (R4.4).
numbers! {
    NAME = 1, OWNER = 2, CREATED_AT = 3, UPDATED_AT = 4, LAST_ACTIVITY = 5, NEXT_ACTIVITY = 6, EXTERNAL_IDS = 7, NOTES = 8, COMPANY = 9,
    MERGED_INTO = 10, PINNED = 11, FOLLOWERS = 12, REGISTRATIONS = 13,
    FIRST_NAME = 20, LAST_NAME = 21, EMAIL = 22, EMAILS = 23, PHONE = 24, MOBILE = 25, JOB_TITLE = 26, COMPANY_NAME = 27,
    LIFECYCLE_STAGE = 28, LEAD_STATUS = 29, CITY = 30, COUNTRY = 31, WEBSITE = 32, LEAD_SOURCE = 33, STREET = 34,
    POSTAL_CODE = 35, STATE = 36,
    DOMAIN = 60, DOMAINS = 61, INDUSTRY = 62, EMPLOYEES = 63, ANNUAL_REVENUE = 64,
    PIPELINE = 40, STAGE = 41, AMOUNT = 42, CLOSE_DATE = 43, DEAL_TYPE = 44, CO_SOLD = 45, DEAL_TEAM = 46, PARTNERS = 47,
    PRIORITY = 48, CATEGORY = 49, DESCRIPTION = 50,
    LEAD_LABEL = 51, LEAD_TYPE = 52, DISQUALIFICATION_REASON = 53, DISQUALIFICATION_NOTE = 54,
    STAGE_ENTERED = 55, STAGE_VISITS = 56, BOARD_PLACE = 57,
}

/// Kept with a record and no part of what it says: changing them does not make it updated.
pub const KEPT_ASIDE: &[PropertyId] = &[PINNED, FOLLOWERS];

/// R2.17, in order; `Other` stands outside it.
pub const LIFECYCLE_STAGES: &[&str] = &[
    "Subscriber",
    "Lead",
    "Marketing qualified lead",
    "Sales qualified lead",
    "Opportunity",
    "Customer",
    "Evangelist",
    "Other",
];

const LEAD_STATUSES: &[&str] =
    &["New", "Open", "In progress", "Open deal", "Unqualified", "Attempted to contact", "Connected", "Bad timing"];

/// R2.11.
const REASONS: &[&str] = &[
    "Bad timing",
    "No budget",
    "No decision-making power",
    "Chose a competitor",
    "Not a good fit",
    "No response",
    "Wrong data",
];

const fn row(id: PropertyId, name: &'static str, label: &'static str, kind: Kind, traits: Traits) -> Row {
    Row { id, name, label, kind, choices: &[], traits }
}

const fn choice(id: PropertyId, name: &'static str, label: &'static str, choices: &'static [&'static str]) -> Row {
    Row { id, name, label, kind: Kind::Option, choices, traits: Traits::Plain }
}

use Traits::{Derived, DerivedSearched, Hidden, Internal, Plain, Required, RequiredSearched, Searched};

const OWNED: Row = row(OWNER, "owner", "Owner", Kind::User, Plain);
const CREATED: Row = row(CREATED_AT, "created_at", "Created", Kind::DateTime, Derived);
const UPDATED: Row = row(UPDATED_AT, "updated_at", "Updated", Kind::DateTime, Derived);
const LAST: Row = row(LAST_ACTIVITY, "last_activity", "Last activity", Kind::DateTime, Derived);
const NEXT: Row = row(NEXT_ACTIVITY, "next_activity", "Next activity", Kind::DateTime, Derived);
const EXTERNAL: Row = row(EXTERNAL_IDS, "external_ids", "External ids", Kind::Texts, Hidden);
/// Name of the primary company; of a contact without one, what it says of its company itself.
const TIED: Row = row(COMPANY, "company", "Company", Kind::Text, Derived);
const NOTED: Row = row(NOTES, "notes", "Notes", Kind::LongText, Plain);
const CALLED: Row = row(PHONE, "phone", "Phone", Kind::Phone, Searched);
const SITE: Row = row(WEBSITE, "website", "Website", Kind::Url, Plain);
const TOWN: Row = row(CITY, "city", "City", Kind::Text, Plain);
const LAND: Row = row(COUNTRY, "country", "Country", Kind::Text, Plain);
const ROAD: Row = row(STREET, "street", "Street", Kind::Text, Plain);
const POST: Row = row(POSTAL_CODE, "postal_code", "Postal code", Kind::Text, Plain);
const REGION: Row = row(STATE, "state", "State or region", Kind::Text, Plain);
const LIFECYCLE: Row = choice(LIFECYCLE_STAGE, "lifecycle_stage", "Lifecycle stage", LIFECYCLE_STAGES);
const SOURCE: Row = row(LEAD_SOURCE, "lead_source", "Lead source", Kind::Text, Plain);
const PIPED: Row = row(PIPELINE, "pipeline", "Pipeline", Kind::Pipeline, Required);
const STAGED: Row = row(STAGE, "stage", "Stage", Kind::Stage, Required);
/// When the record came to its stage, and to those before it: what `pipeline/visits.rs` reads.
const ENTERED: Row = row(STAGE_ENTERED, "stage_entered", "In stage since", Kind::DateTime, Derived);
const VISITED: Row = row(STAGE_VISITS, "stage_visits", "Stages before", Kind::Texts, Internal);
const PLACED: Row = row(BOARD_PLACE, "board_place", "Place on the board", Kind::Text, Internal);
const CALLED_BY_NAME: Row = row(NAME, "name", "Name", Kind::Text, RequiredSearched);

pub const CONTACT_ROWS: &[Row] = &[
    row(NAME, "name", "Name", Kind::Text, DerivedSearched),
    row(FIRST_NAME, "first_name", "First name", Kind::Text, Plain),
    row(LAST_NAME, "last_name", "Last name", Kind::Text, Plain),
    row(EMAIL, "email", "E-mail", Kind::Email, Searched),
    row(EMAILS, "emails", "Further e-mails", Kind::Emails, Searched),
    CALLED,
    row(MOBILE, "mobile", "Mobile", Kind::Phone, Searched),
    row(JOB_TITLE, "job_title", "Job title", Kind::Text, Plain),
    TIED,
    row(COMPANY_NAME, "company_name", "Company name", Kind::Text, Searched),
    LIFECYCLE,
    choice(LEAD_STATUS, "lead_status", "Lead status", LEAD_STATUSES),
    OWNED,
    ROAD,
    POST,
    TOWN,
    REGION,
    LAND,
    SITE,
    SOURCE,
    NOTED,
    CREATED,
    UPDATED,
    LAST,
    NEXT,
    EXTERNAL,
];

pub const COMPANY_ROWS: &[Row] = &[
    CALLED_BY_NAME,
    row(DOMAIN, "domain", "Domain", Kind::Domain, Searched),
    row(DOMAINS, "domains", "Further domains", Kind::Domains, Searched),
    CALLED,
    row(INDUSTRY, "industry", "Industry", Kind::Text, Plain),
    row(EMPLOYEES, "employees", "Employees", Kind::Number, Plain),
    row(ANNUAL_REVENUE, "annual_revenue", "Annual revenue", Kind::Money, Plain),
    LIFECYCLE,
    OWNED,
    ROAD,
    POST,
    TOWN,
    REGION,
    LAND,
    SITE,
    NOTED,
    CREATED,
    UPDATED,
    LAST,
    NEXT,
    EXTERNAL,
];

pub const DEAL_ROWS: &[Row] = &[
    CALLED_BY_NAME,
    TIED,
    PIPED,
    STAGED,
    row(AMOUNT, "amount", "Amount", Kind::Money, Plain),
    row(CLOSE_DATE, "close_date", "Close date", Kind::Date, Plain),
    choice(DEAL_TYPE, "deal_type", "Deal type", &["New business", "Existing business"]),
    OWNED,
    row(CO_SOLD, "co_sold", "Co-sold", Kind::YesNo, Plain),
    row(DEAL_TEAM, "deal_team", "Deal team", Kind::Users, Plain),
    row(PARTNERS, "partners", "Partners", Kind::Texts, Plain),
    NOTED,
    ENTERED,
    CREATED,
    UPDATED,
    LAST,
    NEXT,
    EXTERNAL,
    VISITED,
    PLACED,
];

pub const TICKET_ROWS: &[Row] = &[
    CALLED_BY_NAME,
    TIED,
    PIPED,
    STAGED,
    choice(PRIORITY, "priority", "Priority", &["Low", "Medium", "High", "Urgent"]),
    choice(CATEGORY, "category", "Category", &["Product issue", "Billing issue", "Feature request", "General inquiry"]),
    row(DESCRIPTION, "description", "Description", Kind::LongText, Plain),
    OWNED,
    ENTERED,
    CREATED,
    UPDATED,
    LAST,
    NEXT,
    EXTERNAL,
    VISITED,
    PLACED,
];

pub const LEAD_ROWS: &[Row] = &[
    CALLED_BY_NAME,
    TIED,
    PIPED,
    STAGED,
    choice(LEAD_LABEL, "lead_label", "Label", &["Hot", "Warm", "Cold"]),
    choice(LEAD_TYPE, "lead_type", "Type", &["New business", "Upsell", "Re-attempting"]),
    SOURCE,
    row(OWNER, "owner", "Lead owner", Kind::User, Plain),
    choice(DISQUALIFICATION_REASON, "disqualification_reason", "Disqualification reason", REASONS),
    row(DISQUALIFICATION_NOTE, "disqualification_note", "Disqualification note", Kind::LongText, Plain),
    ENTERED,
    CREATED,
    UPDATED,
    LAST,
    NEXT,
    EXTERNAL,
    VISITED,
    PLACED,
];

/// What a custom object has before its own properties.
pub const CUSTOM_ROWS: &[Row] = &[CALLED_BY_NAME, OWNED, NOTED, CREATED, UPDATED, LAST, NEXT, EXTERNAL];
