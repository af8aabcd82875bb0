//! Values as text: for scripts and files (what comes out goes in again), for screens, as JSON.

use super::{Money, Number, Value};
use crate::domain::id::{OptionId, UserId};
use crate::domain::number;
use crate::domain::property::{Kind, Property};
use crate::domain::settings::Settings;
use crate::domain::when;
use chrono::{DateTime, SecondsFormat, Utc};

/// The form that files and `name=value` carry and that [`super::read`] takes back unchanged.
pub fn plain(property: &Property, value: &Value, settings: &Settings) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(n) => exact(*n).map_or_else(|| n.0.to_string(), number::Number::plain),
        Value::Money(money) => format!("{} {}", amount(*money), money.currency.code()),
        Value::Date(date) => date.to_string(),
        Value::Time(time) => rfc3339(*time),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Option(id) => option(property, *id, settings),
        Value::Options(ids) => joined(ids, |id| option(property, *id, settings)),
        Value::User(id) => user(*id, settings, |u| u.email.clone()),
        Value::Users(ids) => joined(ids, |id| user(*id, settings, |u| u.email.clone())),
        Value::Texts(texts) => texts.join(";"),
    }
}

/// The form that screens show; times in the workspace's zone.
pub fn shown(property: &Property, value: &Value, settings: &Settings, now: DateTime<Utc>) -> String {
    match value {
        Value::Number(n) => exact(*n).map_or_else(|| n.0.to_string(), number::Number::shown),
        Value::Money(money) => match number::currency(money.currency.code()) {
            Some(currency) => number::money(money.minor, currency),
            None => plain(property, value, settings),
        },
        Value::Date(date) => when::day_long(*date, &settings.clock(now)),
        Value::Time(time) => when::moment_long(*time, &settings.clock(now)),
        Value::YesNo(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
        Value::User(id) => user(*id, settings, |u| u.name.clone()),
        Value::Users(ids) => {
            ids.iter().map(|id| user(*id, settings, |u| u.name.clone())).collect::<Vec<_>>().join(", ")
        }
        Value::Texts(texts) => texts.join(", "),
        Value::Options(ids) => ids.iter().map(|id| option(property, *id, settings)).collect::<Vec<_>>().join(", "),
        Value::Text(_) | Value::Option(_) => plain(property, value, settings),
    }
}

/// Dates RFC 3339 in UTC, money as amount and currency, users their e-mail, options their label.
pub fn json(property: &Property, value: &Value, settings: &Settings) -> serde_json::Value {
    use serde_json::Value as Json;
    match value {
        Value::Number(n) if n.0.fract() == 0.0 && n.0.abs() < 9e15 => Json::from(n.0 as i64),
        Value::Number(n) => Json::from(n.0),
        Value::Money(money) => serde_json::json!({"amount": amount(*money), "currency": money.currency.code()}),
        Value::YesNo(yes) => Json::from(*yes),
        Value::Options(ids) => ids.iter().map(|id| option(property, *id, settings)).collect(),
        Value::Users(ids) => ids.iter().map(|id| user(*id, settings, |u| u.email.clone())).collect(),
        Value::Texts(texts) => texts.iter().cloned().collect(),
        _ => Json::from(plain(property, value, settings)),
    }
}

/// `2026-11-19T14:05:00Z`, with milliseconds only when there are any.
pub fn rfc3339(time: DateTime<Utc>) -> String {
    let format = if time.timestamp_subsec_millis() == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
    time.to_rfc3339_opts(format, true)
}

/// The digits as they are: read as text, `1.234` would be 1234. `None`: there are too many of them.
fn exact(n: Number) -> Option<number::Number> {
    let text = n.0.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mantissa = format!("{whole}{rest}").parse().ok()?;
    Some(number::Number { mantissa, decimals: u8::try_from(rest.len()).ok()? })
}

fn amount(money: Money) -> String {
    match number::currency(money.currency.code()) {
        Some(currency) => number::money_plain(money.minor, currency),
        None => money.minor.to_string(),
    }
}

fn joined<T>(of: &[T], each: impl Fn(&T) -> String) -> String {
    of.iter().map(each).collect::<Vec<_>>().join(";")
}

fn option(property: &Property, id: OptionId, settings: &Settings) -> String {
    let found = match property.kind {
        Kind::Pipeline => settings.pipeline(id).map(|p| p.name.clone()),
        Kind::Stage => settings.stage(id).map(|(_, s)| s.name.clone()),
        _ => property.choice(id).map(|c| c.label.clone()),
    };
    found.unwrap_or_else(|| "(deleted)".to_owned())
}

fn user(id: UserId, settings: &Settings, name: impl Fn(&crate::domain::user::User) -> String) -> String {
    settings.user(id).map_or_else(|| "(unknown user)".to_owned(), name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::object::{BUILT_IN, ObjectSpec, is};
    use crate::domain::value::{Reading, read};
    use rstest::rstest;
    use std::collections::BTreeMap;

    #[rstest]
    #[case(1.234, "1.2340", "1.234")]
    #[case(1234.0, "1234", "1 234")]
    #[case(-1234.567, "-1234.5670", "-1 234.567")]
    #[case(0.5, "0.5", "0.5")]
    #[case(1e15, "1000000000000000", "1 000 000 000 000 000")]
    fn a_number_comes_back_as_it_went_out(#[case] n: f64, #[case] file: &str, #[case] screen: &str) {
        let spec = ObjectSpec::from(&BUILT_IN[1]);
        let employees = spec.property(is::EMPLOYEES).unwrap();
        let settings = Settings::from_rows(BTreeMap::new());
        let cx = Reading { settings: &settings, now: DateTime::UNIX_EPOCH, me: None };
        let value = Value::Number(Number(n));
        assert_eq!(plain(employees, &value, &settings), file);
        assert_eq!(shown(employees, &value, &settings, cx.now), screen);
        assert_eq!(read(employees, file, &cx), Ok(Some(value)));
    }
}
