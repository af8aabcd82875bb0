//! How numbers and money are read and shown.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn of(code: &str) -> &'static Currency {
    currency(code).unwrap()
}

#[rstest]
#[case("1200", 1200, 0)]
#[case(" 1200 ", 1200, 0)]
#[case("-5", -5, 0)]
#[case("+5", 5, 0)]
#[case("\u{2212}5", -5, 0)]
#[case("(1 200)", -1200, 0)]
#[case("1 200,50", 120_050, 2)]
#[case("1\u{a0}200,50", 120_050, 2)]
#[case("1\u{202f}200\u{2009}300", 1_200_300, 0)]
#[case("1.200,50", 120_050, 2)]
#[case("1,200.50", 120_050, 2)]
#[case("1'200.5", 12_005, 1)]
#[case("1.200.300", 1_200_300, 0)]
#[case("12,34,567", 1_234_567, 0)]
#[case("0.5", 5, 1)]
#[case(".5", 5, 1)]
#[case("5.", 5, 0)]
#[case("1.5e3", 1500, 0)]
#[case("1.23E+11", 123_000_000_000, 0)]
#[case("5e-2", 5, 2)]
#[case("62k", 62_000, 0)]
#[case("1,5 tys.", 1500, 0)]
#[case("2.5 mln", 2_500_000, 0)]
#[case("007", 7, 0)]
#[case("0", 0, 0)]
fn reads_numbers(#[case] text: &str, #[case] mantissa: i128, #[case] decimals: u8) {
    let read = parse(text).unwrap();
    assert_eq!(read.trimmed(), Number { mantissa, decimals }.trimmed(), "{read:?}");
}

#[rstest]
#[case("1,200", 1200, 0)]
#[case("1.200", 1200, 0)]
#[case("-12.345", -12_345, 0)]
#[case("123,456", 123_456, 0)]
#[case("0.125", 125, 3)]
#[case("0,125", 125, 3)]
#[case("1234.567", 1_234_567, 3)]
#[case("1 200,500", 1_200_500, 3)]
#[case("1.20", 120, 2)]
#[case("1.2000", 12_000, 4)]
#[case("1,200,300.125", 1_200_300_125, 3)]
fn a_lone_separator_before_three_digits_parts_thousands_unless_it_cannot(
    #[case] text: &str,
    #[case] mantissa: i128,
    #[case] decimals: u8,
) {
    assert_eq!(parse(text), Ok(Number { mantissa, decimals }));
}

#[rstest]
#[case("")]
#[case("  ")]
#[case("abc")]
#[case("-")]
#[case("1 20")]
#[case("1,2,3")]
#[case("1.200,300,400")]
#[case("1,200.300.400")]
#[case("1 200.300,40")]
#[case("--5")]
#[case("-(5)")]
#[case("5 EUR")]
#[case("12-34")]
#[case("1e999999999999")]
#[case("1e99")]
#[case("12345678901234567890123456789012345")]
#[case("1e-99")]
#[case("12abc")]
fn refuses_what_is_no_number(#[case] text: &str) {
    assert!(parse(text).is_err(), "{:?}", parse(text));
}

#[rstest]
#[case("1200 EUR", 120_000, "EUR")]
#[case("1200.00 eur", 120_000, "EUR")]
#[case("1 200,50 zł", 120_050, "PLN")]
#[case("1200,- zl", 120_000, "PLN")]
#[case("€1,200.50", 120_050, "EUR")]
#[case("€ 1,200", 120_000, "EUR")]
#[case("1.200,50 EUR", 120_050, "EUR")]
#[case("$99", 9900, "USD")]
#[case("-$99", -9900, "USD")]
#[case("$-99", -9900, "USD")]
#[case("($99.50)", -9950, "USD")]
#[case("$500M", 50_000_000_000, "USD")]
#[case("$2B", 200_000_000_000, "USD")]
#[case("62k€", 6_200_000, "EUR")]
#[case("1,5 mln zł", 150_000_000, "PLN")]
#[case("£.99", 99, "GBP")]
#[case("Fr. 20.50", 2050, "CHF")]
#[case("R$ 1.234,56", 123_456, "BRL")]
#[case("C$5", 500, "CAD")]
#[case("¥1,200", 1200, "JPY")]
#[case("1.234 KWD", 1234, "KWD")]
#[case("1,234 KWD", 1_234_000, "KWD")]
#[case("12.3 KWD", 12_300, "KWD")]
#[case("1200.00 JPY", 1200, "JPY")]
#[case("EUR 5 EUR", 500, "EUR")]
#[case("7", 700, "PLN")]
fn reads_money(#[case] text: &str, #[case] minor: i64, #[case] code: &str) {
    assert_eq!(parse_money(text, Some(of("PLN"))), Ok((minor, of(code))));
}

#[rstest]
#[case("5 kr", "SEK")]
#[case("$5", "CAD")]
#[case("5 ¥", "CNY")]
fn a_shared_symbol_means_the_own_currency(#[case] text: &str, #[case] home: &str) {
    assert_eq!(parse_money(text, Some(of(home))), Ok((500, of(home))));
}

#[rstest]
#[case("5 kr", "“kr” may be SEK or NOK or DKK or ISK. Write the code, like 1200 SEK.")]
#[case("5 XYZ", "XYZ is not a currency lejek knows. Write one like EUR, USD or PLN.")]
#[case("lots", "“lots” is not an amount. Write it like 1200 EUR or 1 200.50 zł.")]
#[case("", "There is no number here. Write it like 1200 or 1 200.50.")]
#[case("€5 USD", "“€5 USD” is not an amount. Write it like 1200 EUR or 1 200.50 zł.")]
#[case("1200.505 EUR", "EUR has 2 decimals, this amount has 3. Round it to 2 decimals.")]
#[case("5.5 JPY", "JPY has no decimals, this amount has 1. Round it to no decimals.")]
#[case("92233720368547758.08 EUR", "The amount is too large. The most is 92 233 720 368 547 758.07 €.")]
fn says_what_is_wrong(#[case] text: &str, #[case] sentence: &str) {
    assert_eq!(parse_money(text, Some(of("PLN"))).unwrap_err().to_string(), sentence);
}

#[test]
fn an_amount_needs_a_currency() {
    assert_eq!(parse_money("5", None), Err(NumberError::NoCurrency));
    assert_eq!(parse_amount("5", None).unwrap().currency, None);
}

#[rstest]
#[case(6_200_000, "EUR", "62 000 €", "62000.00")]
#[case(120_050, "PLN", "1 200.50 zł", "1200.50")]
#[case(-5, "USD", "-0.05 $", "-0.05")]
#[case(1200, "JPY", "1 200 ¥", "1200")]
#[case(1234, "KWD", "1.234 KWD", "1.234")]
#[case(100, "CAD", "1 CAD", "1.00")]
#[case(0, "EUR", "0 €", "0.00")]
#[case(i64::MIN, "EUR", "-92 233 720 368 547 758.08 €", "-92233720368547758.08")]
fn shows_money(#[case] minor: i64, #[case] code: &str, #[case] shown: &str, #[case] plain: &str) {
    assert_eq!(money(minor, of(code)), shown);
    assert_eq!(money_plain(minor, of(code)), plain);
}

#[rstest]
#[case(1_200_500, 3, "1 200.5", "1200.5")]
#[case(1234, 3, "1.234", "1.2340")]
#[case(-5, 1, "-0.5", "-0.5")]
#[case(148, 0, "148", "148")]
fn shows_numbers(#[case] mantissa: i128, #[case] decimals: u8, #[case] shown: &str, #[case] plain: &str) {
    let number = Number { mantissa, decimals };
    assert_eq!((number.shown().as_str(), number.plain().as_str()), (shown, plain));
}

#[test]
fn codes_are_three_letters_and_stand_once() {
    for (at, row) in CURRENCIES.iter().enumerate() {
        assert!(row.code.len() == 3 && row.code.bytes().all(|byte| byte.is_ascii_uppercase()), "{}", row.code);
        assert!(CURRENCIES[..at].iter().all(|other| other.code != row.code), "{}", row.code);
        assert!(std::ptr::eq(of(row.code), row));
    }
}

proptest! {
    #[test]
    fn never_panics(text in "[-+(0-9., 'eEk€$zł)KWD\u{a0}]{0,14}|\\PC*") {
        let _ = parse(&text);
        let _ = parse_money(&text, None);
    }

    #[test]
    fn plain_numbers_come_in_again(mantissa in -1_000_000_000_i128..1_000_000_000, decimals in 0_u8..8) {
        let number = Number { mantissa, decimals };
        prop_assert_eq!(parse(&number.plain()).unwrap().trimmed(), number.trimmed());
    }

    #[test]
    fn money_comes_in_again(minor: i64, at in 0..CURRENCIES.len()) {
        let currency = &CURRENCIES[at];
        let plain = format!("{} {}", money_plain(minor, currency), currency.code);
        prop_assert_eq!(parse_money(&plain, None), Ok((minor, currency)));
        prop_assert_eq!(parse_money(&money(minor, currency), Some(currency)), Ok((minor, currency)));
    }
}
