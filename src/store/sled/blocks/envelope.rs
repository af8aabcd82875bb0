//! What every stored value wears: `[version u8][crc32 u32 LE][body]`, and the numbers that bodies are made of.
//! A new version of any body gets its number here.

/// The version of blocks, parts and the tally.
pub(super) const VERSION: u8 = 1;
/// Bytes of a value that are not body.
pub(super) const HEAD: usize = 5;

/// Why stored bytes are not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Flaw {
    #[error("a value has the unknown version {0}")]
    Version(u8),
    #[error("a checksum does not fit")]
    Checksum,
    #[error("a value has the wrong shape")]
    Shape,
    #[error("a part of a long value is missing")]
    Part,
}

/// An empty value of about `room` bytes, to which the body is added before it is sealed.
pub(super) fn blank(room: usize) -> Vec<u8> {
    let mut value = Vec::with_capacity(HEAD + room);
    value.extend([VERSION, 0, 0, 0, 0]);
    value
}

/// Writes the checksum of the body and of the key it will stand under.
pub(super) fn seal(key: &[u8], value: &mut [u8]) {
    let (head, body) = value.split_at_mut(HEAD);
    head[1..].copy_from_slice(&checksum(key, body).to_le_bytes());
}

pub(super) fn unseal<'a>(key: &[u8], value: &'a [u8]) -> Result<&'a [u8], Flaw> {
    let (head, body) = value.split_first_chunk::<HEAD>().ok_or(Flaw::Shape)?;
    let [version, crc @ ..] = *head;
    if version != VERSION {
        return Err(Flaw::Version(version));
    }
    if u32::from_le_bytes(crc) != checksum(key, body) {
        return Err(Flaw::Checksum);
    }
    Ok(body)
}

fn checksum(key: &[u8], body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(key);
    hasher.update(body);
    hasher.finalize()
}

/// Seven bits a byte, the lowest first.
pub(super) fn put_number(into: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

pub(super) fn take_number(from: &mut &[u8]) -> Result<u64, Flaw> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = from.split_first().ok_or(Flaw::Shape)?;
        *from = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(Flaw::Shape)
}

pub(super) fn take_bytes<'a>(from: &mut &'a [u8], len: u64) -> Result<&'a [u8], Flaw> {
    let len = usize::try_from(len).map_err(|_| Flaw::Shape)?;
    let (taken, rest) = from.split_at_checked(len).ok_or(Flaw::Shape)?;
    *from = rest;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(number: u64, rest: Vec<u8>) {
            let mut bytes = Vec::new();
            put_number(&mut bytes, number);
            bytes.extend(&rest);
            let mut left = &bytes[..];
            prop_assert_eq!(take_number(&mut left), Ok(number));
            prop_assert_eq!(left, &rest[..]);
        }

        #[test]
        fn any_bytes_are_taken_without_a_panic(bytes: Vec<u8>, len: u64) {
            let _ = take_number(&mut &bytes[..]);
            let _ = take_bytes(&mut &bytes[..], len);
            let _ = unseal(b"key", &bytes);
        }
    }

    #[test]
    fn a_seal_holds_for_its_key_and_body_only() {
        let mut value = blank(4);
        value.extend(b"body");
        seal(b"key", &mut value);
        assert_eq!(unseal(b"key", &value), Ok(&b"body"[..]));
        assert_eq!(unseal(b"kex", &value), Err(Flaw::Checksum));
        for bit in 8..value.len() * 8 {
            let mut flipped = value.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unseal(b"key", &flipped), Err(Flaw::Checksum));
        }
        value[0] = 2;
        assert_eq!(unseal(b"key", &value), Err(Flaw::Version(2)));
    }
}
