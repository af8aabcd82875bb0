//! E-mails: threads to and fro, and single ones that nobody answered.

use super::{Entry, Talk, Turn, soon_after, spoken};
use crate::demo::calendar::answered;
use crate::demo::pen::Pen;
use crate::demo::phrases::{Filling, Saying};
use crate::domain::activity::{ActivityKind, Details, Direction, LoggedFrom, Target};
use crate::domain::change::Reason;
use chrono::{DateTime, Utc};

/// Threads have as many as this at most.
const LONGEST: i64 = 6;

pub(super) fn thread(talk: &Talk, most: usize, pen: &mut Pen) -> usize {
    if most < 2 || talk.person.email.is_none() {
        return single(talk, most, pen);
    }
    let language = talk.language(60, pen);
    let topic = talk.turn(Turn::Threads, &language.phrases().threads);
    let length = (pen.rng.between(2, LONGEST) as usize).min(most).min(topic.said.len());
    let mut at = talk.past(pen);
    let user = talk.user(at, pen);
    let filling = talk.case.filling(talk.place, language, user, at, pen);
    let subject = filling.fill(topic.subject);
    let targets = talk.targets(at);
    let id = format!("{:012x}", pen.rng.draw() >> 16);
    let from = source(pen);
    for (place, saying) in topic.said[..length].iter().enumerate() {
        let reply = place > 0;
        let mail = Mail {
            at,
            saying,
            subject: if reply { format!("Re: {subject}") } else { subject.clone() },
            targets: if reply { as_in_thread(&targets, at) } else { targets.clone() },
            thread: Some(id.clone()),
            from,
            user,
        };
        mail.log(talk, &filling, pen);
        at = answered(at, &mut pen.rng);
        if !talk.case.demo.calendar.is_before_today(at) {
            return place + 1;
        }
    }
    length
}

pub(super) fn single(talk: &Talk, _: usize, pen: &mut Pen) -> usize {
    if talk.person.email.is_none() {
        return spoken::call(talk, 1, pen);
    }
    let language = talk.language(60, pen);
    let topic = talk.turn(Turn::Singles, &language.phrases().singles);
    let at = talk.past(pen);
    let user = talk.user(at, pen);
    let filling = talk.case.filling(talk.place, language, user, at, pen);
    let targets = match talk.elsewhere(12, at, pen) {
        Some(home) => talk.targets_of(home, Some("e-mailed"), at),
        None => talk.targets(at),
    };
    let subject = filling.fill(topic.subject);
    let from = source(pen);
    for saying in topic.said.iter().take(1) {
        let mail = Mail { at, saying, subject: subject.clone(), targets: targets.clone(), thread: None, from, user };
        mail.log(talk, &filling, pen);
    }
    1
}

fn source(pen: &mut Pen) -> LoggedFrom {
    [LoggedFrom::RecordPage, LoggedFrom::MailExtension, LoggedFrom::Integration][pen.rng.weighted(&[45, 35, 20])]
}

/// A reply goes where the thread's first e-mail is (R3.7).
fn as_in_thread(targets: &[Target], at: DateTime<Utc>) -> Vec<Target> {
    let same = |target: &Target| Target { record: target.record, at, why: Reason::rule(3, 7, "same thread") };
    let home = targets.iter().take(1).map(|home| Target { at, ..home.clone() });
    home.chain(targets.iter().skip(1).map(same)).collect()
}

struct Mail {
    at: DateTime<Utc>,
    saying: &'static Saying,
    subject: String,
    targets: Vec<Target>,
    thread: Option<String>,
    from: LoggedFrom,
    user: usize,
}

impl Mail {
    fn log(self, talk: &Talk, filling: &Filling, pen: &mut Pen) {
        let ours = &talk.case.demo.staff.users[self.user].email;
        let theirs = talk.person.email.as_deref().unwrap_or_default();
        let (direction, from, to) = if self.saying.ours {
            (Direction::Out, ours.as_str(), theirs)
        } else {
            (Direction::In, theirs, ours.as_str())
        };
        let details = Details::Email {
            direction,
            from: from.to_owned(),
            to: vec![to.to_owned()],
            cc: copies(talk, pen),
            thread: self.thread,
        };
        let entry = Entry {
            kind: ActivityKind::Email,
            at: self.at,
            logged: soon_after(self.at, pen),
            subject: self.subject,
            text: letter(self.saying, filling, pen),
            details,
            from: self.from,
            user: self.user,
            targets: self.targets,
        };
        talk.log(entry, pen);
    }
}

/// Now and then a colleague of theirs gets a copy.
fn copies(talk: &Talk, pen: &mut Pen) -> Vec<String> {
    if !pen.rng.percent(6) {
        return Vec::new();
    }
    let other = pen.rng.pick(&talk.case.people);
    other.email.iter().filter(|_| other.number != talk.person.number).cloned().collect()
}

fn letter(saying: &Saying, filling: &Filling, pen: &mut Pen) -> String {
    let phrases = filling.language.phrases();
    let (hello, bye) =
        if saying.ours { (&phrases.hello_out, &phrases.bye_out) } else { (&phrases.hello_in, &phrases.bye_in) };
    let mut text = String::with_capacity(saying.text.len() + 96);
    for (place, part) in [*pen.rng.pick(hello), saying.text, *pen.rng.pick(bye)].into_iter().enumerate() {
        if place > 0 {
            text.push_str("\n\n");
        }
        filling.fill_into(part, &mut text);
    }
    text
}
