//! What a user looked at lately, object by object: ids only, kept beside the store and no act of anybody.

use super::Workspace;
use crate::domain::id::{Object, RecordId, UserId};
use crate::exchange::write::AtomicFile;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Records of one object that are remembered.
pub const VIEWED_MOST: usize = 200;

/// By object, the latest first.
type Lists = BTreeMap<u16, Vec<Uuid>>;

/// The lists of one user.
#[derive(Default)]
pub(super) struct Viewed {
    /// `None`: they go with the program.
    file: Option<PathBuf>,
    /// `None`: not read yet.
    lists: Mutex<Option<Lists>>,
}

impl Viewed {
    pub fn beside(folder: &Path, user: UserId) -> Viewed {
        Viewed { file: Some(folder.join(format!("viewed-{}.json", user.0))), lists: Mutex::default() }
    }

    /// Those of another user, kept at the same place.
    pub fn of(&self, user: UserId) -> Viewed {
        let folder = self.file.as_deref().and_then(Path::parent);
        folder.map_or_else(Viewed::default, |folder| Viewed::beside(folder, user))
    }

    fn lists(&self) -> MutexGuard<'_, Option<Lists>> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if lists.is_none() {
            // What can't be read is as if nothing had been looked at: the list fills again by itself.
            let text = self.file.as_ref().and_then(|file| fs::read_to_string(file).ok());
            *lists = Some(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default());
        }
        lists
    }

    fn write(&self, lists: &Lists) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut file = AtomicFile::create(file)?;
        file.write_all(&serde_json::to_vec(lists)?)?;
        file.commit()
    }
}

impl Workspace {
    /// What the user looked at lately, the latest first.
    pub fn viewed(&self, object: Object) -> Vec<RecordId> {
        let lists = self.viewed.lists();
        let ids = lists.as_ref().and_then(|lists| lists.get(&object.0));
        ids.into_iter().flatten().map(|uuid| RecordId::new(object, *uuid)).collect()
    }

    /// The user looks at it now.
    pub fn saw(&self, id: RecordId) {
        let mut held = self.viewed.lists();
        let lists = held.get_or_insert_default();
        let ids = lists.entry(id.object.0).or_default();
        if ids.first() == Some(&id.uuid) {
            return;
        }
        ids.retain(|other| *other != id.uuid);
        ids.insert(0, id.uuid);
        ids.truncate(VIEWED_MOST);
        if let Err(error) = self.viewed.write(lists) {
            tracing::warn!(%error, "what was looked at could not be kept");
        }
    }
}

#[cfg(test)]
mod tests;
