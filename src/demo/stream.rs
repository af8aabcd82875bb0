//! The stream: case after case, cut into batches.

use super::calendar::Mint;
use super::case::{self, Order};
use super::company::Wanted;
use super::pen::{Mints, Pen};
use super::random::Rng;
use super::words::{CAST, LANDS, Land};
use super::{BATCH_MOST, Batch, Demo};
use crate::domain::change::Op;
use crate::domain::id::ActNo;
use std::collections::VecDeque;

/// Iterator over the batches of a demo. Holds no more than two batches and one company.
pub struct Batches {
    demo: Demo,
    act: ActNo,
    mints: Mints,
    cases: u64,
    companies: u64,
    contacts: u64,
    /// How much of the first user's day was shared out.
    planned: usize,
    /// Companies made so far, by language: names are shared out per language.
    named: [usize; 4],
    records: Vec<Op>,
    links: Vec<Op>,
    activities: Vec<Op>,
    ready: VecDeque<Batch>,
}

/// How many people a company has, from 1: of a hundred companies.
const SIZES: &[usize] = &[8, 10, 13, 13, 12, 10, 9, 8, 6, 4, 4, 3];
/// Demos from this size on have some companies with hundreds of people.
const LARGE: u64 = 5_000;
/// Of a hundred cases, those of one person without a company.
const ALONE: usize = 22;

impl Batches {
    pub(super) fn new(demo: Demo, act: ActNo) -> Batches {
        Batches {
            demo,
            act,
            mints: std::array::from_fn(|_| Mint::default()),
            cases: 0,
            companies: 0,
            contacts: 0,
            planned: 0,
            named: [0; 4],
            records: Vec::new(),
            links: Vec::new(),
            activities: Vec::new(),
            ready: VecDeque::new(),
        }
    }

    /// Makes the next case; a full batch goes out before it when both together would be too much.
    fn step(&mut self) {
        let mut rng = Rng::of_part(self.cases);
        let order = self.order(&mut rng);
        let mut pen = Pen {
            rng,
            mints: &mut self.mints,
            act: self.act,
            planned: &mut self.planned,
            records: Vec::new(),
            links: Vec::new(),
            activities: Vec::new(),
        };
        case::make(&self.demo, &order, &mut pen);
        let Pen { records, links, activities, .. } = pen;
        if self.held() + records.len() + links.len() + activities.len() > BATCH_MOST {
            self.flush();
        }
        self.records.extend(records);
        self.links.extend(links);
        self.activities.extend(activities);
        self.cases += 1;
        self.contacts += order.people;
        if self.contacts == self.demo.contacts || self.held() > BATCH_MOST {
            self.flush();
        }
    }

    fn order(&mut self, rng: &mut Rng) -> Order {
        let left = self.demo.contacts - self.contacts;
        let alone = self.cases > 0 && rng.percent(ALONE);
        let star = CAST.iter().find(|star| !alone && star.company == self.companies);
        let shares: [usize; 5] = std::array::from_fn(|place| LANDS.get(place).map_or(0, |land| land.share));
        let land: &'static Land = star.map_or_else(|| &LANDS[rng.weighted(&shares)], |star| star.land);
        let size = if alone { 1 } else { self.size(rng) };
        let company = (!alone).then(|| {
            let number = self.named[land.language as usize];
            self.companies += 1;
            // Stars bring the names of their companies along.
            self.named[land.language as usize] += usize::from(star.is_none());
            Wanted { number }
        });
        Order { land, first: self.contacts, people: size.min(left), company, star }
    }

    fn size(&self, rng: &mut Rng) -> u64 {
        let all = self.demo.contacts;
        if all >= LARGE && rng.below(1_000) < 3 {
            return 60 + rng.below((all / 50).min(340) as usize) as u64;
        }
        1 + rng.weighted(SIZES) as u64
    }

    fn held(&self) -> usize {
        self.records.len() + self.links.len() + self.activities.len()
    }

    /// What is held becomes a batch, or several when one company alone is more than a batch.
    fn flush(&mut self) {
        let (links, activities) = (self.links.drain(..), self.activities.drain(..));
        let mut ops = self.records.drain(..).chain(links).chain(activities).peekable();
        while ops.peek().is_some() {
            let ops: Vec<Op> = ops.by_ref().take(BATCH_MOST).collect();
            self.ready.push_back(Batch { ops, contacts: self.contacts });
        }
    }
}

impl Iterator for Batches {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        while self.ready.is_empty() && self.contacts < self.demo.contacts {
            self.step();
        }
        self.ready.pop_front()
    }
}
