//! Logging activities: in one line, where they go, and the form of each type.

use super::{CHOOSING, MOVEMENT, RECORD_CHOICES, SCOPES, and, hint, key};
use crate::keys::{Command, Group, Keys};

/// From every list and record; the forms of the types stand in the palette.
pub const LOG: Keys = &[
    hint("a", Command::Log, "log", Group::Act),
    key("", Command::LogCall, "", Group::Act),
    key("", Command::LogEmail, "", Group::Act),
    key("", Command::LogMeeting, "", Group::Act),
    key("", Command::LogNote, "", Group::Act),
    key("", Command::LogTask, "", Group::Act),
    key("", Command::LogPostalMail, "", Group::Act),
    key("", Command::LogLinkedIn, "", Group::Act),
    key("", Command::LogSms, "", Group::Act),
    key("", Command::LogWhatsApp, "", Group::Act),
];

const LINE: Keys = &[
    hint("enter | ctrl-s", Command::LogIt, "log it", Group::Act),
    hint("tab | shift-tab", Command::NextPane, "where it goes", Group::Move),
    hint("ctrl-e", Command::FullForm, "full form", Group::Act),
    hint("up | ctrl-p", Command::MoveUp, "earlier lines", Group::Move),
    and("down | ctrl-n", Command::MoveDown, Group::Move),
    hint("esc", Command::Escape, "keep as draft", Group::Program),
];

const GOALS: Keys = &[
    hint("enter | ctrl-s", Command::LogIt, "log it", Group::Act),
    hint("space", Command::Tick, "tick or untick", Group::Act),
    hint("A", Command::AddGoal, "add a record", Group::Act),
    hint("tab | shift-tab", Command::NextPane, "to the line", Group::Move),
    hint("ctrl-e", Command::FullForm, "full form", Group::Act),
    key("esc", Command::Escape, "to the line", Group::Program),
];

/// While the line has the focus.
pub const LOG_LINE: &[Keys] = &[LINE];

pub const LOG_GOALS: &[Keys] = &[GOALS, MOVEMENT];

const FORM: Keys = &[
    hint("tab", Command::NextField, "next field", Group::Move),
    key("shift-tab", Command::PreviousField, "field before", Group::Move),
    key("enter", Command::SaveField, "take it, next field", Group::Move),
    hint("ctrl-s", Command::LogIt, "save it", Group::Act),
    key("ctrl-x", Command::DiscardDraft, "discard the draft", Group::Act),
    hint("esc", Command::Escape, "close, the draft is kept", Group::Act),
];

const OUTSIDE: Keys = &[key("ctrl-e", Command::EditOutside, "edit in $EDITOR", Group::Act)];

/// While a field of the form has the focus, by its kind.
pub const LOG_FORM_LINE: &[Keys] = &[FORM];

pub const LOG_FORM_CHOICE: &[Keys] = &[FORM, CHOOSING];

pub const LOG_FORM_LONG: &[Keys] = &[OUTSIDE, FORM];

/// On the records that it goes to.
pub const LOG_FORM_GOALS: &[Keys] = &[
    &[
        hint("ctrl-s", Command::LogIt, "log it", Group::Act),
        hint("space | enter", Command::Tick, "tick or untick", Group::Act),
        hint("A", Command::AddGoal, "add a record", Group::Act),
        hint("tab", Command::NextField, "next field", Group::Move),
        key("shift-tab", Command::PreviousField, "field before", Group::Move),
        key("ctrl-x", Command::DiscardDraft, "discard the draft", Group::Act),
        hint("esc", Command::Escape, "close, the draft is kept", Group::Act),
    ],
    MOVEMENT,
];

/// On the records that an activity is on which is edited.
pub const LOG_FORM_TARGETS: &[Keys] = &[&[
    hint("ctrl-s", Command::LogIt, "save it", Group::Act),
    hint("enter | space | A", Command::Associate, "change the associations", Group::Act),
    hint("tab", Command::NextField, "next field", Group::Move),
    key("shift-tab", Command::PreviousField, "field before", Group::Move),
    key("ctrl-x", Command::DiscardDraft, "discard the draft", Group::Act),
    hint("esc", Command::Escape, "close, the draft is kept", Group::Act),
]];

/// A box with records below it, one of which an activity is to go to.
pub const ADD_GOAL: &[Keys] = &[&[hint("enter", Command::Open, "add", Group::Act)], RECORD_CHOICES, SCOPES];

/// The same, to see where an activity would go from it.
pub const TRY_ON: &[Keys] = &[&[hint("enter", Command::Open, "take it", Group::Act)], RECORD_CHOICES, SCOPES];
