//! Which of two values comes first. Empty ones come last whichever way one sorts; equals go by id, newest first.

use super::measure;
use crate::domain::fold::collate;
use crate::domain::id::OptionId;
use crate::domain::property::{Kind, Property};
use crate::domain::settings::Settings;
use crate::domain::value::Value;
use std::cmp::Ordering;

/// What a value is sorted by.
#[derive(Debug, Clone, PartialEq)]
pub enum SortKey {
    /// Numbers, amounts, dates, yes after no, the place of an option or stage in its list.
    Size(f64),
    /// Letters in their order, case aside.
    Text(Vec<u8>),
    Empty,
}

impl SortKey {
    pub fn of(property: &Property, value: Option<&Value>, settings: &Settings) -> SortKey {
        let Some(value) = value else { return SortKey::Empty };
        if let Some(size) = measure(value) {
            return SortKey::Size(size);
        }
        match value {
            Value::YesNo(yes) => SortKey::Size(f64::from(u8::from(*yes))),
            Value::Option(id) => place(property, *id, settings),
            Value::Options(ids) => ids.first().map_or(SortKey::Empty, |id| place(property, *id, settings)),
            Value::User(id) => user(*id, settings),
            Value::Users(ids) => ids.first().map_or(SortKey::Empty, |id| user(*id, settings)),
            Value::Text(text) => SortKey::Text(collate(text)),
            Value::Texts(texts) => texts.first().map_or(SortKey::Empty, |text| SortKey::Text(collate(text))),
            Value::Number(_) | Value::Money(_) | Value::Date(_) | Value::Time(_) => SortKey::Empty,
        }
    }

    /// Ascending or descending, with the empty ones last in both.
    pub fn compare(&self, other: &SortKey, descending: bool) -> Ordering {
        let order = match (self, other) {
            (SortKey::Empty, SortKey::Empty) => return Ordering::Equal,
            (SortKey::Empty, _) => return Ordering::Greater,
            (_, SortKey::Empty) => return Ordering::Less,
            (SortKey::Size(a), SortKey::Size(b)) => a.total_cmp(b),
            (SortKey::Text(a), SortKey::Text(b)) => a.cmp(b),
            (SortKey::Size(_), SortKey::Text(_)) => Ordering::Less,
            (SortKey::Text(_), SortKey::Size(_)) => Ordering::Greater,
        };
        if descending { order.reverse() } else { order }
    }
}

/// Place of an option, stage or pipeline in its list; of a deleted one, after all.
pub fn option_place(property: &Property, id: OptionId, settings: &Settings) -> usize {
    let found = match property.kind {
        Kind::Stage => settings.pipelines.iter().flat_map(|p| &p.stages).position(|s| s.id == id),
        Kind::Pipeline => settings.pipelines.iter().position(|p| p.id == id),
        _ => property.choices.iter().position(|choice| choice.id == id),
    };
    found.unwrap_or(usize::from(u16::MAX))
}

fn place(property: &Property, id: OptionId, settings: &Settings) -> SortKey {
    SortKey::Size(option_place(property, id, settings) as f64)
}

fn user(id: crate::domain::id::UserId, settings: &Settings) -> SortKey {
    settings.user(id).map_or(SortKey::Empty, |user| SortKey::Text(collate(&user.name)))
}
