//! Company domains and web addresses: what is taken as one, and the form in which two domains are the same.

#[cfg(test)]
mod tests;

/// Reads a company's domain from what people paste: `https://www.Acme.pl/en`, `acme.pl`, `jan@acme.pl`. Comes back as
/// `acme.pl`; punycode stays as it is. The error is a sentence for the user.
pub fn domain(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("There is no domain here. Write it like example.com.".to_owned());
    }
    let full =
        host(authority(text)).ok_or_else(|| format!("“{}” is no domain. Write it like example.com.", short(text)))?;
    let bare = full.strip_prefix("www.").filter(|rest| rest.contains('.'));
    Ok(bare.map(str::to_owned).unwrap_or(full))
}

/// Checks a web address and gives it back as typed, without blanks around it; the scheme may be left out.
pub fn url(text: &str) -> Result<String, String> {
    let text = text.trim();
    let wrong = |why: &str| Err(format!("“{}” {why}. Write it like https://example.com.", short(text)));
    if text.is_empty() {
        return Err("There is no web address here. Write it like https://example.com.".to_owned());
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return wrong("has a blank in it");
    }
    if let Some((scheme, _)) = text.split_once("://")
        && !is_web(scheme)
    {
        return wrong("is no web address");
    }
    if host(authority(text)).is_none() {
        return wrong("is no web address");
    }
    Ok(text.to_owned())
}

/// A host name in lower case, or nothing when no company or mail server can be called so.
pub(super) fn host(text: &str) -> Option<String> {
    let host = text.strip_suffix('.').unwrap_or(text).to_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last()?;
    let plausible = host.len() <= 253
        && labels.len() > 1
        && labels.iter().all(|label| is_label(label))
        && !last.chars().all(|c| c.is_ascii_digit());
    plausible.then_some(host)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || is_joined(c))
}

/// Hyphens, underscores of odd subdomains, and marks and joiners of scripts that need them.
fn is_joined(c: char) -> bool {
    matches!(c, '-' | '_') || unicode_normalization::char::is_combining_mark(c)
}

/// The host part: without scheme, user, port, path, query.
fn authority(text: &str) -> &str {
    let rest = match text.split_once("://") {
        Some((scheme, rest)) if is_web(scheme) => rest,
        Some(_) => return "",
        None => text.strip_prefix("//").unwrap_or(text),
    };
    let rest = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let rest = rest.rsplit('@').next().unwrap_or_default();
    match rest.split_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => rest,
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
