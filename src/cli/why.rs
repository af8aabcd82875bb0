//! `lejek why`: the act, the author, the time and the rule behind a record, a value or an association (R7.4).

use super::Call;
use super::history::told;
use super::session::{Session, property};
use super::shape;
use super::trouble::{Kind, Trouble};
use crate::domain::answer::HistoryWhat;
use crate::domain::id::Ref;
use crate::workspace::find::{Among, Named};
use crate::workspace::why::{About, Why as Answer};
use clap::Args;
use serde_json::json;

#[derive(Debug, Args)]
pub struct Why {
    /// A record or an activity, also one in the bin
    #[arg(value_name = "REF")]
    pub of: String,
    /// A property of it, or a record that it is associated with; without it: why it is there
    #[arg(value_name = "PROPERTY|REF")]
    pub about: Option<String>,
}

impl Why {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let of = session.thing(&self.of, Among::All)?;
        let about = self.about(&session, of)?;
        let Some(answer) = session.why(of, about)? else {
            let named = self.about.as_deref().unwrap_or_default();
            return Err(Trouble::not_found(match about {
                About::Value(_) => format!("“{named}” is empty and was never set"),
                _ => format!("It is not associated with “{named}” and never was"),
            }));
        };
        print(&session, of, &answer)
    }

    fn about(&self, session: &Session, of: Ref) -> Result<About, Trouble> {
        let Some(text) = &self.about else { return Ok(About::Itself) };
        let spec = match of {
            Ref::Record(id) => Some(session.spec_of(id)?),
            Ref::Activity(_) => None,
        };
        if let Some(property) = spec.as_ref().and_then(|spec| spec.property_called(text)) {
            return Ok(About::Value(property.id));
        }
        match session.find(text, Among::All).map_err(Trouble::from) {
            Ok(Named::Record(other)) => Ok(About::With(other)),
            Ok(_) => Err(Trouble::usage(format!("“{text}” is no record"))),
            // A single word that names nothing was meant as a property.
            Err(trouble) => match spec.filter(|_| trouble.kind == Kind::NotFound && is_word(text)) {
                Some(spec) => Err(property(&spec, text).err().unwrap_or(trouble)),
                None => Err(trouble),
            },
        }
    }
}

fn print(session: &Session, of: Ref, answer: &Answer) -> Result<(), Trouble> {
    let entry = &answer.entry;
    let Some(told) = told(session, of, entry)? else {
        return Err(Trouble::not_found("That is about a record that is not there"));
    };
    let sentence = entry.why.sentence();
    session.out.answer(
        || {
            json!({
                "id": of.to_string(),
                "what": told.what,
                "old": told.old,
                "new": told.new,
                "from": answer.from,
                "act": entry.act.0,
                "by": session.author(entry.by),
                "at": shape::time(entry.at),
                "origin": shape::origin(entry.origin),
                "rule": shape::rule(&entry.why),
                "why": sentence,
            })
        },
        || {
            let at = crate::domain::when::moment_long(entry.at, &session.settings.clock(session.now));
            let by = session.email_of(entry.by).unwrap_or_else(|| "lejek itself".to_owned());
            let rule = shape::rule(&entry.why).as_str().map(|rule| format!("  {rule}")).unwrap_or_default();
            let from = answer.from.as_ref().map(|from| format!("\n  Worked out from: {from}")).unwrap_or_default();
            let words = match &entry.what {
                HistoryWhat::Associated { seen, .. } => seen.words(&session.settings),
                _ => Vec::new(),
            };
            let is = if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) };
            format!(
                "{}{is}: {sentence}{rule}\n  Act {} by {by}, {at}, {}{from}",
                told.what,
                entry.act,
                entry.origin.label()
            )
        },
    )
}

fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_') && !text.chars().all(|c| c.is_ascii_hexdigit())
}
