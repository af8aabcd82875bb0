//! Contacts: who they are, how they are reached, and their records.

use super::case::Case;
use super::company::{Company, phone};
use super::pen::{Pen, choice};
use super::phrases::{Language, SOURCES};
use super::random::Rng;
use super::sales::Deal;
use super::words::{City, Land, Star, Word};
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::record::Values;
use crate::domain::value::Value;
use chrono::{DateTime, Utc};
use std::fmt::Write;

pub struct Person {
    /// Among all contacts, from 0.
    pub number: u64,
    pub id: RecordId,
    pub at: DateTime<Utc>,
    pub woman: bool,
    pub first: &'static Word,
    pub last: String,
    last_latin: String,
    pub email: Option<String>,
    pub mobile: Option<String>,
    pub city: &'static City,
    pub owner: Option<usize>,
    /// Places among the case's deals, as they came; two at most.
    pub deals: Vec<usize>,
    pub lifecycle: Option<&'static str>,
}

/// Where those without a company have their post.
const PRIVATE: &[&str] = &["poczta.example", "postfach.example", "mailbox.example", "inbox.example", "yubin.example"];

impl Person {
    pub fn draw(case: &Case, number: u64, star: Option<&'static Star>, pen: &mut Pen) -> Person {
        let land = case.land;
        let part = 0.05 + 0.9 * pen.rng.unit();
        let (at, id) = pen.record_id(Object::CONTACT, case.demo.calendar.came(case.demo.progress(number, part), 0.0));
        let woman = star.map_or_else(|| pen.rng.percent(46), |star| star.woman);
        let first =
            star.map_or_else(|| pen.rng.common(if woman { &land.women } else { &land.men }), |star| &star.first);
        let (last, last_slug, last_latin) = match star {
            Some(star) => (star.last.text.to_owned(), star.last.slug.clone(), star.last.latin.clone()),
            None => surname(land, woman, &mut pen.rng),
        };
        let email = match &case.company {
            Some(company) if pen.rng.percent(95) => Some(at_work(case, company, number, &first.slug, &last_slug)),
            None if pen.rng.percent(90) => Some(private(number, &first.slug, &last_slug, &mut pen.rng)),
            _ => None,
        };
        let age = case.demo.calendar.days_since(at);
        Person {
            number,
            id,
            at,
            woman,
            first,
            last,
            last_latin,
            email,
            mobile: pen.rng.percent(50).then(|| mobile(land, &mut pen.rng)),
            city: case.company.as_ref().map_or(&land.cities[0], |company| company.city),
            owner: owner(case, age, pen),
            deals: Vec::new(),
            lifecycle: None,
        }
        .moved(land, case.company.is_none(), &mut pen.rng)
    }

    /// Some live elsewhere than their company.
    fn moved(mut self, land: &'static Land, anywhere: bool, rng: &mut Rng) -> Person {
        if anywhere || rng.percent(12) {
            self.city = rng.common(&land.cities);
        }
        self
    }

    pub fn last_in(&self, language: Language) -> &str {
        if language == Language::English { &self.last_latin } else { &self.last }
    }
}

fn mobile(land: &Land, rng: &mut Rng) -> String {
    let pattern = *rng.pick(&land.mobiles);
    phone(land, pattern, rng)
}

/// Mostly whoever looks after the company.
fn owner(case: &Case, age: i64, pen: &mut Pen) -> Option<usize> {
    let staff = &case.demo.staff;
    match (&case.company, pen.rng.below(100)) {
        (Some(company), 0..84) => company.owner,
        (Some(_), 84..92) => None,
        (Some(_), _) => Some(staff.seller(case.land, age, &mut pen.rng)),
        (None, _) => staff.owner(case.land, age, &mut pen.rng),
    }
}

/// A surname as written, for addresses and in Latin letters; a few are double.
fn surname(land: &Land, woman: bool, rng: &mut Rng) -> (String, String, String) {
    let one = rng.common(&land.surnames);
    let double = match land.language {
        Language::Japanese => 0,
        Language::Polish if woman => 9,
        _ => 3,
    };
    if !rng.percent(double) {
        let text = inflected(land, woman, one.text);
        return (
            text.clone(),
            inflected(land, woman, &one.slug),
            if one.text == one.latin { text } else { one.latin.clone() },
        );
    }
    let other = rng.pick(&land.surnames);
    let text = format!("{}-{}", inflected(land, woman, one.text), inflected(land, woman, other.text));
    let slug = format!("{}-{}", inflected(land, woman, &one.slug), inflected(land, woman, &other.slug));
    (text.clone(), slug, text)
}

/// Polish surnames in -ki and -ny end in -ka and -na when a woman has them.
fn inflected(land: &Land, woman: bool, surname: &str) -> String {
    if woman && land.language == Language::Polish && (surname.ends_with("ki") || surname.ends_with("ny")) {
        return format!("{}a", &surname[..surname.len() - 1]);
    }
    surname.to_owned()
}

/// An address in the way of the company; with the contact's number when a colleague has it already.
fn at_work(case: &Case, company: &Company, number: u64, first: &str, last: &str) -> String {
    let initial = &first[..1];
    let mut address = match company.addresses {
        0 => format!("{initial}.{last}"),
        1 | 2 => format!("{first}.{last}"),
        3 => last.to_owned(),
        _ => format!("{first}{}", &last[..1]),
    };
    let taken = |person: &Person| {
        person.email.as_deref().and_then(|email| email.split_once('@')).map(|parts| parts.0 == address)
    };
    if case.people.iter().any(|person| taken(person) == Some(true)) {
        let _ = write!(address, ".{}", number + 1);
    }
    address.push('@');
    address.push_str(&company.domain);
    address
}

/// The contact's number makes it the only one of its kind.
fn private(number: u64, first: &str, last: &str, rng: &mut Rng) -> String {
    format!("{first}.{last}.{}@{}", number + 1, rng.pick(PRIVATE))
}

/// The records of the case's people; what they are to us follows from their deals and leads.
pub fn records(case: &Case, pen: &mut Pen) {
    for (place, person) in case.people.iter().enumerate() {
        let mut values = identity(case, person, pen);
        reached(case, person, &mut values, pen);
        standing(case, place, &mut values, pen);
        let by = case.demo.staff.id(person.owner.unwrap_or(0));
        pen.create(person.id, person.at, by, values);
    }
}

fn identity(case: &Case, person: &Person, pen: &mut Pen) -> Values {
    let mut values = Values::default();
    let mut put = |property, value| drop(values.put(property, Some(value)));
    if let Some(owner) = person.owner {
        put(is::OWNER, Value::User(case.demo.staff.id(owner)));
    }
    put(is::FIRST_NAME, Value::text(person.first.text));
    put(is::LAST_NAME, Value::text(&person.last));
    if case.company.is_some() && pen.rng.percent(90) {
        put(is::JOB_TITLE, Value::text(job(case.land, person.woman, &mut pen.rng)));
    }
    if case.company.is_none() && pen.rng.percent(35) {
        let any = pen.rng.below(case.land.company_names());
        let (stem, trade) = case.land.company_name(any);
        put(is::COMPANY_NAME, Value::Text(format!("{} {}", stem.latin, trade.name.latin)));
    }
    values
}

fn job(land: &Land, woman: bool, rng: &mut Rng) -> &'static str {
    let english = rng.percent(45) && land.language != Language::English;
    let land = if english { super::words::LANDS.iter().find(|other| other.code == "gb").unwrap_or(land) } else { land };
    let title = rng.common(&land.titles);
    if woman { title.1 } else { title.0 }
}

fn reached(case: &Case, person: &Person, values: &mut Values, pen: &mut Pen) {
    let rng = &mut pen.rng;
    let mut put = |property, value| drop(values.put(property, Some(value)));
    if let Some(email) = &person.email {
        put(is::EMAIL, Value::text(email));
        if case.company.is_some() && rng.percent(3) {
            let local = email.split('@').next().unwrap_or_default();
            put(is::EMAILS, Value::Texts(vec![private(person.number, local, "private", rng)]));
        }
    }
    if rng.percent(60) {
        put(is::PHONE, Value::Text(phone(case.land, person.city.phone, rng)));
    }
    if let Some(mobile) = &person.mobile {
        put(is::MOBILE, Value::text(mobile));
    }
    put(is::CITY, Value::text(person.city.name.text));
    put(is::COUNTRY, Value::text(case.land.name));
    if rng.percent(80) {
        put(is::LEAD_SOURCE, Value::text(*rng.common(&SOURCES)));
    }
}

fn standing(case: &Case, place: usize, values: &mut Values, pen: &mut Pen) {
    let person = &case.people[place];
    let mut put = |property, value| drop(values.put(property, Some(value)));
    if let Some(stage) = person.lifecycle {
        put(is::LIFECYCLE_STAGE, choice(is::CONTACT_ROWS, is::LIFECYCLE_STAGE, stage));
    }
    let statuses: &[&str] = match person.lifecycle {
        Some("Opportunity") => &["Open deal", "Open deal", "Open deal", "Connected"],
        Some("Sales qualified lead") => &["Connected", "In progress", "In progress"],
        Some("Marketing qualified lead") => &["Attempted to contact", "Open", "Bad timing"],
        Some("Lead") => &["New", "New", "Open", "Attempted to contact"],
        Some("Other") => &["Unqualified"],
        _ => &[],
    };
    if !statuses.is_empty() && pen.rng.percent(75) {
        let status = *pen.rng.pick(statuses);
        put(is::LEAD_STATUS, choice(is::CONTACT_ROWS, is::LEAD_STATUS, status));
    }
    if pen.rng.percent(7) {
        let language = case.land.language.or_english(pen.rng.percent(30));
        let remark = *pen.rng.pick(&language.phrases().remarks);
        let text = case.filling(place, language, person.owner.unwrap_or(0), person.at, pen).fill(remark);
        put(is::NOTES, Value::Text(text));
    }
}

/// What someone with these deals, and a lead that far or none, is to us.
pub fn lifecycle(deals: &[&Deal], lead: Option<&super::sales::Lead>, rng: &mut Rng) -> Option<&'static str> {
    use crate::domain::pipeline::Group;
    if deals.iter().any(|deal| deal.is_won()) {
        return Some(if rng.percent(8) { "Evangelist" } else { "Customer" });
    }
    if deals.iter().any(|deal| deal.stage.group.is_open()) {
        return Some("Opportunity");
    }
    match lead.map(|lead| (lead.stage.group, lead.place)) {
        Some((Group::InProgress, 0)) => Some("Lead"),
        Some((Group::InProgress, 1)) => Some("Marketing qualified lead"),
        Some((Group::InProgress | Group::Qualified, _)) => Some("Sales qualified lead"),
        Some(_) => Some(*rng.pick(&["Lead", "Lead", "Subscriber", "Other"])),
        None => match rng.weighted(&[28, 34, 16, 3, 5, 14]) {
            0 => Some("Subscriber"),
            1 => Some("Lead"),
            2 => Some("Marketing qualified lead"),
            3 => Some("Sales qualified lead"),
            4 => Some("Other"),
            _ => None,
        },
    }
}
