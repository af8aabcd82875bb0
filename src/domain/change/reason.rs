//! Who did something, by which way it came in, and why it was done.

use crate::domain::id::UserId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Author {
    User(UserId),
    /// The program itself, such as the demo's data.
    Program,
}

/// By which way a change came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    Interface,
    CommandLine,
    Import,
    Demo,
}

impl Origin {
    pub fn label(self) -> &'static str {
        match self {
            Origin::Interface => "interface",
            Origin::CommandLine => "command line",
            Origin::Import => "import",
            Origin::Demo => "demo",
        }
    }
}

/// A rule of the product, by chapter and number: R5.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule(pub u8, pub u8);

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "R{}.{}", self.0, self.1)
    }
}

/// Why an op was made (R7.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// It is what the author asked for.
    Asked,
    /// A rule did it, in consequence; the sentence says how it came to.
    Rule(Rule, String),
}

impl Reason {
    pub fn rule(chapter: u8, number: u8, sentence: impl Into<String>) -> Reason {
        Reason::Rule(Rule(chapter, number), sentence.into())
    }

    pub fn sentence(&self) -> &str {
        match self {
            Reason::Asked => "asked for",
            Reason::Rule(_, sentence) => sentence,
        }
    }
}
