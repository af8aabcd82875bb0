//! `lejek restore`: records and activities out of the bin.

use super::Call;
use super::answer;
use super::session::{Session, property};
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::id::{PropertyId, Ref};
use crate::workspace::find::Among;
use clap::Args;

#[derive(Debug, Args)]
pub struct Restore {
    /// Records or activities in the bin
    #[arg(value_name = "REF", required = true)]
    pub what: Vec<String>,
    /// Leaves a property empty because another record has its value by now: email or domain
    #[arg(long, value_name = "PROPERTY")]
    pub without: Vec<String>,
}

impl Restore {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let what = session.things(&self.what, Among::Bin)?;
        let without = self.without(&session, &what)?;
        let done = session.perform_now(&Change::Restore { what, without })?;
        answer::act(&session, &done, &[])
    }

    /// A name means the property of that name of every object that comes back.
    fn without(&self, session: &Session, what: &[Ref]) -> Result<Vec<PropertyId>, Trouble> {
        let mut without = Vec::new();
        for one in what {
            let Ref::Record(id) = one else { continue };
            let spec = session.spec_of(*id)?;
            for name in &self.without {
                without.push(property(&spec, name)?.id);
            }
        }
        Ok(without)
    }
}
