//! Rights that are not about the records of one object, each a row of [`Right::ROWS`]: who holds it, and what is said to
//! whoever does not.

use super::{Seat, User};
use crate::domain::id::Object;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Settings of the workspace, and users.
    SuperAdmin,
    /// Properties and their options.
    PropertySettings,
    /// The settings of leads, but for who owns them and their activities (R2.1).
    LeadSettings,
}

impl Right {
    /// What it takes to change the pipelines and properties of an object.
    pub fn to_shape(object: Object) -> Right {
        if object == Object::LEAD { Right::LeadSettings } else { Right::PropertySettings }
    }
}

impl Right {
    /// What one needs to be or have.
    const ROWS: &'static [(Right, &'static str)] = &[
        (Right::SuperAdmin, "Super Admin"),
        (Right::PropertySettings, "Super Admin or Edit property settings"),
        (Right::LeadSettings, "a Sales seat, Super Admin or Edit property settings"),
    ];

    pub fn is_held_by(self, user: &User) -> bool {
        match self {
            Right::SuperAdmin => user.super_admin,
            Right::PropertySettings => user.may_edit_property_settings(),
            Right::LeadSettings => user.may_edit_property_settings() || user.seat == Seat::Sales,
        }
    }

    pub fn name(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    /// Why somebody without it can't go on, and who can.
    pub fn wanting(self, users: &[User]) -> String {
        format!("Needs {}. {}", self.name(), who_can(users))
    }
}

/// Who can help: `Maja Sikorska can change that.`
pub fn who_can(users: &[User]) -> String {
    let admins = users.iter().filter(|user| user.super_admin && user.active);
    let names: Vec<&str> = admins.map(|user| user.name.as_str()).collect();
    match names.as_slice() {
        [] => "Nobody here can change that.".to_owned(),
        names => format!("{} can change that.", names.join(", ")),
    }
}
