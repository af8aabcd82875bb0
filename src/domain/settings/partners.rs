//! Kinds of events (R4.1), and **Settings > Partners**: this workspace's own partner account and who hears of its leads
//! (R4.2, R4.3).

use super::{NONE, Settings};
use crate::domain::event::EventKind;
use crate::domain::fold::fold;
use crate::domain::id::UserId;
use crate::domain::value::several;
use uuid::Uuid;

pub const EVENT_KINDS: &str = "events.kinds";
pub const LEAD_NOTIFICATIONS: &str = "partner.lead_notifications";
pub const RECIPIENT: &str = "partner.recipient";

/// The account type of whom partners are something.
pub const PARTNER: &str = "Partner";
/// Kinds of events that a workspace has at most.
const KINDS_MOST: usize = 200;

/// Who hears of the events of registered leads and of customers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Partners {
    pub lead_notifications: bool,
    pub recipient: Option<UserId>,
}

impl Settings {
    pub(super) fn read_partners(&mut self) {
        let written = self.text(EVENT_KINDS).unwrap_or_default();
        self.event_kinds = with_built_in(several(&written).filter_map(|one| EventKind::read(one).ok()));
        let recipient = self.text(RECIPIENT).and_then(|id| Uuid::try_parse(&id).ok()).map(UserId);
        let lead_notifications = self.text(LEAD_NOTIFICATIONS).as_deref() == Some("true");
        self.partners = Partners { lead_notifications, recipient };
    }

    pub(super) fn partner_shown(&self, key: &str) -> Option<String> {
        Some(match key {
            EVENT_KINDS => self.event_kinds.iter().map(EventKind::written).collect::<Vec<_>>().join(";"),
            LEAD_NOTIFICATIONS => self.partners.lead_notifications.to_string(),
            RECIPIENT => {
                let user = self.partners.recipient.and_then(|id| self.user(id));
                user.map_or_else(|| NONE.to_owned(), |user| user.email.clone())
            }
            _ => return None,
        })
    }

    /// By internal name or by what it is called on screens.
    pub fn event_kind(&self, name: &str) -> Option<&EventKind> {
        self.event_kinds.iter().find(|kind| kind.is_called(name))
    }

    /// Whether this workspace has partners at all (R4.2).
    pub fn is_partner(&self) -> bool {
        self.general.account_type == PARTNER
    }

    /// Whether a partner is this workspace's own account.
    pub fn is_own_account(&self, partner: &str) -> bool {
        !self.general.partner_account.is_empty() && fold(partner) == fold(&self.general.partner_account)
    }

    /// The row that says what `text` does, all kinds of events; those of every workspace stay.
    pub fn read_event_kinds(&self, text: &str) -> Result<String, String> {
        let said = several(text).map(EventKind::read).collect::<Result<Vec<_>, _>>()?;
        if said.len() > KINDS_MOST {
            return Err(format!("There can be {KINDS_MOST} kinds of events at most"));
        }
        let written: Vec<String> = with_built_in(said).iter().map(EventKind::written).collect();
        Ok(serde_json::Value::String(written.join(";")).to_string())
    }

    /// The row that names a user, by e-mail; `None`: nobody.
    pub fn read_recipient(&self, text: &str) -> Result<Option<String>, String> {
        let text = text.trim();
        if text.is_empty() || text.eq_ignore_ascii_case(NONE) {
            return Ok(None);
        }
        match self.user_by_email(text) {
            Some(user) if user.active => Ok(Some(serde_json::Value::String(user.id.0.to_string()).to_string())),
            Some(user) => Err(format!("{} is not active. Choose somebody who is", user.name)),
            None => Err(format!("“{text}” is no user's e-mail; `lejek user list` names them")),
        }
    }
}

/// Those of every workspace first; one that is said again is as it was said last.
fn with_built_in(said: impl IntoIterator<Item = EventKind>) -> Vec<EventKind> {
    let mut kinds = EventKind::built_in();
    for kind in said {
        match kinds.iter_mut().find(|known| known.name == kind.name) {
            Some(known) => *known = kind,
            None => kinds.push(kind),
        }
    }
    kinds
}
