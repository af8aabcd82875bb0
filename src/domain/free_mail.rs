//! Domains at which anybody can have an e-mail address: they say nothing about whom one works for (R5.7). To add one,
//! add a line to `assets/free-mail.txt`, which is sorted.

use std::collections::HashSet;
use std::sync::LazyLock;

static DOMAINS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../../assets/free-mail.txt").lines().collect());

/// The domain as [`super::email::parse`] leaves it. A subdomain is another domain.
pub fn is_free_mail(domain: &str) -> bool {
    DOMAINS.contains(domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::web;

    #[test]
    fn each_line_is_a_domain_and_they_are_sorted() {
        let lines: Vec<&str> = include_str!("../../assets/free-mail.txt").lines().collect();
        assert!(lines.len() > 300 && lines.is_sorted());
        let wrong: Vec<_> = lines.iter().filter(|line| web::domain(line).as_deref() != Ok(**line)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn r5_7_a_subdomain_is_another_domain() {
        assert!(is_free_mail("gmail.com") && is_free_mail("wp.pl"));
        assert!(!is_free_mail("firma.wp.pl") && !is_free_mail("nordhafen.example"));
    }
}
