//! Who is likely meant before a word is typed. A new reason is a step of [`Around::suggestions`], in its place.

use super::super::Workspace;
use crate::domain::candidate::{Near, Picking};
use crate::domain::change::{ActHead, Author, Op, Origin};
use crate::domain::fold::{fold, words};
use crate::domain::graph::{Key, LoggedOp, Read};
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::search::Search;
use crate::domain::user::Viewer;
use crate::store::{Store, read};

/// Suggestions for one reason at most, and in all.
const EACH: usize = 5;
const ALL: usize = 12;
/// Associated records whose own associations are looked at.
const VIA: usize = 6;
/// Acts of the user that are looked through.
const ACTS: usize = 20;
/// Words of a record's name that are looked for, and letters that they have at least.
const WORDS: usize = 5;
const TELLING: usize = 4;

/// What stands around a record.
pub(super) struct Around {
    one: RecordId,
    record: Option<Record>,
    /// What it is associated with already: the primary ones first, then the latest.
    tied: Vec<RecordId>,
    /// The company that it is or belongs to, and that one's domains.
    pub company: Option<RecordId>,
    domains: Vec<String>,
}

impl Around {
    pub fn of(store: &dyn Store, one: RecordId, viewer: &Viewer) -> Read<Around> {
        let record = store.record(one)?.filter(|record| read::sees(viewer, record));
        let mut links = store.links(one, None)?;
        links.sort_by_key(|link| (!link.primary, std::cmp::Reverse((link.since, link.order))));
        let primary = links.iter().find(|link| link.other.object == Object::COMPANY && link.primary);
        let company = if one.object == Object::COMPANY { Some(one) } else { primary.map(|link| link.other) };
        let mut domains = Vec::new();
        if let Some(company) = company.map(|id| store.record(id)).transpose()?.flatten() {
            domains.extend(company.domains().map(str::to_lowercase));
        } else if let Some(contact) = &record {
            domains.extend(contact.emails().filter_map(domain_of).map(str::to_lowercase));
        }
        Ok(Around { one, record, tied: links.iter().map(|link| link.other).collect(), company, domains })
    }

    /// Whether it is the record itself, or associated with it already.
    pub fn holds(&self, id: RecordId) -> bool {
        id == self.one || self.tied.contains(&id)
    }

    pub fn tied_of(&self, object: Object) -> impl Iterator<Item = RecordId> {
        self.tied.iter().copied().filter(move |id| id.object == object)
    }

    pub fn shares_domain(&self, record: &Record) -> bool {
        let has = |domain: &str| self.domains.iter().any(|own| own.eq_ignore_ascii_case(domain));
        match record.id.object {
            // What somebody without a company writes from may be anybody's.
            Object::CONTACT => self.company.is_some() && record.emails().filter_map(domain_of).any(has),
            Object::COMPANY => record.domains().any(has),
            _ => false,
        }
    }

    /// The likeliest first, each for its first reason.
    pub fn suggestions(&self, workspace: &Workspace, ask: &Picking) -> Read<Vec<(RecordId, Near)>> {
        let mut found: Vec<(RecordId, Near)> = Vec::new();
        let steps = [
            self.named(workspace, ask)?,
            self.beyond(workspace, ask)?,
            self.with_domain(workspace, ask)?,
            workspace.viewed(None).into_iter().map(|id| (id, Near::Viewed)).collect(),
            lately(workspace)?,
        ];
        for step in steps {
            let mut of_step = 0;
            for (id, why) in step {
                let is_new = id.object == ask.to && !self.holds(id) && found.iter().all(|(known, _)| *known != id);
                if is_new && of_step < EACH && found.len() < ALL {
                    of_step += 1;
                    found.push((id, why));
                }
            }
        }
        Ok(found)
    }

    /// Records whose whole name stands in this one's name, or in the company that was written down for it.
    fn named(&self, workspace: &Workspace, ask: &Picking) -> Read<Vec<(RecordId, Near)>> {
        let Some(record) = &self.record else { return Ok(Vec::new()) };
        let mut text = record.name();
        for id in [is::COMPANY_NAME, is::DESCRIPTION] {
            text.extend(record.text(id).map(|more| format!(" {more}")));
        }
        let text = fold(&text);
        let telling = words(&text).into_iter().filter(|word| word.chars().count() >= TELLING).take(WORDS);
        let mut named = Vec::new();
        for word in telling {
            let search = Search { text: word, scope: Some(ask.to), limit: EACH };
            let hits = workspace.store().search(&search, &[], &workspace.viewer(), workspace.now())?;
            let is_said = |record: &Record| {
                let name = fold(&record.name());
                name.chars().count() >= TELLING && text.contains(&name)
            };
            named.extend(
                hits.rows.into_iter().filter(|row| is_said(&row.record)).map(|row| (row.record.id, Near::Named)),
            );
        }
        Ok(named)
    }

    fn with_domain(&self, workspace: &Workspace, ask: &Picking) -> Read<Vec<(RecordId, Near)>> {
        let mut found = Vec::new();
        for domain in &self.domains {
            if ask.to == Object::COMPANY {
                found.extend(workspace.store().find(&Key::domain(domain))?);
            } else if ask.to == Object::CONTACT && self.company.is_some() {
                let text = format!("@{domain}");
                let search = Search { text, scope: Some(ask.to), limit: EACH + self.tied.len() };
                let hits = workspace.store().search(&search, &[], &workspace.viewer(), workspace.now())?;
                let rows = hits.rows.into_iter().filter(|row| self.shares_domain(&row.record));
                found.extend(rows.map(|row| row.record.id));
            }
        }
        Ok(found.into_iter().map(|id| (id, Near::SameDomain)).collect())
    }

    /// What is associated with that which this one is associated with.
    fn beyond(&self, workspace: &Workspace, ask: &Picking) -> Read<Vec<(RecordId, Near)>> {
        let mut found = Vec::new();
        for via in self.tied.iter().take(VIA) {
            let mut links = workspace.store().links(*via, Some(ask.to))?;
            links.sort_by_key(|link| std::cmp::Reverse((link.since, link.order)));
            if links.is_empty() {
                continue;
            }
            let why = match workspace.name_of(*via)? {
                _ if Some(*via) == self.company => Near::SameCompany,
                Some(name) => Near::With(name),
                None => continue,
            };
            let new = links.iter().filter(|link| !self.holds(link.other));
            found.extend(new.take(EACH).map(|link| (link.other, why.clone())));
        }
        Ok(found)
    }
}

fn domain_of(email: &str) -> Option<&str> {
    email.rsplit_once('@').map(|(_, domain)| domain)
}

/// What the user associated last.
fn lately(workspace: &Workspace) -> Read<Vec<(RecordId, Near)>> {
    let mut found = Vec::new();
    let own = Author::User(workspace.user());
    let acts = workspace.store().acts(None, ACTS)?;
    let by_hand = |head: &&ActHead| {
        let from = matches!(head.act.origin, Origin::Interface | Origin::CommandLine);
        from && head.act.by == own && head.undone_by.is_none() && head.first == head.last
    };
    for head in acts.iter().filter(by_hand) {
        let Some(logged) = workspace.store().logged(head.first)? else { continue };
        for (op, _) in logged.ops {
            let ends = match op {
                LoggedOp::Linked(a, b) => [a, b],
                LoggedOp::Whole(Op::Link(tie)) => [tie.a, tie.b],
                _ => continue,
            };
            found.extend(ends.map(|id| (id, Near::Associated)));
        }
    }
    Ok(found)
}
