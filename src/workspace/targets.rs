//! The records that an activity is on, each with its reason, those that are close to it with why they are not, and who
//! put it there or took it off (R3.15, R3.18). Why a record is not on an activity is an arm of [`Workspace::apart`].

use super::Failure;
use super::Workspace;
use super::why::Told;
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::answer::{HistoryWhat, Item, Row};
use crate::domain::association::Link;
use crate::domain::change::Author;
use crate::domain::graph::Read;
use crate::domain::id::{ActivityId, Object, RecordId, Ref};
use crate::domain::logging::{Aim, Sort};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::search::Search;
use crate::domain::value::Value;
use crate::store::read::item;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Records that are close to an activity, of one object at most.
const CLOSE_MOST: usize = 12;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Targets {
    pub item: Item,
    /// What it is on, in sight, in its order.
    pub on: Vec<Row>,
    /// Close to it, and why it is not on them.
    pub apart: Vec<(Row, String)>,
    /// What was added and taken off, the last one first.
    pub history: Vec<Told>,
}

impl Workspace {
    /// `None`: it is not there, or not for this user.
    pub(super) fn targets(&self, id: ActivityId) -> Result<Option<Targets>, Failure> {
        let store = self.store().as_ref();
        let Some(activity) = store.activity(id)? else { return Ok(None) };
        if !self.sees_activity(&activity)? {
            return Ok(None);
        }
        let item = item(store, &self.viewer(), activity)?;
        let mut history = self.history(Ref::Activity(id))?;
        let told =
            |told: &Told| matches!(told.entry.what, HistoryWhat::Associated { .. } | HistoryWhat::Dissociated { .. });
        history.retain(told);
        let on = self.rows(&item.activity.targets.iter().map(|target| target.record).collect::<Vec<_>>())?;
        let apart = self.close(&item.activity, &history)?;
        Ok(Some(Targets { item, on, apart, history }))
    }

    /// Rows of records in sight, in their order.
    fn rows(&self, ids: &[RecordId]) -> Read<Vec<Row>> {
        let objects: BTreeSet<Object> = ids.iter().map(|id| id.object).collect();
        let mut rows = Vec::new();
        for object in objects {
            let of: Vec<RecordId> = ids.iter().copied().filter(|id| id.object == object).collect();
            let search = Search { text: String::new(), scope: Some(object), limit: of.len() };
            rows.extend(self.store().search(&search, &of, &self.viewer(), self.now())?.rows);
        }
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.record.id));
        Ok(rows)
    }

    /// What the record that it was logged on is associated with, and what it was taken off.
    fn close(&self, activity: &Activity, history: &[Told]) -> Read<Vec<(Row, String)>> {
        let store = self.store().as_ref();
        let is_on = |id: RecordId| activity.targets.iter().any(|target| target.record == id);
        let mut links = store.links(activity.logged_on, None)?;
        links.sort_by_key(|link| Reverse((link.since, link.order)));
        let gone = history.iter().filter_map(|told| match told.entry.what {
            HistoryWhat::Dissociated { from } => Some(from),
            _ => None,
        });
        let mut ids: Vec<RecordId> = Vec::new();
        for id in gone.chain(links.iter().map(|link| link.other)) {
            let of_object = ids.iter().filter(|known| known.object == id.object).count();
            if !is_on(id) && !ids.contains(&id) && of_object < CLOSE_MOST {
                ids.push(id);
            }
        }
        let rows = self.rows(&ids)?.into_iter();
        Ok(rows
            .map(|row| {
                let link = links.iter().find(|link| link.other == row.record.id);
                let why = self.apart(activity, &row.record, link, history);
                (row, why)
            })
            .collect())
    }

    /// Why an activity is not on a record that is close to it.
    fn apart(&self, activity: &Activity, record: &Record, link: Option<&Link>, history: &[Told]) -> String {
        let id = record.id;
        let settings = self.settings();
        let gone =
            history.iter().find(|told| matches!(told.entry.what, HistoryWhat::Dissociated { from } if from == id));
        if let Some(told) = gone {
            return match told.entry.by {
                Author::User(by) => {
                    let name = settings.user(by).map_or("a colleague", |user| user.name.as_str());
                    format!("taken off by {name}")
                }
                Author::Program => "taken off".to_owned(),
            };
        }
        let sort = Sort::Of(activity.kind);
        let aims = settings.activities.table.aims(activity.logged_on.object, sort, activity.logged_from);
        let deals = aims.iter().find_map(|aim| if let Aim::Deals(most) = aim { Some(*most) } else { None });
        let plural = settings.object(id.object).map_or("records", |spec| spec.plural.as_str()).to_lowercase();
        match id.object {
            Object::LEAD => "activity sync is off".to_owned(),
            Object::CONTACT => match activity.kind {
                ActivityKind::Call => "not on the call".to_owned(),
                ActivityKind::Email => "not on the e-mail".to_owned(),
                _ => "contacts are added by hand".to_owned(),
            },
            Object::COMPANY if link.is_some_and(|link| !link.primary) => "not the primary company".to_owned(),
            Object::DEAL if !self.is_open(record) => "deal is closed".to_owned(),
            Object::DEAL => match deals {
                Some(0) | None => "the table sends it to no deals".to_owned(),
                Some(most) if link.is_some_and(|link| link.since > activity.stamp.at) => {
                    format!("associated later, {most} open deals at most")
                }
                Some(most) => format!("not among the last {most} open deals"),
            },
            _ => format!("{plural} are added by hand"),
        }
    }

    fn is_open(&self, deal: &Record) -> bool {
        let stage = deal.values.get(is::STAGE).and_then(Value::as_option);
        let settings = self.settings();
        stage.and_then(|id| settings.stage(id)).is_none_or(|(_, stage)| stage.group.is_open())
    }

    /// What stands without a record (R3.16).
    pub(super) fn unassociated(&self) -> Read<Vec<Item>> {
        let (store, viewer) = (self.store().as_ref(), self.viewer());
        store.unassociated(&viewer)?.into_iter().map(|activity| item(store, &viewer, activity)).collect()
    }
}
