//! E-mail addresses: what is taken as one, and the form in which two are the same.

#[cfg(test)]
mod tests;

use super::web;

/// The longest address that mail servers take.
const MOST: usize = 254;
const MOST_LOCAL: usize = 64;

/// Reads an address as typed or pasted: `Jan@Acme.PL`, `mailto:…`, `Jan <jan@acme.pl>`. The domain comes back in lower
/// case, the part before the @ as written. The error is a sentence for the user.
pub fn parse(text: &str) -> Result<String, String> {
    let address = bare(text);
    let (local, domain) = match address.split_once('@') {
        None if address.is_empty() => {
            return Err("There is no e-mail address here. Write it like name@example.com.".to_owned());
        }
        None => {
            return Err(format!("“{}” has no @. Write it like name@example.com.", short(address)));
        }
        Some((_, rest)) if rest.contains('@') => {
            return Err(format!("“{}” has more than one @. Write one address, like name@example.com.", short(address)));
        }
        Some((_, "")) => {
            return Err(format!("“{}” ends at the @. Write it like name@example.com.", short(address)));
        }
        Some(parts) => parts,
    };
    if let Some(fault) = local_fault(local) {
        return Err(format!("{fault} in “{}”. Write it like name@example.com.", short(address)));
    }
    let domain = web::host(domain)
        .ok_or_else(|| format!("“{}” is no mail domain. Write what follows the @ like example.com.", short(domain)))?;
    if local.len() + 1 + domain.len() > MOST {
        return Err(format!("An e-mail address has {MOST} characters at most. Check that this is only one."));
    }
    Ok(format!("{local}@{domain}"))
}

/// The form in which two addresses are the same one: all lower case.
pub fn key(address: &str) -> String {
    address.to_lowercase()
}

/// The part after the @, in lower case as [`parse`] leaves it.
pub fn domain_of(address: &str) -> Option<&str> {
    address.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !domain.is_empty())
}

/// The address without a name, brackets, `mailto:` and what follows a list of them.
fn bare(text: &str) -> &str {
    let idle = |c: char| c.is_whitespace() || is_unseen(c);
    let text = text.trim_matches(idle).trim_end_matches([',', ';']).trim_end();
    let text = match (text.rfind('<'), text.ends_with('>')) {
        (Some(open), true) => &text[open + 1..text.len() - 1],
        _ => text,
    };
    let text = match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => text[7..].split('?').next().unwrap_or_default(),
        _ => text,
    };
    text.trim_matches(idle)
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn local_fault(local: &str) -> Option<&'static str> {
    if local.is_empty() {
        Some("Nothing stands before the @")
    } else if local.len() > MOST_LOCAL {
        Some("More than 64 characters stand before the @")
    } else if local.chars().any(char::is_whitespace) {
        Some("There is a blank")
    } else if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        Some("There is a dot too many")
    } else if !local.chars().all(is_local) {
        Some("There is a character that no address has")
    } else {
        None
    }
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
