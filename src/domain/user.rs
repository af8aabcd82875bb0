//! Users, teams and what they may do (R6.1).

pub mod leaving;
pub mod mention;
pub mod permit;
mod right;
pub mod team;

use super::id::{Object, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use right::{Right, who_can};

/// A person who uses the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub email: String,
    #[serde(default)]
    pub team: Option<String>,
    #[serde(default)]
    pub seat: Seat,
    pub active: bool,
    #[serde(default)]
    pub growth_specialist: bool,
    #[serde(default)]
    pub super_admin: bool,
    #[serde(default)]
    pub edit_property_settings: bool,
    /// Objects that are not named here have the default, which is everything.
    #[serde(default)]
    pub permissions: BTreeMap<u16, Permissions>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    #[default]
    None,
    Sales,
}

/// Whose records a permission reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    All,
    Team,
    Own,
    None,
}

impl Reach {
    pub const ROWS: &'static [(Reach, &'static str)] =
        &[(Reach::All, "all"), (Reach::Team, "team"), (Reach::Own, "own"), (Reach::None, "none")];

    pub fn name(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    pub fn named(name: &str) -> Option<Reach> {
        Self::ROWS.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

/// What a user may do with the records of one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permissions {
    pub view: Reach,
    pub edit: Reach,
    pub delete: Reach,
    pub create: bool,
    pub import: bool,
    pub export: bool,
}

impl Permissions {
    pub const ALL: Permissions = Permissions {
        view: Reach::All,
        edit: Reach::All,
        delete: Reach::All,
        create: true,
        import: true,
        export: true,
    };
}

impl User {
    /// A new user may view, edit and create all, and is no admin.
    pub fn new(id: UserId, name: impl Into<String>, email: impl Into<String>) -> User {
        User {
            id,
            name: name.into(),
            email: email.into(),
            team: None,
            seat: Seat::None,
            active: true,
            growth_specialist: false,
            super_admin: false,
            edit_property_settings: false,
            permissions: BTreeMap::new(),
        }
    }

    /// What the user may do with records of `object`; a Super Admin may do all.
    pub fn may(&self, object: Object) -> Permissions {
        if self.super_admin {
            Permissions::ALL
        } else {
            self.permissions.get(&object.0).copied().unwrap_or(Permissions::ALL)
        }
    }

    pub fn may_edit_property_settings(&self) -> bool {
        self.super_admin || self.edit_property_settings
    }
}

/// Whose records someone sees, object by object: what every question to the store carries (R6.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub user: Option<UserId>,
    /// Objects that are not named here are seen whole.
    narrowed: BTreeMap<u16, Sight>,
}

/// Which records of an object someone sees, by their owner. Unowned records count as nobody's own (R6.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sight {
    All,
    OwnedBy(Vec<UserId>),
}

impl Sight {
    pub fn takes_in(&self, owner: Option<UserId>) -> bool {
        match self {
            Sight::All => true,
            Sight::OwnedBy(users) => owner.is_some_and(|owner| users.contains(&owner)),
        }
    }
}

impl Viewer {
    /// Sees everything: the rules, checks, backups.
    pub const EVERYTHING: Viewer = Viewer { user: None, narrowed: BTreeMap::new() };

    pub fn of(user: &User, users: &[User]) -> Viewer {
        let sight = |reach| reached(user, users, reach);
        let narrowed = match user.super_admin {
            true => BTreeMap::new(),
            false => user.permissions.iter().map(|(object, may)| (*object, sight(may.view))).collect(),
        };
        Viewer { user: Some(user.id), narrowed }
    }

    pub fn sight(&self, object: Object) -> &Sight {
        self.narrowed.get(&object.0).unwrap_or(&Sight::All)
    }

    pub fn sees_all(&self) -> bool {
        self.narrowed.values().all(|sight| *sight == Sight::All)
    }

    pub fn sees(&self, object: Object, owner: Option<UserId>) -> bool {
        self.sight(object).takes_in(owner)
    }
}

/// The owners whose records `user` reaches.
pub fn reached(user: &User, users: &[User], reach: Reach) -> Sight {
    match reach {
        Reach::All => Sight::All,
        Reach::Own => Sight::OwnedBy(vec![user.id]),
        Reach::None => Sight::OwnedBy(Vec::new()),
        Reach::Team => {
            let mate = |other: &&User| other.id == user.id || (user.team.is_some() && other.team == user.team);
            Sight::OwnedBy(users.iter().filter(mate).map(|u| u.id).collect())
        }
    }
}
