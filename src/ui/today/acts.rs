//! What becomes of the tasks and meetings that are marked, or of the one under the cursor. To do something else with
//! them, add a command to its row in `keys/rows/today.rs`, here, and a reason why it can't be done now.

use super::{ACT, TABS, Today, home};
use crate::domain::activity::{Activity, ActivityKind, Details, MeetingOutcome};
use crate::domain::agenda::{Planned, PlannedKind, Snooze, Stand, Tending};
use crate::domain::change::Change;
use crate::domain::id::{ActivityId, Ref};
use crate::domain::when;
use crate::keys::{Command, rows};
use crate::ui::copy;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::modals::lettered::{Lettered, Letters};
use crate::ui::modals::log::LogLine;
use crate::ui::modals::reschedule::Reschedule;
use crate::ui::record::{entry, said};

fn is_done(activity: &Activity) -> bool {
    matches!(Planned::of(activity), Some(Planned { stand: Stand::Done(_), .. }))
}

impl Today {
    pub(super) fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        let is_act = matches!(command, C::ToggleDone | C::Snooze | C::Reschedule | C::Outcome | C::Delete);
        let on_row =
            matches!(command, C::Log | C::Open | C::Why | C::History | C::ToggleMark) || copy::is_of_record(command);
        match command {
            C::MarkRange | C::MarkAll if self.lines.rows() == 0 => Some("nothing stands here".into()),
            _ if !(is_act || on_row) => match command {
                C::SelectTab(number) if usize::from(number) == self.tab + 1 => Some("this tab is open already".into()),
                C::SelectTab(number) if usize::from(number) > TABS.len() => {
                    Some(format!("there are {} tabs", TABS.len()))
                }
                _ => None,
            },
            _ if is_act && !self.marks.is_empty() => None,
            _ if self.lines.rows() == 0 => Some("nothing stands here".into()),
            command => self.row_reason(command, cx),
        }
    }

    /// Why a command on the row under the cursor can't be done now.
    fn row_reason(&self, command: Command, cx: &Cx) -> Option<String> {
        let Some(item) = self.item() else { return Some("the row is still being read".into()) };
        let is_task = item.activity.is_task();
        match command {
            Command::Outcome if is_task => Some("only meetings have an outcome, d says that a task is done".into()),
            Command::Snooze | Command::Reschedule if is_done(&item.activity) => {
                Some("it is done, d opens it again".into())
            }
            Command::Open | Command::Log if home(item).is_none() => Some("you may not see its records".into()),
            command if copy::is_of_record(command) => match self.detail.as_ref().filter(|_| self.has_detail()) {
                Some(detail) => copy::blocked(command, &detail.row, cx),
                None => Some("its record is still being read".into()),
            },
            _ => None,
        }
    }

    /// What is known of the record beside is of the row under the cursor.
    pub(super) fn has_detail(&self) -> bool {
        self.detail.as_ref().is_some_and(|detail| Some(detail.row.record.id) == self.shown_of)
    }

    pub(super) fn act(&mut self, command: Command, cx: &Cx) -> Vec<Effect> {
        let is_act = matches!(
            command,
            Command::ToggleDone | Command::Snooze | Command::Reschedule | Command::Outcome | Command::Delete
        );
        if is_act && self.marks.postpones(command) {
            return Vec::new();
        }
        match command {
            Command::Log => self.log(cx),
            Command::ToggleDone => self.tend(Tending::Done(!self.are_all_done())),
            Command::Snooze => vec![Effect::Push(Box::new(self.snoozes(cx)))],
            Command::Reschedule => vec![Effect::Push(Box::new(self.reschedule()))],
            Command::Outcome => vec![Effect::Push(Box::new(self.outcomes()))],
            Command::Delete => {
                let what: Vec<Ref> = self.meant().into_iter().map(Ref::Activity).collect();
                self.perform(Change::Delete { what })
            }
            Command::ChooseQueue => vec![Effect::Push(Box::new(self.queues()))],
            Command::ToggleMark => self.toggle_mark(cx),
            Command::MarkRange => self.mark_range(),
            Command::MarkAll => {
                self.marks.await_all();
                vec![self.ask_all()]
            }
            _ => Vec::new(),
        }
    }

    /// Of those that are known; one that is open decides.
    fn are_all_done(&self) -> bool {
        let meant = self.meant();
        let known = meant.iter().filter_map(|id| self.cache.get(self.cache.place(*id)?));
        let mut known = known.map(|item| is_done(&item.activity)).peekable();
        known.peek().is_some() && known.all(|done| done)
    }

    /// The line that logs what was done, on the record that it was done for.
    fn log(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some((item, on)) = self.item().and_then(|item| Some((item, home(item)?))) else { return Vec::new() };
        let named = item.activity.targets.iter().zip(&item.names).find(|(target, _)| target.record == on);
        let named = named.and_then(|(_, name)| name.clone()).unwrap_or_default();
        let first = match Planned::of(&item.activity).map(|planned| planned.kind) {
            Some(PlannedKind::Call) => ActivityKind::Call,
            Some(PlannedKind::Email) => ActivityKind::Email,
            Some(PlannedKind::Meeting) => ActivityKind::Meeting,
            _ => ActivityKind::Note,
        };
        self.logging = Some(item.activity.id);
        vec![Effect::Push(Box::new(LogLine::new(vec![on], &named, cx).beginning(first, cx)))]
    }

    /// What a line was logged for is done by that, save a meeting that is still ahead.
    pub(super) fn logged(&mut self, cx: &Cx) -> Vec<Effect> {
        let item = self.logging.take().and_then(|id| self.cache.get(self.cache.place(id)?));
        let is_open = |activity: &Activity| !is_done(activity) && (activity.is_task() || activity.at <= cx.now);
        match item.map(|item| &item.activity).filter(|activity| is_open(activity)) {
            Some(activity) => self.perform_on(vec![activity.id], Tending::Done(true)),
            None => Vec::new(),
        }
    }

    fn tend(&mut self, how: Tending) -> Vec<Effect> {
        self.perform_on(self.meant(), how)
    }

    fn perform_on(&mut self, what: Vec<ActivityId>, how: Tending) -> Vec<Effect> {
        self.go_on(&what);
        vec![Effect::Perform(ACT, Change::Tend { what, how })]
    }

    pub(super) fn perform(&mut self, change: Change) -> Vec<Effect> {
        self.go_on(&self.meant());
        vec![Effect::Perform(ACT, change)]
    }

    /// The cursor goes on to the next one that is not among these.
    fn go_on(&mut self, meant: &[ActivityId]) {
        let rows = self.lines.rows();
        let after = (self.row..rows).chain((0..self.row).rev());
        let mut after = after.filter_map(|row| self.cache.get(row)).map(|item| item.activity.id);
        self.anchor = after.find(|id| !meant.contains(id));
        self.chosen = true;
    }

    /// What is meant, for the titles of modals.
    fn subject(&self) -> String {
        match (self.marks.len(), self.item()) {
            (0, Some(item)) => entry::title(&item.activity).into_owned(),
            (marked, _) => said::counted(marked, "task", "tasks"),
        }
    }

    fn snoozes(&self, cx: &Cx) -> Letters {
        let clock = cx.settings.clock(cx.now);
        let one = self.item().filter(|_| self.marks.is_empty()).map(|item| &item.activity);
        let choice = |(snooze, label): &(Snooze, &'static str)| {
            let how = snooze.tending(&clock);
            let due = one.and_then(|activity| Some(said::moment(how.due(activity, &clock)?, u16::MAX, cx)));
            let aside = match (due, how) {
                (Some(due), _) => due,
                (None, Tending::On(day)) => when::day_long(day, &clock),
                (None, Tending::At(at)) => said::moment(at, u16::MAX, cx),
                (None, _) => String::new(),
            };
            Lettered { label, aside, answer: self.tending(how) }
        };
        let choices = Snooze::ROWS.iter().map(choice).collect();
        Letters::new("Snooze", self.subject(), rows::SNOOZING, choices).or_reschedule(self.reschedule())
    }

    fn tending(&self, how: Tending) -> Answer {
        Answer::Do(Box::new(Change::Tend { what: self.meant(), how }))
    }

    fn reschedule(&self) -> Reschedule {
        let one = self.item().filter(|_| self.marks.is_empty()).map(|item| item.activity.clone());
        Reschedule::new(self.subject(), one, self.meant())
    }

    fn outcomes(&self) -> Letters {
        let now = self.item().filter(|_| self.marks.is_empty()).and_then(|item| match &item.activity.details {
            Details::Meeting { outcome, .. } => *outcome,
            _ => None,
        });
        let choice = |(outcome, label): &(MeetingOutcome, &'static str)| {
            let aside = if now == Some(*outcome) { "as it is" } else { "" };
            Lettered { label, aside: aside.to_owned(), answer: self.tending(Tending::Outcome(*outcome)) }
        };
        let choices = MeetingOutcome::ROWS.iter().map(choice).collect();
        Letters::new("Outcome", self.subject(), rows::OUTCOMES, choices)
    }
}
