//! `lejek associate-by`: associates records that share a value (R5.7).

use super::Call;
use super::answer;
use super::listing::filters;
use super::out::Table;
use super::session::{Performed, Session};
use super::trouble::Trouble;
use crate::domain::change::{Done, Verb};
use crate::domain::id::ActNo;
use crate::domain::pair_rule::PairRule;
use crate::domain::query::Query;
use crate::workspace::pairs::{Named, Pair, Paired, PairsAsk};
use clap::Args;
use serde_json::{Value as Json, json};

#[derive(Debug, Args)]
pub struct AssociateBy {
    /// Such as `contact.email_domain=company.domain` or `contact.city=ticket.city`
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// Says which pairs there are, and changes nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Only those of the first object that this takes in, as `list` understands it
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    pub filter: Vec<String>,
    /// A record that is to be in no pair
    #[arg(long, value_name = "REF")]
    pub except: Vec<String>,
    /// At a limit, takes the place of the one that is there
    #[arg(long)]
    pub replace: bool,
}

impl AssociateBy {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = if self.dry_run { Session::reading(call)? } else { Session::writing(call)? };
        let rule = PairRule::parse(&self.rule, &session.settings).map_err(Trouble::usage)?;
        let except = self.except.iter().map(|text| session.record(text)).collect::<Result<_, _>>()?;
        let ask = PairsAsk { rule, query: self.query(&session, &rule)?, except, replace: self.replace };
        let paired = session.pairs(&ask)?;
        if self.dry_run {
            return told(&session, &paired);
        }
        let pairs = paired.pairs.iter().map(|pair| (pair.one.0, pair.other.0));
        let mut performed = match paired.pairs.len() {
            0 => nothing(),
            _ => session.perform_now(&Paired::change(pairs, self.replace))?,
        };
        let count = if performed.changed { paired.pairs.len() - performed.done.skipped.len() } else { 0 };
        performed.done.skipped.extend(paired.left_out.into_iter().map(|unpaired| unpaired.why));
        answer::act(&session, &performed, &[("associated", count.into(), String::new())])
    }

    fn query(&self, session: &Session, rule: &PairRule) -> Result<Option<Query>, Trouble> {
        let Some(spec) = session.settings.object(rule.one.object).filter(|_| !self.filter.is_empty()) else {
            return Ok(None);
        };
        let filters = filters(&self.filter, spec, session)?;
        Ok(Some(Query { filters, ..Query::all(spec.object, session.viewer()) }))
    }
}

fn nothing() -> Performed {
    let done = Done {
        act: ActNo::NONE,
        verb: Verb::Did,
        what: "Nothing was associated".to_owned(),
        refs: Vec::new(),
        effects: Vec::new(),
        skipped: Vec::new(),
        remains: None,
    };
    Performed { done, changed: false }
}

/// What would be associated.
fn told(session: &Session, paired: &Paired) -> Result<(), Trouble> {
    let named = |(id, name): &Named| {
        let object = session.settings.object(id.object).map(|spec| spec.name.as_str());
        json!({ "id": id.to_string(), "object": object, "name": name })
    };
    if session.out.json {
        let pair = |pair: &Pair| json!({ "one": named(&pair.one), "other": named(&pair.other), "value": pair.value });
        let left_out = paired.left_out.iter().map(|unpaired| {
            let others: Json = unpaired.others.iter().map(named).collect();
            json!({ "record": named(&unpaired.record), "others": others, "message": unpaired.why })
        });
        return session.out.value(&json!({
            "count": paired.pairs.len(),
            "pairs": paired.pairs.iter().map(pair).collect::<Json>(),
            "already": paired.already,
            "left_out": left_out.collect::<Json>(),
        }));
    }
    let row = |pair: &Pair| {
        vec![pair.one.1.clone(), pair.one.0.short(), pair.other.1.clone(), pair.other.0.short(), pair.value.clone()]
    };
    let rows: Vec<_> = paired.pairs.iter().map(row).collect();
    if !rows.is_empty() {
        Table::print(&session.out, &["One", "", "Other", "", "Both have"], &rows)?;
    }
    let pairs = if rows.len() == 1 { "1 pair".to_owned() } else { format!("{} pairs", rows.len()) };
    let mut lines = vec![format!("Would associate {pairs}; {} are associated already", paired.already)];
    lines.extend(paired.left_out.iter().map(|unpaired| format!("  Left out: {}", unpaired.why)));
    session.out.text(&lines.join("\n"))
}
