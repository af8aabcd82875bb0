//! What a property is: its kind, its options and its place. To add a kind, add a variant here, its row in
//! [`Kind::ROWS`], and its reading and writing in `value/`. What users say of properties is in `property/form.rs`.

pub mod form;

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

    /// Its values are options of the property's own.
    pub fn has_options(self) -> bool {
        matches!(self, Kind::Option | Kind::Options)
    }

    /// Its values are texts, which search can look through.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Kind::Text
                | Kind::LongText
                | Kind::Email
                | Kind::Emails
                | Kind::Phone
                | Kind::Url
                | Kind::Domain
                | Kind::Domains
                | Kind::Texts
        )
    }

    /// Users may make properties of it. Pipelines and stages belong to the built-in ones.
    pub fn can_be_custom(self) -> bool {
        !matches!(self, Kind::Pipeline | Kind::Stage)
    }
}

/// The colour of an option, by name; the theme says how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tint {
    #[default]
    Grey,
    Violet,
    Blue,
    Green,
    Amber,
    Red,
}

impl Tint {
    pub const ROWS: &'static [(Tint, &'static str)] = &[
        (Tint::Grey, "grey"),
        (Tint::Violet, "violet"),
        (Tint::Blue, "blue"),
        (Tint::Green, "green"),
        (Tint::Amber, "amber"),
        (Tint::Red, "red"),
    ];

    pub fn name(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    pub fn named(name: &str) -> Option<Tint> {
        Self::ROWS.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

/// One of the choices of an option property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub id: OptionId,
    /// Internal name, for scripts; a new label leaves it.
    pub name: String,
    pub label: String,
    #[serde(default)]
    pub tint: Tint,
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    pub id: PropertyId,
    /// Internal name: lower case, digits and `_`.
    pub name: String,
    pub label: String,
    pub kind: Kind,
    /// In their order.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Choices that were deleted: nobody gives them any more, what holds them stays readable, their numbers stay taken.
    #[serde(default)]
    pub retired: Vec<Choice>,
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
    /// Only of a property of a user: it is nowhere to be seen, while records keep its values for an undo.
    #[serde(default)]
    pub deleted: bool,
}

impl Property {
    /// Numbers from here on belong to the properties that users make.
    pub const FIRST_CUSTOM: PropertyId = PropertyId(1000);

    /// A deleted one too.
    pub fn choice(&self, id: OptionId) -> Option<&Choice> {
        self.choices.iter().chain(&self.retired).find(|choice| choice.id == id)
    }

    /// Its options are shown with their colours: those of a user's property, and others once somebody coloured them.
    pub fn is_coloured(&self) -> bool {
        let coloured = |choice: &Choice| choice.tint != Tint::default();
        self.kind.has_options() && (self.is_custom() || self.choices.iter().any(coloured))
    }

    /// Neither shown nor written: the program keeps something there.
    pub fn is_internal(&self) -> bool {
        self.hidden && self.derived
    }

    /// Made by a user.
    pub fn is_custom(&self) -> bool {
        self.id >= Self::FIRST_CUSTOM
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
    /// Hidden, and made by the program.
    Internal,
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
            tint: Tint::default(),
        });
        Property {
            id: row.id,
            name: row.name.to_owned(),
            label: row.label.to_owned(),
            kind: row.kind,
            choices: choices.collect(),
            retired: Vec::new(),
            deleted: false,
            derived: matches!(row.traits, T::Derived | T::DerivedSearched | T::Internal),
            hidden: matches!(row.traits, T::Hidden | T::Internal),
            required: matches!(row.traits, T::Required | T::RequiredSearched),
            searched: matches!(row.traits, T::Searched | T::RequiredSearched | T::DerivedSearched),
        }
    }
}

/// `shoe size` → `Shoe size`.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
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
