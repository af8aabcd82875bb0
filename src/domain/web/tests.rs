//! What is a domain or a web address and what is not.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[rstest]
#[case("acme.pl", "acme.pl")]
#[case(" https://www.Acme.PL/en?x=1#y ", "acme.pl")]
#[case("HTTP://acme.pl:8080", "acme.pl")]
#[case("//acme.pl/x", "acme.pl")]
#[case("https://user:secret@acme.pl", "acme.pl")]
#[case("jan@acme.pl", "acme.pl")]
#[case("acme.pl.", "acme.pl")]
#[case("www.pl", "www.pl")]
#[case("www.acme.pl", "acme.pl")]
#[case("sales.acme.co.uk", "sales.acme.co.uk")]
#[case("XN--D-9GA.pl", "xn--d-9ga.pl")]
#[case("Łódź.pl", "łódź.pl")]
fn takes_domains(#[case] text: &str, #[case] found: &str) {
    assert_eq!(domain(text).as_deref(), Ok(found));
}

#[rstest]
#[case("")]
#[case("acme")]
#[case("acme..pl")]
#[case("acme .pl")]
#[case("-acme.pl")]
#[case("ftp://acme.pl")]
#[case("192.168.0.1")]
#[case("https://")]
fn refuses_domains(#[case] text: &str) {
    assert!(domain(text).unwrap_err().ends_with("Write it like example.com."));
}

#[rstest]
#[case("https://acme.pl/a?b=c", true)]
#[case("acme.pl/en", true)]
#[case("https://linkedin.com/company/acme-sp-z-o-o", true)]
#[case("javascript:alert(1)", false)]
#[case("file:///etc/passwd", false)]
#[case("http://a b.pl", false)]
#[case("hello", false)]
#[case("", false)]
fn checks_web_addresses(#[case] text: &str, #[case] taken: bool) {
    match url(text) {
        Ok(address) => assert!(taken && address == text),
        Err(sentence) => assert!(!taken && sentence.ends_with("Write it like https://example.com."), "{sentence}"),
    }
}

#[test]
fn a_refusal_names_the_text() {
    assert_eq!(domain("acme").unwrap_err(), "“acme” is no domain. Write it like example.com.");
    assert_eq!(url("ftp://a.pl").unwrap_err(), "“ftp://a.pl” is no web address. Write it like https://example.com.");
}

proptest! {
    #[test]
    fn never_panics_and_is_stable(text in "(https://)?[a-zA-Z0-9.@:/łŁ-]{0,24}|\\PC*") {
        let _ = url(&text);
        if let Ok(found) = domain(&text) {
            prop_assert_eq!(domain(&found).map(|again| again.is_empty()), Ok(false));
        }
    }
}
