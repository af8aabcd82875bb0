//! Numbers and money as people write them, and as lejek shows them. Currencies are rows of `number/currencies.rs`.
//!
//! A single separator before exactly three digits parts thousands (`1,200` and `1.200` are 1200), unless it cannot: after a
//! lone zero (`0.125`), after more than three digits (`1234.567`), after blanks that already part thousands (`1 200,500`),
//! or as the dot of a currency with three decimals (`1.234 KWD`). [`Number::plain`] never writes such a number, so what goes
//! out comes in again.

mod currencies;
mod read;
mod show;
#[cfg(test)]
mod tests;

pub use currencies::{CURRENCIES, Currency, currency};
pub use show::{grouped, money, money_plain};

/// `mantissa` / 10^`decimals`; at most [`MAX_DIGITS`] digits, so sums of two never overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    pub mantissa: i128,
    pub decimals: u8,
}

/// A number, and the currency if one was written or can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub number: Number,
    pub currency: Option<&'static Currency>,
}

/// Why a text is not a number; its sentence names the next step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    #[error("There is no number here. Write it like 1200 or 1 200.50.")]
    Empty,
    #[error("“{0}” is not a number. Write it like 1200 or 1 200.50, with 34 digits at most.")]
    NotANumber(String),
    #[error("“{0}” is not an amount. Write it like 1200 EUR or 1 200.50 zł.")]
    NotAnAmount(String),
    #[error("“{0}” may be {1}. Write the code, like 1200 {2}.")]
    SeveralCurrencies(String, String, &'static str),
    #[error("{0} is not a currency lejek knows. Write one like EUR, USD or PLN.")]
    UnknownCurrency(String),
    #[error("The amount has no currency. Write it like 1200 EUR.")]
    NoCurrency,
    #[error("{code} has {}, this amount has {found}. Round it to {}.", decimals(*.allowed), decimals(*.allowed))]
    TooFine { code: &'static str, allowed: u8, found: u8 },
    #[error("The amount is too large. The most is {0}.")]
    TooLarge(String),
}

fn decimals(count: u8) -> String {
    match count {
        0 => "no decimals".to_owned(),
        1 => "1 decimal".to_owned(),
        _ => format!("{count} decimals"),
    }
}

/// More digits than any amount has, fewer than `i128` holds.
pub const MAX_DIGITS: usize = 34;

/// Reads a plain number: `1200`, `1 200,50`, `-5`, `(5)`, `1.5e3`, `62k`.
pub fn parse(text: &str) -> Result<Number, NumberError> {
    let cleaned = clean(text);
    let parts = read::parts(&cleaned).ok_or_else(|| fault(text, NumberError::NotANumber))?;
    if !parts.names.iter().all(|name| name.is_empty()) {
        return Err(fault(text, NumberError::NotANumber));
    }
    read::number(&parts, None).ok_or_else(|| fault(text, NumberError::NotANumber))
}

/// Reads an amount with or without a currency; a symbol that several have means `home` if it is one of them.
pub fn parse_amount(text: &str, home: Option<&'static Currency>) -> Result<Amount, NumberError> {
    let cleaned = clean(text);
    let parts = read::parts(&cleaned).ok_or_else(|| fault(text, NumberError::NotAnAmount))?;
    let mut currency = None;
    for name in parts.names.iter().filter(|name| !name.is_empty()) {
        let found = named(name, home)?;
        if currency.is_some_and(|first: &Currency| first.code != found.code) {
            return Err(fault(text, NumberError::NotAnAmount));
        }
        currency = Some(found);
    }
    let number = read::number(&parts, currency.or(home)).ok_or_else(|| fault(text, NumberError::NotAnAmount))?;
    Ok(Amount { number, currency })
}

/// Reads an amount as minor units; without a written currency it is in `home`.
pub fn parse_money(text: &str, home: Option<&'static Currency>) -> Result<(i64, &'static Currency), NumberError> {
    let amount = parse_amount(text, home)?;
    let currency = amount.currency.or(home).ok_or(NumberError::NoCurrency)?;
    Ok((amount.number.to_minor(currency)?, currency))
}

impl Number {
    /// In the smallest unit of `currency`; refuses to round.
    pub fn to_minor(self, currency: &Currency) -> Result<i64, NumberError> {
        let mut number = self.trimmed();
        if number.decimals > currency.decimals {
            return Err(NumberError::TooFine {
                code: currency.code,
                allowed: currency.decimals,
                found: number.decimals,
            });
        }
        while number.decimals < currency.decimals {
            number.mantissa = number.mantissa.saturating_mul(10);
            number.decimals += 1;
        }
        i64::try_from(number.mantissa).map_err(|_| NumberError::TooLarge(money(i64::MAX, currency)))
    }

    /// Without zeros at the end of its decimals.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        while self.decimals > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.decimals -= 1;
        }
        self
    }
}

fn fault(text: &str, kind: fn(String) -> NumberError) -> NumberError {
    let text: String = text.trim().chars().take(40).collect();
    if text.is_empty() { NumberError::Empty } else { kind(text) }
}

/// One kind of blank, minus and apostrophe; nothing that cannot be seen.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\u{2212}' | '\u{2013}' => out.push('-'),
            '’' | '´' => out.push('\''),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The currency of a code or symbol.
fn named(name: &str, home: Option<&'static Currency>) -> Result<&'static Currency, NumberError> {
    if let Some(found) = currency(name) {
        return Ok(found);
    }
    let bearers: Vec<&'static Currency> = currencies::with_symbol(name).collect();
    if let Some(home) = home.filter(|home| bearers.iter().any(|bearer| bearer.code == home.code)) {
        return Ok(home);
    }
    match bearers.as_slice() {
        [] => Err(NumberError::UnknownCurrency(name.chars().take(12).collect())),
        [first, ..] if first.leads || bearers.len() == 1 => Ok(first),
        [first, ..] => {
            let codes: Vec<&str> = bearers.iter().map(|bearer| bearer.code).collect();
            Err(NumberError::SeveralCurrencies(name.to_owned(), codes.join(" or "), first.code))
        }
    }
}
