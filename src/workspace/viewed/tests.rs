//! What was looked at lately is there again, and only so much of it.

use super::*;
use crate::store::memory::Memory;
use crate::workspace::clock::{CountedIds, FixedClock};
use std::sync::Arc;

const ANN: UserId = UserId(Uuid::from_u128(7));

fn workspace(folder: &Path) -> Workspace {
    let clock = Arc::new(FixedClock::at(chrono::DateTime::UNIX_EPOCH));
    let workspace = Workspace::new(Arc::new(Memory::new()), clock, Box::new(CountedIds(0)), ANN);
    Workspace { viewed: Viewed::beside(folder, ANN), ..workspace }
}

fn id(object: Object, n: usize) -> RecordId {
    RecordId::new(object, Uuid::from_u128(n as u128))
}

#[test]
fn the_latest_is_first_and_each_stands_once() {
    let folder = tempfile::tempdir().unwrap();
    let open = workspace(folder.path());
    for n in [1, 2, 3, 1] {
        open.saw(id(Object::CONTACT, n));
    }
    open.saw(id(Object::DEAL, 9));
    let expected = [1, 3, 2].map(|n| id(Object::CONTACT, n));
    assert_eq!(open.viewed(Object::CONTACT), expected);
    let again = workspace(folder.path());
    assert_eq!(again.viewed(Object::CONTACT), expected);
    assert_eq!(again.viewed(Object::DEAL), [id(Object::DEAL, 9)]);
    assert_eq!(again.viewed(Object::LEAD), []);
}

#[test]
fn only_so_many_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(format!("viewed-{}.json", ANN.0)), "no list at all").unwrap();
    let open = workspace(folder.path());
    for n in 0..VIEWED_MOST + 5 {
        open.viewed.lists().get_or_insert_default().entry(1).or_default().insert(0, Uuid::from_u128(n as u128));
    }
    open.saw(id(Object::CONTACT, 1));
    let viewed = open.viewed(Object::CONTACT);
    assert_eq!((viewed.len(), viewed[0]), (VIEWED_MOST, id(Object::CONTACT, 1)));
}
