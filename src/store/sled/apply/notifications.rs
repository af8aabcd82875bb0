//! The rows of the notifications of a commit.

use super::{Was, Work};
use crate::domain::graph::{Graph, Read};
use crate::domain::notification::{Notification, NotificationId};
use crate::store::sled::notifications::put;
use std::borrow::Cow;

impl<'a> Work<'a> {
    fn notification(&mut self, id: NotificationId) -> Read<&mut Was<'a, Notification>> {
        if !self.told.contains_key(&id) {
            let before = self.store.notification(id)?;
            self.told.insert(id, Was { after: before.clone().map(Cow::Owned), before });
        }
        Ok(self.told.entry(id).or_insert(Was { before: None, after: None }))
    }

    pub(super) fn tell(&mut self, told: &Notification) -> Read<()> {
        let was = self.notification(told.id)?;
        was.after = Some(Cow::Owned(told.told(was.after.take().map(Cow::into_owned))));
        Ok(())
    }

    pub(super) fn take_back(&mut self, id: NotificationId) -> Read<()> {
        let was = self.notification(id)?;
        was.after = was.after.take().map(|one| Cow::Owned(one.into_owned().taken_back()));
        Ok(())
    }

    pub(super) fn put_notifications(&mut self) {
        for was in self.told.values() {
            put(&mut self.batch, was.before.as_ref(), was.after.as_deref());
        }
    }
}
