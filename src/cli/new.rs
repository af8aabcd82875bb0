//! `lejek new`: creates a record.

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::association::{Labelling, Tying};
use crate::domain::change::Change;
use crate::domain::id::{Object, RecordId};
use crate::domain::logging::past::Timeframe;
use crate::domain::value::several;
use crate::workspace::permit::Whole;
use clap::Args;

#[derive(Debug, Args)]
pub struct New {
    /// contact, company, deal, ticket, lead or an object of your own
    pub object: String,
    /// Properties by internal name
    #[arg(value_name = "PROPERTY=VALUE")]
    pub values: Vec<String>,
    /// A record to associate it with, and what that is to the new one: company:acme.pl=Supplier
    #[arg(long, value_name = "REF[=LABEL]")]
    pub associate: Vec<String>,
    /// Of a new deal or ticket: the past activities of a company or contact come along, which is associated as well;
    /// the timeframe is 30d, 60d, 90d, 1y, all or FROM..TO
    #[arg(long, value_name = "REF=TIMEFRAME")]
    pub past_activities: Vec<String>,
    /// Where one of them has as many as it may, takes the place of one that is there
    #[arg(long)]
    pub replace: bool,
}

impl New {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let spec = session.spec(&self.object)?;
        session.permit_whole(Whole::Create, spec.object)?;
        let values = session.values(&spec, &self.values)?;
        let values = values.into_iter().filter_map(|(id, value)| Some((id, value?))).collect();
        let others = self.associate.iter().map(|text| self.tying(&session, spec.object, text));
        let mut associate = others.collect::<Result<Vec<_>, Trouble>>()?;
        self.past(&session, &mut associate)?;
        let done = session.perform_now(&Change::Create { object: spec.object, values, associate })?;
        answer::act(&session, &done, &[])
    }

    /// `REF`, `REF=LABEL` or `REF=LABEL;LABEL`.
    fn tying(&self, session: &Session, object: Object, text: &str) -> Result<Tying, Trouble> {
        let (record, labels) = text.split_once('=').unwrap_or((text, ""));
        let other = session.record(record)?;
        let labels = several(labels).map(|name| session.label(object, other.object, name));
        let labels = Labelling::Add(labels.collect::<Result<_, _>>()?);
        Ok(Tying { labels, replace: self.replace, ..Tying::new(other) })
    }

    fn past(&self, session: &Session, associate: &mut Vec<Tying>) -> Result<(), Trouble> {
        for text in &self.past_activities {
            let (other, timeframe) = past(session, text)?;
            match associate.iter_mut().find(|tying| tying.other == other) {
                Some(tying) => tying.past = Some(timeframe),
                None => associate.push(Tying { replace: self.replace, past: Some(timeframe), ..Tying::new(other) }),
            }
        }
        Ok(())
    }
}

/// `REF=TIMEFRAME`, or `REF` for the last 30 days.
pub(super) fn past(session: &Session, text: &str) -> Result<(RecordId, Timeframe), Trouble> {
    let (record, timeframe) = text.rsplit_once('=').unwrap_or((text, "30d"));
    let timeframe = Timeframe::parse(timeframe, &session.cx().clock()).map_err(Trouble::refused)?;
    Ok((session.record(record)?, timeframe))
}
