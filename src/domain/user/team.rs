//! Teams (R6.1): a user is in one or in none, and each is a row of the settings by its name. A team that only a user
//! names is there as well.

use crate::domain::fold::fold;
use crate::domain::settings::Settings;
use serde::{Deserialize, Serialize};

/// Letters of a name at most.
const NAME_MOST: usize = 60;

/// What the keys of all teams begin with.
pub const TEAMS: &str = "team/";

/// A team, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pub name: String,
}

/// The key of a team's row: names that differ only in case are the same.
pub fn team_key(name: &str) -> String {
    format!("{TEAMS}{}", fold(name.trim()))
}

/// The name as it is kept; the error is a sentence.
pub fn team_name(text: &str) -> Result<String, String> {
    let name: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match name.trim() {
        "" => Err("A team needs a name".to_owned()),
        name if name.chars().count() > NAME_MOST => Err(format!("The name of a team has {NAME_MOST} letters at most")),
        name => Ok(name.to_owned()),
    }
}

impl Settings {
    /// Rows and users both name teams; the rows' spelling wins. By name.
    pub(in crate::domain) fn gather_teams(&mut self, rows: Vec<Team>) {
        self.teams = rows;
        for name in self.users.iter().filter_map(|user| user.team.clone()) {
            if self.team_called(&name).is_none() {
                self.teams.push(Team { name });
            }
        }
        self.teams.sort_by_key(|team| fold(&team.name));
    }

    /// A team by its name, case aside.
    pub fn team_called(&self, name: &str) -> Option<&Team> {
        let key = team_key(name);
        self.teams.iter().find(|team| team_key(&team.name) == key)
    }
}
