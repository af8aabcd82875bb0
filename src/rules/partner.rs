//! What partners have to do with records: they claim contacts and companies (R4.4), and deals are shared with them, in an
//! order that is kept (R4.6, R4.13). Who is told of what leads do is in `partner/telling.rs`.

mod telling;

use super::permission::{self, Verb};
use super::record::{self, existing};
use super::{Draft, Granted, Planned};
use crate::domain::change::{Op, Refusal};
use crate::domain::fold::fold;
use crate::domain::graph::Read;
use crate::domain::id::{Object, RecordId, Ref};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::registration::{Registration, value_of};
use crate::domain::value::{Value, line};
use chrono::{DateTime, Utc};

pub(super) use telling::tell;

/// Claims that a record keeps at most, those that ended among them.
const KEPT_MOST: usize = 100;

pub(super) fn register(
    draft: &mut Draft,
    id: RecordId,
    partner: &str,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> Planned<Granted> {
    let record = claimed(draft, id)?;
    let now = draft.asking.now;
    let (partner, from) = (called(partner)?, from.unwrap_or(now));
    if until.is_some_and(|until| until <= from) {
        return Err(Refusal::rule(4, 4, "A registration ends after it begins. Give a later day for its end").into());
    }
    let mut all = record.registrations();
    let what = format!("Registered {} for {partner}", record.name());
    let comes = Registration { partner, from, until };
    // One that stands is as it was said last; what ended stays what it was.
    match all.iter_mut().find(|own| own.is_of(&comes.partner) && own.stands_at(now)) {
        Some(standing) => *standing = comes,
        None => all.push(comes),
    }
    let over = all.len().saturating_sub(KEPT_MOST);
    all.drain(..over);
    put(draft, &record, &all)?;
    Ok(Granted::new(what, vec![Ref::Record(id)]))
}

/// What holds ends now, so that an event from before still counts (R4.3); what was only to begin goes.
pub(super) fn deregister(draft: &mut Draft, id: RecordId, partner: Option<&str>) -> Planned<Granted> {
    let record = claimed(draft, id)?;
    let now = draft.asking.now;
    let ends = |own: &Registration| own.stands_at(now) && partner.is_none_or(|partner| own.is_of(partner));
    let mut all = record.registrations();
    let Some(first) = all.iter().find(|own| ends(own)).map(|own| own.partner.clone()) else {
        let of = partner.map(|partner| format!(" for {partner}")).unwrap_or_default();
        return Err(Refusal::Missing(format!("{} is not registered{of}", record.name())).into());
    };
    all.retain(|own| !(ends(own) && own.from >= now));
    for own in all.iter_mut().filter(|own| own.stands_at(now) && partner.is_none_or(|partner| own.is_of(partner))) {
        own.until = Some(now);
    }
    put(draft, &record, &all)?;
    let name = record.name();
    let what = format!("Ended the registration of {name} for {}", partner.unwrap_or(&first));
    Ok(Granted::new(what, vec![Ref::Record(id)]))
}

pub(super) fn share(draft: &mut Draft, id: RecordId, partner: &str, share: bool) -> Planned<Granted> {
    let deal = existing(draft, id)?;
    permission::check(draft, Verb::Edit, &deal)?;
    if id.object != Object::DEAL {
        return Err(Refusal::rule(4, 13, format!("{} is no deal: only deals are shared", deal.name())).into());
    }
    let partner = called(partner)?;
    let mut partners = deal.values.get(is::PARTNERS).map(Value::as_texts).unwrap_or_default().to_vec();
    let place = partners.iter().position(|own| fold(own) == fold(&partner));
    let what = match (share, place) {
        (true, Some(_)) => format!("{} is shared with {partner} already", deal.name()),
        (true, None) => {
            partners.push(partner.clone());
            format!("Shared {} with {partner}", deal.name())
        }
        (false, Some(at)) => format!("Shared {} no longer with {}", deal.name(), partners.remove(at)),
        (false, None) => {
            return Err(Refusal::Missing(format!("{} is not shared with {partner}", deal.name())).into());
        }
    };
    let value = (!partners.is_empty()).then_some(Value::Texts(partners));
    record::change(draft, &deal, vec![(is::PARTNERS, value)])?;
    draft.settle()?;
    Ok(Granted::new(what, vec![Ref::Record(id)]))
}

/// A record that is merged brings its claims along.
pub(super) fn hand_over(draft: &mut Draft, stays: &Record, goes: &Record) -> Read<()> {
    let mut all = stays.registrations();
    all.extend(goes.registrations().into_iter().filter(|one| !stays.registrations().contains(one)));
    all.sort_by_key(|one| one.from);
    put(draft, stays, &all)
}

/// A record that can be claimed, for somebody who may edit it.
fn claimed(draft: &Draft, id: RecordId) -> Planned<Record> {
    let record = existing(draft, id)?;
    permission::check(draft, Verb::Edit, &record)?;
    if matches!(id.object, Object::CONTACT | Object::COMPANY) {
        return Ok(record);
    }
    Err(Refusal::rule(4, 4, format!("{} is neither a contact nor a company: it can't be registered", record.name()))
        .into())
}

/// A name that a list of them can hold.
fn called(partner: &str) -> Result<String, Refusal> {
    let name = line(partner.trim()).map_err(|why| Refusal::rule(4, 4, why))?;
    match name.as_str() {
        "" => Err(Refusal::rule(
            4,
            2,
            "Which partner? Name one, or say which account is this workspace's own: `lejek settings general.partner_account NAME`",
        )),
        name if name.contains(';') => Err(Refusal::rule(4, 4, "A partner's name has no semicolon in it")),
        _ => Ok(name),
    }
}

fn put(draft: &mut Draft, record: &Record, all: &[Registration]) -> Read<()> {
    let (from, to) = (record.values.get(is::REGISTRATIONS).cloned(), value_of(all));
    if from != to {
        draft.grant(Op::Set { record: record.id, property: is::REGISTRATIONS, from, to })?;
    }
    Ok(())
}
