//! From a written number to its digits: sign, groups, decimals, `k` and `mln`.

use super::{Currency, MAX_DIGITS, Number, currencies};

/// What one may put after a number for many zeros.
const MULTIPLES: &[(&str, u8)] =
    &[("k", 3), ("tys.", 3), ("tys", 3), ("mln", 6), ("mio", 6), ("m", 6), ("mld", 9), ("bn", 9), ("b", 9)];

/// `-€1,200k` taken apart; the names stand before and after the digits.
pub(super) struct Parts<'a> {
    negative: bool,
    digits: &'a str,
    zeros: u8,
    pub(super) names: [&'a str; 2],
}

pub(super) fn parts(text: &str) -> Option<Parts<'_>> {
    let mut rest = text;
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        (rest, negative) = (inner.trim(), true);
    }
    let first = rest.find(|c: char| c.is_ascii_digit())?;
    let start = if rest[..first].ends_with(['.', ',']) && !rest[..first - 1].ends_with(char::is_alphabetic) {
        first - 1
    } else {
        first
    };
    let end = rest.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, minus) = unsigned(&rest[..start])?;
    let after = rest[end..].trim();
    let after = after.strip_prefix(",-").or(after.strip_prefix(".-")).unwrap_or(after);
    let after = if after == "." || after == "," { "" } else { after };
    if minus && negative {
        return None;
    }
    let (zeros, after) = multiple(after.trim());
    Some(Parts { negative: negative || minus, digits: &rest[start..end], zeros, names: [before, after] })
}

/// The text before the digits without its sign, which stands on either side of a symbol.
fn unsigned(before: &str) -> Option<(&str, bool)> {
    let mut name = before.trim();
    let mut sign = None;
    for (mark, minus) in [('-', true), ('+', false)] {
        if let Some(rest) = name.strip_prefix(mark).or(name.strip_suffix(mark)) {
            (name, sign) = (rest.trim(), Some(minus));
            break;
        }
    }
    (!name.contains(['-', '+'])).then_some((name, sign.unwrap_or(false)))
}

/// The zeros that `k`, `mln` and the like stand for, and the currency that follows them.
fn multiple(after: &str) -> (u8, &str) {
    if currencies::is_name(after) {
        return (0, after);
    }
    for (word, zeros) in MULTIPLES {
        let (Some(head), Some(rest)) = (after.get(..word.len()), after.get(word.len()..)) else {
            continue;
        };
        if head.eq_ignore_ascii_case(word) && (rest.is_empty() || rest.starts_with(' ') || currencies::is_name(rest)) {
            return (*zeros, rest.trim());
        }
    }
    (0, after)
}

pub(super) fn number(parts: &Parts<'_>, currency: Option<&Currency>) -> Option<Number> {
    let (body, exponent) = match parts.digits.split_once(['e', 'E']) {
        Some((body, exponent)) => (body, exponent.parse::<i32>().ok()?),
        None => (parts.digits, 0),
    };
    let (whole, fraction) = split_decimals(body, currency)?;
    let mut digits = ungrouped(whole)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) || (digits.is_empty() && fraction.is_empty()) {
        return None;
    }
    digits.push_str(fraction);
    let mut shift = exponent.checked_add(i32::from(parts.zeros))?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    while shift > 0 && digits.len() <= MAX_DIGITS {
        digits.push('0');
        shift -= 1;
    }
    let digits = digits.trim_start_matches('0');
    let decimals = usize::try_from(-shift).ok()?;
    if digits.len() > MAX_DIGITS || decimals > MAX_DIGITS {
        return None;
    }
    let size: i128 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    Some(Number { mantissa: if parts.negative { -size } else { size }, decimals: decimals as u8 })
}

/// Parts `body` at its decimal separator, if it has one.
fn split_decimals<'a>(body: &'a str, currency: Option<&Currency>) -> Option<(&'a str, &'a str)> {
    let (Some(at), Some(first)) = (body.rfind(['.', ',']), body.find(['.', ','])) else {
        return Some((body, ""));
    };
    let (whole, fraction) = (&body[..at], &body[at + 1..]);
    let separator = &body[at..=at];
    if at == first {
        return Some(if parts_thousands(whole, fraction, separator, currency) {
            (body, "")
        } else {
            (whole, fraction)
        });
    }
    if whole.contains(separator) {
        let one_kind = !whole.contains(if separator == "." { ',' } else { '.' });
        return one_kind.then_some((body, ""));
    }
    Some((whole, fraction))
}

/// The rule of the module's head for a separator that stands alone.
fn parts_thousands(whole: &str, fraction: &str, separator: &str, currency: Option<&Currency>) -> bool {
    let three_decimals = separator == "." && currency.is_some_and(|currency| currency.decimals == 3);
    fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && !whole.starts_with('0')
        && !three_decimals
}

/// The digits of groups of three (of two before the last in India), parted by one kind of separator.
fn ungrouped(whole: &str) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(whole.to_owned());
    };
    if !" '.,".contains(separator) {
        return None;
    }
    let groups: Vec<&str> = whole.split(separator).collect();
    let last = groups.len() - 1;
    let fits = groups.iter().enumerate().all(|(at, group)| {
        let size = match at {
            0 => 1..=3,
            _ if at == last => 3..=3,
            _ => 2..=3,
        };
        size.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    });
    fits.then(|| groups.concat())
}
