//! `lejek new`: creates a record.

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::association::Tying;
use crate::domain::change::Change;
use crate::workspace::permit::Whole;
use clap::Args;

#[derive(Debug, Args)]
pub struct New {
    /// contact, company, deal, ticket, lead or an object of your own
    pub object: String,
    /// Properties by internal name
    #[arg(value_name = "PROPERTY=VALUE")]
    pub values: Vec<String>,
    /// A record to associate it with
    #[arg(long, value_name = "REF")]
    pub associate: Vec<String>,
}

impl New {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let spec = session.spec(&self.object)?;
        session.permit_whole(Whole::Create, spec.object)?;
        let values = session.values(&spec, &self.values)?;
        let values = values.into_iter().filter_map(|(id, value)| Some((id, value?))).collect();
        let others = self.associate.iter().map(|text| Ok(Tying::new(session.record(text)?)));
        let associate = others.collect::<Result<_, Trouble>>()?;
        let done = session.perform_now(&Change::Create { object: spec.object, values, associate })?;
        answer::act(&session, &done, &[])
    }
}
