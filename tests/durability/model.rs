//! What the workspace should hold: contacts with a city and a company, and the steps that change them.

use lejek::domain::graph::Graph;
use lejek::domain::id::{Object, RecordId};
use lejek::domain::object::is;
use lejek::store::Store;
use std::fmt;
use std::str::FromStr;

pub const COMPANIES: u32 = 4;

/// Numbers that are the same for a seed.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }
}

/// One thing that is done, as the victim announces it. Contacts and companies go by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Create(u32),
    Set(u32, u32),
    Tie(u32, u32),
    /// Contacts from the first number on, so many.
    Delete(u32, u32),
    /// Of the delete with this act, which took these.
    Undo(u32, u32, u32),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Create(n) => write!(f, "create {n}"),
            Step::Set(n, city) => write!(f, "set {n} {city}"),
            Step::Tie(n, company) => write!(f, "tie {n} {company}"),
            Step::Delete(from, count) => write!(f, "delete {from} {count}"),
            Step::Undo(act, from, count) => write!(f, "undo {act} {from} {count}"),
        }
    }
}

impl FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Step, String> {
        let (verb, rest) = text.split_once(' ').ok_or(text)?;
        let numbers: Result<Vec<u32>, _> = rest.split(' ').map(str::parse).collect();
        match (verb, numbers.map_err(|error| format!("{text}: {error}"))?.as_slice()) {
            ("create", [n]) => Ok(Step::Create(*n)),
            ("set", [n, city]) => Ok(Step::Set(*n, *city)),
            ("tie", [n, company]) => Ok(Step::Tie(*n, *company)),
            ("delete", [from, count]) => Ok(Step::Delete(*from, *count)),
            ("undo", [act, from, count]) => Ok(Step::Undo(*act, *from, *count)),
            _ => Err(text.to_owned()),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    pub city: Option<u32>,
    /// A contact has one at most: a new one takes the place of the old.
    pub company: Option<u32>,
    pub binned: bool,
}

/// Contact number n is called `N<n>`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Model {
    pub contacts: Vec<Contact>,
}

impl Model {
    pub fn next(&self, random: &mut Random) -> Step {
        let contacts = self.contacts.len() as u32;
        let (n, company) = (random.below(contacts), random.below(COMPANIES));
        match random.below(16) {
            0 => {
                let count = 201 + random.below(contacts - 201);
                Step::Delete(random.below(contacts - count + 1), count)
            }
            1..=4 => Step::Create(contacts),
            5..=9 if self.contacts[n as usize].company != Some(company) => Step::Tie(n, company),
            _ => Step::Set(n, random.next() as u32),
        }
    }

    /// What a step comes to; of a long one, as many records as it came to.
    pub fn apply(&mut self, step: Step, came_to: u32) {
        match step {
            Step::Create(_) => self.contacts.push(Contact::default()),
            Step::Set(n, city) => self.contacts[n as usize].city = Some(city),
            Step::Tie(n, company) => self.contacts[n as usize].company = Some(company),
            Step::Delete(from, _) => self.bin(from, came_to, true),
            Step::Undo(_, from, count) => self.bin(from, count, false),
        }
    }

    fn bin(&mut self, from: u32, count: u32, binned: bool) {
        for contact in &mut self.contacts[from as usize..(from + count) as usize] {
            contact.binned = binned;
        }
    }

    pub fn binned(&self) -> usize {
        self.contacts.iter().filter(|contact| contact.binned).count()
    }

    /// As the store shows it: what is in the bin shows no ties.
    pub fn shown(&self) -> Model {
        let mut shown = self.clone();
        shown.contacts.iter_mut().filter(|contact| contact.binned).for_each(|contact| contact.company = None);
        shown
    }
}

/// Which record a number is.
pub struct Numbers {
    pub contacts: Vec<RecordId>,
    pub companies: Vec<RecordId>,
}

fn number(name: Option<&str>) -> u32 {
    name.and_then(|name| name[1..].parse().ok()).unwrap()
}

/// All of a workspace. Panics if numbers are missing or there twice.
pub fn read(store: &dyn Store) -> (Model, Numbers) {
    let companies =
        in_order(all(store, Object::COMPANY).iter().map(|company| (number(company.text(is::NAME)), company.id)));
    let live = all(store, Object::CONTACT).into_iter().map(|record| (record, false));
    let binned = store.bin(Some(Object::CONTACT)).unwrap().into_iter().map(|binned| (binned.record, true));
    let contacts = in_order(live.chain(binned).map(|(record, binned)| {
        let company = |id| companies.iter().position(|company| *company == id).unwrap() as u32;
        let links = if binned { Vec::new() } else { store.links(record.id, Some(Object::COMPANY)).unwrap() };
        for link in &links {
            assert!(store.link(link.other, record.id).unwrap().is_some(), "a tie has one end only: {link:?}");
        }
        assert!(links.len() < 2, "more than one company: {links:?}");
        let company = links.first().map(|link| company(link.other));
        let city = record.text(is::CITY).map(|city| number(Some(city)));
        (number(record.text(is::FIRST_NAME)), (record.id, Contact { city, company, binned }))
    }));
    let (contacts, found) = contacts.into_iter().unzip();
    (Model { contacts: found }, Numbers { contacts, companies })
}

fn all(graph: &(impl Graph + ?Sized), object: Object) -> Vec<lejek::domain::record::Record> {
    let mut found = Vec::new();
    graph.each(object, &mut |record| found.push(record)).unwrap();
    found
}

fn in_order<T>(numbered: impl Iterator<Item = (u32, T)>) -> Vec<T> {
    let mut numbered: Vec<(u32, T)> = numbered.collect();
    numbered.sort_by_key(|(number, _)| *number);
    assert!(
        numbered.iter().map(|(number, _)| *number).eq(0..numbered.len() as u32),
        "something is lost, or there twice"
    );
    numbered.into_iter().map(|(_, of)| of).collect()
}
