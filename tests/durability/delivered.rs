//! A program that is killed between a delivery and its record (R4.10): nothing is lost, and what comes twice has one id.

use crate::kills::{Here, Victim, number, opened};
use crate::mailbox::{Mailbox, header};
use crate::victim::Task;
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{Object, UserId};
use lejek::domain::notification::{ChannelKind, InboxAsk, InboxFilter, WayState};
use lejek::domain::object::is;
use lejek::domain::user::User;
use lejek::domain::value::Value;
use lejek::workspace::request::{Reply, Request};
use lejek::workspace::{Delivered, Deliverer, Workspace, open};
use std::collections::BTreeSet;
use tempfile::TempDir;

pub fn round(workspace: &Workspace) -> Delivered {
    Deliverer { workspace, channel: ChannelKind::Email, goes_on: &|| true }.round().unwrap()
}

fn does(workspace: &Workspace, change: &Change) {
    workspace.perform(change, Origin::CommandLine).unwrap();
}

fn settings(values: &[(&str, &str)]) -> Change {
    Change::Settings { values: values.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect() }
}

/// A workspace in which Ola is told of so many companies by mail.
fn founded(port: u16, count: usize) -> (TempDir, UserId) {
    let folder = TempDir::new().unwrap();
    let workspace = open::open(folder.path()).unwrap().found("Maja", "maja@x.example", Origin::CommandLine).unwrap();
    let ola = UserId(workspace.with_ids(|ids| ids.next()));
    does(&workspace, &Change::AddUser { user: Box::new(User::new(ola, "Ola", "ola@x.example")) });
    let port = port.to_string();
    let host =
        [("smtp.host", "127.0.0.1"), ("smtp.security", "none"), ("smtp.from", "l@x.example"), ("smtp.port", &port)];
    does(&workspace, &settings(&host));
    does(&workspace.acting_as(ola), &settings(&[("notifications.record_assigned.email", "true")]));
    for n in 0..count {
        let values = vec![(is::NAME, Value::text(format!("K{n}"))), (is::OWNER, Value::User(ola))];
        does(&workspace, &Change::Create { object: Object::COMPANY, values, associate: Vec::new() });
    }
    (folder, ola)
}

/// How the e-mails of all that Ola was told stand, by their ids.
fn states(here: &Here, ola: UserId) -> Vec<(String, WayState)> {
    let ask = InboxAsk { filter: InboxFilter::default(), from: 0, limit: usize::MAX };
    let Reply::Inbox(page) = here.acting_as(ola).ask(&Request::Inbox(ask)) else { panic!("no centre") };
    page.items.iter().map(|one| (one.id.to_string(), one.way(ChannelKind::Email).unwrap().clone())).collect()
}

#[test]
fn r4_10_nothing_is_lost_or_sent_after_its_record_by_a_kill_between_delivery_and_record() {
    let kills = number("LEJEK_KILLS", 12) as usize;
    let mailbox = Mailbox::open();
    let (folder, ola) = founded(mailbox.port, 3 * kills);
    for kill in 0..kills {
        let before = mailbox.mails().len();
        let mut victim = Victim::start(folder.path(), Task::Deliver, 0);
        victim.listen_for(&["ready"], 1);
        // At once after the server has it, before or while the program hears of that.
        mailbox.await_mails(before + 1 + kill % 2);
        victim.kill();
        let here = opened(folder.path());
        assert_eq!(here.store().check(true).unwrap().flaws, Vec::<String>::new(), "kill {kill}");
        let sent: BTreeSet<String> = ids(&mailbox);
        for (id, state) in states(&here, ola) {
            let is_recorded = matches!(state, WayState::Delivered { .. });
            assert!(!is_recorded || sent.contains(&id), "kill {kill}: {id} is recorded and was not sent");
            assert!(is_recorded || matches!(state, WayState::Due { .. }), "kill {kill}: {id} is {state:?}");
        }
    }
    let here = opened(folder.path());
    round(&here);
    let told = states(&here, ola);
    assert!(told.iter().all(|(_, state)| matches!(state, WayState::Delivered { .. })));
    let sent = ids(&mailbox);
    assert_eq!(sent, told.into_iter().map(|(id, _)| id).collect(), "each arrived, and nothing else");
    let doubles = mailbox.mails().len() - sent.len();
    assert!(doubles <= kills, "{doubles} doubles of {kills} kills");
}

/// What arrived, by the ids in it: a double has the id of the first.
fn ids(mailbox: &Mailbox) -> BTreeSet<String> {
    let id = |value: &str| value.trim_matches(['<', '>']).split('@').next().unwrap_or_default().to_owned();
    mailbox.mails().iter().map(|mail| id(header(mail, "Message-ID").unwrap())).collect()
}
