//! The seed words of `assets/demo`, read once: lands with their names, towns and company words, and the cast. To add a
//! land, write its file and add a row to [`LANDS`]; its language is a row of `phrases.rs`.

use super::phrases::Language;
use crate::domain::value::Currency;
use std::sync::LazyLock;

/// A word as it is written and as it stands in addresses.
#[derive(Debug)]
pub struct Word {
    pub text: &'static str,
    pub slug: String,
    /// How someone writes it who cannot write the original.
    pub latin: String,
}

/// What a company does.
#[derive(Debug)]
pub struct Trade {
    pub name: Word,
    pub industry: &'static str,
}

#[derive(Debug)]
pub struct City {
    pub name: Word,
    /// National number, with `#` for digits that are made up.
    pub phone: &'static str,
    pub region: &'static str,
    /// With `#` for digits and `@` for letters.
    pub postal_code: &'static str,
}

#[derive(Debug)]
pub struct Land {
    pub code: &'static str,
    pub name: &'static str,
    pub calling_code: &'static str,
    pub currency: Currency,
    pub language: Language,
    /// Of a hundred companies.
    pub share: usize,
    pub women: Vec<Word>,
    pub men: Vec<Word>,
    pub surnames: Vec<Word>,
    /// What companies are called by, before the surnames.
    stems: Vec<Word>,
    trades: Vec<Trade>,
    pub forms: Vec<&'static str>,
    /// For men and for women.
    pub titles: Vec<(&'static str, &'static str)>,
    pub cities: Vec<City>,
    pub streets: Vec<&'static str>,
    pub mobiles: Vec<&'static str>,
}

/// Code, name, calling code, currency, language, share, names, towns.
type LandRow =
    (&'static str, &'static str, &'static str, &'static [u8; 3], Language, usize, &'static str, &'static str);

const PL: &str = include_str!("../../assets/demo/pl.txt");
const DE: &str = include_str!("../../assets/demo/de.txt");
const EN: &str = include_str!("../../assets/demo/en.txt");
const GB: &str = include_str!("../../assets/demo/gb.txt");
const US: &str = include_str!("../../assets/demo/us.txt");
const JP: &str = include_str!("../../assets/demo/jp.txt");

const LAND_ROWS: &[LandRow] = &[
    ("pl", "Poland", "48", b"PLN", Language::Polish, 36, PL, PL),
    ("de", "Germany", "49", b"EUR", Language::German, 25, DE, DE),
    ("gb", "United Kingdom", "44", b"GBP", Language::English, 19, EN, GB),
    ("us", "United States", "1", b"USD", Language::English, 7, EN, US),
    ("jp", "Japan", "81", b"JPY", Language::Japanese, 13, JP, JP),
];

pub static LANDS: LazyLock<Vec<Land>> = LazyLock::new(|| LAND_ROWS.iter().map(Land::read).collect());

impl Land {
    fn read(&(code, name, calling_code, currency, language, share, names, towns): &LandRow) -> Land {
        Land {
            code,
            name,
            calling_code,
            currency: Currency(*currency),
            language,
            share,
            women: words(names, "women"),
            men: words(names, "men"),
            surnames: words(names, "surnames"),
            stems: words(names, "stems"),
            trades: list(names, "trades").map(Trade::read).collect(),
            forms: list(towns, "forms").map(|form| if form == "-" { "" } else { form }).collect(),
            titles: list(names, "titles").map(|line| line.split_once('|').unwrap_or((line, line))).collect(),
            cities: list(towns, "cities").map(City::read).collect(),
            streets: list(towns, "streets").collect(),
            mobiles: list(towns, "mobile").collect(),
        }
    }

    /// Companies whose names are made of two words each, no two alike.
    pub fn company_names(&self) -> usize {
        (self.stems.len() + self.surnames.len()) * self.trades.len()
    }

    /// The words of one of them.
    pub fn company_name(&self, place: usize) -> (&Word, &Trade) {
        let (stem, trade) = (place / self.trades.len(), place % self.trades.len());
        let surname = || &self.surnames[stem - self.stems.len()];
        (self.stems.get(stem).unwrap_or_else(surname), &self.trades[trade])
    }
}

impl Word {
    /// `Gołąb`, or with its reading `佐伯/saeki`.
    fn read(written: &'static str) -> Word {
        match written.split_once('/') {
            Some((text, reading)) => Word { text, slug: reading.to_owned(), latin: capitalised(reading) },
            None => Word { text: written, slug: slug(written), latin: written.to_owned() },
        }
    }
}

impl Trade {
    /// `Drukarnia|Printing`, or with reading and translation `製紙|seishi|Paper|Printing`.
    fn read(line: &'static str) -> Trade {
        let parts: Vec<&'static str> = line.split('|').collect();
        match parts[..] {
            [text, reading, english, industry] => {
                Trade { name: Word { text, slug: reading.to_owned(), latin: english.to_owned() }, industry }
            }
            _ => Trade { name: Word::read(parts[0]), industry: parts.last().copied().unwrap_or_default() },
        }
    }
}

impl City {
    fn read(line: &'static str) -> City {
        let mut parts = line.split('|');
        let mut part = || parts.next().unwrap_or_default();
        City { name: Word::read(part()), phone: part(), region: part(), postal_code: part() }
    }
}

/// Someone whom every demo has.
#[derive(Debug)]
pub struct Star {
    /// Which company of the stream they work for.
    pub company: u64,
    pub land: &'static Land,
    pub woman: bool,
    pub first: Word,
    pub last: Word,
    pub company_name: &'static str,
    pub domain: &'static str,
    pub city: &'static City,
    pub industry: &'static str,
}

pub static CAST: LazyLock<Vec<Star>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/demo/cast.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(Star::read).collect()
});

impl Star {
    fn read(line: &'static str) -> Option<Star> {
        let parts: Vec<&'static str> = line.split('|').collect();
        let [company, code, sex, first, last, company_name, domain, city, industry] = parts[..] else { return None };
        let land = LANDS.iter().find(|land| land.code == code)?;
        Some(Star {
            company: company.parse().ok()?,
            land,
            woman: sex == "w",
            first: Word::read(first),
            last: Word::read(last),
            company_name,
            domain,
            city: land.cities.iter().find(|known| known.name.text == city)?,
            industry,
        })
    }
}

/// The lines of one list of a seed file.
pub fn list(text: &'static str, name: &str) -> impl Iterator<Item = &'static str> {
    let lines = text.lines().filter(|line| !line.starts_with("# "));
    let mut lines = lines.skip_while(move |line| line.strip_prefix("= ") != Some(name));
    lines.next();
    lines.take_while(|line| !line.starts_with("= ")).filter(|line| !line.is_empty())
}

fn words(text: &'static str, name: &str) -> Vec<Word> {
    list(text, name).flat_map(str::split_whitespace).map(Word::read).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `Kessler & Söhne` → `kessler-soehne`.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match LETTERS.iter().find(|(written, _)| *written == letter) {
            Some((_, plain)) => slug.push_str(plain),
            None if letter.is_ascii_alphanumeric() => slug.push(letter),
            None if letter == '\'' || slug.ends_with('-') || slug.is_empty() => {}
            None => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Letters that addresses spell otherwise.
const LETTERS: &[(char, &str)] = &[
    ('ą', "a"),
    ('ć', "c"),
    ('ę', "e"),
    ('ł', "l"),
    ('ń', "n"),
    ('ó', "o"),
    ('ś', "s"),
    ('ź', "z"),
    ('ż', "z"),
    ('ä', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('ß', "ss"),
    ('á', "a"),
    ('â', "a"),
    ('ë', "e"),
];
