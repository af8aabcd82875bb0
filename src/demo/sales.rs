//! Deals and leads: how many, how far, with whom. What is old is mostly settled, what is new is mostly open.

use super::calendar::{date, day_after};
use super::case::Case;
use super::company::money;
use super::pen::{Pen, choice};
use super::people::lifecycle;
use super::phrases::{DISQUALIFIED, PARTNERS, SOURCES};
use super::random::Rng;
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::pipeline::{Group, Pipeline, Stage, defaults};
use crate::domain::record::Values;
use crate::domain::value::Value;
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::LazyLock;

pub static PIPELINES: LazyLock<Vec<Pipeline>> = LazyLock::new(defaults);

pub struct Deal {
    pub id: RecordId,
    pub at: DateTime<Utc>,
    pub stage: &'static Stage,
    pub close: NaiveDate,
    pub owner: Option<usize>,
    /// Places among the case's people; whose deal it is comes first.
    pub people: Vec<usize>,
}

impl Deal {
    pub fn is_won(&self) -> bool {
        self.stage.group == Group::Won
    }

    /// Whether it had been made and not been closed by then.
    pub fn was_open(&self, then: DateTime<Utc>) -> bool {
        self.at <= then && (self.stage.group.is_open() || self.close >= date(then))
    }
}

pub struct Lead {
    pub id: RecordId,
    pub at: DateTime<Utc>,
    pub stage: &'static Stage,
    /// Of the stage in its group.
    pub place: usize,
    pub owner: Option<usize>,
    pub person: usize,
}

/// A stage of that group, earlier ones more often, with its place; any stage when the group has none.
pub fn stage(pipeline: &'static Pipeline, group: Group, rng: &mut Rng) -> (&'static Stage, usize) {
    let mut stages = pipeline.stages.iter().filter(|stage| stage.group == group);
    let place = rng.common_place(stages.clone().count());
    (stages.nth(place).unwrap_or(&pipeline.stages[0]), place)
}

pub fn pipeline(object: Object) -> &'static Pipeline {
    PIPELINES.iter().find(|pipeline| pipeline.object == object).unwrap_or(&PIPELINES[0])
}

/// Of a hundred contacts of companies, those that a deal comes from.
const DEALS: usize = 15;

pub fn deals(case: &mut Case, pen: &mut Pen) {
    if case.company.is_none() {
        return;
    }
    for person in 0..case.people.len() {
        let first = case.is_first() && person == 0;
        if first || pen.rng.percent(DEALS) {
            deal(case, person, first, pen);
        }
    }
}

fn deal(case: &mut Case, person: usize, open: bool, pen: &mut Pen) {
    let Some(company) = &case.company else { return };
    let (calendar, whose) = (&case.demo.calendar, &case.people[person]);
    let (at, id) = pen.record_id(Object::DEAL, calendar.came(case.demo.progress(whose.number, 0.5), 0.35));
    let group = if open { Group::Open } else { deal_group(calendar.days_since(at), &mut pen.rng) };
    let (stage, _) = stage(pipeline(Object::DEAL), group, &mut pen.rng);
    let today = calendar.today();
    let close = match group {
        Group::Open if !open && pen.rng.percent(12) => calendar.day(-pen.rng.between(1, 25)).max(date(at)),
        Group::Open => day_after(today, pen.rng.between(2, 110)),
        _ => day_after(date(at), pen.rng.between(9, 120)).min(calendar.day(-1)),
    };
    let owner = whose.owner.or(company.owner);
    let euros = match pen.rng.below(100) {
        0..25 => pen.rng.between(900, 4_000),
        25..60 => pen.rng.between(4_000, 15_000),
        60..88 => pen.rng.between(15_000, 60_000),
        _ => pen.rng.between(60_000, 250_000),
    };
    let values = [
        (is::NAME, Value::Text(name(case, person, at, pen))),
        (is::PIPELINE, Value::Option(pipeline(Object::DEAL).id)),
        (is::STAGE, Value::Option(stage.id)),
        (is::CLOSE_DATE, Value::Date(close)),
        (
            is::DEAL_TYPE,
            choice(is::DEAL_ROWS, is::DEAL_TYPE, if case.has_won() { "Existing business" } else { "New business" }),
        ),
    ];
    let mut values: Values = values.into_iter().collect();
    if pen.rng.percent(94) {
        values.put(is::AMOUNT, Some(Value::Money(money(euros, company.currency))));
    }
    further(case, person, owner, at, &mut values, pen);
    pen.create(id, at, case.demo.staff.id(owner.unwrap_or(0)), values);
    let people = with_whom(case, person, &mut pen.rng);
    for place in &people {
        case.people[*place].deals.push(case.deals.len());
    }
    case.deals.push(Deal { id, at, stage, close, owner, people });
}

fn deal_group(age: i64, rng: &mut Rng) -> Group {
    let weights = match age {
        ..45 => [85, 9, 6],
        45..150 => [45, 32, 23],
        _ => [6, 54, 40],
    };
    [Group::Open, Group::Won, Group::Lost][rng.weighted(&weights)]
}

/// What some deals have besides: owner, team and partners, notes.
fn further(case: &Case, person: usize, owner: Option<usize>, at: DateTime<Utc>, values: &mut Values, pen: &mut Pen) {
    let staff = &case.demo.staff;
    if let Some(owner) = owner {
        values.put(is::OWNER, Some(Value::User(staff.id(owner))));
    }
    if pen.rng.percent(5) {
        let other = pen.rng.below(staff.users.len());
        let mut team = vec![staff.id(owner.unwrap_or(0))];
        if !team.contains(&staff.id(other)) {
            team.push(staff.id(other));
        }
        values.put(is::CO_SOLD, Some(Value::YesNo(true)));
        values.put(is::DEAL_TEAM, Some(Value::Users(team)));
        values.put(is::PARTNERS, Some(Value::Texts(vec![(*pen.rng.pick(&PARTNERS)).to_owned()])));
    }
    if pen.rng.percent(12) {
        let language = case.land.language.or_english(pen.rng.percent(30));
        let note = *pen.rng.pick(&language.phrases().notes);
        let text = case.filling(person, language, owner.unwrap_or(0), at, pen).fill(note);
        values.put(is::NOTES, Some(Value::Text(text)));
    }
}

fn name(case: &Case, person: usize, at: DateTime<Utc>, pen: &mut Pen) -> String {
    let language = case.land.language.or_english(pen.rng.percent(45));
    let name = *pen.rng.pick(&language.phrases().deals);
    case.filling(person, language, 0, at, pen).fill(name)
}

/// The person and up to two colleagues who are not in two deals already.
fn with_whom(case: &Case, person: usize, rng: &mut Rng) -> Vec<usize> {
    let mut people = vec![person];
    for _ in 0..[0, 1, 1, 2][rng.below(4)] {
        let other = rng.below(case.people.len());
        if !people.contains(&other) && case.people[other].deals.len() < 2 {
            people.push(other);
        }
    }
    people
}

/// Of a hundred contacts, those that are on a lead.
const LEADS: f64 = 0.125;

/// Makes the leads, and settles what each person is to us.
pub fn leads(case: &mut Case, pen: &mut Pen) {
    for person in 0..case.people.len() {
        let lead = pen.rng.unit() < LEADS;
        if lead {
            let lead = draw_lead(case, person, pen);
            case.leads.push(lead);
        }
        let deals: Vec<&Deal> = case.people[person].deals.iter().map(|place| &case.deals[*place]).collect();
        let stage = lifecycle(&deals, case.leads.last().filter(|_| lead), &mut pen.rng);
        case.people[person].lifecycle = stage;
    }
}

fn draw_lead(case: &Case, person: usize, pen: &mut Pen) -> Lead {
    let (calendar, whose) = (&case.demo.calendar, &case.people[person]);
    let (at, id) = pen.record_id(Object::LEAD, calendar.came(case.demo.progress(whose.number, 0.5), 0.1));
    let weights = match calendar.days_since(at) {
        ..30 => [85, 8, 7],
        30..120 => [48, 27, 25],
        _ => [9, 46, 45],
    };
    let group = [Group::InProgress, Group::Qualified, Group::Disqualified][pen.rng.weighted(&weights)];
    let (stage, place) = stage(pipeline(Object::LEAD), group, &mut pen.rng);
    let lead = Lead { id, at, stage, place, owner: whose.owner, person };
    let values = lead_values(case, &lead, pen);
    pen.create(id, at, case.demo.staff.id(lead.owner.unwrap_or(0)), values);
    lead
}

fn lead_values(case: &Case, lead: &Lead, pen: &mut Pen) -> Values {
    let language = case.land.language.or_english(pen.rng.percent(40));
    let name = *pen.rng.pick(&language.phrases().leads);
    let filling = case.filling(lead.person, language, lead.owner.unwrap_or(0), lead.at, pen);
    let rng = &mut pen.rng;
    let kind = if case.has_won() { ["Upsell", "Re-attempting"][rng.weighted(&[70, 30])] } else { "New business" };
    let mut values = Values::default();
    let mut put = |property, value| drop(values.put(property, Some(value)));
    put(is::NAME, Value::Text(filling.fill(name)));
    put(is::PIPELINE, Value::Option(pipeline(Object::LEAD).id));
    put(is::STAGE, Value::Option(lead.stage.id));
    put(is::LEAD_TYPE, choice(is::LEAD_ROWS, is::LEAD_TYPE, kind));
    if rng.percent(90) {
        let label = ["Hot", "Warm", "Cold"][rng.weighted(&[20, 45, 35])];
        put(is::LEAD_LABEL, choice(is::LEAD_ROWS, is::LEAD_LABEL, label));
    }
    if rng.percent(85) {
        put(is::LEAD_SOURCE, Value::text(*rng.common(&SOURCES)));
    }
    if let Some(owner) = lead.owner {
        put(is::OWNER, Value::User(case.demo.staff.id(owner)));
    }
    if lead.stage.group.is_lost() {
        let reason = *rng.pick(reasons());
        put(is::DISQUALIFICATION_REASON, choice(is::LEAD_ROWS, is::DISQUALIFICATION_REASON, reason));
        if rng.percent(60) {
            let fitting = |(about, note): &(&str, &'static str)| (*about == reason).then_some(*note);
            let notes: Vec<&str> = DISQUALIFIED.iter().filter_map(fitting).collect();
            let note = *rng.pick(&notes);
            put(is::DISQUALIFICATION_NOTE, Value::text(note));
        }
    }
    values
}

/// What leads are disqualified for.
pub fn reasons() -> &'static [&'static str] {
    is::LEAD_ROWS.iter().find(|row| row.id == is::DISQUALIFICATION_REASON).map_or(&[], |row| row.choices)
}
