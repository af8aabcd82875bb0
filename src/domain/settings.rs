//! Everything about a workspace that is not a record: its objects, pipelines, users and settings. Each is kept as a
//! row of JSON text under a key, so that every change of one is an op with a from and a to. To add a setting, add a
//! row to [`SETTINGS`], the field that it fills, and what [`Settings::shown`] says of it.

mod activities;
mod associations;
mod leads;
mod notifications;
mod partners;
mod pipelines;
mod spec;

use super::event::EventKind;
use super::id::{Object, PropertyId, UserId};
use super::label::{self, LABELS, Label};
use super::mapping::{MAPPINGS, Mapping};
use super::object::custom::ObjectRow;
use super::object::{BUILT_IN, ObjectSpec, has_open_options};
use super::pipeline::{self, Pipeline};
use super::property::Property;
use super::user::team::{TEAMS, Team};
use super::user::{User, Viewer};
use super::value::Currency;
use super::view::{VIEWS, View};
use super::when::Clock;
use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Tz;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::collections::BTreeMap;

pub use activities::{ACTIVITY_LIMITS, Activities, DEFAULT, TABLE, aims_written};
pub use associations::{AUTO_COMPANY, Associations, COMPANIES, EXCLUDED_DOMAINS, LIMITS, NONE, read_most};
pub use leads::{
    CARD, CREATE_FORM, CREATE_ON_LIFECYCLE, FormField, IDLE_DAYS, LIFECYCLE_BACK, LIFECYCLE_ON_ASSOCIATE,
    LIFECYCLE_SYNC, Leads, MovingOn, OFF, PREVIEW, REASONS, REQUIRE_DEAL, REQUIRE_REASON, STAGE_AUTOMATION,
    SYNC_ACTIVITIES, SYNC_OWNER, StageAutomation,
};
pub use notifications::{
    DELIVERY, Mailing, Own, PUSH_TOKEN, PUSH_URL, SecretSource, TICKS, WEBHOOK_URL, other_sources, own_key,
    owner_of_key, secret_of,
};
pub use partners::{EVENT_KINDS, LEAD_NOTIFICATIONS, PARTNER, Partners, RECIPIENT};
pub use spec::{SETTINGS, SettingKind, Spec};

/// The settings of a workspace as rules and screens read them.
#[derive(Debug, Clone)]
pub struct Settings {
    pub objects: Vec<ObjectSpec>,
    /// By object, in their order.
    pub pipelines: Vec<Pipeline>,
    /// In the order they came; the first one made the workspace.
    pub users: Vec<User>,
    /// Of users, by name.
    pub teams: Vec<Team>,
    /// Those that were saved, of everybody, in the order they came.
    pub views: Vec<View>,
    /// Of imports, by name.
    pub mappings: Vec<Mapping>,
    /// Of associations, built-in ones first, deleted ones among them.
    pub labels: Vec<Label>,
    pub associations: Associations,
    pub activities: Activities,
    pub leads: Leads,
    /// Of every workspace first.
    pub event_kinds: Vec<EventKind>,
    pub partners: Partners,
    pub general: General,
    /// What users have of their own: by which ways they are told of what.
    own: BTreeMap<UserId, Own>,
    /// Deleted objects, whose records may lie in the bin.
    pub deleted_objects: Vec<ObjectSpec>,
    /// Deleted pipelines, which history still names.
    deleted_pipelines: Vec<Pipeline>,
    /// Deleted properties, which history still names.
    deleted: Vec<(Object, Property)>,
    rows: BTreeMap<String, String>,
}

/// **Settings > General** (R6.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct General {
    pub account_type: String,
    pub partner_account: String,
    pub currency: Currency,
    pub time_zone: Tz,
    pub first_weekday: Weekday,
    /// ISO 3166 code of the country of phone numbers without a prefix.
    pub phone_country: String,
}

impl Default for General {
    fn default() -> Self {
        General {
            account_type: "Standard".into(),
            partner_account: String::new(),
            currency: Currency::EUR,
            time_zone: Tz::UTC,
            first_weekday: Weekday::Mon,
            phone_country: "PL".into(),
        }
    }
}

/// What the keys of all users begin with.
const USERS: &str = "user/";

/// The key of a user's row.
pub fn user_key(id: UserId) -> String {
    format!("{USERS}{}", id.0)
}

const OBJECT: &str = "object/";

/// The key of the row of an object that users made.
pub fn object_key(object: Object) -> String {
    format!("{OBJECT}{}", object.0)
}

/// The object that a row is about.
pub fn object_of_key(key: &str) -> Option<Object> {
    let object = Object(key.strip_prefix(OBJECT)?.parse().ok()?);
    (object >= Object::FIRST_CUSTOM).then_some(object)
}

const PROPERTY: &str = "property/";

/// The key of a property's row: of a user's property all of it, of a built-in one its options.
pub fn property_key(object: Object, id: PropertyId) -> String {
    format!("{PROPERTY}{}/{}", object.0, id.0)
}

/// The object and the property that a row is about.
pub fn property_of_key(key: &str) -> Option<(Object, PropertyId)> {
    let (object, id) = key.strip_prefix(PROPERTY)?.split_once('/')?;
    Some((Object(object.parse().ok()?), PropertyId(id.parse().ok()?)))
}

impl Settings {
    /// Puts together what the rows say over the defaults. A row that says nothing sensible is passed over.
    pub fn from_rows(rows: BTreeMap<String, String>) -> Settings {
        let mut settings = Settings {
            objects: BUILT_IN.iter().map(ObjectSpec::from).collect(),
            pipelines: pipeline::defaults(),
            users: Vec::new(),
            teams: Vec::new(),
            views: Vec::new(),
            mappings: Vec::new(),
            labels: label::built_in(),
            associations: Associations::default(),
            activities: Activities::default(),
            leads: Leads::default(),
            event_kinds: Vec::new(),
            partners: Partners::default(),
            general: General::default(),
            own: BTreeMap::new(),
            deleted_objects: Vec::new(),
            deleted_pipelines: Vec::new(),
            deleted: Vec::new(),
            rows,
        };
        settings.users = settings.read_all(USERS);
        settings.gather_teams(settings.read_all(TEAMS));
        settings.views = settings.read_all(VIEWS);
        settings.mappings = settings.read_all(MAPPINGS);
        settings.read_objects();
        settings.read_pipelines();
        settings.leads = Leads::of(&settings);
        settings.read_labels();
        settings.activities = Activities::of(settings.row(TABLE), settings.row(ACTIVITY_LIMITS));
        settings.associations = Associations::of(settings.row(LIMITS));
        let (auto, excluded) = (settings.text(AUTO_COMPANY), settings.text(EXCLUDED_DOMAINS));
        settings.associations.take_companies(auto.as_deref(), excluded.as_deref());
        settings.read_properties();
        settings.general = settings.read_general();
        settings.read_partners();
        settings.read_own();
        settings
    }

    /// What the rows say whose keys begin with `prefix`.
    fn read_all<T: DeserializeOwned>(&self, prefix: &str) -> Vec<T> {
        let rows = self.rows.range(prefix.to_owned()..).take_while(|(key, _)| key.starts_with(prefix));
        rows.filter_map(|(_, json)| serde_json::from_str(json).ok()).collect()
    }

    fn read_labels(&mut self) {
        for label in self.read_all::<Label>(LABELS) {
            match self.labels.iter_mut().find(|standing| standing.id == label.id) {
                Some(built_in) => *built_in = label,
                None => self.labels.push(label),
            }
        }
    }

    fn read_objects(&mut self) {
        let rows = self.rows.range(OBJECT.to_owned()..).take_while(|(key, _)| key.starts_with(OBJECT));
        let read = |(key, json): (&String, &String)| Some((object_of_key(key)?, serde_json::from_str(json).ok()?));
        let mut read: Vec<(Object, ObjectRow)> = rows.filter_map(read).collect();
        read.sort_by_key(|(object, _)| *object);
        for (object, row) in read {
            let into = if row.deleted { &mut self.deleted_objects } else { &mut self.objects };
            into.push(ObjectSpec::custom(object, row.form));
        }
    }

    fn read_properties(&mut self) {
        let rows = self.rows.range(PROPERTY.to_owned()..).map_while(|(key, json)| {
            let of = key.starts_with(PROPERTY).then(|| property_of_key(key))?;
            Some((of, serde_json::from_str(json)))
        });
        let read = |(of, json): (Option<_>, Result<Property, _>)| Some((of?, json.ok()?));
        let mut read: Vec<((Object, PropertyId), Property)> = rows.filter_map(read).collect();
        read.sort_by_key(|(of, _)| *of);
        for ((object, id), property) in read {
            let mut specs = self.objects.iter_mut().chain(&mut self.deleted_objects);
            let Some(spec) = specs.find(|spec| spec.object == object) else { continue };
            match spec.properties.iter_mut().find(|built_in| built_in.id == id) {
                Some(built_in) if has_open_options(id) => {
                    (built_in.choices, built_in.retired) = (property.choices, property.retired);
                }
                None if property.is_custom() && property.deleted => self.deleted.push((object, property)),
                None if property.is_custom() => spec.properties.push(property),
                _ => {}
            }
        }
        self.objects.iter_mut().filter(|spec| spec.is_custom()).for_each(ObjectSpec::show_own);
    }

    fn read_general(&self) -> General {
        let mut general = General::default();
        if let Some(text) = self.text("general.account_type") {
            general.account_type = text;
        }
        if let Some(text) = self.text("general.partner_account") {
            general.partner_account = text;
        }
        if let Some(currency) = self.text("general.currency").and_then(|t| Currency::parse(&t)) {
            general.currency = currency;
        }
        if let Some(zone) = self.text("general.time_zone").and_then(|t| t.parse().ok()) {
            general.time_zone = zone;
        }
        if let Some(day) = self.text("general.first_weekday").and_then(|t| t.parse().ok()) {
            general.first_weekday = day;
        }
        if let Some(country) = self.text("general.phone_country") {
            general.phone_country = country;
        }
        general
    }

    /// The clock by which dates in words are read and shown.
    pub fn clock(&self, now: DateTime<Utc>) -> Clock {
        Clock::new(now, self.general.time_zone, self.general.first_weekday)
    }

    /// The row of a key, as it is stored.
    pub fn row(&self, key: &str) -> Option<&str> {
        self.rows.get(key).map(String::as_str)
    }

    pub fn rows(&self) -> &BTreeMap<String, String> {
        &self.rows
    }

    /// With a row changed, or taken away.
    #[must_use]
    pub fn with(&self, key: &str, value: Option<&str>) -> Settings {
        let mut rows = self.rows.clone();
        match value {
            Some(value) => rows.insert(key.to_owned(), value.to_owned()),
            None => rows.remove(key),
        };
        Settings::from_rows(rows)
    }

    fn text(&self, key: &str) -> Option<String> {
        match serde_json::from_str(self.row(key)?) {
            Ok(Json::String(text)) => Some(text),
            _ => None,
        }
    }

    /// What a setting says now to a user, default or not.
    pub fn shown_to(&self, key: &str, user: UserId) -> Option<String> {
        self.notification_shown(key, Some(user)).or_else(|| self.shown(key))
    }

    /// What a setting of [`SETTINGS`] says now, default or not.
    pub fn shown(&self, key: &str) -> Option<String> {
        let general = &self.general;
        Some(match key {
            "general.account_type" => general.account_type.clone(),
            "general.partner_account" => general.partner_account.clone(),
            "general.currency" => general.currency.code().to_owned(),
            "general.time_zone" => general.time_zone.name().to_owned(),
            "general.first_weekday" => general.first_weekday.to_string(),
            "general.phone_country" => general.phone_country.clone(),
            TABLE => self.table_written(),
            ACTIVITY_LIMITS => self.activity_limits_written(),
            LIMITS => self.limits_written(),
            AUTO_COMPANY => self.associations.auto_company.to_string(),
            EXCLUDED_DOMAINS => self.associations.excluded_domains(),
            key => return self.partner_shown(key).or_else(|| self.lead_shown(key)),
        })
    }

    pub fn object(&self, object: Object) -> Option<&ObjectSpec> {
        self.objects.iter().find(|spec| spec.object == object)
    }

    /// An object, also one that was deleted: for what history and the bin say of its records.
    pub fn object_ever(&self, object: Object) -> Option<&ObjectSpec> {
        self.objects_ever().find(|spec| spec.object == object)
    }

    /// Those that are there, then deleted ones.
    pub fn objects_ever(&self) -> impl Iterator<Item = &ObjectSpec> {
        self.objects.iter().chain(&self.deleted_objects)
    }

    /// A number that no object of a user ever had; `None` when all are taken.
    pub fn free_object(&self) -> Option<Object> {
        let taken = self.rows.keys().filter_map(|key| object_of_key(key)).max();
        taken.map_or(Some(Object::FIRST_CUSTOM), |last| last.0.checked_add(1).map(Object))
    }

    /// By internal name, or the name or plural on screens, case aside.
    pub fn object_called(&self, name: &str) -> Option<&ObjectSpec> {
        self.objects.iter().find(|spec| spec.is_called(name))
    }

    /// A property, also one that was deleted: for what history says of it.
    pub fn property_ever(&self, object: Object, id: PropertyId) -> Option<&Property> {
        let deleted = || self.deleted.iter().find(|(of, property)| *of == object && property.id == id);
        self.object_ever(object).and_then(|spec| spec.property(id)).or_else(|| deleted().map(|(_, property)| property))
    }

    /// A number that no property of a user ever had; `None` when all are taken.
    pub fn free_property_id(&self) -> Option<PropertyId> {
        let taken = self.rows.keys().filter_map(|key| property_of_key(key)).map(|(_, id)| id.0).max();
        let next = taken.unwrap_or(0).checked_add(1)?;
        Some(PropertyId(next.max(Property::FIRST_CUSTOM.0)))
    }

    pub fn user(&self, id: UserId) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    pub fn user_by_email(&self, email: &str) -> Option<&User> {
        self.users.iter().find(|user| user.email.eq_ignore_ascii_case(email))
    }

    pub fn viewer(&self, user: UserId) -> Viewer {
        self.user(user).map_or(Viewer::EVERYTHING, |user| Viewer::of(user, &self.users))
    }
}
