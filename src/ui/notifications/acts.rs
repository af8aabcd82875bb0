//! What is done with the notification under the cursor. To do something else with it, add a command to its row in
//! `keys/rows/notifications.rs`, here, and a reason why it can't be done now.

use super::{ACT, Notifications, SETTLED, Shown, TABS, Told};
use crate::domain::change::Change;
use crate::domain::id::Ref;
use crate::domain::notification::{ChannelKind, Notification, NotificationId, Topic};
use crate::keys::Command;
use crate::ui::layer::{Cx, Effect, Place};
use crate::ui::modals::log;
use crate::ui::widgets::Toast;
use crate::workspace::request::Request;

pub fn is_act(command: Command) -> bool {
    use Command as C;
    matches!(command, C::Open | C::ToggleRead | C::AllRead | C::SendAgain | C::Log | C::Mute)
}

/// The user has read it.
pub fn read(id: NotificationId) -> Effect {
    Effect::Ask(SETTLED, Request::MarkRead { ids: vec![id], read: true })
}

pub fn sent_again(count: usize) -> Toast {
    match count {
        0 => Toast::info("Nothing waits in the outbox"),
        1 => Toast::ok("1 delivery is tried again now"),
        several => Toast::ok(format!("{several} deliveries are tried again now")),
    }
}

/// Where a notification leads: its record, else the act that it tells of.
pub fn jump(told: &Notification) -> Effect {
    match told.about {
        Some(Ref::Record(id)) => Effect::Go(Place::Record(id)),
        Some(Ref::Activity(_)) => Effect::Go(Place::Unassociated),
        None => Effect::GoToAct(told.act),
    }
}

/// The ways by which the user is told of a topic.
fn ticked(topic: Topic, cx: &Cx) -> Vec<String> {
    let ways = ChannelKind::ROWS.iter().filter(|(channel, ..)| cx.settings.is_ticked(cx.user.id, topic, *channel));
    ways.map(|(channel, ..)| format!("notifications.{}.{}", topic.row().name, channel.name())).collect()
}

impl Notifications {
    pub(super) fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        let none = || self.told().is_none().then(|| "no notification stands here".to_owned());
        match command {
            Command::ToggleRead if self.told().is_some_and(|told| told.waiting.is_some()) => {
                Some("here stands what is not delivered, the other tabs say what is read".into())
            }
            // What will come is not known yet.
            Command::Open if self.all.is_none() => None,
            Command::Open | Command::ToggleRead => none(),
            Command::AllRead if self.unread == 0 => Some("all of them are read".into()),
            Command::SendAgain if self.undelivered == 0 => Some("nothing waits in the outbox".into()),
            Command::Log => none().or_else(|| {
                self.told().and_then(Told::record).is_none().then(|| "it is about no single record".to_owned())
            }),
            Command::Mute => none().or_else(|| {
                let row = self.told()?.one.topic.row();
                let of_workspace = "who is told of it is chosen under Settings, Partners, Communication";
                let unticked = "it comes by no way but this centre, Settings, Notifications says by which it may";
                match row.has_boxes {
                    false => Some(of_workspace.to_owned()),
                    true => ticked(row.topic, cx).is_empty().then(|| unticked.to_owned()),
                }
            }),
            Command::SelectTab(number) if usize::from(number) == self.tab + 1 => {
                Some("this tab is open already".into())
            }
            Command::SelectTab(number) if usize::from(number) > TABS.len() => {
                Some(format!("there are {} tabs", TABS.len()))
            }
            _ => None,
        }
    }

    pub(super) fn act(&mut self, command: Command, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Open => {
                self.owed = self.all.is_none();
                self.open()
            }
            Command::ToggleRead => self.toggle(cx),
            Command::AllRead => vec![Effect::Ask(SETTLED, Request::AllRead)],
            Command::SendAgain => vec![Effect::Ask(SETTLED, Request::Retry)],
            Command::Log => self.log(cx),
            Command::Mute => self.mute(cx),
            _ => Vec::new(),
        }
    }

    /// To what it is about; with that it is read.
    pub(super) fn open(&self) -> Vec<Effect> {
        let Some(told) = self.told() else { return Vec::new() };
        let is_own = told.waiting.is_none();
        let read = (is_own && !told.one.read).then(|| read(told.one.id));
        read.into_iter().chain([jump(&told.one)]).collect()
    }

    /// Read, or unread again; the cursor goes on where the row stays.
    fn toggle(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(told) = self.told() else { return Vec::new() };
        let (id, read) = (told.one.id, !told.one.read);
        let mut effects = vec![Effect::Ask(SETTLED, Request::MarkRead { ids: vec![id], read })];
        if self.of_tab() != Shown::Unread {
            effects.extend(self.move_cursor(Command::MoveDown, None, cx));
        }
        effects
    }

    fn log(&self, cx: &Cx) -> Vec<Effect> {
        let Some(id) = self.told().and_then(Told::record) else { return Vec::new() };
        let detail = self.detail.as_ref().filter(|detail| detail.row.record.id == id);
        let name = detail.map_or_else(|| id.short(), |detail| detail.row.record.name());
        log::open(Command::Log, vec![id], &name, cx)
    }

    /// It comes by no way any more but stands here still.
    fn mute(&self, cx: &Cx) -> Vec<Effect> {
        let Some(told) = self.told() else { return Vec::new() };
        let values = ticked(told.one.topic, cx).into_iter().map(|key| (key, "false".to_owned())).collect();
        vec![Effect::Perform(ACT, Change::Settings { values })]
    }
}
