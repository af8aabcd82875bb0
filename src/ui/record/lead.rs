//! The page of a lead: going on to a deal, out, and back (R2.8 to R2.10), and what it shows besides its properties: the
//! owners where they differ (R1.12), and the time in each stage.

use super::facts::Fact;
use super::{ACTIVITY, RecordPage, said};
use crate::domain::answer::Detail;
use crate::domain::change::Change;
use crate::domain::id::{Object, UserId};
use crate::domain::moving::Move;
use crate::domain::object::is;
use crate::domain::pipeline::visits::visits;
use crate::domain::pipeline::{Group, Pipeline, Stage};
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::keys::{Command, KeyMode, Row, rows, rows_of};
use crate::ui::cell;
use crate::ui::layer::{Cx, Effect, Layer};
use crate::ui::text::clean;
use chrono::TimeDelta;
use ratatui::text::{Line, Span};

/// The group of stages that a command moves to.
fn aim(command: Command) -> Option<Group> {
    match command {
        Command::Qualify => Some(Group::Qualified),
        Command::Disqualify => Some(Group::Disqualified),
        Command::Reopen => Some(Group::InProgress),
        _ => None,
    }
}

fn stage_of<'c>(record: &Record, cx: &'c Cx) -> Option<(&'c Pipeline, &'c Stage)> {
    cx.settings.stage(record.values.get(is::STAGE).and_then(Value::as_option)?)
}

impl RecordPage {
    fn is_lead(&self) -> bool {
        self.id.object == Object::LEAD
    }

    pub(super) fn lead_rows(&self) -> impl Iterator<Item = Row> {
        let is_here = self.is_lead() && self.mode() == KeyMode::Normal;
        rows_of(if is_here { rows::LEAD } else { &[] })
    }

    /// Why a lead can't go there.
    pub(super) fn lead_obstacle(&self, command: Command, cx: &Cx) -> Option<String> {
        let group = aim(command)?;
        let Some(detail) = &self.detail else { return Some("the lead is still being read".to_owned()) };
        let (_, stage) = stage_of(&detail.row.record, cx)?;
        (stage.group == group).then(|| format!("it is in {} already", clean(&stage.name)))
    }

    /// To the first stage of the group that its pipeline has; what there is to ask is asked.
    pub(super) fn move_lead(&self, command: Command, cx: &Cx) -> Vec<Effect> {
        let stage = self.detail.as_ref().zip(aim(command)).and_then(|(detail, group)| {
            let (pipeline, _) = stage_of(&detail.row.record, cx)?;
            let now = cx.settings.pipelines_of(Object::LEAD).find(|own| own.id == pipeline.id)?;
            now.stages.iter().find(|stage| stage.group == group)
        });
        let change = |stage: &Stage| Change::Move(Box::new(Move::to(vec![self.id], stage.id)));
        stage.map(|stage| Effect::Perform(ACTIVITY, change(stage))).into_iter().collect()
    }
}

/// Label and value, below the properties.
pub type Said = (String, Fact);

/// Who owns the lead, its contact and its company, where that is not the same (R1.12).
pub fn owners(detail: &Detail, room: u16, cx: &Cx) -> Vec<Said> {
    let record = &detail.row.record;
    if record.id.object != Object::LEAD {
        return Vec::new();
    }
    let tied = |object| {
        let ties = detail.sections.iter().filter(|section| section.object == object).flat_map(|section| &section.ties);
        ties.clone().find(|tie| tie.link.primary).or_else(|| ties.into_iter().next()).map(|tie| &tie.record)
    };
    let known = [("Lead", Some(record)), ("Contact", tied(Object::CONTACT)), ("Company", tied(Object::COMPANY))];
    let owned: Vec<(&str, Option<UserId>)> =
        known.into_iter().filter_map(|(label, record)| Some((label, owner(record?)))).collect();
    if owned.windows(2).all(|two| two[0].1 == two[1].1) {
        return Vec::new();
    }
    let said = |(label, owner): (&str, Option<UserId>)| {
        let name = owner.and_then(|id| cx.settings.user(id)).map(|user| user.name.as_str());
        let tone = if name.is_some() { cx.look.theme.text } else { cx.look.theme.dim };
        (label.to_owned(), cell::text(name.unwrap_or("nobody"), &[], room, tone, cx))
    };
    owned.into_iter().map(said).collect()
}

fn owner(record: &Record) -> Option<UserId> {
    match record.get(is::OWNER).as_deref() {
        Some(Value::User(id)) => Some(*id),
        _ => None,
    }
}

/// How long the record was in each of its stages, once it was in more than one.
pub fn stages(detail: &Detail, room: u16, cx: &Cx) -> Vec<Said> {
    let visits = visits(&detail.row.record, cx.now);
    if visits.len() < 2 {
        return Vec::new();
    }
    let last = visits.len() - 1;
    let said = |(at, visit): (usize, &crate::domain::pipeline::visits::Visit)| {
        let name = cx.settings.stage(visit.stage).map_or("a stage", |(_, stage)| stage.name.as_str());
        let tone = if at == last { cx.look.theme.text } else { cx.look.theme.dim };
        let since = said::lately(visit.entered, cx);
        let mut line = Line::from(Span::styled(lasted(visit.spent), tone));
        if line.width() + since.len() + 8 <= usize::from(room) {
            line.push_span(Span::styled(format!("  from {since}"), cx.look.theme.dim));
        }
        (clean(name).into_owned(), line)
    };
    visits.iter().enumerate().map(said).collect()
}

/// `3 d`, `5 h`, `12 min`.
fn lasted(spent: TimeDelta) -> String {
    match (spent.num_days(), spent.num_hours(), spent.num_minutes()) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, _) => format!("{hours} h"),
        (days, ..) => format!("{days} d"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(TimeDelta::minutes(12), "12 min")]
    #[case(TimeDelta::minutes(61), "1 h")]
    #[case(TimeDelta::hours(71), "2 d")]
    fn r2_12_time_in_a_stage_is_short(#[case] spent: TimeDelta, #[case] said: &str) {
        assert_eq!(lasted(spent), said);
    }
}
