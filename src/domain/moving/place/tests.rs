//! Between any two keys there is another one.

use super::*;
use proptest::prelude::*;

fn sorted(keys: &[String]) -> bool {
    keys.is_sorted_by(|one, other| one < other)
}

#[test]
fn a_key_lies_between_those_at_its_sides() {
    for (above, below) in [("1", "2"), ("1", "11"), ("08", "1"), ("fe8", "fe81"), ("f", ""), ("", "01"), ("", "")] {
        let (above, below) = (Some(above).filter(|a| !a.is_empty()), Some(below).filter(|b| !b.is_empty()));
        let key = between(above, below);
        assert!(above.is_none_or(|above| above < key.as_str()), "{above:?} {key} {below:?}");
        assert!(below.is_none_or(|below| key.as_str() < below), "{above:?} {key} {below:?}");
        assert!(!key.ends_with('0'), "{key} leaves no room below it");
    }
}

#[test]
fn neighbours_in_the_wrong_order_are_no_trouble() {
    let key = between(Some("b8"), Some("a8"));
    assert!(key.as_str() > "b8");
}

#[test]
fn what_is_put_on_top_later_lies_above() {
    let at = |millis| DateTime::from_timestamp_millis(millis).unwrap();
    let millis = 1_795_348_800_000;
    let young = unmoved(id_of(millis));
    let keys = [
        top(at(millis + 2), ActNo(7), 0),
        top(at(millis + 1), ActNo(9), 4),
        top(at(millis + 1), ActNo(9), 5),
        top(at(millis + 1), ActNo(8), 0),
        young,
    ];
    assert!(sorted(&keys), "{keys:?}");
}

/// An id as it is made at that moment.
fn id_of(millis: i64) -> Uuid {
    Uuid::from_u128((millis.cast_unsigned() as u128) << 80)
}

proptest! {
    #[test]
    fn however_often_cards_are_put_between_others(places in prop::collection::vec(any::<prop::sample::Index>(), 1..120)) {
        let mut keys: Vec<String> = vec![top(DateTime::UNIX_EPOCH, ActNo(1), 1)];
        for place in places {
            let at = place.index(keys.len() + 1);
            let above = at.checked_sub(1).map(|above| keys[above].clone());
            let key = between(above.as_deref(), keys.get(at).map(String::as_str));
            keys.insert(at, key);
        }
        prop_assert!(sorted(&keys), "{keys:?}");
    }
}
