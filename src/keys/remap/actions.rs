//! All that can be moved, one line each: a command with its usual keys, and again for each context where it has others.

use super::{Remap, usual};
use crate::keys::{Binding, Command, rows::SETS};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub command: Command,
    /// None: wherever it has its usual keys.
    pub context: Option<&'static str>,
    /// Titles of the contexts that it is about.
    pub within: Vec<&'static str>,
    /// As rows write them.
    pub default: &'static str,
}

impl Action {
    pub fn keys(&self, remap: &Remap) -> String {
        remap.keys(self.command, self.context)
    }

    pub fn is_moved(&self, remap: &Remap) -> bool {
        remap.is_moved(self.command, self.context)
    }
}

/// In the order of the rows. A context that a user gave a command other keys in is a line of its own.
pub fn actions(remap: &Remap) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    for (title, tables) in SETS {
        for Binding { command, keys, .. } in tables.iter().flat_map(|table| *table) {
            let is_usual = usual(*command) == Some(keys) && !remap.is_moved(*command, Some(title));
            let context = (!is_usual).then_some(*title);
            match actions.iter_mut().find(|action| action.command == *command && action.context == context) {
                Some(action) if action.within.contains(title) => {}
                Some(action) => action.within.push(title),
                None => actions.push(Action { command: *command, context, within: vec![title], default: keys }),
            }
        }
    }
    actions
}
