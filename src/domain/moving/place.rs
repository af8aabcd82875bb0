//! Where cards lie in a column of the board (R2.12): by a key of hexadecimal digits, the smallest on top. Between two
//! keys there is always another one, so that a move writes one record only. A record that was never moved has the key of
//! its id, newest on top.

use crate::domain::id::{ActNo, RecordId};
use crate::domain::object::is;
use crate::domain::record::Record;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a card is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// On top of its column.
    Top,
    /// Between the two that are neighbours there now; `None`: above the first one, or below the last one.
    Between { above: Option<RecordId>, below: Option<RecordId> },
}

/// No key ends in the smallest digit, or nothing would fit below it.
const END: char = '8';

/// The key of a record's card.
pub fn key(record: &Record) -> String {
    record.text(is::BOARD_PLACE).map_or_else(|| unmoved(record.id.uuid), str::to_owned)
}

/// The key of a record that was never moved.
pub fn unmoved(id: Uuid) -> String {
    format!("{:032x}{END}", !id.as_u128())
}

/// Above all cards that came or were put on top before; `nth` of those that the act puts there.
pub fn top(now: DateTime<Utc>, act: ActNo, nth: usize) -> String {
    // Ids begin with 48 bits of milliseconds, and the latest one is on top.
    let millis = !now.timestamp_millis().cast_unsigned() & 0xffff_ffff_ffff;
    let act = !act.0 & 0xffff_ffff;
    format!("{millis:012x}{act:08x}{:06x}{END}", nth & 0xff_ffff)
}

/// A key between two, of which the first is smaller; where it is not, one right below the first.
pub fn between(above: Option<&str>, below: Option<&str>) -> String {
    let above = above.unwrap_or("");
    let below = below.filter(|below| above < *below);
    let mut key = String::new();
    let mut bounded = below;
    for at in 0.. {
        let digit = |text: &str| text.as_bytes().get(at).and_then(|digit| char::from(*digit).to_digit(16));
        let low = digit(above).unwrap_or(0);
        let high = bounded.and_then(digit).unwrap_or(16);
        let middle = u32::midpoint(low, high);
        if middle > low {
            key.extend(char::from_digit(middle, 16));
            break;
        }
        key.extend(char::from_digit(low, 16));
        if low < high {
            // What follows is smaller than the bound whatever it is.
            bounded = None;
        }
    }
    key
}

#[cfg(test)]
mod tests;
