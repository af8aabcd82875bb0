//! What the form of a new record asks for, object by object (R2.14): properties in their order, some of them required.
//! What it asks for from the start is the object's row in [`FIRST`]; of an object of a user, what they made.

use super::{DEFAULT, Settings};
use crate::domain::fold::fold;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::Property;
use crate::domain::value::several;
use serde::{Deserialize, Serialize};

pub const LEAD_FORM: &str = "leads.create_form";
pub const DEAL_FORM: &str = "deals.create_form";
pub const TICKET_FORM: &str = "tickets.create_form";
pub const CONTACT_FORM: &str = "contacts.create_form";
pub const COMPANY_FORM: &str = "companies.create_form";
/// What the key of a form ends with; of an object of a user its name stands before that, in its row its number.
pub const FORM: &str = ".create_form";

/// Stands after a field that the form insists on.
const REQUIRED: char = '*';

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    pub property: PropertyId,
    pub required: bool,
}

const FIRST: &[(Object, &str, &[PropertyId])] = &[
    (
        Object::CONTACT,
        CONTACT_FORM,
        &[
            is::FIRST_NAME,
            is::LAST_NAME,
            is::EMAIL,
            is::PHONE,
            is::JOB_TITLE,
            is::COMPANY_NAME,
            is::LIFECYCLE_STAGE,
            is::OWNER,
        ],
    ),
    (
        Object::COMPANY,
        COMPANY_FORM,
        &[is::NAME, is::DOMAIN, is::PHONE, is::INDUSTRY, is::CITY, is::COUNTRY, is::LIFECYCLE_STAGE, is::OWNER],
    ),
    (
        Object::DEAL,
        DEAL_FORM,
        &[is::NAME, is::PIPELINE, is::STAGE, is::AMOUNT, is::CLOSE_DATE, is::DEAL_TYPE, is::OWNER],
    ),
    (
        Object::TICKET,
        TICKET_FORM,
        &[is::NAME, is::PIPELINE, is::STAGE, is::PRIORITY, is::CATEGORY, is::OWNER, is::DESCRIPTION],
    ),
    (
        Object::LEAD,
        LEAD_FORM,
        &[is::NAME, is::PIPELINE, is::STAGE, is::LEAD_LABEL, is::LEAD_TYPE, is::LEAD_SOURCE, is::OWNER],
    ),
];

/// One of these a contact is known by.
const KNOWN_BY: [PropertyId; 6] = [is::FIRST_NAME, is::LAST_NAME, is::EMAIL, is::PHONE, is::MOBILE, is::COMPANY_NAME];

/// The key of the row that keeps the form of an object.
pub fn form_row(object: Object) -> String {
    let known = FIRST.iter().find(|(of, ..)| *of == object);
    known.map_or_else(|| format!("{}{FORM}", object.0), |(_, key, _)| (*key).to_owned())
}

impl Settings {
    /// The key of the form of an object, as scripts write it.
    pub fn form_key(&self, object: Object) -> String {
        let of_user = self.object(object).filter(|spec| spec.is_custom());
        of_user.map_or_else(|| form_row(object), |spec| format!("{}{FORM}", spec.name))
    }

    /// The object whose form has this key.
    pub fn object_of_form(&self, key: &str) -> Option<Object> {
        self.objects.iter().map(|spec| spec.object).find(|object| self.form_key(*object) == key)
    }

    /// What the form of a new record asks for, of what is still there.
    pub fn form(&self, object: Object) -> Vec<FormField> {
        let Some(spec) = self.object(object) else { return Vec::new() };
        let kept: Option<Vec<FormField>> = self.row(&form_row(object)).and_then(|row| serde_json::from_str(row).ok());
        let mut form = kept.unwrap_or_else(|| by_default(spec));
        form.retain(|field| spec.has(field.property));
        form
    }

    /// `name*;owner`: required ones have a star.
    pub(super) fn form_written(&self, object: Object) -> String {
        let one = |field: FormField| {
            let property = self.object(object)?.property(field.property)?;
            Some(format!("{}{}", property.name, if field.required { "*" } else { "" }))
        };
        self.form(object).into_iter().filter_map(one).collect::<Vec<_>>().join(";")
    }

    /// The row of a form; `None`: it is as from the start.
    pub fn read_form(&self, object: Object, text: &str) -> Result<Option<String>, String> {
        let spec = self.object(object).ok_or("There are no such records")?;
        if fold(text.trim()) == DEFAULT {
            return Ok(None);
        }
        let mut form: Vec<FormField> = Vec::new();
        for part in several(text) {
            let required = part.ends_with(REQUIRED);
            let property = named(spec, part.trim_end_matches(REQUIRED).trim())?;
            if property.derived {
                return Err(format!("{} is made by the program, and no form asks for it", property.label));
            }
            if !form.iter().any(|field| field.property == property.id) {
                // What a record can't do without is not the form's to leave open.
                let required = required || needs_name(spec) && property.id == is::NAME;
                form.push(FormField { property: property.id, required });
            }
        }
        check(spec, &form)?;
        let row = || serde_json::to_string(&form).unwrap_or_default();
        Ok((form != by_default(spec)).then(row))
    }
}

/// Whether its records can't do without a name; a company can be known by its domain, a contact's is in two parts.
pub fn needs_name(spec: &ObjectSpec) -> bool {
    spec.object != Object::COMPANY && spec.property(is::NAME).is_some_and(|name| name.required && !name.derived)
}

/// Whether the form asks for what its records are called by.
fn check(spec: &ObjectSpec, form: &[FormField]) -> Result<(), String> {
    let has = |id: &PropertyId| form.iter().any(|field| field.property == *id);
    match spec.object {
        Object::CONTACT if !KNOWN_BY.iter().any(has) => {
            Err("A contact needs a name, an e-mail or a phone number: the form asks for one of them".to_owned())
        }
        Object::COMPANY if ![is::NAME, is::DOMAIN].iter().any(has) => {
            Err("A company needs a name or a domain: the form asks for one of them".to_owned())
        }
        _ if needs_name(spec) && !has(&is::NAME) => {
            Err(format!("{} need a name: the form asks for it. Written so: name*;owner", spec.plural))
        }
        _ => Ok(()),
    }
}

fn by_default(spec: &ObjectSpec) -> Vec<FormField> {
    let field = |id: PropertyId| FormField { property: id, required: id == is::NAME && needs_name(spec) };
    if let Some((_, _, first)) = FIRST.iter().find(|(of, ..)| *of == spec.object) {
        return first.iter().copied().map(field).collect();
    }
    let is_said = |p: &&Property| !p.hidden && !p.derived && (p.required || p.is_custom() || p.id == is::OWNER);
    let mut said: Vec<PropertyId> = spec.properties.iter().filter(is_said).map(|property| property.id).collect();
    said.sort_by_key(|id| *id == is::OWNER);
    said.into_iter().map(field).collect()
}

fn named<'s>(spec: &'s ObjectSpec, name: &str) -> Result<&'s Property, String> {
    spec.property_called(name).filter(|property| !property.hidden).ok_or_else(|| {
        let shown = spec.properties.iter().filter(|property| !property.hidden);
        let names: Vec<&str> = shown.map(|property| property.name.as_str()).collect();
        format!("{} have no property “{name}”. They have: {}", spec.plural, names.join(", "))
    })
}

#[cfg(test)]
mod tests;
