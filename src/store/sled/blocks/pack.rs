//! How rows are cut into blocks. The sizes here are measured; see `benches/blocks.rs` before changing them.

use std::ops::Range;

use super::block::{Row, Stored, common};

/// More rows make a look-up walk further, fewer make sled's index and its open time grow.
pub(super) const MOST_ROWS: usize = 64;
/// With sled's leaves of 16 entries this keeps a page far below the 128 KB at which sled spills into files it never syncs.
pub(super) const MOST_BYTES: usize = 3_300;
/// Longer values stand in parts.
pub(super) const MOST_VALUE: usize = 2_800;
/// A block below a quarter of both sizes takes in its neighbour.
const FEW_ROWS: usize = MOST_ROWS / 4;
const FEW_BYTES: usize = MOST_BYTES / 4;

/// Bytes that a block needs besides its rows, and a row besides its key and value.
const BLOCK_COST: usize = 9;
const ROW_COST: usize = 4;
const MARKER: usize = 14;

/// How the rows came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Growth {
    /// At the very end of their kind: blocks are left full, for the next rows will come after them.
    Appended,
    /// In between: blocks are left with room.
    Scattered,
}

/// What rows weigh as one block.
#[derive(Debug, Clone, Copy, Default)]
struct Load {
    rows: usize,
    sum: usize,
    shared: usize,
}

impl Load {
    fn of(rows: &[Row]) -> Self {
        rows.iter().fold(Self::default(), |load, row| load.with(&rows[0].key, row))
    }

    fn with(self, first: &[u8], row: &Row) -> Self {
        let value = match &row.value {
            Stored::Here(bytes) => bytes.len(),
            Stored::Parts(_) => MARKER,
        };
        let shared = if self.rows == 0 { row.key.len() } else { self.shared.min(common(first, &row.key)) };
        Self { rows: self.rows + 1, sum: self.sum + row.key.len() + value + ROW_COST, shared }
    }

    fn bytes(self) -> usize {
        BLOCK_COST + self.sum - self.rows * self.shared
    }

    fn fits(self) -> bool {
        self.rows <= MOST_ROWS && self.bytes() <= MOST_BYTES
    }
}

/// The blocks that `rows`, in order, make.
pub(super) fn cut(rows: &[Row], growth: Growth) -> Vec<Range<usize>> {
    let whole = Load::of(rows);
    let parts = whole.rows.div_ceil(MOST_ROWS).max(whole.bytes().div_ceil(MOST_BYTES)).max(1);
    let (enough_rows, enough_bytes) = match growth {
        Growth::Appended => (MOST_ROWS, MOST_BYTES),
        Growth::Scattered => (whole.rows.div_ceil(parts), whole.bytes().div_ceil(parts)),
    };
    let mut cuts = Vec::with_capacity(parts);
    let mut start = 0;
    let mut load = Load::default();
    for (index, row) in rows.iter().enumerate() {
        let grown = load.with(&rows[start].key, row);
        let full = load.rows >= enough_rows || load.bytes() >= enough_bytes;
        if index > start && (full || !grown.fits()) {
            cuts.push(start..index);
            start = index;
            load = Load::default().with(&row.key, row);
        } else {
            load = grown;
        }
    }
    if start < rows.len() {
        cuts.push(start..rows.len());
    }
    cuts
}

/// True if rows that lost some of their number should stand together with their neighbours.
pub(super) fn are_few(rows: &[Row]) -> bool {
    !rows.is_empty() && rows.len() <= FEW_ROWS && Load::of(rows).bytes() <= FEW_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sled::blocks::block;
    use proptest::prelude::*;

    fn row(key: u32, len: usize) -> Row {
        Row { key: [b"\x05same".as_slice(), &key.to_be_bytes()].concat(), value: Stored::Here(vec![7; len]) }
    }

    #[test]
    fn rows_in_order_leave_full_blocks() {
        let rows: Vec<_> = (0..200).map(|key| row(key, 10)).collect();
        assert_eq!(cut(&rows, Growth::Appended), [0..64, 64..128, 128..192, 192..200]);
        let rows: Vec<_> = (0..30).map(|key| row(key, 250)).collect();
        assert_eq!(cut(&rows, Growth::Appended), [0..12, 12..24, 24..30]);
    }

    #[test]
    fn rows_in_between_leave_room() {
        let rows: Vec<_> = (0..66).map(|key| row(key, 10)).collect();
        assert_eq!(cut(&rows, Growth::Scattered), [0..33, 33..66]);
    }

    proptest! {
        #[test]
        fn cuts_cover_all_rows_and_each_fits(lens in prop::collection::vec(0..=MOST_VALUE, 1..200), appended: bool) {
            let rows: Vec<_> = lens.iter().zip(0..).map(|(&len, key)| row(key, len)).collect();
            let growth = if appended { Growth::Appended } else { Growth::Scattered };
            let cuts = cut(&rows, growth);
            let mut covered = 0;
            for part in cuts {
                prop_assert_eq!(part.start, covered);
                covered = part.end;
                let value = block::encode(&rows[part.clone()], MOST_BYTES);
                prop_assert!(value.len() <= MOST_BYTES, "{} rows in {} bytes", part.len(), value.len());
                prop_assert!(part.len() <= MOST_ROWS);
            }
            prop_assert_eq!(covered, rows.len());
        }
    }
}
