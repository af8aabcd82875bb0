//! What a store holds, kept in one entry that each batch writes along: rows per kind, bytes, and the number of saves.

use std::collections::BTreeMap;

use super::engine::Engine;
use super::envelope::{self, Flaw, put_number, take_bytes, take_number};
use super::{LAST_KIND, TALLY, damaged};
use crate::store::error::StoreError;

const KEY: [u8; 1] = [TALLY];

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Batches written so far.
    pub saves: u64,
    /// Keys and values of all entries but this one.
    pub live: u64,
    pub rows: BTreeMap<u8, u64>,
}

impl Tally {
    /// The tally of an empty store if there is none.
    pub(super) fn read(engine: &Engine) -> Result<Self, StoreError> {
        let Some(value) = engine.get(&KEY)? else {
            return match engine.after(&[])? {
                None => Ok(Self::default()),
                Some(_) => Err(damaged(TALLY)("the count of its rows is missing")),
            };
        };
        Self::decode(&value).map_err(damaged(TALLY))
    }

    pub(super) fn entry(&self) -> ([u8; 1], Vec<u8>) {
        let mut value = envelope::blank(16 + self.rows.len() * 5);
        put_number(&mut value, self.saves);
        put_number(&mut value, self.live);
        for (&kind, &rows) in &self.rows {
            value.push(kind);
            put_number(&mut value, rows);
        }
        envelope::seal(&KEY, &mut value);
        (KEY, value)
    }

    pub(super) fn count(&mut self, kind: u8, rows: i64) {
        let sum = self.rows.entry(kind).or_default();
        *sum = sum.saturating_add_signed(rows);
        if *sum == 0 {
            self.rows.remove(&kind);
        }
    }

    pub(super) fn all_rows(&self) -> u64 {
        self.rows.iter().filter(|&(&kind, _)| kind <= LAST_KIND).map(|(_, rows)| rows).sum()
    }

    fn decode(value: &[u8]) -> Result<Self, Flaw> {
        let mut body = envelope::unseal(&KEY, value)?;
        let mut tally =
            Self { saves: take_number(&mut body)?, live: take_number(&mut body)?, rows: BTreeMap::default() };
        while !body.is_empty() {
            let kind = take_bytes(&mut body, 1)?[0];
            tally.rows.insert(kind, take_number(&mut body)?);
        }
        Ok(tally)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_comes_back_and_its_bytes_stay() {
        let mut tally = Tally { saves: 300, live: 5, rows: BTreeMap::default() };
        tally.count(7, 2);
        tally.count(9, 1);
        tally.count(9, -1);
        let (_, value) = tally.entry();
        assert_eq!(value[envelope::HEAD..], [0xac, 2, 5, 7, 2]);
        assert_eq!(Tally::decode(&value), Ok(tally));
    }
}
