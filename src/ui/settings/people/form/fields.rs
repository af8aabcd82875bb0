//! The fields of a user's form: a new one is a variant, its row in [`Field::ROWS`] and its arm in [`UserForm::turn`].

use super::UserForm;
use crate::ui::layer::Cx;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Name,
    Email,
    Team,
    Seat,
    Active,
    Specialist,
    SuperAdmin,
    PropertySettings,
    /// What they may do with the records of an object, by its place.
    Rights(usize),
}

/// What stands below while one of the permissions has the cursor.
const RIGHTS_HELP: &str = "Whose records: all, their team's, their own, none. Enter takes the next one.";

impl Field {
    /// Label, and what it means.
    const ROWS: &'static [(Field, &'static str, &'static str)] = &[
        (Field::Name, "Name", "As it stands on every screen."),
        (Field::Email, "E-mail", "They open lejek as themselves with --as and this address."),
        (Field::Team, "Team", "Whose records they reach where a permission says team."),
        (Field::Seat, "Seat", "A Sales seat changes the settings of leads."),
        (Field::Active, "Active", "Who is not active can't open lejek. What they did stays."),
        (Field::Specialist, "Growth specialist", "Partners' sign-ups at their companies reach the deal's team."),
        (Field::SuperAdmin, "Super Admin", "May do everything, settings and people among it."),
        (Field::PropertySettings, "Property settings", "Changes properties, objects and the settings of leads."),
    ];

    pub fn label(self) -> &'static str {
        Self::ROWS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    pub fn help(self) -> &'static str {
        Self::ROWS.iter().find(|row| row.0 == self).map_or(RIGHTS_HELP, |row| row.2)
    }

    pub fn all(cx: &Cx) -> Vec<Field> {
        let own = Self::ROWS.iter().map(|row| row.0);
        own.chain((0..cx.settings.objects.len()).map(Field::Rights)).collect()
    }
}

impl UserForm {
    /// To the next field, round and round.
    pub(super) fn step(&mut self, by: isize, cx: &Cx) {
        let all = Field::all(cx);
        let at = all.iter().position(|field| *field == self.at).unwrap_or(0);
        self.at = all[(at as isize + by).rem_euclid(all.len() as isize) as usize];
    }
}
