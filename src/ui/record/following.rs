//! Following a record (R4.14): the key that begins and ends it, and who follows.

use super::lead::Said;
use super::{ACTIVITY, RecordPage};
use crate::domain::answer::Detail;
use crate::domain::change::Change;
use crate::domain::record::Record;
use crate::domain::user::User;
use crate::ui::cell;
use crate::ui::layer::{Cx, Effect};

/// From following to following no more, or the other way round.
pub fn toggled(record: &Record, cx: &Cx) -> Change {
    Change::Follow { record: record.id, follow: !record.followers().contains(&cx.user.id) }
}

impl RecordPage {
    pub(super) fn toggle_follow(&self, cx: &Cx) -> Vec<Effect> {
        let change = self.detail.as_ref().map(|detail| toggled(&detail.row.record, cx));
        change.map(|change| Effect::Perform(ACTIVITY, change)).into_iter().collect()
    }
}

/// Who follows the record, one a line.
pub fn followers(detail: &Detail, room: u16, cx: &Cx) -> Vec<Said> {
    let users = detail.row.record.followers().iter().filter_map(|id| cx.settings.user(*id));
    let said = |user: &User| {
        let name = if user.id == cx.user.id { "you" } else { user.name.as_str() };
        (name.to_owned(), cell::text(&user.email, &[], room, cx.look.theme.dim, cx))
    };
    users.map(said).collect()
}
