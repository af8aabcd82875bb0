//! **Settings > Objects > Activities**: the table of where activities go (R3.13) and how many records one may have
//! (R3.20), as rows of the store and as scripts write them.

use super::{NONE, Settings, read_most};
use crate::domain::activity::{ActivityKind, LoggedFrom};
use crate::domain::association::has_primary;
use crate::domain::fold::fold;
use crate::domain::id::Object;
use crate::domain::logging::{Aim, DEALS_MOST, Row, Sort, Table};
use std::collections::BTreeMap;

/// The key of the row that holds what of the table is not as by default: a JSON list of [`Row`]s.
pub const TABLE: &str = "activities.table";
/// The key of the row that holds the limits: a JSON list of `[type, object, most]`.
pub const ACTIVITY_LIMITS: &str = "activities.limits";

/// How scripts say that something is as it is from the start.
pub const DEFAULT: &str = "default";
const ANY: &str = "any";
const REPLY: &str = "reply";

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Activities {
    pub table: Table,
    /// How many records of the object one activity of the type may have; as many as it likes where none is named.
    limits: BTreeMap<(ActivityKind, Object), usize>,
}

/// What an aim is called, besides the deals, which have a number.
const AIMS: &[(Aim, &str)] = &[
    (Aim::PrimaryContact, "primary contact"),
    (Aim::PrimaryCompany, "primary company"),
    (Aim::Reached, "contacts reached"),
    (Aim::Thread, "thread"),
    (Aim::Conversation, "conversation"),
];

impl Activities {
    /// What the rows say over the defaults.
    pub(super) fn of(table: Option<&str>, limits: Option<&str>) -> Activities {
        let rows: Vec<Row> = table.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let said: Vec<(String, u16, usize)> =
            limits.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let limit =
            |(kind, object, most): (String, u16, usize)| Some(((ActivityKind::named(&kind)?, Object(object)), most));
        Activities { table: Table::with_rows(rows), limits: said.into_iter().filter_map(limit).collect() }
    }

    pub fn limit(&self, kind: ActivityKind, object: Object) -> Option<usize> {
        self.limits.get(&(kind, object)).copied()
    }

    pub fn limits(&self) -> impl Iterator<Item = (ActivityKind, Object, usize)> {
        self.limits.iter().map(|((kind, object), most)| (*kind, *object, *most))
    }

    pub fn set_limit(&mut self, kind: ActivityKind, object: Object, most: Option<usize>) {
        match most {
            Some(most) => drop(self.limits.insert((kind, object), most)),
            None => drop(self.limits.remove(&(kind, object))),
        }
    }

    /// The rows that say the same; `None`: all is as by default.
    pub fn table_row(&self) -> Option<String> {
        let changed = self.table.changed();
        if changed.is_empty() { None } else { serde_json::to_string(&changed).ok() }
    }

    pub fn limits_row(&self) -> Option<String> {
        let all: Vec<_> = self.limits().map(|(kind, object, most)| (kind.row().name, object.0, most)).collect();
        if all.is_empty() { None } else { serde_json::to_string(&all).ok() }
    }
}

impl Settings {
    /// The table as scripts write it, a row a line: `contact,task,sequence=none`.
    pub fn table_written(&self) -> String {
        let rows = self.activities.table.rows.iter().filter_map(|row| self.row_written(row));
        rows.collect::<Vec<_>>().join("\n")
    }

    /// `contact,any,any=primary company + 5 deals`; `None`: its object is not there.
    pub fn row_written(&self, row: &Row) -> Option<String> {
        Some(format!("{}={}", self.about_written(row)?, aims_written(&row.to)))
    }

    /// `contact,any,any`: what the row is about.
    pub fn about_written(&self, row: &Row) -> Option<String> {
        let from = row.from.map_or(ANY, LoggedFrom::name);
        Some(format!("{},{},{from}", self.object(row.on)?.name, sort_written(row.sort)))
    }

    /// The table with the rows that a script writes, parted by `;` or lines; the others stay.
    pub fn read_table(&self, text: &str) -> Result<Activities, String> {
        let mut activities = self.activities.clone();
        for line in lines(text)? {
            if fold(line) == DEFAULT {
                activities.table = Table::default();
                continue;
            }
            let (row, to) = line.split_once('=').ok_or_else(|| format!("“{line}” is no row. {HOW}"))?;
            let mut row = self.read_about(row)?;
            if fold(to.trim()) == DEFAULT {
                activities.table.reset(&row);
                continue;
            }
            row.to = self.read_aims(row.on, to)?;
            activities.table.put(row);
        }
        Ok(activities)
    }

    /// What a row is about: object, type, source.
    fn read_about(&self, text: &str) -> Result<Row, String> {
        let parts: Vec<&str> = text.split(',').map(str::trim).collect();
        let [on, sort, from] = parts.as_slice() else { return Err(format!("“{text}” is no row. {HOW}")) };
        let on = self.object_called(on).ok_or_else(|| format!("There is no object “{on}”"))?.object;
        let sort = match *sort {
            ANY => None,
            REPLY => Some(Sort::Reply),
            name => Some(Sort::Of(read_kind(name)?)),
        };
        let from = match *from {
            ANY => None,
            name => Some(LoggedFrom::named(name).ok_or_else(|| {
                let names: Vec<&str> = LoggedFrom::ROWS.iter().map(|row| row.1).collect();
                format!("There is no source “{name}”. There are: any, {}", names.join(", "))
            })?),
        };
        Ok(Row { on, sort, from, to: Vec::new() })
    }

    /// Where something logged on a record of that object goes, as [`aims_written`] says it.
    pub fn read_aims(&self, on: Object, text: &str) -> Result<Vec<Aim>, String> {
        let mut aims = Vec::new();
        if fold(text.trim()) == NONE {
            return Ok(aims);
        }
        for part in text.split('+').map(str::trim) {
            let aim = read_aim(part)?;
            let lacking = match aim {
                Aim::PrimaryContact if !has_primary(on, Object::CONTACT) => Some("contact"),
                Aim::PrimaryCompany if !has_primary(on, Object::COMPANY) => Some("company"),
                _ => None,
            };
            if let Some(what) = lacking {
                let plural = self.object(on).map_or("Records", |spec| &spec.plural);
                return Err(format!("{plural} have no primary {what}"));
            }
            if !aims.contains(&aim) {
                aims.push(aim);
            }
        }
        Ok(aims)
    }

    /// The limits as scripts write them: `call>deal=3;email>contact=10`.
    pub fn activity_limits_written(&self) -> String {
        let one = |(kind, object, most): (ActivityKind, Object, usize)| {
            Some(format!("{}>{}={most}", kind.row().name, self.object(object)?.name))
        };
        self.activities.limits().filter_map(one).collect::<Vec<_>>().join(";")
    }

    /// These limits with those that a script writes; the others stay.
    pub fn read_activity_limits(&self, text: &str) -> Result<Activities, String> {
        let mut activities = self.activities.clone();
        for line in lines(text)? {
            if [DEFAULT, NONE].contains(&fold(line).as_str()) {
                activities.limits.clear();
                continue;
            }
            let parts = line.split_once('=').and_then(|(pair, most)| Some((pair.split_once('>')?, most)));
            let ((kind, object), most) = parts.ok_or_else(|| format!("“{line}” is no limit. {HOW_LIMITED}"))?;
            let kind = read_kind(kind.trim())?;
            let object = self.object_called(object.trim());
            let object = object.ok_or_else(|| format!("“{line}” names no object. {HOW_LIMITED}"))?.object;
            activities.set_limit(kind, object, read_most(most)?);
        }
        Ok(activities)
    }
}

const HOW: &str = "Written so: contact,call,any=primary company + 5 deals";
const HOW_LIMITED: &str = "Written so: call>deal=3";

fn lines(text: &str) -> Result<Vec<&str>, String> {
    let lines: Vec<&str> = text.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Err(format!("Nothing is written. `{DEFAULT}` brings back what was there from the start"));
    }
    Ok(lines)
}

fn sort_written(sort: Option<Sort>) -> &'static str {
    match sort {
        None => ANY,
        Some(Sort::Reply) => REPLY,
        Some(Sort::Of(kind)) => kind.row().name,
    }
}

/// `primary company + 5 deals`, or `none`.
pub fn aims_written(aims: &[Aim]) -> String {
    if aims.is_empty() {
        return NONE.to_owned();
    }
    let one = |aim: &Aim| match aim {
        Aim::Deals(1) => "1 deal".to_owned(),
        Aim::Deals(most) => format!("{most} deals"),
        aim => AIMS.iter().find(|(own, _)| own == aim).map_or_else(String::new, |(_, name)| (*name).to_owned()),
    };
    aims.iter().map(one).collect::<Vec<_>>().join(" + ")
}

fn read_aim(text: &str) -> Result<Aim, String> {
    let wanted = fold(text);
    if let Some((aim, _)) = AIMS.iter().find(|(_, name)| *name == wanted) {
        return Ok(*aim);
    }
    let most = wanted.strip_suffix("deals").or_else(|| wanted.strip_suffix("deal")).map(str::trim);
    match most.map(str::parse::<u8>) {
        Some(Ok(most)) if most <= DEALS_MOST => Ok(Aim::Deals(most)),
        Some(_) => Err(format!("“{text}”: how many deals is a number from 0 to {DEALS_MOST}")),
        None => {
            let names: Vec<&str> = AIMS.iter().map(|(_, name)| *name).collect();
            Err(format!("“{text}” is no place to go. There are: none, {}, and deals such as 5 deals", names.join(", ")))
        }
    }
}

fn read_kind(name: &str) -> Result<ActivityKind, String> {
    ActivityKind::named(name).ok_or_else(|| {
        let names: Vec<&str> = ActivityKind::rows().map(|row| row.name).collect();
        format!("There is no activity type “{name}”. There are: {}", names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings::from_rows(BTreeMap::new())
    }

    #[test]
    fn r3_13_what_is_written_is_read_again() {
        let settings = settings();
        let written = settings.table_written();
        assert!(written.starts_with("company,any,any=5 deals\ncontact,any,any=primary company + 5 deals"), "{written}");
        assert_eq!(settings.read_table(&written).unwrap(), settings.activities);
        assert_eq!(settings.activities.table_row(), None);
    }

    #[test]
    fn r3_13_a_row_is_put_in_its_place_and_reset() {
        let settings = settings();
        let changed =
            settings.read_table("contact,task,sequence=Primary Company+1 deal; deal,call,mobile=none").unwrap();
        let row = changed.table_row().unwrap();
        let kept = settings.with(TABLE, Some(&row));
        assert_eq!(kept.activities, changed);
        assert!(kept.table_written().contains("contact,task,sequence=primary company + 1 deal"));
        assert!(kept.table_written().ends_with("deal,call,mobile=none"));
        let back = kept.read_table("deal,call,mobile=default; contact,task,sequence=default").unwrap();
        assert_eq!(back, settings.activities);
        assert_eq!(kept.read_table("default").unwrap(), settings.activities);
    }

    #[test]
    fn r3_13_what_makes_no_row_gets_a_sentence() {
        for (written, why) in [
            ("", "Nothing is written"),
            ("contact", "is no row"),
            ("contact,call=none", "is no row"),
            ("boat,call,any=none", "no object “boat”"),
            ("contact,fax,any=none", "no activity type “fax”"),
            ("contact,call,moon=none", "no source “moon”"),
            ("contact,call,any=21 deals", "0 to 20"),
            ("contact,call,any=-1 deals", "0 to 20"),
            ("contact,call,any=friends", "no place to go"),
            ("company,call,any=primary company", "Companies have no primary company"),
            ("contact,call,any=primary contact", "Contacts have no primary contact"),
        ] {
            let said = settings().read_table(written).unwrap_err();
            assert!(said.contains(why), "{written}: {said}");
        }
    }

    #[test]
    fn r3_20_limits_are_written_and_read() {
        let settings = settings();
        let limited = settings.read_activity_limits("call>deal=3; email>contact=10").unwrap();
        let kept = settings.with(ACTIVITY_LIMITS, limited.limits_row().as_deref());
        assert_eq!(kept.activity_limits_written(), "call>deal=3;email>contact=10");
        assert_eq!(kept.activities.limit(ActivityKind::Call, Object::DEAL), Some(3));
        let less = kept.read_activity_limits("call>deal=none").unwrap();
        assert_eq!(less.limit(ActivityKind::Call, Object::DEAL), None);
        assert_eq!(kept.read_activity_limits("none").unwrap().limits_row(), None);
        for written in ["call", "call>boat=3", "fax>deal=3", "call>deal=0", "call>deal=many", ""] {
            assert!(settings.read_activity_limits(written).is_err(), "{written}");
        }
    }
}
