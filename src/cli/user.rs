//! `lejek user`: who uses the workspace and what they may do (R6.1). A field is a row of [`FIELDS`].

use super::Call;
use super::answer;
use super::out::Table;
use super::session::{Session, parted};
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::email;
use crate::domain::id::{Object, UserId};
use crate::domain::settings::Settings;
use crate::domain::user::leaving::Heir;
use crate::domain::user::permit::{Extent, PERMITS, Permit, yes_or_no};
use crate::domain::user::{Permissions, Seat, User as Person};
use clap::{Args, Subcommand};
use serde_json::{Map, Value as Json};

#[derive(Debug, Subcommand)]
pub enum User {
    /// Lists the users
    List,
    /// Adds a user: name=… email=…, and what they may do
    Add {
        /// Fields such as name, email, team, seat, active, contact.view
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
    },
    /// Changes a user
    Set {
        /// The user: an e-mail, an id or its last 8 characters
        #[arg(value_name = "REF")]
        user: String,
        /// Fields such as name, email, team, seat, active, contact.view
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
        #[command(flatten)]
        taking: Taking,
    },
    /// Deactivates a user: what they did keeps their name, so they stay in the list
    Delete {
        /// The user: an e-mail, an id or its last 8 characters
        #[arg(value_name = "REF")]
        user: String,
        #[command(flatten)]
        taking: Taking,
    },
}

#[derive(Debug, Args)]
pub struct Taking {
    /// Who takes over the open records and tasks of a user who is deactivated; nobody: they stay theirs
    #[arg(long, value_name = "E-MAIL|nobody")]
    take_over: Option<String>,
}

impl Taking {
    fn heir(&self, session: &Session) -> Result<Heir, Trouble> {
        Ok(match self.take_over.as_deref().map(str::trim) {
            None => Heir::Ask,
            Some(word) if word.eq_ignore_ascii_case("nobody") => Heir::Nobody,
            Some(text) => Heir::User(session.user_named(text)?),
        })
    }
}

/// A field of a user: its name in scripts, how it is read off and written.
struct Field {
    name: &'static str,
    get: fn(&Person) -> Json,
    set: fn(&mut Person, &str) -> Result<(), String>,
}

const FIELDS: &[Field] = &[
    Field {
        name: "name",
        get: |user| user.name.as_str().into(),
        set: |user, text| {
            user.name = text.trim().chars().filter(|c| !c.is_control()).collect();
            Ok(())
        },
    },
    Field {
        name: "email",
        get: |user| user.email.as_str().into(),
        set: |user, text| {
            user.email = email::parse(text)?;
            Ok(())
        },
    },
    Field {
        name: "team",
        get: |user| user.team.clone().into(),
        set: |user, text| {
            let team: String = text.trim().chars().filter(|c| !c.is_control()).collect();
            user.team = (!team.is_empty()).then_some(team);
            Ok(())
        },
    },
    Field {
        name: "seat",
        get: |user| if user.seat == Seat::Sales { "sales" } else { "none" }.into(),
        set: |user, text| {
            user.seat = match text.to_lowercase().as_str() {
                "sales" => Seat::Sales,
                "none" | "" => Seat::None,
                _ => return Err(format!("“{text}” is no seat. There are: none, sales")),
            };
            Ok(())
        },
    },
    Field { name: "active", get: |user| user.active.into(), set: |user, text| put(&mut user.active, text) },
    Field {
        name: "growth_specialist",
        get: |user| user.growth_specialist.into(),
        set: |user, text| put(&mut user.growth_specialist, text),
    },
    Field {
        name: "super_admin",
        get: |user| user.super_admin.into(),
        set: |user, text| put(&mut user.super_admin, text),
    },
    Field {
        name: "edit_property_settings",
        get: |user| user.edit_property_settings.into(),
        set: |user, text| put(&mut user.edit_property_settings, text),
    },
];

fn put(into: &mut bool, text: &str) -> Result<(), String> {
    *into = yes_or_no(text)?;
    Ok(())
}

impl User {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match self {
            User::List => list(&Session::reading(call)?),
            User::Add { values } => {
                let session = Session::writing(call)?;
                session.permit_super_admin()?;
                let id = UserId(session.with_ids(|ids| ids.next()));
                let user = changed(&session.settings, Person::new(id, "", ""), &values)?;
                perform(&session, &Change::AddUser { user: Box::new(user) }, id)
            }
            User::Set { user, values, taking } => {
                set(call, &user, &taking, |settings, before| changed(settings, before, &values))
            }
            User::Delete { user, taking } => {
                set(call, &user, &taking, |_, before| Ok(Person { active: false, ..before }))
            }
        }
    }
}

fn set(
    call: &Call,
    user: &str,
    taking: &Taking,
    change: impl FnOnce(&Settings, Person) -> Result<Person, Trouble>,
) -> Result<(), Trouble> {
    let session = Session::writing(call)?;
    session.permit_super_admin()?;
    let id = session.user_named(user)?;
    let before = session.settings.user(id).cloned();
    let before = before.ok_or_else(|| Trouble::not_found("That user is not there"))?;
    let user = Box::new(change(&session.settings, before)?);
    let heir = taking.heir(&session)?;
    perform(&session, &Change::SetUser { user, heir }, id)
}

fn perform(session: &Session, change: &Change, id: UserId) -> Result<(), Trouble> {
    let done = session.perform_now(change)?;
    answer::act(session, &done, &[("id", id.0.to_string().into(), String::new())])
}

/// The user with those fields changed.
fn changed(settings: &Settings, mut user: Person, pairs: &[String]) -> Result<Person, Trouble> {
    for pair in pairs {
        let (name, text) = parted(pair)?;
        let refused = |why: String| Trouble::refused(format!("{name}: {why}"));
        if let Some(field) = FIELDS.iter().find(|field| field.name == name) {
            (field.set)(&mut user, text).map_err(refused)?;
            continue;
        }
        let (object, right) = right(settings, name).ok_or_else(|| unknown(settings, name))?;
        let mut may = user.permissions.get(&object.0).copied().unwrap_or(Permissions::ALL);
        right.read(&mut may, text).map_err(refused)?;
        user.permissions.insert(object.0, may);
    }
    Ok(user)
}

/// A permission for an object: `contact.view`.
fn right(settings: &Settings, name: &str) -> Option<(Object, &'static Permit)> {
    let (object, right) = name.split_once('.')?;
    let spec = settings.objects.iter().find(|spec| spec.name == object)?;
    Some((spec.object, PERMITS.iter().find(|row| row.name == right)?))
}

fn unknown(settings: &Settings, name: &str) -> Trouble {
    let fields = FIELDS.iter().map(|field| field.name.to_owned());
    let rights = settings
        .objects
        .iter()
        .take(1)
        .flat_map(|spec| PERMITS.iter().map(move |right| format!("{}.{}", spec.name, right.name)));
    let names: Vec<String> = fields.chain(rights).collect();
    Trouble::usage(format!("Users have no “{name}”. There are: {}, and so for each object", names.join(", ")))
}

/// A user under the names by which it is changed.
pub fn json(session: &Session, user: &Person) -> Json {
    let mut object = Map::new();
    object.insert("id".to_owned(), user.id.0.to_string().into());
    object.extend(FIELDS.iter().map(|field| (field.name.to_owned(), (field.get)(user))));
    for spec in &session.settings.objects {
        let may = user.may(spec.object);
        object.extend(PERMITS.iter().map(|right| {
            let extent = match (right.get)(&may) {
                Extent::Reach(reach) => reach.name().into(),
                Extent::Given(given) => given.into(),
            };
            (format!("{}.{}", spec.name, right.name), extent)
        }));
    }
    Json::Object(object)
}

fn list(session: &Session) -> Result<(), Trouble> {
    let users = &session.settings.users;
    if session.out.json {
        return session.out.value(&users.iter().map(|user| json(session, user)).collect::<Json>());
    }
    let rows = users.iter().map(|user| {
        let role = match (user.active, user.super_admin) {
            (false, _) => "not active",
            (true, true) => "Super Admin",
            (true, false) => "",
        };
        let team = user.team.clone().unwrap_or_default();
        vec![crate::domain::id::short(user.id.0), user.name.clone(), user.email.clone(), team, role.to_owned()]
    });
    Table::print(&session.out, &["Id", "Name", "E-mail", "Team", "Role"], &rows.collect::<Vec<_>>())
}
