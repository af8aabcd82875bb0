//! Where the rows of events stand that nobody has yet (R4.1).

use super::{AWAITED, fnv, start};
use crate::domain::event::Whom;
use crate::domain::id::{ActivityId, Object};
use uuid::Uuid;

/// Those that wait for a contact by its address, or for a company by its domain.
pub fn awaited_of(object: Object) -> Vec<u8> {
    let mut key = start(AWAITED);
    key.push(u8::from(object == Object::COMPANY));
    key
}

/// All that wait for whoever has this, and those whose text has the same hash.
pub fn awaited(whom: &Whom) -> Vec<u8> {
    let mut key = awaited_of(whom.object());
    key.extend(fnv(0, whom.text()).to_be_bytes());
    key
}

pub fn awaited_by(whom: &Whom, event: ActivityId) -> Vec<u8> {
    let mut key = awaited(whom);
    key.extend(event.0.as_bytes());
    key
}

/// The event at the end of a row of [`awaited_by`].
pub fn awaiting(row: &[u8]) -> Option<ActivityId> {
    Uuid::from_slice(row.get(10..)?).ok().map(ActivityId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r4_1_an_awaited_event_stands_by_whom_it_names() {
        let (jan, acme) = (Whom::Email("jan@acme.pl".into()), Whom::Domain("acme.pl".into()));
        let event = ActivityId(Uuid::from_u128(7));
        let row = awaited_by(&jan, event);
        assert!(row.starts_with(&awaited(&jan)) && row.starts_with(&awaited_of(Object::CONTACT)));
        assert!(!row.starts_with(&awaited(&acme)) && awaited(&acme).starts_with(&awaited_of(Object::COMPANY)));
        assert_eq!(awaiting(&row), Some(event));
        // Stored: another hash would lose those that wait.
        let hex: String = row.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "150009a2d904cccac15200000000000000000000000000000007");
    }
}
