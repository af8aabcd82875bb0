//! The fields that an activity is edited by: its subject, when it was, and those of its type. A field of a type is a row
//! of [`FIELDS`].

use crate::domain::activity::{Activity, ActivityEdit, ActivityKind, Details};
use crate::domain::logging::Logging;
use crate::domain::logging::fields::{FIELDS, Field as OfType, moment_written};
use crate::domain::when::parse_moment;
use crate::ui::layer::Cx;

/// Characters of a field at most.
pub const MOST: usize = 300;

#[derive(Clone, Copy)]
pub enum Field {
    Subject,
    /// Of what has no start and no due time of its own.
    When,
    Of(&'static OfType),
}

/// Name in scripts, label, how it is written.
const SAID: &[(&str, &str, &str)] = &[
    ("outcome", "Outcome", "Connected, No answer, Completed… as its type has them"),
    ("duration", "Duration", "12m, 1h 20m"),
    ("start", "Start", "tomorrow 10am, 2026-11-19 14:05"),
    ("end", "End", "tomorrow 11am, 2026-11-19 15:05"),
    ("location", "Location", ""),
    ("cc", "Cc", "addresses, parted by commas"),
    ("due", "Due", "tomorrow 10am; empty: no date"),
    ("priority", "Priority", "None, Low, Medium, High"),
    ("queue", "Queue", ""),
    ("assignee", "Assignee", "a user's e-mail, or me"),
    ("task_type", "Type", "Call, E-mail, To-do"),
];

impl Field {
    pub fn all_of(kind: ActivityKind) -> Vec<Field> {
        let has_own = matches!(kind, ActivityKind::Task | ActivityKind::Meeting);
        let when = (!has_own).then_some(Field::When);
        let of = FIELDS.iter().filter(|field| field.kinds.contains(&kind)).map(Field::Of);
        [Field::Subject].into_iter().chain(when).chain(of).collect()
    }

    pub fn label(&self) -> &'static str {
        match self {
            Field::Subject => "Subject",
            Field::When => "When",
            Field::Of(field) => SAID.iter().find(|said| said.0 == field.name).map_or(field.name, |said| said.1),
        }
    }

    /// How it is written.
    pub fn hint(&self) -> &'static str {
        match self {
            Field::Subject => "",
            Field::When => "yesterday 3pm, 2026-11-19 14:05",
            Field::Of(field) => SAID.iter().find(|said| said.0 == field.name).map_or("", |said| said.2),
        }
    }

    pub fn written(&self, activity: &Activity, cx: &Cx) -> String {
        let at = || moment_written(activity.at, cx.settings);
        let is_due = || matches!(activity.details, Details::Task { has_due: true, .. });
        match self {
            Field::Subject => activity.subject.clone(),
            Field::When => at(),
            Field::Of(field) => match field.name {
                "start" => at(),
                "due" if is_due() => at(),
                _ => field.written(&activity.details, cx.settings),
            },
        }
    }
}

/// What an activity becomes by what is written otherwise than it was; or which field can't be read, and why.
pub fn edit(activity: &Activity, written: &[(Field, String)], cx: &Cx) -> Result<ActivityEdit, (usize, String)> {
    let mut edit = ActivityEdit::default();
    let mut of_type = Logging::new(activity.kind, activity.logged_on, activity.logged_from, activity.details.clone());
    let clock = cx.settings.clock(cx.now);
    for (at, (field, text)) in written.iter().enumerate() {
        if *text == field.written(activity, cx) {
            continue;
        }
        match field {
            Field::Subject => edit.subject = Some(text.clone()),
            Field::When => {
                let moment = parse_moment(text, &clock).map_err(|error| (at, error.to_string()))?;
                edit.at = Some(moment.at);
            }
            Field::Of(field) => field.write(&mut of_type, text, &cx.reading()).map_err(|sentence| (at, sentence))?,
        }
    }
    edit.at = edit.at.or(of_type.at);
    edit.details = (of_type.details != activity.details).then_some(of_type.details);
    Ok(edit)
}
