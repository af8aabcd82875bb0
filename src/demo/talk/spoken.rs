//! Calls, meetings and short messages.

use super::{Entry, Talk, Turn, soon_after};
use crate::demo::pen::Pen;
use crate::demo::phrases::Language;
use crate::domain::activity::{ActivityKind, CallOutcome, Details, Direction, LoggedFrom, MeetingOutcome};
use chrono::{DateTime, TimeDelta, Utc};

pub(super) fn call(talk: &Talk, _: usize, pen: &mut Pen) -> usize {
    let language = talk.language(30, pen);
    let at = talk.past(pen);
    let user = talk.user(at, pen);
    let direction = if pen.rng.percent(76) { Direction::Out } else { Direction::In };
    let outcome = match direction {
        Direction::In => CallOutcome::Connected,
        Direction::Out => {
            use CallOutcome::{Busy, Connected, LeftLiveMessage, LeftVoicemail, NoAnswer, WrongNumber};
            [Connected, NoAnswer, LeftVoicemail, LeftLiveMessage, Busy, WrongNumber]
                [pen.rng.weighted(&[50, 21, 12, 7, 8, 2])]
        }
    };
    let duration = match outcome {
        CallOutcome::Connected => Some(pen.rng.between(40, 900) + pen.rng.between(0, 30) * pen.rng.between(0, 40)),
        CallOutcome::LeftVoicemail | CallOutcome::LeftLiveMessage => Some(pen.rng.between(12, 70)),
        _ => None,
    };
    let text = match outcome {
        CallOutcome::Connected => *talk.turn(Turn::Calls, &language.phrases().calls),
        _ if pen.rng.percent(55) => missed(language, outcome, pen),
        _ => "",
    };
    let targets = match talk.elsewhere(15, at, pen) {
        Some(home) => talk.targets_of(home, Some("called"), at),
        None => talk.targets(at),
    };
    let duration = duration.map(|seconds| seconds as u32);
    let entry = Entry {
        kind: ActivityKind::Call,
        at,
        logged: soon_after(at, pen),
        subject: String::new(),
        text: talk.case.filling(talk.place, language, user, at, pen).fill(text),
        details: Details::Call { direction, outcome: Some(outcome), duration },
        from: [LoggedFrom::RecordPage, LoggedFrom::Mobile, LoggedFrom::CommandLine][pen.rng.weighted(&[68, 25, 7])],
        user,
        targets,
    };
    talk.log(entry, pen);
    1
}

/// What is noted of a call that reached nobody.
fn missed(language: Language, outcome: CallOutcome, pen: &mut Pen) -> &'static str {
    let word = match outcome {
        CallOutcome::Busy => "busy ",
        CallOutcome::LeftVoicemail => "voicemail ",
        CallOutcome::LeftLiveMessage => "message ",
        CallOutcome::WrongNumber => "wrong ",
        CallOutcome::Connected | CallOutcome::NoAnswer => "unanswered ",
    };
    let fitting = || language.phrases().missed.iter().filter_map(|line| line.strip_prefix(word));
    fitting().nth(pen.rng.below(fitting().count())).unwrap_or_default()
}

pub(super) fn meeting(talk: &Talk, _: usize, pen: &mut Pen) -> usize {
    use MeetingOutcome::{Canceled, Completed, NoShow, Rescheduled};
    let at = talk.past(pen);
    let outcome = [Completed, NoShow, Canceled, Rescheduled][pen.rng.weighted(&[81, 5, 6, 8])];
    let logged = soon_after(at, pen);
    log_meeting(talk, at, logged, outcome, pen);
    1
}

/// One of the coming three weeks, put down some days ago.
pub(super) fn meeting_ahead(talk: &Talk, pen: &mut Pen) {
    let offset = pen.rng.between(0, 21);
    meeting_on(talk, offset, pen);
}

/// On the day `offset` days from today; nobody has said yet how it went.
pub(super) fn meeting_on(talk: &Talk, offset: i64, pen: &mut Pen) {
    let at = talk.case.demo.calendar.hour_of(offset, &mut pen.rng);
    let logged = talk.lately(offset, pen);
    log_meeting(talk, at, logged, MeetingOutcome::Scheduled, pen);
}

fn log_meeting(talk: &Talk, at: DateTime<Utc>, logged: DateTime<Utc>, outcome: MeetingOutcome, pen: &mut Pen) {
    let language = talk.language(35, pen);
    let user = talk.user(logged, pen);
    let topic = talk.turn(Turn::Meetings, &language.phrases().meetings);
    let (subject, place) = topic.subject.split_once('|').unwrap_or((topic.subject, ""));
    let minutes = *pen.rng.pick(&[30, 30, 45, 60, 60, 90, 120]);
    let mut attendees: Vec<String> = talk.person.email.iter().cloned().collect();
    let colleague = pen.rng.pick(&talk.case.people);
    if colleague.number != talk.person.number && pen.rng.percent(40) {
        attendees.extend(colleague.email.clone());
    }
    attendees.push(talk.case.demo.staff.users[user].email.clone());
    let filling = talk.case.filling(talk.place, language, user, at, pen);
    let details = Details::Meeting {
        end: Some(at + TimeDelta::minutes(minutes)),
        attendees,
        location: filling.fill(place),
        outcome: Some(outcome),
    };
    let entry = Entry {
        kind: ActivityKind::Meeting,
        at,
        logged,
        subject: filling.fill(subject),
        text: topic.said.first().map(|said| filling.fill(said.text)).unwrap_or_default(),
        details,
        from: [LoggedFrom::RecordPage, LoggedFrom::Integration][pen.rng.weighted(&[70, 30])],
        user,
        targets: talk.targets(logged),
    };
    talk.log(entry, pen);
}

/// A text on the phone, a message on a network, a letter.
pub(super) fn message(talk: &Talk, _: usize, pen: &mut Pen) -> usize {
    let language = talk.language(60, pen);
    let phrases = language.phrases();
    let (kind, said) = [
        (ActivityKind::Sms, &phrases.texts),
        (ActivityKind::WhatsApp, &phrases.texts),
        (ActivityKind::LinkedIn, &phrases.linkedin),
        (ActivityKind::PostalMail, &phrases.post),
    ][pen.rng.weighted(&[30, 28, 27, 15])];
    let saying = pen.rng.pick(said);
    let at = talk.past(pen);
    let user = talk.user(at, pen);
    let us = talk.case.demo.staff.users[user].name.clone();
    let name = format!("{} {}", talk.person.first.text, talk.person.last);
    let by_phone = matches!(kind, ActivityKind::Sms | ActivityKind::WhatsApp);
    let them = talk.person.mobile.clone().filter(|_| by_phone).unwrap_or(name);
    let (direction, from, to) = if saying.ours { (Direction::Out, us, them) } else { (Direction::In, them, us) };
    let entry = Entry {
        kind,
        at,
        logged: soon_after(at, pen),
        subject: String::new(),
        text: talk.case.filling(talk.place, language, user, at, pen).fill(saying.text),
        details: Details::Message { direction, from, to: vec![to] },
        from: LoggedFrom::RecordPage,
        user,
        targets: talk.targets(at),
    };
    talk.log(entry, pen);
    1
}
