//! The board: records of one pipeline as cards in a column for each stage. What is asked of a column, and what it
//! answers.

use super::answer::Row;
use super::id::{OptionId, RecordId};
use super::object::is;
use super::query::Sort;
use super::value::Currency;
use serde::{Deserialize, Serialize};

/// How cards lie in their columns: by their place, what came to its stage last among equals.
pub const ORDER: [Sort; 2] =
    [Sort { property: is::BOARD_PLACE, descending: false }, Sort { property: is::STAGE_ENTERED, descending: true }];

/// Which cards of which column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub stage: OptionId,
    pub from: usize,
    pub limit: usize,
    /// The piece holds this one, if the column does.
    pub around: Option<RecordId>,
}

/// A piece of a column, and what all of it comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub stage: OptionId,
    /// Place of the first row in the column.
    pub from: usize,
    pub rows: Vec<Row>,
    /// Cards of the column.
    pub count: usize,
    /// Of deals; the largest first.
    pub sums: Vec<Sum>,
}

/// The amounts of a column in one currency, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    pub currency: Currency,
    pub minor: i64,
    /// By the probability of the stage.
    pub weighted: i64,
}

/// Columns of a board, in the order in which they were asked for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Columns {
    pub columns: Vec<Column>,
    /// False while the catalog is being built: then there are none.
    pub sorted: bool,
}

impl Piece {
    /// Where it begins in a column where the record that it is to hold stands at `place`.
    pub fn start(&self, place: Option<usize>) -> usize {
        place.map_or(self.from, |place| place.saturating_sub(self.limit / 2))
    }
}

/// Sums of one stage, of which a deal is likely to be won so often in a hundred.
pub fn sums(totals: impl IntoIterator<Item = (Currency, i64)>, probability: Option<u8>) -> Vec<Sum> {
    let weighted = |minor: i64| (i128::from(minor) * i128::from(probability.unwrap_or(0)) / 100) as i64;
    let sum = |(currency, minor)| Sum { currency, minor, weighted: weighted(minor) };
    let mut sums: Vec<Sum> = totals.into_iter().map(sum).collect();
    sums.sort_by_key(|sum| (std::cmp::Reverse(sum.minor), sum.currency));
    sums
}
