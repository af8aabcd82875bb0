//! Companies: their names, which never repeat, their addresses and their records.

use super::Demo;
use super::case::{Case, Order};
use super::pen::{Pen, choice, made_up};
use super::phrases::Language;
use super::random::Rng;
use super::words::{City, Land};
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::record::Values;
use crate::domain::value::{Currency, Money, Number, Value};
use chrono::{DateTime, Utc};

pub struct Company {
    pub id: RecordId,
    pub at: DateTime<Utc>,
    pub name: String,
    pub domain: String,
    pub city: &'static City,
    pub industry: &'static str,
    pub owner: Option<usize>,
    pub currency: Currency,
    /// How its addresses are made; see `people.rs`.
    pub addresses: usize,
}

/// Which company is to be made.
pub struct Wanted {
    /// Among those of its language, from 0.
    pub number: usize,
}

impl Company {
    pub fn draw(demo: &Demo, order: &Order, wanted: &Wanted, pen: &mut Pen) -> Company {
        let land = order.land;
        let (at, id) = pen.record_id(Object::COMPANY, demo.calendar.came(demo.progress(order.first, 0.0), 0.0));
        let city = order.star.map_or_else(|| pen.rng.common(&land.cities), |star| star.city);
        let (name, domain, industry) = match order.star {
            Some(star) => (star.company_name.to_owned(), format!("{}.example", star.domain), star.industry),
            None => composed(land, wanted.number, city, pen),
        };
        let foreign = land.code == "pl" && pen.rng.percent(30);
        Company {
            id,
            at,
            name,
            domain,
            city,
            industry,
            owner: demo.staff.owner(land, demo.calendar.days_since(at), &mut pen.rng),
            currency: if foreign { Currency::EUR } else { land.currency },
            addresses: pen.rng.below(5),
        }
    }
}

/// Name, domain and industry of the `number`th company of a language. As long as there are words, no two are alike;
/// after that the town comes to the name and a number to the domain.
fn composed(land: &Land, number: usize, city: &City, pen: &mut Pen) -> (String, String, &'static str) {
    let (place, round) = shuffled(number, land.company_names());
    let (stem, trade) = land.company_name(place);
    let form = *pen.rng.pick(if land.forms.is_empty() { &[""] } else { &land.forms });
    let (first, second) = match land.language {
        Language::Polish => (&trade.name, stem),
        _ => (stem, &trade.name),
    };
    let mut name = match land.language {
        Language::Japanese => japanese(&format!("{}{}", first.text, second.text), &first.latin, &second.latin, pen),
        _ => format!("{} {}", first.text, second.text),
    };
    let mut domain = format!("{}-{}", first.slug, second.slug);
    if round > 0 {
        name = format!("{name} {}", city.name.text);
        domain = format!("{domain}-{}", round + 1);
    }
    if !form.is_empty() {
        name = format!("{name} {form}");
    }
    domain.push_str(".example");
    (name, domain, trade.industry)
}

fn japanese(name: &str, stem: &str, trade: &str, pen: &mut Pen) -> String {
    match pen.rng.below(5) {
        0 | 1 => format!("株式会社{name}"),
        2 => format!("{name}株式会社"),
        _ => format!("{name} {stem} {trade}"),
    }
}

/// The `number`th of `many` places in an order that looks shuffled and leaves none out, and how often it has come round.
fn shuffled(number: usize, many: usize) -> (usize, usize) {
    let coprime = |step: &usize| gcd(*step, many) == 1;
    let step = (many * 5 / 13 + 1..=many * 2).find(coprime).unwrap_or(1);
    ((number % many + 7) * step % many, number / many)
}

fn gcd(one: usize, other: usize) -> usize {
    if other == 0 { one } else { gcd(other, one % other) }
}

/// The record of the case's company, when it has one.
pub fn record(case: &Case, pen: &mut Pen) {
    let Some(company) = &case.company else { return };
    let mut values = Values::default();
    let mut put = |property, value| drop(values.put(property, Some(value)));
    put(is::NAME, Value::text(&company.name));
    if let Some(owner) = company.owner {
        put(is::OWNER, Value::User(case.demo.staff.id(owner)));
    }
    if let Some(stage) = lifecycle(case) {
        put(is::LIFECYCLE_STAGE, choice(is::COMPANY_ROWS, is::LIFECYCLE_STAGE, stage));
    }
    put(is::CITY, Value::text(company.city.name.text));
    put(is::COUNTRY, Value::text(case.land.name));
    put(is::DOMAIN, Value::text(&company.domain));
    put(is::WEBSITE, Value::Text(format!("https://www.{}", company.domain)));
    put(is::INDUSTRY, Value::text(company.industry));
    let rng = &mut pen.rng;
    if rng.percent(85) {
        put(is::PHONE, Value::Text(phone(case.land, company.city.phone, rng)));
    }
    if rng.percent(3) {
        let further = company.domain.replace(".example", "-group.example");
        put(is::DOMAINS, Value::Texts(vec![further]));
    }
    if rng.percent(60) {
        put(is::STREET, Value::Text(street(case.land, rng)));
        let mut code = String::new();
        made_up(company.city.postal_code, rng, &mut code);
        put(is::POSTAL_CODE, Value::Text(code));
        put(is::STATE, Value::text(company.city.region));
    }
    if rng.percent(80) {
        let heads = case.people.len() * rng.pick(&[1, 2, 4, 7, 12, 20, 45]) + rng.below(9);
        put(is::EMPLOYEES, Value::Number(Number(heads as f64)));
        if rng.percent(40) {
            let units = (heads as i64 + 1) * rng.between(60, 240) * 1_000;
            put(is::ANNUAL_REVENUE, Value::Money(money(units, company.currency)));
        }
    }
    let by = company.owner.unwrap_or(0);
    if rng.percent(10) {
        let language = case.land.language.or_english(rng.percent(30));
        let note = *rng.pick(&language.phrases().notes);
        let text = case.filling(0, language, by, company.at, pen).fill(note);
        put(is::NOTES, Value::Text(text));
    }
    pen.create(company.id, company.at, case.demo.staff.id(by), values);
}

/// A company is as far as the furthest of its deals, else as its people.
fn lifecycle(case: &Case) -> Option<&'static str> {
    if case.has_won() {
        return Some("Customer");
    }
    if case.deals.iter().any(|deal| deal.stage.group.is_open()) {
        return Some("Opportunity");
    }
    let order = |stage: &&str| is::LIFECYCLE_STAGES.iter().position(|known| known == stage);
    let stages = case.people.iter().filter_map(|person| person.lifecycle).filter(|stage| *stage != "Other");
    stages.max_by_key(order)
}

/// An amount of about that many euros in a currency, in round figures.
pub fn money(euros: i64, currency: Currency) -> Money {
    let (percent, cents) = match currency.code() {
        "PLN" => (430, 100),
        "GBP" => (85, 100),
        "USD" => (110, 100),
        "JPY" => (16_000, 1),
        _ => (100, 100),
    };
    let units = euros * percent / 100;
    let step = match units {
        ..5_000 => 50,
        5_000..50_000 => 100,
        50_000..500_000 => 1_000,
        _ => 10_000,
    };
    Money { minor: units / step * step * cents, currency }
}

/// With the calling code, as people of that land write it.
pub fn phone(land: &Land, pattern: &str, rng: &mut Rng) -> String {
    let mut number = format!("+{} ", land.calling_code);
    made_up(pattern, rng, &mut number);
    number
}

fn street(land: &Land, rng: &mut Rng) -> String {
    let (street, number) = (*rng.pick(&land.streets), rng.between(1, 140));
    match land.language {
        Language::English => format!("{number} {street}"),
        Language::Japanese => format!("{street}{}-{}-{}", rng.between(1, 6), rng.between(1, 20), rng.between(1, 15)),
        _ => format!("{street} {number}"),
    }
}
