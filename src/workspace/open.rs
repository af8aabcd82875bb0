//! Opening a folder as a workspace: which folder, who acts, and what stands in the way.

use super::clock::{SystemClock, SystemIds};
use super::viewed::Viewed;
use super::{Failure, Workspace};
use crate::domain::change::{Change, Origin, Refusal};
use crate::domain::id::{self, Ids, UserId};
use crate::domain::user::User;
use crate::store::Store;
use crate::store::error::OpenError;
use crate::store::sled::{SledStore, files};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder whose store is open; nobody acts yet.
pub struct Opened {
    store: Arc<SledStore>,
    folder: PathBuf,
}

/// The folder of one's own data: `lejek` in the XDG data folder.
pub fn default_folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.data_dir().join("lejek"))
}

/// Where logs, crash files and the state of screens go.
pub fn state_folder() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("lejek"))
}

/// Where `user` finds the screens of the workspace in `folder` as they were left.
pub fn kept_file(state: &Path, folder: &Path, user: UserId) -> PathBuf {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let path = folder.to_string_lossy();
    let readable: String = path.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    // Of a long path the end tells more; two that are cut to the same are held apart by their sums.
    let from = readable.char_indices().rev().nth(59).map_or(0, |(at, _)| at);
    let sum = crc32fast::hash(path.as_bytes());
    let name = format!("{}-{sum:08x}-{}.json", readable[from..].trim_matches('-'), id::short(user.0));
    state.join("screens").join(name)
}

/// Whether there is a workspace in `folder`, or what is left of one; opening any other makes one there.
pub fn is_there(folder: &Path) -> bool {
    ["format", "seal", "db", "db.old"].iter().any(|name| folder.join(name).exists())
}

/// The process that has the folder open, if it could say so.
pub fn holder(folder: &Path) -> Option<u32> {
    files::holder(folder)
}

/// Opens the store in `folder`, or makes one there.
pub fn open(folder: &Path) -> Result<Opened, OpenError> {
    Ok(Opened { store: Arc::new(SledStore::open(folder)?), folder: folder.to_owned() })
}

impl Opened {
    /// No user yet: the workspace was just made.
    pub fn is_new(&self) -> bool {
        self.users().is_empty()
    }

    pub fn users(&self) -> Vec<User> {
        crate::domain::graph::Graph::settings(self.store.as_ref()).users.clone()
    }

    /// The workspace as its user of that e-mail; without one, its first user.
    pub fn as_user(self, email: Option<&str>) -> Result<Workspace, Failure> {
        let user = who_acts(&self.users(), email)?;
        Ok(self.workspace(user))
    }

    /// Makes the workspace: its first user is Super Admin (R6.3), its time zone the machine's.
    pub fn found(self, name: &str, email: &str, origin: Origin) -> Result<Workspace, Failure> {
        let mut ids = SystemIds;
        self.found_as(User::new(UserId(ids.next()), name, email), origin)
    }

    /// The same, with a user who is made already.
    pub fn found_as(self, user: User, origin: Origin) -> Result<Workspace, Failure> {
        let viewed = Viewed::beside(&self.folder);
        let workspace = Workspace::found(self.store, Arc::new(SystemClock), Box::new(SystemIds), user, origin)?;
        if let Ok(zone) = iana_time_zone::get_timezone()
            && zone.parse::<chrono_tz::Tz>().is_ok()
        {
            let change = Change::Settings { values: vec![("general.time_zone".to_owned(), zone)] };
            workspace.perform(&change, origin)?;
        }
        Ok(Workspace { viewed, ..workspace })
    }

    /// The workspace as a user who entered it before.
    pub(super) fn workspace(self, user: UserId) -> Workspace {
        let store: Arc<dyn Store> = self.store;
        let workspace = Workspace::new(store, Arc::new(SystemClock), Box::new(SystemIds), user);
        Workspace { viewed: Viewed::beside(&self.folder), ..workspace }
    }
}

impl Workspace {
    /// The same workspace with its user of that e-mail acting; without one, its first user.
    pub fn acting(&self, email: Option<&str>) -> Result<Workspace, Failure> {
        Ok(self.acting_as(who_acts(&self.settings().users, email)?))
    }
}

fn who_acts(users: &[User], email: Option<&str>) -> Result<UserId, Failure> {
    let found = match email {
        Some(email) => users.iter().find(|user| user.email.eq_ignore_ascii_case(email)),
        None => users.first(),
    };
    match (found, email) {
        (Some(user), _) if !user.active => {
            let sentence = format!("{} is not active any more. Act as somebody else with --as", user.name);
            Err(Failure::Refused(Refusal::rule(6, 5, sentence)))
        }
        (Some(user), _) => Ok(user.id),
        (None, Some(email)) => {
            let sentence = format!("{email} is no user of this workspace. `lejek user list` names them");
            Err(Failure::Refused(Refusal::Missing(sentence)))
        }
        (None, None) => {
            let sentence = "This workspace has no user yet. Start `lejek` in it".to_owned();
            Err(Failure::Refused(Refusal::Missing(sentence)))
        }
    }
}
