//! One company, or one person without any, with all that belongs to them: what a case holds and in which order it is made.

use super::Demo;
use super::company::Company;
use super::pen::Pen;
use super::people::Person;
use super::phrases::{Filling, Language};
use super::sales::{Deal, Lead};
use super::support::Ticket;
use super::words::{Land, Star};
use super::{company, people, sales, support, talk, ties};
use chrono::{DateTime, Datelike, Utc};

pub struct Case<'a> {
    pub demo: &'a Demo,
    pub land: &'static Land,
    pub company: Option<Company>,
    pub people: Vec<Person>,
    pub deals: Vec<Deal>,
    pub leads: Vec<Lead>,
    pub tickets: Vec<Ticket>,
}

/// What is settled about a case before it is made.
pub struct Order {
    pub land: &'static Land,
    /// Number of the first contact.
    pub first: u64,
    pub people: u64,
    pub company: Option<company::Wanted>,
    pub star: Option<&'static Star>,
}

/// Makes the whole case; it ends up in the pen.
pub fn make(demo: &Demo, order: &Order, pen: &mut Pen) {
    let company = order.company.as_ref().map(|wanted| Company::draw(demo, order, wanted, pen));
    let mut case = Case {
        demo,
        land: order.land,
        company,
        people: Vec::with_capacity(order.people as usize),
        deals: Vec::new(),
        leads: Vec::new(),
        tickets: Vec::new(),
    };
    for number in order.first..order.first + order.people {
        let star = order.star.filter(|_| number == order.first);
        let person = Person::draw(&case, number, star, pen);
        case.people.push(person);
    }
    sales::deals(&mut case, pen);
    sales::leads(&mut case, pen);
    support::tickets(&mut case, pen);
    company::record(&case, pen);
    people::records(&case, pen);
    ties::links(&case, pen);
    talk::activities(&case, pen);
}

impl Case<'_> {
    /// The very first one shows something of everything, however small the demo is.
    pub fn is_first(&self) -> bool {
        self.people.first().is_some_and(|person| person.number == 0)
    }

    /// Of this company's deals.
    pub fn has_won(&self) -> bool {
        self.deals.iter().any(Deal::is_won)
    }

    /// How phrases about a person are filled in.
    pub fn filling(
        &self,
        person: usize,
        language: Language,
        user: usize,
        at: DateTime<Utc>,
        pen: &mut Pen,
    ) -> Filling<'_> {
        let person = &self.people[person];
        let currency = self.company.as_ref().map_or(&self.land.currency, |company| &company.currency);
        Filling {
            language,
            woman: person.woman,
            first: person.first,
            last: person.last_in(language),
            company: self.company.as_ref().map(|company| company.name.as_str()),
            city: &person.city.name,
            user: &self.demo.staff.users[user].name,
            year: at.year(),
            n: 2 + pen.rng.below(39),
            day: pen.rng.below(5),
            money: (20 + pen.rng.below(900), currency.code()),
        }
    }
}
