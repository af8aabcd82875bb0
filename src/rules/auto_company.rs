//! **Create and associate companies with contacts** (R5.7): a contact gets the company of its e-mail's domain, where
//! that is switched on and it has none.

use super::NoPlan;
use super::draft::Draft;
use crate::domain::change::{Op, Reason};
use crate::domain::graph::{Graph, Key, Read};
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::record::{Record, Values};
use crate::domain::value::Value;

/// A company that is there comes before a new one, also one that this plan made. What is in the bin has no domain.
pub(super) fn by_domain(op: &Op, draft: &Draft) -> Result<Vec<(Op, Reason)>, NoPlan> {
    let settings = draft.settings();
    let Some(id) = of_contact(op).filter(|_| settings.associations.auto_company) else { return Ok(Vec::new()) };
    let Some(contact) = draft.record(id)? else { return Ok(Vec::new()) };
    let Some(domain) = contact.emails().find_map(|email| settings.associations.company_domain(email)) else {
        return Ok(Vec::new());
    };
    if !draft.links(id, Some(Object::COMPANY))?.is_empty() {
        return Ok(Vec::new());
    }
    let why = |what: &str| Reason::rule(5, 7, format!("{what}, as its e-mail is at {domain}"));
    let found = draft.find(&Key::domain(domain))?.first().copied();
    let made = found.is_none().then(|| company(&contact, domain, draft));
    let Some(company) = found.or(made.as_ref().map(|made| made.id)) else { return Ok(Vec::new()) };
    let made = made.map(|made| (Op::Create(Box::new(made)), why("the company was made for the contact")));
    if !has_room(draft, id, company)? {
        return Ok(Vec::new());
    }
    let mut tie = draft.tie(id, company, why("the contact was associated with the company"));
    tie.ends.set_primary(id, company, true);
    let tie = (Op::Link(Box::new(tie.clone())), tie.why);
    Ok(made.into_iter().chain([tie]).collect())
}

/// The contact that was made, or whose addresses are others now.
fn of_contact(op: &Op) -> Option<RecordId> {
    let id = match op {
        Op::Create(record) => record.id,
        Op::Set { record, property: is::EMAIL | is::EMAILS, to: Some(_), .. } => *record,
        _ => return None,
    };
    (id.object == Object::CONTACT).then_some(id)
}

/// Called as the contact says, else after the domain.
fn company(contact: &Record, domain: &str, draft: &Draft) -> Record {
    let name = contact.text(is::COMPANY_NAME).map_or_else(|| name_of(domain), str::to_owned);
    let values = [(is::NAME, Value::Text(name)), (is::DOMAIN, Value::text(domain))];
    Record {
        id: draft.new_id(Object::COMPANY),
        version: 1,
        created: draft.stamp(),
        updated: draft.asking.now,
        values: values.into_iter().collect::<Values>(),
    }
}

/// Endings that stand below a country's: `co.uk`, `com.pl`.
const SECOND: &[&str] = &["co", "com", "net", "org", "edu", "gov", "ac", "or", "ne", "gmbh", "info", "biz"];

/// `nordhafen-energie.example` is called Nordhafen Energie; a subdomain keeps its whole name.
fn name_of(domain: &str) -> String {
    let labels: Vec<&str> = domain.split('.').collect();
    let name = match labels.as_slice() {
        [name, _] => name,
        [name, second, _] if SECOND.contains(second) => name,
        _ => return domain.to_owned(),
    };
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    name.split(['-', '_']).filter(|word| !word.is_empty()).map(capital).collect::<Vec<_>>().join(" ")
}

/// What a rule ties never takes the place of another (R5.3).
pub(super) fn has_room(draft: &Draft, one: RecordId, other: RecordId) -> Read<bool> {
    let settings = draft.settings();
    for (end, far) in [(one, other), (other, one)] {
        if let Some(most) = settings.associations.limit(end.object, far.object)
            && draft.links(end, Some(far.object))?.len() >= most
        {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("acme.pl", "Acme")]
    #[case("nordhafen-energie.example", "Nordhafen Energie")]
    #[case("acme.co.uk", "Acme")]
    #[case("łódź.pl", "Łódź")]
    #[case("shop.acme.pl", "shop.acme.pl")]
    fn a_company_is_called_after_its_domain(#[case] domain: &str, #[case] name: &str) {
        assert_eq!(name_of(domain), name);
    }
}
