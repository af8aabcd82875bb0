//! What is an e-mail address and what is not.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[rstest]
#[case("jan@acme.pl", "jan@acme.pl")]
#[case("  Jan.Kowalski@ACME.pl ", "Jan.Kowalski@acme.pl")]
#[case("mailto:jan@acme.pl?subject=Hi", "jan@acme.pl")]
#[case("MAILTO:jan@acme.pl", "jan@acme.pl")]
#[case("Jan Kowalski <jan@acme.pl>", "jan@acme.pl")]
#[case("\"Kowalski, Jan\" <mailto:jan@acme.pl>", "jan@acme.pl")]
#[case("<jan@acme.pl>;", "jan@acme.pl")]
#[case("jan@acme.pl;", "jan@acme.pl")]
#[case("\u{feff}jan@acme.pl\u{200b}", "jan@acme.pl")]
#[case("o'hara+crm@sub.example.co.uk", "o'hara+crm@sub.example.co.uk")]
#[case("Shelley_Kerluke47@hotmail.com", "Shelley_Kerluke47@hotmail.com")]
#[case("łukasz@łódź.pl", "łukasz@łódź.pl")]
#[case("a@xn--d-9ga.pl", "a@xn--d-9ga.pl")]
#[case("a@b.museum.", "a@b.museum")]
fn takes(#[case] text: &str, #[case] address: &str) {
    assert_eq!(parse(text).as_deref(), Ok(address));
}

#[rstest]
#[case("", "There is no e-mail address here. Write it like name@example.com.")]
#[case("jan", "“jan” has no @. Write it like name@example.com.")]
#[case("a@b.pl, c@d.pl", "“a@b.pl, c@d.pl” has more than one @. Write one address, like name@example.com.")]
#[case("@b.pl", "Nothing stands before the @ in “@b.pl”. Write it like name@example.com.")]
#[case("a b@c.pl", "There is a blank in “a b@c.pl”. Write it like name@example.com.")]
#[case("a..b@c.pl", "There is a dot too many in “a..b@c.pl”. Write it like name@example.com.")]
#[case("a\u{7}b@c.pl", "There is a character that no address has in “ab@c.pl”. Write it like name@example.com.")]
#[case("jan@", "“jan@” ends at the @. Write it like name@example.com.")]
#[case("a@b", "“b” is no mail domain. Write what follows the @ like example.com.")]
#[case("a@-b.pl", "“-b.pl” is no mail domain. Write what follows the @ like example.com.")]
#[case("a@b c.pl", "“b c.pl” is no mail domain. Write what follows the @ like example.com.")]
#[case("a@10.0.0.1", "“10.0.0.1” is no mail domain. Write what follows the @ like example.com.")]
fn refuses(#[case] text: &str, #[case] sentence: &str) {
    assert_eq!(parse(text).unwrap_err(), sentence);
}

#[test]
fn holds_the_limits_of_mail_servers() {
    let local = "a".repeat(64);
    let domain = format!("{0}.{0}.{0}.pl", "b".repeat(61));
    assert_eq!(local.len() + 1 + domain.len(), 253);
    assert!(parse(&format!("{local}@{domain}")).is_ok());
    assert!(parse(&format!("{local}@cc{domain}")).unwrap_err().contains("254"));
    assert!(parse(&format!("a{local}@b.pl")).unwrap_err().contains("64"));
}

#[test]
fn addresses_are_the_same_whatever_their_case() {
    assert_eq!(key("Jan@Acme.pl"), key("jan@acme.PL"));
    assert_eq!(domain_of("jan@acme.pl"), Some("acme.pl"));
    assert_eq!(domain_of("jan@"), None);
    assert_eq!(domain_of("jan"), None);
}

proptest! {
    #[test]
    fn never_panics_and_is_stable(text in "[a-zA-Z0-9.@<> łŁ:?-]{0,24}|\\PC*") {
        if let Ok(address) = parse(&text) {
            prop_assert_eq!(parse(&address), Ok(address.clone()));
        }
    }
}
