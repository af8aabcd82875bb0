//! `lejek show`: a record with its associations and its timeline; an activity; a user.

use super::Call;
use super::session::Session;
use super::trouble::Trouble;
use super::{shape, user};
use crate::domain::activity::Entry;
use crate::domain::answer::{Detail, Outreach, Reached, Tie};
use crate::domain::id::{ActivityId, Object, RecordId, short};
use crate::domain::object::ObjectSpec;
use crate::domain::pipeline::visits::{Visit, visits};
use crate::domain::value::{json as value_json, shown};
use crate::workspace::find::{Among, Named, title};
use clap::Args;
use serde_json::{Map, Value as Json, json};

#[derive(Debug, Args)]
pub struct Show {
    /// A record, an activity or a user: an id, its last 8 characters, contact:E-MAIL, company:DOMAIN, OBJECT:NAME
    #[arg(value_name = "REF")]
    pub what: String,
    /// So many of its latest activities
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub activities: usize,
}

impl Show {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        match session.find(&self.what, Among::Standing)? {
            Named::Record(id) => self.record(&session, id),
            Named::Activity(id) => activity(&session, id),
            Named::User(id) => {
                let found = session.settings.user(id).map(|found| (user::json(&session, found), found.name.clone()));
                let (json, name) = found.ok_or_else(|| Trouble::not_found("That user is not there"))?;
                session.out.answer(|| json.clone(), || fields(&name, &json))
            }
        }
    }

    fn record(&self, session: &Session, id: RecordId) -> Result<(), Trouble> {
        let detail = session.store().detail(id, &session.viewer(), session.now, 0)?;
        let detail = detail.ok_or_else(|| Trouble::not_found(format!("Nothing has the id {}", id.short())))?;
        let spec = session.spec_of(id)?;
        let mut timeline = Vec::new();
        for entry in self.latest(session, id)? {
            if let Some(found) = session.store().activity(entry.id)? {
                timeline.push(found);
            }
        }
        if !session.out.json {
            let lines = timeline.iter().map(|one| {
                let at = crate::domain::when::moment_long(one.at, &session.settings.clock(session.now));
                format!("  {}  {at}  {}", short(one.id.0), title(one))
            });
            return session.out.text(&page(session, &spec, &detail, &lines.collect::<Vec<_>>()));
        }
        let items = timeline.iter().map(|one| session.activity(one)).collect::<Result<Vec<_>, _>>()?;
        let mut answer = session.head(id, &detail.row.record.name());
        answer.insert("properties".to_owned(), properties(session, &spec, &detail).into());
        let ties = detail.sections.iter().flat_map(|section| &section.ties);
        answer.insert("associations".to_owned(), ties.map(|tie| association(session, tie)).collect());
        answer.insert("timeline".to_owned(), items.into());
        if spec.is_staged() {
            answer.insert("stages".to_owned(), stages(session, &detail));
        }
        if id.object == Object::LEAD {
            answer.insert("reached".to_owned(), reached(&detail));
        }
        session.out.value(&Json::Object(answer))
    }

    /// Newest first, whether they are past or ahead.
    fn latest(&self, session: &Session, id: RecordId) -> Result<Vec<Entry>, Trouble> {
        let mut entries = session.store().entries(id)?;
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.at, entry.id)));
        entries.truncate(self.activities);
        Ok(entries)
    }
}

fn properties(session: &Session, spec: &ObjectSpec, detail: &Detail) -> Map<String, Json> {
    let value = |id| detail.row.get(id);
    let shown = spec.properties.iter().filter(|property| !property.is_internal());
    let filled = shown.filter_map(|p| Some((p, value(p.id)?)));
    filled.map(|(p, value)| (p.name.clone(), value_json(p, &value, &session.settings))).collect()
}

/// When it came to each of its stages, and how long it was there (R2.12).
fn stages(session: &Session, detail: &Detail) -> Json {
    let visits = visits(&detail.row.record, session.now);
    let one = |visit: &Visit| {
        let name = session.settings.stage(visit.stage).map(|(_, stage)| stage.name.clone());
        json!({ "stage": name, "entered": shape::time(visit.entered), "seconds": visit.spent.num_seconds() })
    };
    visits.iter().map(one).collect()
}

/// All that was done to reach a lead, and when that began (R2.12).
fn reached(detail: &Detail) -> Json {
    let Reached { first, outreach } = detail.reached;
    json!({
        "first": first.map(shape::time),
        "calls": outreach.calls,
        "emails": outreach.emails,
        "meetings": outreach.meetings,
        "messages": outreach.messages,
    })
}

fn association(session: &Session, tie: &Tie) -> Json {
    let mut one = session.head(tie.record.id, &tie.record.name());
    one.insert("labels".to_owned(), labels(session, tie).into_iter().collect());
    one.insert("primary".to_owned(), tie.link.primary.into());
    one.insert("since".to_owned(), shape::time(tie.link.since));
    one.insert("by".to_owned(), session.author(tie.link.by));
    one.insert("why".to_owned(), tie.link.why.sentence().into());
    Json::Object(one)
}

/// What it is to the record that is shown.
fn labels<'s>(session: &'s Session, tie: &Tie) -> Vec<&'s str> {
    tie.link.labels.iter().filter_map(|id| session.settings.label_name(*id)).collect()
}

fn activity(session: &Session, id: ActivityId) -> Result<(), Trouble> {
    let found = session.store().activity(id)?;
    let found = found.ok_or_else(|| Trouble::not_found("That activity is not there"))?;
    let mut answer = session.activity(&found)?;
    answer["object"] = json!("activity");
    session.out.answer(|| answer.clone(), || fields(&title(&found), &answer))
}

/// A record page as text.
fn page(session: &Session, spec: &ObjectSpec, detail: &Detail, timeline: &[String]) -> String {
    let record = &detail.row.record;
    let mut lines = vec![format!("{}  {} {}", record.name(), spec.singular, record.id)];
    let width = spec.properties.iter().map(|p| p.label.chars().count()).max().unwrap_or(0);
    for property in spec.properties.iter().filter(|p| !p.hidden) {
        if let Some(value) = detail.row.get(property.id) {
            let value = shown(property, &value, &session.settings, session.now);
            lines.push(format!("  {:width$}  {value}", property.label));
        }
    }
    for section in detail.sections.iter().filter(|section| !section.ties.is_empty() || section.unseen > 0) {
        let plural = session.settings.object(section.object).map_or("Records", |spec| spec.plural.as_str());
        lines.push(format!("\n{plural} ({})", section.ties.len() + section.unseen));
        for tie in &section.ties {
            let is = labels(session, tie).into_iter().chain(tie.link.primary.then_some("primary"));
            let (id, name) = (tie.record.id.short(), tie.record.name());
            let line = ["", &id, &name].into_iter().chain(is).collect::<Vec<_>>();
            lines.push(line.join("  "));
        }
        if section.unseen > 0 {
            lines.push(format!("  {} more you may not see", section.unseen));
        }
    }
    lines.extend(way(session, detail));
    if detail.activities > 0 {
        lines.push(format!("\nTimeline ({})", detail.activities));
        lines.extend_from_slice(timeline);
    }
    lines.join("\n")
}

/// The stages that a record was in, and what was done to reach a lead, as text.
fn way(session: &Session, detail: &Detail) -> Vec<String> {
    let visits = visits(&detail.row.record, session.now);
    let mut lines = Vec::new();
    if visits.len() > 1 {
        lines.push("\nStages".to_owned());
    }
    for visit in visits.iter().filter(|_| visits.len() > 1) {
        let name = session.settings.stage(visit.stage).map_or("a stage", |(_, stage)| stage.name.as_str());
        let entered = crate::domain::when::moment_long(visit.entered, &session.settings.clock(session.now));
        lines.push(format!("  {entered}  {name}"));
    }
    if let Reached { first: Some(first), outreach: Outreach { calls, emails, meetings, messages } } = detail.reached {
        let first = crate::domain::when::moment_long(first, &session.settings.clock(session.now));
        let counts = format!("calls {calls}, e-mails {emails}, meetings {meetings}, messages {messages}");
        lines.push(format!("\nReached since {first}: {counts}"));
    }
    lines
}

/// The keys and values of an object, one a line.
fn fields(title: &str, object: &Json) -> String {
    let mut lines = vec![title.to_owned()];
    for (key, value) in object.as_object().into_iter().flatten() {
        match value {
            Json::Null => {}
            Json::String(text) if text.is_empty() => {}
            Json::String(text) => lines.push(format!("  {key}  {text}")),
            Json::Array(all) => {
                let names = all.iter().filter_map(|one| one.get("name").and_then(Json::as_str));
                lines.push(format!("  {key}  {}", names.collect::<Vec<_>>().join(", ")));
            }
            value => lines.push(format!("  {key}  {value}")),
        }
    }
    lines.join("\n")
}
