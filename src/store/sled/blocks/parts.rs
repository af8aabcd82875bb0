//! Values too long for a block, in parts under keys of their own: `0xFF`, the row's key, the number of the part.

use super::block::Long;
use super::engine::Engine;
use super::envelope::{self, Flaw};
use super::{PARTS, damaged};
use crate::store::error::StoreError;

/// Bytes of the value in each part but the last.
const PART: usize = 3_000;

/// A value is put together in memory that grows with what is really there, whatever its marker says.
const FIRST_ROOM: u64 = 1 << 20;

pub(super) fn long(value: &[u8]) -> Long {
    Long { len: value.len() as u64, crc: crc32fast::hash(value) }
}

/// The entries that `value` makes.
pub(super) fn split<'a>(key: &'a [u8], value: &'a [u8]) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> + 'a {
    value.chunks(PART).zip(0..).map(move |(bytes, number)| {
        let key = part_key(key, number);
        let mut part = envelope::blank(bytes.len());
        part.extend(bytes);
        envelope::seal(&key, &mut part);
        (key, part)
    })
}

/// The keys that `split` made of a value, with the length of what stands under each.
pub(super) fn places(key: &[u8], long: Long) -> impl Iterator<Item = (Vec<u8>, usize)> {
    (0..long.count()).map(move |number| {
        let left = long.len - u64::from(number) * PART as u64;
        (part_key(key, number), envelope::HEAD + left.min(PART as u64) as usize)
    })
}

/// The whole value, or the flaw that keeps it from being whole.
pub(super) fn join(engine: &Engine, key: &[u8], long: Long) -> Result<Vec<u8>, StoreError> {
    let mut value = Vec::with_capacity(long.len.min(FIRST_ROOM) as usize);
    for number in 0..long.count() {
        let key = part_key(key, number);
        let part = engine.get(&key)?.ok_or(Flaw::Part).map_err(damaged(key[1]))?;
        value.extend(envelope::unseal(&key, &part).map_err(damaged(key[1]))?);
    }
    if long != self::long(&value) {
        return Err(damaged(key[0])(Flaw::Checksum));
    }
    Ok(value)
}

impl Long {
    pub(super) fn count(self) -> u32 {
        u32::try_from(self.len.div_ceil(PART as u64)).unwrap_or(u32::MAX)
    }
}

fn part_key(key: &[u8], number: u32) -> Vec<u8> {
    let mut part = Vec::with_capacity(key.len() + 5);
    part.push(PARTS);
    part.extend(key);
    part.extend(number.to_be_bytes());
    part
}
