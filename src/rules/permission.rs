//! Who may do what (R6.1 to R6.4). Only what was asked for is checked; what rules do in consequence is not.

use super::draft::Draft;
use super::{Planned, of_asker};
use crate::domain::change::Refusal;
use crate::domain::id::Object;
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::settings::Settings;
use crate::domain::user::{Permissions, Reach, Right, User, reached, who_can};
use crate::domain::value::Value;

/// What is done with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    View,
    Edit,
    Delete,
}

impl Verb {
    fn word(self) -> &'static str {
        match self {
            Verb::View => "view",
            Verb::Edit => "edit",
            Verb::Delete => "delete",
        }
    }

    fn reach(self, may: Permissions) -> Reach {
        match self {
            Verb::View => may.view,
            Verb::Edit => may.edit,
            Verb::Delete => may.delete,
        }
    }
}

/// What is done with an object as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Create,
    Import,
    Export,
}

impl Whole {
    fn word(self) -> &'static str {
        match self {
            Whole::Create => "create",
            Whole::Import => "import",
            Whole::Export => "export",
        }
    }

    fn is_in(self, may: Permissions) -> bool {
        match self {
            Whole::Create => may.create,
            Whole::Import => may.import,
            Whole::Export => may.export,
        }
    }
}

/// Whether `user` may do it, else the sentence; a record that they may not view is not there for them (R6.4).
pub fn record(settings: &Settings, user: &User, verb: Verb, record: &Record) -> Result<(), Refusal> {
    let owner = record.values.get(is::OWNER).and_then(Value::as_user);
    let may = user.may(record.id.object);
    let allowed = |verb: Verb| reached(user, &settings.users, verb.reach(may)).takes_in(owner);
    if !allowed(Verb::View) {
        return Err(Refusal::Missing(format!("Nothing has the id {}", record.id.short())));
    }
    if allowed(verb) {
        return Ok(());
    }
    let plural = plural(settings, record.id.object);
    Err(Refusal::rule(
        6,
        2,
        format!("Needs the permission to {} {plural} of others. {}", verb.word(), admins(settings)),
    ))
}

/// Whether `user` may do it with an object at all, else the sentence. Activities come in with the right to import
/// records of some object; those of one object are looked at one by one.
pub fn whole(settings: &Settings, user: &User, verb: Whole, object: Object) -> Result<(), Refusal> {
    let is_allowed = match object {
        Object::ACTIVITY => settings.objects.iter().any(|spec| verb.is_in(user.may(spec.object))),
        object => verb.is_in(user.may(object)),
    };
    if is_allowed {
        return Ok(());
    }
    let plural = plural(settings, object);
    Err(Refusal::rule(6, 2, format!("Needs the permission to {} {plural}. {}", verb.word(), admins(settings))))
}

/// What is about no record in particular: settings, users, properties.
pub fn holds(settings: &Settings, user: &User, right: Right) -> Result<(), Refusal> {
    if right.is_held_by(user) { Ok(()) } else { Err(Refusal::rule(6, 2, right.wanting(&settings.users))) }
}

fn plural(settings: &Settings, object: Object) -> String {
    settings
        .object_ever(object)
        .or_else(|| settings.importable_as(object))
        .map_or_else(|| "records".to_owned(), |spec| spec.plural.to_lowercase())
}

/// Who can help.
pub(super) fn admins(settings: &Settings) -> String {
    who_can(&settings.users)
}

pub(super) fn check(draft: &Draft, verb: Verb, on: &Record) -> Planned {
    Ok(of_asker(draft, |settings, user| record(settings, user, verb, on)).unwrap_or(Ok(()))?)
}

pub(super) fn check_whole(draft: &Draft, verb: Whole, object: Object) -> Planned {
    Ok(of_asker(draft, |settings, user| whole(settings, user, verb, object)).unwrap_or(Ok(()))?)
}

pub(super) fn check_super_admin(draft: &Draft) -> Planned {
    check_right(draft, Right::SuperAdmin)
}

pub(super) fn check_property_settings(draft: &Draft) -> Planned {
    check_right(draft, Right::PropertySettings)
}

pub(super) fn check_right(draft: &Draft, right: Right) -> Planned {
    Ok(of_asker(draft, |settings, user| holds(settings, user, right)).unwrap_or(Ok(()))?)
}
