//! The words of a line, folded, English and Polish. A new spelling is another `|` in its row.

use crate::domain::activity::{ActivityKind, CallOutcome, Direction, MeetingOutcome, Priority, TaskKind};
use crate::domain::fold::fold;

pub type Rows<T> = &'static [(T, &'static str)];

pub const KINDS: Rows<ActivityKind> = &[
    (ActivityKind::Call, "call|phone|telefon|tel|rozmowa|polaczenie"),
    (ActivityKind::Email, "email|e-mail|mail|mejl"),
    (ActivityKind::Meeting, "meeting|spotkanie"),
    (ActivityKind::Note, "note|notatka"),
    (ActivityKind::Task, "task|todo|to-do|zadanie"),
    (ActivityKind::PostalMail, "postal_mail|postal mail|letter|list|przesylka"),
    (ActivityKind::LinkedIn, "linkedin"),
    (ActivityKind::Sms, "sms"),
    (ActivityKind::WhatsApp, "whatsapp"),
];

pub const CALL_OUTCOMES: Rows<CallOutcome> = &[
    (CallOutcome::Busy, "busy|zajete|zajety"),
    (CallOutcome::Connected, "connected|polaczono|odebral|odebrala|odebrane"),
    (CallOutcome::LeftLiveMessage, "left live message|live message|zostawiono wiadomosc"),
    (CallOutcome::LeftVoicemail, "left voicemail|voicemail|poczta glosowa"),
    (CallOutcome::NoAnswer, "no answer|nie odebral|nie odebrala|nie odbiera|brak odpowiedzi"),
    (CallOutcome::WrongNumber, "wrong number|zly numer|pomylka"),
];

pub const MEETING_OUTCOMES: Rows<MeetingOutcome> = &[
    (MeetingOutcome::Scheduled, "scheduled|zaplanowane|umowione"),
    (MeetingOutcome::Completed, "completed|odbylo sie|odbyte"),
    (MeetingOutcome::Rescheduled, "rescheduled|przelozone"),
    (MeetingOutcome::NoShow, "no show|no-show|nie przyszedl|nie przyszla"),
    (MeetingOutcome::Canceled, "canceled|cancelled|odwolane"),
];

pub const DIRECTIONS: Rows<Direction> = &[
    (Direction::In, "in|incoming|inbound|received|przychodzace|przychodzaca|przychodzacy|otrzymane|otrzymany"),
    (Direction::Out, "out|outgoing|outbound|sent|wychodzace|wychodzaca|wychodzacy|wyslane|wyslany"),
];

/// Behind a `!`.
pub const PRIORITIES: Rows<Priority> =
    &[(Priority::High, "high|urgent|wysoki|pilne"), (Priority::Medium, "medium|sredni"), (Priority::Low, "low|niski")];

/// A title that begins so is of that type.
pub const TASKS: Rows<TaskKind> = &[
    (TaskKind::Call, "call|phone|ring|zadzwon|zadzwonic|oddzwon|oddzwonic"),
    (TaskKind::Email, "email|e-mail|mail|napisz|napisac"),
];

/// Seconds of a unit.
pub const UNITS: Rows<u32> = &[
    (3600, "h|hr|hrs|hour|hours|godz|godzina|godzine|godziny|godzin"),
    (60, "m|min|mins|minute|minutes|minuta|minute|minuty|minut"),
    (1, "s|sec|secs|second|seconds|sek|sekund|sekundy"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Subject,
    Location,
}

/// Behind them stands what they are about, up to a quote or what follows.
pub const KEYS: Rows<Key> = &[(Key::Subject, "subject:|temat:"), (Key::Location, "where:|location:|gdzie:|miejsce:")];

/// Before an address, and the direction that it says.
pub const PARTIES: Rows<Option<Direction>> =
    &[(None, "with|z|ze|and|i"), (Some(Direction::Out), "to|do"), (Some(Direction::In), "from|od")];

/// Before a length.
pub const LENGTHS: Rows<()> = &[((), "for|przez")];

/// What a row of words means; `text` as it was typed.
pub fn find<T: Copy>(rows: Rows<T>, text: &str) -> Option<T> {
    let folded = fold(text);
    rows.iter().find(|(_, words)| words.split('|').any(|word| word == folded)).map(|(value, _)| *value)
}

/// Words of the longest phrase in any row.
pub const PHRASE_MOST: usize = 3;
