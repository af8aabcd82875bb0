//! What people, files and scripts write, turned into values.

use super::{Currency, Money, Number, Value};
use crate::domain::property::{Choice, Kind, Property};
use crate::domain::settings::Settings;
use crate::domain::{email, fold, number, phone, web, when};
use crate::domain::{id::OptionId, id::UserId, object::is};
use chrono::{DateTime, Utc};

/// Characters that a text property takes.
pub const TEXT_MOST: usize = 1_000;
/// Characters that a long text property takes.
pub const LONG_TEXT_MOST: usize = 65_000;

/// What reading a value depends on besides its property.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub settings: &'a Settings,
    pub now: DateTime<Utc>,
    /// Who `me` is.
    pub me: Option<UserId>,
}

impl Reading<'_> {
    /// The clock that dates in words are read by.
    pub fn clock(&self) -> when::Clock {
        self.settings.clock(self.now)
    }
}

/// Reads `text` as a value of `property`; blank text is no value. The error is a sentence for the person who wrote it.
pub fn read(property: &Property, text: &str, cx: &Reading) -> Result<Option<Value>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = match property.kind {
        Kind::Text => Value::Text(line(text)?),
        Kind::LongText => Value::Text(long(text)?),
        Kind::Number => Value::Number(number(text)?),
        Kind::Money => Value::Money(money(text, cx.settings.general.currency)?),
        Kind::Date => Value::Date(when::parse_date(text, &cx.clock()).map_err(|e| e.to_string())?),
        Kind::DateTime => Value::Time(moment(text, cx)?),
        Kind::YesNo => Value::YesNo(yes_no(text)?),
        Kind::Option => Value::Option(option(property, text)?),
        Kind::Options => Value::Options(each(text, |one| option(property, one))?),
        Kind::User => Value::User(user(text, cx)?),
        Kind::Users => Value::Users(each(text, |one| user(one, cx))?),
        Kind::Email => Value::Text(email::parse(text)?),
        Kind::Emails => Value::Texts(each(text, email::parse)?),
        Kind::Phone => Value::Text(phone::normalise(text, &cx.settings.general.phone_country)?.text),
        Kind::Url => Value::Text(web::url(text)?),
        Kind::Domain => Value::Text(web::domain(text)?),
        Kind::Domains => Value::Texts(each(text, web::domain)?),
        Kind::Texts => Value::Texts(each(text, line)?),
        Kind::Pipeline => Value::Option(pipeline(text, cx)?),
        Kind::Stage => Value::Option(stage(property, text, cx)?),
    };
    Ok(Some(value))
}

/// The entries of a value that holds several: parted by `;`, blanks around them dropped.
pub fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn each<T: PartialEq>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    let mut found = Vec::new();
    for part in several(text) {
        let one = read(part)?;
        if !found.contains(&one) {
            found.push(one);
        }
    }
    Ok(found)
}

pub fn line(text: &str) -> Result<String, String> {
    if !text.contains(char::is_control) {
        return bounded(text.to_owned(), TEXT_MOST);
    }
    let clean: String = text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).collect();
    bounded(harmless(&clean), TEXT_MOST)
}

pub fn long(text: &str) -> Result<String, String> {
    bounded(harmless(&text.replace("\r\n", "\n")), LONG_TEXT_MOST)
}

/// Control characters do nothing good in a stored value; what is left is what the person meant.
fn harmless(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn bounded(text: String, most: usize) -> Result<String, String> {
    if text.len() > most && text.chars().count() > most {
        return Err(format!("Too long: {} characters, {most} are taken", text.chars().count()));
    }
    Ok(text)
}

fn number(text: &str) -> Result<Number, String> {
    let parsed = number::parse(text).map_err(|error| error.to_string())?;
    let parsed: f64 = parsed.plain().parse().unwrap_or(f64::NAN);
    if parsed.is_finite() { Ok(Number(parsed)) } else { Err(format!("“{text}” is no number that fits")) }
}

fn money(text: &str, default: Currency) -> Result<Money, String> {
    let (minor, currency) =
        number::parse_money(text, number::currency(default.code())).map_err(|error| error.to_string())?;
    let currency = Currency::parse(currency.code).ok_or_else(|| format!("“{text}” has no currency that is known"))?;
    Ok(Money { minor, currency })
}

fn moment(text: &str, cx: &Reading) -> Result<DateTime<Utc>, String> {
    let moment = when::parse_moment(text, &cx.clock()).map_err(|e| e.to_string())?;
    let millis = moment.at.timestamp_millis();
    DateTime::from_timestamp_millis(millis).ok_or_else(|| format!("“{text}” is too far away"))
}

fn yes_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" | "on" | "tak" | "ja" => Ok(true),
        "no" | "false" | "0" | "n" | "off" | "nie" | "nein" => Ok(false),
        _ => Err(format!("“{text}” is neither yes nor no")),
    }
}

fn option(property: &Property, text: &str) -> Result<OptionId, String> {
    let wanted = fold::fold(text);
    let squeezed = wanted.replace([' ', '_', '-'], "");
    let called = |is_it: &dyn Fn(&Choice) -> bool| property.choices.iter().find(|c| is_it(c));
    // Labels first: they are what goes out, and after a new one an internal name may look like another's label.
    called(&|choice| fold::fold(&choice.label) == wanted)
        .or_else(|| called(&|choice| choice.name == text))
        // HubSpot writes `marketingqualifiedlead` and `IN_PROGRESS`.
        .or_else(|| called(&|choice| choice.name.replace('_', "") == squeezed))
        .map(|choice| choice.id)
        .ok_or_else(|| {
            let labels: Vec<&str> = property.choices.iter().map(|c| c.label.as_str()).collect();
            format!("“{text}” is no {}. There are: {}", property.label.to_lowercase(), labels.join(", "))
        })
}

pub fn user(text: &str, cx: &Reading) -> Result<UserId, String> {
    if text == "me" {
        return cx.me.ok_or_else(|| "Nobody is “me” here".to_owned());
    }
    let users = &cx.settings.users;
    if let Some(user) = users.iter().find(|u| u.email.eq_ignore_ascii_case(text)) {
        return Ok(user.id);
    }
    let mut named = users.iter().filter(|u| fold::fold(&u.name) == fold::fold(text));
    match (named.next(), named.next()) {
        (Some(user), None) => Ok(user.id),
        (Some(_), Some(_)) => Err(format!("Several users are called “{text}”: give the e-mail")),
        _ => Err(format!("“{text}” is no user of this workspace")),
    }
}

fn pipeline(text: &str, cx: &Reading) -> Result<OptionId, String> {
    let wanted = fold::fold(text);
    let found = cx.settings.pipelines.iter().find(|p| fold::fold(&p.name) == wanted);
    found.map(|p| p.id).ok_or_else(|| format!("“{text}” is no pipeline"))
}

/// The stage of that name; in several pipelines the first one, which the rules set right by the record's pipeline.
fn stage(property: &Property, text: &str, cx: &Reading) -> Result<OptionId, String> {
    debug_assert_eq!(property.id, is::STAGE);
    let wanted = fold::fold(text);
    let mut stages = cx.settings.pipelines.iter().flat_map(|p| &p.stages);
    stages.find(|s| fold::fold(&s.name) == wanted).map(|s| s.id).ok_or_else(|| format!("“{text}” is no stage"))
}
