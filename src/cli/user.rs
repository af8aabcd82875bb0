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
use crate::domain::user::{Permissions, Reach, Seat, User as Person};
use clap::Subcommand;
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
    },
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

/// A permission for an object: `contact.view`.
struct Right {
    name: &'static str,
    get: fn(&Permissions) -> Json,
    set: fn(&mut Permissions, &str) -> Result<(), String>,
}

const RIGHTS: &[Right] = &[
    Right { name: "view", get: |may| may.view.name().into(), set: |may, text| reach(&mut may.view, text) },
    Right { name: "edit", get: |may| may.edit.name().into(), set: |may, text| reach(&mut may.edit, text) },
    Right { name: "delete", get: |may| may.delete.name().into(), set: |may, text| reach(&mut may.delete, text) },
    Right { name: "create", get: |may| may.create.into(), set: |may, text| put(&mut may.create, text) },
    Right { name: "import", get: |may| may.import.into(), set: |may, text| put(&mut may.import, text) },
    Right { name: "export", get: |may| may.export.into(), set: |may, text| put(&mut may.export, text) },
];

fn put(into: &mut bool, text: &str) -> Result<(), String> {
    *into = match text.trim().to_lowercase().as_str() {
        "true" | "yes" => true,
        "false" | "no" => false,
        _ => return Err(format!("“{text}” is neither true nor false")),
    };
    Ok(())
}

fn reach(into: &mut Reach, text: &str) -> Result<(), String> {
    *into = Reach::named(text.trim()).ok_or_else(|| format!("“{text}” is none of: all, team, own, none"))?;
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
            User::Set { user, values } => {
                let session = Session::writing(call)?;
                session.permit_super_admin()?;
                let id = session.user_named(&user)?;
                let before = session.settings.user(id).cloned();
                let before = before.ok_or_else(|| Trouble::not_found("That user is not there"))?;
                let user = changed(&session.settings, before, &values)?;
                perform(&session, &Change::SetUser { user: Box::new(user) }, id)
            }
        }
    }
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
        (right.set)(&mut may, text).map_err(refused)?;
        user.permissions.insert(object.0, may);
    }
    Ok(user)
}

fn right(settings: &Settings, name: &str) -> Option<(Object, &'static Right)> {
    let (object, right) = name.split_once('.')?;
    let spec = settings.objects.iter().find(|spec| spec.name == object)?;
    Some((spec.object, RIGHTS.iter().find(|row| row.name == right)?))
}

fn unknown(settings: &Settings, name: &str) -> Trouble {
    let fields = FIELDS.iter().map(|field| field.name.to_owned());
    let rights = settings
        .objects
        .iter()
        .take(1)
        .flat_map(|spec| RIGHTS.iter().map(move |right| format!("{}.{}", spec.name, right.name)));
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
        object.extend(RIGHTS.iter().map(|right| (format!("{}.{}", spec.name, right.name), (right.get)(&may))));
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
