//! What people write and say, from `assets/demo/talk-*.txt`, and how its braces are filled in. To add a language, write
//! its file, add a variant and its row in [`Language::ROWS`].

use super::words::{Word, list};
use std::fmt::Write;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Polish,
    German,
    Japanese,
}

impl Language {
    /// The language, its phrases, what one says before the surname of a man and of a woman, and of a company that one
    /// does not know.
    const ROWS: &'static [(Language, &'static str, [&'static str; 2], &'static str)] = &[
        (Language::English, include_str!("../../assets/demo/talk-en.txt"), ["Mr", "Ms"], "your company"),
        (Language::Polish, include_str!("../../assets/demo/talk-pl.txt"), ["Pan", "Pani"], "Państwa firma"),
        (Language::German, include_str!("../../assets/demo/talk-de.txt"), ["Herr", "Frau"], "Ihr Haus"),
        (Language::Japanese, include_str!("../../assets/demo/talk-jp.txt"), ["", ""], "御社"),
    ];

    pub fn phrases(self) -> &'static Phrases {
        &PHRASES[self as usize]
    }

    /// The land's own language or, in the rest of a hundred cases, English.
    pub fn or_english(self, own: bool) -> Language {
        if own { self } else { Language::English }
    }
}

static PHRASES: LazyLock<Vec<Phrases>> =
    LazyLock::new(|| Language::ROWS.iter().map(|row| Phrases::read(row.1)).collect());

/// A subject and what is said under it.
#[derive(Debug)]
pub struct Topic {
    pub subject: &'static str,
    pub said: Vec<Saying>,
}

#[derive(Debug)]
pub struct Saying {
    pub ours: bool,
    pub text: &'static str,
}

/// The lists of one language.
#[derive(Debug)]
pub struct Phrases {
    pub hello_out: Vec<&'static str>,
    pub hello_in: Vec<&'static str>,
    pub bye_out: Vec<&'static str>,
    pub bye_in: Vec<&'static str>,
    pub days: Vec<&'static str>,
    pub threads: Vec<Topic>,
    pub singles: Vec<Topic>,
    pub calls: Vec<&'static str>,
    /// `busy`, `unanswered`, `voicemail`, `message` or `wrong`, a blank, the text.
    pub missed: Vec<&'static str>,
    /// Subjects are followed by `|` and the place.
    pub meetings: Vec<Topic>,
    pub notes: Vec<&'static str>,
    pub remarks: Vec<&'static str>,
    /// `call`, `email` or `todo`, a blank, the subject.
    pub tasks: Vec<&'static str>,
    pub texts: Vec<Saying>,
    pub linkedin: Vec<Saying>,
    pub post: Vec<Saying>,
    pub deals: Vec<&'static str>,
    pub leads: Vec<&'static str>,
    /// `product`, `billing`, `feature` or `inquiry`, a blank, the subject, `|`, the description.
    pub tickets: Vec<&'static str>,
}

impl Phrases {
    fn read(text: &'static str) -> Phrases {
        let lines = |name| list(text, name).collect::<Vec<_>>();
        let sayings = |name| list(text, name).filter_map(Saying::read).collect();
        Phrases {
            hello_out: lines("hello out"),
            hello_in: lines("hello in"),
            bye_out: lines("bye out"),
            bye_in: lines("bye in"),
            days: lines("days"),
            threads: topics(text, "threads"),
            singles: topics(text, "singles"),
            calls: lines("calls"),
            missed: lines("missed"),
            meetings: topics(text, "meetings"),
            notes: lines("notes"),
            remarks: lines("remarks"),
            tasks: lines("tasks"),
            texts: sayings("texts"),
            linkedin: sayings("linkedin"),
            post: sayings("post"),
            deals: lines("deals"),
            leads: lines("leads"),
            tickets: lines("tickets"),
        }
    }
}

impl Saying {
    fn read(line: &'static str) -> Option<Saying> {
        let ours = line.strip_prefix("> ").map(|text| Saying { ours: true, text });
        ours.or_else(|| line.strip_prefix("< ").map(|text| Saying { ours: false, text }))
    }
}

fn topics(text: &'static str, name: &str) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for line in list(text, name) {
        match (Saying::read(line), topics.last_mut()) {
            (Some(saying), Some(topic)) => topic.said.push(saying),
            _ => topics.push(Topic { subject: line, said: Vec::new() }),
        }
    }
    topics
}

/// Lists that only the English file has.
pub static SOURCES: LazyLock<Vec<&'static str>> = LazyLock::new(|| list(Language::ROWS[0].1, "sources").collect());
pub static PARTNERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| list(Language::ROWS[0].1, "partners").collect());

/// Disqualification reason and what is noted with it.
pub static DISQUALIFIED: LazyLock<Vec<(&'static str, &'static str)>> =
    LazyLock::new(|| list(Language::ROWS[0].1, "disqualified").filter_map(|line| line.split_once('|')).collect());

/// What stands for the words in braces.
#[derive(Debug, Clone, Copy)]
pub struct Filling<'a> {
    pub language: Language,
    pub woman: bool,
    pub first: &'a Word,
    pub last: &'a str,
    pub company: Option<&'a str>,
    pub city: &'a Word,
    /// Full name of the user.
    pub user: &'a str,
    /// The current one.
    pub year: i32,
    pub n: usize,
    pub day: usize,
    /// In hundreds, with the currency.
    pub money: (usize, &'a str),
}

impl Filling<'_> {
    /// `text` with its braces filled in and its bars turned into line breaks.
    pub fn fill(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 24);
        self.fill_into(text, &mut out);
        out
    }

    pub fn fill_into(&self, text: &str, out: &mut String) {
        let mut rest = text;
        while let Some(at) = rest.find(['{', '|']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            match rest.split_once('}') {
                Some((name, after)) if rest.starts_with('{') => {
                    self.put(&name[1..], out);
                    rest = after;
                }
                _ => {
                    out.push('\n');
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
    }

    fn put(&self, name: &str, out: &mut String) {
        let put = match name {
            "first" => out.write_str(self.written(self.first)),
            "last" => out.write_str(self.last),
            "mr" => out.write_str(Language::ROWS[self.language as usize].2[usize::from(self.woman)]),
            "company" => out.write_str(self.company.unwrap_or(Language::ROWS[self.language as usize].3)),
            "city" => out.write_str(self.written(self.city)),
            "me" => out.write_str(self.user.split(' ').next().unwrap_or_default()),
            "user" => out.write_str(self.user),
            "year" => write!(out, "{}", self.year + 1),
            "current" => write!(out, "{}", self.year),
            "n" => write!(out, "{}", self.n),
            "day" => out.write_str(self.language.phrases().days[self.day]),
            "money" => match self.money {
                (hundreds, currency @ "JPY") => {
                    write!(out, "{} {:03} 000 {currency}", hundreds / 100, hundreds % 100 * 10)
                }
                (hundreds, currency) => write!(out, "{} {}00 {currency}", hundreds / 10, hundreds % 10),
            },
            _ => out.write_char('?'),
        };
        debug_assert!(put.is_ok(), "writing into text cannot fail");
    }

    fn written<'a>(&self, word: &'a Word) -> &'a str {
        if self.language == Language::English { &word.latin } else { word.text }
    }
}
