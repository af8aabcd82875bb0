//! Who is told what by a draft (R4.12): several things of one act that one user is told of one topic become one.

use super::Draft;
use crate::domain::change::{Author, Op, Reason, Rule};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{RecordId, Ref, UserId};
use crate::domain::notification::{ChannelKind, Notification, NotificationId, Topic, Way, WayState};
use crate::domain::sight::{sees, sees_activity};
use std::collections::BTreeMap;

/// What somebody is to be told.
#[derive(Debug, Clone, Default)]
pub struct Telling {
    /// What makes it once, such as the id of an event; `None`: the act.
    pub cause: Option<String>,
    /// Where a jump from it leads.
    pub about: Option<Ref>,
    /// What else its texts speak of.
    pub also: Vec<Ref>,
    /// Such that `and 2 more` can follow it, where several become one.
    pub title: String,
    /// One line.
    pub body: String,
    pub todo: String,
    /// The rule that tells it, and its sentence for this user.
    pub rule: Option<Rule>,
    pub why: String,
    /// Of a topic without tick boxes: by which ways it goes.
    pub ways: Vec<ChannelKind>,
}

/// Notifications in the making, in the order of their users and topics.
pub(in crate::rules) type Tellings = BTreeMap<NotificationId, (Notification, Rule)>;

/// Longest texts of a notification, in characters.
const TITLE: usize = 200;
const BODY: usize = 1_000;

impl Draft<'_> {
    /// Tells a user something, unless it is their own act (R4.12), they are not active, or they may not see what it is
    /// about (R6.4).
    pub fn notify(&mut self, to: UserId, topic: Topic, telling: Telling) -> Read<()> {
        if !self.is_told(to, topic, telling.about)? {
            return Ok(());
        }
        let cause = telling.cause.unwrap_or_else(|| format!("act {}", self.asking.act));
        let id = NotificationId::of(&cause, to, topic);
        let rule = telling.rule.unwrap_or(Rule(4, 12));
        let (now, settings) = (self.asking.now, self.settings.as_ref());
        let ways = match self.tellings.contains_key(&id) {
            // It goes by the ways of the first one.
            true => Vec::new(),
            false if topic.row().has_boxes => settings.ticked(to, topic),
            false => telling.ways,
        };
        let one = Notification {
            id,
            to,
            topic,
            about: telling.about,
            also: telling.also,
            title: cut(&telling.title, TITLE),
            body: cut(&telling.body, BODY),
            todo: telling.todo,
            why: telling.why,
            at: now,
            act: self.asking.act,
            count: 1,
            ways: ways.into_iter().map(|channel| Way { channel, state: WayState::due(now) }).collect(),
            read: false,
            withdrawn: false,
        };
        match self.tellings.get_mut(&id) {
            Some((standing, _)) if topic.row().is_counted => standing.add(&one),
            // The same cause twice is once.
            Some(_) => {}
            None => drop(self.tellings.insert(id, (one, rule))),
        }
        Ok(())
    }

    fn is_told(&self, to: UserId, topic: Topic, about: Option<Ref>) -> Read<bool> {
        // Whoever brings an event in is not who did it, and an import may have ended long after it was asked for.
        let is_own = self.asking.by == Author::User(to)
            && !matches!(topic, Topic::ImportFinished | Topic::PartnerLead | Topic::PartnerCoSelling);
        if is_own || self.settings.user(to).is_none_or(|user| !user.active) {
            return Ok(false);
        }
        let viewer = self.settings.viewer(to);
        match about {
            None => Ok(true),
            Some(Ref::Record(id)) => Ok(self.record(id)?.is_some_and(|record| sees(&viewer, &record))),
            Some(Ref::Activity(id)) => match self.activity(id)? {
                Some(activity) => sees_activity(self, &viewer, &activity),
                None => Ok(false),
            },
        }
    }

    /// Grants what is to be told, after everything else. What was told by another act before is not told again.
    pub(in crate::rules) fn grant_tellings(&mut self) -> Read<()> {
        for (id, (one, rule)) in std::mem::take(&mut self.tellings) {
            if self.notification(id)?.is_some_and(|standing| standing.act != one.act) {
                continue;
            }
            let name = self.settings.user(one.to).map_or("somebody", |user| user.name.as_str());
            let why = Reason::Rule(rule, format!("{name} was told: {}", one.topic.row().label.to_lowercase()));
            self.push(Op::Notify(Box::new(one)), why)?;
        }
        Ok(())
    }

    pub(super) fn lay_notification(&mut self, op: &Op) -> Read<()> {
        let (id, after) = match op {
            Op::Notify(one) => (one.id, Some(one.told(self.notification(one.id)?))),
            Op::Withdraw(one) => (one.id, self.notification(one.id)?.map(Notification::taken_back)),
            _ => return Ok(()),
        };
        self.notifications.insert(id, after);
        Ok(())
    }

    /// Who acts, for texts.
    pub fn who(&self) -> String {
        match self.asking.by {
            Author::User(id) => self.settings.user(id).map_or_else(|| "Somebody".to_owned(), |user| user.name.clone()),
            Author::Program => "lejek".to_owned(),
        }
    }

    /// What a record is called, for texts.
    pub fn called(&self, id: RecordId) -> Read<String> {
        Ok(self.record(id)?.map_or_else(|| id.short(), |record| record.name()))
    }
}

/// One line, no longer than so many characters.
fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
