//! What a user may do with the records of an object, one row each: its name in scripts, its head on screens, how far it
//! reaches.

use super::{Permissions, Reach};

/// How far a permission reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Reach(Reach),
    Given(bool),
}

pub struct Permit {
    pub name: &'static str,
    pub label: &'static str,
    pub get: fn(&Permissions) -> Extent,
    place: fn(&mut Permissions) -> Place<'_>,
}

/// Where it is kept.
enum Place<'a> {
    Reach(&'a mut Reach),
    Given(&'a mut bool),
}

pub const PERMITS: &[Permit] = &[
    Permit {
        name: "view",
        label: "View",
        get: |may| Extent::Reach(may.view),
        place: |may| Place::Reach(&mut may.view),
    },
    Permit {
        name: "edit",
        label: "Edit",
        get: |may| Extent::Reach(may.edit),
        place: |may| Place::Reach(&mut may.edit),
    },
    Permit {
        name: "delete",
        label: "Delete",
        get: |may| Extent::Reach(may.delete),
        place: |may| Place::Reach(&mut may.delete),
    },
    Permit {
        name: "create",
        label: "Create",
        get: |may| Extent::Given(may.create),
        place: |may| Place::Given(&mut may.create),
    },
    Permit {
        name: "import",
        label: "Import",
        get: |may| Extent::Given(may.import),
        place: |may| Place::Given(&mut may.import),
    },
    Permit {
        name: "export",
        label: "Export",
        get: |may| Extent::Given(may.export),
        place: |may| Place::Given(&mut may.export),
    },
];

impl Permit {
    /// As it is written; the error is a sentence.
    pub fn read(&self, may: &mut Permissions, text: &str) -> Result<(), String> {
        match (self.place)(may) {
            Place::Reach(reach) => {
                *reach =
                    Reach::named(text.trim()).ok_or_else(|| format!("“{text}” is none of: all, team, own, none"))?;
            }
            Place::Given(given) => *given = yes_or_no(text)?,
        }
        Ok(())
    }

    /// One further: from all to team to own to none, and to all again.
    pub fn turn(&self, may: &mut Permissions) {
        match (self.place)(may) {
            Place::Reach(reach) => {
                let at = Reach::ROWS.iter().position(|row| row.0 == *reach).map_or(0, |at| at + 1);
                *reach = Reach::ROWS[at % Reach::ROWS.len()].0;
            }
            Place::Given(given) => *given = !*given,
        }
    }
}

pub fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" => Ok(true),
        "false" | "no" => Ok(false),
        _ => Err(format!("“{text}” is neither true nor false")),
    }
}
