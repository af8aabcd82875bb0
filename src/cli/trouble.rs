//! Why a call did not do what it was asked, as scripts see it: kind, rule, sentence, exit code. A kind is a row of
//! [`Kind::ROWS`].

use crate::domain::change::{Refusal, Rule};
use crate::domain::graph::Unreadable;
use crate::workspace::Failure;
use crate::workspace::backup::{LoadError, OpenError};
use crate::workspace::export::ExportError;
use crate::workspace::find::Unfound;
use crate::workspace::socket::ReachError;
use crate::workspace::socket::far::EnterError;
use crate::workspace::window::UnreachedError;
use serde_json::{Map, Value as Json, json};
use std::io::{self, ErrorKind};

/// What kind of trouble; its code is what the program exits with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Failed,
    Usage,
    Refused,
    NotFound,
    Ambiguous,
    Busy,
    /// Whoever reads the output went away: nothing is said, and nothing is wrong.
    HungUp,
}

impl Kind {
    const ROWS: &[(Kind, &str, u8)] = &[
        (Kind::Failed, "failed", 1),
        (Kind::Usage, "usage", 2),
        (Kind::Refused, "refused", 3),
        (Kind::NotFound, "not_found", 4),
        (Kind::Ambiguous, "ambiguous", 4),
        (Kind::Busy, "busy", 5),
        (Kind::HungUp, "hung_up", 0),
    ];

    pub fn name(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    pub fn code(self) -> u8 {
        Self::ROWS[self as usize].2
    }
}

/// A call that ends early.
#[derive(Debug, Clone, PartialEq)]
pub struct Trouble {
    pub kind: Kind,
    pub rule: Option<Rule>,
    /// A sentence with the next step.
    pub message: String,
    /// What else JSON says of it: candidates, flaws.
    pub besides: Map<String, Json>,
}

impl Trouble {
    pub fn new(kind: Kind, message: impl Into<String>) -> Trouble {
        Trouble { kind, rule: None, message: message.into(), besides: Map::new() }
    }

    pub fn usage(message: impl Into<String>) -> Trouble {
        Trouble::new(Kind::Usage, message)
    }

    pub fn refused(message: impl Into<String>) -> Trouble {
        Trouble::new(Kind::Refused, message)
    }

    pub fn not_found(message: impl Into<String>) -> Trouble {
        Trouble::new(Kind::NotFound, message)
    }

    pub fn failed(message: impl Into<String>) -> Trouble {
        Trouble::new(Kind::Failed, message)
    }

    #[must_use]
    pub fn with(mut self, key: &str, value: Json) -> Trouble {
        self.besides.insert(key.to_owned(), value);
        self
    }

    pub fn json(&self) -> Json {
        let mut error = Map::new();
        error.insert("kind".to_owned(), self.kind.name().into());
        error.insert("rule".to_owned(), self.rule.map(|rule| rule.to_string()).into());
        error.insert("message".to_owned(), self.message.clone().into());
        error.extend(self.besides.clone());
        json!({ "error": error })
    }

    /// For people: the sentence, and the candidates each on its line.
    pub fn text(&self) -> String {
        let listed = |key: &str| self.besides.get(key).and_then(Json::as_array).into_iter().flatten();
        let candidates = listed("candidates").map(|candidate| {
            let part = |key: &str| candidate.get(key).and_then(Json::as_str).unwrap_or_default();
            format!("  {}  {}  {}", part("id"), part("object"), part("name"))
        });
        let flaws = listed("flaws").map(|flaw| format!("  {}", flaw.as_str().unwrap_or_default()));
        std::iter::once(self.message.clone()).chain(candidates).chain(flaws).collect::<Vec<_>>().join("\n")
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        let kind = if matches!(refusal, Refusal::Missing(_)) { Kind::NotFound } else { Kind::Refused };
        Trouble { rule: refusal.rule_id(), ..Trouble::new(kind, refusal.to_string()) }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Usage(sentence) => Trouble::usage(sentence),
            Failure::Failed(sentence) => Trouble::failed(sentence),
        }
    }
}

impl From<Unreadable> for Trouble {
    fn from(unreadable: Unreadable) -> Self {
        Trouble::failed(unreadable.to_string())
    }
}

impl From<OpenError> for Trouble {
    fn from(error: OpenError) -> Self {
        let kind = if matches!(error, OpenError::Held { .. }) { Kind::Busy } else { Kind::Failed };
        Trouble::new(kind, error.to_string())
    }
}

impl From<ReachError> for Trouble {
    fn from(error: ReachError) -> Self {
        let kind = match error {
            ReachError::Unserved { .. } | ReachError::Silent { .. } | ReachError::OtherVersion { .. } => Kind::Busy,
            ReachError::Ended { .. } | ReachError::TooLarge { .. } => Kind::Failed,
        };
        Trouble::new(kind, error.to_string())
    }
}

impl From<UnreachedError> for Trouble {
    fn from(error: UnreachedError) -> Self {
        match error {
            UnreachedError::Open(error) => error.into(),
            UnreachedError::Enter(EnterError::Unreached(error)) => error.into(),
            UnreachedError::Enter(EnterError::Refused(failure)) => failure.into(),
        }
    }
}

impl From<LoadError> for Trouble {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::NotEmpty { folder } => Trouble::refused(format!(
                "{} already holds data. Name an empty folder with --data, or replace what is there with --replace",
                folder.display()
            )),
            LoadError::Open(error) => error.into(),
            error => Trouble::failed(error.to_string()),
        }
    }
}

impl From<Unfound> for Trouble {
    fn from(unfound: Unfound) -> Self {
        match unfound {
            Unfound::Missing(sentence) => Trouble::not_found(sentence),
            Unfound::Unreadable(unreadable) => unreadable.into(),
            Unfound::Ambiguous { sentence, candidates } => {
                let candidate = |one: crate::workspace::find::Candidate| json!({ "id": one.id.to_string(), "object": one.object, "name": one.name });
                let candidates = candidates.into_iter().map(candidate).collect();
                Trouble::new(Kind::Ambiguous, sentence).with("candidates", candidates)
            }
        }
    }
}

impl From<ExportError> for Trouble {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Failure(failure) => failure.into(),
            ExportError::Io(error) => error.into(),
            ExportError::Stopped => Trouble::failed(error.to_string()),
        }
    }
}

/// Of the output; whatever else is read or written says more itself.
impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Trouble::new(Kind::HungUp, ""),
            _ => Trouble::failed(format!("The output could not be written: {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_stand_in_the_order_of_the_kinds() {
        for (place, (kind, _, _)) in Kind::ROWS.iter().enumerate() {
            assert_eq!(*kind as usize, place);
        }
    }

    #[test]
    fn json_names_kind_rule_and_message() {
        let trouble = Trouble::from(Refusal::rule(5, 3, "Enough")).with("flaws", json!(["one"]));
        let told = json!({"error": {"kind": "refused", "rule": "R5.3", "message": "Enough", "flaws": ["one"]}});
        assert_eq!(trouble.json(), told);
        assert_eq!(Trouble::usage("No").json()["error"]["rule"], Json::Null);
    }
}
