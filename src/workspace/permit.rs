//! Whether the acting user may do something, asked before anything else about it is looked at (R6.2).

use super::find::wherever;
use super::{Failure, Workspace};
use crate::domain::id::{Object, RecordId};
use crate::domain::user::Right;
use crate::rules::permission;

pub use crate::rules::permission::{Verb, Whole};

impl Workspace {
    /// A record that is not there passes: whoever acts on it is told so by the rules.
    pub fn permit(&self, verb: Verb, on: RecordId) -> Result<(), Failure> {
        let settings = self.settings();
        match (settings.user(self.user()), wherever(self.store().as_ref(), on)?) {
            (Some(user), Some(record)) => permission::record(&settings, user, verb, &record).map_err(Failure::Refused),
            _ => Ok(()),
        }
    }

    pub fn permit_whole(&self, verb: Whole, object: Object) -> Result<(), Failure> {
        let settings = self.settings();
        let allowed = settings.user(self.user()).map(|user| permission::whole(&settings, user, verb, object));
        allowed.unwrap_or(Ok(())).map_err(Failure::Refused)
    }

    pub fn permit_super_admin(&self) -> Result<(), Failure> {
        self.permit_right(Right::SuperAdmin)
    }

    pub fn permit_property_settings(&self) -> Result<(), Failure> {
        self.permit_right(Right::PropertySettings)
    }

    pub fn permit_right(&self, right: Right) -> Result<(), Failure> {
        let settings = self.settings();
        let allowed = settings.user(self.user()).map(|user| permission::holds(&settings, user, right));
        allowed.unwrap_or(Ok(())).map_err(Failure::Refused)
    }
}
