//! What a column of a file means, by its name: as lejek, HubSpot, Google, Outlook and Salesforce write it. To know
//! another name, add it to a row of [`COMMON`] or of an object's table; names stand there folded, letters and digits
//! only.

mod activity;
#[cfg(test)]
mod tests;

use crate::domain::fold::fold;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::settings::Settings;

pub use activity::{Field, Unit, is_ties, kind_of};

/// What is done with the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Property(PropertyId),
    /// One of several e-mail or phone columns: the first that is filled is the main one.
    Email,
    Phone,
    /// lejek's id, or one that another program gave.
    Id,
    /// An id that another program gave, even where it looks like one of lejek's.
    ForeignId,
    /// Names records to tie to.
    Tie(Object, By),
    /// Of activities, which have no properties.
    Activity(Field),
    /// The name of a company, kept as text as well; ties where the record has no company yet.
    CompanyName,
    /// lejek works it out itself, or wrote it beside the rows of a report.
    Derived,
    /// Somebody said that it is not wanted.
    LeftOut,
}

/// What a column that ties names the others by, first of all: ids and addresses are understood in each, names in all
/// but those of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Name,
    /// Ids, lejek's or another program's, `ID=LABEL` with a label; `true`: the first one is primary.
    Ids(bool),
    /// E-mail of a contact, domain of a company.
    Address,
}

/// Whose ids those of mails are, their Message-IDs.
pub const MAIL: &str = "mail";

/// What is wrong with a row of a report stands in this column.
pub const REPORT_COLUMN: &str = "error";

type Names = &'static [(&'static str, Role)];

const fn p(id: PropertyId) -> Role {
    Role::Property(id)
}

const COMMON: Names = &[
    ("id recordid hsobjectid objectid", Role::Id),
    ("uid referenceid", Role::ForeignId),
    (
        "owner owneremail contactowner companyowner accountowner dealowner opportunityowner ticketowner leadowner hubspotowner",
        p(is::OWNER),
    ),
    ("notes note", p(is::NOTES)),
    ("externalids", p(is::EXTERNAL_IDS)),
    ("associatedcompany associatedcompanies primaryassociatedcompany", Role::Tie(Object::COMPANY, By::Name)),
    (
        "associatedcompanyids associatedcompanyid companyids accountid companyid",
        Role::Tie(Object::COMPANY, By::Ids(false)),
    ),
    ("associatedcompanyidsprimary", Role::Tie(Object::COMPANY, By::Ids(true))),
    ("associatedcontactids associatedcontactid contactids contactid", Role::Tie(Object::CONTACT, By::Ids(false))),
    ("associatedcontact associatedcontacts", Role::Tie(Object::CONTACT, By::Address)),
    ("associateddealids associateddealid", Role::Tie(Object::DEAL, By::Ids(false))),
    ("associateddeal associateddeals", Role::Tie(Object::DEAL, By::Name)),
    ("associatedticketids associatedticketid", Role::Tie(Object::TICKET, By::Ids(false))),
    ("associatedticket associatedtickets", Role::Tie(Object::TICKET, By::Name)),
    ("associatedleadids associatedleadid", Role::Tie(Object::LEAD, By::Ids(false))),
    ("associatedlead associatedleads", Role::Tie(Object::LEAD, By::Name)),
    (
        "createdat createdate createddate created updatedat updated lastmodifieddate lastactivity lastactivitydate \
         nextactivity nextactivitydate",
        Role::Derived,
    ),
    (REPORT_COLUMN, Role::Derived),
];

const PLACE: Names = &[
    ("street streetaddress address address1street businessstreet mailingstreet billingstreet", p(is::STREET)),
    (
        "postalcode zip zipcode postcode address1postalcode businesspostalcode mailingpostalcode billingpostalcode",
        p(is::POSTAL_CODE),
    ),
    ("city town address1city businesscity mailingcity billingcity", p(is::CITY)),
    ("state stateregion region province address1region businessstate mailingstate billingstate", p(is::STATE)),
    (
        "country countryregion address1country businesscountry businesscountryregion mailingcountry billingcountry",
        p(is::COUNTRY),
    ),
    ("website websiteurl url webpage website1value", p(is::WEBSITE)),
    ("lifecyclestage lifecycle", p(is::LIFECYCLE_STAGE)),
];

const CONTACT: Names = &[
    ("name fullname displayname contactname", p(is::NAME)),
    ("firstname givenname forename", p(is::FIRST_NAME)),
    ("lastname surname familyname", p(is::LAST_NAME)),
    (
        "email emailaddress mail email1value email2value email3value email4value email2address email3address \
         emailwork emailhome emailother workemail homeemail personalemail",
        Role::Email,
    ),
    ("emails additionalemailaddresses additionalemails", p(is::EMAILS)),
    (
        "phone phonenumber telephone businessphone workphone officephone primaryphone homephone otherphone \
         businessphone2 phone1value phone2value phone3value phonework phonehome phoneother",
        Role::Phone,
    ),
    ("mobile mobilephone mobilephonenumber cell cellphone", p(is::MOBILE)),
    ("jobtitle title position organizationtitle organization1title", p(is::JOB_TITLE)),
    ("company companyname organization organizationname organization1name account accountname", Role::CompanyName),
    ("leadstatus hsleadstatus", p(is::LEAD_STATUS)),
    ("leadsource source originalsource originaltrafficsource", p(is::LEAD_SOURCE)),
];

const COMPANY: Names = &[
    ("name companyname company accountname organization", p(is::NAME)),
    ("domain companydomainname domainname companydomain", p(is::DOMAIN)),
    ("domains additionaldomains", p(is::DOMAINS)),
    ("phone phonenumber telephone mainphone", p(is::PHONE)),
    ("industry sector", p(is::INDUSTRY)),
    ("employees numberofemployees size", p(is::EMPLOYEES)),
    ("annualrevenue revenue", p(is::ANNUAL_REVENUE)),
];

const DEAL: Names = &[
    ("name dealname opportunityname", p(is::NAME)),
    ("pipeline dealpipeline", p(is::PIPELINE)),
    ("stage dealstage stagename", p(is::STAGE)),
    ("amount dealamount value", p(is::AMOUNT)),
    ("closedate expectedclosedate", p(is::CLOSE_DATE)),
    ("dealtype type", p(is::DEAL_TYPE)),
    ("cosold", p(is::CO_SOLD)),
    ("dealteam", p(is::DEAL_TEAM)),
    ("partners", p(is::PARTNERS)),
    ("company companyname accountname", Role::Tie(Object::COMPANY, By::Name)),
];

const TICKET: Names = &[
    ("name ticketname subject", p(is::NAME)),
    ("pipeline ticketpipeline", p(is::PIPELINE)),
    ("stage status ticketstatus", p(is::STAGE)),
    ("priority ticketpriority", p(is::PRIORITY)),
    ("category ticketcategory", p(is::CATEGORY)),
    ("description ticketdescription content", p(is::DESCRIPTION)),
    ("company companyname accountname", Role::Tie(Object::COMPANY, By::Name)),
];

const LEAD: Names = &[
    ("name leadname", p(is::NAME)),
    ("pipeline leadpipeline", p(is::PIPELINE)),
    ("stage leadstage leadpipelinestage", p(is::STAGE)),
    ("leadlabel label", p(is::LEAD_LABEL)),
    ("leadtype type", p(is::LEAD_TYPE)),
    ("leadsource source", p(is::LEAD_SOURCE)),
    ("disqualificationreason", p(is::DISQUALIFICATION_REASON)),
    ("disqualificationnote", p(is::DISQUALIFICATION_NOTE)),
    ("company companyname accountname", Role::Tie(Object::COMPANY, By::Name)),
];

fn tables(object: Object) -> &'static [Names] {
    match object {
        Object::CONTACT => &[CONTACT, PLACE, COMMON],
        Object::COMPANY => &[COMPANY, PLACE, COMMON],
        Object::DEAL => &[DEAL, COMMON],
        Object::TICKET => &[TICKET, COMMON],
        Object::LEAD => &[LEAD, COMMON],
        Object::ACTIVITY => &[activity::ACTIVITY, COMMON],
        _ => &[COMMON],
    }
}

/// What a column of that name means in a file of records of `spec`, which may be tied to others of `objects`.
pub fn role(header: &str, spec: &ObjectSpec, objects: &[ObjectSpec]) -> Option<Role> {
    // lejek's own names mean just what they say.
    match (header, spec.object) {
        ("company_name", Object::CONTACT) => return Some(p(is::COMPANY_NAME)),
        ("company", _) if spec.has(is::COMPANY) => return Some(Role::Tie(Object::COMPANY, By::Name)),
        ("email", Object::CONTACT) => return Some(Role::Email),
        ("phone", Object::CONTACT) => return Some(Role::Phone),
        _ => {}
    }
    let own = spec.named(header).map(|property| if property.derived { Role::Derived } else { p(property.id) });
    let own = own.filter(|_| !(header == "name" && spec.object == Object::CONTACT));
    // What the users of this workspace call a property of theirs comes before what other programs mean by it.
    let theirs = || spec.property_called(header).filter(|property| property.is_custom()).map(|property| p(property.id));
    own.or_else(theirs)
        .or_else(|| known(header, spec))
        .or_else(|| tie(header, objects))
        .or_else(|| spec.property_called(header).map(|property| p(property.id)))
}

fn known(header: &str, spec: &ObjectSpec) -> Option<Role> {
    let squeezed = if spec.object == Object::ACTIVITY { activity::bare(header) } else { squeezed(header) };
    let rows = tables(spec.object).iter().copied().flatten();
    // As programs that copy a workspace of HubSpot name its columns.
    let bare = squeezed.strip_prefix("property").unwrap_or(&squeezed);
    let is = |name: &str| name == squeezed || name == bare;
    let found = rows.into_iter().find(|(names, _)| names.split_whitespace().any(is));
    found.map(|(_, role)| *role).filter(|role| match role {
        Role::Property(id) => spec.has(*id),
        _ => true,
    })
}

/// Columns that tie records of users' objects: `associated_project_ids`, and by name `associated_project`.
fn tie(header: &str, objects: &[ObjectSpec]) -> Option<Role> {
    let squeezed_header = squeezed(header);
    let rest = squeezed_header.strip_prefix("associated")?;
    objects.iter().filter(|spec| spec.is_custom()).find_map(|spec| {
        let by = match rest.strip_prefix(squeezed(&spec.name).as_str()) {
            Some("ids" | "id") => By::Ids(false),
            _ if [&spec.name, &spec.singular, &spec.plural].iter().any(|name| squeezed(name) == rest) => By::Name,
            _ => return None,
        };
        Some(Role::Tie(spec.object, by))
    })
}

/// Letters and digits, folded.
fn squeezed(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What the rows of a file of that name most likely are: what knows most of its columns; contacts among equals.
pub fn likely_object<'s>(file: &str, columns: &[String], settings: &'s Settings) -> Option<&'s ObjectSpec> {
    let score = |spec: &ObjectSpec| {
        let roles: Vec<_> = columns.iter().map(|column| role(column, spec, &settings.objects)).collect();
        if spec.object == Object::ACTIVITY {
            return activity::score(file, columns, &roles);
        }
        roles.into_iter().flatten().filter(|role| !matches!(role, Role::Derived | Role::Id | Role::ForeignId)).count()
    };
    let mut best: Option<(&ObjectSpec, usize)> = None;
    for spec in settings.importable() {
        let score = score(spec);
        if score > best.map_or(0, |(_, most)| most) {
            best = Some((spec, score));
        }
    }
    best.map(|(spec, _)| spec)
}

/// Whose export it is: under that name its ids are kept (R5.11).
pub fn source(columns: &[String]) -> &'static str {
    let has = |name: &str| columns.iter().any(|column| squeezed(column) == name);
    match () {
        () if has("recordid") || has("hsobjectid") || has("engagementid") || has("portalid") => "hubspot",
        () if has("givenname") || has("email1value") => "google",
        () if has("businessphone") || has("emailaddress") => "outlook",
        () if has("accountid") || has("stagename") || has("whoid") || has("whatid") || has("referenceid") => {
            "salesforce"
        }
        () if has("uid") => "vcard",
        () if has("messageid") => MAIL,
        () => "file",
    }
}

/// What somebody may say that a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// As a mapping writes it.
    pub name: String,
    /// As screens do.
    pub label: String,
    role: Role,
}

/// What is no property: the object whose rows may have it, how a mapping writes it, how screens do.
const BESIDES: &[(Option<Object>, &str, &str)] = &[
    (Some(Object::CONTACT), "Company name", "Company, made if it is new"),
    (None, "id", "Record ID"),
    (None, "uid", "ID of another program"),
    (None, "associated_company", "Company by name or domain"),
    (None, "associated_company_ids", "Companies by ID"),
    (None, "associated_company_ids_primary", "Companies by ID, the first is primary"),
    (None, "associated_contacts", "Contacts by e-mail or name"),
    (None, "associated_contact_ids", "Contacts by ID"),
    (None, "associated_deals", "Deals by name"),
    (None, "associated_deal_ids", "Deals by ID"),
    (None, "associated_tickets", "Tickets by name"),
    (None, "associated_ticket_ids", "Tickets by ID"),
    (None, "associated_leads", "Leads by name"),
    (None, "associated_lead_ids", "Leads by ID"),
];

/// Everything that a column of a file of `spec` can be, each once.
pub fn offers(spec: &ObjectSpec, objects: &[ObjectSpec]) -> Vec<Offer> {
    let properties = spec.properties.iter().filter(|property| !property.hidden);
    let properties = properties.map(|property| (property.name.clone(), property.label.clone()));
    let besides = BESIDES.iter().filter(|(of, _, _)| of.is_none_or(|of| of == spec.object));
    let besides = besides.map(|(_, name, label)| ((*name).to_owned(), (*label).to_owned()));
    let ties = objects.iter().filter(|other| other.is_custom()).flat_map(|other| {
        let by_name = (format!("associated_{}", other.name), format!("{} by its name", other.singular));
        [by_name, (format!("associated_{}_ids", other.name), format!("{} by ID", other.plural))]
    });
    let mut offers: Vec<Offer> = Vec::new();
    let fields = activity::OFFERS.iter().filter(|_| spec.object == Object::ACTIVITY);
    let fields = fields.map(|(name, label)| ((*name).to_owned(), (*label).to_owned()));
    for (name, label) in fields.chain(properties).chain(besides).chain(ties) {
        let Some(role) = role(&name, spec, objects).filter(|role| *role != Role::Derived) else { continue };
        if offers.iter().all(|offer| offer.role != role) {
            offers.push(Offer { name, label, role });
        }
    }
    offers
}

/// What a column with that role is called.
pub fn offer_of(role: Role, offers: &[Offer]) -> Option<&Offer> {
    offers.iter().find(|offer| offer.role == role)
}
