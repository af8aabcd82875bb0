//! Mentions in notes (R4.14): whoever a note newly names is told.

use super::Tellings;
use super::place;
use crate::domain::activity::{Activity, ActivityKind, Aspect};
use crate::domain::change::{Op, Rule};
use crate::domain::graph::Graph;
use crate::domain::id::Ref;
use crate::domain::notification::Topic;
use crate::domain::user::mention::mentioned as named;
use crate::rules::draft::Telling;
use crate::rules::{Draft, NoPlan};

pub(super) fn mentioned(draft: &Draft) -> Result<Tellings, NoPlan> {
    let mut told = Vec::new();
    for (op, _) in draft.ops() {
        match op {
            Op::Log(note) if note.kind == ActivityKind::Note => tell(draft, note, "", &note.text, &mut told)?,
            Op::Edit { activity, from, to } => {
                if let (Aspect::Text(from), Aspect::Text(to)) = (from.as_ref(), to.as_ref())
                    && let Some(note) = draft.activity(*activity)?.filter(|note| note.kind == ActivityKind::Note)
                {
                    tell(draft, &note, from, to, &mut told)?;
                }
            }
            _ => {}
        }
    }
    Ok(told)
}

fn tell(draft: &Draft, note: &Activity, before: &str, text: &str, told: &mut Tellings) -> Result<(), NoPlan> {
    if !text.contains('@') {
        return Ok(());
    }
    let settings = draft.settings();
    let before = named(before, &settings.users);
    for user in named(text, &settings.users).into_iter().filter(|user| !before.contains(user)) {
        let about = place(draft, user, note)?;
        let name = match about {
            Ref::Record(id) => draft.called(id)?,
            Ref::Activity(_) => "a record".to_owned(),
        };
        let telling = Telling {
            about: Some(about),
            also: vec![Ref::Activity(note.id)],
            title: format!("{} mentioned you on {name}", draft.who()),
            body: text.to_owned(),
            todo: "Read the note and answer.".to_owned(),
            rule: Some(Rule(4, 14)),
            why: "Your name stands in a note.".to_owned(),
            ..Telling::default()
        };
        told.push((user, Topic::Mention, telling));
    }
    Ok(())
}
