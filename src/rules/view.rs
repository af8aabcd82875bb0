//! Saving and deleting views: whose they are, and that what they name is there.

use super::permission::admins;
use super::settings::{put, row};
use super::{Draft, Granted, Planned, of_asker};
use crate::domain::change::{Author, Refusal};
use crate::domain::graph::Graph;
use crate::domain::settings::Settings;
use crate::domain::user::User;
use crate::domain::value::Reading;
use crate::domain::view::{View, ViewId, view_key};

pub(super) fn save(draft: &mut Draft, view: &View) -> Planned<Granted> {
    let me = match draft.asking.by {
        Author::User(id) => Some(id),
        Author::Program => None,
    };
    let before = draft.settings().view(view.id).cloned();
    let mut view = view.clone();
    if view.id == ViewId::NEW {
        view.id = ViewId(draft.new_uuid());
    }
    match &before {
        Some(before) => {
            check_change(draft, before)?;
            // A view stays with whoever made it, and with its object.
            (view.owner, view.object) = (before.owner, before.object);
        }
        None => view.owner = me,
    }
    check_kept(view.id)?;
    tidy(&mut view);
    let settings = draft.settings();
    view.check(&Reading { settings: &settings, now: draft.asking.now, me }).map_err(refused)?;
    check_name(draft, &view)?;
    put(draft, &view_key(view.id), Some(row(&view)))?;
    let verb = if before.is_some() { "Changed" } else { "Saved" };
    Ok(Granted::new(format!("{verb} the view {}", view.name), Vec::new()))
}

pub(super) fn delete(draft: &mut Draft, id: ViewId) -> Planned<Granted> {
    check_kept(id)?;
    let view = draft.settings().view(id).cloned().ok_or_else(missing)?;
    check_change(draft, &view)?;
    put(draft, &view_key(id), None)?;
    Ok(Granted::new(format!("Deleted the view {}", view.name), Vec::new()))
}

/// Setting a view back: whoever may change what is there and what comes back, if its name is still free.
pub(super) fn check_back(draft: &Draft, key: &str, to: Option<&str>) -> Planned {
    let read = |row: &str| serde_json::from_str::<View>(row).ok();
    if let Some(now) = draft.settings().row(key).and_then(read) {
        check_change(draft, &now)?;
    }
    if let Some(then) = to.and_then(read) {
        check_change(draft, &then)?;
        check_name(draft, &then)?;
    }
    Ok(())
}

fn refused(sentence: impl Into<String>) -> Refusal {
    Refusal::Rule { rule: None, sentence: sentence.into(), field: None }
}

fn check_kept(id: ViewId) -> Result<(), Refusal> {
    match id.built_in() {
        Some(_) => {
            Err(refused("This view comes with lejek and stays as it is. Save one of your own under another name"))
        }
        None => Ok(()),
    }
}

fn missing() -> Refusal {
    Refusal::Missing("There is no such view. `lejek view list` names them".to_owned())
}

/// A private view of somebody else is not there for anybody.
fn check_change(draft: &Draft, view: &View) -> Result<(), Refusal> {
    of_asker(draft, |settings, user| may_change(settings, user, view)).unwrap_or(Ok(()))
}

fn may_change(settings: &Settings, user: &User, view: &View) -> Result<(), Refusal> {
    if view.may_be_changed_by(user) {
        return Ok(());
    }
    if !view.is_seen_by(user.id) {
        return Err(missing());
    }
    let owner = view.owner.and_then(|id| settings.user(id)).map_or("somebody else", |owner| owner.name.as_str());
    Err(Refusal::rule(
        6,
        2,
        format!("The view “{}” belongs to {owner}. Save it under a name of your own. {}", view.name, admins(settings)),
    ))
}

/// Names are unique per object among what one person sees.
fn check_name(draft: &Draft, view: &View) -> Result<(), Refusal> {
    let settings = draft.settings();
    let Some(owner) = view.owner else { return Ok(()) };
    let seen = settings.views_of(view.object, owner);
    match seen.iter().find(|other| other.id != view.id && other.is_called(&view.name)) {
        Some(other) => Err(refused(format!("There is a view “{}” already. Give this one another name", other.name))),
        None => Ok(()),
    }
}

/// What is kept of what was written: no blanks around, nothing empty, nothing that is not seen.
fn tidy(view: &mut View) {
    let clean = |text: &str| {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        text.trim().to_owned()
    };
    view.name = clean(&view.name);
    view.search = clean(&view.search);
    view.filters = view.filters.iter().map(|text| clean(text)).filter(|text| !text.is_empty()).collect();
}
