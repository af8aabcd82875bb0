//! Who answers what a record page asks: the small world, or one with more activities than anybody reads.

use super::world::{World, count_in};
use crate::domain::activity::{ActivityKind, Details};
use crate::domain::answer::{Derived, Month, Page, Period, Row, TimelinePage};
use crate::domain::id::ActivityId;
use crate::domain::record::Record;
use crate::workspace::request::{Reply, Request, TimelineAsk};
use chrono::{DateTime, Datelike, Duration, Utc};
use uuid::Uuid;

impl World {
    pub fn answer(&self, request: &Request) -> Reply {
        match request {
            Request::Detail { id, activities } => Reply::Detail(self.detail(*id, *activities).map(Box::new)),
            Request::Timeline(ask) => Reply::Timeline(self.timeline(ask)),
            Request::Page { query, from, limit, around } => {
                let all: Vec<&Record> = self.records.values().filter(|r| r.id.object == query.object).collect();
                let from = around.and_then(|id| all.iter().position(|r| r.id == id)).unwrap_or(*from);
                let row = |record: &&Record| Row { record: (*record).clone(), derived: Derived::default() };
                let rows = all.iter().skip(from).take(*limit).map(row).collect();
                Reply::Page(Page { from, rows, matching: all.len(), of: all.len(), sorted: true })
            }
            Request::Csv(ids) => Reply::Csv { text: "id\n".into(), rows: ids.len() as u64 },
            other => panic!("a record page does not ask {other:?}"),
        }
    }
}

/// A record with so many notes, one every three hours, of which any piece can be asked for.
pub struct Crowd {
    pub world: World,
    pub notes: usize,
    months: Vec<Month>,
}

impl Crowd {
    pub fn new(world: World, notes: usize) -> Crowd {
        let mut crowd = Crowd { world, notes, months: Vec::new() };
        let mut months = Vec::new();
        for place in 0..notes {
            let at = crowd.time(place);
            count_in(&mut months, Period::Month(at.year(), at.month()));
        }
        crowd.months = months;
        crowd
    }

    pub fn answer(&self, request: &Request) -> Reply {
        match request {
            Request::Timeline(ask) => Reply::Timeline(self.timeline(ask)),
            Request::Detail { id, activities } => {
                let mut detail = self.world.detail(*id, 0).unwrap();
                let ask = TimelineAsk::first(*id, *activities);
                detail.timeline = self.timeline(&ask);
                detail.activities = self.notes;
                Reply::Detail(Some(Box::new(detail)))
            }
            other => self.world.answer(other),
        }
    }

    fn time(&self, place: usize) -> DateTime<Utc> {
        self.world.now - Duration::hours(3 * place as i64 + 1)
    }

    fn timeline(&self, ask: &TimelineAsk) -> TimelinePage {
        let note = |place: usize| {
            let mut activity = self.world.activities[0].clone();
            activity.id = ActivityId(Uuid::from_u128(1_000_000 + place as u128));
            (activity.kind, activity.details) = (ActivityKind::Note, Details::Note);
            activity.at = self.time(place);
            activity.subject = format!("Note {place}");
            self.world.item(&activity)
        };
        let items = (ask.from..(ask.from + ask.limit).min(self.notes)).map(note).collect();
        TimelinePage { from: ask.from, matching: self.notes, items, months: self.months.clone() }
    }
}
