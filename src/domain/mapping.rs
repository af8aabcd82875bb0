//! What the rows of a file can be, and what the columns of one kind of file are, kept under a name to be used again.

use super::fold::fold;
use super::id::Object;
use super::object::{ObjectSpec, is};
use super::settings::Settings;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Activities as the rows of a file can be: they have a name, and fields of their own instead of properties.
static ACTIVITIES: LazyLock<ObjectSpec> = LazyLock::new(|| ObjectSpec {
    object: Object::ACTIVITY,
    name: "activity".to_owned(),
    singular: "Activity".to_owned(),
    plural: "Activities".to_owned(),
    properties: Vec::new(),
    columns: Vec::new(),
    sorted_by: is::CREATED_AT,
});

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
    /// What the rows of a file can be: records of any object, or activities.
    pub fn importable(&self) -> impl Iterator<Item = &ObjectSpec> {
        self.objects.iter().chain([&*ACTIVITIES])
    }

    pub fn importable_as(&self, object: Object) -> Option<&ObjectSpec> {
        self.importable().find(|spec| spec.object == object)
    }

    pub fn mapping(&self, name: &str) -> Option<&Mapping> {
        let key = mapping_key(name);
        self.mappings.iter().find(|mapping| mapping_key(&mapping.name) == key)
    }
}
