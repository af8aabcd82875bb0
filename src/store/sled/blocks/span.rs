//! A stretch of keys, and the direction to walk it.

use super::{FIRST_KIND, LAST_KIND};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// Keys from `from` on, below `until`; never the keys that the layer keeps for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub(super) from: Vec<u8>,
    pub(super) until: Vec<u8>,
}

impl Span {
    /// All rows of all kinds.
    pub fn all() -> Self {
        Self { from: vec![FIRST_KIND], until: vec![LAST_KIND + 1] }
    }

    /// The keys that begin with `prefix`.
    pub fn prefix(prefix: &[u8]) -> Self {
        let mut until = prefix.to_vec();
        while let Some(last) = until.pop() {
            if last < u8::MAX {
                until.push(last + 1);
                return Self::range(prefix, until);
            }
        }
        Self::all().starting_at(prefix)
    }

    /// The keys from `from` on, below `until`.
    pub fn range(from: impl Into<Vec<u8>>, until: impl Into<Vec<u8>>) -> Self {
        let all = Self::all();
        Self { from: from.into().max(all.from), until: until.into().min(all.until) }
    }

    /// The part of this span that begins at `key`.
    #[must_use]
    pub fn starting_at(self, key: impl Into<Vec<u8>>) -> Self {
        Self { from: key.into().max(self.from), until: self.until }
    }

    /// The part of this span that begins right after `key`.
    #[must_use]
    pub fn after(self, key: &[u8]) -> Self {
        self.starting_at(successor(key))
    }

    /// The part of this span that ends right before `key`.
    #[must_use]
    pub fn before(self, key: &[u8]) -> Self {
        Self { until: key.to_vec().min(self.until), from: self.from }
    }

    pub fn contains(&self, key: &[u8]) -> bool {
        self.from[..] <= *key && *key < self.until[..]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.from >= self.until
    }
}

/// The least key above `key`.
pub(super) fn successor(key: &[u8]) -> Vec<u8> {
    let mut next = Vec::with_capacity(key.len() + 1);
    next.extend(key);
    next.push(0);
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_spans_all_that_begins_with_it() {
        let span = Span::prefix(&[5, 0xff]);
        assert!(span.contains(&[5, 0xff]) && span.contains(&[5, 0xff, 0xff, 0xff]));
        assert!(!span.contains(&[6]) && !span.contains(&[5, 0xfe, 0xff]));
        assert_eq!(Span::prefix(&[]), Span::all());
        assert_eq!(Span::prefix(&[0xff]).until, [LAST_KIND + 1]);
    }

    #[test]
    fn spans_only_narrow() {
        let span = Span::prefix(&[5]).after(&[5, 1]).before(&[5, 3]);
        assert!(!span.contains(&[5, 1]) && span.contains(&[5, 1, 0]) && !span.contains(&[5, 3]));
        assert_eq!(Span::prefix(&[5]).before(&[9]), Span::prefix(&[5]));
        assert!(Span::prefix(&[5]).starting_at([7]).is_empty());
    }
}
