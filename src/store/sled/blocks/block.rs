//! One block: neighbouring rows of one kind in one sled value, decoded where they lie.
//!
//! Body: count, length of the prefix that all keys share with the block's own key, then per row the length of the
//! rest of its key, twice the length of its value (plus one if it stands in parts), the rest of the key, the value.

use super::envelope::{self, Flaw, put_number, take_bytes, take_number};

/// A row's value as it stands in the block. A long one stands in parts elsewhere, and the block says how to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stored<V> {
    Here(V),
    Parts(Long),
}

/// Length and checksum of a value that stands in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Long {
    pub len: u64,
    pub crc: u32,
}

/// A row on its way into a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub key: Vec<u8>,
    pub value: Stored<Vec<u8>>,
}

/// A block as it was read. Its checksum fits; its rows are checked as they are walked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    prefix: &'a [u8],
    count: u64,
    rows: &'a [u8],
}

/// A row in its block: the rest of its key after the prefix, and its value.
pub(super) type Lying<'a> = (&'a [u8], Stored<&'a [u8]>);

impl<'a> Block<'a> {
    pub(super) fn open(key: &'a [u8], value: &'a [u8]) -> Result<Self, Flaw> {
        let mut body = envelope::unseal(key, value)?;
        let count = take_number(&mut body)?;
        let shared = usize::try_from(take_number(&mut body)?).map_err(|_| Flaw::Shape)?;
        let prefix = key.get(..shared).ok_or(Flaw::Shape)?;
        Ok(Self { prefix, count, rows: body })
    }

    pub(super) fn prefix(&self) -> &'a [u8] {
        self.prefix
    }

    pub(super) fn rows(&self) -> Rows<'a> {
        Rows { left: self.count, bytes: self.rows }
    }

    pub(super) fn find(&self, key: &[u8]) -> Result<Option<Stored<&'a [u8]>>, Flaw> {
        let Some(sought) = key.strip_prefix(self.prefix) else {
            return Ok(None);
        };
        for row in self.rows() {
            let (rest, value) = row?;
            if rest >= sought {
                return Ok((rest == sought).then_some(value));
            }
        }
        Ok(None)
    }

    /// Copies of all rows, for a block that is about to be written anew.
    pub(super) fn to_rows(self) -> Result<Vec<Row>, Flaw> {
        self.rows()
            .map(|row| {
                let (rest, value) = row?;
                let value = match value {
                    Stored::Here(bytes) => Stored::Here(bytes.to_vec()),
                    Stored::Parts(long) => Stored::Parts(long),
                };
                Ok(Row { key: [self.prefix, rest].concat(), value })
            })
            .collect()
    }
}

/// Walks the rows of a block without copying.
#[derive(Debug, Clone)]
pub(super) struct Rows<'a> {
    left: u64,
    bytes: &'a [u8],
}

impl<'a> Rows<'a> {
    fn step(&mut self) -> Result<Lying<'a>, Flaw> {
        let rest = take_number(&mut self.bytes)?;
        let mark = take_number(&mut self.bytes)?;
        let rest = take_bytes(&mut self.bytes, rest)?;
        let mut value = take_bytes(&mut self.bytes, mark >> 1)?;
        if mark & 1 == 0 {
            return Ok((rest, Stored::Here(value)));
        }
        let len = take_number(&mut value)?;
        let crc = value.try_into().map_err(|_| Flaw::Shape)?;
        Ok((rest, Stored::Parts(Long { len, crc: u32::from_le_bytes(crc) })))
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Lying<'a>, Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return (!std::mem::take(&mut self.bytes).is_empty()).then_some(Err(Flaw::Shape));
        }
        self.left -= 1;
        let row = self.step();
        if row.is_err() {
            (self.left, self.bytes) = (0, &[]);
        }
        Some(row)
    }
}

/// The value of the block that holds `rows`, which are in order and stand under the key of the first.
pub(super) fn encode(rows: &[Row], room: usize) -> Vec<u8> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Vec::new();
    };
    let shared = common(&first.key, &last.key);
    let mut value = envelope::blank(room);
    put_number(&mut value, rows.len() as u64);
    put_number(&mut value, shared as u64);
    for row in rows {
        let rest = &row.key[shared..];
        put_number(&mut value, rest.len() as u64);
        match &row.value {
            Stored::Here(bytes) => {
                put_number(&mut value, (bytes.len() as u64) << 1);
                value.extend(rest);
                value.extend(bytes);
            }
            Stored::Parts(long) => {
                let mut marker = Vec::with_capacity(14);
                put_number(&mut marker, long.len);
                marker.extend(long.crc.to_le_bytes());
                put_number(&mut value, (marker.len() as u64) << 1 | 1);
                value.extend(rest);
                value.extend(marker);
            }
        }
    }
    envelope::seal(&first.key, &mut value);
    value
}

/// How many bytes `a` and `b` begin with alike.
pub(super) fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests;
