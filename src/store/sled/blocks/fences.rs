//! A sample of the blocks' keys, so that a range can be divided among threads without reading it. One block in 64 is a
//! post, by the checksum of its key: that needs no balancing and stays right as blocks come and go.

use super::FENCES;

const EVERY: u32 = 64;

pub(super) fn is_post(block: &[u8]) -> bool {
    crc32fast::hash(block).is_multiple_of(EVERY)
}

/// The row that stands for a post.
pub(super) fn key(block: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(block.len() + 1);
    key.push(FENCES);
    key.extend(block);
    key
}
