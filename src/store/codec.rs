//! How rows look on disk: `[version u8][bincode body]`, one frozen struct per version in `codec/v1.rs`. To change a
//! row, add a `v2` beside it, write that, and go on reading the old one; golden bytes hold the frozen ones still.

mod v1;

use crate::domain::activity::Activity;
use crate::domain::association::Link;
use crate::domain::change::{ActHead, Reason};
use crate::domain::graph::LoggedOp;
use crate::domain::id::{ActNo, ActivityId, RecordId};
use crate::domain::intent::Intent;
use crate::domain::notification::{LastTry, Notification, NotificationId, Topic};
use crate::domain::record::{Binned, BinnedActivity, Record};
use serde::{Deserialize, Serialize};

pub use v1::{EntryV1 as EntryView, PlannedV1 as PlannedView, RecordV1 as RecordView, ValueV1 as ValueView};

/// The version that is written.
const VERSION: u8 = 1;
/// Bytes that most rows have room in.
const USUAL: usize = 256;
/// The largest row that is read, in bytes: a damaged length must not make the program ask for all memory.
const MOST: usize = 64 << 20;

/// A row that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    #[error("a row of version {0}, which this lejek doesn't know")]
    Newer(u8),
    #[error("a row that can't be decoded: {0}")]
    Broken(String),
}

type Decoded<T> = Result<T, CodecError>;

fn config() -> impl bincode::config::Config {
    bincode::config::standard().with_limit::<MOST>()
}

fn encode(body: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(USUAL);
    bytes.push(VERSION);
    let written = bincode::serde::encode_into_std_write(body, &mut bytes, config());
    debug_assert!(written.is_ok(), "rows are plain data");
    bytes
}

fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Decoded<T> {
    let (version, body) = bytes.split_first().ok_or_else(|| CodecError::Broken("it is empty".into()))?;
    if *version != VERSION {
        return Err(CodecError::Newer(*version));
    }
    let (value, used) = bincode::serde::borrow_decode_from_slice(body, config())
        .map_err(|error| CodecError::Broken(error.to_string()))?;
    if used == body.len() { Ok(value) } else { Err(CodecError::Broken("bytes are left over".into())) }
}

pub fn encode_record(record: &Record) -> Vec<u8> {
    encode(&v1::RecordV1::from(record))
}

/// The record without a copy of its texts: what scans and the catalog read.
pub fn view_record(bytes: &[u8]) -> Decoded<RecordView<'_>> {
    decode(bytes)
}

pub fn decode_record(id: RecordId, bytes: &[u8]) -> Decoded<Record> {
    decode::<v1::RecordV1>(bytes)?.into_record(id)
}

pub fn encode_binned(binned: &Binned) -> Vec<u8> {
    encode(&v1::BinnedV1::from(binned))
}

pub fn decode_binned(id: RecordId, bytes: &[u8]) -> Decoded<Binned> {
    decode::<v1::BinnedV1>(bytes)?.into_binned(id)
}

pub fn encode_link(link: &Link) -> Vec<u8> {
    encode(&v1::LinkV1::from(link))
}

pub fn decode_link(other: RecordId, bytes: &[u8]) -> Decoded<Link> {
    decode::<v1::LinkV1>(bytes)?.into_link(other)
}

/// Whether a link's row says that the other record is the primary one.
pub fn link_is_primary(bytes: &[u8]) -> bool {
    // The first field after the version.
    bytes.get(1) == Some(&1)
}

pub fn encode_activity(activity: &Activity) -> Vec<u8> {
    encode(&v1::ActivityV1::from(activity))
}

pub fn decode_activity(id: ActivityId, bytes: &[u8]) -> Decoded<Activity> {
    decode::<v1::ActivityV1>(bytes)?.into_activity(id)
}

pub fn encode_binned_activity(binned: &BinnedActivity) -> Vec<u8> {
    encode(&v1::BinnedActivityV1::from(binned))
}

pub fn decode_binned_activity(id: ActivityId, bytes: &[u8]) -> Decoded<BinnedActivity> {
    decode::<v1::BinnedActivityV1>(bytes)?.into_binned(id)
}

pub fn encode_entry(entry: EntryView) -> Vec<u8> {
    encode(&entry)
}

pub fn decode_entry(bytes: &[u8]) -> Decoded<EntryView> {
    decode(bytes)
}

pub fn encode_planned(planned: &PlannedView) -> Vec<u8> {
    encode(planned)
}

pub fn decode_planned(bytes: &[u8]) -> Decoded<PlannedView<'_>> {
    decode(bytes)
}

/// A commit of the log: the number of its act, and its ops.
pub fn encode_logged(act: ActNo, ops: &[(LoggedOp, Reason)]) -> Vec<u8> {
    encode(&(act.0, ops.iter().map(v1::LoggedV1::from).collect::<Vec<_>>()))
}

pub fn decode_logged(bytes: &[u8]) -> Decoded<(ActNo, Vec<(LoggedOp, Reason)>)> {
    let (act, ops) = decode::<(u64, Vec<v1::LoggedV1>)>(bytes)?;
    Ok((ActNo(act), ops.into_iter().map(v1::LoggedV1::into_op).collect::<Decoded<_>>()?))
}

pub fn encode_act(head: &ActHead) -> Vec<u8> {
    encode(&v1::ActV1::from(head))
}

pub fn decode_act(bytes: &[u8]) -> Decoded<ActHead> {
    decode::<v1::ActV1>(bytes)?.into_head()
}

/// What a long act set out to do.
pub fn encode_intent(intent: &Intent) -> Vec<u8> {
    encode(&v1::IntentV1::from(intent))
}

pub fn decode_intent(bytes: &[u8]) -> Decoded<Intent> {
    decode::<v1::IntentV1>(bytes)?.into_intent()
}

pub fn encode_notification(one: &Notification) -> Vec<u8> {
    encode(&v1::NotificationV1::from(one))
}

pub fn decode_notification(id: NotificationId, bytes: &[u8]) -> Decoded<Notification> {
    decode::<v1::NotificationV1>(bytes)?.into_notification(id)
}

pub fn encode_last_try(last: &LastTry) -> Vec<u8> {
    encode(&v1::LastTryV1::from(last))
}

pub fn decode_last_try(bytes: &[u8]) -> Decoded<LastTry> {
    decode::<v1::LastTryV1>(bytes)?.into_last_try()
}

/// A line of the centre.
pub fn encode_line(one: &Notification) -> Vec<u8> {
    encode(&v1::LineV1::from(one))
}

/// Whether it is unread, and what it is about.
pub fn decode_line(bytes: &[u8]) -> Decoded<(bool, Topic)> {
    decode::<v1::LineV1>(bytes)?.parts()
}

#[cfg(test)]
mod tests;
