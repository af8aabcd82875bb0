//! What the system's programs may be asked to open: web pages, e-mails and phone numbers, made from values that anybody
//! may have written. A value that is none of these becomes nothing, so no other scheme and no option can get through.

use super::email;
use super::phone;
use super::web;
use std::fmt::Write;

/// An address that begins with `http://`, `https://`, `mailto:` or `tel:`, in visible ASCII only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// Of a website or a domain; without a scheme it is taken as `https`.
    pub fn web(text: &str) -> Option<Link> {
        let address = web::url(text).ok()?;
        let address = address.strip_prefix("//").unwrap_or(&address);
        let whole = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
        let (scheme, rest) = whole.split_once("://")?;
        Some(Link(format!("{}://{}", scheme.to_ascii_lowercase(), escaped(rest, b"!#$%&'()*+,/:;=?@[]~"))))
    }

    /// Of one e-mail address; what mail programs would read as more than an address is escaped.
    pub fn email(text: &str) -> Option<Link> {
        let address = email::parse(text).ok()?;
        Some(Link(format!("mailto:{}", escaped(&address, b"@+"))))
    }

    /// Of a phone number; `home` is where numbers without a country code are at home.
    pub fn phone(text: &str, home: &str) -> Option<Link> {
        let phone = phone::normalise(text, home).ok()?;
        let extension = phone.extension.as_ref().map(|digits| format!(";ext={digits}")).unwrap_or_default();
        let number = phone.e164.clone().unwrap_or_else(|| phone.key().to_owned());
        Some(Link(format!("tel:{number}{extension}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters, digits, `-._` and `kept` as they are, all else as `%xx`.
fn escaped(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(link: Option<Link>) -> Option<String> {
        link.map(|link| link.0)
    }

    #[test]
    fn links_get_a_scheme_and_keep_their_own() {
        let cases = [
            ("nordhafen.example", "https://nordhafen.example"),
            ("HTTP://Nordhafen.example/a?b=c#d", "http://Nordhafen.example/a?b=c#d"),
            ("//nordhafen.example", "https://nordhafen.example"),
            ("https://żółw.example/ą", "https://%C5%BC%C3%B3%C5%82w.example/%C4%85"),
        ];
        for (written, wanted) in cases {
            assert_eq!(text(Link::web(written)).as_deref(), Some(wanted));
        }
        assert_eq!(text(Link::email("Jan <jan@Acme.PL>")).as_deref(), Some("mailto:jan@acme.pl"));
        assert_eq!(text(Link::phone("600 100 200 ext. 7", "PL")).as_deref(), Some("tel:+48600100200;ext=7"));
        assert_eq!(text(Link::phone("262.397.7937", "PL")).as_deref(), Some("tel:2623977937"));
    }

    #[test]
    fn nothing_else_gets_through() {
        let hostile = [
            "javascript:alert(1)",
            "javascript://example.com/%0aalert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "vbscript:x",
            "smb://host.example/share",
            "--new-window",
            "-h",
            "$(reboot).example",
            "`id`.example",
            "a b.example",
            "a.example\x1b]0;x\x07",
            "",
        ];
        for written in hostile {
            assert_eq!(Link::web(written), None, "{written:?}");
        }
        for written in ["-s@", "jan", "a@b.example\x1b[2J\n-f", ""] {
            assert!(
                text(Link::email(written)).is_none_or(|link| link.bytes().all(|b| b.is_ascii_graphic())),
                "{written}"
            );
        }
        assert_eq!(Link::phone("call me", "PL"), None);
        assert_eq!(Link::phone("+48 600;rm -rf", "PL"), None);
    }

    #[test]
    fn an_address_brings_no_second_one_and_no_text_along() {
        let link = text(Link::email("a?cc=b&body=c@example.com"));
        assert!(link.is_none_or(|link| link == "mailto:a%3Fcc%3Db%26body%3Dc@example.com"));
    }
}
