//! The keys of a record page, as a whole and as things stand on it.

use super::{
    ANY_PROPERTY, ASSOCIATE, COPY, COPY_VALUE, DELETE, DENSITY, EDIT, EDIT_IT, FOLD_IT, FOLDS, FOLLOW, LOG, MOVEMENT,
    OPEN, OPEN_WITH, PANES, RECORDS, TABS, UNFOLD_IT, WHY, hint, key,
};
use crate::keys::{Command, Group, Keys};

/// What enter and `e` do where the cursor is, then what holds for the whole page.
macro_rules! page {
    ($($here:ident),*) => {
        &[
            $($here,)*
            LOG,
            ANY_PROPERTY,
            ASSOCIATE,
            OPEN_WITH,
            FOLLOW,
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
        ]
    };
}

/// The page of a lead, above the others.
pub const LEAD: &[Keys] = &[&[
    hint("C", Command::Qualify, "convert to a deal", Group::Act),
    hint("D", Command::Disqualify, "disqualify", Group::Act),
    key("O", Command::Reopen, "reopen", Group::Act),
]];

pub const RECORD: &[Keys] = page!(OPEN, EDIT);

/// The same while the cursor is on what is unfolded, or folded.
pub const RECORD_FOLD: &[Keys] = page!(FOLD_IT, EDIT);

pub const RECORD_UNFOLD: &[Keys] = page!(UNFOLD_IT, EDIT);

/// The same while it is on a property.
pub const RECORD_EDIT: &[Keys] = page!(EDIT_IT);
