//! What one asks *why* about (R7.4): a value, an association, an activity, or a record as a whole.

use crate::domain::id::Ref;
use crate::workspace::why::About;

#[derive(Debug, Clone, PartialEq)]
pub struct Matter {
    pub of: Ref,
    pub about: About,
    /// In words: `Owner of Jan Kowalski`.
    pub subject: String,
    /// As it is shown now, of a value.
    pub value: Option<String>,
}
