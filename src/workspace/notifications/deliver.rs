//! Delivering what waits in the outbox (R4.10): at least once, tried again later and later, given up after a day, each
//! attempt recorded. What nobody wants any more when it comes to it is not sent (R4.11).

use super::{PIECE, TOLD_AT_MOST, channel, message};
use crate::delivery::{self, Outcome, Schedule};
use crate::domain::graph::Read;
use crate::domain::id::UserId;
use crate::domain::notification::{ChannelKind, LastTry, Notification, Settling, WayState};
use crate::workspace::{Failure, Workspace};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// After so many failures in a row the others of the same way are left for later.
const FAILURES: u32 = 3;
/// How much later at least.
const LATER: TimeDelta = TimeDelta::seconds(60);

/// What a round of delivering came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delivered {
    pub delivered: usize,
    /// To be tried again.
    pub failed: usize,
    pub given_up: usize,
    /// Not wanted any more.
    pub off: usize,
}

impl Delivered {
    fn count(&mut self, state: &WayState) {
        match state {
            WayState::Delivered { .. } => self.delivered += 1,
            WayState::Due { .. } => self.failed += 1,
            WayState::GivenUp { .. } => self.given_up += 1,
            WayState::Off => self.off += 1,
        }
    }

    pub fn add(&mut self, more: Delivered) {
        self.delivered += more.delivered;
        self.failed += more.failed;
        self.given_up += more.given_up;
        self.off += more.off;
    }
}

/// One who delivers by one channel.
pub struct Deliverer<'a> {
    pub workspace: &'a Workspace,
    pub channel: ChannelKind,
    /// Asked before each attempt.
    pub goes_on: &'a dyn Fn() -> bool,
}

/// How a way has fared in this round: its failures in a row, and when what failed last is tried again.
#[derive(Clone, Copy)]
struct Trouble {
    failures: u32,
    again: DateTime<Utc>,
}

impl Deliverer<'_> {
    /// Tries once whatever is due by now.
    pub fn round(&self) -> Result<Delivered, Failure> {
        let (workspace, until) = (self.workspace, self.workspace.now());
        let mut came_to = Delivered::default();
        let mut troubles: BTreeMap<Option<UserId>, Trouble> = BTreeMap::new();
        loop {
            let due = workspace.store().outbox_due(self.channel, until, self.piece())?;
            let (mut tried, mut put_off) = (0, Vec::new());
            for one in due.into_iter().filter(|one| self.is_ours(one)) {
                if !(self.goes_on)() || !workspace.claim(one.id, self.channel) {
                    continue;
                }
                tried += 1;
                let of = self.target(&one);
                if let Some(trouble) = troubles.get(&of).filter(|trouble| trouble.failures >= FAILURES) {
                    put_off.push(later(&one, self.channel, trouble.again.max(until + LATER)));
                    continue;
                }
                let state = self.one(&one);
                workspace.release(one.id, self.channel);
                let state = state?;
                if let Some(state) = &state {
                    came_to.count(state);
                }
                note(&mut troubles, of, state.as_ref());
            }
            came_to.failed += put_off.len();
            let settled = workspace.settle(&put_off, Vec::new());
            put_off.iter().filter_map(Settling::id).for_each(|id| workspace.release(id, self.channel));
            settled?;
            if tried == 0 {
                return Ok(came_to);
            }
        }
    }

    /// Desktops of others stand among the rows.
    fn piece(&self) -> usize {
        if self.channel == ChannelKind::Desktop { TOLD_AT_MOST } else { PIECE }
    }

    /// What one server serves: all mail, or the other apps of one user.
    fn target(&self, one: &Notification) -> Option<UserId> {
        (self.channel != ChannelKind::Email).then_some(one.to)
    }

    /// A desktop is that of whoever delivers.
    fn is_ours(&self, one: &Notification) -> bool {
        self.channel != ChannelKind::Desktop || one.to == self.workspace.user()
    }

    /// Tries one, as it stands by now, and records what came of it; `None`: somebody else did meanwhile.
    fn one(&self, listed: &Notification) -> Result<Option<WayState>, Failure> {
        let workspace = self.workspace;
        let Some(one) = workspace.store().notification(listed.id)? else { return Ok(None) };
        let (since, tries) = match one.way(self.channel) {
            Some(WayState::Due { at, since, tries, .. }) if *at <= workspace.now() => (*since, *tries),
            _ => return Ok(None),
        };
        let mut settlings = Vec::with_capacity(2);
        let unwanted = workspace.unwanted(&one, self.channel)?;
        let state = if let Some(state) = unwanted {
            state
        } else {
            let outcome = self.send(&one)?;
            let now = workspace.now();
            let error = match &outcome {
                Outcome::Delivered => None,
                Outcome::Retry { why, .. } | Outcome::Failed { why } => Some(why.clone()),
            };
            let last = LastTry { at: now, error };
            settlings.push(Settling::Fared { user: one.to, channel: self.channel, last });
            after(&one, outcome, (since, tries + 1), now)
        };
        settlings.push(Settling::Tried { id: one.id, channel: self.channel, state: state.clone() });
        workspace.settle(&settlings, vec![one.to])?;
        Ok(Some(state))
    }

    fn send(&self, one: &Notification) -> Read<Outcome> {
        let settings = self.workspace.settings();
        let Some(user) = settings.user(one.to) else {
            return Ok(Outcome::Failed { why: "The user is not there any more.".to_owned() });
        };
        let message = message::of(self.workspace.store().as_ref(), one, user, self.workspace.now())?;
        Ok(match channel::to(&settings, one.to, self.channel) {
            Ok(channel) => delivery::send(&channel, &message, &channel::limits(&settings)),
            // It may be set later.
            Err(why) => Outcome::Retry { after: None, why },
        })
    }
}

/// What a way has come to by an attempt: the `tries`th since `since`.
fn after(one: &Notification, outcome: Outcome, (since, tries): (DateTime<Utc>, u32), now: DateTime<Utc>) -> WayState {
    let (after, why) = match outcome {
        Outcome::Delivered => return WayState::Delivered { at: now },
        Outcome::Failed { why } => return WayState::GivenUp { at: now, why },
        Outcome::Retry { after, why } => (after, why),
    };
    // Any number that differs from one to the next does.
    let random = one.id.0.as_u64_pair().1.wrapping_add(u64::from(tries)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    match Schedule::default().next(tries, since, now, after, random) {
        Some(at) => WayState::Due { at, since, tries, last_error: Some(why) },
        None => WayState::GivenUp { at: now, why },
    }
}

/// Where a way fails again and again, the others wait until it was tried once more.
fn later(one: &Notification, channel: ChannelKind, at: DateTime<Utc>) -> Settling {
    let state = match one.way(channel) {
        Some(WayState::Due { since, tries, last_error, .. }) => {
            WayState::Due { at, since: *since, tries: *tries, last_error: last_error.clone() }
        }
        Some(state) => state.clone(),
        None => WayState::Off,
    };
    Settling::Tried { id: one.id, channel, state }
}

fn note(troubles: &mut BTreeMap<Option<UserId>, Trouble>, of: Option<UserId>, state: Option<&WayState>) {
    match state {
        Some(WayState::Due { at, .. }) => {
            let trouble = troubles.entry(of).or_insert(Trouble { failures: 0, again: *at });
            *trouble = Trouble { failures: trouble.failures + 1, again: *at };
        }
        _ => drop(troubles.remove(&of)),
    }
}

impl Workspace {
    /// What becomes of a way that is not to be tried: the box is not ticked any more, the user left or may not see it
    /// any more (R4.11, R6.4), or nobody was there for a day.
    pub(super) fn unwanted(&self, one: &Notification, channel: ChannelKind) -> Read<Option<WayState>> {
        let settings = self.settings();
        let Some(user) = settings.user(one.to).filter(|user| user.active) else { return Ok(Some(WayState::Off)) };
        let sees = || self.acting_as(user.id).is_in_sight_of(one);
        if !settings.wants(user.id, one.topic, channel) || !sees()? {
            return Ok(Some(WayState::Off));
        }
        let now = self.now();
        let is_stale =
            |since: DateTime<Utc>| TimeDelta::from_std(Schedule::default().gives_up).is_ok_and(|day| since + day < now);
        Ok(match one.way(channel) {
            Some(WayState::Due { since, .. }) if channel == ChannelKind::Desktop && is_stale(*since) => {
                let why = "For a day no lejek of yours was open to show it.".to_owned();
                Some(WayState::GivenUp { at: now, why })
            }
            _ => None,
        })
    }

    fn is_in_sight_of(&self, one: &Notification) -> Read<bool> {
        one.about.map_or(Ok(true), |about| self.is_in_sight(about))
    }
}
