//! What a user looked at lately, over all objects: ids only, kept beside the store and no act of anybody.

use super::Workspace;
use crate::domain::id::{Object, RecordId, UserId};
use crate::exchange::write::AtomicFile;
use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Records of one object that are remembered.
pub const VIEWED_MOST: usize = 200;

/// What each user looked at, the latest first. All who work on a store in this program share it.
#[derive(Clone, Default)]
pub(super) struct Viewed {
    /// `None`: it goes with the program.
    folder: Option<PathBuf>,
    /// Of those whose file was read.
    lists: Arc<Mutex<HashMap<UserId, Vec<RecordId>>>>,
}

impl Viewed {
    pub fn beside(folder: &Path) -> Viewed {
        Viewed { folder: Some(folder.to_owned()), lists: Arc::default() }
    }

    fn file(&self, user: UserId) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("viewed-{}.json", user.0)))
    }

    /// Lets `look` see a user's list, and change it.
    fn with<T>(&self, user: UserId, look: impl FnOnce(&mut Vec<RecordId>) -> T) -> T {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        look(lists.entry(user).or_insert_with(|| {
            // What can't be read is as if nothing had been looked at: the list fills again by itself.
            let text = self.file(user).and_then(|file| fs::read_to_string(file).ok());
            text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
        }))
    }

    fn write(&self, user: UserId, list: &[RecordId]) -> io::Result<()> {
        let Some(file) = self.file(user) else { return Ok(()) };
        let mut file = AtomicFile::create(&file)?;
        file.write_all(&serde_json::to_vec(list)?)?;
        file.commit()
    }
}

impl Workspace {
    /// What the user looked at lately, the latest first; of all objects if none is named.
    pub fn viewed(&self, object: Option<Object>) -> Vec<RecordId> {
        let is_wanted = |id: &&RecordId| object.is_none_or(|object| object == id.object);
        self.viewed.with(self.user, |list| list.iter().filter(is_wanted).copied().collect())
    }

    /// The user looks at it now.
    pub fn saw(&self, id: RecordId) {
        self.viewed.with(self.user, |list| {
            if list.first() == Some(&id) {
                return;
            }
            list.retain(|other| *other != id);
            list.insert(0, id);
            let mut alike = list.iter().enumerate().filter(|(_, other)| other.object == id.object);
            if let Some((oldest, _)) = alike.nth(VIEWED_MOST) {
                list.remove(oldest);
            }
            if let Err(error) = self.viewed.write(self.user, list) {
                tracing::warn!(%error, "what was looked at could not be kept");
            }
        });
    }
}

#[cfg(test)]
mod tests;
