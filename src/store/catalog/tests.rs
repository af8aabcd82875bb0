//! The catalog held against a plain model: a list of records, each asked everything one by one.

mod model;
mod pieces;
mod random;
mod stories;
