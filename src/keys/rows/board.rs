//! The board: moving cards between stages and within them. The stages themselves come from the pipeline, see
//! `stage_rows`.

use super::{
    BY_RULE, CHOOSING, COPY, EDIT, EXPORT, FILTERS, FOLLOW_ROW, LOG, MOVEMENT, OPEN, OPEN_WITH, SEARCH, TABS, TICKING,
    VIEWS, WHY, and, hint, key,
};
use crate::keys::{Command, Group, Keys};

/// From a list to the board of the same records.
pub const AS_BOARD: Keys = &[key("z b", Command::ToggleBoard, "as a board", Group::View)];

const AS_LIST: Keys = &[key("z b", Command::ToggleBoard, "as a list", Group::View)];

const CARDS: Keys = &[
    hint("H", Command::MoveBack, "move the card", Group::Act),
    and("L", Command::MoveForward, Group::Act),
    key("J", Command::CardDown, "card down, up", Group::Act),
    and("K", Command::CardUp, Group::Act),
];

const STAGES: Keys = &[
    key("h | left", Command::PreviousStage, "stage before, next", Group::Move),
    and("l | right", Command::NextStage, Group::Move),
    key("tab", Command::NextPipeline, "next, previous pipeline", Group::Panes),
    and("shift-tab", Command::PreviousPipeline, Group::Panes),
];

const DELETE_CARD: Keys = &[key("x", Command::Delete, "delete", Group::Act)];

const MARK_CARDS: Keys = &[
    hint("space", Command::ToggleMark, "mark", Group::Mark),
    key("v", Command::MarkRange, "mark a range from here", Group::Mark),
    key("ctrl-a", Command::MarkAll, "mark all that are found", Group::Mark),
];

/// As long as cards are marked, before what acts on the one with the focus.
pub const ON_CARDS: Keys = &[
    hint("H", Command::MoveBack, "move them", Group::Mark),
    and("L", Command::MoveForward, Group::Mark),
    hint("p", Command::EditProperty, "set a property", Group::Mark),
    hint("a", Command::Log, "log", Group::Mark),
    hint("A", Command::AssociateAll, "associate", Group::Mark),
    hint("x", Command::Delete, "delete", Group::Mark),
    key("X", Command::Export, "export", Group::Mark),
    hint("esc", Command::Escape, "clear marks", Group::Mark),
];

pub const BOARD: &[Keys] = &[
    CARDS,
    OPEN,
    LOG,
    MARK_CARDS,
    AS_LIST,
    EDIT,
    OPEN_WITH,
    DELETE_CARD,
    FOLLOW_ROW,
    WHY,
    COPY,
    SEARCH,
    FILTERS,
    STAGES,
    MOVEMENT,
    TABS,
    VIEWS,
    EXPORT,
    BY_RULE,
];

pub const BOARD_MARKED: &[Keys] = &[
    ON_CARDS, MARK_CARDS, OPEN, CARDS, AS_LIST, OPEN_WITH, WHY, COPY, SEARCH, FILTERS, STAGES, MOVEMENT, TABS, VIEWS,
    BY_RULE,
];

/// The deal of a lead that is qualified.
const DEAL: Keys = &[
    hint("enter | ctrl-s", Command::Create, "create the deal", Group::Act),
    hint("tab", Command::NextField, "next field", Group::Move),
    key("shift-tab", Command::PreviousField, "field before", Group::Move),
    hint("ctrl-r", Command::WithoutDeal, "without a deal", Group::Act),
    hint("esc", Command::Escape, "cancel, the lead stays", Group::Act),
];

pub const QUALIFYING: &[Keys] = &[DEAL];

pub const QUALIFYING_CHOICE: &[Keys] = &[DEAL, CHOOSING];

/// On a record whose past activities may come along.
pub const QUALIFYING_TICKS: &[Keys] = &[DEAL, CHOOSING, TICKING];

/// Why leads are disqualified; numbers choose.
pub const DISQUALIFYING: &[Keys] = &[&[
    hint("enter | ctrl-s", Command::Agree, "disqualify", Group::Act),
    hint("tab | shift-tab", Command::NextField, "note, reasons", Group::Move),
    key("down | ctrl-n", Command::MoveDown, "next, previous reason", Group::Move),
    and("up | ctrl-p", Command::MoveUp, Group::Move),
    hint("esc", Command::Escape, "cancel, the lead stays", Group::Act),
]];
