//! A notification, and its line in the centre of whom it is to.

use super::log::RefV1;
use super::{Id, time};
use crate::domain::id::{ActNo, UserId};
use crate::domain::notification::{ChannelKind, LastTry, Notification, NotificationId, Topic, Way, WayState};
use crate::store::codec::Decoded;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
enum WayV1<'a> {
    Due(i64, i64, u32, #[serde(borrow)] Option<Cow<'a, str>>),
    Delivered(i64),
    GivenUp(i64, Cow<'a, str>),
    Off,
}

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct NotificationV1<'a> {
    to: Id,
    topic: TopicV1,
    about: Option<RefV1>,
    also: Vec<RefV1>,
    #[serde(borrow)]
    title: Cow<'a, str>,
    body: Cow<'a, str>,
    todo: Cow<'a, str>,
    why: Cow<'a, str>,
    at: i64,
    act: u64,
    count: u32,
    ways: Vec<(ChannelV1, WayV1<'a>)>,
    read: bool,
    withdrawn: bool,
}

/// Topics and channels by number.
type TopicV1 = u8;
type ChannelV1 = u8;

fn topic(number: TopicV1) -> Decoded<Topic> {
    let row = Topic::ROWS.get(usize::from(number));
    row.map(|row| row.topic).ok_or_else(|| super::CodecError::Broken("a topic out of range".into()))
}

fn channel(number: ChannelV1) -> Decoded<ChannelKind> {
    let row = ChannelKind::ROWS.get(usize::from(number));
    row.map(|row| row.0).ok_or_else(|| super::CodecError::Broken("a channel out of range".into()))
}

impl<'a> From<&'a Notification> for NotificationV1<'a> {
    fn from(one: &'a Notification) -> Self {
        NotificationV1 {
            to: one.to.0.into_bytes(),
            topic: one.topic as u8,
            about: one.about.map(RefV1::from),
            also: one.also.iter().copied().map(RefV1::from).collect(),
            title: Cow::Borrowed(&one.title),
            body: Cow::Borrowed(&one.body),
            todo: Cow::Borrowed(&one.todo),
            why: Cow::Borrowed(&one.why),
            at: one.at.timestamp_millis(),
            act: one.act.0,
            count: one.count,
            ways: one.ways.iter().map(|way| (way.channel as u8, WayV1::from(&way.state))).collect(),
            read: one.read,
            withdrawn: one.withdrawn,
        }
    }
}

impl<'a> From<&'a WayState> for WayV1<'a> {
    fn from(state: &'a WayState) -> Self {
        match state {
            WayState::Due { at, since, tries, last_error } => {
                let last_error = last_error.as_deref().map(Cow::Borrowed);
                WayV1::Due(at.timestamp_millis(), since.timestamp_millis(), *tries, last_error)
            }
            WayState::Delivered { at } => WayV1::Delivered(at.timestamp_millis()),
            WayState::GivenUp { at, why } => WayV1::GivenUp(at.timestamp_millis(), Cow::Borrowed(why)),
            WayState::Off => WayV1::Off,
        }
    }
}

impl WayV1<'_> {
    fn into_state(self) -> Decoded<WayState> {
        Ok(match self {
            WayV1::Due(at, since, tries, error) => {
                WayState::Due { at: time(at)?, since: time(since)?, tries, last_error: error.map(Cow::into_owned) }
            }
            WayV1::Delivered(at) => WayState::Delivered { at: time(at)? },
            WayV1::GivenUp(at, why) => WayState::GivenUp { at: time(at)?, why: why.into_owned() },
            WayV1::Off => WayState::Off,
        })
    }
}

impl NotificationV1<'_> {
    pub(in crate::store::codec) fn into_notification(self, id: NotificationId) -> Decoded<Notification> {
        let way =
            |(number, state): (ChannelV1, WayV1)| Ok(Way { channel: channel(number)?, state: state.into_state()? });
        Ok(Notification {
            id,
            to: UserId(Uuid::from_bytes(self.to)),
            topic: topic(self.topic)?,
            about: self.about.map(Into::into),
            also: self.also.into_iter().map(Into::into).collect(),
            title: self.title.into_owned(),
            body: self.body.into_owned(),
            todo: self.todo.into_owned(),
            why: self.why.into_owned(),
            at: time(self.at)?,
            act: ActNo(self.act),
            count: self.count,
            ways: self.ways.into_iter().map(way).collect::<Decoded<_>>()?,
            read: self.read,
            withdrawn: self.withdrawn,
        })
    }
}

/// A line of the centre: what it takes to filter and to count.
#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct LineV1 {
    unread: bool,
    topic: TopicV1,
}

impl From<&Notification> for LineV1 {
    fn from(one: &Notification) -> Self {
        LineV1 { unread: !one.read, topic: one.topic as u8 }
    }
}

impl LineV1 {
    pub(in crate::store::codec) fn parts(&self) -> Decoded<(bool, Topic)> {
        Ok((self.unread, topic(self.topic)?))
    }
}

/// How a channel fared last.
#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct LastTryV1<'a> {
    at: i64,
    #[serde(borrow)]
    error: Option<Cow<'a, str>>,
}

impl<'a> From<&'a LastTry> for LastTryV1<'a> {
    fn from(last: &'a LastTry) -> Self {
        LastTryV1 { at: last.at.timestamp_millis(), error: last.error.as_deref().map(Cow::Borrowed) }
    }
}

impl LastTryV1<'_> {
    pub(in crate::store::codec) fn into_last_try(self) -> Decoded<LastTry> {
        Ok(LastTry { at: time(self.at)?, error: self.error.map(Cow::into_owned) })
    }
}
