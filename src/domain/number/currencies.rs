//! The currencies: one row each, with code and decimals by ISO 4217. Order decides nothing but lists and messages.

/// Everything about one currency.
#[derive(Debug, PartialEq, Eq)]
pub struct Currency {
    pub code: &'static str,
    /// Empty where the code is what people write.
    pub symbol: &'static str,
    /// How many decimals its minor unit is away: 2 for cents.
    pub decimals: u8,
    /// Whether the symbol means this one when several have it.
    pub leads: bool,
    pub name: &'static str,
}

impl Currency {
    /// What stands beside an amount on the screen: the symbol if it means this currency, else the code.
    pub fn mark(&self) -> &'static str {
        if self.symbol.is_empty() || (!self.leads && with_symbol(self.symbol).count() > 1) {
            self.code
        } else {
            self.symbol
        }
    }
}

const fn row(code: &'static str, symbol: &'static str, decimals: u8, leads: bool, name: &'static str) -> Currency {
    Currency { code, symbol, decimals, leads, name }
}

#[rustfmt::skip]
pub static CURRENCIES: &[Currency] = &[
    row("EUR", "€", 2, false, "Euro"),
    row("USD", "$", 2, true, "US dollar"),
    row("PLN", "zł", 2, false, "Polish zloty"),
    row("GBP", "£", 2, true, "Pound sterling"),
    row("CHF", "", 2, false, "Swiss franc"),
    row("CZK", "Kč", 2, false, "Czech koruna"),
    row("SEK", "kr", 2, false, "Swedish krona"),
    row("NOK", "kr", 2, false, "Norwegian krone"),
    row("DKK", "kr", 2, false, "Danish krone"),
    row("ISK", "kr", 0, false, "Icelandic krona"),
    row("HUF", "Ft", 2, false, "Hungarian forint"),
    row("RON", "lei", 2, true, "Romanian leu"),
    row("BGN", "лв", 2, false, "Bulgarian lev"),
    row("UAH", "₴", 2, false, "Ukrainian hryvnia"),
    row("RSD", "din.", 2, false, "Serbian dinar"),
    row("MDL", "", 2, false, "Moldovan leu"),
    row("TRY", "₺", 2, false, "Turkish lira"),
    row("GEL", "₾", 2, false, "Georgian lari"),
    row("RUB", "₽", 2, false, "Russian rouble"),
    row("KZT", "₸", 2, false, "Kazakh tenge"),
    row("JPY", "¥", 0, true, "Japanese yen"),
    row("CNY", "¥", 2, false, "Chinese yuan"),
    row("KRW", "₩", 0, false, "South Korean won"),
    row("INR", "₹", 2, false, "Indian rupee"),
    row("IDR", "Rp", 2, false, "Indonesian rupiah"),
    row("MYR", "RM", 2, false, "Malaysian ringgit"),
    row("PHP", "₱", 2, false, "Philippine peso"),
    row("SGD", "$", 2, false, "Singapore dollar"),
    row("HKD", "$", 2, false, "Hong Kong dollar"),
    row("TWD", "$", 2, false, "New Taiwan dollar"),
    row("THB", "฿", 2, false, "Thai baht"),
    row("VND", "₫", 0, false, "Vietnamese dong"),
    row("PKR", "", 2, false, "Pakistani rupee"),
    row("AUD", "$", 2, false, "Australian dollar"),
    row("NZD", "$", 2, false, "New Zealand dollar"),
    row("CAD", "$", 2, false, "Canadian dollar"),
    row("MXN", "$", 2, false, "Mexican peso"),
    row("BRL", "R$", 2, false, "Brazilian real"),
    row("ARS", "$", 2, false, "Argentine peso"),
    row("CLP", "$", 0, false, "Chilean peso"),
    row("COP", "$", 2, false, "Colombian peso"),
    row("PEN", "S/", 2, false, "Peruvian sol"),
    row("ILS", "₪", 2, false, "Israeli new shekel"),
    row("AED", "", 2, false, "UAE dirham"),
    row("SAR", "", 2, false, "Saudi riyal"),
    row("QAR", "", 2, false, "Qatari riyal"),
    row("KWD", "", 3, false, "Kuwaiti dinar"),
    row("BHD", "", 3, false, "Bahraini dinar"),
    row("OMR", "", 3, false, "Omani rial"),
    row("JOD", "", 3, false, "Jordanian dinar"),
    row("TND", "", 3, false, "Tunisian dinar"),
    row("EGP", "", 2, false, "Egyptian pound"),
    row("MAD", "", 2, false, "Moroccan dirham"),
    row("NGN", "₦", 2, false, "Nigerian naira"),
    row("KES", "", 2, false, "Kenyan shilling"),
    row("ZAR", "R", 2, false, "South African rand"),
];

/// Symbols that mean one currency but stand in no row: spellings without marks, dollars with a letter.
const OTHER_SYMBOLS: &[(&str, &str)] = &[
    ("zl", "PLN"),
    ("Kc", "CZK"),
    ("Fr.", "CHF"),
    ("Fr", "CHF"),
    ("SFr.", "CHF"),
    ("US$", "USD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("NT$", "TWD"),
    ("MX$", "MXN"),
    ("RMB", "CNY"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("euro", "EUR"),
    ("euros", "EUR"),
];

/// The currency of an ISO code, in any case.
pub fn currency(code: &str) -> Option<&'static Currency> {
    CURRENCIES.iter().find(|row| row.code.eq_ignore_ascii_case(code))
}

/// The currencies that `symbol` may mean.
pub(super) fn with_symbol(symbol: &str) -> impl Iterator<Item = &'static Currency> {
    let folded = symbol.to_lowercase();
    let other = OTHER_SYMBOLS.iter().find(|(other, _)| other.to_lowercase() == folded).map(|(_, code)| *code);
    CURRENCIES
        .iter()
        .filter(move |row| other == Some(row.code) || (!row.symbol.is_empty() && row.symbol.to_lowercase() == folded))
}

pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && (currency(text).is_some() || with_symbol(text).next().is_some())
}
