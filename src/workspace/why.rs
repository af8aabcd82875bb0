//! Why a record, a value or an association is as it is (R7.4): the act, the author, the time, the rule. What lejek
//! works out by itself answers for what it was worked out from.

use super::find::{title, wherever};
use super::{Failure, Workspace};
use crate::domain::activity::{Activity, ActivityKind, Entry};
use crate::domain::answer::{HistoryEntry, HistoryWhat, Seen};
use crate::domain::change::Reason;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{ActNo, ActivityId, Object, PropertyId, RecordId, Ref};
use crate::domain::object::is;
use crate::store::history::history;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What about a record or an activity is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// How it came to be there, or in the bin.
    Itself,
    Value(PropertyId),
    /// Its association with a record.
    With(RecordId),
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    pub entry: HistoryEntry,
    /// What it was worked out from, where it was.
    pub from: Option<String>,
}

impl From<HistoryEntry> for Why {
    fn from(entry: HistoryEntry) -> Self {
        Why { entry, from: None }
    }
}

/// An entry of a history with what its numbers and ids stand for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub entry: HistoryEntry,
    /// What the act says that it did.
    pub act: String,
    /// Of an association: the name of its other end, as long as that is not erased.
    pub other: Option<String>,
    /// What it was worked out from, where it was.
    pub from: Option<String>,
}

impl Workspace {
    /// What happened to a record or an activity, newest first, without what is about records that the user may not see
    /// (R6.4).
    pub fn history(&self, of: Ref) -> Result<Vec<Told>, Failure> {
        let mut acts = HashMap::new();
        let mut told = Vec::new();
        if !self.is_in_sight(of)? {
            return Ok(told);
        }
        for entry in history(self.store().as_ref(), of)? {
            told.extend(self.tell(entry.into(), &mut acts)?);
        }
        Ok(told)
    }

    /// [`Workspace::why`], told.
    pub fn why_told(&self, of: Ref, about: About) -> Result<Option<Told>, Failure> {
        let with = if let About::With(other) = about { Some(Ref::Record(other)) } else { None };
        for one in [Some(of), with].into_iter().flatten() {
            if !self.is_in_sight(one)? {
                return Ok(None);
            }
        }
        let why = self.why(of, about)?;
        Ok(why.map_or(Ok(None), |why| self.tell(why, &mut HashMap::new()))?)
    }

    fn tell(&self, why: Why, acts: &mut HashMap<ActNo, String>) -> Read<Option<Told>> {
        let Why { entry, from } = why;
        let other = match &entry.what {
            HistoryWhat::Associated { with, .. } | HistoryWhat::Relabelled { with, .. } => Some(with),
            HistoryWhat::Dissociated { from } => Some(from),
            _ => None,
        };
        let name = match other {
            Some(id) => match (self.name_of(*id)?, wherever(self.store().as_ref(), *id)?) {
                (None, Some(_)) => return Ok(None),
                (name, _) => name,
            },
            None => None,
        };
        let act = match acts.get(&entry.act) {
            Some(what) => what.clone(),
            None => match self.store().act(entry.act)? {
                Some(head) => self.told_act(head)?.act.what,
                None => String::new(),
            },
        };
        acts.insert(entry.act, act.clone());
        Ok(Some(Told { entry, act, other: name, from }))
    }

    /// `None`: there is no such value or association, and there never was.
    pub fn why(&self, of: Ref, about: About) -> Result<Option<Why>, Failure> {
        let store = self.store().as_ref();
        let entries = history(store, of)?;
        Ok(match (of, about) {
            (_, About::Itself) => itself(entries),
            (Ref::Record(id), About::Value(property)) => self.value(id, property, entries)?,
            (Ref::Record(id), About::With(other)) => tie(store, id, other, entries)?,
            (Ref::Activity(id), About::With(record)) => target(store, id, record, entries)?,
            (Ref::Activity(_), About::Value(_)) => None,
        })
    }

    fn value(&self, id: RecordId, property: PropertyId, entries: Vec<HistoryEntry>) -> Read<Option<Why>> {
        let store = self.store().as_ref();
        let from = |entry, from: &str| Some(Why { entry, from: Some(from.to_owned()) });
        match property {
            is::CREATED_AT => return Ok(itself_made(entries)),
            is::UPDATED_AT => {
                return Ok(entries.into_iter().next().and_then(|entry| from(entry, "the last change")));
            }
            is::LAST_ACTIVITY | is::NEXT_ACTIVITY => {
                let activity = self.nearest(id, property == is::NEXT_ACTIVITY)?;
                return Ok(activity.map(|activity| Why { from: Some(title(&activity)), ..logged(&activity) }));
            }
            is::COMPANY => {
                if let Some((company, name)) = crate::store::read::primary_company(store, id, &self.viewer())? {
                    let why = tie(store, id, company, entries)?;
                    return Ok(why.map(|why| Why { from: Some(format!("the primary company, {name}")), ..why }));
                }
                return Ok(stored(store, id, &[is::COMPANY_NAME], entries)?.map(|why| Why {
                    from: Some("the company name, as there is no primary company".to_owned()),
                    ..why
                }));
            }
            is::STAGE_ENTERED => {
                let why = stored(store, id, &[is::STAGE], entries)?;
                return Ok(why.map(|why| Why { from: Some("the last change of its stage".to_owned()), ..why }));
            }
            is::NAME if id.object == Object::CONTACT => {
                let why = stored(store, id, &[is::FIRST_NAME, is::LAST_NAME], entries)?;
                return Ok(why.map(|why| Why { from: Some("first and last name".to_owned()), ..why }));
            }
            _ => {}
        }
        stored(store, id, &[property], entries)
    }

    /// The activity that last or next activity is worked out from.
    fn nearest(&self, id: RecordId, ahead: bool) -> Read<Option<Activity>> {
        let now = self.now();
        let is_ahead = |entry: &Entry| entry.open_task || entry.at > now;
        let counts = |entry: &Entry| entry.kind != ActivityKind::Event && is_ahead(entry) == ahead;
        let entries = self.store().entries(id)?.into_iter().filter(counts);
        let nearest = if ahead { entries.min_by_key(|e| e.at) } else { entries.max_by_key(|e| e.at) };
        nearest.map_or(Ok(None), |entry| self.store().activity(entry.id))
    }
}

fn itself(entries: Vec<HistoryEntry>) -> Option<Why> {
    let mut its_own = entries
        .into_iter()
        .filter(|entry| matches!(entry.what, HistoryWhat::Created | HistoryWhat::Deleted | HistoryWhat::Restored));
    its_own.next().map(Why::from)
}

fn itself_made(entries: Vec<HistoryEntry>) -> Option<Why> {
    entries.into_iter().find(|entry| entry.what == HistoryWhat::Created).map(Why::from)
}

/// The newest change of one of these properties; a value that was never changed is as the record was made.
fn stored(graph: &dyn Graph, id: RecordId, properties: &[PropertyId], entries: Vec<HistoryEntry>) -> Read<Option<Why>> {
    let changed = |entry: &&HistoryEntry| matches!(&entry.what, HistoryWhat::Changed { property, .. } if properties.contains(property));
    if let Some(entry) = entries.iter().find(changed) {
        return Ok(Some(entry.clone().into()));
    }
    let has = wherever(graph, id)?
        .is_some_and(|record| properties.iter().any(|property| record.values.get(*property).is_some()));
    Ok(if has { itself_made(entries) } else { None })
}

/// What a standing association says of itself; of one that was taken away, who did.
fn tie(graph: &dyn Graph, id: RecordId, other: RecordId, entries: Vec<HistoryEntry>) -> Read<Option<Why>> {
    let link = graph.link(id, other)?;
    let fits = |entry: &HistoryEntry| match (&link, &entry.what) {
        (Some(link), HistoryWhat::Associated { with, .. }) => *with == other && entry.act == link.act,
        (None, HistoryWhat::Dissociated { from }) => *from == other,
        _ => false,
    };
    let mut entry = entries.into_iter().find(fits);
    // As it is by now.
    if let (Some(HistoryWhat::Associated { seen, .. }), Some(link)) = (entry.as_mut().map(|e| &mut e.what), &link) {
        *seen = Seen::of(link);
    }
    Ok(entry.map(Why::from))
}

fn target(graph: &dyn Graph, id: ActivityId, record: RecordId, entries: Vec<HistoryEntry>) -> Read<Option<Why>> {
    let concerns = |entry: &HistoryEntry| matches!(entry.what, HistoryWhat::Associated { with: r, .. } | HistoryWhat::Dissociated { from: r } if r == record);
    if let Some(entry) = entries.into_iter().find(concerns) {
        return Ok(Some(entry.into()));
    }
    let Some(activity) = graph.activity(id)? else { return Ok(None) };
    let Some(target) = activity.targets.iter().find(|target| target.record == record) else { return Ok(None) };
    let mut why = logged(&activity);
    (why.entry.what, why.entry.at) = (HistoryWhat::Associated { with: record, seen: Seen::default() }, target.at);
    why.entry.why = target.why.clone();
    Ok(Some(why))
}

fn logged(activity: &Activity) -> Why {
    let stamp = &activity.stamp;
    let what = HistoryWhat::Created;
    let entry =
        HistoryEntry { at: stamp.at, by: stamp.by, origin: stamp.origin, act: stamp.act, what, why: Reason::Asked };
    Why { entry, from: None }
}
