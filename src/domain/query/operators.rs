//! What filters can say: [`OPERATORS`] is the table that the parser, the writer and the chips of the interface loop over.
//! To add an operator, add a row, and its [`Verb`] where it does something new.

use crate::domain::property::Kind;

/// What an operator does with the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    Known,
    Unknown,
    Is,
    IsNot,
    Contains,
    ContainsNot,
    StartsWith,
    EndsWith,
    More,
    AtLeast,
    Less,
    AtMost,
    Between,
    WithinLast,
    WithinNext,
    HadWithin,
    HadNone,
}

impl Verb {
    /// It says what does not hold.
    pub fn is_negated(self) -> bool {
        matches!(self, Verb::Unknown | Verb::IsNot | Verb::ContainsNot | Verb::HadNone)
    }
}

/// What is compared, as far as operators care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    Text,
    Number,
    Day,
    Moment,
    YesNo,
    /// One or several of a list: options, users, stages.
    Choice,
    /// Whether anything of an object is associated.
    Tie,
    /// What happened with the record.
    Activity,
}

impl Class {
    pub fn of(kind: Kind) -> Class {
        match kind {
            Kind::Number | Kind::Money => Class::Number,
            Kind::Date => Class::Day,
            Kind::DateTime => Class::Moment,
            Kind::YesNo => Class::YesNo,
            Kind::Option | Kind::Options | Kind::User | Kind::Users | Kind::Pipeline | Kind::Stage => Class::Choice,
            Kind::Text
            | Kind::LongText
            | Kind::Email
            | Kind::Emails
            | Kind::Phone
            | Kind::Url
            | Kind::Domain
            | Kind::Domains
            | Kind::Texts => Class::Text,
        }
    }

    /// The operators that fit, in the order in which they are offered.
    pub fn operators(self) -> impl Iterator<Item = &'static Operator> {
        OPERATORS.iter().filter(move |operator| operator.fits.contains(&self))
    }
}

/// What stands after an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Takes {
    Nothing,
    /// A piece of text, whatever the property takes.
    Text,
    /// A value as its property takes it: a text, a number, a date, an option.
    Value,
    /// Several of them, with `;` between.
    Values,
    /// Two of them, with `and` between.
    Two,
    /// A length of time: `30d`, `3 months`.
    Span,
}

/// A row of [`OPERATORS`].
#[derive(Debug, PartialEq, Eq)]
pub struct Operator {
    pub verb: Verb,
    /// For people, between the name of the property and the value.
    pub label: &'static str,
    /// In an expression.
    pub written: &'static str,
    /// What is read as well.
    pub also: &'static [&'static str],
    pub takes: Takes,
    pub fits: &'static [Class],
}

use Class::{Activity, Choice, Day, Moment, Number, Text, Tie, YesNo};

const LISTED: &[Class] = &[Choice, Text, Number, Day];
const VALUED: &[Class] = &[Choice, Text, Number, Day, Moment, YesNo];
const DATED: &[Class] = &[Day, Moment];

const fn row(
    verb: Verb,
    label: &'static str,
    written: &'static str,
    also: &'static [&'static str],
    takes: Takes,
    fits: &'static [Class],
) -> Operator {
    Operator { verb, label, written, also, takes, fits }
}

/// A written form is the same verb for every class that it fits.
pub const OPERATORS: &[Operator] = &[
    row(Verb::Is, "is", "is", &["="], Takes::Value, VALUED),
    row(Verb::IsNot, "is not", "is not", &["!="], Takes::Value, VALUED),
    row(Verb::Is, "is any of", "is any of", &[], Takes::Values, LISTED),
    row(Verb::IsNot, "is none of", "is none of", &[], Takes::Values, LISTED),
    row(Verb::Contains, "contains", "contains", &[], Takes::Text, &[Text]),
    row(Verb::ContainsNot, "does not contain", "does not contain", &["not contains"], Takes::Text, &[Text]),
    row(Verb::StartsWith, "starts with", "starts with", &[], Takes::Text, &[Text]),
    row(Verb::EndsWith, "ends with", "ends with", &[], Takes::Text, &[Text]),
    row(Verb::More, "is more than", ">", &["is more than"], Takes::Value, &[Number]),
    row(Verb::AtLeast, "is at least", ">=", &["is at least"], Takes::Value, &[Number]),
    row(Verb::Less, "is less than", "<", &["is less than"], Takes::Value, &[Number]),
    row(Verb::AtMost, "is at most", "<=", &["is at most"], Takes::Value, &[Number]),
    row(Verb::Less, "is before", "before", &["is before", "<"], Takes::Value, DATED),
    row(Verb::More, "is after", "after", &["is after", ">"], Takes::Value, DATED),
    row(Verb::AtLeast, "is on or after", ">=", &["is on or after", "since"], Takes::Value, DATED),
    row(Verb::AtMost, "is on or before", "<=", &["is on or before", "until"], Takes::Value, DATED),
    row(Verb::Between, "is between", "between", &["is between"], Takes::Two, &[Number, Day, Moment]),
    row(Verb::WithinLast, "is within the last", "within last", &["within", "within the last"], Takes::Span, DATED),
    row(Verb::WithinNext, "is within the next", "within next", &["within the next"], Takes::Span, DATED),
    row(
        Verb::Known,
        "is known",
        "is known",
        &["is not empty"],
        Takes::Nothing,
        &[Choice, Text, Number, Day, Moment, YesNo, Tie],
    ),
    row(
        Verb::Unknown,
        "is unknown",
        "is unknown",
        &["is not known", "is empty"],
        Takes::Nothing,
        &[Choice, Text, Number, Day, Moment, YesNo, Tie],
    ),
    row(Verb::HadNone, "none for", "none", &["none for"], Takes::Span, &[Activity]),
    row(Verb::HadWithin, "within the last", "within", &["any", "within last"], Takes::Span, &[Activity]),
];

impl Operator {
    fn forms(&self) -> impl Iterator<Item = &'static str> {
        [self.written].into_iter().chain(self.also.iter().copied())
    }
}

/// The operator that `text` begins with, of those that fit `class`, and what follows it. `is` gives way to `is not`.
pub(super) fn leading(text: &str, class: Class) -> Option<(&'static Operator, &str)> {
    let rows = class.operators().flat_map(|operator| operator.forms().map(move |form| (operator, form)));
    let found = rows.filter_map(|(operator, form)| Some((operator, after(text, form)?, form.len())));
    // `name is known for tea` is no question of what is known.
    let found = found.filter(|(operator, rest, _)| operator.takes != Takes::Nothing || rest.is_empty());
    found.max_by_key(|(_, _, length)| *length).map(|(operator, rest, _)| (operator, rest))
}

/// Whether `text` begins with an operator of any class: then it is one, but does not fit.
pub(super) fn is_led(text: &str) -> bool {
    OPERATORS.iter().flat_map(Operator::forms).any(|form| after(text, form).is_some())
}

fn after<'a>(text: &'a str, form: &str) -> Option<&'a str> {
    let head = text.get(..form.len())?;
    let rest = &text[form.len()..];
    let ends = form.ends_with(|c: char| !c.is_alphabetic())
        || rest.is_empty()
        || rest.starts_with(|c: char| c.is_whitespace() || c == '"');
    (head.eq_ignore_ascii_case(form) && ends).then(|| rest.trim())
}
