//! The keys of a record page, as a whole and as things stand on it.

use super::{
    ANY_PROPERTY, ASSOCIATE, COPY, COPY_VALUE, DELETE, DENSITY, EDIT, EDIT_IT, FOLD_IT, FOLDS, MOVEMENT, OPEN,
    OPEN_WITH, PANES, RECORDS, TABS, UNFOLD_IT, WHY,
};
use crate::keys::Keys;

pub const RECORD: &[Keys] = &[
    OPEN,
    EDIT,
    ANY_PROPERTY,
    ASSOCIATE,
    OPEN_WITH,
    DELETE,
    WHY,
    COPY,
    COPY_VALUE,
    PANES,
    MOVEMENT,
    FOLDS,
    TABS,
    RECORDS,
    DENSITY,
];

/// The same while the cursor is on what is unfolded, or folded.
pub const RECORD_FOLD: &[Keys] = &[
    FOLD_IT,
    EDIT,
    ANY_PROPERTY,
    ASSOCIATE,
    OPEN_WITH,
    DELETE,
    WHY,
    COPY,
    COPY_VALUE,
    PANES,
    MOVEMENT,
    FOLDS,
    TABS,
    RECORDS,
    DENSITY,
];

pub const RECORD_UNFOLD: &[Keys] = &[
    UNFOLD_IT,
    EDIT,
    ANY_PROPERTY,
    ASSOCIATE,
    OPEN_WITH,
    DELETE,
    WHY,
    COPY,
    COPY_VALUE,
    PANES,
    MOVEMENT,
    FOLDS,
    TABS,
    RECORDS,
    DENSITY,
];

/// The same while it is on a property.
pub const RECORD_EDIT: &[Keys] = &[
    EDIT_IT,
    ANY_PROPERTY,
    ASSOCIATE,
    OPEN_WITH,
    DELETE,
    WHY,
    COPY,
    COPY_VALUE,
    PANES,
    MOVEMENT,
    FOLDS,
    TABS,
    RECORDS,
    DENSITY,
];
