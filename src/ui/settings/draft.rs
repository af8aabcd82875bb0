//! Settings of one text each that were changed on a page and wait to be saved (R2.3).

use crate::domain::change::Change;
use crate::ui::layer::{Cx, Effect};
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Draft {
    /// By key.
    values: BTreeMap<String, String>,
    /// What of it is on its way.
    sent: Vec<(String, String)>,
}

/// What a setting says now to the user.
pub fn saved(key: &str, cx: &Cx) -> String {
    cx.settings.shown_to(key, cx.user.id).unwrap_or_default()
}

impl Draft {
    pub fn value(&self, key: &str, cx: &Cx) -> String {
        self.values.get(key).cloned().unwrap_or_else(|| saved(key, cx))
    }

    pub fn is_changed(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Takes a value; one that is saved already is no change.
    pub fn take(&mut self, key: &str, value: String, cx: &Cx) {
        if value == saved(key, cx) {
            self.values.remove(key);
        } else {
            self.values.insert(key.to_owned(), value);
        }
    }

    /// What somebody else set to the same is no change any more.
    pub fn renew(&mut self, cx: &Cx) {
        self.values.retain(|key, value| cx.settings.shown_to(key, cx.user.id).as_ref() != Some(value));
    }

    /// Sends all of it, as one act.
    pub fn send(&mut self) -> Vec<Effect> {
        if self.is_empty() {
            return Vec::new();
        }
        let values: Vec<_> = self.values.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        self.sent.clone_from(&values);
        vec![Effect::Perform(0, Change::Settings { values })]
    }

    /// What was sent is saved; what was changed meanwhile waits on.
    pub fn done(&mut self, cx: &Cx) {
        let sent = std::mem::take(&mut self.sent);
        self.values.retain(|key, value| !sent.iter().any(|(sent, to)| sent == key && to == value));
        self.renew(cx);
    }

    pub fn clear(&mut self) {
        self.values.clear();
    }
}
