//! A rule by which records belong together (R5.7): a value of the one equals a value of the other, case and accents
//! aside. Written `contact.email_domain=company.domain`, `contact.city=ticket.city`.

use super::fold::fold;
use super::id::{Object, PropertyId};
use super::object::{ObjectSpec, is};
use super::property::Property;
use super::record::Record;
use super::settings::Settings;
use super::value::{Value, plain};
use serde::{Deserialize, Serialize};

/// What follows an object in a rule and is no property: the domains of its e-mail addresses.
pub const EMAIL_DOMAIN: &str = "email_domain";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairRule {
    pub one: Side,
    pub other: Side,
}

/// What is compared of the records of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    pub object: Object,
    pub by: By,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    Property(PropertyId),
    /// Free-mail domains and those that the settings exclude are left out.
    EmailDomain,
}

impl PairRule {
    /// E-mail domain and domain of the company.
    pub const BY_DOMAIN: PairRule = PairRule {
        one: Side { object: Object::CONTACT, by: By::EmailDomain },
        other: Side { object: Object::COMPANY, by: By::Property(is::DOMAIN) },
    };

    /// Reads a rule; the error is a sentence for the user.
    pub fn parse(text: &str, settings: &Settings) -> Result<PairRule, String> {
        let (one, other) = text
            .split_once('=')
            .ok_or_else(|| format!("“{text}” has no =. Write it like contact.email_domain=company.domain"))?;
        let rule = PairRule { one: Side::parse(one, settings)?, other: Side::parse(other, settings)? };
        rule.check(settings)?;
        Ok(rule)
    }

    /// Whether records of the two objects can be associated, and by these.
    pub fn check(&self, settings: &Settings) -> Result<(), String> {
        if (self.one.object, self.other.object) == (Object::LEAD, Object::LEAD) {
            return Err("Leads are not associated with leads".to_owned());
        }
        for side in [self.one, self.other] {
            if !side.is_comparable(settings) {
                return Err(format!("{} can't be compared", side.name(settings)));
            }
        }
        Ok(())
    }

    /// As it is written.
    pub fn name(&self, settings: &Settings) -> String {
        format!("{}={}", self.one.name(settings), self.other.name(settings))
    }
}

impl Side {
    fn parse(text: &str, settings: &Settings) -> Result<Side, String> {
        let text = text.trim();
        let (object, property) = text.split_once('.').ok_or_else(|| {
            format!("“{text}” names no property. Write object and property with a dot between them, like contact.city")
        })?;
        let spec = settings.object_called(object.trim()).ok_or_else(|| {
            let names: Vec<&str> = settings.objects.iter().map(|spec| spec.name.as_str()).collect();
            format!("There is no object “{object}”. There are: {}", names.join(", "))
        })?;
        let by = match property.trim() {
            EMAIL_DOMAIN if spec.has(is::EMAIL) && spec.named(EMAIL_DOMAIN).is_none() => By::EmailDomain,
            name => By::Property(spec.property_called(name).ok_or_else(|| unknown(spec, name))?.id),
        };
        Ok(Side { object: spec.object, by })
    }

    /// All that the records of an object can be compared by.
    pub fn all_of(spec: &ObjectSpec) -> Vec<Side> {
        let by_domain = spec.has(is::EMAIL).then_some(By::EmailDomain);
        let own = spec.properties.iter().filter(|property| is_comparable(property)).map(|p| By::Property(p.id));
        by_domain.into_iter().chain(own).map(|by| Side { object: spec.object, by }).collect()
    }

    fn property(self, settings: &Settings) -> Option<&Property> {
        match self.by {
            By::Property(id) => settings.object(self.object)?.property(id),
            By::EmailDomain => None,
        }
    }

    fn is_comparable(self, settings: &Settings) -> bool {
        self.by == By::EmailDomain || self.property(settings).is_some_and(is_comparable)
    }

    /// `contact.email_domain`.
    pub fn name(self, settings: &Settings) -> String {
        let object = settings.object(self.object).map_or("?", |spec| spec.name.as_str());
        format!("{object}.{}", self.property(settings).map_or(EMAIL_DOMAIN, |property| property.name.as_str()))
    }

    /// `E-mail domain`.
    pub fn label(self, settings: &Settings) -> &str {
        self.property(settings).map_or("E-mail domain", |property| property.label.as_str())
    }

    /// What a record has to be compared by, folded; each once.
    pub fn values_of(self, record: &Record, settings: &Settings) -> Vec<String> {
        let mut values: Vec<String> = match self.by {
            By::EmailDomain => {
                record.emails().filter_map(|email| settings.associations.company_domain(email)).map(fold).collect()
            }
            By::Property(is::EMAIL | is::EMAILS) => record.emails().map(fold).collect(),
            By::Property(is::DOMAIN | is::DOMAINS) => record.domains().map(fold).collect(),
            By::Property(id) => match (record.get(id).as_deref(), self.property(settings)) {
                (Some(Value::Texts(texts)), _) => texts.iter().map(|text| fold(text)).collect(),
                (Some(value), Some(property)) => vec![fold(&plain(property, value, settings))],
                _ => Vec::new(),
            },
        };
        values.retain(|value| !value.is_empty());
        values.sort_unstable();
        values.dedup();
        values
    }
}

/// What stands in the record itself.
fn is_comparable(property: &Property) -> bool {
    !property.hidden && (!property.derived || property.id == is::NAME)
}

fn unknown(spec: &ObjectSpec, name: &str) -> String {
    let names: Vec<String> = Side::all_of(spec)
        .into_iter()
        .map(|side| match side.by {
            By::EmailDomain => EMAIL_DOMAIN.to_owned(),
            By::Property(id) => spec.property(id).map_or_else(String::new, |property| property.name.clone()),
        })
        .collect();
    format!("{} have no property “{name}”. There are: {}", spec.plural, names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::collections::BTreeMap;

    fn settings() -> Settings {
        Settings::from_rows(BTreeMap::new())
    }

    #[rstest]
    #[case("contact.email_domain=company.domain", "contact.email_domain=company.domain")]
    #[case(" Contacts.City = ticket.name ", "contact.city=ticket.name")]
    #[case("company.name=company.name", "company.name=company.name")]
    fn r5_7_a_rule_is_read_and_written(#[case] text: &str, #[case] written: &str) {
        let settings = settings();
        assert_eq!(PairRule::parse(text, &settings).unwrap().name(&settings), written);
    }

    #[rstest]
    #[case("contact.city", "has no =")]
    #[case("contact=company.domain", "names no property")]
    #[case("boat.city=company.city", "There is no object “boat”")]
    #[case("contact.shoes=company.city", "Contacts have no property “shoes”. There are: email_domain, ")]
    #[case("deal.email_domain=company.domain", "Deals have no property “email_domain”")]
    #[case("contact.last_activity=company.city", "contact.last_activity can't be compared")]
    #[case("lead.name=lead.name", "Leads are not associated with leads")]
    fn r5_7_a_rule_that_is_none_says_why(#[case] text: &str, #[case] why: &str) {
        let said = PairRule::parse(text, &settings()).unwrap_err();
        assert!(said.contains(why), "{said}");
    }
}
