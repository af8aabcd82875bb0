//! Where made-up things are written down: ids, stamps and the ops of one case.

use super::calendar::Mint;
use super::random::Rng;
use crate::domain::activity::Activity;
use crate::domain::association::{Association, Ends};
use crate::domain::change::{Author, Op, Origin, Reason};
use crate::domain::id::{ActNo, ActivityId, Object, PropertyId, RecordId, UserId};
use crate::domain::property::Row;
use crate::domain::record::{Record, Stamp, Values};
use crate::domain::value::Value;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// One mint for each object, at its number; the first one is for activities.
pub type Mints = [Mint; 6];

pub struct Pen<'a> {
    pub rng: Rng,
    pub mints: &'a mut Mints,
    pub act: ActNo,
    /// How much of the first user's day was shared out.
    pub planned: &'a mut usize,
    pub records: Vec<Op>,
    pub links: Vec<Op>,
    pub activities: Vec<Op>,
}

impl Pen<'_> {
    pub fn record_id(&mut self, object: Object, wanted: i64) -> (DateTime<Utc>, RecordId) {
        let (at, uuid) = self.mint(usize::from(object.0), wanted);
        (at, RecordId::new(object, uuid))
    }

    pub fn activity_id(&mut self, wanted: i64) -> ActivityId {
        ActivityId(self.mint(0, wanted).1)
    }

    fn mint(&mut self, place: usize, wanted: i64) -> (DateTime<Utc>, Uuid) {
        self.mints[place].next(wanted, &mut self.rng)
    }

    pub fn stamp(&self, at: DateTime<Utc>, by: UserId) -> Stamp {
        Stamp { at, by: Author::User(by), origin: Origin::Demo, act: self.act }
    }

    pub fn create(&mut self, id: RecordId, at: DateTime<Utc>, by: UserId, values: Values) {
        let record = Record { id, version: 1, created: self.stamp(at, by), updated: at, values };
        self.records.push(Op::Create(Box::new(record)));
    }

    pub fn log(&mut self, activity: Activity) {
        self.activities.push(Op::Log(Box::new(activity)));
    }

    /// Ties two records; `primary`: the second is the primary one for the first, with what it is called then.
    pub fn link(&mut self, one: RecordId, other: RecordId, primary: Option<&str>, at: DateTime<Utc>, by: UserId) {
        let mut ends = Ends::default();
        ends.set_primary(one, other, primary.is_some());
        let why = primary.map_or(Reason::Asked, |first| Reason::rule(5, 4, first));
        let order = self.links.len() as u32;
        let (a, b) = (one.min(other), one.max(other));
        let association = Association { a, b, ends, since: at, order, by: Author::User(by), act: self.act, why };
        self.links.push(Op::Link(Box::new(association)));
    }
}

/// The option with that label, of a property in a table of `domain::object`.
pub fn choice(rows: &[Row], property: PropertyId, label: &str) -> Value {
    let choices = rows.iter().find(|row| row.id == property).map_or(&[][..], |row| row.choices);
    let place = choices.iter().position(|choice| *choice == label);
    debug_assert!(place.is_some(), "no option {label}");
    Value::Option(crate::domain::id::OptionId(place.unwrap_or(0) as u16 + 1))
}

/// Digits for `#`, letters for `@`.
pub fn made_up(pattern: &str, rng: &mut Rng, out: &mut String) {
    for letter in pattern.chars() {
        out.push(match letter {
            '#' => char::from(b'0' + rng.below(10) as u8),
            '@' => {
                *rng.pick(&['A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'W', 'X'])
            }
            other => other,
        });
    }
}
