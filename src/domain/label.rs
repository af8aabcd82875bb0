//! Labels of associations (R5.5): what one record is to another. A label is single and reads the same both ways, or
//! paired (manager, report). Users define them per pair of objects, as rows of the settings; to add one that every
//! workspace has, add a row to [`BUILT_IN`].

use super::fold::fold;
use super::id::{LabelId, Object};
use super::settings::Settings;
use serde::{Deserialize, Serialize};

/// Letters of a name at most.
pub const NAME_MOST: usize = 60;

/// A label, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Of a paired label the even number: how `to` reads on the page of `from`.
    pub id: LabelId,
    pub from: Object,
    pub to: Object,
    /// What the record of `to` is to the one of `from`.
    pub name: String,
    /// What the record of `from` is to the one of `to`, where that is another word.
    #[serde(default)]
    pub inverse: Option<String>,
    /// Shown nowhere any more; its number is never used again, and undo brings it back on every association.
    #[serde(default)]
    pub deleted: bool,
}

/// A company has one parent at most, and none that is below it.
pub const PARENT: LabelId = LabelId(0x8000);

/// From this number on, of each kind, labels are users' own.
pub const FIRST_CUSTOM: u16 = 100;

pub fn built_in() -> Vec<Label> {
    BUILT_IN
        .iter()
        .map(|(id, object, name, inverse)| Label {
            id: *id,
            from: *object,
            to: *object,
            name: (*name).to_owned(),
            inverse: Some((*inverse).to_owned()),
            deleted: false,
        })
        .collect()
}

const BUILT_IN: &[(LabelId, Object, &str, &str)] = &[(PARENT, Object::COMPANY, "Parent company", "Child company")];

/// What the keys of all labels begin with.
pub const LABELS: &str = "label/";

/// The key of a label's row among the settings.
pub fn label_key(id: LabelId) -> String {
    format!("{LABELS}{}", id.0)
}

/// The number of the label that a row is about.
pub fn label_of_key(key: &str) -> Option<LabelId> {
    Some(LabelId(key.strip_prefix(LABELS)?.parse().ok()?))
}

impl Label {
    /// Whether this is one of its numbers.
    pub fn is(&self, id: LabelId) -> bool {
        self.id == id || self.id.other_way() == id
    }

    /// How it reads by one of its numbers.
    pub fn reads(&self, id: LabelId) -> &str {
        if self.id == id { &self.name } else { self.inverse.as_deref().unwrap_or(&self.name) }
    }

    /// Both ways: `Manager / Report`.
    pub fn shown(&self) -> String {
        match &self.inverse {
            Some(inverse) => format!("{} / {inverse}", self.name),
            None => self.name.clone(),
        }
    }

    pub fn is_built_in(&self) -> bool {
        self.id.0 & !LabelId::PAIRED.0 < FIRST_CUSTOM
    }

    /// How it reads for a record of `of` about one of `about`: its number and its name there; both ways of a paired
    /// label of one object.
    pub fn readings(&self, of: Object, about: Object) -> Vec<(LabelId, &str)> {
        let mut readings = Vec::new();
        if (self.from, self.to) == (of, about) {
            readings.push((self.id, self.name.as_str()));
        }
        if (self.to, self.from) == (of, about) {
            match &self.inverse {
                Some(inverse) => readings.push((self.id.other_way(), inverse.as_str())),
                None if of != about => readings.push((self.id, self.name.as_str())),
                None => {}
            }
        }
        readings
    }
}

impl Settings {
    /// What records of `about` can be to one of `of`: numbers and names.
    pub fn labels_for(&self, of: Object, about: Object) -> Vec<(LabelId, &str)> {
        let standing = self.labels.iter().filter(|label| !label.deleted);
        standing.flat_map(|label| label.readings(of, about)).collect()
    }

    /// By name, case aside, as it reads for a record of `of`.
    pub fn label_called(&self, of: Object, about: Object, name: &str) -> Option<LabelId> {
        let wanted = fold(name.trim());
        self.labels_for(of, about).into_iter().find(|(_, label)| fold(label) == wanted).map(|(id, _)| id)
    }

    /// By either of its numbers, also one that was deleted.
    pub fn label(&self, id: LabelId) -> Option<&Label> {
        self.labels.iter().find(|label| label.is(id))
    }

    /// How a label reads; none when it was deleted.
    pub fn label_name(&self, id: LabelId) -> Option<&str> {
        self.label(id).filter(|label| !label.deleted).map(|label| label.reads(id))
    }

    /// A number that no label of that kind ever had; `None` when all are taken.
    pub fn free_label_id(&self, paired: bool) -> Option<LabelId> {
        let (base, step) = if paired { (LabelId::PAIRED.0, 2) } else { (0, 1) };
        let last = self.labels.iter().map(|label| label.id).filter(|id| id.is_paired() == paired).max();
        let next = last.map_or(Some(0), |id| id.0.checked_add(step))?.max(base + FIRST_CUSTOM);
        let id = LabelId(next);
        (id.is_paired() == paired).then_some(id)
    }
}
