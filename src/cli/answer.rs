//! The answer to an act: its number, what it made or changed, and what else happened (R7.5).

use super::session::{Performed, Session};
use super::trouble::Trouble;
use crate::domain::change::{Done, EffectLine, Remains};
use serde_json::{Map, Value as Json, json};

/// Says what was done; `besides` are further keys and lines.
pub fn act(session: &Session, performed: &Performed, besides: &[(&str, Json, String)]) -> Result<(), Trouble> {
    session.out.answer(
        || {
            let mut answer = shape(&performed.done, performed.changed);
            answer.extend(besides.iter().map(|(key, value, _)| ((*key).to_owned(), value.clone())));
            Json::Object(answer)
        },
        || {
            let mut lines = vec![sentence(performed)];
            let done = &performed.done;
            lines.extend(done.effects.iter().map(|effect| format!("  {}  {}", effect.rule, effect.what)));
            lines.extend(done.skipped.iter().map(|skipped| format!("  {skipped}")));
            lines.extend(done.remains.as_ref().map(ToString::to_string));
            lines.extend(besides.iter().map(|(_, _, line)| line.clone()).filter(|line| !line.is_empty()));
            lines.join("\n")
        },
    )?;
    session.look_after();
    Ok(())
}

fn sentence(performed: &Performed) -> String {
    let done = &performed.done;
    if !performed.changed {
        return "Nothing changed: it was so already".to_owned();
    }
    let id = match done.refs.as_slice() {
        [one] => format!("  {}", crate::domain::id::short(one.uuid())),
        _ => String::new(),
    };
    let effects = match done.effects.len() {
        0 => String::new(),
        1 => " · 1 effect".to_owned(),
        many => format!(" · {many} effects"),
    };
    format!("{}{id}  (act {}{effects})", done.what, done.act)
}

/// `{"act", "id", "effects"}`, `ids` where there are several, `skipped` where something was, `remains` where backups
/// still hold what was erased.
fn shape(done: &Done, changed: bool) -> Map<String, Json> {
    let mut answer = Map::new();
    answer.insert("act".to_owned(), changed.then_some(done.act.0).into());
    answer.insert("id".to_owned(), done.refs.first().map(ToString::to_string).into());
    if done.refs.len() > 1 {
        let ids: Vec<String> = done.refs.iter().map(ToString::to_string).collect();
        answer.insert("ids".to_owned(), ids.into());
    }
    answer.insert("effects".to_owned(), done.effects.iter().map(effect).collect());
    if !done.skipped.is_empty() {
        answer.insert("skipped".to_owned(), done.skipped.clone().into());
    }
    if let Some(Remains { backups, folder }) = &done.remains {
        answer.insert("remains".to_owned(), json!({ "backups": backups, "folder": folder }));
    }
    answer
}

pub fn effect(effect: &EffectLine) -> Json {
    json!({
        "rule": effect.rule.to_string(),
        "record": effect.record.map(|record| record.to_string()),
        "what": effect.what,
    })
}
