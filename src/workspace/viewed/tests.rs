//! What was looked at lately is there again, in one order over all objects, and only so much of it.

use super::*;
use crate::store::memory::Memory;
use crate::workspace::clock::{CountedIds, FixedClock};
use uuid::Uuid;

const ANN: UserId = UserId(Uuid::from_u128(7));
const BEN: UserId = UserId(Uuid::from_u128(8));

fn workspace(folder: &Path) -> Workspace {
    let clock = Arc::new(FixedClock::at(chrono::DateTime::UNIX_EPOCH));
    let workspace = Workspace::new(Arc::new(Memory::new()), clock, Box::new(CountedIds(0)), ANN);
    Workspace { viewed: Viewed::beside(folder), ..workspace }
}

fn id(object: Object, n: usize) -> RecordId {
    RecordId::new(object, Uuid::from_u128(n as u128))
}

#[test]
fn the_latest_is_first_and_each_stands_once() {
    let folder = tempfile::tempdir().unwrap();
    let open = workspace(folder.path());
    for n in [1, 2] {
        open.saw(id(Object::CONTACT, n));
    }
    open.saw(id(Object::DEAL, 9));
    for n in [3, 1] {
        open.saw(id(Object::CONTACT, n));
    }
    for open in [open, workspace(folder.path())] {
        assert_eq!(open.viewed(Some(Object::CONTACT)), [1, 3, 2].map(|n| id(Object::CONTACT, n)));
        assert_eq!(open.viewed(Some(Object::DEAL)), [id(Object::DEAL, 9)]);
        assert_eq!(open.viewed(Some(Object::LEAD)), []);
        let all = [(1, 1), (1, 3), (3, 9), (1, 2)].map(|(object, n)| id(Object(object), n));
        assert_eq!(open.viewed(None), all);
    }
}

#[test]
fn each_user_has_their_own_and_two_windows_of_one_share_it() {
    let folder = tempfile::tempdir().unwrap();
    let open = workspace(folder.path());
    open.saw(id(Object::CONTACT, 1));
    open.acting_as(BEN).saw(id(Object::CONTACT, 2));
    open.acting_as(ANN).saw(id(Object::CONTACT, 3));
    open.saw(id(Object::CONTACT, 4));
    for open in [open, workspace(folder.path())] {
        assert_eq!(open.viewed(None), [4, 3, 1].map(|n| id(Object::CONTACT, n)));
        assert_eq!(open.acting_as(BEN).viewed(None), [id(Object::CONTACT, 2)]);
    }
}

#[test]
fn only_so_many_of_an_object_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(format!("viewed-{}.json", ANN.0)), "no list at all").unwrap();
    let open = workspace(folder.path());
    open.saw(id(Object::DEAL, 1));
    for n in 0..VIEWED_MOST + 5 {
        open.saw(id(Object::CONTACT, n));
    }
    let viewed = open.viewed(Some(Object::CONTACT));
    let kept: Vec<RecordId> = (5..VIEWED_MOST + 5).rev().map(|n| id(Object::CONTACT, n)).collect();
    assert_eq!(viewed, kept);
    assert_eq!(open.viewed(None).last(), Some(&id(Object::DEAL, 1)), "others don't push it out");
}
