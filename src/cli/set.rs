//! `lejek set`: changes properties of a record.

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::workspace::permit::Verb;
use clap::Args;

#[derive(Debug, Args)]
pub struct Set {
    /// The record: an id, its last 8 characters, contact:E-MAIL, company:DOMAIN, OBJECT:NAME
    #[arg(value_name = "REF")]
    pub record: String,
    /// Properties by internal name; `name=` clears one
    #[arg(value_name = "PROPERTY=VALUE", required = true)]
    pub values: Vec<String>,
}

impl Set {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let record = session.record(&self.record)?;
        session.permit(Verb::Edit, record)?;
        let spec = session.spec_of(record)?;
        let values = session.values(&spec, &self.values)?;
        let done = session.perform_now(&Change::Set { record, values })?;
        answer::act(&session, &done, &[])
    }
}
