//! Users (R6.1, R6.3): who they are, what they may, and who takes over what somebody has who is to be active no more.

use super::permission::check_super_admin;
use super::settings::{put, row};
use super::{Asking, Draft, Granted, Planned, activity, record, team};
use crate::domain::activity::{Activity, ActivityEdit, Details};
use crate::domain::change::{Question, Refusal};
use crate::domain::email;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{NoIds, Object, Ref, UserId};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::settings::{Settings, user_key};
use crate::domain::user::User;
use crate::domain::user::leaving::{Heir, Leaves};
use crate::domain::value::Value;

/// The first user makes the workspace and needs nobody's leave (R6.3).
pub(super) fn add(draft: &mut Draft, user: &User) -> Planned<Granted> {
    if !draft.settings().users.is_empty() {
        check_super_admin(draft)?;
    }
    let mut user = checked(draft, user)?;
    if user.id == UserId::NEW {
        user.id = UserId(draft.new_uuid());
    }
    put(draft, &user_key(user.id), Some(row(&user)))?;
    Ok(Granted::new(format!("Added the user {}", user.name), Vec::new()))
}

pub(super) fn set(draft: &mut Draft, user: &User, heir: Heir) -> Planned<Granted> {
    let before = standing(draft, user)?;
    let what = left(draft, &before, user, heir)?;
    if let Some(question) = unanswered(draft, &before, heir, &what) {
        return Err(Refusal::Needs(Question::TakeOver(question)).into());
    }
    let mut said = match (before.active, user.active) {
        (true, false) => format!("Deactivated {}", before.name),
        (false, true) => format!("Activated {}", before.name),
        _ => format!("Changed the user {}", user.name),
    };
    let user = checked(draft, user)?;
    let mut refs = Vec::new();
    if let Heir::User(to) = heir
        && !what.is_empty()
    {
        let taken = hand_over(draft, &what, user.id, to)?;
        said = format!("{said}. {}", taken.what);
        refs = taken.refs;
    }
    put(draft, &user_key(user.id), Some(row(&user)))?;
    Ok(Granted::new(said, refs))
}

/// What has to be handed over before the user can be set so; nothing while nobody said to whom.
pub fn left_behind(graph: &dyn Graph, asking: Asking, user: &User, heir: Heir) -> Planned<Vec<Ref>> {
    let draft = Draft::new(graph, asking, NoIds);
    let before = standing(&draft, user)?;
    match heir {
        Heir::User(_) => left(&draft, &before, user, heir),
        Heir::Ask | Heir::Nobody => Ok(Vec::new()),
    }
}

/// The user as they are, whom the asker may set.
fn standing(draft: &Draft, user: &User) -> Planned<User> {
    check_super_admin(draft)?;
    let settings = draft.settings();
    let Some(before) = settings.user(user.id) else {
        return Err(Refusal::Missing(format!("There is no user {}", user.email)).into());
    };
    let admins = settings.users.iter().filter(|other| other.id != user.id && other.super_admin && other.active);
    if admins.count() == 0 && !(user.super_admin && user.active) {
        return Err(Refusal::rule(6, 1, "Somebody must stay Super Admin. Make another user Super Admin first").into());
    }
    Ok(before.clone())
}

/// What somebody takes over: of who is not active any more then, or was not before.
fn left(draft: &Draft, before: &User, user: &User, heir: Heir) -> Planned<Vec<Ref>> {
    let is_asked = matches!(heir, Heir::User(_)) || before.active;
    if user.active || !is_asked {
        return Ok(Vec::new());
    }
    if let Heir::User(to) = heir {
        check_heir(&draft.settings(), user, to)?;
    }
    Ok(held(draft, user.id)?)
}

fn check_heir(settings: &Settings, user: &User, to: UserId) -> Result<(), Refusal> {
    match settings.user(to) {
        Some(heir) if heir.id == user.id => {
            Err(Refusal::rule(6, 1, format!("{} can't take over from themselves. Name somebody else", user.name)))
        }
        Some(heir) if !heir.active => {
            Err(Refusal::rule(6, 1, format!("{} is not active and takes nothing over. Name somebody else", heir.name)))
        }
        Some(_) => Ok(()),
        None => Err(Refusal::Missing("Who is to take over is no user of this workspace".to_owned())),
    }
}

/// Records that are not closed, and tasks that are not done: what is over stays with whoever did it (R1.9).
fn held(graph: &dyn Graph, user: UserId) -> Read<Vec<Ref>> {
    let settings = graph.settings();
    let mut found = Vec::new();
    for spec in &settings.objects {
        graph.each(spec.object, &mut |record| {
            if is_left(&settings, &record, user) {
                found.push(Ref::Record(record.id));
            }
        })?;
    }
    found.extend(graph.open_tasks(user)?.into_iter().map(Ref::Activity));
    Ok(found)
}

fn is_left(settings: &Settings, record: &Record, user: UserId) -> bool {
    let stage = record.values.get(is::STAGE).and_then(Value::as_option).and_then(|id| settings.stage(id));
    record.values.get(is::OWNER).and_then(Value::as_user) == Some(user)
        && stage.is_none_or(|(_, stage)| stage.group.is_open())
}

fn unanswered(draft: &Draft, before: &User, heir: Heir, what: &[Ref]) -> Option<Leaves> {
    if heir != Heir::Ask || what.is_empty() {
        return None;
    }
    let settings = draft.settings();
    let mut held = Vec::new();
    for spec in &settings.objects {
        let count = what.iter().filter(|one| matches!(one, Ref::Record(id) if id.object == spec.object)).count();
        let name = if count == 1 { &spec.singular } else { &spec.plural };
        let open = if matches!(spec.object, Object::DEAL | Object::TICKET | Object::LEAD) { "open " } else { "" };
        held.push((count, format!("{open}{}", name.to_lowercase())));
    }
    let tasks = what.iter().filter(|one| matches!(one, Ref::Activity(_))).count();
    held.push((tasks, if tasks == 1 { "open task" } else { "open tasks" }.to_owned()));
    held.retain(|(count, _)| *count > 0);
    Some(Leaves { user: before.id, name: before.name.clone(), held })
}

/// What is still theirs becomes another's.
pub(super) fn hand_over(draft: &mut Draft, what: &[Ref], from: UserId, to: UserId) -> Planned<Granted> {
    check_super_admin(draft)?;
    let mut refs = Vec::with_capacity(what.len());
    for one in what {
        let taken = match one {
            Ref::Record(id) => match draft.record(*id)? {
                Some(before) if before.values.get(is::OWNER).and_then(Value::as_user) == Some(from) => {
                    record::change(draft, &before, vec![(is::OWNER, Some(Value::User(to)))])?
                }
                _ => false,
            },
            Ref::Activity(id) => match draft.activity(*id)? {
                Some(task) => reassign(draft, &task, from, to)?,
                None => false,
            },
        };
        refs.extend(taken.then_some(*one));
    }
    draft.settle()?;
    let settings = draft.settings();
    let name = settings.user(to).map_or("Somebody", |user| user.name.as_str());
    let counted = match refs.len() {
        1 => "1 record or task".to_owned(),
        count => format!("{count} records and tasks"),
    };
    Ok(Granted::new(format!("{name} takes over {counted}"), refs))
}

fn reassign(draft: &mut Draft, task: &Activity, from: UserId, to: UserId) -> Planned<bool> {
    let mut details = task.details.clone();
    match &mut details {
        Details::Task { assignee, done: None, .. } if *assignee == Some(from) => *assignee = Some(to),
        _ => return Ok(false),
    }
    activity::put(draft, task, &ActivityEdit { details: Some(details), ..ActivityEdit::default() })?;
    Ok(true)
}

/// The user as they are kept: in a team by its own spelling, which is made where it is new.
fn checked(draft: &mut Draft, user: &User) -> Planned<User> {
    let refused = |sentence: String| Refusal::rule(6, 1, sentence);
    if user.name.trim().is_empty() {
        return Err(refused("A user needs a name".to_owned()).into());
    }
    email::parse(&user.email).map_err(refused)?;
    match draft.settings().user_by_email(&user.email) {
        Some(other) if other.id != user.id => {
            return Err(refused(format!("{} has the e-mail {} already", other.name, user.email)).into());
        }
        _ => {}
    }
    let team = user.team.as_deref().map(|name| team::find_or_make(draft, name)).transpose()?;
    Ok(User { team, ..user.clone() })
}
