//! What a long act set out to do.

use super::log::RefV1;
use super::{CodecError, Decoded, ValueV1};
use crate::domain::id::{ActNo, LabelId, Object, OptionId, PropertyId, RecordId, Ref, Seq};
use crate::domain::intent::{ImportIntent, Intent, Mode, SourceFile};
use crate::domain::logging::Logging;
use crate::domain::property::form::Instead;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) enum IntentV1<'a> {
    Unknown,
    Delete(Vec<RefV1>),
    Restore(Vec<RefV1>, Vec<u16>),
    Erase(Vec<RefV1>),
    SetBack {
        act: u64,
        next: u64,
    },
    #[serde(borrow)]
    Import(ImportV1<'a>),
    Set(Vec<RefV1>, Vec<(u16, Option<ValueV1<'a>>)>),
    SetProperty(SetPropertyV1<'a>),
    DeleteObject(u16),
    Associate {
        pairs: Vec<(RefV1, RefV1)>,
        labels: Vec<u16>,
        replace: bool,
    },
    /// As JSON.
    Move(Cow<'a, str>),
    /// As JSON, like the rows of pipelines.
    SetPipelines(Cow<'a, str>),
    /// The activities and what becomes of them, as JSON.
    Tend(Cow<'a, str>),
    TakeOwners(Vec<RefV1>),
    /// The user and who takes over, as JSON.
    SetUser(Cow<'a, str>),
    Log(LogV1<'a>),
    /// The record, and what comes along onto it as JSON.
    BringAlong(RefV1, Cow<'a, str>),
}

/// What is logged is the same on many records: it stands here once.
#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct LogV1<'a> {
    /// Activities without what is about one record, as JSON.
    said: Cow<'a, str>,
    /// Which of them, where, and which records besides and which not.
    on: Vec<(u32, RefV1, Vec<RefV1>, Vec<RefV1>)>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct SetPropertyV1<'a> {
    object: u16,
    id: u16,
    /// As JSON, like the row of a property.
    form: Cow<'a, str>,
    instead: InsteadV1,
}

#[derive(Serialize, Deserialize)]
enum InsteadV1 {
    Ask,
    Clear,
    Option(u16),
}

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct ImportV1<'a> {
    /// Path, bytes, CRC-32.
    #[serde(borrow)]
    files: Vec<(Cow<'a, str>, u64, u32)>,
    object: Option<u16>,
    map: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    mode: ModeV1,
    replace: bool,
    create_contacts: bool,
    create_leads: bool,
    file: u32,
    row: u64,
}

#[derive(Serialize, Deserialize)]
enum ModeV1 {
    Both,
    Create,
    Update,
}

fn json(of: &impl Serialize) -> Cow<'static, str> {
    serde_json::to_string(of).unwrap_or_default().into()
}

fn of_json<T: DeserializeOwned>(text: &str) -> Decoded<T> {
    serde_json::from_str(text).map_err(|error| CodecError::Broken(error.to_string()))
}

fn record(of: RefV1) -> Option<RecordId> {
    match Ref::from(of) {
        Ref::Record(id) => Some(id),
        Ref::Activity(_) => None,
    }
}

fn refs(what: &[Ref]) -> Vec<RefV1> {
    what.iter().map(|one| RefV1::from(*one)).collect()
}

impl<'a> From<&'a Intent> for IntentV1<'a> {
    fn from(intent: &'a Intent) -> Self {
        match intent {
            Intent::Unknown => IntentV1::Unknown,
            Intent::Delete { what } => IntentV1::Delete(refs(what)),
            Intent::Restore { what, without } => IntentV1::Restore(refs(what), without.iter().map(|id| id.0).collect()),
            Intent::Erase { what } => IntentV1::Erase(refs(what)),
            Intent::SetBack { act, next } => IntentV1::SetBack { act: act.0, next: next.0 },
            Intent::Import(import) => IntentV1::Import(import.as_ref().into()),
            Intent::TakeOwners { what } => {
                IntentV1::TakeOwners(what.iter().map(|id| RefV1::from(Ref::Record(*id))).collect())
            }
            Intent::DeleteObject { object } => IntentV1::DeleteObject(object.0),
            Intent::Set { what, values } => IntentV1::Set(
                what.iter().map(|id| RefV1::from(Ref::Record(*id))).collect(),
                values.iter().map(|(id, value)| (id.0, value.as_ref().map(ValueV1::from))).collect(),
            ),
            Intent::Tend { what, how } => IntentV1::Tend(json(&(what, how))),
            Intent::Log { activities } => IntentV1::Log(LogV1::of(activities)),
            Intent::BringAlong { onto, what } => IntentV1::BringAlong(Ref::Record(*onto).into(), json(what)),
            Intent::SetProperty { object, id, form, instead } => IntentV1::SetProperty(SetPropertyV1 {
                object: object.0,
                id: id.0,
                form: json(form),
                instead: match instead {
                    Instead::Ask => InsteadV1::Ask,
                    Instead::Clear => InsteadV1::Clear,
                    Instead::Option(id) => InsteadV1::Option(id.0),
                },
            }),
            Intent::Move(asked) => IntentV1::Move(json(asked)),
            Intent::SetPipelines(asked) => IntentV1::SetPipelines(json(asked)),
            Intent::SetUser { user, heir } => IntentV1::SetUser(json(&(user, heir))),
            Intent::Associate { pairs, labels, replace } => IntentV1::Associate {
                pairs: pairs
                    .iter()
                    .map(|(one, other)| (Ref::Record(*one).into(), Ref::Record(*other).into()))
                    .collect(),
                labels: labels.iter().map(|label| label.0).collect(),
                replace: *replace,
            },
        }
    }
}

impl IntentV1<'_> {
    pub fn into_intent(self) -> Decoded<Intent> {
        let refs = |what: Vec<RefV1>| what.into_iter().map(Ref::from).collect();
        Ok(match self {
            IntentV1::Unknown => Intent::Unknown,
            IntentV1::Delete(what) => Intent::Delete { what: refs(what) },
            IntentV1::Restore(what, without) => {
                Intent::Restore { what: refs(what), without: without.into_iter().map(PropertyId).collect() }
            }
            IntentV1::Erase(what) => Intent::Erase { what: refs(what) },
            IntentV1::Tend(tend) => {
                let (what, how) = of_json(&tend)?;
                Intent::Tend { what, how }
            }
            IntentV1::SetUser(set) => {
                let (user, heir) = of_json(&set)?;
                Intent::SetUser { user, heir }
            }
            IntentV1::Log(log) => Intent::Log { activities: log.activities()? },
            IntentV1::BringAlong(onto, what) => {
                let onto = record(onto).ok_or_else(|| CodecError::Broken("that is no record".to_owned()))?;
                Intent::BringAlong { onto, what: of_json(&what)? }
            }
            IntentV1::SetBack { act, next } => Intent::SetBack { act: ActNo(act), next: Seq(next) },
            IntentV1::Import(import) => Intent::Import(Box::new(import.into())),
            IntentV1::TakeOwners(what) => Intent::TakeOwners { what: what.into_iter().filter_map(record).collect() },
            IntentV1::SetProperty(SetPropertyV1 { object, id, form, instead }) => Intent::SetProperty {
                object: Object(object),
                id: PropertyId(id),
                form: of_json(&form)?,
                instead: match instead {
                    InsteadV1::Ask => Instead::Ask,
                    InsteadV1::Clear => Instead::Clear,
                    InsteadV1::Option(id) => Instead::Option(OptionId(id)),
                },
            },
            IntentV1::Move(asked) => Intent::Move(of_json(&asked)?),
            IntentV1::SetPipelines(asked) => Intent::SetPipelines(of_json(&asked)?),
            IntentV1::DeleteObject(object) => Intent::DeleteObject { object: Object(object) },
            IntentV1::Associate { pairs, labels, replace } => Intent::Associate {
                pairs: pairs.into_iter().filter_map(|(one, other)| Some((record(one)?, record(other)?))).collect(),
                labels: labels.into_iter().map(LabelId).collect(),
                replace,
            },
            IntentV1::Set(what, values) => {
                let value = |(id, value): (u16, Option<ValueV1>)| {
                    Ok((PropertyId(id), value.as_ref().map(ValueV1::to_value).transpose()?))
                };
                Intent::Set {
                    what: what.into_iter().filter_map(record).collect(),
                    values: values.into_iter().map(value).collect::<Decoded<_>>()?,
                }
            }
        })
    }
}

impl<'a> From<&'a ImportIntent> for ImportV1<'a> {
    fn from(import: &'a ImportIntent) -> Self {
        let files = import.files.iter().map(|file| (Cow::Borrowed(file.path.as_str()), file.bytes, file.crc32));
        let map =
            import.map.iter().map(|(column, name)| (Cow::Borrowed(column.as_str()), Cow::Borrowed(name.as_str())));
        ImportV1 {
            files: files.collect(),
            object: import.object.map(|object| object.0),
            map: map.collect(),
            mode: match import.mode {
                Mode::Both => ModeV1::Both,
                Mode::Create => ModeV1::Create,
                Mode::Update => ModeV1::Update,
            },
            replace: import.replace,
            create_contacts: import.create_contacts,
            create_leads: import.create_leads,
            file: import.done.0,
            row: import.done.1,
        }
    }
}

impl From<ImportV1<'_>> for ImportIntent {
    fn from(import: ImportV1) -> Self {
        let file = |(path, bytes, crc32): (Cow<str>, u64, u32)| SourceFile { path: path.into_owned(), bytes, crc32 };
        let pair = |(column, name): (Cow<str>, Cow<str>)| (column.into_owned(), name.into_owned());
        ImportIntent {
            files: import.files.into_iter().map(file).collect(),
            object: import.object.map(Object),
            map: import.map.into_iter().map(pair).collect(),
            mode: match import.mode {
                ModeV1::Both => Mode::Both,
                ModeV1::Create => Mode::Create,
                ModeV1::Update => Mode::Update,
            },
            replace: import.replace,
            create_contacts: import.create_contacts,
            create_leads: import.create_leads,
            done: (import.file, import.row),
        }
    }
}

impl LogV1<'_> {
    fn of(activities: &[Logging]) -> LogV1<'static> {
        let mut said: Vec<Logging> = Vec::new();
        let refs = |ids: &[RecordId]| ids.iter().map(|id| RefV1::from(Ref::Record(*id))).collect();
        let on = |one: &Logging| {
            let (also, except) = (Vec::new(), Vec::new());
            let bare = Logging { on: RecordId::new(one.on.object, Uuid::nil()), also, except, ..one.clone() };
            let at = said.iter().position(|known| *known == bare).unwrap_or_else(|| {
                said.push(bare);
                said.len() - 1
            });
            (at as u32, Ref::Record(one.on).into(), refs(&one.also), refs(&one.except))
        };
        let on = activities.iter().map(on).collect();
        LogV1 { said: json(&said), on }
    }

    fn activities(self) -> Decoded<Vec<Logging>> {
        let said: Vec<Logging> = of_json(&self.said)?;
        let ids = |refs: Vec<RefV1>| refs.into_iter().filter_map(record).collect();
        let one = |(at, on, also, except): (u32, RefV1, Vec<RefV1>, Vec<RefV1>)| {
            let on = record(on)?;
            Some(Logging { on, also: ids(also), except: ids(except), ..said.get(at as usize)?.clone() })
        };
        let all: Option<Vec<Logging>> = self.on.into_iter().map(one).collect();
        all.ok_or_else(|| CodecError::Broken("an activity that is logged nowhere".to_owned()))
    }
}
