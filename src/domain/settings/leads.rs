//! The settings of leads (R2): keys and what they say. To add one, add its key, its field and its row in
//! [`super::SETTINGS`].

use super::Settings;
use crate::domain::id::Object;
use crate::domain::object::is;
use crate::domain::property::Property;

pub const REQUIRE_DEAL: &str = "leads.require_deal";
pub const REQUIRE_REASON: &str = "leads.require_reason";
/// Days without an activity after which a card of a board says so.
pub const IDLE_DAYS: &str = "leads.idle_days";
const IDLE_AFTER: u16 = 7;
/// The labels of the disqualification reasons; kept as the options of that property.
pub const REASONS: &str = "leads.reasons";

/// **Settings > Objects > Leads**.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leads {
    /// A lead that is qualified gets a deal (R2.8).
    pub require_deal: bool,
    /// A lead is disqualified for a reason (R2.10).
    pub require_reason: bool,
    /// More days than these without an activity are idle ones; 0: they are not told.
    pub idle_days: u16,
}

impl Default for Leads {
    fn default() -> Leads {
        Leads { require_deal: false, require_reason: false, idle_days: IDLE_AFTER }
    }
}

impl Leads {
    pub(super) fn of(settings: &Settings) -> Leads {
        let is_on = |key| settings.text(key).as_deref() == Some("true");
        let idle_days = settings.text(IDLE_DAYS).and_then(|days| days.parse().ok()).unwrap_or(IDLE_AFTER);
        Leads { require_deal: is_on(REQUIRE_DEAL), require_reason: is_on(REQUIRE_REASON), idle_days }
    }
}

impl Settings {
    /// Why leads are disqualified (R2.11).
    pub fn reasons(&self) -> Option<&Property> {
        self.object(Object::LEAD).and_then(|spec| spec.property(is::DISQUALIFICATION_REASON))
    }

    pub(super) fn reasons_written(&self) -> String {
        let labels = self.reasons().into_iter().flat_map(|reasons| &reasons.choices);
        labels.map(|reason| reason.label.as_str()).collect::<Vec<_>>().join(";")
    }
}
