//! Who is told of what leads and customers do: one user of every high-value event of those who are registered or are
//! customers (R4.3), and whoever works on a co-sold deal of a sign-up there (R4.5, R4.6).

use crate::domain::activity::Activity;
use crate::domain::change::Rule;
use crate::domain::event::{EventKind, SIGN_UP};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, RecordId, Ref, UserId};
use crate::domain::lifecycle::CUSTOMER;
use crate::domain::notification::{ChannelKind, Topic};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::registration::Registration;
use crate::domain::value::Value;
use crate::rules::Draft;
use crate::rules::draft::Telling;

/// Tells of an event of a contact that just came in, where this workspace has partners (R4.2).
pub(in crate::rules) fn tell(draft: &mut Draft, event: &Activity, contact: &Record, kind: &EventKind) -> Read<()> {
    if !draft.settings().is_partner() || contact.id.object != Object::CONTACT {
        return Ok(());
    }
    if kind.is_high {
        tell_of_lead(draft, event, contact)?;
    }
    if kind.name == SIGN_UP {
        tell_of_prospect(draft, event, contact)?;
    }
    Ok(())
}

fn tell_of_lead(draft: &mut Draft, event: &Activity, contact: &Record) -> Read<()> {
    let partners = draft.settings().partners.clone();
    let Some(recipient) = partners.recipient.filter(|_| partners.lead_notifications) else { return Ok(()) };
    let Some(standing) = standing(draft, event, contact)? else { return Ok(()) };
    let telling = Telling {
        body: facts(draft, contact, &[&standing])?,
        todo: "Get in touch while it is fresh.".to_owned(),
        rule: Some(Rule(4, 3)),
        why: format!("{standing}, and you receive lead activity notifications."),
        ways: vec![ChannelKind::Email],
        ..of(event, contact)
    };
    draft.notify(recipient, Topic::PartnerLead, telling)
}

/// What makes a contact one that somebody is told of: `Jan Kowalski is registered for Acme`.
fn standing(draft: &Draft, event: &Activity, contact: &Record) -> Read<Option<String>> {
    if let Some(own) = claim(draft, contact, event) {
        return Ok(Some(format!("{} is registered for {}", contact.name(), own.partner)));
    }
    let company = company(draft, contact.id)?;
    if let Some(company) = &company
        && let Some(its) = claim(draft, company, event)
    {
        return Ok(Some(format!(
            "{}, the company of {}, is registered for {}",
            company.name(),
            contact.name(),
            its.partner
        )));
    }
    let stage = contact.values.get(is::LIFECYCLE_STAGE).and_then(Value::as_option);
    Ok((stage == Some(CUSTOMER)).then(|| format!("{} is a customer", contact.name())))
}

/// A claim that held when it happened: by this workspace's own account, where that has a name.
fn claim(draft: &Draft, record: &Record, event: &Activity) -> Option<Registration> {
    let settings = draft.settings();
    let is_own = |partner: &str| settings.general.partner_account.is_empty() || settings.is_own_account(partner);
    record.registrations().into_iter().find(|one| one.holds_at(event.at) && is_own(&one.partner))
}

fn company(draft: &Draft, contact: RecordId) -> Read<Option<Record>> {
    let links = draft.links(contact, Some(Object::COMPANY))?;
    links.into_iter().find(|link| link.primary).map_or(Ok(None), |link| draft.record(link.other))
}

fn tell_of_prospect(draft: &mut Draft, event: &Activity, contact: &Record) -> Read<()> {
    for company in draft.links(contact.id, Some(Object::COMPANY))? {
        let Some(company) = draft.record(company.other)?.filter(|company| is_grown(draft, company)) else { continue };
        for deal in draft.links(company.id, Some(Object::DEAL))? {
            let Some(deal) = draft.record(deal.other)?.filter(|deal| is_shared_with_us(draft, deal)) else { continue };
            for (user, as_whom) in staff(&deal) {
                let (name, company) = (deal.name(), company.name());
                let telling = Telling {
                    also: vec![event.id.into(), deal.id.into()],
                    body: facts(draft, contact, &[&format!("deal {name} with {company}")])?,
                    todo: format!("Agree with your partner on the next step of {name}."),
                    rule: Some(Rule(4, 5)),
                    why: format!("You {as_whom} {name}, a deal with {company} that is co-sold with your partner."),
                    ..of(event, contact)
                };
                draft.notify(user, Topic::PartnerCoSelling, telling)?;
            }
        }
    }
    Ok(())
}

fn is_grown(draft: &Draft, company: &Record) -> bool {
    let settings = draft.settings();
    let owner = company.values.get(is::OWNER).and_then(Value::as_user).and_then(|owner| settings.user(owner));
    owner.is_some_and(|owner| owner.growth_specialist)
}

/// Co-sold, and this workspace's own account is the first of the partners that are left (R4.6).
fn is_shared_with_us(draft: &Draft, deal: &Record) -> bool {
    let first = deal.values.get(is::PARTNERS).and_then(|partners| partners.as_texts().first());
    deal.values.get(is::CO_SOLD) == Some(&Value::YesNo(true))
        && first.is_some_and(|partner| draft.settings().is_own_account(partner))
}

/// The deal's owner and its team, with what they have to do with it.
fn staff(deal: &Record) -> Vec<(UserId, &'static str)> {
    let owner = deal.values.get(is::OWNER).and_then(Value::as_user);
    let team = match deal.values.get(is::DEAL_TEAM) {
        Some(Value::Users(users)) => users.as_slice(),
        _ => &[],
    };
    let of_team = team.iter().filter(|user| Some(**user) != owner).map(|user| (*user, "are in the team of"));
    owner.map(|owner| (owner, "own")).into_iter().chain(of_team).collect()
}

/// What every notification of an event says.
fn of(event: &Activity, contact: &Record) -> Telling {
    Telling {
        cause: Some(format!("event {}", event.id.0)),
        about: Some(contact.id.into()),
        also: vec![Ref::Activity(event.id)],
        title: format!("{}: {}", contact.name(), event.subject),
        ..Telling::default()
    }
}

/// The key facts in one line: whose, how to reach them, and what else there is to know.
fn facts(draft: &Draft, contact: &Record, more: &[&str]) -> Read<String> {
    let company = company(draft, contact.id)?.map(|company| company.name());
    let reach = [is::EMAIL, is::PHONE].into_iter().filter_map(|id| contact.text(id)).map(str::to_owned);
    let more = more.iter().map(|fact| (*fact).to_owned());
    Ok(company.into_iter().chain(reach).chain(more).collect::<Vec<_>>().join(" · "))
}
