//! Keys that wait: found, dropped and put in order, however many there are.

use super::*;
use crate::domain::id::Object;
use crate::store::sled::keys::held;
use uuid::Uuid;

fn row(n: u128) -> (Key, RecordId) {
    (Key::email(&format!("p{n}@x.example")), RecordId::new(Object::CONTACT, Uuid::from_u128(n)))
}

#[test]
fn each_key_is_found_until_it_is_dropped_and_all_come_out_in_order() {
    let mut pending = PendingKeys::default();
    let count = 3 * RUN as u128 + 5;
    for n in 0..count {
        let (key, id) = row(n);
        pending.hold(held(&key, id));
    }
    for n in (0..count).step_by(1_001) {
        let (key, id) = row(n);
        assert_eq!(pending.find(&key), [id]);
        pending.drop(&held(&key, id));
        assert!(pending.find(&key).is_empty());
    }
    let left = count as usize - (count as usize).div_ceil(1_001);
    let rows = pending.sort();
    assert!(rows.len() == left && rows.is_sorted());
    for n in (1..count).step_by(1_001) {
        let (key, id) = row(n);
        pending.drop(&held(&key, id));
    }
    assert!(!pending.is_empty() && pending.find(&row(2).0) == [row(2).1]);
}

#[test]
fn two_holders_of_one_key_are_both_found() {
    let mut pending = PendingKeys::default();
    let (key, one) = row(1);
    let (_, other) = row(2);
    pending.hold(held(&key, one));
    pending.sort();
    pending.hold(held(&key, other));
    assert_eq!(pending.find(&key), [one, other]);
    for id in [one, other] {
        pending.drop(&held(&key, id));
    }
    assert!(pending.is_empty() && pending.sort().is_empty());
}
