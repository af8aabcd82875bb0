//! `lejek acts`: who did what when, what else happened, and whether it can be undone (R7).

use super::Call;
use super::answer;
use super::out::Table;
use super::session::Session;
use super::shape;
use super::trouble::Trouble;
use crate::workspace::resume::BrokenOff;
use crate::workspace::review::{Reviewed, WayBack};
use clap::Args;
use serde_json::{Value as Json, json};

#[derive(Debug, Args)]
pub struct Acts {
    /// At most so many, the last one first
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

impl Acts {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let acts = session.review(self.limit)?;
        if session.out.json {
            let acts = acts.iter().map(|act| object(&session, act));
            return session.out.value(&acts.collect::<Json>());
        }
        let rows: Vec<Vec<String>> = acts.iter().map(|act| row(&session, act)).collect();
        Table::print(&session.out, &["Act", "When", "Who", "What", "Effects", "Undo"], &rows)?;
        let offers: Vec<String> = acts.iter().filter_map(|act| act.broken_off.as_ref()).map(offer).collect();
        if offers.is_empty() { Ok(()) } else { session.out.text(&offers.join("\n")) }
    }
}

fn object(session: &Session, act: &Reviewed) -> Json {
    let head = &act.head;
    json!({
        "act": head.act.no.0,
        "by": session.author(head.act.by),
        "at": shape::time(head.act.at),
        "origin": shape::origin(head.act.origin),
        "what": head.act.what,
        "effects": act.effects.iter().map(answer::effect).collect::<Vec<_>>(),
        "effect_count": head.effects,
        "finished": head.act.finished,
        "done": head.act.done,
        "can_resume": act.broken_off.as_ref().is_some_and(|broken_off| broken_off.way_on.is_ok()),
        "undone_by": head.undone_by.map(|by| by.0),
        "can_undo": match act.way_back {
            WayBack::Open => Json::from(true),
            WayBack::Closed(_) => Json::from(false),
            WayBack::Long => Json::Null,
        },
        "why_not": match &act.way_back {
            WayBack::Closed(why) => Json::from(why.as_str()),
            WayBack::Open | WayBack::Long => Json::Null,
        },
    })
}

fn row(session: &Session, act: &Reviewed) -> Vec<String> {
    let head = &act.head.act;
    vec![
        head.no.to_string(),
        crate::domain::when::moment_long(head.at, &session.settings.clock(session.now)),
        session.email_of(head.by).unwrap_or_else(|| "lejek".to_owned()),
        head.what.clone(),
        act.head.effects.to_string(),
        match (&act.broken_off, &act.way_back) {
            (Some(_), _) => "broken off, see below".to_owned(),
            (None, WayBack::Open) => "can be undone".to_owned(),
            (None, WayBack::Closed(why)) => why.clone(),
            (None, WayBack::Long) => "found out when you undo it".to_owned(),
        },
    ]
}

/// What can be done about an act that was broken off (R7.3).
fn offer(broken_off: &BrokenOff) -> String {
    let no = broken_off.head.act.no;
    let on = match &broken_off.way_on {
        Ok(()) => format!("`lejek resume {no}` continues"),
        Err(why) => why.clone(),
    };
    let back = if broken_off.can_be_undone() { format!(", `lejek undo {no}` takes it back") } else { String::new() };
    let done = broken_off.head.act.done;
    let far = broken_off.total.map_or_else(|| format!("{done} done"), |total| format!("{done} of {total} done"));
    format!("Act {no} was broken off, {far}: {on}{back}")
}
