//! What the objects are: names, glyph, properties, columns. A built-in object is a row of [`BUILT_IN`] and a table
//! of properties in `object/properties.rs`; custom objects are the same, made by a user (`object/custom.rs`).

pub mod custom;
pub mod properties;

use super::fold::fold;
use super::id::{Object, PropertyId};
use super::property::Property;
use serde::{Deserialize, Serialize};

pub use properties as is;

/// One kind of record: everything a list, a page, an import or a script needs to know about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectSpec {
    pub object: Object,
    /// In scripts: `contact`.
    pub name: String,
    /// On screens: `Contact`, `Contacts`.
    pub singular: String,
    pub plural: String,
    pub properties: Vec<Property>,
    /// What a list shows at first, most important first after the name.
    pub columns: Vec<PropertyId>,
    /// What a list is sorted by at first, descending.
    pub sorted_by: PropertyId,
}

impl ObjectSpec {
    pub fn property(&self, id: PropertyId) -> Option<&Property> {
        self.properties.iter().find(|p| p.id == id)
    }

    pub fn named(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|p| p.name == name)
    }

    /// By internal name, or the name or plural on screens, case aside.
    pub fn is_called(&self, name: &str) -> bool {
        let wanted = fold(name);
        [&self.name, &self.singular, &self.plural].iter().any(|own| fold(own) == wanted)
    }

    /// By internal name or, case aside, by label.
    pub fn property_called(&self, text: &str) -> Option<&Property> {
        self.named(text).or_else(|| self.properties.iter().find(|p| p.label.eq_ignore_ascii_case(text)))
    }

    /// `1 company`, `3 companies`.
    pub fn counted(&self, count: usize) -> String {
        format!("{count} {}", if count == 1 { &self.singular } else { &self.plural }.to_lowercase())
    }

    pub fn has(&self, id: PropertyId) -> bool {
        self.property(id).is_some()
    }

    /// Records of this object move through the stages of a pipeline.
    pub fn is_staged(&self) -> bool {
        self.has(is::STAGE)
    }
}

/// The row of a built-in object.
pub struct BuiltIn {
    pub object: Object,
    pub name: &'static str,
    pub singular: &'static str,
    pub plural: &'static str,
    pub properties: &'static [super::property::Row],
    pub columns: &'static [PropertyId],
    pub sorted_by: PropertyId,
}

/// The objects every workspace has, in the order of side panels and menus.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        object: Object::CONTACT,
        name: "contact",
        singular: "Contact",
        plural: "Contacts",
        properties: properties::CONTACT_ROWS,
        columns: &[is::NAME, is::COMPANY, is::LIFECYCLE_STAGE, is::EMAIL, is::OWNER, is::LAST_ACTIVITY],
        sorted_by: is::LAST_ACTIVITY,
    },
    BuiltIn {
        object: Object::COMPANY,
        name: "company",
        singular: "Company",
        plural: "Companies",
        properties: properties::COMPANY_ROWS,
        columns: &[
            is::NAME,
            is::DOMAIN,
            is::LIFECYCLE_STAGE,
            is::CITY,
            is::COUNTRY,
            is::INDUSTRY,
            is::OWNER,
            is::LAST_ACTIVITY,
        ],
        sorted_by: is::LAST_ACTIVITY,
    },
    BuiltIn {
        object: Object::DEAL,
        name: "deal",
        singular: "Deal",
        plural: "Deals",
        properties: properties::DEAL_ROWS,
        columns: &[is::NAME, is::COMPANY, is::STAGE, is::AMOUNT, is::CLOSE_DATE, is::OWNER, is::LAST_ACTIVITY],
        sorted_by: is::LAST_ACTIVITY,
    },
    BuiltIn {
        object: Object::TICKET,
        name: "ticket",
        singular: "Ticket",
        plural: "Tickets",
        properties: properties::TICKET_ROWS,
        columns: &[is::NAME, is::COMPANY, is::STAGE, is::PRIORITY, is::CATEGORY, is::OWNER, is::LAST_ACTIVITY],
        sorted_by: is::LAST_ACTIVITY,
    },
    BuiltIn {
        object: Object::LEAD,
        name: "lead",
        singular: "Lead",
        plural: "Leads",
        properties: properties::LEAD_ROWS,
        columns: &[is::NAME, is::COMPANY, is::STAGE, is::LEAD_LABEL, is::LEAD_TYPE, is::OWNER, is::LAST_ACTIVITY],
        sorted_by: is::LAST_ACTIVITY,
    },
];

/// A built-in property as it is before anybody edits its options.
pub fn built_in(object: Object, id: PropertyId) -> Option<Property> {
    let row = BUILT_IN.iter().find(|row| row.object == object)?;
    row.properties.iter().find(|row| row.id == id).map(Property::from)
}

/// Built-in properties whose options users edit (R2.11, R2.12); the stages of the lifecycle are fixed (R2.17).
pub fn has_open_options(id: PropertyId) -> bool {
    const OPEN: &[PropertyId] = &[
        is::LEAD_STATUS,
        is::DEAL_TYPE,
        is::PRIORITY,
        is::CATEGORY,
        is::LEAD_LABEL,
        is::LEAD_TYPE,
        is::DISQUALIFICATION_REASON,
    ];
    OPEN.contains(&id)
}

impl From<&BuiltIn> for ObjectSpec {
    fn from(row: &BuiltIn) -> Self {
        ObjectSpec {
            object: row.object,
            name: row.name.to_owned(),
            singular: row.singular.to_owned(),
            plural: row.plural.to_owned(),
            properties: row.properties.iter().map(Property::from).collect(),
            columns: row.columns.to_vec(),
            sorted_by: row.sorted_by,
        }
    }
}
