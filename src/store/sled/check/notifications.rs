//! Whether the rows of the centres and of the outbox are those that the notifications say.

use super::super::blocks::Span;
use super::see;
use crate::domain::graph::{Read, Unreadable};
use crate::domain::id::short;
use crate::store::codec;
use crate::store::sled::notifications::rows;
use crate::store::sled::{SledStore, keys};
use std::ops::ControlFlow;

/// The kinds of rows that follow from a notification.
const FOLLOWING: [u8; 3] = [keys::INBOX, keys::OUTBOX, keys::SPOKEN_OF];

pub(super) fn look(store: &SledStore) -> Read<Vec<String>> {
    let mut wanted = 0u64;
    let mut flaws = see(store, keys::NOTIFICATION, |key, value| {
        let id = keys::notification_id(key).ok_or("a key without an id")?;
        let one = codec::decode_notification(id, value).map_err(|error| error.to_string())?;
        for (key, row) in rows(&one).into_iter().filter(|(key, _)| key[0] != keys::NOTIFICATION) {
            wanted += 1;
            if store.blocks.get(&key).map_err(|error| error.to_string())?.as_ref() != Some(&row) {
                return Err(format!("a row of the notification {} is missing or says something else", short(id.0)));
            }
        }
        Ok(())
    })?;
    let mut found = 0u64;
    for kind in FOLLOWING {
        let count = |_: &[u8], _: &[u8]| {
            found += 1;
            ControlFlow::Continue(())
        };
        store.blocks.scan_blocks(Span::prefix(&[kind]), count).map_err(Unreadable::from)?;
    }
    let over = found.saturating_sub(wanted);
    flaws.extend((over > 0).then(|| format!("{over} rows of notifications belong to none")));
    Ok(flaws)
}
