//! Phone numbers: kept as written, matched by their E.164 digits. Countries are rows of `phone/countries.rs`.

mod countries;
#[cfg(test)]
mod tests;

pub use countries::{COUNTRIES, Country, country};

/// E.164 has fifteen digits at most; anything longer holds two numbers.
const MOST: usize = 15;
/// Fewer national digits than these are no number anywhere.
const LEAST: usize = 5;

/// A phone number as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// As written, blanks collapsed, nothing unseen.
    pub text: String,
    /// `+48600100200`; nothing when the country cannot be told, as with `262.397.7937` in Poland.
    pub e164: Option<String>,
    /// `371` of `1-955-371-0847 x371`.
    pub extension: Option<String>,
    digits: String,
}

impl Phone {
    /// The digits that search and the search for doubles compare; the extension is no part of them.
    pub fn key(&self) -> &str {
        self.e164.as_ref().map_or(&self.digits, |number| &number[1..])
    }
}

/// Reads a phone number; one without a country code is taken as one of `home` (an ISO code, or empty) if it can be.
/// The error is a sentence for the user.
pub fn normalise(text: &str, home: &str) -> Result<Phone, String> {
    let text = cleaned(text);
    let (number, extension) = split_extension(without_scheme(&text));
    if number.is_empty() {
        return Err("There is no phone number here. Write it like +48 600 100 200.".to_owned());
    }
    if let Some(odd) = number.chars().find(|c| !c.is_ascii_digit() && !"+()-./ ".contains(*c)) {
        return Err(format!("“{odd}” is in no phone number. Write it like +48 600 100 200, ext. 12."));
    }
    if number.rfind('+').is_some_and(|at| number[..at].contains(|c: char| c.is_ascii_digit() || c == '+')) {
        return Err("There is more than one + here. Write one number a field, like +48 600 100 200.".to_owned());
    }
    let home = country(home);
    let all = digits(number);
    let e164 = match international(number, &all, home) {
        Some(rest) => Some(checked(&rest)?),
        None => national(&all, home)?,
    };
    let extension = extension.map(str::to_owned);
    Ok(Phone { e164, extension, digits: all, text })
}

/// The last digits of a key. Whatever country a number without a prefix is read by, they are the same.
pub fn ending(key: &str) -> &str {
    key.get(key.len().saturating_sub(LEAST)..).unwrap_or(key)
}

/// The digits by which `text` is found, if it is a phone number.
pub fn key(text: &str, home: &str) -> Option<String> {
    normalise(text, home).ok().map(|phone| phone.key().to_owned())
}

/// Plain digits, blanks and hyphens for those of other scripts and word processors.
fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => out.push('-'),
            '\u{ff10}'..='\u{ff19}' => out.push(char::from(b'0' + (c as u32 - 0xff10) as u8)),
            '\u{ff0b}' => out.push('+'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn without_scheme(text: &str) -> &str {
    let scheme = ["tel:", "callto:"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)));
    scheme.map_or(text, |scheme| text[scheme.len()..].trim_start())
}

/// Ways to write "extension", longest first.
const EXTENSIONS: &[&str] = &[";ext=", "extension", "ext.", "ext", "wewn.", "wew.", "wew", "x.", "x", "#"];

fn split_extension(text: &str) -> (&str, Option<&str>) {
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let before = text[..start].trim_end_matches([' ', ':']);
    if !(1..=7).contains(&(text.len() - start)) {
        return (text, None);
    }
    let lower = before.to_ascii_lowercase();
    let Some(word) = EXTENSIONS.iter().find(|word| lower.ends_with(**word)) else {
        return (text, None);
    };
    let number = before[..before.len() - word.len()].trim_end_matches([' ', ',', ';']);
    (number, Some(&text[start..]))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The digits after the plus, or after what one dials instead of it; nothing for a national number.
fn international(number: &str, all: &str, home: Option<&Country>) -> Option<String> {
    if number.contains('+') {
        return Some(match number.split_once("(0)") {
            Some((code, rest)) if code.bytes().any(|byte| byte.is_ascii_digit()) => digits(code) + &digits(rest),
            _ => all.to_owned(),
        });
    }
    let dialled = match home {
        Some(home) if home.code == "1" => "011",
        _ => "00",
    };
    all.strip_prefix(dialled).filter(|rest| rest.len() >= LEAST).map(str::to_owned)
}

/// An international number within the lengths of its country, without a trunk zero after the code.
fn checked(digits: &str) -> Result<String, String> {
    let Some(country) = countries::of_number(digits) else {
        return match digits.len() {
            8..=MOST => Ok(format!("+{digits}")),
            0..8 => Err("Too short: 8 digits or more after the +.".to_owned()),
            _ => Err(format!("Too long: {MOST} digits at most after the +. Write one number a field.")),
        };
    };
    let rest = &digits[country.code.len()..];
    let rest = match rest.strip_prefix(country.trunk) {
        Some(bare) if !country.trunk.is_empty() && rest.len() > country.least => bare,
        _ => rest,
    };
    if rest.len() < country.least {
        return Err(too_short(country));
    }
    if rest.len() > country.most {
        return Err(format!("Too long for {}: {} digits at most after +{}.", country.name, country.most, country.code));
    }
    Ok(format!("+{}{rest}", country.code))
}

fn too_short(country: &Country) -> String {
    format!("Too short for {}: {} digits or more after +{}.", country.name, country.least, country.code)
}

/// A number without a country code: one of `home` if its length fits, else kept as it is, since exports are full of
/// numbers from elsewhere.
fn national(all: &str, home: Option<&Country>) -> Result<Option<String>, String> {
    if all.len() < LEAST {
        return Err(home.map_or_else(|| format!("Too short: a phone number has {LEAST} digits or more."), too_short));
    }
    if all.len() > MOST + 2 {
        return Err(format!("Too long: {MOST} digits at most. Write one number a field."));
    }
    let Some(home) = home else { return Ok(None) };
    let fits = |rest: &str| (home.least..=home.most).contains(&rest.len());
    let bare = all.strip_prefix(home.trunk).filter(|_| !home.trunk.is_empty()).filter(|rest| fits(rest));
    let coded = || all.strip_prefix(home.code).filter(|rest| home.least == home.most && fits(rest));
    let rest = bare.or(Some(all).filter(|rest| fits(rest))).or_else(coded);
    Ok(rest.map(|rest| format!("+{}{rest}", home.code)))
}
