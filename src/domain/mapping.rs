//! What the columns of one kind of file are, kept under a name to be used again.

use super::fold::fold;
use super::id::Object;
use super::settings::Settings;
use serde::{Deserialize, Serialize};

/// Letters of a name at most.
pub const NAME_MOST: usize = 60;

/// A column that is left out stands with this instead of a property.
pub const LEFT_OUT: &str = "-";

/// A mapping, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    pub name: String,
    /// What the rows are.
    pub object: Object,
    /// Columns with the properties that they are, by name.
    #[serde(default)]
    pub pairs: Vec<(String, String)>,
}

/// What the keys of all mappings begin with.
pub const MAPPINGS: &str = "mapping/";

/// The key of a mapping's row among the settings: names that differ only in case are the same.
pub fn mapping_key(name: &str) -> String {
    format!("{MAPPINGS}{}", fold(name.trim()))
}

impl Settings {
    pub fn mapping(&self, name: &str) -> Option<&Mapping> {
        let key = mapping_key(name);
        self.mappings.iter().find(|mapping| mapping_key(&mapping.name) == key)
    }
}
