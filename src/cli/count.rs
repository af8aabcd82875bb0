//! `lejek count`: how many records a list would have.

use super::Call;
use super::list::List;
use super::listing::Asked;
use super::session::Session;
use super::trouble::Trouble;
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
        let Asked { query, .. } = self.list.listing.ask(&session)?;
        let count = session.matching(&query)?;
        session.out.answer(|| json!({ "count": count }), || count.to_string())
    }
}
