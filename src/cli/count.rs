//! `lejek count`: how many records a list would have.

use super::Call;
use super::list::List;
use super::listing::Asked;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::user::Sight;
use clap::Args;
use serde_json::json;

/// Takes the options of `list`; counts all rows, whatever the limit.
#[derive(Debug, Args)]
pub struct Count {
    #[command(flatten)]
    pub list: List,
}

impl Count {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let Asked { spec, query, .. } = self.list.listing.ask(&session)?;
        // How many there are is known without building what search needs.
        if !query.is_plain() || *query.viewer.sight(spec.object) != Sight::All {
            session.prepare(&query)?;
        }
        let count = session.store().page(&query, session.now, 0, 0)?.matching;
        session.out.answer(|| json!({ "count": count }), || count.to_string())
    }
}
