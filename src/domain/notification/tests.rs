//! What becomes of a notification when it is told again, taken back, tried.

use super::*;
use crate::domain::id::ActivityId;
use chrono::TimeZone;

fn at(minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 12, minute, 0).unwrap()
}

fn some(act: u64, states: &[WayState]) -> Notification {
    let ways = ChannelKind::ROWS.iter().zip(states).map(|(row, state)| Way { channel: row.0, state: state.clone() });
    let to = UserId(Uuid::from_u128(7));
    Notification {
        id: NotificationId::of("act 4", to, Topic::RecordAssigned),
        to,
        topic: Topic::RecordAssigned,
        about: Some(Ref::Activity(ActivityId(Uuid::from_u128(act.into())))),
        also: Vec::new(),
        title: "Maja assigned you Roof".into(),
        body: "Roof".into(),
        todo: String::new(),
        why: String::new(),
        at: at(0),
        act: ActNo(act),
        count: 1,
        ways: ways.collect(),
        read: true,
        withdrawn: false,
    }
}

#[test]
fn topics_and_channels_stand_in_the_order_of_their_numbers() {
    assert!(
        (0..).zip(Topic::ROWS).all(|(at, row)| row.topic as usize == at && Topic::named(row.name) == Some(row.topic))
    );
    assert!((0..).zip(ChannelKind::ROWS).all(|(at, row)| row.0 as usize == at));
}

#[test]
fn r4_10_the_same_cause_user_and_topic_make_the_same_id() {
    let (ola, jan) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
    let id = |cause, to, topic| NotificationId::of(cause, to, topic);
    assert_eq!(id("act 1", ola, Topic::Mention), id("act 1", ola, Topic::Mention));
    assert_eq!(id("act 1", ola, Topic::Mention).to_string(), "0400d316-02e2-83e3-a235-d99671363f26", "it is stored");
    let others = [id("act 2", ola, Topic::Mention), id("act 1", jan, Topic::Mention), id("act 1", ola, Topic::TaskDue)];
    assert!(!others.contains(&id("act 1", ola, Topic::Mention)));
}

#[test]
fn r4_12_more_of_the_same_act_is_counted_and_named_up_to_a_bound() {
    let mut standing = some(4, &[WayState::Delivered { at: at(1) }]);
    for _ in 0..300 {
        standing = some(4, &[WayState::due(at(2))]).told(Some(standing));
    }
    assert_eq!(standing.headline(), "Maja assigned you Roof and 300 more");
    assert_eq!((standing.body.lines().count(), standing.read), (NAMED_AT_MOST, false));
    assert_eq!(standing.way(ChannelKind::Email), Some(&WayState::Delivered { at: at(1) }), "no second delivery");
}

#[test]
fn r4_10_the_same_cause_in_another_act_changes_nothing() {
    let standing = some(4, &[WayState::Delivered { at: at(1) }]);
    assert_eq!(some(5, &[WayState::due(at(2))]).told(Some(standing.clone())), standing);
}

#[test]
fn r7_1_what_was_not_tried_is_taken_back_and_due_again_by_a_redo() {
    let failed = WayState::Due { at: at(3), since: at(0), tries: 1, last_error: Some("no answer".into()) };
    let gone = some(4, &[WayState::due(at(1))]).taken_back();
    assert!(!gone.is_listed() && gone.way(ChannelKind::Email) == Some(&WayState::Off));
    let back = gone.clone().due_again(at(9)).told(Some(gone));
    assert!(back.is_listed() && back.way(ChannelKind::Email) == Some(&WayState::due(at(9))));
    let stays = some(4, &[failed.clone(), WayState::due(at(1))]).taken_back();
    assert!(stays.is_listed() && stays.withdrawn, "what was tried stays, marked");
    assert_eq!(stays.ways.iter().map(|way| way.state.clone()).collect::<Vec<_>>(), [failed, WayState::Off]);
}

#[test]
fn r4_10_a_delivery_that_was_acknowledged_stays_so() {
    let mut one = some(4, &[WayState::Delivered { at: at(1) }, WayState::GivenUp { at: at(1), why: "no".into() }]);
    let id = one.id;
    Settling::Tried { id, channel: ChannelKind::Email, state: WayState::due(at(2)) }.settle(&mut one);
    Settling::DueNow { id, channel: ChannelKind::Email, at: at(2) }.settle(&mut one);
    assert_eq!(one.way(ChannelKind::Email), Some(&WayState::Delivered { at: at(1) }));
    Settling::DueNow { id, channel: ChannelKind::Desktop, at: at(2) }.settle(&mut one);
    let again = WayState::Due { at: at(2), since: at(2), tries: 1, last_error: Some("no".into()) };
    assert_eq!(one.way(ChannelKind::Desktop), Some(&again));
}
