//! The records that an activity goes to by itself, each with its reason (R3.4 to R3.11).

use super::reached;
use crate::domain::activity::{ActivityKind, Details};
use crate::domain::change::Reason;
use crate::domain::graph::{Graph, Key, Read};
use crate::domain::id::{Object, RecordId};
use crate::domain::logging::{Aim, Aimed, Aims, Logging, Sort};
use crate::domain::object::is;
use crate::domain::value::Value;
use crate::domain::{email, phone};
use crate::rules::Draft;
use std::collections::BTreeSet;

pub(super) fn automatic(draft: &Draft, asked: &Logging) -> Read<Aims> {
    let first = earliest(draft, asked)?;
    let sort = if first.is_some() { Sort::Reply } else { Sort::Of(asked.kind) };
    let settings = draft.settings();
    let named = settings.activities.table.aims(asked.on.object, sort, asked.from);
    let mut aims = Aims::default();
    for aim in named {
        let found = match aim {
            Aim::PrimaryContact => because(primary(draft, asked.on, Object::CONTACT)?, 4, "primary contact"),
            Aim::PrimaryCompany => because(company(draft, asked.on)?, 4, "primary company"),
            Aim::Deals(most) => deals(draft, asked.on, usize::from(*most))?,
            Aim::Reached => contacts_reached(draft, asked, &mut aims.unknown)?,
            Aim::Thread => because(first.iter().flatten().copied(), 7, "same as the thread's first e-mail"),
            Aim::Conversation => because(asked.conversation.iter().copied(), 9, "of the conversation"),
        };
        aims.records.extend(found);
    }
    if !named.contains(&Aim::Reached) && matches!(asked.kind, ActivityKind::Email | ActivityKind::Call) {
        aims.records.extend(contacts_reached(draft, asked, &mut aims.unknown)?);
    }
    Ok(aims)
}

/// Records with one rule of chapter 3 as their reason.
fn because(records: impl IntoIterator<Item = RecordId>, rule: u8, why: &str) -> Vec<Aimed> {
    records.into_iter().map(|record| Aimed { record, why: Reason::rule(3, rule, why) }).collect()
}

/// Records of the earliest e-mail of its thread, if it is a reply (R3.7).
fn earliest(draft: &Draft, asked: &Logging) -> Read<Option<Vec<RecordId>>> {
    let Details::Email { thread: Some(thread), .. } = &asked.details else { return Ok(None) };
    let mut mails = Vec::new();
    for id in draft.thread(thread)? {
        mails.extend(draft.activity(id)?);
    }
    let first = mails.into_iter().min_by_key(|mail| (mail.at, mail.id));
    Ok(first.map(|mail| mail.targets.into_iter().map(|target| target.record).collect()))
}

fn primary(draft: &Draft, of: RecordId, object: Object) -> Read<Option<RecordId>> {
    Ok(draft.links(of, Some(object))?.into_iter().find(|link| link.primary).map(|link| link.other))
}

/// The primary company; of a lead without one that of its primary contact.
fn company(draft: &Draft, of: RecordId) -> Read<Option<RecordId>> {
    if let Some(own) = primary(draft, of, Object::COMPANY)? {
        return Ok(Some(own));
    }
    if of.object != Object::LEAD {
        return Ok(None);
    }
    match primary(draft, of, Object::CONTACT)? {
        Some(contact) => primary(draft, contact, Object::COMPANY),
        None => Ok(None),
    }
}

/// Open deals, those associated last first (R3.5); of a lead those of its primary contact, else of its company.
fn deals(draft: &Draft, on: RecordId, most: usize) -> Read<Vec<Aimed>> {
    let of = match on.object {
        Object::LEAD => match primary(draft, on, Object::CONTACT)? {
            Some(contact) => Some(contact),
            None => company(draft, on)?,
        },
        _ => Some(on),
    };
    let Some(of) = of else { return Ok(Vec::new()) };
    let mut links = draft.links(of, Some(Object::DEAL))?;
    links.sort_by_key(|link| std::cmp::Reverse((link.since, link.order, link.other)));
    let mut open = Vec::new();
    for link in links {
        if open.len() == most {
            break;
        }
        if is_open(draft, link.other)? {
            open.push(link.other);
        }
    }
    let count = open.len();
    let why = |place: usize| Reason::rule(3, 4, format!("open deal {} of {count}", place + 1));
    Ok(open.into_iter().enumerate().map(|(place, record)| Aimed { record, why: why(place) }).collect())
}

fn is_open(draft: &Draft, deal: RecordId) -> Read<bool> {
    let settings = draft.settings();
    let stage = draft.record(deal)?.map(|record| record.values.get(is::STAGE).and_then(Value::as_option));
    Ok(stage
        .is_some_and(|stage| stage.and_then(|id| settings.stage(id)).is_none_or(|(_, stage)| stage.group.is_open())))
}

/// The contacts e-mailed or called, by address or number (R3.6); addresses that nobody has become `unknown`.
fn contacts_reached(draft: &Draft, asked: &Logging, unknown: &mut Vec<String>) -> Read<Vec<Aimed>> {
    let why = match asked.kind {
        ActivityKind::Call => "called",
        ActivityKind::Email => "e-mailed",
        _ => "written to",
    };
    let country = draft.settings().general.phone_country.clone();
    let (mut seen, mut contacts) = (BTreeSet::new(), Vec::new());
    for address in reached(asked) {
        if !seen.insert(address.to_lowercase()) || is_a_user(draft, address) {
            continue;
        }
        let key = match email::parse(address) {
            Ok(address) => Some(Key::email(&address)),
            Err(_) => phone::key(address, &country).map(Key::Phone),
        };
        let mut found = key.map(|key| draft.find(&key)).transpose()?.unwrap_or_default();
        found.retain(|id| id.object == Object::CONTACT);
        if found.is_empty() {
            unknown.push(address.clone());
        }
        contacts.extend(found);
    }
    Ok(because(contacts, 6, why))
}

fn is_a_user(draft: &Draft, address: &str) -> bool {
    draft.settings().user_by_email(address).is_some()
}
