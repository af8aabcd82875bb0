//! One activity in words: its sign, its title, what stands below it, and what it unfolds to. To show another field of a
//! type, add it to `beside` (folded) or `heads` (unfolded).

use super::facts::{Fact, joined, words};
use super::said;
use crate::domain::activity::{Activity, ActivityKind, CallOutcome, Details, Direction, Priority, Target};
use crate::domain::answer::Item;
use crate::domain::change::Reason;
use crate::domain::fold::all_hits;
use crate::domain::id::{Object, RecordId};
use crate::ui::Cx;
use crate::ui::cell::{self, glyph_of};
use crate::ui::text::{clean, width, wrap};
use chrono::{DateTime, Utc};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::borrow::Cow;
use std::ops::Range;

/// Lines of a text that are unfolded at most: what is longer is no note any more.
const LONGEST: usize = 2_000;

/// Of what came with an event, so many parts are told while it is folded.
const TOLD: usize = 2;

/// Whether it is still ahead: then it stands under Upcoming.
pub fn is_ahead(activity: &Activity, cx: &Cx) -> bool {
    activity.is_open_task() || activity.at > cx.now
}

pub fn glyph(activity: &Activity, cx: &Cx) -> &'static str {
    if activity.is_open_task() { cx.look.glyphs.task } else { sign(activity.kind, cx) }
}

/// Of what has happened.
pub fn sign(kind: ActivityKind, cx: &Cx) -> &'static str {
    let glyphs = cx.look.glyphs;
    match kind {
        ActivityKind::Call => glyphs.call,
        ActivityKind::Email => glyphs.email,
        ActivityKind::Meeting => glyphs.meeting,
        ActivityKind::Note => glyphs.note,
        ActivityKind::Task => glyphs.task_done,
        ActivityKind::PostalMail => glyphs.postal_mail,
        ActivityKind::LinkedIn => glyphs.linkedin,
        ActivityKind::Sms => glyphs.sms,
        ActivityKind::WhatsApp => glyphs.whatsapp,
        ActivityKind::Event => glyphs.event,
    }
}

/// Dim, and for an open task by how it is due.
pub fn glyph_tone(activity: &Activity, cx: &Cx) -> Style {
    match due(activity) {
        Some(at) => said::due_tone(at, cx),
        None => cx.look.theme.dim,
    }
}

/// When an open task is due, if that was said.
pub fn due(activity: &Activity) -> Option<DateTime<Utc>> {
    matches!(activity.details, Details::Task { has_due: true, done: None, .. }).then_some(activity.at)
}

/// Its subject, or how a call went, or the first words of its text.
pub fn title(activity: &Activity) -> Cow<'_, str> {
    if !activity.subject.trim().is_empty() {
        return clean(activity.subject.trim());
    }
    let kind = activity.kind.row().label;
    if let Details::Call { outcome, duration, .. } = &activity.details {
        let how = match outcome {
            Some(CallOutcome::Connected) => "Connected call",
            Some(outcome) => outcome.label(),
            None => kind,
        };
        return duration.map_or(Cow::Borrowed(how), |seconds| Cow::Owned(format!("{how} · {}", length(seconds))));
    }
    let first = activity.text.lines().map(str::trim).find(|line| !line.is_empty());
    match first {
        Some(line) if matches!(activity.details, Details::Message { .. }) => Cow::Owned(format!("“{}”", clean(line))),
        Some(line) => clean(line),
        None => Cow::Borrowed(kind),
    }
}

/// `12 min`, `40 s`, `1 h 5 min`.
fn length(seconds: u32) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `→ out`.
pub fn direction(activity: &Activity, cx: &Cx) -> Option<String> {
    let word = match activity.direction()? {
        Direction::Out => "out",
        Direction::In => "in",
    };
    Some(format!("{} {word}", arrow(activity, cx)?))
}

pub fn arrow(activity: &Activity, cx: &Cx) -> Option<&'static str> {
    Some(match activity.direction()? {
        Direction::Out => cx.look.glyphs.outgoing,
        Direction::In => cx.look.glyphs.incoming,
    })
}

/// The time at the right end of its first line; `dated`: with its month, which no head above says.
pub fn time(activity: &Activity, dated: bool, cx: &Cx) -> Fact {
    let theme = cx.look.theme;
    match (is_ahead(activity, cx), due(activity)) {
        (true, None) if activity.is_open_task() => Line::default(),
        (true, due) => {
            let tone = due.map_or(theme.text, |at| said::due_tone(at, cx));
            Line::styled(said::moment(activity.at, u16::MAX, cx), tone)
        }
        (false, _) if dated => Line::styled(said::moment(activity.at, u16::MAX, cx), theme.text),
        (false, _) => Line::styled(said::within_month(activity.at, cx), theme.text),
    }
}

/// The second line: who, why it is on this timeline, on how many others.
pub fn below(item: &Item, here: RecordId, room: u16, cx: &Cx) -> Fact {
    let activity = &item.activity;
    let home = logged_on(item, here, cx);
    // Of what was logged elsewhere, where that was matters more than who did it.
    let mut facts = if home.is_some() && !names_people(activity) { Vec::new() } else { beside(item, cx) };
    facts.extend(home);
    facts.extend(why_here(activity, here, cx));
    if activity.targets.len() > 1 {
        facts.push(dim(said::counted(activity.targets.len(), "association", "associations"), cx));
    }
    joined(facts, room, cx)
}

/// The cells of that line that say on how many, where they had room.
pub fn associations_at(item: &Item, here: RecordId, room: u16, cx: &Cx) -> Option<Range<u16>> {
    let said = said::counted(item.activity.targets.len(), "association", "associations");
    let line = below(item, here, room, cx);
    let has_it = line.to_string().ends_with(&said) && item.activity.targets.len() > 1;
    has_it.then(|| (line.width() - width(&said)) as u16..line.width() as u16)
}

fn dim(text: impl Into<String>, cx: &Cx) -> Fact {
    Line::styled(text.into(), cx.look.theme.dim)
}

pub fn beside(item: &Item, cx: &Cx) -> Vec<Fact> {
    let activity = &item.activity;
    match &activity.details {
        Details::Task { task, priority, assignee, done, .. } => {
            let assignee = assignee.and_then(|id| cx.settings.user(id));
            let whose = assignee.map(|user| format!(" for {}", said::first_name(&clean(&user.name))));
            let mut facts = vec![dim(format!("{}{}", task.label(), whose.unwrap_or_default()), cx)];
            facts.extend(done.map(|at| dim(format!("done {}", said::moment(at, 0, cx)), cx)));
            facts.extend(urgency(*priority, cx));
            facts
        }
        Details::Meeting { outcome, attendees, .. } => {
            let outcome = outcome.map_or("Meeting", |outcome| outcome.label());
            vec![dim(outcome, cx), dim(company_of(item, attendees.len()), cx)]
                .into_iter()
                .filter(|fact| fact.width() > 0)
                .collect()
        }
        Details::Call { outcome: Some(outcome), .. } if !activity.subject.trim().is_empty() => {
            vec![dim(outcome.label(), cx), author(activity, cx)]
        }
        Details::Event { whom, .. } => {
            let told: Vec<Fact> =
                told_with(activity).iter().take(TOLD).map(|part| words(part, cx.look.theme.dim, cx)).collect();
            if told.is_empty() { vec![words(whom.text(), cx.look.theme.dim, cx)] } else { told }
        }
        _ => vec![author(activity, cx)],
    }
}

fn names_people(activity: &Activity) -> bool {
    matches!(activity.details, Details::Task { .. } | Details::Meeting { .. })
}

fn author(activity: &Activity, cx: &Cx) -> Fact {
    words(&said::author(activity.stamp.by, cx), cx.look.theme.dim, cx)
}

fn urgency(priority: Priority, cx: &Cx) -> Option<Fact> {
    let theme = cx.look.theme;
    let tone = match priority {
        Priority::None => return None,
        Priority::Low => theme.dim,
        Priority::Medium => theme.warn,
        Priority::High => theme.err,
    };
    Some(Line::styled(priority.label().to_lowercase(), tone))
}

/// Who was there, by first names: `Zofia, Heike, 健`.
fn company_of(item: &Item, attendees: usize) -> String {
    let of_contacts = item.activity.targets.iter().zip(&item.names).filter(|(t, _)| t.record.object == Object::CONTACT);
    let names: Vec<String> = of_contacts
        .filter_map(|(_, name)| name.as_deref())
        .map(|name| said::first_name(&clean(name)).to_owned())
        .collect();
    match (names.len(), attendees) {
        (0, 0) => String::new(),
        (0, attendees) => said::counted(attendees, "attendee", "attendees"),
        (1..=4, _) => names.join(", "),
        (all, _) => format!("{} and {} more", names[..3].join(", "), all - 3),
    }
}

/// `on ◈ Retrofit Gdańsk`, if it was first logged elsewhere.
fn logged_on(item: &Item, here: RecordId, cx: &Cx) -> Option<Fact> {
    let home = item.activity.logged_on;
    if home == here {
        return None;
    }
    let place = item.activity.targets.iter().position(|target| target.record == home)?;
    let name = item.names.get(place)?.as_deref()?;
    let mut fact = dim(format!("on {} ", glyph_of(home.object, cx.look.glyphs)), cx);
    fact.extend(words(name, cx.look.theme.text, cx));
    Some(fact)
}

fn why_here(activity: &Activity, here: RecordId, cx: &Cx) -> Option<Fact> {
    let target = activity.targets.iter().find(|target| target.record == here)?;
    (target.record != activity.logged_on)
        .then(|| words(&format!("here: {}", reason(activity, target)), cx.look.theme.dim, cx))
}

/// Why an activity is on a record's timeline, in a word or two.
pub fn reason<'a>(activity: &Activity, target: &'a Target) -> &'a str {
    match &target.why {
        _ if target.record == activity.logged_on => "logged here",
        Reason::Asked => "added",
        Reason::Rule(_, sentence) => sentence,
    }
}

/// Of a folded entry whose title does not say why a search found it: the words around the first of what it found.
pub fn excerpt(activity: &Activity, found: &[String], room: u16, cx: &Cx) -> Option<Fact> {
    let title = title(activity);
    let missing: Vec<&String> = found.iter().filter(|word| all_hits(&title, &[word]).is_empty()).collect();
    let lines = || activity.texts().skip(1).flat_map(str::lines).filter(|_| !missing.is_empty());
    let (line, hit) = lines().find_map(|line| Some((line, all_hits(line, &missing).into_iter().next()?)))?;
    // From its beginning on, as long as the hit is seen then.
    let before = &line[..hit.start];
    let from = match width(before) > usize::from(room) / 2 {
        false => 0,
        true => before.char_indices().rev().filter(|(_, c)| *c == ' ').nth(2).map_or(hit.start, |(at, _)| at + 1),
    };
    let mut shown = Line::styled(if from > 0 { cx.look.glyphs.ellipsis } else { "" }, cx.look.theme.dim);
    let rest = cell::text(&line[from..], found, room.saturating_sub(shown.width() as u16), cx.look.theme.dim, cx);
    shown.extend(rest);
    Some(shown)
}

/// What an entry unfolds to, below its first line and above the records that it is on.
pub fn unfold(item: &Item, here: RecordId, found: &[String], room: u16, cx: &Cx) -> Vec<Fact> {
    let theme = cx.look.theme;
    let mut lines: Vec<Fact> = heads(&item.activity, cx)
        .into_iter()
        .flat_map(|head| wrap(&head, usize::from(room)))
        .map(|line| cell::text(&line, found, room, theme.dim, cx))
        .collect();
    let text = item.activity.text.trim();
    let body = wrap(text, usize::from(room));
    let is_long = body.len() > LONGEST;
    lines.extend(body.into_iter().take(LONGEST).map(|line| cell::text(&line, found, room, theme.text, cx)));
    if is_long {
        lines.push(dim(cx.look.glyphs.ellipsis, cx));
    }
    lines.push(foot(item, here, room, cx));
    lines
}

/// What stands above the text: addresses, place and end.
fn heads(activity: &Activity, cx: &Cx) -> Vec<String> {
    let addresses = |from: &str, to: &[String]| {
        let from = if from.is_empty() { String::new() } else { format!("from {from} ") };
        let to = if to.is_empty() { String::new() } else { format!("to {}", to.join(", ")) };
        let line = format!("{from}{to}");
        (!line.is_empty()).then_some(line)
    };
    let named = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name} {text}"));
    match &activity.details {
        Details::Email { from, to, cc, .. } => {
            [addresses(from, to), named("cc", &cc.join(", "))].into_iter().flatten().collect()
        }
        Details::Message { from, to, .. } => addresses(from, to).into_iter().collect(),
        Details::Meeting { end, attendees, location, .. } => {
            let end = end.map(|at| format!("until {}", said::moment(at, u16::MAX, cx)));
            [end, named("in", location), named("with", &attendees.join(", "))].into_iter().flatten().collect()
        }
        Details::Task { queue, .. } => named("queue", queue).into_iter().collect(),
        Details::Call { outcome: Some(outcome), duration, .. } if !activity.subject.trim().is_empty() => {
            let duration = duration.map(|seconds| format!(", {}", length(seconds)));
            vec![format!("{}{}", outcome.label(), duration.unwrap_or_default())]
        }
        Details::Event { whom, .. } => [whom.text().to_owned()].into_iter().chain(told_with(activity)).collect(),
        Details::Call { .. } | Details::Note => Vec::new(),
    }
}

/// What came with an event, a line for each part: `page: /pricing`.
pub fn told_with(event: &Activity) -> Vec<String> {
    let Details::Event { data, .. } = &event.details else { return Vec::new() };
    match serde_json::from_str(data) {
        Ok(serde_json::Value::Object(parts)) => {
            let said = |value: serde_json::Value| match value {
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
            parts.into_iter().map(|(name, value)| format!("{name}: {}", said(value))).collect()
        }
        _ => data.lines().map(str::to_owned).collect(),
    }
}

/// Who logged it and from where; at the right end on how many records it is.
fn foot(item: &Item, here: RecordId, room: u16, cx: &Cx) -> Fact {
    let (activity, theme) = (&item.activity, cx.look.theme);
    let mut left = vec![author(activity, cx), dim(activity.logged_from.label(), cx)];
    left.extend(logged_on(item, here, cx));
    let unseen = item.names.iter().filter(|name| name.is_none()).count();
    let (number, word) = match activity.targets.len() {
        0 => (String::new(), String::new()),
        1 => ("1".to_owned(), " association".to_owned()),
        many => (said::count(many), " associations".to_owned()),
    };
    let not_seen = if unseen > 0 { format!(", {unseen} you may not see") } else { String::new() };
    let sign = if number.is_empty() { String::new() } else { format!(" {}", cx.look.glyphs.unfolded) };
    let right = [Span::styled(number, theme.accent), Span::styled(format!("{word}{not_seen}{sign}"), theme.dim)];
    let wide = right.iter().map(Span::width).sum::<usize>() as u16;
    let mut line = joined(left, room.saturating_sub(wide + 2), cx);
    let between = usize::from(room).saturating_sub(line.width() + usize::from(wide));
    line.push_span(Span::raw(" ".repeat(between)));
    line.extend(right);
    line
}

/// The records that it is on and that the viewer sees, by their place among its targets.
pub fn seen_targets(item: &Item) -> Vec<usize> {
    item.names.iter().enumerate().filter_map(|(place, name)| name.as_ref().map(|_| place)).collect()
}
