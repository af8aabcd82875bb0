//! `lejek team`: the teams that users are in (R6.1).

use super::Call;
use super::answer;
use super::out::Table;
use super::session::{Session, parted};
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::user::User;
use crate::domain::user::team::team_key;
use clap::Subcommand;
use serde_json::{Value as Json, json};

#[derive(Debug, Subcommand)]
pub enum Team {
    /// Lists the teams and who is in them
    List,
    /// Adds a team
    Add { name: String },
    /// Names a team anew: name=…
    Set {
        /// Its name
        team: String,
        /// Such as name=South
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
    },
    /// Deletes a team; who is in it is in none then
    Delete {
        /// Its name
        team: String,
    },
}

impl Team {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        if matches!(self, Team::List) {
            return list(&Session::reading(call)?);
        }
        let session = Session::writing(call)?;
        session.permit_super_admin()?;
        let change = match self {
            Team::List => return list(&session),
            Team::Add { name } => Change::AddTeam { name },
            Team::Set { team, values } => {
                let mut to = None;
                for pair in &values {
                    match parted(pair)? {
                        ("name", text) => to = Some(text.to_owned()),
                        (other, _) => return Err(Trouble::usage(format!("Teams have no “{other}”. There is: name"))),
                    }
                }
                Change::RenameTeam { to: to.unwrap_or_else(|| team.clone()), name: team }
            }
            Team::Delete { team } => Change::DeleteTeam { name: team },
        };
        answer::act(&session, &session.perform_now(&change)?, &[])
    }
}

fn list(session: &Session) -> Result<(), Trouble> {
    let settings = &session.settings;
    let is_in = |user: &&User, team: &str| user.team.as_deref().is_some_and(|own| team_key(own) == team_key(team));
    let members = |team: &str| settings.users.iter().filter(|user| is_in(user, team)).collect::<Vec<_>>();
    if session.out.json {
        let row = |name: &str| {
            let members: Vec<&str> = members(name).iter().map(|user| user.email.as_str()).collect();
            json!({ "name": name, "members": members })
        };
        return session.out.value(&settings.teams.iter().map(|team| row(&team.name)).collect::<Json>());
    }
    let rows = settings.teams.iter().map(|team| {
        let names: Vec<&str> = members(&team.name).iter().map(|user| user.name.as_str()).collect();
        vec![team.name.clone(), names.join(", ")]
    });
    Table::print(&session.out, &["Team", "Members"], &rows.collect::<Vec<_>>())
}
