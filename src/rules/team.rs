//! Teams (R6.1): made, named anew, deleted. Users name theirs, so both go together.

use super::permission::check_super_admin;
use super::settings::{put, row};
use super::{Draft, Granted, Planned};
use crate::domain::change::{Op, Reason, Refusal, counted_names};
use crate::domain::graph::Graph;
use crate::domain::settings::user_key;
use crate::domain::user::User;
use crate::domain::user::team::{Team, team_key, team_name};

pub(super) fn add(draft: &mut Draft, name: &str) -> Planned<Granted> {
    check_super_admin(draft)?;
    let name = free(draft, name, None)?;
    put(draft, &team_key(&name), Some(row(&Team { name: name.clone() })))?;
    Ok(Granted::new(format!("Added the team {name}"), Vec::new()))
}

pub(super) fn rename(draft: &mut Draft, name: &str, to: &str) -> Planned<Granted> {
    check_super_admin(draft)?;
    let before = standing(draft, name)?;
    let to = free(draft, to, Some(&before))?;
    if team_key(&to) != team_key(&before) {
        put(draft, &team_key(&before), None)?;
    }
    put(draft, &team_key(&to), Some(row(&Team { name: to.clone() })))?;
    for user in members(draft, &before) {
        let user = User { team: Some(to.clone()), ..user };
        put(draft, &user_key(user.id), Some(row(&user)))?;
    }
    Ok(Granted::new(format!("Renamed the team {before} to {to}"), Vec::new()))
}

/// Who was in it is told of: what they reach through their team gets less.
pub(super) fn delete(draft: &mut Draft, name: &str) -> Planned<Granted> {
    check_super_admin(draft)?;
    let before = standing(draft, name)?;
    put(draft, &team_key(&before), None)?;
    let members = members(draft, &before);
    let names: Vec<String> = members.iter().map(|user| user.name.clone()).collect();
    for user in members {
        let key = user_key(user.id);
        let from = draft.settings().row(&key).map(str::to_owned);
        let why = Reason::rule(6, 1, format!("{} was in {before} and is in no team now", user.name));
        draft.push(Op::Setting { key, from, to: Some(row(&User { team: None, ..user })) }, why)?;
    }
    let said = match names.len() {
        0 => format!("Deleted the team {before}"),
        1 => format!("Deleted the team {before}. {} is in no team now", counted_names(&names)),
        _ => format!("Deleted the team {before}. {} are in no team now", names.join(", ")),
    };
    Ok(Granted::new(said, Vec::new()))
}

/// The team's name by its own spelling.
pub(super) fn find_or_make(draft: &mut Draft, name: &str) -> Planned<String> {
    let name = team_name(name).map_err(|sentence| Refusal::rule(6, 1, sentence))?;
    if let Some(team) = draft.settings().team_called(&name) {
        return Ok(team.name.clone());
    }
    let from = draft.settings().row(&team_key(&name)).map(str::to_owned);
    let why = Reason::rule(6, 1, format!("The team {name} is new"));
    let to = Some(row(&Team { name: name.clone() }));
    draft.push(Op::Setting { key: team_key(&name), from, to }, why)?;
    Ok(name)
}

fn members(draft: &Draft, team: &str) -> Vec<User> {
    let settings = draft.settings();
    let is_in = |user: &&User| user.team.as_deref().is_some_and(|name| team_key(name) == team_key(team));
    settings.users.iter().filter(is_in).cloned().collect()
}

fn standing(draft: &Draft, name: &str) -> Planned<String> {
    let settings = draft.settings();
    match settings.team_called(name) {
        Some(team) => Ok(team.name.clone()),
        None => Err(Refusal::Missing(format!("There is no team “{name}”")).into()),
    }
}

/// A name that no other team has.
fn free(draft: &Draft, name: &str, own: Option<&str>) -> Planned<String> {
    let refused = |sentence: String| Refusal::rule(6, 1, sentence);
    let name = team_name(name).map_err(refused)?;
    match draft.settings().team_called(&name) {
        Some(team) if own.is_none_or(|own| team_key(own) != team_key(&team.name)) => {
            Err(refused(format!("There is a team called {} already", team.name)).into())
        }
        _ => Ok(name),
    }
}
