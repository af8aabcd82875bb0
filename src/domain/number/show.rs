//! Numbers and money as text: for the screen (`62 000 €`) and plain, to be read again (`62000.00`).

use super::{Currency, Number};

/// `2 148`: thousands parted by blanks.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// `62 000 €`, `1 200.50 zł`, `-5 $`: for the screen, without decimals that are all zero.
pub fn money(minor: i64, currency: &Currency) -> String {
    let unit = 10_u64.pow(u32::from(currency.decimals));
    let (whole, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let sign = if minor < 0 { "-" } else { "" };
    let decimals = match rest {
        0 => String::new(),
        _ => format!(".{rest:0width$}", width = usize::from(currency.decimals)),
    };
    format!("{sign}{}{decimals} {}", grouped(whole), currency.mark())
}

/// `1200.00`: the amount without its currency, for files and scripts.
pub fn money_plain(minor: i64, currency: &Currency) -> String {
    pointed(i128::from(minor), currency.decimals)
}

impl Number {
    /// `1200`, `-0.5`, `1.2340`: reads again as the same number, so never with exactly three decimals.
    pub fn plain(self) -> String {
        let short = self.trimmed();
        match short.decimals {
            3 => pointed(short.mantissa * 10, 4),
            decimals => pointed(short.mantissa, decimals),
        }
    }

    /// `1 200.5`: for the screen.
    pub fn shown(self) -> String {
        let short = self.trimmed();
        let plain = pointed(short.mantissa, short.decimals);
        let (whole, decimals) = plain.split_once('.').map_or((plain.as_str(), ""), |(whole, rest)| (whole, rest));
        let whole = whole.trim_start_matches('-');
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
        let sign = if short.mantissa < 0 { "-" } else { "" };
        let point = if decimals.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{decimals}")
    }
}

fn pointed(mantissa: i128, decimals: u8) -> String {
    let places = usize::from(decimals);
    let mut digits = format!("{:0width$}", mantissa.unsigned_abs(), width = places + 1);
    if places > 0 {
        digits.insert(digits.len() - places, '.');
    }
    if mantissa < 0 {
        digits.insert(0, '-');
    }
    digits
}
