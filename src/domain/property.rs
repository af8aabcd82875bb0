//! What a property is: its kind, its options and its place. To add a kind, add a variant here, its row in
//! [`Kind::ROWS`], and its reading and writing in `value/`.

use super::id::{OptionId, PropertyId};
use serde::{Deserialize, Serialize};

/// The type of a property's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    Text,
    LongText,
    Number,
    Money,
    Date,
    DateTime,
    YesNo,
    Option,
    Options,
    User,
    Users,
    Email,
    Emails,
    Phone,
    Url,
    Domain,
    Domains,
    Texts,
    Pipeline,
    Stage,
}

impl Kind {
    /// Name in scripts, name on screens.
    pub const ROWS: &'static [(Kind, &'static str, &'static str)] = &[
        (Kind::Text, "text", "Text"),
        (Kind::LongText, "long_text", "Long text"),
        (Kind::Number, "number", "Number"),
        (Kind::Money, "money", "Money"),
        (Kind::Date, "date", "Date"),
        (Kind::DateTime, "datetime", "Date and time"),
        (Kind::YesNo, "yes_no", "Yes or no"),
        (Kind::Option, "option", "Option"),
        (Kind::Options, "options", "Several options"),
        (Kind::User, "user", "User"),
        (Kind::Users, "users", "Several users"),
        (Kind::Email, "email", "E-mail"),
        (Kind::Emails, "emails", "Several e-mails"),
        (Kind::Phone, "phone", "Phone"),
        (Kind::Url, "url", "Link"),
        (Kind::Domain, "domain", "Domain"),
        (Kind::Domains, "domains", "Several domains"),
        (Kind::Texts, "texts", "Several texts"),
        (Kind::Pipeline, "pipeline", "Pipeline"),
        (Kind::Stage, "stage", "Stage"),
    ];

    pub fn name(self) -> &'static str {
        Self::ROWS.iter().find(|row| row.0 == self).map_or("text", |row| row.1)
    }

    pub fn label(self) -> &'static str {
        Self::ROWS.iter().find(|row| row.0 == self).map_or("Text", |row| row.2)
    }

    pub fn named(name: &str) -> Option<Kind> {
        Self::ROWS.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// Numbers, money, dates: they stand at the right of a column and sort by size.
    pub fn is_measured(self) -> bool {
        matches!(self, Kind::Number | Kind::Money | Kind::Date | Kind::DateTime)
    }

    /// Kinds of which one value holds several entries, written with `;` between them.
    pub fn is_several(self) -> bool {
        matches!(self, Kind::Options | Kind::Users | Kind::Emails | Kind::Domains | Kind::Texts)
    }
}

/// One of the choices of an option property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub id: OptionId,
    /// Internal name, for scripts.
    pub name: String,
    pub label: String,
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    pub id: PropertyId,
    /// Internal name: lower case, digits and `_`.
    pub name: String,
    pub label: String,
    pub kind: Kind,
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Made by the program; nobody writes it.
    #[serde(default)]
    pub derived: bool,
    /// Kept for matching, not shown.
    #[serde(default)]
    pub hidden: bool,
    #[serde(default)]
    pub required: bool,
    /// Part of the text that search looks through.
    #[serde(default)]
    pub searched: bool,
}

impl Property {
    pub fn choice(&self, id: OptionId) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }
}

/// A row of the built-in tables in `object/`.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub id: PropertyId,
    pub name: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    /// Labels; the internal name is the label in lower case with `_`, the number is the place, from 1.
    pub choices: &'static [&'static str],
    pub traits: Traits,
}

/// How a built-in property differs from a plain one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traits {
    Plain,
    Required,
    Derived,
    Hidden,
    Searched,
    RequiredSearched,
    DerivedSearched,
}

impl From<&Row> for Property {
    fn from(row: &Row) -> Self {
        use Traits as T;
        let choices = row.choices.iter().zip(1..).map(|(label, number)| Choice {
            id: OptionId(number),
            name: internal_name(label),
            label: (*label).to_owned(),
        });
        Property {
            id: row.id,
            name: row.name.to_owned(),
            label: row.label.to_owned(),
            kind: row.kind,
            choices: choices.collect(),
            derived: matches!(row.traits, T::Derived | T::DerivedSearched),
            hidden: row.traits == T::Hidden,
            required: matches!(row.traits, T::Required | T::RequiredSearched),
            searched: matches!(row.traits, T::Searched | T::RequiredSearched | T::DerivedSearched),
        }
    }
}

/// `Sales qualified lead` → `sales_qualified_lead`.
pub fn internal_name(label: &str) -> String {
    let mut name = String::with_capacity(label.len());
    for c in label.chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    name.trim_end_matches('_').to_owned()
}
