//! Following a record (R4.14): a value of the record, so that history, merge and undo know it.

use crate::domain::change::{Author, Op, Refusal};
use crate::domain::id::{RecordId, Ref, UserId};
use crate::domain::object::is;
use crate::domain::value::Value;
use crate::rules::permission::{self, Verb};
use crate::rules::record::existing;
use crate::rules::{Draft, Granted, Planned};

/// Whoever may see a record may follow it.
pub(in crate::rules) fn follow(draft: &mut Draft, id: RecordId, follow: bool) -> Planned<Granted> {
    let record = existing(draft, id)?;
    permission::check(draft, Verb::View, &record)?;
    let Author::User(user) = draft.asking.by else {
        return Err(Refusal::Missing("The program follows nothing".to_owned()).into());
    };
    let from = record.values.get(is::FOLLOWERS).cloned();
    let mut users: Vec<UserId> = record.followers().to_vec();
    users.retain(|other| *other != user);
    users.extend(follow.then_some(user));
    let to = (!users.is_empty()).then_some(Value::Users(users));
    if from != to {
        draft.grant(Op::Set { record: id, property: is::FOLLOWERS, from, to })?;
    }
    let said = if follow { "Follows" } else { "Follows no more:" };
    Ok(Granted::new(format!("{said} {}", record.name()), vec![Ref::Record(id)]))
}
