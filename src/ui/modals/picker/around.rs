//! What a picker knows of the record that it is for.

use crate::domain::answer::{Detail, Tie};
use crate::domain::id::Object;
use crate::domain::object::is;
use crate::domain::user::reached;
use crate::domain::value::Value;
use crate::ui::layer::Cx;
use crate::ui::text::clean;

/// The record that others are picked for, as it stands.
pub struct Around {
    pub name: String,
    /// What it is associated with of the object, in sight.
    pub ties: Vec<Tie>,
    pub unseen: usize,
    /// Why its associations can't be changed.
    pub refused: Option<String>,
}

impl Around {
    pub fn of(detail: &Detail, to: Object, cx: &Cx) -> Around {
        let record = &detail.row.record;
        let section = detail.sections.iter().find(|section| section.object == to);
        let owner = record.values.get(is::OWNER).and_then(Value::as_user);
        let may = cx.user.may(record.id.object).edit;
        let refused = !reached(cx.user, &cx.settings.users, may).takes_in(owner);
        Around {
            name: record.name(),
            ties: section.map(|section| section.ties.clone()).unwrap_or_default(),
            unseen: section.map_or(0, |section| section.unseen),
            refused: refused.then(|| format!("you may not edit {}", clean(&record.name()))),
        }
    }
}
